-- name: one-server-one-day
-- title: One metric of one server for one day
-- question: What was the CPU of server-1 on this day?
-- answers: one-day
-- param: server VARCHAR = 'server-1'
-- param: day DATE = SELECT metric_date FROM server_metrics GROUP BY metric_date ORDER BY count(*) DESC, metric_date DESC LIMIT 1
-- ordered: yes
-- notice: Server and day are the whole partition key: one node, one partition, read in the order it is stored. The metric is behind the
--   time in the clustering key, so the rows of the other two metrics are read as well and dropped: two rows out of three.
SELECT timestamp, value
FROM server_metrics
WHERE server_id = $server
  AND metric_date = $day
  AND metric_name = 'cpu'
ORDER BY timestamp;

-- name: dashboard
-- title: Dashboard: CPU by host, minute by minute
-- question: What was the average CPU of each host in production over the last six hours, in steps of a minute?
-- answers: dashboard
-- param: env VARCHAR = 'prod'
-- param: hours INTEGER = 6
-- ordered: yes
-- notice: Two steps, as in a time series database: the inverted index turns env = prod into a handful of series, then a range of time is
--   read for each of them. A block of two hours holds all series, so six hours are three blocks however long the history is.
WITH chosen AS (
  SELECT s.series_id, host.label_value AS host
  FROM series AS s
  JOIN series_label AS env ON env.series_id = s.series_id AND env.label_name = 'env' AND env.label_value = $env
  JOIN series_label AS host ON host.series_id = s.series_id AND host.label_name = 'host'
  WHERE s.metric_name = 'cpu_usage'
)
SELECT c.host,
       date_trunc('minute', p.timestamp) AS minute,
       round(avg(p.value), 1) AS avg_cpu,
       count(*) AS samples
FROM chosen AS c
JOIN points AS p ON p.series_id = c.series_id
WHERE p.timestamp >= (SELECT max(timestamp) FROM points) - $hours * INTERVAL '1' HOUR
GROUP BY c.host, minute
ORDER BY c.host, minute;

-- name: hosts-over-threshold
-- title: Alert: hosts over the threshold
-- question: Which hosts had a CPU above 90 % for the last five minutes?
-- answers: alert
-- param: threshold DOUBLE = 90
-- param: minutes INTEGER = 5
-- ordered: yes
-- notice: server-5 is above all the time. server-3 is above on average only: its lowest sample is near 70, so "for five minutes" was never
--   true, and an alert on the average fires all the same. fires_at_0_9 is the documented condition, cpu_usage > 0.9, on values that are
--   percent: it is true for every host, always.
WITH recent AS (
  SELECT host.label_value AS host, p.value
  FROM series AS s
  JOIN series_label AS host ON host.series_id = s.series_id AND host.label_name = 'host'
  JOIN points AS p ON p.series_id = s.series_id
  WHERE s.metric_name = 'cpu_usage'
    AND p.timestamp > (SELECT max(timestamp) FROM points) - $minutes * INTERVAL '1' MINUTE
)
SELECT host,
       count(*) AS samples,
       round(avg(value), 1) AS average,
       min(value) AS lowest,
       max(value) AS highest,
       avg(value) > $threshold AS fires_on_average,
       min(value) > $threshold AS fires_on_every_sample,
       avg(value) > 0.9 AS fires_at_0_9
FROM recent
GROUP BY host
ORDER BY average DESC, host;

