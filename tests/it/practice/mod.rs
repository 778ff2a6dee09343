//! Drills: read, proven, and graded as somebody who needs the answer would.

mod cards;
mod catalog;
mod command;
mod counterexample;
mod design;
mod grading;
mod limits;
mod progress;
mod proof;
mod ways;

use std::path::Path;
use std::sync::OnceLock;

use crowsfoot::catalog::Catalog;
use crowsfoot::practice::{Ground, Verdict, grade};
use tempfile::TempDir;

const PACK: &str = "title = 'Library'\nsummary = 's'\nsource = 'd'\npurpose = 'p'
[[requirement]]\nid = 'books'\ntext = 'Which books there are'\n";
const SCHEMA: &str = "CREATE TABLE author (id BIGINT PRIMARY KEY, name TEXT NOT NULL, city TEXT);
CREATE TABLE book (
  id BIGINT PRIMARY KEY,
  author_id BIGINT REFERENCES author(id),
  title TEXT NOT NULL,
  pages INTEGER NOT NULL,
  sold INTEGER
);
CREATE VIEW long_book AS SELECT * FROM book WHERE pages > 300;
";
/// A hundred authors, 28 of them without a book; every tenth book is anonymous.
const DATA: &str = "now = '2026-07-01 00:00:00'\nstart = '2025-05-01 00:00:00'\nlargest = 'book'
[[step]]\ntable = 'author'\nrows = { per = 0.1 }
[step.columns]
id = '@row'
name = \"'Author ' || @row\"
city = \"CASE WHEN @row % 3 = 0 THEN NULL ELSE 'Città ' || (@row % 5) END\"
[[step]]\ntable = 'book'\nrows = { per = 1 }
[step.columns]
id = '@row'
author_id = 'CASE WHEN @row % 10 = 0 THEN NULL ELSE 1 + (@row * 7) % 80 END'
title = \"'Title ' || @row\"
pages = '100 + (@row * 37) % 400'
sold = 'CASE WHEN @row % 7 = 0 THEN NULL ELSE (@row * 13) % 50 END'
";
const QUERIES: &str = "-- name: all-books\n-- title: All\n-- question: ?\n-- answers: books
-- notice: n\nSELECT id FROM book;\n";

/// Every author with the number of their books.
const BOOKS_OF_AUTHORS: &str = r#"
kind = "sql"
title = "Books of authors"
level = 2
place = 1
concepts = ["Outer join"]
requirement = "books"
tables = ["author", "book"]
task = "Every author with the number of their books, most first, then by id."
order = ["books DESC", "id"]
minutes = 5
hints = ["one", "two", "three"]
explain = "An outer join keeps authors without a book."
reference = '''
SELECT a.id, COUNT(b.id) AS books
FROM author AS a
LEFT JOIN book AS b ON b.author_id = a.id
GROUP BY a.id
ORDER BY books DESC, a.id
'''
[[column]]
name = "id"
text = "the author"
[[column]]
name = "books"
text = "number of books"
[[alternative]]
title = "With a subquery"
sql = "SELECT id AS ID, (SELECT COUNT(*) FROM book WHERE author_id = author.id) AS Books FROM author ORDER BY 2 DESC, 1"
[[alternative]]
title = "Counted before"
sql = "SELECT id, COALESCE(n, 0) AS books FROM author LEFT JOIN (SELECT author_id, COUNT(*) AS n FROM book GROUP BY author_id) AS c ON c.author_id = id ORDER BY books DESC, id"
[[wrong]]
title = "Inner join"
sql = "SELECT a.id, COUNT(b.id) AS books FROM author AS a JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY books DESC, a.id"
because = "Authors without a book are gone: the inner join drops them."
[[wrong]]
title = "Counts the empty row"
sql = "SELECT a.id, COUNT(*) AS books FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY books DESC, a.id"
because = "COUNT(*) counts the row the outer join made up."
[[wrong]]
title = "No order"
sql = "SELECT a.id, COUNT(b.id) AS books FROM author AS a LEFT JOIN book AS b ON b.author_id = a.id GROUP BY a.id ORDER BY a.id"
because = "The order was asked for."
"#;

