//! Dates and quantities of a block, and the year that its bare months lean on.

use hakusho_lexicon::{DateContext, dates, quantities};
use hakusho_model::{Block, BlockKind, Document, Exhibit, MentionKind, Quantity, Value};

use crate::candidate::{Candidate, Target};
use crate::scope::{Scope, ending_at};

/// Years that the blocks of a document lean on.
#[derive(Debug)]
pub(crate) struct Years<'d> {
    exhibits: &'d [Exhibit],
    edition: Option<i32>,
}

impl<'d> Years<'d> {
    pub(crate) fn new(document: &'d Document, edition: Option<i32>) -> Self {
        Self { exhibits: &document.exhibits, edition }
    }

    /// What a block's dates lean on: its column of a chronology; the year of its exhibit's source; the edition.
    fn context(&self, block: &Block) -> DateContext {
        let column = block.month.as_deref().and_then(|m| {
            let (year, month) = m.split_once('-')?;
            Some((year.parse().ok()?, month.parse().ok()?))
        });
        let graphic = matches!(block.kind, BlockKind::Table | BlockKind::Chart | BlockKind::Figure);
        let cited = graphic.then(|| self.source_year(block)).flatten();
        DateContext { year: cited, edition: cited.or(self.edition), column }
    }

    /// The year in brackets of the source of the exhibit that a block is the body of.
    fn source_year(&self, block: &Block) -> Option<i32> {
        let home = block.regions.first()?;
        let same = |e: &&Exhibit| {
            e.regions.iter().any(|r| {
                let middle = f32::midpoint(home.bbox.y0, home.bbox.y1);
                r.page == home.page
                    && r.bbox.y0 <= middle
                    && middle <= r.bbox.y1
                    && r.bbox.x0 < home.bbox.x1
                    && home.bbox.x0 < r.bbox.x1
            })
        };
        let source: Vec<char> = self.exhibits.iter().find(same)?.source.as_deref()?.chars().collect();
        (0..source.len()).find_map(|at| bracketed_year(&source, at)).map(|(_, year)| year)
    }
}

/// `（2021）` at a place: one past its digits, and the year.
fn bracketed_year(chars: &[char], at: usize) -> Option<(usize, i32)> {
    if !matches!(chars.get(at), Some('（' | '(')) {
        return None;
    }
    let close = matches!(chars.get(at + 5), Some('）' | ')'));
    let digits: String = hakusho_lexicon::fold(&chars.get(at + 1..at + 5)?.iter().collect::<String>()).text();
    let year = digits.parse().ok().filter(|y| (1900..=2100).contains(y) && close);
    year.map(|y| (at + 5, y))
}

/// Dates and quantities of a block; the years of citations (`総務省（2021）「…」`) among them.
pub(crate) fn values(scope: &Scope<'_>, known: &[Candidate], years: &Years<'_>) -> Vec<Candidate> {
    let folded = scope.folded;
    let mut out = Vec::new();
    let mut context = years.context(scope.block);
    for date in dates(folded, &mut context) {
        let (start, end) = folded.span(date.from, date.to);
        let value = date.edtf.map(Value::Date);
        out.push(Candidate {
            start,
            end,
            kind: MentionKind::Date,
            target: Target::None,
            rule: "date",
            score: 980,
            value,
        });
    }
    for found in quantities(folded) {
        let (start, end) = folded.span(found.from, found.to);
        let value = Some(Value::Quantity(Quantity { printed: Some(scope.text(start, end)), ..found.quantity }));
        out.push(Candidate {
            start,
            end,
            kind: MentionKind::Qty,
            target: Target::None,
            rule: "quantity",
            score: 970,
            value,
        });
    }
    out.extend(citation_years(scope, known));
    out
}

fn citation_years(scope: &Scope<'_>, known: &[Candidate]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for at in 0..scope.chars.len() {
        let Some((end, year)) = bracketed_year(scope.chars, at) else { continue };
        let publisher = ending_at(known, at, &[MentionKind::Org, MentionKind::Person]).is_some();
        let titled = matches!(scope.chars.get(end + 1), Some('「' | '『'));
        if publisher || titled && at > 0 {
            let value = Some(Value::Date(format!("{year:04}")));
            let (kind, target) = (MentionKind::Date, Target::None);
            out.push(Candidate { start: at + 1, end, kind, target, rule: "citation-year", score: 980, value });
        }
    }
    out
}
