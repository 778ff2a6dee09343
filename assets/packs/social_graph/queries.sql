-- name: friends-of-friends
-- title: Friends of friends
-- question: Whom do the people I follow follow, that I do not follow yet?
-- answers: friends-of-friends
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY abs(count(*) - 12), from_id LIMIT 1
-- param: top INTEGER = 15
-- ordered: yes
-- notice: Two steps along the arrow, one join for each. The same person is reached on several ways; their number is the score.
--   followers_in_all shows what the score favours: people whom everybody follows. Divided by it (last column), people who are known
--   in this circle come first.
WITH mine AS (
  SELECT to_id AS id FROM edges WHERE from_id = $person AND type = 'FOLLOWS'
),
reached AS (
  SELECT e.to_id AS id, count(*) AS ways
  FROM mine AS m
  JOIN edges AS e ON e.from_id = m.id AND e.type = 'FOLLOWS'
  WHERE e.to_id <> $person
    AND e.to_id NOT IN (SELECT id FROM mine)
  GROUP BY e.to_id
),
popular AS (
  SELECT to_id AS id, count(*) AS followers FROM edges WHERE type = 'FOLLOWS' GROUP BY to_id
)
SELECT n.id,
       n.name,
       n.properties ->> 'interest' AS interest,
       r.ways AS followed_by_my_friends,
       p.followers AS followers_in_all,
       round(100.0 * r.ways / p.followers, 1) AS percent_of_followers
FROM reached AS r
JOIN nodes AS n ON n.id = r.id AND n.label = 'User'
JOIN popular AS p ON p.id = r.id
ORDER BY r.ways DESC, percent_of_followers DESC, n.id
LIMIT $top;

-- name: reach-by-step
-- title: How far a person reaches
-- question: How many new people does each further step along FOLLOWS reach, starting from one person?
-- answers: friends-of-friends, shortest-path
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY abs(count(*) - 12), from_id LIMIT 1
-- param: steps INTEGER = 6
-- ordered: yes
-- notice: Two or three steps reach most of the network, because the first ones run into hubs. UNION (not UNION ALL)
--   keeps each person once per step, so a circle ends at $steps; min(step) then keeps the first visit only.
WITH RECURSIVE walk (id, step) AS (
  SELECT $person, 0
  UNION
  SELECT e.to_id, w.step + 1
  FROM walk AS w
  JOIN edges AS e ON e.from_id = w.id AND e.type = 'FOLLOWS'
  WHERE w.step < $steps
),
first_visit AS (
  SELECT w.id, min(w.step) AS step
  FROM walk AS w
  JOIN nodes AS n ON n.id = w.id AND n.label = 'User'
  GROUP BY w.id
)
SELECT step,
       count(*) AS new_people,
       sum(count(*)) OVER (ORDER BY step) AS people_so_far,
       round(100.0 * sum(count(*)) OVER (ORDER BY step) / (SELECT count(*) FROM nodes WHERE label = 'User'), 1) AS percent_of_all
FROM first_visit
GROUP BY step
ORDER BY step;

