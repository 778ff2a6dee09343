-- Video streaming analytics: a star of three event-level facts, and the daily fact that is made from one of them.
-- The document draws boxes with names, keys and (FK) marks, and leaves room ("…") for more; types are chosen here.
-- Times are UTC.

CREATE TABLE user (
  user_id BIGINT PRIMARY KEY,
  name STRING,
  email STRING,
  signup_date DATE NOT NULL
);

CREATE TABLE device (
  device_id BIGINT PRIMARY KEY,
  device_type STRING NOT NULL,         -- tv, mobile, web, tablet
  os STRING,
  app_version STRING                   -- as it is now: an update overwrites it
);

CREATE TABLE date (
  date_key INT PRIMARY KEY,            -- 20260331: a number that reads like the day
  calendar_date DATE NOT NULL UNIQUE,
  day_of_week STRING NOT NULL,         -- Monday … Sunday
  month INT NOT NULL,
  year INT NOT NULL
);

CREATE TABLE genre (
  genre_id INT PRIMARY KEY,
  genre_name STRING NOT NULL
);

CREATE TABLE creator (
  creator_id BIGINT PRIMARY KEY,
  creator_name STRING NOT NULL
);

CREATE TABLE content (
  content_id BIGINT PRIMARY KEY,
  title STRING NOT NULL,
  genre_id INT NOT NULL REFERENCES genre (genre_id),          -- one genre only
  creator_id BIGINT NOT NULL REFERENCES creator (creator_id), -- one creator only
  release_date DATE NOT NULL,
  content_type STRING NOT NULL         -- movie, episode, documentary, short
);

-- Grain: one action of one viewer. The largest table; aggregates are made from it, never the other way round.
CREATE TABLE viewing_event (
  event_id BIGINT PRIMARY KEY,
  date_key INT NOT NULL REFERENCES date (date_key),
  time_key INT NOT NULL REFERENCES time (time_key),
  user_id BIGINT NOT NULL REFERENCES user (user_id),
  content_id BIGINT NOT NULL REFERENCES content (content_id),
  device_id BIGINT NOT NULL REFERENCES device (device_id),
  session_id STRING NOT NULL,          -- one sitting: from the first play to the stop
  event_time TIMESTAMP NOT NULL,
  viewing_duration INT NOT NULL,       -- seconds played since the event before in the session; adds up
  action_type STRING NOT NULL,         -- play, pause, seek, stop
  position_seconds INT NOT NULL,       -- where the playhead stands after the action
  duration_seconds INT NOT NULL,       -- length of the content, repeated in every event
  is_recommended INT NOT NULL CHECK (is_recommended IN (0, 1)),  -- 1: this sitting was started from a recommendation
  completion_percentage DECIMAL(5,2) NOT NULL                    -- position by length, at this moment; does not add up
);

-- Grain: one recommendation shown to one user.
CREATE TABLE recommendation_event (
  rec_event_id BIGINT PRIMARY KEY,
  date_key INT NOT NULL REFERENCES date (date_key),
  user_id BIGINT NOT NULL REFERENCES user (user_id),
  content_id BIGINT NOT NULL REFERENCES content (content_id),
  recommendation_algorithm STRING NOT NULL,  -- item_item, matrix_factorization, popular, new_releases
  was_clicked INT NOT NULL CHECK (was_clicked IN (0, 1)),  -- written after the row: the click comes later
  was_watched INT NOT NULL CHECK (was_watched IN (0, 1)),
  rec_shown_time TIMESTAMP NOT NULL
);

-- Grain: one stretch of a stream at one quality.
CREATE TABLE streaming_quality_event (
  quality_event_id BIGINT PRIMARY KEY,
  date_key INT NOT NULL REFERENCES date (date_key),
  time_key INT NOT NULL REFERENCES time (time_key),
  user_id BIGINT NOT NULL REFERENCES user (user_id),
  content_id BIGINT NOT NULL REFERENCES content (content_id),
  device_id BIGINT NOT NULL REFERENCES device (device_id),
  buffering_instances INT NOT NULL,    -- how often the picture stood still, not for how long
  average_bitrate INT NOT NULL,        -- kbit/s
  stream_start_time TIMESTAMP NOT NULL,
  stream_end_time TIMESTAMP,           -- NULL while it runs
  quality_change_type STRING NOT NULL  -- start, up, down: how this stretch began
);

CREATE TABLE time (
  time_key INT PRIMARY KEY,            -- 201530 is 20:15:30
  hour INT NOT NULL,
  minute INT NOT NULL,
  second INT NOT NULL
);

-- Made from viewing_event. Grain: one user, content and device on one day.
CREATE TABLE viewing_fact (
  date_key INT REFERENCES date (date_key),
  time_key INT NOT NULL REFERENCES time (time_key),        -- of the first action of the day
  user_key BIGINT REFERENCES user (user_id),
  content_key BIGINT REFERENCES content (content_id),
  device_key BIGINT REFERENCES device (device_id),
  viewing_duration INT NOT NULL,                           -- seconds played
  completion_percentage DECIMAL(5,2) NOT NULL,             -- the furthest of that day
  is_recommended INT NOT NULL CHECK (is_recommended IN (0, 1)),  -- 1: any sitting of it was
  PRIMARY KEY (date_key, user_key, content_key, device_key)      -- the document marks no key; this is the grain
);
