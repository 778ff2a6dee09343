-- name: profile-history
-- title: What a profile watched last
-- question: What are the ten newest sessions of a profile, and how far did each get?
-- answers: per-profile
-- param: profile BIGINT = SELECT profile_id FROM playback_session GROUP BY profile_id ORDER BY abs(count(*) - 25), profile_id LIMIT 1
-- param: top INTEGER = 10
-- ordered: yes
-- notice: The event does not know its profile: in the lake this question begins in playback_session and then looks for
--   single sessions in many days. In a store sharded by profile_id or account_id it is a read from one server, of rows
--   that lie together.
WITH newest AS (
  SELECT session_id, title_id, episode_id, started_at
  FROM playback_session
  WHERE profile_id = $profile
  ORDER BY started_at DESC, session_id
  LIMIT $top
)
SELECT n.started_at, n.title_id, n.episode_id,
       count(*) AS events,
       arg_max(e.position_sec, e.event_time) AS last_position_sec,
       count(DISTINCT e.dt) AS partitions
FROM newest AS n
JOIN playback_event AS e ON e.session_id = n.session_id
GROUP BY n.session_id, n.started_at, n.title_id, n.episode_id
ORDER BY n.started_at DESC, n.session_id;

-- name: account-history
-- title: What a household watched
-- question: How much did each profile of an account watch in the last four weeks, and on which shard does it lie?
-- answers: per-account
-- param: account BIGINT = SELECT account_id FROM playback_event_bucketed GROUP BY account_id
--   ORDER BY count(DISTINCT profile_id) DESC, count(*) DESC, account_id LIMIT 1
-- ordered: yes
-- notice: Sharded by account_id all rows come from one shard. Sharded by profile_id each profile may lie elsewhere: the
--   question goes to every server named in shard_by_profile, and the slowest one decides how long it takes.
SELECT e.profile_id,
       p.maturity_setting,
       pl.shard_by_account,
       pl.shard_by_profile,
       pl.bucket,
       count(DISTINCT e.session_id) AS sessions,
       count(*) AS events,
       max(e.event_time) AS last_event
FROM playback_event_bucketed AS e
JOIN profile AS p ON p.profile_id = e.profile_id
JOIN profile_placement AS pl ON pl.profile_id = e.profile_id
WHERE e.account_id = $account
GROUP BY e.profile_id, p.maturity_setting, pl.shard_by_account, pl.shard_by_profile, pl.bucket
ORDER BY e.profile_id;

-- name: history-files
-- title: Files behind a history
-- question: How many files, and rows in them, must each layout open for four weeks of one profile, and of its account?
-- answers: per-profile, per-account, layouts-compared
-- param: profile BIGINT = SELECT profile_id FROM playback_event_bucketed GROUP BY profile_id ORDER BY abs(count(*) - 40), profile_id LIMIT 1
-- param: days INTEGER = 28
-- ordered: yes
-- notice: A file is opened unless the manifest proves that it cannot hold a row: by its days, its bucket, its country, its
--   smallest and largest profile_id. In the layouts by day little else than the day helps, because a file holds profiles
--   from all over: nearly all rows of four weeks are read. A bucket is one file, but with all fourteen months in it;
--   month+bucket skips by both. For the account the buckets of all its profiles are needed. dt+hour+country reads few rows
--   for a bad reason: its files hold hardly more than a session each. On a shard an index finds the rows; the figure is
--   what the shard holds.
WITH target AS (
  SELECT profile_id, account_id, country_code, bucket, shard_by_account,
         profile_id = $profile AS is_profile
  FROM profile_placement
  WHERE account_id = (SELECT account_id FROM profile WHERE profile_id = $profile)
),
period AS (
  SELECT max(dt) - $days + 1 AS from_day, max(dt) AS to_day FROM playback_event
),
opened AS (
  SELECT f.layout_id, f.file_no, f.row_count, bool_or(t.is_profile) AS for_profile
  FROM data_file AS f
  JOIN layout AS l ON l.layout_id = f.layout_id
  JOIN period AS d ON f.to_day >= d.from_day AND f.from_day <= d.to_day
  JOIN target AS t
    ON t.profile_id BETWEEN f.min_profile_id AND f.max_profile_id
   AND (f.country_code IS NULL OR f.country_code = t.country_code)
   AND (f.bucket IS NULL OR f.bucket = CASE l.bucket_by WHEN 'account_id' THEN t.shard_by_account ELSE t.bucket % l.buckets END)
  GROUP BY f.layout_id, f.file_no, f.row_count
),
wanted AS (
  SELECT count(*) FILTER (WHERE s.profile_id = $profile) AS profile_rows, count(*) AS account_rows
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN target AS t ON t.profile_id = s.profile_id
  JOIN period AS d ON e.dt BETWEEN d.from_day AND d.to_day
)
SELECT o.layout_id,
       max(w.profile_rows) AS profile_rows_wanted,
       count(*) FILTER (WHERE o.for_profile) AS profile_files,
       COALESCE(sum(o.row_count) FILTER (WHERE o.for_profile), 0) AS profile_rows_read,
       max(w.account_rows) AS account_rows_wanted,
       count(*) AS account_files,
       sum(o.row_count) AS account_rows_read
