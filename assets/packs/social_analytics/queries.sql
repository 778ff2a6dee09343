-- name: dau-and-mau
-- title: DAU, MAU and stickiness
-- question: How many users were active on each of the last days, and in the 28 days up to it?
-- answers: dau-mau
-- param: days INTEGER = 14
-- ordered: yes
-- notice: Active means: did anything with a post, a view included. MAU here is a window of 28 days that moves along, so it
--   holds four of each weekday; a calendar month would jump on the first. Neither number can be added up: a user who comes
--   every day is in each DAU and once in MAU. Stickiness is the one divided by the other.
WITH active AS (
  SELECT DISTINCT CAST(event_time AS DATE) AS dt, viewer_id
  FROM content_event
  WHERE event_time >= (SELECT CAST(max(event_time) AS DATE) FROM content_event) - ($days + 28) * INTERVAL '1' DAY
),
day AS (
  SELECT CAST((SELECT max(event_time) FROM content_event) AS DATE) - CAST(k AS INTEGER) AS dt
  FROM range(0, $days) AS r(k)
)
SELECT d.dt,
       dayname(d.dt) AS weekday,
       count(DISTINCT a.viewer_id) FILTER (WHERE a.dt = d.dt) AS dau,
       count(DISTINCT a.viewer_id) AS mau_28_days,
       round(100.0 * count(DISTINCT a.viewer_id) FILTER (WHERE a.dt = d.dt) / nullif(count(DISTINCT a.viewer_id), 0), 1) AS stickiness_percent
FROM day AS d
LEFT JOIN active AS a ON a.dt > d.dt - 28 AND a.dt <= d.dt
GROUP BY d.dt
ORDER BY d.dt DESC;

-- name: growth-accounting
-- title: Where the active users of a month come from
-- question: How many of each month's active users are new, stayed or came back, and how many were lost?
-- answers: growth-churn, resurrected
-- ordered: yes
-- notice: Every row adds up: active = new + stayed + resurrected, and the active of the month before minus the stayed are the
--   lost. Growth can hide a leak: more people join than leave, and the leave are still many. Everybody in the first month
--   is new, because the data begin there; the second month has nobody who could be back yet.
WITH active AS (
  SELECT viewer_id AS user_id, CAST(date_trunc('month', event_time) AS DATE) AS month
  FROM content_event
  GROUP BY ALL
),
seen AS (
  SELECT user_id, month,
         lag(month) OVER (PARTITION BY user_id ORDER BY month) AS month_before
  FROM active
),
counted AS (
  SELECT month,
         count(*) AS active_users,
         count(*) FILTER (WHERE month_before IS NULL) AS new_users,
         count(*) FILTER (WHERE month_before = month - INTERVAL '1' MONTH) AS stayed,
         count(*) FILTER (WHERE month_before < month - INTERVAL '1' MONTH) AS resurrected
  FROM seen
  GROUP BY month
)
SELECT month,
       active_users,
       new_users,
       stayed,
       resurrected,
       lag(active_users) OVER (ORDER BY month) - stayed AS lost,
       active_users - lag(active_users) OVER (ORDER BY month) AS change
FROM counted
ORDER BY month;

-- name: engagement-by-content-type
-- title: Engagement by type of content
-- question: How are photos, videos, stories, texts and links viewed, liked, commented and shared?
-- answers: engagement
-- ordered: yes
-- notice: Totals follow what is posted most; the rates do not. Texts are commented on, videos and links are shared, stories
--   get likes and little else. Posts are counted from content and events from content_event, each alone, before they are
--   joined: a count of posts behind the join would count each post once for each event.
WITH post AS (
  SELECT content_type, count(*) AS posts
  FROM content
  GROUP BY content_type
),
event AS (
  SELECT c.content_type,
         count(*) FILTER (WHERE e.event_type = 'view') AS views,
         count(*) FILTER (WHERE e.event_type = 'like') AS likes,
         count(*) FILTER (WHERE e.event_type = 'comment') AS comments,
         count(*) FILTER (WHERE e.event_type = 'share') AS shares
  FROM content_event AS e
  JOIN content AS c ON c.content_id = e.content_id
  GROUP BY c.content_type
)
SELECT p.content_type,
       p.posts,
       COALESCE(e.views, 0) AS views,
       round(e.views / p.posts, 1) AS views_a_post,
       round(100.0 * e.likes / nullif(e.views, 0), 2) AS likes_percent,
       round(100.0 * e.comments / nullif(e.views, 0), 2) AS comments_percent,
       round(100.0 * e.shares / nullif(e.views, 0), 2) AS shares_percent,
       round(100.0 * (e.likes + e.comments + e.shares) / nullif(e.views, 0), 2) AS engagement_percent
