-- name: viewing-time-and-completion
-- title: Viewing time and completion
-- question: What was watched most, and how many of those who started it saw it to the end?
-- answers: viewing-time
-- param: top INTEGER = 20
-- ordered: yes
-- notice: Seconds played add up, so the hours are a plain sum. Completion does not: it is asked once for each viewer, whether
--   any event of theirs reached 90 percent, whatever the number of sittings. Short things are finished more easily, so hours and
--   completion tell different stories.
WITH viewer AS (
  SELECT content_id, user_id,
         count(DISTINCT session_id) AS sittings,
         sum(viewing_duration) AS seconds,
         max(completion_percentage) AS furthest
  FROM viewing_event
  GROUP BY content_id, user_id
)
SELECT c.title,
       c.content_type,
       count(*) AS viewers,
       sum(v.sittings) AS sittings,
       round(sum(v.seconds) / 3600, 1) AS hours,
       round(100.0 * count(*) FILTER (WHERE v.furthest >= 90) / count(*), 1) AS completion_percent,
       round(avg(v.furthest), 1) AS mean_furthest_percent
FROM viewer AS v
JOIN content AS c ON c.content_id = v.content_id
GROUP BY c.content_id, c.title, c.content_type
ORDER BY sum(v.seconds) DESC, c.content_id
LIMIT $top;

-- name: completion-three-ways
-- title: Completion, counted three ways
-- question: What does the completion of each type of content come to by events, by sittings and by viewers?
-- answers: viewing-time
-- ordered: yes
-- notice: AVG over the column of the fact table counts a play at 0 percent like a stop at 98, and whoever pauses more counts
--   more: a number about remotes, not about films. By sitting, somebody who saw half today and half tomorrow failed once. Only
--   by viewer does the question make sense. The stored percentage is a reading of a moment and must not be averaged.
WITH sitting AS (
  SELECT session_id, user_id, content_id,
         sum(completion_percentage) AS percent_sum,
         count(*) AS events,
         max(completion_percentage) AS furthest
  FROM viewing_event
  GROUP BY session_id, user_id, content_id
),
viewer AS (
  SELECT user_id, content_id,
         sum(percent_sum) AS percent_sum,
         sum(events) AS events,
         count(*) AS sittings,
         count(*) FILTER (WHERE furthest >= 90) AS finished_sittings,
         max(furthest) AS furthest
  FROM sitting
  GROUP BY user_id, content_id
)
SELECT c.content_type,
       sum(v.events) AS events,
       sum(v.sittings) AS sittings,
       count(*) AS viewers,
       round(sum(v.percent_sum) / sum(v.events), 1) AS mean_over_events,
       round(100.0 * sum(v.finished_sittings) / sum(v.sittings), 1) AS finished_sittings_percent,
       round(100.0 * count(*) FILTER (WHERE v.furthest >= 90) / count(*), 1) AS finished_viewers_percent
FROM viewer AS v
JOIN content AS c ON c.content_id = v.content_id
GROUP BY c.content_type
ORDER BY viewers DESC, c.content_type;

-- name: preferences-of-a-user
-- title: Preferences of one user
-- question: Which genres does this user watch more than their share in the catalogue?
-- answers: preferences
-- param: viewer BIGINT = SELECT user_id FROM viewing_event GROUP BY user_id ORDER BY count(DISTINCT content_id) DESC, user_id LIMIT 1
-- ordered: yes
-- notice: Many hours of drama may only mean that there is much drama. times_the_share divides the share of the hours by the
--   share of the titles: clearly above 1 is taste. One genre at the top is this user's. A title has one genre here, so a
--   romantic comedy tells only half of it.
WITH watched AS (
  SELECT c.genre_id,
         sum(v.viewing_duration) AS seconds,
         count(DISTINCT v.content_id) AS titles
  FROM viewing_event AS v
  JOIN content AS c ON c.content_id = v.content_id
  WHERE v.user_id = $viewer
  GROUP BY c.genre_id
),
catalogue AS (
  SELECT genre_id, count(*) AS titles FROM content GROUP BY genre_id
)
SELECT g.genre_name,
       w.titles,
       round(w.seconds / 3600, 1) AS hours,
       round(100.0 * w.seconds / sum(w.seconds) OVER (), 1) AS percent_of_hours,
       round(100.0 * k.titles / (SELECT count(*) FROM content), 1) AS percent_of_catalogue,
       round((w.seconds / nullif(sum(w.seconds) OVER (), 0)) / (k.titles / (SELECT count(*) FROM content)), 2) AS times_the_share