-- name: shortest-path
-- title: Shortest path between two people
-- question: Over whom does the shortest way along FOLLOWS lead from one person to the other?
-- answers: shortest-path
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY abs(count(*) - 12), from_id LIMIT 1
-- param: target BIGINT = WITH RECURSIVE walk (id, step) AS (
--   SELECT (SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY abs(count(*) - 12), from_id LIMIT 1), 0
--   UNION SELECT e.to_id, w.step + 1 FROM walk AS w JOIN edges AS e ON e.from_id = w.id AND e.type = 'FOLLOWS' WHERE w.step < 5)
--   SELECT w.id FROM walk AS w JOIN nodes AS n ON n.id = w.id AND n.label = 'User' GROUP BY w.id ORDER BY min(w.step) DESC, w.id LIMIT 1
-- param: steps INTEGER = 6
-- ordered: yes
-- notice: Breadth first: the first time somebody is reached is the shortest way to them. Then back from the target, each time to the smallest
--   id one step nearer, so that of many shortest ways one is shown. Even to the person farthest away it takes a handful of steps.
--   A graph database walks from both ends at once and meets in the middle: far fewer people are touched.
WITH RECURSIVE walk (id, step) AS (
  SELECT $person, 0
  UNION
  SELECT e.to_id, w.step + 1
  FROM walk AS w
  JOIN edges AS e ON e.from_id = w.id AND e.type = 'FOLLOWS'
  WHERE w.step < $steps
),
distance AS (
  SELECT id, min(step) AS step FROM walk GROUP BY id
),
path (id, step) AS (
  SELECT id, step FROM distance WHERE id = $target
  UNION ALL
  SELECT (SELECT min(d.id)
          FROM edges AS e
          JOIN distance AS d ON d.id = e.from_id
          WHERE e.to_id = p.id AND e.type = 'FOLLOWS' AND d.step = p.step - 1),
         p.step - 1
  FROM path AS p
  WHERE p.step > 0
)
SELECT p.step,
       n.id,
       n.name,
       n.properties ->> 'interest' AS interest,
       (SELECT count(*) FROM edges AS e WHERE e.to_id = n.id AND e.type = 'FOLLOWS') AS followers
FROM path AS p
JOIN nodes AS n ON n.id = p.id
ORDER BY p.step;

-- name: mutual-follows
-- title: Who follows back
-- question: Which of the people this person follows follow back, and since when is it mutual?
-- answers: mutual-follows
-- param: person BIGINT = SELECT a.from_id FROM edges AS a JOIN edges AS b ON b.from_id = a.to_id AND b.to_id = a.from_id AND b.type = 'FOLLOWS'
--   WHERE a.type = 'FOLLOWS' GROUP BY a.from_id ORDER BY count(*) DESC, a.from_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: FOLLOWS has a direction; a friendship is two edges that meet. Both sides are found by the primary key, and the pair is mutual since the
--   later of the two. hours_until_answer is below zero where the other one began.
SELECT n.id,
       n.name,
       n.properties ->> 'interest' AS interest,
       GREATEST(a.created_at, b.created_at) AS mutual_since,
       round(epoch(b.created_at - a.created_at) / 3600, 1) AS hours_until_answer
FROM edges AS a
JOIN edges AS b ON b.from_id = a.to_id AND b.to_id = a.from_id AND b.type = 'FOLLOWS'
JOIN nodes AS n ON n.id = a.to_id
WHERE a.from_id = $person
  AND a.type = 'FOLLOWS'
ORDER BY mutual_since DESC, n.id
LIMIT $top;

-- name: mutual-circle
-- title: The circle of mutual follows
-- question: Whom does a person reach when every step has to be mutual, and in how many steps?
-- answers: mutual-follows, shortest-path
-- param: person BIGINT = SELECT a.from_id FROM edges AS a JOIN edges AS b ON b.from_id = a.to_id AND b.to_id = a.from_id AND b.type = 'FOLLOWS'
--   WHERE a.type = 'FOLLOWS' GROUP BY a.from_id ORDER BY count(*) DESC, a.from_id LIMIT 1
-- param: steps INTEGER = 4
-- ordered: yes
-- notice: The same recursion over the pairs that meet. same_interest_percent is high in the first step and falls further out:
--   friends are alike, friends of friends of friends are anybody.
WITH RECURSIVE mutual AS (
  SELECT a.from_id, a.to_id
  FROM edges AS a
  JOIN edges AS b ON b.from_id = a.to_id AND b.to_id = a.from_id AND b.type = 'FOLLOWS'
  WHERE a.type = 'FOLLOWS'
),
walk (id, step) AS (
  SELECT $person, 0
  UNION
  SELECT m.to_id, w.step + 1
  FROM walk AS w
  JOIN mutual AS m ON m.from_id = w.id
  WHERE w.step < $steps
),
first_visit AS (
  SELECT id, min(step) AS step FROM walk GROUP BY id
)
SELECT v.step,
       count(*) AS people,
       round(100.0 * count(*) FILTER (WHERE n.properties ->> 'interest' = me.properties ->> 'interest') / count(*), 1) AS same_interest_percent
