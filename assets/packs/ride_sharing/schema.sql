-- Ride-sharing: from the price a rider saw to the money a driver earned. Our own reference model.
-- Dimensions, then the log of trip events (the truth), then facts that are kept for speed.
-- Times are UTC unless the name says local. Names, phones and plates live in a vault, not here.

CREATE TABLE city (
  city_id       INT PRIMARY KEY,
  city_name     VARCHAR(60) NOT NULL UNIQUE,
  country_code  CHAR(2) NOT NULL,         -- ISO 3166
  currency_code CHAR(3) NOT NULL,         -- ISO 4217; every amount of the city is in it
  time_zone     VARCHAR(40) NOT NULL,     -- IANA name: an offset would be wrong half of the year
  launched_on   DATE NOT NULL
);

-- The area for which supply is counted and a price is set.
CREATE TABLE zone (
  zone_id   INT PRIMARY KEY,
  city_id   INT NOT NULL REFERENCES city (city_id),
  zone_name VARCHAR(60) NOT NULL,
  zone_type VARCHAR(20) NOT NULL CHECK (zone_type IN ('centre', 'nightlife', 'business', 'residential', 'station', 'airport')),
  UNIQUE (city_id, zone_name)
);

CREATE TABLE product (
  product_id   INT PRIMARY KEY,
  product_name VARCHAR(20) NOT NULL UNIQUE,   -- Economy, Comfort, XL
  seats        INT NOT NULL CHECK (seats > 0)
);

-- What one unit of a currency is worth, month by month. Needed before two cities may be added up.
CREATE TABLE exchange_rate (
  currency_code CHAR(3) NOT NULL,
  month         DATE NOT NULL,              -- first day of the month
  usd_per_unit  NUMERIC(12,6) NOT NULL CHECK (usd_per_unit > 0),
  PRIMARY KEY (currency_code, month)
);

-- Price list, SCD2: a row holds from valid_from up to, not including, valid_to.
CREATE TABLE fare_rate (
  fare_rate_id   INT PRIMARY KEY,           -- surrogate key: one for each version
  city_id        INT NOT NULL REFERENCES city (city_id),
  product_id     INT NOT NULL REFERENCES product (product_id),
  base_amount    NUMERIC(10,2) NOT NULL,
  per_km         NUMERIC(10,2) NOT NULL,
  per_minute     NUMERIC(10,2) NOT NULL,
  booking_fee    NUMERIC(10,2) NOT NULL,    -- goes to the platform and is never multiplied by surge
  minimum_amount NUMERIC(10,2) NOT NULL,    -- least the ride costs before surge and booking fee
  valid_from     TIMESTAMP NOT NULL,
  valid_to       TIMESTAMP,                 -- NULL: still valid
  UNIQUE (city_id, product_id, valid_from),
  CHECK (valid_to > valid_from)
);

CREATE TABLE rider (
  rider_id       BIGINT PRIMARY KEY,
  home_city_id   INT NOT NULL REFERENCES city (city_id),
  signed_up_at   TIMESTAMP NOT NULL,
  signup_channel VARCHAR(20) NOT NULL       -- organic, referral, campaign, partner
);
CREATE INDEX rider_signed_up_at_idx ON rider (signed_up_at);

-- SCD2: driver_id is the person, driver_key one version of what is known about them.
CREATE TABLE driver (
  driver_key      BIGINT PRIMARY KEY,       -- surrogate key; facts point here
  driver_id       BIGINT NOT NULL,          -- business key; not unique on purpose
  home_city_id    INT NOT NULL REFERENCES city (city_id),
  vehicle_class   VARCHAR(20) NOT NULL CHECK (vehicle_class IN ('Economy', 'Comfort', 'XL')),
  commission_rate NUMERIC(4,3) NOT NULL CHECK (commission_rate >= 0 AND commission_rate < 1),
  status          VARCHAR(10) NOT NULL CHECK (status IN ('active', 'left')),
  valid_from      TIMESTAMP NOT NULL,
  valid_to        TIMESTAMP,                -- NULL: still valid
  UNIQUE (driver_id, valid_from),
  CHECK (valid_to > valid_from)
);

