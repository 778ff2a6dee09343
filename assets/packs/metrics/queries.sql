-- name: hourly-rollup
-- title: Hourly rollup of the last seven days
-- question: How often, how high and how low was each kind of measurement for each user and hour of the last seven days?
-- answers: hourly-rollup
-- param: today DATE = SELECT CAST(max(recorded_at) AS DATE) FROM metrics
-- param: days INTEGER = 7
-- ordered: yes
-- notice: The documented query, with the newest day of the data in place of the clock on the wall. The condition is on recorded_at
--   itself, so only partitions that reach into these days are read. The window begins at midnight: it holds between seven
--   and eight days.
SELECT user_id,
       metric_type,
       date_trunc('hour', recorded_at) AS hour,
       count(*) AS event_count,
       round(avg(value), 3) AS avg_value,
       max(value) AS max_value,
       min(value) AS min_value
FROM metrics
WHERE recorded_at >= $today - $days * INTERVAL '1' DAY
GROUP BY user_id, metric_type, date_trunc('hour', recorded_at)
ORDER BY hour DESC, event_count DESC, user_id, metric_type;

-- name: worst-hours
-- title: Hours in which something was wrong
-- question: In which hours of the last seven days was one kind of measurement at its worst, and does the average show it?
-- answers: dashboard
-- param: metric VARCHAR = 'api_latency_ms'
-- param: top INTEGER = 24
-- ordered: yes
-- notice: Read from the rollup alone. The average of an hour is the sum over users of event_count times avg_value, divided by the count.
--   A few slow calls hardly move it, so max_value is kept beside it: with enough data the hours of an incident, the
--   afternoon of 25 February 2025, stand at the top. A percentile cannot be had from these columns at all.
SELECT hour,
       sum(event_count) AS events,
       count(*) AS users,
       round(sum(avg_value * event_count) / sum(event_count), 1) AS avg_value,
       max(max_value) AS max_value,
       round(max(max_value) / (sum(avg_value * event_count) / sum(event_count)), 1) AS max_by_avg
FROM hourly_metrics
WHERE metric_type = $metric
GROUP BY hour
ORDER BY max_value DESC, hour
LIMIT $top;

-- name: average-of-averages
-- title: The average of averages
-- question: What was the mean of each kind of measurement on each day, rightly and wrongly taken from the rollup?
-- answers: dashboard
-- ordered: yes
-- notice: avg(avg_value) gives a user with one slow call the same weight as one with twelve quick ones. Weighted by event_count it
--   is the mean of the raw values, but for the rounding of the stored averages. A rollup that stores the sum instead of the average cannot be
--   added up wrongly.
SELECT CAST(hour AS DATE) AS day,
       metric_type,
       sum(event_count) AS events,
       round(sum(avg_value * event_count) / sum(event_count), 2) AS weighted,
       round(avg(avg_value), 2) AS average_of_averages,
       round(100 * (avg(avg_value) / (sum(avg_value * event_count) / sum(event_count)) - 1), 1) AS wrong_by_percent
FROM hourly_metrics
GROUP BY day, metric_type
ORDER BY abs(wrong_by_percent) DESC, day, metric_type;

