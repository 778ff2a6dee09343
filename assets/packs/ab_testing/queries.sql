-- name: assign-by-hash
-- title: Assign everybody again
-- question: Does the hash of unit and experiment give the variant that is stored?
-- answers: deterministic-assignment
-- ordered: yes
-- notice: Nothing is drawn: unit and experiment give a bucket from 0 to 9999, and traffic_pct cuts the buckets. Any service
--   can work it out alone, always with the same result, and a new number of experiment shuffles everybody anew. Where
--   rows differ somebody interfered: in exp-107 some profiles were put into treatment_a by hand, and they belong
--   outside of the analysis.
WITH k AS (
  SELECT exp_id, variant_id,
         1000003 * CAST(substr(exp_id, 5) AS BIGINT) + CAST(unit_id AS BIGINT) AS k
  FROM assignment
),
m1 AS (SELECT *, (48271 * k + 397) % 2147483647 AS m1 FROM k),
m2 AS (SELECT *, (m1 * m1 + k) % 2147483647 AS m2 FROM m1),
m3 AS (SELECT *, (69621 * m2 + 7) % 2147483647 AS m3 FROM m2),
hashed AS (SELECT exp_id, variant_id, (m3 * m3 + m2) % 2147483647 % 10000 AS bucket FROM m3),
cut AS (
  SELECT exp_id, variant_id,
         100 * (sum(traffic_pct) OVER (PARTITION BY exp_id ORDER BY variant_id) - traffic_pct) AS from_bucket,
         100 * sum(traffic_pct) OVER (PARTITION BY exp_id ORDER BY variant_id) AS to_bucket
  FROM variant
)
SELECT h.exp_id,
       count(*) AS units,
       count(*) FILTER (WHERE h.variant_id = c.variant_id) AS as_stored,
       count(*) FILTER (WHERE h.variant_id <> c.variant_id) AS otherwise
FROM hashed AS h
JOIN cut AS c ON c.exp_id = h.exp_id AND h.bucket >= c.from_bucket AND h.bucket < c.to_bucket
GROUP BY h.exp_id
ORDER BY h.exp_id;

-- name: sample-ratio
-- title: Sample-ratio mismatch
-- question: Are the arms as large as they were planned?
-- answers: sample-ratio
-- ordered: yes
-- notice: Chi-square of units found against units planned, with one degree of freedom less than there are variants. Chance
--   alone passes 10.83 (one degree) or 13.82 (two) once in a thousand experiments; beyond it something is broken and no
--   result of the experiment may be used. exp-103 is: treatment_a lacks about a quarter of its units, and from about
--   100,000 outcome rows on the test says so. With a handful of units no test can.
WITH found AS (
  SELECT v.exp_id, v.variant_id, v.traffic_pct, count(a.unit_id) AS units
  FROM variant AS v
  LEFT JOIN assignment AS a ON a.exp_id = v.exp_id AND a.variant_id = v.variant_id
  GROUP BY v.exp_id, v.variant_id, v.traffic_pct
),
expected AS (
  SELECT exp_id, variant_id, traffic_pct, units,
         sum(units) OVER (PARTITION BY exp_id) * traffic_pct / 100 AS planned,
         count(*) OVER (PARTITION BY exp_id) AS variants
  FROM found
)
SELECT exp_id,
       string_agg(variant_id || ' ' || units || ' of ' || round(planned, 1), ', ' ORDER BY variant_id) AS units_of_planned,
       round(sum((units - planned) * (units - planned) / planned), 2) AS chi_square,
       max(CASE variants WHEN 2 THEN 10.83 ELSE 13.82 END) AS limit_p_0_001,
       CASE WHEN sum((units - planned) * (units - planned) / planned) > max(CASE variants WHEN 2 THEN 10.83 ELSE 13.82 END)
            THEN 'mismatch: do not analyse' ELSE 'as planned' END AS verdict
