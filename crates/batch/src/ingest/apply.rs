//! Into the store: whole editions, several small ones at once, the next ones made ready while the last are written.

use std::collections::BTreeMap;

use hakusho_pipeline::{Knowledge, VERSION};
use hakusho_rdf::{RunKind, RunRecord, edition_iri, file_iri, graph_iri, run_quads};
use hakusho_store::{Archive, Change, Load, Registered};
use rayon::prelude::*;

use super::Outcome;
use super::decide::Decided;
use super::read::Read;
use crate::artifact;
use crate::clock::now;
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::shared::{Shares, gone};

/// A file that changes the store, with what is to be done.
type Item<'a> = (&'a Read, &'a Decided);

/// Brings what was read into the store.
pub(super) struct Loader<'a> {
    pub(super) data: &'a DataFolder,
    pub(super) archive: &'a Archive,
    pub(super) knowledge: &'a Knowledge,
    /// Moment the load started.
    pub(super) started: &'a str,
    /// Statements of a change, about.
    pub(super) step: usize,
}

impl Loader<'_> {
    /// Stores what was read.
    pub(super) fn apply(
        &self,
        reads: &[Read],
        decided: &[Decided],
        registered: &[Registered],
    ) -> Result<(), BatchError> {
        let items: Vec<Item<'_>> = reads.iter().zip(decided).filter(|(_, d)| d.is_change()).collect();
        if items.is_empty() {
            return Ok(());
        }
        // Only where something goes does it matter who else says it.
        let removes = items.iter().any(|(_, d)| !d.gone.is_empty());
        let mut shares = if removes { Shares::new(self.data, self.archive, registered)? } else { Shares::none() };
        let batches = batches(&items, self.step, self.archive.last_run()? + 1);
        let mut ready = batches.first().map(|b| self.change(b)).transpose()?;
        for (at, batch) in batches.iter().enumerate() {
            let Some(change) = ready.take() else { break };
            for (_, (read, decided)) in batch {
                decided.gone.iter().for_each(|file| drop(shares.leave(file)));
                shares.support.add(read.summary.iter().flat_map(|s| s.shared.iter().copied()));
            }
            let (applied, next) = rayon::join(
                || self.archive.apply(&change, &shares.support),
                || batches.get(at + 1).map(|b| self.change(b)).transpose(),
            );
            applied?;
            ready = next?;
        }
        Ok(self.archive.flush()?)
    }

    fn change(&self, batch: &[(u64, Item<'_>)]) -> Result<Change, BatchError> {
        let made: Vec<(Load, RunRecord)> =
            batch.par_iter().map(|(number, item)| self.load(*number, item)).collect::<Result<_, _>>()?;
        let mut change = Change::default();
        for ((load, run), (_, (_, decided))) in made.into_iter().zip(batch) {
            change.history.extend(run_quads(&run, &self.knowledge.base));
            change.gone.extend(decided.gone.iter().filter(|g| g.graph != load.graph.as_str()).map(gone));
            change.loads.push(load);
        }
        Ok(change)
    }

    fn load(&self, number: u64, (read, decided): &Item<'_>) -> Result<(Load, RunRecord), BatchError> {
        let objects = self.data.objects();
        let base = &self.knowledge.base;
        let damaged = |problem: &String| BatchError::Artifact {
            path: objects.path(&read.key, artifact::SUMMARY),
            problem: problem.clone(),
        };
        let summary = read.summary.as_ref().map_err(damaged)?;
        let (name, graph) = (read.name(), graph_iri(base, &read.sha256));
        let run = RunRecord {
            number,
            kind: kind(&decided.outcome),
            started: self.started.to_owned(),
            ended: now(),
            version: VERSION.to_owned(),
            edition: edition_iri(base, &summary.edition.clone().into()).into_string(),
            sha256: read.sha256.clone(),
            name: name.clone(),
            load: artifact::record(summary, &read.key, self.knowledge),
            gone: decided.gone.iter().map(|g| g.graph.clone()).filter(|g| *g != graph.as_str()).collect(),
        };
        let load = Load {
            file: file_iri(base, &read.sha256),
            graph,
            quads: artifact::statements(&objects, &read.key)?,
            registry: artifact::registry(summary, &name, &read.sha256, &read.key, self.knowledge),
        };
        Ok((load, run))
    }
}

/// Files with the numbers of their runs, edition by edition, several small editions together.
fn batches<'i>(items: &[Item<'i>], step: usize, first: u64) -> Vec<Vec<(u64, Item<'i>)>> {
    let mut editions: BTreeMap<&str, Vec<Item<'i>>> = BTreeMap::new();
    for item in items {
        let edition = item.0.summary.as_ref().map_or("", |s| s.edition.id.as_str());
        editions.entry(edition).or_default().push(*item);
    }
    let (mut number, mut size) = (first, 0);
    let mut batches: Vec<Vec<(u64, Item<'i>)>> = Vec::new();
    for edition in editions.into_values() {
        let statements: usize = edition.iter().filter_map(|(r, _)| r.summary.as_ref().ok()).map(|s| s.quads).sum();
        if batches.is_empty() || size + statements > step {
            batches.push(Vec::new());
            size = 0;
        }
        size += statements;
        for item in edition {
            batches.last_mut().into_iter().for_each(|b| b.push((number, item)));
            number += 1;
        }
    }
    batches
}

fn kind(outcome: &Outcome) -> RunKind {
    match outcome {
        Outcome::Renewed => RunKind::Renewed,
        Outcome::Replaces(_) => RunKind::Replaces,
        _ => RunKind::New,
    }
}