FROM post AS p
LEFT JOIN event AS e ON e.content_type = p.content_type
ORDER BY engagement_percent DESC NULLS LAST, p.content_type;

-- name: monthly-churn-as-documented
-- title: Monthly churn, as documented
-- question: What percentage of each month's active users was not active in the month after?
-- answers: growth-churn
-- ordered: yes
-- notice: The newest month shows 100: nobody has been active in a month that has not happened, and the left join takes that
--   for churn. A dashboard with this line ends in a catastrophe every month. All the rest is right, but for its label: a user who
--   is missing in March stands in the row of February. The inner GROUP BY does the work of DISTINCT, and its ORDER BY, like
--   that of the second step, sorts for nobody.
WITH events AS (
  SELECT CAST(event_time AS DATE) AS event_date, viewer_id AS user_id
  FROM content_event
),
month_user AS (
  SELECT date_trunc('month', event_date) AS month, user_id
  FROM events
  GROUP BY ALL
  ORDER BY 1, 2
),
t2 AS (
  SELECT this.month, this.user_id AS active, next.user_id AS churned
  FROM month_user AS this
  LEFT JOIN month_user AS next
    ON this.user_id = next.user_id
   AND this.month = next.month - INTERVAL '1' MONTH
  ORDER BY 1, 2
)
SELECT CAST(month AS DATE) AS month,
       sum(CASE WHEN churned IS NULL THEN 1 ELSE 0 END) * 100.0 / count(*) AS churned_rate
FROM t2
GROUP BY 1
ORDER BY 1;

-- name: monthly-churn-repaired
-- title: Monthly churn, repaired
-- question: What percentage of the users active in the month before was missing in each month?
-- answers: growth-churn
-- ordered: yes
-- notice: Two changes. A month counts only when the one after it is over, so the row of 100 percent is gone; and the loss
--   stands in the month in which the users were missing, beside the number it was taken of. The rates of the
--   other months are those of the documented query, one row further down.
WITH month_user AS (
  SELECT DISTINCT CAST(date_trunc('month', event_time) AS DATE) AS month, viewer_id AS user_id
  FROM content_event
),
complete AS (
  SELECT CAST(date_trunc('month', max(event_time) + INTERVAL '1' DAY) AS DATE) AS until
  FROM content_event
),
pair AS (
  SELECT this.month AS month_before, this.user_id, next.user_id IS NULL AS is_lost
  FROM month_user AS this
  LEFT JOIN month_user AS next
    ON next.user_id = this.user_id
   AND next.month = this.month + INTERVAL '1' MONTH
  WHERE this.month + INTERVAL '2' MONTH <= (SELECT until FROM complete)
)
SELECT CAST(month_before + INTERVAL '1' MONTH AS DATE) AS month,
       count(*) AS active_month_before,
       count(*) FILTER (WHERE is_lost) AS churned,
       round(100.0 * count(*) FILTER (WHERE is_lost) / count(*), 2) AS churn_percent
FROM pair
GROUP BY month_before
ORDER BY month;

