// What the page has to know of a query's text: its form, and the prefixes it declares.
import type { Terms } from "./types";

/** The form of a query, which decides what the answer can be asked for as. */
export type Form = "select" | "ask" | "graph" | "unknown";

/** The form of a query: the first of its four words outside comments, texts and IRIs. */
export function formOf(query: string): Form {
  const word = /\b(select|ask|construct|describe)\b/i.exec(bare(query))?.[1]?.toLowerCase();
  if (word === "select" || word === "ask") return word;
  return word ? "graph" : "unknown";
}

/** The media type to ask for. */
export function acceptOf(form: Form): string {
  if (form === "graph") return "text/turtle";
  return form === "unknown" ? "application/sparql-results+json, text/turtle;q=0.5" : "application/sparql-results+json";
}

/** The query without comments, texts and IRIs. */
function bare(query: string): string {
  return query.replace(/<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, (m) => (m.startsWith("#") ? "" : " "));
}

/**
 * The PREFIX line that a query needs before `name` can be used in it; null where the server knows the prefix, or the query
 * declares it.
 */
export function missingPrefix(query: string, name: string, iri: string, prefixes: Terms["prefixes"]): string | null {
  const colon = name.indexOf(":");
  if (colon < 0) return null;
  const prefix = name.slice(0, colon);
  if (prefixes.some((p) => p.prefix === prefix)) return null;
  if (new RegExp(`^\\s*prefix\\s+${prefix.replace(/[^\w-]/g, "\\$&")}:`, "im").test(query)) return null;
  const local = name.slice(colon + 1);
  return iri.endsWith(local) ? `PREFIX ${prefix}: <${iri.slice(0, iri.length - local.length)}>\n` : null;
}

/** An IRI as a prefixed name, by the longest namespace that fits; null where none does. */
export function prefixed(iri: string, prefixes: Terms["prefixes"]): string | null {
  let best: Terms["prefixes"][number] | null = null;
  for (const p of prefixes) {
    if (iri.startsWith(p.iri) && p.iri.length > (best?.iri.length ?? 0)) best = p;
  }
  if (!best) return null;
  const local = iri.slice(best.iri.length);
  return local && !/[#?\s]/.test(local) ? `${best.prefix}:${local}` : null;
}

/** The last readable part of an IRI; a number or digest by itself says nothing, so what stands before it comes along. */
export function shortIri(iri: string): string {
  const parts = iri.replace(/[/#]+$/, "").split(/[/#]/);
  const last = parts.pop() ?? iri;
  const part = /^([a-z]{0,2}\d+|[0-9a-f]{12,})$/.test(last) && parts.length > 3 ? `${parts.pop()}/${last.slice(0, 8)}` : last;
  try {
    return decodeURIComponent(part) || iri;
  } catch {
    return part;
  }
}