FROM opened AS o
CROSS JOIN wanted AS w
GROUP BY o.layout_id
ORDER BY profile_rows_read, o.layout_id;

-- name: session-files
-- title: Files behind a replay
-- question: How many files must each layout open to replay one session, knowing its day or not?
-- answers: session-replay, layouts-compared
-- param: session VARCHAR = SELECT session_id FROM playback_event WHERE dt <> DATE '2026-05-15' GROUP BY session_id HAVING count(DISTINCT dt) = 1
--   ORDER BY CASE WHEN substr(session_id, 1, 1) IN ('5', '6') THEN 0 ELSE 1 END, count(*) DESC, session_id LIMIT 1
-- ordered: yes
-- notice: This is what the documented layout is made for: with the day and the session_id one file of dt+cluster is left,
--   because the files of a day hold ranges of session_id that do not overlap. Without the day nearly every day offers
--   one file: a session_id alone finds nothing quickly in a table partitioned by day. A session_id that begins with the time
--   would repair that.
WITH target AS (
  SELECT e.session_id, pl.profile_id, pl.country_code, pl.bucket, pl.shard_by_account, min(e.dt) AS from_day, max(e.dt) AS to_day, count(*) AS events
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile_placement AS pl ON pl.profile_id = s.profile_id
  WHERE e.session_id = $session
  GROUP BY e.session_id, pl.profile_id, pl.country_code, pl.bucket, pl.shard_by_account
),
opened AS (
  SELECT f.layout_id, f.row_count,
         f.to_day >= t.from_day AND f.from_day <= t.to_day AS on_the_day,
         l.bucket_by IS NULL OR f.bucket = CASE l.bucket_by WHEN 'account_id' THEN t.shard_by_account ELSE t.bucket % l.buckets END AS in_the_bucket
  FROM data_file AS f
  JOIN layout AS l ON l.layout_id = f.layout_id
  JOIN target AS t ON t.session_id BETWEEN f.min_session_id AND f.max_session_id
)
SELECT o.layout_id,
       count(*) AS by_session_id_alone,
       count(*) FILTER (WHERE o.on_the_day) AS with_the_day,
       count(*) FILTER (WHERE o.in_the_bucket) AS with_the_profile,
       count(*) FILTER (WHERE o.on_the_day AND o.in_the_bucket) AS with_both,
       sum(o.row_count) FILTER (WHERE o.on_the_day AND o.in_the_bucket) AS rows_read_with_both,
       max(t.events) AS rows_wanted
FROM opened AS o
CROSS JOIN target AS t
GROUP BY o.layout_id
ORDER BY with_the_day, o.layout_id;

-- name: day-files
-- title: Files behind a daily job
-- question: How many files, and rows in them, must each layout open to read one day?
-- answers: daily-job, layouts-compared
-- param: dt DATE = SELECT max(dt) - 10 FROM playback_event
-- ordered: yes
-- notice: Layouts by day read what they need and nothing else. Buckets without a day read all of history for one day, and
--   cannot drop an old day without rewriting every file. Partitioned by hour and country the rows are the same as for dt,
--   in many times the files; opening a file costs more than reading these few rows.
SELECT f.layout_id,
       count(*) AS files,
       sum(f.row_count) AS rows_read,
       (SELECT count(*) FROM playback_event WHERE dt = $dt) AS rows_wanted,
       round(1.0 * sum(f.row_count) / count(*), 1) AS rows_in_a_file
