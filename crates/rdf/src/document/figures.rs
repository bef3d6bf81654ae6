//! Figures: cells of tables, points of charts, numbers in the text, as observations with their dimensions.

use hakusho_lexicon::Cues;
use hakusho_model::{Block, BlockKind, Exhibit, Observation};
use oxrdf::NamedNode;

use super::Writer;
use super::evidence::view;
use super::exhibits::body;
use super::rules::{CHART_POINT, STATED_FIGURE, TABLE_CELL};
use super::things::year;
use crate::vocab::{DCTERMS, MEASURE, QB, RDFS, SCHEMA, SKOS, hk, term};

/// What the headings over and beside a figure say of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Dimensions {
    item: Option<String>,
    respondents: Option<String>,
    series: Option<String>,
    year: Option<String>,
}

impl<'d> Writer<'d> {
    /// Writes all figures.
    pub(super) fn figures(&mut self) {
        for figure in &self.document.observations {
            match &figure.exhibit {
                Some(exhibit) => self.exhibit_figure(exhibit, figure),
                None => self.stated(figure),
            }
        }
    }

    /// A figure in the text, under the words that introduce it.
    fn stated(&mut self, figure: &'d Observation) {
        let Some(block) = figure.block.as_deref().and_then(|id| self.document.block(id)) else { return };
        let chars: Vec<char> = block.text.chars().collect();
        let lead: Vec<char> = format!("{}{}", figure.category, figure.printed).chars().collect();
        let Some(at) = chars.windows(lead.len().max(1)).position(|w| w == lead) else { return };
        let start = at + figure.category.chars().count();
        let Some((evidence, _)) = self.evidence.around(block, &chars, (start, at + lead.len()), &STATED_FIGURE) else {
            return;
        };
        let node = self.iris.claim("obs", &format!("{}:{start}:{}", block.id, decimal(figure.value)));
        self.sink.japanese(&node, term(RDFS, "label"), &figure.category);
        self.state(&node, figure, evidence);
        self.dated(&node, figure, None);
    }

    /// A point of a chart or a number cell of a table.
    fn exhibit_figure(&mut self, exhibit: &str, figure: &'d Observation) {
        let document = self.document;
        let Some(exhibit) = document.exhibits.iter().find(|x| x.id == exhibit) else { return };
        let Some(block) = body(document, exhibit) else { return };
        let chars: Vec<char> = block.text.chars().collect();
        let (span, exact) = place(block, &chars, figure);
        let rule = if block.kind == BlockKind::Table { TABLE_CELL } else { CHART_POINT };
        let Some((evidence, _)) = self.evidence.around(block, &chars, span, &rule) else { return };
        let series = figure.series.as_deref().unwrap_or("");
        let groups = figure.group.join("/");
        let key = format!("{}:{groups}:{}:{series}:{}", exhibit.id, figure.category, decimal(figure.value));
        let node = self.iris.claim("obs", &key);
        let label = [figure.category.as_str(), series].join(" ");
        self.sink.japanese(&node, term(RDFS, "label"), label.trim());
        self.state(&node, figure, evidence);
        if exact {
            let boxes: Vec<String> = block.boxes(span.0, span.1).iter().map(|b| view(b.page, &b.bbox)).collect();
            self.sink.text(&node, hk("boxes"), &boxes.join(" "));
        }
        if let Some(part) = self.parts.get(&exhibit.id).cloned() {
            self.sink.add(&node, term(QB, "dataSet"), part);
        }
        let dimensions = dimensions(figure, exhibit);
        self.dimensions(&node, &dimensions);
        self.dated(&node, figure, dimensions.year);
    }

    fn dimensions(&mut self, node: &NamedNode, dimensions: &Dimensions) {
        if let Some(item) = &dimensions.item {
            let concept = self.concept("item", "AnswerItem", item);
            self.sink.add(node, hk("item"), concept);
        }
        if let Some(series) = &dimensions.series {
            let concept = self.concept("item", "AnswerItem", series);
            self.sink.add(node, hk("seriesItem"), concept);
        }
        if let Some(class) = &dimensions.respondents {
            let concept = self.concept("rc", "RespondentClass", class);
            if !is_everyone(class) {
                let whole = self.concept("rc", "RespondentClass", &everyone());
                self.things.add(&concept, term(SKOS, "broader"), whole);
            }
            self.sink.add(node, hk("respondentClass"), concept);
        }
    }

