//! What a text becomes, case by case.

use super::{Reading, read};
use crate::model::{RelationOrigin, Table, TypeKind};

/// A short form of a schema: `users(id INT!, name TEXT) pk(id)`.
fn short(reading: &Reading) -> String {
    let tables = reading.schema.tables.iter().map(short_table);
    let relations = reading.schema.relations.iter().map(|r| {
        let arrow = if r.origin == RelationOrigin::Declared {
            "->"
        } else {
            "~>"
        };
        format!(
            "{}({}) {arrow} {}({})",
            r.from,
            r.from_columns.join(", "),
            r.to,
            r.to_columns.join(", ")
        )
    });
    tables.chain(relations).collect::<Vec<_>>().join("\n")
}

fn short_table(table: &Table) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|c| {
            let mut column = format!("{} {}", c.name, c.data_type);
            if !c.nullable {
                column.push('!');
            }
            if c.auto_increment {
                column.push('+');
            }
            if let Some(default) = &c.default {
                column.push('=');
                column.push_str(default);
            }
            column
        })
        .collect();
    let mut short = format!("{}({})", table.name, columns.join(", "));
    if let Some(key) = &table.primary_key {
        short.push_str(&format!(" pk{}", key.to_sql()));
    }
    for key in &table.uniques {
        short.push_str(&format!(" uq{}", key.to_sql()));
    }
    for check in &table.checks {
        short.push_str(&format!(" check({})", check.sql));
    }
    for index in &table.indexes {
        let parts: Vec<&str> = index.parts.iter().map(|p| p.sql.as_str()).collect();
        short.push_str(&format!(" idx({})", parts.join(", ")));
    }
    short
}

/// The text is read without a problem and means that.
#[track_caller]
fn check(sql: &str, expected: &str) {
    let reading = read(sql);
    assert_eq!(short(&reading), expected);
    assert_eq!(reading.problems, [], "problems");
}

/// The text has these problems, each as `line: message`.
#[track_caller]
fn check_problems(sql: &str, expected: &[&str]) -> Reading {
    let reading = read(sql);
    let problems: Vec<String> = reading
        .problems
        .iter()
        .map(|p| format!("{}: {}", p.line, p.message))
        .collect();
    assert_eq!(problems, expected);
    reading
}

#[track_caller]
fn table(sql: &str) -> Table {
    let reading = read(sql);
    assert_eq!(reading.problems, [], "problems");
    reading.schema.tables.first().cloned().unwrap_or_default()
}

#[test]
fn columns_keep_order_types_and_nullability() {
    check(
        "CREATE TABLE t (a BIGINT NOT NULL, b varchar(20) NULL, c numeric(10,2) DEFAULT 0)",
        "t(a BIGINT!, b VARCHAR(20), c NUMERIC(10, 2)=0)",
    );
}

#[test]
fn keys_and_checks_are_read_behind_columns_and_below_them() {
    check(
        "CREATE TABLE t (a INT PRIMARY KEY, b INT UNIQUE, c INT CHECK (c > 0), UNIQUE (b, c))",
        "t(a INT!, b INT, c INT) pk(a) uq(b) uq(b, c) check(c > 0)",
    );
    check(
        "CREATE TABLE t (a INT, b INT, CONSTRAINT pk PRIMARY KEY (a, b))",
        "t(a INT!, b INT!) pk(a, b)",
    );
}

#[test]
fn a_key_on_an_expression_leaves_its_columns_nullable() {
    check(
        "CREATE TABLE r (p BIGINT, t BIGINT, e BIGINT NULL, PRIMARY KEY (p, COALESCE(e, t)))",
        "r(p BIGINT!, t BIGINT, e BIGINT) pk(p, COALESCE(e, t))",
    );
}

#[test]
fn a_wide_column_key_knows_its_partition_key() {
    let t = table(
        "CREATE TABLE m (s TEXT, d DATE, ts TIMESTAMP, PRIMARY KEY ((s, d), ts)) \
         WITH CLUSTERING ORDER BY (ts DESC) AND default_time_to_live = 86400",
    );
    assert_eq!(
        short_table(&t),
        "m(s TEXT!, d DATE!, ts TIMESTAMP!) pk((s, d), ts)"
    );
    assert_eq!(t.primary_key.map(|k| k.partition_parts), Some(2));
    assert_eq!(t.physical.clustering_order, ["ts DESC"]);
    assert_eq!(t.physical.ttl_secs, Some(86_400));
}

