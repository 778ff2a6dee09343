-- name: plan-as-of
-- title: Plan as of a date
-- question: Which plan and status did this account have on this day?
-- answers: plan-as-of
-- param: account BIGINT = SELECT account_id FROM subscription GROUP BY account_id ORDER BY count(*) DESC, account_id LIMIT 1
-- param: day DATE = SELECT start_date - 1 FROM subscription WHERE account_id = (SELECT account_id FROM subscription GROUP BY account_id
--   ORDER BY count(*) DESC, account_id LIMIT 1) ORDER BY start_date DESC LIMIT 1
-- notice: Exactly one row, whatever the day. start_date is included and end_date is not: with BETWEEN a day of change would
--   give two. The default is the last day before the newest version, so a filter on "current" would answer wrongly.
SELECT subscription_id, plan_id, status, start_date, end_date
FROM subscription
WHERE account_id = $account
  AND start_date <= $day
  AND (end_date IS NULL OR $day < end_date)
ORDER BY subscription_id;

-- name: account-history
-- title: The life of a subscription
-- question: Which versions did this account go through, and which event ended each of them?
-- answers: plan-as-of, state-machine
-- param: account BIGINT = SELECT account_id FROM subscription GROUP BY account_id ORDER BY count(*) DESC, account_id LIMIT 1
-- ordered: yes
-- notice: Each version begins on the day the one before ends. A CANCEL is sent up to four weeks before its version starts:
--   the event is the wish, the version the effect. Where ended_by is empty and end_date is not, a pause began, for
--   which the documented list has no event.
SELECT s.subscription_id,
       s.plan_id,
       s.status,
       s.start_date,
       s.end_date,
       e.event_type AS ended_by,
       e.event_time,
       e.new_plan_id,
       e.note
FROM subscription AS s
LEFT JOIN subscription_event AS e
  ON e.subscription_id = s.subscription_id AND e.event_type <> 'RENEW'
WHERE s.account_id = $account
ORDER BY s.start_date, e.event_time;

-- name: proration-lines
-- title: Proration of a mid-cycle change
-- question: Which credit and charge lines does this change of plan put on the invoice?
-- answers: proration
-- param: event BIGINT = SELECT event_id FROM subscription_event WHERE event_type IN ('UPGRADE', 'DOWNGRADE') AND event_time >= '2026-02-15' ORDER BY event_time DESC, event_id LIMIT 1
-- ordered: yes
-- notice: The old plan is charged for the whole period, credited for the days that are left, and the new plan charged for
--   the same days. The day of the change counts for the new plan. Each line is rounded by itself, and their sum is what the
--   invoice says: the two last rows are equal. The model stores only that sum, so the lines have to be worked out again.
WITH change AS (
  SELECT s.account_id, CAST(e.event_time AS DATE) AS changed_on, e.old_plan_id, e.new_plan_id
  FROM subscription_event AS e
  JOIN subscription AS s ON s.subscription_id = e.subscription_id
  WHERE e.event_id = $event
),
period AS (
  SELECT c.old_plan_id, c.new_plan_id,
         i.amount_due_cents, i.currency,
         i.period_end - i.period_start AS days,
         i.period_end - c.changed_on AS days_left,
         o.price_cents AS old_price,
         n.price_cents AS new_price
  FROM change AS c
  JOIN invoice AS i ON i.account_id = c.account_id AND i.period_start <= c.changed_on AND c.changed_on < i.period_end
  JOIN plan AS o ON o.plan_id = c.old_plan_id
  JOIN plan AS n ON n.plan_id = c.new_plan_id
),
line AS (
  SELECT 1 AS no, 'charge for the period' AS line, old_plan_id AS plan_id, days AS for_days, CAST(old_price AS BIGINT) AS cents, currency FROM period
  UNION ALL
  SELECT 2, 'credit for days left', old_plan_id, days_left, -CAST(floor(1.0 * old_price * days_left / days + 0.5) AS BIGINT), currency FROM period
  UNION ALL
  SELECT 3, 'pro-rated charge', new_plan_id, days_left, CAST(floor(1.0 * new_price * days_left / days + 0.5) AS BIGINT), currency FROM period
)
SELECT no, line, plan_id, for_days, cents, currency FROM line
UNION ALL
SELECT 4, 'sum of the lines', NULL, NULL, sum(cents), max(currency) FROM line
UNION ALL
SELECT 5, 'amount due on the invoice', NULL, NULL, amount_due_cents, currency FROM period
ORDER BY no;