-- name: rollup-against-raw
-- title: The rollup against its source
-- question: Which groups of the rollup no longer say what the raw table says?
-- answers: refresh
-- param: today DATE = SELECT CAST(max(recorded_at) AS DATE) FROM metrics
-- ordered: yes
-- notice: Most groups agree. Those of the hour that is running are missing until the next refresh, which is expected. Late rows are worse: they
--   change hours that were finished long ago, and a reader who trusts finished hours has already sent the report.
WITH raw AS (
  SELECT user_id, metric_type, date_trunc('hour', recorded_at) AS hour, count(*) AS event_count
  FROM metrics
  WHERE recorded_at >= $today - INTERVAL '7' DAY
  GROUP BY user_id, metric_type, date_trunc('hour', recorded_at)
),
compared AS (
  SELECT CASE WHEN h.user_id IS NULL AND r.hour >= (SELECT max(started_at) FROM refresh_runs) THEN '3 missing: its hour began after the last refresh'
              WHEN h.user_id IS NULL THEN '4 missing: first row of a finished hour came late'
              WHEN r.user_id IS NULL THEN '5 only in the rollup'
              WHEN h.event_count <> r.event_count THEN '2 too small: a row of a finished hour came late'
              ELSE '1 same' END AS outcome,
         COALESCE(r.event_count, 0) AS raw_events,
         COALESCE(h.event_count, 0) AS rolled_up
  FROM raw AS r
  FULL JOIN hourly_metrics AS h
    ON h.user_id = r.user_id AND h.metric_type = r.metric_type AND h.hour = r.hour
)
SELECT outcome,
       count(*) AS groups,
       sum(raw_events) AS raw_events,
       sum(rolled_up) AS rolled_up_events,
       sum(raw_events) - sum(rolled_up) AS not_yet_in_the_rollup
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: incremental-refresh
-- title: Refresh only what changed
-- question: Which groups have to be counted again since the last refresh, and what are their new values?
-- answers: refresh
-- ordered: yes
-- notice: Rows with an id above the last one seen are new, whatever their recorded_at. Only the groups they fall into are counted again,
--   from all of their rows. The column hours_old shows groups that are days old: a job that looks at the last hour alone
--   would never touch them.
WITH last_run AS (
  SELECT arg_max(last_id, started_at) AS last_id, max(started_at) AS started_at
  FROM refresh_runs
),
touched AS (
  SELECT DISTINCT m.user_id, m.metric_type, date_trunc('hour', m.recorded_at) AS hour
  FROM metrics AS m
  WHERE m.id > (SELECT last_id FROM last_run)
)
SELECT t.hour,
       CAST(epoch((SELECT started_at FROM last_run) - t.hour) / 3600 AS INTEGER) AS hours_old,
       t.metric_type,
       t.user_id,
       count(*) AS event_count,
       round(avg(m.value), 3) AS avg_value,
       max(m.value) AS max_value,
       min(m.value) AS min_value,
       max(h.event_count) AS count_before
FROM touched AS t
JOIN metrics AS m
  ON m.user_id = t.user_id AND m.metric_type = t.metric_type
 AND m.recorded_at >= t.hour AND m.recorded_at < t.hour + INTERVAL '1' HOUR
LEFT JOIN hourly_metrics AS h
  ON h.user_id = t.user_id AND h.metric_type = t.metric_type AND h.hour = t.hour
GROUP BY t.hour, t.metric_type, t.user_id
ORDER BY t.hour, t.metric_type, t.user_id;

-- name: refresh-cost
-- title: What each refresh reads
-- question: How many rows did each refresh read, and how many of them were new?
-- answers: refresh
-- ordered: yes
-- notice: A full refresh reads seven days to learn about one hour. Only a few of the rows it reads are new, some one in a
--   hundred to two hundred, since an hour is that part of a week. Run every minute instead of every hour, it would be sixty times worse.
WITH run AS (
  SELECT started_at, rows_read, rows_made, last_id,
         lag(last_id) OVER (ORDER BY started_at) AS previous_id
  FROM refresh_runs
),
new_rows AS (
  SELECT r.started_at, count(m.id) AS new_rows
  FROM run AS r
  LEFT JOIN metrics AS m
    ON m.id > r.previous_id AND m.id <= r.last_id
   AND m.id > (SELECT min(last_id) FROM refresh_runs)
  GROUP BY r.started_at
)
SELECT r.started_at,
       r.rows_read,
       r.rows_made,
       n.new_rows,
       round(100.0 * n.new_rows / nullif(r.rows_read, 0), 2) AS percent_new
FROM run AS r
JOIN new_rows AS n ON n.started_at = r.started_at
WHERE r.previous_id IS NOT NULL
ORDER BY r.started_at DESC;

-- name: partition-pruning
-- title: Which partitions a condition reads
-- question: How many partitions and rows must be read for the same seven days, depending on how the condition is written?
-- answers: partition-pruning
-- param: today DATE = SELECT CAST(max(recorded_at) AS DATE) FROM metrics
-- param: customer UUID = SELECT user_id FROM metrics GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- ordered: yes
-- notice: The planner compares the condition with the bounds of each partition. A bare recorded_at can be compared; a function around it
--   cannot, so the second form reads everything for the same answer. A condition on another column reads everything as
--   well: partitioning by time does nothing for one user. The hourly table needs no partition for this question.
WITH size AS (
  SELECT p.partition_name, p.range_from, p.range_to, count(m.id) AS rows_in_it
  FROM metrics_partitions AS p
  LEFT JOIN metrics AS m ON m.recorded_at >= p.range_from AND m.recorded_at < p.range_to
  GROUP BY p.partition_name, p.range_from, p.range_to
),
form (place, condition, lower_bound, rows_wanted) AS (
  SELECT 1, 'recorded_at >= day - 7 days', $today - INTERVAL '7' DAY,
         (SELECT count(*) FROM metrics WHERE recorded_at >= $today - INTERVAL '7' DAY)
  UNION ALL
  SELECT 2, 'date_trunc(day, recorded_at) >= day - 7 days', NULL,
         (SELECT count(*) FROM metrics WHERE date_trunc('day', recorded_at) >= $today - INTERVAL '7' DAY)
  UNION ALL
  SELECT 3, 'user_id = one user', NULL,
         (SELECT count(*) FROM metrics WHERE user_id = $customer)
  UNION ALL
  SELECT 4, 'user_id = one user AND recorded_at >= day - 7 days', $today - INTERVAL '7' DAY,
         (SELECT count(*) FROM metrics WHERE user_id = $customer AND recorded_at >= $today - INTERVAL '7' DAY)
)
SELECT f.condition,
       count(s.partition_name) AS partitions_read,
       sum(s.rows_in_it) AS rows_read,
       f.rows_wanted,
       round(100.0 * f.rows_wanted / sum(s.rows_in_it), 1) AS percent_wanted