#[test]
fn a_partition_clause_may_declare_its_column() {
    let t =
        table("CREATE TABLE e (a INT) PARTITIONED BY (dt DATE) -- the day\nCLUSTER BY (a, dt);");
    assert_eq!(short_table(&t), "e(a INT, dt DATE)");
    assert_eq!(
        t.column("dt").and_then(|c| c.note.clone()),
        Some("the day".to_owned())
    );
    assert_eq!(t.physical.cluster_by, ["a", "dt"]);
    assert!(t.physical.partition_by.iter().all(|k| k.declares.is_some()));
}

#[test]
fn a_partition_clause_may_name_a_column_or_an_expression() {
    let keys = |sql: &str| -> Vec<String> {
        table(sql)
            .physical
            .partition_by
            .into_iter()
            .map(|k| k.sql)
            .collect()
    };
    assert_eq!(keys("CREATE TABLE t (a INT) PARTITIONED BY (a)"), ["a"]);
    assert_eq!(
        keys("CREATE TABLE t (a DATE) PARTITION BY RANGE (a)"),
        ["a"]
    );
    assert_eq!(
        keys("CREATE TABLE t (a DATE) PARTITION BY (date_trunc('month', a))"),
        ["date_trunc('month', a)"]
    );
    assert_eq!(
        keys("CREATE TABLE t (a DATE) PARTITION BY DATE(a) CLUSTER BY a"),
        ["DATE(a)"]
    );
}

#[test]
fn buckets_options_and_comments_of_a_table_are_kept() {
    let t = table(
        "CREATE TABLE t (a INT COMMENT 'the a') COMMENT 'the t' CLUSTERED BY (a) INTO 256 BUCKETS \
         STORED AS ORC TBLPROPERTIES ('ttl' = '90 days', 'x.y' = 'z')",
    );
    assert_eq!(t.physical.buckets, Some(256));
    assert_eq!(t.physical.ttl_secs, Some(7_776_000));
    assert!(
        t.physical
            .properties
            .contains(&("x.y".to_owned(), "z".to_owned()))
    );
    assert!(
        t.physical
            .properties
            .contains(&("STORED AS".to_owned(), "ORC".to_owned()))
    );
    assert_eq!(t.note.as_deref(), Some("the t"));
    assert_eq!(
        t.columns.first().and_then(|c| c.note.as_deref()),
        Some("the a")
    );
}

#[test]
fn types_mean_the_same_in_every_dialect() {
    let kind = |name: &str| {
        let t = table(&format!("CREATE TABLE t (a {name})"));
        t.columns.first().map(|c| c.data_type.kind.clone())
    };
    let text = |length| Some(TypeKind::Text { length });
    let int = |bits| {
        Some(TypeKind::Integer {
            bits,
            unsigned: false,
        })
    };
    assert_eq!(kind("STRING"), text(None));
    assert_eq!(kind("nvarchar(max)"), text(None));
    assert_eq!(kind("VARCHAR2(20 CHAR)"), text(Some(20)));
    assert_eq!(
        kind("VECTOR(256)"),
        Some(TypeKind::Vector {
            dimensions: Some(256)
        })
    );
    assert_eq!(
        kind("FLOAT[3]"),
        Some(TypeKind::Vector {
            dimensions: Some(3)
        })
    );
    assert_eq!(kind("JSONB"), Some(TypeKind::Json));
    assert_eq!(kind("tinyint(1)"), Some(TypeKind::Boolean));
    assert_eq!(kind("BIGSERIAL"), int(64));
    assert_eq!(kind("NUMBER(5)"), int(32));
    assert_eq!(
        kind("int unsigned"),
        Some(TypeKind::Integer {
            bits: 32,
            unsigned: true
        })
    );
    assert_eq!(kind("DOUBLE PRECISION"), Some(TypeKind::Float { bits: 64 }));
    assert_eq!(
        kind("timestamp with time zone"),
        Some(TypeKind::Timestamp { with_zone: true })
    );
    assert_eq!(
        kind("datetime2(7)"),
        Some(TypeKind::Timestamp { with_zone: false })
    );
    assert_eq!(kind("uniqueidentifier"), Some(TypeKind::Uuid));
    assert_eq!(
        kind("text[]"),
        Some(TypeKind::Array(Box::new(TypeKind::Text { length: None })))
    );
    assert_eq!(
        kind("enum('a','b;''c')"),
        Some(TypeKind::Enum(vec!["a".into(), "b;'c".into()]))
    );
    assert_eq!(kind("frozen<list<text>>"), Some(TypeKind::Other));
    assert_eq!(kind("geometry"), Some(TypeKind::Other));
}

