-- name: last-messages
-- title: The last 50 messages
-- question: What were the last 50 messages of this conversation?
-- answers: last-50
-- param: conversation VARCHAR = SELECT conversation_id FROM messages GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The documented query: the conversation names the node and the partition, the clustering key has the rows in order already, and reading
--   stops after $top rows, however long the conversation is. It reads from the end: a table that is declared with
--   CLUSTERING ORDER BY (sent_at DESC) has the newest rows first on disk.
SELECT sent_at, sender_id, content
FROM messages
WHERE conversation_id = $conversation
ORDER BY sent_at DESC
LIMIT $top;

-- name: older-page
-- title: The page before
-- question: The reader scrolls up: which 50 messages come before the oldest one on the screen?
-- answers: paging
-- param: conversation VARCHAR = SELECT conversation_id FROM messages GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1
-- param: before TIMESTAMP = SELECT sent_at FROM (SELECT sent_at, row_number() OVER (ORDER BY sent_at DESC) AS place FROM messages WHERE conversation_id =
--   (SELECT conversation_id FROM messages GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1)) WHERE place <= 50 ORDER BY sent_at LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The last time on the screen is the bookmark: the next page starts just below it, and costs as much as the first one. OFFSET 50 would read and throw
--   away what came before, and a new message would shift all pages. It works because sent_at is unique in the conversation:
--   with two messages in one instant, one of them could fall between two pages.
SELECT sent_at, sender_id, content
FROM messages
WHERE conversation_id = $conversation
  AND sent_at < $before
ORDER BY sent_at DESC
LIMIT $top;

-- name: one-day
-- title: One day of a conversation
-- question: What was said on this day, by name?
-- answers: range
-- param: conversation VARCHAR = SELECT conversation_id FROM messages GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1
-- param: day DATE = SELECT CAST(sent_at AS DATE) FROM messages WHERE conversation_id =
--   (SELECT conversation_id FROM messages GROUP BY conversation_id ORDER BY count(*) DESC, conversation_id LIMIT 1)
--   GROUP BY 1 ORDER BY count(*) DESC, 1 DESC LIMIT 1
-- ordered: yes
-- notice: A range of the clustering key in one partition. The name comes from members, which has the same partition key: in a wide-column store
--   the client reads both partitions and puts them together, as there is no join. Without a name: a sender who is no member.
SELECT m.sent_at, p.display_name, m.sender_id, m.content
FROM messages AS m
LEFT JOIN members AS p ON p.conversation_id = m.conversation_id AND p.user_id = m.sender_id
WHERE m.conversation_id = $conversation
  AND m.sent_at >= $day
  AND m.sent_at < $day + INTERVAL '1' DAY
ORDER BY m.sent_at;

-- name: inbox
-- title: The list of conversations
-- question: Which conversations does this user have, with the newest message and the number of unread ones, newest first?
-- answers: inbox, unread
-- param: user_id VARCHAR = SELECT user_id FROM members WHERE left_at IS NULL GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- ordered: yes
-- notice: The first screen of every chat, and the key of messages does not help: one partition of messages has to be read for each row of the answer,
--   on different nodes, every time the app is opened. That is why such services keep a second table by user, written with each message.
--   Own messages never count as unread.
WITH mine AS (
  SELECT conversation_id, last_read_at
  FROM members
  WHERE user_id = $user_id AND left_at IS NULL
),
newest AS (
  SELECT m.conversation_id,
         max(m.sent_at) AS last_at,
         arg_max(m.content, m.sent_at) AS last_content,
         count(*) FILTER (WHERE m.sender_id <> $user_id AND (mine.last_read_at IS NULL OR m.sent_at > mine.last_read_at)) AS unread
  FROM mine
  JOIN messages AS m ON m.conversation_id = mine.conversation_id
  GROUP BY m.conversation_id
)
SELECT n.conversation_id, c.kind,
       COALESCE(c.title, (SELECT min(o.display_name) FROM members AS o WHERE o.conversation_id = n.conversation_id AND o.user_id <> $user_id)) AS shown_as,
       n.last_at, n.last_content, n.unread