FROM data_file AS f
WHERE $dt BETWEEN f.from_day AND f.to_day
GROUP BY f.layout_id
ORDER BY rows_read, files, f.layout_id;

-- name: small-files
-- title: Small files
-- question: How many files does each layout make of the same rows, and how large are they?
-- answers: small-files, layouts-compared
-- ordered: yes
-- notice: Every layout holds the same rows. Day, hour and country together make by far the most files, most of them tiny:
--   the number of partitions is the product of their values. Prefer dt with clustering, and compact: the target is 128 to
--   512 MB, some millions of such rows. In the layouts by day the largest file is that of the launch; from about 100,000
--   events on the largest bucket is several times its median, for it holds a hot key.
SELECT l.layout_id, l.partition_by, l.cluster_by, l.bucket_by,
       count(*) AS files,
       sum(f.row_count) AS rows,
       min(f.row_count) AS smallest,
       CAST(median(f.row_count) AS BIGINT) AS median,
       max(f.row_count) AS largest,
       round(max(f.row_count) / median(f.row_count), 1) AS largest_by_median
FROM data_file AS f
JOIN layout AS l ON l.layout_id = f.layout_id
GROUP BY l.layout_id, l.partition_by, l.cluster_by, l.bucket_by
ORDER BY files DESC, l.layout_id;

-- name: skew
-- title: Skew of each shard key
-- question: How unevenly does each choice of key load the shards, over all history and in the last four weeks?
-- answers: balance, skew
-- param: recent DATE = SELECT max(dt) - 27 FROM playback_event
-- ordered: yes
-- notice: 1.0 would be even. No hash takes a heavy key apart: the largest profile lifts its shard, and salting it brings the
--   load nearer to even; what is left is chance, and shrinks as accounts get more. Ranges of account_id look tolerable over
--   all history and not at all in the last weeks, when most writes go to the shard of the newest accounts. By region the
--   largest country has some three times its share, and there are never more than six shards. With fewer than 100,000
--   events there are too few accounts for any key to look even.
WITH load AS (
  SELECT session_id, count(*) AS events, count(*) FILTER (WHERE dt >= $recent) AS recent_events
  FROM playback_event
  GROUP BY session_id
),
placed AS (
  SELECT pl.shard_by_profile, pl.shard_by_account, pl.shard_by_ring, pl.shard_by_range, pl.shard_by_region,
         (pl.shard_by_profile + (strpos('0123456789abcdef', substr(l.session_id, 1, 1)) - 1) % pl.salts) % 8 AS shard_salted,
         l.events, l.recent_events
  FROM load AS l
  JOIN playback_session AS s ON s.session_id = l.session_id
  JOIN profile_placement AS pl ON pl.profile_id = s.profile_id
),
by_key AS (
  SELECT 'hash(profile_id)' AS shard_key, shard_by_profile AS shard_id, events, recent_events FROM placed
  UNION ALL SELECT 'hash(profile_id), hot ones salted', shard_salted, events, recent_events FROM placed
  UNION ALL SELECT 'hash(account_id)', shard_by_account, events, recent_events FROM placed
  UNION ALL SELECT 'ring(account_id)', shard_by_ring, events, recent_events FROM placed
  UNION ALL SELECT 'range(account_id)', shard_by_range, events, recent_events FROM placed
  UNION ALL SELECT 'region', shard_by_region, events, recent_events FROM placed
),
per_shard AS (
  SELECT shard_key, shard_id, sum(events) AS events, sum(recent_events) AS recent_events
  FROM by_key
  GROUP BY shard_key, shard_id
)
SELECT shard_key,
       count(*) AS shards_used,
       max(events) AS largest_shard,
       round(8.0 * max(events) / sum(events), 2) AS largest_by_fair_share,
       round(8.0 * min(events) / sum(events), 2) AS smallest_by_fair_share,
       arg_max(shard_id, events * 16 - shard_id) AS largest_is,
       round(8.0 * max(recent_events) / sum(recent_events), 2) AS recent_largest_by_fair_share,
       arg_max(shard_id, recent_events * 16 - shard_id) AS recent_largest_is