#[test]
fn engines_that_count_are_recognised() {
    check(
        "CREATE TABLE t (a SERIAL PRIMARY KEY)",
        "t(a SERIAL!+) pk(a)",
    );
    check("CREATE TABLE t (a INT AUTO_INCREMENT)", "t(a INT+)");
    check("CREATE TABLE t (a INT IDENTITY(1,1))", "t(a INT!+)");
    check(
        "CREATE TABLE t (a INT GENERATED ALWAYS AS IDENTITY)",
        "t(a INT!+)",
    );
    check(
        "CREATE TABLE t (a INT DEFAULT nextval('s'::regclass))",
        "t(a INT+)",
    );
}

#[test]
fn a_computed_column_keeps_its_expression() {
    let t = table("CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED)");
    assert_eq!(
        t.column("b").and_then(|c| c.generated.as_deref()),
        Some("a * 2")
    );
    let t = table("CREATE TABLE [t] ([a] [int], [b] AS ([a]*(2)) PERSISTED)");
    assert!(t.column("b").is_some_and(|c| c.generated.is_some()));
}

#[test]
fn references_without_columns_mean_the_primary_key() {
    check(
        "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (x INT REFERENCES a ON DELETE CASCADE)",
        "a(id INT!) pk(id)\nb(x INT)\nb(x) -> a(id)",
    );
}

#[test]
fn references_may_point_ahead_and_at_their_own_table() {
    check(
        "CREATE TABLE a (id INT PRIMARY KEY, b INT REFERENCES b(id), up INT REFERENCES a(id));
         CREATE TABLE b (id INT PRIMARY KEY);",
        "a(id INT!, b INT, up INT) pk(id)\nb(id INT!) pk(id)\na(b) -> b(id)\na(up) -> a(id)",
    );
}

#[test]
fn declared_relations_come_before_implied_ones() {
    check(
        "CREATE TABLE user (user_id INT PRIMARY KEY);
         CREATE TABLE a (user_id INT);
         CREATE TABLE b (user_id INT REFERENCES user(user_id));",
        "user(user_id INT!) pk(user_id)\na(user_id INT)\nb(user_id INT)\n\
         b(user_id) -> user(user_id)\na(user_id) ~> user(user_id)",
    );
}

#[test]
fn alter_table_adds_columns_keys_and_references() {
    check(
        "CREATE TABLE public.a (id integer);
         CREATE TABLE public.b (id integer, a_id integer);
         ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
         ALTER TABLE ONLY public.b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES public.a(id) NOT VALID;
         ALTER TABLE b ADD COLUMN n varchar(5) DEFAULT NULL, ALTER COLUMN id SET NOT NULL;
         ALTER TABLE b ALTER a_id SET DEFAULT 7, OWNER TO bob;",
        "a(id INTEGER!) pk(id)\nb(id INTEGER!, a_id INTEGER=7, n VARCHAR(5)=NULL)\nb(a_id) -> a(id)",
    );
}

#[test]
fn alter_table_speaks_mysql_oracle_and_sql_server() {
    check(
        "CREATE TABLE a (x INT, y INT);
         ALTER TABLE a ADD PRIMARY KEY (x), ADD KEY k (y), MODIFY x BIGINT NOT NULL AUTO_INCREMENT;
         ALTER TABLE a ADD (v INT, w INT);
         ALTER TABLE a ADD z INT, zz INT;
         ALTER TABLE a ADD CONSTRAINT d DEFAULT ((0)) FOR z;
         ALTER TABLE a WITH CHECK ADD CONSTRAINT c CHECK (y > 0);",
        "a(x BIGINT!+, y INT, v INT, w INT, z INT=((0)), zz INT) pk(x) check(y > 0) idx(y)",
    );
}

#[test]
fn alter_table_renames_and_drops() {
    check(
        "CREATE TABLE a (x INT, y INT, UNIQUE (y));
         ALTER TABLE a RENAME COLUMN x TO z;
         ALTER TABLE a DROP COLUMN y;
         ALTER TABLE a RENAME TO b;",
        "b(z INT)",
    );
}