FROM newest AS n
JOIN conversations AS c ON c.conversation_id = n.conversation_id
ORDER BY n.last_at DESC, n.conversation_id;

-- name: unread-overall
-- title: How much is unread
-- question: How many memberships have unread messages, by kind of conversation, and how many messages have to be counted for it?
-- answers: unread
-- ordered: yes
-- notice: About half of the members are up to date. The number of unread messages is never stored: it is counted from last_read_at on, so reading on
--   another device settles it everywhere. Counting costs the unread messages; a screen that stops at "99+" may stop counting there.
WITH waiting AS (
  SELECT p.conversation_id, p.user_id, count(m.sent_at) AS unread
  FROM members AS p
  LEFT JOIN messages AS m
    ON m.conversation_id = p.conversation_id
   AND m.sender_id <> p.user_id
   AND (p.last_read_at IS NULL OR m.sent_at > p.last_read_at)
  WHERE p.left_at IS NULL
  GROUP BY p.conversation_id, p.user_id
)
SELECT c.kind,
       count(*) AS memberships,
       count(*) FILTER (WHERE w.unread > 0) AS with_unread,
       round(100.0 * count(*) FILTER (WHERE w.unread > 0) / count(*), 1) AS percent,
       count(*) FILTER (WHERE w.unread > 99) AS more_than_99,
       CAST(sum(w.unread) AS BIGINT) AS messages_to_count,
       max(w.unread) AS most_unread
FROM waiting AS w
JOIN conversations AS c ON c.conversation_id = w.conversation_id
GROUP BY c.kind
ORDER BY c.kind;

-- name: same-instant
-- title: Messages in one instant
-- question: How many messages would the key (conversation_id, sent_at) swallow if the clock were coarser?
-- answers: nothing-lost
-- ordered: yes
-- notice: To the millisecond every message is alone in its conversation. With a clock of whole seconds about one in twenty meets the one before it: two lines
--   of one person, or two people who press send together. A wide-column store does not refuse the second one: it overwrites the
--   first without a word. A message_id made of time, machine and a counter (Snowflake, time-based UUID) cannot collide.
WITH clock (step, precision, ticks_in_a_second) AS (
  VALUES (2, '1 second', 1), (3, '1/4 second', 4), (4, '1/10 second', 10), (5, '1/1000 second', 1000)
),
stamped AS (
  SELECT epoch_ms(sent_at) AS at_ms, epoch_ms(lag(sent_at) OVER (PARTITION BY conversation_id ORDER BY sent_at)) AS before_ms
  FROM messages
),
near AS (
  SELECT at_ms, before_ms FROM stamped WHERE at_ms - before_ms < 1000
)
SELECT c.precision,
       (SELECT count(*) FROM messages) AS messages,
       count(n.at_ms) AS swallowed,
       round(100.0 * count(n.at_ms) / (SELECT count(*) FROM messages), 2) AS percent,
       min(n.at_ms - n.before_ms) AS closest_ms
FROM clock AS c
LEFT JOIN near AS n
  ON n.at_ms * c.ticks_in_a_second // 1000 = n.before_ms * c.ticks_in_a_second // 1000
GROUP BY c.step, c.precision
ORDER BY c.step;

-- name: sent-twice
-- title: Messages sent twice
-- question: Which messages stand there twice, from the same sender and with the same words, within a few seconds?
-- answers: nothing-twice
-- param: seconds INTEGER = 5
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The client got no answer and sent the message again; the server gave it a new sent_at, and the key sees two messages. all_of_them counts them over the whole
--   table. With an id that the client makes once for each message the second write would land on the first row and change nothing.
WITH repeated AS (
  SELECT conversation_id, sender_id, content, sent_at,
         lag(sent_at) OVER (PARTITION BY conversation_id, sender_id, content ORDER BY sent_at) AS first_sent_at
  FROM messages
)
SELECT conversation_id, sender_id, content, first_sent_at, sent_at,
       round(epoch(sent_at - first_sent_at), 3) AS seconds_apart,
       count(*) OVER () AS all_of_them
