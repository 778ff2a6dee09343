-- name: seats-left
-- title: Seats left
-- question: How many tickets of this event can still be bought in each section, and what do they cost?
-- answers: seats-left
-- param: event BIGINT = SELECT event_id FROM bookings WHERE status = 'held' GROUP BY event_id ORDER BY count(*) DESC, event_id LIMIT 1
-- param: now TIMESTAMP = SELECT max(created_at) FROM bookings
-- ordered: yes
-- notice: places = house + sold + on_hold + stuck + available in every row. Nothing is stored that could disagree: a ticket is taken
--   when a row of booking_tickets has it and was not released. The column stuck counts holds whose ten minutes are over
--   and which nobody released: those seats look taken, and no one will ever pay for them.
WITH taken AS (
  SELECT l.ticket_id, b.status, b.expires_at
  FROM booking_tickets AS l
  JOIN bookings AS b ON b.id = l.booking_id
  WHERE l.released_at IS NULL
    AND b.event_id = $event
)
SELECT s.section,
       count(*) AS places,
       count(*) FILTER (WHERE NOT t.for_sale) AS house,
       count(*) FILTER (WHERE k.status = 'confirmed') AS sold,
       count(*) FILTER (WHERE k.status = 'held' AND k.expires_at > $now) AS on_hold,
       count(*) FILTER (WHERE k.status = 'held' AND k.expires_at <= $now) AS stuck,
       count(*) FILTER (WHERE t.for_sale AND k.ticket_id IS NULL) AS available,
       min(t.price) FILTER (WHERE t.for_sale AND k.ticket_id IS NULL) AS cheapest
FROM tickets AS t
JOIN seats AS s ON s.id = t.seat_id
LEFT JOIN taken AS k ON k.ticket_id = t.id
WHERE t.event_id = $event
GROUP BY s.section
ORDER BY places DESC, s.section;

-- name: seats-together
-- title: Seats together
-- question: Where are this many free seats side by side, the cheapest first?
-- answers: seats-left
-- param: event BIGINT = SELECT t.event_id FROM tickets AS t JOIN seats AS s ON s.id = t.seat_id AND s.row_label <> 'GA'
--   LEFT JOIN (SELECT DISTINCT event_id FROM bookings WHERE status = 'held') AS h ON h.event_id = t.event_id
--   WHERE t.for_sale AND NOT EXISTS (SELECT 1 FROM booking_tickets AS l WHERE l.ticket_id = t.id AND l.released_at IS NULL)
--   GROUP BY t.event_id, h.event_id ORDER BY h.event_id IS NOT NULL AND count(*) >= 12 DESC, count(*) DESC, t.event_id LIMIT 1
-- param: places INTEGER = 2
-- param: top INTEGER = 12
-- ordered: yes
-- notice: Gaps and islands: in a row of free seats, seat number minus running number stays the same until one is missing, so
--   that difference names the run. GA has no neighbours and is left out. A run may be longer than asked for;
--   seats_free tells, and a good site then sells from its end so that no single seat is left over.
WITH free AS (
  SELECT s.section, s.row_label, s.seat_number, t.price,
         s.seat_number - row_number() OVER (PARTITION BY s.section, s.row_label ORDER BY s.seat_number) AS run
  FROM tickets AS t
  JOIN seats AS s ON s.id = t.seat_id
  JOIN events AS e ON e.id = t.event_id AND e.venue_id = s.venue_id
  WHERE t.event_id = $event
    AND t.for_sale
    AND s.row_label <> 'GA'
    AND NOT EXISTS (SELECT 1 FROM booking_tickets AS l WHERE l.ticket_id = t.id AND l.released_at IS NULL)
)
SELECT section,
       row_label,
       min(seat_number) AS from_seat,
       max(seat_number) AS to_seat,
       count(*) AS seats_free,
       min(price) AS price,
       $places * min(price) AS price_together
FROM free
GROUP BY section, row_label, run
HAVING count(*) >= $places
ORDER BY price, section, row_label, from_seat
LIMIT $top;

