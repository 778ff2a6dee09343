-- Viewing history: who played what on which device, second by second, and where to go on.
-- Sessions and events are facts that never change; resume_state is derived from them.

CREATE TABLE account (
  account_id BIGINT PRIMARY KEY       -- the household that pays
);
CREATE TABLE profile (
  profile_id BIGINT PRIMARY KEY,      -- one person of the household
  account_id BIGINT REFERENCES account(account_id),
  maturity_setting STRING,            -- KIDS, TEEN or ADULT
  country_code STRING                 -- ISO 3166 code: US, BR, IN, MX, DE, GB, FR, JP
);
CREATE TABLE device (
  device_id STRING PRIMARY KEY,       -- random and opaque (a GUID): not a serial number, not a fingerprint of a person
  device_type STRING,                 -- TV, mobile or web
  os_version STRING                   -- such as webOS 23 or Android 15; NULL where the client does not tell
);

-- One row each time somebody presses play and later stops.
CREATE TABLE playback_session (
  session_id STRING PRIMARY KEY,      -- UUID, made by the client
  profile_id BIGINT REFERENCES profile(profile_id),
  device_id STRING REFERENCES device(device_id),
  title_id BIGINT,                    -- title of the content catalog: the movie, or the show of the episode
  episode_id BIGINT NULL,             -- episode of the content catalog; NULL exactly for movies
  started_at TIMESTAMP,               -- UTC
  ended_at TIMESTAMP NULL             -- NULL while the session is still open
);

-- Append-only: a row is written once and never updated.
CREATE TABLE playback_event (
  session_id STRING,                  -- playback_session, without a foreign key: the stream does not wait for one
  event_time TIMESTAMP,               -- UTC, to the millisecond, by the clock of the device
  event_type STRING,                  -- PLAY, PAUSE, SEEK, BITRATE_CHANGE, END, ERROR
  position_sec INT,                   -- where the playhead stands after the event
  bitrate_kbps INT NULL,              -- of PLAY and BITRATE_CHANGE; NULL otherwise
  PRIMARY KEY (session_id, event_time)
);

-- One bookmark for each profile and movie or episode, overwritten by the stream job.
CREATE TABLE resume_state (
  profile_id BIGINT,
  title_id BIGINT,
  episode_id BIGINT NULL,             -- NULL exactly for movies
  last_position_sec INT,
  last_update TIMESTAMP,              -- time of the event the position was taken from
  PRIMARY KEY (profile_id, COALESCE(episode_id, title_id))
);