FROM expected
GROUP BY exp_id
ORDER BY chi_square DESC, exp_id;

-- name: missing-units
-- title: Who is missing?
-- question: Which units have outcomes but no assignment, where do they live, and which variant were they meant to get?
-- answers: sample-ratio, deterministic-assignment
-- param: exp VARCHAR = 'exp-103'
-- ordered: yes
-- notice: The outcomes come from the server, the assignments from a log of the app: what one has and the other lacks was
--   lost. The hash tells the variant that each lost unit had. All of them are treatment_a, all in BR and IN: the feature
--   broke the log of an app version there. So what is left of treatment_a is another mix of countries, not a smaller
--   copy of it.
WITH unit AS (
  SELECT DISTINCT exp_id, unit_id FROM kpi_outcome WHERE exp_id = $exp
),
k AS (
  SELECT exp_id, unit_id, 1000003 * CAST(substr(exp_id, 5) AS BIGINT) + CAST(unit_id AS BIGINT) AS k FROM unit
),
m1 AS (SELECT *, (48271 * k + 397) % 2147483647 AS m1 FROM k),
m2 AS (SELECT *, (m1 * m1 + k) % 2147483647 AS m2 FROM m1),
m3 AS (SELECT *, (69621 * m2 + 7) % 2147483647 AS m3 FROM m2),
hashed AS (SELECT exp_id, unit_id, (m3 * m3 + m2) % 2147483647 % 10000 AS bucket FROM m3),
cut AS (
  SELECT exp_id, variant_id,
         100 * (sum(traffic_pct) OVER (PARTITION BY exp_id ORDER BY variant_id) - traffic_pct) AS from_bucket,
         100 * sum(traffic_pct) OVER (PARTITION BY exp_id ORDER BY variant_id) AS to_bucket
  FROM variant
)
SELECT p.country_code,
       count(*) FILTER (WHERE c.variant_id = 'control') AS control_by_hash,
       count(*) FILTER (WHERE c.variant_id = 'control' AND a.unit_id IS NULL) AS control_lost,
       count(*) FILTER (WHERE c.variant_id = 'treatment_a') AS treatment_by_hash,
       count(*) FILTER (WHERE c.variant_id = 'treatment_a' AND a.unit_id IS NULL) AS treatment_lost
FROM hashed AS h
JOIN cut AS c ON c.exp_id = h.exp_id AND h.bucket >= c.from_bucket AND h.bucket < c.to_bucket
JOIN profile AS p ON p.profile_id = CAST(h.unit_id AS BIGINT)
LEFT JOIN assignment AS a ON a.exp_id = h.exp_id AND a.unit_id = h.unit_id
GROUP BY p.country_code
ORDER BY treatment_lost DESC, p.country_code;