-- name: hold-tickets
-- title: A hold that must not oversell
-- question: A request wants four neighbouring tickets. Which of them would the database refuse, and because of which booking?
-- answers: never-oversell
-- param: first_ticket BIGINT = SELECT t.id - 2 FROM tickets AS t JOIN booking_tickets AS l ON l.ticket_id = t.id - 1 AND l.released_at IS NULL
--   JOIN bookings AS b ON b.id = l.booking_id WHERE t.for_sale
--   AND NOT EXISTS (SELECT 1 FROM booking_tickets AS k WHERE k.ticket_id = t.id AND k.released_at IS NULL)
--   ORDER BY b.status = 'held' DESC, b.expires_at, t.id LIMIT 1
-- param: now TIMESTAMP = SELECT max(created_at) FROM bookings
-- ordered: yes
-- notice: The rows that say refused are those where INSERT INTO booking_tickets hits the unique index on (ticket_id) WHERE
--   released_at IS NULL. Looking first and inserting later is not enough: two requests can both look and both find it free.
--   The index decides, in one step, whoever comes first. All tickets of the request stand in one transaction, so one refusal takes all back.
SELECT t.id AS ticket_id,
       s.section,
       s.row_label,
       s.seat_number,
       l.booking_id AS taken_by_booking,
       b.status AS booking_status,
       b.expires_at,
       CASE
         WHEN NOT t.for_sale THEN 'refused: kept by the house'
         WHEN l.booking_id IS NULL THEN 'held for ten minutes'
         WHEN b.status = 'held' AND b.expires_at <= $now THEN 'refused, though that hold has run out'
         ELSE 'refused: taken'
       END AS outcome
FROM tickets AS t
JOIN seats AS s ON s.id = t.seat_id
LEFT JOIN booking_tickets AS l ON l.ticket_id = t.id AND l.released_at IS NULL
LEFT JOIN bookings AS b ON b.id = l.booking_id
WHERE t.id >= $first_ticket
  AND t.id < $first_ticket + 4
ORDER BY t.id;

-- name: never-two-at-once
-- title: Was anything ever sold twice?
-- question: Which ticket was taken by two bookings at the same moment, now or at any time before?
-- answers: never-oversell
-- may_be_empty: yes
-- ordered: yes
-- notice: No rows, and that is the promise of the model. The unique index covers the present moment only; this check covers the past:
--   for each ticket the bookings stand in order of their hold, and the one before must have been released when the next begins.
WITH taken AS (
  SELECT l.ticket_id, l.booking_id, b.created_at, l.released_at,
         lag(l.booking_id) OVER before AS earlier_booking,
         lag(COALESCE(l.released_at, TIMESTAMP '9999-12-31 00:00:00')) OVER before AS earlier_until
  FROM booking_tickets AS l
  JOIN bookings AS b ON b.id = l.booking_id
  WINDOW before AS (PARTITION BY l.ticket_id ORDER BY b.created_at, b.id)
)
SELECT ticket_id, earlier_booking, earlier_until, booking_id, created_at
FROM taken
WHERE created_at < earlier_until
ORDER BY ticket_id, created_at, booking_id;

-- name: dead-holds
-- title: Seats blocked by dead holds
-- question: Which holds ran out and were not released, and what are they worth?
-- answers: never-oversell
-- param: now TIMESTAMP = SELECT max(created_at) FROM bookings
-- ordered: yes
-- notice: None of them is older than two hours: up to then the release job ran within a minute of each end, and since then it stands
--   still. All these seats are empty and cannot be bought. An index that waits for a job is only as good as the job.
SELECT b.id AS booking_id,
       b.event_id,
       e.title,
       count(*) AS tickets,
       b.total_amount,
       b.expires_at,
       CAST(floor(epoch($now - b.expires_at) / 60) AS INTEGER) AS minutes_overdue
FROM bookings AS b
JOIN booking_tickets AS l ON l.booking_id = b.id
JOIN events AS e ON e.id = b.event_id
WHERE b.status = 'held'
  AND b.expires_at <= $now
  AND l.released_at IS NULL
GROUP BY b.id, b.event_id, e.title, b.total_amount, b.expires_at
ORDER BY b.expires_at, b.id;

