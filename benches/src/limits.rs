//! Whether limits stop hostile queries, and how late: each runs in a process of its own on a store of real size.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::table::Table;

/// Time limit of each query, in seconds.
const LIMIT: f64 = 2.0;
/// Memory limit of each query, in MB.
const MEMORY: u64 = 4096;
/// Latest stop after the limit that is aimed at, in milliseconds.
const AIM: f64 = 500.0;

/// Queries that would run for hours, or fill the memory.
const HOSTILE: &[(&str, &str)] = &[
    ("sort of every statement", "SELECT * { ?s ?p ?o } ORDER BY ?o"),
    ("sort of a product, first rows", "SELECT * { ?s a ?t . ?x a ?y } ORDER BY ?s ?x LIMIT 10"),
    (
        "inner sort of every statement",
        "SELECT (COUNT(*) AS ?n) { { SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 100 } ?o ?q ?r }",
    ),
    ("aggregate over a product", "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t . ?x a ?y } GROUP BY ?t"),
    (
        "aggregate without a row",
        "SELECT (SUM(?x) AS ?n) { ?s hk:text ?n . ?t hk:text ?m BIND(STRLEN(?n) + STRLEN(?m) AS ?x) FILTER(?x < 0) }",
    ),
    ("path, both ends free", "SELECT (COUNT(*) AS ?n) { ?a (!rdf:type)* ?b }"),
    (
        "path, both ends free, backwards too",
        "SELECT (COUNT(*) AS ?n) { ?a (rdf:type|!rdf:type|^rdf:type|!(^rdf:type))+ ?b }",
    ),
    (
        "path from one node to everything",
        "SELECT (COUNT(*) AS ?n) { hk:Evidence (^rdf:type|!rdf:nil|!(^rdf:nil))* ?b . ?b (!rdf:nil)* ?c }",
    ),
    ("product of VALUES", "SELECT (COUNT(*) AS ?n) { @VALUES }"),
    (
        "nested OPTIONAL",
        "SELECT * { ?a a ?t OPTIONAL { ?b a ?u OPTIONAL { ?c a ?v FILTER(STRLEN(STR(?c)) + STRLEN(STR(?b)) < 0) } } }",
    ),
    ("GROUP_CONCAT", "SELECT (GROUP_CONCAT(?o) AS ?t) { ?s hk:text ?o . ?x hk:text ?y }"),
    (
        "regular expression",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?x hk:text ?t FILTER(REGEX(CONCAT(STR(?o), ?t), \"(.*a.*){12}b(.*c){8}$\")) }",
    ),
    (
        "join without a common variable",
        "SELECT * { ?s hk:text ?t . ?x hk:onPage ?y FILTER(STR(?s) = CONCAT(STR(?y), \"x\")) }",
    ),
    ("DISTINCT over a product", "SELECT DISTINCT ?s ?x { ?s a ?t . ?x a ?y }"),
    (
        "product of subqueries",
        "SELECT (COUNT(*) AS ?n) { { SELECT ?k { ?s a ?t BIND(1 AS ?k) } } { SELECT ?k { ?x a ?y BIND(1 AS ?k) } } { SELECT ?k { ?z a ?w BIND(2 AS ?k) } } }",
    ),
    (
        "EXISTS that never holds",
        "SELECT (COUNT(*) AS ?n) { ?s a ?t FILTER NOT EXISTS { ?x hk:order ?n . ?y hk:order ?m FILTER(?n + ?m < 0) } }",
    ),
    ("MINUS of a product", "SELECT (COUNT(*) AS ?n) { ?s a ?t . ?x a ?y MINUS { ?s hk:none ?y } }"),
    ("texts that double", "SELECT * { ?s hk:text ?t @DOUBLED }"),
    ("CONSTRUCT of a product", "CONSTRUCT { ?s hk:none ?x } { ?s a ?t . ?x a ?y }"),
];

/// One run.
struct Stop {
    /// What the program says.
    says: String,
    /// Seconds from start to that.
    told: f64,
    /// Seconds from start to end of the process.
    ended: f64,
    /// Most resident memory, in MB.
    peak: u64,
}

/// A Markdown page; `data` is a data folder.
pub(crate) fn report(hakusho: &Path, data: &Path) -> Result<String> {
    let start = (0..3).map(|_| run(hakusho, data, "ASK {}").map(|s| s.ended)).collect::<Result<Vec<_>>>()?;
    let start = start.into_iter().fold(f64::INFINITY, f64::min);
    let statements = count(hakusho, data)?;
    let mut table = Table::new(&["query", "stopped by", "told after the limit, ms", "then ended, ms", "peak MB"]);
    let mut late = 0.0_f64;
    for (name, query) in HOSTILE {
        let stop = run(hakusho, data, &filled(query))?;
        let by = reason(&stop.says);
        let over = (stop.told - start - LIMIT) * 1000.0;
        let over_text = if by == "time" { format!("{:.0}", over.max(0.0)) } else { "–".to_owned() };
        if by == "time" {
            late = late.max(over);
        }
        let ended = format!("{:.0}", (stop.ended - stop.told) * 1000.0);
        table.row(&[name, by, &over_text, &ended, &stop.peak.to_string()]);
    }
    let mut out = format!(
        "{statements} statements; time limit {LIMIT} s, memory limit {MEMORY} MB; a process for each query, its start \
         ({:.0} ms) taken off.\n\n",
        start * 1000.0
    );
    out += &table.finish();
    let _ = writeln!(
        out,
        "\nLatest: {late:.0} ms after the limit ({} {AIM:.0} ms).",
        if late <= AIM { "within" } else { "NOT within" }
    );
    Ok(out)
}

fn count(hakusho: &Path, data: &Path) -> Result<String> {
    let query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let output = command(hakusho, data, query, "600").output().context("the binary cannot be run")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().nth(1).map(|l| l.trim().to_owned()).with_context(|| format!("no count: {text}"))
}

fn command(hakusho: &Path, data: &Path, query: &str, seconds: &str) -> Command {
    let mut command = Command::new(hakusho);
    command.arg("--data").arg(data).args(["query", "--format", "csv", "--timeout", seconds]);
    command.args(["--max-memory", &MEMORY.to_string(), "-e", query]);
    command.stdin(Stdio::null());
    command
}

fn run(hakusho: &Path, data: &Path, query: &str) -> Result<Stop> {
    let mut command = command(hakusho, data, query, &LIMIT.to_string());
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().context("the binary cannot be run")?;
    let id = child.id();
    let Some(errors) = child.stderr.take() else { bail!("no standard error") };
    let telling = std::thread::spawn(move || {
        let mut says = String::new();
        // Without a line the process said nothing.
        let _ = BufReader::new(errors).read_line(&mut says);
        (says, Instant::now())
    });
    let mut peak = 0;
    let status = loop {
        peak = peak.max(resident(id));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let ended = start.elapsed().as_secs_f64();
    let Ok((says, told)) = telling.join() else { bail!("standard error cannot be read") };
    let says = if status.success() { "answered".to_owned() } else { says };
    Ok(Stop { says, told: (told - start).as_secs_f64(), ended, peak })
}

/// Most resident memory of a process so far, in MB; Linux only.
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}

fn reason(says: &str) -> &str {
    let reasons = [
        ("answered", "nothing: answered"),
        ("seconds: the limit is", "time"),
        ("of memory", "memory"),
        ("builds a text", "length of a text"),
        ("ORDER BY inside", "rows of an inner sort"),
        ("more than", "size of the answer"),
    ];
    reasons.into_iter().find(|(words, _)| says.contains(words)).map_or(says.trim(), |(_, reason)| reason)
}

/// The query with its long parts.
fn filled(query: &str) -> String {
    let values = |v: &str| format!("VALUES ?{v} {{ {} }} ", "1 2 3 4 5 6 7 8 9 0 ".repeat(100));
    let doubled: String = (1..=40).map(|i| format!("BIND(CONCAT(?t{0}, ?t{0}) AS ?t{i}) ", i - 1)).collect();
    query
        .replace("@VALUES", &["a", "b", "c", "d"].map(values).concat())
        .replace("@DOUBLED", &format!("BIND(?t AS ?t0) {doubled}"))
}
