//! Which survey and wave a figure comes from.

use hakusho_model::{Block, BlockKind, Document, Exhibit, Mention, MentionKind};

/// The survey that the source note or the caption of an exhibit names.
pub(super) fn of_exhibit(document: &Document, exhibit: &Exhibit) -> Option<String> {
    let told = |b: &&Block| matches!(b.kind, BlockKind::SourceNote | BlockKind::Caption);
    let blocks = exhibit.blocks.iter().filter_map(|id| document.block(id)).filter(told);
    blocks.flat_map(|b| surveys(document, &b.id)).find_map(|m| m.entity.clone())
}

/// The last survey named before a place in a sentence.
pub(super) fn of_sentence(mentions: &[&Mention], from: usize, to: usize) -> Option<String> {
    let inside = |m: &&&Mention| m.kind == MentionKind::Survey && m.start >= from && m.end <= to;
    mentions.iter().filter(inside).filter_map(|m| m.entity.clone()).next_back()
}

fn surveys<'d>(document: &'d Document, block: &'d str) -> impl Iterator<Item = &'d Mention> {
    document.mentions.iter().filter(move |m| m.block == block && m.kind == MentionKind::Survey)
}

/// The year that a label says, and nothing more precise (`2020年`, `2019年度`, `2020`).
pub(super) fn wave(labels: &[&str]) -> Option<String> {
    labels.iter().find_map(|label| {
        let text = hakusho_lexicon::fold(label).text();
        let year: String = text.trim().chars().take(4).collect();
        let rest: String = text.trim().chars().skip(4).collect();
        let plain = matches!(rest.trim(), "" | "年" | "年度" | "年調査" | "年度調査");
        (year.len() == 4 && year.chars().all(|c| c.is_ascii_digit()) && matches!(&year[..2], "19" | "20") && plain)
            .then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_years_alone() {
        let check = |label: &str, expected: Option<&str>| assert_eq!(wave(&[label]).as_deref(), expected, "{label}");
        check("2020年", Some("2020"));
        check("２０１９年度", Some("2019"));
        check("2020年に導入", None);
        check("12345", None);
    }
}
