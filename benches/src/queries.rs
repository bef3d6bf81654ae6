//! Every shipped question through our service, and the same text on a bare Oxigraph store over the same files.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use hakusho_batch::DataFolder;
use hakusho_store::{Cancel, PREFIXES, QueryOptions, QueryResults, QueryService};
use oxigraph::sparql::{BoundPreparedSparqlQuery, CancellationToken, PreparedSparqlQuery, SparqlEvaluator};
use oxigraph::store::Store;
use serde_json::Value;

use crate::table::Table;

/// What a question may take through our service of its time on the bare store.
const GOAL: f64 = 1.2;
/// Milliseconds after which a question is asked no more: seconds are measured well by one run.
const ENOUGH: f64 = 4000.0;
/// Seconds after which a question is stopped: it has a plan that cannot be shipped.
const LIMIT: u64 = 10;
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
    let (mut over, mut left_out) = (Vec::new(), Vec::new());
    for path in files(queries)? {
        let text = std::fs::read_to_string(&path)?;
        let name = crate::files::stem(&path);
        // Our search is no part of a bare store.
        if text.contains("SERVICE") {
            left_out.push(name);
            continue;
        }
        let ordered = service.ordered(&text).with_context(|| name.clone())?;
        let plan = widest(&bare, |e| Ok(e.for_query(ordered))).with_context(|| name.clone())?;
        let time = measure(&service, &bare, &text, rounds).with_context(|| name.clone())?;
        let _ = writeln!(std::io::stderr(), "{name}: {time:?}");
        let (theirs, ratio) = match time.bare {
            Some(bare) => (format!("{bare:.1}"), format!("{:.2}×", time.ours / bare)),
            None => (format!("over {}", LIMIT * 1000), String::new()),
        };
        if time.bare.is_some_and(|bare| time.ours > GOAL * bare && time.ours - bare > NOISE) {
            over.push(name.clone());
        }
        let pattern = if plan.stopped { format!("stopped: {}", plan.pattern) } else { plan.pattern };
        let mut row = vec![name, time.rows.to_string(), format!("{:.1}", time.ours), theirs, ratio];
        row.push(pattern.replace('|', "\\|"));
        row.push(plan.rows.to_string());
        row.push(format!("{:.0} %", 100.0 * plan.rows as f64 / sizes.evidence.max(1) as f64));
        table.row(&row);
    }
    let verdict = if over.is_empty() {
        format!("All are within {GOAL}× (or {NOISE} ms).")
    } else {
        format!("Above {GOAL}×: {}.", over.join(", "))
    };
    let verdict = if left_out.is_empty() {
        verdict
    } else {
        format!("{verdict} Left out, because a bare store has no full-text search: {}.", left_out.join(", "))
    };
    Ok(format!(
        "## Questions\n\n{} statements, {} pieces of evidence, {} mentions; medians of {rounds} runs by turns (fewer where they take seconds), both in this process on the same files.\n\n{}\n{verdict}\n",
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

/// What a question takes on both, in milliseconds.
#[derive(Debug)]
struct Time {
    rows: usize,
    ours: f64,
    /// Nothing where it did not end in time.
    bare: Option<f64>,
}

fn measure(service: &QueryService, bare: &Store, text: &str, rounds: usize) -> Result<Time> {
    let (mut ours, mut theirs, mut rows) = (Vec::new(), Vec::new(), 0);
    for _ in 0..rounds {
        let start = Instant::now();
        rows = service.answer(text, &Cancel::new())?.len();
        ours.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let Some(same) = within(|evaluator| count(bound(evaluator, bare, text)?.execute()?))? else {
            theirs.clear();
            break;
        };
        theirs.push(start.elapsed().as_secs_f64() * 1e3);
        if rows != same {
            bail!("our service gives {rows} rows, the bare store {same}");
        }
        if ours.iter().chain(&theirs).sum::<f64>() > ENOUGH {
            break;
        }
    }
    Ok(Time { rows, ours: median(ours), bare: (!theirs.is_empty()).then(|| median(theirs)) })
}

/// What comes of a question, unless it takes longer than the limit.
fn within<T>(ask: impl FnOnce(SparqlEvaluator) -> Result<T>) -> Result<Option<T>> {
    let token = CancellationToken::new();
    let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
    let (done, ended) = mpsc::channel::<()>();
    let guard = std::thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(LIMIT)) == Err(mpsc::RecvTimeoutError::Timeout) {
            token.cancel();
        }
    });
    let start = Instant::now();
    let outcome = ask(evaluator);
    let stopped = start.elapsed() >= Duration::from_secs(LIMIT);
    drop(done);
    let _ = guard.join();
    if stopped { Ok(None) } else { outcome.map(Some) }
}

fn prepared(store: &Store, text: &str) -> Result<BoundPreparedSparqlQuery<'static>> {
    bound(SparqlEvaluator::new(), store, text)
}

/// The query with our prefixes over the union of all graphs.
fn bound(mut evaluator: SparqlEvaluator, store: &Store, text: &str) -> Result<BoundPreparedSparqlQuery<'static>> {
    for (prefix, iri) in PREFIXES {
        evaluator = evaluator.with_prefix(prefix, iri)?;
    }
    Ok(over_all(evaluator.parse_query(text)?, store))
}

fn over_all(mut query: PreparedSparqlQuery, store: &Store) -> BoundPreparedSparqlQuery<'static> {
    if query.dataset().is_default_dataset() {
        query.dataset_mut().set_default_graph_as_union();
    }
    query.on_store(store)
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

/// The part of a plan that gave most rows.
struct Widest {
    pattern: String,
    /// Over all its evaluations.
    rows: u64,
    /// Whether the question was stopped before its end.
    stopped: bool,
}

fn widest(store: &Store, prepare: impl FnOnce(SparqlEvaluator) -> Result<PreparedSparqlQuery>) -> Result<Widest> {
    let mut plan = None;
    let outcome = within(|evaluator| {
        let (results, explanation) = over_all(prepare(evaluator)?, store).compute_statistics().explain();
        let outcome = results.map_err(Into::into).and_then(count);
        plan = Some(explanation);
        outcome
    })?;
    let stopped = outcome.is_none();
    let explanation = plan.context("no plan")?;
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    let plan: Value = serde_json::from_slice(&json)?;
    let mut widest = Widest { pattern: String::new(), rows: 0, stopped };
    let mut nodes = vec![plan.get("plan").unwrap_or(&plan)];
    while let Some(node) = nodes.pop() {
        let children = node["children"].as_array().map_or(&[][..], Vec::as_slice);
        let rows = node["number of results"].as_u64().unwrap_or(0);
        if children.is_empty() && rows > widest.rows {
            node["name"].as_str().unwrap_or_default().clone_into(&mut widest.pattern);
            widest.rows = rows;
        }
        nodes.extend(children);
    }
    Ok(widest)
}
