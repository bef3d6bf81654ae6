//! What happened, as reports state it: the chronology.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use super::entities::fold;
use crate::app::Shared;
use crate::evidence::{Both, Where, place};
use crate::problem::Problem;
use crate::terms::{Link, links};
use crate::view::View;
use crate::work::blocking;

/// Events asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// incident, enforcement, legislation or event.
    r#type: Option<String>,
    /// IRI of a technique.
    vector: Option<String>,
    /// Kind of the organization that was hit.
    sector: Option<String>,
    /// First and last date, as far as it goes: `2023`, `2023-05`, `2023-05-01`.
    from: Option<String>,
    to: Option<String>,
    /// Only those that touched so many.
    min: Option<f64>,
    /// Words of the quote or of a name.
    q: Option<String>,
    /// 確定, 可能性, 予定 or 否定.
    certainty: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Events with how many there are of each sort.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Events {
    total: usize,
    events: Vec<EventRow>,
    facets: Facets,
}

/// How many events there are of each sort.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facets {
    r#type: Vec<Facet>,
    vector: Vec<Facet>,
    sector: Vec<Facet>,
    year: Vec<Facet>,
}

/// One sort.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facet {
    value: String,
    label: Both,
    count: usize,
}

/// An event.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventRow {
    pub(crate) iri: String,
    #[serde(rename = "type")]
    pub(crate) class: String,
    label: String,
    /// EDTF as stated.
    date: Option<String>,
    /// The earliest day.
    day: Option<String>,
    certainty: String,
    pub(crate) victims: Vec<Link>,
    pub(crate) actors: Vec<Link>,
    pub(crate) authorities: Vec<Link>,
    pub(crate) targets: Vec<Link>,
    pub(crate) concerns: Vec<Link>,
    kinds: Vec<Link>,
    pub(crate) vectors: Vec<Link>,
    sectors: Vec<String>,
    data_kinds: Vec<Link>,
    quantities: Vec<Amount>,
    quote: String,
    /// IRI of the evidence.
    evidence: String,
    #[serde(rename = "where")]
    pub(crate) place: Where,
}

/// A number that an event is told with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Amount {
    text: String,
    value: Option<f64>,
    max: Option<f64>,
    unit: Option<String>,
}

/// The chronology: dated events first, by date.
#[utoipa::path(get, path = "/api/events", tag = "things", params(Wanted), responses((status = 200, body = Events)))]
pub(crate) async fn events(State(app): State<Shared>, Query(wanted): Query<Wanted>) -> Result<Json<Events>, Problem> {
    blocking(&app, move |app| {
        let view = app.view();
        let all = table(&view)?;
        let fits: Vec<&EventRow> = all.iter().filter(|e| wanted.fits(e)).collect();
        let facets = facets(&fits);
        let total = fits.len();
        let part = Part { limit: wanted.limit, offset: wanted.offset };
        Ok(Json(Events { total, events: part.of(fits).into_iter().cloned().collect(), facets }))
    })
    .await
}

