-- name: dau-by-region
-- title: Daily active users by region
-- question: How many profiles were active in each region on each of the last days?
-- answers: dau-by-region
-- param: last_day DATE = SELECT max(dt) - 1 FROM app_event
-- param: days INTEGER = 28
-- ordered: yes
-- notice: The documented view, cut to a window of days. The condition is on dt, so only those partitions are read; the same
--   condition on event_time would read them all unless the engine knows that dt follows from it. The last day is left out
--   by default, because it may still be filling.
SELECT dt, region, dau
FROM dau_by_region
WHERE dt > $last_day - $days
  AND dt <= $last_day
ORDER BY dt DESC, dau DESC, region;

-- name: regions-against-total
-- title: Regions do not add up to the total
-- question: On which days is the sum of the regional DAU larger than the number of active profiles, and who is counted twice?
-- answers: dau-by-region, global-dau
-- param: last_day DATE = SELECT max(dt) FROM app_event
-- param: days INTEGER = 60
-- ordered: yes
-- notice: COUNT(DISTINCT) is not additive: a profile that was in two regions on one day counts in both, and once in the
--   total. Most of these are people who hop between two regions all the time, the rest is on a journey. A dashboard that
--   adds up the regional table reports more users than there are; the total needs a row of its own.
WITH active AS (
  SELECT DISTINCT dt, region, profile_id
  FROM app_event
  WHERE dt > $last_day - $days
    AND dt <= $last_day
),
person AS (
  SELECT dt, profile_id, count(*) AS regions, string_agg(region, '+' ORDER BY region) AS where_seen
  FROM active
  GROUP BY dt, profile_id
)
SELECT dt,
       sum(regions) AS sum_of_regions,
       count(*) AS dau,
       sum(regions) - count(*) AS counted_twice,
       string_agg(profile_id || ' (' || where_seen || ')', ', ' ORDER BY profile_id) FILTER (WHERE regions > 1) AS who
FROM person
GROUP BY dt
HAVING sum(regions) > count(*)
ORDER BY dt DESC;

