-- E-commerce core: the three documented tables, then the entities and relations the document only names.
-- PostgreSQL dialect.

-- Customers, vendors and administrators alike; what somebody is stands in user_roles.
CREATE TABLE users (
    user_id       UUID PRIMARY KEY,
    email         VARCHAR(255) UNIQUE NOT NULL,
    password_hash VARCHAR(255) NOT NULL,               -- output of a slow salted hash, never the password
    created_at    TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    last_login    TIMESTAMP,                           -- NULL: never came back after signing up
    status        VARCHAR(20) DEFAULT 'active',        -- active, suspended, deleted
    profile       JSONB                                -- name, phone, preferences
);

CREATE TABLE orders (
    order_id     UUID PRIMARY KEY,
    user_id      UUID REFERENCES users(user_id),       -- NULL: somebody bought without an account
    status       VARCHAR(50) DEFAULT 'pending',        -- pending, paid, shipped, completed, cancelled; no CHECK holds it to these
    total_amount DECIMAL(10,2),                        -- lines less promotions, as it was when ordered
    created_at   TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at   TIMESTAMP DEFAULT CURRENT_TIMESTAMP   -- time of the last change of status
);

CREATE TABLE order_items (
    order_id   UUID REFERENCES orders(order_id),
    product_id UUID,                                   -- products, but without REFERENCES
    quantity   INTEGER,
    unit_price DECIMAL(10,2),                          -- as it was when ordered
    PRIMARY KEY (order_id, product_id)                 -- so one order cannot hold a product twice
);

-- Steps of schema evolution, as documented.
ALTER TABLE users ADD COLUMN phone VARCHAR(20) DEFAULT NULL;                -- filled for new accounts only; older ones have it in profile
ALTER TABLE users ADD COLUMN order_count INTEGER DEFAULT 0;                 -- stored aggregate, kept by a trigger
ALTER TABLE users ADD COLUMN lifetime_value DECIMAL(10,2) DEFAULT 0.00;     -- stored aggregate, kept by a trigger

-- From here on: names from the document, tables of our own.

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users(user_id),
    role    VARCHAR(20) NOT NULL CHECK (role IN ('customer', 'vendor', 'administrator')),
    PRIMARY KEY (user_id, role)
);

CREATE TABLE categories (
    category_id INTEGER PRIMARY KEY,
    name        VARCHAR(100) NOT NULL UNIQUE,
    parent_id   INTEGER REFERENCES categories(category_id)   -- NULL: a department
);

