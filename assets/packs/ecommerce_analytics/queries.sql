-- name: daily-sales-by-category
-- title: Daily sales by category
-- question: What did each category sell on each of the last days?
-- answers: daily-sales
-- param: days INTEGER = 7
-- ordered: yes
-- notice: A line belongs to the category it was sold in, which the line carries, so no join can change the past. A
--   category that sold nothing on a day still has its row, with zeros: without the grid of days and categories an empty
--   day is missing, and an average over days comes out too high. Distinct orders do not add up over categories.
WITH day AS (
  SELECT CAST((SELECT max(order_time) FROM order_line) AS DATE) - CAST(k AS INTEGER) AS dt
  FROM range(0, $days) AS r(k)
),
sale AS (
  SELECT CAST(order_time AS DATE) AS dt, product_category_id,
         count(DISTINCT order_id) AS orders,
         sum(count) AS pieces,
         sum(amt) AS gross,
         sum(discount) AS discount
  FROM order_line
  WHERE order_time >= (SELECT min(dt) FROM day)
  GROUP BY 1, 2
)
SELECT d.dt,
       parent.category_name AS department,
       c.category_name AS category,
       COALESCE(s.orders, 0) AS orders,
       COALESCE(s.pieces, 0) AS pieces,
       COALESCE(s.gross, 0) AS gross,
       COALESCE(s.gross - s.discount, 0) AS net
FROM day AS d
CROSS JOIN product_category AS c
JOIN product_category AS parent ON parent.product_category_id = c.parent_category_id
LEFT JOIN sale AS s ON s.dt = d.dt AND s.product_category_id = c.product_category_id
ORDER BY d.dt DESC, department, category;

-- name: category-as-sold-or-now
-- title: Category as sold, or as it is now
-- question: How does the year look if every product is counted in the category it has today?
-- answers: daily-sales, history
-- ordered: yes
-- notice: Some products have moved to a neighbouring category of their department. By the line's own category the past
--   stays as it was reported; by the product's current row their earlier sales move along, and a chart of last year
--   changes without a sale. The differences add up to zero. Both are right answers to different questions: say which.
WITH counted AS (
  SELECT o.product_category_id AS category_id, o.amt - o.discount AS as_sold, 0 AS as_now
  FROM order_line AS o
  UNION ALL
  SELECT p.product_category_id, 0, o.amt - o.discount
  FROM order_line AS o
  JOIN product AS p ON p.product_id = o.product_id AND p.is_current
)
SELECT parent.category_name AS department,
       c.category_name AS category,
       sum(n.as_sold) AS net_as_sold,
       sum(n.as_now) AS net_as_now,
       sum(n.as_now) - sum(n.as_sold) AS difference
FROM counted AS n
JOIN product_category AS c ON c.product_category_id = n.category_id
JOIN product_category AS parent ON parent.product_category_id = c.parent_category_id
GROUP BY parent.category_name, c.category_name
ORDER BY abs(sum(n.as_now) - sum(n.as_sold)) DESC, department, category;

-- name: rfm-segments
-- title: Segments by recency, frequency and money
-- question: Which groups of customers are there, by how lately, how often and for how much they order?
-- answers: segmentation
-- ordered: yes
-- notice: Each customer gets a fifth (1 to 5) for days since the last order, number of orders and net amount. Champions are
--   a minority of the customers and bring the largest part of the money. "At risk" ordered often and have stopped: the list to
--   write to. Customers who never ordered are in no segment, because the fact table does not know them.
WITH bought AS (
  SELECT customer_id,
         max(order_time) AS last_order,
         count(DISTINCT order_id) AS orders,
         sum(amt - discount) AS net
  FROM order_line
  GROUP BY customer_id
),
scored AS (
  SELECT customer_id, orders, net,
         date_diff('day', last_order, (SELECT max(order_time) FROM order_line)) AS days_ago,
         ntile(5) OVER (ORDER BY last_order, customer_id) AS r,
         ntile(5) OVER (ORDER BY orders, customer_id) AS f,
         ntile(5) OVER (ORDER BY net, customer_id) AS m
  FROM bought
),
named AS (
  SELECT *,
         CASE WHEN r >= 4 AND f >= 4 AND m >= 4 THEN '1 champions'
              WHEN r >= 4 AND f >= 3 THEN '2 loyal'
              WHEN r >= 4 THEN '3 recent, few orders'
              WHEN r <= 2 AND f >= 4 THEN '4 at risk'
              WHEN r <= 2 AND f <= 2 THEN '5 gone'
              ELSE '6 in between'
         END AS segment
  FROM scored
)
SELECT segment,
       count(*) AS customers,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent_of_customers,
       round(avg(days_ago), 0) AS mean_days_ago,
       round(avg(orders), 1) AS mean_orders,
       sum(net) AS net,
       round(100.0 * sum(net) / sum(sum(net)) OVER (), 1) AS percent_of_net
