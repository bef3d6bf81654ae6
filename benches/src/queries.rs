//! Every shipped question through our service, and the same text on a bare Oxigraph store over the same files.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use hakusho_batch::DataFolder;
use hakusho_store::{Cancel, PREFIXES, QueryOptions, QueryResults, QueryService};
use oxigraph::sparql::{BoundPreparedSparqlQuery, SparqlEvaluator};
use oxigraph::store::Store;
use serde_json::Value;

use crate::table::Table;

/// What a question may take through our service of its time on the bare store.
const GOAL: f64 = 1.2;
/// Milliseconds below which a difference says nothing.
const NOISE: f64 = 1.0;

/// Medians of `rounds` runs by turns, rows, and the widest part of each plan, as Markdown.
pub(crate) fn report(data: &Path, queries: &Path, rounds: usize) -> Result<String> {
    let folder = DataFolder::open(data)?;
    let archive = folder.archive_read_only()?;
    let service = QueryService::new(&archive, QueryOptions { timeout: None, ..QueryOptions::default() });
    let bare = Store::open_read_only(data.join("store")).context("the store cannot be opened a second time")?;
    let sizes = Sizes::of(&bare)?;
    let mut table = Table::new(&[
        "question",
        "rows",
        "ours ms",
        "bare ms",
        "ratio",
        "widest pattern",
        "rows it gives",
        "of all evidence",
    ]);
    let mut over = Vec::new();
    for path in files(queries)? {
        let text = std::fs::read_to_string(&path)?;
        let name = crate::files::stem(&path);
        let row = measure(&service, &bare, &text, rounds).with_context(|| name.clone())?;
        if row.ours > GOAL * row.bare && row.ours - row.bare > NOISE {
            over.push(name.clone());
        }
        table.row(&[
            name,
            row.rows.to_string(),
            format!("{:.1}", row.ours),
            format!("{:.1}", row.bare),
            format!("{:.2}×", row.ours / row.bare),
            row.widest.0.replace('|', "\\|"),
            row.widest.1.to_string(),
            format!("{:.0} %", 100.0 * row.widest.1 as f64 / sizes.evidence.max(1) as f64),
        ]);
    }
    let verdict = if over.is_empty() {
        format!("All are within {GOAL}× (or {NOISE} ms).")
    } else {
        format!("Above {GOAL}×: {}.", over.join(", "))
    };
    Ok(format!(
        "## Questions\n\n{} statements, {} pieces of evidence, {} mentions; medians of {rounds} runs by turns, both in this process on the same files.\n\n{}\n{verdict}\n",
        sizes.all,
        sizes.evidence,
        sizes.mentions,
        table.finish()
    ))
}

/// How much there is to scan.
struct Sizes {
    all: usize,
    evidence: u64,
    mentions: u64,
}

impl Sizes {
    fn of(store: &Store) -> Result<Self> {
        let count = |pattern: &str| -> Result<u64> {
            let text = format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
            let QueryResults::Solutions(mut rows) = prepared(store, &text)?.execute()? else { bail!("no rows") };
            let row = rows.next().context("one row")??;
            let value = row.get("n").map(ToString::to_string).unwrap_or_default();
            Ok(value.trim_start_matches('"').split('"').next().unwrap_or("0").parse()?)
        };
        Ok(Self { all: store.len()?, evidence: count("?e a hk:Evidence")?, mentions: count("?e hk:mentions ?t")? })
    }
}

/// The query files of a folder by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("no folder `{}`", folder.display()))?;
    let paths = entries.filter_map(|e| Some(e.ok()?.path()));
    let mut found: Vec<PathBuf> = paths.filter(|p| p.extension().is_some_and(|x| x == "rq")).collect();
    if found.is_empty() {
        bail!("no query in `{}`", folder.display());
    }
    found.sort();
    Ok(found)
}

struct Row {
    rows: usize,
    ours: f64,
    bare: f64,
    /// Pattern and the rows it gave while the query ran.
    widest: (String, u64),
}

fn measure(service: &QueryService, bare: &Store, text: &str, rounds: usize) -> Result<Row> {
    let (mut ours, mut theirs, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..rounds {
        let start = Instant::now();
        rows = service.answer(text, &Cancel::new())?.len();
        ours.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let same = count(prepared(bare, text)?.execute()?)?;
        theirs.push(start.elapsed().as_secs_f64() * 1e3);
        if rows != same {
            bail!("our service gives {rows} rows, the bare store {same}");
        }
    }
    Ok(Row { rows, ours: median(ours), bare: median(theirs), widest: widest(bare, text)? })
}

/// The query with our prefixes over the union of all graphs.
fn prepared(store: &Store, text: &str) -> Result<BoundPreparedSparqlQuery<'static>> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, iri) in PREFIXES {
        evaluator = evaluator.with_prefix(prefix, iri)?;
    }
    let mut query = evaluator.parse_query(text)?;
    if query.dataset().is_default_dataset() {
        query.dataset_mut().set_default_graph_as_union();
    }
    Ok(query.on_store(store))
}

fn count(results: QueryResults<'_>) -> Result<usize> {
    let mut count = 0;
    match results {
        QueryResults::Solutions(rows) => {
            for row in rows {
                row?;
                count += 1;
            }
        }
        QueryResults::Graph(triples) => {
            for triple in triples {
                triple?;
                count += 1;
            }
        }
        QueryResults::Boolean(_) => count = 1,
    }
    Ok(count)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The pattern of the plan that gave most rows, over all its evaluations.
fn widest(store: &Store, text: &str) -> Result<(String, u64)> {
    let (results, explanation) = prepared(store, text)?.compute_statistics().explain();
    count(results?)?;
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    let plan: Value = serde_json::from_slice(&json)?;
    let mut widest = (String::new(), 0);
    let mut nodes = vec![plan.get("plan").unwrap_or(&plan)];
    while let Some(node) = nodes.pop() {
        let children = node["children"].as_array().map_or(&[][..], Vec::as_slice);
        let rows = node["number of results"].as_u64().unwrap_or(0);
        let name = node["name"].as_str().unwrap_or_default();
        if children.is_empty() && rows > widest.1 {
            widest = (name.to_owned(), rows);
        }
        nodes.extend(children);
    }
    Ok(widest)
}