    /// Survey, wave, and the year where no survey is known.
    fn dated(&mut self, node: &NamedNode, figure: &Observation, own: Option<String>) {
        let year = own.or_else(|| figure.wave.as_deref().and_then(year));
        if let Some(survey) = &figure.survey {
            self.sink.add(node, hk("survey"), NamedNode::new_unchecked(survey.clone()));
            if let Some(year) = year.clone().or_else(|| self.survey_year(figure)) {
                let wave = self.wave(survey, &year);
                self.sink.add(node, hk("wave"), wave);
            }
        }
        if let Some(year) = year {
            self.sink.typed(node, term(DCTERMS, "temporal"), &year, "gYear");
        }
    }

    /// What is said of every figure.
    fn state(&mut self, node: &NamedNode, figure: &Observation, evidence: NamedNode) {
        self.sink.kind(node, hk("Observation"));
        self.sink.typed(node, term(MEASURE, "obsValue"), &decimal(figure.value), "decimal");
        if let Some(unit) = figure.unit.as_deref().filter(|u| !u.is_empty()) {
            self.sink.text(node, term(SCHEMA, "unitText"), unit_text(unit));
        }
        self.sink.text(node, hk("verbatim"), &figure.printed);
        if let Some(size) = figure.sample_size {
            self.sink.number(node, hk("sampleSize"), i64::from(size));
        }
        self.sink.add(node, hk("evidence"), evidence);
    }
}

/// One form of the percent sign, whatever the report's width.
fn unit_text(unit: &str) -> &str {
    if unit == "％" { "%" } else { unit }
}

/// Where the figure is printed: its cell in the row of its category, its only occurrence in a drawing; else the row or all.
fn place(block: &Block, chars: &[char], figure: &Observation) -> ((usize, usize), bool) {
    let printed: Vec<char> = figure.printed.chars().collect();
    let ends = |c: char| c.is_whitespace();
    let stands = |i: usize| {
        chars[i..].starts_with(&printed)
            && (i == 0 || ends(chars[i - 1]))
            && chars.get(i + printed.len()).is_none_or(|c| ends(*c))
    };
    let all: Vec<usize> = (0..chars.len()).filter(|&i| !printed.is_empty() && stands(i)).collect();
    if block.kind == BlockKind::Table {
        let category: Vec<char> = figure.category.chars().collect();
        let row = |at: usize| {
            let from = chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1);
            let to = chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |i| at + i);
            chars[from..to].windows(category.len().max(1)).any(|w| w == category)
        };
        let rows: Vec<usize> = all.iter().copied().filter(|at| category.is_empty() || row(*at)).collect();
        return match (rows.as_slice(), all.as_slice()) {
            ([only], _) | ([], [only]) => ((*only, only + printed.len()), true),
            ([first, ..], _) => ((*first, first + printed.len()), false),
            _ => (super::rankings::row_with(block, chars, &figure.category), false),
        };
    }
    match all.as_slice() {
        [only] => ((*only, only + printed.len()), true),
        _ => ((0, chars.len()), false),
    }
}

/// Sorts the headings of a figure into what was asked, who answered, and when.
fn dimensions(figure: &Observation, exhibit: &Exhibit) -> Dimensions {
    let mut found = Dimensions::default();
    let breakdown = figure.group.iter().any(|g| ends_with("respondent_breakdown", g));
    for (label, grouped) in [(Some(figure.category.as_str()), breakdown), (figure.series.as_deref(), false)] {
        let Some(label) = label.map(without_unit).filter(|l| !l.is_empty()) else { continue };
        if found.year.is_none() && is_year(label) {
            found.year = year(label);
        } else if found.respondents.is_none() && (grouped || is_respondents(label)) {
            found.respondents = Some(label.to_owned());
        } else if found.item.is_none() {
            found.item = Some(label.to_owned());
        } else {
            found.series = Some(label.to_owned());
        }
    }
    if found.item.is_none() && !exhibit.caption.is_empty() {
        found.item = Some(exhibit.caption.clone());
    }
    found
}