FROM first_visit AS v
JOIN nodes AS n ON n.id = v.id
JOIN nodes AS me ON me.id = $person
GROUP BY v.step
ORDER BY v.step;

-- name: walks-and-people
-- title: Walks against people
-- question: How many walks of each length start at a person, and to how many different people do they lead?
-- answers: shortest-path
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY abs(count(*) - 12), from_id LIMIT 1
-- param: steps INTEGER = 4
-- ordered: yes
-- notice: Walks multiply with every step, people cannot. A recursion with UNION ALL keeps every walk, and as follows run in circles it never ends
--   by itself. Here walks are counted, not listed: each step keeps one row for each person with the number of ways to them.
WITH RECURSIVE step_0 AS (
  SELECT $person AS id, CAST(1 AS HUGEINT) AS ways
),
walk (step, id, ways) AS (
  SELECT 0, id, ways FROM step_0
  UNION ALL
  SELECT w.step + 1, e.to_id, CAST(sum(w.ways) AS HUGEINT)
  FROM walk AS w
  JOIN edges AS e ON e.from_id = w.id AND e.type = 'FOLLOWS'
  WHERE w.step < $steps
  GROUP BY w.step, e.to_id
)
SELECT step,
       sum(ways) AS walks,
       count(*) AS different_people,
       round(CAST(sum(ways) AS DOUBLE) / count(*), 1) AS walks_per_person,
       COALESCE(sum(ways) FILTER (WHERE id = $person), 0) AS walks_back_to_start
FROM walk
GROUP BY step
ORDER BY step;

-- name: rings-of-three
-- title: Rings of three
-- question: In which rings does A follow B, B follow C and C follow A?
-- answers: mutual-follows
-- param: person BIGINT = SELECT a.from_id FROM edges AS a JOIN edges AS b ON b.from_id = a.to_id AND b.to_id = a.from_id AND b.type = 'FOLLOWS'
--   WHERE a.type = 'FOLLOWS' GROUP BY a.from_id ORDER BY count(*) DESC, a.from_id LIMIT 1
-- param: top INTEGER = 15
-- ordered: yes
-- notice: A ring is a walk that comes back to its start. The list of those met so far keeps the recursion from turning on the spot: without it
--   A, B, A, B would count as a walk. Where all three follow each other there are two rings, one for each direction.
WITH RECURSIVE walk (id, met) AS (
  SELECT $person, [$person]
  UNION ALL
  SELECT e.to_id, list_append(w.met, e.to_id)
  FROM walk AS w
  JOIN edges AS e ON e.from_id = w.id AND e.type = 'FOLLOWS'
  WHERE len(w.met) < 3
    AND NOT list_contains(w.met, e.to_id)
)
SELECT a.name AS person,
       b.name AS follows,
       c.name AS who_follows,
       back.created_at AS ring_closed_by_last_at
FROM walk AS w
JOIN edges AS back ON back.from_id = w.id AND back.to_id = $person AND back.type = 'FOLLOWS'
JOIN nodes AS a ON a.id = w.met[1]
JOIN nodes AS b ON b.id = w.met[2]
JOIN nodes AS c ON c.id = w.met[3]
WHERE len(w.met) = 3
ORDER BY back.created_at DESC, b.id, c.id
LIMIT $top;

-- name: home-timeline
-- title: Posts of those I follow
-- question: What did the people I follow post lately?
-- answers: timeline
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY count(*) DESC, from_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The pattern (me) FOLLOWS (author) POSTED (post) is two joins of edges with itself and two with nodes. The newest twenty are known only
--   after all posts of all those authors were met: edges has no index that is sorted by author and time.
SELECT p.id AS post_id,
       p.created_at,
       a.name AS author,
       p.name AS text,
       (SELECT count(*) FROM edges AS l WHERE l.from_id = p.id AND l.type = 'LIKED_BY') AS likes
