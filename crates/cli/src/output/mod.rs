//! Everything that is printed: results to standard output, all else to standard error.

#[cfg(feature = "store")]
pub(crate) mod changes;
#[cfg(feature = "store")]
pub(crate) mod changes_rdf;
pub(crate) mod docling;
#[cfg(feature = "store")]
pub(crate) mod editions;
pub(crate) mod html;
#[cfg(feature = "store")]
pub(crate) mod ingest;
pub(crate) mod json;
pub(crate) mod markdown;
#[cfg(feature = "store")]
mod progress;
#[cfg(feature = "store")]
pub(crate) mod review;
pub(crate) mod runs;
pub(crate) mod scores;
pub(crate) mod table;
pub(crate) mod text;
mod tuning;

use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
#[cfg(feature = "store")]
pub(crate) use progress::Progress;

/// Prints a result.
pub(crate) fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Prints a result.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(())
}

/// Prints a remark.
pub(crate) fn remark(text: &str) {
    // Nothing can be done about a closed standard error.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Prints a warning about one input.
pub(crate) fn warn(text: &str) {
    remark(&format!("warning: {text}"));
}

/// Prints an error with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let mut text = format!("error: {}", causes[0]);
    for cause in &causes[1..] {
        if !text.contains(cause.as_str()) {
            let _ = write!(text, ": {cause}");
        }
    }
    remark(&text);
}