#[test]
fn indexes_are_read_inside_and_outside_the_table() {
    check(
        "CREATE TABLE t (a INT, b TEXT, KEY k (a, b(10)), INDEX (b));
         CREATE UNIQUE INDEX CONCURRENTLY i ON t USING btree (lower(b), a DESC) WHERE a > 0;
         CREATE NONCLUSTERED INDEX j ON t (a ASC) INCLUDE (b) WITH (FILLFACTOR = 80) ON [PRIMARY];",
        "t(a INT, b TEXT) idx(a, b) idx(b) idx(lower(b), a) idx(a)",
    );
    let t = table("CREATE TABLE t (a INT); CREATE INDEX i ON t (a) WHERE a IS NULL; -- hot");
    let index = t.indexes.first().cloned().unwrap_or_default();
    assert_eq!(index.filter.as_deref(), Some("a IS NULL"));
    assert_eq!(index.note.as_deref(), Some("hot"));
}

#[test]
fn columns_may_be_called_like_clauses() {
    check(
        "CREATE TABLE t (key varchar(255), type STRING, date DATE, rank INT, value INT, \"index\" INT)",
        "t(key VARCHAR(255), type STRING, date DATE, rank INT, value INT, index INT)",
    );
}

#[test]
fn views_know_what_they_read() {
    let reading = read(
        "CREATE TABLE a (x INT);
         CREATE MATERIALIZED VIEW v AS WITH c AS (SELECT x FROM public.a) SELECT * FROM c WITH NO DATA;
         CREATE OR REPLACE VIEW w (y) AS SELECT x FROM v JOIN a ON true;",
    );
    assert_eq!(reading.problems, []);
    let reads: Vec<Vec<String>> = reading
        .schema
        .views
        .iter()
        .map(|v| v.reads.clone())
        .collect();
    assert_eq!(
        reads,
        [vec!["a".to_owned()], vec!["v".to_owned(), "a".to_owned()]]
    );
    let first = reading.schema.views.first().cloned().unwrap_or_default();
    assert!(first.materialized);
    assert_eq!(
        first.sql,
        "WITH c AS (SELECT x FROM public.a) SELECT * FROM c"
    );
}

#[test]
fn a_table_made_by_a_query_keeps_the_query() {
    let t = table("CREATE TABLE s AS\nSELECT a, MIN(b) -- c\nFROM f(/* d */) GROUP BY a;");
    assert_eq!(
        t.query.as_deref(),
        Some("SELECT a, MIN(b) -- c\nFROM f(/* d */) GROUP BY a")
    );
    assert!(t.columns.is_empty());
}

#[test]
fn declared_types_give_columns_their_meaning() {
    let t = table(
        "CREATE TYPE public.mood AS ENUM ('ok', 'it''s'); CREATE DOMAIN mail AS text CHECK (VALUE ~ '@');
         CREATE TABLE t (m mood, e public.mail)",
    );
    let kinds: Vec<TypeKind> = t.columns.into_iter().map(|c| c.data_type.kind).collect();
    assert_eq!(
        kinds,
        [
            TypeKind::Enum(vec!["ok".into(), "it's".into()]),
            TypeKind::Text { length: None }
        ]
    );
}

#[test]
fn comments_become_notes() {
    let t = table(
        "-- a file\n\n-- People\n-- we know\nCREATE TABLE t (\n  a INT, -- first\n         -- still first\n  -- gone INT,\n  b INT /* second */\n  , c INT -- third\n);",
    );
    assert_eq!(t.note.as_deref(), Some("People we know"));
    let notes: Vec<Option<&str>> = t.columns.iter().map(|c| c.note.as_deref()).collect();
    assert_eq!(
        notes,
        [Some("first still first"), Some("second"), Some("third")]
    );
}

#[test]
fn a_comment_behind_the_closing_bracket_is_the_tables() {
    let t = table("CREATE TABLE t (a INT); -- few rows");
    assert_eq!(t.note.as_deref(), Some("few rows"));
    assert_eq!(t.columns.first().and_then(|c| c.note.as_deref()), None);
}

#[test]
fn comment_on_becomes_a_note() {
    let t = table(
        "CREATE TABLE t (a INT); COMMENT ON TABLE t IS 'it''s'; COMMENT ON COLUMN public.t.a IS 'x';",
    );
    assert_eq!(t.note.as_deref(), Some("it's"));
    assert_eq!(t.columns.first().and_then(|c| c.note.as_deref()), Some("x"));
}

