-- name: post-with-author-by-join
-- title: Posts with author, by join
-- question: What are the newest posts, and under which name does each stand?
-- answers: post-with-author
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The name is read from users at this moment: a change of name needs no work at all. The price is one lookup by
--   primary key for each post shown. The index on created_at is read backwards and stops after $top posts, so it is
--   $top lookups, not a join of two whole tables.
SELECT p.id, p.created_at, u.username, p.content
FROM posts AS p
JOIN users AS u ON u.id = p.user_id
ORDER BY p.created_at DESC, p.id DESC
LIMIT $top;

-- name: post-with-author-from-copy
-- title: Posts with author, from the copy
-- question: What are the newest posts, and under which name does each stand, without touching users?
-- answers: post-with-author
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The same rows as the query by join, from one table. What is saved is $top lookups by key, which a cache or a warm
--   buffer answers in microseconds. What is taken on is shown by the query about stale copies.
SELECT id, created_at, username, content
FROM posts_denormalized
ORDER BY created_at DESC, id DESC
LIMIT $top;

-- name: recent-posts-of-user
-- title: Recent posts of one user
-- question: What did this user write lately?
-- answers: posts-of-user
-- param: author INTEGER = SELECT user_id FROM posts GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The composite index (user_id, created_at) is read backwards and stops after $top entries. The single index on
--   user_id would fetch all posts of the user and sort them; the last column says how many that would have been.
SELECT id, created_at, content,
       (SELECT count(*) FROM posts AS other WHERE other.user_id = $author) AS posts_of_user
FROM posts
WHERE user_id = $author
ORDER BY created_at DESC, id DESC
LIMIT $top;

-- name: user-by-email
-- title: User by email
-- question: Who has this address, and how much did they write and like?
-- answers: find-user
-- param: email VARCHAR = SELECT u.email FROM users AS u JOIN posts AS p ON p.user_id = u.id GROUP BY u.id, u.email ORDER BY count(*) DESC, u.id LIMIT 1
-- notice: One row: UNIQUE forbids a second one, and its index finds it in about log2(n) comparisons instead of n. Posts are counted by
--   the index on posts.user_id, likes by the leading column of the primary key of likes.
SELECT u.id, u.username, u.email, u.created_at,
       (SELECT count(*) FROM posts AS p WHERE p.user_id = u.id) AS posts,
       (SELECT count(*) FROM likes AS l WHERE l.user_id = u.id) AS likes_given
FROM users AS u
WHERE u.email = $email;

-- name: like-count-three-ways
-- title: Likes of one post, three ways
-- question: How many likes does this post have: counted, from the counter, and from the cache?
-- answers: like-count
-- param: post BIGINT = SELECT c.id FROM posts_with_counter AS c
--   JOIN (SELECT post_id, count(*) AS likes FROM likes GROUP BY post_id) AS l ON l.post_id = c.id
--   WHERE c.like_count <> l.likes ORDER BY l.likes DESC, c.id LIMIT 1
-- ordered: yes
-- notice: Counting is right by definition, and its cost grows with the number of likes. The counter is one read and too low
--   here: some increments were lost, and nothing will ever notice. The cache is one read by key; as_of says when it was last set right.
SELECT 1 AS way, 'count the rows of likes' AS how,
       count(*) AS likes, count(*) AS rows_read, CAST(NULL AS TIMESTAMP) AS as_of
FROM likes
WHERE post_id = $post
UNION ALL
SELECT 2, 'like_count of the post', like_count, 1, NULL
FROM posts_with_counter
WHERE id = $post
UNION ALL
SELECT 3, 'the cache', value, 1, synced_at
FROM like_cache
WHERE key = 'like_count:' || $post
ORDER BY way;

-- name: like-counts-compared
-- title: Three ways against the truth
-- question: Over all posts: for how many does each way know a number, how often is it right, and how far off at most?
-- answers: like-count, counters
-- ordered: yes
-- notice: The cache knows only posts of the last weeks and the most liked ones; for all others it asks likes and keeps the answer. Its errors
--   are those of one day and end with the next sync. The counter knows all posts, and its errors stay for ever and are largest where most people look.
WITH truth AS (
  SELECT p.id, count(l.post_id) AS likes
  FROM posts AS p
  LEFT JOIN likes AS l ON l.post_id = p.id
  GROUP BY p.id
),
answer AS (
  SELECT 1 AS way, 'count the rows of likes' AS how, id, likes, likes AS shown FROM truth
  UNION ALL
  SELECT 2, 'like_count of the post', t.id, t.likes, c.like_count
  FROM truth AS t
  JOIN posts_with_counter AS c ON c.id = t.id
  UNION ALL
  SELECT 3, 'the cache', t.id, t.likes, c.value
  FROM truth AS t
  JOIN like_cache AS c ON c.key = 'like_count:' || t.id
)
SELECT way, how,
       count(*) AS posts_answered,
       count(*) FILTER (WHERE shown <> likes) AS wrong,
       round(100.0 * count(*) FILTER (WHERE shown <> likes) / count(*), 2) AS percent_wrong,
       max(abs(shown - likes)) AS worst_error,
       CAST(sum(shown - likes) AS BIGINT) AS error_in_all
