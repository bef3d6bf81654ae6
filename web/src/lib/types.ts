// What the server answers at /api and beside it. The Rust side is crates/server/src/api; docs/server.md lists the addresses.

/** Text in both languages of the page. */
export interface Both { ja: string; en: string }

/** A thing of the graph, called by its label. `kind` is a short name: ORG, LAW, THREAT, INCIDENT, SURVEY, CERT, PRODUCT, LOC, PERSON, EVENT, EXHIBIT, SECTION, FIGURE, RANK, EDITION, OTHER. */
export interface Link { iri: string; label: string; english?: string; kind: string }

/** A box in points from the top left of a page; `page` is the page's number in the file, from 1. */
export interface Box { page: number; x: number; y: number; width: number; height: number }

/** Where something is printed. `file` is the first 16 digits of the file's SHA-256. */
export interface Where {
  edition: { iri: string; slug: string; title: string };
  file: string;
  page: number;
  printed: string; // printed page number, may be empty
}

/** GET /api/status */
export interface Status {
  name: string;
  version: string;
  base: string; // namespace of all IRIs of things, ends in "/"; an IRI base + rest is shown by the server at /id/rest
  stamp: string; // changes with what is loaded
  statements: number;
  editions: number;
  files: number;
  pages: number;
  loaded: string | null; // moment of the last load
  limits: { seconds: number | null; rows: number | null; bytes: number | null; memoryMb: number | null };
  review: boolean; // whether decisions can be sent (with a token)
  update: boolean;
}

/** Errors of /api and /sparql: application/problem+json (RFC 9457). */
export interface Problem {
  type: string; // about:blank or a short name behind "urn:hakusho:problem:"; syntax, time, rows, bytes, memory, busy, …
  title: string;
  status: number;
  detail: string;
  line?: number; // syntax errors, from 1
  column?: number;
  hint?: string; // the part of the query that is the likeliest reason
}

// ---- asking -------------------------------------------------------------------------------------------------

/** GET /api/examples */
export interface Examples { examples: { name: string; topic: string; title: Both; text: string }[] }
/** GET /api/terms: what the data really uses, for completion. */
export interface Terms {
  prefixes: { prefix: string; iri: string }[];
  classes: Term[];
  properties: Term[];
}
export interface Term { iri: string; name: string /* hk:Incident */; label: Both; comment: Both; count: number }
/** A step of a plan and the steps it takes its rows from. */
export interface PlanNode { name: string; children?: PlanNode[] }
/** POST /api/explain, body: the query as text/plain */
export interface Explanation { plan: PlanNode | { plan: PlanNode } | string; hints: { line: number | null; text: string }[] }

// ---- evidence -----------------------------------------------------------------------------------------------

/** GET /api/evidence?iri=…  (of an evidence, or of anything that has evidence) or ?quote=…[&edition=title][&page=printed] */
export interface EvidenceList { evidence: Evidence[] }
export interface Evidence {
  iri: string;
  quote: string;
  prefix: string;
  suffix: string;
  where: Where;
  lines: Box[]; // one box a printed line
  focus: Box[]; // the number itself, where a figure was asked for
  figure: string | null; // that figure in words
  rules: string[];
  confidence: number;
  section: string | null; // "第2章第3節 …"
  mentions: Link[];
  supports: Link[]; // what rests on it
  citation: Both;
  url: string; // of this evidence at this server
}

// ---- editions and reading -----------------------------------------------------------------------------------

/** GET /api/editions */
export interface Editions { editions: Edition[] }
export interface Edition {
  iri: string;
  slug: string;
  title: string;
  series: string; // title of the series; the slug's first part where it has none
  year: string | null;
  pages: number;
  statements: number;
  files: FileSummary[];
}
export interface FileSummary {
  id: string; // first 16 digits of its SHA-256
  name: string;
  sha256: string;
  heading: string | null; // first numbered heading, else the first
  part: string | null;
  pages: number;
  statements: number;
  graph: string;
  graphHash: string;
  version: string;
  loaded: string;
}
/** GET /api/editions/{slug} */
export interface EditionDetail extends Edition { history: Run[]; counts: { [kind: string]: number } }
export interface Run { number: number; kind: string; started: string; ended: string; file: string; statements: number; graphHash: string; gone: string[] }

/** GET /api/files/{id} */
export interface FileOutline {
  id: string;
  name: string;
  edition: { iri: string; slug: string; title: string };
  pages: { index: number; printed: string; width: number; height: number }[];
  sections: Section[];
  exhibits: { id: string; label: string | null; caption: string; kind: string; page: number }[];
}
export interface Section { id: string; parent: string | null; level: number; label: string | null; title: string; page: number }

/** GET /api/files/{id}/text?from=1&to=5: what begins on these pages, in reading order */
export interface FileText { from: number; to: number; blocks: Block[]; exhibits: Exhibit[]; notes: Footnote[] }
export interface Block {
  id: string;
  kind: string; // heading paragraph list_item caption table chart figure source_note note footnote box chronology_entry
  section: string | null;
  level: number | null;
  month: string | null;
  text: string; // offsets below count Unicode code points of it
  page: number;
  exhibit: string | null; // the exhibit it belongs to
  lines: (Box & { start: number; end: number })[];
  mentions: { start: number; end: number; kind: string; iri: string | null; label: string | null }[];
  notes: { offset: number; footnote: string }[];
  refs: { start: number; end: number; exhibit: string | null; section: string | null }[];
}
export interface Exhibit {
  id: string;
  iri: string;
  label: string | null;
  caption: string;
  kind: string; // table chart diagram photo map
  page: number;
  source: string | null;
  notes: string[];
  tables: { text: string; rowSpan: number; colSpan: number; header: boolean }[][][];
  chart: { kind: string | null; points: { series: string | null; category: string; value: number; unit: string | null; printed: string }[] } | null;
  regions: Box[];
}
export interface Footnote { id: string; marker: string; text: string; urls: string[]; page: number }

