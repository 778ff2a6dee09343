-- Governance: what keeps a data platform honest. Personal data apart, dimensions with a past, checks with
-- consequences, backfills that can be repeated and followed, and rules about who may see what.
-- The document gives the guardrails in words; tables and columns are our reference model.

-- ---------------------------------------------------------------- personal data, apart from everything else

-- The only table that knows who somebody is. Restricted, kept in a database of its own.
CREATE TABLE pii_vault (
  pii_key STRING PRIMARY KEY,         -- random UUID: tells nothing about the person
  full_name STRING,                   -- this and the next three are NULL once erased
  email STRING UNIQUE,
  payment_token STRING,               -- of the payment provider, never a card number
  phone STRING,                       -- column added on 20 January 2026; NULL for most people who were there before
  stored_at TIMESTAMP NOT NULL,
  erased_at TIMESTAMP,                -- the row stays as proof, without its content
  CHECK (erased_at IS NULL OR (full_name IS NULL AND email IS NULL AND payment_token IS NULL AND phone IS NULL))
);

-- What the rest of the platform knows of an account: a number.
CREATE TABLE account (
  account_id BIGINT PRIMARY KEY,      -- surrogate key, used in all facts
  pii_key STRING NOT NULL UNIQUE REFERENCES pii_vault(pii_key),  -- deleting this link makes the facts anonymous
  opened_on DATE NOT NULL,
  closed_on DATE                      -- first day without the account; NULL while it is open
);

-- ---------------------------------------------------------------- dimensions with a past (SCD2)

-- Plans and their prices. [effective_from, effective_to): valid from the first day to the day before the second.
CREATE TABLE dim_plan (
  plan_sk INT PRIMARY KEY,            -- surrogate key: one version of a plan
  plan_id STRING NOT NULL,            -- STANDARD_ADS, STANDARD, PREMIUM
  price_cents INT NOT NULL CHECK (price_cents > 0),  -- a month, in US cents
  max_screens INT NOT NULL,
  effective_from DATE NOT NULL,
  effective_to DATE,                  -- NULL: still valid
  is_current BOOLEAN NOT NULL,
  UNIQUE (plan_id, effective_from),
  CHECK (effective_to > effective_from)
);

-- Plan and region of each account, one row for each stretch of time.
CREATE TABLE dim_account (
  account_sk BIGINT PRIMARY KEY,      -- surrogate key: one version of an account
  account_id BIGINT NOT NULL REFERENCES account(account_id),
  plan_id STRING NOT NULL,
  region STRING NOT NULL,             -- US, BR, IN, MX, DE, GB
  effective_from DATE NOT NULL,       -- from when it is true
  effective_to DATE,                  -- NULL: still true
  is_current BOOLEAN NOT NULL,
  recorded_at TIMESTAMP NOT NULL,     -- from when the warehouse knows it
  UNIQUE (account_id, effective_from),
  CHECK (effective_to > effective_from)
);
CREATE INDEX dim_account_account_id_idx ON dim_account (account_id);

-- ---------------------------------------------------------------- facts

-- One sitting in front of the screen. No name, no address: a number and a region.
CREATE TABLE watch_session (
  session_id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,         -- account
  started_at TIMESTAMP NOT NULL,      -- UTC
  watch_minutes INT NOT NULL,
  region STRING NOT NULL,             -- where it was watched
  loaded_at TIMESTAMP NOT NULL        -- when it reached the platform
) PARTITIONED BY (dt DATE)            -- dt = date(started_at)
CLUSTER BY (account_id);

-- One account on one day. A day is replaced as a whole, by the nightly job or by a backfill.
CREATE TABLE watch_fact (
  account_id BIGINT,
  account_sk BIGINT NOT NULL,         -- the version of the account that was valid on dt, as far as known when built
  sessions INT NOT NULL,
  watch_minutes INT NOT NULL,
  backfill_id INT,                    -- the backfill that wrote the row; NULL: the nightly job
  dt DATE,
  PRIMARY KEY (dt, account_id)
) PARTITIONED BY (dt)
CLUSTER BY (account_id);

-- ---------------------------------------------------------------- contracts and expectations

-- What a table promises, and what happens when it does not hold.
CREATE TABLE data_contract (
  table_name STRING PRIMARY KEY,
  owner_role STRING NOT NULL,         -- access_role
  grain STRING NOT NULL,              -- what one row is
  freshness_minutes INT NOT NULL,     -- how old the newest row may be
  on_failure STRING NOT NULL CHECK (on_failure IN ('fail_open', 'fail_closed')),  -- publish with a warning, or hold back
  contract_version INT NOT NULL,
  agreed_on DATE NOT NULL
);

