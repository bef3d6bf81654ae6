//! Editions: the shelf, one of them with its history, and the outline of a file.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, State};
use hakusho_store::Registered;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::Shared;
use crate::evidence::EditionName;
use crate::problem::{Problem, ProblemDetails};
use crate::view::{View, edition_slug, file_id};
use crate::work::blocking;

/// All editions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Editions {
    editions: Vec<Edition>,
}

/// One edition.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Edition {
    iri: String,
    slug: String,
    title: String,
    /// Title of its series.
    series: String,
    year: Option<String>,
    pages: u64,
    statements: u64,
    files: Vec<FileSummary>,
}

/// A loaded file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileSummary {
    /// First 16 digits of its SHA-256.
    id: String,
    name: String,
    /// Its first numbered heading, else its first one: what it is of an edition of several files.
    heading: Option<String>,
    sha256: String,
    part: Option<String>,
    pages: u64,
    statements: u64,
    graph: String,
    graph_hash: String,
    version: String,
    loaded: String,
}

/// An edition with how it came to be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EditionDetail {
    #[serde(flatten)]
    edition: Edition,
    history: Vec<LoadRun>,
    /// Things its graphs hold, by kind.
    counts: BTreeMap<String, u64>,
}

/// A load, replacement or withdrawal.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoadRun {
    number: u64,
    kind: String,
    started: String,
    ended: String,
    file: String,
    statements: u64,
    graph_hash: String,
    gone: Vec<String>,
}

/// The shelf.
#[utoipa::path(get, path = "/api/editions", tag = "editions", responses((status = 200, body = Editions)))]
pub(crate) async fn editions(State(app): State<Shared>) -> Result<Json<Editions>, Problem> {
    blocking(&app, |app| Ok(Json(Editions { editions: shelf(&app.view())? }))).await
}

fn shelf(view: &View) -> Result<Vec<Edition>, Problem> {
    let series = series(view)?;
    let headings = view.tables.headings.get(|| headings(view))?;
    let mut out: Vec<Edition> = Vec::new();
    for file in &view.registered {
        if out.last().is_none_or(|e| e.iri != file.edition) {
            let slug = edition_slug(&file.edition);
            out.push(Edition {
                iri: file.edition.clone(),
                slug: slug.to_owned(),
                title: file.title.clone(),
                series: series.get(&file.edition).cloned().unwrap_or_else(|| first_part(slug).to_owned()),
                year: file.year.clone(),
                pages: 0,
                statements: 0,
                files: Vec::new(),
            });
        }
        if let Some(edition) = out.last_mut() {
            edition.pages += file.pages;
            edition.statements += file.quads;
            edition.files.push(summary(file, headings));
        }
    }
    Ok(out)
}

fn first_part(slug: &str) -> &str {
    slug.split('-').next().unwrap_or(slug)
}

/// Titles of the series of editions.
fn series(view: &View) -> Result<BTreeMap<String, String>, Problem> {
    let rows = view.rows(
        "SELECT ?e ?t WHERE { ?e frbr:realizationOf ?s . ?s a hk:ReportSeries ; rdfs:label ?t FILTER(LANG(?t) = \"ja\") } ORDER BY ?e ?t",
    )?;
    Ok(rows.iter().map(|r| (r.text("e"), r.text("t"))).collect())
}

/// By the IRI of a file, its first numbered heading, else its first one.
pub(crate) type Headings = BTreeMap<String, String>;

fn headings(view: &View) -> Result<Headings, Problem> {
    let rows = view.rows(
        "SELECT ?f ?number ?title ?order WHERE { VALUES ?class { doco:Part doco:Chapter doco:Section }
           ?s a ?class ; dcterms:title ?title ; hk:order ?order ; hk:evidence/oa:hasSource ?f . OPTIONAL { ?s dcterms:identifier ?number } }",
    )?;
    let mut first: BTreeMap<String, ((bool, u64), String)> = BTreeMap::new();
    for row in rows.iter() {
        let number = row.opt("number");
        let place = (number.is_none(), row.number("order").unwrap_or(u64::MAX));
        let heading = number.map_or_else(|| row.text("title"), |n| format!("{n} {}", row.text("title")));
        let known = first.entry(row.text("f")).or_insert_with(|| (place, heading.clone()));
        *known = (place, heading).min(std::mem::take(known));
    }
    Ok(first.into_iter().map(|(file, (_, heading))| (file, heading)).collect())
}

fn summary(file: &Registered, headings: &Headings) -> FileSummary {
    FileSummary {
        id: file_id(&file.sha256).to_owned(),
        name: file.name.clone(),
        heading: headings.get(&file.file).cloned(),
        sha256: file.sha256.clone(),
        part: file.part.clone(),
        pages: file.pages,
        statements: file.quads,
        graph: file.graph.clone(),
        graph_hash: file.graph_hash.clone(),
        version: file.version.clone(),
        loaded: file.loaded.clone(),
    }
}

