-- name: continue-watching
-- title: Continue watching
-- question: What are the ten newest bookmarks of a profile?
-- answers: continue-watching
-- param: profile BIGINT = SELECT profile_id FROM resume_state GROUP BY profile_id ORDER BY count(*) DESC, profile_id LIMIT 1
-- param: top INTEGER = 10
-- ordered: yes
-- notice: The documented query: one short range of resume_state, no event is touched. Two flaws show in the rows. A show
--   that was binged fills the list with its own episodes, and episodes watched to the end are still there, because the
--   table does not know how long anything is. The next query repairs both.
SELECT title_id, episode_id, last_position_sec, last_update
FROM resume_state
WHERE profile_id = $profile
ORDER BY last_update DESC, title_id, episode_id NULLS LAST
LIMIT $top;

-- name: continue-watching-cards
-- title: Continue watching, one card a title
-- question: Which unfinished titles should the home screen offer, one card for each, newest first?
-- answers: continue-watching, resume-state-derived
-- param: profile BIGINT = SELECT profile_id FROM resume_state GROUP BY profile_id ORDER BY count(*) DESC, profile_id LIMIT 1
-- param: top INTEGER = 10
-- ordered: yes
-- notice: Each title appears once, with its newest bookmark, and leaves the list when that bookmark is at 90 % or more of
--   the furthest point anybody reached. With fewer than three viewers that point says little, so the card stays and
--   reached_percent is NULL. A show whose newest episode is finished is gone too: to offer the next episode takes the
--   catalog.
WITH newest AS (
  SELECT title_id, episode_id, last_position_sec, last_update,
         row_number() OVER (PARTITION BY title_id ORDER BY last_update DESC, episode_id NULLS LAST) AS place
  FROM resume_state
  WHERE profile_id = $profile
),
furthest AS (
  SELECT s.title_id, s.episode_id,
         max(e.position_sec) AS reach_sec,
         count(DISTINCT s.profile_id) AS viewers
  FROM playback_session AS s
  JOIN playback_event AS e ON e.session_id = s.session_id
  WHERE s.title_id IN (SELECT title_id FROM newest)
  GROUP BY s.title_id, s.episode_id
)
SELECT n.title_id,
       n.episode_id,
       n.last_position_sec,
       CASE WHEN f.viewers >= 3 THEN round(100.0 * n.last_position_sec / f.reach_sec, 1) END AS reached_percent,
       f.viewers,
       n.last_update
FROM newest AS n
JOIN furthest AS f
  ON f.title_id = n.title_id AND f.episode_id IS NOT DISTINCT FROM n.episode_id
WHERE n.place = 1
  AND (f.viewers < 3 OR n.last_position_sec < 0.9 * f.reach_sec)
ORDER BY n.last_update DESC, n.title_id
LIMIT $top;