-- name: sales-by-event
-- title: Sales by event
-- question: How much of each event is sold, what did it bring, and what was paid back?
-- answers: sales-by-event
-- param: top INTEGER = 25
-- ordered: yes
-- notice: Three counts at three grains, each summed before they are joined: tickets of the event, lines still taken, bookings paid back.
--   Joined in one step every booking would count once for each of its tickets. revenue takes the price of the line; tickets.price
--   is only today's, and every fifth event was a tenth cheaper in its first two days.
WITH places AS (
  SELECT event_id, count(*) FILTER (WHERE for_sale) AS for_sale
  FROM tickets
  GROUP BY event_id
),
sold AS (
  SELECT b.event_id, count(*) AS sold, sum(l.price) AS revenue, sum(t.price) AS at_todays_prices
  FROM bookings AS b
  JOIN booking_tickets AS l ON l.booking_id = b.id
  JOIN tickets AS t ON t.id = l.ticket_id
  WHERE b.status = 'confirmed'
  GROUP BY b.event_id
),
paid_back AS (
  SELECT event_id, count(*) AS bookings, sum(total_amount) AS amount
  FROM bookings
  WHERE status = 'refunded'
  GROUP BY event_id
)
SELECT e.id AS event_id,
       e.title,
       CAST(e.starts_at AS DATE) AS day,
       e.cancelled_at IS NOT NULL AS cancelled,
       p.for_sale,
       COALESCE(s.sold, 0) AS sold,
       round(100.0 * COALESCE(s.sold, 0) / p.for_sale, 1) AS sold_percent,
       COALESCE(s.revenue, 0) AS revenue,
       COALESCE(s.at_todays_prices, 0) AS at_todays_prices,
       COALESCE(r.bookings, 0) AS paid_back_bookings,
       COALESCE(r.amount, 0) AS paid_back
FROM events AS e
JOIN places AS p ON p.event_id = e.id
LEFT JOIN sold AS s ON s.event_id = e.id
LEFT JOIN paid_back AS r ON r.event_id = e.id
WHERE e.on_sale_at < (SELECT max(created_at) FROM bookings)
ORDER BY revenue DESC, paid_back DESC, e.id
LIMIT $top;

-- name: on-sale-rush
-- title: The first hour of a sale
-- question: How do the holds of the busiest sale spread over its first hour?
-- answers: on-sale-rush
-- param: event BIGINT = SELECT b.event_id FROM bookings AS b JOIN events AS e ON e.id = b.event_id
--   WHERE b.created_at < e.on_sale_at + INTERVAL '1' HOUR GROUP BY b.event_id ORDER BY count(*) DESC, b.event_id LIMIT 1
-- ordered: yes
-- notice: The first five minutes carry more holds than any later five, and running_percent compares with all holds the event ever had.
--   Every one of them writes rows of the same event: a counter of free seats on the event would be one row that all of them
--   lock in turn. Here they insert different tickets and meet only when they want the same seat.
WITH rush AS (
  SELECT b.id, b.status, b.total_amount,
         CAST(floor(epoch(b.created_at - e.on_sale_at) / 300) AS INTEGER) AS step
  FROM bookings AS b
  JOIN events AS e ON e.id = b.event_id
  WHERE b.event_id = $event
)
SELECT 5 * step AS from_minute,
       5 * step + 5 AS to_minute,
       count(*) AS holds,
       count(*) FILTER (WHERE status = 'confirmed') AS confirmed,
       sum(total_amount) FILTER (WHERE status = 'confirmed') AS revenue,
       round(100.0 * sum(count(*)) OVER (ORDER BY step) / (SELECT count(*) FROM rush), 1) AS running_percent
FROM rush
WHERE step < 12
GROUP BY step
ORDER BY step;

-- name: my-bookings
-- title: Bookings of a person
-- question: What did this person book, newest first, with which seats?
-- answers: my-bookings
-- param: person BIGINT = SELECT user_id FROM bookings GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1
-- param: top INTEGER = 15
-- ordered: yes
-- notice: Also bookings that came to nothing keep their seats: the lines stay, with released_at. A model with only a booking_id on the
--   ticket could not say which seats a refund of last autumn was for. One person, newest first: the index (user_id, created_at).
SELECT b.id AS booking_id,
       b.created_at,
       b.status,
       e.title,
       e.starts_at,
       count(*) AS tickets,
       string_agg(s.section || ' ' || s.row_label || s.seat_number, ', ' ORDER BY s.section, s.row_label, s.seat_number) AS seats,
       b.total_amount