-- name: lift
-- title: Lift and its interval
-- question: How much more did each treatment watch than its control in the seven days from the assignment, and how sure is it?
-- answers: lift
-- param: today DATE = SELECT max(metric_date) + 1 FROM kpi_outcome WHERE kpi_name = 'watch_hours'
-- ordered: yes
-- notice: One value for each unit first, zero where nothing was watched, then mean and variance by variant; the interval of
--   the ratio comes from the delta method. Planted: 12 percent in exp-101, 30 in the first week of exp-104 for treatment_a
--   and nothing for treatment_b, nothing in exp-102. exp-103 shows a lift that does not exist (its split is broken) and
--   exp-105 too small a one (its arms touch each other). Units whose seven days are not over are left out.
WITH unit AS (
  SELECT a.exp_id, a.variant_id, a.unit_id, COALESCE(sum(k.kpi_value), 0) AS hours
  FROM assignment AS a
  JOIN experiment AS e ON e.exp_id = a.exp_id AND e.primary_kpi = '7d hours watched'
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
   AND k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date < CAST(a.assigned_at AS DATE) + 7
  WHERE CAST(a.assigned_at AS DATE) + 7 <= $today
  GROUP BY a.exp_id, a.variant_id, a.unit_id
),
arm AS (
  SELECT exp_id, variant_id, count(*) AS units, avg(hours) AS mean, var_samp(hours) / count(*) AS var_of_mean
  FROM unit
  GROUP BY exp_id, variant_id
),
compared AS (
  SELECT t.exp_id, t.variant_id, c.units AS control_units, t.units, c.mean AS control_mean, t.mean,
         t.mean / nullif(c.mean, 0) - 1 AS lift,
         sqrt(t.var_of_mean + t.mean * t.mean / nullif(c.mean * c.mean, 0) * c.var_of_mean) / nullif(c.mean, 0) AS error
  FROM arm AS t
  JOIN arm AS c ON c.exp_id = t.exp_id AND c.variant_id = 'control'
  WHERE t.variant_id <> 'control'
)
SELECT c.exp_id, e.name, c.variant_id, c.control_units, c.units,
       round(c.control_mean, 2) AS control_hours,
       round(c.mean, 2) AS hours,
       round(100 * c.lift, 1) AS lift_percent,
       round(100 * (c.lift - 1.96 * c.error), 1) AS low_percent,
       round(100 * (c.lift + 1.96 * c.error), 1) AS high_percent,
       CASE WHEN c.lift - 1.96 * c.error > 0 THEN 'more' WHEN c.lift + 1.96 * c.error < 0 THEN 'less' ELSE 'no difference shown' END AS verdict
FROM compared AS c
JOIN experiment AS e ON e.exp_id = c.exp_id
ORDER BY c.exp_id, c.variant_id;

-- name: cuped
-- title: CUPED: the same lift with less noise
-- question: How much narrower does the interval become when what each unit watched before is taken into account?
-- answers: cuped, lift
-- param: today DATE = SELECT max(metric_date) + 1 FROM kpi_outcome WHERE kpi_name = 'watch_hours'
-- ordered: yes
-- notice: Who watched a lot before watches a lot now, whatever the variant. From each unit's hours the part is taken away
--   that its own 14 days before the assignment predict: hours - theta × (before - mean before), theta = covariance /
--   variance over all arms. The interval shrinks by a third or more: as if there were more than twice as
--   many units. The 12 percent of exp-101, which the plain interval can hardly tell from nothing at 100,000 outcome rows,
--   come clear of zero. In exp-103 most of the false lift goes, since the lost units watched less before, too. That
--   saves nothing: a broken split stays broken. Units that joined less than 14 days before have a short past and gain less.
WITH unit AS (
  SELECT a.exp_id, a.variant_id, a.unit_id,
         COALESCE(sum(k.kpi_value) FILTER (WHERE k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date < CAST(a.assigned_at AS DATE) + 7), 0) AS hours,
         COALESCE(sum(k.kpi_value) FILTER (WHERE k.metric_date >= CAST(a.assigned_at AS DATE) - 14 AND k.metric_date < CAST(a.assigned_at AS DATE)), 0) AS before
  FROM assignment AS a
  JOIN experiment AS e ON e.exp_id = a.exp_id AND e.primary_kpi = '7d hours watched'
  LEFT JOIN kpi_outcome AS k ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
  WHERE CAST(a.assigned_at AS DATE) + 7 <= $today
  GROUP BY a.exp_id, a.variant_id, a.unit_id
),
theta AS (
  SELECT exp_id, covar_samp(hours, before) / nullif(var_samp(before), 0) AS theta, avg(before) AS mean_before,
         corr(hours, before) AS correlation
  FROM unit
  GROUP BY exp_id
),
arm AS (
  SELECT u.exp_id, u.variant_id, t.correlation,
         avg(u.hours) AS mean, var_samp(u.hours) / count(*) AS var_of_mean,
         avg(u.hours - COALESCE(t.theta, 0) * (u.before - t.mean_before)) AS adjusted_mean,
         var_samp(u.hours - COALESCE(t.theta, 0) * (u.before - t.mean_before)) / count(*) AS adjusted_var
  FROM unit AS u
  JOIN theta AS t ON t.exp_id = u.exp_id
  GROUP BY u.exp_id, u.variant_id, t.correlation
)
SELECT t.exp_id, t.variant_id,
       round(t.correlation, 2) AS correlation,
       round(100 * (t.mean / nullif(c.mean, 0) - 1), 1) AS lift_percent,
       round(196 * sqrt(t.var_of_mean + c.var_of_mean) / nullif(c.mean, 0), 1) AS plus_minus,
       round(100 * (t.adjusted_mean / nullif(c.adjusted_mean, 0) - 1), 1) AS cuped_lift_percent,
       round(196 * sqrt(t.adjusted_var + c.adjusted_var) / nullif(c.adjusted_mean, 0), 1) AS cuped_plus_minus
