-- name: orders-of-customer
-- title: Orders of a customer
-- question: What did this customer order, newest first?
-- answers: order-history
-- param: customer BIGINT = SELECT user_id FROM orders GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: On a row store the index (user_id, created_at) is read backwards and stops after $top rows:
--   no sort, and no other customer's order is touched. The single index on user_id would fetch all
--   orders of the customer and then sort them.
SELECT id, status, total_amount, created_at
FROM orders
WHERE user_id = $customer
ORDER BY created_at DESC, id DESC
LIMIT $top;

-- name: order-with-lines
-- title: One order with its lines
-- question: What is in this order, at which price, and is it paid?
-- answers: order-detail, price-snapshot
-- param: order_id BIGINT = SELECT i.order_id FROM order_items AS i JOIN products AS p ON p.id = i.product_id
--   WHERE i.unit_price <> p.price GROUP BY i.order_id ORDER BY count(*) DESC, i.order_id DESC LIMIT 1
-- ordered: yes
-- notice: unit_price stays what the customer saw; price_today has moved on for at least one line.
--   A row store finds the lines by the index on order_items.order_id, each product by its primary key
--   and the payment by the UNIQUE on payments.order_id: a handful of lookups whatever the size of the shop.
SELECT i.id AS line_id,
       p.name AS product,
       i.quantity,
       i.unit_price,
       i.quantity * i.unit_price AS line_amount,
       p.price AS price_today,
       o.total_amount,
       o.status AS order_status,
       pay.status AS payment_status
FROM orders AS o
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
LEFT JOIN payments AS pay ON pay.order_id = o.id
WHERE o.id = $order_id
ORDER BY i.id;

-- name: order-total-against-lines
-- title: Order totals against their lines
-- question: Which orders store a total that is not the sum of their lines?
-- answers: totals-add-up
-- ordered: yes
-- notice: Twelve orders, at every scale. A total below its lines by exactly one line means that the line came
--   later and nobody updated the total; a total a tenth lower is a voucher for which the model has no column.
--   The payment always agrees with the stored total, so the shop shipped more than it charged for.
WITH line_sums AS (
    SELECT order_id,
           count(*) AS lines,
           sum(quantity * unit_price) AS lines_total
    FROM order_items
    GROUP BY order_id
)
SELECT o.id AS order_id,
       o.created_at,
       o.status,
       s.lines,
       o.total_amount,
       s.lines_total,
       o.total_amount - s.lines_total AS difference,
       pay.amount AS payment_amount
FROM orders AS o
JOIN line_sums AS s ON s.order_id = o.id
LEFT JOIN payments AS pay ON pay.order_id = o.id
WHERE o.total_amount <> s.lines_total
ORDER BY abs(o.total_amount - s.lines_total) DESC, o.id;

-- name: revenue-by-category
-- title: Revenue by category and month
-- question: How much did each category bring in each month, and what would today's prices make of it?
-- answers: revenue-by-category, price-snapshot
-- ordered: yes
-- notice: Garden and camping live in spring, toys and lighting before Christmas. at_todays_prices is what a report
--   gets that joins products.price in place of unit_price: every past month changes whenever a price does.
SELECT CAST(date_trunc('month', o.created_at) AS DATE) AS month,
       c.name AS category,
       count(DISTINCT o.id) AS orders,
       sum(i.quantity) AS units,
       sum(i.quantity * i.unit_price) AS revenue,
       sum(i.quantity * p.price) AS at_todays_prices
FROM orders AS o
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
JOIN categories AS c ON c.id = p.category_id
WHERE o.status <> 'pending'
GROUP BY ALL
ORDER BY month, revenue DESC, category;