-- name: incident-window
-- title: What happened at three in the morning
-- question: What did everything that belongs to the service measure between 02:55 and 03:15?
-- answers: incident
-- param: service VARCHAR = 'payments'
-- param: from_time TIMESTAMP = SELECT date_trunc('day', max(timestamp)) + INTERVAL '2' HOUR + INTERVAL '55' MINUTE FROM points
-- param: minutes INTEGER = 20
-- ordered: yes
-- notice: CPU and memory of the service's hosts climb from 02:58 on and fall at 03:09; at the same moment the counters are smaller than before: the
--   restart. All of it is found by one label, without knowing a single host. Keep the raw points long enough for the morning after.
WITH chosen AS (
  SELECT s.series_id, s.metric_name,
         string_agg(l.label_name || '=' || l.label_value, ', ' ORDER BY l.label_name) FILTER (WHERE l.label_name IN ('host', 'method', 'path', 'le')) AS labels
  FROM series AS s
  JOIN series_label AS l ON l.series_id = s.series_id
  WHERE s.metric_name <> 'login_duration_seconds'
    AND s.series_id IN (SELECT series_id FROM series_label WHERE label_name = 'service' AND label_value = $service)
  GROUP BY s.series_id, s.metric_name
)
SELECT p.timestamp, c.metric_name, c.labels, p.value
FROM chosen AS c
JOIN points AS p ON p.series_id = c.series_id
WHERE p.timestamp >= $from_time
  AND p.timestamp < $from_time + $minutes * INTERVAL '1' MINUTE
ORDER BY p.timestamp, c.metric_name, c.labels;

-- name: size-of-the-window
-- title: How many points are in that window
-- question: How many points does the window hold for each metric, and how many would it hold at one sample a second?
-- answers: incident, ingest
-- param: service VARCHAR = 'payments'
-- param: from_time TIMESTAMP = SELECT date_trunc('day', max(timestamp)) + INTERVAL '2' HOUR + INTERVAL '55' MINUTE FROM points
-- ordered: yes
-- notice: Twenty minutes at one sample a second are 1,200 points for each series. The document gives 1,200 as the answer for about fifty
--   metrics; that is the number for one of them, and fifty make 60,000. The last row adds up the series of this service.
WITH chosen AS (
  SELECT s.metric_name, s.series_id, count(p.timestamp) AS points
  FROM series AS s
  JOIN series_label AS l ON l.series_id = s.series_id AND l.label_name = 'service' AND l.label_value = $service
  LEFT JOIN points AS p
    ON p.series_id = s.series_id AND p.timestamp >= $from_time AND p.timestamp < $from_time + INTERVAL '20' MINUTE
  WHERE s.metric_name <> 'login_duration_seconds'
  GROUP BY s.metric_name, s.series_id
)
SELECT COALESCE(metric_name, 'all metrics') AS metric_name,
       count(*) AS series,
       CAST(sum(points) AS BIGINT) AS points_found,
       count(*) * 1200 AS points_at_one_a_second
FROM chosen
GROUP BY GROUPING SETS ((metric_name), ())
ORDER BY chosen.metric_name IS NULL, metric_name;

-- name: daily-max-memory
-- title: Capacity: daily maximum of memory
-- question: What was the highest memory use of any production host on each of the last 90 days?
-- answers: capacity
-- param: days INTEGER = 90
-- ordered: yes
-- notice: One row a day, made of 24 hourly rows for each host instead of 86,400 samples. The maximum of a day can be made of maxima of hours;
--   an average of maxima or a maximum of averages would be another question. It climbs through each week, falls
--   with the restart early on Monday, and begins each week a little higher. A small data set keeps fewer days.
WITH chosen AS (
  SELECT s.series_id
  FROM series AS s
  JOIN series_label AS l ON l.series_id = s.series_id AND l.label_name = 'env' AND l.label_value = 'prod'
  WHERE s.metric_name = 'memory_usage'
)
SELECT CAST(h.timestamp AS DATE) AS day,
       max(h.max_value) AS max_memory,
       max(h.avg_value) AS max_of_hourly_averages,
       count(*) AS hourly_rows_read,
       count(DISTINCT h.series_id) AS hosts,
       count(*) * 3600 AS samples_at_one_a_second
FROM points_1h AS h
JOIN chosen AS c ON c.series_id = h.series_id
WHERE h.timestamp >= date_trunc('day', (SELECT max(timestamp) FROM points_1h)) - ($days - 1) * INTERVAL '1' DAY
GROUP BY day
ORDER BY day;

