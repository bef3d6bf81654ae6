//! The document JSON.

use hakusho_model::Document;

/// One object, pretty printed, with a line end.
pub(crate) fn document(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