-- name: resurrected-users
-- title: Resurrected users
-- question: Who was gone and came back, and for how long had they been away?
-- answers: resurrected
-- ordered: yes
-- notice: Read from user_churn_stats, with the rows of months only: the same table holds days as well. Most who come back
--   have missed one or two months. Without this number churn is read as lost for good.
WITH month_row AS (
  SELECT user_id, CAST(period || '-01' AS DATE) AS month, churned_flag, resurrected_flag
  FROM user_churn_stats
  WHERE length(period) = 7
),
returned AS (
  SELECT b.user_id, b.month,
         max(a.month) AS missing_since
  FROM month_row AS b
  JOIN month_row AS a ON a.user_id = b.user_id AND a.churned_flag AND a.month < b.month
  WHERE b.resurrected_flag
  GROUP BY b.user_id, b.month
)
SELECT month,
       count(*) AS resurrected,
       count(*) FILTER (WHERE date_diff('month', missing_since, month) = 1) AS missed_1_month,
       count(*) FILTER (WHERE date_diff('month', missing_since, month) = 2) AS missed_2_months,
       count(*) FILTER (WHERE date_diff('month', missing_since, month) >= 3) AS missed_more,
       round(avg(date_diff('month', missing_since, month)), 1) AS mean_months_missed
FROM returned
GROUP BY month
ORDER BY month;

-- name: churn-stats-rebuilt
-- title: user_churn_stats against events
-- question: Do the stored flags follow from the events?
-- answers: growth-churn
-- ordered: yes
-- notice: Everything must be "same". Rows of both grains are rebuilt from the events in the same way: take the active periods
--   of a user, look one back and one ahead. As long as this holds the table is a copy that can be thrown away and made
--   again, also with another definition of active.
WITH day_active AS (
  SELECT DISTINCT viewer_id AS user_id, CAST(event_time AS DATE) AS dt
  FROM content_event
),
month_active AS (
  SELECT DISTINCT user_id, CAST(date_trunc('month', dt) AS DATE) AS month FROM day_active
),
rebuilt AS (
  SELECT a.user_id, strftime(a.month, '%Y-%m') AS period, FALSE AS churned,
         b.user_id IS NULL AND EXISTS (SELECT 1 FROM month_active AS e WHERE e.user_id = a.user_id AND e.month < a.month) AS resurrected
  FROM month_active AS a
  LEFT JOIN month_active AS b ON b.user_id = a.user_id AND b.month = a.month - INTERVAL '1' MONTH
  UNION ALL
  SELECT a.user_id, strftime(CAST(a.month + INTERVAL '1' MONTH AS DATE), '%Y-%m'), TRUE, FALSE
  FROM month_active AS a
  ANTI JOIN month_active AS b ON b.user_id = a.user_id AND b.month = a.month + INTERVAL '1' MONTH
  WHERE a.month < (SELECT max(month) FROM month_active)
),
compared AS (
  SELECT CASE WHEN s.user_id IS NULL THEN 'missing in user_churn_stats'
              WHEN r.user_id IS NULL THEN 'only in user_churn_stats'
              WHEN s.churned_flag = r.churned AND s.resurrected_flag = r.resurrected THEN 'same'
              ELSE 'different flags'
         END AS outcome
  FROM rebuilt AS r
  FULL JOIN (SELECT * FROM user_churn_stats WHERE length(period) = 7) AS s ON s.user_id = r.user_id AND s.period = r.period
)
SELECT outcome, count(*) AS user_months
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: two-grains-in-period
-- title: Months and days in one column
-- question: What does a plain count of churned users give when nobody looks at the grain of period?
-- answers: growth-churn
-- ordered: yes
-- notice: The last row is what SELECT count(*) WHERE churned_flag returns: users lost in months and users who merely did not
--   come the next day, added up. By day, most people churn every other day and are resurrected the day after; daily
--   churn says nothing about a product that is used twice a week. The grain must be a column of its own, in the key.
SELECT CASE WHEN grouping(length(period)) = 1 THEN 'both, as a naive count does'
            WHEN length(period) = 7 THEN 'months'
            ELSE 'days' END AS grain,
       count(DISTINCT period) AS periods,
       count(*) AS stored_rows,
       count(*) FILTER (WHERE churned_flag) AS churned,
       count(*) FILTER (WHERE resurrected_flag) AS resurrected,
       round(100.0 * count(*) FILTER (WHERE churned_flag) / count(*), 1) AS churned_percent_of_rows
