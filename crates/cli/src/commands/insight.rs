//! `hakusho insight`: who is named with whom, and how two are connected.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Result, bail};
use hakusho_batch::DataFolder;
use hakusho_insight::{Network, Step};
use hakusho_store::{Archive, QueryResults, Term};

use super::Context;
use crate::args::{InsightArgs, InsightCommand};
use crate::output::{self, table::Table};

const PAIRS: &str = "SELECT DISTINCT ?e ?ev { ?ev hk:mentions ?e }";
const LABELS: &str = "SELECT DISTINCT ?e ?l { ?ev hk:mentions ?e . ?e skos:prefLabel ?l . FILTER(LANG(?l) = \"ja\") }";

pub(crate) fn run(context: &Context, args: &InsightArgs) -> Result<ExitCode> {
    let archive = DataFolder::open(&context.data)?.archive_read_only()?;
    let network = Network::new(pairs(&archive, PAIRS)?);
    let labels: BTreeMap<String, String> = pairs(&archive, LABELS)?.into_iter().collect();
    match &args.command {
        InsightCommand::Network { top } => ranks(&network, &labels, *top)?,
        InsightCommand::Path { from, to } => {
            let (a, b) = (find(from, &labels)?, find(to, &labels)?);
            let Some(path) = network.path(a, b) else {
                bail!("nothing that is loaded connects `{from}` with `{to}`");
            };
            for step in &path {
                show(step, &labels, &archive)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The two columns of a query's answer as text.
fn pairs(archive: &Archive, query: &str) -> Result<Vec<(String, String)>> {
    let QueryResults::Solutions(solutions) = archive.query(query)? else { bail!("the store gave no answer") };
    let text = |term: Option<&Term>| match term {
        Some(Term::NamedNode(n)) => n.as_str().to_owned(),
        Some(Term::Literal(l)) => l.value().to_owned(),
        _ => String::new(),
    };
    let mut out = Vec::new();
    for solution in solutions {
        let solution = solution?;
        out.push((text(solution.get(0)), text(solution.get(1))));
    }
    out.sort();
    Ok(out)
}

fn ranks(network: &Network, labels: &BTreeMap<String, String>, top: usize) -> Result<()> {
    let mut table = Table::new(&["name", "named with", "sentences", "part", "IRI"]);
    for r in network.ranked().into_iter().take(top) {
        let name = labels.get(&r.entity).cloned().unwrap_or_default();
        table.push(vec![name, r.ties.to_string(), r.places.to_string(), (r.part + 1).to_string(), r.entity]);
    }
    output::print(&table.render(output::table::width()))?;
    output::print(&format!("\n{} names in {} connected parts\n", network.len(), network.parts()))
}

/// The entity with a label or IRI.
fn find<'l>(name: &str, labels: &'l BTreeMap<String, String>) -> Result<&'l str> {
    let found = labels.iter().find(|(iri, label)| iri.as_str() == name || label.as_str() == name);
    match found {
        Some((iri, _)) => Ok(iri),
        None => bail!("nothing that is loaded names `{name}`; `hakusho insight network` lists names"),
    }
}

fn show(step: &Step, labels: &BTreeMap<String, String>, archive: &Archive) -> Result<()> {
    let name = |iri: &str| labels.get(iri).cloned().unwrap_or_else(|| iri.to_owned());
    let count = match step.places.len() {
        1 => "1 sentence".to_owned(),
        n => format!("{n} sentences"),
    };
    output::print(&format!("{} — {} ({count})\n", name(&step.from), name(&step.to)))?;
    for place in step.places.iter().take(2) {
        let query = format!(
            "SELECT ?where ?quote {{ <{place}> hk:text ?quote ; hk:onPage/hk:printedPage ?page ;
               oa:hasSource/^frbr:embodiment/dcterms:title ?edition . BIND(CONCAT(?edition, \" p.\", ?page) AS ?where) }} LIMIT 1"
        );
        for (place, quote) in pairs(archive, &query)? {
            output::print(&format!("  {place}: {quote}\n"))?;
        }
    }
    Ok(())
}
