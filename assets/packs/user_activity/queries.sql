-- name: latest-events
-- title: Latest events of a user
-- question: What did this user do last?
-- answers: latest-events
-- param: user VARCHAR = 'user_123'
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The question the table is made for: one partition, read from its beginning, stop after $top rows. No sort, since the rows stand in
--   this order already. The first three rows are the document's own example.
SELECT timestamp, event_type, data
FROM user_activity
WHERE user_id = $user
ORDER BY timestamp DESC
LIMIT $top;

-- name: one-day
-- title: One day of a user
-- question: What did this user do on their newest busy day, in order?
-- answers: time-range
-- param: user VARCHAR = SELECT user_id FROM user_activity WHERE event_type = 'purchase' GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: day DATE = SELECT CAST(max(timestamp) AS DATE) FROM user_activity WHERE event_type = 'purchase' AND user_id =
--   (SELECT user_id FROM user_activity WHERE event_type = 'purchase' GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1)
-- ordered: yes
-- notice: A range of the clustering key inside one partition: begin and end are found, what is between is read in one piece. The day is half
--   open, from midnight up to, not including, the next midnight; BETWEEN with 23:59:59 would lose the last second.
SELECT timestamp, event_type, data
FROM user_activity
WHERE user_id = $user
  AND timestamp >= $day
  AND timestamp < $day + INTERVAL '1' DAY
ORDER BY timestamp;

-- name: sparse-as-rows
-- title: Sparse columns as rows
-- question: Which values do the latest events of a user carry, one row for each value?
-- answers: sparse-columns
-- param: user VARCHAR = SELECT user_id FROM user_activity WHERE event_type = 'purchase' GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: events INTEGER = 12
-- ordered: yes
-- notice: Only what is there takes a row: no NULL anywhere. This is how a wide-column store keeps it on disk: key, column name, value.
--   Events without data (logout) fall out of this shape altogether; a LEFT JOIN would keep them.
WITH latest AS (
  SELECT timestamp, event_type, data
  FROM user_activity
  WHERE user_id = $user
  ORDER BY timestamp DESC
  LIMIT $events
)
SELECT l.timestamp, l.event_type, k.key AS column_name, l.data ->> k.key AS value
FROM latest AS l, unnest(json_keys(l.data)) AS k (key)
ORDER BY l.timestamp DESC, k.key;

-- name: sparse-as-columns
-- title: Sparse columns as columns
-- question: What do the same events look like as a table with fixed columns?
-- answers: sparse-columns
-- param: user VARCHAR = SELECT user_id FROM user_activity WHERE event_type = 'purchase' GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: events INTEGER = 12
-- ordered: yes
-- notice: Nine columns, of which a row uses one, two or three. Types are possible now: results and quantity are numbers. Each new kind of event
--   needs a migration, and a query in SQL has to know every column by name. page is filled from two keys, because the app changed its spelling.
SELECT timestamp,
       event_type,
       COALESCE(data ->> 'page', data ->> 'path') AS page,
       data ->> 'element' AS element,
       data ->> 'query' AS query,
       CAST(data ->> 'results' AS INTEGER) AS results,
       data ->> 'ip' AS ip,
       data ->> 'app' AS app,
       CAST(data ->> 'quantity' AS INTEGER) AS quantity,
       data ->> 'order_id' AS order_id,
       CAST(data ->> 'amount' AS DECIMAL(10, 2)) AS amount
FROM user_activity
WHERE user_id = $user
ORDER BY timestamp DESC
LIMIT $events;

