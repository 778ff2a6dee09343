-- Streaming quality: what the player notices about the stream, event by event, and one summary for each session.
-- Who watched on what stands in the tables of the viewing history; three of them are repeated here for the joins.

CREATE TABLE profile (
  profile_id BIGINT PRIMARY KEY,      -- one person of a household
  account_id BIGINT,                  -- the household; its table belongs to the viewing history
  maturity_setting STRING,            -- KIDS, TEEN or ADULT
  country_code STRING                 -- ISO 3166 code of the home: US, BR, IN, MX, DE, GB. Here it stands for the region
);
CREATE TABLE device (
  device_id STRING PRIMARY KEY,       -- random and opaque
  device_type STRING,                 -- TV, mobile or web
  os_version STRING                   -- NULL where the client does not tell
);

-- One row each time somebody presses play and later stops.
CREATE TABLE playback_session (
  session_id STRING PRIMARY KEY,      -- UUID, made by the client
  profile_id BIGINT REFERENCES profile(profile_id),
  device_id STRING REFERENCES device(device_id),
  title_id BIGINT,                    -- title of the content catalog
  episode_id BIGINT NULL,             -- episode of the content catalog; NULL exactly for movies
  started_at TIMESTAMP,               -- UTC: play was pressed; the first frame comes later
  ended_at TIMESTAMP NULL             -- UTC; NULL while the session is still open
);

-- Append-only. There is no event for a good end: a session without an error just stops sending.
CREATE TABLE qos_event (
  session_id STRING,                  -- playback_session, without a foreign key: the stream does not wait for one
  event_time TIMESTAMP,               -- UTC, to the millisecond, by the clock of the device
  q_event STRING,                     -- STARTUP (first frame), BUFFERING_START, BUFFERING_END, BITRATE_CHANGE, ERROR
  position_sec INT,                   -- where the playhead stands; it does not move between BUFFERING_START and BUFFERING_END
  bitrate_kbps INT,                   -- the rung that plays after the event; NULL when no frame was ever shown
  cdn STRING,                         -- the delivery network that served this stretch: cdn-a, cdn-b or cdn-c
  error_code STRING NULL,             -- of ERROR only
  PRIMARY KEY (session_id, event_time)
) PARTITIONED BY (dt DATE);           -- dt = DATE(event_time): a session over midnight lies in two partitions

-- One row for each session with a STARTUP or an ERROR, made by a job from qos_event:
-- the buffering events are paired first, then everything is grouped by session_id.
CREATE TABLE qos_session_summary (
  session_id STRING PRIMARY KEY,      -- playback_session; device and region are found there
  start_time TIMESTAMP,               -- MIN(event_time)
  end_time TIMESTAMP,                 -- MAX(event_time): the last event, which is not the end of the session
  rebuffer_count BIGINT,              -- number of BUFFERING_START
  rebuffer_time_sec DOUBLE,           -- seconds between each BUFFERING_START and its BUFFERING_END; 0 when nothing paired
  avg_bitrate DOUBLE                  -- AVG(bitrate_kbps) over events, each counting the same; NULL when no frame was shown
);
