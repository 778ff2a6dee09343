-- name: user-with-recent-orders
-- title: A user with their newest orders
-- question: What does the account page show: who is this, and what did they order lately?
-- answers: user-with-orders
-- param: customer UUID = SELECT user_id FROM orders WHERE user_id IN (SELECT _id FROM user_documents) GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 3
-- ordered: yes
-- notice: Three tables, joined by keys. The user's own columns come once for each line, because a relational answer is flat: the
--   program has to fold it together again. Always up to date, whatever changed a moment ago.
WITH newest AS (
    SELECT order_id, user_id, status, total_amount, created_at
    FROM orders
    WHERE user_id = $customer
    ORDER BY created_at DESC, order_id
    LIMIT $top
)
SELECT u.email,
       u.profile->>'$.name' AS name,
       o.created_at AS ordered_at,
       o.status,
       o.total_amount,
       COALESCE(p.name, '(deleted product)') AS product,
       i.quantity,
       i.unit_price
FROM newest AS o
JOIN users AS u ON u.user_id = o.user_id
JOIN order_items AS i ON i.order_id = o.order_id
LEFT JOIN products AS p ON p.product_id = i.product_id
ORDER BY o.created_at DESC, o.order_id, product, i.product_id;

-- name: user-as-document
-- title: The same user as a document
-- question: What does the embedded document say, and is it still true?
-- answers: user-with-orders
-- param: customer UUID = SELECT d._id FROM user_documents AS d JOIN orders AS o ON o.user_id = d._id
--   WHERE o.created_at <= d.written_at AND o.updated_at > d.written_at ORDER BY o.created_at DESC, d._id LIMIT 1
-- ordered: yes
-- notice: One read by key brings everything, nested as the page needs it. But the document is a copy of the moment it was written:
--   compare status_in_document with status_now. An order that moved on since then moved on in one place only. With the
--   list bounded to three orders the document stays small; embedding all orders would let it grow for ever.
WITH embedded AS (
    SELECT d._id, d.written_at,
           unnest(CAST(d.body->'$.recent_orders' AS JSON[])) AS one_order
    FROM user_documents AS d
    WHERE d._id = $customer
)
SELECT e.written_at,
       CAST(e.one_order->>'$.created_at' AS TIMESTAMP) AS ordered_at,
       e.one_order->>'$.status' AS status_in_document,
       o.status AS status_now,
       CAST(e.one_order->>'$.total_amount' AS DECIMAL(10,2)) AS total_amount,
       json_array_length(e.one_order->'$.items') AS items,
       e.one_order->>'$.items[0].name' AS first_product,
       o.order_id
FROM embedded AS e
JOIN orders AS o ON o.order_id = CAST(e.one_order->>'$.order_id' AS UUID)
ORDER BY ordered_at DESC, o.order_id;

-- name: stale-documents
-- title: Documents that have grown old
-- question: How many embedded orders tell another status or another product name than the tables?
-- answers: user-with-orders
-- ordered: yes
-- notice: The older the document, the more of its orders have moved on, but only those that were still on their way when it was
--   written. A renamed product is wrong in every document from before the day of its renaming: for an invoice that is
--   right, for a page it is not. Embedding has to say for each field whether it is a snapshot or a copy to keep fresh.
WITH embedded AS (
    SELECT d._id, d.written_at,
           unnest(CAST(d.body->'$.recent_orders' AS JSON[])) AS one_order
    FROM user_documents AS d
),
item AS (
    SELECT e.written_at, e.one_order->>'$.order_id' AS order_id, e.one_order->>'$.status' AS status,
           unnest(CAST(e.one_order->'$.items' AS JSON[])) AS item
    FROM embedded AS e
),
compared AS (
    SELECT i.written_at, i.order_id,
           bool_or(lower(o.status) <> i.status) AS is_old_status,
           bool_or(p.name <> i.item->>'$.name') AS is_old_name
    FROM item AS i
    JOIN orders AS o ON o.order_id = CAST(i.order_id AS UUID)
    LEFT JOIN products AS p ON p.product_id = CAST(i.item->>'$.product_id' AS UUID)
    GROUP BY i.written_at, i.order_id
)
SELECT CAST(floor(epoch((SELECT max(written_at) FROM user_documents) - written_at) / 604800) AS INTEGER) AS weeks_old,
       count(*) AS embedded_orders,
       count(*) FILTER (WHERE is_old_status) AS old_status,
       count(*) FILTER (WHERE is_old_name) AS old_name