FROM arm AS t
JOIN arm AS c ON c.exp_id = t.exp_id AND c.variant_id = 'control'
WHERE t.variant_id <> 'control'
ORDER BY t.exp_id, t.variant_id;

-- name: pre-period
-- title: Were the arms alike before?
-- question: Did the variants differ in the 14 days before anybody was treated?
-- answers: pre-period
-- ordered: yes
-- notice: Before the assignment nothing can have had an effect, so a difference is chance or a fault. z says how many
--   standard errors apart the arms are; beyond 3 somebody should look before the result is read. exp-103 stands out from
--   about 100,000 outcome rows on: the units that were lost watched less.
WITH unit AS (
  SELECT a.exp_id, a.variant_id, a.unit_id, COALESCE(sum(k.kpi_value), 0) AS before
  FROM assignment AS a
  JOIN experiment AS e ON e.exp_id = a.exp_id AND e.unit = 'PROFILE'
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
   AND k.metric_date >= CAST(a.assigned_at AS DATE) - 14 AND k.metric_date < CAST(a.assigned_at AS DATE)
  GROUP BY a.exp_id, a.variant_id, a.unit_id
),
arm AS (
  SELECT exp_id, variant_id, count(*) AS units, avg(before) AS mean, var_samp(before) / count(*) AS var_of_mean,
         avg(CASE WHEN before = 0 THEN 1.0 ELSE 0.0 END) AS without_past
  FROM unit
  GROUP BY exp_id, variant_id
)
SELECT t.exp_id, t.variant_id,
       round(c.mean, 2) AS control_hours_before,
       round(t.mean, 2) AS hours_before,
       round(100 * (t.mean / nullif(c.mean, 0) - 1), 1) AS difference_percent,
       round((t.mean - c.mean) / nullif(sqrt(t.var_of_mean + c.var_of_mean), 0), 2) AS z,
       round(100 * t.without_past, 1) AS percent_without_past
FROM arm AS t
JOIN arm AS c ON c.exp_id = t.exp_id AND c.variant_id = 'control'
WHERE t.variant_id <> 'control'
ORDER BY abs((t.mean - c.mean) / nullif(sqrt(t.var_of_mean + c.var_of_mean), 0)) DESC NULLS LAST, t.exp_id, t.variant_id;