FROM answer
GROUP BY way, how
ORDER BY way;

-- name: counter-drift
-- title: Counters that drifted
-- question: Which posts show a like_count that is not the number of their likes?
-- answers: counters
-- ordered: yes
-- notice: One post in fifty-three, and among the twenty most liked every second one: two writers read the same number, both add one,
--   one like is lost. A counter of 1 on a post nobody likes is an unlike that was never subtracted. The query is also the
--   repair: what it finds can be set right, and it has to run again tomorrow.
WITH truth AS (
  SELECT post_id, count(*) AS likes
  FROM likes
  GROUP BY post_id
)
SELECT c.id AS post_id,
       c.like_count,
       COALESCE(t.likes, 0) AS likes,
       c.like_count - COALESCE(t.likes, 0) AS drift,
       left(c.content, 60) AS content_begins
FROM posts_with_counter AS c
LEFT JOIN truth AS t ON t.post_id = c.id
WHERE c.like_count <> COALESCE(t.likes, 0)
ORDER BY abs(c.like_count - COALESCE(t.likes, 0)) DESC, likes DESC, c.id;

-- name: stale-copies
-- title: Copies that were not updated
-- question: Which users stand under an old name or with an old address in the copies, and on how many posts?
-- answers: copies-agree
-- ordered: yes
-- notice: A user who changed the name has about a third of the earlier posts left under the old one: the job that had to update them
--   stopped, and nobody saw it. For the address there was no job at all. name_now_of is the worst case: the freed name has been
--   taken by somebody else, and the old posts now seem to be theirs. In posts there is nothing that could be stale.
WITH stale AS (
  SELECT u.id AS user_id, 'username' AS what, u.username AS value_now, d.username AS shown_as
  FROM posts_denormalized AS d
  JOIN users AS u ON u.id = d.user_id
  WHERE d.username <> u.username
  UNION ALL
  SELECT u.id, 'email', u.email, d.email
  FROM posts_denormalized AS d
  JOIN users AS u ON u.id = d.user_id
  WHERE d.email <> u.email
)
SELECT s.user_id,
       s.what,
       s.value_now,
       s.shown_as,
       count(*) AS stale_posts,
       (SELECT count(*) FROM posts_denormalized AS d WHERE d.user_id = s.user_id) AS posts_of_user,
       other.id AS name_now_of
FROM stale AS s
LEFT JOIN users AS other ON s.what = 'username' AND other.username = s.shown_as AND other.id <> s.user_id
GROUP BY s.user_id, s.what, s.value_now, s.shown_as, other.id
ORDER BY name_now_of NULLS LAST, stale_posts DESC, s.user_id, s.what;

-- name: cost-of-a-rename
-- title: What a change of name costs
-- question: How many rows have to change when this many users take a new name, in each form?
-- answers: one-place
-- ordered: yes
-- notice: With the name in one place it is one row for each user, whoever they are. With copies it is one row more for each post: for
--   half of the authors that is next to nothing; the most productive one alone costs as much as many of them together, in one
--   transaction or with a time in which the copies disagree.
WITH written AS (
  SELECT u.id, count(p.id) AS posts
  FROM users AS u
  LEFT JOIN posts AS p ON p.user_id = u.id
  GROUP BY u.id
),
placed AS (
  SELECT posts, row_number() OVER (ORDER BY posts DESC, id) AS place
  FROM written
  WHERE posts > 0
),
band AS (
  SELECT CASE WHEN place = 1 THEN 1 WHEN place <= 10 THEN 2 WHEN place * 2 <= (SELECT count(*) FROM placed) THEN 3 ELSE 4 END AS no, posts
  FROM placed
)
SELECT no,
       CASE no WHEN 1 THEN 'the most productive author' WHEN 2 THEN 'numbers 2 to 10' WHEN 3 THEN 'the rest of the upper half' ELSE 'the lower half' END AS authors,
       count(*) AS users,
       count(*) AS rows_in_one_place,
       CAST(sum(1 + posts) AS BIGINT) AS rows_with_copies,
       max(posts) AS most_posts,
       round(avg(1 + posts), 1) AS rows_for_each_rename
FROM band
GROUP BY no
ORDER BY no;