FROM compared
GROUP BY weeks_old
ORDER BY weeks_old;

-- name: lifetime-value
-- title: Lifetime value, counted and stored
-- question: Who are the best customers, by what the orders say and by what is stored with the user?
-- answers: lifetime-value
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The stored column answers at once; the sum reads every order. For these customers they agree. Neither is what finance
--   would call lifetime value: the documented sum takes every order, also cancelled ones and those never paid.
--   paid_less_refunds is money that came in and stayed.
WITH counted AS (
    SELECT user_id, count(*) AS orders, sum(total_amount) AS ordered
    FROM orders
    WHERE user_id IS NOT NULL
    GROUP BY user_id
),
paid AS (
    SELECT o.user_id,
           sum(CASE p.kind WHEN 'charge' THEN p.amount ELSE -p.amount END) AS paid
    FROM orders AS o
    JOIN payments AS p ON p.order_id = o.order_id
    WHERE p.status = 'succeeded'
      AND o.user_id IS NOT NULL
    GROUP BY o.user_id
)
SELECT u.email,
       u.order_count,
       u.lifetime_value,
       c.orders AS orders_counted,
       c.ordered,
       COALESCE(p.paid, 0) AS paid_less_refunds,
       c.ordered - COALESCE(p.paid, 0) AS never_earned
FROM users AS u
JOIN counted AS c ON c.user_id = u.user_id
LEFT JOIN paid AS p ON p.user_id = u.user_id
ORDER BY u.lifetime_value DESC, u.user_id
LIMIT $top;

-- name: lifetime-value-drift
-- title: Stored values that have drifted
-- question: For which users do order_count and lifetime_value disagree with the orders, and in which way?
-- answers: lifetime-value
-- ordered: yes
-- notice: Sixteen users at every scale, and two causes. One order too many: the order was deleted, and a trigger that runs for
--   INSERT and UPDATE does not see a DELETE. Zero: the orders came by a bulk load with triggers switched off. Starting
--   from users with a LEFT JOIN also finds those who should have nothing.
WITH counted AS (
    SELECT user_id, count(*) AS orders, sum(total_amount) AS ordered
    FROM orders
    GROUP BY user_id
)
SELECT u.email,
       u.order_count AS stored_count,
       COALESCE(c.orders, 0) AS counted,
       u.lifetime_value AS stored_value,
       COALESCE(c.ordered, 0) AS summed,
       u.lifetime_value - COALESCE(c.ordered, 0) AS difference,
       CASE WHEN u.order_count = 0 THEN 'loaded past the trigger' ELSE 'an order was deleted' END AS likely_cause
FROM users AS u
LEFT JOIN counted AS c ON c.user_id = u.user_id
WHERE u.order_count <> COALESCE(c.orders, 0)
   OR u.lifetime_value <> COALESCE(c.ordered, 0)
ORDER BY difference DESC, u.user_id;

-- name: order-with-lines
-- title: One order with everything that belongs to it
-- question: What is in this order, what came off by promotions, and what was paid?
-- answers: order-detail
-- param: order_id UUID = SELECT o.order_id FROM order_promotions AS o JOIN order_items AS i ON i.order_id = o.order_id
--   JOIN products AS p ON p.product_id = i.product_id GROUP BY o.order_id ORDER BY count(DISTINCT o.promotion_id) DESC, count(*) DESC, o.order_id LIMIT 1
-- ordered: yes
-- notice: Lines, promotions and payments are three lists of one order. Joined side by side, two promotions would double every line;
--   stacked under each other they stay what they are, and the sums can be read off: lines less promotions is the total.
WITH part AS (
    SELECT 1 AS part, 'line' AS what, COALESCE(p.name, '(deleted product)') AS name, i.quantity, i.unit_price,
           i.quantity * i.unit_price AS amount, CAST(i.product_id AS VARCHAR) AS place
    FROM order_items AS i
    LEFT JOIN products AS p ON p.product_id = i.product_id
    WHERE i.order_id = $order_id
    UNION ALL
    SELECT 2, 'promotion', r.code, NULL, NULL, -op.discount_amount, CAST(r.promotion_id AS VARCHAR)
    FROM order_promotions AS op
    JOIN promotions AS r ON r.promotion_id = op.promotion_id
    WHERE op.order_id = $order_id
    UNION ALL
    SELECT 3, 'total, ' || status, CAST(created_at AS VARCHAR), NULL, NULL, total_amount, ''
    FROM orders
    WHERE order_id = $order_id
    UNION ALL
    SELECT 4, p.kind || ', ' || p.status, COALESCE(m.kind, 'gift card or no account'), NULL, NULL, p.amount, CAST(p.payment_id AS VARCHAR)
    FROM payments AS p
    LEFT JOIN payment_methods AS m ON m.payment_method_id = p.payment_method_id
    WHERE p.order_id = $order_id
)
SELECT what, name, quantity, unit_price, amount
FROM part
ORDER BY part, name, place;

