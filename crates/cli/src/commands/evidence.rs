//! `hakusho evidence`: the printed line behind a statement.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::DataFolder;
use hakusho_store::{QueryResults, Term};

use super::Context;
use crate::args::EvidenceArgs;
use crate::output;

/// One piece of evidence.
#[derive(Debug, Default)]
struct Found {
    edition: String,
    file: String,
    page: String,
    index: String,
    quote: String,
    prefix: String,
    suffix: String,
    boxes: Vec<String>,
    rule: String,
    confidence: String,
}

pub(crate) fn run(context: &Context, args: &EvidenceArgs) -> Result<ExitCode> {
    let iri = args.iri.trim_start_matches('<').trim_end_matches('>');
    if !iri.contains("://") || iri.contains([' ', '"', '<', '>']) {
        bail!("`{iri}` is no IRI: it looks like https://w3id.org/hakusho/id/ev/…");
    }
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let QueryResults::Solutions(solutions) = archive.query(&query(iri))? else { bail!("the store gave no answer") };
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for solution in solutions {
        let solution = solution?;
        let text = |name: &str| match solution.get(name) {
            Some(Term::Literal(l)) => l.value().to_owned(),
            Some(Term::NamedNode(n)) => n.as_str().to_owned(),
            _ => String::new(),
        };
        let one = found.entry(text("ev")).or_default();
        (one.edition, one.file, one.page, one.index) = (text("edition"), text("file"), text("page"), text("index"));
        one.quote = text("quote");
        (one.rule, one.confidence) = (text("rules"), text("confidence"));
        one.boxes = text("boxes").split(' ').map(str::to_owned).collect();
        if let Some((prefix, suffix)) = beside(&text("whole"), &one.quote, &text("offsets")) {
            (one.prefix, one.suffix) = (prefix, suffix);
        }
    }
    if found.is_empty() {
        bail!("nothing that is loaded gives evidence for <{iri}>");
    }
    for (ev, one) in &found {
        output::print(&if args.json { as_json(ev, one) } else { show(ev, one) })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn query(iri: &str) -> String {
    format!(
        "SELECT ?ev ?edition ?file ?page ?index ?quote ?boxes ?offsets ?whole ?confidence ?rules WHERE {{
           {{ SELECT ?ev (GROUP_CONCAT(DISTINCT ?r; separator=\", \") AS ?rules) WHERE {{
             {{ <{iri}> hk:evidence ?ev }} UNION {{ <{iri}> a hk:Evidence . BIND(<{iri}> AS ?ev) }}
             ?ev hk:rule ?r
           }} GROUP BY ?ev }}
           ?ev hk:text ?quote ; oa:hasSource ?f ; hk:onPage ?p ; hk:boxes ?boxes ; hk:offsets ?offsets ; hk:confidence ?confidence .
           ?p hk:printedPage ?page ; hk:pageIndex ?index .
           ?f hk:fileName ?file ; ^frbr:embodiment/dcterms:title ?edition .
           OPTIONAL {{ ?ev hk:inPart/hk:text ?whole }}
         }} ORDER BY ?ev DESC(?index) DESC(?whole)"
    )
}

/// Up to twelve characters on each side of a quote, where the text of its part is at hand.
fn beside(whole: &str, quote: &str, offsets: &str) -> Option<(String, String)> {
    const CONTEXT: usize = 12;
    let (start, end) = offsets.rsplit_once(':')?.1.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    let chars: Vec<char> = whole.chars().collect();
    // The part may have several blocks; only the one with the quote at that place will do.
    let here: String = chars.get(start..end)?.iter().collect();
    let part = |from: usize, to: usize| chars[from.min(chars.len())..to.min(chars.len())].iter().collect();
    (here == quote).then(|| (part(start.saturating_sub(CONTEXT), start), part(end, end + CONTEXT)))
}

fn show(ev: &str, one: &Found) -> String {
    let page = if one.page.is_empty() { String::new() } else { format!("printed page {}, ", one.page) };
    format!(
        "{}\n{page}page {} of {}\n\n  …{}【{}】{}…\n\n{}\n  read by: {} (confidence {})\n{ev}\n\n",
        one.edition,
        one.index,
        one.file,
        one.prefix,
        one.quote,
        one.suffix,
        one.boxes.iter().map(|b| format!("  {b}")).collect::<Vec<_>>().join("\n"),
        one.rule,
        one.confidence
    )
}

fn as_json(ev: &str, one: &Found) -> String {
    let value = serde_json::json!({
        "evidence": ev, "edition": one.edition, "file": one.file, "printedPage": one.page, "pageIndex": one.index,
        "quote": one.quote, "prefix": one.prefix, "suffix": one.suffix, "boxes": one.boxes,
        "rule": one.rule, "confidence": one.confidence,
    });
    format!("{value}\n")
}
