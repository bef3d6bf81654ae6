//! What asks.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Forms in which `query` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QueryFormat {
    /// For reading in a terminal
    Table,
    /// Comma-separated values
    Csv,
    /// Tab-separated values with full terms
    Tsv,
    /// SPARQL results in JSON
    Json,
    /// SPARQL results in XML
    Xml,
    /// Turtle, for CONSTRUCT and DESCRIBE
    Ttl,
    /// N-Triples, for CONSTRUCT and DESCRIBE
    Nt,
    /// JSON-LD, for CONSTRUCT and DESCRIBE
    Jsonld,
}

#[derive(Debug, Args)]
#[command(
    group(clap::ArgGroup::new("what").required(true).args(["file", "text", "example", "examples"])),
    after_help = "An answer is whole or there is none: a question that passes a limit is stopped, and nothing of its answer is\n\
    printed. Graphs (CONSTRUCT, DESCRIBE) come as Turtle unless another form for graphs is asked for. What is asked\n\
    sees all that is current; a file that was replaced or withdrawn is seen by naming its graph (GRAPH, FROM).\n\
    SERVICE reaches no network. Ctrl-C ends it at once.\n\
    Exit status: 0 answered, 1 the question cannot be understood, is too large, or fails; 3 it passed a limit."
)]
pub(crate) struct QueryArgs {
    /// File with the query, or `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The query itself
    #[arg(long, short = 'e', value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Ask one of the example questions
    #[arg(long, value_name = "NAME")]
    pub(crate) example: Option<String>,
    /// List the example questions
    #[arg(long)]
    pub(crate) examples: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = QueryFormat::Table)]
    pub(crate) format: QueryFormat,
    /// Say how the question would be worked on and what is likely to be slow, instead of answering it
    #[arg(long)]
    pub(crate) explain: bool,
    /// Stop after this time; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(crate) timeout: f64,
    /// Refuse answers of more rows (or statements) than this
    #[arg(long, value_name = "N")]
    pub(crate) max_rows: Option<usize>,
    /// Refuse answers of more bytes than this
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<usize>,
    /// Stop when the program has grown by this much; 0 for no limit. Linux only
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    pub(crate) max_memory: u64,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SearchKind {
    /// Paragraphs, list items, chronology entries, boxes and notes
    Passage,
    /// What stands in tables, charts and figures
    Exhibit,
    /// Captions of tables, charts and figures
    Caption,
    /// Titles of sections
    Title,
    /// Names of organisations, laws, threats and the like
    Label,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Words are separated by spaces, and all of them must be there. A word is found as it stands, also inside a longer \
one in Japanese: 標的型 finds 標的型攻撃. Words of Latin letters and numbers are found whole. Width (Ａ, ｶﾅ) and capitals do not matter.\n\n  \
\"zero trust\"   words that follow each other\n  A OR B         one of the two\n  -word          not with this word\n\n\
Put everything in one pair of single quotation marks, so that the shell leaves it alone: hakusho search '\"zero trust\" -VPN'"
)]
pub(crate) struct SearchArgs {
    /// Words to look for
    #[arg(value_name = "WORDS", required_unless_present = "reindex")]
    pub(crate) words: Vec<String>,
    /// Most hits that are shown
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
    /// Only texts of this kind
    #[arg(long, value_enum)]
    pub(crate) kind: Option<SearchKind>,
    /// Print as JSON, with places in the text and printed lines
    #[arg(long)]
    pub(crate) json: bool,
    /// Make the search index anew
    #[arg(long)]
    pub(crate) reindex: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    /// IRI of a statement's subject or of the evidence itself
    #[arg(value_name = "IRI")]
    pub(crate) iri: String,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InsightArgs {
    #[command(subcommand)]
    pub(crate) command: InsightCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum InsightCommand {
    /// Names that sentences mention together, those with the most sentences first
    Network {
        /// How many to show
        #[arg(long, default_value_t = 20, value_name = "N")]
        top: usize,
    },
    /// The shortest chain of sentences from one name to another
    Path {
        /// Label or IRI (`総務省`)
        from: String,
        /// Label or IRI
        to: String,
    },
}
