//! The example questions that come with the program, listed by topic.

pub(crate) use hakusho_batch::{EXAMPLES, example};

use crate::output::{self, table::Table};

/// A table of all of them; those of a topic stand together.
pub(crate) fn list() -> String {
    let mut table = Table::new(&["name", "topic", "question", "質問"]);
    for e in EXAMPLES {
        let header = |key: &str| e.header(key).to_owned();
        table.push(vec![e.name.to_owned(), header("topic"), header("title@en"), header("title@ja")]);
    }
    table.render(output::table::width())
}