-- name: profile-three-ways
-- title: One profile, three shapes
-- question: What do columns, rows and JSON say about the same user?
-- answers: sparse-columns
-- param: user VARCHAR = 'user_3'
-- ordered: yes
-- notice: The same facts three times. The rows have to be turned into columns by an aggregate with a filter for each attribute; absent is a NULL
--   in the columns, a missing row in the rows, a missing key in the JSON.
SELECT 'columns' AS shape, row_key, name, email, phone, twitter, linkedin, github, blog
FROM profile_columns
WHERE row_key = $user
UNION ALL
SELECT 'json', row_key, data ->> 'name', data ->> 'email', data ->> 'phone', data ->> 'twitter', data ->> 'linkedin', data ->> 'github', data ->> 'blog'
FROM profile_json
WHERE row_key = $user
UNION ALL
SELECT 'rows',
       row_key,
       max(value) FILTER (WHERE column_name = 'name'),
       max(value) FILTER (WHERE column_name = 'email'),
       max(value) FILTER (WHERE column_name = 'phone'),
       max(value) FILTER (WHERE column_name = 'twitter'),
       max(value) FILTER (WHERE column_name = 'linkedin'),
       max(value) FILTER (WHERE column_name = 'github'),
       max(value) FILTER (WHERE column_name = 'blog')
FROM profile_rows
WHERE row_key = $user
GROUP BY row_key
ORDER BY shape;

-- name: how-sparse
-- title: How sparse is it?
-- question: What share of the users has each attribute, by each of the three shapes?
-- answers: sparse-columns
-- ordered: yes
-- notice: Where the three numbers differ something is lost. mastodon is younger than the table with columns, which cannot have it before somebody
--   adds a column. email in rows is short by exactly the rows of Email: to an attribute name every spelling is welcome.
WITH names AS (
  SELECT DISTINCT column_name FROM profile_rows
),
in_columns AS (
  UNPIVOT (SELECT name, email, phone, twitter, linkedin, github, blog FROM profile_columns)
  ON COLUMNS(*)
  INTO NAME column_name VALUE value
),
in_json AS (
  SELECT k.key AS column_name FROM profile_json AS j, unnest(json_keys(j.data)) AS k (key)
)
SELECT n.column_name,
       (SELECT count(*) FROM in_columns AS c WHERE c.column_name = n.column_name) AS in_columns,
       (SELECT count(*) FROM profile_rows AS r WHERE r.column_name = n.column_name) AS in_rows,
       (SELECT count(*) FROM in_json AS j WHERE j.column_name = n.column_name) AS in_json,
       round(100.0 * (SELECT count(*) FROM profile_rows AS r WHERE r.column_name = n.column_name)
             / (SELECT count(*) FROM profile_columns), 1) AS percent_of_users
FROM names AS n
ORDER BY in_rows DESC, n.column_name;

-- name: search-by-attribute
-- title: Find users by an attribute
-- question: Who has a GitHub name but no e-mail address, asked of the rows?
-- answers: sparse-columns
-- param: top INTEGER = 20
-- ordered: yes
-- notice: One condition is one scan of rows; "has this and lacks that" is a join for each attribute or an anti-join. In profile_columns it reads
--   WHERE github IS NOT NULL AND email IS NULL. still_has_email marks users whom the rows call
--   addressless only because of a capital letter.
SELECT g.row_key,
       n.value AS name,
       g.value AS github,
       c.email IS NOT NULL AS still_has_email
FROM profile_rows AS g
JOIN profile_rows AS n ON n.row_key = g.row_key AND n.column_name = 'name'
JOIN profile_columns AS c ON c.row_key = g.row_key
WHERE g.column_name = 'github'
  AND NOT EXISTS (SELECT 1 FROM profile_rows AS e WHERE e.row_key = g.row_key AND e.column_name = 'email')
ORDER BY still_has_email DESC, g.row_key
LIMIT $top;