FROM user_churn_stats
GROUP BY GROUPING SETS ((length(period)), ())
ORDER BY grouping(length(period)), length(period);

-- name: churn-by-two-definitions
-- title: Two truths about churn
-- question: How many users churned in each month by the date in user, and how many by the months in user_churn_stats?
-- answers: growth-churn
-- ordered: yes
-- notice: churned_date in user is the day on which 30 days without activity were full, and it is emptied when somebody comes
--   back; so past months shrink with every return, and the report of last spring cannot be repeated. Months in user_churn_stats stay. In
--   the newest months the two agree best: few had the time to come back.
WITH by_user AS (
  SELECT strftime(churned_date, '%Y-%m') AS period, count(*) AS churned
  FROM user
  WHERE churned_date IS NOT NULL
  GROUP BY 1
),
by_stats AS (
  SELECT period, count(*) AS churned,
         count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM user_churn_stats AS later
           WHERE later.user_id = s.user_id AND later.resurrected_flag AND length(later.period) = 7 AND later.period > s.period)) AS since_returned
  FROM user_churn_stats AS s
  WHERE churned_flag AND length(period) = 7
  GROUP BY period
)
SELECT s.period,
       s.churned AS by_user_churn_stats,
       s.since_returned,
       COALESCE(u.churned, 0) AS by_user_churned_date
FROM by_stats AS s
LEFT JOIN by_user AS u ON u.period = s.period
ORDER BY s.period;

-- name: last-active-against-events
-- title: last_active_date against events
-- question: For which users does the stored last active day differ from the newest event?
-- answers: growth-churn
-- ordered: yes
-- notice: Planted: for a few users the nightly job is six days behind. Nobody would notice, as both are plausible dates; a
--   campaign that writes to "inactive for a week" would reach them by mistake. A derived column needs a check like
--   this one beside it, or it is a view.
WITH newest AS (
  SELECT viewer_id AS user_id, CAST(max(event_time) AS DATE) AS last_event
  FROM content_event
  GROUP BY viewer_id
)
SELECT u.user_id,
       u.name,
       u.status,
       u.last_active_date,
       n.last_event,
       n.last_event - u.last_active_date AS days_behind
FROM user AS u
JOIN newest AS n ON n.user_id = u.user_id
WHERE u.last_active_date IS DISTINCT FROM n.last_event
ORDER BY days_behind DESC, u.user_id;

-- name: ad-performance
-- title: Ad performance by campaign
-- question: What did each campaign show, get clicked and sell, what did it cost, and what came back for it?
-- answers: ads
-- ordered: yes
-- notice: Three ways to pay: by impression, by click, by conversion, so cost stands in different events and only the sum over
--   all events of a campaign is its cost. CTR is clicks by impressions, conversion rate conversions by clicks, and ROI
--   revenue minus cost by cost. An awareness campaign is not made to be judged by ROI, and what it is for is
--   not in the data. Revenue is NULL, not 0, in events that are no conversion; a sum does not mind, an average does.
SELECT c.campaign_type,
       c.campaign_name,
       count(*) FILTER (WHERE e.event_type = 'impression') AS impressions,
       count(*) FILTER (WHERE e.event_type = 'click') AS clicks,
       count(*) FILTER (WHERE e.event_type = 'conversion') AS conversions,
       round(100.0 * count(*) FILTER (WHERE e.event_type = 'click') / nullif(count(*) FILTER (WHERE e.event_type = 'impression'), 0), 2) AS ctr_percent,
       round(100.0 * count(*) FILTER (WHERE e.event_type = 'conversion') / nullif(count(*) FILTER (WHERE e.event_type = 'click'), 0), 2) AS conversion_percent,
       round(sum(e.cost), 2) AS cost,
       COALESCE(sum(e.revenue), 0) AS revenue,
       round(100.0 * (COALESCE(sum(e.revenue), 0) - sum(e.cost)) / nullif(sum(e.cost), 0), 0) AS roi_percent
