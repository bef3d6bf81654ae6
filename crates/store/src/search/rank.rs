//! Which documents match, and in which order: BM25 (Robertson, Zaragoza, "The Probabilistic Relevance Framework") over what is loaded now.
//!
//! The engine's own statistics count documents that were deleted, and its sums depend on the order of segments; equal
//! stores would give unequal scores. Here all counts are of living documents, and phrases are added up in the order typed.

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, Scorer, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet as _, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::parts::Kind;
use super::phrase::Phrase;
use super::schema::{Fields, ID};
use super::snapshot::Snapshot;
use super::words::Words;

/// A document that matches.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    /// Score in ten thousandths.
    pub(crate) score: u64,
    /// `node kind graph`.
    pub(crate) id: String,
    pub(crate) place: DocAddress,
}

/// What narrows a search.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrow<'n> {
    pub(crate) kind: Option<Kind>,
    pub(crate) graph: Option<&'n str>,
}

impl Snapshot {
    /// How many documents match, and the best of them: by score, then by id.
    pub(crate) fn rank(
        &self,
        words: &Words,
        narrow: Narrow<'_>,
        limit: usize,
    ) -> Result<(usize, Vec<Ranked>), TantivyError> {
        let living = Living::of(&self.searcher, self.fields.text)?;
        let scoring = || EnableScoring::enabled_from_statistics_provider(&living, &self.searcher);
        let leaves: Vec<Box<dyn Query>> = words.wanted().map(|p| leaf(p, self.fields.text)).collect();
        let weights: Vec<Box<dyn Weight>> = leaves.iter().map(|q| q.weight(scoring())).collect::<Result<_, _>>()?;
        let filter = filter(words, narrow, self.fields)
            .map(|query| query.weight(EnableScoring::disabled_from_searcher(&self.searcher)))
            .transpose()?;
        let (mut total, mut best) = (0, Vec::new());
        for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
            let mut found = match &filter {
                Some(filter) => score_all(segment, filter.as_ref(), &weights)?,
                None => score_one(segment, weights[0].as_ref())?,
            };
            total += found.len();
            best.extend(named(segment, ord as u32, &mut found, limit)?);
        }
        best.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        best.truncate(limit);
        Ok((total, best))
    }
}

/// The query of one phrase.
fn leaf(phrase: &Phrase, field: Field) -> Box<dyn Query> {
    let terms = phrase.terms().into_iter().map(|(at, term)| (at, Term::from_field_text(field, term)));
    let mut terms: Vec<(usize, Term)> = terms.collect();
    match (terms.len(), terms.pop()) {
        (1, Some((_, term))) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
        (_, last) => {
            terms.extend(last);
            Box::new(PhraseQuery::new_with_offset(terms))
        }
    }
}

/// Which documents are asked for; none where one phrase says it all.
fn filter(words: &Words, narrow: Narrow<'_>, fields: Fields) -> Option<BooleanQuery> {
    let simple = words.groups.len() == 1 && words.wanted().count() == 1 && words.without.is_empty();
    if simple && narrow.kind.is_none() && narrow.graph.is_none() {
        return None;
    }
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for group in &words.groups {
        let any = group.iter().map(|p| leaf(p, fields.text)).collect();
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(any))));
    }
    clauses.extend(words.without.iter().map(|p| (Occur::MustNot, leaf(p, fields.text))));
    let mut exactly = |field, text: &str| {
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
        clauses.push((Occur::Must, Box::new(query)));
    };
    if let Some(kind) = narrow.kind {
        exactly(fields.kind, kind.as_str());
    }
    if let Some(graph) = narrow.graph {
        exactly(fields.graph, graph);
    }
    Some(BooleanQuery::new(clauses))
}

/// Rounded, so that no two machines differ.
fn rounded(score: f64) -> u64 {
    (score * 10_000.0).round().max(0.0) as u64
}

/// All documents with one phrase.
fn score_one(segment: &SegmentReader, weight: &dyn Weight) -> Result<Vec<(u64, DocId)>, TantivyError> {
    let mut docs = weight.scorer(segment, 1.0)?;
    let mut out = Vec::new();
    while docs.doc() != TERMINATED {
        if !segment.is_deleted(docs.doc()) {
            out.push((rounded(f64::from(docs.score())), docs.doc()));
        }
        docs.advance();
    }
    Ok(out)
}

/// All documents that a filter lets through, with the sum of their phrases.
fn score_all(
    segment: &SegmentReader,
    filter: &dyn Weight,
    weights: &[Box<dyn Weight>],
) -> Result<Vec<(u64, DocId)>, TantivyError> {
    let mut docs = filter.scorer(segment, 1.0)?;
    let mut leaves: Vec<Box<dyn Scorer>> = weights.iter().map(|w| w.scorer(segment, 1.0)).collect::<Result<_, _>>()?;
    let mut out = Vec::new();
    while docs.doc() != TERMINATED {
        let doc = docs.doc();
        if !segment.is_deleted(doc) {
            let mut sum = 0.0;
            for leaf in &mut leaves {
                if leaf.doc() < doc {
                    leaf.seek(doc);
                }
                if leaf.doc() == doc {
                    sum += f64::from(leaf.score());
                }
            }
            out.push((rounded(sum), doc));
        }
        docs.advance();
    }
    Ok(out)
}

/// The best of a segment, with their ids. Ids are compared by their place in the sorted column; only those kept are read.
fn named(
    segment: &SegmentReader,
    ord: u32,
    found: &mut Vec<(u64, DocId)>,
    limit: usize,
) -> Result<Vec<Ranked>, TantivyError> {
    let Some(ids) = segment.fast_fields().str(ID)? else { return Ok(Vec::new()) };
    let mut keyed: Vec<(std::cmp::Reverse<u64>, u64, DocId)> = found
        .drain(..)
        .map(|(score, doc)| (std::cmp::Reverse(score), ids.ords().first(doc).unwrap_or_default(), doc))
        .collect();
    if limit > 0 && keyed.len() > limit {
        keyed.select_nth_unstable(limit - 1);
    }
    keyed.truncate(limit);
    let mut out = Vec::new();
    for (score, id_ord, doc) in keyed {
        let mut id = String::new();
        ids.ord_to_str(id_ord, &mut id)?;
        out.push(Ranked { score: score.0, id, place: DocAddress::new(ord, doc) });
    }
    Ok(out)
}

/// Counts over living documents.
struct Living<'s> {
    searcher: &'s Searcher,
    docs: u64,
    tokens: u64,
}

impl<'s> Living<'s> {
    fn of(searcher: &'s Searcher, text: Field) -> Result<Self, TantivyError> {
        let (mut docs, mut tokens) = (0, 0);
        for segment in searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(text)?;
            docs += u64::from(segment.num_docs());
            tokens += segment.doc_ids_alive().map(|doc| u64::from(lengths.fieldnorm(doc))).sum::<u64>();
        }
        // Divided by, and the logarithm is taken of it: an empty index has no answers, but no infinities either.
        Ok(Self { searcher, docs: docs.max(1), tokens: tokens.max(1) })
    }
}

impl Bm25StatisticsProvider for Living<'_> {
    fn total_num_tokens(&self, _field: Field) -> Result<u64, TantivyError> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        Ok(self.docs)
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(term.field())?;
            count += match segment.alive_bitset() {
                None => u64::from(index.doc_freq(term)?),
                Some(alive) => index
                    .read_postings(term, IndexRecordOption::Basic)?
                    .map_or(0, |postings| u64::from(postings.doc_freq_given_deletes(alive))),
            };
        }
        Ok(count)
    }
}
