//! The example questions that come with the program, listed by topic.

pub(crate) use hakusho_batch::{EXAMPLES, example};

/// All of them: a line with the topic, then for each its name and the question in both languages. Names are not divided.
pub(crate) fn list() -> String {
    let width = EXAMPLES.iter().map(|e| e.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    let mut before = "";
    for e in EXAMPLES {
        let topic = e.header("topic");
        if topic != before {
            out += &format!("{}{topic}\n", if before.is_empty() { "" } else { "\n" });
            before = topic;
        }
        let (ja, en) = (e.header("title@ja"), e.header("title@en"));
        out += &format!("  {:width$}  {en}\n  {:width$}  {ja}\n", e.name, "");
    }
    out
}
