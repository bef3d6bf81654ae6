//! Evidence by IRI or by quote.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::Shared;
use crate::evidence::{Evidence, Printed, by_iri, by_quote};
use crate::problem::{Problem, ProblemDetails};
use crate::work::blocking;

/// What evidence is wanted.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// An evidence, or anything that rests on some or is named by it.
    iri: Option<String>,
    /// A quote, word by word.
    quote: Option<String>,
    /// Title of the edition of the quote.
    edition: Option<String>,
    /// Printed page of the quote.
    page: Option<String>,
    /// Other cells of the row with the quote, between tabs: they may tell which figure of a chart or table is meant.
    row: Option<String>,
}

/// Evidence that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceList {
    evidence: Vec<Evidence>,
}

/// The printed lines behind something.
#[utoipa::path(get, path = "/api/evidence", tag = "evidence", params(Wanted),
    responses((status = 200, body = EvidenceList), (status = 400, body = ProblemDetails)))]
pub(crate) async fn evidence(
    State(app): State<Shared>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<EvidenceList>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let evidence = match (&wanted.iri, &wanted.quote) {
            (Some(iri), _) => by_iri(app, &view, iri)?,
            (None, Some(quote)) => {
                let cells = wanted.row.iter().flat_map(|row| row.split('\t')).filter(|cell| !cell.is_empty()).collect();
                let (edition, page) = (wanted.edition.as_deref(), wanted.page.as_deref());
                by_quote(app, &view, &Printed { quote, edition, page, cells })?
            }
            (None, None) => return Err(Problem::bad("say of what: `iri` or `quote`")),
        };
        Ok(Json(EvidenceList { evidence }))
    })
    .await
}
