-- E-commerce analytics: one fact for each line of an order, dimensions that keep their history, and stock.
-- The document draws boxes with names and marks keys; types, NOT NULL and checks are chosen here.
-- Amounts are in one currency, times are UTC.

-- One row for each version of a customer (SCD type 2): a change adds a row, nothing is overwritten.
CREATE TABLE customer (
  customer_id BIGINT,                  -- marked (PK) in the document, and said there to repeat: see the key below
  first_name STRING,
  last_name STRING,
  email STRING,
  phone STRING,
  city STRING,
  state STRING,                        -- state, province, Land or region
  country STRING,                      -- ISO 3166 code: US, CA, GB, DE, FR
  customer_age INT,                    -- whole years when this version was written; NULL where not told
  updated_at TIMESTAMP NOT NULL,       -- when this version was written: it holds from here on
  is_current BOOLEAN NOT NULL,         -- TRUE in the newest version
  PRIMARY KEY (customer_id, updated_at)  -- the smallest set of documented columns that does tell versions apart
);

-- One row for each version of a product.
CREATE TABLE product (
  product_id BIGINT,                   -- marked (PK) in the document, with the same contradiction
  product_title STRING,
  product_brand STRING,
  product_category_id INT REFERENCES product_category (product_category_id),
  unit_price DECIMAL(10,2),            -- list price of this version
  sku STRING,                          -- belongs to the product: the same in all its versions
  created_at TIMESTAMP,                -- when the product came on sale: the same in all its versions
  updated_at TIMESTAMP NOT NULL,       -- when this version was written
  is_current BOOLEAN NOT NULL,
  PRIMARY KEY (product_id, updated_at)
);

CREATE TABLE campaign (
  campaign_id BIGINT PRIMARY KEY,
  campaign_name STRING,
  campaign_start_time TIMESTAMP,
  campaign_end_time TIMESTAMP,         -- the first moment it is over
  campaign_description STRING
);

-- The fact table. Grain: one line of one order.
CREATE TABLE order_line (
  line_item_id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,            -- degenerate dimension: there is no table of orders
  order_time TIMESTAMP NOT NULL,
  customer_id BIGINT NOT NULL REFERENCES customer (customer_id),  -- the customer, not a version of it
  campaign_id BIGINT REFERENCES campaign (campaign_id),           -- the link that was clicked; NULL: none
  store_id INT NOT NULL,               -- 1 is the web shop, 2 to 4 are shops; no table says more
  product_id BIGINT NOT NULL REFERENCES product (product_id),
  product_category_id INT NOT NULL REFERENCES product_category (product_category_id),  -- as it was when sold
  count INT NOT NULL,                  -- pieces
  amt DECIMAL(10,2) NOT NULL,          -- count * unit_price_at_purchase, before discount, tax and shipping
  discount DECIMAL(10,2) NOT NULL,     -- an amount, not a percentage, for the whole line
  unit_price_at_purchase DECIMAL(10,2) NOT NULL,  -- list price of that moment
  tax_amt DECIMAL(10,2) NOT NULL,      -- on amt - discount
  shipping_amt DECIMAL(10,2) NOT NULL, -- of the whole order, in its first line; 0 in the others
  line_number INT NOT NULL,            -- 1, 2, 3 … within the order
  CHECK (count > 0),
  CHECK (discount >= 0 AND discount <= amt)
);

-- Every change of stock, written once and never changed.
CREATE TABLE inventory_event (
  inventory_event_id BIGINT PRIMARY KEY,
  event_type STRING NOT NULL,          -- sale, return, receipt, adjustment
  event_time TIMESTAMP NOT NULL,
  store_id INT NOT NULL,
  product_id BIGINT NOT NULL REFERENCES product (product_id),
  quantity_change INT NOT NULL,        -- below 0: pieces that left
  reference_order_id BIGINT            -- order_line.order_id of a sale or return; NULL for the other types
);

-- Stock of each product in each store at 00:00 of a day, before anything happened on it.
CREATE TABLE inventory_snapshot (
  snapshot_date DATE,
  store_id INT,
  product_id BIGINT REFERENCES product (product_id),
  quantity_on_hand INT NOT NULL,
  PRIMARY KEY (snapshot_date, store_id, product_id)  -- the document marks no key; this is the grain
);

CREATE TABLE product_category (
  product_category_id INT PRIMARY KEY,
  category_name STRING NOT NULL,
  parent_category_id INT REFERENCES product_category (product_category_id)  -- NULL: a department
);
