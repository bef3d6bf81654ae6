//! Evidence by IRI or by quote.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::Shared;
use crate::evidence::{Evidence, by_iri, by_quote};
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
            (None, Some(quote)) => by_quote(app, &view, quote, wanted.edition.as_deref(), wanted.page.as_deref())?,
            (None, None) => return Err(Problem::bad("say of what: `iri` or `quote`")),
        };
        Ok(Json(EvidenceList { evidence }))
    })
    .await
}