-- name: stratified
-- title: Lift within each country
-- question: What is the lift when each country is compared with itself and all are put together with the same weights?
-- answers: stratification, lift
-- param: exp VARCHAR = 'exp-103'
-- ordered: yes
-- notice: The last row weighs each country by its units in both arms together. For exp-103 the plain lift is made by the
--   mix: the countries that watch less are thin in treatment_a. Stratified, little is left of it. Strata must be known
--   before the assignment (country, plan, hours before); a stratum that the treatment itself can change is not one.
WITH unit AS (
  SELECT p.country_code, a.variant_id, a.unit_id, COALESCE(sum(k.kpi_value), 0) AS hours
  FROM assignment AS a
  JOIN profile AS p ON p.profile_id = CAST(a.unit_id AS BIGINT)
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
   AND k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date < CAST(a.assigned_at AS DATE) + 7
  WHERE a.exp_id = $exp AND a.variant_id IN ('control', 'treatment_a')
  GROUP BY p.country_code, a.variant_id, a.unit_id
),
stratum AS (
  SELECT country_code, count(*) AS units,
         count(*) FILTER (WHERE variant_id = 'control') AS control_units,
         count(*) FILTER (WHERE variant_id = 'treatment_a') AS treatment_units,
         avg(hours) FILTER (WHERE variant_id = 'control') AS control_hours,
         avg(hours) FILTER (WHERE variant_id = 'treatment_a') AS treatment_hours
  FROM unit
  GROUP BY country_code
),
line AS (
  SELECT 1 AS block, country_code AS stratum, control_units, treatment_units, control_hours, treatment_hours FROM stratum
  UNION ALL
  SELECT 2, 'all, as it is', count(*) FILTER (WHERE variant_id = 'control'), count(*) FILTER (WHERE variant_id = 'treatment_a'),
         avg(hours) FILTER (WHERE variant_id = 'control'), avg(hours) FILTER (WHERE variant_id = 'treatment_a')
  FROM unit
  UNION ALL
  SELECT 3, 'all, stratified', sum(control_units), sum(treatment_units),
         sum(units * control_hours) / sum(units), sum(units * treatment_hours) / sum(units)
  FROM stratum
  WHERE control_units > 0 AND treatment_units > 0
)
SELECT stratum, control_units, treatment_units,
       round(control_hours, 2) AS control_hours,
       round(treatment_hours, 2) AS treatment_hours,
       round(100 * (treatment_hours / nullif(control_hours, 0) - 1), 1) AS lift_percent
FROM line
ORDER BY block, stratum;

-- name: denominator
-- title: Who is in the average?
-- question: What does the lift become when the average is taken over outcome rows instead of assigned units?
-- answers: lift
-- param: exp VARCHAR = 'exp-101'
-- ordered: yes
-- notice: A day without watching has no row. AVG(kpi_value) over the outcomes is therefore hours on days with any, and who
--   never came back is not in it at all: another KPI, with another lift and no valid interval, as the rows of one unit
--   are alike. The documented table invites this, because it can be averaged without looking at assignment. Begin with
--   assignment, join the outcomes from the left, and make the missing ones zero.
WITH window_of AS (
  SELECT a.variant_id, a.unit_id, k.kpi_value
  FROM assignment AS a
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
   AND k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date < CAST(a.assigned_at AS DATE) + 7
  WHERE a.exp_id = $exp
)
SELECT variant_id,
       count(DISTINCT unit_id) AS assigned_units,
       count(DISTINCT unit_id) FILTER (WHERE kpi_value IS NOT NULL) AS units_with_outcome,
       count(kpi_value) AS outcome_rows,
       round(avg(kpi_value), 3) AS hours_per_row,
       round(sum(kpi_value) / nullif(count(DISTINCT unit_id) FILTER (WHERE kpi_value IS NOT NULL), 0), 3) AS hours_per_unit_with_outcome,
       round(COALESCE(sum(kpi_value), 0) / count(DISTINCT unit_id), 3) AS hours_per_assigned_unit
FROM window_of
GROUP BY variant_id
ORDER BY variant_id;