-- name: totals-against-lines
-- title: Totals against lines and promotions
-- question: Which orders were charged for something other than their lines less their promotions?
-- answers: money-adds-up
-- ordered: yes
-- notice: Twelve orders, and each is too high by exactly one piece of one of its products. The customer had put it into the basket
--   twice, on two lines; the key (order_id, product_id) refused the second line, the program went on, and the total was
--   already made. Lines and promotions are added up before the join, or two promotions would count the lines twice.
WITH line_sum AS (
    SELECT order_id, sum(quantity * unit_price) AS lines
    FROM order_items
    GROUP BY order_id
),
promotion_sum AS (
    SELECT order_id, sum(discount_amount) AS discounts
    FROM order_promotions
    GROUP BY order_id
),
wrong AS (
    SELECT o.order_id, o.created_at, o.total_amount, l.lines, COALESCE(p.discounts, 0) AS discounts,
           o.total_amount - (l.lines - COALESCE(p.discounts, 0)) AS too_much
    FROM orders AS o
    JOIN line_sum AS l ON l.order_id = o.order_id
    LEFT JOIN promotion_sum AS p ON p.order_id = o.order_id
    WHERE o.total_amount <> l.lines - COALESCE(p.discounts, 0)
)
SELECT w.created_at, w.order_id, w.total_amount, w.lines, w.discounts, w.too_much,
       (SELECT min(COALESCE(r.name, '(deleted product)'))
        FROM order_items AS i
        LEFT JOIN products AS r ON r.product_id = i.product_id
        WHERE i.order_id = w.order_id AND i.unit_price = w.too_much) AS refused_product
FROM wrong AS w
ORDER BY w.created_at, w.order_id;

-- name: product-in-many-categories
-- title: Products in many categories
-- question: In which categories is each product of a department shown?
-- answers: product-categories
-- param: department INTEGER = SELECT c.parent_id FROM product_categories AS x JOIN categories AS c ON c.category_id = x.category_id WHERE c.parent_id IS NOT NULL
--   GROUP BY c.parent_id ORDER BY count(*) DESC, c.parent_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: The link from product to category is a table of its own, with one row for each pair. One of them is the primary
--   category; its parent is the department. A column category_id on products would hold only that one.
SELECT p.name,
       d.name AS department,
       c.name AS primary_category,
       string_agg(o.name, ', ' ORDER BY o.name) AS also_in,
       1 + count(o.category_id) AS categories
FROM products AS p
JOIN product_categories AS x ON x.product_id = p.product_id AND x.is_primary
JOIN categories AS c ON c.category_id = x.category_id
JOIN categories AS d ON d.category_id = c.parent_id
LEFT JOIN product_categories AS y ON y.product_id = p.product_id AND NOT y.is_primary
LEFT JOIN categories AS o ON o.category_id = y.category_id
WHERE d.category_id = $department
GROUP BY p.product_id, p.name, d.name, c.name
ORDER BY categories DESC, p.name, p.product_id
LIMIT $top;

