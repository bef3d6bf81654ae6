// Names of things that an answer calls by their IRIs only. Asked for once, while the answer is shown already.
import { SvelteMap } from "svelte/reactivity";
import { request } from "./api";
import type { Answer, SparqlJson } from "./results";

/** Most names asked for at once. */
const MOST = 400;
const PROPERTIES = ["http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title", "https://w3id.org/hakusho/ns#verbatim"];

const names = new SvelteMap<string, { ja?: string; en?: string }>();
const asked = new Set<string>();

/** The name of a thing in a language, or in the other one; undefined where none is known (yet). */
export function nameOf(iri: string, lang: "ja" | "en"): string | undefined {
  const name = names.get(iri);
  return name?.[lang] ?? name?.ja ?? name?.en;
}

/** Things of ours in an answer; evidence has no name. */
export function thingsIn(rows: Answer["rows"], base: string): string[] {
  const values = rows.flatMap((row) => Object.values(row)).flatMap((t) => (t?.type === "uri" ? t.value : []));
  return base === "" ? [] : [...new Set(values)].filter((v) => v.startsWith(base) && !v.startsWith(`${base}ev/`));
}

/** Asks for names that were not asked for before; without an answer things keep their short IRIs. */
export async function askNames(iris: readonly string[]): Promise<void> {
  // What SPARQL does not take between < and > cannot be asked for.
  const fresh = iris.filter((iri) => !asked.has(iri) && !/[<>"{}|^`\\\s]/.test(iri)).slice(0, MOST);
  if (fresh.length === 0) return;
  for (const iri of fresh) asked.add(iri);
  const query = `SELECT ?x ?name { VALUES ?x { ${fresh.map((i) => `<${i}>`).join(" ")} } ?x ${PROPERTIES.map((p) => `<${p}>`).join("|")} ?name }`;
  try {
    const response = await request("/sparql", {
      method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" }, body: query,
    });
    for (const row of ((await response.json()) as SparqlJson).results?.bindings ?? []) {
      if (!row.x || !row.name) continue;
      const lang = row.name["xml:lang"] === "en" ? "en" : "ja";
      names.set(row.x.value, { [lang]: row.name.value, ...names.get(row.x.value) });
    }
  } catch {
    for (const iri of fresh) asked.delete(iri);
  }
}