FROM named
GROUP BY segment
ORDER BY segment;

-- name: average-order-value
-- title: Average order value by month
-- question: What is an order worth on average, and what comes out when lines are averaged instead?
-- answers: aov
-- ordered: yes
-- notice: The fact table has a row for each line, so avg(amt - discount) is the mean line, about half of the mean
--   order. Average order value is the sum divided by distinct orders. It is a ratio: the mean of the months' values is
--   not the value of the year. Shipping and tax are left out; with them it is what customers paid.
SELECT CAST(date_trunc('month', order_time) AS DATE) AS month,
       count(DISTINCT order_id) AS orders,
       count(*) AS lines,
       sum(amt - discount) AS net,
       round(sum(amt - discount) / count(DISTINCT order_id), 2) AS average_order_value,
       round(avg(amt - discount), 2) AS average_line,
       round(sum(amt - discount + tax_amt + shipping_amt) / count(DISTINCT order_id), 2) AS average_paid
FROM order_line
GROUP BY month
ORDER BY month;

-- name: lifetime-value-by-cohort
-- title: Customer lifetime value by cohort
-- question: How much has a customer brought in after one, three, six and twelve months?
-- answers: clv
-- ordered: yes
-- notice: A cohort is the month of the first order; the value is net revenue for each customer of it, whether or not they
--   came back. A column is NULL where the youngest member has not had the time yet, otherwise young cohorts would look
--   poor. The first cohort is no cohort: it collects everybody who ordered before the data begins.
WITH first_order AS (
  SELECT customer_id, min(order_time) AS first_time
  FROM order_line
  GROUP BY customer_id
),
cohort AS (
  SELECT customer_id, first_time, CAST(date_trunc('month', first_time) AS DATE) AS month
  FROM first_order
),
newest AS (
  SELECT CAST(max(order_time) AS DATE) + 1 AS until FROM order_line
),
value AS (
  SELECT c.month,
         sum(o.amt - o.discount) FILTER (WHERE o.order_time < c.first_time + INTERVAL '1' MONTH) AS net_1,
         sum(o.amt - o.discount) FILTER (WHERE o.order_time < c.first_time + INTERVAL '3' MONTH) AS net_3,
         sum(o.amt - o.discount) FILTER (WHERE o.order_time < c.first_time + INTERVAL '6' MONTH) AS net_6,
         sum(o.amt - o.discount) FILTER (WHERE o.order_time < c.first_time + INTERVAL '12' MONTH) AS net_12
  FROM cohort AS c
  JOIN order_line AS o ON o.customer_id = c.customer_id
  GROUP BY c.month
)
SELECT v.month AS cohort,
       count(c.customer_id) AS customers,
       CASE WHEN v.month + INTERVAL '2' MONTH <= n.until THEN round(v.net_1 / count(c.customer_id), 2) END AS value_1_month,
       CASE WHEN v.month + INTERVAL '4' MONTH <= n.until THEN round(v.net_3 / count(c.customer_id), 2) END AS value_3_months,
       CASE WHEN v.month + INTERVAL '7' MONTH <= n.until THEN round(v.net_6 / count(c.customer_id), 2) END AS value_6_months,
       CASE WHEN v.month + INTERVAL '13' MONTH <= n.until THEN round(v.net_12 / count(c.customer_id), 2) END AS value_12_months
