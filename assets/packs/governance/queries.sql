-- name: point-in-time-join
-- title: Viewing by plan, then and now
-- question: How much was watched on each plan in this month, by the plan of that day and by the plan of today?
-- answers: point-in-time
-- param: month DATE = '2025-06-01'
-- ordered: yes
-- notice: hours_then joins the version that was valid on the day. hours_by_current joins the row with is_current: whoever
--   changed plan since takes the past along, and accounts that were closed since have no current row at all and vanish,
--   which is the line without a plan. The further back the month, the larger the difference.
WITH month_fact AS (
  SELECT account_id, dt, watch_minutes
  FROM watch_fact
  WHERE dt >= $month
    AND dt < $month + INTERVAL '1' MONTH
),
labelled AS (
  SELECT v.plan_id AS plan_then, c.plan_id AS plan_now, f.watch_minutes
  FROM month_fact AS f
  JOIN dim_account AS v
    ON v.account_id = f.account_id
   AND f.dt >= v.effective_from
   AND (f.dt < v.effective_to OR v.effective_to IS NULL)
  LEFT JOIN dim_account AS c ON c.account_id = f.account_id AND c.is_current
),
plan AS (
  SELECT plan_then AS plan_id FROM labelled
  UNION
  SELECT plan_now FROM labelled
)
SELECT COALESCE(p.plan_id, 'closed since: no current row') AS plan,
       round(COALESCE(sum(l.watch_minutes) FILTER (WHERE l.plan_then = p.plan_id), 0) / 60.0, 1) AS hours_then,
       round(COALESCE(sum(l.watch_minutes) FILTER (WHERE l.plan_now IS NOT DISTINCT FROM p.plan_id), 0) / 60.0, 1) AS hours_by_current
FROM plan AS p
CROSS JOIN labelled AS l
GROUP BY p.plan_id
ORDER BY p.plan_id IS NULL, p.plan_id;

-- name: join-methods
-- title: Four ways to join a history
-- question: How many rows and minutes come out when facts are joined to the versions of an account in different ways?
-- answers: point-in-time
-- ordered: yes
-- notice: Only the half-open interval keeps every fact exactly once. BETWEEN takes the last day of one version and the first of
--   the next for the same day, so the day of a change counts twice. is_current drops everything of accounts that were
--   closed. The stored surrogate key keeps the number of rows, and yet some of them point to the wrong version: see the
--   query on late changes.
WITH counted (step, method, rows_out, minutes) AS (
  SELECT 0, 'the facts themselves', count(*), sum(watch_minutes) FROM watch_fact
  UNION ALL
  SELECT 1, 'dt >= effective_from AND dt < effective_to', count(*), sum(f.watch_minutes)
  FROM watch_fact AS f
  JOIN dim_account AS v ON v.account_id = f.account_id AND f.dt >= v.effective_from AND (f.dt < v.effective_to OR v.effective_to IS NULL)
  UNION ALL
  SELECT 2, 'dt BETWEEN effective_from AND effective_to', count(*), sum(f.watch_minutes)
  FROM watch_fact AS f
  JOIN dim_account AS v ON v.account_id = f.account_id AND f.dt BETWEEN v.effective_from AND COALESCE(v.effective_to, DATE '9999-12-31')
  UNION ALL
  SELECT 3, 'is_current', count(*), sum(f.watch_minutes)
  FROM watch_fact AS f
  JOIN dim_account AS v ON v.account_id = f.account_id AND v.is_current
  UNION ALL
  SELECT 4, 'account_sk stored in the fact', count(*), sum(f.watch_minutes)
  FROM watch_fact AS f
  JOIN dim_account AS v ON v.account_sk = f.account_sk
)
SELECT method, rows_out, minutes,
       rows_out - first_value(rows_out) OVER (ORDER BY step) AS rows_too_many,
       minutes - first_value(minutes) OVER (ORDER BY step) AS minutes_too_many
FROM counted
ORDER BY step;

