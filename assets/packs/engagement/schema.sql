-- Engagement: one row for each sign of life an app sends, and the number that is made of it.

CREATE TABLE app_event (
  profile_id BIGINT,
  account_id BIGINT,                  -- the household of the profile
  region STRING,                      -- where the app was at that moment, not where the profile lives: US, BR, IN, MX, DE, GB
  event_name STRING,                  -- login, foreground (the app comes to the front), heartbeat (about every ten minutes)
  event_time TIMESTAMP                -- UTC, by the clock of the device
) PARTITIONED BY (dt DATE)            -- dt = DATE(event_time), so a day here is a day in UTC
CLUSTER BY (region, profile_id);

-- Daily active users of a region: profiles with any event there on that day.
CREATE OR REPLACE VIEW dau_by_region AS
SELECT
  dt,
  region,
  COUNT(DISTINCT profile_id) AS dau
FROM app_event
GROUP BY dt, region;
