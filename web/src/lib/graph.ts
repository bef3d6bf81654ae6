// Networks: from two columns of an answer, or from N-Triples.
import { langOf } from "./text";
import type { Answer, RdfTerm } from "./results";

export interface NetworkNode { id: string; label: string; kind: string; weight: number }
export interface NetworkEdge { from: string; to: string; label: string; weight: number }
export interface Network { nodes: NetworkNode[]; edges: NetworkEdge[] }

/** More than this is no picture any more. */
export const MOST_EDGES = 400;

/** The two columns that make the best network: things before names, and no name beside the thing it names. */
export function guessLink(answer: Answer, base: string): { from: string; to: string } | null {
  const cells = (c: string): RdfTerm[] => answer.rows.slice(0, 100).flatMap((r) => r[c] ?? []);
  const isThing = (c: string): boolean => cells(c).length > 0 && cells(c).every((t) => t.type === "uri" && !(base !== "" && t.value.startsWith(`${base}ev/`)));
  const isName = (c: string): boolean => cells(c).length > 0 && cells(c).every((t) => t.type === "literal" && !t.datatype && t.value.length <= 40);
  const fitting = [...answer.columns.filter(isThing), ...answer.columns.filter(isName), ...answer.columns];
  const [from] = fitting;
  const to = fitting.find((c) => c !== from && !oneToOne(answer, from ?? "", c)) ?? fitting.find((c) => c !== from);
  return from !== undefined && to !== undefined ? { from, to } : null;
}

function oneToOne(answer: Answer, a: string, b: string): boolean {
  const distinct = (key: (row: Answer["rows"][number]) => string): number => new Set(answer.rows.map(key)).size;
  const pairs = distinct((r) => JSON.stringify([r[a]?.value, r[b]?.value]));
  return pairs === distinct((r) => r[a]?.value ?? "") && pairs === distinct((r) => r[b]?.value ?? "");
}

/** The network of two columns; rows with the same pair make one heavier edge. */
export function fromColumns(answer: Answer, source: string, target: string, name: (iri: string) => string): Network {
  return gather(answer.rows.flatMap((row) => {
    const [a, b] = [row[source], row[target]];
    if (!a || !b) return [];
    const label = (t: typeof a): string => (t.type === "uri" ? name(t.value) : t.value);
    return [{ from: a.value, to: b.value, fromLabel: label(a), toLabel: label(b), label: "" }];
  }), true);
}

/** The network of statements between things; a name of a thing (skos:prefLabel, rdfs:label) becomes its label. */
export function fromTriples(text: string, name: (iri: string) => string): Network {
  const labels = new Map<string, string>();
  const links: { from: string; to: string; label: string }[] = [];
  for (const line of text.split("\n")) {
    const link = /^(<[^>]*>|_:\S+) <([^>]*)> (<[^>]*>|_:\S+) \.\s*$/.exec(line);
    const named = /^(<[^>]*>|_:\S+) <[^>]*(?:#prefLabel|#label|\/name|\/title)> "((?:[^"\\]|\\.)*)"/.exec(line);
    if (link) links.push({ from: bare(link[1]!), to: bare(link[3]!), label: name(link[2]!) });
    else if (named) prefer(labels, bare(named[1]!), unescapeLiteral(named[2]!));
  }
  const label = (id: string): string => labels.get(id) ?? name(id);
  return gather(links.map((l) => ({ ...l, fromLabel: label(l.from), toLabel: label(l.to) })), false);
}

/** `sided`: the ends of a link are of two kinds, which look different. */
function gather(links: { from: string; to: string; fromLabel: string; toLabel: string; label: string }[], sided: boolean): Network {
  const nodes = new Map<string, NetworkNode>();
  const edges = new Map<string, NetworkEdge>();
  const node = (id: string, label: string, kind: string): void => {
    const known = nodes.get(id) ?? { id, label, kind, weight: 0 };
    nodes.set(id, { ...known, weight: known.weight + 1 });
  };
  for (const l of links) {
    const key = JSON.stringify([l.from, l.label, l.to]);
    const known = edges.get(key);
    if (!known && edges.size >= MOST_EDGES) continue;
    node(l.from, l.fromLabel, sided ? "FROM" : "OTHER");
    node(l.to, l.toLabel, sided ? "TO" : "OTHER");
    edges.set(key, { from: l.from, to: l.to, label: l.label, weight: (known?.weight ?? 0) + 1 });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** The first label counts, but one in Japanese goes before it. */
function prefer(labels: Map<string, string>, id: string, label: string): void {
  const known = labels.get(id);
  if (known === undefined || (!langOf(known) && langOf(label))) labels.set(id, label);
}

function bare(term: string): string {
  return term.startsWith("<") ? term.slice(1, -1) : term;
}

/** Undoes the escapes of N-Triples. */
export function unescapeLiteral(text: string): string {
  const simple: { [c: string]: string } = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f", '"': '"', "'": "'", "\\": "\\" };
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short?: string, long?: string, c?: string) =>
    short || long ? String.fromCodePoint(parseInt((short ?? long)!, 16)) : (simple[c!] ?? c!));
}
