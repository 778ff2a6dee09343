-- name: rides-by-hour
-- title: Rides of a city by hour
-- question: How many rides does a city have at each hour of the day, how long are they and what do they cost?
-- answers: ride-metrics
-- param: city INTEGER = SELECT city_id FROM trip WHERE status = 'completed' GROUP BY city_id ORDER BY count(*) DESC, city_id LIMIT 1
-- param: first_day DATE = SELECT CAST(min(requested_local) AS DATE) FROM trip
-- param: last_day DATE = SELECT CAST(max(requested_local) AS DATE) FROM trip
-- ordered: yes
-- notice: The hour is the one on the wall of the city, so the morning and evening rush stand out, and rides in the rush are
--   slower: compare km_per_hour. Amounts are in the currency of this one city. Only completed rides have a distance.
SELECT CAST(extract('hour' FROM requested_local) AS INTEGER) AS local_hour,
       count(*) AS rides,
       round(avg(distance_km), 2) AS avg_km,
       round(avg(duration_seconds) / 60, 1) AS avg_minutes,
       round(sum(distance_km) / (sum(duration_seconds) / 3600.0), 1) AS km_per_hour,
       round(avg(fare_amount), 2) AS avg_fare,
       round(avg(surge_multiplier), 2) AS avg_multiplier
FROM trip
WHERE city_id = $city
  AND status = 'completed'
  AND requested_local >= $first_day
  AND requested_local < $last_day + INTERVAL '1' DAY
GROUP BY local_hour
ORDER BY local_hour;

-- name: cities-by-month
-- title: Cities by month, in their money and in dollars
-- question: How many rides, kilometres and fares did each city have in each month?
-- answers: ride-metrics
-- ordered: yes
-- notice: The sum over cities only makes sense in fares_usd. Added up as they stand, a rupee and a peso count like a dollar, some
--   eighty and eighteen times what they are worth. The last column is that wrong share beside the right one.
WITH month_of_city AS (
  SELECT c.city_id, c.city_name, c.currency_code,
         CAST(date_trunc('month', t.requested_local) AS DATE) AS month,
         count(*) AS rides,
         sum(t.distance_km) AS km,
         sum(t.fare_amount) AS fares
  FROM trip AS t
  JOIN city AS c ON c.city_id = t.city_id
  WHERE t.status = 'completed'
  GROUP BY c.city_id, c.city_name, c.currency_code, month
)
SELECT m.month,
       m.city_name,
       m.rides,
       m.km,
       m.currency_code,
       m.fares,
       round(m.fares * x.usd_per_unit, 2) AS fares_usd,
       round(100.0 * m.fares * x.usd_per_unit / sum(m.fares * x.usd_per_unit) OVER (PARTITION BY m.month), 1) AS percent_of_month,
       round(100.0 * m.fares / sum(m.fares) OVER (PARTITION BY m.month), 1) AS percent_added_up_raw
FROM month_of_city AS m
JOIN exchange_rate AS x ON x.currency_code = m.currency_code AND x.month = m.month
ORDER BY m.month, fares_usd DESC, m.city_name;

