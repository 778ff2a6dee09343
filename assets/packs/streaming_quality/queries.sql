-- name: rebuffer-ratio
-- title: Rebuffer ratio by device, region and network
-- question: What share of the time did viewers wait for a stalled picture, by kind of device, by country and by CDN?
-- answers: rebuffer-ratio
-- param: today TIMESTAMP = SELECT max(event_time) FROM qos_event
-- ordered: yes
-- notice: Sums are divided by sums, so that a session counts by its length. The network is taken from each stretch of a
--   session and not from the session, because a player may change networks half-way; device and country come from two
--   joins. From about 100,000 events on IN and BR wait longest, and phones longer than televisions. The ranking of the networks is not what it seems: see
--   the query about the mix of countries.
WITH event AS (
  SELECT session_id, q_event, cdn, event_time,
         lead(event_time) OVER timeline AS next_time,
         lead(q_event) OVER timeline AS next_event
  FROM qos_event
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
stretch AS (
  SELECT d.device_type, p.country_code, e.cdn, e.session_id,
         epoch(COALESCE(e.next_time, s.ended_at, $today) - e.event_time) AS seconds,
         e.q_event = 'BUFFERING_START' AND COALESCE(e.next_event, 'BUFFERING_END') = 'BUFFERING_END' AS is_stall
  FROM event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  JOIN device AS d ON d.device_id = s.device_id
)
SELECT CASE WHEN GROUPING(device_type) = 0 THEN 'device' WHEN GROUPING(country_code) = 0 THEN 'region' ELSE 'cdn' END AS dimension,
       COALESCE(device_type, country_code, cdn) AS value,
       count(DISTINCT session_id) AS sessions,
       round(sum(seconds) / 3600, 1) AS hours,
       round(COALESCE(sum(seconds) FILTER (WHERE is_stall), 0) / 60, 1) AS stalled_minutes,
       round(100 * COALESCE(sum(seconds) FILTER (WHERE is_stall), 0) / sum(seconds), 3) AS rebuffer_percent
FROM stretch
GROUP BY GROUPING SETS ((device_type), (country_code), (cdn))
ORDER BY dimension, rebuffer_percent DESC, value;

-- name: pair-buffering
-- title: Stalls of one session, paired
-- question: When did the picture stop in this session, for how long, and on which network and bitrate?
-- answers: pairing
-- param: session VARCHAR = SELECT session_id FROM qos_session_summary ORDER BY rebuffer_count DESC, rebuffer_time_sec DESC, session_id LIMIT 1
-- ordered: yes
-- notice: Each BUFFERING_START is put beside the next event of its session; where that is BUFFERING_END, the two make a
--   stall. The playhead stands still meanwhile, so position_sec is the same in both. One window over the events of the
--   session does it; a self-join on session_id alone would pair every START with every END.
SELECT event_time AS stalled_at,
       position_sec,
       cdn,
       bitrate_kbps,
       next_event,
       CASE WHEN next_event = 'BUFFERING_END' THEN round(epoch(next_time - event_time), 3) END AS stall_sec,
       CASE WHEN next_event = 'BUFFERING_END' THEN next_position = position_sec END AS playhead_stood
FROM (
  SELECT event_time, q_event, position_sec, cdn, bitrate_kbps,
         lead(q_event) OVER timeline AS next_event,
         lead(event_time) OVER timeline AS next_time,
         lead(position_sec) OVER timeline AS next_position
  FROM qos_event
  WHERE session_id = $session
  WINDOW timeline AS (ORDER BY event_time)
) AS paired
WHERE q_event = 'BUFFERING_START'
ORDER BY event_time;

-- name: rebuild-summary
-- title: Rebuild the summaries from events
-- question: Does running the job again give the summaries that are stored?
-- answers: session-summary
-- ordered: yes
-- notice: The documented statement with the pairing written out: the buffering events of a session in order of time, each
--   START followed by its END. Every row must fall under "same". Such a full comparison is the nightly test of a job
--   that otherwise only builds new days.
WITH buffering AS (
  SELECT session_id, q_event, event_time,
         lead(q_event) OVER timeline AS next_event,
         lead(event_time) OVER timeline AS next_time
  FROM qos_event
  WHERE q_event IN ('BUFFERING_START', 'BUFFERING_END')
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
stall AS (
  SELECT session_id, sum(epoch(next_time - event_time)) AS rebuffer_time_sec
  FROM buffering
  WHERE q_event = 'BUFFERING_START' AND next_event = 'BUFFERING_END'
  GROUP BY session_id
),
rebuilt AS (
  SELECT e.session_id,
         min(e.event_time) AS start_time,
         max(e.event_time) AS end_time,
         count(*) FILTER (WHERE e.q_event = 'BUFFERING_START') AS rebuffer_count,
         COALESCE(max(s.rebuffer_time_sec), 0) AS rebuffer_time_sec,
         avg(e.bitrate_kbps) AS avg_bitrate
  FROM qos_event AS e
  LEFT JOIN stall AS s ON s.session_id = e.session_id
  GROUP BY e.session_id
)
SELECT CASE WHEN q.session_id IS NULL THEN 'missing in qos_session_summary'
            WHEN r.session_id IS NULL THEN 'only in qos_session_summary'
            WHEN q.start_time = r.start_time AND q.end_time = r.end_time AND q.rebuffer_count = r.rebuffer_count
             AND abs(q.rebuffer_time_sec - r.rebuffer_time_sec) < 0.001
             AND abs(COALESCE(q.avg_bitrate, -1) - COALESCE(r.avg_bitrate, -1)) < 0.001 THEN 'same'
            ELSE 'different' END AS outcome,
       count(*) AS sessions
FROM rebuilt AS r
FULL JOIN qos_session_summary AS q ON q.session_id = r.session_id
GROUP BY outcome
ORDER BY outcome;

-- name: cdn-by-country
-- title: Which network is better, really?
-- question: How do the networks compare in each country, and over all countries with the same mix of viewers?
-- answers: rebuffer-ratio
-- param: today TIMESTAMP = SELECT max(event_time) FROM qos_event
-- ordered: yes
-- notice: Read the last two rows first. Over everything cdn-b seems to stall more than cdn-a; weighted with one mix of
--   countries for both ("same mix") it stalls less, and so it does within the large countries. cdn-b is sent where lines
--   are poor, and is blamed for them: Simpson's paradox. A monitor by CDN alone would move traffic to the worse network.
--   With a few thousand events single countries are noise; the two last rows hold from about 100,000 events on.
WITH event AS (
  SELECT session_id, q_event, cdn, event_time,
         lead(event_time) OVER timeline AS next_time,
         lead(q_event) OVER timeline AS next_event
  FROM qos_event
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
cell AS (
  SELECT p.country_code, e.cdn,
         sum(epoch(COALESCE(e.next_time, s.ended_at, $today) - e.event_time)) AS seconds,
         sum(CASE WHEN e.q_event = 'BUFFERING_START' AND COALESCE(e.next_event, 'BUFFERING_END') = 'BUFFERING_END'
                  THEN epoch(COALESCE(e.next_time, s.ended_at, $today) - e.event_time) ELSE 0 END) AS stalled
  FROM event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  WHERE e.cdn IN ('cdn-a', 'cdn-b')
    -- the evening of the incident is a story of its own
    AND NOT (p.country_code = 'BR' AND s.started_at >= TIMESTAMP '2026-06-06 21:00:00' AND s.started_at < TIMESTAMP '2026-06-07 04:00:00')
  GROUP BY p.country_code, e.cdn
),
mix AS (
  SELECT country_code, sum(seconds) / sum(sum(seconds)) OVER () AS share
  FROM cell
  GROUP BY country_code
  HAVING count(*) = 2
),
line AS (
  SELECT 1 AS block, c.country_code AS country, NULL AS note,
         max(CASE WHEN c.cdn = 'cdn-a' THEN c.seconds END) AS seconds_a,
         max(CASE WHEN c.cdn = 'cdn-b' THEN c.seconds END) AS seconds_b,
         max(CASE WHEN c.cdn = 'cdn-a' THEN c.stalled / c.seconds END) AS ratio_a,
         max(CASE WHEN c.cdn = 'cdn-b' THEN c.stalled / c.seconds END) AS ratio_b
  FROM cell AS c
  GROUP BY c.country_code
  UNION ALL
  SELECT 2, 'all', 'as it is',
         sum(CASE WHEN cdn = 'cdn-a' THEN seconds END), sum(CASE WHEN cdn = 'cdn-b' THEN seconds END),
         sum(CASE WHEN cdn = 'cdn-a' THEN stalled END) / sum(CASE WHEN cdn = 'cdn-a' THEN seconds END),
         sum(CASE WHEN cdn = 'cdn-b' THEN stalled END) / sum(CASE WHEN cdn = 'cdn-b' THEN seconds END)
  FROM cell
  UNION ALL
  SELECT 3, 'all', 'same mix', NULL, NULL,
         sum(CASE WHEN c.cdn = 'cdn-a' THEN m.share * c.stalled / c.seconds END),
         sum(CASE WHEN c.cdn = 'cdn-b' THEN m.share * c.stalled / c.seconds END)
  FROM cell AS c
  JOIN mix AS m ON m.country_code = c.country_code
)
SELECT country, note,
       round(seconds_a / 3600, 1) AS cdn_a_hours,
       round(seconds_b / 3600, 1) AS cdn_b_hours,
       round(100 * ratio_a, 3) AS cdn_a_rebuffer_percent,
       round(100 * ratio_b, 3) AS cdn_b_rebuffer_percent
FROM line
ORDER BY block, country;

-- name: startup-time
-- title: Time to the first frame, month by month
-- question: How long do viewers wait for the first frame, and did a release of the player change it?
-- answers: startup-time
-- ordered: yes
-- notice: The event has no duration: the time is taken from started_at of the session to the STARTUP event. A median and a
--   95th percentile, because the mean is carried by a few very slow starts. From February 2026 on all kinds of device are
--   about three tenths faster: the release of 3 February. Sessions that never showed a frame have no STARTUP and are
--   missing here; count them too (see the error rate).
SELECT CAST(date_trunc('month', s.started_at) AS DATE) AS month,
       count(*) AS starts,
       CAST(round(quantile_cont(epoch_ms(e.event_time) - epoch_ms(s.started_at), 0.5)) AS BIGINT) AS median_ms,
       CAST(round(quantile_cont(epoch_ms(e.event_time) - epoch_ms(s.started_at), 0.95)) AS BIGINT) AS p95_ms,
       CAST(round(quantile_cont(epoch_ms(e.event_time) - epoch_ms(s.started_at), 0.5) FILTER (WHERE d.device_type = 'TV')) AS BIGINT) AS tv_median_ms,
       CAST(round(quantile_cont(epoch_ms(e.event_time) - epoch_ms(s.started_at), 0.5) FILTER (WHERE d.device_type = 'mobile')) AS BIGINT) AS mobile_median_ms,
       CAST(round(quantile_cont(epoch_ms(e.event_time) - epoch_ms(s.started_at), 0.5) FILTER (WHERE d.device_type = 'web')) AS BIGINT) AS web_median_ms
FROM playback_session AS s
JOIN qos_event AS e ON e.session_id = s.session_id AND e.q_event = 'STARTUP'
JOIN device AS d ON d.device_id = s.device_id
GROUP BY month
ORDER BY month;

-- name: bitrate-distribution
-- title: Hours at each bitrate
-- question: For each kind of device, how much of the time did each rung of the ladder play?
-- answers: bitrate-distribution
-- ordered: yes
-- notice: A rung plays from its event to the next one, so each event is weighted by the seconds behind it; stalls are taken
--   out. Most hours lie at the upper rungs, although most sessions begin at the lowest: the low rungs are frequent as
--   events and short as time.
WITH event AS (
  SELECT session_id, q_event, bitrate_kbps, event_time,
         lead(event_time) OVER timeline AS next_time
  FROM qos_event
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
played AS (
  SELECT d.device_type, e.bitrate_kbps,
         count(*) AS events,
         sum(epoch(COALESCE(e.next_time, s.ended_at, e.event_time) - e.event_time)) AS seconds
  FROM event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN device AS d ON d.device_id = s.device_id
  WHERE e.q_event IN ('STARTUP', 'BITRATE_CHANGE', 'BUFFERING_END')
  GROUP BY d.device_type, e.bitrate_kbps
)
SELECT device_type,
       bitrate_kbps,
       events,
       round(seconds / 3600, 2) AS hours,
       round(100 * seconds / sum(seconds) OVER (PARTITION BY device_type), 1) AS percent_of_time,
       round(100.0 * events / sum(events) OVER (PARTITION BY device_type), 1) AS percent_of_events
FROM played
ORDER BY device_type, bitrate_kbps;

-- name: error-rate
-- title: Error rate, and starts that never came
-- question: How many sessions fail, before the first frame or after it, on each kind of device?
-- answers: error-rate
-- ordered: yes
-- notice: The rate is sessions with an ERROR divided by all sessions, not errors divided by events: a session that retries
--   would count many times. Failed starts are a line of their own. They have no STARTUP, no bitrate and no watch time, so
--   every other number of this page leaves them out, and quality looks best where nothing starts. A session without
--   any event is counted as neither; only the join from playback_session can see it.
WITH outcome AS (
  SELECT session_id,
         bool_or(q_event = 'STARTUP') AS has_frame,
         bool_or(q_event = 'ERROR') AS has_error,
         max(error_code) AS error_code
  FROM qos_event
  GROUP BY session_id
)
SELECT d.device_type,
       count(*) AS sessions,
       count(*) FILTER (WHERE o.has_error AND NOT o.has_frame) AS failed_starts,
       count(*) FILTER (WHERE o.has_error AND o.has_frame) AS failed_later,
       round(100.0 * count(*) FILTER (WHERE o.has_error) / count(*), 2) AS error_percent,
       mode(o.error_code ORDER BY o.error_code) AS most_frequent_code
FROM playback_session AS s
JOIN device AS d ON d.device_id = s.device_id
LEFT JOIN outcome AS o ON o.session_id = s.session_id
GROUP BY d.device_type
ORDER BY error_percent DESC, d.device_type;

-- name: incident
-- title: The evening a network failed
-- question: In which hours of a day did which network stall far more than usual, and where?
-- answers: incident
-- param: day DATE = DATE '2026-06-06'
-- param: least_sessions INTEGER = 2
-- ordered: yes
-- notice: Planted: on 6 June 2026 from 20:00 in Brazil, which is 23:00 UTC, cdn-b stalls three to six times in a session.
--   The country and network at the top is BR on cdn-b, and its hours run over midnight UTC: an alarm that looks at one
--   dt sees the first hour only. The usual ratio beside it is that of the same country and network outside those hours.
WITH event AS (
  SELECT e.session_id, e.q_event, e.cdn, e.event_time, p.country_code,
         lead(e.event_time) OVER timeline AS next_time,
         lead(e.q_event) OVER timeline AS next_event
  FROM qos_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  WINDOW timeline AS (PARTITION BY e.session_id ORDER BY e.event_time)
),
cell AS (
  SELECT country_code, cdn,
         CASE WHEN event_time >= $day + INTERVAL '18' HOUR AND event_time < $day + INTERVAL '30' HOUR
              THEN date_trunc('hour', event_time) END AS hour_utc,
         count(DISTINCT session_id) AS sessions,
         count(*) FILTER (WHERE q_event = 'BUFFERING_START') AS stalls,
         sum(epoch(next_time - event_time)) AS seconds,
         sum(CASE WHEN q_event = 'BUFFERING_START' AND next_event = 'BUFFERING_END' THEN epoch(next_time - event_time) ELSE 0 END) AS stalled
  FROM event
  WHERE next_time IS NOT NULL
  GROUP BY country_code, cdn, hour_utc
)
SELECT c.country_code,
       c.cdn,
       c.hour_utc,
       c.sessions,
       c.stalls,
       round(100 * c.stalled / c.seconds, 2) AS rebuffer_percent,
       round(100 * u.stalled / u.seconds, 2) AS usual_percent
FROM cell AS c
LEFT JOIN cell AS u ON u.country_code = c.country_code AND u.cdn = c.cdn AND u.hour_utc IS NULL
WHERE c.hour_utc IS NOT NULL
  AND c.sessions >= $least_sessions
ORDER BY max(c.stalled) OVER (PARTITION BY c.country_code, c.cdn) DESC, c.country_code, c.cdn, c.hour_utc;

-- name: one-day
-- title: Yesterday on one page
-- question: On one day, by country: starts, wait for the first frame, rebuffer ratio, errors?
-- answers: daily-monitor, startup-time, error-rate
-- param: dt DATE = SELECT dt FROM qos_event GROUP BY dt ORDER BY count(*) DESC, dt DESC LIMIT 1
-- ordered: yes
-- notice: One partition of qos_event is read. That is cheap and slightly wrong: events of a session that came before or
--   after midnight are not in it, so a stall over midnight is lost, and a session counts on both days. The column
--   cut_sessions says how many that are.
WITH event AS (
  SELECT session_id, q_event, event_time,
         lead(event_time) OVER timeline AS next_time,
         lead(q_event) OVER timeline AS next_event
  FROM qos_event
  WHERE dt = $dt
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
session AS (
  SELECT session_id,
         min(event_time) FILTER (WHERE q_event = 'STARTUP') AS first_frame,
         count(*) FILTER (WHERE q_event = 'BUFFERING_START') AS stalls,
         COALESCE(sum(epoch(next_time - event_time)), 0) AS seconds,
         COALESCE(sum(epoch(next_time - event_time)) FILTER (WHERE q_event = 'BUFFERING_START' AND next_event = 'BUFFERING_END'), 0) AS stalled,
         bool_or(q_event = 'ERROR') AS has_error
  FROM event
  GROUP BY session_id
)
SELECT p.country_code,
       count(*) AS sessions,
       count(x.first_frame) AS starts,
       CAST(round(median(epoch_ms(x.first_frame) - epoch_ms(s.started_at))) AS BIGINT) AS median_startup_ms,
       sum(x.stalls) AS stalls,
       round(100 * sum(x.stalled) / nullif(sum(x.seconds), 0), 3) AS rebuffer_percent,
       count(*) FILTER (WHERE x.has_error) AS with_error,
       count(*) FILTER (WHERE s.started_at < $dt OR s.ended_at >= $dt + INTERVAL '1' DAY) AS cut_sessions
FROM session AS x
JOIN playback_session AS s ON s.session_id = x.session_id
JOIN profile AS p ON p.profile_id = s.profile_id
GROUP BY p.country_code
ORDER BY sessions DESC, p.country_code;

-- name: session-time
-- title: How long is a session?
-- question: What does the rebuffer ratio become when session time is the last event minus the first?
-- answers: session-summary
-- param: today TIMESTAMP = SELECT max(event_time) FROM qos_event
-- ordered: yes
-- notice: No event says that a session ended well. MAX(event_time) is the last change of bitrate or the last stall, so the
--   documented session time is too short everywhere, the ratio too high, and sessions whose only event is STARTUP or
--   ERROR have a length of zero: their ratio divides by zero, and the best of them leave the average. Dividing by
--   ended_at minus the first frame repairs it. The shorter the sessions, the larger the error.
WITH session AS (
  SELECT q.session_id, q.rebuffer_time_sec,
         epoch(q.end_time - q.start_time) AS between_events_sec,
         epoch(COALESCE(s.ended_at, $today) - q.start_time) AS until_the_end_sec
  FROM qos_session_summary AS q
  JOIN playback_session AS s ON s.session_id = q.session_id
)
SELECT CASE WHEN until_the_end_sec < 600 THEN '1: under 10 minutes'
            WHEN until_the_end_sec < 1800 THEN '2: 10 to 30 minutes'
            WHEN until_the_end_sec < 3600 THEN '3: 30 to 60 minutes'
            ELSE '4: an hour and more' END AS true_length,
       count(*) AS sessions,
       count(*) FILTER (WHERE between_events_sec = 0) AS length_zero,
       round(100 * sum(rebuffer_time_sec) / nullif(sum(between_events_sec), 0), 3) AS documented_percent,
       round(100 * sum(rebuffer_time_sec) / sum(until_the_end_sec), 3) AS repaired_percent,
       round(sum(between_events_sec) / sum(until_the_end_sec), 2) AS share_of_time_seen
FROM session
GROUP BY true_length
ORDER BY true_length;

-- name: average-bitrate
-- title: Average bitrate, by events and by time
-- question: How far is AVG(bitrate_kbps) over events from the bitrate viewers really had?
-- answers: session-summary, bitrate-distribution
-- ordered: yes
-- notice: The summary averages rows. Every stall adds two of them, every start one at the lowest rung, and a rung that
--   played for an hour counts as much as one that played for five seconds. Weighted by time the bitrate is higher on every
--   kind of device; as a rule the gap is smaller in sessions of more than half an hour, whose slow start is a small part.
WITH event AS (
  SELECT session_id, q_event, bitrate_kbps, event_time,
         lead(event_time) OVER timeline AS next_time
  FROM qos_event
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
session AS (
  SELECT e.session_id, d.device_type,
         avg(e.bitrate_kbps) AS by_events,
         sum(e.bitrate_kbps * epoch(COALESCE(e.next_time, s.ended_at, e.event_time) - e.event_time))
           FILTER (WHERE e.q_event IN ('STARTUP', 'BITRATE_CHANGE', 'BUFFERING_END')) AS kbps_seconds,
         sum(epoch(COALESCE(e.next_time, s.ended_at, e.event_time) - e.event_time))
           FILTER (WHERE e.q_event IN ('STARTUP', 'BITRATE_CHANGE', 'BUFFERING_END')) AS seconds
  FROM event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN device AS d ON d.device_id = s.device_id
  WHERE e.bitrate_kbps IS NOT NULL
  GROUP BY e.session_id, d.device_type
)
SELECT device_type,
       CASE WHEN seconds < 600 THEN '1: under 10 minutes' WHEN seconds < 1800 THEN '2: 10 to 30 minutes' ELSE '3: longer' END AS played,
       count(*) AS sessions,
       CAST(round(avg(by_events)) AS BIGINT) AS documented_kbps,
       CAST(round(sum(kbps_seconds) / sum(seconds)) AS BIGINT) AS by_time_kbps
FROM session
WHERE seconds > 0
GROUP BY device_type, played
ORDER BY device_type, played;

-- name: unpaired
-- title: Stalls without an end
-- question: Which buffering events have no partner, and what does leaving them out do to the waiting time?
-- answers: pairing
-- param: today TIMESTAMP = SELECT max(event_time) FROM qos_event
-- ordered: yes
-- notice: Three kinds. "left while it stalled" is the worst thing that can happen to a viewer, and pairing drops it: the
--   stall counts in rebuffer_count and adds nothing to rebuffer_time_sec. Its time is known from ended_at. "end lost" and
--   "start lost" are gaps of the transport; their length cannot be known. A job that pairs each START with the next END
--   whatever stands between would make one very long stall out of an "end lost".
WITH buffering AS (
  SELECT session_id, q_event, event_time,
         lag(q_event) OVER timeline AS earlier_event,
         lead(q_event) OVER timeline AS next_event,
         lead(event_time) OVER timeline AS next_time
  FROM qos_event
  WINDOW timeline AS (PARTITION BY session_id ORDER BY event_time)
),
judged AS (
  SELECT CASE WHEN b.q_event = 'BUFFERING_END' AND b.earlier_event IS DISTINCT FROM 'BUFFERING_START' THEN '4: start lost'
              WHEN b.q_event = 'BUFFERING_END' THEN NULL
              WHEN b.next_event = 'BUFFERING_END' THEN '1: paired'
              WHEN b.next_event IS NULL THEN '2: left while it stalled'
              ELSE '3: end lost' END AS kind,
         CASE WHEN b.q_event = 'BUFFERING_START' AND COALESCE(b.next_event, 'BUFFERING_END') = 'BUFFERING_END'
              THEN epoch(COALESCE(b.next_time, s.ended_at, $today) - b.event_time) END AS seconds
  FROM buffering AS b
  JOIN playback_session AS s ON s.session_id = b.session_id
  WHERE b.q_event IN ('BUFFERING_START', 'BUFFERING_END')
)
SELECT kind,
       count(*) AS stalls,
       round(sum(seconds), 1) AS seconds,
       round(avg(seconds), 1) AS seconds_each,
       round(100 * sum(seconds) / sum(sum(seconds)) OVER (), 1) AS percent_of_waiting
FROM judged
WHERE kind IS NOT NULL
GROUP BY kind
ORDER BY kind;

-- name: over-midnight
-- title: Sessions cut by the partition
-- question: What does a job get wrong that summarises each dt by itself?
-- answers: daily-monitor, session-summary
-- ordered: yes
-- notice: A session over midnight UTC has events in two partitions, and midnight UTC is the evening in the Americas. A job
--   by dt writes two summaries for it, with the same key, and misses a stall whose START and END lie on both sides. It
--   has to read a day and the hours before it, and to own each session by the day it started.
WITH per_day AS (
  SELECT session_id, dt, count(*) AS events,
         arg_max(q_event, event_time) AS last_event,
         row_number() OVER (PARTITION BY session_id ORDER BY dt) AS part,
         count(*) OVER (PARTITION BY session_id) AS parts
  FROM qos_event
  GROUP BY session_id, dt
)
SELECT p.country_code,
       count(DISTINCT d.session_id) AS sessions,
       count(*) AS summaries_by_dt,
       count(DISTINCT d.session_id) FILTER (WHERE d.parts > 1) AS cut_sessions,
       round(100.0 * count(DISTINCT d.session_id) FILTER (WHERE d.parts > 1) / count(DISTINCT d.session_id), 1) AS cut_percent,
       count(*) FILTER (WHERE d.part < d.parts AND d.last_event = 'BUFFERING_START') AS cut_stalls
FROM per_day AS d
JOIN playback_session AS s ON s.session_id = d.session_id
JOIN profile AS p ON p.profile_id = s.profile_id
GROUP BY p.country_code
ORDER BY cut_percent DESC, p.country_code;
