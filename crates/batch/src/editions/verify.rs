//! Whether what is loaded is still what was read: files, artifacts, graphs and quotes, and whether reading gives the same.

use std::collections::{BTreeMap, HashSet};

use hakusho_model::Document;
use hakusho_pipeline::{Knowledge, ReadOptions, build, sha256_hex};
use hakusho_rdf::sorted_nquads;
use hakusho_store::{Archive, Quad, Registered, Term};
use rayon::prelude::*;

use crate::artifact::{self, DOCUMENT, STATEMENTS};
use crate::data::DataFolder;
use crate::error::BatchError;
use crate::kinds::subject;
use crate::objects::Objects;
use crate::shared::node;

const HK_OFFSETS: &str = "https://w3id.org/hakusho/ns#offsets";
const HK_TEXT: &str = "https://w3id.org/hakusho/ns#text";

/// How to verify.
#[derive(Clone, Debug, Default)]
pub struct VerifyOptions {
    /// Whether files are read anew from the stored PDFs, and how.
    pub rebuild: Option<ReadOptions>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What was compared: `file`, `artifact`, `graph`, `evidence` or `rebuild`.
    pub what: &'static str,
    /// What is wrong, in words.
    pub problem: String,
    /// What to do about it.
    pub advice: String,
}

/// A loaded file and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The file.
    pub file: Registered,
    /// Statements compared, those about shared things included.
    pub statements: usize,
    /// Quotes found at their offsets in the document.
    pub quotes: usize,
    /// Whether reading the stored PDF gave the same; `None` where it was not asked for or could not be compared.
    pub rebuilt: Option<bool>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Verifies loaded files, in the order given.
///
/// # Errors
/// When the store cannot be read. Damage to objects is what is reported.
pub fn verify(
    data: &DataFolder,
    archive: &Archive,
    knowledge: &Knowledge,
    files: &[&Registered],
    options: &VerifyOptions,
) -> Result<Vec<Verified>, BatchError> {
    let objects = data.objects();
    files
        .par_iter()
        .map(|file| {
            let mut check = Check {
                objects: &objects,
                out: Verified { file: (*file).clone(), statements: 0, quotes: 0, rebuilt: None, problems: Vec::new() },
            };
            let bytes = check.bytes();
            let quads = check.artifact();
            if let Some(quads) = &quads {
                check.graph(archive, quads)?;
            }
            let document = check.document();
            if let (Some(quads), Some(document)) = (&quads, &document) {
                check.quotes(quads, document);
            }
            if let (Some(options), Some(bytes)) = (&options.rebuild, bytes) {
                check.rebuild(&bytes, knowledge, options);
            }
            Ok(check.out)
        })
        .collect()
}

struct Check<'a> {
    objects: &'a Objects,
    out: Verified,
}

