//! Sections, exhibits, references and footnotes of a seed. Pages are not annotated.

use super::Lines;
use super::rows::{Row, StructureRow};
use crate::fold::mend;
use crate::gold::file::{FootnoteRow, Given, SectionRow};
use crate::gold::{Gold, GoldError, GoldExhibit, GoldReference};

/// Characters before a mark that are kept to know its place by.
const BEFORE: usize = 12;
/// Fewest of them; where the line has less, the line above comes before it.
const LEAST_BEFORE: usize = 6;

type Rows = [Row<StructureRow>];

pub(super) fn fill(gold: &mut Gold, rows: &Rows, lines: &Lines) -> Result<(), GoldError> {
    let of = |kind: &'static str| rows.iter().filter(move |r| r.it.kind == kind);
    gold.sections = Some(of("section").map(|r| section(&r.it)).collect());
    gold.exhibits = Some(of("figure").filter_map(|r| exhibit(&r.it)).collect());
    gold.xrefs = Some(of("figure").flat_map(|r| references(&r.it)).collect());
    gold.footnotes = Some(of("footnote").map(|r| footnote(r, lines)).collect::<Result<_, _>>()?);
    Ok(())
}

/// First and last lines of running heads and feet and of side tabs: passages in them are no text of the report.
pub(super) fn furniture(rows: &Rows) -> Vec<(usize, usize)> {
    let runs = |r: &&Row<StructureRow>| {
        r.it.artefact.as_deref().is_some_and(|a| a.starts_with("running") || a.starts_with("side"))
    };
    rows.iter().filter(runs).filter_map(|r| Some((*r.it.lines.first()?, *r.it.lines.get(1)?))).collect()
}

fn section(row: &StructureRow) -> SectionRow {
    SectionRow {
        id: None,
        level: row.level,
        label: row.label.clone(),
        title: row.title.clone().unwrap_or_default(),
        page: None,
        parent: Given::Absent,
    }
}

/// An exhibit; one without a caption is only referred to.
fn exhibit(row: &StructureRow) -> Option<GoldExhibit> {
    let caption = row.caption.as_deref().filter(|c| !c.is_empty())?;
    let (source, any_source) = match &row.source {
        Given::Absent => (String::new(), true),
        Given::Said(source) => (source.clone().unwrap_or_default(), false),
    };
    let label = row.number.clone().unwrap_or_default();
    Some(GoldExhibit {
        number: row.number.clone(),
        label,
        caption: mend(caption),
        kind: None,
        pages: Vec::new(),
        source,
        any_source,
    })
}

fn references(row: &StructureRow) -> impl Iterator<Item = GoldReference> {
    let target = row.number.clone().unwrap_or_default();
    let count = row.ref_lines.as_ref().map_or(0, Vec::len);
    (0..count).map(move |_| GoldReference { target: target.clone(), page: None })
}

fn footnote(row: &Row<StructureRow>, lines: &Lines) -> Result<FootnoteRow, GoldError> {
    let it = &row.it;
    let marker = it.number.clone().ok_or_else(|| row.wrong("a footnote without `number`"))?;
    let number = it.marker_line.ok_or_else(|| row.wrong("a footnote without `marker_line`"))?;
    let line: String = lines.named(number, row)?.iter().collect();
    let context = it.marker_context.as_deref().unwrap_or_default();
    let mut before: Vec<char> = line[..line.find(context).unwrap_or(0)].chars().collect();
    if before.len() < LEAST_BEFORE {
        let above = number.checked_sub(1).and_then(|n| lines.get(n)).unwrap_or_default();
        before = [above, &before].concat();
    }
    let text = it.text.as_deref().unwrap_or_default();
    let text = text.strip_prefix(&marker).unwrap_or(text).trim().to_owned();
    let before = before[before.len().saturating_sub(BEFORE)..].iter().collect();
    Ok(FootnoteRow { marker, page: None, urls: addresses(&text), text, anchor_before: Some(before) })
}

/// Web addresses in a text, without the marks that end a sentence.
fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let scheme = ["https://", "http://"].into_iter().find(|s| rest[at..].starts_with(s));
        let begin = at + scheme.map_or("http".len(), str::len);
        let visible = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>');
        let end = begin + rest[begin..].find(|c| !visible(c)).unwrap_or(rest.len() - begin);
        if scheme.is_some() && end > begin {
            found.push(rest[at..end].trim_end_matches(['.', ',', ')']).to_owned());
        }
        rest = &rest[if scheme.is_some() { end } else { begin }..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_what_no_address_has() {
        let check = |text: &str, want: &[&str]| assert_eq!(addresses(text), want, "{text}");
        check("（https://a.example/b?c=d~）", &["https://a.example/b?c=d~"]);
        check("見 http://a.example/b). と <https://c.example/>", &["http://a.example/b", "https://c.example/"]);
        check("httpd と http:// と", &[]);
    }
}
