-- name: replay-order
-- title: Replay one order
-- question: What happened to this order, and in which state was it after each event?
-- answers: replay, audit-trail
-- param: order_id UUID = SELECT order_id FROM event_store GROUP BY order_id ORDER BY count(*) DESC, order_id LIMIT 1
-- ordered: yes
-- notice: Nobody stored a state: status and the three amounts are folded from the events, one after the other, by version.
--   Events that change no status (a new address, a refund) leave the last one standing. Money is paid once and given
--   back at most once.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
line AS (
  SELECT e.version, sum(l.item.quantity * l.item.unit_price) AS amount
  FROM event_store AS e
  CROSS JOIN unnest(CAST(e.data -> '$.items' AS STRUCT(product_id BIGINT, name VARCHAR, quantity INTEGER, unit_price DECIMAL(10, 2))[])) AS l(item)
  WHERE e.order_id = $order_id AND e.type = 'OrderCreated'
  GROUP BY e.version
),
change AS (
  SELECT e.version, e.timestamp, e.type, s.to_status,
         CASE e.type WHEN 'OrderCreated' THEN l.amount
                     WHEN 'ItemAdded' THEN CAST(e.data ->> '$.quantity' AS INTEGER) * CAST(e.data ->> '$.unit_price' AS DECIMAL(10, 2))
                     ELSE 0 END AS ordered,
         CASE e.type WHEN 'PaymentCaptured' THEN CAST(e.data ->> '$.amount' AS DECIMAL(10, 2)) ELSE 0 END AS paid,
         CASE e.type WHEN 'PaymentRefunded' THEN CAST(e.data ->> '$.amount' AS DECIMAL(10, 2)) ELSE 0 END AS refunded,
         e.data
  FROM event_store AS e
  LEFT JOIN status_of AS s ON s.type = e.type
  LEFT JOIN line AS l ON l.version = e.version
  WHERE e.order_id = $order_id
)
SELECT version, timestamp, type,
       last_value(to_status IGNORE NULLS) OVER so_far AS status,
       sum(ordered) OVER so_far AS total_amount,
       sum(paid) OVER so_far AS paid_amount,
       sum(refunded) OVER so_far AS refunded_amount,
       data
FROM change
WINDOW so_far AS (ORDER BY version ROWS UNBOUNDED PRECEDING)
ORDER BY version;

-- name: state-as-of
-- title: Orders as they stood at a moment
-- question: How many orders were in which state at this moment, and how much money was taken for them by then?
-- answers: state-as-of
-- param: moment TIMESTAMP = '2026-03-01 00:00:00'
-- notice: The same replay, cut off at a time. It works for any moment of the past, also for one nobody thought of when the
--   tables were made. A table with the current state alone cannot answer it. Nearly all orders are in a final state; the
--   few others were on their way at that moment.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
then_known AS (
  SELECT e.order_id,
         arg_max(s.to_status, e.version) AS status,
         sum(CASE e.type WHEN 'PaymentCaptured' THEN CAST(e.data ->> '$.amount' AS DECIMAL(10, 2)) END) AS paid_amount,
         max(e.timestamp) AS last_event_at
  FROM event_store AS e
  JOIN status_of AS s ON s.type = e.type
  WHERE e.timestamp <= $moment
  GROUP BY e.order_id
)
SELECT status,
       count(*) AS orders,
       COALESCE(sum(paid_amount), 0) AS paid_amount,
       max(last_event_at) AS newest_event
FROM then_known
GROUP BY status
ORDER BY orders DESC, status;