-- name: hidden-spikes
-- title: Spikes that an average hides
-- question: In which hours was the highest sample furthest above the hour's average, and which summary still shows it?
-- answers: downsampling
-- param: top INTEGER = 20
-- ordered: yes
-- notice: Four samples 45, 46, 99, 45 have the average 58.75: nobody would see the 99. The longer the step, the lower the highest average:
--   compare highest_minute_average with hour_average. highest_sample comes from max_value of the minutes and equals the raw maximum:
--   a maximum survives every downsampling, an average does not.
WITH minute AS (
  SELECT m.series_id, date_trunc('hour', m.timestamp) AS hour, m.avg_value, m.max_value
  FROM points_1m AS m
  JOIN series AS s ON s.series_id = m.series_id
  WHERE s.metric_name = 'cpu_usage'
),
hourly AS (
  SELECT series_id, hour, max(max_value) AS highest_sample, max(avg_value) AS highest_minute_average, avg(avg_value) AS hour_average, count(*) AS minutes
  FROM minute
  GROUP BY series_id, hour
)
SELECT l.label_value AS host, h.hour, h.minutes, h.highest_sample, h.highest_minute_average,
       round(h.hour_average, 1) AS hour_average,
       round(h.highest_sample - h.hour_average, 1) AS hidden
FROM hourly AS h
JOIN series_label AS l ON l.series_id = h.series_id AND l.label_name = 'host'
ORDER BY hidden DESC, l.label_value, h.hour
LIMIT $top;

-- name: label-cardinality
-- title: Cardinality of labels
-- question: How many values does each label have, and how many series exist because of it?
-- answers: cardinality
-- ordered: yes
-- notice: user_id has a value for each user and every one is a series of its own, with one or two points in it: a fleet of some servers needs a
--   few dozen series, and this one label makes up a third of all or far more. The number grows with the users, the inverted index with it.
--   The number of a user belongs into a log or a table of events.
SELECT l.label_name,
       count(DISTINCT l.label_value) AS label_values,
       count(DISTINCT l.series_id) AS series_with_it,
       round(100.0 * count(DISTINCT l.series_id) / (SELECT count(*) FROM series), 1) AS percent_of_series,
       round(1.0 * count(DISTINCT l.series_id) / count(DISTINCT l.label_value), 1) AS series_for_each_value,
       COALESCE(CAST(sum(n.points) AS BIGINT), 0) AS points
FROM series_label AS l
LEFT JOIN (SELECT series_id, count(*) AS points FROM points GROUP BY series_id) AS n ON n.series_id = l.series_id
GROUP BY l.label_name
ORDER BY label_values DESC, l.label_name;

-- name: labels-multiply
-- title: Do labels multiply?
-- question: Are there as many combinations of two labels as their numbers of values say?
-- answers: cardinality
-- ordered: yes
-- notice: host and region do not multiply: a host is in one region, so there are as many pairs as hosts. The document multiplies 100 hosts by 10 regions and
--   gets 1,000 series; there would be 100. le does multiply: each host has all seven buckets. What counts is whether one label follows from the other.
WITH pair AS (
  SELECT DISTINCT a.label_name AS label_a, b.label_name AS label_b, a.label_value AS value_a, b.label_value AS value_b
  FROM series_label AS a
  JOIN series_label AS b ON b.series_id = a.series_id AND b.label_name <> a.label_name
  WHERE a.label_name = 'host'
    AND b.label_name IN ('region', 'env', 'service', 'method', 'le')
)
SELECT label_a, label_b,
       count(DISTINCT value_a) AS values_a,
       count(DISTINCT value_b) AS values_b,
       count(DISTINCT value_a) * count(DISTINCT value_b) AS product,
       count(*) AS pairs_that_exist,
       CASE WHEN count(*) = count(DISTINCT value_a) THEN 'follows from host' ELSE 'multiplies' END AS verdict
FROM pair
GROUP BY label_a, label_b
ORDER BY label_b;