-- Supply: a driver is online from online_at to offline_at.
CREATE TABLE driver_shift (
  shift_id   BIGINT PRIMARY KEY,
  driver_key BIGINT NOT NULL REFERENCES driver (driver_key),  -- version valid when the shift began
  city_id    INT NOT NULL REFERENCES city (city_id),
  online_at  TIMESTAMP NOT NULL,
  offline_at TIMESTAMP,                     -- NULL: online now
  CHECK (offline_at > online_at)
);
CREATE INDEX driver_shift_city_id_idx ON driver_shift (city_id, online_at);
CREATE INDEX driver_shift_driver_key_idx ON driver_shift (driver_key, online_at);

-- What the pricing engine decided for a zone and a quarter of an hour.
CREATE TABLE surge_window (
  zone_id             INT NOT NULL REFERENCES zone (zone_id),
  window_start        TIMESTAMP NOT NULL,       -- a full quarter of an hour
  computed_multiplier NUMERIC(3,2) NOT NULL,    -- what supply and demand asked for
  applied_multiplier  NUMERIC(3,2) NOT NULL,    -- what riders were shown
  is_holdout          BOOLEAN NOT NULL,         -- TRUE: drawn at random, surge switched off for this zone and hour
  PRIMARY KEY (zone_id, window_start),
  CHECK (computed_multiplier >= 1 AND applied_multiplier >= 1),
  CHECK (applied_multiplier = CASE WHEN is_holdout THEN 1 ELSE computed_multiplier END)
);

-- Demand: one row each time a rider is shown a price, taken or not.
CREATE TABLE quote (
  quote_id          BIGINT PRIMARY KEY,
  rider_id          BIGINT NOT NULL REFERENCES rider (rider_id),
  city_id           INT NOT NULL REFERENCES city (city_id),
  pickup_zone_id    INT NOT NULL REFERENCES zone (zone_id),
  dropoff_zone_id   INT NOT NULL REFERENCES zone (zone_id),
  product_id        INT NOT NULL REFERENCES product (product_id),
  quoted_at         TIMESTAMP NOT NULL,
  window_start      TIMESTAMP NOT NULL,     -- with pickup_zone_id: the surge_window the price came from
  surge_multiplier  NUMERIC(3,2) NOT NULL CHECK (surge_multiplier >= 1),
  eta_seconds       INT NOT NULL,           -- promised time until the car is there
  estimated_km      NUMERIC(6,2) NOT NULL,
  quoted_amount     NUMERIC(12,2) NOT NULL  -- in the city's currency
);
CREATE INDEX quote_city_id_idx ON quote (city_id, quoted_at);
CREATE INDEX quote_rider_id_idx ON quote (rider_id, quoted_at);
CREATE INDEX quote_window_idx ON quote (pickup_zone_id, window_start);

