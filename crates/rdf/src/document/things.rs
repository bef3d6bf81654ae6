//! What several files share: unlisted names, answer items, classes of respondents, survey waves, kinds of data, web pages.

use hakusho_lexicon::OrgForms;
use hakusho_model::{Entity, MentionKind, Observation};
use oxrdf::{Literal, NamedNode};

use super::Writer;
use crate::authority::{kind_class, org_class};
use crate::iris::hash;
use crate::vocab::{DCTERMS, EDTF, FABIO, RDFS, SCHEMA, SKOS, hk, term};

/// What kind of organization its names tell that an unlisted one is.
fn class_of(entity: &Entity) -> Option<&'static str> {
    if entity.kind != MentionKind::Org {
        return None;
    }
    let forms = OrgForms::shared();
    let mut names = std::iter::once(&entity.label).chain(&entity.aliases);
    if entity.id.contains("/org/of/") {
        // A government is what a body of a place is, unless its name tells more.
        return names.find_map(|name| forms.class_of_local(name)).or(Some("government"));
    }
    names.find_map(|name| forms.class_of(name))
}

impl Writer<'_> {
    /// Names that no authority list has, and how this file prints them.
    ///
    /// Reports print one name in several ways, so no file says what a thing is called: the store calls it by the first, in
    /// the order of their characters, of the names that the loaded files have for it.
    pub(super) fn unlisted(&mut self) {
        for entity in self.document.entities.iter().filter(|e| !e.listed) {
            let node = NamedNode::new_unchecked(entity.id.clone());
            self.things.kind(&node, kind_class(entity.kind));
            if let Some(class) = class_of(entity) {
                self.things.text(&node, term(DCTERMS, "type"), class);
                if let Some(standard) = org_class(class) {
                    self.things.kind(&node, standard);
                }
            }
            if let Some((predicate, whole)) = self.belongs_to(&entity.id) {
                self.things.add(&node, predicate, whole);
            }
            let naming = self.iris.claim("naming", &entity.id);
            self.sink.kind(&naming, hk("Naming"));
            self.sink.add(&naming, hk("names"), node);
            self.sink.japanese(&naming, hk("verbatim"), &entity.label);
        }
    }

    /// What an unlisted thing is derived from: an edition from its series, a place's body from the place.
    fn belongs_to(&self, id: &str) -> Option<(NamedNode, NamedNode)> {
        let base = self.iris.at("");
        let path = id.strip_prefix(base.as_str())?;
        if let Some(place) = path.strip_prefix("org/of/") {
            return Some((term(SCHEMA, "areaServed"), self.iris.at(&format!("place/{place}"))));
        }
        let edition = ["survey/", "cert/", "law/"].iter().any(|k| path.starts_with(k)) && !path.contains("/nil/");
        let series = edition.then(|| path.rsplit_once('/')).flatten()?.0;
        Some((term(DCTERMS, "isVersionOf"), self.iris.at(series)))
    }

    /// A concept with that label, in a folder of its own.
    pub(super) fn concept(&mut self, folder: &str, class: &str, label: &str) -> NamedNode {
        let node = self.iris.at(&format!("{folder}/{}", hash(&[label])));
        self.things.kind(&node, hk(class));
        self.things.japanese(&node, term(SKOS, "prefLabel"), label);
        node
    }

    /// A kind of data, such as 氏名.
    pub(super) fn data_kind(&mut self, label: &str) -> NamedNode {
        let node = self.iris.at(&format!("data/nil/{label}"));
        self.things.kind(&node, term(SKOS, "Concept"));
        self.things.japanese(&node, term(SKOS, "prefLabel"), label);
        node
    }

    /// The wave of a survey in a year.
    pub(super) fn wave(&mut self, survey: &str, year: &str) -> NamedNode {
        let node = self.iris.at(&format!("wave/{}", hash(&[survey, year])));
        self.things.kind(&node, hk("SurveyWave"));
        self.things.add(&node, hk("survey"), NamedNode::new_unchecked(survey.to_owned()));
        self.things.text(&node, term(RDFS, "label"), year);
        self.things.add(&node, hk("edtf"), Literal::new_typed_literal(year, term(EDTF, "EDTF")));
        node
    }

    /// A page of the web that reports cite.
    pub(super) fn web_page(&mut self, address: &str) {
        let node = NamedNode::new_unchecked(address.to_owned());
        self.things.kind(&node, term(FABIO, "WebPage"));
        self.things.text(&node, term(RDFS, "label"), address);
    }

    /// Year of the survey that a figure comes from: the wave's, else the one in the survey's own name.
    pub(super) fn survey_year(&self, figure: &Observation) -> Option<String> {
        let survey = figure.survey.as_deref()?;
        let label = self.document.entities.iter().find(|e| e.id == survey).map_or(survey, |e| e.label.as_str());
        year(label).or_else(|| year(survey.rsplit('/').next().unwrap_or_default()))
    }
}

/// The one year that a label states in Western figures.
pub(super) fn year(label: &str) -> Option<String> {
    let text = hakusho_lexicon::fold(label).text();
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let years: Vec<&str> = digits.filter(|run| ("1900"..="2099").contains(run)).collect();
    match years.as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}

/// Whether a printed address can be an IRI as it is.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    rest.is_some_and(|r| {
        r.starts_with(|c: char| c.is_ascii_alphanumeric()) && oxrdf_accepts(text) && r.chars().all(fits)
    })
}

/// Percent signs must begin an escape, and the rest be well formed.
fn oxrdf_accepts(text: &str) -> bool {
    NamedNode::new(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_labels() {
        for (label, expected) in [
            ("2024年版（％）", Some("2024")),
            ("見本調査2019", Some("2019")),
            ("２０１９年度", Some("2019")),
            ("2019～2020年", None),
            ("1,024件", None),
            ("3456", None),
        ] {
            assert_eq!(year(label).as_deref(), expected, "{label}");
        }
    }

    #[test]
    fn addresses_that_can_be_iris() {
        for (text, expected) in [
            ("https://example.org/a?b=c#d", true),
            ("https://example.org/%E3%81%82", true),
            ("https://example.org/100%", false),
            ("https://example.org/a b", false),
            ("https:///x", false),
            ("www.example.org", false),
        ] {
            assert_eq!(is_address(text), expected, "{text}");
        }
    }
}
