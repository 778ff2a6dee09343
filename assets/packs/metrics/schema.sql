-- Time series of an application: raw measurements by month, and an hourly rollup of the last seven days.
-- PostgreSQL dialect.

CREATE TABLE metrics (
    id          BIGSERIAL,       -- counted on arrival, and no key: nothing here is unique
    user_id     UUID,            -- users of the shop, in another database
    metric_type VARCHAR(50),     -- api_latency_ms, page_load_ms, search_ms, scroll_percent, session_seconds, cart_value
    value       DECIMAL,         -- the unit is in the name of the type, if anywhere
    recorded_at TIMESTAMP        -- when it was measured, by the clock of the client; not when it arrived
) PARTITION BY RANGE (recorded_at);

-- Create monthly partitions: from a day, included, to a day, not included.
CREATE TABLE metrics_2024_01 PARTITION OF metrics
FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');

CREATE TABLE metrics_2024_02 PARTITION OF metrics
FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');

-- The document stops here; a table that goes on needs one more each month.
CREATE TABLE metrics_2024_03 PARTITION OF metrics FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
CREATE TABLE metrics_2024_04 PARTITION OF metrics FOR VALUES FROM ('2024-04-01') TO ('2024-05-01');
CREATE TABLE metrics_2024_05 PARTITION OF metrics FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');
CREATE TABLE metrics_2024_06 PARTITION OF metrics FOR VALUES FROM ('2024-06-01') TO ('2024-07-01');
CREATE TABLE metrics_2024_07 PARTITION OF metrics FOR VALUES FROM ('2024-07-01') TO ('2024-08-01');
CREATE TABLE metrics_2024_08 PARTITION OF metrics FOR VALUES FROM ('2024-08-01') TO ('2024-09-01');
CREATE TABLE metrics_2024_09 PARTITION OF metrics FOR VALUES FROM ('2024-09-01') TO ('2024-10-01');
CREATE TABLE metrics_2024_10 PARTITION OF metrics FOR VALUES FROM ('2024-10-01') TO ('2024-11-01');
CREATE TABLE metrics_2024_11 PARTITION OF metrics FOR VALUES FROM ('2024-11-01') TO ('2024-12-01');
CREATE TABLE metrics_2024_12 PARTITION OF metrics FOR VALUES FROM ('2024-12-01') TO ('2025-01-01');
CREATE TABLE metrics_2025_01 PARTITION OF metrics FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
CREATE TABLE metrics_2025_02 PARTITION OF metrics FOR VALUES FROM ('2025-02-01') TO ('2025-03-01');

-- In the document a materialized view: rows that are stored, and stay as they were at the last refresh.
-- A table here, because a view would be computed anew at each reading and could never be out of date.
CREATE TABLE hourly_metrics (
    user_id     UUID,
    metric_type VARCHAR(50),
    hour        TIMESTAMP,       -- DATE_TRUNC('hour', recorded_at)
    event_count BIGINT,          -- COUNT(*)
    avg_value   DECIMAL,         -- AVG(value), rounded to the three digits of the column
    max_value   DECIMAL,         -- MAX(value)
    min_value   DECIMAL          -- MIN(value)
);
-- Ours: REFRESH MATERIALIZED VIEW CONCURRENTLY asks for a unique index.
CREATE UNIQUE INDEX hourly_metrics_key ON hourly_metrics (user_id, metric_type, hour);

-- Ours: what the engine knows about its partitions (pg_inherits and pg_class), as a table that can be asked.
CREATE TABLE metrics_partitions (
    partition_name VARCHAR(63) PRIMARY KEY,
    range_from     TIMESTAMP NOT NULL UNIQUE,
    range_to       TIMESTAMP NOT NULL,       -- not included
    created_on     DATE NOT NULL,
    CHECK (range_to > range_from)
);

-- Ours: one row for each run of REFRESH MATERIALIZED VIEW hourly_metrics, every hour at minute 0.
CREATE TABLE refresh_runs (
    started_at TIMESTAMP PRIMARY KEY,
    last_id    BIGINT NOT NULL,              -- largest metrics.id it could see
    rows_read  BIGINT NOT NULL,              -- all of the seven days, each time
    rows_made  BIGINT NOT NULL
);