-- name: driver-performance
-- title: Driver performance
-- question: How many hours was each driver online, how many offers did they take, and how well did their rides go?
-- answers: driver-performance
-- param: days INTEGER = 90
-- param: today TIMESTAMP = SELECT date_trunc('minute', max(received_at)) FROM trip_event
-- ordered: yes
-- notice: Offers, cancellations and ratings are counted by themselves and then joined: in one join of shifts, events and rides
--   every hour would be counted once for each event. A rating is an average of the rides that were rated, some two in
--   three; drivers with few of them should not be ranked. Versions of one driver are added up by driver_id.
WITH shift_hours AS (
  SELECT d.driver_id, count(*) AS shifts,
         sum(epoch(least(COALESCE(s.offline_at, $today), $today) - greatest(s.online_at, $today - $days * INTERVAL '1' DAY))) / 3600 AS hours
  FROM driver_shift AS s
  JOIN driver AS d ON d.driver_key = s.driver_key
  WHERE COALESCE(s.offline_at, $today) > $today - $days * INTERVAL '1' DAY
    AND s.online_at < $today
  GROUP BY d.driver_id
),
offers AS (
  SELECT d.driver_id,
         count(*) FILTER (WHERE e.event_type = 'offered') AS offered,
         count(*) FILTER (WHERE e.event_type = 'accepted') AS accepted
  FROM trip_event AS e
  JOIN driver AS d ON d.driver_key = e.driver_key
  WHERE e.event_time >= $today - $days * INTERVAL '1' DAY
    AND e.event_time < $today
  GROUP BY d.driver_id
),
rides AS (
  SELECT d.driver_id,
         count(*) FILTER (WHERE t.status = 'completed') AS completed,
         count(*) FILTER (WHERE t.status = 'driver_cancelled') AS cancelled,
         count(t.driver_rating) AS ratings,
         avg(t.driver_rating) AS rating
  FROM trip AS t
  JOIN driver AS d ON d.driver_key = t.driver_key
  WHERE t.requested_at >= $today - $days * INTERVAL '1' DAY
    AND t.requested_at < $today
  GROUP BY d.driver_id
)
SELECT s.driver_id,
       s.shifts,
       round(s.hours, 1) AS online_hours,
       o.offered,
       round(100.0 * o.accepted / o.offered, 1) AS acceptance_percent,
       r.completed,
       round(100.0 * r.cancelled / (r.completed + r.cancelled), 1) AS cancelled_percent,
       round(r.completed / s.hours, 2) AS rides_per_hour,
       r.ratings,
       round(r.rating, 2) AS avg_rating
FROM shift_hours AS s
LEFT JOIN offers AS o ON o.driver_id = s.driver_id
LEFT JOIN rides AS r ON r.driver_id = s.driver_id
WHERE s.hours > 0
ORDER BY r.completed DESC NULLS LAST, s.driver_id;

-- name: driver-earnings
-- title: Earnings of one driver, week by week
-- question: What did this driver earn in each week, from what, and how much is that for an hour online?
-- answers: driver-earnings
-- param: driver BIGINT = SELECT driver_id FROM driver_ledger GROUP BY driver_id ORDER BY count(*) DESC, driver_id LIMIT 1
-- ordered: yes
-- notice: The ledger is added up by the day of booking: a tip comes a day after its ride, a bonus on the Monday after its week,
--   and money taken back stands as a negative row in the week of the complaint. The pay slip of a week therefore never
--   changes later.
WITH booked AS (
  SELECT CAST(date_trunc('week', booked_at) AS DATE) AS week,
         count(*) FILTER (WHERE entry_type = 'ride') AS rides,
         COALESCE(sum(amount) FILTER (WHERE entry_type = 'ride'), 0) AS ride_pay,
         COALESCE(sum(amount) FILTER (WHERE entry_type = 'tip'), 0) AS tips,
         COALESCE(sum(amount) FILTER (WHERE entry_type = 'bonus'), 0) AS bonus,
         COALESCE(sum(amount) FILTER (WHERE entry_type = 'adjustment'), 0) AS taken_back,
         sum(amount) AS total
  FROM driver_ledger
  WHERE driver_id = $driver
  GROUP BY week
),
online AS (
  SELECT CAST(date_trunc('week', s.online_at) AS DATE) AS week,
         sum(epoch(s.offline_at - s.online_at)) / 3600 AS hours
  FROM driver_shift AS s
  JOIN driver AS d ON d.driver_key = s.driver_key
  WHERE d.driver_id = $driver
  GROUP BY week
)
SELECT b.week, b.rides, b.ride_pay, b.tips, b.bonus, b.taken_back, b.total,
       round(o.hours, 1) AS online_hours,
       round(b.total / o.hours, 2) AS per_hour
FROM booked AS b
LEFT JOIN online AS o ON o.week = b.week
ORDER BY b.week;

-- name: earnings-as-of
-- title: Commission then and commission now
-- question: Which drivers would get other pay for past rides if today's commission were applied to them?
-- answers: driver-earnings
-- ordered: yes
-- notice: The fee in the ride was made with the version of the driver that was valid then; driver_key leads to it. A report that
--   joins the newest version by driver_id rewrites every pay slip from before a change. The last column is what it would
--   be wrong by, in the currency of the city.
WITH newest AS (
  SELECT driver_id, arg_max(commission_rate, valid_from) AS commission_rate
  FROM driver
  GROUP BY driver_id
)
SELECT d.driver_id,
       c.currency_code,
       count(*) AS rides_before_the_change,
       d.commission_rate AS commission_then,
       n.commission_rate AS commission_now,
       sum(t.driver_payout_amount) AS paid,
       sum(round((t.ride_amount + t.surge_amount) * (1 - n.commission_rate), 2)) AS paid_by_todays_rate,
       sum(round((t.ride_amount + t.surge_amount) * (1 - n.commission_rate), 2)) - sum(t.driver_payout_amount) AS wrong_by