FROM repeated
WHERE sent_at - first_sent_at < $seconds * INTERVAL '1' SECOND
ORDER BY sent_at DESC, conversation_id
LIMIT $top;

-- name: partition-sizes
-- title: Sizes of the partitions
-- question: How unequal are the partitions, and which are the largest?
-- answers: partitions
-- param: top INTEGER = 20
-- ordered: yes
-- notice: A partition is a conversation, and it only grows. The largest one holds a few times as many messages as the one in the middle (median_rows) in a small
--   data set, a hundred times and more in a large one; nodes are spread by key, not by size. rows_in_ten_years adds ten years like the last one:
--   the usual advice is to stay below some 100,000 rows or 100 MB a partition.
WITH part AS (
  SELECT conversation_id, count(*) AS rows_stored,
         count(*) FILTER (WHERE sent_at >= (SELECT max(sent_at) FROM messages) - INTERVAL '365' DAY) AS rows_of_last_year,
         sum(strlen(content) + strlen(sender_id) + strlen(conversation_id) + 8) AS bytes
  FROM messages
  GROUP BY conversation_id
)
SELECT p.conversation_id, c.kind, c.title, p.rows_stored,
       round(100.0 * p.rows_stored / sum(p.rows_stored) OVER (), 1) AS percent_of_all,
       round(100.0 * sum(p.rows_stored) OVER (ORDER BY p.rows_stored DESC, p.conversation_id) / sum(p.rows_stored) OVER (), 1) AS running_percent,
       CAST(p.bytes AS BIGINT) AS bytes,
       p.rows_stored + 10 * p.rows_of_last_year AS rows_in_ten_years,
       (SELECT median(rows_stored) FROM part) AS median_rows
FROM part AS p
JOIN conversations AS c ON c.conversation_id = p.conversation_id
ORDER BY p.rows_stored DESC, p.conversation_id
LIMIT $top;

