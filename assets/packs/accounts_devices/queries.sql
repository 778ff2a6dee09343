-- name: devices-of-profile
-- title: Devices a profile may use
-- question: Which devices is this profile linked to, newest registration first?
-- answers: devices-of-profile
-- param: profile BIGINT = SELECT l.profile_id FROM profile_device_link AS l JOIN profile_device_link AS other ON other.device_id = l.device_id
--   GROUP BY l.profile_id ORDER BY count(*) DESC, l.profile_id LIMIT 1
-- ordered: yes
-- notice: One short range of the junction, read by the leading column of its key, and a lookup for each device. The column
--   also_used_by counts the other profiles of each device: a television has several, a telephone mostly none.
SELECT d.device_id,
       d.device_type,
       d.registered_at,
       (SELECT count(*) FROM profile_device_link AS other
        WHERE other.device_id = l.device_id AND other.profile_id <> l.profile_id) AS also_used_by
FROM profile_device_link AS l
JOIN device AS d ON d.device_id = l.device_id
WHERE l.profile_id = $profile
ORDER BY d.registered_at DESC, d.device_id;

-- name: profiles-of-device
-- title: Who is watching?
-- question: Which profiles does this television offer when it is switched on?
-- answers: devices-of-profile
-- param: device VARCHAR = SELECT l.device_id FROM profile_device_link AS l JOIN device AS d ON d.device_id = l.device_id
--   WHERE d.device_type = 'TV' GROUP BY l.device_id ORDER BY count(*) DESC, l.device_id LIMIT 1
-- ordered: yes
-- notice: The same junction from the other side. The key begins with profile_id, so it is of no use here: a row store reads
--   the whole table until there is an index on device_id.
SELECT p.profile_id, p.name, p.is_kids, p.language_pref, p.created_at
FROM profile_device_link AS l
JOIN profile AS p ON p.profile_id = l.profile_id
WHERE l.device_id = $device
ORDER BY p.created_at, p.profile_id;

-- name: household
-- title: One household at a glance
-- question: Which devices does this account have, and who uses each of them?
-- answers: household, devices-of-profile
-- param: account BIGINT = SELECT p.account_id FROM (SELECT account_id, count(*) AS people, bool_or(is_kids) AS kids FROM profile GROUP BY account_id) AS p
--   JOIN (SELECT account_id, count(*) AS devices FROM device GROUP BY account_id) AS d ON d.account_id = p.account_id
--   ORDER BY p.kids DESC, abs(d.devices - 6), p.people DESC, p.account_id DESC LIMIT 1
-- ordered: yes
-- notice: Two LEFT JOINs, because a device nobody is linked to belongs to the household as well: used_by is NULL there.
--   of_profiles is the same in each row: how many people there are to choose from.
WITH people AS (
  SELECT count(*) AS of_profiles FROM profile WHERE account_id = $account
)
SELECT d.device_type,
       d.registered_at,
       count(p.profile_id) AS profiles,
       (SELECT of_profiles FROM people) AS of_profiles,
       string_agg(p.name || CASE WHEN p.is_kids THEN ' (kids)' ELSE '' END, ', ' ORDER BY p.profile_id) AS used_by,
       d.device_id
FROM device AS d
LEFT JOIN profile_device_link AS l ON l.device_id = d.device_id
LEFT JOIN profile AS p ON p.profile_id = l.profile_id
WHERE d.account_id = $account
GROUP BY d.device_id, d.device_type, d.registered_at
ORDER BY d.registered_at, d.device_id;

-- name: over-device-limit
-- title: Accounts over their device limit
-- question: Which accounts have more registered devices than the limit?
-- answers: device-limit
-- param: device_limit INTEGER = 6
-- ordered: yes
-- notice: A long tail: most households have two to four devices, a few have more than twenty. The model does not store the
--   limit, so it comes in as a parameter. Look at the first and the newest registration: years lie between them, and
--   nothing tells which of the devices still exist.
SELECT d.account_id,
       a.home_country,
       count(*) AS devices,
       count(*) - $device_limit AS over_by,
       count(*) FILTER (WHERE d.device_type = 'TV') AS tv,
       count(*) FILTER (WHERE d.device_type = 'mobile') AS mobile,
       count(*) FILTER (WHERE d.device_type = 'web') AS web,
       CAST(min(d.registered_at) AS DATE) AS first_registered,
       CAST(max(d.registered_at) AS DATE) AS newest_registered
FROM device AS d
JOIN account AS a ON a.account_id = d.account_id
GROUP BY d.account_id, a.home_country
HAVING count(*) > $device_limit
ORDER BY devices DESC, d.account_id;