-- name: revenue-by-category
-- title: Revenue by category, counted once and counted often
-- question: What does each category sell, when every line counts in its primary category and when it counts in all?
-- answers: product-categories, revenue
-- ordered: yes
-- notice: The column primary_revenue adds up to the revenue in the last row. The column any_revenue does not: a product in three categories is
--   counted three times, which is right for the page of one category and wrong for a sum over them. Lines of deleted
--   products have no category at all; the INNER JOIN most people write would lose them without a word.
WITH sold AS (
    SELECT i.product_id, sum(i.quantity * i.unit_price) AS revenue
    FROM order_items AS i
    JOIN orders AS o ON o.order_id = i.order_id
    WHERE o.status IN ('paid', 'shipped', 'completed', 'Completed')
    GROUP BY i.product_id
),
by_category AS (
    SELECT COALESCE(c.name, '(deleted product)') AS category,
           sum(CASE WHEN x.is_primary OR x.product_id IS NULL THEN s.revenue ELSE 0 END) AS primary_revenue,
           sum(s.revenue) AS any_revenue
    FROM sold AS s
    LEFT JOIN product_categories AS x ON x.product_id = s.product_id
    LEFT JOIN categories AS c ON c.category_id = x.category_id
    GROUP BY COALESCE(c.name, '(deleted product)')
)
SELECT 0 AS is_total, category, primary_revenue, any_revenue
FROM by_category
UNION ALL
SELECT 1, 'all lines', (SELECT sum(revenue) FROM sold), (SELECT sum(any_revenue) FROM by_category)
ORDER BY is_total, primary_revenue DESC, any_revenue DESC, category;

-- name: wishlist-to-order
-- title: From the wishlist to the basket
-- question: Which products are wished for most, and how many of the wishes were bought later?
-- answers: wishlist
-- param: top INTEGER = 20
-- ordered: yes
-- notice: A wish is fulfilled when the same user ordered the product after wishing for it. EXISTS asks that once for each wish; a join
--   would count somebody who bought twice as two wishes. What is wished for often and bought rarely is dear, or waiting for a
--   promotion.
WITH wish AS (
    SELECT w.product_id, w.user_id,
           EXISTS (
               SELECT 1
               FROM orders AS o
               JOIN order_items AS i ON i.order_id = o.order_id
               WHERE o.user_id = w.user_id
                 AND i.product_id = w.product_id
                 AND o.created_at >= w.added_at
                 AND o.status <> 'cancelled'
           ) AS is_bought
    FROM wishlist_items AS w
)
SELECT p.name,
       p.price,
       count(*) AS wishes,
       count(*) FILTER (WHERE w.is_bought) AS bought,
       round(100.0 * count(*) FILTER (WHERE w.is_bought) / count(*), 1) AS bought_percent
FROM wish AS w
JOIN products AS p ON p.product_id = w.product_id
GROUP BY p.product_id, p.name, p.price
ORDER BY wishes DESC, p.name, p.product_id
LIMIT $top;

-- name: promotions
-- title: What promotions cost and bring
-- question: How many orders used each promotion, alone or with another, and how much did it take off?
-- answers: promotions
-- ordered: yes
-- notice: The link carries discount_amount, what the rule took off this order; the rule itself may change tomorrow. An order with
--   two promotions is in two rows, so the column orders does not add up to the number of orders. A large basket under a
--   promotion does not prove that the promotion made it large.
WITH used AS (
    SELECT op.promotion_id, op.order_id, op.discount_amount,
           count(*) OVER (PARTITION BY op.order_id) AS promotions
    FROM order_promotions AS op
)
SELECT r.code,
       r.kind,
       r.value,
       count(*) AS orders,
       count(*) FILTER (WHERE u.promotions > 1) AS together_with_another,
       sum(u.discount_amount) AS taken_off,
       round(avg(o.total_amount), 2) AS avg_total_after,
       round(100.0 * sum(u.discount_amount) / sum(o.total_amount + u.discount_amount), 1) AS percent_off
FROM used AS u
JOIN promotions AS r ON r.promotion_id = u.promotion_id
JOIN orders AS o ON o.order_id = u.order_id
GROUP BY r.promotion_id, r.code, r.kind, r.value
ORDER BY orders DESC, r.promotion_id;