impl Wanted {
    fn fits(&self, e: &EventRow) -> bool {
        let is = |wanted: &Option<String>, test: &dyn Fn(&str) -> bool| {
            wanted.as_deref().is_none_or(|w| w.is_empty() || test(w))
        };
        let day = e.day.as_deref().unwrap_or_default();
        let size = |q: &Amount| q.max.or(q.value).unwrap_or(0.0);
        is(&self.r#type, &|t| e.class == t)
            && is(&self.vector, &|v| e.vectors.iter().any(|l| l.iri == v))
            && is(&self.sector, &|s| e.sectors.iter().any(|x| x == s))
            && is(&self.certainty, &|c| e.certainty == c)
            // A day is compared as far as the wish goes: 2023-05 holds all of May.
            && is(&self.from, &|from| !day.is_empty() && day.get(..from.len()).unwrap_or(day) >= from)
            && is(&self.to, &|to| !day.is_empty() && day.get(..to.len()).unwrap_or(day) <= to)
            && self.min.is_none_or(|min| e.quantities.iter().any(|q| size(q) >= min))
            && is(&self.q, &|q| {
                let q = fold(q);
                let names = e.victims.iter().chain(&e.actors).chain(&e.authorities).chain(&e.targets).chain(&e.concerns);
                fold(&e.quote).contains(&q) || names.into_iter().any(|l| fold(&l.label).contains(&q))
            })
    }
}

fn facets(events: &[&EventRow]) -> Facets {
    let mut counts: [BTreeMap<&str, (Both, usize)>; 4] = Default::default();
    let plain = |word: &str| Both { ja: word.to_owned(), en: word.to_owned() };
    for e in events {
        let mut add = |i: usize, value, label: Both| counts[i].entry(value).or_insert((label, 0)).1 += 1;
        add(0, e.class.as_str(), plain(&e.class));
        e.vectors.iter().for_each(|v| add(1, &v.iri, v.into()));
        e.sectors.iter().for_each(|s| add(2, s, plain(s)));
        if let Some(year) = e.day.as_deref().and_then(|d| d.get(..4)) {
            add(3, year, plain(year));
        }
    }
    let [class, vector, sector, year] = counts.map(|counted| {
        let facet = |(value, (label, count)): (&str, (Both, usize))| Facet { value: value.to_owned(), label, count };
        counted.into_iter().map(facet).collect::<Vec<_>>()
    });
    let most = |mut facets: Vec<Facet>| {
        facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        facets
    };
    Facets { r#type: most(class), vector: most(vector), sector: most(sector), year }
}

/// All events.
///
/// # Errors
/// When the store fails.
pub(crate) fn table(view: &View) -> Result<&Vec<EventRow>, Problem> {
    view.tables.events.get(|| read(view))
}

const CLASSES: [(&str, &str); 4] = [
    ("hk:Incident", "incident"),
    ("hk:EnforcementAction", "enforcement"),
    ("hk:LegislativeStep", "legislation"),
    ("hk:ReportedEvent", "event"),
];

const ROLES: [(&str, &str); 9] = [
    ("hk:victim", "victim"),
    ("hk:actor", "actor"),
    ("hk:authority", "authority"),
    ("hk:target", "target"),
    ("hk:concerns", "concerns"),
    ("hk:attackType", "kind"),
    ("hk:actionKind", "kind"),
    ("hk:stepKind", "kind"),
    ("hk:eventKind", "kind"),
];

fn read(view: &View) -> Result<Vec<EventRow>, Problem> {
    let classes: String = CLASSES.iter().map(|(c, name)| format!("({c} \"{name}\") ")).collect();
    let rows = view.rows(&format!(
        "SELECT ?e ?class ?label ?date ?day ?certainty ?ev ?quote ?f ?edition ?title ?index ?printed WHERE {{
           VALUES (?c ?class) {{ {classes} }} ?e a ?c ; rdfs:label ?label ; hk:certainty ?certainty ; hk:evidence ?ev .
           ?ev hk:text ?quote ; oa:hasSource ?f ; hk:onPage ?p . ?p hk:pageIndex ?index . OPTIONAL {{ ?p hk:printedPage ?printed }}
           ?edition frbr:embodiment ?f ; dcterms:title ?title .
           OPTIONAL {{ ?e hk:edtf ?date }} OPTIONAL {{ ?e hk:earliest ?day }} }}"
    ))?;
    let mut out: BTreeMap<String, EventRow> = BTreeMap::new();
    for row in rows.iter() {
        out.entry(row.text("e")).or_insert_with(|| EventRow {
            iri: row.text("e"),
            class: row.text("class"),
            label: row.text("label"),
            date: row.opt("date"),
            day: row.opt("day"),
            certainty: row.text("certainty"),
            victims: Vec::new(),
            actors: Vec::new(),
            authorities: Vec::new(),
            targets: Vec::new(),
            concerns: Vec::new(),
            kinds: Vec::new(),
            vectors: Vec::new(),
            sectors: Vec::new(),
            data_kinds: Vec::new(),
            quantities: Vec::new(),
            quote: row.text("quote"),
            evidence: row.text("ev"),
            place: place(&row),
        });
    }
    roles(view, &mut out)?;
    amounts(view, &mut out)?;
    let mut events: Vec<EventRow> = out.into_values().collect();
    events.sort_by(|a, b| (a.day.is_none(), &a.day, &a.iri).cmp(&(b.day.is_none(), &b.day, &b.iri)));
    Ok(events)
}

/// Who did what to whom, and how.
fn roles(view: &View, events: &mut BTreeMap<String, EventRow>) -> Result<(), Problem> {
    let pairs: String =
        ROLES.iter().chain(&[("hk:dataKind", "data")]).map(|(p, name)| format!("({p} \"{name}\") ")).collect();
    let rows = view.rows(&format!(
        "SELECT ?e ?role ?x WHERE {{ VALUES (?p ?role) {{ {pairs} }} ?e ?p ?x }} ORDER BY ?e ?role ?x"
    ))?;
    let named = links(view, &rows.iter().map(|r| r.text("x")).collect::<BTreeSet<_>>())?;
    let trades = trades(view)?;
    for row in rows.iter() {
        let (Some(event), Some(link)) = (events.get_mut(&row.text("e")), named.get(&row.text("x"))) else { continue };
        let link = link.clone();
        match row.text("role").as_str() {
            "victim" => {
                event.sectors.extend(trades.get(&link.iri).into_iter().flatten().cloned());
                event.victims.push(link);
            }
            "actor" => event.actors.push(link),
            "authority" => event.authorities.push(link),
            "target" => event.targets.push(link),
            "concerns" => event.concerns.push(link),
            "data" => event.data_kinds.push(link),
            // A technique is a thing of the lists; what else an event is called by is a term of the vocabulary.
            _ if link.iri.starts_with(&view.base) => event.vectors.push(link),
            _ => event.kinds.push(link),
        }
    }
    for event in events.values_mut() {
        event.sectors.sort();
        event.sectors.dedup();
    }
    Ok(())
}

/// Kinds of organizations, as the lists have them.
fn trades(view: &View) -> Result<HashMap<String, Vec<String>>, Problem> {
    let mut out: HashMap<String, Vec<String>> = HashMap::new();
    for row in view.rows("SELECT DISTINCT ?v ?t WHERE { ?e hk:victim ?v . ?v dcterms:type ?t } ORDER BY ?v ?t")?.iter()
    {
        out.entry(row.text("v")).or_default().push(row.text("t"));
    }
    Ok(out)
}

fn amounts(view: &View, events: &mut BTreeMap<String, EventRow>) -> Result<(), Problem> {
    let rows = view.rows(
        "SELECT ?e ?q ?text ?value ?max ?unit WHERE {
           { ?e hk:affected ?q } UNION { ?e hk:sanction ?q }
           ?q hk:verbatim ?text . OPTIONAL { ?q schema:value ?value } OPTIONAL { ?q schema:maxValue ?max } OPTIONAL { ?q schema:unitText ?unit }
         } ORDER BY ?q",
    )?;
    for row in rows.iter() {
        let Some(event) = events.get_mut(&row.text("e")) else { continue };
        event.quantities.push(Amount {
            text: row.text("text"),
            value: row.number("value"),
            max: row.number("max"),
            unit: row.opt("unit").filter(|u| !u.is_empty()),
        });
    }
    Ok(())
}