FROM watched AS w
JOIN catalogue AS k ON k.genre_id = w.genre_id
JOIN genre AS g ON g.genre_id = w.genre_id
ORDER BY times_the_share DESC NULLS LAST, g.genre_name;

-- name: viewing-patterns
-- title: Viewing by weekday and part of the day
-- question: When do people watch?
-- answers: preferences
-- ordered: yes
-- notice: The dimensions date and time give names to keys: nobody computes a weekday. From time only the hour is used, one
--   column of 86,400 rows; the seconds in time_key serve no report and make the dimension larger than many facts. Hours
--   stand at the event that ends them, so an evening that runs over midnight counts for both days.
SELECT d.day_of_week,
       round(sum(v.viewing_duration) / 3600, 1) AS hours,
       round(sum(v.viewing_duration) FILTER (WHERE t.hour < 6) / 3600, 1) AS night,
       round(sum(v.viewing_duration) FILTER (WHERE t.hour >= 6 AND t.hour < 12) / 3600, 1) AS morning,
       round(sum(v.viewing_duration) FILTER (WHERE t.hour >= 12 AND t.hour < 18) / 3600, 1) AS afternoon,
       round(sum(v.viewing_duration) FILTER (WHERE t.hour >= 18) / 3600, 1) AS evening,
       count(DISTINCT v.user_id) AS viewers
FROM viewing_event AS v
JOIN date AS d ON d.date_key = v.date_key
JOIN time AS t ON t.time_key = v.time_key
GROUP BY d.day_of_week
ORDER BY min(isodow(d.calendar_date));

-- name: recommendation-effectiveness
-- title: Recommendations by algorithm
-- question: How often is a recommendation clicked and watched, and how much do people then see of it?
-- answers: recommendations
-- ordered: yes
-- notice: The two that know the user, item_item and matrix_factorization, are taken more often than popular and new_releases.
--   That is not yet proof: which of them may stand first in the row, and for whom, was not drawn by lot. Hours are those of sittings that began within five
--   minutes of the proposal and carry the flag.
WITH taken AS (
  SELECT r.rec_event_id, sum(v.viewing_duration) AS seconds, max(v.completion_percentage) AS furthest
  FROM recommendation_event AS r
  JOIN viewing_event AS p
    ON p.user_id = r.user_id
   AND p.content_id = r.content_id
   AND p.is_recommended = 1
   AND p.action_type = 'play'
   AND p.viewing_duration = 0
   AND p.position_seconds = 0
   AND p.event_time >= r.rec_shown_time
   AND p.event_time < r.rec_shown_time + INTERVAL '5' MINUTE
  JOIN viewing_event AS v ON v.session_id = p.session_id AND v.user_id = p.user_id
  WHERE r.was_clicked = 1
  GROUP BY r.rec_event_id
)
SELECT r.recommendation_algorithm,
       count(*) AS shown,
       sum(r.was_clicked) AS clicked,
       sum(r.was_watched) AS watched,
       round(100.0 * sum(r.was_clicked) / count(*), 1) AS click_percent,
       round(100.0 * sum(r.was_watched) / count(*), 1) AS watch_percent,
       round(sum(t.seconds) / 3600, 1) AS hours,
       round(100.0 * count(*) FILTER (WHERE t.furthest >= 90) / nullif(count(t.rec_event_id), 0), 1) AS finished_sitting_percent
FROM recommendation_event AS r
LEFT JOIN taken AS t ON t.rec_event_id = r.rec_event_id
GROUP BY r.recommendation_algorithm
ORDER BY watch_percent DESC, r.recommendation_algorithm;

-- name: recommended-against-chosen
-- title: Recommended against chosen
-- question: Do people finish more of what was recommended than of what they found themselves?
-- answers: recommendations
-- ordered: yes
-- notice: By the flag of each sitting recommendations look worse as soon as there are enough rows. The flag belongs to the
--   sitting: whoever stops half way and goes on the next evening comes from "continue watching", so the second sitting,
--   which nearly always reaches the end, counts as chosen. Taken by how the viewer began, the gap closes or turns.
WITH sitting AS (
  SELECT session_id, user_id, content_id, min(event_time) AS begins,
         max(is_recommended) AS is_recommended,
         max(completion_percentage) AS furthest
  FROM viewing_event
  GROUP BY session_id, user_id, content_id
),
viewer AS (
  SELECT user_id, content_id,
         arg_min(is_recommended, begins) AS is_recommended,
         max(furthest) AS furthest
  FROM sitting
  GROUP BY user_id, content_id
),
counted AS (
  SELECT 1 AS place, 'sitting, by its own flag' AS counted_by, is_recommended, furthest FROM sitting
  UNION ALL
  SELECT 2, 'viewer, by the first sitting', is_recommended, furthest FROM viewer
)
SELECT counted_by,
       CASE is_recommended WHEN 1 THEN 'recommended' ELSE 'chosen' END AS found,
       count(*) AS things,
       count(*) FILTER (WHERE furthest >= 90) AS finished,
       round(100.0 * count(*) FILTER (WHERE furthest >= 90) / count(*), 1) AS finished_percent
