//! The document JSON, and questions as JSON lines.

use hakusho_model::{Document, Question};

/// One object, pretty printed, with a line end.
pub(crate) fn document(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// One line a question.
pub(crate) fn questions(questions: &[Question]) -> String {
    questions.iter().map(|q| serde_json::to_string(q).unwrap_or_default() + "\n").collect()
}
