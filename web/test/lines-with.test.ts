import assert from "node:assert/strict";
import { test } from "node:test";
import { linesWith } from "../src/lib/lines-with";
import { evidenceOf, type RdfTerm } from "../src/lib/results";
import type { Block } from "../src/lib/types";

const line = (page: number, y: number, start: number, end: number) => ({ page, x: 0, y, width: 10, height: 10, start, end });
const block = (text: string, lines: Block["lines"]): Block => ({ id: "b", kind: "paragraph", section: null, level: null, month: null, text, page: 1, exhibit: null, lines, mentions: [], notes: [], refs: [] });

test("words are found whatever their spaces and widths, on the lines they stand on", () => {
  const blocks = [block("図表１ 主な 事案の件数", [line(1, 5, 0, 6), line(1, 15, 6, 12)])];
  assert.deepEqual(linesWith(blocks, 1, "図表1主な").map((l) => l.y), [5]);
  assert.deepEqual(linesWith(blocks, 1, "…主な【事案】の件数…").map((l) => l.y), [5, 15]);
  assert.deepEqual(linesWith(blocks, 1, "別の語"), []);
  assert.deepEqual(linesWith(blocks, 1, " "), []);
});

test("a heading goes before a sentence with the same word, and other pages do not count", () => {
  const blocks = [block("身代金を求める攻撃", [line(1, 5, 0, 9)]), block("（2）攻撃", [line(2, 25, 0, 5)]), block("攻撃が続いた", [line(2, 35, 0, 6)])];
  assert.deepEqual(linesWith(blocks, 2, "攻撃").map((l) => l.y), [25]);
  assert.deepEqual(linesWith(blocks, 1, "攻撃").map((l) => l.y), [5]);
});

test("a row that names edition and page is looked for by its longest text, numbers aside", () => {
  const text = (value: string): RdfTerm => ({ type: "literal", value });
  const row = { number: text("1-2"), title: text("事案の件数"), n: { ...text("1000000"), datatype: "http://www.w3.org/2001/XMLSchema#integer" }, edition: text("見本白書 令和七年版"), page: text("12") };
  const columns = ["number", "title", "n", "edition", "page", "quote"];
  assert.deepEqual(evidenceOf(row, columns, ""), { quote: "事案の件数", edition: "見本白書 令和七年版", page: "12", row: "1-2\t1000000\t見本白書 令和七年版\t12" });
  assert.equal(evidenceOf({ ...row, page: undefined }, columns, ""), null);
});
