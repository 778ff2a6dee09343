-- name: season-episodes
-- title: Episodes of season 2
-- question: Which episodes does season 2 of a show have, in order, with the title in the viewer's language?
-- answers: episodes-of-a-season, localized-listing
-- param: show BIGINT = SELECT s.title_id FROM season s JOIN episode e ON e.season_id = s.season_id AND e.title_id = s.title_id
--   LEFT JOIN localized_metadata m ON m.object_type = 'EPISODE' AND m.object_id = e.episode_id AND m.locale = 'es-MX'
--   WHERE s.season_number = 2 GROUP BY s.title_id
--   ORDER BY CASE WHEN count(m.object_id) BETWEEN 1 AND count(*) - 1 THEN 0 ELSE 1 END, count(m.object_id) DESC, s.title_id LIMIT 1
-- param: season_number INTEGER = 2
-- param: locale VARCHAR = 'es-MX'
-- ordered: yes
-- notice: The season is found by UNIQUE(title_id, season_number), the episodes by season_id. The column text_from says where
--   the title came from: most rows have the requested locale, and where one episode lacks it en-US stands in.
SELECT e.episode_number,
       COALESCE(wanted.localized_title, english.localized_title) AS episode_title,
       CASE WHEN wanted.localized_title IS NOT NULL THEN wanted.locale
            WHEN english.localized_title IS NOT NULL THEN english.locale
       END AS text_from,
       e.duration_sec,
       e.episode_id
FROM season AS s
JOIN episode AS e ON e.season_id = s.season_id
LEFT JOIN localized_metadata AS wanted
       ON wanted.object_type = 'EPISODE' AND wanted.object_id = e.episode_id AND wanted.locale = $locale
LEFT JOIN localized_metadata AS english
       ON english.object_type = 'EPISODE' AND english.object_id = e.episode_id AND english.locale = 'en-US'
WHERE s.title_id = $show
  AND s.season_number = $season_number
ORDER BY e.episode_number, e.episode_id;

-- name: localized-listing
-- title: Newest titles in one locale
-- question: What does the list of new titles look like in a locale, with en-US where the text is missing?
-- answers: localized-listing
-- param: locale VARCHAR = 'pt-BR'
-- param: top INTEGER = 40
-- ordered: yes
-- notice: Titles without a pt-BR row are still listed, in English: two LEFT JOINs keep them, an inner join on the locale
--   would hide more than half of the catalogue. The fallback works column by column, so a Portuguese title can stand
--   above an English description. Where even en-US is missing the title has no text at all.
SELECT t.title_id,
       t.type,
       t.release_date,
       COALESCE(wanted.localized_title, english.localized_title) AS title,
       COALESCE(wanted.localized_description, english.localized_description) AS description,
       CASE WHEN wanted.object_id IS NOT NULL AND wanted.localized_description IS NULL THEN 'title only'
            WHEN wanted.object_id IS NOT NULL THEN 'requested locale'
            WHEN english.object_id IS NOT NULL THEN 'en-US'
            ELSE 'no text'
       END AS text_from
FROM title AS t
LEFT JOIN localized_metadata AS wanted
       ON wanted.object_type = 'TITLE' AND wanted.object_id = t.title_id AND wanted.locale = $locale
LEFT JOIN localized_metadata AS english
       ON english.object_type = 'TITLE' AND english.object_id = t.title_id AND english.locale = 'en-US'
WHERE t.is_active
ORDER BY t.release_date DESC, t.title_id
LIMIT $top;

-- name: fallback-chain
-- title: es-ES by way of es-MX
-- question: How much better is a listing for Spain when it may borrow another Spanish before it falls back to English?
-- answers: localized-listing, sparse-locales
-- param: locale VARCHAR = 'es-ES'
-- ordered: yes
-- notice: Few titles have an es-ES row, many have es-MX. The documented rule (requested locale, then en-US) shows English to
--   viewers although a Spanish text exists; a step over the same language repairs most of it without a new row.
--   The chain is a table of preferences (here a CASE), the best text of each title has rank 1.
WITH candidate AS (
  SELECT m.object_id AS title_id,
         m.locale,
         CASE WHEN m.locale = $locale THEN 1
              WHEN split_part(m.locale, '-', 1) = split_part($locale, '-', 1) THEN 2
              WHEN m.locale = 'en-US' THEN 3
         END AS preference
  FROM localized_metadata AS m
  WHERE m.object_type = 'TITLE'
),
best AS (
  SELECT title_id, preference,
         row_number() OVER (PARTITION BY title_id ORDER BY preference, locale) AS place
  FROM candidate
  WHERE preference IS NOT NULL
),
shown AS (
  SELECT t.title_id,
         COALESCE(b.preference, 4) AS with_language,
         CASE WHEN b.preference = 1 THEN 1
              WHEN EXISTS (SELECT 1 FROM candidate AS c WHERE c.title_id = t.title_id AND c.preference = 3) THEN 3
              ELSE 4
         END AS documented
  FROM title AS t
  LEFT JOIN best AS b ON b.title_id = t.title_id AND b.place = 1
),
step (preference, text_comes_from) AS (
  VALUES (1, 'requested locale'), (2, 'same language, other region'), (3, 'en-US'), (4, 'nowhere')
)
SELECT step.text_comes_from,
       count(*) FILTER (WHERE shown.documented = step.preference) AS titles_documented_rule,
       count(*) FILTER (WHERE shown.with_language = step.preference) AS titles_with_language_step