FROM bookings AS b
JOIN events AS e ON e.id = b.event_id
JOIN booking_tickets AS l ON l.booking_id = b.id
JOIN tickets AS t ON t.id = l.ticket_id
JOIN seats AS s ON s.id = t.seat_id
WHERE b.user_id = $person
GROUP BY b.id, b.created_at, b.status, e.title, e.starts_at, b.total_amount
ORDER BY b.created_at DESC, b.id DESC
LIMIT $top;

-- name: request-again
-- title: The same request again
-- question: A booking request arrives with a key that was seen before: what is the answer?
-- answers: no-double-booking
-- param: key VARCHAR = SELECT idempotency_key FROM bookings WHERE status = 'confirmed' ORDER BY created_at DESC, id DESC LIMIT 1
-- notice: One row: a repetition, so the stored booking goes back and no further ticket is held. The UNIQUE on idempotency_key makes the
--   second INSERT fail even when both copies of the request run at the same time; looking first only saves the attempt.
SELECT b.id AS booking_id,
       b.status,
       b.total_amount,
       count(l.ticket_id) AS tickets,
       CASE b.status
         WHEN 'held' THEN 'still to be paid: send the same hold again'
         WHEN 'confirmed' THEN 'send the stored booking, charge nothing'
         WHEN 'expired' THEN 'too late: a new attempt needs a new key'
         ELSE 'paid back: a new attempt needs a new key'
       END AS answer
FROM bookings AS b
LEFT JOIN booking_tickets AS l ON l.booking_id = b.id
WHERE b.idempotency_key = $key
GROUP BY b.id, b.status, b.total_amount
ORDER BY b.id;

-- name: over-the-limit
-- title: More than the limit
-- question: Who has more tickets of one event than max_per_user allows, and over how many bookings?
-- answers: fair-share
-- ordered: yes
-- notice: Every single booking is within the limit; it is their sum that is not. A CHECK sees one row and cannot add up,
--   so the rule is nobody's. minutes_between tells fans from dealers: weeks for somebody who brings more friends, minutes for a script.
WITH per_booking AS (
  SELECT booking_id, count(*) AS tickets, sum(price) AS paid
  FROM booking_tickets
  WHERE released_at IS NULL
  GROUP BY booking_id
)
SELECT b.event_id,
       e.title,
       b.user_id,
       count(*) AS bookings,
       CAST(sum(p.tickets) AS BIGINT) AS tickets,
       e.max_per_user,
       max(p.tickets) AS largest_booking,
       sum(p.paid) AS paid,
       CAST(floor(epoch(max(b.created_at) - min(b.created_at)) / 60) AS BIGINT) AS minutes_between
FROM bookings AS b
JOIN per_booking AS p ON p.booking_id = b.id
JOIN events AS e ON e.id = b.event_id
WHERE b.status = 'confirmed'
GROUP BY b.event_id, e.title, b.user_id, e.max_per_user
HAVING sum(p.tickets) > e.max_per_user
ORDER BY tickets DESC, b.event_id, b.user_id;

-- name: late-payments
-- title: Paid after the hold had run out
-- question: Which payments came in after the end of the hold, and who has the seat now?
-- answers: never-oversell
-- param: top INTEGER = 30
-- ordered: yes
-- notice: The money came up to four minutes after the ten minutes were over, and all of it had to go back. Where seat_now says somebody else,
--   the seat was sold again; where it says nobody, a paying guest was sent away for an empty seat. The hold must live a little longer
--   than the payment page, or the payment has to ask for the seat again before it charges.
WITH late AS (
  SELECT id, user_id, event_id, total_amount, expires_at, confirmed_at, ended_at
  FROM bookings
  WHERE confirmed_at > expires_at
),
seats_now AS (
  SELECT l.booking_id,
         count(*) AS tickets,
         count(n.booking_id) AS sold_to_others
  FROM booking_tickets AS l
  LEFT JOIN booking_tickets AS n ON n.ticket_id = l.ticket_id AND n.released_at IS NULL
  WHERE l.booking_id IN (SELECT id FROM late)
  GROUP BY l.booking_id
)
SELECT l.id AS booking_id,
       l.event_id,
       s.tickets,
       l.total_amount,
       CAST(epoch(l.confirmed_at - l.expires_at) AS INTEGER) AS seconds_late,
       CAST(epoch(l.ended_at - l.confirmed_at) AS INTEGER) AS seconds_until_refund,
       CASE WHEN s.sold_to_others > 0 THEN 'somebody else' ELSE 'nobody' END AS seat_now