-- name: snapshot-and-tail
-- title: Snapshot plus tail
-- question: Does the newest snapshot with the events after it give the same state as a replay from the first event?
-- answers: snapshot, replay
-- ordered: yes
-- notice: All orders must fall under "same". events_read is what the replay had to look at: with snapshots it is the tail
--   behind version 4 or 8, and nothing of it needs JSON. With streams as short as these the gain is small; it counts for
--   accounts and stock with thousands of events. A snapshot is a cache: it can be deleted and made again.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
newest_snapshot AS (
  SELECT order_id, max(version) AS version
  FROM order_snapshot
  GROUP BY order_id
),
full_replay AS (
  SELECT e.order_id, arg_max(s.to_status, e.version) FILTER (WHERE s.to_status IS NOT NULL) AS status, count(*) AS events
  FROM event_store AS e
  LEFT JOIN status_of AS s ON s.type = e.type
  GROUP BY e.order_id
),
tail AS (
  SELECT n.order_id, n.version,
         arg_max(s.to_status, e.version) FILTER (WHERE s.to_status IS NOT NULL) AS status,
         count(e.version) AS events
  FROM newest_snapshot AS n
  LEFT JOIN event_store AS e ON e.order_id = n.order_id AND e.version > n.version
  LEFT JOIN status_of AS s ON s.type = e.type
  GROUP BY n.order_id, n.version
)
SELECT CASE WHEN COALESCE(t.status, p.status) = f.status THEN 'same' ELSE 'different' END AS outcome,
       p.version AS snapshot_version,
       count(*) AS orders,
       sum(f.events) AS events_read_from_the_start,
       sum(t.events) AS events_read_with_snapshot
FROM tail AS t
JOIN order_snapshot AS p ON p.order_id = t.order_id AND p.version = t.version
JOIN full_replay AS f ON f.order_id = t.order_id
GROUP BY outcome, snapshot_version
ORDER BY outcome, snapshot_version;

-- name: rebuild-order-summaries
-- title: Rebuild a read model
-- question: Does replaying all events give the rows that order_summaries holds?
-- answers: rebuild-read-model
-- ordered: yes
-- notice: Six rows are not "same", at every scale. The read model is a copy, and the copy is what broke: a message that was
--   never published, and one that was delivered twice. Truncating the table and running this query into it repairs both,
--   which is why a read model may be lost and an event store may not.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
rebuilt AS (
  SELECT e.order_id,
         arg_max(s.to_status, e.version) FILTER (WHERE s.to_status IS NOT NULL) AS status,
         COALESCE(sum(CAST(e.data ->> '$.amount' AS DECIMAL(10, 2))) FILTER (WHERE e.type = 'PaymentCaptured'), 0) AS paid_amount,
         COALESCE(sum(CAST(e.data ->> '$.amount' AS DECIMAL(10, 2))) FILTER (WHERE e.type = 'PaymentRefunded'), 0) AS refunded_amount,
         max(e.version) AS last_version
  FROM event_store AS e
  LEFT JOIN status_of AS s ON s.type = e.type
  GROUP BY e.order_id
),
compared AS (
  SELECT CASE WHEN m.order_id IS NULL THEN 'missing in order_summaries'
              WHEN r.order_id IS NULL THEN 'only in order_summaries'
              WHEN m.last_version < r.last_version THEN 'an event was not applied'
              WHEN m.refunded_amount <> r.refunded_amount THEN 'a refund was applied twice'
              WHEN m.status = r.status AND m.paid_amount = r.paid_amount THEN 'same'
              ELSE 'different'
         END AS outcome
  FROM rebuilt AS r
  FULL JOIN order_summaries AS m ON m.order_id = r.order_id
)
SELECT outcome, count(*) AS orders
FROM compared
GROUP BY outcome
ORDER BY orders DESC, outcome;

-- name: read-model-faults
-- title: What the projection got wrong
-- question: In which orders does order_summaries contradict the events, and by what?
-- answers: rebuild-read-model, audit-trail
-- ordered: yes
-- notice: Three orders were delivered, and the event says so, but it was stored and then not published: append and publish
--   are two steps, and the process died between them. Three others show a refund twice as high as what was paid back,
--   because the event bus delivered one message two times and the projection adds. last_version tells the first kind, and
--   would have prevented the second: an event whose version is not last_version + 1 must not be applied.
WITH truth AS (
  SELECT order_id,
         max(version) AS version,
         arg_max(type, version) AS last_type,
         max(timestamp) AS last_event_at,
         COALESCE(sum(CAST(data ->> '$.amount' AS DECIMAL(10, 2))) FILTER (WHERE type = 'PaymentRefunded'), 0) AS refunded_amount
  FROM event_store
  GROUP BY order_id
)
SELECT m.order_id,
       CASE WHEN m.last_version < t.version THEN 'event not published' ELSE 'event applied twice' END AS fault,
       m.status AS status_shown,
       m.last_version,
       t.version AS newest_version,
       t.last_type,
       t.last_event_at,
       m.refunded_amount AS refund_shown,
       t.refunded_amount AS refund_paid
