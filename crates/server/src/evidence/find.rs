//! Evidence from the graph: by its IRI, by what rests on it, or by its quote.

use std::collections::{BTreeMap, BTreeSet};

use super::focus::Figure;
use super::{Both, EditionName, Evidence, PageBox, Where, focus};
use crate::app::Shared;
use crate::problem::Problem;
use crate::terms::{Link, links};
use crate::view::{Row, View, edition_slug, iri, literal};

/// Characters on each side of a quote.
const AROUND: usize = 40;
/// Pieces of evidence of one thing that are told.
const MOST: usize = 20;

/// Evidence with that IRI, or what the thing with that IRI rests on.
///
/// # Errors
/// When the IRI is none, or the store fails.
pub(crate) fn by_iri(app: &Shared, view: &View, text: &str) -> Result<Vec<Evidence>, Problem> {
    let node = iri(text)?;
    let of_claim = format!("{node} hk:evidence ?ev .");
    let itself = format!("BIND({node} AS ?ev) ?ev a hk:Evidence .");
    let first = if text.starts_with(&format!("{}ev/", view.base)) { [itself, of_claim] } else { [of_claim, itself] };
    for pattern in first {
        let mut found = read(app, view, &pattern)?;
        if !found.is_empty() {
            if let Some(figure) = focus::of_figure(view, text)? {
                for one in &mut found {
                    tell(one, &figure);
                }
            }
            return Ok(found);
        }
    }
    // Things have no evidence of their own: sentences that name them are what there is to see.
    read(app, view, &format!("{{ SELECT ?ev {{ ?ev hk:mentions {node} }} ORDER BY ?ev LIMIT {MOST} }}"))
}

/// Marks the number of a figure, and tells it in place of all that is written in its chart or table.
fn tell(evidence: &mut Evidence, figure: &Figure) {
    evidence.focus.clone_from(&figure.boxes);
    if let Some((text, exhibit)) = &figure.words {
        evidence.citation = citation(exhibit, &evidence.place, &evidence.url);
        evidence.figure = Some(text.clone());
    }
}

/// What a row of an answer says of where it is printed.
pub(crate) struct Printed<'q> {
    pub(crate) quote: &'q str,
    pub(crate) edition: Option<&'q str>,
    pub(crate) page: Option<&'q str>,
    /// Its other cells, which may tell a figure.
    pub(crate) cells: BTreeSet<&'q str>,
}

/// Evidence with that quote, in an edition and on a page where they are known; first that of the figure that the row tells.
///
/// # Errors
/// When the store fails.
pub(crate) fn by_quote(app: &Shared, view: &View, printed: &Printed<'_>) -> Result<Vec<Evidence>, Problem> {
    let (edition, page) = (printed.edition, printed.page);
    let quote = literal(printed.quote);
    let values = |name: &str| format!("VALUES ?{name} {{ {quote}@ja {quote} {quote}@en }}");
    let mut found = read(app, view, &format!("{} ?ev hk:text ?quote ; a hk:Evidence .", values("quote")))?;
    if found.is_empty() {
        // A caption or the title of a section is printed, too, as part of what the exhibit or section rests on.
        found = read(app, view, &format!("{} ?thing dcterms:title ?title_ ; hk:evidence ?ev .", values("title_")))?;
    }
    let fits = |e: &Evidence| {
        edition.is_none_or(|t| e.place.edition.title == t) && page.is_none_or(|p| p.is_empty() || e.place.printed == p)
    };
    let (close, other): (Vec<Evidence>, Vec<Evidence>) = found.into_iter().partition(fits);
    let mut found = if close.is_empty() { other } else { close };
    if let Some(figure) = focus::of_row(view, &values("q"), &printed.cells)? {
        let first = by_iri(app, view, &figure)?;
        found.retain(|e| first.iter().all(|f| f.iri != e.iri));
        found.splice(0..0, first);
    }
    Ok(found)
}