-- name: rebuild-resume-state
-- title: Rebuild resume_state from events
-- question: Does replaying all events give the bookmarks that are stored?
-- answers: resume-state-derived
-- ordered: yes
-- notice: Three steps: the last event of each session, its position, and the newest session for each profile and movie or
--   episode. All rows must fall under "same". That is what makes the stored table safe to lose: it can be made again
--   from the events at any time, and a nightly run of this query is the check of the stream job.
WITH last_event AS (
  SELECT session_id, max(event_time) AS event_time
  FROM playback_event
  GROUP BY session_id
),
bookmark AS (
  SELECT s.profile_id, s.title_id, s.episode_id,
         e.position_sec, e.event_time,
         row_number() OVER (PARTITION BY s.profile_id, COALESCE(s.episode_id, s.title_id)
                            ORDER BY e.event_time DESC, s.session_id) AS place
  FROM last_event AS l
  JOIN playback_event AS e ON e.session_id = l.session_id AND e.event_time = l.event_time
  JOIN playback_session AS s ON s.session_id = l.session_id
),
rebuilt AS (
  SELECT profile_id, title_id, episode_id, position_sec, event_time
  FROM bookmark
  WHERE place = 1
),
compared AS (
  SELECT CASE WHEN s.profile_id IS NULL THEN 'missing in resume_state'
              WHEN r.profile_id IS NULL THEN 'only in resume_state'
              WHEN s.last_position_sec = r.position_sec AND s.last_update = r.event_time THEN 'same'
              ELSE 'different position or time'
         END AS outcome
  FROM rebuilt AS r
  FULL JOIN resume_state AS s
    ON s.profile_id = r.profile_id
   AND s.title_id = r.title_id
   AND s.episode_id IS NOT DISTINCT FROM r.episode_id
)
SELECT outcome, count(*) AS bookmarks
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: multi-device-history
-- title: One film, several devices
-- question: Where and on which device did a profile watch the things it watched in more than one place?
-- answers: multi-device
-- param: profile BIGINT = SELECT profile_id FROM (SELECT profile_id, title_id, episode_id FROM playback_session
--   GROUP BY profile_id, title_id, episode_id HAVING count(DISTINCT device_id) > 1) GROUP BY profile_id ORDER BY count(*) DESC, profile_id LIMIT 1
-- ordered: yes
-- notice: Each sitting begins about eight seconds before the last one stopped, on another device: resuming across devices
--   works because the bookmark belongs to the profile and not to the device. The column after_hours is the break between.
WITH sitting AS (
  SELECT s.session_id, s.title_id, s.episode_id, s.device_id, s.started_at, s.ended_at,
         min(e.position_sec) AS from_sec,
         arg_max(e.position_sec, e.event_time) AS to_sec
  FROM playback_session AS s
  JOIN playback_event AS e ON e.session_id = s.session_id
  WHERE s.profile_id = $profile
  GROUP BY s.session_id, s.title_id, s.episode_id, s.device_id, s.started_at, s.ended_at
),
moved AS (
  SELECT title_id, episode_id
  FROM sitting
  GROUP BY title_id, episode_id
  HAVING count(DISTINCT device_id) > 1
)
SELECT s.title_id,
       s.episode_id,
       row_number() OVER same_film AS sitting,
       d.device_type,
       d.os_version,
       s.started_at,
       s.from_sec,
       s.to_sec,
       round(epoch(s.started_at - lag(s.ended_at) OVER same_film) / 3600, 1) AS after_hours
FROM sitting AS s
JOIN moved AS m ON m.title_id = s.title_id AND m.episode_id IS NOT DISTINCT FROM s.episode_id
JOIN device AS d ON d.device_id = s.device_id
WINDOW same_film AS (PARTITION BY s.title_id, s.episode_id ORDER BY s.started_at, s.session_id)
ORDER BY min(s.started_at) OVER (PARTITION BY s.title_id, s.episode_id) DESC, s.title_id, s.episode_id, s.started_at, s.session_id;

