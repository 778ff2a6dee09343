//! Lists of words, separated by spaces.

/// Words DuckDB 2.0 does not take as the name of a table and of a column everywhere.
pub(super) const DUCKDB_NAMES: &str = "\
    all analyse analyze and anti any array as asc asof asymmetric at authorization binary both \
    by case cast check collate collation column concurrently constraint create cross default \
    deferrable desc describe distinct do else end except false fetch for foreign freeze from \
    full glob group having ilike in initially inner intersect into is isnull join lambda lateral \
    leading left like limit natural not notnull null offset on only or order outer overlaps \
    pivot pivot_longer pivot_wider placing positional primary qualify references returning right \
    select semi show similar some summarize symmetric table tablesample then to trailing true \
    union unique unpack unpivot using variadic verbose when where window with";

/// Words that one of the other engines, or the parser we check with, keeps for itself.
///
/// One list for four engines: quoting a word one of them would take bare is no fault.
pub(super) const COMMON_NAMES: &str = "\
    abort accessible action add after all alter always analyse analyze and anti any array as asc \
    asensitive asymmetric attach authorization autoincrement before begin between bigint binary \
    blob both by call cascade case cast change char character check clustered collate collation \
    column commit concurrently condition conflict constraint continue convert create cross cube \
    cume_dist current current_catalog current_date current_role current_schema current_time \
    current_timestamp current_user cursor database databases day_hour dec decimal declare \
    default deferrable deferred delayed delete dense_rank desc describe detach deterministic \
    distinct distinctrow div do double drop dual each else elseif empty enclosed end escape \
    escaped except exclude exclusive exists exit explain fail false fetch filter first_value \
    float following for force foreign freeze from full fulltext function generated get glob \
    grant group grouping groups having high_priority if ignore ilike immediate in index indexed \
    infile initially inner inout insensitive insert instead int integer intersect interval into \
    is isnull iterate join json_table key keys kill lag last_value lateral lead leading leave \
    left like limit linear lines load localtime localtimestamp lock long longblob longtext loop \
    match materialized mediumint minus mod modifies natural no not nothing notnull nth_value \
    ntile null nulls numeric of offset on only optimize option optionally or order others out \
    outer outfile over overlaps partition percent_rank placing plan pragma preceding precision \
    primary procedure purge qualify query raise range rank read reads real recursive references \
    regexp reindex release rename repeat replace require resignal restrict return returning \
    revoke right rlike rollback row row_number rows savepoint schema schemas select semi \
    sensitive separator session_user set show signal similar smallint some spatial specific sql \
    ssl starting stored straight_join symmetric system system_user table tablesample temp \
    temporary terminated then ties tinyint to trailing transaction trigger true unbounded undo \
    union unique unlock unsigned update usage use user using vacuum values varbinary varchar \
    variadic varying verbose view virtual when where while window with within without write xor \
    zerofill";

/// Functions of MySQL, SQLite and most others.
pub(super) const COMMON_FUNCTIONS: &str = "\
    abs avg cast ceil coalesce concat count cume_dist dense_rank exp first_value floor lag \
    last_value lead length ln log lower ltrim max min mod nth_value ntile nullif percent_rank \
    power rank replace round row_number rtrim sign sqrt substr substring sum trim upper";

/// Functions of MySQL beyond the common ones.
pub(super) const MYSQL_FUNCTIONS: &str = "\
    ascii bit_and bit_or ceiling char_length character_length concat_ws crc32 date date_add \
    date_format date_sub datediff day dayofmonth dayofweek dayofyear extract field find_in_set \
    format from_unixtime greatest group_concat hex hour if ifnull instr json_array json_arrayagg \
    json_extract json_object json_objectagg json_unquote json_valid last_day lcase least left \
    locate lpad md5 minute month now octet_length position pow quarter rand regexp_like repeat \
    reverse right rpad second sha1 sha2 stddev timestampdiff truncate ucase unhex unix_timestamp \
    utc_date uuid values variance week weekday year";

/// Functions of SQLite beyond the common ones.
pub(super) const SQLITE_FUNCTIONS: &str = "\
    char concat_ws date datetime format glob group_concat hex ifnull iif instr json json_array \
    json_array_length json_extract json_group_array json_group_object json_object json_type \
    json_valid julianday likelihood pow printf quote random randomblob strftime time total trunc \
    typeof unhex unicode unixepoch zeroblob";