-- name: request-rate
-- title: Requests per second across a restart
-- question: How many requests a second did each payments host answer, in steps of ten minutes?
-- answers: counters
-- ordered: yes
-- notice: A counter only grows, except that it begins at 0 again after a restart. last_minus_first is below zero in the step of the restart.
--   rate adds up the growth from sample to sample and takes the new value itself where a sample is smaller than the one before,
--   and is lower while the incident lasts: two requests in five got through.
WITH sample AS (
  SELECT host.label_value AS host, p.timestamp, p.value,
         lag(p.value) OVER (PARTITION BY p.series_id ORDER BY p.timestamp) AS before,
         lag(p.timestamp) OVER (PARTITION BY p.series_id ORDER BY p.timestamp) AS before_at
  FROM series AS s
  JOIN series_label AS host ON host.series_id = s.series_id AND host.label_name = 'host'
  JOIN series_label AS path ON path.series_id = s.series_id AND path.label_name = 'path' AND path.label_value = '/api'
  JOIN series_label AS service ON service.series_id = s.series_id AND service.label_name = 'service' AND service.label_value = 'payments'
  JOIN points AS p ON p.series_id = s.series_id
  WHERE s.metric_name = 'http_requests_total'
)
SELECT host,
       time_bucket(INTERVAL '10' MINUTE, timestamp) AS from_time,
       count(*) AS samples,
       CAST(arg_max(value, timestamp) - arg_min(before, timestamp) AS BIGINT) AS last_minus_first,
       CAST(sum(CASE WHEN value < before THEN value ELSE value - before END) AS BIGINT) AS requests,
       round(sum(CASE WHEN value < before THEN value ELSE value - before END) / sum(epoch(timestamp - before_at)), 1) AS rate,
       bool_or(value < before) AS restarted
FROM sample
WHERE before IS NOT NULL
GROUP BY host, from_time
ORDER BY host, from_time;

-- name: latency-quantile
-- title: 99th percentile of latency from buckets
-- question: How long did the slowest hundredth of logins take, in steps of ten minutes over all payments hosts?
-- answers: percentile
-- ordered: yes
-- notice: Buckets can be added over hosts and time, so a percentile of the whole service can be computed; percentiles of single hosts can not be
--   averaged. Within a bucket the value is a guess along a straight line, and beyond the last bound it stays at 2.5 s. In the incident p99 reaches that end.
WITH growth AS (
  SELECT p.timestamp, le.label_value AS le,
         p.value - lag(p.value) OVER (PARTITION BY p.series_id ORDER BY p.timestamp) AS difference,
         p.value
  FROM series AS s
  JOIN series_label AS le ON le.series_id = s.series_id AND le.label_name = 'le'
  JOIN points AS p ON p.series_id = s.series_id
  WHERE s.metric_name = 'http_request_duration_bucket'
),
bucket AS (
  SELECT time_bucket(INTERVAL '10' MINUTE, timestamp) AS from_time,
         CASE WHEN le = '+Inf' THEN CAST('Infinity' AS DOUBLE) ELSE CAST(le AS DOUBLE) END AS upper,
         sum(CASE WHEN difference < 0 THEN value ELSE difference END) AS requests
  FROM growth
  WHERE difference IS NOT NULL
  GROUP BY from_time, upper
),
bounded AS (
  SELECT from_time, upper, requests,
         COALESCE(lag(upper) OVER ladder, 0) AS lower,
         COALESCE(lag(requests) OVER ladder, 0) AS below,
         max(requests) OVER (PARTITION BY from_time) AS total
  FROM bucket
  WINDOW ladder AS (PARTITION BY from_time ORDER BY upper)
),
quantile (q) AS (
  VALUES (0.5), (0.99)
),
placed AS (
  SELECT b.from_time, b.total, q.q,
         CASE WHEN isinf(b.upper) THEN b.lower
              ELSE b.lower + (b.upper - b.lower) * (q.q * b.total - b.below) / (b.requests - b.below) END AS seconds
  FROM bounded AS b
  CROSS JOIN quantile AS q
  WHERE b.requests >= q.q * b.total AND b.below < q.q * b.total
)
SELECT from_time,
       CAST(max(total) AS BIGINT) AS requests,
       round(max(seconds) FILTER (WHERE q = 0.5), 3) AS p50_seconds,
       round(max(seconds) FILTER (WHERE q = 0.99), 3) AS p99_seconds
