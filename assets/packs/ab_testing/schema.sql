-- A/B testing: what is tried on whom, who was given what, and what came of it.
-- profile is repeated from the viewing history: it tells which profiles share a household, and where they live.

CREATE TABLE profile (
  profile_id BIGINT PRIMARY KEY,      -- one person of a household
  account_id BIGINT,                  -- the household that pays; its table belongs to the viewing history
  maturity_setting STRING,            -- KIDS, TEEN or ADULT
  country_code STRING                 -- ISO 3166 code: US, BR, IN, MX, DE
);

CREATE TABLE experiment (
  exp_id STRING PRIMARY KEY,          -- such as exp-101; its number is the salt of the assignment
  name STRING,
  start_time TIMESTAMP,               -- UTC
  end_time TIMESTAMP,                 -- planned when the experiment is set up: it may lie in the future
  unit STRING,                        -- PROFILE or ACCOUNT
  primary_kpi STRING                  -- decided beforehand, such as: 7d hours watched
);

CREATE TABLE variant (
  exp_id STRING REFERENCES experiment(exp_id),
  variant_id STRING,                  -- control, treatment_a, treatment_b
  traffic_pct DOUBLE,                 -- planned share, in percent; adds up to 100 for an experiment
  PRIMARY KEY (exp_id, variant_id)
);

-- One row when a unit meets the experiment for the first time; never changed afterwards.
CREATE TABLE assignment (
  exp_id STRING,                      -- experiment
  unit_id STRING,                     -- profile_id or account_id as text, as experiment.unit says
  variant_id STRING,                  -- variant of the same experiment
  assigned_at TIMESTAMP,              -- UTC: first exposure
  PRIMARY KEY (exp_id, unit_id)
) PARTITIONED BY (exp_id);

-- Outcomes joined from facts: one row for each unit, day and KPI on which there was something to count.
CREATE TABLE kpi_outcome (
  exp_id STRING,
  unit_id STRING,                     -- as in assignment
  metric_date DATE,                   -- UTC; days before the assignment are the pre-period
  kpi_name STRING,                    -- watch_hours, retention_d30, conversion
  kpi_value DOUBLE,                   -- hours; 1 or 0 for retention_d30 and conversion
  PRIMARY KEY (exp_id, unit_id, metric_date, kpi_name)
);