FROM form AS f
JOIN size AS s ON f.lower_bound IS NULL OR s.range_to > f.lower_bound
GROUP BY f.place, f.condition, f.rows_wanted
ORDER BY f.place;

-- name: partitions
-- title: Partitions and their growth
-- question: How many rows does each month hold, how many a day, and when was its partition made?
-- answers: partition-pruning, next-partition
-- ordered: yes
-- notice: The months grow, so equal spans are not equal sizes: the newest partition has more than twice the rows a day of the first. Every row has a partition here,
--   because a row without one would have been refused.
SELECT p.partition_name,
       CAST(p.range_from AS DATE) AS from_day,
       CAST(p.range_to AS DATE) AS to_day,
       count(m.id) AS rows_in_it,
       round(count(m.id) / (epoch(p.range_to - p.range_from) / 86400), 1) AS rows_a_day,
       count(DISTINCT m.user_id) AS users,
       CAST(p.range_from AS DATE) - p.created_on AS made_days_before
FROM metrics_partitions AS p
LEFT JOIN metrics AS m ON m.recorded_at >= p.range_from AND m.recorded_at < p.range_to
GROUP BY p.partition_name, p.range_from, p.range_to, p.created_on
ORDER BY p.range_from;

-- name: next-partition
-- title: Is there room for tomorrow?
-- question: How long will the newest partition still take rows?
-- answers: next-partition
-- ordered: yes
-- notice: A little more than twenty minutes. At midnight the first row of March finds no partition and its INSERT fails, and with it
--   whatever else was in the transaction. There is no DEFAULT partition to catch it. A job has to make partitions well ahead, and
--   somebody has to be told when it did not run.
SELECT p.partition_name AS newest_partition,
       p.range_to AS takes_rows_until,
       n.newest_row,
       CAST(floor(epoch(p.range_to - n.newest_row) / 60) AS INTEGER) AS minutes_left,
       p.range_to < n.newest_row + INTERVAL '7' DAY AS is_urgent
FROM (SELECT partition_name, range_to FROM metrics_partitions ORDER BY range_to DESC LIMIT 1) AS p
CROSS JOIN (SELECT max(recorded_at) AS newest_row FROM metrics) AS n
ORDER BY p.range_to;

-- name: retention
-- title: What 90 days of retention take away
-- question: Which partitions are past 90 days, and what does it take to remove them?
-- answers: retention
-- param: moment TIMESTAMP = SELECT max(recorded_at) FROM metrics
-- param: days INTEGER = 90
-- ordered: yes
-- notice: A partition whose end lies before the limit goes as a whole: archive it, detach it, drop it, and no row is touched.
--   One partition straddles the limit. Deleting its older rows one by one, as the documented job does, writes a dead version
--   of each and leaves the space to VACUUM; waiting until all of it is past costs at most a month more of storage.
SELECT p.partition_name,
       CAST(p.range_to AS DATE) AS ends_before,
       count(m.id) AS rows_in_it,
       count(m.id) FILTER (WHERE m.recorded_at < $moment - $days * INTERVAL '1' DAY) AS rows_past,
       CASE WHEN p.range_to <= $moment - $days * INTERVAL '1' DAY THEN 'archive, detach, drop'
            WHEN p.range_from < $moment - $days * INTERVAL '1' DAY THEN 'straddles the limit: wait'
            ELSE 'keep' END AS what_to_do
FROM metrics_partitions AS p
LEFT JOIN metrics AS m ON m.recorded_at >= p.range_from AND m.recorded_at < p.range_to
GROUP BY p.partition_name, p.range_from, p.range_to
ORDER BY p.range_from;