/// One edition with its history.
#[utoipa::path(get, path = "/api/editions/{slug}", tag = "editions", params(("slug" = String, Path)),
    responses((status = 200, body = EditionDetail), (status = 404, body = ProblemDetails)))]
pub(crate) async fn edition(
    State(app): State<Shared>,
    Path(slug): Path<String>,
) -> Result<Json<EditionDetail>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let edition = shelf(&view)?.into_iter().find(|e| e.slug == slug);
        let edition = edition.ok_or_else(|| Problem::missing("no edition of this name is loaded"))?;
        let runs = view.archive.history()?.into_iter().filter(|run| run.edition == edition.iri);
        let history = runs.map(|run| LoadRun {
            number: run.number,
            kind: run.kind,
            started: run.started,
            ended: run.ended,
            file: run.name,
            statements: run.quads,
            graph_hash: run.graph_hash,
            gone: run.gone,
        });
        let history = history.collect();
        let counts = counts(&view, edition.files.iter().map(|f| f.graph.as_str()))?;
        Ok(Json(EditionDetail { edition, history, counts }))
    })
    .await
}

/// Things by class, as the description of the store counts them.
fn counts<'g>(view: &View, graphs: impl Iterator<Item = &'g str>) -> Result<BTreeMap<String, u64>, Problem> {
    const KINDS: [(&str, &str); 7] = [
        ("#Exhibit", "exhibits"),
        ("#Incident", "incidents"),
        ("#EnforcementAction", "enforcement"),
        ("#LegislativeStep", "legislation"),
        ("#Observation", "figures"),
        ("#RankEntry", "places"),
        ("#Evidence", "evidence"),
    ];
    let mut out = BTreeMap::new();
    for graph in graphs.collect::<BTreeSet<_>>() {
        let local = graph.strip_prefix(&view.base).and_then(|g| g.strip_prefix("graph/")).unwrap_or_default();
        let rows = view.rows(&format!(
            "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?c ?n WHERE {{ <{0}graph/description#graph/{local}> void:classPartition ?p . ?p void:class ?c ; void:entities ?n }}",
            view.base
        ))?;
        for row in rows.iter() {
            let class = row.text("c");
            if let Some((_, name)) = KINDS.iter().find(|(k, _)| class.ends_with(k)) {
                *out.entry((*name).to_owned()).or_insert(0) += row.number::<u64>("n").unwrap_or(0);
            }
        }
    }
    Ok(out)
}

/// What a file is made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileOutline {
    id: String,
    name: String,
    edition: EditionName,
    pages: Vec<PageSize>,
    sections: Vec<SectionEntry>,
    exhibits: Vec<ExhibitEntry>,
}

/// A page and its size in points.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageSize {
    index: u32,
    printed: String,
    width: f32,
    height: f32,
}

/// A section of the outline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SectionEntry {
    id: String,
    parent: Option<String>,
    level: u32,
    label: Option<String>,
    title: String,
    page: u32,
}

/// An exhibit (図表) of the outline.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExhibitEntry {
    id: String,
    label: Option<String>,
    caption: String,
    kind: String,
    page: u32,
}

/// Pages, sections and exhibits of a file.
#[utoipa::path(get, path = "/api/files/{id}", tag = "editions", params(("id" = String, Path)),
    responses((status = 200, body = FileOutline), (status = 404, body = ProblemDetails)))]
pub(crate) async fn file(State(app): State<Shared>, Path(id): Path<String>) -> Result<Json<FileOutline>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let file = view.file(&id).ok_or_else(|| Problem::missing("no file that is loaded has this hash"))?;
        let document = app.document(file)?;
        let page_of =
            |block: Option<&String>| block.and_then(|b| document.block(b)).and_then(hakusho_model::Block::page);
        let pages = document.pages.iter().map(|p| PageSize {
            index: p.index,
            printed: p.label.clone().unwrap_or_default(),
            width: p.width,
            height: p.height,
        });
        let mut last = 1;
        let mut sections = Vec::new();
        for s in &document.sections {
            last = page_of(s.heading.as_ref()).unwrap_or(last);
            sections.push(SectionEntry {
                id: s.id.clone(),
                parent: s.parent.clone(),
                level: s.level,
                label: s.label.clone(),
                title: s.title.clone(),
                page: last,
            });
        }
        let exhibits = document.exhibits.iter().map(|x| ExhibitEntry {
            id: x.id.clone(),
            label: x.label.clone(),
            caption: x.caption.clone(),
            kind: x.kind.as_str().to_owned(),
            page: x.regions.first().map_or(1, |r| r.page),
        });
        Ok(Json(FileOutline {
            id,
            name: file.name.clone(),
            edition: edition_name(file),
            pages: pages.collect(),
            sections,
            exhibits: exhibits.collect(),
        }))
    })
    .await
}

pub(crate) fn edition_name(file: &Registered) -> EditionName {
    EditionName { slug: edition_slug(&file.edition).to_owned(), title: file.title.clone(), iri: file.edition.clone() }
}
