-- Orders as events: a write side that appends what happened, and a read side that is made from it.
-- The document names the events' order_id, type, data and timestamp, the two first event types and the two
-- read models with the keys they are read by. The other columns and tables are our reference model.
-- PostgreSQL dialect.

-- ---------------------------------------------------------------- write side

-- What somebody asked for. A command may be refused; an event has happened.
CREATE TABLE order_command (
    command_id       BIGINT PRIMARY KEY,        -- chosen by the client, sent again on a retry
    order_id         UUID NOT NULL,
    command_type     VARCHAR(30) NOT NULL,      -- PlaceOrder, AddItem, ChangeAddress, PayOrder, ShipOrder, ConfirmDelivery, CancelOrder, RequestReturn, ReceiveReturn, RefundPayment
    expected_version INTEGER NOT NULL,          -- version of the order the sender had seen; 0 for a new one
    issued_at        TIMESTAMP NOT NULL,
    outcome          VARCHAR(10) NOT NULL CHECK (outcome IN ('accepted', 'rejected')),
    reason           VARCHAR(40),               -- why it was rejected; NULL when accepted
    CHECK ((outcome = 'rejected') = (reason IS NOT NULL))
);
CREATE INDEX order_command_order_id_idx ON order_command (order_id, issued_at);

-- The truth. Rows are appended and never changed; a stream is all events of one order.
CREATE TABLE event_store (
    order_id        UUID NOT NULL,
    version         INTEGER NOT NULL CHECK (version >= 1),  -- 1, 2, 3 … within the order, without gaps
    type            VARCHAR(30) NOT NULL,                   -- OrderCreated, InventoryReserved and ten more
    data            JSONB NOT NULL,
    timestamp       TIMESTAMP NOT NULL,                     -- clock of the server that wrote it
    schema_version  INTEGER NOT NULL DEFAULT 1,             -- shape of data
    command_id      BIGINT NOT NULL,                        -- the command that caused it
    global_position BIGINT NOT NULL UNIQUE,                 -- place in the log of all orders: grows, with gaps
    PRIMARY KEY (order_id, version)
);

-- The state of an order at a version, so that a replay need not begin at the first event.
CREATE TABLE order_snapshot (
    order_id        UUID NOT NULL,
    version         INTEGER NOT NULL,
    status          VARCHAR(20) NOT NULL,
    total_amount    NUMERIC(10,2) NOT NULL,
    paid_amount     NUMERIC(10,2) NOT NULL,
    refunded_amount NUMERIC(10,2) NOT NULL,
    taken_at        TIMESTAMP NOT NULL,
    PRIMARY KEY (order_id, version),
    FOREIGN KEY (order_id, version) REFERENCES event_store (order_id, version)
);

-- Which event may follow in which state, and the state it leads to.
CREATE TABLE order_transition (
    from_status VARCHAR(20) NOT NULL,   -- 'none' before the first event
    type        VARCHAR(30) NOT NULL,
    to_status   VARCHAR(20) NOT NULL,
    PRIMARY KEY (from_status, type)
);

-- Units ever received of a product. What is reserved is in the events of orders, not here.
CREATE TABLE product (
    product_id     BIGINT PRIMARY KEY,
    name           VARCHAR(120) NOT NULL,
    unit_price     NUMERIC(10,2) NOT NULL CHECK (unit_price > 0),
    units_received INTEGER NOT NULL CHECK (units_received >= 0)
);

-- ---------------------------------------------------------------- read side

-- A person's list of orders, newest first, 50 at a time.
CREATE TABLE order_history (
    order_id     UUID PRIMARY KEY,
    user_id      BIGINT NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    status       VARCHAR(20) NOT NULL,
    item_count   INTEGER NOT NULL,          -- lines of the order
    first_item   VARCHAR(120) NOT NULL,     -- name copied for the list
    total_amount NUMERIC(10,2) NOT NULL,
    last_version INTEGER NOT NULL           -- of the last event that was applied
);
CREATE INDEX order_history_user_id_idx ON order_history (user_id, created_at DESC);

-- One order at a glance, worked out beforehand.
CREATE TABLE order_summaries (
    order_id        UUID PRIMARY KEY,
    user_id         BIGINT NOT NULL,
    status          VARCHAR(20) NOT NULL,
    item_count      INTEGER NOT NULL,
    total_amount    NUMERIC(10,2) NOT NULL,
    paid_amount     NUMERIC(10,2) NOT NULL,
    refunded_amount NUMERIC(10,2) NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    paid_at         TIMESTAMP,
    shipped_at      TIMESTAMP,
    delivered_at    TIMESTAMP,
    last_version    INTEGER NOT NULL
);

-- How far each read model has come.
CREATE TABLE projection_checkpoint (
    projection    VARCHAR(30) PRIMARY KEY,  -- name of the table it fills
    last_position BIGINT NOT NULL,          -- global_position of the last event it looked at
    updated_at    TIMESTAMP NOT NULL,
    state         VARCHAR(10) NOT NULL CHECK (state IN ('running', 'stopped')),
    last_error    VARCHAR(120)
);
