//! Texts that hold more than schema, or something else.

use super::*;

const DUMP: &str = r#"--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO postgres;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
CREATE TYPE app.order_status AS ENUM (
    'pending',
    'paid; or not'
);
CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  CREATE TABLE trap (x int);
  NEW.updated_at = now(); RETURN NEW;
END;
$$;
CREATE TABLE app.customer (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    joined timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE app.customer OWNER TO postgres;
CREATE SEQUENCE app.customer_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER TABLE ONLY app.customer ALTER COLUMN id SET DEFAULT nextval('app.customer_id_seq'::regclass);
CREATE TABLE app.purchase (
    id integer NOT NULL,
    customer_id bigint NOT NULL,
    status app.order_status DEFAULT 'pending'::app.order_status,
    total numeric(10,2),
    tags text[],
    CONSTRAINT positive CHECK ((total >= (0)::numeric))
);
COPY app.customer (id, name, joined) FROM stdin;
1	O'Hara; CREATE TABLE trap (x int);	2026-01-01 00:00:00+00
2	"quoted	2026-01-02 00:00:00+00
\.

COPY app.purchase (id, customer_id, status, total, tags) FROM stdin;
\.

ALTER TABLE ONLY app.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY app.purchase
    ADD CONSTRAINT purchase_pkey PRIMARY KEY (id);
CREATE INDEX purchase_customer ON app.purchase USING btree (customer_id);
CREATE TRIGGER touch BEFORE UPDATE ON app.purchase FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE ONLY app.purchase
    ADD CONSTRAINT purchase_customer_fkey FOREIGN KEY (customer_id) REFERENCES app.customer(id) ON DELETE CASCADE;
GRANT SELECT ON TABLE app.customer TO reader;
REVOKE ALL ON TABLE app.purchase FROM PUBLIC;
COMMENT ON COLUMN app.customer.name IS 'as on the passport';
"#;

#[test]
fn a_dirty_dump_gives_its_tables_and_keys_and_nothing_of_its_rows() {
    let (reading, session) = built(DUMP);
    let names: Vec<&str> = reading
        .schema
        .tables
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(names, ["customer", "purchase"], "no trap is a table");
    assert!(!reading.skipped.is_empty(), "what was skipped is told");
    assert_eq!(
        columns(&session, "purchase"),
        [
            "id INTEGER",
            "customer_id BIGINT",
            "status ENUM('pending', 'paid; or not')",
            "total DECIMAL(10,2)",
            "tags VARCHAR[]"
        ]
    );
    let customer = reading.schema.table("customer").expect("read");
    let name = customer.column("name").expect("read");
    assert_eq!(name.note.as_deref(), Some("as on the passport"));
    let insert = "INSERT INTO customer (id, name) VALUES (1, 'x')";
    session.execute(insert).expect("a row");
    assert!(refused(&session, insert).message.contains("Duplicate key"));
    let purchase = |customer: i32, total: i32| {
        format!("INSERT INTO purchase (id, customer_id, total) VALUES (1, {customer}, {total})")
    };
    assert!(
        refused(&session, &purchase(2, 1))
            .message
            .contains("does not exist")
    );
    assert!(
        refused(&session, &purchase(1, -1))
            .message
            .contains("CHECK")
    );
    session.execute(&purchase(1, 1)).expect("a row");
    assert_eq!(rows(&session, "SELECT status FROM purchase"), [["pending"]]);
}

#[test]
fn a_dump_with_a_broken_table_keeps_the_others_and_tells_the_line() {
    let sql = "CREATE TABLE a (x INT PRIMARY KEY);\nCREATE TABLE b (\n  x INT REFERENCES a(x)\nCREATE TABLE c (x INT REFERENCES a);\n%%% noise %%%;\nCREATE TABLE d (x INT REFERENCES b(x));";
    let reading = ddl::read(sql);
    let names: Vec<&str> = reading
        .schema
        .tables
        .iter()
        .map(|t| t.name.as_str())
        .collect();
    assert_eq!(names, ["a", "c", "d"]);
    let lines: Vec<usize> = reading.problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [2, 5, 6], "{:?}", reading.problems);
    let session = ran(&reading);
    assert!(
        refused(&session, "INSERT INTO c VALUES (5)")
            .message
            .contains("does not exist")
    );
    session
        .execute("INSERT INTO d VALUES (5)")
        .expect("its reference led nowhere");
}

#[test]
fn a_text_without_any_table_says_why_and_runs_as_nothing() {
    for sql in ["", "hello", "SELECT 1;", "-- only a remark"] {
        let reading = ddl::read(sql);
        assert!(!reading.problems.is_empty(), "{sql:?}");
        assert!(ddl::to_duckdb(&reading.schema).statements.is_empty());
    }
}