-- name: proration-at-todays-prices
-- title: Old prorations at today's prices
-- question: For how many changes of plan can the amount of the invoice be worked out from the plan table?
-- answers: proration, price-history
-- ordered: yes
-- notice: For all changes in periods that began since the rise of prices on 15 January 2026, and for none or nearly none before:
--   plan knows today's price only. (A change between two plans whose prices did not move would still fit; here one of
--   the two always moved.) Nothing is wrong with the invoices. They can no longer be explained.
WITH change AS (
  SELECT s.account_id, CAST(e.event_time AS DATE) AS changed_on, e.event_type, e.old_plan_id, e.new_plan_id
  FROM subscription_event AS e
  JOIN subscription AS s ON s.subscription_id = e.subscription_id
  WHERE e.event_type IN ('UPGRADE', 'DOWNGRADE')
),
worked_out AS (
  SELECT i.period_start,
         i.amount_due_cents,
         o.price_cents
         - CAST(floor(1.0 * o.price_cents * (i.period_end - c.changed_on) / (i.period_end - i.period_start) + 0.5) AS BIGINT)
         + CAST(floor(1.0 * n.price_cents * (i.period_end - c.changed_on) / (i.period_end - i.period_start) + 0.5) AS BIGINT) AS expected_cents
  FROM change AS c
  JOIN invoice AS i ON i.account_id = c.account_id AND i.period_start <= c.changed_on AND c.changed_on < i.period_end
  JOIN plan AS o ON o.plan_id = c.old_plan_id
  JOIN plan AS n ON n.plan_id = c.new_plan_id
)
SELECT CAST(date_trunc('month', period_start) AS DATE) AS period_month,
       count(*) AS changes,
       count(*) FILTER (WHERE amount_due_cents = expected_cents) AS explained,
       count(*) FILTER (WHERE amount_due_cents <> expected_cents) AS not_explained,
       round(avg(100.0 * expected_cents / amount_due_cents) - 100, 1) AS percent_too_high
FROM worked_out
GROUP BY period_month
ORDER BY period_month;

-- name: invoice-balance
-- title: Parts and refunds of an invoice
-- question: How do invoices with several movements of money come about, and what is their balance? Some of each kind.
-- answers: partial-payments
-- param: of_each INTEGER = 5
-- ordered: yes
-- notice: Money received is CAPTURED less REFUNDED; AUTH is reserved and FAILED never moved. A balance of 0 is settled, above 0
--   something is missing (a refund as a courtesy, or a part that failed or is not captured yet), below 0 too much was taken;
--   of a VOID invoice nothing is due. Payments are summed before they are joined, or an invoice with two payments would be
--   due twice.
WITH money AS (
  SELECT invoice_id,
         COALESCE(sum(amount_cents) FILTER (WHERE status = 'CAPTURED'), 0) AS captured,
         COALESCE(sum(amount_cents) FILTER (WHERE status = 'REFUNDED'), 0) AS refunded,
         count(*) FILTER (WHERE status = 'CAPTURED') AS captures,
         count(*) FILTER (WHERE status = 'FAILED') AS failures,
         bool_or(method = 'gift') AS has_gift
  FROM payment
  GROUP BY invoice_id
  HAVING count(*) FILTER (WHERE status IN ('CAPTURED', 'REFUNDED')) > 1
      OR (bool_or(method = 'gift' AND status = 'CAPTURED') AND bool_or(method <> 'gift'))
),
sorted AS (
  SELECT i.invoice_id, i.account_id, i.period_start, i.status, i.amount_due_cents, i.currency,
         m.captures, m.captured, m.refunded, m.failures,
         CASE WHEN i.status = 'VOID' THEN 'taken back'
              WHEN m.refunded > 0 AND m.captured - m.refunded = i.amount_due_cents THEN 'difference to a cheaper plan refunded'
              WHEN m.refunded > 0 THEN 'refund as a courtesy'
              WHEN m.captured > i.amount_due_cents THEN 'captured twice'
              WHEN m.captured < i.amount_due_cents THEN 'gift card, and the rest is missing'
              WHEN m.has_gift AND m.captures > 1 THEN 'gift card, and the rest in another way'
              ELSE 'difference to a dearer plan captured'
         END AS what
  FROM money AS m
  JOIN invoice AS i ON i.invoice_id = m.invoice_id
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY what ORDER BY period_start DESC, invoice_id) AS place FROM sorted
)
SELECT what,
       invoice_id,
       account_id,
       period_start,
       status,
       amount_due_cents,
       captures,
       captured AS captured_cents,
       refunded AS refunded_cents,
       CASE status WHEN 'VOID' THEN 0 ELSE amount_due_cents END - captured + refunded AS balance_cents,
       currency,
       failures
