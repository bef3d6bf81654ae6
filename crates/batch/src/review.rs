//! Questions to people: what each loaded file leaves open, and how decisions fare in what is loaded.

use std::collections::BTreeMap;

use hakusho_link::Decision;
use hakusho_model::{Question, Review, order_questions};
use hakusho_pipeline::{Knowledge, sha256_hex};
use hakusho_store::{Archive, Registered};

use crate::data::DataFolder;
use crate::error::BatchError;
use crate::objects::Objects;

/// Ending of the object that holds what a file leaves open.
const ENDING: &str = "review.gz";

/// What all loaded files leave open.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Questions, the most frequent first; equal ones of several files are one.
    pub questions: Vec<Question>,
    /// Files that were loaded before questions were kept, or whose record is gone; a new load makes it.
    pub without: Vec<String>,
}

/// Reads what all loaded files leave open.
///
/// # Errors
/// When the store or an object cannot be read.
pub fn queue(data: &DataFolder, archive: &Archive) -> Result<Queue, BatchError> {
    let mut joined: BTreeMap<String, Question> = BTreeMap::new();
    let mut queue = Queue::default();
    let objects = data.objects();
    for file in archive.registered()? {
        let Some(review) = review_of(&objects, &file)? else {
            queue.without.push(file.name);
            continue;
        };
        for question in review.questions {
            match joined.get_mut(&question.id) {
                Some(known) => known.join(question),
                None => drop(joined.insert(question.id.clone(), question)),
            }
        }
    }
    queue.questions = joined.into_values().collect();
    order_questions(&mut queue.questions);
    Ok(queue)
}

/// A decision and how it fares in what is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The decision.
    pub decision: Decision,
    /// Loaded files in its scope that were read with the decisions of today.
    pub files: usize,
    /// Loaded files in its scope that were read before, and have to be loaded again.
    pub waiting: usize,
    /// How often it applied.
    pub applied: usize,
}

impl Standing {
    /// Whether every file of its scope was read with it and it applied nowhere.
    pub fn is_idle(&self) -> bool {
        self.applied == 0 && self.waiting == 0
    }
}

/// How each decision fares in what is loaded.
///
/// # Errors
/// When the store or an object cannot be read.
pub fn standing(data: &DataFolder, archive: &Archive, knowledge: &Knowledge) -> Result<Vec<Standing>, BatchError> {
    let decisions = knowledge.linker.decisions();
    let mut out: Vec<Standing> =
        decisions.iter().map(|d| Standing { decision: d.clone(), files: 0, waiting: 0, applied: 0 }).collect();
    if out.is_empty() {
        return Ok(out);
    }
    let objects = data.objects();
    for file in archive.registered()? {
        let current = file.ontology_hash == knowledge.hash;
        let review = if current { review_of(&objects, &file)? } else { None };
        let edition = slug(&file, &knowledge.base);
        for standing in out.iter_mut().filter(|s| s.decision.holds_in(&file.sha256, &edition)) {
            match &review {
                Some(review) => {
                    standing.files += 1;
                    standing.applied += review.applied.get(&standing.decision.id()).copied().unwrap_or(0);
                }
                None => standing.waiting += 1,
            }
        }
    }
    Ok(out)
}

/// Slug of a file's edition.
pub(crate) fn slug(file: &Registered, base: &str) -> String {
    file.edition.strip_prefix(&format!("{base}ed/")).unwrap_or(&file.edition).replace("%2F", "/")
}

/// Name of the record: what the registry knows of a file leads to it, whichever recogniser read the file.
fn key(sha256: &str, knowledge_hash: &str, graph_hash: &str) -> String {
    sha256_hex(format!("review {sha256} {knowledge_hash} {graph_hash}").as_bytes())
}

pub(crate) fn has_review(objects: &Objects, sha256: &str, knowledge_hash: &str, graph_hash: &str) -> bool {
    objects.has(&key(sha256, knowledge_hash, graph_hash), ENDING)
}

pub(crate) fn put_review(
    objects: &Objects,
    sha256: &str,
    knowledge_hash: &str,
    graph_hash: &str,
    review: &Review,
) -> Result<(), BatchError> {
    let text = serde_json::to_string(review).unwrap_or_default();
    objects.put_text(&key(sha256, knowledge_hash, graph_hash), ENDING, &text)
}

fn review_of(objects: &Objects, file: &Registered) -> Result<Option<Review>, BatchError> {
    let key = key(&file.sha256, &file.ontology_hash, &file.graph_hash);
    if !objects.has(&key, ENDING) {
        return Ok(None);
    }
    let text = objects.text(&key, ENDING)?;
    let damaged =
        |e: serde_json::Error| BatchError::Artifact { path: objects.path(&key, ENDING), problem: e.to_string() };
    serde_json::from_str(&text).map(Some).map_err(damaged)
}
