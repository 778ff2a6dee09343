-- name: latest-list
-- title: The list on the screen
-- question: What does this profile see in this context now?
-- answers: latest-list
-- param: profile BIGINT = SELECT profile_id FROM personalized_recs WHERE context = 'home' GROUP BY profile_id ORDER BY count(*) DESC, profile_id LIMIT 1
-- param: context VARCHAR = 'home'
-- ordered: yes
-- notice: All rows of the newest generated_at of this pair. In a key-value store they are one value under one key, and the read
--   takes a millisecond; here it is two short ranges of the key. All rows have the same model and version, and the score
--   only makes sense within the list.
SELECT rank, title_id, score, model, model_version, generated_at
FROM personalized_recs
WHERE profile_id = $profile
  AND context = $context
  AND generated_at = (SELECT max(generated_at) FROM personalized_recs WHERE profile_id = $profile AND context = $context)
ORDER BY rank;

-- name: lineage-of-lists
-- title: Which model made which list
-- question: Which lists did this profile get over time, by which model, and how much did each differ from the one before?
-- answers: model-lineage, latest-list
-- param: profile BIGINT = SELECT profile_id FROM personalized_recs WHERE context = 'home' GROUP BY profile_id ORDER BY count(*) DESC, profile_id LIMIT 1
-- param: context VARCHAR = 'home'
-- ordered: yes
-- notice: The reason to keep older lists: a complaint of last month can be traced to a model and its version. kept_titles counts
--   titles that were in the list before, too. It says how lively the row is.
WITH list AS (
  SELECT generated_at, max(model) AS model, max(model_version) AS model_version, count(*) AS titles,
         row_number() OVER (ORDER BY generated_at) AS no
  FROM personalized_recs
  WHERE profile_id = $profile AND context = $context
  GROUP BY generated_at
),
item AS (
  SELECT l.no, r.title_id
  FROM personalized_recs AS r
  JOIN list AS l ON l.generated_at = r.generated_at
  WHERE r.profile_id = $profile AND r.context = $context
),
kept AS (
  SELECT later.no, count(DISTINCT later.title_id) AS kept_titles
  FROM item AS later
  JOIN item AS earlier ON earlier.no = later.no - 1 AND earlier.title_id = later.title_id
  GROUP BY later.no
)
SELECT l.generated_at,
       l.model,
       l.model_version,
       l.titles,
       CASE WHEN l.no > 1 THEN COALESCE(k.kept_titles, 0) END AS kept_titles,
       round(epoch(l.generated_at - lag(l.generated_at) OVER (ORDER BY l.no)) / 86400, 1) AS days_since_last
FROM list AS l
LEFT JOIN kept AS k ON k.no = l.no
ORDER BY l.generated_at DESC;

-- name: lists-by-model-version
-- title: Lists by model version
-- question: How many lists did each model version make, for how many profiles, from when to when?
-- answers: model-lineage
-- ordered: yes
-- notice: Rank 1 stands for the whole list, as every list has one. Versions overlap in time: for some weeks two of them serve
--   different profiles, first itemCF and graphSage in a test, later two versions of graphSage. because_you_watched stayed
--   with itemCF throughout.
SELECT context,
       model,
       model_version,
       count(*) AS lists,
       count(DISTINCT profile_id) AS profiles,
       CAST(min(generated_at) AS DATE) AS first_list,
       CAST(max(generated_at) AS DATE) AS last_list
FROM personalized_recs
WHERE rank = 1
GROUP BY context, model, model_version
ORDER BY context, first_list, model, model_version;

-- name: test-of-two-models
-- title: Two models side by side
-- question: Between 15 September and 1 November 2025 two models were tested: who got which, and did anybody get both?
-- answers: model-lineage
-- param: from_day DATE = DATE '2025-09-15'
-- param: to_day DATE = DATE '2025-11-01'
-- ordered: yes
-- notice: Each profile stays with one model, so also_other_model is 0: assignment goes by profile, not by list. The lineage in
--   each row is what makes the comparison possible at all; scores cannot be compared, only what people watched.
WITH served AS (
  SELECT profile_id, model, count(*) AS lists
  FROM personalized_recs
  WHERE rank = 1
    AND context IN ('home', 'kids')
    AND generated_at >= $from_day
    AND generated_at < $to_day
  GROUP BY profile_id, model
)
SELECT s.model,
       count(*) AS profiles,
       sum(s.lists) AS lists,
       count(*) FILTER (WHERE o.profile_id IS NOT NULL) AS also_other_model