FROM value AS v
JOIN cohort AS c ON c.month = v.month
CROSS JOIN newest AS n
GROUP BY v.month, n.until, v.net_1, v.net_3, v.net_6, v.net_12
ORDER BY cohort;

-- name: inventory-now
-- title: Stock now
-- question: How many pieces of each product does a store have now, and how many days will they last?
-- answers: inventory
-- param: store INTEGER = 1
-- param: top INTEGER = 20
-- ordered: yes
-- notice: Newest snapshot plus the events since: a few weeks are added up instead of all of history. A snapshot stands for
--   00:00 of its day, so events of that day count (>=); with > a day of sales would be lost. Events after the snapshot
--   can be many or none: the LEFT JOIN keeps products that nobody touched.
WITH base AS (
  SELECT product_id, quantity_on_hand, snapshot_date
  FROM inventory_snapshot
  WHERE store_id = $store
    AND snapshot_date = (SELECT max(snapshot_date) FROM inventory_snapshot)
),
since AS (
  SELECT e.product_id,
         sum(e.quantity_change) AS change,
         -sum(e.quantity_change) FILTER (WHERE e.event_type = 'sale') AS sold
  FROM inventory_event AS e
  WHERE e.store_id = $store
    AND e.event_time >= (SELECT max(snapshot_date) FROM inventory_snapshot)
  GROUP BY e.product_id
),
span AS (
  SELECT greatest(1, date_diff('day', (SELECT max(snapshot_date) FROM inventory_snapshot), CAST(max(event_time) AS DATE) + 1)) AS days
  FROM inventory_event
)
SELECT p.product_id,
       p.product_brand || ' ' || p.product_title AS product,
       b.quantity_on_hand AS in_snapshot,
       COALESCE(s.change, 0) AS change_since,
       b.quantity_on_hand + COALESCE(s.change, 0) AS on_hand,
       COALESCE(s.sold, 0) AS sold_since,
       round((b.quantity_on_hand + COALESCE(s.change, 0)) * span.days / nullif(s.sold, 0), 0) AS lasts_days
FROM base AS b
JOIN product AS p ON p.product_id = b.product_id AND p.is_current
CROSS JOIN span
LEFT JOIN since AS s ON s.product_id = b.product_id
ORDER BY lasts_days NULLS LAST, on_hand, p.product_id
LIMIT $top;

-- name: snapshots-against-events
-- title: Snapshots against events
-- question: Where is a snapshot not the one before plus the events in between?
-- answers: inventory
-- ordered: yes
-- notice: Three deliveries, one in each of three months, were booked twice; the count at the end of the month saw the goods
--   once. The difference is exactly minus the delivery. Nothing in inventory_event tells the two rows apart as one
--   delivery: the reference is empty for deliveries. Since "now" starts from the newest snapshot, the error is gone from
--   it; added up from the beginning it would stay for ever.
WITH span AS (
  SELECT store_id, product_id, snapshot_date, quantity_on_hand,
         lead(snapshot_date) OVER of_product AS next_date,
         lead(quantity_on_hand) OVER of_product AS next_quantity
  FROM inventory_snapshot
  WHERE snapshot_date >= (SELECT min(event_time) FROM inventory_event) - INTERVAL '1' DAY
  WINDOW of_product AS (PARTITION BY store_id, product_id ORDER BY snapshot_date)
),
change AS (
  SELECT store_id, product_id, CAST(date_trunc('month', event_time) AS DATE) AS snapshot_date,
         sum(quantity_change) AS change,
         max(quantity_change) FILTER (WHERE event_type = 'receipt') AS largest_delivery
  FROM inventory_event
  GROUP BY ALL
)
SELECT s.store_id,
       s.product_id,
       s.snapshot_date AS from_snapshot,
       s.quantity_on_hand AS was,
       c.change AS by_events,
       s.quantity_on_hand + c.change AS expected,
       s.next_quantity AS counted,
       s.next_quantity - s.quantity_on_hand - c.change AS difference,
       c.largest_delivery