-- name: storage-of-copies
-- title: What the copies weigh
-- question: How many bytes of text does each form of a post hold, and how much of it is said elsewhere already?
-- answers: storage
-- ordered: yes
-- notice: Name and address make the denormalized form heavier by roughly a third to a half, in every row, and a row store reads them with every
--   row. posts_with_counter repeats the whole content to carry one number, because the document shows it as a table of its own;
--   in practice like_count is a column of posts.
WITH text_size AS (
  SELECT 1 AS no, 'posts' AS form, count(*) AS posts, sum(strlen(content)) AS content_bytes, 0 AS copied_bytes FROM posts
  UNION ALL
  SELECT 2, 'posts_denormalized', count(*), sum(strlen(content)), sum(strlen(username) + strlen(email)) FROM posts_denormalized
  UNION ALL
  SELECT 3, 'posts_with_counter', count(*), sum(strlen(content)), sum(strlen(content)) FROM posts_with_counter
)
SELECT no, form, posts,
       CAST(content_bytes AS BIGINT) AS content_bytes,
       CAST(copied_bytes AS BIGINT) AS bytes_said_elsewhere,
       round(100.0 * copied_bytes / content_bytes, 1) AS percent_of_content,
       round(1.0 * copied_bytes / posts, 1) AS copied_bytes_in_a_row
FROM text_size
ORDER BY no;

-- name: addresses-in-posts
-- title: Addresses that belong to nobody any more
-- question: Which email addresses stand in posts although no user has them now?
-- answers: copies-agree
-- ordered: yes
-- notice: Users gave up these addresses; they are still in every post written before. Whoever reads or exports a list of posts gets
--   them, and nobody needs an address to show a post. Erasing a person has to reach rows_to_erase rows here, and one in users.
SELECT d.email,
       d.user_id,
       u.email AS email_now,
       count(*) AS rows_to_erase,
       min(d.created_at) AS first_post,
       max(d.created_at) AS last_post
FROM posts_denormalized AS d
JOIN users AS u ON u.id = d.user_id
WHERE NOT EXISTS (SELECT 1 FROM users AS owner WHERE owner.email = d.email)
GROUP BY d.email, d.user_id, u.email
ORDER BY rows_to_erase DESC, d.user_id, d.email;

-- name: who-liked-this-post
-- title: Who liked this post
-- question: Who liked this post, newest first, and how soon?
-- answers: likers
-- param: post BIGINT = SELECT post_id FROM likes GROUP BY post_id ORDER BY count(*) DESC, post_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The key of likes begins with user_id, so a row store has no way to the likes of one post but to read all of them:
--   compare found with rows_in_table. The same holds for COUNT(*) of a post, which is what makes it slow. An index on
--   (post_id, created_at) repairs both.
SELECT l.user_id,
       u.username,
       l.created_at,
       l.created_at - p.created_at AS after_post,
       count(*) OVER () AS found,
       (SELECT count(*) FROM likes) AS rows_in_table
FROM likes AS l
JOIN posts AS p ON p.id = l.post_id
JOIN users AS u ON u.id = l.user_id
WHERE l.post_id = $post
ORDER BY l.created_at DESC, l.user_id
LIMIT $top;

-- name: user-as-document
-- title: A user as one document
-- question: What would the document with the embedded posts of a user look like?
-- answers: as-document
-- param: user_id INTEGER = SELECT user_id FROM posts GROUP BY user_id ORDER BY abs(count(*) - 4), user_id LIMIT 1
-- notice: One read brings the user with all posts, newest first: no join. It fits while a user has a handful of posts. For the author with the
--   most it is one large document that is written anew for each post, a like has no place in it that is not
--   somebody else's document, and the newest posts of everybody cannot be asked for without opening every document.
SELECT u.id AS _id,
       u.username,
       u.email,
       list(struct_pack(content := p.content, created_at := p.created_at) ORDER BY p.created_at DESC, p.id DESC) AS posts,
       count(*) AS embedded_posts,
       CAST(sum(strlen(p.content)) AS BIGINT) AS content_bytes,
       (SELECT max(n) FROM (SELECT count(*) AS n FROM posts GROUP BY user_id)) AS posts_in_the_largest_document
FROM users AS u
JOIN posts AS p ON p.user_id = u.id
WHERE u.id = $user_id
GROUP BY u.id, u.username, u.email;

-- name: what-ids-give-away
-- title: What counted ids give away
-- question: How many posts a month does an outsider work out from the id of one post at the start of each month?
-- answers: keys
-- ordered: yes
-- notice: The outsider writes one post a month and reads its id: first_id. The difference to the next one is the number of posts of that
--   month, to within the ids that were drawn and never used. guessed and true_posts are equal here, and the growth of
--   the site is public. A UUID hides it and gives up order; a ULID or Snowflake id keeps the order and hides the number.
WITH monthly AS (
  SELECT CAST(date_trunc('month', created_at) AS DATE) AS month, min(id) AS first_id, count(*) AS true_posts
  FROM posts
  GROUP BY 1
),
guess AS (
  SELECT month, first_id, lead(first_id) OVER (ORDER BY month) - first_id AS guessed, true_posts
  FROM monthly
)
SELECT month, first_id, guessed, true_posts,
       round(100.0 * (guessed - lag(guessed) OVER (ORDER BY month)) / lag(guessed) OVER (ORDER BY month), 1) AS growth_percent
FROM guess
WHERE guessed IS NOT NULL
ORDER BY month;