FROM campaign AS c
JOIN ad_event AS e ON e.campaign_id = c.campaign_id
GROUP BY c.campaign_id, c.campaign_type, c.campaign_name, c.starttime
ORDER BY c.campaign_type, c.starttime, c.campaign_id;

-- name: clicks-of-robots
-- title: Clicks that nobody made
-- question: How does the click rate change without users who click nearly everything?
-- answers: ads
-- param: least_impressions INTEGER = 10
-- ordered: yes
-- notice: A handful of users click every ad a second after it is shown and never buy. They are planted, and they are a
--   large part of all clicks: campaigns paid by click pay for them, and CTR is too high. The time from impression to click has to be
--   found by the order of events, because a click does not say which impression it belongs to.
WITH person AS (
  SELECT user_id,
         count(*) FILTER (WHERE event_type = 'impression') AS impressions,
         count(*) FILTER (WHERE event_type = 'click') AS clicks,
         count(*) FILTER (WHERE event_type = 'conversion') AS conversions,
         sum(cost) AS cost
  FROM ad_event
  GROUP BY user_id
),
judged AS (
  SELECT *, impressions >= $least_impressions AND clicks > 0.5 * impressions AS is_robot
  FROM person
)
SELECT CASE WHEN is_robot THEN 'clicks more than half of what is shown' ELSE 'everybody else' END AS who,
       count(*) AS users,
       sum(impressions) AS impressions,
       sum(clicks) AS clicks,
       sum(conversions) AS conversions,
       round(100.0 * sum(clicks) / sum(impressions), 2) AS ctr_percent,
       round(sum(cost), 2) AS cost
FROM judged
GROUP BY is_robot
ORDER BY is_robot DESC;

-- name: behaviour-by-device
-- title: Behaviour by device
-- question: How do people use phones, desktops and tablets?
-- answers: devices
-- ordered: yes
-- notice: Users do not add up: somebody with a phone and a desktop is in both rows, so the percentages of users exceed 100
--   together. Phones are opened most, and a view there gets more reactions than one on a desktop. A visit is
--   worked out from gaps: 30 minutes without an event begin a new one.
WITH stepped AS (
  SELECT e.viewer_id, e.device_id, e.event_time, e.event_type,
         CASE WHEN e.event_time - lag(e.event_time) OVER (PARTITION BY e.viewer_id, e.device_id ORDER BY e.event_time) < INTERVAL '30' MINUTE
              THEN 0 ELSE 1 END AS starts_visit
  FROM content_event AS e
)
SELECT d.device_type,
       count(DISTINCT s.viewer_id) AS users,
       round(100.0 * count(DISTINCT s.viewer_id) / (SELECT count(DISTINCT viewer_id) FROM content_event), 1) AS percent_of_users,
       sum(s.starts_visit) AS visits,
       round(count(*) / sum(s.starts_visit), 2) AS events_a_visit,
       round(100.0 * count(*) FILTER (WHERE s.event_type <> 'view') / nullif(count(*) FILTER (WHERE s.event_type = 'view'), 0), 1) AS reactions_percent_of_views
FROM stepped AS s
JOIN device AS d ON d.device_id = s.device_id
GROUP BY d.device_type
ORDER BY visits DESC, d.device_type;

-- name: current-rows-only
-- title: What is_current says
-- question: How many versions of users and posts does the model hold?
-- answers: growth-churn
-- ordered: yes
-- notice: One each, all of them current. The columns of a type 2 dimension are there (updated_at, is_current), but user_id
--   and content_id are the primary keys, so a second version is refused and a change overwrites. edited_since_created tells that
--   something changed, not what. The e-commerce model reads the same mark the other way and drops the key.
SELECT 'user' AS dimension,
       count(*) AS stored_rows,
       count(DISTINCT user_id) AS things,
       count(*) FILTER (WHERE is_current) AS current_rows,
       count(*) FILTER (WHERE updated_at > created_at) AS edited_since_created
FROM user
UNION ALL
SELECT 'content', count(*), count(DISTINCT content_id), count(*) FILTER (WHERE is_current), count(*) FILTER (WHERE updated_at > created_at)
FROM content
ORDER BY dimension;
