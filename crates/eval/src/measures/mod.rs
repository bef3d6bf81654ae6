//! The measures, one module each.

mod artifacts;
mod charts;
mod events;
mod exhibits;
mod footnotes;
mod links;
mod mentions;
mod observations;
mod order;
mod pages;
mod sections;
mod tables;
mod text;
mod values;
mod xrefs;

use std::collections::BTreeSet;

use hakusho_model::Document;

pub(crate) use links::LinkVerdict;

use crate::finding::Findings;
use crate::fold::Folded;
use crate::gold::Gold;
use crate::passages;
use crate::place::{self, Place};
use crate::tuning::Tuning;
use crate::view::View;

/// A document beside its gold, with what several measures need.
pub(crate) struct Case<'a> {
    pub(crate) gold: &'a Gold,
    pub(crate) view: View<'a>,
    /// Where each block of the gold stands.
    pub(crate) places: Vec<Option<Place>>,
    /// Folded text of each annotated passage.
    pub(crate) texts: Vec<Folded>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(gold: &'a Gold, document: &'a Document) -> Self {
        let view = View::new(document);
        Self { gold, places: place::locate(gold, &view), texts: passages::texts(gold, &view), view }
    }

    /// Entities that mentions in annotated passages are linked to.
    pub(crate) fn linked(&self) -> BTreeSet<String> {
        mentions::linked(self)
    }

    /// Measures everything that the gold annotates.
    pub(crate) fn measure(&self) -> (Findings, Tuning) {
        let (mut out, mut tuning) = (Findings::default(), Tuning::default());
        for measure in [
            text::measure,
            order::measure,
            pages::measure,
            sections::measure,
            exhibits::measure,
            tables::measure,
            charts::measure,
            footnotes::measure,
            xrefs::measure,
            artifacts::measure,
        ] {
            measure(self, &mut out);
        }
        mentions::measure(self, &mut out, &mut tuning);
        events::measure(self, &mut out);
        observations::measure(self, &mut out);
        (out, tuning)
    }
}