-- name: limit-read-three-ways
-- title: One limit, three readings
-- question: How many households does a limit hit when it counts all registrations, those in use by somebody, or those of the last two years?
-- answers: device-limit
-- ordered: yes
-- notice: Read a row from left to right: the same limit, and fewer and fewer households over it. None of the three is what
--   the plan sells (screens at the same time), and the model has no better number: no last use, no sign-off, no running
--   stream. That is why the limit belongs into a store of active streams.
WITH clock AS (
  SELECT max(registered_at) AS newest FROM device
),
linked AS (
  SELECT DISTINCT device_id FROM profile_device_link
),
counted AS (
  SELECT d.account_id,
         count(*) AS registered,
         count(l.device_id) AS used,
         count(l.device_id) FILTER (WHERE d.registered_at >= (SELECT newest FROM clock) - INTERVAL '2' YEAR) AS young
  FROM device AS d
  LEFT JOIN linked AS l ON l.device_id = d.device_id
  GROUP BY d.account_id
),
limits (device_limit) AS (
  VALUES (2), (3), (4), (5), (6), (8), (10)
)
SELECT m.device_limit,
       count(*) FILTER (WHERE c.registered > m.device_limit) AS all_registrations,
       count(*) FILTER (WHERE c.used > m.device_limit) AS used_by_somebody,
       count(*) FILTER (WHERE c.young > m.device_limit) AS used_and_of_two_years,
       count(*) AS households
FROM limits AS m
CROSS JOIN counted AS c
GROUP BY m.device_limit
ORDER BY m.device_limit;

-- name: kids-profiles
-- title: Kids profiles and their age
-- question: How many kids profiles are there by year in which they were made, and in how many households?
-- answers: kids
-- ordered: yes
-- notice: The first rows lie years back. Whoever was six then is not any more, but the switch is still on: a BOOLEAN knows no
--   age and nobody is asked to look again. made_with_account tells how many came on the day of sign-up.
SELECT EXTRACT(YEAR FROM p.created_at) AS made_in,
       count(*) AS kids_profiles,
       count(DISTINCT p.account_id) AS households,
       count(*) FILTER (WHERE CAST(p.created_at AS DATE) = CAST(a.created_at AS DATE)) AS made_with_account,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent_of_kids
FROM profile AS p
JOIN account AS a ON a.account_id = p.account_id
WHERE p.is_kids
GROUP BY made_in
ORDER BY made_in;

-- name: kids-by-country
-- title: Households with kids
-- question: What share of households in each country has a kids profile?
-- answers: kids, locale
-- ordered: yes
-- notice: Counted by household, not by profile: an account with two kids profiles counts once. The LEFT JOIN is not needed,
--   as every account has a profile; bool_or over the profiles answers "is there any".
WITH household AS (
  SELECT a.account_id, a.home_country,
         bool_or(p.is_kids) AS has_kids,
         count(*) AS profiles
  FROM account AS a
  JOIN profile AS p ON p.account_id = a.account_id
  GROUP BY a.account_id, a.home_country
)
SELECT home_country,
       count(*) AS households,
       count(*) FILTER (WHERE has_kids) AS with_kids,
       round(100.0 * count(*) FILTER (WHERE has_kids) / count(*), 1) AS with_kids_percent,
       round(avg(profiles), 2) AS profiles_per_household,
       round(avg(profiles) FILTER (WHERE has_kids), 2) AS where_kids_are
FROM household
GROUP BY home_country
ORDER BY households DESC, home_country;

-- name: kids-on-shared-devices
-- title: Kids on devices of adults
-- question: How many of the devices kids use are also used by an adult, by kind of device?
-- answers: kids, devices-of-profile
-- ordered: yes
-- notice: Nearly every television a child uses is shared with an adult, so the switch has to follow the profile and never
--   the device. Telephones that belong to a child alone are the exception: there a lock on the device would do.
WITH device_users AS (
  SELECT l.device_id,
         bool_or(p.is_kids) AS by_kids,
         bool_or(NOT p.is_kids) AS by_adults
  FROM profile_device_link AS l
  JOIN profile AS p ON p.profile_id = l.profile_id
  GROUP BY l.device_id
)
SELECT d.device_type,
       count(*) AS devices_of_kids,
       count(*) FILTER (WHERE u.by_adults) AS shared_with_adults,
       round(100.0 * count(*) FILTER (WHERE u.by_adults) / count(*), 1) AS shared_percent
FROM device_users AS u
JOIN device AS d ON d.device_id = u.device_id
WHERE u.by_kids
GROUP BY d.device_type
ORDER BY devices_of_kids DESC, d.device_type;

-- name: languages-by-country
-- title: Languages of a country
-- question: Which languages do profiles choose in each country?
-- answers: locale
-- ordered: yes
-- notice: The country does not give the language: the US has en-US and es-MX, India two. NULL means that nobody chose one; an
--   app falls back to the language of the device, then to that of the country. en-GB, hi-IN and ja-JP are languages the
--   content catalog has no texts in, so these profiles read the fallback en-US.
SELECT a.home_country,
       p.language_pref,
       count(*) AS profiles,
       round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY a.home_country), 1) AS percent_of_country
