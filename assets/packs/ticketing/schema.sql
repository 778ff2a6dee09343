-- Ticketing: seats of venues become tickets of events, and each ticket is sold at most once.
-- PostgreSQL dialect. The document lists five entities: users, events, venues, tickets, bookings.
-- Columns, keys and the two further tables (seats, booking_tickets) are a reference model of our own.

CREATE TABLE users (
    id           BIGINT PRIMARY KEY,
    email        VARCHAR(255) NOT NULL UNIQUE,   -- can change, so it is no key for bookings
    display_name VARCHAR(100) NOT NULL,
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE venues (
    id        BIGINT PRIMARY KEY,
    name      VARCHAR(150) NOT NULL,
    city      VARCHAR(100) NOT NULL,
    time_zone VARCHAR(40) NOT NULL,              -- IANA name; all moments in this model are UTC
    UNIQUE (city, name)
);

-- The places of a venue, the same for every event in it.
CREATE TABLE seats (
    id          BIGINT PRIMARY KEY,
    venue_id    BIGINT NOT NULL REFERENCES venues (id),
    section     VARCHAR(40) NOT NULL,            -- Floor, Stalls, Circle, Balcony
    row_label   VARCHAR(4) NOT NULL,             -- A, B, …; GA on the floor: NULL would let UNIQUE accept a place twice
    seat_number INTEGER NOT NULL CHECK (seat_number > 0),
    UNIQUE (venue_id, section, row_label, seat_number)
);

CREATE TABLE events (
    id           BIGINT PRIMARY KEY,
    venue_id     BIGINT NOT NULL REFERENCES venues (id),
    title        VARCHAR(200) NOT NULL,
    category     VARCHAR(20) NOT NULL CHECK (category IN ('concert', 'theatre', 'comedy', 'sport', 'family', 'talk')),
    on_sale_at   TIMESTAMP NOT NULL,             -- no hold before this moment
    starts_at    TIMESTAMP NOT NULL,
    ends_at      TIMESTAMP NOT NULL,
    max_per_user INTEGER NOT NULL DEFAULT 6 CHECK (max_per_user > 0),
    cancelled_at TIMESTAMP,                      -- NULL: takes place
    CHECK (on_sale_at < starts_at),
    CHECK (starts_at < ends_at)
);
CREATE INDEX events_venue_id_starts_at_idx ON events (venue_id, starts_at);  -- the calendar of a venue
CREATE INDEX events_starts_at_idx ON events (starts_at);                     -- what is on this week

-- One row for each place that an event has: the thing that is sold, and its price now.
CREATE TABLE tickets (
    id       BIGINT PRIMARY KEY,
    event_id BIGINT NOT NULL REFERENCES events (id),
    seat_id  BIGINT NOT NULL REFERENCES seats (id),
    price    NUMERIC(8,2) NOT NULL CHECK (price >= 0),
    for_sale BOOLEAN NOT NULL DEFAULT TRUE,      -- FALSE: kept by the house for crew, press and guests
    UNIQUE (event_id, seat_id)                   -- a seat cannot become two tickets of one event
);
CREATE INDEX tickets_seat_id_idx ON tickets (seat_id);

-- What one person asked for at one moment: first a hold with an end, then paid or not.
CREATE TABLE bookings (
    id              BIGINT PRIMARY KEY,
    user_id         BIGINT NOT NULL REFERENCES users (id),
    event_id        BIGINT NOT NULL REFERENCES events (id),  -- copy of the event of its tickets
    status          VARCHAR(10) NOT NULL CHECK (status IN ('held', 'confirmed', 'expired', 'refunded')),
    total_amount    NUMERIC(10,2) NOT NULL CHECK (total_amount >= 0),
    idempotency_key VARCHAR(64) NOT NULL UNIQUE,             -- made when the checkout opens, sent with every retry
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at      TIMESTAMP NOT NULL,                      -- ten minutes later; a confirmed booking no longer asks
    confirmed_at    TIMESTAMP,                               -- when the payment came in
    ended_at        TIMESTAMP,                               -- when it expired or the money went back
    CHECK (expires_at > created_at),
    CHECK (confirmed_at >= created_at),
    CHECK ((status IN ('confirmed', 'refunded')) = (confirmed_at IS NOT NULL)),
    CHECK ((status IN ('expired', 'refunded')) = (ended_at IS NOT NULL))
);
CREATE INDEX bookings_user_id_created_at_idx ON bookings (user_id, created_at);    -- my bookings, newest first
CREATE INDEX bookings_event_id_created_at_idx ON bookings (event_id, created_at);  -- sales of an event as they came in
CREATE INDEX bookings_open_idx ON bookings (expires_at) WHERE status = 'held';     -- what the release job looks at

-- Which tickets a booking has, or had until released_at.
CREATE TABLE booking_tickets (
    booking_id  BIGINT NOT NULL REFERENCES bookings (id),
    ticket_id   BIGINT NOT NULL REFERENCES tickets (id),
    price       NUMERIC(8,2) NOT NULL CHECK (price >= 0),  -- as it was when the hold was made
    released_at TIMESTAMP,                                 -- NULL: the ticket is taken by this booking
    PRIMARY KEY (booking_id, ticket_id)
);
-- The rule that nothing is sold twice: of all bookings of a ticket, one at most has it now.
CREATE UNIQUE INDEX booking_tickets_taken_idx ON booking_tickets (ticket_id) WHERE released_at IS NULL;