FROM numbered
WHERE place <= $of_each
ORDER BY what, period_start DESC, invoice_id;

-- name: status-against-money
-- title: Status against money
-- question: Which invoices say something else than their payments?
-- answers: partial-payments, accounting
-- ordered: yes
-- notice: Six rows at every scale. Three invoices were captured twice within a minute: payment has no key of the request, so a
--   second click is a second payment. Three are paid and still OPEN: status is a copy that somebody forgot to change.
--   Refunds as a courtesy are left out, they are meant.
WITH money AS (
  SELECT invoice_id,
         COALESCE(sum(amount_cents) FILTER (WHERE status = 'CAPTURED'), 0) AS captured,
         COALESCE(sum(amount_cents) FILTER (WHERE status = 'REFUNDED'), 0) AS refunded,
         min(created_at) FILTER (WHERE status = 'CAPTURED') AS first_capture,
         max(created_at) FILTER (WHERE status = 'CAPTURED') AS last_capture
  FROM payment
  GROUP BY invoice_id
)
SELECT i.invoice_id,
       i.account_id,
       i.period_start,
       i.status,
       CASE WHEN m.captured - m.refunded > i.amount_due_cents THEN 'too much captured'
            WHEN i.status = 'OPEN' THEN 'paid, but OPEN'
            ELSE 'VOID, but money was kept' END AS what,
       i.amount_due_cents,
       m.captured AS captured_cents,
       m.refunded AS refunded_cents,
       i.currency,
       CAST(epoch(m.last_capture - m.first_capture) AS BIGINT) AS seconds_between
FROM money AS m
JOIN invoice AS i ON i.invoice_id = m.invoice_id
WHERE m.captured - m.refunded > i.amount_due_cents
   OR (i.status = 'OPEN' AND m.captured - m.refunded >= i.amount_due_cents)
   OR (i.status = 'VOID' AND m.captured > m.refunded)
ORDER BY what, i.account_id, i.invoice_id;

-- name: mrr-by-month
-- title: Monthly recurring revenue
-- question: What do the subscriptions that are active at the end of each month bring in a month?
-- answers: mrr, price-history
-- param: currency VARCHAR = 'USD'
-- ordered: yes
-- notice: at_todays_prices multiplies past subscriptions with the plan table of today. Until January 2026 it is far above what was
--   invoiced, because the rise of prices is counted as if it had always been there; from February on the rest of the
--   difference is discounts. One currency at a time: cents of different currencies do not add up. Invoices that were
--   never paid are in both columns.
WITH month AS (
  SELECT CAST(last - n * INTERVAL '1' MONTH AS DATE) AS first_day,
         CAST(last - (n - 1) * INTERVAL '1' MONTH AS DATE) - 1 AS last_day
  FROM (SELECT date_trunc('month', max(start_date)) AS last FROM subscription) AS newest
  CROSS JOIN range(0, 14) AS r(n)
),
active AS (
  SELECT m.first_day, count(*) AS subscriptions, sum(p.price_cents) AS list_cents
  FROM month AS m
  JOIN subscription AS s
    ON s.status = 'ACTIVE' AND s.start_date <= m.last_day AND (s.end_date IS NULL OR m.last_day < s.end_date)
  JOIN plan AS p ON p.plan_id = s.plan_id AND p.currency = $currency
  GROUP BY m.first_day
),
invoiced AS (
  SELECT m.first_day, sum(i.amount_due_cents) AS due_cents
  FROM month AS m
  JOIN invoice AS i ON i.period_start <= m.last_day AND m.last_day < i.period_end
  WHERE i.currency = $currency
  GROUP BY m.first_day
)
SELECT a.first_day AS month,
       a.subscriptions,
       a.list_cents AS at_todays_prices_cents,
       i.due_cents AS invoiced_cents,
       round(100.0 * (a.list_cents - i.due_cents) / i.due_cents, 1) AS percent_too_high,
       round(1.0 * i.due_cents / a.subscriptions, 1) AS cents_per_subscription
FROM active AS a
LEFT JOIN invoiced AS i ON i.first_day = a.first_day
ORDER BY a.first_day;