FROM counted
GROUP BY place, counted_by, is_recommended
ORDER BY place, is_recommended;

-- name: watched-flag-against-views
-- title: The watched flag against the views
-- question: Does was_watched agree with what was really watched?
-- answers: recommendations
-- ordered: yes
-- notice: Planted: in about one of twenty the sitting is there and the flag is 0, because the job that sets it later never
--   came. The row is written when the proposal is shown and has to be changed afterwards: a fact that is updated. A click and
--   a view are events of their own; with the id of the proposal in the sitting the flag could be worked out.
WITH compared AS (
  SELECT r.was_watched,
         EXISTS (
           SELECT 1
           FROM viewing_event AS v
           WHERE v.user_id = r.user_id
             AND v.content_id = r.content_id
             AND v.is_recommended = 1
             AND v.event_time >= r.rec_shown_time
             AND v.event_time < r.rec_shown_time + INTERVAL '5' MINUTE
         ) AS has_view
  FROM recommendation_event AS r
)
SELECT CASE WHEN was_watched = 1 AND has_view THEN 'watched, and the flag says so'
            WHEN was_watched = 0 AND has_view THEN 'watched, but the flag is 0'
            WHEN was_watched = 1 THEN 'flag without a view'
            ELSE 'not watched'
       END AS outcome,
       count(*) AS recommendations,
       round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS percent
FROM compared
GROUP BY outcome
ORDER BY recommendations DESC, outcome;

-- name: quality-by-device
-- title: Streaming quality by device
-- question: How well does the picture run on each kind of device?
-- answers: quality
-- ordered: yes
-- notice: Phones and tablets stand still most, televisions least, at about four times the bitrate of a phone. The mean of average_bitrate counts a stretch
--   of ten seconds like one of an hour; weighted by length it is another number, and the right one. How long the picture stood
--   still is not stored, so the usual measure, buffering time by viewing time, cannot be given, nor can the time to start.
SELECT d.device_type,
       count(*) AS stretches,
       count(*) FILTER (WHERE q.quality_change_type = 'start') AS streams,
       round(sum(epoch(q.stream_end_time - q.stream_start_time)) / 3600, 1) AS hours,
       round(sum(q.buffering_instances) FILTER (WHERE q.stream_end_time IS NOT NULL) * 3600
             / nullif(sum(epoch(q.stream_end_time - q.stream_start_time)), 0), 2) AS standstills_an_hour,
       round(100.0 * count(*) FILTER (WHERE q.buffering_instances = 0) / count(*), 1) AS smooth_percent,
       round(avg(q.average_bitrate), 0) AS mean_of_bitrates,
       round(sum(q.average_bitrate * epoch(q.stream_end_time - q.stream_start_time))
             / nullif(sum(epoch(q.stream_end_time - q.stream_start_time)), 0), 0) AS bitrate_by_time,
       count(*) FILTER (WHERE q.quality_change_type = 'down') AS steps_down
FROM streaming_quality_event AS q
JOIN device AS d ON d.device_id = q.device_id
GROUP BY d.device_type
ORDER BY standstills_an_hour DESC NULLS LAST, d.device_type;

-- name: quality-and-completion
-- title: Standstills and giving up
-- question: Do people give up when the picture stands still?
-- answers: quality, viewing-time
-- ordered: yes
-- notice: With three standstills or more far fewer sittings reach the end, and many stop early. The two facts share no session_id: a stretch finds
--   its sitting by user, content, device and time, which works only as long as nobody plays the same thing twice at once.
--   Only sittings that began at the beginning count, since later ones start with less to go.
WITH sitting AS (
  SELECT session_id, user_id, content_id, device_id,
         min(event_time) AS begins,
         max(event_time) AS ends,
         sum(viewing_duration) AS seconds,
         max(completion_percentage) AS furthest
  FROM viewing_event
  GROUP BY session_id, user_id, content_id, device_id
  HAVING min(position_seconds) = 0
),
joined AS (
  SELECT s.session_id, s.furthest, s.seconds, sum(q.buffering_instances) AS standstills
  FROM sitting AS s
  JOIN streaming_quality_event AS q
    ON q.user_id = s.user_id
   AND q.content_id = s.content_id
   AND q.device_id = s.device_id
   AND q.stream_start_time >= s.begins
   AND q.stream_start_time <= s.ends
  GROUP BY s.session_id, s.furthest, s.seconds
)
SELECT CASE WHEN standstills = 0 THEN '0' WHEN standstills = 1 THEN '1' WHEN standstills = 2 THEN '2' ELSE '3 or more' END AS standstills,
       count(*) AS sittings,
       round(100.0 * count(*) FILTER (WHERE furthest >= 90) / count(*), 1) AS finished_percent,
       round(100.0 * count(*) FILTER (WHERE furthest < 35) / count(*), 1) AS gave_up_early_percent,
       round(avg(seconds) / 60, 1) AS mean_minutes