FROM edges AS f
JOIN edges AS w ON w.from_id = f.to_id AND w.type = 'POSTED'
JOIN nodes AS a ON a.id = f.to_id
JOIN nodes AS p ON p.id = w.to_id
WHERE f.from_id = $person
  AND f.type = 'FOLLOWS'
ORDER BY p.created_at DESC, p.id DESC, a.id
LIMIT $top;

-- name: liked-in-my-circle
-- title: Liked by those I follow
-- question: Which posts did several of the people I follow like, by authors I do not follow?
-- answers: timeline, likers
-- param: person BIGINT = SELECT from_id FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id ORDER BY count(*) DESC, from_id LIMIT 1
-- param: top INTEGER = 15
-- ordered: yes
-- notice: LIKED_BY points from the post to the person, so what a person likes is read against the arrow, by the index that starts with to_id.
--   That the arrow points this way is a choice of the drawing; with both directions indexed it costs nothing.
WITH mine AS (
  SELECT to_id AS id FROM edges WHERE from_id = $person AND type = 'FOLLOWS'
),
liked AS (
  SELECT l.from_id AS post_id, count(*) AS likes_in_circle
  FROM mine AS m
  JOIN edges AS l ON l.to_id = m.id AND l.type = 'LIKED_BY'
  GROUP BY l.from_id
)
SELECT p.id AS post_id,
       a.name AS author,
       p.name AS text,
       k.likes_in_circle,
       p.created_at
FROM liked AS k
JOIN nodes AS p ON p.id = k.post_id AND p.label = 'Post'
JOIN edges AS w ON w.to_id = p.id AND w.type = 'POSTED'
JOIN nodes AS a ON a.id = w.from_id
WHERE a.id <> $person
  AND a.id NOT IN (SELECT id FROM mine)
ORDER BY k.likes_in_circle DESC, p.created_at DESC, p.id, a.id
LIMIT $top;

-- name: around-a-post
-- title: Everything around a post
-- question: Which edges touch this post, in which direction, and who is at the other end?
-- answers: likers
-- param: post BIGINT = SELECT from_id FROM edges AS l JOIN nodes AS p ON p.id = l.from_id AND p.label = 'Post'
--   WHERE l.type = 'LIKED_BY' GROUP BY from_id ORDER BY count(*) DESC, from_id LIMIT 1
-- param: top INTEGER = 30
-- ordered: yes
-- notice: One question over all types of edges: what a model with a table for each relation has to write as a UNION of as many parts.
--   Outgoing edges come by the primary key, incoming ones by the second index.
SELECT e.direction, e.type, n.id, n.label, n.name, e.created_at
FROM (
  SELECT 'out' AS direction, type, to_id AS other_id, created_at FROM edges WHERE from_id = $post
  UNION ALL
  SELECT 'in', type, from_id, created_at FROM edges WHERE to_id = $post
) AS e
JOIN nodes AS n ON n.id = e.other_id
ORDER BY e.direction, e.created_at, n.id
LIMIT $top;

