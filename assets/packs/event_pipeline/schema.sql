-- Event pipeline: three Kafka topics, kept raw in bronze, typed and cleaned in silver, counted in gold.
-- The document names the topics, their keys, the layers and the gold tables; the columns of bronze and
-- silver, the dimensions and the tables that watch over the pipeline are our reference model.

-- Dimensions that silver joins.

CREATE TABLE dim_country (
  country_code STRING PRIMARY KEY,    -- ISO 3166 code, also the region of app events
  country_name STRING NOT NULL,
  currency STRING NOT NULL            -- ISO 4217 code of what is charged there
);

CREATE TABLE dim_profile (
  profile_id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,         -- the household that pays
  country_code STRING NOT NULL REFERENCES dim_country(country_code),
  created_on DATE NOT NULL
);

CREATE TABLE dim_device (
  device_id STRING PRIMARY KEY,       -- random and opaque
  device_type STRING NOT NULL,        -- TV, mobile or web
  os_version STRING
);

-- What producers may send: one row for each registered schema.
CREATE TABLE schema_version (
  schema_id INT PRIMARY KEY,          -- number in the registry, sent with each message
  topic STRING NOT NULL,              -- playback_events, app_events, billing_events
  version INT NOT NULL,
  compatibility STRING NOT NULL CHECK (compatibility IN ('BACKWARD', 'NONE')),  -- the rule it was checked against
  registered_at TIMESTAMP NOT NULL,
  fields STRING NOT NULL,             -- names of the fields, in order
  change STRING NOT NULL,
  UNIQUE (topic, version)
);

-- What the pipeline writes, and what it promises.
CREATE TABLE dataset (
  dataset_name STRING PRIMARY KEY,    -- name of the table
  layer STRING NOT NULL CHECK (layer IN ('bronze', 'silver', 'gold')),
  topic STRING NOT NULL,
  grain STRING NOT NULL,              -- what one row is
  written STRING NOT NULL,            -- how often
  freshness_sla_minutes INT NOT NULL  -- bronze, silver, streams: age of the newest row; nightly tables: minutes after midnight
);

-- Bronze: messages as they came. Append-only, no key, nothing parsed. dt is the day of arrival.

CREATE TABLE bronze_playback_events (
  kafka_partition INT,                -- by hash of the key: one session stays in one partition, in order
  kafka_offset BIGINT,                -- place in the partition; with it a message has a name
  message_key STRING,                 -- session_id
  schema_id INT,                      -- schema_version
  producer STRING,                    -- player-tv, player-mobile, player-web
  received_at TIMESTAMP,              -- UTC, clock of the broker
  payload STRING                      -- JSON, not touched
) PARTITIONED BY (dt DATE)            -- dt = date(received_at)
CLUSTER BY (kafka_partition, kafka_offset);

CREATE TABLE bronze_app_events (
  kafka_partition INT,
  kafka_offset BIGINT,
  message_key STRING,                 -- profile_id
  schema_id INT,
  producer STRING,                    -- app-tv, app-mobile, app-web
  received_at TIMESTAMP,
  payload STRING
) PARTITIONED BY (dt DATE)
CLUSTER BY (kafka_partition, kafka_offset);

CREATE TABLE bronze_billing_events (
  kafka_partition INT,
  kafka_offset BIGINT,
  message_key STRING,                 -- account_id
  schema_id INT,
  producer STRING,                    -- billing-service
  received_at TIMESTAMP,
  payload STRING
) PARTITIONED BY (dt DATE)
CLUSTER BY (kafka_partition, kafka_offset);

-- Messages that silver could not take: kept with a reason, so that they can be looked at and sent again.
CREATE TABLE quarantine (
  topic STRING,
  kafka_partition INT,
  kafka_offset BIGINT,
  received_at TIMESTAMP NOT NULL,
  reason STRING NOT NULL,             -- not JSON, no key, clock not set
  payload STRING NOT NULL,
  PRIMARY KEY (topic, kafka_partition, kafka_offset)
) PARTITIONED BY (dt DATE);

-- Silver: one row for each event, typed, without copies, with country and device. dt is the day it happened.