FROM span AS s
JOIN change AS c USING (store_id, product_id, snapshot_date)
WHERE s.next_quantity <> s.quantity_on_hand + c.change
ORDER BY from_snapshot, s.store_id, s.product_id;

-- name: campaign-effectiveness
-- title: What each campaign brought
-- question: Which orders did a campaign bring, at what discount, and did the shop sell more while it ran?
-- answers: campaigns
-- ordered: yes
-- notice: Two views of success that disagree. attributed_orders are those whose link was clicked; lift_percent compares all
--   web orders a day with the nine days before. A campaign can be credited with orders that would have come anyway, and can
--   bring people who click nothing. The model has no cost of a campaign, so its return cannot be told: discount is
--   only part of the price. NULL where nine days before it are not in the data.
WITH orders AS (
  SELECT order_id, min(customer_id) AS customer_id, min(order_time) AS order_time, min(campaign_id) AS campaign_id,
         sum(amt - discount) AS net, sum(discount) AS discount
  FROM order_line
  WHERE store_id = 1
  GROUP BY order_id
),
first_order AS (
  SELECT customer_id, min(order_time) AS first_time FROM order_line GROUP BY customer_id
),
credited AS (
  SELECT o.campaign_id,
         count(*) AS attributed_orders,
         count(*) FILTER (WHERE o.order_time = f.first_time) AS first_orders,
         sum(o.net) AS net,
         sum(o.discount) AS discount
  FROM orders AS o
  JOIN first_order AS f ON f.customer_id = o.customer_id
  WHERE o.campaign_id IS NOT NULL
  GROUP BY o.campaign_id
),
pace AS (
  SELECT c.campaign_id,
         count(*) FILTER (WHERE o.order_time >= c.campaign_start_time)
           / date_diff('day', c.campaign_start_time, c.campaign_end_time) AS a_day_during,
         CASE WHEN c.campaign_start_time - INTERVAL '9' DAY >= (SELECT min(order_time) FROM orders)
              THEN count(*) FILTER (WHERE o.order_time < c.campaign_start_time) / 9 END AS a_day_before
  FROM campaign AS c
  JOIN orders AS o
    ON o.order_time >= c.campaign_start_time - INTERVAL '9' DAY
   AND o.order_time < c.campaign_end_time
  GROUP BY c.campaign_id, c.campaign_start_time, c.campaign_end_time
)
SELECT c.campaign_name,
       CAST(c.campaign_start_time AS DATE) AS starts,
       date_diff('day', c.campaign_start_time, c.campaign_end_time) AS days,
       COALESCE(k.attributed_orders, 0) AS attributed_orders,
       COALESCE(k.first_orders, 0) AS first_orders,
       COALESCE(k.net, 0) AS net,
       round(k.net / k.attributed_orders, 2) AS average_order_value,
       COALESCE(k.discount, 0) AS discount,
       round(p.a_day_during, 1) AS web_orders_a_day,
       round(p.a_day_before, 1) AS before,
       round(100.0 * (p.a_day_during / nullif(p.a_day_before, 0) - 1), 0) AS lift_percent
FROM campaign AS c
LEFT JOIN credited AS k ON k.campaign_id = c.campaign_id
LEFT JOIN pace AS p ON p.campaign_id = c.campaign_id
ORDER BY c.campaign_start_time, c.campaign_id;

-- name: campaign-after-its-end
-- title: Orders credited after the end
-- question: When did the orders that carry a campaign come in: while it ran, or afterwards?
-- answers: campaigns
-- ordered: yes
-- notice: Nearly all fall into the time of their campaign; the rest came in the days after, from links that were opened
--   late, at the campaign's price. The campaign_id in the line says which link was clicked, not when, so a
--   report by campaign_id and one by dates of the campaign never agree. A table of touches would hold the click.
WITH orders AS (
  SELECT order_id, min(campaign_id) AS campaign_id, min(order_time) AS order_time,
         sum(amt) AS gross, sum(discount) AS discount
  FROM order_line
  WHERE campaign_id IS NOT NULL
  GROUP BY order_id
)
SELECT CASE WHEN o.order_time < c.campaign_start_time THEN 'before the start'
            WHEN o.order_time < c.campaign_end_time THEN 'while it ran'
            ELSE (1 + date_diff('day', CAST(c.campaign_end_time AS DATE), CAST(o.order_time AS DATE))) || '. day after'
       END AS came_in,
       count(*) AS orders,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent,
       round(100.0 * sum(o.discount) / sum(o.gross), 1) AS discount_percent