-- name: scd2-integrity
-- title: Overlaps, gaps and current rows
-- question: Is there a version that overlaps the one before, leaves a gap, or a wrong is_current?
-- answers: point-in-time, expectations
-- may_be_empty: yes
-- ordered: yes
-- notice: No row is the healthy answer. No key can promise it: UNIQUE (account_id, effective_from) allows two versions that
--   overlap. is_current repeats what effective_to says already, and two statements of one fact can disagree.
WITH version AS (
  SELECT account_id, account_sk, effective_from, effective_to, is_current,
         lag(effective_to) OVER history AS ended,
         row_number() OVER history AS place
  FROM dim_account
  WINDOW history AS (PARTITION BY account_id ORDER BY effective_from)
)
SELECT account_id, account_sk, effective_from, effective_to,
       CASE WHEN place > 1 AND ended IS NULL THEN 'begins while the one before has no end'
            WHEN place > 1 AND ended > effective_from THEN 'overlaps the one before'
            WHEN place > 1 AND ended < effective_from THEN 'leaves a gap'
            ELSE 'is_current disagrees with effective_to' END AS fault
FROM version
WHERE (place > 1 AND ended IS DISTINCT FROM effective_from)
   OR is_current <> (effective_to IS NULL)
ORDER BY account_id, effective_from;

-- name: recurring-revenue
-- title: Recurring revenue at the prices of the day
-- question: What did all open accounts pay in a month, at the end of each month, with the plans and prices of that day?
-- answers: point-in-time
-- ordered: yes
-- notice: Two histories meet: the plan of the account and the price of the plan, both as of the last day of the month.
--   at_todays_prices takes the current price row instead and is higher in all months before a price rose. No personal
--   data is needed for any of it.
WITH month_end AS (
  SELECT DISTINCT CAST(date_trunc('month', dt) + INTERVAL '1' MONTH AS DATE) - 1 AS day
  FROM watch_fact
)
SELECT m.day,
       count(*) AS accounts,
       count(*) FILTER (WHERE a.plan_id = 'PREMIUM') AS on_premium,
       CAST(sum(p.price_cents) / 100.0 AS DECIMAL(14, 2)) AS revenue_usd,
       CAST(sum(c.price_cents) / 100.0 AS DECIMAL(14, 2)) AS at_todays_prices
FROM month_end AS m
JOIN dim_account AS a
  ON m.day >= a.effective_from AND (m.day < a.effective_to OR a.effective_to IS NULL)
JOIN dim_plan AS p
  ON p.plan_id = a.plan_id AND m.day >= p.effective_from AND (m.day < p.effective_to OR p.effective_to IS NULL)
JOIN dim_plan AS c ON c.plan_id = a.plan_id AND c.is_current
GROUP BY m.day
ORDER BY m.day;

-- name: late-changes
-- title: Facts with the wrong version
-- question: Which facts carry a version of the account that was not valid on their day, and why?
-- answers: point-in-time, backfill-idempotent
-- ordered: yes
-- notice: The change was true from effective_from on, and the warehouse heard of it six days later: the nightly job of the days
--   between took the version it knew. Both dates are needed to understand it (a bitemporal row). Expectation 4 passed on all
--   these days, as nothing was wrong by the knowledge of the night. The cure is a backfill of exactly these partitions.
SELECT f.account_id,
       min(f.dt) AS first_day,
       max(f.dt) AS last_day,
       count(*) AS days,
       sum(f.watch_minutes) AS watch_minutes,
       stored.plan_id || ', ' || stored.region AS stored_as,
       valid.plan_id || ', ' || valid.region AS was_in_truth,
       valid.effective_from AS true_from,
       valid.recorded_at AS known_from
FROM watch_fact AS f
JOIN dim_account AS stored ON stored.account_sk = f.account_sk
JOIN dim_account AS valid
  ON valid.account_id = f.account_id
 AND f.dt >= valid.effective_from
 AND (f.dt < valid.effective_to OR valid.effective_to IS NULL)