CREATE TABLE expectation (
  expectation_id INT PRIMARY KEY,
  table_name STRING NOT NULL REFERENCES data_contract(table_name),
  column_name STRING,                 -- NULL: of the whole table
  rule STRING NOT NULL,
  max_failed_percent DOUBLE NOT NULL  -- more failing rows than that fail the expectation
);

CREATE TABLE expectation_result (
  expectation_id INT REFERENCES expectation(expectation_id),
  dt DATE,                            -- the partition, or the day of a check of the whole table
  attempt INT,                        -- 2: after a backfill
  checked_at TIMESTAMP NOT NULL,
  rows_checked BIGINT NOT NULL,
  rows_failed BIGINT NOT NULL,
  passed BOOLEAN NOT NULL,
  action STRING NOT NULL CHECK (action IN ('published', 'published with warning', 'held back')),
  sample STRING,                      -- a failing value, kept to make searching easier
  PRIMARY KEY (expectation_id, dt, attempt)
);

-- ---------------------------------------------------------------- backfills

CREATE TABLE backfill_run (
  backfill_id INT PRIMARY KEY,
  table_name STRING NOT NULL REFERENCES data_contract(table_name),
  dt_from DATE NOT NULL,              -- partition filter: first day
  dt_to DATE NOT NULL,                -- and last day, included
  mode STRING NOT NULL CHECK (mode IN ('replace', 'append')),
  reason STRING NOT NULL,
  code_version STRING NOT NULL,       -- commit of the job
  requested_by INT NOT NULL,          -- staff
  started_at TIMESTAMP NOT NULL,
  finished_at TIMESTAMP NOT NULL,
  status STRING NOT NULL CHECK (status IN ('succeeded', 'failed')),
  CHECK (dt_from <= dt_to)
);

-- Lineage: what a run did to each partition.
CREATE TABLE backfill_partition (
  backfill_id INT REFERENCES backfill_run(backfill_id),
  dt DATE,
  rows_before BIGINT NOT NULL,
  rows_deleted BIGINT NOT NULL,
  rows_written BIGINT NOT NULL,
  rows_after BIGINT NOT NULL,
  PRIMARY KEY (backfill_id, dt),
  CHECK (rows_after = rows_before - rows_deleted + rows_written)
);

-- ---------------------------------------------------------------- who may see what

CREATE TABLE access_role (
  role STRING PRIMARY KEY,            -- analyst, data_engineer, support, finance, ml_service, privacy_officer
  purpose STRING NOT NULL
);

CREATE TABLE staff (
  staff_id INT PRIMARY KEY,
  role STRING NOT NULL REFERENCES access_role(role),
  region STRING,                      -- support works for one region; NULL: all
  joined_on DATE NOT NULL
);

-- Columns and how delicate they are.
CREATE TABLE data_element (
  table_name STRING,
  column_name STRING,
  classification STRING NOT NULL CHECK (classification IN ('pii', 'sensitive', 'internal')),
  added_on DATE NOT NULL,
  PRIMARY KEY (table_name, column_name)
);

-- What no policy allows is denied. A policy for the column beats one for '*'; of equal ones deny beats mask beats allow.
CREATE TABLE access_policy (
  policy_id INT PRIMARY KEY,
  role STRING NOT NULL REFERENCES access_role(role),
  table_name STRING NOT NULL,
  column_name STRING NOT NULL,        -- '*': every column, also those that will be added
  effect STRING NOT NULL CHECK (effect IN ('allow', 'mask', 'deny')),
  row_filter STRING,                  -- condition on the rows, such as region = staff.region
  valid_from DATE NOT NULL,
  valid_to DATE                       -- first day without it; NULL: no end
);

CREATE TABLE access_log (
  log_id BIGINT PRIMARY KEY,
  staff_id INT NOT NULL REFERENCES staff(staff_id),
  accessed_at TIMESTAMP NOT NULL,
  table_name STRING NOT NULL,
  column_name STRING NOT NULL,
  decision STRING NOT NULL CHECK (decision IN ('allowed', 'masked', 'denied'))  -- what the gateway did
);
CREATE INDEX access_log_table_name_idx ON access_log (table_name, column_name);
