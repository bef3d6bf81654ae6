//! Names in the text: the evidence says which things it names; the full graph also has every mention.

use hakusho_model::{Block, BlockKind, Mention, MentionKind, Value};
use oxrdf::{Literal, NamedNode};

use super::Writer;
use super::rules::Rule;
use crate::vocab::{CITO, DCTERMS, EDTF, hk, term};

impl<'d> Writer<'d> {
    /// Writes what the text names.
    pub(super) fn mentions(&mut self) {
        let mut open: Option<(&Block, Vec<char>)> = None;
        for mention in &self.document.mentions {
            // Dates and amounts stand for nothing but themselves.
            if mention.entity.is_none() && !self.full() {
                continue;
            }
            if open.as_ref().is_none_or(|(b, _)| b.id != mention.block) {
                open = self.document.block(&mention.block).map(|b| (b, b.text.chars().collect()));
            }
            let Some((block, chars)) = &open else { continue };
            let rule = Rule { name: &mention.rule, confidence: mention.confidence };
            let span = (mention.start, mention.end);
            let Some((evidence, from)) = self.evidence.around(block, chars, span, &rule) else { continue };
            if let Some(entity) = &mention.entity {
                self.evidence.names(&evidence, entity);
                self.cites(block, mention, entity);
            }
            if self.full() {
                self.mention(mention, evidence, from);
            }
        }
    }

    /// A source note that names a report, a survey or a law rests on it; a footnote cites it.
    fn cites(&mut self, block: &Block, mention: &Mention, entity: &str) {
        let property = match block.kind {
            BlockKind::SourceNote => "citesAsDataSource",
            BlockKind::Footnote => "cites",
            _ => return,
        };
        if matches!(mention.kind, MentionKind::Survey | MentionKind::Law)
            && let Some(note) = self.parts.get(&block.id)
        {
            self.sink.add(note, term(CITO, property), NamedNode::new_unchecked(entity.to_owned()));
        }
    }

    fn mention(&mut self, mention: &Mention, evidence: NamedNode, from: usize) {
        let what = mention.entity.as_deref().unwrap_or(mention.kind.as_str());
        let node = self.iris.mention(&format!("{}:{}-{}:{what}", mention.block, mention.start, mention.end));
        self.sink.kind(&node, hk("Mention"));
        if let Some(entity) = &mention.entity {
            self.sink.add(&node, hk("standsFor"), NamedNode::new_unchecked(entity.clone()));
        }
        self.sink.text(&node, term(DCTERMS, "type"), mention.kind.as_str());
        self.sink.text(&node, hk("verbatim"), &mention.surface);
        self.sink.number(&node, hk("startOffset"), mention.start.saturating_sub(from) as i64);
        self.sink.text(&node, hk("rule"), &mention.rule);
        self.sink.typed(&node, hk("confidence"), &format!("{:.3}", mention.confidence), "decimal");
        self.sink.add(&node, hk("evidence"), evidence);
        match &mention.value {
            Some(Value::Date(date)) => {
                self.sink.add(&node, hk("edtf"), Literal::new_typed_literal(date, term(EDTF, "EDTF")));
            }
            Some(Value::Quantity(quantity)) => {
                let amount = NamedNode::new_unchecked(format!("{}#q", node.as_str()));
                self.sink.add(&node, hk("amount"), amount.clone());
                self.quantity(&amount, quantity);
            }
            None => {}
        }
    }
}
