//! `decisions.tsv` in the data folder: what people have decided, replayed by every load.

use std::fs;
use std::path::{Path, PathBuf};

use hakusho_link::{Decision, Decisions};
use hakusho_pipeline::Knowledge;
use hakusho_store::Registered;

use crate::clock::now;
use crate::data::DataFolder;
use crate::error::{BatchError, io_error};
use crate::review::slug;

/// Where the decisions of a data folder are, whether there are any or not.
pub fn decisions_path(data: &Path) -> PathBuf {
    data.join("decisions.tsv")
}

/// A row of a table that was to be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Taken up.
    New(usize, Decision),
    /// Taken up in the place of an older decision.
    Replaces(usize, Decision),
    /// Known already.
    Known(usize, Decision),
    /// Not taken up, with the reason in words.
    Refused(usize, String),
}

impl Row {
    fn line(&self) -> usize {
        match self {
            Self::New(line, _) | Self::Replaces(line, _) | Self::Known(line, _) | Self::Refused(line, _) => *line,
        }
    }
}

/// What came of applying a table.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Its rows in order.
    pub rows: Vec<Row>,
    /// Loaded files in the scope of what was taken up: a new load replays it on them.
    pub stale: Vec<String>,
}

/// Checks the rows of a table and takes up those that can be carried out; the newest of one surface, type and scope holds.
/// `decisions.tsv` is written whole or not at all.
///
/// # Errors
/// When the data folder or the store cannot be read or written.
pub fn apply(
    data: &DataFolder,
    registered: &[Registered],
    knowledge: &Knowledge,
    table: &str,
) -> Result<Applied, BatchError> {
    let path = decisions_path(data.path());
    let (rows, problems) = Decisions::rows(table);
    let mut decisions = known(&path)?;
    let before = decisions.clone();
    let mut applied = Applied::default();
    applied.rows.extend(problems.into_iter().map(|p| Row::Refused(p.line, p.problem)));
    for (line, decision) in rows {
        applied.rows.push(match knowledge.linker.checked(decision) {
            Ok(decision) => take_up(&mut decisions, line, decision),
            Err(reason) => Row::Refused(line, reason),
        });
    }
    applied.rows.sort_by_key(Row::line);
    if decisions != before {
        write_whole(&path, &decisions.to_tsv())?;
    }
    let new: Vec<&Decision> = applied.rows.iter().filter_map(changed).collect();
    let concerned = |f: &&Registered| new.iter().any(|d| d.holds_in(&f.sha256, &slug(f, &knowledge.base)));
    applied.stale = registered.iter().filter(concerned).map(|f| f.name.clone()).collect();
    Ok(applied)
}

fn changed(row: &Row) -> Option<&Decision> {
    match row {
        Row::New(_, decision) | Row::Replaces(_, decision) => Some(decision),
        Row::Known(..) | Row::Refused(..) => None,
    }
}

/// The decisions as they are in the file. Rows that cannot be read would be lost by writing it anew: that is an error.
fn known(path: &Path) -> Result<Decisions, BatchError> {
    if !path.exists() {
        return Ok(Decisions::default());
    }
    let text = fs::read_to_string(path).map_err(io_error("read", path))?;
    let (decisions, problems) = Decisions::parse(&text);
    match problems.first() {
        Some(p) => {
            Err(BatchError::Config { path: path.to_owned(), problem: format!("line {}: {}", p.line, p.problem) })
        }
        None => Ok(decisions),
    }
}

fn take_up(decisions: &mut Decisions, line: usize, decision: Decision) -> Row {
    let made = if decision.made.is_empty() { now()[..10].to_owned() } else { decision.made.clone() };
    let decision = Decision { made, ..decision };
    if decisions.iter().any(|d| d.id() == decision.id() && d.note == decision.note) {
        return Row::Known(line, decision);
    }
    match decisions.insert(decision.clone()) {
        Some(_) => Row::Replaces(line, decision),
        None => Row::New(line, decision),
    }
}

/// Writes a file that no one sees half written.
fn write_whole(path: &Path, text: &str) -> Result<(), BatchError> {
    let part = path.with_extension(format!("{}.part", std::process::id()));
    let written = fs::write(&part, text).and_then(|()| fs::File::open(&part)?.sync_all());
    written.and_then(|()| fs::rename(&part, path)).map_err(io_error("write", path))
}