-- name: mrr-movements
-- title: Where the change of MRR comes from
-- question: How much recurring revenue is new, came back, grew, shrank or was lost in each month?
-- answers: mrr, churn
-- param: currency VARCHAR = 'USD'
-- ordered: yes
-- notice: The five movements add up to the difference between the end and the start of the month. Every subscription is
--   compared with itself at both ends, so what happens and is undone within a month does not show. At the prices of today
--   on purpose: the rise of prices would hide what the customers do. Before the rise in January 2026 grew is about twice
--   shrank, since then the two are about equal (in a tiny data set chance decides).
WITH month AS (
  SELECT CAST(last - n * INTERVAL '1' MONTH AS DATE) AS first_day,
         CAST(last - (n - 1) * INTERVAL '1' MONTH AS DATE) AS next_day
  FROM (SELECT date_trunc('month', max(start_date)) AS last FROM subscription) AS newest
  CROSS JOIN range(0, 14) AS r(n)
),
priced AS (
  SELECT s.account_id, s.start_date, s.end_date, p.price_cents
  FROM subscription AS s
  JOIN plan AS p ON p.plan_id = s.plan_id
  WHERE s.status = 'ACTIVE' AND p.currency = $currency
),
at_start AS (
  SELECT m.first_day, s.account_id, s.price_cents
  FROM month AS m
  JOIN priced AS s ON s.start_date < m.first_day AND (s.end_date IS NULL OR m.first_day <= s.end_date)
),
at_end AS (
  SELECT m.first_day, s.account_id, s.price_cents
  FROM month AS m
  JOIN priced AS s ON s.start_date < m.next_day AND (s.end_date IS NULL OR m.next_day <= s.end_date)
),
first_start AS (
  SELECT account_id, min(start_date) AS first_start FROM subscription GROUP BY account_id
),
moved AS (
  SELECT COALESCE(a.first_day, b.first_day) AS first_day,
         COALESCE(a.price_cents, 0) AS before_cents,
         COALESCE(b.price_cents, 0) AS after_cents,
         f.first_start >= COALESCE(a.first_day, b.first_day) AS is_new
  FROM at_start AS a
  FULL JOIN at_end AS b ON b.first_day = a.first_day AND b.account_id = a.account_id
  JOIN first_start AS f ON f.account_id = COALESCE(a.account_id, b.account_id)
)
SELECT first_day AS month,
       sum(before_cents) AS start_cents,
       COALESCE(sum(after_cents) FILTER (WHERE before_cents = 0 AND is_new), 0) AS new_cents,
       COALESCE(sum(after_cents) FILTER (WHERE before_cents = 0 AND NOT is_new), 0) AS returned_cents,
       COALESCE(sum(after_cents - before_cents) FILTER (WHERE before_cents > 0 AND after_cents > before_cents), 0) AS grew_cents,
       COALESCE(sum(after_cents - before_cents) FILTER (WHERE after_cents > 0 AND after_cents < before_cents), 0) AS shrank_cents,
       COALESCE(sum(-before_cents) FILTER (WHERE after_cents = 0), 0) AS lost_cents,
       sum(after_cents) AS end_cents
FROM moved
GROUP BY first_day
ORDER BY first_day;

-- name: churn-by-month
-- title: Churn by month
-- question: What share of the accounts active at the start of a month is not active at its end, and why?
-- answers: churn
-- ordered: yes
-- notice: Counted by versions as of two days, so that every account of the denominator is looked at once and the newest month
--   is as complete as the others. A pause is a loss of revenue but no farewell, so it stands apart. About a fifth of the
--   farewells did not want to go: the payment failed.
WITH month AS (
  SELECT CAST(last - n * INTERVAL '1' MONTH AS DATE) AS first_day,
         CAST(last - (n - 1) * INTERVAL '1' MONTH AS DATE) AS next_day
  FROM (SELECT date_trunc('month', max(start_date)) AS last FROM subscription) AS newest
  CROSS JOIN range(0, 14) AS r(n)
),
cancel AS (
  SELECT s.account_id, CAST(s.end_date AS DATE) AS effective, bool_or(COALESCE(e.note = 'payment failed', FALSE)) AS by_force
  FROM subscription_event AS e
  JOIN subscription AS s ON s.subscription_id = e.subscription_id
  WHERE e.event_type = 'CANCEL'
  GROUP BY s.account_id, s.end_date
),
compared AS (
  SELECT m.first_day, s.account_id,
         l.status AS later_status,
         COALESCE(c.by_force, FALSE) AS by_force
  FROM month AS m
  JOIN subscription AS s
    ON s.status = 'ACTIVE' AND s.start_date < m.first_day AND (s.end_date IS NULL OR m.first_day <= s.end_date)
  JOIN subscription AS l
    ON l.account_id = s.account_id AND l.start_date < m.next_day AND (l.end_date IS NULL OR m.next_day <= l.end_date)
  LEFT JOIN cancel AS c ON c.account_id = l.account_id AND l.status = 'CANCELED' AND c.effective = l.start_date
)
SELECT first_day AS month,
       count(*) AS active_at_start,
       count(*) FILTER (WHERE later_status = 'CANCELED') AS canceled,
       count(*) FILTER (WHERE later_status = 'CANCELED' AND by_force) AS of_them_payment_failed,
       count(*) FILTER (WHERE later_status = 'PAUSED') AS paused,
       round(100.0 * count(*) FILTER (WHERE later_status = 'CANCELED') / count(*), 2) AS churn_percent
