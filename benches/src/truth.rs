//! Characters and reading order against the truth of typeset files.
//!
//! A folder with `INDEX.tsv` (name, …, password, text layer), `pdf/NAME.pdf`, `truth/NAME.txt` (text in reading order) and
//! `truth/NAME.json` (furniture, ruby, text by page).

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use hakusho_model::{ReportContent, WritingMode};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::chars::{beyond, common, counts, is_kana_or_kanji, kept, sum, total};
use crate::order::common_subsequence;
use crate::table::{Table, least, share};
use crate::{files, peers};

/// A row of the index.
struct Entry {
    name: String,
    password: Option<String>,
}

pub(crate) fn report(hakusho: &Path, folder: &Path, verbose: bool) -> Result<String> {
    let mut table =
        Table::new(&["file", "kana and kanji", "recall", "precision", "order", "vertical pages", "their order"]);
    let (mut recalls, mut precisions, mut vertical_orders) = (Vec::new(), Vec::new(), Vec::new());
    let mut differences = String::new();
    for entry in entries(folder)? {
        let text = std::fs::read_to_string(folder.join("truth").join(format!("{}.txt", entry.name)))?;
        let json = std::fs::read_to_string(folder.join("truth").join(format!("{}.json", entry.name)))?;
        let json: Value = serde_json::from_str(&json)?;
        let pdf = folder.join("pdf").join(format!("{}.pdf", entry.name));
        let content = files::read(&pdf, entry.password.as_deref())?;
        let truth = counts(text.chars().chain(furniture(&json).chars()));
        let ours = counts(content.pages.iter().flat_map(|p| kept(p).map(|g| g.ch)));
        let allowed = sum(&truth, &counts(repeatable(&json).chars()));
        let (hits, right) = (common(&ours, &truth), common(&ours, &allowed));
        let (recall, precision) = (share(hits, total(&truth)), share(right, total(&ours)));
        recalls.push(recall);
        precisions.push(precision);
        if hits < total(&truth) || right < total(&ours) {
            let (missing, extra) = (beyond(&truth, &ours), beyond(&ours, &allowed));
            // Writing to a string cannot fail.
            let _ = writeln!(differences, "- {}: missing [{missing}], extra [{extra}]", entry.name);
        }
        let printed = extracted(hakusho, &pdf, entry.password.as_deref())?;
        let vertical = vertical_pages(&content);
        let orders: Vec<f64> = vertical.iter().map(|&i| page_order(&json, &printed, i)).collect();
        vertical_orders.extend(&orders);
        table.row(&[
            entry.name,
            total(&truth).to_string(),
            format!("{recall:.5}"),
            format!("{precision:.5}"),
            format!("{:.4}", order(&text, &printed)),
            vertical.len().to_string(),
            if orders.is_empty() { String::new() } else { format!("{:.4}", least(&orders)) },
        ]);
    }
    let mut out = String::from("## Kana and kanji against typeset truth\n\n");
    let _ = writeln!(
        out,
        "Least recall {:.5}, least precision {:.5}, least order of a vertical page {:.4}. Order: longest common \
         subsequence of `extract --to txt` and the truth, as a share of the truth.\n",
        least(&recalls),
        least(&precisions),
        least(&vertical_orders)
    );
    out += &table.finish();
    if verbose {
        out += &format!("\n{differences}");
    }
    Ok(out)
}

/// Files of the index whose text layer is whole.
fn entries(folder: &Path) -> Result<Vec<Entry>> {
    let path = folder.join("INDEX.tsv");
    let index = std::fs::read_to_string(&path).with_context(|| format!("no `{}`", path.display()))?;
    let mut lines = index.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| columns.iter().position(|c| *c == name).with_context(|| format!("no column {name}"));
    let (name, password, layer) = (column("name")?, column("password")?, column("text_layer")?);
    let rows = lines.map(|l| l.split('\t').collect::<Vec<_>>());
    let whole = rows.filter(|r| r.get(layer) == Some(&"ok"));
    Ok(whole
        .map(|r| Entry { name: r[name].to_owned(), password: Some(r[password].to_owned()).filter(|p| !p.is_empty()) })
        .collect())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What the truth's text leaves out: running heads, page numbers, side tabs, kickers, ruby.
fn furniture(json: &Value) -> String {
    let of_pages = list(&json["pages"]).iter().flat_map(|p| list(&p["artifacts"]));
    let of_blocks = list(&json["blocks"]).iter().filter(|b| b["kind"] == "artifact");
    let text = of_pages.chain(of_blocks).map(|item| &item["text"]);
    text.chain(list(&json["ruby"]).iter().map(|r| &r["ruby"])).filter_map(Value::as_str).collect()
}

/// What is printed more often than the truth says, as its notes state: heads of the chronology's columns, named once a
/// page but printed over each of its months, and head rows of tables that run over pages.
fn repeatable(json: &Value) -> String {
    /// Months that begin on one page, and pages of one table, at most.
    const TIMES: usize = 4;
    let heads = list(&json["pages"]).iter().flat_map(|p| list(&p["artifacts"]));
    let heads = heads.filter(|a| a["artifact"] == "column_header").map(|a| &a["text"]);
    let tables = list(&json["blocks"]).iter().filter(|b| b["kind"] == "table" && list(&b["pages"]).len() > 1);
    let rows = tables.flat_map(|t| list(&t["rows"]).iter().take(t["header_rows"].as_u64().unwrap_or(0) as usize));
    let cells = rows.flat_map(list).map(|c| &c["text"]);
    heads.chain(cells).filter_map(Value::as_str).map(|text| text.repeat(TIMES)).collect()
}

fn extracted(hakusho: &Path, pdf: &Path, password: Option<&str>) -> Result<String> {
    let mut command = Command::new(hakusho);
    command.args(["--quiet", "extract", "--to", "txt"]).arg(pdf);
    if let Some(password) = password {
        command.args(["--password", password]);
    }
    peers::printed(&mut command)
}

/// Pages, from 0, on which most kana and kanji are set top to bottom.
fn vertical_pages(content: &ReportContent) -> Vec<usize> {
    let upright = |page: &&hakusho_model::PageContent| {
        let of = |mode| {
            let runs = page.runs.iter().filter(move |r| r.mode == mode);
            runs.flat_map(|r| page.glyphs_of(r)).filter(|g| is_kana_or_kanji(g.ch)).count()
        };
        of(WritingMode::Vertical) > of(WritingMode::Horizontal)
    };
    content.pages.iter().filter(upright).map(|p| p.index as usize - 1).collect()
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter_map(hakusho_pdf::repaired).nfkc().filter(|c| is_kana_or_kanji(*c)).collect()
}

fn order(truth: &str, ours: &str) -> f64 {
    let (truth, ours) = (letters(truth), letters(ours));
    share(common_subsequence(&truth, &ours), truth.len() as u64)
}

/// Order within one page: the blocks that the truth has there against what is printed between form feeds.
fn page_order(json: &Value, printed: &str, page: usize) -> f64 {
    let mut truth = String::new();
    for block in json["blocks"].as_array().into_iter().flatten() {
        match block["spans"].as_array() {
            Some(spans) => {
                let here = spans.iter().filter(|s| s["page"].as_u64() == Some(page as u64));
                truth.extend(here.filter_map(|s| s["text"].as_str()));
            }
            None if block["pages"][0].as_u64() == Some(page as u64) => {
                truth += block["text"].as_str().unwrap_or_default();
            }
            None => {}
        }
    }
    order(&truth, printed.split('\u{c}').nth(page).unwrap_or_default())
}
