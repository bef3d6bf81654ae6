//! What the program knows before it sees a report: words, authorities, series.

use hakusho_lexicon::{
    Entry, EventWords, Gazetteer, Layer, LayoutWords, Matcher, OrgForms, Series, SeriesError, TableError,
    embedded_entries, embedded_files,
};
use hakusho_link::{Linker, RowProblem};
use hakusho_rdf::{DEFAULT_BASE, GraphOptions};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::cache;

/// Version of the program, part of every artifact's key.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Knowledge that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KnowledgeError {
    /// A table of the lexicon is malformed.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A series file is malformed.
    #[error(transparent)]
    Series(#[from] SeriesError),
}

/// Text of an imported layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerText {
    /// Its name, which is also what its errors call it.
    pub name: String,
    /// Content of its file.
    pub text: String,
}

/// Everything a stage needs besides the report.
#[derive(Debug)]
pub struct Knowledge {
    /// Words for the layout stage.
    pub words: LayoutWords,
    /// Names, dates, quantities.
    pub linker: Linker,
    /// Report series.
    pub series: Vec<Series>,
    /// Namespace of things, ending in a slash.
    pub base: String,
    /// Hash over all of it and the program's version: artifacts built with another one are out of date.
    pub hash: String,
    /// What is written of a report; set it with [`Self::write`].
    pub graph: GraphOptions,
    /// How many of the linker's entries are curated; those behind come from layers and are sorted by id.
    curated: usize,
}

impl Knowledge {
    /// What comes with the program, under the default namespace.
    ///
    /// # Errors
    /// When an embedded file is malformed, which tests exclude.
    pub fn embedded() -> Result<Self, KnowledgeError> {
        Self::with_base(DEFAULT_BASE)
    }

    /// What comes with the program, with things under another namespace.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn with_base(base: &str) -> Result<Self, KnowledgeError> {
        Self::assemble(base, &[], Gazetteer::embedded()?)
    }

    /// What comes with the program, with only those names that `keep` says: how much a report's reading owes to its names
    /// being listed. The hash does not tell it from the whole, so nothing built with it may be kept.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn with_names(base: &str, keep: impl FnMut(&Entry) -> bool) -> Result<Self, KnowledgeError> {
        let mut entries = embedded_entries()?;
        entries.retain(keep);
        let curated = entries.len();
        let matcher = Matcher::new(&entries);
        Self::assemble(base, &[], Gazetteer { entries, curated, matcher })
    }

    /// What comes with the program and imported layers, in the order given.
    ///
    /// `cache` is what an earlier call gave to keep, or anything else: only what was made of the same layers by the same
    /// program is used. With the knowledge comes what to keep instead, where the cache was of no use.
    ///
    /// # Errors
    /// When a layer is malformed.
    pub fn with_layers(
        base: &str,
        layers: &[LayerText],
        cache: Option<&[u8]>,
    ) -> Result<(Self, Option<Vec<u8>>), KnowledgeError> {
        if layers.is_empty() {
            return Ok((Self::with_base(base)?, None));
        }
        let key = cache::key(layers);
        if let Some(gazetteer) = cache.and_then(|bytes| cache::read(&key, bytes)) {
            return Ok((Self::assemble(base, layers, gazetteer)?, None));
        }
        let parsed: Result<Vec<Layer>, TableError> = layers.iter().map(|l| Layer::parse(&l.name, &l.text)).collect();
        let gazetteer = Gazetteer::with_layers(parsed?)?;
        let keep = cache::write(&key, &gazetteer);
        Ok((Self::assemble(base, layers, gazetteer)?, Some(keep)))
    }

    fn assemble(base: &str, layers: &[LayerText], gazetteer: Gazetteer) -> Result<Self, KnowledgeError> {
        let Gazetteer { entries, curated, matcher } = gazetteer;
        let (events, forms) = (EventWords::embedded()?, OrgForms::embedded()?);
        Ok(Self {
            words: LayoutWords::embedded(),
            linker: Linker::with_matcher(entries, matcher, events, forms, base),
            series: Series::embedded()?,
            base: base.to_owned(),
            hash: hash(base, layers),
            graph: GraphOptions::default(),
            curated,
        })
    }

    /// Entries that come with the program, with what layers add to them. They are in the store from the beginning.
    pub fn curated(&self) -> &[Entry] {
        &self.linker.entries()[..self.curated]
    }

    /// The entry of a layer that has an IRI. It is in the store where a report names it.
    pub fn layer_entry(&self, iri: &str) -> Option<&Entry> {
        let id = iri.strip_prefix(self.base.as_str())?;
        let layers = &self.linker.entries()[self.curated..];
        layers.binary_search_by(|e| e.id.as_str().cmp(id)).ok().map(|at| &layers[at])
    }

    /// Takes up a table of decisions (`decisions.tsv`), and tells the rows that cannot be carried out. What was built without
    /// them, or with others, is out of date; another note or date of a decision changes nothing.
    pub fn decide(&mut self, table: &str) -> Vec<RowProblem> {
        let problems = self.linker.decide(table);
        let decisions = self.linker.decisions();
        if !decisions.is_empty() {
            let ids: Vec<String> = decisions.iter().map(hakusho_link::Decision::id).collect();
            self.stir(ids.iter().map(String::as_str));
        }
        problems
    }

    /// Says what is written of a report. Graphs with more or less in them are out of date.
    pub fn write(&mut self, options: GraphOptions) {
        self.graph = options;
        if !options.key().is_empty() {
            self.stir([options.key()].into_iter());
        }
    }

    /// Takes something more into the hash.
    fn stir<'p>(&mut self, parts: impl Iterator<Item = &'p str>) {
        let mut hasher = Sha256::new();
        hasher.update(self.hash.as_bytes());
        parts.for_each(|part| hasher.update(part.as_bytes()));
        self.hash = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
    }

    /// The series with that slug.
    pub fn series(&self, id: Option<&str>) -> Option<&Series> {
        self.series.iter().find(|s| Some(s.id.as_str()) == id)
    }
}