-- name: contamination
-- title: Households in both arms
-- question: In which experiments do people of one household see different variants?
-- answers: contamination
-- ordered: yes
-- notice: Every PROFILE experiment splits households: of those with several assigned profiles half or more are in both arms. That
--   is harmless for the order of one person's home screen, and fatal for a price, or for a watchlist the household shares.
--   An ACCOUNT experiment has none by construction; the row shows zero.
WITH member AS (
  SELECT a.exp_id, e.unit, a.unit_id, a.variant_id,
         CASE e.unit WHEN 'PROFILE' THEN p.account_id ELSE CAST(a.unit_id AS BIGINT) END AS account_id
  FROM assignment AS a
  JOIN experiment AS e ON e.exp_id = a.exp_id
  LEFT JOIN profile AS p ON e.unit = 'PROFILE' AND p.profile_id = CAST(a.unit_id AS BIGINT)
),
household AS (
  SELECT exp_id, unit, account_id, count(*) AS units, count(DISTINCT variant_id) AS variants
  FROM member
  GROUP BY exp_id, unit, account_id
)
SELECT h.exp_id, e.name, h.unit,
       count(*) AS households,
       count(*) FILTER (WHERE h.units > 1) AS with_several_units,
       count(*) FILTER (WHERE h.variants > 1) AS in_both_arms,
       COALESCE(sum(h.units) FILTER (WHERE h.variants > 1), 0) AS units_in_them,
       round(100.0 * COALESCE(sum(h.units) FILTER (WHERE h.variants > 1), 0) / sum(h.units), 1) AS percent_of_units
FROM household AS h
JOIN experiment AS e ON e.exp_id = h.exp_id
GROUP BY h.exp_id, e.name, h.unit
ORDER BY percent_of_units DESC, h.exp_id;

-- name: contamination-effect
-- title: What contamination does to the lift
-- question: Is the lift smaller in households that are in both arms?
-- answers: contamination, lift
-- param: exp VARCHAR = 'exp-105'
-- ordered: yes
-- notice: In exp-105 a watchlist is shared: a control profile next to a treated one watches more as well. Where all assigned
--   profiles of a household have one variant nearly all of the true 25 percent shows; where they are split the two arms
--   come close to each other, and the figure over all lies between. The lift is adjusted by the past of each unit (CUPED);
--   at 100,000 outcome rows it is still uncertain by five to ten points, at a million it is plain. Leaving the split
--   households out of the analysis is no repair: only the unit ACCOUNT is.
WITH unit AS (
  SELECT a.variant_id, a.unit_id, p.account_id,
         COALESCE(sum(k.kpi_value) FILTER (WHERE k.metric_date >= CAST(a.assigned_at AS DATE)), 0) AS hours,
         COALESCE(sum(k.kpi_value) FILTER (WHERE k.metric_date < CAST(a.assigned_at AS DATE)), 0) AS before
  FROM assignment AS a
  JOIN profile AS p ON p.profile_id = CAST(a.unit_id AS BIGINT)
  LEFT JOIN kpi_outcome AS k ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
  WHERE a.exp_id = $exp
  GROUP BY a.variant_id, a.unit_id, p.account_id
),
household AS (
  SELECT account_id, count(DISTINCT variant_id) AS variants
  FROM unit
  GROUP BY account_id
),
theta AS (
  SELECT COALESCE(covar_samp(hours, before) / nullif(var_samp(before), 0), 0) AS theta, avg(before) AS mean_before
  FROM unit
),
adjusted AS (
  SELECT u.variant_id, u.account_id, u.hours, u.hours - t.theta * (u.before - t.mean_before) AS adjusted_hours
  FROM unit AS u, theta AS t
),
labelled AS (
  SELECT CASE WHEN h.variants > 1 THEN '2: both variants' ELSE '1: one variant' END AS household,
         a.variant_id, a.hours, a.adjusted_hours
  FROM adjusted AS a
  JOIN household AS h ON h.account_id = a.account_id
  UNION ALL
  SELECT '3: all together', variant_id, hours, adjusted_hours FROM adjusted
)
SELECT household,
       count(*) FILTER (WHERE variant_id = 'control') AS control_units,
       count(*) FILTER (WHERE variant_id = 'treatment_a') AS treatment_units,
       round(avg(hours) FILTER (WHERE variant_id = 'control'), 2) AS control_hours,
       round(avg(hours) FILTER (WHERE variant_id = 'treatment_a'), 2) AS treatment_hours,
       round(100 * (avg(adjusted_hours) FILTER (WHERE variant_id = 'treatment_a')
                  / nullif(avg(adjusted_hours) FILTER (WHERE variant_id = 'control'), 0) - 1), 1) AS adjusted_lift_percent