-- name: hubs
-- title: Hubs
-- question: Who has the most followers, and how much work is one step from there?
-- answers: hubs
-- param: top INTEGER = 15
-- ordered: yes
-- notice: followers falls quickly from row to row and second_step is many times as large: it counts the edges a question meets
--   that goes from here to the followers and on to theirs. A query over a graph is as expensive as the hubs it runs into, not as the number of rows it returns.
WITH degree AS (
  SELECT n.id, n.name,
         COALESCE(i.followers, 0) AS followers,
         COALESCE(o.follows, 0) AS follows
  FROM nodes AS n
  LEFT JOIN (SELECT to_id, count(*) AS followers FROM edges WHERE type = 'FOLLOWS' GROUP BY to_id) AS i ON i.to_id = n.id
  LEFT JOIN (SELECT from_id, count(*) AS follows FROM edges WHERE type = 'FOLLOWS' GROUP BY from_id) AS o ON o.from_id = n.id
  WHERE n.label = 'User'
),
largest AS (
  SELECT id, name, followers, follows FROM degree ORDER BY followers DESC, id LIMIT $top
)
SELECT l.id,
       l.name,
       l.followers,
       l.follows,
       (SELECT count(*) FROM edges AS b WHERE b.from_id = l.id AND b.type = 'FOLLOWS'
          AND EXISTS (SELECT 1 FROM edges AS a WHERE a.from_id = b.to_id AND a.to_id = l.id AND a.type = 'FOLLOWS')) AS mutual,
       (SELECT sum(d.followers) FROM edges AS a JOIN degree AS d ON d.id = a.from_id WHERE a.to_id = l.id AND a.type = 'FOLLOWS') AS second_step
FROM largest AS l
ORDER BY l.followers DESC, l.id;

-- name: edge-patterns
-- title: Which edges connect what
-- question: Between which labels does each type of edge run, and which of these patterns make no sense?
-- answers: valid-graph
-- ordered: yes
-- notice: Three patterns are meant; the rows marked as nonsense are stored all the same. A FOREIGN KEY knows that the node exists, not that it is
--   a post. Whoever counts likes by type alone counts the reversed ones too, and whoever joins to posts loses them.
SELECT e.type,
       f.label AS from_label,
       t.label AS to_label,
       count(*) AS edges,
       min(e.created_at) AS first_at,
       CASE
         WHEN e.type = 'FOLLOWS' AND f.label = 'User' AND t.label = 'User' THEN 'meant'
         WHEN e.type = 'POSTED' AND f.label = 'User' AND t.label = 'Post' THEN 'meant'
         WHEN e.type = 'LIKED_BY' AND f.label = 'Post' AND t.label = 'User' THEN 'meant'
         ELSE 'nonsense'
       END AS verdict
FROM edges AS e
JOIN nodes AS f ON f.id = e.from_id
JOIN nodes AS t ON t.id = e.to_id
GROUP BY e.type, f.label, t.label
ORDER BY e.type, from_label, to_label;

-- name: authors-of-posts
-- title: Posts without one author
-- question: Which posts have no author, or two?
-- answers: valid-graph
-- ordered: yes
-- notice: Four posts. The key (from_id, type, to_id) forbids the same author twice, not a second author; and nothing can demand that an edge is
--   there. One to many, exactly one: that is a column of the post, not an edge.
SELECT p.id AS post_id,
       p.name AS text,
       p.created_at,
       count(a.id) AS authors,
       string_agg(a.name, ', ' ORDER BY w.created_at, a.id) AS names
FROM nodes AS p
LEFT JOIN edges AS w ON w.to_id = p.id AND w.type = 'POSTED'
LEFT JOIN nodes AS a ON a.id = w.from_id
WHERE p.label = 'Post'
GROUP BY p.id, p.name, p.created_at
HAVING count(a.id) <> 1
ORDER BY authors, p.id;

-- name: property-types
-- title: What is in properties
-- question: Which keys do the properties of each label have, of which type, and in what share of the nodes?
-- answers: valid-graph
-- ordered: yes
-- notice: age is a number here and a text there, and the city of some users is called town: one writer each. A filter on city misses them and no
--   error tells. Within a label every key that most rows have wants to be a column with a type.
WITH pairs AS (
  SELECT n.label, k.key, json_type(n.properties -> k.key) AS json_type
  FROM nodes AS n, unnest(json_keys(n.properties)) AS k (key)
)
SELECT p.label,
       p.key,
       p.json_type,
       count(*) AS nodes,
       round(100.0 * count(*) / (SELECT count(*) FROM nodes AS n WHERE n.label = p.label), 1) AS percent_of_label
FROM pairs AS p
GROUP BY p.label, p.key, p.json_type
ORDER BY p.label, p.key, nodes DESC, p.json_type;
