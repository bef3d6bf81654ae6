//! `hakusho search`.

use std::process::ExitCode;

use anyhow::Result;
use hakusho_batch::DataFolder;
use hakusho_store::{Archive, Hit, Kind, Place, SearchAnswer, SearchError, SearchIndex, SearchRequest};

use super::Context;
use crate::args::{SearchArgs, SearchKind};
use crate::output::{self, table::Table};

pub(crate) fn run(context: &Context, args: &SearchArgs) -> Result<ExitCode> {
    let data = DataFolder::open(&context.data)?;
    let archive = data.archive_read_only()?;
    let index = data.search();
    if args.reindex {
        let made = index.rebuild(&archive)?;
        context.remark(&format!("the search index was made anew from {} graphs", made.added));
        if args.words.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
    }
    let mut request = SearchRequest::new(&args.words.join(" "), args.limit as usize);
    request.kind = args.kind.map(kind);
    let answer = search(context, &archive, &index, &request)?;
    let places: Vec<Place> = answer.hits.iter().map(|h| h.place(&archive)).collect::<Result<_, _>>()?;
    if args.json {
        output::print(&as_json(&answer, &places))?;
        return Ok(ExitCode::SUCCESS);
    }
    output::print(&as_table(&answer, &places))?;
    if answer.total > answer.hits.len() {
        context.remark(&format!("{} of {} texts; --limit shows more", answer.hits.len(), answer.total));
    }
    Ok(ExitCode::SUCCESS)
}

fn kind(kind: SearchKind) -> Kind {
    match kind {
        SearchKind::Passage => Kind::Passage,
        SearchKind::Exhibit => Kind::Exhibit,
        SearchKind::Caption => Kind::Caption,
        SearchKind::Title => Kind::Title,
        SearchKind::Label => Kind::Label,
    }
}

/// Searches; an index that is not in step with the store is brought up to date first.
fn search(
    context: &Context,
    archive: &Archive,
    index: &SearchIndex,
    request: &SearchRequest,
) -> Result<SearchAnswer, SearchError> {
    match index.search(archive, request) {
        Err(SearchError::Missing { .. } | SearchError::Behind { .. } | SearchError::Damaged { .. }) => {
            index.sync(archive)?;
            context.remark("the search index was brought up to date");
            index.search(archive, request)
        }
        answer => answer,
    }
}

fn as_table(answer: &SearchAnswer, places: &[Place]) -> String {
    let mut table = Table::new(&["edition", "page", "kind", "text", "score"]);
    for (hit, place) in answer.hits.iter().zip(places) {
        // The name of a thing says little without the thing.
        let text = if hit.kind == Kind::Label { format!("{} {}", hit.snippet(), hit.node) } else { hit.snippet() };
        table.push(vec![
            place.title.clone().unwrap_or_default(),
            page(place),
            hit.kind.as_str().to_owned(),
            text,
            format!("{:.2}", hit.score),
        ]);
    }
    table.render(output::table::width())
}

/// The printed page, or in brackets that of the file.
fn page(place: &Place) -> String {
    match (&place.page, place.index) {
        (Some(page), _) if !page.is_empty() => page.clone(),
        (_, Some(index)) => format!("({index})"),
        _ => String::new(),
    }
}

fn as_json(answer: &SearchAnswer, places: &[Place]) -> String {
    let one = |(hit, place): (&Hit, &Place)| {
        serde_json::json!({
            "node": hit.node, "kind": hit.kind.as_str(), "graph": hit.graph, "score": hit.score,
            "edition": place.edition, "title": place.title, "printedPage": place.page, "pageIndex": place.index,
            "snippet": hit.snippet(), "text": hit.text, "matches": hit.matches, "boxes": hit.lines(),
        })
    };
    let hits: Vec<serde_json::Value> = answer.hits.iter().zip(places).map(one).collect();
    format!("{}\n", serde_json::json!({ "total": answer.total, "hits": hits }))
}
