//! Names of tables and columns in a text, as links to them.

use crate::model::{Schema, same_name};

/// A table, or one of its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub table: String,
    pub column: Option<String>,
}

/// The names of a schema.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    schema: &'a Schema,
}

/// A Markdown text with links, and where each leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    pub markdown: String,
    /// Link target in the text, and what it means.
    pub links: Vec<(String, Mention)>,
}

impl<'a> Names<'a> {
    pub fn new(schema: &'a Schema) -> Self {
        Self { schema }
    }

    /// The table, view or `table.column` of that name.
    pub fn find(&self, name: &str) -> Option<Mention> {
        if let Some(table) = self.table(name) {
            return Some(Mention {
                table: table.to_owned(),
                column: None,
            });
        }
        let (table, column) = name.rsplit_once('.')?;
        let table = self.schema.table(table)?;
        let column = table.column(column)?;
        Some(Mention {
            table: table.name.clone(),
            column: Some(column.name.clone()),
        })
    }

    fn table(&self, name: &str) -> Option<&'a str> {
        let tables = self.schema.tables.iter().map(|t| t.name.as_str());
        let views = self.schema.views.iter().map(|v| v.name.as_str());
        tables.chain(views).find(|t| same_name(t, name))
    }

    /// The tables a text names, each once, in order of appearance.
    pub fn tables_in(&self, texts: &[&str]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in texts {
            let words = text.split(|c: char| !is_name_char(c));
            for mention in words.filter_map(|w| self.find(w.trim_matches('.'))) {
                if !found.contains(&mention.table) {
                    found.push(mention.table);
                }
            }
        }
        found
    }

    /// The text with links where it names tables or columns.
    ///
    /// A name counts in `code` and in **bold**, and bare when it cannot be an English word: with
    /// an underscore or a dot in it. Blocks of code and links that are there already stay as
    /// they are.
    pub fn link(&self, text: &str) -> Linked {
        let mut out = Linked::default();
        let mut rest = text;
        while !rest.is_empty() {
            rest = self.piece(rest, &mut out);
        }
        out
    }

    /// Copies one piece of the text over, linked where it is a name. Returns what is left.
    fn piece<'t>(&self, text: &'t str, out: &mut Linked) -> &'t str {
        let closed = |open: &str, close: &str| {
            let inner = text.strip_prefix(open)?;
            let end = inner.find(close)?;
            Some((&inner[..end], &inner[end + close.len()..]))
        };
        if let Some((inner, rest)) = closed("```", "```") {
            out.push_plain(&format!("```{inner}```"));
            return rest;
        }
        if let Some((inner, rest)) = closed("`", "`") {
            let shown = format!("`{inner}`");
            out.push(&shown, self.find(inner));
            return rest;
        }
        if let Some((inner, rest)) = closed("**", "**") {
            match self.find(inner) {
                // Bold would take the colour of the link.
                Some(mention) => out.push(inner, Some(mention)),
                None => {
                    out.push_plain("**");
                    let mut inside = inner;
                    while !inside.is_empty() {
                        inside = self.piece(inside, out);
                    }
                    out.push_plain("**");
                }
            }
            return rest;
        }
        if let Some((shown, rest)) = closed("[", "](")
            && let Some(end) = rest.find(')')
        {
            out.push_plain(&format!("[{shown}]({}", &rest[..=end]));
            return &rest[end + 1..];
        }
        let word = text.find(|c| !is_name_char(c)).unwrap_or(text.len());
        if word == 0 {
            let next = text.chars().next().map_or(text.len(), char::len_utf8);
            out.push_plain(&text[..next]);
            return &text[next..];
        }
        let name = text[..word].trim_end_matches('.');
        if name.is_empty() {
            out.push_plain(&text[..word]);
            return &text[word..];
        }
        let mention = if name.contains(['_', '.']) {
            self.find(name)
        } else {
            None
        };
        out.push(name, mention);
        &text[name.len()..]
    }
}

impl Linked {
    fn push_plain(&mut self, text: &str) {
        self.markdown.push_str(text);
    }

    fn push(&mut self, shown: &str, mention: Option<Mention>) {
        let Some(mention) = mention else {
            return self.push_plain(shown);
        };
        let known = self.links.iter().position(|(_, m)| *m == mention);
        let number = known.unwrap_or(self.links.len());
        let target = format!("name:{number}");
        self.markdown.push_str(&format!("[{shown}]({target})"));
        if known.is_none() {
            self.links.push((target, mention));
        }
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ddl;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let schema = ddl::read(
            "CREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT); \
             CREATE TABLE order_items (id BIGINT, order_id BIGINT);",
        )
        .schema;
        assert_eq!(Names::new(&schema).link(text).markdown, expected);
    }

    #[test]
    fn names_in_code_and_bold_are_links() {
        check("see `orders`.", "see [`orders`](name:0).");
        check("**orders** and **more**", "[orders](name:0) and **more**");
        check("**all order_items**", "**all [order_items](name:0)**");
        check("`orders.user_id`", "[`orders.user_id`](name:0)");
        check(
            "`ORDERS` twice `orders`",
            "[`ORDERS`](name:0) twice [`orders`](name:0)",
        );
    }

    #[test]
    fn bare_words_are_links_only_when_they_cannot_be_english() {
        check("orders of order_items", "orders of [order_items](name:0)");
        check("on orders.id, orders.", "on [orders.id](name:0), orders.");
        check("orders.nothing …", "orders.nothing …");
    }

    #[test]
    fn code_blocks_links_and_broken_markdown_stay_as_they_are() {
        check("```\norder_items\n```", "```\norder_items\n```");
        check("[order_items](http://x)", "[order_items](http://x)");
        check("`unclosed order_items", "`unclosed [order_items](name:0)");
        check("**", "**");
        check("...", "...");
        check("ö_ü", "ö_ü");
    }

    #[test]
    fn tables_of_several_texts_are_named_once() {
        let schema = ddl::read("CREATE TABLE a_b (id INT); CREATE TABLE c (d INT);").schema;
        let names = Names::new(&schema);
        assert_eq!(
            names.tables_in(&["ALTER TABLE c", "a_b.id and C"]),
            ["c", "a_b"]
        );
    }
}