-- name: completion-rate
-- title: Completion rate of each title
-- question: Of the profiles that started a movie or an episode, how many finished it, summed up for each title?
-- answers: completion-rate
-- param: least_viewers INTEGER = SELECT CASE WHEN count(*) > 50 THEN 3 ELSE 1 END FROM profile
-- param: least_starts INTEGER = SELECT CASE WHEN count(*) > 50 THEN 20 ELSE 1 END FROM profile
-- ordered: yes
-- notice: There is no length in this model. So "finished" has to be defined: some session of the profile ended with END at
--   90 % or more of the furthest position anybody ever reached in that movie or episode. Only movies and episodes with
--   at least three viewers count (in a tiny data set: any), because a lone viewer always is the furthest. The rate is too high where nobody saw the
--   end. Starts are counted by profile and movie or episode, not by session: two sittings are one start.
WITH session_end AS (
  SELECT s.profile_id, s.title_id, s.episode_id,
         max(e.position_sec) AS furthest_sec,
         max(CASE WHEN e.event_type = 'END' THEN e.position_sec END) AS end_sec
  FROM playback_session AS s
  JOIN playback_event AS e ON e.session_id = s.session_id
  GROUP BY s.session_id, s.profile_id, s.title_id, s.episode_id
),
reach AS (
  SELECT title_id, episode_id, max(furthest_sec) AS reach_sec, count(DISTINCT profile_id) AS viewers
  FROM session_end
  GROUP BY title_id, episode_id
  HAVING count(DISTINCT profile_id) >= $least_viewers
),
start AS (
  SELECT e.profile_id, e.title_id, e.episode_id,
         bool_or(COALESCE(e.end_sec >= 0.9 * r.reach_sec, FALSE)) AS finished
  FROM session_end AS e
  JOIN reach AS r ON r.title_id = e.title_id AND r.episode_id IS NOT DISTINCT FROM e.episode_id
  GROUP BY e.profile_id, e.title_id, e.episode_id
)
SELECT title_id,
       CASE WHEN count(episode_id) = 0 THEN 'movie' ELSE 'show' END AS kind,
       count(DISTINCT profile_id) AS profiles,
       count(*) AS starts,
       count(*) FILTER (WHERE finished) AS finished,
       round(100.0 * count(*) FILTER (WHERE finished) / count(*), 1) AS completion_percent
FROM start
GROUP BY title_id
HAVING count(*) >= $least_starts
ORDER BY completion_percent DESC, starts DESC, title_id;

-- name: session-timeline
-- title: One session, event by event
-- question: What happened in a session, and how much of the time was the film running?
-- answers: replay
-- param: session VARCHAR = SELECT session_id FROM playback_event GROUP BY session_id
--   ORDER BY CASE WHEN count(*) FILTER (WHERE event_type = 'PAUSE') > 0 AND count(*) FILTER (WHERE event_type = 'SEEK') > 0 THEN 0 ELSE 1 END,
--   abs(count(*) - 16), session_id LIMIT 1
-- ordered: yes
-- notice: Between two events the clock and the playhead advance together, except after PAUSE (the playhead stands) and at
--   SEEK (it jumps). Because no event is ever overwritten, everything can be worked out again later in another way:
--   watch time, number of pauses, time at each bitrate.
SELECT event_time,
       event_type,
       position_sec,
       bitrate_kbps,
       round(epoch(event_time - lag(event_time) OVER timeline), 3) AS clock_sec,
       position_sec - lag(position_sec) OVER timeline AS playhead_sec,
       CASE lag(event_type) OVER timeline
         WHEN 'PAUSE' THEN 'standing'
         ELSE CASE WHEN event_type = 'SEEK' THEN 'jump' WHEN event_type <> 'PLAY' THEN 'running' END
       END AS meanwhile
FROM playback_event
WHERE session_id = $session
WINDOW timeline AS (ORDER BY event_time)
ORDER BY event_time;

-- name: one-day-by-country
-- title: One day of events, by country
-- question: How much was watched on one day, by country and kind of device?
-- answers: one-day-rollup
-- param: dt DATE = SELECT CAST(event_time AS DATE) FROM playback_event GROUP BY 1 ORDER BY count(*) DESC, 1 DESC LIMIT 1
-- ordered: yes
-- notice: In the lakehouse this reads one partition of playback_event (dt) out of more than four hundred. The country is
--   not in the event: it takes two joins, session and profile, to find it. That is the case for writing country_code into
--   the event. Watch time is the time between two events of a session when the first is not PAUSE; a session that runs
--   over midnight loses the stretch in which the day changes.
WITH day AS (
  SELECT session_id, event_time, event_type,
         lead(event_time) OVER (PARTITION BY session_id ORDER BY event_time) AS next_time
  FROM playback_event
  WHERE event_time >= $dt
    AND event_time < $dt + INTERVAL '1' DAY
)
SELECT p.country_code,
       d.device_type,
       count(DISTINCT s.profile_id) AS profiles,
       count(DISTINCT s.session_id) AS sessions,
       count(*) AS events,
       round(COALESCE(sum(epoch(day.next_time - day.event_time)) FILTER (WHERE day.event_type <> 'PAUSE'), 0) / 3600, 2) AS hours_watched