FROM trip AS t
JOIN driver AS d ON d.driver_key = t.driver_key
JOIN newest AS n ON n.driver_id = d.driver_id
JOIN city AS c ON c.city_id = t.city_id
WHERE t.status = 'completed'
  AND d.commission_rate <> n.commission_rate
GROUP BY d.driver_id, c.currency_code, d.commission_rate, n.commission_rate
ORDER BY wrong_by DESC, d.driver_id, d.commission_rate;

-- name: supply-and-demand-now
-- title: Supply and demand at this moment
-- question: In which zones do people wait for a car right now, and how many free drivers are there?
-- answers: supply-demand
-- param: moment TIMESTAMP = SELECT max(updated_at) FROM driver_presence
-- param: minutes INTEGER = 5
-- ordered: yes
-- notice: Two small reads, one of the drivers who are online and one of the newest requests; no history is touched. A zone with
--   waiting people and nobody free, while the next zone of the city has free drivers, is what the free_in_city column is
--   for: there it takes a message to drivers rather than a higher price.
WITH supply AS (
  SELECT z.zone_id,
         count(*) FILTER (WHERE p.state = 'available') AS free,
         count(*) FILTER (WHERE p.state <> 'available') AS busy
  FROM driver_presence AS p
  JOIN zone AS z ON z.zone_id = p.zone_id
  GROUP BY z.zone_id
),
demand AS (
  SELECT pickup_zone_id AS zone_id, count(*) AS waiting,
         max(epoch($moment - requested_at)) AS longest_seconds
  FROM trip
  WHERE status = 'requested'
    AND requested_at >= $moment - $minutes * INTERVAL '1' MINUTE
  GROUP BY pickup_zone_id
),
price AS (
  SELECT pickup_zone_id AS zone_id, count(*) AS quotes, arg_max(surge_multiplier, quoted_at) AS multiplier
  FROM quote
  WHERE quoted_at >= $moment - INTERVAL '15' MINUTE
  GROUP BY pickup_zone_id
)
SELECT c.city_name,
       z.zone_name,
       COALESCE(d.waiting, 0) AS waiting,
       COALESCE(s.free, 0) AS free_drivers,
       COALESCE(s.busy, 0) AS busy_drivers,
       sum(COALESCE(s.free, 0)) OVER (PARTITION BY z.city_id) AS free_in_city,
       CAST(d.longest_seconds AS INTEGER) AS longest_wait_seconds,
       COALESCE(q.quotes, 0) AS quotes_15_minutes,
       q.multiplier AS newest_multiplier
FROM zone AS z
JOIN city AS c ON c.city_id = z.city_id
LEFT JOIN supply AS s ON s.zone_id = z.zone_id
LEFT JOIN demand AS d ON d.zone_id = z.zone_id
LEFT JOIN price AS q ON q.zone_id = z.zone_id
WHERE d.waiting > 0 OR s.free > 0 OR s.busy > 0
ORDER BY COALESCE(d.waiting, 0) - COALESCE(s.free, 0) DESC, c.city_name, z.zone_name;