CREATE TABLE products (
    product_id UUID PRIMARY KEY,
    vendor_id  UUID NOT NULL REFERENCES users(user_id),
    name       VARCHAR(255) NOT NULL,
    price      DECIMAL(10,2) NOT NULL CHECK (price > 0),     -- today's price
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX products_vendor_id_idx ON products (vendor_id);

-- As documented: room for what nobody has thought of yet.
ALTER TABLE products ADD COLUMN attributes JSONB DEFAULT '{}';

-- Many to many: a product has one primary category, and others in which it is shown as well.
CREATE TABLE product_categories (
    product_id  UUID NOT NULL REFERENCES products(product_id),
    category_id INTEGER NOT NULL REFERENCES categories(category_id),
    is_primary  BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (product_id, category_id)
);
CREATE UNIQUE INDEX product_categories_primary_idx ON product_categories (product_id) WHERE is_primary;
CREATE INDEX product_categories_category_id_idx ON product_categories (category_id);

-- Many to many: users and the products they wish for.
CREATE TABLE wishlist_items (
    user_id    UUID NOT NULL REFERENCES users(user_id),
    product_id UUID NOT NULL REFERENCES products(product_id),
    added_at   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (user_id, product_id)
);
CREATE INDEX wishlist_items_product_id_idx ON wishlist_items (product_id);

CREATE TABLE promotions (
    promotion_id INTEGER PRIMARY KEY,
    code         VARCHAR(30) NOT NULL UNIQUE,
    kind         VARCHAR(10) NOT NULL CHECK (kind IN ('percent', 'amount')),
    value        DECIMAL(10,2) NOT NULL CHECK (value > 0),   -- percent of the lines, or money
    starts_at    TIMESTAMP NOT NULL,
    ends_at      TIMESTAMP,                                  -- not included; NULL: open end
    CHECK (ends_at > starts_at)
);

-- Many to many: an order can use several promotions.
CREATE TABLE order_promotions (
    order_id        UUID NOT NULL REFERENCES orders(order_id),
    promotion_id    INTEGER NOT NULL REFERENCES promotions(promotion_id),
    discount_amount DECIMAL(10,2) NOT NULL CHECK (discount_amount >= 0),  -- what it took off this order, kept because rules change
    PRIMARY KEY (order_id, promotion_id)
);
CREATE INDEX order_promotions_promotion_id_idx ON order_promotions (promotion_id);

CREATE TABLE warehouses (
    warehouse_id INTEGER PRIMARY KEY,
    name         VARCHAR(60) NOT NULL UNIQUE,
    country_code CHAR(2) NOT NULL
);

CREATE TABLE suppliers (
    supplier_id    INTEGER PRIMARY KEY,
    name           VARCHAR(100) NOT NULL,
    country_code   CHAR(2) NOT NULL,
    lead_time_days INTEGER NOT NULL CHECK (lead_time_days > 0)
);

-- Stock of a product in a warehouse, and who refills it.
CREATE TABLE inventory (
    warehouse_id      INTEGER NOT NULL REFERENCES warehouses(warehouse_id),
    product_id        UUID NOT NULL REFERENCES products(product_id),
    supplier_id       INTEGER NOT NULL REFERENCES suppliers(supplier_id),
    quantity_on_hand  INTEGER NOT NULL CHECK (quantity_on_hand >= 0),
    quantity_reserved INTEGER NOT NULL CHECK (quantity_reserved >= 0),   -- paid and not yet shipped; can exceed what is there
    reorder_point     INTEGER NOT NULL CHECK (reorder_point >= 0),
    next_delivery_on  DATE,                                              -- NULL: nothing ordered
    PRIMARY KEY (warehouse_id, product_id)
);
CREATE INDEX inventory_product_id_idx ON inventory (product_id);

CREATE TABLE payment_methods (
    payment_method_id BIGINT PRIMARY KEY,
    user_id           UUID NOT NULL REFERENCES users(user_id),
    kind              VARCHAR(20) NOT NULL CHECK (kind IN ('card', 'wallet', 'bank_transfer')),
    last_four         CHAR(4),                               -- of a card; the number itself stays with the payment provider
    created_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX payment_methods_user_id_idx ON payment_methods (user_id);

-- One row for each movement of money; an order can have several.
CREATE TABLE payments (
    payment_id        BIGINT PRIMARY KEY,
    order_id          UUID NOT NULL REFERENCES orders(order_id),
    payment_method_id BIGINT REFERENCES payment_methods(payment_method_id),   -- NULL: gift card, or no account
    kind              VARCHAR(10) NOT NULL CHECK (kind IN ('charge', 'refund')),
    status            VARCHAR(10) NOT NULL CHECK (status IN ('succeeded', 'failed', 'pending')),
    amount            DECIMAL(10,2) NOT NULL CHECK (amount > 0),              -- always positive; kind says which way
    created_at        TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX payments_order_id_idx ON payments (order_id);

CREATE INDEX orders_user_id_created_at_idx ON orders (user_id, created_at);
CREATE INDEX order_items_product_id_idx ON order_items (product_id);

-- The document form: one JSON for each user who signed in lately, with the newest orders embedded.
CREATE TABLE user_documents (
    _id            UUID PRIMARY KEY REFERENCES users(user_id),
    schema_version VARCHAR(10) NOT NULL,
    written_at     TIMESTAMP NOT NULL,                       -- when it was made; nothing changes it until the next sign-in
    body           JSONB NOT NULL
);