-- name: what-is-left
-- title: What can still be answered
-- question: After retention has run, for which months is there still raw data, and for which an hourly figure?
-- answers: retention, hourly-rollup
-- param: moment TIMESTAMP = SELECT max(recorded_at) FROM metrics
-- param: days INTEGER = 90
-- ordered: yes
-- notice: Raw rows are kept for 90 days, and the rollup only for seven: it is made anew from the last seven days each hour and
--   forgets the eighth. So for anything older than 90 days nothing is left, not even a daily mean. Rollups are small and
--   should outlive their source.
SELECT CAST(p.range_from AS DATE) AS month,
       count(m.id) AS raw_rows_today,
       count(m.id) FILTER (WHERE m.recorded_at >= $moment - $days * INTERVAL '1' DAY) AS raw_rows_after_retention,
       (SELECT COALESCE(sum(h.event_count), 0)
        FROM hourly_metrics AS h
        WHERE h.hour >= p.range_from AND h.hour < p.range_to) AS rows_behind_the_rollup
FROM metrics_partitions AS p
LEFT JOIN metrics AS m ON m.recorded_at >= p.range_from AND m.recorded_at < p.range_to
GROUP BY p.range_from, p.range_to
ORDER BY p.range_from;

-- name: late-arrivals
-- title: Rows that came late
-- question: How much later than measured did rows arrive?
-- answers: late-data
-- ordered: yes
-- notice: There is no column for the moment of arrival. But id is counted on arrival: a row whose measurement is older than that of a row with a smaller id
--   came late, by at least the difference. About one row in eighty did, some by more than a day, so a
--   figure for yesterday is not final this morning.
WITH seen AS (
  SELECT recorded_at,
         max(recorded_at) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newest_before
  FROM metrics
),
banded AS (
  SELECT CASE WHEN newest_before IS NULL OR recorded_at >= newest_before - INTERVAL '1' MINUTE THEN 1
              WHEN recorded_at >= newest_before - INTERVAL '6' HOUR THEN 2
              WHEN recorded_at >= newest_before - INTERVAL '1' DAY THEN 3
              ELSE 4 END AS band,
         newest_before - recorded_at AS late_by
  FROM seen
)
SELECT CASE band WHEN 1 THEN 'in time' WHEN 2 THEN 'up to 6 hours late' WHEN 3 THEN '6 to 24 hours late' ELSE 'more than a day late' END AS arrived,
       count(*) AS events,
       round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS percent,
       round(max(CASE WHEN band > 1 THEN epoch(late_by) / 3600 END), 1) AS most_hours_late
FROM banded
GROUP BY band
ORDER BY band;

-- name: sent-twice
-- title: Measurements that are there twice
-- question: Which rows repeat another one in everything but the id?
-- answers: late-data
-- param: top INTEGER = 30
-- ordered: yes
-- notice: A client that gets no answer sends again, and the table has no key that could refuse the second row. Counts and sums are too high by
--   these rows, averages hardly move, and maximum and minimum not at all, which is why nobody notices.
SELECT recorded_at, user_id, metric_type, value,
       count(*) AS copies,
       min(id) AS first_id,
       max(id) AS last_id,
       sum(count(*) - 1) OVER () AS rows_too_many_in_all
FROM metrics
GROUP BY recorded_at, user_id, metric_type, value
HAVING count(*) > 1
ORDER BY recorded_at DESC, min(id)
LIMIT $top;

-- name: mixed-units
-- title: Seconds among milliseconds
-- question: On which days did page loads arrive that are too quick to be true?
-- answers: data-quality
-- param: metric VARCHAR = 'page_load_ms'
-- param: days INTEGER = 10
-- ordered: yes
-- notice: For three days in September 2024 a part of the clients sent seconds. The mean of these days even looks like good news; the
--   share of values below 20 gives it away. The table cannot object: one column holds every kind of measurement,
--   so it can have no bounds. In a tiny data set these days may have no page load at all.
SELECT CAST(recorded_at AS DATE) AS day,
       count(*) AS events,
       count(*) FILTER (WHERE value < 20) AS below_20,
       round(100.0 * count(*) FILTER (WHERE value < 20) / count(*), 1) AS percent_below_20,
       round(avg(value), 1) AS avg_value,
       round(median(value), 1) AS median_value
FROM metrics
WHERE metric_type = $metric
GROUP BY day
ORDER BY percent_below_20 DESC, events DESC, day
LIMIT $days;
