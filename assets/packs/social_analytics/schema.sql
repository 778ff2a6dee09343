-- Social media analytics: who saw and did what with whose posts, which ads were shown, and who stays.
-- The document draws boxes with names, keys and (FK) marks; types and NOT NULL are chosen here. Times are UTC.

CREATE TABLE user (
  user_id BIGINT PRIMARY KEY,          -- kept as the document marks it: so there is one row for each user
  status STRING NOT NULL,              -- active, churned or suspended: as it is now
  name STRING,
  email STRING,
  phone STRING,                        -- NULL where not given
  created_at TIMESTAMP NOT NULL,       -- registration
  updated_at TIMESTAMP NOT NULL,       -- when this row was written last
  is_current BOOLEAN NOT NULL,         -- with user_id as the key it cannot be anything but TRUE
  last_active_date DATE,               -- copied from the events by a nightly job
  churned_date DATE                    -- the day on which 30 days without activity were full; emptied when somebody comes back
);

CREATE TABLE content (
  content_id BIGINT PRIMARY KEY,
  content_type STRING NOT NULL,        -- photo, video, story, text, link
  content_name STRING,
  content_desc STRING,
  creator_id BIGINT NOT NULL REFERENCES user (user_id),
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,       -- later than created_at where the post was edited
  is_current BOOLEAN NOT NULL
);

CREATE TABLE campaign (
  campaign_id BIGINT PRIMARY KEY,
  campaign_type STRING NOT NULL,       -- awareness (paid by impression), traffic (by click), conversion (by conversion)
  campaign_name STRING,
  campaign_desc STRING,
  created_at TIMESTAMP,
  starttime TIMESTAMP NOT NULL,
  endtime TIMESTAMP NOT NULL           -- the first moment it is over
);

-- One row for each thing a viewer does with a post. By far the largest table; only added to.
CREATE TABLE content_event (
  event_id BIGINT PRIMARY KEY,
  event_time TIMESTAMP NOT NULL,
  event_type STRING NOT NULL,          -- view, like, comment, share
  content_id BIGINT NOT NULL REFERENCES content (content_id),
  creator_id BIGINT NOT NULL REFERENCES user (user_id),  -- copied from the content, so that creators are counted without a join
  viewer_id BIGINT NOT NULL REFERENCES user (user_id),   -- who did it
  device_id BIGINT NOT NULL REFERENCES device (device_id),
  ip_address STRING
) PARTITIONED BY (day(event_time));    -- the document: often partitioned by day

-- One row for each impression, click and conversion.
CREATE TABLE ad_event (
  event_id BIGINT PRIMARY KEY,
  event_time TIMESTAMP NOT NULL,
  event_type STRING NOT NULL,          -- impression, click, conversion
  campaign_id BIGINT NOT NULL REFERENCES campaign (campaign_id),
  user_id BIGINT NOT NULL REFERENCES user (user_id),
  device_id BIGINT NOT NULL REFERENCES device (device_id),
  ip_address STRING,
  revenue DECIMAL(10,2),               -- of a conversion; NULL otherwise
  cost DECIMAL(10,4) NOT NULL          -- what the advertiser pays for this event; 0 where the campaign is paid by another one
) PARTITIONED BY (day(event_time));

CREATE TABLE device (
  device_id BIGINT PRIMARY KEY,
  device_type STRING NOT NULL,         -- mobile, desktop, tablet
  os STRING
);

-- One row for each user and period in which the user was active, or was active in the period before.
CREATE TABLE user_churn_stats (
  user_id BIGINT REFERENCES user (user_id),
  last_active_date DATE NOT NULL,      -- the last day with an event up to the end of the period
  churned_flag BOOLEAN NOT NULL,       -- active in the period before, not in this one
  churned_date DATE,                   -- first day of the period in which the user was missing; NULL unless churned_flag
  resurrected_flag BOOLEAN NOT NULL,   -- active in this period, not in the one before, but earlier
  period STRING,                       -- a month such as 2026-03, or a day such as 2026-03-14
  PRIMARY KEY (user_id, period)
);