WHERE stored.account_sk <> valid.account_sk
GROUP BY f.account_id, stored.plan_id, stored.region, valid.plan_id, valid.region, valid.effective_from, valid.recorded_at
ORDER BY f.account_id, first_day;

-- name: open-or-closed
-- title: Failed checks, and what readers saw
-- question: Which expectations failed, was the partition published all the same, and how long was it missing?
-- answers: expectations, fail-open-closed
-- ordered: yes
-- notice: The same event with two outcomes. watch_session and pii_vault fail open: readers get the rows with a warning, a stale
--   dashboard would be worse than a few sessions of region XX. watch_fact fails closed: nothing is better than a doubled
--   day, so it is held back until a backfill passes the second attempt. hours_held_back counts from the first check of the
--   day; what was published with a warning was never held.
SELECT c.table_name,
       r.dt,
       e.rule,
       r.rows_checked,
       r.rows_failed,
       c.on_failure,
       r.action,
       round(epoch(again.checked_at - r.checked_at) / 3600, 1) AS hours_held_back,
       r.sample
FROM expectation_result AS r
JOIN expectation AS e ON e.expectation_id = r.expectation_id
JOIN data_contract AS c ON c.table_name = e.table_name
LEFT JOIN expectation_result AS again
  ON again.expectation_id = r.expectation_id AND again.dt = r.dt AND again.attempt = r.attempt + 1 AND again.passed
WHERE NOT r.passed
ORDER BY r.dt DESC, c.table_name, e.expectation_id, r.attempt;

-- name: run-expectations
-- title: Run the checks of one day now
-- question: What do the expectations say about this day, with everything that has arrived since?
-- answers: expectations
-- param: dt DATE = '2026-03-11'
-- ordered: yes
-- notice: An expectation is a query that counts rows that break a rule. Run again later it may answer differently: on the
--   default day the check of the version passed at night and fails now, because a change of plan was recorded days after.
--   Checks of old partitions are worth repeating whenever a dimension changes in the past.
WITH checked (expectation_id, rows_checked, rows_failed) AS (
  SELECT 1, count(*), count(*) FILTER (WHERE watch_minutes NOT BETWEEN 0 AND 1440)
  FROM watch_session WHERE dt = $dt
  UNION ALL
  SELECT 2, count(*), count(*) FILTER (WHERE region NOT IN ('US', 'BR', 'IN', 'MX', 'DE', 'GB'))
  FROM watch_session WHERE dt = $dt
  UNION ALL
  SELECT 4, count(*), count(*) FILTER (WHERE v.account_sk IS NULL)
  FROM watch_fact AS f
  LEFT JOIN dim_account AS v
    ON v.account_sk = f.account_sk AND v.account_id = f.account_id
   AND f.dt >= v.effective_from AND (f.dt < v.effective_to OR v.effective_to IS NULL)
  WHERE f.dt = $dt
  UNION ALL
  SELECT 6, count(*), count(*) FILTER (WHERE email NOT LIKE '%_@_%' OR email LIKE '%@%@%')
  FROM pii_vault
)
SELECT e.expectation_id, e.table_name, e.rule, k.rows_checked, k.rows_failed,
       100.0 * k.rows_failed <= e.max_failed_percent * k.rows_checked AS passes_now,
       r.passed AS passed_that_night,
       CASE c.on_failure WHEN 'fail_closed' THEN 'would be held back' ELSE 'would be published with warning' END AS if_it_fails
FROM checked AS k
JOIN expectation AS e ON e.expectation_id = k.expectation_id
JOIN data_contract AS c ON c.table_name = e.table_name
LEFT JOIN expectation_result AS r ON r.expectation_id = k.expectation_id AND r.dt = $dt AND r.attempt = 1
ORDER BY e.expectation_id;

