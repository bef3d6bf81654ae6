// Every view with what the sample editions show in it.
import { SERVER } from "./browser.mjs";

const json = async (path) => (await fetch(`${SERVER}${path}`)).json();
const incidents = "SELECT ?when ?label ?ev WHERE { ?i a hk:Incident ; rdfs:label ?label ; hk:edtf ?when ; hk:evidence ?ev } ORDER BY ?when LIMIT 20";

/** Addresses that hang on names the loader gives. */
async function known() {
  const [{ editions }, { entities }, { series }, { rows }] = await Promise.all([
    json("/api/editions"), json(`/api/entities?q=${encodeURIComponent("見本大学")}`), json("/api/series"),
    json(`/sparql?query=${encodeURIComponent(incidents)}`).then((a) => ({ rows: a.results.bindings })),
  ]);
  return {
    file: editions[1].files[0].id, edition: editions[1].slug, before: editions[0].slug,
    entity: entities.find((e) => e.label === "見本大学").iri, item: series[0].item.iri, evidence: rows[0].ev.value,
  };
}

/** Name, address, and a selector with a text that is there once the view shows its data. */
export async function views() {
  const k = await known();
  const q = encodeURIComponent;
  return [
    { name: "home", hash: "#/", shows: ["[data-testid=status]", /\d/] },
    { name: "ask", hash: `#/ask?query=${q(incidents)}`, shows: ["[data-testid=results] tbody tr", /20\d\d/] },
    { name: "search", hash: `#/search?q=${q("流出")}`, shows: ["[data-testid=search-status]", /\d/] },
    { name: "editions", hash: "#/editions", shows: ["main", /令和6年版 見本 情報セキュリティ動向白書/] },
    { name: "edition", hash: `#/edition/${k.edition}`, shows: ["main", /mihon-r06\.pdf/] },
    { name: "reader", hash: `#/read/${k.file}?page=2`, shows: ["[data-testid=book]", /見本/] },
    { name: "entities", hash: "#/entities", shows: ["[data-testid=entities]", /見本情報通信研究財団/] },
    { name: "entity", hash: `#/entity?iri=${q(k.entity)}`, shows: ["h1", /見本大学/] },
    { name: "chronology", hash: "#/events", shows: ["[data-testid=event]", /見本/] },
    { name: "chronology-table", hash: "#/events?view=table", shows: ["[data-testid=event-table] tbody tr", /20\d\d/] },
    { name: "rankings", hash: "#/rankings", shows: ["[data-testid=ranking-table]", /取引先を経由した攻撃/] },
    { name: "series-list", hash: "#/series", shows: ["[data-testid=series-list]", /クラウドサービス/] },
    { name: "series", hash: `#/series?item=${q(k.item)}`, shows: ["[data-testid=series-points]", /2024/] },
    { name: "diff", hash: `#/diff?before=${k.before}&after=${k.edition}`, shows: ["main", /取引先を経由した攻撃/] },
    { name: "review", hash: "#/review", shows: ["[data-testid=question]", /見本/] },
    { name: "evidence", hash: `#/evidence?iri=${q(k.evidence)}`, shows: ["[data-testid=quote] mark", /./] },
  ];
}