-- name: stickiness
-- title: Stickiness, DAU by MAU
-- question: Which share of the profiles of the last 30 days comes on a single day?
-- answers: stickiness, global-dau
-- param: last_day DATE = SELECT max(dt) - 1 FROM app_event
-- param: days INTEGER = 28
-- ordered: yes
-- notice: MAU is counted anew for each day, over that day and the 29 before it: distinct profiles of 30 days cannot be had by
--   adding up 30 daily numbers. The weekend shows in DAU and not in MAU, so a stickiness of one day is only worth a look
--   beside the mean of its week, the last column.
WITH active AS (
  SELECT DISTINCT dt, profile_id
  FROM app_event
  WHERE dt > $last_day - $days - 36
    AND dt <= $last_day
),
day AS (
  SELECT DISTINCT dt
  FROM active
  WHERE dt > $last_day - $days - 6
),
daily AS (
  SELECT dt, count(*) AS dau
  FROM active
  GROUP BY dt
),
monthly AS (
  SELECT d.dt, count(DISTINCT a.profile_id) AS mau
  FROM day AS d
  JOIN active AS a ON a.dt > d.dt - 30 AND a.dt <= d.dt
  GROUP BY d.dt
),
ratio AS (
  SELECT m.dt, d.dau, m.mau,
         100.0 * d.dau / m.mau AS percent,
         avg(100.0 * d.dau / m.mau) OVER (ORDER BY m.dt ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS mean_percent
  FROM monthly AS m
  JOIN daily AS d ON d.dt = m.dt
)
SELECT dt,
       strftime(dt, '%a') AS weekday,
       dau,
       mau,
       round(percent, 1) AS stickiness_percent,
       round(mean_percent, 1) AS seven_day_mean
FROM ratio
WHERE dt > $last_day - $days
ORDER BY dt DESC;

-- name: build-one-day
-- title: Build one day
-- question: Which rows does the daily job write for one dt?
-- answers: incremental-build
-- param: dt DATE = SELECT dt FROM app_event WHERE dt < (SELECT max(dt) FROM app_event) GROUP BY dt ORDER BY count(*) DESC, dt DESC LIMIT 1
-- ordered: yes
-- notice: One partition in, a handful of rows out. The job deletes the rows of this dt from the gold table and inserts these
--   in one transaction, so running it twice changes nothing. The row for ALL is counted, not added up. Raw counts stand
--   beside the distinct ones: they are additive and tell whether a strange DAU comes with strange traffic.
SELECT dt,
       COALESCE(region, 'ALL') AS region,
       COUNT(DISTINCT profile_id) AS dau,
       COUNT(DISTINCT account_id) AS accounts,
       COUNT(*) AS events
FROM app_event
WHERE dt = $dt
GROUP BY GROUPING SETS ((dt, region), (dt))
ORDER BY CASE WHEN region IS NULL THEN 1 ELSE 0 END, dau DESC, region;

-- name: incremental-against-full
-- title: Day by day against all at once
-- question: Does building each day alone give the rows of the full view, and what if the job runs before the last events are in?
-- answers: incremental-build, late-events
-- param: last_day DATE = SELECT max(dt) - 1 FROM app_event
-- param: days INTEGER = 14
-- param: hours_missing INTEGER = 2
-- ordered: yes
-- notice: rows_that_differ is 0 on every day: DAU of a day depends on that day alone, so the incremental build is exact. The
--   last columns play what happens when the events of the last hours of a day arrive after the job: every profile that was
--   only seen then is missing. The table has no time of arrival, so the job cannot know; the remedy is to
--   build the last few days again each night.
WITH one_day AS (
  SELECT dt, region, COUNT(DISTINCT profile_id) AS dau
  FROM app_event
  WHERE dt > $last_day - $days AND dt <= $last_day
  GROUP BY dt, region
),
too_early AS (
  SELECT dt, region, COUNT(DISTINCT profile_id) AS dau
  FROM app_event
  WHERE dt > $last_day - $days AND dt <= $last_day
    AND event_time < dt + INTERVAL '1' DAY - $hours_missing * INTERVAL '1' HOUR
  GROUP BY dt, region
)
SELECT f.dt,
       count(*) AS rows_in_view,
       count(*) FILTER (WHERE o.dau IS DISTINCT FROM f.dau) AS rows_that_differ,
       sum(f.dau) AS dau_rows_full,
       sum(COALESCE(e.dau, 0)) AS dau_rows_too_early,
       round(100.0 * (sum(f.dau) - sum(COALESCE(e.dau, 0))) / sum(f.dau), 1) AS percent_missing
FROM dau_by_region AS f
LEFT JOIN one_day AS o ON o.dt = f.dt AND o.region = f.region
LEFT JOIN too_early AS e ON e.dt = f.dt AND e.region = f.region
WHERE f.dt > $last_day - $days AND f.dt <= $last_day
GROUP BY f.dt
ORDER BY f.dt DESC;

-- name: session-duration
-- title: Session duration
-- question: How long do people stay, when a session ends with 30 minutes without an event?
-- answers: session-duration
-- param: gap_minutes INTEGER = 30
-- ordered: yes
-- notice: The table has no sessions, so a rule makes them: an event more than 30 minutes after the one before it (of the same
--   profile, in any region) opens a new session. The time after the last heartbeat is unknown, so every session is short
--   by up to ten minutes, and a session of one event has no length at all: instant_percent says how many. Set the
--   parameter to 15 or 60 and see how little the median moves: heartbeats make the rule robust.
WITH marked AS (
  SELECT profile_id, region, event_time,
         CASE WHEN event_time - lag(event_time) OVER person <= $gap_minutes * INTERVAL '1' MINUTE THEN 0 ELSE 1 END AS opens
  FROM app_event
  WINDOW person AS (PARTITION BY profile_id ORDER BY event_time)
),
numbered AS (
  SELECT profile_id, region, event_time,
         sum(opens) OVER (PARTITION BY profile_id ORDER BY event_time ROWS UNBOUNDED PRECEDING) AS session_no
  FROM marked
),
session AS (
  SELECT profile_id, session_no,
         arg_min(region, event_time) AS region,
         epoch(max(event_time) - min(event_time)) / 60 AS minutes
  FROM numbered
  GROUP BY profile_id, session_no
)
SELECT COALESCE(region, 'ALL') AS region,
       count(*) AS sessions,
       round(avg(minutes), 1) AS mean_minutes,
       round(quantile_cont(minutes, 0.5), 1) AS median_minutes,
       round(quantile_cont(minutes, 0.9), 1) AS p90_minutes,
       round(100.0 * count(*) FILTER (WHERE minutes = 0) / count(*), 1) AS instant_percent
FROM session
GROUP BY GROUPING SETS ((region), ())
ORDER BY CASE WHEN region IS NULL THEN 1 ELSE 0 END, sessions DESC, region;

-- name: what-counts-as-active
-- title: What counts as active
-- question: How much of DAU is people who opened the app, and how much only heartbeats?
-- answers: definition
-- param: last_day DATE = SELECT max(dt) - 1 FROM app_event
-- param: days INTEGER = 28
-- ordered: yes
-- notice: The view counts a profile with any event. Two kinds of profile have nothing but heartbeats on a day: somebody whose
--   evening ran over midnight (UTC), and a television in standby that nobody looks at. The first is one visit counted as
--   two days, the second is nobody at all, every day.
WITH person_day AS (
  SELECT dt, profile_id,
         bool_or(event_name IN ('login', 'foreground')) AS opened,
         min(event_time) AS first_event
  FROM app_event
  WHERE dt > $last_day - $days AND dt <= $last_day
  GROUP BY dt, profile_id
),
heartbeat_day AS (
  SELECT d.dt, d.profile_id,
         EXISTS (SELECT 1 FROM app_event AS e
                 WHERE e.profile_id = d.profile_id
                   AND e.dt = d.dt - 1
                   AND e.event_time > d.first_event - INTERVAL '30' MINUTE) AS since_yesterday
  FROM person_day AS d
  WHERE NOT d.opened
)
SELECT d.dt,
       count(*) AS dau_any_event,
       count(*) FILTER (WHERE d.opened) AS dau_opened_the_app,
       count(*) FILTER (WHERE h.since_yesterday) AS still_on_after_midnight,
       count(*) FILTER (WHERE NOT h.since_yesterday) AS heartbeats_only,
       round(100.0 * count(*) FILTER (WHERE NOT d.opened) / count(*), 1) AS percent_not_opened
FROM person_day AS d
LEFT JOIN heartbeat_day AS h ON h.dt = d.dt AND h.profile_id = d.profile_id
GROUP BY d.dt
ORDER BY d.dt DESC;

-- name: utc-day-against-local-day
-- title: A day in UTC and a day in the region
-- question: How does the mean DAU of a region change when its days begin at its own midnight?
-- answers: definition, dau-by-region
-- ordered: yes
-- notice: dt is a day in UTC. In BR midnight UTC is nine in the evening, the busiest time, and the evening of one person
--   falls into two days: its DAU comes out too high. In IN the UTC day changes at half past five in the morning, when
--   hardly anybody is there, and DAU comes out lower than with a day that ends at midnight. In US and MX most of the
--   evening belongs to the next day, so the busy Saturday evening stands under Sunday.
--   One fixed offset for each region, no summer time: good enough to see the effect.
WITH zone (region, minutes) AS (
  VALUES ('US', -360), ('MX', -360), ('BR', -180), ('GB', 60), ('DE', 120), ('IN', 330)
),
stamped AS (
  SELECT e.region, z.minutes, e.profile_id, e.dt,
         CAST(e.event_time + z.minutes * INTERVAL '1' MINUTE AS DATE) AS local_day
  FROM app_event AS e
  JOIN zone AS z ON z.region = e.region
),
counted AS (
  SELECT region, minutes,
         COUNT(DISTINCT (profile_id, dt)) AS profile_days_utc,
         COUNT(DISTINCT (profile_id, local_day)) AS profile_days_local,
         COUNT(DISTINCT dt) AS days
  FROM stamped
  GROUP BY region, minutes
),
weekday AS (
  SELECT region, isodow(dt) AS day_no, strftime(dt, '%A') AS name, count(*) AS utc_events, 0 AS local_events
  FROM stamped
  GROUP BY region, day_no, name
  UNION ALL
  SELECT region, isodow(local_day), strftime(local_day, '%A'), 0, count(*)
  FROM stamped
  GROUP BY region, isodow(local_day), strftime(local_day, '%A')
),
busiest AS (
  SELECT region, name, day_no,
         row_number() OVER (PARTITION BY region ORDER BY sum(utc_events) DESC, day_no) AS utc_place,
         row_number() OVER (PARTITION BY region ORDER BY sum(local_events) DESC, day_no) AS local_place
  FROM weekday
  GROUP BY region, name, day_no
)
SELECT c.region,
       round(c.minutes / 60.0, 1) AS hours_from_utc,
       round(1.0 * c.profile_days_utc / c.days, 2) AS mean_dau_utc_day,
       round(1.0 * c.profile_days_local / c.days, 2) AS mean_dau_local_day,
       CAST(100.0 * (c.profile_days_utc - c.profile_days_local) / c.profile_days_local AS DECIMAL(6, 1)) AS percent_utc_above_local,
       u.name AS busiest_day_utc,
       l.name AS busiest_day_local
FROM counted AS c
JOIN busiest AS u ON u.region = c.region AND u.utc_place = 1
JOIN busiest AS l ON l.region = c.region AND l.local_place = 1
ORDER BY percent_utc_above_local DESC, c.region;

-- name: sent-twice
-- title: Events that arrived twice
-- question: How many rows are exact copies of another, and which numbers do they change?
-- answers: definition
-- ordered: yes
-- notice: About four rows in a thousand are there twice: a client that got no answer sent its event again, and a table without
--   a key takes everything. DAU does not mind, a distinct count is the same. Everything that counts or adds up rows is
--   off by the last column.
WITH copies AS (
  SELECT event_name, profile_id, account_id, region, event_time, count(*) AS times
  FROM app_event
  GROUP BY event_name, profile_id, account_id, region, event_time
)
SELECT COALESCE(event_name, 'all events') AS event_name,
       CAST(sum(times) AS BIGINT) AS rows_stored,
       count(*) AS events_that_happened,
       CAST(sum(times) - count(*) AS BIGINT) AS copies,
       count(DISTINCT profile_id) AS profiles,
       round(100.0 * (sum(times) - count(*)) / count(*), 2) AS percent_too_many
FROM copies
GROUP BY GROUPING SETS ((event_name), ())
ORDER BY CASE WHEN event_name IS NULL THEN 1 ELSE 0 END, rows_stored DESC, event_name;