/// Hash over program version, namespace, embedded files and layers.
fn hash(base: &str, layers: &[LayerText]) -> String {
    let mut hasher = Sha256::new();
    let embedded = embedded_files().flat_map(|(name, text)| [name, text]);
    let layers = layers.iter().flat_map(|l| [l.name.as_str(), l.text.as_str()]);
    for part in [VERSION, base].into_iter().chain(embedded).chain(layers) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(name: &str, label: &str) -> LayerText {
        let head = "# hakusho lexicon layer\nid\ttype\tkind\tja\ten\taliases\tweak\tcountry\tids\tvalid\tlinks\tsource";
        LayerText {
            name: name.to_owned(),
            text: format!("{head}\norg/x/zz-mihon\tORG\tcompany\t{label}\t\t\t\t\t\t\t\thand\n"),
        }
    }

    #[test]
    fn the_hash_covers_every_layer() {
        let hash = |layers: &[LayerText]| Knowledge::with_layers("urn:b/", layers, None).expect("well formed").0.hash;
        let plain = Knowledge::with_base("urn:b/").expect("well formed").hash;
        let one = hash(&[layer("a", "見本架空商会")]);
        assert_eq!(hash(&[]), plain);
        assert_ne!(one, plain);
        assert_ne!(one, hash(&[layer("a", "見本架空商店")]));
        assert_ne!(one, hash(&[layer("b", "見本架空商会")]));
    }

    #[test]
    fn a_cache_is_used_only_for_what_it_was_made_of() {
        let layers = [layer("a", "見本架空商会")];
        let load = |layers: &[LayerText], cache: Option<&[u8]>| {
            let (knowledge, keep) = Knowledge::with_layers("urn:b/", layers, cache).expect("well formed");
            let entry = knowledge.layer_entry("urn:b/org/x/zz-mihon").map(|e| e.ja.clone());
            (entry.expect("in a layer"), keep)
        };
        let (label, kept) = load(&layers, None);
        let kept = kept.expect("nothing was there to use");
        assert_eq!(load(&layers, Some(&kept)), (label, None));
        // Other names, a byte changed, a byte less: made anew.
        assert!(load(&[layer("a", "見本架空商店")], Some(&kept)).1.is_some());
        let mut damaged = kept.clone();
        damaged[kept.len() / 2] ^= 1;
        assert_eq!(load(&layers, Some(&damaged)).1.as_ref(), Some(&kept));
        assert_eq!(load(&layers, Some(&kept[..kept.len() - 1])).1.as_ref(), Some(&kept));
        assert!(load(&layers, Some(b"")).1.is_some());
    }
}