-- One row for each request; a milestone is filled in when its event arrives (accumulating snapshot).
CREATE TABLE trip (
  trip_id             BIGINT PRIMARY KEY,
  quote_id            BIGINT NOT NULL UNIQUE REFERENCES quote (quote_id),
  rider_id            BIGINT NOT NULL REFERENCES rider (rider_id),
  city_id             INT NOT NULL REFERENCES city (city_id),
  pickup_zone_id      INT NOT NULL REFERENCES zone (zone_id),
  dropoff_zone_id     INT NOT NULL REFERENCES zone (zone_id),
  product_id          INT NOT NULL REFERENCES product (product_id),
  driver_key          BIGINT REFERENCES driver (driver_key),         -- version valid when the ride was accepted; NULL: nobody accepted
  shift_id            BIGINT REFERENCES driver_shift (shift_id),
  fare_rate_id        INT NOT NULL REFERENCES fare_rate (fare_rate_id),
  status              VARCHAR(20) NOT NULL CHECK (status IN ('requested', 'accepted', 'arrived', 'in_progress', 'completed',
                        'rider_cancelled', 'driver_cancelled', 'unfulfilled')),
  requested_at        TIMESTAMP NOT NULL,
  requested_local     TIMESTAMP NOT NULL,     -- the clock on the wall of the city, kept for reports by hour and day
  accepted_at         TIMESTAMP,
  arrived_at          TIMESTAMP,
  started_at          TIMESTAMP,
  ended_at            TIMESTAMP,              -- end of the ride, or of the attempt
  distance_km         NUMERIC(6,2),           -- driven with the rider on board; completed rides only
  duration_seconds    INT,                    -- from started_at to ended_at; completed rides only
  surge_multiplier    NUMERIC(3,2) NOT NULL,
  ride_amount         NUMERIC(12,2),          -- by the price list, before surge
  surge_amount        NUMERIC(12,2),
  booking_fee_amount  NUMERIC(12,2),
  fare_amount         NUMERIC(12,2),          -- what the rider pays, without the tip
  platform_fee_amount NUMERIC(12,2),          -- booking fee and commission
  driver_payout_amount NUMERIC(12,2),
  tip_amount          NUMERIC(12,2),          -- 0 where none was given
  driver_rating       INT CHECK (driver_rating BETWEEN 1 AND 5),     -- given by the rider; NULL: not rated
  CHECK (fare_amount = ride_amount + surge_amount + booking_fee_amount),
  CHECK (fare_amount = platform_fee_amount + driver_payout_amount),
  CHECK (accepted_at >= requested_at AND arrived_at >= accepted_at AND started_at >= arrived_at AND ended_at >= requested_at),
  CHECK (status <> 'completed' OR (driver_key IS NOT NULL AND ended_at IS NOT NULL AND fare_amount IS NOT NULL))
);
CREATE INDEX trip_city_id_idx ON trip (city_id, requested_at);
CREATE INDEX trip_driver_key_idx ON trip (driver_key, requested_at);
CREATE INDEX trip_rider_id_idx ON trip (rider_id, requested_at);
CREATE INDEX trip_pickup_zone_id_idx ON trip (pickup_zone_id, requested_at);

-- Append-only: everything that happened to a request, in the order the dispatcher numbered it.
CREATE TABLE trip_event (
  trip_id     BIGINT NOT NULL,              -- trip, without a foreign key: the stream does not wait for the row
  seq         INT NOT NULL,                 -- counted by the dispatcher from 1: unique whatever the clocks say
  event_type  VARCHAR(20) NOT NULL,         -- requested, offered, declined, expired, accepted, arrived, started, completed, rider_cancelled, driver_cancelled, unfulfilled
  event_time  TIMESTAMP NOT NULL,           -- when it happened
  received_at TIMESTAMP NOT NULL,           -- when it reached the log; much later after a tunnel or a dead phone
  driver_key  BIGINT,                       -- from offered on; NULL for what the rider did before
  PRIMARY KEY (trip_id, seq)
) PARTITIONED BY (event_date DATE)          -- date of event_time, UTC
CLUSTER BY (trip_id);

-- Every movement of a driver's money. Rows are never changed: a mistake is put right by another row.
CREATE TABLE driver_ledger (
  entry_id   BIGINT PRIMARY KEY,
  driver_id  BIGINT NOT NULL,               -- the person: money does not care about versions
  city_id    INT NOT NULL REFERENCES city (city_id),
  entry_type VARCHAR(20) NOT NULL CHECK (entry_type IN ('ride', 'tip', 'bonus', 'adjustment')),
  trip_id    BIGINT REFERENCES trip (trip_id),  -- NULL for a weekly bonus
  amount     NUMERIC(12,2) NOT NULL,        -- in the city's currency; negative takes money back
  booked_at  TIMESTAMP NOT NULL
);
CREATE INDEX driver_ledger_driver_id_idx ON driver_ledger (driver_id, booked_at);
CREATE INDEX driver_ledger_trip_id_idx ON driver_ledger (trip_id);

-- Supply now: one row for each driver who is online, overwritten by the stream.
CREATE TABLE driver_presence (
  driver_id  BIGINT PRIMARY KEY,
  shift_id   BIGINT NOT NULL UNIQUE REFERENCES driver_shift (shift_id),
  state      VARCHAR(12) NOT NULL CHECK (state IN ('available', 'en_route', 'on_trip')),
  zone_id    INT NOT NULL REFERENCES zone (zone_id),
  trip_id    BIGINT REFERENCES trip (trip_id),  -- NULL exactly while available
  updated_at TIMESTAMP NOT NULL,
  CHECK ((state = 'available') = (trip_id IS NULL))
);
CREATE INDEX driver_presence_zone_id_idx ON driver_presence (zone_id, state);