-- name: supply-and-demand-by-hour
-- title: Supply and demand by hour
-- question: At which hours of the day does a city have too few drivers for its requests?
-- answers: supply-demand
-- param: city INTEGER = SELECT city_id FROM driver_shift WHERE online_at >= (SELECT max(online_at) FROM driver_shift) - INTERVAL '28' DAY GROUP BY city_id ORDER BY count(*) DESC, city_id LIMIT 1
-- param: today TIMESTAMP = SELECT date_trunc('day', max(online_at)) FROM driver_shift
-- param: days INTEGER = 28
-- ordered: yes
-- notice: Supply is time: a shift from 17:40 to 20:10 gives twenty minutes to hour 17, a full hour to 18 and 19, and ten minutes to
--   20. Counting shifts by the hour they began would put all of it at 17. Where requests for each driver-hour are high, the
--   multiplier is high as well.
WITH zone_of_time AS (
  SELECT arg_max(requested_local - requested_at, requested_at) AS ahead
  FROM trip
  WHERE city_id = $city
),
span AS (
  SELECT greatest(s.online_at, $today - $days * INTERVAL '1' DAY) + ahead AS from_local,
         least(COALESCE(s.offline_at, $today), $today) + ahead AS to_local
  FROM driver_shift AS s
  CROSS JOIN zone_of_time
  WHERE s.city_id = $city
    AND s.online_at < $today
    AND COALESCE(s.offline_at, $today) > $today - $days * INTERVAL '1' DAY
),
hourly AS (
  SELECT from_local, to_local,
         unnest(generate_series(date_trunc('hour', from_local), to_local, INTERVAL '1' HOUR)) AS hour_start
  FROM span
),
supply AS (
  SELECT CAST(extract('hour' FROM hour_start) AS INTEGER) AS local_hour,
         sum(epoch(least(to_local, hour_start + INTERVAL '1' HOUR) - greatest(from_local, hour_start))) / 3600 AS driver_hours
  FROM hourly
  GROUP BY local_hour
),
demand AS (
  SELECT CAST(extract('hour' FROM requested_local) AS INTEGER) AS local_hour,
         count(*) AS requests,
         count(*) FILTER (WHERE status = 'unfulfilled') AS unfulfilled,
         avg(surge_multiplier) AS multiplier
  FROM trip
  WHERE city_id = $city
    AND requested_at >= $today - $days * INTERVAL '1' DAY
    AND requested_at < $today
  GROUP BY local_hour
)
SELECT h.local_hour,
       round(COALESCE(s.driver_hours, 0), 1) AS driver_hours,
       COALESCE(d.requests, 0) AS requests,
       round(d.requests / s.driver_hours, 2) AS requests_per_driver_hour,
       d.unfulfilled,
       round(d.multiplier, 2) AS avg_multiplier
FROM (SELECT unnest(range(24)) AS local_hour) AS h
LEFT JOIN supply AS s ON s.local_hour = h.local_hour
LEFT JOIN demand AS d ON d.local_hour = h.local_hour
ORDER BY h.local_hour;

-- name: surge-effect
-- title: What surge does, against the holdout
-- question: In zones and hours that called for surge, what happened where it was shown and where it was switched off at random?
-- answers: surge-effect
-- ordered: yes
-- notice: Only the last two groups may be compared: both called for surge, and chance decided who got it. There surge turns people away
--   before they ask (requested_percent is lower), and those who ask get a car sooner and more surely. Compared with the
--   first group, as many dashboards do, surge seems to make everything worse, because it is switched on where cars are
--   short. In a tiny data set chance is larger than the effect.
WITH quoted AS (
  SELECT q.quote_id, q.city_id, q.eta_seconds, q.quoted_at,
         CASE WHEN w.computed_multiplier = 1 THEN '1 no surge called for'
              WHEN w.is_holdout THEN '2 called for, switched off'
              ELSE '3 called for and shown' END AS what
  FROM quote AS q
  JOIN surge_window AS w ON w.zone_id = q.pickup_zone_id AND w.window_start = q.window_start
)
SELECT q.what,
       count(*) AS quotes,
       round(100.0 * count(t.trip_id) / count(*), 1) AS requested_percent,
       round(avg(q.eta_seconds)) AS avg_promised_seconds,
       round(avg(epoch(t.arrived_at - t.requested_at))) AS avg_waited_seconds,
       round(100.0 * count(*) FILTER (WHERE t.status = 'unfulfilled') / count(t.trip_id), 1) AS unfulfilled_percent,
       round(100.0 * count(*) FILTER (WHERE t.status = 'completed') / count(*), 1) AS rides_per_100_quotes,
       round(sum(t.driver_payout_amount * x.usd_per_unit) / count(t.trip_id), 2) AS payout_usd_per_request
FROM quoted AS q
LEFT JOIN trip AS t ON t.quote_id = q.quote_id
JOIN city AS c ON c.city_id = q.city_id
JOIN exchange_rate AS x ON x.currency_code = c.currency_code AND x.month = CAST(date_trunc('month', q.quoted_at) AS DATE)
GROUP BY q.what
ORDER BY q.what;

