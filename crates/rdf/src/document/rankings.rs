//! Rankings (順位表): places with the place before, one row of the table each.

use hakusho_model::{Block, RankEntry};
use oxrdf::NamedNode;

use super::Writer;
use super::exhibits::body;
use super::rules::RANKING_ROW;
use super::things::year;
use crate::vocab::{DCTERMS, RDFS, SCHEMA, hk, term};

impl<'d> Writer<'d> {
    /// Writes all places of all rankings.
    pub(super) fn rankings(&mut self) {
        for entry in &self.document.rankings {
            self.place(entry);
        }
    }

    fn place(&mut self, entry: &RankEntry) {
        let document = self.document;
        let Some(exhibit) = document.exhibits.iter().find(|x| x.id == entry.exhibit) else { return };
        let Some(block) = body(document, exhibit) else { return };
        let chars: Vec<char> = block.text.chars().collect();
        let (start, end) = row_with(block, &chars, &entry.item);
        let Some((evidence, _)) = self.evidence.around(block, &chars, (start, end), &RANKING_ROW) else { return };
        let ranking = self.iris.claim("rank", &format!("{}:{}", exhibit.id, entry.perspective));
        let title = [exhibit.caption.as_str(), entry.perspective.as_str()].join(" ");
        self.sink.kind(&ranking, hk("Ranking"));
        self.sink.japanese(&ranking, term(RDFS, "label"), title.trim());
        self.sink.text(&ranking, hk("perspective"), &entry.perspective);
        if let Some(year) = self.ranking_year(&exhibit.caption, entry) {
            self.sink.typed(&ranking, term(DCTERMS, "temporal"), &year, "gYear");
        }
        if let Some(survey) = &entry.survey {
            self.sink.add(&ranking, hk("survey"), NamedNode::new_unchecked(survey.clone()));
        }
        let node = NamedNode::new_unchecked(format!("{}/{}", ranking.as_str(), entry.rank));
        self.sink.add(&ranking, term(SCHEMA, "itemListElement"), node.clone());
        self.sink.kind(&node, hk("RankEntry"));
        self.sink.japanese(&node, term(RDFS, "label"), &entry.item);
        self.sink.number(&node, term(SCHEMA, "position"), i64::from(entry.rank));
        if let Some(before) = entry.previous {
            self.sink.number(&node, hk("previousRank"), i64::from(before));
        }
        if entry.is_new {
            self.sink.typed(&node, hk("isNewEntry"), "true", "boolean");
        }
        if let Some(item) = &entry.entity {
            self.sink.add(&node, term(SCHEMA, "item"), NamedNode::new_unchecked(item.clone()));
        }
        self.sink.add(&node, hk("evidence"), evidence);
    }

    /// The year a ranking is of: in its caption, its survey's name, else the edition's.
    fn ranking_year(&self, caption: &str, entry: &RankEntry) -> Option<String> {
        let survey = entry.survey.as_deref().and_then(|s| s.rsplit('/').next());
        let own = year(caption).or_else(|| survey.and_then(year));
        own.or_else(|| self.edition_year.map(|y| format!("{y:04}")))
    }
}

/// Where the row with a cell of that text is, the first one; the whole text where there is none.
pub(super) fn row_with(block: &Block, chars: &[char], cell: &str) -> (usize, usize) {
    let wanted: Vec<char> = cell.chars().collect();
    if wanted.is_empty() || block.text.is_empty() {
        return (0, chars.len());
    }
    let bounds = |i: usize| i == 0 || i == chars.len() || matches!(chars[i], '\t' | '\n');
    let begins = |i: usize| i == 0 || matches!(chars[i - 1], '\t' | '\n');
    let at = (0..=chars.len().saturating_sub(wanted.len()))
        .find(|&i| begins(i) && chars[i..].starts_with(&wanted) && bounds(i + wanted.len()));
    at.map_or((0, chars.len()), |i| (i, i + wanted.len()))
}
