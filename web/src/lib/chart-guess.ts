// Which chart an answer would make, and the series of a chart from chosen columns.
import { isNumeric, numberOf, type Answer, type Row } from "./results";

export type ChartType = "bar" | "line" | "scatter";
export interface ChartChoice { type: ChartType; x: string; y: string; series: string }

/** Series of a chart: categories (or numbers) against numbers. */
export interface Drawn { categories: string[]; series: { name: string; points: [string | number, number][] }[] }

const TIME = /year|date|month|when|time|wave|年|月/i;

/** A sensible first choice; null where no column has numbers. */
export function guessChart(answer: Answer): ChartChoice | null {
  const numeric = answer.columns.filter((c) => isNumeric(answer, c));
  const others = answer.columns.filter((c) => !numeric.includes(c));
  const time = answer.columns.find((c) => isTime(answer, c));
  const y = numeric.find((c) => c !== time && !/page|score/i.test(c)) ?? numeric.find((c) => c !== time);
  if (!y) return null;
  // One moment makes no line.
  if (time && new Set(filled(answer.rows, time)).size > 1) {
    const series = seriesColumn(answer, others.filter((c) => c !== time));
    return { type: severalAt(answer, time, series) ? "scatter" : "line", x: time, y, series };
  }
  // The column with the most names, so that as few bars as can be stand for several rows.
  const names = others.filter((c) => isName(answer, c));
  const [category] = [...(names.length > 0 ? names : others)].sort((a, b) => distinct(answer, b) - distinct(answer, a));
  if (category) {
    const series = severalAt(answer, category, "") ? apart(answer, category, names) : "";
    // Bars of one name would hide each other.
    return { type: severalAt(answer, category, series) ? "scatter" : "bar", x: category, y, series };
  }
  const x = numeric.find((c) => c !== y);
  return x ? { type: "scatter", x, y, series: "" } : { type: "bar", x: y, y, series: "" };
}

/** Points of the chosen columns; rows without a number for y are left out. */
export function draw(answer: Answer, choice: ChartChoice): Drawn {
  const asNumbers = choice.type === "scatter" && isNumeric(answer, choice.x);
  const series = new Map<string, [string | number, number][]>();
  const categories = new Set<string>();
  for (const row of answer.rows) {
    const y = numberOf(row[choice.y]);
    const x = row[choice.x];
    if (y === null || !x) continue;
    const name = choice.series ? (row[choice.series]?.value ?? "") : choice.y;
    const at = asNumbers ? Number(x.value) : x.value;
    categories.add(x.value);
    series.set(name, [...(series.get(name) ?? []), [at, y]]);
  }
  const inOrder = [...categories];
  if (choice.type === "line") inOrder.sort(new Intl.Collator("ja", { numeric: true }).compare);
  return { categories: inOrder, series: [...series].map(([name, points]) => ({ name, points })) };
}

/** Whether a column holds years or dates. */
function isTime(answer: Answer, column: string): boolean {
  const values = filled(answer.rows, column);
  return TIME.test(column) && values.length > 0 && values.every((v) => /^\d{4}/.test(v));
}

/** Whether a series has more than one row at some x: a line through them would say nothing. */
function severalAt(answer: Answer, x: string, series: string): boolean {
  const keys = answer.rows.map((r) => JSON.stringify([r[x]?.value, r[series]?.value]));
  return new Set(keys).size < keys.length;
}

/** The column of a few names that tells rows with the same `x` apart; empty where none does. */
function apart(answer: Answer, x: string, names: string[]): string {
  return names.find((c) => c !== x && distinct(answer, c) <= 12 && !severalAt(answer, x, c)) ?? "";
}

function distinct(answer: Answer, column: string): number {
  return new Set(filled(answer.rows, column)).size;
}

/** Columns of short texts are names; quotes are not. */
function isName(answer: Answer, column: string): boolean {
  return filled(answer.rows, column).every((v) => v.length <= 40);
}

/** The column that tells lines apart: names that come back, but not too many of them. */
function seriesColumn(answer: Answer, columns: string[]): string {
  const fitting = columns.filter((c) => {
    const values = filled(answer.rows, c);
    const distinct = new Set(values).size;
    return isName(answer, c) && distinct > 1 && distinct <= 30 && distinct < values.length;
  });
  return fitting[0] ?? "";
}

function filled(rows: readonly Row[], column: string): string[] {
  return rows.map((r) => r[column]?.value ?? "").filter((v) => v !== "");
}