FROM late AS l
JOIN seats_now AS s ON s.booking_id = l.id
ORDER BY seconds_late DESC, l.id
LIMIT $top;

-- name: booking-outcomes
-- title: What becomes of holds
-- question: Month by month, how many holds are paid, run out or are paid back?
-- answers: sales-by-event
-- ordered: yes
-- notice: About one hold in six runs out, so a seat is not sold because it is held, and a site that counts holds as sales reports too much.
--   Months with a cancelled event show in paid_back_percent. The last month also has the holds that run right now.
SELECT CAST(date_trunc('month', created_at) AS DATE) AS month,
       count(*) AS holds,
       count(*) FILTER (WHERE status = 'confirmed') AS confirmed,
       count(*) FILTER (WHERE status = 'expired') AS expired,
       count(*) FILTER (WHERE status = 'refunded') AS paid_back,
       count(*) FILTER (WHERE status = 'held') AS still_held,
       round(100.0 * count(*) FILTER (WHERE status = 'expired') / count(*), 1) AS expired_percent,
       round(100.0 * count(*) FILTER (WHERE status = 'refunded') / count(*), 1) AS paid_back_percent,
       COALESCE(sum(total_amount) FILTER (WHERE status = 'confirmed'), 0) AS revenue
FROM bookings
GROUP BY ALL
ORDER BY month;

-- name: venue-clashes
-- title: Two events in one hall
-- question: Which events take place in the same venue at the same time?
-- answers: calendar
-- ordered: yes
-- notice: Both events of a pair have their own tickets for the very same seats, and both sell them or soon will. UNIQUE (event_id, seat_id) guards a seat
--   within one event only. That a venue holds one event at a time is a rule over ranges of time, which no UNIQUE can say.
SELECT a.venue_id,
       v.name AS venue,
       v.city,
       a.id AS event_id,
       a.title,
       a.starts_at,
       a.ends_at,
       b.id AS other_event_id,
       b.title AS other_title,
       b.starts_at AS other_starts_at,
       (SELECT count(*) FROM bookings AS k WHERE k.event_id IN (a.id, b.id) AND k.status = 'confirmed') AS bookings_of_both
FROM events AS a
JOIN events AS b
  ON b.venue_id = a.venue_id
 AND b.id > a.id
 AND b.starts_at < a.ends_at
 AND a.starts_at < b.ends_at
JOIN venues AS v ON v.id = a.venue_id
WHERE a.cancelled_at IS NULL
  AND b.cancelled_at IS NULL
ORDER BY a.starts_at, a.id, b.id;

-- name: seat-of-another-venue
-- title: A ticket for a seat elsewhere
-- question: Which tickets are for a seat that is not in the venue of their event?
-- answers: never-oversell
-- ordered: yes
-- notice: Three rows. Both references of each ticket are valid, and so the database is content; together they make no sense.
--   Two single foreign keys never look at each other. The number of places of such an event is wrong by one as well.
SELECT t.id AS ticket_id,
       e.id AS event_id,
       e.title,
       ev.name || ', ' || ev.city AS event_venue,
       sv.name || ', ' || sv.city AS seat_venue,
       s.section,
       s.row_label,
       s.seat_number,
       t.price
FROM tickets AS t
JOIN events AS e ON e.id = t.event_id
JOIN seats AS s ON s.id = t.seat_id
JOIN venues AS ev ON ev.id = e.venue_id
JOIN venues AS sv ON sv.id = s.venue_id
WHERE s.venue_id <> e.venue_id
ORDER BY t.id;