FROM per_shard
GROUP BY shard_key
ORDER BY largest_by_fair_share, shard_key;

-- name: hot-keys
-- title: Hot keys
-- question: Which profiles carry far more events than others, and what do they do to their shard?
-- answers: hot-keys
-- param: top INTEGER = 10
-- ordered: yes
-- notice: Zipf: a few profiles far ahead, then a long tail. In a real service the first ones are screens in public and robots,
--   seldom people. A shard whose share should be an eighth carries such a key in addition to its fair part, and no other
--   choice of hash would help: the key is one value, so it lies on one shard.
WITH load AS (
  SELECT s.profile_id, count(*) AS events
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  GROUP BY s.profile_id
),
ranked AS (
  SELECT l.profile_id, l.events, pl.shard_by_profile,
         sum(l.events) OVER () AS all_events,
         avg(l.events) OVER () AS mean_events,
         sum(l.events) OVER (PARTITION BY pl.shard_by_profile) AS shard_events
  FROM load AS l
  JOIN profile_placement AS pl ON pl.profile_id = l.profile_id
)
SELECT r.profile_id, r.events,
       round(100.0 * r.events / r.all_events, 2) AS percent_of_all,
       round(r.events / r.mean_events, 1) AS times_the_mean,
       r.shard_by_profile AS shard_id,
       round(100.0 * r.events / r.shard_events, 1) AS percent_of_its_shard,
       k.salts, k.reason
FROM ranked AS r
LEFT JOIN salted_key AS k ON k.profile_id = r.profile_id
ORDER BY r.events DESC, r.profile_id
LIMIT $top;

-- name: salting
-- title: A hot key, salted and put together again
-- question: Over which shards do the salts of the hottest profile spread its events, and does the sum still agree?
-- answers: hot-keys
-- param: profile BIGINT = SELECT profile_id FROM salted_key ORDER BY salts DESC, profile_id LIMIT 1
-- ordered: yes
-- notice: The salt comes from the session, so that a session stays in one place and in order; a salt drawn for each event
--   would tear it apart. Writes go to several shards; a reader has to ask all of them, each one counts its part,
--   and the parts are added (the last row): counts, sums, minima and maxima can be put together so, distinct counts and
--   medians cannot. That is the price, so only the keys in salted_key pay it.
WITH salted AS (
  SELECT pl.shard_by_profile AS home_shard,
         (strpos('0123456789abcdef', substr(e.session_id, 1, 1)) - 1) % pl.salts AS salt,
         e.session_id, e.event_time
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile_placement AS pl ON pl.profile_id = s.profile_id
  WHERE s.profile_id = $profile
)
SELECT CASE WHEN GROUPING((home_shard + salt) % 8) = 1 THEN 'put together' ELSE 'shard ' || (home_shard + salt) % 8 END AS place,
       count(DISTINCT salt) AS salts,
       count(DISTINCT session_id) AS sessions,
       count(*) AS events,
       max(event_time) AS last_event
FROM salted
GROUP BY ROLLUP ((home_shard + salt) % 8)
ORDER BY GROUPING((home_shard + salt) % 8), place;

-- name: add-a-shard
-- title: Adding a ninth shard
-- question: How many accounts and events have to move when a ninth shard is added, with modulo and with consistent hashing?
-- answers: add-shard
-- ordered: yes
-- notice: Modulo nine sends about eight of nine accounts somewhere else, most of them from one old shard to another old one.
--   On the ring only the arcs of the new shard's nodes change hands, about a ninth, and nothing moves between old shards.
--   That is all consistent hashing promises; it does not make loads even, which is what the many virtual nodes are for.
WITH load AS (
  SELECT p.account_id, count(*) AS events
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  GROUP BY p.account_id
),
move AS (
  SELECT 'hash modulo 8 to modulo 9' AS method, account_id, shard_modulo_8 AS from_shard, shard_modulo_9 AS to_shard FROM account_placement
  UNION ALL
  SELECT 'ring, nodes of shard 8 added', account_id, shard_ring_8, shard_ring_9 FROM account_placement
)
SELECT m.method,
       count(*) AS accounts,
       count(*) FILTER (WHERE m.from_shard <> m.to_shard) AS accounts_moved,
       round(100.0 * count(*) FILTER (WHERE m.from_shard <> m.to_shard) / count(*), 1) AS percent_of_accounts,
       round(100.0 * COALESCE(sum(l.events) FILTER (WHERE m.from_shard <> m.to_shard), 0) / sum(l.events), 1) AS percent_of_events,
       count(*) FILTER (WHERE m.from_shard <> m.to_shard AND m.to_shard < 8) AS moved_between_old_shards