FROM labelled
GROUP BY household
ORDER BY household;

-- name: novelty
-- title: Does the effect last?
-- question: How does the lift of exp-104 change from the first week after the assignment to the third?
-- answers: novelty, lift
-- param: exp VARCHAR = 'exp-104'
-- ordered: yes
-- notice: Week 0 and -1 are before the assignment, where no lift can be. Planted for treatment_a: 30 percent in the first
--   week, 4 percent afterwards. People try what is new. A KPI of seven days reports the first week and nothing else; the
--   decision should rest on the later ones. treatment_b stays near zero throughout.
WITH daily AS (
  SELECT a.variant_id, a.unit_id, k.kpi_value,
         CAST(floor((k.metric_date - CAST(a.assigned_at AS DATE)) / 7.0) AS BIGINT) + 1 AS week
  FROM assignment AS a
  JOIN kpi_outcome AS k ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
  WHERE a.exp_id = $exp
),
arm AS (
  SELECT variant_id, count(*) AS units FROM assignment WHERE exp_id = $exp GROUP BY variant_id
),
weekly AS (
  SELECT d.week,
         sum(d.kpi_value) FILTER (WHERE d.variant_id = 'control') / max(c.units) AS control_hours,
         sum(d.kpi_value) FILTER (WHERE d.variant_id = 'treatment_a') / max(ta.units) AS a_hours,
         sum(d.kpi_value) FILTER (WHERE d.variant_id = 'treatment_b') / max(tb.units) AS b_hours
  FROM daily AS d
  JOIN arm AS c ON c.variant_id = 'control'
  LEFT JOIN arm AS ta ON ta.variant_id = 'treatment_a'
  LEFT JOIN arm AS tb ON tb.variant_id = 'treatment_b'
  GROUP BY d.week
)
SELECT week,
       round(control_hours, 2) AS control_hours,
       round(a_hours, 2) AS treatment_a_hours,
       round(100 * (a_hours / nullif(control_hours, 0) - 1), 1) AS treatment_a_lift,
       round(b_hours, 2) AS treatment_b_hours,
       round(100 * (b_hours / nullif(control_hours, 0) - 1), 1) AS treatment_b_lift
FROM weekly
ORDER BY week;

-- name: peeking
-- title: Looking every day
-- question: What would somebody have seen who tested an experiment anew each day?
-- answers: peeking
-- param: exp VARCHAR = 'exp-102'
-- ordered: yes
-- notice: exp-102 is an A/A test: both arms are the same page. z still wanders with the days, since each day's value is made
--   of nearly the same units as the day before. A single look beyond 1.96 happens by chance once in twenty; looking every
--   day and stopping at the first "significant" one finds something in every fourth A/A test. Decide the day beforehand.
WITH day AS (
  SELECT CAST(start_time AS DATE) + CAST(i AS INT) AS day
  FROM experiment, range(2, 29) AS r(i)
  WHERE exp_id = $exp
),
unit AS (
  SELECT d.day, a.variant_id, a.unit_id, COALESCE(sum(k.kpi_value), 0) AS hours
  FROM day AS d
  JOIN assignment AS a ON a.exp_id = $exp AND CAST(a.assigned_at AS DATE) < d.day
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = 'watch_hours'
   AND k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date < d.day
  GROUP BY d.day, a.variant_id, a.unit_id
),
arm AS (
  SELECT day, variant_id, count(*) AS units, avg(hours) AS mean, var_samp(hours) / count(*) AS var_of_mean
  FROM unit
  GROUP BY day, variant_id
)
SELECT t.day,
       c.units + t.units AS units,
       round(100 * (t.mean / nullif(c.mean, 0) - 1), 1) AS lift_percent,
       round((t.mean - c.mean) / nullif(sqrt(t.var_of_mean + c.var_of_mean), 0), 2) AS z,
       COALESCE(abs((t.mean - c.mean) / nullif(sqrt(t.var_of_mean + c.var_of_mean), 0)) > 1.96, FALSE) AS looks_significant
