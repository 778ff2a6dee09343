-- name: bronze-to-silver
-- title: One day from bronze to silver
-- question: What does the silver job make of the messages that arrived on one day?
-- answers: typed-silver, deduplication
-- param: dt DATE = SELECT dt FROM bronze_playback_events GROUP BY dt ORDER BY count(*) DESC, dt DESC LIMIT 1
-- param: top INTEGER = 60
-- ordered: yes
-- notice: Three steps in one statement: read the payload by the schema it was written with, keep the first copy of each
--   (session_id, event_time), join country and device. A position comes from position_sec or from position_ms. A LEFT JOIN
--   keeps events of devices the dimension does not know. Where copies is above 1, messages were dropped. Rows whose
--   event_time is an earlier day go to an earlier partition of silver: bronze counts days by arrival, silver by event.
WITH parsed AS (
  SELECT payload ->> '$.session_id' AS session_id,
         make_timestamp(CAST(payload ->> '$.ts' AS BIGINT) * 1000) AS event_time,
         payload ->> '$.event_type' AS event_type,
         COALESCE(CAST(payload ->> '$.position_sec' AS INTEGER), CAST(payload ->> '$.position_ms' AS BIGINT) // 1000) AS position_sec,
         CAST(payload ->> '$.bitrate_kbps' AS INTEGER) AS bitrate_kbps,
         CAST(payload ->> '$.profile_id' AS BIGINT) AS profile_id,
         payload ->> '$.device_id' AS device_id,
         schema_id, received_at, kafka_partition, kafka_offset
  FROM (SELECT CASE WHEN json_valid(payload) THEN payload END AS payload, schema_id, received_at, kafka_partition, kafka_offset
        FROM bronze_playback_events
        WHERE dt = $dt) AS message
),
copies AS (
  SELECT *,
         row_number() OVER (PARTITION BY session_id, event_time ORDER BY received_at, kafka_partition, kafka_offset) AS place,
         count(*) OVER (PARTITION BY session_id, event_time) AS copies
  FROM parsed
  WHERE session_id IS NOT NULL
    AND event_time >= TIMESTAMP '2020-01-01'
)
SELECT c.session_id, c.event_time, c.event_type, c.position_sec, c.bitrate_kbps,
       p.country_code, d.device_type, c.schema_id, c.received_at, c.copies
FROM copies AS c
LEFT JOIN dim_profile AS p ON p.profile_id = c.profile_id
LEFT JOIN dim_device AS d ON d.device_id = c.device_id
WHERE c.place = 1
ORDER BY c.copies DESC, c.session_id, c.event_time
LIMIT $top;

-- name: rebuild-silver
-- title: Rebuild silver from bronze
-- question: Does reading the raw messages again give the silver rows that are stored?
-- answers: replay, typed-silver, deduplication
-- param: first_day DATE = '2026-05-15'
-- param: days INTEGER = 31
-- ordered: yes
-- notice: Everything must be "same". That is what bronze is kept for: after a bug in the silver job the table is made
--   again, as far back as bronze reaches. Ten more days of bronze are read than of silver, because late events lie in the
--   partitions of the days on which they arrived.
WITH parsed AS (
  SELECT payload ->> '$.session_id' AS session_id,
         make_timestamp(CAST(payload ->> '$.ts' AS BIGINT) * 1000) AS event_time,
         payload ->> '$.event_type' AS event_type,
         COALESCE(CAST(payload ->> '$.position_sec' AS INTEGER), CAST(payload ->> '$.position_ms' AS BIGINT) // 1000) AS position_sec,
         CAST(payload ->> '$.bitrate_kbps' AS INTEGER) AS bitrate_kbps,
         received_at, kafka_partition, kafka_offset
  FROM (SELECT CASE WHEN json_valid(payload) THEN payload END AS payload, received_at, kafka_partition, kafka_offset
        FROM bronze_playback_events
        WHERE dt >= $first_day
          AND dt < $first_day + $days + 10) AS message
),
rebuilt AS (
  SELECT session_id, event_time, event_type, position_sec, bitrate_kbps, received_at
  FROM (SELECT *, row_number() OVER (PARTITION BY session_id, event_time ORDER BY received_at, kafka_partition, kafka_offset) AS place
        FROM parsed
        WHERE session_id IS NOT NULL
          AND event_time >= CAST($first_day AS TIMESTAMP)
          AND event_time < $first_day + $days) AS copies
  WHERE place = 1
),
stored AS (
  SELECT session_id, event_time, event_type, position_sec, bitrate_kbps, received_at
  FROM silver_playback_event
  WHERE dt >= $first_day
    AND dt < $first_day + $days
),
compared AS (
  SELECT CASE WHEN s.session_id IS NULL THEN 'missing in silver'
              WHEN r.session_id IS NULL THEN 'only in silver'
              WHEN s.event_type = r.event_type AND s.position_sec = r.position_sec AND s.received_at = r.received_at
               AND s.bitrate_kbps IS NOT DISTINCT FROM r.bitrate_kbps THEN 'same'
              ELSE 'different'
         END AS outcome
  FROM rebuilt AS r
  FULL JOIN stored AS s ON s.session_id = r.session_id AND s.event_time = r.event_time
)
SELECT outcome, count(*) AS events
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: kinds-of-copies
-- title: Four ways to share a key
-- question: Why are there more messages in bronze than events in silver?
-- answers: deduplication
-- ordered: yes
-- notice: A retry of the producer brings the same payload under another offset. A micro-batch that the sink wrote twice
--   brings the same payload under the same offset. Both are copies, and dropping them is right. In the last kind two
--   different payloads share session and stamp: the key drops an event that happened. Only offset and payload together
--   tell the kinds apart; a table without them cannot say what it lost.
WITH message AS (
  SELECT message_key AS session_id,
         CAST(payload ->> '$.ts' AS BIGINT) AS ts,
         hash(payload) AS body,
         kafka_partition, kafka_offset
  FROM (SELECT CASE WHEN json_valid(payload) THEN payload END AS payload, message_key, kafka_partition, kafka_offset
        FROM bronze_playback_events) AS raw
  WHERE message_key IS NOT NULL
),
event_key AS (
  SELECT session_id, ts, count(*) AS messages
  FROM message
  WHERE ts > 1000000000000
  GROUP BY session_id, ts
),
shared_key AS (
  SELECT k.session_id, k.ts,
         count(DISTINCT m.body) AS payloads,
         count(DISTINCT m.kafka_partition * 1000000000000 + m.kafka_offset) AS offsets
  FROM event_key AS k
  JOIN message AS m ON m.session_id = k.session_id AND m.ts = k.ts
  WHERE k.messages > 1
  GROUP BY k.session_id, k.ts
)
SELECT CASE WHEN k.messages = 1 THEN '1 sent once'
            WHEN s.payloads > 1 THEN '4 two events with one stamp'
            WHEN s.offsets < k.messages THEN '3 written twice by the sink'
            ELSE '2 sent again by the producer' END AS kind,
       count(*) AS keys,
       sum(k.messages) AS messages,
       sum(k.messages) - count(*) AS messages_dropped,
       sum(COALESCE(s.payloads, 1)) - count(*) AS events_lost
FROM event_key AS k
LEFT JOIN shared_key AS s ON s.session_id = k.session_id AND s.ts = k.ts
GROUP BY kind
ORDER BY kind;

-- name: lost-to-the-key
-- title: Events the key drops
-- question: Which events did the deduplication on (session_id, event_time) throw away although they happened?
-- answers: deduplication
-- param: top INTEGER = 25
-- ordered: yes
-- notice: All of them come from browsers with schema version 1, which stamp whole seconds: the first step of bitrate has the
--   second of STARTUP. The mean bitrate of these sessions is too low, because the higher of the two values is gone. After
--   the middle of October 2025 there are none, as version 2 stamps milliseconds. A sequence number made by the client would
--   not depend on any clock.
WITH message AS (
  SELECT message_key AS session_id,
         producer, schema_id, received_at,
         CAST(payload ->> '$.ts' AS BIGINT) AS ts,
         payload ->> '$.event_type' AS event_type,
         CAST(payload ->> '$.bitrate_kbps' AS INTEGER) AS bitrate_kbps
  FROM (SELECT CASE WHEN json_valid(payload) THEN payload END AS payload, message_key, producer, schema_id, received_at
        FROM bronze_playback_events
        WHERE producer = 'player-web') AS raw
  WHERE message_key IS NOT NULL
)
SELECT m.session_id,
       s.event_time,
       m.producer,
       m.schema_id,
       s.event_type AS kept_event,
       s.bitrate_kbps AS kept_kbps,
       m.event_type AS dropped_event,
       m.bitrate_kbps AS dropped_kbps
FROM message AS m
JOIN silver_playback_event AS s
  ON s.session_id = m.session_id AND s.event_time = make_timestamp(m.ts * 1000)
WHERE m.event_type <> s.event_type
ORDER BY s.event_time DESC, m.session_id, m.received_at
LIMIT $top;

-- name: lateness
-- title: How late events are
-- question: How long after it happened does an event arrive, for each kind of device?
-- answers: late-events, throughput-latency
-- ordered: yes
-- notice: The median is a fraction of a second everywhere, so an average says nothing. What matters is the tail: phones that
--   were watched offline deliver hours or days later, televisions and browsers hardly ever more than two minutes. A
--   watermark of ten minutes would lose a few percent of the phones' events. percent_after_3_days is what three nights of
--   rebuilding miss. The row without a device type is events whose device dim_device does not know.
SELECT COALESCE(device_type, 'not in dim_device') AS device,
       count(*) AS events,
       CAST(round(1000 * quantile_cont(lateness_sec, 0.5)) AS INTEGER) AS median_ms,
       CAST(round(1000 * quantile_cont(lateness_sec, 0.95)) AS INTEGER) AS p95_ms,
       round(100.0 * count(*) FILTER (WHERE lateness_sec >= 600) / count(*), 2) AS percent_after_10_min,
       round(100.0 * count(*) FILTER (WHERE lateness_sec >= 86400) / count(*), 2) AS percent_after_1_day,
       round(100.0 * count(*) FILTER (WHERE lateness_sec >= 3 * 86400) / count(*), 2) AS percent_after_3_days,
       round(max(lateness_sec) / 3600, 2) AS latest_hours
FROM (SELECT device_type, epoch(received_at - event_time) AS lateness_sec FROM silver_playback_event) AS event
GROUP BY device_type
ORDER BY percent_after_10_min DESC, device;

-- name: late-rebuilds
-- title: What three nights of rebuilding find, and miss
-- question: On which days did events come in after the first build of DAU, and how much did the last build miss?
-- answers: late-events, dau-by-region
-- param: top INTEGER = 40
-- ordered: yes
-- notice: Each day is built in the three nights after it. rows_night_1 to rows_night_3 grow as late events come in, and
--   rows_now is what lies in silver today. Days with dau_now above dau_gold stay wrong for good: nobody builds them again.
--   16, 17 and 18 May 2026 are among them at any scale, as three phones were five days offline; in a small data set they
--   are the only ones. To repair: let the arrivals of a night say which days they belong to, and build exactly those.
WITH last_build AS (
  SELECT dt, max(started_at) AS built_at
  FROM pipeline_run
  WHERE dataset_name = 'dau_by_region' AND status = 'succeeded'
  GROUP BY dt
),
night AS (
  SELECT dt,
         max(rows_read) FILTER (WHERE CAST(started_at AS DATE) = dt + 1) AS rows_night_1,
         max(rows_read) FILTER (WHERE CAST(started_at AS DATE) = dt + 2) AS rows_night_2,
         max(rows_read) FILTER (WHERE CAST(started_at AS DATE) = dt + 3) AS rows_night_3
  FROM pipeline_run
  WHERE dataset_name = 'dau_by_region'
  GROUP BY dt
),
recount AS (
  SELECT dt, sum(active) AS dau_now, sum(events) AS rows_now
  FROM (SELECT dt, region, count(DISTINCT profile_id) AS active, count(*) AS events
        FROM silver_app_event
        GROUP BY dt, region) AS region_day
  GROUP BY dt
),
gold AS (
  SELECT dt, sum(dau) AS dau_gold
  FROM dau_by_region
  GROUP BY dt
)
SELECT n.dt, n.rows_night_1, n.rows_night_2, n.rows_night_3, r.rows_now,
       COALESCE(g.dau_gold, 0) AS dau_gold,
       r.dau_now,
       r.dau_now - COALESCE(g.dau_gold, 0) AS profiles_missed
FROM night AS n
JOIN recount AS r ON r.dt = n.dt
JOIN last_build AS l ON l.dt = n.dt
LEFT JOIN gold AS g ON g.dt = n.dt
WHERE r.rows_now > n.rows_night_1
ORDER BY profiles_missed DESC, n.dt DESC
LIMIT $top;

-- name: schema-versions
-- title: Schema versions side by side
-- question: Which versions did each producer send in each month, and what would a reader of position_sec alone have seen?
-- answers: schema-change
-- ordered: yes
-- notice: Producers never change on one day: browsers do at once, phones over weeks, televisions over months, and some
--   televisions never. Version 2 only adds optional fields, so an old reader does not notice. Version 3 replaces
--   position_sec by position_ms: to an old reader the position is NULL, in a share of rows that grows week by week and
--   raises no error. percent_null is measured on the payloads.
SELECT CAST(date_trunc('month', m.received_at) AS DATE) AS month,
       m.producer,
       count(*) AS messages,
       round(100.0 * count(*) FILTER (WHERE v.version = 1) / count(*), 1) AS percent_v1,
       round(100.0 * count(*) FILTER (WHERE v.version = 2) / count(*), 1) AS percent_v2,
       round(100.0 * count(*) FILTER (WHERE v.version = 3) / count(*), 1) AS percent_v3,
       round(100.0 * count(*) FILTER (WHERE m.payload ->> '$.position_sec' IS NULL) / count(*), 1) AS percent_null
FROM (SELECT received_at, producer, schema_id, CASE WHEN json_valid(payload) THEN payload END AS payload
      FROM bronze_playback_events
      WHERE message_key IS NOT NULL) AS m
JOIN schema_version AS v ON v.schema_id = m.schema_id
WHERE m.payload IS NOT NULL
GROUP BY month, m.producer
ORDER BY month, m.producer;

-- name: billing-unit-change
-- title: A unit changes under a report
-- question: What did the monthly revenue of one currency look like to readers who knew only one version of the message?
-- answers: schema-change
-- param: currency VARCHAR = SELECT currency FROM silver_billing_event GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1
-- ordered: yes
-- notice: Silver reads both forms, so its revenue runs on. A report that reads amount breaks off in January 2026 and is empty from
--   February on; one that reads amount_cents begins in January, and whoever forgets to divide by 100 sees revenue explode.
--   For two weeks old and new instances of one producer ran side by side, so no date divides the two. Copies are taken out
--   first: the same payload twice is one event.
WITH message AS (
  SELECT DISTINCT payload
  FROM bronze_billing_events
),
charged AS (
  SELECT make_timestamp(CAST(payload ->> '$.ts' AS BIGINT) * 1000) AS event_time,
         CAST(payload ->> '$.amount' AS DECIMAL(12, 2)) AS amount,
         CAST(payload ->> '$.amount_cents' AS BIGINT) AS amount_cents
  FROM message
  WHERE payload ->> '$.currency' = $currency
),
naive AS (
  SELECT CAST(date_trunc('month', event_time) AS DATE) AS month,
         count(*) FILTER (WHERE amount IS NOT NULL) AS events_v1,
         count(*) FILTER (WHERE amount_cents IS NOT NULL) AS events_v2,
         COALESCE(sum(amount), 0) AS reads_amount,
         COALESCE(sum(amount_cents), 0) AS reads_amount_cents
  FROM charged
  GROUP BY month
),
silver AS (
  SELECT CAST(date_trunc('month', event_time) AS DATE) AS month, sum(amount_cents) AS cents
  FROM silver_billing_event
  WHERE currency = $currency
  GROUP BY month
)
SELECT n.month, n.events_v1, n.events_v2,
       CAST(s.cents / 100.0 AS DECIMAL(14, 2)) AS revenue,
       n.reads_amount,
       CAST(n.reads_amount_cents / 100.0 AS DECIMAL(14, 2)) AS reads_amount_cents,
       n.reads_amount_cents AS forgets_to_divide
FROM naive AS n
JOIN silver AS s ON s.month = n.month
ORDER BY n.month;

-- name: freshness
-- title: How fresh each table is
-- question: How old is the newest thing each table knows, and is that within its promise?
-- answers: freshness
-- ordered: yes
-- notice: Measured against the newest moment anything in the pipeline tells of. A nightly table may be a day old and some hours; a stream may
--   not. Two ages are shown: what happened last and what arrived last. With little traffic (a small data set, or billing at
--   night) a topic is silent for hours and looks late without any fault, so a monitor needs heartbeat messages or the lag
--   of the consumer beside the age.
WITH clock AS (
  SELECT max(received_at) AS newest
  FROM (SELECT max(received_at) AS received_at FROM bronze_playback_events
        UNION ALL SELECT max(received_at) FROM bronze_app_events
        UNION ALL SELECT max(received_at) FROM bronze_billing_events
        UNION ALL SELECT max(finished_at) FROM pipeline_run) AS sources
),
state (dataset_name, newest_event, newest_arrival) AS (
  SELECT 'bronze_playback_events', CAST(NULL AS TIMESTAMP), max(received_at) FROM bronze_playback_events
  UNION ALL SELECT 'bronze_app_events', CAST(NULL AS TIMESTAMP), max(received_at) FROM bronze_app_events
  UNION ALL SELECT 'bronze_billing_events', CAST(NULL AS TIMESTAMP), max(received_at) FROM bronze_billing_events
  UNION ALL SELECT 'silver_playback_event', max(event_time), max(received_at) FROM silver_playback_event
  UNION ALL SELECT 'silver_app_event', max(event_time), max(received_at) FROM silver_app_event
  UNION ALL SELECT 'silver_billing_event', max(event_time), max(received_at) FROM silver_billing_event
  UNION ALL SELECT 'resume_state', max(last_update), CAST(NULL AS TIMESTAMP) FROM resume_state
  UNION ALL SELECT 'qos_session_summary', max(end_time), CAST(NULL AS TIMESTAMP) FROM qos_session_summary
  UNION ALL SELECT 'dau_by_region', CAST(max(dt) + 1 AS TIMESTAMP), CAST(NULL AS TIMESTAMP)
            FROM pipeline_run WHERE dataset_name = 'dau_by_region' AND status = 'succeeded'
),
aged AS (
  SELECT d.layer, d.dataset_name, d.written, d.freshness_sla_minutes, s.newest_event, s.newest_arrival,
         CAST(floor(epoch(c.newest - COALESCE(s.newest_arrival, s.newest_event)) / 60) AS INTEGER) AS age_minutes,
         CASE WHEN d.written = 'each night' THEN 1440 ELSE 0 END + d.freshness_sla_minutes AS allowed_minutes
  FROM dataset AS d
  JOIN state AS s ON s.dataset_name = d.dataset_name
  CROSS JOIN clock AS c
)
SELECT layer, dataset_name, written, newest_event, newest_arrival, age_minutes, allowed_minutes,
       CASE WHEN age_minutes <= allowed_minutes THEN 'fresh' ELSE 'late or silent' END AS verdict
FROM aged
ORDER BY CASE layer WHEN 'bronze' THEN 1 WHEN 'silver' THEN 2 ELSE 3 END, dataset_name;

-- name: missed-deadlines
-- title: Nights that missed their deadline
-- question: For which days was DAU not there at four in the morning, and why?
-- answers: freshness
-- ordered: yes
-- notice: Three days, at every scale. Twice the job failed and the second attempt came hours later; once it started late and
--   did nothing wrong: without the time of the start in pipeline_run the two could not be told apart. Freshness is measured
--   by the first build that succeeded, not by the last.
WITH first_build AS (
  SELECT dataset_name, dt,
         min(finished_at) FILTER (WHERE status = 'succeeded') AS available_at,
         min(started_at) AS first_started_at,
         count(*) FILTER (WHERE status = 'failed') AS failed
  FROM pipeline_run
  WHERE started_at < dt + INTERVAL '2' DAY
  GROUP BY dataset_name, dt
)
SELECT b.dataset_name, b.dt,
       b.dt + INTERVAL '1' DAY + d.freshness_sla_minutes * INTERVAL '1' MINUTE AS deadline,
       b.first_started_at, b.available_at, b.failed AS failed_attempts,
       CAST(floor(epoch(b.available_at - (b.dt + INTERVAL '1' DAY + d.freshness_sla_minutes * INTERVAL '1' MINUTE)) / 60) AS INTEGER) AS minutes_late,
       CASE WHEN b.failed > 0 THEN 'failed, then repeated' ELSE 'started late' END AS reason
FROM first_build AS b
JOIN dataset AS d ON d.dataset_name = b.dataset_name
WHERE b.available_at > b.dt + INTERVAL '1' DAY + d.freshness_sla_minutes * INTERVAL '1' MINUTE
ORDER BY b.dt;

-- name: bookmarks-by-arrival
-- title: Bookmarks if the last arrival won
-- question: Whose bookmark would jump back if the stream job wrote whatever came last?
-- answers: resume-state, late-events
-- param: top INTEGER = 20
-- ordered: yes
-- notice: resume_state holds the position of the newest event by its own time. In these cases the event that arrived last is
--   an older one: it waited on a phone while somebody went on elsewhere. Profiles 7001, 7002 and 7003 are planted: they
--   would be sent back from the end of a film to its middle. One condition in the upsert prevents it: write only when the
--   new event is newer.
WITH newest AS (
  SELECT profile_id, title_id, episode_id,
         max(event_time) AS event_time,
         arg_max(position_sec, event_time) AS by_event_time,
         arg_max(session_id, event_time) AS session_by_event_time,
         arg_max(position_sec, received_at) AS by_arrival,
         arg_max(session_id, received_at) AS session_by_arrival,
         arg_max(event_time, received_at) AS time_by_arrival,
         max(received_at) AS last_arrival
  FROM silver_playback_event
  GROUP BY profile_id, title_id, episode_id
)
SELECT n.profile_id, n.title_id, n.episode_id,
       r.last_position_sec AS stored_sec,
       n.by_arrival AS last_arrival_sec,
       r.last_update AS stored_from,
       n.time_by_arrival AS last_arrival_from,
       n.last_arrival AS arrived_at,
       round(epoch(n.event_time - n.time_by_arrival) / 3600, 1) AS hours_back
FROM newest AS n
JOIN resume_state AS r
  ON r.profile_id = n.profile_id AND r.title_id = n.title_id AND r.episode_id IS NOT DISTINCT FROM n.episode_id
WHERE n.session_by_arrival <> n.session_by_event_time
ORDER BY n.profile_id, n.title_id, n.episode_id
LIMIT $top;

-- name: rebuffer-ratio
-- title: Rebuffer ratio by device, country and CDN
-- question: Which share of the session time was spent waiting, for each device type, country and CDN?
-- answers: qos-summary, typed-silver
-- ordered: yes
-- notice: The gold table has one row for each session, so the ratio is a sum over a sum: a mean of ratios would let the
--   shortest sessions decide. It knows no device and no CDN; they come from silver, one row for each session before the
--   join, or every event would count its session again. Sessions without a CDN were sent before schema version 2, those
--   without a device type come from devices that dim_device does not know.
WITH session AS (
  SELECT session_id, max(device_type) AS device_type, max(country_code) AS country_code, max(cdn) AS cdn,
         count(*) FILTER (WHERE event_type = 'ERROR') AS errors
  FROM silver_playback_event
  GROUP BY session_id
),
labelled AS (
  SELECT COALESCE(s.device_type, 'not in dim_device') AS device_type,
         s.country_code,
         COALESCE(s.cdn, 'not sent (version 1)') AS cdn,
         s.errors,
         q.rebuffer_count,
         q.rebuffer_time_sec,
         epoch(q.end_time - q.start_time) AS session_sec
  FROM qos_session_summary AS q
  JOIN session AS s ON s.session_id = q.session_id
)
SELECT CASE WHEN GROUPING(device_type) = 0 THEN 'device' WHEN GROUPING(country_code) = 0 THEN 'country' ELSE 'CDN' END AS dimension,
       COALESCE(device_type, country_code, cdn) AS value,
       count(*) AS sessions,
       round(100.0 * count(*) FILTER (WHERE rebuffer_count > 0) / count(*), 1) AS percent_stalled,
       round(100.0 * sum(rebuffer_time_sec) / NULLIF(sum(session_sec), 0), 3) AS rebuffer_percent,
       round(100.0 * count(*) FILTER (WHERE errors > 0) / count(*), 1) AS percent_failed
FROM labelled
GROUP BY GROUPING SETS ((device_type), (country_code), (cdn))
ORDER BY dimension, rebuffer_percent DESC NULLS LAST, value;

-- name: throughput-latency
-- title: Throughput, latency and errors by week
-- question: How much came in each week, how fast, and how much of it was no use?
-- answers: throughput-latency
-- ordered: yes
-- notice: The technical numbers of a pipeline in one table. Messages of the busiest hour decide how many partitions the
--   topic needs, not the mean. p99 lies far above the median because of offline phones, so an alarm should watch the
--   median and the share over a minute. copies and quarantined are what bronze holds beyond the events.
WITH bronze AS (
  SELECT CAST(date_trunc('week', received_at) AS DATE) AS week,
         count(*) AS messages
  FROM bronze_playback_events
  GROUP BY week
),
busiest AS (
  SELECT week, max(messages) AS busiest_hour
  FROM (SELECT CAST(date_trunc('week', received_at) AS DATE) AS week, date_trunc('hour', received_at) AS hour, count(*) AS messages
        FROM bronze_playback_events
        GROUP BY ALL) AS hours
  GROUP BY week
),
silver AS (
  SELECT CAST(date_trunc('week', received_at) AS DATE) AS week,
         count(*) AS events,
         quantile_cont(epoch(received_at - event_time), 0.5) AS median_sec,
         quantile_cont(epoch(received_at - event_time), 0.99) AS p99_sec,
         count(*) FILTER (WHERE received_at - event_time > INTERVAL '1' MINUTE) AS over_a_minute
  FROM silver_playback_event
  GROUP BY week
),
aside AS (
  SELECT CAST(date_trunc('week', received_at) AS DATE) AS week, count(*) AS quarantined
  FROM quarantine
  GROUP BY week
)
SELECT b.week, b.messages, h.busiest_hour,
       COALESCE(s.events, 0) AS events,
       COALESCE(a.quarantined, 0) AS quarantined,
       b.messages - COALESCE(s.events, 0) - COALESCE(a.quarantined, 0) AS copies_and_clashes,
       round(s.median_sec, 3) AS median_sec,
       round(s.p99_sec, 1) AS p99_sec,
       round(100.0 * s.over_a_minute / s.events, 2) AS percent_over_a_minute
FROM bronze AS b
JOIN busiest AS h ON h.week = b.week
LEFT JOIN silver AS s ON s.week = b.week
LEFT JOIN aside AS a ON a.week = b.week
ORDER BY b.week DESC;

-- name: quarantine-reasons
-- title: Messages put aside
-- question: What could not be taken into silver, from whom, and could it still be used?
-- answers: quarantine
-- ordered: yes
-- notice: Nothing is thrown away and nothing stops the stream: a message that fails goes aside with its reason, its place in
--   the topic and its bytes. The three kinds need different cures. A cut-off message is lost, one without a key has no
--   session, but one with an unset clock can be repaired: received_at is close to when it happened.
SELECT q.reason,
       b.producer,
       count(*) AS messages,
       min(q.received_at) AS first_seen,
       max(q.received_at) AS last_seen,
       CASE q.reason WHEN 'clock not set' THEN 'yes: take received_at as the time'
                     WHEN 'no key' THEN 'no: nobody knows whose it is'
                     ELSE 'no: ask the producer to send it again' END AS usable,
       substr(min(q.payload), 1, 60) || ' …' AS example
FROM quarantine AS q
JOIN bronze_playback_events AS b ON b.kafka_partition = q.kafka_partition AND b.kafka_offset = q.kafka_offset
WHERE q.topic = 'playback_events'
GROUP BY q.reason, b.producer
ORDER BY messages DESC, q.reason, b.producer;
