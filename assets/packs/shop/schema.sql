-- An online shop: five documented tables, and the categories that products.category_id needs.
-- PostgreSQL dialect. The document draws boxes; types and NOT NULL are chosen here.

CREATE TABLE users (
    id            BIGINT PRIMARY KEY,
    email         VARCHAR(255) NOT NULL UNIQUE,  -- compared letter by letter: A@x and a@x are two accounts
    password_hash TEXT NOT NULL,                 -- output of a slow salted hash, never the password
    created_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- Not drawn in the document: the smallest table that gives products.category_id a target.
CREATE TABLE categories (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(100) NOT NULL UNIQUE
);

CREATE TABLE products (
    id              BIGINT PRIMARY KEY,
    name            VARCHAR(255) NOT NULL,
    description     TEXT,
    price           NUMERIC(10,2) NOT NULL CHECK (price > 0),  -- today's price; earlier ones are not kept here
    inventory_count INTEGER NOT NULL DEFAULT 0,                -- pieces on the shelf; nothing stops it below zero
    category_id     INTEGER NOT NULL REFERENCES categories (id),
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX products_category_id_idx ON products (category_id);

CREATE TABLE orders (
    id           BIGINT PRIMARY KEY,
    user_id      BIGINT NOT NULL REFERENCES users (id),
    status       VARCHAR(20) NOT NULL DEFAULT 'pending',  -- pending, paid, shipped, delivered
    total_amount NUMERIC(10,2) NOT NULL,                  -- stored sum of the lines: a copy that can disagree with them
    created_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX orders_created_at_idx ON orders (created_at);
CREATE INDEX orders_user_id_created_at_idx ON orders (user_id, created_at);  -- one customer's orders, newest first

CREATE TABLE order_items (
    id         BIGINT PRIMARY KEY,  -- a key of its own: one order may hold the same product on two lines
    order_id   BIGINT NOT NULL REFERENCES orders (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    quantity   INTEGER NOT NULL,
    unit_price NUMERIC(10,2) NOT NULL  -- snapshot at the time of the order
);
CREATE INDEX order_items_order_id_idx ON order_items (order_id);

CREATE TABLE payments (
    id              BIGINT PRIMARY KEY,
    order_id        BIGINT NOT NULL UNIQUE REFERENCES orders (id),  -- one payment per order
    amount          NUMERIC(10,2) NOT NULL,
    status          VARCHAR(20) NOT NULL DEFAULT 'pending',         -- pending, completed, failed
    payment_method  VARCHAR(30) NOT NULL,                           -- card, wallet, pay_later, bank_transfer
    idempotency_key VARCHAR(64) NOT NULL UNIQUE,                    -- chosen by the client, sent again on a retry: prevents a double charge
    created_at      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