FROM arm AS t
JOIN arm AS c ON c.day = t.day AND c.variant_id = 'control'
WHERE t.variant_id = 'treatment_a'
ORDER BY t.day;

-- name: conversion-and-retention
-- title: The price: conversion and the guardrail
-- question: Does the lower price sell more, and do people stay? The same guardrail for the other experiments that have it.
-- answers: guardrail, lift
-- ordered: yes
-- notice: Shares of assigned units. Conversion has rows for buyers only, so its denominator must come from assignment;
--   retention_d30 has a row with 0 or 1 for everybody and would survive an AVG. In exp-106 conversion is planted at 14
--   against 7 percent and retention a little lower with treatment_a: the primary KPI alone would hide that. Only one
--   account in five got the new price, so its interval is twice as wide as that of control.
WITH wanted AS (
  SELECT DISTINCT exp_id, kpi_name FROM kpi_outcome WHERE kpi_name IN ('conversion', 'retention_d30')
),
unit AS (
  SELECT a.exp_id, w.kpi_name, a.variant_id, a.unit_id, COALESCE(max(k.kpi_value), 0) AS reached
  FROM wanted AS w
  JOIN assignment AS a ON a.exp_id = w.exp_id
  LEFT JOIN kpi_outcome AS k
    ON k.exp_id = a.exp_id AND k.unit_id = a.unit_id AND k.kpi_name = w.kpi_name
   AND k.metric_date >= CAST(a.assigned_at AS DATE) AND k.metric_date <= CAST(a.assigned_at AS DATE) + 30
  GROUP BY a.exp_id, w.kpi_name, a.variant_id, a.unit_id
)
SELECT exp_id, kpi_name, variant_id,
       count(*) AS units,
       CAST(sum(reached) AS BIGINT) AS reached,
       round(100 * avg(reached), 1) AS percent,
       round(196 * sqrt(avg(reached) * (1 - avg(reached)) / count(*)), 1) AS plus_minus
FROM unit
GROUP BY exp_id, kpi_name, variant_id
ORDER BY kpi_name, exp_id, variant_id;

-- name: ambiguous-units
-- title: One text, two units
-- question: How many units of the price experiment seem to have been in exp-105 as well, and how many really were?
-- answers: unit-types
-- ordered: yes
-- notice: unit_id 1004 is an account in exp-106 and a profile in exp-105. Joined on unit_id alone the two experiments seem to
--   share units; nearly all of these pairs are strangers to each other. The right way leads from the profile to its
--   account. Nothing in the table refuses the wrong join: the type of the unit stands in a third table.
SELECT 'joined on unit_id' AS way,
       count(*) AS pairs,
       count(*) FILTER (WHERE p.account_id = CAST(a.unit_id AS BIGINT)) AS same_household
FROM assignment AS a
JOIN assignment AS b ON b.exp_id = 'exp-105' AND b.unit_id = a.unit_id
JOIN profile AS p ON p.profile_id = CAST(b.unit_id AS BIGINT)
WHERE a.exp_id = 'exp-106'
UNION ALL
SELECT 'from the profile to its account', count(*), count(*)
FROM assignment AS b
JOIN profile AS p ON p.profile_id = CAST(b.unit_id AS BIGINT)
JOIN assignment AS a ON a.exp_id = 'exp-106' AND a.unit_id = CAST(p.account_id AS VARCHAR)
WHERE b.exp_id = 'exp-105'
ORDER BY way DESC;
