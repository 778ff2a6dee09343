-- Accounts, profiles and devices: who pays, who watches, and on what.
-- A device belongs to the account; which profiles use it is a relation of its own, many to many.

CREATE TABLE account (
  account_id BIGINT PRIMARY KEY,      -- the household that pays; a surrogate key, handed out in order of sign-up
  created_at TIMESTAMP,               -- UTC
  home_country STRING,                -- ISO 3166 code where the household lives now: US, BR, IN, MX, DE, GB, FR, JP
  billing_currency STRING             -- ISO 4217 code in which it pays: USD, BRL, INR, MXN, EUR, GBP, JPY
);

CREATE TABLE profile (
  profile_id BIGINT PRIMARY KEY,      -- one person of the household
  account_id BIGINT REFERENCES account(account_id),
  name STRING,                        -- what the person typed; personal data, and not unique in the household
  is_kids BOOLEAN,                    -- TRUE: sees children's titles only
  language_pref STRING,               -- language tag such as en-US or pt-BR; NULL where nobody chose one
  created_at TIMESTAMP                -- UTC
);

CREATE TABLE device (
  device_id STRING PRIMARY KEY,       -- random and opaque (a GUID), made when the app is installed
  account_id BIGINT REFERENCES account(account_id),   -- one household at a time: signing in elsewhere overwrites it
  device_type STRING,                 -- TV, mobile or web
  registered_at TIMESTAMP             -- UTC, of the registration with the present account
);

-- Which profiles use a device, or may use it: the row does not tell which of the two.
CREATE TABLE profile_device_link (
  profile_id BIGINT REFERENCES profile(profile_id),
  device_id STRING REFERENCES device(device_id),
  PRIMARY KEY (profile_id, device_id)
);