-- name: surge-price-and-demand
-- title: How many people a price loses
-- question: At each multiplier that was shown, how many of those who saw the price asked for a car?
-- answers: surge-effect
-- ordered: yes
-- notice: The share falls with the multiplier; where quotes are few, at the highest ones, chance blurs the steps. This can only be seen because quotes are kept that nobody took:
--   a model that begins with the trip has lost those people before it starts counting.
SELECT q.surge_multiplier,
       count(*) AS quotes,
       count(t.trip_id) AS requests,
       round(100.0 * count(t.trip_id) / count(*), 1) AS requested_percent,
       count(*) FILTER (WHERE t.status = 'completed') AS rides
FROM quote AS q
LEFT JOIN trip AS t ON t.quote_id = q.quote_id
GROUP BY q.surge_multiplier
ORDER BY q.surge_multiplier;

-- name: rider-retention
-- title: Riders who come back
-- question: Of those who signed up in a month, which share rides in the first thirty days after, in the second, and so on?
-- answers: retention
-- param: periods INTEGER = 6
-- ordered: yes
-- notice: The periods are counted from each rider's own sign-up, so the last day of a month is not cheated of its first period. Only riders
--   whose period is over are counted, above and below the line; without that the newest cohorts look as if everybody had left.
WITH clock AS (
  SELECT max(received_at) AS newest, min(event_time) AS oldest FROM trip_event
),
cohort AS (
  SELECT r.rider_id, r.signed_up_at, CAST(date_trunc('month', r.signed_up_at) AS DATE) AS month
  FROM rider AS r
  CROSS JOIN clock
  WHERE r.signed_up_at >= date_trunc('month', clock.oldest)
),
ride AS (
  SELECT DISTINCT c.rider_id, CAST(floor(epoch(t.requested_at - c.signed_up_at) / 2592000) AS INTEGER) AS period
  FROM cohort AS c
  JOIN trip AS t ON t.rider_id = c.rider_id AND t.status = 'completed'
),
observed AS (
  SELECT c.month, c.rider_id, k.period
  FROM cohort AS c
  CROSS JOIN clock
  CROSS JOIN (SELECT unnest(range($periods)) AS period) AS k
  WHERE c.signed_up_at + (k.period + 1) * 30 * INTERVAL '1' DAY <= clock.newest
)
SELECT o.month,
       o.period + 1 AS thirty_days_no,
       count(*) AS riders,
       count(r.rider_id) AS rode,
       round(100.0 * count(r.rider_id) / count(*), 1) AS rode_percent
FROM observed AS o
LEFT JOIN ride AS r ON r.rider_id = o.rider_id AND r.period = o.period
GROUP BY o.month, o.period
ORDER BY o.month, o.period;

-- name: ride-frequency
-- title: How often people ride
-- question: How many rides did riders have in the last ninety days, and which share of all rides do they make up?
-- answers: frequency
-- param: days INTEGER = 90
-- param: today TIMESTAMP = SELECT max(received_at) FROM trip_event
-- ordered: yes
-- notice: Many ride never or rarely; those with four rides or more are few, and their share of the rides is far larger than
--   their share of the riders. The mean describes nobody. Riders
--   without a ride are in the table because the query starts from riders, not from trips.
WITH rides AS (
  SELECT r.rider_id, count(t.trip_id) AS rides
  FROM rider AS r
  LEFT JOIN trip AS t
    ON t.rider_id = r.rider_id
   AND t.status = 'completed'
   AND t.requested_at >= $today - $days * INTERVAL '1' DAY
  WHERE r.signed_up_at < $today - $days * INTERVAL '1' DAY
  GROUP BY r.rider_id
),
banded AS (
  SELECT rides,
         CASE WHEN rides = 0 THEN 0 WHEN rides = 1 THEN 1 WHEN rides <= 3 THEN 2 WHEN rides <= 7 THEN 4 WHEN rides <= 15 THEN 8 ELSE 16 END AS from_rides
  FROM rides
)
SELECT CASE from_rides WHEN 0 THEN 'none' WHEN 1 THEN '1' WHEN 2 THEN '2 to 3' WHEN 4 THEN '4 to 7' WHEN 8 THEN '8 to 15' ELSE '16 or more' END AS rides_in_the_window,
       count(*) AS riders,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent_of_riders,
       sum(rides) AS rides,
       round(100.0 * sum(rides) / nullif(sum(sum(rides)) OVER (), 0), 1) AS percent_of_rides
