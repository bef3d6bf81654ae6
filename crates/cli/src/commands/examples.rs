//! The example questions that come with the program (`ontology/queries`).

/// A question with its query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! examples {
    ($($name:literal),* $(,)?) => {
        &[$(Example { name: $name, text: include_str!(concat!("../../../../ontology/queries/", $name, ".rq")) }),*]
    };
}

/// All of them, in the order they are listed.
pub(crate) const EXAMPLES: &[Example] = examples![
    "threats-by-edition",
    "laws-named",
    "incidents",
    "figures-in-text",
    "government-bodies",
    "named-together",
    "exhibits-and-sources",
    "cited-addresses",
    "sections",
    "defects",
];

impl Example {
    /// A line of the header: `title@en`.
    pub(crate) fn header(&self, key: &str) -> &'static str {
        let prefix = format!("# {key}:");
        self.text.lines().find_map(|l| l.strip_prefix(prefix.as_str())).map_or("", str::trim)
    }
}

/// The example with that name.
pub(crate) fn example(name: &str) -> Option<Example> {
    EXAMPLES.iter().copied().find(|e| e.name == name)
}
