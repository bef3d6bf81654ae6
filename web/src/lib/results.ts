// Answers of SPARQL SELECT: terms, columns, where the evidence of a row is, sorting.

/** A term of SPARQL 1.1 JSON results. */
export interface RdfTerm {
  type: "uri" | "literal" | "bnode" | "typed-literal" | "triple";
  value: string;
  "xml:lang"?: string;
  datatype?: string;
}
export type Row = { [column: string]: RdfTerm | undefined };
export interface Answer { columns: string[]; rows: Row[] }

/** SPARQL 1.1 JSON results as the server sends them. */
export interface SparqlJson {
  head: { vars?: string[] };
  results?: { bindings: Row[] };
  boolean?: boolean;
}

/** What to ask /api/evidence for. */
export type EvidenceRequest = { iri: string } | { quote: string; edition?: string; page?: string; row?: string };

const NUMBER_TYPES = /#(integer|decimal|double|float|(non(Positive|Negative)|positive|negative)Integer|(unsigned)?(Long|Int|Short|Byte)|long|int|short|byte)$/;

/** The number a term stands for, if it is a numeric literal. */
export function numberOf(term: RdfTerm | undefined): number | null {
  if (!term?.datatype || !NUMBER_TYPES.test(term.datatype)) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/**
 * Where the evidence of a row is: the first cell that is an evidence, else the first cell that is a thing of ours,
 * else a literal in a column called quote or text (or whose name holds one of these words), else, in a row that names edition
 * and page, its longest text: a title, a name. Those words are then looked for on that page; the other cells of a row with
 * a number may tell which figure of a chart is meant.
 */
export function evidenceOf(row: Row, columns: readonly string[], base: string): EvidenceRequest | null {
  const iris = columns.map((c) => row[c]).filter((t): t is RdfTerm => t?.type === "uri" && base !== "" && t.value.startsWith(base));
  const iri = iris.find((t) => t.value.startsWith(`${base}ev/`)) ?? iris[0];
  if (iri) return { iri: iri.value };
  const edition = row.edition?.type === "uri" ? undefined : row.edition?.value;
  const page = row.page?.value;
  const quote = quoteOf(row, columns) ?? (edition && page ? longestOf(row, columns) : undefined);
  if (!quote) return null;
  const cells = cellsOf(row, columns, quote);
  return { quote, ...(edition ? { edition } : {}), ...(page ? { page } : {}), ...(cells ? { row: cells } : {}) };
}

/** Short cells, between tabs, of a row that has a number besides its page, its edition and its quote. */
function cellsOf(row: Row, columns: readonly string[], quote: string): string | null {
  const LONGEST = 80;
  const short = columns.flatMap((c) => (row[c]?.type === "literal" && row[c].value.length <= LONGEST && row[c].value !== quote ? [row[c].value] : []));
  const hasDigit = (c: string): boolean => c !== "page" && c !== "edition" && row[c]?.value !== quote && /[0-9０-９]/.test(row[c]?.value ?? "");
  return columns.some(hasDigit) ? short.map((v) => v.replaceAll("\t", " ")).join("\t") : null;
}

function quoteOf(row: Row, columns: readonly string[]): string | undefined {
  const literal = (column: string): string | undefined => (row[column]?.type === "uri" ? undefined : row[column]?.value);
  const named = (test: (c: string) => boolean): string | undefined => columns.filter(test).map(literal).find((v) => v);
  return named((c) => c.toLowerCase() === "quote") ?? named((c) => /quote|text/i.test(c));
}

function longestOf(row: Row, columns: readonly string[]): string | undefined {
  return columns
    .filter((c) => c !== "edition" && c !== "page" && row[c]?.type === "literal" && !row[c].datatype)
    .map((c) => row[c]?.value ?? "")
    .sort((a, b) => b.length - a.length)
    .find((v) => v !== "");
}

/** Whether every filled cell of a column is a number: such columns are set flush right. */
export function isNumeric(answer: Answer, column: string): boolean {
  const filled = answer.rows.filter((r) => r[column]);
  return filled.length > 0 && filled.every((r) => numberOf(r[column]) !== null);
}

/** Rows in the order of a column: numbers by value, everything else by the rules of Japanese; empty cells last. */
export function sorted(rows: readonly Row[], column: string, descending: boolean): Row[] {
  const collator = new Intl.Collator("ja", { numeric: true });
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (!x || !y) return Number(!x) - Number(!y);
    const [m, n] = [numberOf(x), numberOf(y)];
    return sign * (m !== null && n !== null ? m - n : collator.compare(x.value, y.value));
  });
}
