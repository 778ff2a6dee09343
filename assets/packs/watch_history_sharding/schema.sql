-- Watch history, laid out: the same playback events by day, by day and session, by bucket, by shard.
-- The first four tables are documented; the others are ours and make the layouts visible.

CREATE TABLE account (
  account_id BIGINT PRIMARY KEY       -- the household that pays; numbers grow with time
);
CREATE TABLE profile (
  profile_id BIGINT PRIMARY KEY,      -- one person of the household
  account_id BIGINT REFERENCES account(account_id),
  maturity_setting STRING,            -- KIDS, TEEN or ADULT
  country_code STRING                 -- ISO 3166 code: US, BR, IN, MX, DE, GB
);

-- One row each time somebody presses play and later stops.
CREATE TABLE playback_session (
  session_id STRING PRIMARY KEY,      -- UUID, made by the client
  profile_id BIGINT REFERENCES profile(profile_id),
  device_id STRING,                   -- random and opaque
  title_id BIGINT,                    -- title of the content catalog
  episode_id BIGINT NULL,             -- episode of the content catalog; NULL exactly for movies
  started_at TIMESTAMP,               -- UTC
  ended_at TIMESTAMP NULL             -- NULL while the session is still open
);

-- The lake: everything, append-only, one partition for each day, files of a day sorted by session.
CREATE TABLE playback_event (
  session_id STRING,                  -- playback_session, without a foreign key
  event_time TIMESTAMP,               -- UTC, to the millisecond, by the clock of the device
  event_type STRING,                  -- PLAY, PAUSE, SEEK, BITRATE_CHANGE, END, ERROR
  position_sec INT,                   -- where the playhead stands after the event
  bitrate_kbps INT NULL,              -- of PLAY and BITRATE_CHANGE; NULL otherwise
  PRIMARY KEY (session_id, event_time)
) PARTITIONED BY (dt DATE)            -- dt = DATE(event_time)
CLUSTER BY (session_id);

-- The warehouse: the last 28 days once more, with the profile written into the event and hashed into 256 buckets,
-- so that a join with profile and a rollup by profile need no shuffle.
CREATE TABLE playback_event_bucketed (
  profile_id BIGINT,                  -- copied from the session
  account_id BIGINT,                  -- copied from the profile
  session_id STRING,
  event_time TIMESTAMP,
  event_type STRING,
  position_sec INT,
  bitrate_kbps INT NULL,
  bucket INT NOT NULL CHECK (bucket >= 0 AND bucket < 256),  -- hash of profile_id, modulo 256
  PRIMARY KEY (session_id, event_time)
) CLUSTERED BY (profile_id) INTO 256 BUCKETS;

-- One way to arrange the files of playback_event.
CREATE TABLE layout (
  layout_id STRING PRIMARY KEY,       -- such as dt+cluster
  partition_by STRING NULL,           -- what is in the path of a file
  cluster_by STRING NULL,             -- what the rows of a partition are sorted by
  bucket_by STRING NULL,              -- what is hashed
  buckets INT NULL,                   -- into how many
  note STRING
);

-- The manifest of each layout: its files with what a reader needs to skip them.
CREATE TABLE data_file (
  layout_id STRING REFERENCES layout(layout_id),
  file_no BIGINT,
  from_day DATE NOT NULL,             -- first and last day in the file
  to_day DATE NOT NULL,
  country_code STRING NULL,           -- only where the layout is partitioned by country
  bucket INT NULL,                    -- only where the layout has buckets
  row_count BIGINT NOT NULL CHECK (row_count > 0),
  min_session_id STRING NOT NULL,     -- smallest and largest value in the file
  max_session_id STRING NOT NULL,
  min_profile_id BIGINT NOT NULL,
  max_profile_id BIGINT NOT NULL,
  PRIMARY KEY (layout_id, file_no)
);

-- The servers of the online store.
CREATE TABLE shard (
  shard_id INT PRIMARY KEY,           -- 0 to 8
  host STRING NOT NULL UNIQUE,
  opened_on DATE NOT NULL             -- the ninth one came later
);

-- Consistent hashing: arcs of a ring of 65536 points. [from_point, to_point) belongs to shard_id.
CREATE TABLE shard_ring (
  ring_version INT,                   -- 1: eight shards; 2: nine
  from_point INT,
  to_point INT NOT NULL,
  shard_id INT NOT NULL REFERENCES shard(shard_id),
  PRIMARY KEY (ring_version, from_point),
  CHECK (from_point >= 0 AND from_point < to_point AND to_point <= 65536)
);
CREATE INDEX shard_ring_shard_id_idx ON shard_ring (shard_id);

-- Sharding by ranges of account_id: [from_account_id, to_account_id), the last one open.
CREATE TABLE shard_range (
  from_account_id BIGINT PRIMARY KEY,
  to_account_id BIGINT NULL,
  shard_id INT NOT NULL UNIQUE REFERENCES shard(shard_id)
);

-- Sharding by region: each country has its shard.
CREATE TABLE shard_region (
  country_code STRING PRIMARY KEY,
  shard_id INT NOT NULL REFERENCES shard(shard_id)
);

-- Hot keys whose events are spread over several shards: (profile_id, salt) instead of profile_id.
CREATE TABLE salted_key (
  profile_id BIGINT PRIMARY KEY REFERENCES profile(profile_id),
  salts INT NOT NULL CHECK (salts BETWEEN 2 AND 64),   -- salt = 0 … salts - 1, taken from the session
  reason STRING NOT NULL
);

-- Where an account lies: by hash modulo, and on the ring before and after the ninth shard.
CREATE VIEW account_placement AS
SELECT a.account_id,
       a.point,
       a.point % 8 AS shard_modulo_8,
       a.point % 9 AS shard_modulo_9,
       r8.shard_id AS shard_ring_8,
       r9.shard_id AS shard_ring_9,
       g.shard_id AS shard_range
FROM (
  SELECT account_id, (m * m + account_id) % 2147483647 % 65536 AS point
  FROM (SELECT account_id, (48271 * account_id + 397) % 2147483647 AS m FROM account) AS multiplied
) AS a
JOIN shard_ring AS r8 ON r8.ring_version = 1 AND a.point >= r8.from_point AND a.point < r8.to_point
JOIN shard_ring AS r9 ON r9.ring_version = 2 AND a.point >= r9.from_point AND a.point < r9.to_point
JOIN shard_range AS g ON a.account_id >= g.from_account_id AND (g.to_account_id IS NULL OR a.account_id < g.to_account_id);

-- Where a profile lies: its bucket in the warehouse, and its shard by each choice of key.
CREATE VIEW profile_placement AS
SELECT p.profile_id,
       p.account_id,
       p.country_code,
       p.point % 256 AS bucket,
       p.point % 8 AS shard_by_profile,
       a.shard_modulo_8 AS shard_by_account,
       a.shard_ring_8 AS shard_by_ring,
       a.shard_range AS shard_by_range,
       g.shard_id AS shard_by_region,
       COALESCE(k.salts, 1) AS salts
FROM (
  SELECT profile_id, account_id, country_code, (m * m + profile_id) % 2147483647 % 65536 AS point
  FROM (SELECT profile_id, account_id, country_code, (48271 * profile_id + 397) % 2147483647 AS m FROM profile) AS multiplied
) AS p
JOIN account_placement AS a ON a.account_id = p.account_id
JOIN shard_region AS g ON g.country_code = p.country_code
LEFT JOIN salted_key AS k ON k.profile_id = p.profile_id;