FROM joined
GROUP BY 1
ORDER BY 1;

-- name: performance-by-genre-and-creator
-- title: Performance by genre and by creator
-- question: Which genres and which creators are watched most, and finished most?
-- answers: performance
-- param: top INTEGER = 12
-- ordered: yes
-- notice: Two groupings in one pass, told apart by the column kind. Hours for each title take out the size of the catalogue:
--   a genre with few titles can beat drama there. Viewers are counted once for each genre or creator and do not add up over them.
WITH viewer AS (
  SELECT content_id, user_id, sum(viewing_duration) AS seconds, max(completion_percentage) AS furthest
  FROM viewing_event
  GROUP BY content_id, user_id
),
grouped AS (
  SELECT CASE WHEN grouping(g.genre_name) = 0 THEN 'genre' ELSE 'creator' END AS kind,
         CASE WHEN grouping(g.genre_name) = 0 THEN g.genre_name ELSE k.creator_name END AS name,
         k.creator_id,
         count(DISTINCT c.content_id) AS titles,
         count(DISTINCT v.user_id) AS viewers,
         sum(v.seconds) AS seconds,
         round(100.0 * count(*) FILTER (WHERE v.furthest >= 90) / count(*), 1) AS completion_percent
  FROM viewer AS v
  JOIN content AS c ON c.content_id = v.content_id
  JOIN genre AS g ON g.genre_id = c.genre_id
  JOIN creator AS k ON k.creator_id = c.creator_id
  GROUP BY GROUPING SETS ((g.genre_name), (k.creator_id, k.creator_name))
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY kind ORDER BY seconds DESC, name, creator_id) AS place
  FROM grouped
)
SELECT kind,
       place,
       name,
       titles,
       viewers,
       round(seconds / 3600, 1) AS hours,
       round(seconds / 3600 / titles, 1) AS hours_a_title,
       completion_percent
FROM ranked
WHERE place <= $top
ORDER BY kind DESC, place;

-- name: performance-by-release
-- title: Weeks after the release
-- question: How does the viewing of a new title change in the weeks after its release?
-- answers: performance
-- param: weeks INTEGER = 8
-- ordered: yes
-- notice: The first weeks bring most, then it falls and levels out. Only titles count that came out in the time of the data and
--   have had all the weeks, otherwise late weeks would stand for fewer titles and look weak. Weeks without a view of a
--   title are in the mean as zero, because titles are counted before the join.
WITH span AS (
  SELECT CAST(min(event_time) AS DATE) AS first_day, CAST(max(event_time) AS DATE) AS last_day FROM viewing_event
),
title AS (
  SELECT c.content_id, c.release_date
  FROM content AS c
  CROSS JOIN span AS s
  WHERE c.release_date >= s.first_day
    AND c.release_date + 7 * $weeks <= s.last_day
),
watched AS (
  SELECT CAST(floor((CAST(v.event_time AS DATE) - t.release_date) / 7) AS INTEGER) AS week,
         sum(v.viewing_duration) AS seconds,
         count(DISTINCT v.user_id) AS viewers
  FROM title AS t
  JOIN viewing_event AS v ON v.content_id = t.content_id
  WHERE v.event_time >= t.release_date
    AND v.event_time < t.release_date + 7 * $weeks
  GROUP BY 1
)
SELECT r.k + 1 AS week_after_release,
       (SELECT count(*) FROM title) AS titles,
       COALESCE(w.viewers, 0) AS viewers,
       round(COALESCE(w.seconds, 0) / 3600, 1) AS hours,
       round(COALESCE(w.seconds, 0) / 3600 / (SELECT count(*) FROM title), 2) AS hours_a_title