fn read(app: &Shared, view: &View, pattern: &str) -> Result<Vec<Evidence>, Problem> {
    let rows = view.rows(&format!(
        "SELECT ?ev ?text ?boxes ?offsets ?confidence ?index ?printed ?f ?edition ?title ?part ?whole WHERE {{
           {pattern}
           ?ev hk:text ?text ; oa:hasSource ?f ; hk:onPage ?p ; hk:boxes ?boxes ; hk:offsets ?offsets ; hk:confidence ?confidence .
           ?p hk:pageIndex ?index . OPTIONAL {{ ?p hk:printedPage ?printed }}
           ?edition frbr:embodiment ?f ; dcterms:title ?title .
           OPTIONAL {{ ?ev hk:inPart ?part OPTIONAL {{ ?part hk:text ?whole }} }}
         }} ORDER BY ?title ?index ?ev LIMIT {}",
        4 * MOST
    ))?;
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut out: Vec<Evidence> = Vec::new();
    let mut parts: Vec<Option<String>> = Vec::new();
    for row in rows.iter() {
        let at = *found.entry(row.text("ev")).or_insert_with(|| {
            out.push(one(app, &row));
            parts.push(row.opt("part"));
            out.len() - 1
        });
        if let Some((prefix, suffix)) = beside(&row.text("whole"), &out[at].quote, &row.text("offsets")) {
            (out[at].prefix, out[at].suffix) = (prefix, suffix);
        }
    }
    out.truncate(MOST);
    for (evidence, part) in out.iter_mut().zip(parts) {
        complete(view, evidence, part.as_deref())?;
    }
    Ok(out)
}

fn one(app: &Shared, row: &Row<'_>) -> Evidence {
    let iri = row.text("ev");
    let place = place(row);
    let id = iri.rsplit('/').next().unwrap_or_default().to_owned();
    let url = format!("{}/evidence/{id}", app.address());
    let citation = citation(&Both::default(), &place, &url);
    Evidence {
        quote: row.text("text"),
        prefix: String::new(),
        suffix: String::new(),
        lines: boxes(&row.text("boxes")),
        focus: Vec::new(),
        figure: None,
        rules: Vec::new(),
        confidence: row.number("confidence").unwrap_or(0.0),
        section: None,
        mentions: Vec::new(),
        supports: Vec::new(),
        place,
        citation,
        url,
        iri,
    }
}

/// Where a row says that something is printed: `f`, `edition`, `title`, `index`, `printed`.
pub(crate) fn place(row: &Row<'_>) -> Where {
    let edition = row.text("edition");
    Where {
        edition: EditionName { slug: edition_slug(&edition).to_owned(), title: row.text("title"), iri: edition },
        file: row.text("f").rsplit('/').next().unwrap_or_default().to_owned(),
        page: row.number("index").unwrap_or(1),
        printed: row.text("printed"),
    }
}

/// Title, printed page and address, as a quote is followed by; the exhibit of a figure goes before them.
fn citation(exhibit: &Both, place: &Where, url: &str) -> Both {
    let (title, printed, index) = (&place.edition.title, &place.printed, place.page);
    let (ja, en) = if printed.is_empty() {
        (format!("（PDFの{index}ページ目）"), format!("page {index} of the PDF"))
    } else {
        (format!("{printed}ページ"), format!("p. {printed}"))
    };
    let before =
        |exhibit: &str, between: &str| if exhibit.is_empty() { String::new() } else { format!("{exhibit}{between}") };
    Both {
        ja: format!("{}『{title}』{ja}，{url}", before(&exhibit.ja, "，")),
        en: format!("{}{title}, {en}. {url}", before(&exhibit.en, ", in: ")),
    }
}

