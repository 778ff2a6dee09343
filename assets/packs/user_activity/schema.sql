-- Wide-column storage: one partition for each user, newest event first, and rows that have different columns.
-- Cassandra's dialect (CQL). user_activity is documented; the three profile tables hold the document's sparse example
-- (row_key with name, email, phone, twitter, linkedin, github, blog) in three shapes, to compare them.

CREATE TABLE user_activity (
  user_id    TEXT,             -- partition key: decides which node has the row; all rows of a user stand together
  timestamp  TIMESTAMP,        -- clustering key: the order inside the partition; UTC, to the millisecond
  event_type TEXT,             -- login, view, click, search, add_to_cart, purchase, error, logout
  data       JSON,             -- map<text, text> in Cassandra: other keys in each row; NULL where there is nothing to say
  PRIMARY KEY ((user_id), timestamp)
) WITH CLUSTERING ORDER BY (timestamp DESC);

-- Sparse columns as columns: one row for each user, NULL wherever somebody lacks something.
CREATE TABLE profile_columns (
  row_key  TEXT PRIMARY KEY,   -- the user_id
  name     TEXT,
  email    TEXT,
  phone    TEXT,
  twitter  TEXT,
  linkedin TEXT,
  github   TEXT,
  blog     TEXT
);

-- Sparse columns as rows: one row for each value that is there (entity, attribute, value).
CREATE TABLE profile_rows (
  row_key     TEXT,
  column_name TEXT,            -- clustering key: any word, also one nobody has used before
  value       TEXT,
  PRIMARY KEY ((row_key), column_name)
);

-- Sparse columns as JSON: one document for each user.
CREATE TABLE profile_json (
  row_key TEXT PRIMARY KEY,
  data    JSON
);