FROM compared
GROUP BY first_day
ORDER BY first_day;

-- name: promotion-effect
-- title: Do promotions keep people?
-- question: Of those who came with each promotion, how many are still there four months later?
-- answers: promotion-effect
-- ordered: yes
-- notice: Only accounts that came at least four months ago count, or the youngest would look like lost ones. Promotions bring
--   people in and many of them leave when the discount ends: given some thousand accounts, every row with a code keeps
--   fewer than the row without. That is no proof of a bad promotion, because other people came; an experiment would tell.
WITH clock AS (
  SELECT max(start_date) AS newest FROM subscription
),
newcomer AS (
  SELECT account_id, min(start_date) AS came
  FROM subscription
  GROUP BY account_id
),
first_invoice AS (
  SELECT n.account_id, n.came, i.promo_code
  FROM newcomer AS n
  JOIN invoice AS i ON i.account_id = n.account_id AND i.period_start = n.came
  WHERE n.came <= CAST((SELECT newest FROM clock) - INTERVAL '4' MONTH AS DATE)
),
later AS (
  SELECT f.promo_code, f.account_id,
         bool_or(s.status = 'ACTIVE') AS is_active
  FROM first_invoice AS f
  JOIN subscription AS s
    ON s.account_id = f.account_id
   AND s.start_date <= CAST(f.came + INTERVAL '4' MONTH AS DATE)
   AND (s.end_date IS NULL OR CAST(f.came + INTERVAL '4' MONTH AS DATE) < s.end_date)
  GROUP BY f.promo_code, f.account_id
),
paid AS (
  SELECT f.account_id, count(*) AS paid_periods
  FROM first_invoice AS f
  JOIN invoice AS i ON i.account_id = f.account_id AND i.status = 'PAID' AND i.amount_due_cents > 0
  WHERE i.period_start < CAST(f.came + INTERVAL '4' MONTH AS DATE)
  GROUP BY f.account_id
)
SELECT COALESCE(l.promo_code, '(none)') AS promotion,
       p.discount_type,
       p.discount_value,
       count(*) AS newcomers,
       count(*) FILTER (WHERE l.is_active) AS still_active,
       round(100.0 * count(*) FILTER (WHERE l.is_active) / count(*), 1) AS still_active_percent,
       round(avg(COALESCE(d.paid_periods, 0)), 2) AS paid_periods_of_4
FROM later AS l
LEFT JOIN promotion AS p ON p.promo_code = l.promo_code
LEFT JOIN paid AS d ON d.account_id = l.account_id
GROUP BY l.promo_code, p.discount_type, p.discount_value
ORDER BY still_active_percent DESC, promotion;

-- name: same-promo-twice
-- title: The same promotion twice
-- question: Which accounts got the same promotion in two separate lives?
-- answers: promotion-effect
-- ordered: yes
-- notice: They leave, come back some weeks later and have their free month again. No rule was broken, because there is none: a
--   promotion is a code on an invoice, and nothing remembers who redeemed it.
WITH marked AS (
  SELECT account_id, promo_code, period_start,
         lag(period_end) OVER w AS end_before,
         lag(promo_code) OVER w AS promo_before
  FROM invoice
  WINDOW w AS (PARTITION BY account_id ORDER BY period_start)
),
redeemed AS (
  SELECT account_id, promo_code, period_start
  FROM marked
  WHERE promo_code IS NOT NULL
    AND (end_before IS NULL OR end_before <> period_start OR promo_before IS DISTINCT FROM promo_code)
)
SELECT account_id,
       promo_code,
       count(*) AS times,
       min(period_start) AS first_time,
       max(period_start) AS last_time,
       max(period_start) - min(period_start) AS days_between
