-- Subscriptions, billing, promotions, payments: what a household has, owes and has paid.
-- Money is kept in whole minor units (cents); the yen has none, so 1690 JPY is stored as 1690.

CREATE TABLE plan (
  plan_id STRING PRIMARY KEY,         -- STANDARD_ADS, STANDARD, PREMIUM in USD; other currencies with a suffix: PREMIUM_EUR
  price_cents INT,                    -- today's price of a month; earlier prices are not kept
  currency STRING,                    -- ISO 4217 code: USD, BRL, INR, MXN, EUR, GBP, JPY
  max_screens INT,                    -- screens at the same time
  hdr BOOLEAN,
  ads_supported BOOLEAN
);

-- Effective-dated: one row for each stretch of time in which plan and status stay the same.
CREATE TABLE subscription (
  subscription_id BIGINT PRIMARY KEY, -- of the version, not of the subscription: a change makes a new row with a new number
  account_id BIGINT,                  -- account of the accounts model
  plan_id STRING REFERENCES plan(plan_id),
  status STRING,                      -- ACTIVE, PAUSED, CANCELED
  start_date DATE,                    -- first day of the version
  end_date DATE NULL                  -- day the next version begins, so not included; NULL: current
);

CREATE TABLE promotion (
  promo_code STRING PRIMARY KEY,
  discount_type STRING,               -- PCT or FIXED
  discount_value DOUBLE,              -- PCT: percent of the price; FIXED: minor units, of whatever currency the invoice has
  start_date DATE,                    -- first day on which the code is taken
  end_date DATE                       -- last day on which the code is taken
);

-- What happened to a subscription, append-only.
CREATE TABLE subscription_event (
  event_id BIGINT PRIMARY KEY,
  subscription_id BIGINT REFERENCES subscription(subscription_id),  -- the version that held just before the event
  event_time TIMESTAMP,               -- UTC; a CANCEL comes before the day it takes effect
  event_type STRING,                  -- UPGRADE, DOWNGRADE, CANCEL, RESUME, RENEW
  old_plan_id STRING,
  new_plan_id STRING,                 -- NULL for CANCEL
  note STRING                         -- reason of a CANCEL; NULL for most
);

-- What is owed for one period, paid in advance. A mid-cycle change alters the amount of the running invoice.
CREATE TABLE invoice (
  invoice_id BIGINT PRIMARY KEY,
  account_id BIGINT,                  -- account of the accounts model
  period_start DATE,
  period_end DATE,                    -- start of the next period, so not included
  amount_due_cents INT,               -- charge + pro-rated charge - credit - discount; the lines themselves are not stored
  currency STRING,
  promo_code STRING NULL REFERENCES promotion(promo_code),
  created_at TIMESTAMP,               -- UTC
  status STRING                       -- OPEN, PAID, VOID
);

-- Every movement of money is a row: a failed attempt, a capture, a refund. Amounts are positive.
CREATE TABLE payment (
  payment_id BIGINT PRIMARY KEY,
  invoice_id BIGINT REFERENCES invoice(invoice_id),
  amount_cents INT,
  currency STRING,
  method STRING,                      -- card, paypal, gift
  status STRING,                      -- AUTH, CAPTURED, REFUNDED, FAILED
  created_at TIMESTAMP                -- UTC
);