/// A heading without the unit in brackets behind it: `2023年版（％）`.
fn without_unit(label: &str) -> &str {
    let trimmed = label.trim();
    let inner = trimmed.strip_suffix(['）', ')']).and_then(|head| head.rfind(['（', '(']).map(|i| (head, i)));
    match inner {
        Some((head, i)) if i > 0 && is_unit(head[i..].trim_start_matches(['（', '('])) => head[..i].trim_end(),
        _ => trimmed,
    }
}

fn is_unit(text: &str) -> bool {
    is_one_of("unit_note", text)
}

/// A heading that is a year and nothing else but 年, 年度, 年版 and the like.
fn is_year(label: &str) -> bool {
    let rest = |c: char| c.is_numeric() || matches!(c, '年' | '度' | '版' | '調' | '査' | '時' | '点');
    year(label).is_some() && label.chars().all(rest)
}

/// Whether a text ends in a word of that role.
pub(super) fn ends_with(role: &str, label: &str) -> bool {
    Cues::embedded().ending(role, &label.chars().collect::<Vec<_>>()).is_some()
}

/// Whether a heading names those who answered: everyone, a size of firms, an age, a trade.
fn is_respondents(label: &str) -> bool {
    is_everyone(label) || ends_with("respondents", label)
}

fn is_everyone(label: &str) -> bool {
    is_one_of("everyone", label)
}

fn is_one_of(role: &str, label: &str) -> bool {
    let chars: Vec<char> = label.chars().collect();
    Cues::embedded().list(role).iter().any(|c| c.word == chars)
}

/// The word for everyone that the lexicon gives first among the shortest.
fn everyone() -> String {
    Cues::embedded().list("everyone").last().map_or_else(String::new, |c| c.word.iter().collect())
}

/// A number as an XML Schema decimal.
pub(super) fn decimal(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use hakusho_model::ExhibitKind;

    use super::*;

    fn check(category: &str, series: Option<&str>, group: Option<&str>, expected: [Option<&str>; 4]) {
        let figure: Observation = serde_json::from_value(serde_json::json!({
            "id": "o1", "exhibit": "x1", "block": null, "series": series, "category": category,
            "group": group.map(|g| vec![g]).unwrap_or_default(), "value": 1.0, "unit": null, "printed": "1",
        }))
        .expect("an observation");
        let exhibit = Exhibit {
            id: "x1".into(),
            label: None,
            number: None,
            caption: "見本の推移".into(),
            kind: ExhibitKind::Chart,
            section: None,
            regions: Vec::new(),
            source: None,
            notes: Vec::new(),
            tables: Vec::new(),
            chart: None,
            blocks: Vec::new(),
        };
        let found = dimensions(&figure, &exhibit);
        let found = [found.item, found.respondents, found.series, found.year];
        assert_eq!(found, expected.map(|e| e.map(str::to_owned)), "{category} {series:?} {group:?}");
    }

    #[test]
    fn headings_are_sorted_into_dimensions() {
        check("多要素認証", Some("2023年版（％）"), None, [Some("多要素認証"), None, None, Some("2023")]);
        check("2021", None, None, [Some("見本の推移"), None, None, Some("2021")]);
        check("2022年度", Some("紛失"), None, [Some("紛失"), None, None, Some("2022")]);
        check("見本の被害", Some("300～999人"), None, [Some("見本の被害"), Some("300～999人"), None, None]);
        check("全体", Some("利用している"), None, [Some("利用している"), Some("全体"), None, None]);
        check("製造", Some("利用中"), Some("業種別"), [Some("利用中"), Some("製造"), None, None]);
        check("紛失", Some("差（ポイント）"), None, [Some("紛失"), None, Some("差"), None]);
    }

    #[test]
    fn decimals_have_no_exponent() {
        assert_eq!(decimal(45.9), "45.9");
        assert_eq!(decimal(123_973_800_000_000.0), "123973800000000");
        assert_eq!(decimal(-0.5), "-0.5");
    }
}