-- name: backfill-lineage
-- title: What each backfill did
-- question: Which partitions did each backfill ask for and change, with which code, and is it repeatable?
-- answers: backfill-lineage, backfill-idempotent
-- ordered: yes
-- notice: Backfill 1 appended: nothing was deleted, rows_after is twice rows_before, and running it again would have tripled
--   them. Backfill 4 replaced the same days and put it right. Backfill 5 stopped after two of its three days: because it
--   replaces whole partitions, it can simply run again. Without a row for each partition nobody would know which two.
SELECT b.backfill_id, b.dt_from, b.dt_to, b.mode, b.reason, b.code_version, s.role AS requested_by_role, b.status,
       b.dt_to - b.dt_from + 1 AS days_asked,
       count(p.dt) AS days_done,
       sum(p.rows_before) AS rows_before,
       sum(p.rows_deleted) AS rows_deleted,
       sum(p.rows_written) AS rows_written,
       sum(p.rows_after) AS rows_after,
       CASE WHEN b.mode = 'append' THEN 'not repeatable: rows are added each time'
            WHEN count(p.dt) < b.dt_to - b.dt_from + 1 THEN 'repeatable: run it again'
            ELSE 'repeatable, complete' END AS verdict
FROM backfill_run AS b
JOIN staff AS s ON s.staff_id = b.requested_by
LEFT JOIN backfill_partition AS p ON p.backfill_id = b.backfill_id
GROUP BY b.backfill_id, b.dt_from, b.dt_to, b.mode, b.reason, b.code_version, s.role, b.status
ORDER BY min(b.started_at), b.backfill_id;

-- name: rebuild-partition
-- title: Build one partition again
-- question: What would a backfill of this day write, compared with what is stored?
-- answers: backfill-idempotent
-- param: dt DATE = '2026-05-22'
-- ordered: yes
-- notice: All rows are "same" on a day that was backfilled already: a second run changes nothing, which is what idempotent
--   means. The filter on dt stands on both sides, so that no other partition is read or touched. Try 2026-05-23: rows are
--   missing or lower, because late sessions came in after the night and backfill 5 failed before that day.
WITH rebuilt AS (
  SELECT s.account_id, v.account_sk, count(*) AS sessions, sum(s.watch_minutes) AS watch_minutes
  FROM watch_session AS s
  JOIN dim_account AS v
    ON v.account_id = s.account_id
   AND s.dt >= v.effective_from
   AND (s.dt < v.effective_to OR v.effective_to IS NULL)
  WHERE s.dt = $dt
  GROUP BY s.account_id, v.account_sk
),
stored AS (
  SELECT account_id, account_sk, sessions, watch_minutes
  FROM watch_fact
  WHERE dt = $dt
),
compared AS (
  SELECT CASE WHEN s.account_id IS NULL THEN 'would be new'
              WHEN r.account_id IS NULL THEN 'would be deleted'
              WHEN s.sessions <> r.sessions OR s.watch_minutes <> r.watch_minutes THEN 'would get other numbers'
              WHEN s.account_sk <> r.account_sk THEN 'would get another version'
              ELSE 'same' END AS outcome,
         COALESCE(r.watch_minutes, 0) - COALESCE(s.watch_minutes, 0) AS minutes_more
  FROM rebuilt AS r
  FULL JOIN stored AS s ON s.account_id = r.account_id
)
SELECT outcome, count(*) AS accounts, sum(minutes_more) AS minutes_more
FROM compared
GROUP BY outcome
ORDER BY outcome;