FROM orders AS o
JOIN campaign AS c ON c.campaign_id = o.campaign_id
GROUP BY came_in
ORDER BY came_in = 'while it ran' DESC, came_in;

-- name: four-joins
-- title: One sum, four joins
-- question: What becomes of the net revenue when the fact is joined to the customer dimension?
-- answers: history, clv
-- ordered: yes
-- notice: Joined on customer_id alone, each line is counted once for each version of its customer, and tens of percent
--   come out of nothing. With is_current it is nearly right: what customers with two current rows ordered counts twice.
--   The join as of the order's time takes exactly one version and gives the sum of the fact table to the cent.
WITH version AS (
  SELECT customer_id, updated_at AS valid_from,
         lead(updated_at) OVER (PARTITION BY customer_id ORDER BY updated_at) AS valid_to,
         is_current
  FROM customer
),
counted AS (
  SELECT 1 AS place, 'fact table alone' AS joined_by, count(*) AS lines, sum(amt - discount) AS net
  FROM order_line
  UNION ALL
  SELECT 2, 'customer_id', count(*), sum(o.amt - o.discount)
  FROM order_line AS o
  JOIN version AS v ON v.customer_id = o.customer_id
  UNION ALL
  SELECT 3, 'customer_id and is_current', count(*), sum(o.amt - o.discount)
  FROM order_line AS o
  JOIN version AS v ON v.customer_id = o.customer_id AND v.is_current
  UNION ALL
  SELECT 4, 'customer_id, as of order_time', count(*), sum(o.amt - o.discount)
  FROM order_line AS o
  JOIN version AS v
    ON v.customer_id = o.customer_id
   AND o.order_time >= v.valid_from
   AND (o.order_time < v.valid_to OR v.valid_to IS NULL)
)
SELECT joined_by,
       lines,
       net,
       net - min(net) FILTER (WHERE place = 1) OVER () AS too_much,
       round(100.0 * (net / min(net) FILTER (WHERE place = 1) OVER () - 1), 2) AS too_much_percent
FROM counted
ORDER BY place;

-- name: revenue-by-state
-- title: Revenue by state, then and now
-- question: Where did customers live when they ordered, and where are those sales if today's address is taken?
-- answers: history
-- param: top INTEGER = 15
-- ordered: yes
-- notice: is_current puts every past order where the customer lives today. The sum over all states is the same, the states
--   are not: whoever moved took years of orders along. With the version of the order's time the past stays.
--   The newest version is taken by updated_at here, because is_current is not always alone.
WITH version AS (
  SELECT customer_id, state, country, updated_at AS valid_from,
         lead(updated_at) OVER (PARTITION BY customer_id ORDER BY updated_at) AS valid_to
  FROM customer
),
counted AS (
  SELECT v.country, v.state, o.amt - o.discount AS then_net, 0 AS now_net
  FROM order_line AS o
  JOIN version AS v
    ON v.customer_id = o.customer_id
   AND o.order_time >= v.valid_from
   AND (o.order_time < v.valid_to OR v.valid_to IS NULL)
  UNION ALL
  SELECT v.country, v.state, 0, o.amt - o.discount
  FROM order_line AS o
  JOIN version AS v ON v.customer_id = o.customer_id AND v.valid_to IS NULL
)
SELECT country,
       state,
       sum(then_net) AS net_when_ordered,
       sum(now_net) AS net_by_todays_address,
       sum(now_net) - sum(then_net) AS difference