/// Functions of DuckDB 2.0 that documents use.
pub(super) const DUCKDB_FUNCTIONS: &str = "\
    abs acos acosh age aggregate alias any_value approx_count_distinct approx_quantile \
    approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last arg_min arg_min_null \
    arg_min_nulls_last argmax argmin array_agg array_aggr array_aggregate array_append \
    array_apply array_cat array_concat array_contains array_cosine_distance \
    array_cosine_similarity array_distance array_distinct array_dot_product array_extract \
    array_filter array_has array_has_all array_has_any array_indexof array_inner_product \
    array_intersect array_length array_pop_back array_pop_front array_position array_prepend \
    array_push_back array_push_front array_reduce array_resize array_reverse array_reverse_sort \
    array_select array_slice array_sort array_to_json array_to_string \
    array_to_string_comma_default array_transform array_unique array_value array_where array_zip \
    ascii asin asinh assert_true atan atan2 atanh avg bin bit_and bit_count bit_length bit_or \
    bit_position bit_xor bitstring bool_and bool_or cast cbrt ceil ceiling century char_length \
    character_length chr coalesce concat concat_ws contains corr cos cosh cot count count_if \
    count_star covar_pop covar_samp cume_dist current_date current_timestamp current_user \
    currval date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc \
    day dayname dayofmonth dayofweek dayofyear days_in_month decade decimal_average degrees \
    dense_rank element_at encode ends_with entropy epoch epoch_ms era even exp extract factorial \
    filter first first_value flatten floor format from_base64 from_hex from_json \
    from_json_strict gamma gcd gen_random_uuid generate_series generate_subscripts getvariable \
    greatest greatest_common_divisor group_concat hash hex histogram histogram_exact hour if \
    instr isfinite isinf isnan isodow isoyear json json_array json_array_length json_contains \
    json_exists json_extract json_extract_path json_extract_path_text json_extract_string \
    json_group_array json_group_object json_insert json_keys json_merge_patch json_object \
    json_quote json_remove json_replace json_set json_type json_valid json_value julian kurtosis \
    kurtosis_pop lag last last_day last_value lcase lcm lead least least_common_multiple left \
    left_grapheme len length length_grapheme levenshtein list list_aggr list_aggregate \
    list_any_value list_append list_apply list_avg list_cat list_concat list_contains \
    list_cosine_distance list_cosine_similarity list_count list_distance list_distinct \
    list_dot_product list_element list_extract list_filter list_first list_has list_has_all \
    list_has_any list_indexof list_intersect list_last list_max list_median list_min \
    list_position list_prepend list_product list_reduce list_resize list_reverse \
    list_reverse_sort list_select list_slice list_sort list_string_agg list_sum list_transform \
    list_unique list_value list_where list_zip listagg ln log log10 log2 lower lpad ltrim lttb \
    mad make_date make_time make_timestamp make_timestamp_ms make_timestamp_ns make_timestamptz \
    map map_keys map_values max max_by md5 mean median microsecond millennium millisecond min \
    min_by minute mod mode month monthname nanosecond nextafter nextval now nth_value ntile \
    nullif octet_length ord overlay percent_rank pi position pow power printf product quantile \
    quantile_cont quantile_disc quarter radians random range rank regexp_escape regexp_extract \
    regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array \
    regexp_split_to_table repeat replace reverse right right_grapheme round row row_number rpad \
    rtrim second session_user sha1 sha256 sign sin sinh skewness split split_part sqrt \
    starts_with stddev stddev_pop stddev_samp str_split str_split_regex strftime string_agg \
    string_split string_split_regex string_to_array strip_accents strlen strpos strptime \
    struct_pack substr substring substring_grapheme sum tan tanh time_bucket timezone \
    timezone_hour timezone_minute to_days to_hex to_hours to_json to_microseconds \
    to_milliseconds to_minutes to_months to_seconds to_timestamp to_weeks to_years today \
    transaction_timestamp translate trim trunc try_strptime typeof ucase unhex unicode unnest \
    upper url_decode url_encode user uuid uuidv4 uuidv7 var_pop var_samp variance week weekday \
    weekofyear year yearweek";