FROM step
CROSS JOIN shown
GROUP BY step.preference, step.text_comes_from
ORDER BY step.preference;

-- name: titles-by-genre
-- title: Titles of a genre
-- question: Which active titles carry a genre, newest first, and which other genres do they have?
-- answers: titles-by-genre
-- param: genre VARCHAR = SELECT g.name FROM genre g JOIN title_genre tg ON tg.genre_id = g.genre_id JOIN title t ON t.title_id = tg.title_id AND t.is_active
--   GROUP BY g.name ORDER BY count(*) DESC, g.name LIMIT 1 OFFSET 1
-- param: top INTEGER = 40
-- ordered: yes
-- notice: The genre is joined twice: once to filter, once more to list all genres of what was found. A filter on the
--   second join would leave only the searched genre in the list, which is the usual mistake with many-to-many.
SELECT t.title_id,
       t.type,
       t.release_date,
       text.localized_title AS title,
       string_agg(every.name, ', ' ORDER BY every.name) AS genres
FROM genre AS wanted
JOIN title_genre AS hit ON hit.genre_id = wanted.genre_id
JOIN title AS t ON t.title_id = hit.title_id
JOIN title_genre AS link ON link.title_id = t.title_id
JOIN genre AS every ON every.genre_id = link.genre_id
LEFT JOIN localized_metadata AS text
       ON text.object_type = 'TITLE' AND text.object_id = t.title_id AND text.locale = 'en-US'
WHERE wanted.name = $genre
  AND t.is_active
GROUP BY t.title_id, t.type, t.release_date, text.localized_title
ORDER BY t.release_date DESC, t.title_id
LIMIT $top;

-- name: movies-and-shows
-- title: Movies and shows in one list
-- question: What came out in a country since a date, movies and shows together, and how much is there to watch?
-- answers: cross-type-listing
-- param: country VARCHAR = SELECT production_country FROM title WHERE is_active AND production_country IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
-- param: since DATE = SELECT CAST(max(release_date) - INTERVAL '18' MONTH AS DATE) FROM title
-- param: top INTEGER = 60
-- ordered: yes
-- notice: One scan of title, no UNION: that is what the common table is for. The price stands in the last column: runtime
--   is NULL for every movie, because only episode has a duration. Seasons and episodes are counted before the join, so
--   that neither multiplies the other.
WITH season_count AS (
  SELECT title_id, count(*) AS seasons
  FROM season
  GROUP BY title_id
),
episode_count AS (
  SELECT title_id, count(*) AS episodes, sum(duration_sec) AS runtime_sec
  FROM episode
  GROUP BY title_id
)
SELECT t.title_id,
       t.type,
       text.localized_title AS title,
       t.release_date,
       t.maturity_rating,
       COALESCE(s.seasons, 0) AS seasons,
       COALESCE(e.episodes, 0) AS episodes,
       round(e.runtime_sec / 3600.0, 1) AS runtime_hours
FROM title AS t
LEFT JOIN season_count AS s ON s.title_id = t.title_id
LEFT JOIN episode_count AS e ON e.title_id = t.title_id
LEFT JOIN localized_metadata AS text
       ON text.object_type = 'TITLE' AND text.object_id = t.title_id AND text.locale = 'en-US'
WHERE t.is_active
  AND t.production_country = $country
  AND t.release_date >= $since
ORDER BY t.release_date DESC, t.title_id
LIMIT $top;