FROM range(0, $weeks) AS r(k)
LEFT JOIN watched AS w ON w.week = r.k
ORDER BY week_after_release;

-- name: viewing-fact-rebuilt
-- title: viewing_fact built from viewing_event
-- question: Does the daily fact follow from the events?
-- answers: aggregates
-- ordered: yes
-- notice: Everything must be "same". The SELECT in the middle is the nightly job: four keys, a sum, the furthest point, whether
--   any sitting was recommended. From the events the fact can be built again with another rule; from the fact the
--   events cannot. That is the case for modelling the finest grain first.
WITH rebuilt AS (
  SELECT date_key,
         min(time_key) AS time_key,
         user_id AS user_key,
         content_id AS content_key,
         device_id AS device_key,
         sum(viewing_duration) AS viewing_duration,
         max(completion_percentage) AS completion_percentage,
         max(is_recommended) AS is_recommended
  FROM viewing_event
  GROUP BY date_key, user_id, content_id, device_id
),
compared AS (
  SELECT CASE WHEN f.date_key IS NULL THEN 'missing in viewing_fact'
              WHEN r.date_key IS NULL THEN 'only in viewing_fact'
              WHEN f.viewing_duration = r.viewing_duration
               AND f.completion_percentage = r.completion_percentage
               AND f.is_recommended = r.is_recommended
               AND f.time_key = r.time_key THEN 'same'
              ELSE 'different values'
         END AS outcome,
         r.viewing_duration
  FROM rebuilt AS r
  FULL JOIN viewing_fact AS f
    ON f.date_key = r.date_key
   AND f.user_key = r.user_key
   AND f.content_key = r.content_key
   AND f.device_key = r.device_key
)
SELECT outcome, count(*) AS fact_rows, round(COALESCE(sum(viewing_duration), 0) / 3600, 1) AS hours
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: one-film-several-rows
-- title: One film in several rows of the fact
-- question: What does completion look like for viewers whose film is spread over several rows of viewing_fact?
-- answers: aggregates, viewing-time
-- ordered: yes
-- notice: A row is a day and a device. A film seen half on Monday and half on Tuesday makes two rows, often 50 and 97
--   percent, and a report that averages or counts rows calls it half finished. Most of those viewers did finish. Over rows only
--   viewing_duration may be added; the furthest point has to be taken again with max by user and content.
WITH viewer AS (
  SELECT user_key, content_key,
         count(*) AS fact_rows,
         sum(completion_percentage) AS percent_sum,
         count(*) FILTER (WHERE completion_percentage >= 90) AS finished_rows,
         max(completion_percentage) AS furthest,
         sum(viewing_duration) AS seconds
  FROM viewing_fact
  GROUP BY user_key, content_key
)
SELECT CASE WHEN fact_rows = 1 THEN '1 row' WHEN fact_rows = 2 THEN '2 rows' ELSE '3 rows or more' END AS spread_over,
       count(*) AS viewers,
       round(sum(percent_sum) / sum(fact_rows), 1) AS mean_percentage_of_rows,
       round(100.0 * sum(finished_rows) / sum(fact_rows), 1) AS finished_rows_percent,
       round(100.0 * count(*) FILTER (WHERE furthest >= 90) / count(*), 1) AS finished_viewers_percent,
       round(sum(seconds) / 3600, 1) AS hours
FROM viewer
GROUP BY 1
ORDER BY 1;

-- name: keys-against-event-time
-- title: date_key and time_key against event_time
-- question: In which events do the keys of date and time disagree with the timestamp?
-- answers: aggregates
-- ordered: yes
-- notice: Planted: with app 5.0.1 the keys are nine hours ahead, so afternoons are filed under the next day. The foreign
--   keys hold, as tomorrow exists in date as well, and every report by date_key is a little wrong. The same moment stored
--   three times can disagree with itself; the keys should be computed from event_time when the row is loaded.
SELECT d.app_version,
       count(*) AS events,
       count(*) FILTER (WHERE v.date_key <> CAST(strftime(v.event_time, '%Y%m%d') AS INTEGER)) AS other_day,
       count(*) FILTER (WHERE v.time_key <> CAST(strftime(v.event_time, '%H%M%S') AS INTEGER)) AS other_time,
       round(100.0 * count(*) FILTER (WHERE v.date_key <> CAST(strftime(v.event_time, '%Y%m%d') AS INTEGER)) / count(*), 1) AS other_day_percent
FROM viewing_event AS v
JOIN device AS d ON d.device_id = v.device_id
GROUP BY d.app_version
ORDER BY other_time DESC, d.app_version DESC;
