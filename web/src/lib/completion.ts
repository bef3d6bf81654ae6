// What can be written next in a query: prefixes, classes, properties, variables, keywords.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { missingPrefix } from "./query";
import type { Both, Term, Terms } from "./types";

const KEYWORDS = (
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS GRAPH SERVICE BIND VALUES AS LIMIT OFFSET CONSTRUCT DESCRIBE ASK PREFIX " +
  "COUNT SUM MIN MAX AVG GROUP_CONCAT SAMPLE STR LANG LANGMATCHES DATATYPE BOUND COALESCE IF REGEX CONTAINS STRSTARTS STRENDS " +
  "STRLEN SUBSTR REPLACE LCASE UCASE YEAR MONTH DAY NOW ABS ROUND IRI"
).split(" ").concat(["GROUP BY", "ORDER BY", "HAVING", "NOT EXISTS", "EXISTS", "NOT IN"]);

/** Most things to propose; a longer list helps nobody. */
const MOST = 60;

/** A completion source for the terms of the data; labels are searched in both languages. */
export function completions(terms: () => Terms | null, pick: (both: Both) => string): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*/u);
    if (!word || (word.from === word.to && !context.explicit) || inText(context)) return null;
    const known = terms();
    const typed = word.text;
    const options = /^[?$]/.test(typed)
      ? variables(context, typed)
      : afterPrefixWord(context, word.from) ? prefixLines(known) : [...termOptions(known, typed, pick), ...keywords(typed)];
    const result: CompletionResult = { from: word.from, options, filter: false };
    return options.length > 0 ? result : null;
  };
}

/** Comments, texts and IRIs are not completed. */
function inText(context: CompletionContext): boolean {
  const name = syntaxTree(context.state).resolveInner(context.pos, -1).name;
  return /comment|string|literal|iri_?ref/i.test(name);
}

function afterPrefixWord(context: CompletionContext, from: number): boolean {
  return /\bprefix\s+$/i.test(context.state.doc.lineAt(from).text.slice(0, from - context.state.doc.lineAt(from).from));
}

function prefixLines(terms: Terms | null): Completion[] {
  return (terms?.prefixes ?? []).map((p) => ({ label: `${p.prefix}: <${p.iri}>`, type: "namespace" }));
}

function variables(context: CompletionContext, typed: string): Completion[] {
  const found = new Set(context.state.doc.toString().match(/[?$][\p{L}\p{N}_]+/gu));
  found.delete(typed);
  return [...found].filter((v) => v.startsWith(typed)).sort().map((label) => ({ label, type: "variable" }));
}

function keywords(typed: string): Completion[] {
  if (typed.includes(":") || typed === "") return [];
  return KEYWORDS.filter((k) => k.startsWith(typed.toUpperCase())).map((label) => ({ label, type: "keyword" }));
}

function termOptions(terms: Terms | null, typed: string, pick: (both: Both) => string): Completion[] {
  if (!terms) return [];
  const option = (type: string) => (term: Term): Completion & { rank: number } => ({
    label: term.name, detail: pick(term.label), info: pick(term.comment) || term.iri, type, rank: rank(term, typed), apply: insert(terms, term),
  });
  return [...terms.properties.map(option("property")), ...terms.classes.map(option("class"))]
    .filter((o) => o.rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST);
}

/** How well a term fits: 0 name begins so, 1 local name begins so, 2 label begins so, 3 somewhere in it, 4 not at all. */
function rank(term: Term, typed: string): number {
  const t = typed.toLowerCase();
  const name = term.name.toLowerCase();
  const labels = [term.label.ja, term.label.en.toLowerCase()];
  if (name.startsWith(t)) return 0;
  if (name.slice(name.indexOf(":") + 1).startsWith(t)) return 1;
  if (labels.some((l) => l.startsWith(t))) return 2;
  return name.includes(t) || labels.some((l) => l.includes(t)) ? 3 : 4;
}

/** Writes the term, and above the query the PREFIX it needs where the server does not know it. */
function insert(terms: Terms, term: Term): Completion["apply"] {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const line = missingPrefix(view.state.doc.toString(), term.name, term.iri, terms.prefixes);
    const added = line?.length ?? 0;
    view.dispatch({
      changes: [...(line ? [{ from: 0, insert: line }] : []), { from, to, insert: term.name }],
      selection: { anchor: from + added + term.name.length },
      userEvent: "input.complete",
    });
  };
}