FROM served AS s
LEFT JOIN served AS o ON o.profile_id = s.profile_id AND o.model <> s.model
GROUP BY s.model
ORDER BY s.model;

-- name: stale-lists
-- title: Stale lists
-- question: How many profiles are shown a list that is older than its time to live?
-- answers: ttl
-- param: ttl_days INTEGER = 14
-- ordered: yes
-- notice: The age is counted from the newest list of all, so no clock is needed. Old lists belong to people who rarely come or
--   have left. Both need a decision the table cannot hold: how long a list is good for, and what is shown instead (a
--   list by popularity is never stale).
WITH newest AS (
  SELECT profile_id, context, max(generated_at) AS generated_at
  FROM personalized_recs
  GROUP BY profile_id, context
),
aged AS (
  SELECT context,
         epoch((SELECT max(generated_at) FROM personalized_recs) - generated_at) / 86400 AS days
  FROM newest
)
SELECT context,
       count(*) AS lists,
       count(*) FILTER (WHERE days > $ttl_days) AS stale,
       round(100.0 * count(*) FILTER (WHERE days > $ttl_days) / count(*), 1) AS stale_percent,
       round(median(days), 1) AS median_age_days,
       round(max(days), 1) AS oldest_days
FROM aged
GROUP BY context
ORDER BY context;

-- name: regeneration-intervals
-- title: How often lists are made anew
-- question: How many days lie between two lists of one profile and context, and how many gaps are longer than promised?
-- answers: ttl
-- param: sla_days INTEGER = 30
-- ordered: yes
-- notice: A mean would hide what counts: half of the lists come within some weeks, but one gap in twenty is several times as
--   long. A promise (SLA) is about the tail: 95 of 100 lists within so many days.
WITH run AS (
  SELECT profile_id, context, generated_at,
         lag(generated_at) OVER (PARTITION BY profile_id, context ORDER BY generated_at) AS before
  FROM personalized_recs
  WHERE rank = 1
),
gap AS (
  SELECT context, epoch(generated_at - before) / 86400 AS days FROM run WHERE before IS NOT NULL
)
SELECT context,
       count(*) AS gaps,
       round(median(days), 1) AS median_days,
       round(quantile_cont(days, 0.95), 1) AS days_95,
       round(max(days), 1) AS longest_days,
       count(*) FILTER (WHERE days > $sla_days) AS beyond_sla
FROM gap
GROUP BY context
ORDER BY context;

-- name: short-lists
-- title: Newest lists that break off
-- question: Which profiles are shown a newest list with fewer titles than its context has?
-- answers: latest-list
-- ordered: yes
-- notice: The job died in the middle and left seven of twenty rows. As generated_at is newer than everything else, "the latest
--   list" is this one. whole_list_before is what should be on the screen: a list has to be published in one step, when
--   all its rows are there.
WITH list AS (
  SELECT profile_id, context, generated_at, count(*) AS titles,
         row_number() OVER (PARTITION BY profile_id, context ORDER BY generated_at DESC) AS age
  FROM personalized_recs
  GROUP BY profile_id, context, generated_at
),
full_size AS (
  SELECT context, max(titles) AS titles FROM list GROUP BY context
)
SELECT l.profile_id,
       l.context,
       l.generated_at,
       l.titles,
       f.titles AS should_be,
       (SELECT max(b.generated_at) FROM list AS b
        WHERE b.profile_id = l.profile_id AND b.context = l.context AND b.titles = f.titles) AS whole_list_before
FROM list AS l
JOIN full_size AS f ON f.context = l.context
WHERE l.age = 1
  AND l.titles < f.titles
ORDER BY l.profile_id, l.context;

-- name: title-twice
-- title: One title at two ranks
-- question: Which lists show a title twice?
-- answers: latest-list
-- ordered: yes
-- notice: Two rows with different ranks differ in the key, so nothing is violated. The ranks are always 3 and 8: the job filled a
--   place without looking at what was there.
SELECT profile_id,
       context,
       generated_at,
       title_id,
       count(*) AS times,
       min(rank) AS first_rank,
       max(rank) AS last_rank
FROM personalized_recs
GROUP BY profile_id, context, generated_at, title_id
HAVING count(*) > 1
ORDER BY generated_at DESC, profile_id, context, title_id;