-- name: partitions-by-month
-- title: The same partitions, cut by month
-- question: How large is the largest partition when the month joins the partition key, and how many partitions does the last page then touch?
-- answers: partitions, last-50
-- ordered: yes
-- notice: With (conversation_id, month) a partition stops growing when the month is over: the largest one shrinks to a fraction, about a tenth where there
--   is much to say. The price is paid by quiet
--   conversations: their last 50 messages lie in several months, and the client has to ask month after month until it has enough.
WITH monthly AS (
  SELECT conversation_id, date_trunc('month', sent_at) AS month, count(*) AS rows_stored
  FROM messages
  GROUP BY conversation_id, month
),
filled AS (
  SELECT conversation_id, rows_stored,
         COALESCE(sum(rows_stored) OVER (PARTITION BY conversation_id ORDER BY month DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS newer
  FROM monthly
),
touched AS (
  SELECT conversation_id, count(*) FILTER (WHERE newer < 50) AS months_for_a_page
  FROM filled
  GROUP BY conversation_id
)
SELECT 1 AS no, '(conversation_id)' AS partition_key,
       count(*) AS partitions, max(n) AS largest, median(n) AS median_rows, 1.0 AS partitions_for_a_page, 1 AS at_most
FROM (SELECT count(*) AS n FROM messages GROUP BY conversation_id)
UNION ALL
SELECT 2, '(conversation_id, month)',
       count(*), max(rows_stored), median(rows_stored),
       (SELECT round(avg(months_for_a_page), 1) FROM touched), (SELECT max(months_for_a_page) FROM touched)
FROM monthly
ORDER BY no;

-- name: messages-of-sender
-- title: Everything one person wrote
-- question: A user asks for a copy of all their messages, or for their erasure: where are they?
-- answers: erase
-- param: sender VARCHAR = SELECT sender_id FROM messages GROUP BY sender_id ORDER BY count(DISTINCT conversation_id) DESC, sender_id LIMIT 1
-- ordered: yes
-- notice: One row for each partition that has to be visited. The key does not know senders: without members a wide-column store would have to read every
--   partition of every node. And a deletion there is a write as well: a tombstone in each place, which stays for days.
SELECT m.conversation_id,
       c.kind,
       count(*) FILTER (WHERE m.sender_id = $sender) AS messages_of_sender,
       count(*) AS rows_in_partition,
       min(m.sent_at) FILTER (WHERE m.sender_id = $sender) AS first_at,
       max(m.sent_at) FILTER (WHERE m.sender_id = $sender) AS last_at
FROM messages AS m
JOIN conversations AS c ON c.conversation_id = m.conversation_id
GROUP BY m.conversation_id, c.kind
HAVING count(*) FILTER (WHERE m.sender_id = $sender) > 0
ORDER BY messages_of_sender DESC, m.conversation_id;

-- name: senders-without-membership
-- title: Senders who are no members
-- question: Who wrote into conversations without being a member at that time?
-- answers: members-only
-- ordered: yes
-- notice: A bot that nobody added. The store checks no reference, so its messages are as good as any; a screen that takes names from members
--   shows them without one, and nobody can remove it, because there is no membership to end.
SELECT m.sender_id,
       c.conversation_id,
       c.title,
       count(*) AS messages,
       min(m.sent_at) AS first_at,
       max(m.sent_at) AS last_at,
       min(m.content) AS example
FROM messages AS m
JOIN conversations AS c ON c.conversation_id = m.conversation_id
LEFT JOIN members AS p
  ON p.conversation_id = m.conversation_id
 AND p.user_id = m.sender_id
 AND m.sent_at >= p.joined_at
 AND (p.left_at IS NULL OR m.sent_at <= p.left_at)
WHERE p.user_id IS NULL
GROUP BY m.sender_id, c.conversation_id, c.title
ORDER BY messages DESC, c.conversation_id, m.sender_id;

-- name: who-talks
-- title: Who talks
-- question: How many messages did each member of this conversation write, and how much of it is that?
-- answers: activity
-- param: conversation VARCHAR = SELECT m.conversation_id FROM messages AS m JOIN members AS p ON p.conversation_id = m.conversation_id AND p.user_id = m.sender_id
--   GROUP BY m.conversation_id HAVING count(DISTINCT p.user_id) >= 5 ORDER BY count(*) DESC, m.conversation_id LIMIT 1
-- ordered: yes
-- notice: A few members write most of it. The whole partition is read for a handful of numbers: fine now and then, not for a screen. Members who wrote nothing
--   are in the list with 0, because it starts from members.
SELECT p.display_name,
       p.user_id,
       p.joined_at,
       p.left_at,
       count(m.sent_at) AS messages,
       round(100.0 * count(m.sent_at) / sum(count(m.sent_at)) OVER (), 1) AS percent,
       max(m.sent_at) AS last_message_at
FROM members AS p
LEFT JOIN messages AS m ON m.conversation_id = p.conversation_id AND m.sender_id = p.user_id
WHERE p.conversation_id = $conversation
GROUP BY p.display_name, p.user_id, p.joined_at, p.left_at
ORDER BY messages DESC, p.user_id;

-- name: rhythm-of-the-week
-- title: When people write
-- question: How many messages are written on each weekday, at work and elsewhere?
-- answers: activity
-- ordered: yes
-- notice: Work falls silent at the weekend, everything else does not. As documented the question reads all partitions of all nodes: it belongs into
--   an analytical copy, filled from the stream of messages, and not into the store that serves the screens.
SELECT isodow(m.sent_at) AS day_no,
       strftime(min(m.sent_at), '%A') AS weekday,
       count(*) FILTER (WHERE c.kind = 'work') AS work_messages,
       count(*) FILTER (WHERE c.kind <> 'work') AS other_messages,
       round(100.0 * count(*) FILTER (WHERE c.kind = 'work') / sum(count(*) FILTER (WHERE c.kind = 'work')) OVER (), 1) AS percent_of_work,
       round(100.0 * count(*) FILTER (WHERE c.kind <> 'work') / sum(count(*) FILTER (WHERE c.kind <> 'work')) OVER (), 1) AS percent_of_other
FROM messages AS m
JOIN conversations AS c ON c.conversation_id = m.conversation_id
GROUP BY day_no
ORDER BY day_no;