FROM order_summaries AS m
JOIN truth AS t ON t.order_id = m.order_id
WHERE m.last_version <> t.version OR m.refunded_amount <> t.refunded_amount
ORDER BY fault, t.last_event_at, m.order_id;

-- name: order-history
-- title: A person's orders
-- question: What did this person order, newest first, at most fifty?
-- answers: order-history
-- param: user_id BIGINT = SELECT user_id FROM order_history GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 50
-- ordered: yes
-- notice: The documented read: one range of an index, no join, no event. Name and total are copied in so that the list needs
--   nothing else. Nothing after 28 June 2026 is in it, because the projection stands still; the page does not say so.
SELECT order_id, created_at, status, item_count, first_item, total_amount
FROM order_history
WHERE user_id = $user_id
ORDER BY created_at DESC, order_id
LIMIT $top;

-- name: order-summary
-- title: One order at a glance
-- question: Where does this order stand, and how much was paid and given back?
-- answers: order-summary
-- param: order_id UUID = SELECT order_id FROM order_summaries
--   ORDER BY refunded_amount > 0 AND refunded_amount < paid_amount DESC, created_at DESC, order_id LIMIT 1
-- notice: One row by its key, worked out beforehand. The default order was refunded in part, where there is such an
--   order: one line came back. The same answer from the events takes all of the order's rows, some of them read as JSON.
SELECT order_id, user_id, status, item_count, total_amount, paid_amount, refunded_amount,
       created_at, paid_at, shipped_at, delivered_at, last_version
FROM order_summaries
WHERE order_id = $order_id;

-- name: projection-lag
-- title: How far behind each read model is
-- question: How many events has each read model not looked at, and which orders are shown wrongly or not at all?
-- answers: eventual-consistency
-- ordered: yes
-- notice: order_summaries is up to date, order_history has stood still for almost three days: orders placed since then are
--   missing, others are shown in an old state. Comparing positions of the log finds it at once; comparing row counts would
--   not. The state "running" is what the process says of itself: only the distance to the log is proof.
WITH behind AS (
  SELECT c.projection, c.state, c.updated_at, c.last_error, e.order_id, e.type, e.timestamp
  FROM projection_checkpoint AS c
  LEFT JOIN event_store AS e ON e.global_position > c.last_position
)
SELECT projection, state, updated_at,
       count(order_id) AS events_behind,
       count(DISTINCT order_id) FILTER (WHERE type = 'OrderCreated') AS orders_missing,
       count(DISTINCT order_id) AS orders_touched,
       min(timestamp) AS oldest_event_behind,
       last_error
FROM behind
GROUP BY projection, state, updated_at, last_error
ORDER BY events_behind DESC, projection;

-- name: commands-and-events
-- title: Commands, and what became of them
-- question: Which commands were accepted or refused, and how many events did they leave?
-- answers: commands-and-queries
-- ordered: yes
-- notice: A command is a wish and may be refused; an event is a fact. PlaceOrder leaves two events and CancelOrder leaves two,
--   PayOrder leaves one whether it worked or not: a payment that failed is a fact as well. A refused command leaves none
--   and does not change the version. "version conflict" is optimistic locking at work: two windows saw the same version,
--   the second writer lost.
SELECT c.command_type,
       count(DISTINCT c.command_id) FILTER (WHERE c.outcome = 'accepted') AS accepted,
       count(DISTINCT c.command_id) FILTER (WHERE c.outcome = 'rejected') AS rejected,
       count(DISTINCT c.command_id) FILTER (WHERE c.reason = 'version conflict') AS version_conflicts,
       count(e.version) AS events,
       string_agg(DISTINCT e.type, ', ' ORDER BY e.type) AS event_types