/// The five longest books.
const LONGEST: &str = r#"
kind = "sql"
title = "The longest books"
level = 1
place = 2
concepts = ["Top n"]
tables = ["book"]
task = "The five longest books, longest first; of equally long ones those with the smaller id first."
order = ["pages DESC", "id"]
hints = ["one", "two", "three"]
explain = "A limit needs an order without ties."
reference = "SELECT id, title, pages FROM book ORDER BY pages DESC, id LIMIT 5"
[[column]]
name = "id"
text = "the book"
[[column]]
name = "title"
text = "its title"
[[column]]
name = "pages"
text = "its pages"
[[alternative]]
title = "By a window"
sql = "SELECT id, title, pages FROM (SELECT *, row_number() OVER (ORDER BY pages DESC, id) AS n FROM book) WHERE n <= 5 ORDER BY n"
[[alternative]]
title = "By counting longer ones"
sql = "SELECT id, title, pages FROM book AS b WHERE (SELECT COUNT(*) FROM book AS c WHERE c.pages > b.pages OR (c.pages = b.pages AND c.id < b.id)) < 5 ORDER BY pages DESC, id"
[[wrong]]
title = "Ties by rank"
sql = "SELECT id, title, pages FROM (SELECT *, rank() OVER (ORDER BY pages DESC) AS n FROM book) WHERE n <= 5 ORDER BY pages DESC, id"
because = "Books equal to the fifth all come along."
[[wrong]]
title = "Shortest"
sql = "SELECT id, title, pages FROM book ORDER BY pages, id LIMIT 5"
because = "These are the shortest."
[[wrong]]
title = "The last of equal ones"
sql = "SELECT id, title, pages FROM book ORDER BY pages DESC, id DESC LIMIT 5"
because = "Of equally long books the later ones come first."
"#;

/// Cities with an author who has no book.
const CITIES: &str = r#"
kind = "sql"
title = "Cities without books"
level = 2
place = 3
concepts = ["Anti join"]
tables = ["author", "book"]
task = "Cities of authors without a book, each once, in capitals; authors without a city do not count."
hints = ["one", "two", "three"]
explain = "NOT IN meets a NULL."
reference = '''
SELECT DISTINCT upper(a.city) AS city
FROM author AS a
WHERE a.city IS NOT NULL AND NOT EXISTS (SELECT 1 FROM book AS b WHERE b.author_id = a.id)
'''
[[column]]
name = "city"
text = "the city"
[[alternative]]
title = "Anti join"
sql = "SELECT upper(city) AS city FROM author LEFT JOIN book ON author_id = author.id WHERE book.id IS NULL AND city IS NOT NULL GROUP BY 1"
[[alternative]]
title = "Except"
sql = "SELECT upper(city) AS city FROM author WHERE city IS NOT NULL AND id IN (SELECT id FROM author EXCEPT SELECT author_id FROM book) GROUP BY 1"
[[wrong]]
title = "NOT IN"
sql = "SELECT DISTINCT upper(city) AS city FROM author WHERE city IS NOT NULL AND id NOT IN (SELECT author_id FROM book)"
because = "One anonymous book makes NOT IN unknown for every author."
[[wrong]]
title = "With NULL"
sql = "SELECT DISTINCT upper(city) AS city FROM author AS a WHERE NOT EXISTS (SELECT 1 FROM book AS b WHERE b.author_id = a.id)"
because = "NULL is no city."
[[wrong]]
title = "Each author"
sql = "SELECT upper(a.city) AS city FROM author AS a WHERE a.city IS NOT NULL AND NOT EXISTS (SELECT 1 FROM book AS b WHERE b.author_id = a.id)"
because = "A city with two such authors comes twice."
"#;

/// Writes the pack with those drills into a folder.
fn write_library(folder: &Path, drills: &[(&str, &str)]) {
    let pack = folder.join("library");
    std::fs::create_dir_all(&pack).expect("a folder");
    for (name, text) in [
        ("pack.toml", PACK),
        ("schema.sql", SCHEMA),
        ("data.toml", DATA),
        ("queries.sql", QUERIES),
    ] {
        std::fs::write(pack.join(name), text).expect("written");
    }
    for (id, text) in drills {
        let folder = pack.join("drills").join(id);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("drill.toml"), text).expect("written");
    }
}

fn library(drills: &[(&str, &str)]) -> (TempDir, Catalog) {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path(), drills);
    let catalog = Catalog::from_folder(folder.path());
    (folder, catalog)
}

/// The three drills above.
const DRILLS: [(&str, &str); 3] = [
    ("books_of_authors", BOOKS_OF_AUTHORS),
    ("longest", LONGEST),
    ("cities", CITIES),
];

fn shared() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| library(&DRILLS).1)
}

fn ground(id: &str) -> Ground {
    let (pack, drill) = shared().drill(id).expect("one of the drills");
    Ground::prepare(pack, drill, &shared().lists).unwrap_or_else(|err| unreachable!("{err}"))
}

fn graded(drill: &str, answer: &str) -> Verdict {
    grade(&ground(drill), answer)
}

/// The ids of variants an answer misses.
fn missed(verdict: &Verdict) -> Vec<&str> {
    let failed = verdict.findings.iter().filter(|f| !f.passed);
    failed.map(|f| f.id.as_str()).collect()
}