-- name: backfill-candidates
-- title: Partitions that need a backfill
-- question: On which days does the fact table not say what its source says?
-- answers: backfill-idempotent, backfill-lineage
-- ordered: yes
-- notice: 23 May 2026 is left over from a backfill that failed; 30 June has not had its nightly job. loaded_after_build says
--   why: these sessions arrived when the day was done. The comparison is cheap (two sums for each day) and finds what no
--   expectation of the night can see, because the rows were not there yet.
WITH source AS (
  SELECT dt, count(*) AS sessions, sum(watch_minutes) AS watch_minutes,
         count(*) FILTER (WHERE loaded_at > CAST(dt AS TIMESTAMP) + INTERVAL '30' HOUR) AS loaded_after_build
  FROM watch_session
  GROUP BY dt
),
fact AS (
  SELECT dt, sum(sessions) AS sessions, sum(watch_minutes) AS watch_minutes
  FROM watch_fact
  GROUP BY dt
)
SELECT s.dt,
       s.sessions AS sessions_in_source,
       COALESCE(f.sessions, 0) AS sessions_in_fact,
       s.sessions - COALESCE(f.sessions, 0) AS sessions_missing,
       s.watch_minutes - COALESCE(f.watch_minutes, 0) AS minutes_missing,
       s.loaded_after_build,
       CASE WHEN f.dt IS NULL THEN 'never built' ELSE 'late arrivals' END AS reason
FROM source AS s
LEFT JOIN fact AS f ON f.dt = s.dt
WHERE f.watch_minutes IS DISTINCT FROM s.watch_minutes
   OR f.sessions IS DISTINCT FROM s.sessions
ORDER BY s.dt;

-- name: who-may-see
-- title: Who may see what
-- question: Which role sees which delicate column in clear, masked or not at all on this day?
-- answers: who-may-see, pii-separation
-- param: day DATE = '2026-06-30'
-- ordered: yes
-- notice: What no policy names is denied, so a role without a line here sees nothing of it. A policy for the column beats one
--   for '*'. Look at data_engineer and phone: the table was allowed with '*', three columns were taken out, and a fourth was
--   added ten months later. Nobody decided that, the star did. Support sees clear addresses, but only those of its region.
WITH candidate AS (
  SELECT r.role, e.table_name, e.column_name, e.classification, e.added_on,
         p.policy_id, p.effect, p.row_filter, p.valid_from, p.column_name = '*' AS by_star,
         row_number() OVER (PARTITION BY r.role, e.table_name, e.column_name
                            ORDER BY p.column_name = '*', CASE p.effect WHEN 'deny' THEN 1 WHEN 'mask' THEN 2 ELSE 3 END, p.policy_id) AS place
  FROM access_role AS r
  CROSS JOIN data_element AS e
  JOIN access_policy AS p
    ON p.role = r.role
   AND p.table_name = e.table_name
   AND p.column_name IN (e.column_name, '*')
   AND $day >= p.valid_from
   AND ($day < p.valid_to OR p.valid_to IS NULL)
  WHERE e.classification IN ('pii', 'sensitive')
    AND e.added_on <= $day
)
SELECT table_name, column_name, classification, role,
       CASE effect WHEN 'allow' THEN 'in clear' WHEN 'mask' THEN 'masked' ELSE 'denied' END AS sees,
       row_filter,
       policy_id,
       CASE WHEN by_star AND effect = 'allow' AND added_on > valid_from THEN 'column is newer than the policy: nobody decided this'
            WHEN by_star THEN 'by *' ELSE 'by column' END AS how
FROM candidate
WHERE place = 1
ORDER BY classification, table_name, column_name, role;