FROM banded
GROUP BY from_rides
ORDER BY from_rides;

-- name: trips-against-events
-- title: Trips that disagree with their events
-- question: Which rides have a state that is not the one of their newest event?
-- answers: replay
-- ordered: yes
-- notice: Four rides stand in_progress since their day, because their completed event reached the log more than a day late and the job
--   that fills the snapshot had moved on. No fare, no pay, and the fare is missing from the city's day. The log has the
--   truth; received_at tells which days have to be run again.
WITH newest AS (
  SELECT trip_id,
         arg_max(event_type, seq) AS event_type,
         arg_max(event_time, seq) AS event_time,
         arg_max(received_at, seq) AS received_at
  FROM trip_event
  GROUP BY trip_id
)
SELECT t.trip_id,
       t.status,
       n.event_type AS newest_event,
       n.event_time,
       n.received_at,
       round(epoch(n.received_at - n.event_time) / 3600, 1) AS hours_late,
       t.fare_amount
FROM trip AS t
JOIN newest AS n ON n.trip_id = t.trip_id
WHERE t.status <> CASE n.event_type
                    WHEN 'started' THEN 'in_progress'
                    WHEN 'offered' THEN 'requested'
                    WHEN 'declined' THEN 'requested'
                    WHEN 'expired' THEN 'requested'
                    ELSE n.event_type END
ORDER BY hours_late DESC, t.trip_id;

-- name: local-day-against-utc
-- title: The same ride on two days
-- question: How many rides of each city fall on another day in UTC than on the city's own calendar?
-- answers: ride-metrics
-- ordered: yes
-- notice: A daily report by UTC date moves the evening of the American cities into the next day and the early morning of Mumbai into
--   the one before, and the busiest hour comes out wrong by the offset. Chicago, London and Berlin also shift by an hour
--   within the year, so no fixed number of hours puts it right.
WITH counted AS (
  SELECT city_id,
         count(*) AS rides,
         count(*) FILTER (WHERE CAST(requested_at AS DATE) <> CAST(requested_local AS DATE)) AS on_another_day,
         mode(CAST(extract('hour' FROM requested_local) AS INTEGER)) AS local_hour,
         min(epoch(requested_local - requested_at)) / 3600 AS least_offset,
         max(epoch(requested_local - requested_at)) / 3600 AS most_offset
  FROM trip
  WHERE status = 'completed'
  GROUP BY city_id
)
SELECT c.city_name,
       c.time_zone,
       n.rides,
       n.on_another_day,
       round(100.0 * n.on_another_day / n.rides, 1) AS percent,
       n.least_offset AS offset_hours_least,
       n.most_offset AS offset_hours_most
FROM counted AS n
JOIN city AS c ON c.city_id = n.city_id
ORDER BY percent DESC, c.city_name;

-- name: money-adds-up
-- title: Rides against the ledger
-- question: Is every completed ride in the ledger exactly once, with the pay the ride says?
-- answers: money
-- ordered: yes
-- notice: difference is 0 in every city. Tips, bonuses and money taken back stand beside it: they belong to the ledger and not to the
--   ride. Both sides are added up before they are joined, so that a ride with three entries is not counted three times.
WITH rides AS (
  SELECT city_id, count(*) AS rides, sum(driver_payout_amount) AS payout, sum(fare_amount - platform_fee_amount - driver_payout_amount) AS unexplained
  FROM trip
  WHERE status = 'completed'
  GROUP BY city_id
),
booked AS (
  SELECT city_id,
         count(DISTINCT trip_id) FILTER (WHERE entry_type = 'ride') AS rides,
         COALESCE(sum(amount) FILTER (WHERE entry_type = 'ride'), 0) AS ride_pay,
         COALESCE(sum(amount) FILTER (WHERE entry_type <> 'ride'), 0) AS other
  FROM driver_ledger
  GROUP BY city_id
)
SELECT c.city_name,
       c.currency_code,
       r.rides,
       r.rides - b.rides AS rides_missing,
       r.payout,
       r.payout - b.ride_pay AS difference,
       r.unexplained AS fare_unexplained,
       b.other AS tips_bonuses_taken_back
FROM rides AS r
LEFT JOIN booked AS b ON b.city_id = r.city_id
JOIN city AS c ON c.city_id = r.city_id
ORDER BY c.city_name;