CREATE TABLE silver_playback_event (
  session_id STRING,
  event_time TIMESTAMP,               -- UTC, clock of the device
  event_type STRING NOT NULL,         -- PLAY, STARTUP, PAUSE, SEEK, BITRATE_CHANGE, BUFFERING_START, BUFFERING_END, END, ERROR
  position_sec INT NOT NULL,          -- of position_sec or position_ms, whichever the message has
  bitrate_kbps INT,                   -- of STARTUP and BITRATE_CHANGE
  cdn STRING,                         -- NULL before schema version 2
  error_code STRING,                  -- of ERROR; NULL before schema version 2
  profile_id BIGINT NOT NULL,
  title_id BIGINT NOT NULL,           -- title of the content catalog
  episode_id BIGINT,                  -- NULL exactly for movies
  device_id STRING NOT NULL,
  device_type STRING,                 -- from dim_device; NULL while the dimension does not know the device
  country_code STRING,                -- from dim_profile: where the profile is at home
  schema_id INT NOT NULL,             -- lineage: how the payload was read
  received_at TIMESTAMP NOT NULL,     -- of the first copy; received_at - event_time is the lateness
  PRIMARY KEY (session_id, event_time)
) PARTITIONED BY (dt DATE)            -- dt = date(event_time)
CLUSTER BY (session_id);

CREATE TABLE silver_app_event (
  profile_id BIGINT,
  account_id BIGINT NOT NULL,
  region STRING NOT NULL,             -- where the app was: US, BR, IN, MX, DE, GB
  event_name STRING,                  -- login, foreground, heartbeat
  event_time TIMESTAMP,
  device_id STRING,                   -- NULL before schema version 2
  device_type STRING,                 -- from dim_device
  schema_id INT NOT NULL,
  received_at TIMESTAMP NOT NULL,
  PRIMARY KEY (profile_id, event_time, event_name)
) PARTITIONED BY (dt DATE)
CLUSTER BY (region, profile_id);

CREATE TABLE silver_billing_event (
  event_id STRING PRIMARY KEY,        -- UUID of the producer
  account_id BIGINT NOT NULL,
  event_type STRING NOT NULL,         -- SUBSCRIBE, RENEW, PAYMENT_FAILED, UPGRADE, DOWNGRADE, CANCEL
  plan_id STRING NOT NULL,            -- STANDARD_ADS, STANDARD, PREMIUM
  amount_cents INT NOT NULL,          -- of amount or amount_cents, whichever the message has; 0 where nothing is charged
  currency STRING NOT NULL,
  country_code STRING,                -- from the profiles of the account
  event_time TIMESTAMP NOT NULL,
  schema_id INT NOT NULL,
  received_at TIMESTAMP NOT NULL
) PARTITIONED BY (dt DATE)
CLUSTER BY (account_id);

-- Gold: answers.

-- One bookmark for each profile and movie or episode, newest event wins. Written by the stream.
CREATE TABLE resume_state (
  profile_id BIGINT,
  title_id BIGINT,
  episode_id BIGINT NULL,
  last_position_sec INT,
  last_update TIMESTAMP,              -- time of the event, not of its arrival
  PRIMARY KEY (profile_id, COALESCE(episode_id, title_id))
);

-- Distinct profiles for each day and region. Written at night for the day before and again in the two nights after.
CREATE TABLE dau_by_region (
  dt DATE,
  region STRING,
  dau BIGINT,
  PRIMARY KEY (dt, region)
);

-- One row for each session, from pairs of BUFFERING_START and BUFFERING_END. Written every 15 minutes.
CREATE TABLE qos_session_summary (
  session_id STRING PRIMARY KEY,
  start_time TIMESTAMP,
  end_time TIMESTAMP,
  rebuffer_count INT,
  rebuffer_time_sec DOUBLE,
  avg_bitrate DOUBLE                  -- mean over STARTUP and BITRATE_CHANGE, each weighing the same
);

-- Lineage: each attempt of a nightly job at one partition.
CREATE TABLE pipeline_run (
  run_id BIGINT PRIMARY KEY,
  dataset_name STRING NOT NULL REFERENCES dataset(dataset_name),
  dt DATE NOT NULL,                   -- the partition that was built
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP NOT NULL,
  status STRING NOT NULL CHECK (status IN ('succeeded', 'failed')),
  rows_read BIGINT NOT NULL,          -- silver rows of dt that had arrived by then
  UNIQUE (dataset_name, dt, started_at)
);
CREATE INDEX pipeline_run_dt_idx ON pipeline_run (dt);
