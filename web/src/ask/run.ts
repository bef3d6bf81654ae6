// Runs queries and fetches downloads.
import { request } from "../lib/api";
import { acceptOf, formOf } from "../lib/query";
import type { Answer, SparqlJson } from "../lib/results";

export type Outcome = { kind: "rows"; answer: Answer } | { kind: "boolean"; value: boolean } | { kind: "text"; text: string };

/** A query with its answer. */
export interface Ran {
  query: string;
  outcome: Outcome;
  milliseconds: number | null;
  rows: number | null;
}

/** Asks; whatever fails is thrown. */
export async function runQuery(query: string, signal: AbortSignal): Promise<Ran> {
  const response = await post(query, acceptOf(formOf(query)), "", signal);
  const outcome = await outcomeOf(response);
  const told = Number(response.headers.get("Hakusho-Rows") ?? NaN);
  return { query, outcome, milliseconds: duration(response.headers.get("Server-Timing")), rows: Number.isFinite(told) ? told : counted(outcome) };
}

/** The answer of a CONSTRUCT or DESCRIBE as N-Triples. */
export async function triplesOf(query: string, signal: AbortSignal): Promise<string> {
  return (await post(query, "application/n-triples", "", signal)).text();
}

/** Saves the answer as a file of the format. */
export async function download(query: string, format: string, forExcel: boolean): Promise<void> {
  const response = await post(query, "*/*", `?format=${format}${forExcel ? "&bom=1" : ""}`, null);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `hakusho-answer.${format}`;
  link.click();
  // The browser has to have taken the file up before its address goes.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The duration a Server-Timing header tells, in milliseconds. */
export function duration(header: string | null): number | null {
  const found = /\bdur=([\d.]+)/.exec(header ?? "")?.[1];
  return found === undefined ? null : Number(found);
}

function post(query: string, accept: string, parameters: string, signal: AbortSignal | null): Promise<Response> {
  return request(`/sparql${parameters}`, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal,
  });
}

async function outcomeOf(response: Response): Promise<Outcome> {
  if (!response.headers.get("Content-Type")?.includes("json")) return { kind: "text", text: await response.text() };
  const json = (await response.json()) as SparqlJson;
  if (typeof json.boolean === "boolean") return { kind: "boolean", value: json.boolean };
  return { kind: "rows", answer: { columns: json.head.vars ?? [], rows: json.results?.bindings ?? [] } };
}

function counted(outcome: Outcome): number | null {
  return outcome.kind === "rows" ? outcome.answer.rows.length : null;
}