-- name: candidates-from-last-watched
-- title: Candidates from what was watched last
-- question: Which titles do the edges of three watched titles lead to, best first?
-- answers: candidate-generation
-- param: watched_1 BIGINT = 1002
-- param: watched_2 BIGINT = SELECT dst_title_id FROM item_item_edge WHERE src_title_id = 1002 AND model = 'graphSage' ORDER BY model_version DESC, score DESC, dst_title_id LIMIT 1
-- param: watched_3 BIGINT = 1003
-- param: model VARCHAR = 'graphSage'
-- ordered: yes
-- notice: One model and its newest version only: without that filter each edge would count once for every version. Candidates two
--   watched titles agree on come first, because their scores add up (the first two are relatives, the third is not). What
--   was watched is left out. The key leads with src_title_id, so this is three short ranges.
WITH watched (title_id) AS (
  VALUES ($watched_1), ($watched_2), ($watched_3)
),
newest AS (
  SELECT max(model_version) AS model_version FROM item_item_edge WHERE model = $model
)
SELECT e.dst_title_id AS title_id,
       count(*) AS from_titles,
       round(sum(e.score), 3) AS score,
       string_agg(CAST(e.src_title_id AS VARCHAR), ', ' ORDER BY e.score DESC, e.src_title_id) AS because_of
FROM item_item_edge AS e
JOIN newest AS n ON n.model_version = e.model_version
JOIN watched AS w ON w.title_id = e.src_title_id
WHERE e.model = $model
  AND e.dst_title_id NOT IN (SELECT title_id FROM watched)
GROUP BY e.dst_title_id
ORDER BY score DESC, title_id
LIMIT 20;

-- name: nearest-by-embedding
-- title: Nearest titles by embedding
-- question: Which titles lie closest to this one, and does the graph know them?
-- answers: nearest-titles
-- param: title BIGINT = 1002
-- param: top INTEGER = 10
-- ordered: yes
-- notice: Every vector is compared, which is exact and fine for some thousand titles; for millions an index over approximate
--   neighbours (HNSW) takes over. The cosine compares directions, so the length of a vector does not matter. graph_rank is
--   the place among the edges of graphSage, which were made from the same vectors.
WITH edge AS (
  SELECT dst_title_id, row_number() OVER (ORDER BY score DESC, dst_title_id) AS graph_rank
  FROM item_item_edge
  WHERE src_title_id = $title
    AND model = 'graphSage'
    AND model_version = (SELECT max(model_version) FROM item_item_edge WHERE model = 'graphSage')
)
SELECT f.title_id,
       round(CAST(array_cosine_similarity(f.embedding, t.embedding) AS DOUBLE), 4) AS cosine,
       e.graph_rank
FROM feature_store_items AS f
CROSS JOIN (SELECT embedding FROM feature_store_items WHERE title_id = $title) AS t
LEFT JOIN edge AS e ON e.dst_title_id = f.title_id
WHERE f.title_id <> $title
ORDER BY array_cosine_similarity(f.embedding, t.embedding) DESC, f.title_id
LIMIT $top;

-- name: embedding-against-edges
-- title: Embeddings of the model before
-- question: Which titles have an embedding that does not fit the neighbours the graph knows?
-- answers: nearest-titles, model-lineage
-- ordered: yes
-- notice: Six titles stand apart: with most of their own neighbours the cosine is about 0, as if they had nothing in common,
--   while all others lie far above. Their vectors come from the model before and lie in another space. The table has no
--   version, so only such a comparison finds them; a nearest search returns nonsense for them without a warning.
WITH edge AS (
  SELECT e.src_title_id,
         CAST(array_cosine_similarity(a.embedding, b.embedding) AS DOUBLE) AS cosine
  FROM item_item_edge AS e
  JOIN feature_store_items AS a ON a.title_id = e.src_title_id
  JOIN feature_store_items AS b ON b.title_id = e.dst_title_id
  WHERE e.model = 'graphSage'
    AND e.model_version = (SELECT max(model_version) FROM item_item_edge WHERE model = 'graphSage')
)
SELECT src_title_id AS title_id,
       count(*) AS neighbours,
       round(median(cosine), 3) AS median_cosine,
       round(min(cosine), 3) AS lowest,
       round(max(cosine), 3) AS highest
FROM edge
GROUP BY src_title_id
ORDER BY median_cosine, title_id
LIMIT 12;