-- name: locale-coverage
-- title: How sparse the locales are
-- question: For which share of titles, seasons and episodes is there a text in each locale?
-- answers: sparse-locales
-- ordered: yes
-- notice: en-US is nearly complete, everything else is not, and episodes thin out faster than titles, because a season is
--   translated whole or not at all. With a column for each locale and text the empty cells would be stored; here a
--   missing text is a missing row. And seasons reach more than 100 % in en-US: texts exist of seasons that do not.
WITH objects AS (
  SELECT 'TITLE' AS object_type, count(*) AS how_many FROM title
  UNION ALL
  SELECT 'SEASON', count(*) FROM season
  UNION ALL
  SELECT 'EPISODE', count(*) FROM episode
),
texts AS (
  SELECT object_type, locale, count(*) AS texts, count(localized_description) AS descriptions
  FROM localized_metadata
  GROUP BY object_type, locale
)
SELECT t.locale,
       t.object_type,
       o.how_many AS objects,
       t.texts,
       round(100.0 * t.texts / o.how_many, 1) AS percent_with_title,
       round(100.0 * t.descriptions / o.how_many, 1) AS percent_with_description
FROM texts AS t
JOIN objects AS o ON o.object_type = t.object_type
ORDER BY percent_with_title DESC, t.locale, t.object_type;

-- name: orphan-texts
-- title: Texts of nothing
-- question: Which rows of localized_metadata speak of a title, season or episode that does not exist?
-- answers: integrity
-- ordered: yes
-- notice: Five rows, all planted, all accepted by the database: object_id points into three tables, so no REFERENCES can
--   be written. The last column names the table in which the number does exist, if any: Dead Air is not lost but an
--   episode filed as a season, and the CHECK on object_type cannot notice that either.
SELECT m.object_type,
       m.object_id,
       m.locale,
       m.localized_title,
       CASE WHEN EXISTS (SELECT 1 FROM episode AS e WHERE e.episode_id = m.object_id) THEN 'EPISODE'
            WHEN EXISTS (SELECT 1 FROM season AS s WHERE s.season_id = m.object_id) THEN 'SEASON'
            WHEN EXISTS (SELECT 1 FROM title AS t WHERE t.title_id = m.object_id) THEN 'TITLE'
       END AS number_exists_as
FROM localized_metadata AS m
WHERE (m.object_type = 'TITLE' AND NOT EXISTS (SELECT 1 FROM title AS t WHERE t.title_id = m.object_id))
   OR (m.object_type = 'SEASON' AND NOT EXISTS (SELECT 1 FROM season AS s WHERE s.season_id = m.object_id))
   OR (m.object_type = 'EPISODE' AND NOT EXISTS (SELECT 1 FROM episode AS e WHERE e.episode_id = m.object_id))
ORDER BY m.object_type, m.object_id, m.locale;

-- name: twin-specials
-- title: Specials with the same number
-- question: Which shows have two specials with the same episode number in spite of the UNIQUE constraint?
-- answers: integrity
-- ordered: yes
-- notice: A special has no season, and NULL is not equal to NULL: the constraint on (title_id, season_id, episode_number)
--   never fires for these rows. At least three pairs are planted; the same two rows with a season would have been refused.
SELECT e.title_id,
       show_text.localized_title AS show,
       e.episode_number,
       count(*) AS rows_with_this_number,
       string_agg(COALESCE(special_text.localized_title, '(no text)') || ' [' || e.episode_id || ']', ', ' ORDER BY e.episode_id) AS specials
FROM episode AS e
LEFT JOIN localized_metadata AS show_text
       ON show_text.object_type = 'TITLE' AND show_text.object_id = e.title_id AND show_text.locale = 'en-US'
LEFT JOIN localized_metadata AS special_text
       ON special_text.object_type = 'EPISODE' AND special_text.object_id = e.episode_id AND special_text.locale = 'en-US'
WHERE e.season_id IS NULL
GROUP BY e.title_id, show_text.localized_title, e.episode_number
HAVING count(*) > 1
ORDER BY e.title_id, e.episode_number;

-- name: misfiled-episodes
-- title: Episodes in a season of another show
-- question: Where do episode.title_id and the title of the episode's season disagree?
-- answers: integrity
-- ordered: yes
-- notice: Three planted rows. Both foreign keys hold one by one, but nothing ties them together, so the two ways of counting
--   the episodes of a show give two numbers. Counted by season these rows belong to one show, by title_id to another.
SELECT e.episode_id,
       s.title_id AS title_by_season,
       by_season.localized_title AS show_by_season,
       s.season_number,
       e.episode_number,
       e.title_id AS title_by_episode,
       by_episode.localized_title AS show_by_episode,
       t.type AS type_by_episode
FROM episode AS e
JOIN season AS s ON s.season_id = e.season_id
JOIN title AS t ON t.title_id = e.title_id
LEFT JOIN localized_metadata AS by_season
       ON by_season.object_type = 'TITLE' AND by_season.object_id = s.title_id AND by_season.locale = 'en-US'
LEFT JOIN localized_metadata AS by_episode
       ON by_episode.object_type = 'TITLE' AND by_episode.object_id = e.title_id AND by_episode.locale = 'en-US'
WHERE e.title_id <> s.title_id
ORDER BY e.episode_id;
