//! Answers as bytes, in the standard forms.

use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::sparql::QueryResults;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::answer::{AnswerKind, within};
use super::guard::Guard;
use crate::error::StoreError;

/// Forms of written answers: one for rows and yes or no, one for graphs. Where there is none, such queries are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Of `SELECT` and `ASK`.
    pub rows: Option<QueryResultsFormat>,
    /// Of `CONSTRUCT` and `DESCRIBE`.
    pub graph: Option<RdfFormat>,
}

impl Form {
    /// JSON-LD, the form for expanded documents.
    pub const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };

    /// Refuses answers there is no form for, before anything is worked on.
    pub(crate) fn check(self, kind: AnswerKind) -> Result<(), StoreError> {
        let there = match kind {
            AnswerKind::Rows | AnswerKind::Boolean => self.rows.is_some(),
            AnswerKind::Graph => self.graph.is_some(),
        };
        if there { Ok(()) } else { Err(StoreError::NoForm { kind }) }
    }

    fn of_rows(self, kind: AnswerKind) -> Result<QueryResultsSerializer, StoreError> {
        Ok(QueryResultsSerializer::from_format(self.rows.ok_or(StoreError::NoForm { kind })?))
    }

    fn of_graphs(self) -> Result<RdfSerializer, StoreError> {
        Ok(RdfSerializer::from_format(self.graph.ok_or(StoreError::NoForm { kind: AnswerKind::Graph })?))
    }
}

/// A whole answer as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is, which says which part of the [`Form`] was used.
    pub kind: AnswerKind,
    /// Rows, or statements of a graph; 1 for yes or no.
    pub rows: usize,
    /// The answer.
    pub bytes: Vec<u8>,
}

/// Writes everything, or gives an error: never a part.
pub(crate) fn write(
    results: QueryResults<'_>,
    form: Form,
    guard: &Guard,
    limits: (Option<usize>, Option<usize>),
) -> Result<Written, StoreError> {
    let (max_rows, max_bytes) = limits;
    let mut count = usize::from(matches!(results, QueryResults::Boolean(_)));
    let out = Bounded { bytes: Vec::new(), limit: max_bytes };
    let (kind, bounded) = match results {
        QueryResults::Boolean(yes) => {
            let serializer = form.of_rows(AnswerKind::Boolean)?;
            (AnswerKind::Boolean, serializer.serialize_boolean_to_writer(out, yes).map_err(written)?)
        }
        QueryResults::Solutions(solutions) => {
            let serializer = form.of_rows(AnswerKind::Rows)?;
            let variables = solutions.variables().to_vec();
            let mut writer = serializer.serialize_solutions_to_writer(out, variables).map_err(written)?;
            for (rows, solution) in solutions.enumerate() {
                guard.tick();
                within(rows, max_rows)?;
                writer.serialize(&solution?).map_err(written)?;
                count = rows + 1;
            }
            (AnswerKind::Rows, writer.finish().map_err(written)?)
        }
        QueryResults::Graph(triples) => {
            // Without prefixes: the serializer would write them in the order of a hash table.
            let mut writer = form.of_graphs()?.for_writer(out);
            for (rows, triple) in triples.enumerate() {
                guard.tick();
                within(rows, max_rows)?;
                writer.serialize_triple(triple?.as_ref()).map_err(written)?;
                count = rows + 1;
            }
            (AnswerKind::Graph, writer.finish().map_err(written)?)
        }
    };
    Ok(Written { kind, rows: count, bytes: bounded.bytes })
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: Option<usize>,
}

/// What [`Bounded`] refuses with.
#[derive(Debug, thiserror::Error)]
#[error("more than {0} bytes")]
struct TooLong(usize);

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        match self.limit {
            Some(limit) if self.bytes.len() + more.len() > limit => Err(io::Error::other(TooLong(limit))),
            _ => {
                self.bytes.extend_from_slice(more);
                Ok(more.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(error: io::Error) -> StoreError {
    match error.get_ref().and_then(|e| e.downcast_ref::<TooLong>()) {
        Some(TooLong(limit)) => StoreError::ByteLimit { limit: *limit },
        None => StoreError::Write(error),
    }
}