-- name: cold-start-titles
-- title: New titles without interactions
-- question: Which titles has nobody watched enough for itemCF, and where could they be offered?
-- answers: candidate-generation, nearest-titles
-- ordered: yes
-- notice: No edge of itemCF leads to or from them, so a service that knows only this model never shows them, and nobody can ever
--   watch them. Their contents are known, so graphSage has edges: next_to is the closest older title, and whoever
--   likes that one is a first audience.
WITH counted AS (
  SELECT DISTINCT src_title_id FROM item_item_edge WHERE model = 'itemCF'
),
graph AS (
  SELECT e.src_title_id,
         count(*) AS graph_edges,
         arg_max(e.dst_title_id, e.score) FILTER (WHERE c.src_title_id IS NOT NULL) AS next_to,
         max(e.score) FILTER (WHERE c.src_title_id IS NOT NULL) AS score
  FROM item_item_edge AS e
  LEFT JOIN counted AS c ON c.src_title_id = e.dst_title_id
  WHERE e.model = 'graphSage'
    AND e.model_version = (SELECT max(model_version) FROM item_item_edge WHERE model = 'graphSage')
  GROUP BY e.src_title_id
)
SELECT f.title_id, g.graph_edges, g.next_to, g.score
FROM feature_store_items AS f
LEFT JOIN counted AS c ON c.src_title_id = f.title_id
LEFT JOIN graph AS g ON g.src_title_id = f.title_id
WHERE c.src_title_id IS NULL
ORDER BY f.title_id;

-- name: score-scales
-- title: Scores of different models
-- question: On which scale does each model and version score?
-- answers: model-lineage
-- ordered: yes
-- notice: itemCF stays below 1, graphSage goes beyond 20. Candidates of both, ordered by score, are graphSage first and itemCF
--   last whatever they are worth. To mix models use the rank in each list, or scores made comparable first.
WITH scored AS (
  SELECT 'edge' AS of, model, model_version, score FROM item_item_edge
  UNION ALL
  SELECT 'list', model, model_version, score FROM personalized_recs
)
SELECT of,
       model,
       model_version,
       count(*) AS rows,
       round(min(score), 3) AS lowest,
       round(median(score), 3) AS middle,
       round(max(score), 3) AS highest
FROM scored
GROUP BY of, model, model_version
ORDER BY of, model, model_version;

-- name: list-diversity
-- title: How much alike the titles of a list are
-- question: How similar are two of the first ten titles of a newest list on average, and how much of the catalogue do they show?
-- answers: candidate-generation, nearest-titles
-- ordered: yes
-- notice: The titles of because_you_watched and kids are close relatives, those of home much less, since home mixes three tastes. A
--   similarity near 1 would be a row of the same film ten times. catalogue_percent tells how many titles anybody sees at
--   all in this context.
WITH newest AS (
  SELECT profile_id, context, max(generated_at) AS generated_at
  FROM personalized_recs
  GROUP BY profile_id, context
),
item AS (
  SELECT r.profile_id, r.context, r.rank, r.title_id
  FROM personalized_recs AS r
  JOIN newest AS n ON n.profile_id = r.profile_id AND n.context = r.context AND n.generated_at = r.generated_at
  WHERE r.rank <= 10
),
title_pair AS (
  SELECT a.context, a.title_id AS title_a, b.title_id AS title_b, count(*) AS times
  FROM item AS a
  JOIN item AS b ON b.profile_id = a.profile_id AND b.context = a.context AND b.rank > a.rank
  GROUP BY a.context, a.title_id, b.title_id
),
alike AS (
  SELECT p.context,
         sum(p.times * CAST(array_cosine_similarity(x.embedding, y.embedding) AS DOUBLE)) / sum(p.times) AS similarity
  FROM title_pair AS p
  JOIN feature_store_items AS x ON x.title_id = p.title_a
  JOIN feature_store_items AS y ON y.title_id = p.title_b
  GROUP BY p.context
),
shown AS (
  SELECT context, count(DISTINCT profile_id) AS lists, count(DISTINCT title_id) AS titles
  FROM item
  GROUP BY context
)
SELECT s.context,
       s.lists,
       round(m.similarity, 3) AS mean_similarity,
       s.titles AS titles_shown,
       round(100.0 * s.titles / (SELECT count(*) FROM feature_store_items), 1) AS catalogue_percent
FROM shown AS s
JOIN alike AS m ON m.context = s.context
ORDER BY s.context;