FROM move AS m
LEFT JOIN load AS l ON l.account_id = m.account_id
GROUP BY m.method
ORDER BY m.method;

-- name: launch-day
-- title: A launch makes a hot partition
-- question: On which days did by far the most events come, and which title made them?
-- answers: hot-keys, balance
-- param: top INTEGER = 5
-- ordered: yes
-- notice: On 15 May 2026 a new season of title 1006 brings many times the events of an ordinary day into one dt (clearly so
--   from about 10,000 events on). With title_id as shard key that day would meet one server; by day it meets one
--   partition; by session_id, profile_id or account_id the launch spreads over everything, as it should.
WITH per_day AS (
  SELECT e.dt, count(*) AS events,
         count(*) FILTER (WHERE s.title_id = 1006) AS events_of_1006,
         count(DISTINCT s.title_id) AS titles,
         count(DISTINCT s.profile_id) AS profiles
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  GROUP BY e.dt
)
SELECT dt, dayname(dt) AS weekday, events,
       round(events / (SELECT median(events) FROM per_day), 1) AS times_the_median,
       round(100.0 * events_of_1006 / events, 1) AS percent_title_1006,
       titles, profiles
FROM per_day
ORDER BY events DESC, dt
LIMIT $top;

-- name: device-limit
-- title: Streams at once in a household
-- question: Which accounts ran the most streams at the same moment in the last four weeks, and how many shards know about it?
-- answers: device-limit, per-account
-- param: from_day DATE = SELECT max(dt) - 27 FROM playback_event
-- param: top INTEGER = 10
-- ordered: yes
-- notice: A limit of streams is a rule of the account. Sharded by account_id one server sees all of them and can refuse one
--   more; sharded by profile_id the streams of a household are counted on as many servers as shards_by_profile says, and
--   two of them can both say yes. That is the case for account_id as the key, or for a small store of running streams
--   beside the history.
WITH mark AS (
  SELECT p.account_id, s.profile_id, s.session_id, s.started_at AS at_time, 1 AS change
  FROM playback_session AS s
  JOIN profile AS p ON p.profile_id = s.profile_id
  WHERE s.started_at >= $from_day
  UNION ALL
  SELECT p.account_id, s.profile_id, s.session_id, s.ended_at, -1
  FROM playback_session AS s
  JOIN profile AS p ON p.profile_id = s.profile_id
  WHERE s.started_at >= $from_day AND s.ended_at IS NOT NULL
),
running AS (
  SELECT account_id, profile_id, at_time,
         sum(change) OVER (PARTITION BY account_id ORDER BY at_time, change, session_id ROWS UNBOUNDED PRECEDING) AS streams
  FROM mark
)
SELECT r.account_id,
       count(DISTINCT r.profile_id) AS profiles,
       max(r.streams) AS most_at_once,
       arg_max(r.at_time, r.streams * 10000000000 - epoch(r.at_time)) AS first_reached_at,
       count(DISTINCT pl.shard_by_account) AS shards_by_account,
       count(DISTINCT pl.shard_by_profile) AS shards_by_profile
FROM running AS r
JOIN profile_placement AS pl ON pl.profile_id = r.profile_id
GROUP BY r.account_id
ORDER BY most_at_once DESC, profiles DESC, r.account_id
LIMIT $top;