FROM placed
GROUP BY from_time
ORDER BY from_time;

-- name: mean-of-means
-- title: An average of averages
-- question: Is the average CPU of the last hours the same when it is made of hourly averages?
-- answers: downsampling
-- ordered: yes
-- notice: Not where hours hold different numbers of samples. server-2 was silent for an hour and a quarter, and the few samples of the hour after it were all
--   high: that hour weighs as much as a full one. Other hosts are off by little, because the hour that runs counts as a whole one.
--   With sum and count in the summary every longer step comes out exactly; avg, min and max alone are not enough.
WITH hourly AS (
  SELECT host.label_value AS host, date_trunc('hour', p.timestamp) AS hour,
         avg(p.value) AS avg_value, sum(p.value) AS sum_value, count(*) AS samples
  FROM series AS s
  JOIN series_label AS host ON host.series_id = s.series_id AND host.label_name = 'host'
  JOIN points AS p ON p.series_id = s.series_id
  WHERE s.metric_name = 'cpu_usage'
    AND p.timestamp >= date_trunc('hour', (SELECT max(timestamp) FROM points)) - INTERVAL '5' HOUR
  GROUP BY host.label_value, hour
)
SELECT host,
       count(*) AS hours,
       CAST(min(samples) AS BIGINT) AS fewest_samples,
       CAST(max(samples) AS BIGINT) AS most_samples,
       round(avg(avg_value), 1) AS average_of_hours,
       round(sum(sum_value) / sum(samples), 1) AS average_of_samples,
       round(avg(avg_value) - sum(sum_value) / sum(samples), 1) AS error
FROM hourly
GROUP BY host
ORDER BY abs(avg(avg_value) - sum(sum_value) / sum(samples)) DESC, host;

-- name: temperature-by-hour
-- title: Average over time
-- question: What was the average temperature at each sensor in each of the last hours?
-- answers: over-time
-- ordered: yes
-- notice: avg_over_time of one series, hour by hour. Another metric with other labels needs no other table: sensor and unit are rows of series_label.
--   The unit is a label here, which is the only thing that says what 72 means.
SELECT sensor.label_value AS sensor,
       unit.label_value AS unit,
       date_trunc('hour', p.timestamp) AS hour,
       round(avg(p.value), 2) AS average,
       min(p.value) AS lowest,
       max(p.value) AS highest,
       count(*) AS samples
FROM series AS s
JOIN series_label AS sensor ON sensor.series_id = s.series_id AND sensor.label_name = 'sensor'
JOIN series_label AS unit ON unit.series_id = s.series_id AND unit.label_name = 'unit'
JOIN points AS p ON p.series_id = s.series_id
WHERE s.metric_name = 'temperature'
GROUP BY sensor.label_value, unit.label_value, hour
ORDER BY sensor, hour;

-- name: partitions-and-ingest
-- title: Partitions and the rate of writing
-- question: How large are the partitions, how many samples a second are written on each day, and how many partitions does a question over all servers touch?
-- answers: one-day, ingest
-- ordered: yes
-- notice: A partition is one server and one day: the document's three metrics each second fill it with 259,200 rows. Where the sample interval is longer it is
--   less; the last column gives the share. A question over all servers, such as the alert, touches a partition for each server, even for five minutes of data.
--   The first and the last day are not whole.
WITH part AS (
  SELECT server_id, metric_date, count(*) AS rows_stored, count(DISTINCT timestamp) AS moments,
         min(timestamp) AS first_at, max(timestamp) AS last_at
  FROM server_metrics
  GROUP BY server_id, metric_date
)
SELECT metric_date,
       count(*) AS partitions,
       CAST(sum(rows_stored) AS BIGINT) AS rows_stored,
       min(rows_stored) AS smallest_partition,
       max(rows_stored) AS largest_partition,
       round(sum(rows_stored) / greatest(1, epoch(max(last_at) - min(first_at))), 2) AS samples_a_second,
       round(100.0 * max(rows_stored) / 259200, 2) AS percent_of_259200
FROM part
GROUP BY metric_date
ORDER BY metric_date;
