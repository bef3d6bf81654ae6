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
        (one.quote, one.prefix, one.suffix) = (text("quote"), text("prefix"), text("suffix"));
        if !one.boxes.contains(&text("box")) {
            one.boxes.push(text("box"));
        }
    }
    if found.is_empty() {
        bail!("nothing that is loaded gives evidence for <{iri}>");
    }
    for (ev, one) in &mut found {
        one.boxes.sort();
        output::print(&if args.json { as_json(ev, one) } else { show(ev, one) })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn query(iri: &str) -> String {
    format!(
        "SELECT ?ev ?edition ?file ?page ?index ?quote ?prefix ?suffix ?box WHERE {{
           {{ <{iri}> hk:evidence ?ev }} UNION {{ <{iri}> a hk:Evidence . BIND(<{iri}> AS ?ev) }}
           ?ev hk:text ?quote ; oa:hasSource ?f ; hk:onPage ?p ; oa:hasSelector ?s .
           ?p hk:printedPage ?page ; hk:pageIndex ?index .
           ?s rdf:value ?box ; oa:refinedBy ?q . ?q oa:prefix ?prefix ; oa:suffix ?suffix .
           ?f hk:fileName ?file ; ^frbr:embodiment/dcterms:title ?edition .
         }}"
    )
}

fn show(ev: &str, one: &Found) -> String {
    let page = if one.page.is_empty() { String::new() } else { format!("printed page {}, ", one.page) };
    format!(
        "{}\n{page}page {} of {}\n\n  …{}【{}】{}…\n\n{}\n{ev}\n\n",
        one.edition,
        one.index,
        one.file,
        one.prefix,
        one.quote,
        one.suffix,
        one.boxes.iter().map(|b| format!("  {b}")).collect::<Vec<_>>().join("\n")
    )
}

fn as_json(ev: &str, one: &Found) -> String {
    let value = serde_json::json!({
        "evidence": ev, "edition": one.edition, "file": one.file, "printedPage": one.page, "pageIndex": one.index,
        "quote": one.quote, "prefix": one.prefix, "suffix": one.suffix, "boxes": one.boxes,
    });
    format!("{value}\n")
}
