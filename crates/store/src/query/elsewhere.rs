//! What a service that asks another endpoint needs: a pattern as the text of a query, and rows out of its answer.

use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use spargebra::Query;
use spargebra::algebra::GraphPattern;

use super::parts::{Rows, ServiceError};

/// A query for everything that a pattern binds.
pub fn select(pattern: &GraphPattern) -> String {
    let mut variables = Vec::new();
    pattern.on_in_scope_variable(|v| {
        if !variables.contains(v) {
            variables.push(v.clone());
        }
    });
    let pattern = GraphPattern::Project { inner: Box::new(pattern.clone()), variables };
    Query::Select { dataset: None, pattern, base_iri: None }.to_string()
}

/// The rows of an answer (SPARQL 1.1 Query Results JSON, XML or TSV).
///
/// # Errors
/// When it is not well-formed, or is the yes or no of an `ASK`.
pub fn read_rows(bytes: &[u8], format: QueryResultsFormat) -> Result<Rows, ServiceError> {
    match QueryResultsParser::from_format(format).for_slice(bytes)? {
        SliceQueryResultsParserOutput::Boolean(_) => Err("rows were asked for, not yes or no".into()),
        SliceQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions.map(|row| row.map(|row| row.values().to_vec())).collect::<Result<_, _>>()?;
            Ok(Rows { variables, rows })
        }
    }
}