-- name: partition-sizes
-- title: The largest partitions
-- question: Which users have the most rows, and how fast do their partitions grow?
-- answers: partition-size
-- param: top INTEGER = 15
-- ordered: yes
-- notice: The first is no person: it reads one page after the other, at all hours, and looks at nothing twice. Its partition lies on one node and
--   has no end. Behind it the counts fall with rank as people's do. times_median compares with the partition in the middle.
WITH sizes AS (
  SELECT user_id,
         count(*) AS events,
         count(DISTINCT CAST(timestamp AS DATE)) AS days,
         count(DISTINCT extract(hour FROM timestamp)) AS hours_of_day,
         sum(length(CAST(data AS VARCHAR))) AS data_bytes
  FROM user_activity
  GROUP BY user_id
)
SELECT user_id,
       events,
       round(100.0 * events / (SELECT sum(events) FROM sizes), 2) AS percent_of_all,
       round(events / (SELECT median(events) FROM sizes), 1) AS times_median,
       days,
       round(CAST(events AS DOUBLE) / days, 1) AS events_per_day,
       hours_of_day,
       round(data_bytes / 1024.0, 1) AS data_kib
FROM sizes
ORDER BY events DESC, user_id
LIMIT $top;

-- name: buckets
-- title: Partitions by user and month
-- question: How large would the largest partitions be if the month were part of the partition key?
-- answers: partition-size
-- ordered: yes
-- notice: largest_partition falls by a good part, partitions multiply, and the median partition becomes small: most users read a few rows from several partitions.
--   A bucket bounds what grows for ever; it does not help against a key that is hot within one month. The crawler still stands out.
WITH by_user AS (
  SELECT user_id, count(*) AS events FROM user_activity GROUP BY user_id
),
by_month AS (
  SELECT user_id, date_trunc('month', timestamp) AS month, count(*) AS events FROM user_activity GROUP BY user_id, month
)
SELECT 'user_id' AS partition_key, count(*) AS partitions, max(events) AS largest_partition, CAST(median(events) AS INTEGER) AS median_partition
FROM by_user
UNION ALL
SELECT 'user_id, month', count(*), max(events), CAST(median(events) AS INTEGER)
FROM by_month
ORDER BY partition_key;

-- name: same-moment
-- title: Two events in one moment
-- question: How many events would be lost if the clock counted seconds, or minutes, instead of milliseconds?
-- answers: keep-every-event
-- ordered: yes
-- notice: With milliseconds no two events of a user share a key here, because the data was made so. One in ten follows the event before within a
--   second, and half of those would go. In a wide-column store an INSERT with a key that exists is an update: nothing fails, the event is gone.
WITH keys AS (
  SELECT count(*) AS events,
         count(DISTINCT (user_id, timestamp)) AS by_millisecond,
         count(DISTINCT (user_id, date_trunc('second', timestamp))) AS by_second,
         count(DISTINCT (user_id, date_trunc('minute', timestamp))) AS by_minute
  FROM user_activity
)
SELECT 1 AS line, 'millisecond' AS clock, events, by_millisecond AS rows_kept, events - by_millisecond AS lost,
       round(100.0 * (events - by_millisecond) / events, 2) AS lost_percent
FROM keys
UNION ALL
SELECT 2, 'second', events, by_second, events - by_second, round(100.0 * (events - by_second) / events, 2) FROM keys
UNION ALL
SELECT 3, 'minute', events, by_minute, events - by_minute, round(100.0 * (events - by_minute) / events, 2) FROM keys
ORDER BY line;

-- name: key-drift
-- title: A key that changed its name
-- question: Month by month, how many views and clicks carry page, and how many carry path?
-- answers: sparse-columns
-- ordered: yes
-- notice: From February 2026 on a large part of the events says path: version 5.2 of the apps. A report that reads page shows a fall in traffic
--   that never happened. Nothing failed when the name changed: that is what no schema means.
SELECT CAST(date_trunc('month', timestamp) AS DATE) AS month,
       count(*) AS views_and_clicks,
       count(*) FILTER (WHERE data ->> 'page' IS NOT NULL) AS with_page,
       count(*) FILTER (WHERE data ->> 'path' IS NOT NULL) AS with_path,
       round(100.0 * count(*) FILTER (WHERE data ->> 'page' IS NOT NULL) / count(*), 1) AS seen_by_old_report_percent
FROM user_activity
WHERE event_type IN ('view', 'click')
GROUP BY month
ORDER BY month;