/// Rules, section, names and claims of a piece of evidence.
fn complete(view: &View, evidence: &mut Evidence, part: Option<&str>) -> Result<(), Problem> {
    let node = iri(&evidence.iri)?;
    let rows = view.rows(&format!(
        "SELECT ?rule ?named ?claim WHERE {{ {{ {node} hk:rule ?rule }} UNION {{ {node} hk:mentions ?named }} UNION {{ ?claim hk:evidence {node} }} }}"
    ))?;
    let (mut named, mut claims) = (BTreeSet::new(), BTreeSet::new());
    for row in rows.iter() {
        evidence.rules.extend(row.opt("rule"));
        named.extend(row.opt("named"));
        claims.extend(row.opt("claim"));
    }
    evidence.rules.sort();
    let found = links(view, &named.iter().chain(&claims).cloned().collect())?;
    let pick = |iris: &BTreeSet<String>| -> Vec<Link> { iris.iter().filter_map(|i| found.get(i).cloned()).collect() };
    (evidence.mentions, evidence.supports) = (pick(&named), pick(&claims));
    if let Some(part) = part {
        evidence.section = section(view, part)?;
    }
    Ok(())
}

/// Titles of the sections a part stands in, the outermost first.
fn section(view: &View, part: &str) -> Result<Option<String>, Problem> {
    /// Deeper than any report.
    const DEEPEST: usize = 12;
    let mut titles = Vec::new();
    let mut at = part.to_owned();
    for _ in 0..DEEPEST {
        let node = iri(&at)?;
        let rows = view.rows(&format!(
            "SELECT ?up ?number ?title WHERE {{ {node} po:isContainedBy ?up . OPTIONAL {{ ?up a ?c ; dcterms:title ?title
               FILTER(?c IN (doco:Section, doco:Chapter)) OPTIONAL {{ ?up dcterms:identifier ?number }} }} }} LIMIT 1"
        ))?;
        let Some(row) = rows.first() else { break };
        if let Some(title) = row.opt("title") {
            titles.push(row.opt("number").map_or_else(|| title.clone(), |n| format!("{n} {title}")));
        }
        at = row.text("up");
    }
    titles.reverse();
    Ok((!titles.is_empty()).then(|| titles.join(" › ")))
}

/// Some characters on each side of a quote, where the text of its part is at hand.
fn beside(whole: &str, quote: &str, offsets: &str) -> Option<(String, String)> {
    let (start, end) = offsets.rsplit_once(':')?.1.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    let chars: Vec<char> = whole.chars().collect();
    // The part may have several blocks; only the one with the quote at that place will do.
    let here: String = chars.get(start..end)?.iter().collect();
    let part = |from: usize, to: usize| chars[from.min(chars.len())..to.min(chars.len())].iter().collect();
    (here == quote).then(|| (part(start.saturating_sub(AROUND), start), part(end, end + AROUND)))
}

/// Boxes as `hk:boxes` has them: `page=3&viewrect=71,80,519,14`, one a line.
pub(crate) fn boxes(text: &str) -> Vec<PageBox> {
    text.split_ascii_whitespace().filter_map(one_box).collect()
}

fn one_box(fragment: &str) -> Option<PageBox> {
    let mut page = None;
    let mut rect = None;
    for part in fragment.split('&') {
        match part.split_once('=')? {
            ("page", n) => page = n.parse().ok(),
            ("viewrect", r) => rect = Some(r),
            _ => {}
        }
    }
    let mut numbers = rect?.split(',').map(str::parse::<f32>);
    let mut next = || numbers.next()?.ok().filter(|n| n.is_finite());
    Some(PageBox { page: page?, x: next()?, y: next()?, width: next()?, height: next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_as_the_graph_has_them() {
        let found =
            boxes("page=3&viewrect=71,80,519,14 page=4&viewrect=1.5,2,3,4&char=0,4 nonsense page=x&viewrect=1,2,3,4");
        assert_eq!(found.len(), 2);
        assert_eq!(found[1], PageBox { page: 4, x: 1.5, y: 2.0, width: 3.0, height: 4.0 });
    }

    #[test]
    fn text_beside_a_quote() {
        assert_eq!(beside("一二三四五", "三", "b1:2-3"), Some(("一二".to_owned(), "四五".to_owned())));
        assert_eq!(beside("一二三四五", "六", "b1:2-3"), None);
        assert_eq!(beside("一二", "三", "b1:2-3"), None);
    }
}