-- name: rebalance
-- title: A plan for rebalancing
-- question: Which arcs of the ring should the fullest shard hand to the emptiest one?
-- answers: skew
-- param: recent DATE = SELECT max(dt) - 27 FROM playback_event
-- param: top INTEGER = 12
-- ordered: yes
-- notice: Load of the last four weeks. Arcs go from the heaviest down as long as the sum moved stays within half of the
--   difference, so that the two do not change places. An arc that alone holds more than that half stays: it is a hot
--   account, moving it only moves the problem. Because keys are looked up in a table of arcs, moving one is an UPDATE of
--   one row and a copy; with modulo no such move can be written down.
WITH load AS (
  SELECT p.account_id, count(*) AS events
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  WHERE e.dt >= $recent
  GROUP BY p.account_id
),
arc AS (
  SELECT r.from_point, r.to_point, r.shard_id, count(l.account_id) AS accounts, COALESCE(sum(l.events), 0) AS events
  FROM shard_ring AS r
  LEFT JOIN account_placement AS a ON a.point >= r.from_point AND a.point < r.to_point
  LEFT JOIN load AS l ON l.account_id = a.account_id
  WHERE r.ring_version = 1
  GROUP BY r.from_point, r.to_point, r.shard_id
),
full_and_empty AS (
  SELECT arg_max(shard_id, events * 16 - shard_id) AS full_shard, arg_min(shard_id, events * 16 + shard_id) AS empty_shard,
         (max(events) - min(events)) / 2.0 AS half
  FROM (SELECT shard_id, sum(events) AS events FROM arc GROUP BY shard_id) AS shard_load
),
fitting AS (
  SELECT a.from_point, a.to_point, a.accounts, a.events, f.full_shard, f.empty_shard, f.half,
         sum(CASE WHEN a.events <= f.half THEN a.events ELSE 0 END) OVER (ORDER BY a.events DESC, a.from_point ROWS UNBOUNDED PRECEDING) AS moved_so_far
  FROM arc AS a
  JOIN full_and_empty AS f ON f.full_shard = a.shard_id
  WHERE a.events > 0
)
SELECT from_point, to_point, accounts, events,
       full_shard AS from_shard,
       CASE WHEN events > half THEN NULL WHEN moved_so_far <= half THEN empty_shard END AS to_shard,
       CASE WHEN events > half THEN 'too large to move' WHEN moved_so_far <= half THEN 'move' ELSE 'stay' END AS plan,
       CAST(floor(half) AS BIGINT) AS move_at_most
FROM fitting
ORDER BY events DESC, from_point
LIMIT $top;

-- name: layouts-agree
-- title: Two layouts, one answer
-- question: Do the lake and the bucketed copy report the same for the last four weeks, by country?
-- answers: layouts-agree
-- param: from_day DATE = SELECT CAST(min(event_time) AS DATE) FROM playback_event_bucketed
-- ordered: yes
-- notice: The difference must be zero in every row. The lake needs two joins to find the country; the bucketed copy carries
--   profile_id, and as profile is bucketed by the same column each bucket can be joined by itself. A second layout is a
--   second truth: this comparison belongs after every load.
WITH lake AS (
  SELECT p.country_code, count(*) AS events, count(DISTINCT e.session_id) AS sessions, count(DISTINCT s.profile_id) AS profiles
  FROM playback_event AS e
  JOIN playback_session AS s ON s.session_id = e.session_id
  JOIN profile AS p ON p.profile_id = s.profile_id
  WHERE e.dt >= $from_day
  GROUP BY p.country_code
),
warehouse AS (
  SELECT p.country_code, count(*) AS events, count(DISTINCT e.session_id) AS sessions, count(DISTINCT e.profile_id) AS profiles
  FROM playback_event_bucketed AS e
  JOIN profile AS p ON p.profile_id = e.profile_id
  WHERE e.event_time >= $from_day
  GROUP BY p.country_code
)
SELECT COALESCE(l.country_code, w.country_code) AS country_code,
       COALESCE(l.profiles, 0) AS profiles,
       COALESCE(l.sessions, 0) AS sessions,
       COALESCE(l.events, 0) AS events_in_the_lake,
       COALESCE(w.events, 0) AS events_bucketed,
       COALESCE(l.events, 0) - COALESCE(w.events, 0) AS difference
FROM lake AS l
FULL JOIN warehouse AS w ON w.country_code = l.country_code
ORDER BY events_in_the_lake DESC, country_code;