-- name: payment-by-idempotency-key
-- title: Double-charge check by key
-- question: A payment request arrives: was this key seen before, and what was the answer then?
-- answers: no-double-charge
-- param: key VARCHAR = SELECT idempotency_key FROM payments WHERE status = 'completed' ORDER BY created_at DESC, id DESC LIMIT 1
-- notice: One row: the request is a repetition, so the stored answer goes back and no money moves. No row would mean:
--   first time. The check alone is not enough, as two requests can both find nothing; the UNIQUE on idempotency_key
--   decides, because the second INSERT fails.
SELECT id AS payment_id,
       order_id,
       amount,
       status,
       CASE status
           WHEN 'completed' THEN 'answer with the stored payment, charge nothing'
           WHEN 'pending' THEN 'still being charged: answer that it is under way'
           ELSE 'answer with the stored failure: a new attempt needs a new key'
       END AS what_to_do,
       created_at
FROM payments
WHERE idempotency_key = $key;

-- name: charged-twice
-- title: Charged twice under two keys
-- question: Who paid the same amount again within a few minutes?
-- answers: no-double-charge
-- param: minutes INTEGER = 10
-- ordered: yes
-- notice: Every key here is unique and every order has one payment, and still somebody paid twice: the form was sent
--   twice, and the client made a new order with a new key each time. The same basket gives it away.
--   The key has to be made when the checkout opens, and orders need it as well.
WITH charged AS (
    SELECT o.user_id,
           o.id AS order_id,
           o.total_amount,
           pay.idempotency_key,
           pay.created_at,
           lag(o.id) OVER earlier AS earlier_order_id,
           lag(pay.idempotency_key) OVER earlier AS earlier_key,
           lag(pay.created_at) OVER earlier AS earlier_at
    FROM orders AS o
    JOIN payments AS pay ON pay.order_id = o.id
    WHERE pay.status = 'completed'
    WINDOW earlier AS (PARTITION BY o.user_id, o.total_amount ORDER BY pay.created_at, o.id)
),
repeated AS (
    SELECT * FROM charged WHERE created_at - earlier_at <= $minutes * INTERVAL '1' MINUTE
),
baskets AS (
    SELECT order_id, string_agg(product_id || ' x ' || quantity, ', ' ORDER BY product_id, quantity) AS basket
    FROM order_items
    WHERE order_id IN (SELECT order_id FROM repeated UNION SELECT earlier_order_id FROM repeated)
    GROUP BY order_id
)
SELECT r.user_id,
       r.earlier_order_id,
       r.order_id,
       r.total_amount,
       CAST(epoch(r.created_at - r.earlier_at) AS INTEGER) AS seconds_apart,
       this.basket = before.basket AS same_basket,
       r.earlier_key,
       r.idempotency_key
FROM repeated AS r
JOIN baskets AS this ON this.order_id = r.order_id
JOIN baskets AS before ON before.order_id = r.earlier_order_id
ORDER BY same_basket DESC, r.created_at, r.order_id;

-- name: low-stock
-- title: Low stock against recent sales
-- question: Which products of this category run out first at the pace of the last 30 days?
-- answers: stock
-- param: category INTEGER = SELECT category_id FROM products ORDER BY inventory_count, id LIMIT 1
-- param: days INTEGER = 21
-- ordered: yes
-- notice: The first row is below zero: more was sold than there was, because two checkouts read the same count and both
--   subtracted. A row store reads one category by the index on products.category_id;
--   the sales come from the index on orders.created_at.
WITH clock AS (
    SELECT max(created_at) AS newest FROM orders
),
sold AS (
    SELECT i.product_id, sum(i.quantity) AS units
    FROM orders AS o
    JOIN order_items AS i ON i.order_id = o.id
    WHERE o.created_at >= (SELECT newest FROM clock) - INTERVAL '30' DAY
    GROUP BY i.product_id
)
SELECT p.id,
       p.name,
       p.inventory_count,
       COALESCE(s.units, 0) AS sold_30_days,
       round(greatest(p.inventory_count, 0) * 30.0 / s.units, 1) AS days_left
FROM products AS p
LEFT JOIN sold AS s ON s.product_id = p.id
WHERE p.category_id = $category
  AND (p.inventory_count <= 0 OR p.inventory_count * 30.0 / s.units < $days)
