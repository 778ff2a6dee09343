//! What a schema becomes, and that it comes back.

use proptest::prelude::*;

use super::{Options, Purpose, Target, to_duckdb, to_duckdb_with, to_json, write};
use crate::ddl::read;
use crate::model::{Schema, Table, TypeKind};

#[track_caller]
fn schema(sql: &str) -> Schema {
    let reading = read(sql);
    assert_eq!(reading.problems, [], "problems");
    reading.schema
}

/// The statements, each on its own with white space folded, one line each.
#[track_caller]
fn check_duckdb(sql: &str, expected: &[&str]) {
    let statements: Vec<String> = to_duckdb(&schema(sql))
        .statements
        .iter()
        .map(|s| s.sql.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(statements, expected);
}

#[track_caller]
fn check_adaptations(sql: &str, expected: &[&str]) {
    let messages: Vec<String> = to_duckdb(&schema(sql))
        .adaptations
        .into_iter()
        .map(|a| a.message)
        .collect();
    assert_eq!(messages, expected);
}

#[test]
fn parents_come_before_children_and_indexes_behind_tables() {
    check_duckdb(
        "CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a(id)); CREATE INDEX i ON b (a DESC);
         CREATE TABLE a (id INT PRIMARY KEY, n STRING UNIQUE NOT NULL DEFAULT 'x', CHECK (id > 0));",
        &[
            "CREATE TABLE a ( id INTEGER PRIMARY KEY, n VARCHAR UNIQUE NOT NULL DEFAULT 'x', CHECK (id > 0) )",
            "CREATE TABLE b ( id INTEGER PRIMARY KEY, a INTEGER, FOREIGN KEY (a) REFERENCES a (id) )",
            "CREATE INDEX i ON b (a DESC)",
        ],
    );
}

#[test]
fn a_key_on_an_expression_becomes_a_unique_index() {
    let sql = "CREATE TABLE r (p INT, t INT, e INT, PRIMARY KEY (p, COALESCE(e, t)))";
    check_duckdb(
        sql,
        &[
            "CREATE TABLE r ( p INTEGER NOT NULL, t INTEGER, e INTEGER )",
            "CREATE UNIQUE INDEX r_key ON r (p, (COALESCE(e, t)))",
        ],
    );
    check_adaptations(
        sql,
        &["The key on `COALESCE(e, t)` became a unique index: DuckDB keys take columns only"],
    );
}

#[test]
fn a_type_is_told_once_per_table() {
    check_adaptations(
        "CREATE TABLE t (a STRING, b STRING, c STRING, d INT, e VECTOR(256), f TEXT, g VARCHAR(5))",
        &[
            "`STRING` became `VARCHAR` in 3 columns",
            "`VECTOR(256)` became `FLOAT[256]`",
        ],
    );
}

#[test]
fn counted_columns_get_a_sequence() {
    check_duckdb(
        "CREATE TABLE t (id SERIAL PRIMARY KEY, b JSONB DEFAULT '{}'::jsonb)",
        &[
            "CREATE SEQUENCE t_id_seq",
            "CREATE TABLE t ( id INTEGER PRIMARY KEY DEFAULT nextval('t_id_seq'), b JSON DEFAULT '{}' )",
        ],
    );
}

#[test]
fn a_reference_duckdb_cannot_watch_is_told() {
    check_adaptations(
        "CREATE TABLE a (id INT PRIMARY KEY, b_id INT REFERENCES b(id));
         CREATE TABLE b (id INT PRIMARY KEY, a_id INT REFERENCES a(id) ON DELETE CASCADE, t STRING);
         CREATE TABLE c (x BIGINT REFERENCES a(id), y INT REFERENCES d(k));
         CREATE TABLE d (k INT);",
        &[
            "The reference `b_id` → `b` is not enforced: `b` is created after `a`, and DuckDB adds no references later",
            "`STRING` became `VARCHAR`",
            "`ON DELETE CASCADE` of `a_id` → `a` is left out: DuckDB refuses to change rows that are referred to",
            "The reference `x` → `a` is not enforced: `x` is `BIGINT` and `a.id` is `INTEGER`",
            "The reference `y` → `d` is not enforced: `d` has no enforced key on `k`",
        ],
    );
}

#[test]
fn a_reference_takes_the_order_of_the_key() {
    check_duckdb(
        "CREATE TABLE a (x INT, y INT, PRIMARY KEY (x, y));
         CREATE TABLE b (p INT, q INT, FOREIGN KEY (p, q) REFERENCES a(y, x));",
        &[
            "CREATE TABLE a ( x INTEGER NOT NULL, y INTEGER NOT NULL, PRIMARY KEY (x, y) )",
            "CREATE TABLE b ( p INTEGER, q INTEGER, FOREIGN KEY (q, p) REFERENCES a (x, y) )",
        ],
    );
}

#[test]
fn physical_design_is_told_as_hints() {
    check_adaptations(
        "CREATE TABLE e (a INT) PARTITIONED BY (dt DATE) CLUSTERED BY (a) INTO 4 BUCKETS TBLPROPERTIES ('ttl'='1 day')",
        &[
            "`dt` was added as a column: the partition clause declares it",
            "The partitioning by `dt` is kept as a hint: a DuckDB table has no partitions",
            "The clustering by `a` into 4 buckets is kept as a hint: DuckDB keeps rows in the order they were written",
            "Rows stay after 1 day: DuckDB has no time to live",
        ],
    );
}

#[test]
fn partial_and_foreign_indexes_are_adapted() {
    check_adaptations(
        "CREATE TABLE t (a INT, b TEXT[]);
         CREATE INDEX i ON t USING gin (b); CREATE UNIQUE INDEX j ON t (a) WHERE a > 0;
         CREATE INDEX k ON t USING hash (a);",
        &[
            "The index `i` is left out: DuckDB cannot index `VARCHAR[]`",
            "The unique index `j` became an ordinary one: DuckDB cannot limit it to `a > 0`",
            "The hash index `k` became an ordinary one: DuckDB has one kind of index",
        ],
    );
}

#[test]
fn checks_of_a_dump_are_rewritten_and_others_told() {
    check_duckdb(
        "CREATE TABLE t (s TEXT, CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))))",
        &["CREATE TABLE t ( s VARCHAR, CHECK (CAST((s) AS VARCHAR) IN ('a', 'b')) )"],
    );
    check_adaptations(
        "CREATE TABLE t (s INT, CHECK (s IN (SELECT 1)), CHECK (strange(s)), x INT DEFAULT strange())",
        &[
            "The check `s IN (SELECT 1)` is not enforced: it asks a query",
            "The check `strange(s)` is not enforced: DuckDB has no function `strange`",
            "The default `strange()` of `x` is left out: DuckDB has no function `strange`",
        ],
    );
}

#[test]
fn views_come_in_the_order_they_need_and_unknown_sources_are_told() {
    let sql = "CREATE TABLE s AS SELECT x FROM transform(/* window */);
         CREATE TABLE t (a INT);
         CREATE VIEW w AS SELECT a FROM v;
         CREATE MATERIALIZED VIEW v AS SELECT a FROM public.t;";
    check_duckdb(
        sql,
        &[
            "CREATE TABLE t ( a INTEGER )",
            "CREATE VIEW v AS SELECT a FROM t",
            "CREATE VIEW w AS SELECT a FROM v",
        ],
    );
    check_adaptations(
        sql,
        &[
            "The table is left out: its query reads `transform`, which is no table of the schema",
            "The materialized view became a view: it is computed each time it is read",
        ],
    );
}

#[test]
fn without_constraints_only_columns_and_plain_indexes_are_left() {
    let schema = schema(
        "CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL UNIQUE, CHECK (n > 0));
         CREATE TABLE b (a INT REFERENCES a); CREATE INDEX i ON b (a); CREATE UNIQUE INDEX j ON b (a);",
    );
    let script = to_duckdb_with(&schema, Options { enforce: false });
    let written: Vec<(Purpose, String)> = script
        .statements
        .into_iter()
        .map(|s| {
            (
                s.purpose,
                s.sql.split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    assert_eq!(
        written,
        [
            (
                Purpose::Table,
                "CREATE TABLE a ( id INTEGER, n INTEGER )".to_owned()
            ),
            (Purpose::Table, "CREATE TABLE b ( a INTEGER )".to_owned()),
            (Purpose::Index, "CREATE INDEX i ON b (a)".to_owned()),
        ]
    );
}

#[test]
fn every_constraint_that_can_be_enforced_can_be_proven_by_a_query() {
    let schema = schema(
        "CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL, CHECK (n > 0));
         CREATE TABLE b (x INT REFERENCES a, y INT, z INT, PRIMARY KEY (x, COALESCE(y, z)), UNIQUE (x, y));
         CREATE UNIQUE INDEX j ON b (z); CREATE UNIQUE INDEX k ON b (y) WHERE z > 1;",
    );
    let proofs = |enforce| {
        let script = to_duckdb_with(&schema, Options { enforce });
        let constraints = script.constraints.into_iter();
        constraints
            .map(|c| (format!("{}: {}", c.table, c.shown), c.violations))
            .collect::<Vec<_>>()
    };
    let found = proofs(false);
    assert_eq!(found, proofs(true), "the same with and without enforcing");
    let shown: Vec<&str> = found.iter().map(|(shown, _)| shown.as_str()).collect();
    assert_eq!(
        shown,
        [
            "a: PRIMARY KEY (id)",
            "a: CHECK (n > 0)",
            "a: NOT NULL (id, n)",
            "b: UNIQUE (x, (COALESCE(y, z)))",
            "b: UNIQUE (x, y)",
            "b: FOREIGN KEY (x) REFERENCES a (id)",
            "b: NOT NULL (x)",
            "b: UNIQUE (z)",
        ]
    );
    assert_eq!(
        found[5].1,
        "SELECT count(*) FROM b AS c WHERE c.x IS NOT NULL AND NOT EXISTS (SELECT 1 FROM a AS p WHERE p.id = c.x)"
    );
}

#[test]
fn names_are_quoted_where_they_must_be() {
    check_duckdb(
        "CREATE TABLE \"group\" (\"order\" INT, \"a \"\"b\" INT, date DATE, CHECK (\"order\" > 0))",
        &[
            "CREATE TABLE \"group\" ( \"order\" INTEGER, \"a \"\"b\" INTEGER, date DATE, CHECK (\"order\" > 0) )",
        ],
    );
}

#[test]
fn json_has_the_promised_fields() {
    let reading =
        read("CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (a_id INT REFERENCES a, x y z);");
    let json: serde_json::Value =
        serde_json::from_str(&to_json(&reading.schema, &reading.problems)).unwrap_or_default();
    assert_eq!(json["tables"][0]["name"], "a");
    assert_eq!(json["tables"][0]["columns"][0]["type"], "INT");
    assert_eq!(json["tables"][0]["columns"][0]["nullable"], false);
    assert_eq!(json["tables"][0]["primary_key"][0], "id");
    assert_eq!(json["relations"][0]["from"], "b");
    assert_eq!(json["relations"][0]["to_columns"][0], "id");
    assert_eq!(json["relations"][0]["declared"], true);
    assert_eq!(json["problems"][0]["line"], 1);
}

#[test]
fn mermaid_draws_cardinalities_and_cleans_names() {
    let text = write(
        &schema(
            "CREATE TABLE \"my users\" (id INT PRIMARY KEY);
             CREATE TABLE b (u INT NOT NULL REFERENCES \"my users\", p NUMERIC(10,2)); -- x
             CREATE TABLE c (u INT UNIQUE REFERENCES \"my users\");",
        ),
        Target::Mermaid,
    );
    let expected = "erDiagram
  \"my users\" {
    INT id PK
  }
  \"b\" {
    INT u FK
    NUMERIC p
  }
  \"c\" {
    INT u FK, UK
  }
  \"my users\" ||--o{ \"b\" : \"u\"
  \"my users\" |o--o| \"c\" : \"u\"
";
    assert_eq!(text, expected);
}

#[test]
fn dbml_has_keys_indexes_notes_and_refs() {
    let text = write(
        &schema(
            "CREATE TABLE a (x INT, y INT, PRIMARY KEY (x, y), UNIQUE (y)); CREATE INDEX i ON a (y);
             COMMENT ON COLUMN a.x IS 'it''s'; CREATE TABLE b (x INT, y INT, FOREIGN KEY (x, y) REFERENCES a ON DELETE CASCADE);",
        ),
        Target::Dbml,
    );
    let expected = "Table a {
  x INT [not null, note: 'it\\'s']
  y INT [not null, unique]

  Indexes {
    (x, y) [pk]
    (y) [name: 'i']
  }
}

Table b {
  x INT
  y INT
}

Ref: b.(x, y) > a.(x, y) [delete: cascade]
";
    assert_eq!(text, expected);
}

#[test]
fn markdown_tells_columns_keys_relations_and_hints() {
    let text = write(
        &schema(
            "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (a INT REFERENCES a, n TEXT DEFAULT 'x|y') PARTITIONED BY (a);",
        ),
        Target::Markdown,
    );
    for part in [
        "## b\n",
        "| `a` | `INT` | yes |  | → a |  |",
        "| `n` | `TEXT` | yes | `'x\\|y'` |  |  |",
        "- Refers to a by `a`\n",
        "- Referred to by b (`a`)\n",
        "- Partitioned by `a`\n",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn mysql_gives_texts_of_keys_a_length() {
    let text = write(
        &schema(
            "CREATE TABLE t (id STRING PRIMARY KEY, n TEXT, d TEXT DEFAULT 'x', \"key\" INT); CREATE INDEX i ON t (n);",
        ),
        Target::MySql,
    );
    assert_eq!(
        text,
        "CREATE TABLE t (\n  id VARCHAR(255) NOT NULL,\n  n VARCHAR(255),\n  d VARCHAR(255) DEFAULT 'x',\n  `key` INT,\n  PRIMARY KEY (id)\n);\n\nCREATE INDEX i ON t (n);\n\n"
    );
}

#[test]
fn spark_has_partitions_and_no_keys() {
    let text = write(
        &schema(
            "CREATE TABLE t (a INT PRIMARY KEY, b TEXT) PARTITIONED BY (b); COMMENT ON COLUMN t.b IS 'it''s \\';",
        ),
        Target::Spark,
    );
    assert_eq!(
        text,
        "-- PRIMARY KEY (a)\nCREATE TABLE t (\n  a INT NOT NULL,\n  b STRING COMMENT 'it''s \\\\'\n)\nPARTITIONED BY (b);\n\n"
    );
}

#[test]
fn cycles_are_closed_later_where_the_engine_can() {
    let schema = schema(
        "CREATE TABLE a (id INT PRIMARY KEY, b INT REFERENCES b); CREATE TABLE b (id INT PRIMARY KEY, a INT REFERENCES a);",
    );
    let late = "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);";
    assert!(write(&schema, Target::Postgres).contains(late));
    assert!(!write(&schema, Target::Sqlite).contains(late));
}

/// What must survive: names, kinds, keys, checks, indexes and declared relations.
fn essence(mut schema: Schema) -> Schema {
    schema.tables.sort_by(|a, b| a.name.cmp(&b.name));
    schema
        .relations
        .sort_by(|a, b| (&a.from, &a.from_columns).cmp(&(&b.from, &b.from_columns)));
    for table in &mut schema.tables {
        table.note = None;
        for column in &mut table.columns {
            column.data_type.documented.clear();
            column.note = None;
        }
        table.indexes.iter_mut().for_each(|i| i.name = None);
    }
    schema
}

#[track_caller]
fn check_round_trip(sql: &str, targets: &[Target]) {
    let first = schema(sql);
    for target in targets {
        let written = write(&first, *target);
        let again = read(&written);
        assert_eq!(again.problems, [], "{target:?}\n{written}");
        assert_eq!(
            essence(again.schema),
            essence(first.clone()),
            "{target:?}\n{written}"
        );
    }
}

const ALL_SQL: &[Target] = &[
    Target::DuckDb,
    Target::Postgres,
    Target::MySql,
    Target::Sqlite,
];

#[test]
fn keys_checks_and_references_come_back_from_every_dialect() {
    check_round_trip(
        "CREATE TABLE a (id BIGINT PRIMARY KEY, n VARCHAR(20) NOT NULL DEFAULT 'it''s', d DATE,
           CHECK (id > 0), UNIQUE (n, d));
         CREATE TABLE b (x SMALLINT, a_id BIGINT REFERENCES a(id), \"order\" DOUBLE, up SMALLINT,
           PRIMARY KEY (x, a_id), UNIQUE (x), FOREIGN KEY (up) REFERENCES b(x));
         CREATE INDEX i ON b (\"order\" DESC, up);",
        // DuckDB does not keep lengths.
        &[Target::Postgres, Target::MySql, Target::Sqlite],
    );
    check_round_trip(
        "CREATE TABLE a (id BIGINT PRIMARY KEY, v DECIMAL(10, 2), CHECK (id > 0 AND v < 5));
         CREATE TABLE b (a_id BIGINT NOT NULL REFERENCES a(id), t TIMESTAMP DEFAULT CURRENT_TIMESTAMP);",
        ALL_SQL,
    );
}

#[test]
fn rich_types_come_back_where_the_engine_has_them() {
    check_round_trip(
        "CREATE TABLE t (a UUID, b JSON, c VECTOR(8), d TEXT[], e TIMESTAMPTZ, f INTERVAL, g BLOB, h BOOLEAN DEFAULT true)",
        &[Target::DuckDb, Target::Postgres],
    );
    check_round_trip(
        "CREATE TABLE t (a ENUM('x', 'it''s'), b INT UNSIGNED)",
        &[Target::DuckDb, Target::MySql],
    );
    check_round_trip(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTO_INCREMENT)",
        &[Target::Postgres, Target::MySql, Target::Sqlite],
    );
}

/// The dialect's own parser takes every statement.
fn parses(target: Target, sql: &str) -> Result<(), String> {
    use sqlparser::dialect::{
        Dialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect, SparkSqlDialect,
    };
    let dialect: &dyn Dialect = match target {
        Target::Postgres => &PostgreSqlDialect {},
        Target::MySql => &MySqlDialect {},
        Target::Sqlite => &SQLiteDialect {},
        _ => &SparkSqlDialect,
    };
    sqlparser::parser::Parser::parse_sql(dialect, sql)
        .map(|_| ())
        .map_err(|e| format!("{target:?} {e}\n{sql}"))
}

const PARSED: [Target; 4] = [
    Target::Postgres,
    Target::MySql,
    Target::Sqlite,
    Target::Spark,
];

#[test]
fn every_dialect_parses_what_is_written_for_it() {
    let schema = schema(
        "-- the a's
         CREATE TABLE a (id SERIAL PRIMARY KEY, s ENUM('x', 'y''z') DEFAULT 'x', j JSONB DEFAULT '{}'::jsonb,
           u UUID DEFAULT gen_random_uuid(), v VECTOR(4), t TEXT[], ts TIMESTAMPTZ DEFAULT now(),
           d DATE DEFAULT CURRENT_DATE, n NUMERIC, g INT GENERATED ALWAYS AS (id * 2) STORED, -- it's
           w TEXT DEFAULT 'a\\b', CHECK (s IN ('x')), UNIQUE (w));
         CREATE TABLE b (\"order\" INT, a_id INT REFERENCES a(id) ON DELETE CASCADE, k TEXT, l TEXT,
           PRIMARY KEY (k, COALESCE(l, k))) PARTITIONED BY (dt DATE);
         CREATE INDEX i ON b (lower(k), \"order\" DESC) WHERE a_id > 0;
         CREATE MATERIALIZED VIEW m AS SELECT k AS \"my k\", count(*) AS n FROM b
           WHERE dt > CURRENT_DATE - INTERVAL '7 days' GROUP BY k;",
    );
    for target in PARSED {
        assert_eq!(parses(target, &write(&schema, target)), Ok(()));
    }
}

fn any_kind() -> impl Strategy<Value = TypeKind> {
    prop_oneof![
        Just(TypeKind::Boolean),
        Just(TypeKind::Integer {
            bits: 32,
            unsigned: false
        }),
        Just(TypeKind::Integer {
            bits: 64,
            unsigned: false
        }),
        Just(TypeKind::Float { bits: 64 }),
        (1_u8..=30, 0_u8..=9).prop_map(|(p, s)| TypeKind::Decimal {
            precision: Some(p.max(s)),
            scale: Some(s)
        }),
        Just(TypeKind::Date),
        Just(TypeKind::Timestamp { with_zone: false }),
    ]
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,8}",
        Just("order".to_owned()),
        Just("key".to_owned()),
        Just("primary".to_owned()),
        "[A-Za-z][A-Za-z0-9 \"`'%$;-]{0,6}[a-z]",
    ]
}

fn any_table() -> impl Strategy<Value = Table> {
    let column = (any_name(), any_kind(), any::<bool>());
    (
        any_name(),
        proptest::collection::vec(column, 1..6),
        any::<bool>(),
    )
        .prop_map(|(name, columns, keyed)| {
            let mut table = Table {
                name,
                ..Table::default()
            };
            for (name, kind, nullable) in columns {
                if table.column(&name).is_none() {
                    let data_type = crate::model::DataType {
                        documented: String::new(),
                        kind,
                    };
                    table.columns.push(crate::model::Column {
                        name,
                        data_type,
                        nullable,
                        ..Default::default()
                    });
                }
            }
            if keyed && let Some(first) = table.columns.first_mut() {
                first.nullable = false;
                table.primary_key = Some(crate::model::Key::of([first.name.clone()]));
            }
            table
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_table_comes_back(table in any_table()) {
        let schema = Schema { tables: vec![table], ..Schema::default() };
        for target in ALL_SQL {
            let written = write(&schema, *target);
            let again = read(&written);
            prop_assert_eq!(&again.problems, &[], "{:?}\n{}", target, written);
            prop_assert_eq!(essence(again.schema), essence(schema.clone()), "{:?}\n{}", target, written);
        }
        for target in PARSED {
            prop_assert_eq!(parses(target, &write(&schema, target)), Ok(()));
        }
    }

    #[test]
    fn garbage_never_panics(text in "\\PC{0,200}") {
        everything(&text);
    }

    #[test]
    fn garbage_made_of_sql_never_panics(words in proptest::collection::vec(word(), 0..60)) {
        everything(&words.join(" "));
    }
}

fn everything(text: &str) {
    let reading = read(text);
    for target in Target::ALL {
        write(&reading.schema, target);
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "CREATE",
        "TABLE",
        "VIEW",
        "INDEX",
        "ALTER",
        "ADD",
        "COLUMN",
        "PRIMARY",
        "KEY",
        "(",
        ")",
        ",",
        ";",
        "a",
        "b",
        "INT",
        "STRING",
        "VECTOR(3)",
        "REFERENCES",
        "FOREIGN",
        "UNIQUE",
        "CHECK",
        "DEFAULT",
        "'x'",
        "'",
        "\"",
        "`",
        "[",
        "]",
        "<",
        ">",
        "--",
        "/*",
        "*/",
        "/*!40101",
        "$$",
        "\n",
        "PARTITIONED",
        "BY",
        "PARTITION",
        "OF",
        "CLUSTER",
        "AS",
        "SELECT",
        "FROM",
        "WITH",
        "COMMENT",
        "ON",
        "IS",
        "COPY",
        "STDIN",
        "\\.",
        "GO",
        "DELIMITER",
        "1",
        "+",
        "ENUM",
        "TYPE",
        "LIKE",
        "INHERITS",
        "NOT",
        "NULL",
        "t",
        "u",
        "é",
        "=",
        "BEGIN",
        "END",
        "FUNCTION",
        "RENAME",
        "TO",
        "DROP",
        "MODIFY",
        "SET",
        "CONSTRAINT",
        "AUTO_INCREMENT",
    ])
}