/** GET /api/diff?before=slug&after=slug: that of `hakusho editions diff --json` */
export interface Diff { compared: { edition: string; title: string }[]; diff: any }

// ---- things -------------------------------------------------------------------------------------------------

/** GET /api/entities?q=&kind=&limit=50&offset=0: the most named first */
export interface Entities { total: number; kinds: { kind: string; count: number }[]; entities: EntitySummary[] }
export interface EntitySummary extends Link { sentences: number; editions: number }

/** GET /api/entity?iri=… */
export interface Entity {
  iri: string;
  label: string;
  english: string | null;
  kind: string;
  names: string[]; // other names, as lists and reports have them
  types: Link[];
  identifiers: { name: string; label: Both; value: string; url: string | null }[];
  same: string[]; // IRIs elsewhere
  events: EventRow[];
  byEdition: { edition: { iri: string; slug: string; title: string; year: string | null }; sentences: number }[];
  related: (Link & { sentences: number })[];
  evidence: { iri: string; quote: string; where: Where }[]; // the first 20
  network: { nodes: (Link & { sentences: number })[]; edges: { from: string; to: string; sentences: number }[] };
}

/** GET /api/events?type=&vector=&sector=&from=2023&to=2025&min=1000&q=&certainty=&limit=100&offset=0; dated ones first, by date */
export interface Events { total: number; events: EventRow[]; facets: { type: Facet[]; vector: Facet[]; sector: Facet[]; year: Facet[] } }
export interface Facet { value: string; label: Both; count: number }
export interface EventRow {
  iri: string;
  type: string; // incident enforcement legislation lawsuit announcement event
  label: string;
  date: string | null; // EDTF as stated: 2023-05, 2023-05-01/2023-06, …
  day: string | null; // earliest day, for sorting and timelines
  certainty: string; // 確定, 可能性, 予定, 否定
  victims: Link[];
  actors: Link[];
  authorities: Link[];
  targets: Link[];
  concerns: Link[];
  kinds: Link[];
  vectors: Link[];
  sectors: string[];
  dataKinds: Link[];
  quantities: { text: string; value: number | null; max: number | null; unit: string | null }[];
  quote: string;
  evidence: string; // IRI
  where: Where;
}

/** GET /api/rankings */
export interface Rankings { rankings: Ranking[] }
export interface Ranking {
  survey: string;
  perspective: string;
  years: string[];
  items: { label: string; iri: string | null; places: { year: string; rank: number; previous: number | null; isNew: boolean; evidence: string; edition: string }[] }[];
}

/** GET /api/series?q=&limit=100&offset=0: items with figures for at least two times, the most figures first */
export interface SeriesList { total: number; series: { item: Link; survey: string | null; times: string[]; figures: number; unit: string | null }[] }
/** GET /api/series/points?item=IRI */
export interface SeriesDetail {
  item: Link;
  points: SeriesPoint[]; // by time
  notes: Both[]; // why they may not be strictly comparable; empty where nothing speaks against it
}
export interface SeriesPoint {
  iri: string;
  time: string; // year or wave
  value: number;
  unit: string | null;
  printed: string;
  sampleSize: number | null;
  respondents: string | null; // class of respondents; null: all
  series: string | null;
  survey: string | null;
  exhibit: string | null;
  evidence: string;
  where: Where;
}

/** GET /api/search?q=…&kind=passage|exhibit|caption|title|label&edition=slug&limit=50 */
export interface Search { total: number; hits: Hit[] }
export interface Hit {
  node: string;
  kind: string;
  label: string | null; // of things
  text: string;
  matches: [number, number][]; // code points of text
  score: number;
  where: Where | null; // null: a thing of the lists
  lines: Box[]; // printed lines with a match
}

// ---- review -------------------------------------------------------------------------------------------------

/** GET /api/review?kind=&limit=50&offset=0 */
export interface Review { total: number; kinds: { kind: string; count: number }[]; questions: Question[] }
export interface Question {
  id: string;
  kind: string; // ambiguous weak unlisted leaning low undated
  surface: string;
  type: string; // ORG …
  count: number;
  places: { file: string; name: string; block: string; page: number | null; quote: string; mark: [number, number] | null; lines: Box[] }[]; // file: 16 digits, may be empty; mark: where the surface stands in quote, code points
  candidates: { entity: string; label: string; score: number; reasons: string[] }[];
}
/** POST /api/review/decisions, Authorization: Bearer …, JSON body */
export interface Decision { surface: string; type: string; action: "is" | "not" | "type" | "same" | "differs"; target: string; scope: string; note: string }
export interface Decided { outcome: "new" | "replaces" | "known" | "refused"; reason: string | null; reload: string[] /* files to load again */ }

// Beside /api:
//   POST /sparql  body application/sparql-query, Accept application/sparql-results+json | text/turtle …; ?format=csv&bom=1 for downloads.
//     Answers carry `Hakusho-Rows` (rows) and `Server-Timing: query;dur=12.3` (milliseconds).
//   GET /page/{file}/{n}.png?scale=2   pixels = points × scale, scale from 0.1 to 6
//   GET /page/{file}/{n}.svg