ORDER BY p.inventory_count <= 0 DESC, days_left NULLS LAST, p.inventory_count, p.id;

-- name: failed-payments
-- title: Failed payments by method
-- question: How often does each payment method fail, and what becomes of those orders?
-- answers: failed-payments
-- param: within_days INTEGER = 7
-- ordered: yes
-- notice: pay_later fails several times as often as wallet. Not one failed order was ever paid: UNIQUE on order_id leaves
--   no room for a second attempt, so a customer who comes back has to place a new order, and most do not.
WITH failed AS (
    SELECT pay.payment_method, o.id AS order_id, o.user_id, o.status, o.total_amount, o.created_at
    FROM payments AS pay
    JOIN orders AS o ON o.id = pay.order_id
    WHERE pay.status = 'failed'
),
came_back AS (
    SELECT DISTINCT f.order_id
    FROM failed AS f
    JOIN orders AS later
      ON later.user_id = f.user_id
     AND later.created_at > f.created_at
     AND later.created_at <= f.created_at + $within_days * INTERVAL '1' DAY
     AND later.status <> 'pending'
),
attempts AS (
    SELECT payment_method, count(*) AS payments FROM payments GROUP BY payment_method
)
SELECT a.payment_method,
       a.payments,
       count(f.order_id) AS failed,
       round(100.0 * count(f.order_id) / a.payments, 1) AS failed_percent,
       COALESCE(sum(f.total_amount), 0) AS amount_not_paid,
       count(*) FILTER (WHERE f.status <> 'pending') AS paid_after_all,
       count(b.order_id) AS ordered_again
FROM attempts AS a
LEFT JOIN failed AS f ON f.payment_method = a.payment_method
LEFT JOIN came_back AS b ON b.order_id = f.order_id
GROUP BY a.payment_method, a.payments
ORDER BY failed_percent DESC, a.payment_method;

-- name: best-sellers
-- title: Best sellers of the last weeks
-- question: Which products sold most lately, and how much of all units do they make up together?
-- answers: best-sellers
-- param: days INTEGER = 30
-- param: top INTEGER = 20
-- ordered: yes
-- notice: running_percent climbs fast: a few products carry a large part of all units, and the first by units
--   is often not the first by revenue. A row store reads the last orders by the index on created_at, then their lines by order_items.order_id.
SELECT p.id,
       p.name,
       c.name AS category,
       sum(i.quantity) AS units,
       count(DISTINCT i.order_id) AS orders,
       sum(i.quantity * i.unit_price) AS revenue,
       round(100.0 * sum(sum(i.quantity)) OVER (
           ORDER BY sum(i.quantity) DESC, sum(i.quantity * i.unit_price) DESC, p.id
       ) / sum(sum(i.quantity)) OVER (), 1) AS running_percent
FROM orders AS o
JOIN order_items AS i ON i.order_id = o.id
JOIN products AS p ON p.id = i.product_id
JOIN categories AS c ON c.id = p.category_id
WHERE o.created_at >= (SELECT max(created_at) FROM orders) - $days * INTERVAL '1' DAY
GROUP BY p.id, p.name, c.name
ORDER BY units DESC, revenue DESC, p.id
LIMIT $top;

-- name: account-by-email
-- title: Account by email, whatever the case
-- question: Which accounts belong to this address when capitals do not count?
-- answers: sign-in
-- param: email VARCHAR = SELECT lower(email) FROM users GROUP BY lower(email) HAVING count(*) > 1 ORDER BY min(id) LIMIT 1
-- ordered: yes
-- notice: Two accounts for one mailbox. UNIQUE compares letter by letter, so it let the second one in, and its index
--   does not serve lower(email) either: a row store reads every user here until there is an index on lower(email).
SELECT u.id, u.email, u.created_at, count(o.id) AS orders
FROM users AS u
LEFT JOIN orders AS o ON o.user_id = u.id
WHERE lower(u.email) = lower($email)
GROUP BY u.id, u.email, u.created_at
ORDER BY u.id;