-- name: amounts-by-type
-- title: Amounts that are text
-- question: Of which JSON type are the amounts of purchases, and what do they add up to?
-- answers: sparse-columns
-- ordered: yes
-- notice: One writer put quotes around the number. ->> hides it, as both come out as text; a typed column would have refused one of them, and a
--   reader that takes only numbers misses the revenue of the second row.
SELECT json_type(data -> 'amount') AS amount_type,
       count(*) AS purchases,
       sum(CAST(data ->> 'amount' AS DECIMAL(10, 2))) AS revenue,
       min(CAST(data ->> 'amount' AS DECIMAL(10, 2))) AS smallest,
       max(CAST(data ->> 'amount' AS DECIMAL(10, 2))) AS largest
FROM user_activity
WHERE event_type = 'purchase'
  AND data ->> 'amount' IS NOT NULL
GROUP BY amount_type
ORDER BY purchases DESC, amount_type;

-- name: daily-active-users
-- title: Active users by day
-- question: How many users were active on each of the last days, and on how many of the last 30 does one of them appear?
-- answers: ad-hoc
-- param: days INTEGER = 14
-- ordered: yes
-- notice: The partition key is not in the question, so every partition on every node has to be read: the kind of question this layout is bad at.
--   DuckDB reads columns and answers at once; a wide-column store needs a second table by day that is written along.
--   stickiness_percent is DAU / MAU, here over the users of the 30 days that end with the day.
WITH clock AS (
  SELECT CAST(max(timestamp) AS DATE) AS today FROM user_activity
),
active AS (
  SELECT DISTINCT user_id, CAST(timestamp AS DATE) AS day
  FROM user_activity
  WHERE timestamp >= (SELECT today FROM clock) - INTERVAL '60' DAY
),
days AS (
  SELECT DISTINCT day FROM active WHERE day > (SELECT today FROM clock) - $days
)
SELECT d.day,
       dayname(d.day) AS weekday,
       count(DISTINCT a.user_id) FILTER (WHERE a.day = d.day) AS dau,
       count(DISTINCT a.user_id) AS mau,
       round(100.0 * count(DISTINCT a.user_id) FILTER (WHERE a.day = d.day) / count(DISTINCT a.user_id), 1) AS stickiness_percent
FROM days AS d
JOIN active AS a ON a.day > d.day - 30 AND a.day <= d.day
GROUP BY d.day
ORDER BY d.day;

-- name: sessions-of-user
-- title: Sessions of a user
-- question: Where does a user's stream of events fall into sessions, and what came of each?
-- answers: time-range
-- param: user VARCHAR = SELECT user_id FROM user_activity WHERE event_type = 'purchase' GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: pause_minutes INTEGER = 30
-- param: top INTEGER = 15
-- ordered: yes
-- notice: There is no session in the model: a pause of thirty minutes makes one. All within one partition, in the order it is stored. Few sessions
--   end with a purchase, more leave a basket behind.
WITH marked AS (
  SELECT timestamp, event_type,
         CASE WHEN timestamp - lag(timestamp) OVER (ORDER BY timestamp) <= $pause_minutes * INTERVAL '1' MINUTE THEN 0 ELSE 1 END AS begins
  FROM user_activity
  WHERE user_id = $user
),
numbered AS (
  SELECT *, sum(begins) OVER (ORDER BY timestamp) AS session_no
  FROM marked
)
SELECT session_no,
       min(timestamp) AS began_at,
       count(*) AS events,
       round(epoch(max(timestamp) - min(timestamp)) / 60, 1) AS minutes,
       count(*) FILTER (WHERE event_type IN ('view', 'click')) AS pages,
       CASE WHEN count(*) FILTER (WHERE event_type = 'purchase') > 0 THEN 'bought'
            WHEN count(*) FILTER (WHERE event_type = 'add_to_cart') > 0 THEN 'left a basket'
            ELSE 'looked around' END AS outcome
FROM numbered
GROUP BY session_no
ORDER BY session_no DESC
LIMIT $top;
