-- Recommendations: which titles are alike, what is shown to whom, and what the titles look like to a model.
-- All three tables are written by batch jobs and only read by the service.

-- Similarity graph: an edge says that whoever liked src may like dst. Directed; one edge for each model and version.
CREATE TABLE item_item_edge (
  src_title_id BIGINT,                -- title of the content catalog
  dst_title_id BIGINT,                -- title of the content catalog
  score DOUBLE,                       -- higher is closer; each model has a scale of its own
  model VARCHAR,                      -- itemCF (watched together) or graphSage (a graph network over contents and views)
  model_version STRING,               -- year and month of the training: 2026.06
  computed_at TIMESTAMP,              -- UTC
  PRIMARY KEY (src_title_id, dst_title_id, model, model_version)
);

-- Precomputed top-K lists. A list is all rows of one profile, context and generated_at.
CREATE TABLE personalized_recs (
  profile_id BIGINT,                  -- profile of the viewing history
  context STRING,                     -- home, because_you_watched, kids
  rank INT,                           -- 1 is shown first; home has 20, the others 10
  title_id BIGINT,                    -- title of the content catalog
  score DOUBLE,
  model STRING,                       -- the same in all rows of a list
  model_version STRING,               -- the same in all rows of a list
  generated_at TIMESTAMP,             -- UTC; part of the key, so older lists stay
  PRIMARY KEY (profile_id, context, rank, generated_at)
);

-- What a title is to a model: 256 numbers. Titles that point in the same direction are alike.
CREATE TABLE feature_store_items (
  title_id BIGINT PRIMARY KEY,        -- title of the content catalog
  embedding VECTOR(256)               -- of which model, the table does not say
);
