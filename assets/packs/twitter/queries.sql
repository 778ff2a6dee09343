-- name: recent-tweets-of-author
-- title: Recent tweets of one author
-- question: What did this person write lately?
-- answers: profile-page
-- param: author BIGINT = SELECT user_id FROM tweets GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: On a row store the index (user_id, created_at) is read backwards and stops after $top entries. With the single
--   index on user_id all tweets of the author are fetched and sorted first; with the one on created_at everybody's.
SELECT id, created_at, content, like_count, retweet_count
FROM tweets
WHERE user_id = $author
ORDER BY created_at DESC, id DESC
LIMIT $top;

-- name: home-timeline-by-join
-- title: Home timeline by join
-- question: What did the people I follow write, newest first?
-- answers: home-timeline
-- param: reader BIGINT = SELECT follower_id FROM follows GROUP BY follower_id ORDER BY count(*) DESC, follower_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The key of follows, by its first column, gives the accounts; each needs its own walk down (user_id, created_at),
--   and the walks are merged until $top tweets are found. The work grows with the number of accounts followed,
--   at every look at the page. With tweets sharded by author, every shard is asked.
SELECT t.id, t.created_at, author.username, t.content, t.like_count
FROM follows AS f
JOIN tweets AS t ON t.user_id = f.followee_id
JOIN users AS author ON author.id = t.user_id
WHERE f.follower_id = $reader
ORDER BY t.created_at DESC, t.id DESC
LIMIT $top;

-- name: home-timeline-by-fan-out
-- title: Home timeline from a feed table
-- question: What would one reader read, and how many rows would have been written for all, if every tweet were copied
--   into the feeds of its author's followers?
-- answers: home-timeline, fan-out-cost
-- param: reader BIGINT = SELECT f.follower_id FROM follows AS f JOIN tweets AS t ON t.user_id = f.followee_id
--   WHERE t.created_at >= (SELECT max(created_at) FROM tweets) - INTERVAL '7' DAY
--   GROUP BY f.follower_id ORDER BY count(*) DESC, f.follower_id LIMIT 1
-- param: days INTEGER = 7
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The documented model has no feed table, so the first part builds one for the last days, for everybody. The read
--   that is left is one range of one reader; rows_written is what it costs. Compare it with tweets_copied: each tweet
--   became as many rows as its author has followers. The feed is built here with follows as they are now;
--   a real one keeps what was true when the tweet was sent, and has to be mended at each unfollow and deletion.
WITH recent AS (
    SELECT id, user_id, created_at
    FROM tweets
    WHERE created_at >= (SELECT max(created_at) FROM tweets) - $days * INTERVAL '1' DAY
),
feed AS MATERIALIZED (
    SELECT f.follower_id AS reader_id, r.created_at, r.id AS tweet_id
    FROM recent AS r
    JOIN follows AS f ON f.followee_id = r.user_id
)
SELECT feed.created_at,
       feed.tweet_id,
       author.username,
       t.content,
       (SELECT count(*) FROM recent) AS tweets_copied,
       (SELECT count(*) FROM feed) AS rows_written
FROM feed
JOIN tweets AS t ON t.id = feed.tweet_id
JOIN users AS author ON author.id = t.user_id
WHERE feed.reader_id = $reader
ORDER BY feed.created_at DESC, feed.tweet_id DESC
LIMIT $top;

-- name: most-followed
-- title: The most followed, and what their tweets cost
-- question: Who has the most followers, and how much of all fan-out do their tweets cause?
-- answers: fan-out-cost
-- param: days INTEGER = 30
-- param: top INTEGER = 25
-- ordered: yes
-- notice: feed_rows is followers times tweets. A handful of accounts writes a large part of all feed rows (running_percent),
--   so the usual design copies tweets of ordinary accounts and joins those of celebrities when the page is read.
WITH followers AS (
    SELECT followee_id AS user_id, count(*) AS followers
    FROM follows
    GROUP BY followee_id
),
recent AS (
    SELECT user_id, count(*) AS tweets
    FROM tweets
    WHERE created_at >= (SELECT max(created_at) FROM tweets) - $days * INTERVAL '1' DAY
    GROUP BY user_id
),
cost AS (
    SELECT f.user_id, f.followers, COALESCE(r.tweets, 0) AS tweets, f.followers * COALESCE(r.tweets, 0) AS feed_rows
    FROM followers AS f
    LEFT JOIN recent AS r ON r.user_id = f.user_id
)
SELECT u.username,
       c.followers,
       c.tweets,
       c.feed_rows,
       round(100.0 * c.feed_rows / sum(c.feed_rows) OVER (), 1) AS percent_of_feed,
       round(100.0 * sum(c.feed_rows) OVER (ORDER BY c.followers DESC, c.user_id) / sum(c.feed_rows) OVER (), 1) AS running_percent
FROM cost AS c
JOIN users AS u ON u.id = c.user_id
ORDER BY c.followers DESC, c.user_id
LIMIT $top;

-- name: who-follows-me
-- title: Who follows me
-- question: Who are this person's newest followers, and are they followed back?
-- answers: followers
-- param: person BIGINT = SELECT followee_id FROM follows GROUP BY followee_id ORDER BY count(*) DESC, followee_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The key (follower_id, followee_id) is in the wrong order for this question: only the index on followee_id finds the rows.
--   It still fetches every follower to find the newest; (followee_id, created_at) would stop after $top.
SELECT f.follower_id,
       u.username,
       u.display_name,
       f.created_at AS follows_since,
       back.follower_id IS NOT NULL AS followed_back
