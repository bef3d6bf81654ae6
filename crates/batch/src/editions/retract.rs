//! Taking files out, with what that takes along.

use std::collections::{BTreeMap, BTreeSet};

use hakusho_pipeline::VERSION;
use hakusho_rdf::{LoadRecord, RunKind, RunRecord, run_quads};
use hakusho_store::{Archive, Change, NamedNode, Quad, Registered, StoreError, mark};

use crate::clock::now;
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::examples::service_facts;
use crate::kinds::{Classes, Kinds, object, subject};
use crate::shared::{Shares, gone, node};

/// A thing with its label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its IRI.
    pub iri: String,
    /// Its label, if it has one.
    pub label: Option<String>,
}

/// What goes when files are taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retraction {
    /// The files.
    pub files: Vec<Registered>,
    /// Statements that lose their last support, by kind. What the registry says is not counted.
    pub vanish: Kinds,
    /// Shared things that no loaded file speaks of any more; their statements go.
    pub things: Vec<Named>,
    /// Names of the lists that no loaded file refers to any more; the lists keep them.
    pub unnamed: Vec<Named>,
    /// Files that stay.
    pub others: usize,
    /// Their statements, none of which goes.
    pub kept: u64,
}

/// Says what goes when files are taken out, without changing the store.
///
/// # Errors
/// When the store cannot be read.
pub fn retraction(data: &DataFolder, archive: &Archive, files: &[&Registered]) -> Result<Retraction, BatchError> {
    let registered = archive.registered()?;
    let going: BTreeSet<NamedNode> = files.iter().map(|f| node(&f.graph)).collect();
    let stays = |r: &&Registered| !going.contains(&node(&r.graph));
    let mut shares = Shares::new(data, archive, &registered)?;
    let mut out = Retraction {
        files: files.iter().map(|f| (*f).clone()).collect(),
        others: registered.iter().filter(stays).count(),
        kept: registered.iter().filter(stays).map(|r| r.quads).sum(),
        ..Retraction::default()
    };
    for file in files {
        drop(shares.leave(file));
    }
    let mut shared = BTreeMap::new();
    let mut referred = BTreeSet::new();
    for graph in &going {
        let own = archive.graph(graph).collect::<Result<Vec<_>, _>>()?;
        count(&own, &mut out.vanish);
        let subjects: BTreeSet<&str> = own.iter().map(subject).collect();
        referred.extend(own.iter().filter_map(object).filter(|o| !subjects.contains(o.as_str())).cloned());
        shared.extend(archive.shared(graph)?.into_iter().filter(is_thing).map(|q| (mark(&q), q)));
    }
    let (mut kept, mut lost) = (Vec::new(), Vec::new());
    for (mark, quad) in shared {
        if shares.support.files(mark) > 0 { kept.push(quad) } else { lost.push(quad) }
    }
    count(&lost, &mut out.vanish);
    let kept: BTreeSet<&str> = kept.iter().map(subject).collect();
    let lost: BTreeSet<&str> = lost.iter().map(subject).filter(|s| !kept.contains(s)).collect();
    for thing in &lost {
        out.things.push(Named { iri: (*thing).to_owned(), label: archive.label(&node(thing))? });
    }
    let known: BTreeSet<&str> = files.iter().map(|f| f.edition.as_str()).chain(kept).chain(lost).collect();
    for thing in referred.iter().filter(|t| !known.contains(t.as_str())) {
        if let (false, Some(label)) = (archive.referred_to(thing, &going)?, archive.label(thing)?) {
            out.unnamed.push(Named { iri: thing.as_str().to_owned(), label: Some(label) });
        }
    }
    Ok(out)
}

fn count(quads: &[Quad], kinds: &mut Kinds) {
    let classes = Classes::new(quads);
    for quad in quads {
        kinds.add(classes.kind(quad));
    }
}

fn is_thing(quad: &Quad) -> bool {
    quad.graph_name.to_string().ends_with("/things>")
}

/// Takes files out of the store. Their PDFs and artifacts stay among the objects, and the registry keeps their history.
///
/// # Errors
/// When the store cannot be written.
pub fn retract(data: &DataFolder, archive: &Archive, files: &[&Registered]) -> Result<(), BatchError> {
    let started = now();
    let mut shares = Shares::new(data, archive, &archive.registered()?)?;
    let mut change = Change::default();
    let first = archive.last_run()? + 1;
    for (number, file) in (first..).zip(files) {
        shares.leave(file);
        change.gone.push(gone(file));
        change.history.extend(run_quads(&run(number, file, &started), data.base()));
    }
    archive.apply(&change, &shares.support)?;
    archive.write_description(&service_facts())?;
    data.search().sync(archive).map_err(StoreError::from)?;
    Ok(archive.flush()?)
}

fn run(number: u64, file: &Registered, started: &str) -> RunRecord {
    RunRecord {
        number,
        kind: RunKind::Retracted,
        started: started.to_owned(),
        ended: now(),
        version: VERSION.to_owned(),
        edition: file.edition.clone(),
        sha256: file.sha256.clone(),
        name: file.name.clone(),
        load: LoadRecord {
            version: file.version.clone(),
            ontology_hash: file.ontology_hash.clone(),
            graph_hash: file.graph_hash.clone(),
            quads: usize::try_from(file.quads).unwrap_or(usize::MAX),
            artifact: file.artifact.clone(),
        },
        gone: vec![file.graph.clone()],
    }
}