FROM redeemed
GROUP BY account_id, promo_code
HAVING count(*) > 1
ORDER BY days_between, account_id, promo_code;

-- name: fixed-discount-by-currency
-- title: What a fixed discount is worth
-- question: How large is a FIXED promotion compared with the price, in each currency?
-- answers: promotion-effect
-- ordered: yes
-- notice: discount_value has no currency. The same 300 is three dollars, three rupees or three hundred yen: a quarter
--   of the price in one country and one percent in another. And as a DOUBLE it is no place for money.
SELECT p.promo_code,
       i.currency,
       p.discount_value,
       count(*) AS invoices,
       round(avg(i.amount_due_cents + p.discount_value), 0) AS average_price,
       round(avg(100.0 * p.discount_value / (i.amount_due_cents + p.discount_value)), 2) AS discount_percent
FROM invoice AS i
JOIN promotion AS p ON p.promo_code = i.promo_code
WHERE p.discount_type = 'FIXED'
GROUP BY p.promo_code, i.currency, p.discount_value
ORDER BY p.promo_code, discount_percent DESC, i.currency;

-- name: changes-without-event
-- title: Changes no event tells of
-- question: Which changes of state have an event, and which have none?
-- answers: state-machine
-- ordered: yes
-- notice: Two rows without a single event: the start of a subscription and the start of a pause. The documented list of event
--   types has no word for them, so the versions cannot be rebuilt from the events. Everything else has exactly one.
WITH version AS (
  SELECT subscription_id, account_id, status, start_date,
         lag(subscription_id) OVER w AS id_before,
         lag(status) OVER w AS status_before
  FROM subscription
  WINDOW w AS (PARTITION BY account_id ORDER BY start_date)
),
ending AS (
  SELECT subscription_id, max(event_type) AS event_type, count(*) AS events
  FROM subscription_event
  WHERE event_type <> 'RENEW'
  GROUP BY subscription_id
)
SELECT COALESCE(v.status_before, '(nothing)') AS from_status,
       v.status AS to_status,
       e.event_type,
       count(*) AS changes,
       count(e.events) AS with_event,
       count(*) - count(e.events) AS without_event
FROM version AS v
LEFT JOIN ending AS e ON e.subscription_id = v.id_before
GROUP BY from_status, to_status, e.event_type
ORDER BY without_event DESC, changes DESC, from_status, to_status, e.event_type NULLS FIRST;

-- name: failed-payments
-- title: Failed payments and what became of them
-- question: How often does a first attempt fail by method, and how many of those invoices are paid in the end?
-- answers: accounting
-- ordered: yes
-- notice: The attempts after three and eight days save most of the invoices whose card failed. What is not saved ends as VOID,
--   and often ends the subscription as well. In a table of attempts that is easy to see; with one status for each invoice
--   it could not be told.
WITH attempt AS (
  SELECT p.invoice_id, p.method, p.status, p.created_at,
         row_number() OVER (PARTITION BY p.invoice_id ORDER BY p.created_at, p.payment_id) AS place
  FROM payment AS p
),
first_attempt AS (
  SELECT invoice_id, method, status FROM attempt WHERE place = 1
)
SELECT f.method,
       count(*) AS invoices,
       count(*) FILTER (WHERE f.status = 'FAILED') AS first_failed,
       round(100.0 * count(*) FILTER (WHERE f.status = 'FAILED') / count(*), 2) AS failed_percent,
       count(*) FILTER (WHERE f.status = 'FAILED' AND i.status = 'PAID') AS paid_later,
       count(*) FILTER (WHERE f.status = 'FAILED' AND i.status = 'OPEN') AS still_open,
       count(*) FILTER (WHERE f.status = 'FAILED' AND i.status = 'VOID') AS written_off,
       round(100.0 * count(*) FILTER (WHERE f.status = 'FAILED' AND i.status = 'PAID')
             / NULLIF(count(*) FILTER (WHERE f.status = 'FAILED'), 0), 1) AS saved_percent
FROM first_attempt AS f
JOIN invoice AS i ON i.invoice_id = f.invoice_id
GROUP BY f.method
ORDER BY invoices DESC, f.method;