FROM profile AS p
JOIN account AS a ON a.account_id = p.account_id
GROUP BY a.home_country, p.language_pref
ORDER BY a.home_country, profiles DESC, p.language_pref NULLS LAST;

-- name: sign-ups-by-month
-- title: New accounts by month
-- question: How many accounts and devices came in each of the last fourteen months?
-- answers: growth
-- ordered: yes
-- notice: Accounts grow slowly from month to month, devices faster, because the households of all the years before add some
--   as well. December stands out: telephones unpacked after Christmas, and so the lowest share of televisions. (In a
--   tiny data set chance is louder than both.)
WITH span AS (
  SELECT CAST(date_trunc('month', max(created_at)) AS DATE) AS newest FROM account
),
month AS (
  SELECT CAST((SELECT newest FROM span) - n * INTERVAL '1' MONTH AS DATE) AS first_day
  FROM range(0, 14) AS r(n)
),
new_accounts AS (
  SELECT CAST(date_trunc('month', created_at) AS DATE) AS first_day, count(*) AS accounts
  FROM account
  GROUP BY 1
),
new_devices AS (
  SELECT CAST(date_trunc('month', registered_at) AS DATE) AS first_day,
         count(*) AS devices,
         count(*) FILTER (WHERE device_type = 'TV') AS tv
  FROM device
  GROUP BY 1
)
SELECT m.first_day AS month,
       COALESCE(a.accounts, 0) AS accounts,
       COALESCE(d.devices, 0) AS devices,
       round(100.0 * d.tv / d.devices, 1) AS tv_percent
FROM month AS m
LEFT JOIN new_accounts AS a ON a.first_day = m.first_day
LEFT JOIN new_devices AS d ON d.first_day = m.first_day
ORDER BY m.first_day;

-- name: links-across-accounts
-- title: Links into another household
-- question: Which profiles are linked to a device that belongs to another account?
-- answers: devices-of-profile
-- ordered: yes
-- notice: Five rows at every scale, and not one constraint is violated. Compare the two dates: the profile was made years
--   before the device was registered with its present household. It was sold on, and the link of the household before
--   was left behind.
SELECT l.device_id,
       d.device_type,
       d.account_id AS device_account,
       CAST(d.registered_at AS DATE) AS device_registered,
       p.account_id AS profile_account,
       p.profile_id,
       p.name,
       CAST(p.created_at AS DATE) AS profile_created
FROM profile_device_link AS l
JOIN profile AS p ON p.profile_id = l.profile_id
JOIN device AS d ON d.device_id = l.device_id
WHERE p.account_id <> d.account_id
ORDER BY p.account_id, l.device_id, p.profile_id;

-- name: devices-without-link
-- title: Devices nobody is linked to
-- question: How many devices have no profile at all, by kind?
-- answers: devices-of-profile, household
-- ordered: yes
-- notice: A few in a hundred, of every kind. The model cannot say what they are: forbidden for everybody, never used, or used
--   long ago and tidied up. A missing row has one meaning only if the table has one meaning.
SELECT d.device_type,
       count(*) AS devices,
       count(*) FILTER (WHERE l.device_id IS NULL) AS without_link,
       round(100.0 * count(*) FILTER (WHERE l.device_id IS NULL) / count(*), 1) AS without_link_percent
FROM device AS d
LEFT JOIN (SELECT DISTINCT device_id FROM profile_device_link) AS l ON l.device_id = d.device_id
GROUP BY d.device_type
ORDER BY devices DESC, d.device_type;

-- name: foreign-currency
-- title: Paying in a foreign currency
-- question: Which accounts pay in a currency that is not the one of their country?
-- answers: locale
-- ordered: yes
-- notice: About one account in 83: households that have moved. The country was overwritten and the currency stayed, so any
--   revenue by country counts their old months for the new country, too. When they moved is not stored.
WITH usual (home_country, currency) AS (
  VALUES ('US', 'USD'), ('BR', 'BRL'), ('IN', 'INR'), ('MX', 'MXN'), ('DE', 'EUR'), ('GB', 'GBP'), ('FR', 'EUR'), ('JP', 'JPY')
)
SELECT a.account_id,
       a.created_at,
       a.home_country,
       u.currency AS usual_currency,
       a.billing_currency
FROM account AS a
JOIN usual AS u ON u.home_country = a.home_country
WHERE a.billing_currency <> u.currency
ORDER BY a.account_id;

-- name: same-name-twice
-- title: Two profiles of one name
-- question: In which households do two profiles have the same name?
-- answers: household
-- ordered: yes
-- notice: Nothing in the table forbids it. Only the number tells them apart, and nobody sees a number on the screen.
SELECT p.account_id,
       lower(p.name) AS folded_name,
       count(*) AS profiles,
       min(p.profile_id) AS first_profile,
       max(p.profile_id) AS last_profile,
       bool_or(p.is_kids) AS one_is_for_kids
FROM profile AS p
GROUP BY p.account_id, lower(p.name)
HAVING count(*) > 1
ORDER BY p.account_id, folded_name;
