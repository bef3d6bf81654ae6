import assert from "node:assert/strict";
import { test } from "node:test";
import { around, pagesOf, partsOf, sectionAt, treeOf } from "../src/reader/parts";
import type { Block, Exhibit, FileText, Section } from "../src/lib/types";

const pages = (n: number) => Array.from({ length: n }, (_, i) => ({ index: i + 1, printed: "", width: 595, height: 842 }));
const section = (id: string, parent: string | null, page: number): Section => ({ id, parent, level: 1, label: null, title: id, page });
const block = (id: string, page: number, exhibit: string | null = null, kind = "paragraph"): Block =>
  ({ id, kind, section: null, level: null, month: null, text: id, page, exhibit, lines: [], mentions: [], notes: [], refs: [] });
const exhibit = (id: string, page: number): Exhibit => ({ id, iri: id, label: null, caption: id, kind: "chart", page, source: null, notes: [], tables: [], chart: null, regions: [] });

test("parts have five pages, the last what is left", () => {
  assert.deepEqual(partsOf(pages(11)), [{ from: 1, to: 5 }, { from: 6, to: 10 }, { from: 11, to: 11 }]);
  assert.deepEqual(partsOf([]), []);
});

test("an exhibit stands where its first block does and keeps its other blocks as words", () => {
  const text: FileText = { from: 1, to: 2, blocks: [block("a", 1), block("x1", 1, "x"), block("b", 1), block("x2", 1, "x"), block("c", 2)], exhibits: [exhibit("x", 1), exhibit("y", 2)], notes: [] };
  const told = pagesOf(text).map((p) => p.items.map((i) => (i.block ? i.block.id : `[${i.exhibit.id}${i.words.length}]`)).join(" "));
  assert.deepEqual(told, ["a [x2] b", "c [y0]"]);
});

test("footnotes stand once: as notes where there are any", () => {
  const note = { id: "n", marker: "＊1", text: "", urls: [], page: 1 };
  const blocks = [block("f", 1, null, "footnote"), block("g", 2, null, "footnote")];
  const [first, second] = pagesOf({ from: 1, to: 2, blocks, exhibits: [], notes: [note] });
  assert.equal(first?.items.length, 0);
  assert.equal(first?.notes.length, 1);
  assert.equal(second?.items.length, 1);
});

test("sections make a tree, and the current one is the last that has begun", () => {
  const all = [section("1", null, 3), section("1.1", "1", 3), section("2", null, 9), section("x", "gone", 9)];
  assert.deepEqual(treeOf(all).map((b) => [b.section.id, b.inside.length]), [["1", 1], ["2", 0], ["x", 0]]);
  assert.equal(sectionAt(all, 2), null);
  assert.equal(sectionAt(all, 5)?.id, "1.1");
  assert.deepEqual([...around(all, all[1]!)], ["1.1", "1"]);
});