-- name: reads-against-policy
-- title: Reads that the policy did not allow
-- question: Which reads did the gateway let through, or refuse, against the policies of that day?
-- answers: access-audit
-- ordered: yes
-- notice: Nine reads of e-mail addresses by ml_service in April 2026. Its permission ended on 31 March, and the gateway kept the
--   old decision in its cache. The log alone shows nothing: each line says allowed. Only comparing it with the policies as
--   of the moment of the read finds them, and that needs policies with a from and a to: SCD2 for permissions.
WITH ruled AS (
  SELECT l.log_id,
         min(CASE p.effect WHEN 'deny' THEN 1 WHEN 'mask' THEN 2 ELSE 3 END) FILTER (WHERE p.column_name <> '*') AS of_column,
         min(CASE p.effect WHEN 'deny' THEN 1 WHEN 'mask' THEN 2 ELSE 3 END) FILTER (WHERE p.column_name = '*') AS of_table
  FROM access_log AS l
  JOIN staff AS s ON s.staff_id = l.staff_id
  LEFT JOIN access_policy AS p
    ON p.role = s.role
   AND p.table_name = l.table_name
   AND p.column_name IN (l.column_name, '*')
   AND CAST(l.accessed_at AS DATE) >= p.valid_from
   AND (CAST(l.accessed_at AS DATE) < p.valid_to OR p.valid_to IS NULL)
  GROUP BY l.log_id
),
judged AS (
  SELECT l.log_id, s.role, l.staff_id, l.table_name, l.column_name, l.accessed_at, l.decision,
         CASE COALESCE(r.of_column, r.of_table) WHEN 3 THEN 'allowed' WHEN 2 THEN 'masked' ELSE 'denied' END AS by_policy
  FROM access_log AS l
  JOIN staff AS s ON s.staff_id = l.staff_id
  JOIN ruled AS r ON r.log_id = l.log_id
)
SELECT role, staff_id, table_name, column_name, decision, by_policy,
       count(*) AS reads,
       min(accessed_at) AS first_read,
       max(accessed_at) AS last_read
FROM judged
WHERE decision <> by_policy
GROUP BY role, staff_id, table_name, column_name, decision, by_policy
ORDER BY reads DESC, role, staff_id, table_name, column_name;

-- name: erased-people
-- title: What is left of erased people
-- question: Is the vault empty for everybody who was erased, and what can still be counted?
-- answers: erasure, pii-separation
-- param: top INTEGER = 25
-- ordered: yes
-- notice: fields_left must be 0. Sessions and minutes stay, and no report changes: they hang on account_id, which leads to an
--   empty row of the vault. That is the gain of keeping people and facts apart: erasing is one UPDATE of one row, not a
--   search through partitions of a year. Account 700006 is in the list; see the last query for where it survived.
SELECT a.account_id,
       a.closed_on,
       v.erased_at,
       CASE WHEN v.full_name IS NULL THEN 0 ELSE 1 END + CASE WHEN v.email IS NULL THEN 0 ELSE 1 END
         + CASE WHEN v.payment_token IS NULL THEN 0 ELSE 1 END + CASE WHEN v.phone IS NULL THEN 0 ELSE 1 END AS fields_left,
       COALESCE(w.sessions, 0) AS sessions_kept,
       COALESCE(w.watch_minutes, 0) AS minutes_kept
FROM pii_vault AS v
JOIN account AS a ON a.pii_key = v.pii_key
LEFT JOIN (SELECT account_id, count(*) AS sessions, sum(watch_minutes) AS watch_minutes FROM watch_session GROUP BY account_id) AS w
  ON w.account_id = a.account_id
WHERE v.erased_at IS NOT NULL
ORDER BY v.erased_at DESC, a.account_id
LIMIT $top;

-- name: pii-outside-vault
-- title: Personal data outside the vault
-- question: Where does an e-mail address stand although only the vault should have one, and is the person still in the vault?
-- answers: pii-separation, erasure
-- ordered: yes
-- notice: Six results of an expectation keep the failing value as a sample, and the failing value is somebody's address. The
--   person was erased in May 2026, the samples were not: the vault has no such address any more. Analysts may read this
--   column, as it was classified as internal. Checks of personal data should count, or keep the key, never the value.
SELECT 'expectation_result.sample' AS place,
       r.dt, e.rule, r.sample,
       CASE WHEN v.pii_key IS NULL THEN 'no longer in the vault' ELSE 'in the vault' END AS person,
       d.classification AS classified_as
FROM expectation_result AS r
JOIN expectation AS e ON e.expectation_id = r.expectation_id
JOIN data_element AS d ON d.table_name = 'expectation_result' AND d.column_name = 'sample'
LEFT JOIN pii_vault AS v ON r.sample = 'email = ' || v.email
WHERE r.sample LIKE '%@%'
ORDER BY r.dt, e.expectation_id;