#[test]
fn names_lose_their_schema_unless_two_tables_share_one() {
    check("CREATE TABLE s.a (x INT)", "a(x INT)");
    check(
        "CREATE TABLE public.a (x INT PRIMARY KEY); CREATE TABLE log.a (y INT REFERENCES public.a(x))",
        "a(x INT!) pk(x)\nlog.a(y INT)\nlog.a(y) -> a(x)",
    );
    check("CREATE TABLE `p.d.t` (x INT64)", "t(x INT64)");
}

#[test]
fn tables_may_be_like_others_inherit_and_be_partitions() {
    check(
        "CREATE TABLE a (x INT); CREATE TABLE b (LIKE a INCLUDING ALL, y INT);
         CREATE TABLE c (z INT) INHERITS (a); CREATE TABLE a_1 PARTITION OF a FOR VALUES IN (1);",
        "a(x INT)\nb(x INT, y INT)\nc(x INT, z INT)",
    );
}

#[test]
fn a_mysql_dump_is_read_whole() {
    check(
        "/*!40101 SET NAMES utf8 */;
         DROP TABLE IF EXISTS `o`;
         CREATE TABLE `o` (
           `id` int NOT NULL AUTO_INCREMENT,
           `s` enum('it\\'s','b') COLLATE utf8_bin DEFAULT 'b' COMMENT 'x',
           `t` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
           `n` int unsigned zerofill DEFAULT NULL,
           PRIMARY KEY (`id`), KEY `k` (`s`) USING BTREE
         ) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8;
         INSERT INTO `o` VALUES (1,'\\';\n CREATE TABLE x (y int);','z');",
        "o(id INT!+, s ENUM('it''s', 'b')='b', t TIMESTAMP!=CURRENT_TIMESTAMP, n INT UNSIGNED=NULL) pk(id) idx(s)",
    );
}

#[test]
fn a_sql_server_script_is_read_whole() {
    check(
        "SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[Order](\n [Id] [int] IDENTITY(1,1) NOT NULL,\n \
         [Price] [decimal](18, 2) NOT NULL,\n CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC)\
         WITH (PAD_INDEX = OFF) ON [PRIMARY]\n) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]\nGO\n\
         ALTER TABLE [dbo].[Order] ADD DEFAULT ((1)) FOR [Price]\nGO\n",
        "Order(Id INT!+, Price DECIMAL(18, 2)!=((1))) pk(Id)",
    );
}

#[test]
fn what_is_no_schema_is_skipped_and_counted() {
    let reading = read(
        "SET x = 1; CREATE TABLE t (a INT); INSERT INTO t VALUES (1);\nGRANT ALL ON t TO x;
         CREATE FUNCTION f() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql; SELECT 1; CREATE SEQUENCE s;",
    );
    assert_eq!(reading.problems, []);
    let whats: Vec<&str> = reading.skipped.iter().map(|s| s.what.as_str()).collect();
    assert_eq!(
        whats,
        [
            "SET",
            "INSERT",
            "GRANT",
            "CREATE FUNCTION",
            "SELECT",
            "CREATE SEQUENCE"
        ]
    );
}

#[test]
fn a_bad_statement_loses_only_itself() {
    let reading = check_problems(
        "CREATE TABLE a (x INT);\nCREATE TABLE b (\n  x INT\nCREATE TABLE c (x INT);\nCREATE TABL d (x INT);\nCREATE TABLE e (x INT);",
        &[
            "2: `b`: a bracket is never closed",
            "5: no SQL statement starts with `CREATE TABL`",
        ],
    );
    assert_eq!(short(&reading), "a(x INT)\nc(x INT)\ne(x INT)");
}

#[test]
fn a_bad_column_is_reported_with_its_own_line() {
    let reading = check_problems(
        "CREATE TABLE a (\n  x INT,\n  y INT NOT,\n  z INT\n);",
        &["3: `a`: expected ',' or ')' after column definition, found NOT"],
    );
    assert_eq!(short(&reading), "a(x INT, z INT)");
}

#[test]
fn what_does_not_fit_together_is_reported_and_the_rest_is_kept() {
    let reading = check_problems(
        "CREATE TABLE p (id INT PRIMARY KEY, k INT);
CREATE TABLE c (a INT REFERENCES nowhere(id), b INT REFERENCES p(nope),
  d INT, d INT, FOREIGN KEY (a, b) REFERENCES p(id), FOREIGN KEY (zz) REFERENCES p(id));
CREATE TABLE p (x INT);
ALTER TABLE gone ADD x INT;
CREATE INDEX i ON c (nope);
CREATE TABLE n (x INT REFERENCES m);
CREATE TABLE m (x INT, UNIQUE (y));",
        &[
            "2: the index `i` names `nope`, which is no column of `c`",
            "2: `c` refers to the table `nowhere`, which does not exist",
            "2: `c` refers to `p.nope`, which does not exist",
            "3: `c` has the column `d` already; the first one is kept",
            "3: `c` refers to `p` with 2 columns, but names 1 there",
            "3: `c` refers to `p` by the column `zz`, which it does not have",
            "4: `p` exists already (line 1); the first one is kept",
            "5: `gone` is altered but never created",
            "7: `n` refers to `m` without naming columns, and `m` has no primary key",
            "8: a unique key of `m` names `y`, which is no column of it",
        ],
    );
    assert_eq!(
        short(&reading),
        "p(id INT!, k INT) pk(id)\nc(a INT, b INT, d INT)\nn(x INT)\nm(x INT)"
    );
}

#[test]
fn a_text_that_yields_nothing_says_why() {
    check_problems("", &["1: the text is empty"]);
    check_problems("-- nothing\n", &["1: the text holds only comments"]);
    check_problems(
        "SELECT 1; SELECT 2; INSERT INTO t VALUES (1)",
        &["1: the text creates no table or view: it holds only SELECT, INSERT"],
    );
    check_problems(
        "\n\nhello world",
        &[
            "1: nothing in the text could be read as a table or view",
            "3: no SQL statement starts with `hello`",
        ],
    );
}

#[test]
fn a_dropped_table_may_be_created_again() {
    check(
        "CREATE TABLE a (x INT); DROP TABLE a; CREATE TABLE a (y INT);",
        "a(y INT)",
    );
    check(
        "CREATE TABLE a (x INT); CREATE TABLE IF NOT EXISTS a (y INT)",
        "a(x INT)",
    );
}

#[test]
fn deep_nesting_is_a_problem_and_no_overflow() {
    let deep = format!(
        "CREATE TABLE t (a INT CHECK ({}1{}))",
        "(".repeat(20_000),
        ")".repeat(20_000)
    );
    assert_eq!(read(&deep).problems.len(), 2);
    let deep = format!(
        "CREATE TABLE t (a {}INT{})",
        "ARRAY<".repeat(9000),
        ">".repeat(9000)
    );
    assert!(!read(&deep).problems.is_empty());
    let deep = format!("CREATE VIEW v AS SELECT {}1", "NOT ".repeat(1400));
    assert!(!read(&deep).problems.is_empty());
}

#[test]
fn long_chains_are_read_or_refused_but_never_overflow() {
    let chain = |n: usize| format!("CREATE VIEW v AS SELECT 1{}", " + 1".repeat(n));
    assert_eq!(read(&chain(500)).problems, []);
    assert!(!read(&chain(200_000)).problems.is_empty());
    let unions = format!(
        "CREATE VIEW v AS SELECT 1{}",
        " UNION SELECT 1".repeat(100_000)
    );
    assert!(!read(&unions).problems.is_empty());
}

#[test]
fn many_lost_brackets_and_quotes_stay_fast() {
    let text = "CREATE TABLE t (a TEXT DEFAULT 'x\n".repeat(3000);
    assert!(!read(&text).problems.is_empty());
    let text = "'\"`[$a$/*{(".repeat(20_000);
    assert!(!read(&text).problems.is_empty());
}

#[test]
fn a_table_that_is_made_anew_keeps_its_references() {
    for anew in ["DROP TABLE b; CREATE TABLE b", "CREATE OR REPLACE TABLE b"] {
        let reading = read(&format!(
            "CREATE TABLE a (id INT PRIMARY KEY);
             CREATE TABLE b (id INT PRIMARY KEY, a_id INT REFERENCES a (id));
             {anew} (id INT PRIMARY KEY, a_id INT REFERENCES a (id), n INT);"
        ));
        let relations: Vec<(&str, &str)> = reading
            .schema
            .relations
            .iter()
            .map(|r| (r.from.as_str(), r.to.as_str()))
            .collect();
        assert_eq!(relations, [("b", "a")], "{anew}");
    }
}
