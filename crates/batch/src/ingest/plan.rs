//! What a load would change, by kind of statement, without changing the store.

use std::collections::HashSet;
use std::path::PathBuf;

use hakusho_pipeline::Knowledge;
use hakusho_rdf::graph_iri;
use hakusho_store::{Archive, Mark, Quad, mark};
use rayon::prelude::*;

use super::decide::{Decided, decide};
use super::read::{Read, read_all};
use super::{FileReport, IngestOptions, Progress, report};
use crate::artifact;
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::kinds::{Classes, Kinds};
use crate::shared::{Shares, node};

/// A file, what would become of it, and what that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The file and its outcome.
    pub report: FileReport,
    /// Statements that would come.
    pub appear: Kinds,
    /// Statements that would go.
    pub vanish: Kinds,
}

/// What a load would change. What the registry says of files and runs is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// File by file, in the order given.
    pub files: Vec<Planned>,
    /// Statements that would come in all.
    pub appear: Kinds,
    /// Statements that would go in all.
    pub vanish: Kinds,
}

/// Says what a load would do, without changing the store. Artifacts that had to be built are kept for the load.
///
/// # Errors
/// When the data folder or the store cannot be read or written. Files that cannot be read are outcomes, not errors.
pub fn plan(
    data: &DataFolder,
    archive: &Archive,
    knowledge: &Knowledge,
    files: &[PathBuf],
    options: &IngestOptions,
    progress: &Progress<'_>,
) -> Result<Plan, BatchError> {
    let reads = read_all(data, knowledge, files, options, progress)?;
    let registered = archive.registered()?;
    let decided = decide(&reads, &registered, knowledge);
    let pairs: Vec<(&Read, &Decided)> = reads.iter().zip(&decided).collect();
    let differences: Vec<Difference> =
        pairs.par_iter().map(|pair| difference(data, archive, knowledge, pair)).collect::<Result<_, _>>()?;
    let mut shares = Shares::new(data, archive, &registered)?;
    let mut plan = Plan::default();
    for ((read, decided), mut difference) in pairs.into_iter().zip(differences) {
        difference.count_shared(decided, &mut shares);
        plan.appear.join(&difference.appear);
        plan.vanish.join(&difference.vanish);
        plan.files.push(Planned {
            report: report(read, decided.outcome.clone()),
            appear: difference.appear,
            vanish: difference.vanish,
        });
    }
    Ok(plan)
}

/// What a file would change: its own statements counted, those about shared things with their kinds.
#[derive(Default)]
struct Difference {
    appear: Kinds,
    vanish: Kinds,
    comes: Vec<(Mark, String)>,
    goes: Vec<(Mark, String)>,
}

impl Difference {
    /// A shared statement comes with the first file that makes it and goes with the last.
    fn count_shared(&mut self, decided: &Decided, shares: &mut Shares) {
        let before: Vec<bool> = self.comes.iter().map(|(mark, _)| shares.support.files(*mark) > 0).collect();
        for file in &decided.gone {
            shares.leave(file);
        }
        shares.support.add(self.comes.iter().map(|(mark, _)| *mark));
        for ((_, kind), _) in self.comes.iter().zip(before).filter(|(_, before)| !before) {
            self.appear.add(kind);
        }
        for (_, kind) in self.goes.iter().filter(|(mark, _)| shares.support.files(*mark) == 0) {
            self.vanish.add(kind);
        }
    }
}

/// Statements are compared without their graphs: what a new file says as the old one did neither comes nor goes.
fn difference(
    data: &DataFolder,
    archive: &Archive,
    knowledge: &Knowledge,
    (read, decided): &(&Read, &Decided),
) -> Result<Difference, BatchError> {
    let mut out = Difference::default();
    if !decided.is_change() {
        return Ok(out);
    }
    let own = graph_iri(&knowledge.base, &read.sha256);
    let new = artifact::statements(&data.objects(), &read.key)?;
    let mut old = Vec::new();
    let mut shared = Vec::new();
    for file in &decided.gone {
        let graph = node(&file.graph);
        old.extend(archive.graph(&graph).collect::<Result<Vec<_>, _>>()?);
        shared.extend(archive.shared(&graph)?);
    }
    shared.retain(|q| !is_registry(q));
    let classes = Classes::new(new.iter());
    let (mine, common): (Vec<&Quad>, Vec<&Quad>) = new.iter().partition(|q| q.graph_name == own.clone().into());
    let (has, had) = (triples(mine.iter().copied()), triples(&old));
    mine.iter().filter(|q| !had.contains(&triple(q))).for_each(|q| out.appear.add(classes.kind(q)));
    out.comes = common.into_iter().map(|q| (mark(q), classes.kind(q).to_owned())).collect();
    let classes = Classes::new(old.iter().chain(&shared));
    old.iter().filter(|q| !has.contains(&triple(q))).for_each(|q| out.vanish.add(classes.kind(q)));
    out.goes = shared.iter().map(|q| (mark(q), classes.kind(q).to_owned())).collect();
    out.goes.sort();
    out.goes.dedup();
    Ok(out)
}

type Triple<'q> = (&'q hakusho_store::Subject, &'q hakusho_store::NamedNode, &'q hakusho_store::Term);

fn triple(quad: &Quad) -> Triple<'_> {
    (&quad.subject, &quad.predicate, &quad.object)
}

fn triples<'q>(quads: impl IntoIterator<Item = &'q Quad>) -> HashSet<Triple<'q>> {
    quads.into_iter().map(triple).collect()
}

fn is_registry(quad: &Quad) -> bool {
    quad.graph_name.to_string().ends_with("/registry>")
}