impl Check<'_> {
    fn report(&mut self, what: &'static str, problem: String, advice: String) {
        self.out.problems.push(Problem { what, problem, advice });
    }

    fn again(&self) -> String {
        format!("load `{}` again with `hakusho ingest`", self.out.file.name)
    }

    fn remove_and_again(&self, hash: &str, ending: &str) -> String {
        format!("remove `{}` and {}", self.objects.path(hash, ending).display(), self.again())
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        let hash = self.out.file.sha256.clone();
        let advice = self.remove_and_again(&hash, "pdf");
        match self.objects.bytes(&hash, "pdf") {
            Ok(bytes) if sha256_hex(&bytes) == hash => return Some(bytes),
            Ok(_) => {
                let path = self.objects.path(&hash, "pdf");
                self.report("file", format!("`{}` is not the file that was loaded", path.display()), advice);
            }
            Err(e) => {
                let advice = self.again();
                self.report("file", words(&e), advice);
            }
        }
        None
    }

    fn text(&mut self, ending: &str) -> Option<String> {
        let key = self.out.file.artifact.clone();
        match self.objects.text(&key, ending) {
            Ok(text) => Some(text),
            Err(e) => {
                let advice =
                    if self.objects.has(&key, ending) { self.remove_and_again(&key, ending) } else { self.again() };
                self.report("artifact", words(&e), advice);
                None
            }
        }
    }

    fn artifact(&mut self) -> Option<Vec<Quad>> {
        let text = self.text(STATEMENTS)?;
        let key = self.out.file.artifact.clone();
        let advice = self.remove_and_again(&key, STATEMENTS);
        if sha256_hex(text.as_bytes()) != self.out.file.graph_hash {
            let path = self.objects.path(&key, STATEMENTS);
            self.report("artifact", format!("`{}` has another hash than the registry says", path.display()), advice);
            return None;
        }
        match artifact::parse(self.objects, &key, &text) {
            Ok(quads) => Some(quads),
            Err(e) => {
                self.report("artifact", words(&e), advice);
                None
            }
        }
    }

    fn graph(&mut self, archive: &Archive, quads: &[Quad]) -> Result<(), BatchError> {
        let graph = node(&self.out.file.graph);
        let (own, shared): (Vec<&Quad>, Vec<&Quad>) = quads.iter().partition(|q| q.graph_name == graph.clone().into());
        let mut missing: HashSet<&Quad> = own.iter().copied().collect();
        let (mut held, mut strange) = (0u64, None);
        for quad in archive.graph(&graph) {
            let quad = quad?;
            held += 1;
            if !missing.remove(&quad) {
                strange = strange.or(Some(quad));
            }
        }
        let mut absent = own.into_iter().find(|q| missing.contains(q));
        for quad in shared {
            if absent.is_none() && !archive.contains(quad)? {
                absent = Some(quad);
            }
        }
        self.out.statements = quads.len();
        let advice = format!(
            "take the file out with `hakusho editions retract {}` and load it again",
            self.out.file.sha256.get(..16).unwrap_or(&self.out.file.sha256)
        );
        if let Some(quad) = absent {
            self.report("graph", format!("the store has lost a statement: {quad}"), advice.clone());
        }
        if let Some(quad) = strange {
            self.report("graph", format!("the store has a statement that was not read: {quad}"), advice.clone());
        }
        if held != self.out.file.quads {
            let problem = format!("the graph has {held} statements, {} by the registry", self.out.file.quads);
            self.report("graph", problem, advice);
        }
        Ok(())
    }

    fn document(&mut self) -> Option<Document> {
        let text = self.text(DOCUMENT)?;
        match serde_json::from_str(&text) {
            Ok(document) => Some(document),
            Err(e) => {
                let key = self.out.file.artifact.clone();
                let path = self.objects.path(&key, DOCUMENT);
                let advice = self.remove_and_again(&key, DOCUMENT);
                self.report("artifact", format!("`{}` is no document: {e}", path.display()), advice);
                None
            }
        }
    }

    /// Every quote stands at its offsets in the document.
    fn quotes(&mut self, quads: &[Quad], document: &Document) {
        let blocks: BTreeMap<&str, &str> = document.blocks.iter().map(|b| (b.id.as_str(), b.text.as_str())).collect();
        let mut quotes: BTreeMap<&str, (Option<&str>, Option<&str>)> = BTreeMap::new();
        for quad in quads {
            let Term::Literal(value) = &quad.object else { continue };
            match quad.predicate.as_str() {
                HK_OFFSETS => quotes.entry(subject(quad)).or_default().0 = Some(value.value()),
                HK_TEXT => quotes.entry(subject(quad)).or_default().1 = Some(value.value()),
                _ => {}
            }
        }
        for (evidence, (offsets, quote)) in quotes {
            let Some(offsets) = offsets else { continue };
            match at(&blocks, offsets) {
                Some(text) if Some(text.as_str()) == quote => self.out.quotes += 1,
                _ => {
                    let problem = format!("the quote of `{evidence}` does not stand at {offsets} in the document");
                    let advice = self.again();
                    self.report("evidence", problem, advice);
                }
            }
        }
    }

    fn rebuild(&mut self, bytes: &[u8], knowledge: &Knowledge, options: &ReadOptions) {
        let file = self.out.file.clone();
        if artifact::key(&file.name, &file.sha256, knowledge, options) != file.artifact {
            return;
        }
        let again = build(&file.name, bytes, knowledge, options);
        let hash = sha256_hex(sorted_nquads(&again.quads).as_bytes());
        let same = hash == file.graph_hash;
        self.out.rebuilt = Some(same);
        if !same {
            let problem = format!("reading the stored file again gave {hash}, {} is loaded", file.graph_hash);
            self.report("rebuild", problem, "this should not happen: please report it with the file".to_owned());
        }
    }
}

fn words(error: &BatchError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// Text at offsets like `b12:120-180` (code points, end exclusive).
fn at(blocks: &BTreeMap<&str, &str>, offsets: &str) -> Option<String> {
    let (block, span) = offsets.rsplit_once(':')?;
    let (start, end) = span.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    let text: String = blocks.get(block)?.chars().skip(start).take(end.checked_sub(start)?).collect();
    (text.chars().count() == end - start).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points_and_stop_at_the_end() {
        let blocks = BTreeMap::from([("b1", "一二三")]);
        let check = |offsets: &str, expected: Option<&str>| assert_eq!(at(&blocks, offsets).as_deref(), expected);
        check("b1:1-3", Some("二三"));
        check("b1:3-3", Some(""));
        check("b1:1-4", None);
        check("b1:2-1", None);
        check("b2:0-1", None);
        check("b1", None);
    }
}