FROM follows AS f
JOIN users AS u ON u.id = f.follower_id
LEFT JOIN follows AS back ON back.follower_id = f.followee_id AND back.followee_id = f.follower_id
WHERE f.followee_id = $person
ORDER BY f.created_at DESC, f.follower_id
LIMIT $top;

-- name: mutual-follows
-- title: Mutual follows
-- question: With whom does this person follow each other, and since when?
-- answers: followers
-- param: person BIGINT = SELECT a.follower_id FROM follows AS a
--   JOIN follows AS b ON b.follower_id = a.followee_id AND b.followee_id = a.follower_id
--   GROUP BY a.follower_id ORDER BY count(*) DESC, a.follower_id LIMIT 1
-- ordered: yes
-- notice: The table joined with itself, key turned round. It starts with the accounts the person follows and looks up the
--   reverse pair by the full primary key: one lookup each. A friendship is two rows, and nothing keeps them together.
SELECT u.id,
       u.username,
       greatest(mine.created_at, theirs.created_at) AS mutual_since,
       mine.created_at < theirs.created_at AS person_was_first
FROM follows AS mine
JOIN follows AS theirs ON theirs.follower_id = mine.followee_id AND theirs.followee_id = mine.follower_id
JOIN users AS u ON u.id = mine.followee_id
WHERE mine.follower_id = $person
ORDER BY mutual_since DESC, u.id;

-- name: who-liked-this
-- title: Who liked this tweet
-- question: Who liked this tweet, newest first, and how soon after it was sent?
-- answers: likers
-- param: tweet BIGINT = SELECT tweet_id FROM likes GROUP BY tweet_id ORDER BY count(*) DESC, tweet_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: Served by the index on likes.tweet_id: the key begins with user_id and answers the other question, "have I liked this".
--   counter and rows stand side by side; for the most liked tweet they differ.
SELECT l.user_id,
       u.username,
       l.created_at,
       l.created_at - t.created_at AS after_tweet,
       t.like_count AS counter,
       count(*) OVER () AS rows
FROM likes AS l
JOIN tweets AS t ON t.id = l.tweet_id
JOIN users AS u ON u.id = l.user_id
WHERE l.tweet_id = $tweet
ORDER BY l.created_at DESC, l.user_id
LIMIT $top;

-- name: counters-against-truth
-- title: Like counters against the rows
-- question: Which tweets show a like_count that is not the number of their likes?
-- answers: counters
-- ordered: yes
-- notice: Few tweets in all, but half of the twenty most liked: hot rows lose increments when two writers read the
--   same value. A counter of 1 without any like is an unlike that was never subtracted. retweet_count cannot be
--   checked at all, because no table holds the retweets.
WITH truth AS (
    SELECT tweet_id, count(*) AS likes
    FROM likes
    GROUP BY tweet_id
)
SELECT t.id AS tweet_id,
       u.username,
       t.like_count,
       COALESCE(truth.likes, 0) AS likes,
       t.like_count - COALESCE(truth.likes, 0) AS drift
FROM tweets AS t
JOIN users AS u ON u.id = t.user_id
LEFT JOIN truth ON truth.tweet_id = t.id
WHERE t.like_count <> COALESCE(truth.likes, 0)
ORDER BY abs(t.like_count - COALESCE(truth.likes, 0)) DESC, likes DESC, t.id;

-- name: popular-today
-- title: Most liked of the last day
-- question: Which tweets of the last hours got the most likes?
-- answers: discover
-- param: hours INTEGER = 24
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The index on created_at narrows the table to one day, whoever wrote it; the sort by like_count is over what is left.
--   This is what the copied counter is for: counting likes for every candidate would read far more rows.
SELECT t.id, t.created_at, u.username, t.content, t.like_count, t.retweet_count
FROM tweets AS t
JOIN users AS u ON u.id = t.user_id
WHERE t.created_at > (SELECT max(created_at) FROM tweets) - $hours * INTERVAL '1' HOUR
ORDER BY t.like_count DESC, t.created_at DESC, t.id
LIMIT $top;

-- name: account-by-username
-- title: Account by handle, whatever the case
-- question: Who answers to this handle when capitals do not count, and how well known are they?
-- answers: sign-in
-- param: handle VARCHAR = SELECT lower(username) FROM users GROUP BY lower(username) HAVING count(*) > 1 ORDER BY min(id) LIMIT 1
-- ordered: yes
-- notice: Two people with one name to the eye: UNIQUE compares letter by letter. A lookup by the exact handle uses the index
--   that UNIQUE made (the documented second INDEX adds nothing); lower(username) uses neither of them.
SELECT u.id,
       u.username,
       u.display_name,
       u.created_at,
       (SELECT count(*) FROM follows AS f WHERE f.followee_id = u.id) AS followers,
       (SELECT count(*) FROM follows AS f WHERE f.follower_id = u.id) AS following,
       (SELECT count(*) FROM tweets AS t WHERE t.user_id = u.id) AS tweets
FROM users AS u
WHERE lower(u.username) = lower($handle)
ORDER BY u.id;
