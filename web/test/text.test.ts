import assert from "node:assert/strict";
import { test } from "node:test";
import { langOf, pieces, slicePoints, spansOf } from "../src/lib/text";

test("offsets count code points, not UTF-16 units", () => {
  // 𠮷 and 😀 are two units each.
  assert.equal(slicePoints("𠮷野家と😀です", 0, 3), "𠮷野家");
  assert.equal(slicePoints("𠮷野家と😀です", 4, 5), "😀");
  assert.equal(slicePoints("abc", 1), "bc");
});

test("a text is cut at its spans", () => {
  const found = pieces("𠮷野は法令を守る", spansOf([[3, 5]]));
  assert.deepEqual(found.map((p) => [p.text, p.span !== null]), [["𠮷野は", false], ["法令", true], ["を守る", false]]);
});

test("of overlapping spans the first, then the longer stays; broken ones are passed over", () => {
  const found = pieces("abcdef", [{ start: 1, end: 2 }, { start: 1, end: 4 }, { start: 3, end: 6 }, { start: 5, end: 9 }, { start: 2, end: 2 }]);
  assert.deepEqual(found.map((p) => p.text), ["a", "bcd", "ef"]);
});

test("points stand where they belong, or behind the span they would cut", () => {
  const told = (offset: number): string => pieces("abcd", [{ start: 1, end: 3 }], [{ offset }]).map((p) => (p.point ? "*" : p.text)).join("|");
  assert.equal(told(0), "*|a|bc|d");
  assert.equal(told(1), "a|*|bc|d");
  assert.equal(told(2), "a|bc|*|d");
  assert.equal(told(4), "a|bc|d|*");
  assert.equal(told(9), "a|bc|d|*");
});

test("Japanese is told by its letters", () => {
  assert.equal(langOf("白書"), "ja");
  assert.equal(langOf("Report 2025"), undefined);
});