FROM counted
GROUP BY country, state
ORDER BY abs(sum(now_net) - sum(then_net)) DESC, country, state
LIMIT $top;

-- name: documented-key
-- title: What the documented key would refuse
-- question: How many rows would PRIMARY KEY (customer_id) or (product_id) turn away?
-- answers: history
-- ordered: yes
-- notice: Every version after the first. The document marks customer_id and product_id as (PK) and says beside it that they
--   repeat; both cannot hold. They are business keys. The key of a version is (id, updated_at), or a surrogate key of
--   its own: with either of them nothing is refused.
SELECT 'customer' AS dimension,
       count(*) AS versions,
       count(DISTINCT customer_id) AS things,
       count(*) - count(DISTINCT customer_id) AS refused_by_id,
       count(*) - count(DISTINCT (customer_id, updated_at)) AS refused_by_id_and_updated_at,
       round(count(*) / count(DISTINCT customer_id), 2) AS versions_each
FROM customer
UNION ALL
SELECT 'product',
       count(*),
       count(DISTINCT product_id),
       count(*) - count(DISTINCT product_id),
       count(*) - count(DISTINCT (product_id, updated_at)),
       round(count(*) / count(DISTINCT product_id), 2)
FROM product
ORDER BY dimension;

-- name: current-flags
-- title: More than one current row
-- question: For which customers is is_current not true for exactly one version?
-- answers: history
-- ordered: yes
-- notice: Planted: for a few customers the job that wrote the newest version never took the flag from the one before. No
--   constraint of the model could notice. Every report that joins on is_current counts them twice. An end date makes
--   the fault visible as an overlap, and a unique index over the current rows makes it impossible.
SELECT customer_id,
       count(*) AS versions,
       count(*) FILTER (WHERE is_current) AS current_versions,
       min(updated_at) FILTER (WHERE is_current) AS first_current,
       max(updated_at) FILTER (WHERE is_current) AS last_current,
       string_agg(city || CASE WHEN is_current THEN ' (current)' ELSE '' END, ' > ' ORDER BY updated_at) AS cities
FROM customer
GROUP BY customer_id
HAVING count(*) FILTER (WHERE is_current) <> 1
ORDER BY customer_id;

-- name: versions-repaired
-- title: One customer's versions with a surrogate key
-- question: What does a customer's history look like with a key of its own and an interval, and which orders fall into each version?
-- answers: history, segmentation
-- param: customer BIGINT = SELECT c.customer_id FROM customer AS c JOIN order_line AS o ON o.customer_id = c.customer_id AND o.order_time >= c.updated_at
--   GROUP BY c.customer_id ORDER BY count(DISTINCT c.updated_at) DESC, count(DISTINCT o.order_id) DESC, c.customer_id LIMIT 1
-- ordered: yes
-- notice: The repaired dimension, worked out from the documented one: customer_key names a version, valid_from and valid_to
--   say when it holds, half-open, so no moment falls into two versions or into none. A fact that stores customer_key joins
--   by one equality and needs no interval any more. The orders of all versions add up to those of the customer.
WITH version AS (
  SELECT row_number() OVER (ORDER BY customer_id, updated_at) AS customer_key,
         customer_id, city, state, email, phone,
         updated_at AS valid_from,
         lead(updated_at) OVER (PARTITION BY customer_id ORDER BY updated_at) AS valid_to
  FROM customer
)
SELECT v.customer_key,
       v.customer_id,
       v.valid_from,
       v.valid_to,
       v.city,
       v.state,
       v.email,
       v.phone,
       count(DISTINCT o.order_id) AS orders,
       COALESCE(sum(o.amt - o.discount), 0) AS net
FROM version AS v
LEFT JOIN order_line AS o
  ON o.customer_id = v.customer_id
 AND o.order_time >= v.valid_from
 AND (o.order_time < v.valid_to OR v.valid_to IS NULL)
WHERE v.customer_id = $customer
GROUP BY v.customer_key, v.customer_id, v.valid_from, v.valid_to, v.city, v.state, v.email, v.phone
ORDER BY v.valid_from;