-- name: stock-to-reorder
-- title: Stock that has to be reordered
-- question: Which products have less free stock in a warehouse than their reorder point, and when does the supplier deliver?
-- answers: inventory
-- param: today DATE = SELECT CAST(max(created_at) AS DATE) FROM orders
-- param: top INTEGER = 30
-- ordered: yes
-- notice: Free is what is on hand less what is reserved for orders already paid, and it can be below zero. Stock is kept for each
--   warehouse: the same product may be plentiful elsewhere, which the column elsewhere shows. Where nothing is ordered, a new order
--   would take the supplier's lead time.
SELECT w.name AS warehouse,
       p.name AS product,
       v.quantity_on_hand AS on_hand,
       v.quantity_reserved AS reserved,
       v.quantity_on_hand - v.quantity_reserved AS free,
       v.reorder_point,
       (SELECT COALESCE(sum(e.quantity_on_hand - e.quantity_reserved), 0)
        FROM inventory AS e
        WHERE e.product_id = v.product_id AND e.warehouse_id <> v.warehouse_id) AS elsewhere,
       s.name AS supplier,
       COALESCE(v.next_delivery_on - $today, s.lead_time_days) AS days_until_delivery,
       v.next_delivery_on IS NOT NULL AS is_ordered
FROM inventory AS v
JOIN warehouses AS w ON w.warehouse_id = v.warehouse_id
JOIN products AS p ON p.product_id = v.product_id
JOIN suppliers AS s ON s.supplier_id = v.supplier_id
WHERE v.quantity_on_hand - v.quantity_reserved <= v.reorder_point
ORDER BY free - v.reorder_point, w.name, p.name, p.product_id
LIMIT $top;

-- name: payments-of-orders
-- title: Orders that are not paid exactly
-- question: Which orders have failed, partial or returned payments, and what is still open?
-- answers: payments
-- param: before TIMESTAMP = SELECT max(created_at) - INTERVAL '20' DAY FROM orders
-- param: top INTEGER = 40
-- ordered: yes
-- notice: Amounts are always positive, kind says which way they went, and only succeeded ones count. An order that was split between a
--   gift card and a card is paid in full by two rows. never_charged is above zero where a part, or all, was never paid; what went
--   back stands in refunded and does not open the order again. Failed attempts stay as rows, because payments are not overwritten.
WITH moved AS (
    SELECT order_id,
           count(*) FILTER (WHERE kind = 'charge') AS attempts,
           count(*) FILTER (WHERE kind = 'charge' AND status = 'failed') AS failed,
           COALESCE(sum(amount) FILTER (WHERE kind = 'charge' AND status = 'succeeded'), 0) AS charged,
           COALESCE(sum(amount) FILTER (WHERE kind = 'refund' AND status = 'succeeded'), 0) AS refunded
    FROM payments
    GROUP BY order_id
)
SELECT o.created_at, o.order_id, o.status, o.total_amount,
       m.attempts, m.failed, m.charged, m.refunded,
       o.total_amount - m.charged AS never_charged,
       CASE WHEN m.refunded > 0 AND m.refunded = m.charged THEN 'all returned'
            WHEN m.refunded > 0 THEN 'a piece returned'
            WHEN m.charged = 0 THEN 'nothing paid'
            WHEN m.charged < o.total_amount THEN 'paid in part'
            WHEN m.failed > 0 THEN 'paid at the second try'
            ELSE 'paid in several parts' END AS what
FROM orders AS o
JOIN moved AS m ON m.order_id = o.order_id
WHERE o.created_at < $before
  AND (m.attempts > 1 OR m.refunded > 0 OR m.charged <> o.total_amount)
ORDER BY o.created_at DESC, o.order_id
LIMIT $top;

-- name: phone-during-migration
-- title: A column that is half filled
-- question: Where is the phone number of a user while the new column is being filled?
-- answers: schema-evolution
-- ordered: yes
-- notice: Accounts opened since the column exists have the number there, older ones in the profile document. A reader of only the new
--   column finds a number for the newest accounts alone; COALESCE over both places finds all there are until the old
--   rows have been moved.
SELECT CAST(date_trunc('quarter', created_at) AS DATE) AS quarter,
       count(*) AS users,
       count(phone) AS in_the_column,
       count(profile->>'$.phone') AS in_the_profile,
       count(COALESCE(phone, profile->>'$.phone')) AS in_either
FROM users
WHERE status <> 'deleted'
GROUP BY quarter
ORDER BY quarter;