FROM day
JOIN playback_session AS s ON s.session_id = day.session_id
JOIN profile AS p ON p.profile_id = s.profile_id
JOIN device AS d ON d.device_id = s.device_id
GROUP BY p.country_code, d.device_type
ORDER BY hours_watched DESC, p.country_code, d.device_type;

-- name: close-events
-- title: How close two events get
-- question: How many events would the key (session_id, event_time) refuse if the clock were coarser?
-- answers: replay
-- ordered: yes
-- notice: To the millisecond every event is alone. Cut to whole seconds, about one row in twenty has the stamp of the event
--   before it: the bitrate step right after PLAY, and jumps in quick succession. A client that sends whole seconds, or two events in one
--   batch with one stamp, loses rows to the key, and a retry cannot be told from a second event. A sequence number by
--   session repairs both: (session_id, seq) is unique by construction, a repeated seq is a retry, a missing one is a loss.
WITH precision (step, clock, ticks_in_a_second) AS (
  VALUES (1, '1 second', 1), (2, '1/2 second', 2), (3, '1/4 second', 4), (4, '1/10 second', 10), (5, '1/1000 second', 1000)
),
stamped AS (
  SELECT epoch_ms(event_time) AS at_ms,
         epoch_ms(lag(event_time) OVER (PARTITION BY session_id ORDER BY event_time)) AS before_ms
  FROM playback_event
),
near AS (
  SELECT at_ms, before_ms
  FROM stamped
  WHERE at_ms - before_ms < 1000
)
SELECT p.clock,
       (SELECT count(*) FROM playback_event) AS events,
       count(n.at_ms) AS refused_by_the_key,
       round(100.0 * count(n.at_ms) / (SELECT count(*) FROM playback_event), 2) AS percent_lost,
       min(n.at_ms - n.before_ms) AS closest_ms
FROM precision AS p
LEFT JOIN near AS n
  ON n.at_ms * p.ticks_in_a_second // 1000 = n.before_ms * p.ticks_in_a_second // 1000
GROUP BY p.step, p.clock
ORDER BY p.step;

-- name: lost-bookmarks
-- title: Bookmarks overwritten by a namesake
-- question: Which movie or episode did a profile watch whose bookmark is gone, and what took its place?
-- answers: resume-state-derived
-- ordered: yes
-- notice: Three planted cases. Movie 1009 and episode 1009 are different things, but COALESCE(episode_id, title_id) gives
--   both the key 1009, so the episode watched in April overwrote the bookmark of the movie from March. No constraint was
--   violated: the upsert found a row with its key and did its duty. It needs title_id and episode_id from two sequences
--   that overlap, which is the normal case.
WITH watched AS (
  SELECT s.profile_id, s.title_id, s.episode_id,
         max(e.event_time) AS last_seen,
         arg_max(e.position_sec, e.event_time) AS position_sec
  FROM playback_session AS s
  JOIN playback_event AS e ON e.session_id = s.session_id
  GROUP BY s.profile_id, s.title_id, s.episode_id
)
SELECT w.profile_id,
       COALESCE(w.episode_id, w.title_id) AS shared_key,
       w.title_id AS lost_title,
       w.episode_id AS lost_episode,
       w.position_sec AS lost_position_sec,
       w.last_seen AS lost_last_seen,
       r.title_id AS kept_title,
       r.episode_id AS kept_episode,
       r.last_update AS kept_last_update
FROM watched AS w
JOIN resume_state AS r
  ON r.profile_id = w.profile_id
 AND COALESCE(r.episode_id, r.title_id) = COALESCE(w.episode_id, w.title_id)
WHERE r.title_id <> w.title_id
   OR r.episode_id IS DISTINCT FROM w.episode_id
ORDER BY w.profile_id, shared_key, w.last_seen;