FROM order_command AS c
LEFT JOIN event_store AS e ON e.command_id = c.command_id
GROUP BY c.command_type
ORDER BY accepted DESC, c.command_type;

-- name: illegal-transitions
-- title: Illegal transitions and gaps
-- question: Is there an event that may not follow the one before it, or a version that is missing?
-- answers: state-machine
-- may_be_empty: yes
-- ordered: yes
-- notice: No row is the healthy answer. The key (order_id, version) forbids two events with one version but not a gap, and no
--   key forbids an order that is shipped before it is paid: the state machine lives in the code of the write model, and
--   this query is its check. It walks by version; by timestamp it would find faults that are none.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
walked AS (
  SELECT e.order_id, e.version, e.type, e.timestamp,
         lag(e.version) OVER stream AS version_before,
         COALESCE(last_value(s.to_status IGNORE NULLS) OVER (PARTITION BY e.order_id ORDER BY e.version
                                                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 'none') AS from_status
  FROM event_store AS e
  LEFT JOIN status_of AS s ON s.type = e.type
  WINDOW stream AS (PARTITION BY e.order_id ORDER BY e.version)
)
SELECT w.order_id, w.version, w.from_status, w.type, w.timestamp,
       CASE WHEN w.version <> COALESCE(w.version_before, 0) + 1 THEN 'gap in the versions' ELSE 'not allowed in this state' END AS fault
FROM walked AS w
LEFT JOIN order_transition AS t ON t.from_status = w.from_status AND t.type = w.type
WHERE t.type IS NULL
   OR w.version <> COALESCE(w.version_before, 0) + 1
ORDER BY w.order_id, w.version;

-- name: timestamp-against-version
-- title: Order by time or by version
-- question: Which orders get another state when their events are sorted by timestamp?
-- answers: replay
-- ordered: yes
-- notice: Two orders, at every scale. The server that wrote PaymentFailed had a clock that was minutes ahead, so by timestamp
--   the failure seems to come after the payment, and a replay by time says payment_failed for an order that is paid and
--   waits to be shipped. Version is the order in which events were accepted; timestamp is only what a clock said.
WITH status_of AS (
  SELECT DISTINCT type, to_status
  FROM order_transition
  WHERE from_status <> to_status
),
set_back AS (
  SELECT DISTINCT order_id
  FROM (SELECT order_id, timestamp < lag(timestamp) OVER (PARTITION BY order_id ORDER BY version) AS is_earlier FROM event_store) AS step
  WHERE is_earlier
),
both_ways AS (
  SELECT e.order_id,
         arg_max(s.to_status, e.version) AS by_version,
         arg_max(s.to_status, e.timestamp) AS by_timestamp,
         string_agg(e.type, ', ' ORDER BY e.version) AS as_accepted,
         string_agg(e.type, ', ' ORDER BY e.timestamp, e.version) AS as_stamped
  FROM event_store AS e
  JOIN set_back AS b ON b.order_id = e.order_id
  JOIN status_of AS s ON s.type = e.type
  GROUP BY e.order_id
)
SELECT order_id, by_version, by_timestamp, as_accepted, as_stamped
FROM both_ways
WHERE by_version <> by_timestamp
ORDER BY order_id;

-- name: oversold
-- title: More reserved than there is
-- question: Of which products did orders reserve more units than ever came in?
-- answers: reservation-without-check
-- ordered: yes
-- notice: The documented write model appends InventoryReserved beside OrderCreated without asking anybody: each order's events
--   are right, and together they promise units that do not exist. The limit spans all orders of a product, so no single
--   order can guard it. At least products 3, 5 and 8 are in the list.
WITH moved AS (
  SELECT CAST(l.item.product_id AS BIGINT) AS product_id,
         CASE e.type WHEN 'InventoryReserved' THEN l.item.quantity ELSE -l.item.quantity END AS units
  FROM event_store AS e
  CROSS JOIN unnest(CAST(e.data -> '$.items' AS STRUCT(product_id BIGINT, quantity INTEGER)[])) AS l(item)
  WHERE e.type IN ('InventoryReserved', 'InventoryReleased', 'ItemsReturned')
  UNION ALL
  SELECT CAST(data ->> '$.product_id' AS BIGINT), CAST(data ->> '$.quantity' AS INTEGER)
  FROM event_store
  WHERE type = 'ItemAdded'
),
held AS (
  SELECT product_id, sum(units) AS units_held
  FROM moved
  GROUP BY product_id
)
SELECT p.product_id, p.name, p.units_received, h.units_held,
       h.units_held - p.units_received AS units_promised_in_vain
FROM product AS p
JOIN held AS h ON h.product_id = p.product_id
WHERE h.units_held > p.units_received
ORDER BY units_promised_in_vain DESC, p.product_id;

-- name: payment-story
-- title: What only the events know
-- question: How many orders were paid at the first attempt, after failures, or never, and how long did it take?
-- answers: audit-trail
-- ordered: yes
-- notice: The current state of an order says paid; that it took three attempts is gone from it. Here each attempt is an event
--   of its own. Orders whose payment failed are given up more often, and a part of those given up never tried to pay at
--   all: their reservation ran out after thirty minutes.
WITH attempt AS (
  SELECT order_id,
         count(*) FILTER (WHERE type = 'PaymentFailed') AS failures,
         count(*) FILTER (WHERE type = 'PaymentCaptured') AS captured,
         count(*) FILTER (WHERE type = 'OrderCancelled') AS cancelled,
         max(timestamp) FILTER (WHERE type = 'PaymentCaptured') - min(timestamp) FILTER (WHERE type = 'OrderCreated') AS time_to_pay
  FROM event_store
  GROUP BY order_id
)
SELECT failures AS failed_attempts,
       count(*) AS orders,
       count(*) FILTER (WHERE captured > 0) AS paid,
       count(*) FILTER (WHERE captured = 0 AND cancelled > 0) AS given_up,
       count(*) FILTER (WHERE captured = 0 AND cancelled = 0) AS still_open,
       round(100.0 * count(*) FILTER (WHERE captured > 0) / count(*), 1) AS percent_paid,
       round(median(epoch(time_to_pay)) / 60, 1) AS median_minutes_to_pay
FROM attempt
GROUP BY failures
ORDER BY failures;

-- name: busiest-days
-- title: The busiest days of the log
-- question: On which days were most events appended, compared with an ordinary day, and how many in their busiest hour?
-- answers: hot-spot
-- param: top INTEGER = 12
-- ordered: yes
-- notice: In all but tiny data sets Black Friday, 28 November 2025, takes the first place: many times an ordinary day, mostly orders being
--   placed and paid. Appends spread over all orders, as each goes to its own stream; what gets hot is the one global
--   position and the projections behind it, which fall behind and catch up in the night.
WITH hourly AS (
  SELECT date_trunc('hour', timestamp) AS hour,
         count(*) AS events,
         count(*) FILTER (WHERE type = 'OrderCreated') AS orders
  FROM event_store
  GROUP BY 1
),
daily AS (
  SELECT CAST(hour AS DATE) AS day, sum(events) AS events, sum(orders) AS orders, max(events) AS busiest_hour
  FROM hourly
  GROUP BY 1
),
ordinary AS (
  SELECT count(*) * 1.0 / (date_diff('day', min(timestamp), max(timestamp)) + 1) AS events
  FROM event_store
)
SELECT d.day, d.orders, d.events, d.busiest_hour,
       round(d.events / o.events, 1) AS times_an_ordinary_day
FROM daily AS d
CROSS JOIN ordinary AS o
ORDER BY d.events DESC, d.day
LIMIT $top;
