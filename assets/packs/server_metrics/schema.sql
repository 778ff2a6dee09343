-- Server metrics in the two forms the document draws: rows of a wide-column store, and labelled series of a time series database.

-- Wide-column form, as documented (CQL). Partition key: server and day. Clustering key: time, then metric.
CREATE TABLE server_metrics (
  server_id    TEXT,         -- server-1, server-2 …
  metric_date  DATE,         -- day of timestamp: bounds the size of a partition
  timestamp    TIMESTAMP,    -- UTC
  metric_name  TEXT,         -- cpu, disk, memory
  value        DOUBLE,       -- percent in use, 0 to 100
  PRIMARY KEY ((server_id, metric_date), timestamp, metric_name)
);

-- Time series form. The document shows metric name, labels and value; how they become tables is our reference model.

-- One row for each distinct set of metric name and labels.
CREATE TABLE series (
  series_id    BIGINT PRIMARY KEY,   -- surrogate key, so that a point does not repeat its labels
  metric_name  TEXT NOT NULL,        -- cpu_usage, http_requests_total …
  metric_type  TEXT NOT NULL,        -- gauge (goes up and down), counter (only up, 0 after a restart), histogram (counters by bucket)
  CHECK (metric_type IN ('gauge', 'counter', 'histogram'))
);

-- The labels of a series as rows, and the inverted index over them.
CREATE TABLE series_label (
  series_id    BIGINT NOT NULL REFERENCES series (series_id),
  label_name   TEXT NOT NULL,        -- host, env, region, service, method, path, le, sensor, unit, user_id
  label_value  TEXT NOT NULL,
  PRIMARY KEY (series_id, label_name)
);
CREATE INDEX series_label_inverted_idx ON series_label (label_name, label_value, series_id);

-- Raw points. No reference is checked while writing: a million rows a second leave no time for it.
CREATE TABLE points (
  series_id    BIGINT,
  timestamp    TIMESTAMP,
  value        DOUBLE,
  PRIMARY KEY ((series_id), timestamp)
) WITH default_time_to_live = 604800;      -- 7 days

-- One row a minute for each gauge: the documented summary is avg, min and max.
CREATE TABLE points_1m (
  series_id    BIGINT,
  timestamp    TIMESTAMP,            -- where the minute begins
  avg_value    DOUBLE,
  min_value    DOUBLE,
  max_value    DOUBLE,
  PRIMARY KEY ((series_id), timestamp)
) WITH default_time_to_live = 2592000;     -- 30 days

-- One row an hour.
CREATE TABLE points_1h (
  series_id    BIGINT,
  timestamp    TIMESTAMP,            -- where the hour begins
  avg_value    DOUBLE,
  min_value    DOUBLE,
  max_value    DOUBLE,
  PRIMARY KEY ((series_id), timestamp)
) WITH default_time_to_live = 31536000;    -- 365 days
