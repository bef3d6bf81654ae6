import assert from "node:assert/strict";
import { test } from "node:test";
import { draw, guessChart } from "../src/lib/chart-guess";
import { evidenceOf, isNumeric, sorted, type Answer, type RdfTerm, type Row } from "../src/lib/results";

const BASE = "https://a.example/";
const uri = (value: string): RdfTerm => ({ type: "uri", value });
const text = (value: string): RdfTerm => ({ type: "literal", value });
const number = (value: number): RdfTerm => ({ type: "literal", value: String(value), datatype: "http://www.w3.org/2001/XMLSchema#decimal" });
const answer = (rows: Row[]): Answer => ({ columns: Object.keys(rows[0] ?? {}), rows });

test("an evidence goes before other things of ours, and these before a quote", () => {
  const row = { org: uri(`${BASE}org/1`), ev: uri(`${BASE}ev/9`), quote: text("文") };
  assert.deepEqual(evidenceOf(row, ["org", "ev", "quote"], BASE), { iri: `${BASE}ev/9` });
  assert.deepEqual(evidenceOf(row, ["org", "quote"], BASE), { iri: `${BASE}org/1` });
  assert.deepEqual(evidenceOf(row, ["quote"], BASE), { quote: "文" });
});

test("a quote is asked for with edition and page, where the row has them", () => {
  const row = { quoteText: text("文"), edition: text("見本白書"), page: number(12) };
  assert.deepEqual(evidenceOf(row, ["quoteText", "edition", "page"], BASE), { quote: "文", edition: "見本白書", page: "12" });
  assert.deepEqual(evidenceOf({ text: text("a"), quote: text("b") }, ["text", "quote"], BASE), { quote: "b" });
  assert.equal(evidenceOf({ n: number(1), site: uri("https://b.example/") }, ["n", "site"], BASE), null);
  assert.equal(evidenceOf({ site: uri("https://b.example/") }, ["site"], ""), null);
});

test("cells of a row with a number go along, so that the figure is known", () => {
  const row = { item: text("電子契約"), value: number(14.4), edition: text("見本白書"), page: text("12"), quote: text("電子契約\t14.4") };
  const columns = ["item", "value", "edition", "page", "quote"];
  assert.deepEqual(evidenceOf(row, columns, BASE), { quote: "電子契約\t14.4", edition: "見本白書", page: "12", row: "電子契約\t14.4\t見本白書\t12" });
  assert.deepEqual(evidenceOf({ ...row, value: text("約1万人") }, columns, BASE), { quote: "電子契約\t14.4", edition: "見本白書", page: "12", row: "電子契約\t約1万人\t見本白書\t12" });
  // The page alone is no figure.
  assert.deepEqual(evidenceOf({ ...row, value: text("多い") }, columns, BASE), { quote: "電子契約\t14.4", edition: "見本白書", page: "12" });
});

test("numbers are sorted by value, empty cells come last either way", () => {
  const rows = [{ n: number(10) }, {}, { n: number(9) }] as Row[];
  assert.deepEqual(sorted(rows, "n", false).map((r) => r.n?.value), ["9", "10", undefined]);
  assert.deepEqual(sorted(rows, "n", true).map((r) => r.n?.value), ["10", "9", undefined]);
  assert.equal(isNumeric(answer([{ n: number(1) }, {}]), "n"), true);
  assert.equal(isNumeric(answer([{ n: text("1") }]), "n"), false);
});

test("years make lines, names make bars, two numbers a scatter", () => {
  const years = answer([{ year: text("2023"), item: text("a"), n: number(1) }, { year: text("2024"), item: text("a"), n: number(2) }, { year: text("2024"), item: text("b"), n: number(3) }]);
  assert.deepEqual(guessChart(years), { type: "line", x: "year", y: "n", series: "item" });
  assert.deepEqual(guessChart(answer([{ name: text("a"), n: number(1) }])), { type: "bar", x: "name", y: "n", series: "" });
  assert.deepEqual(guessChart(answer([{ a: number(1), b: number(2) }])), { type: "scatter", x: "b", y: "a", series: "" });
  assert.equal(guessChart(answer([{ name: text("a") }])), null);
});

test("several values of one series in one year make no line", () => {
  const rows = [1, 2, 3].map((n) => ({ year: text("2024"), n: number(n) }));
  assert.equal(guessChart(answer(rows))?.type, "scatter");
});

test("points go to their series, times into order", () => {
  const rows = [{ year: text("2024"), n: number(2) }, { year: text("2023"), n: number(1) }, { year: text("2022") }] as Row[];
  const drawn = draw({ columns: ["year", "n"], rows }, { type: "line", x: "year", y: "n", series: "" });
  assert.deepEqual(drawn, { categories: ["2023", "2024"], series: [{ name: "n", points: [["2024", 2], ["2023", 1]] }] });
});
