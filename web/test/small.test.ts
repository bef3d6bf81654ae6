import assert from "node:assert/strict";
import { test } from "node:test";
import { cite, quoted } from "../src/lib/citation";
import { fileName, filesInOrder } from "../src/editions/shelf";
import { pageOf, type DiffPlace, type DiffSide } from "../src/lib/diff";
import { fromColumns, fromTriples, guessLink, unescapeLiteral } from "../src/lib/graph";
import { pastQueries, remember } from "../src/lib/history";
import { fitZoom, imageScale, stepZoom } from "../src/lib/scale";
import { everyYear, perMonth, stretches } from "../src/events/dates";
import { linesOf, timesOf } from "../src/series/lines";
import type { EventRow, SeriesPoint } from "../src/lib/types";

test("citations name title, printed page and address in both languages", () => {
  const what = { title: "見本白書2025", printed: "3", page: 5, url: "http://a/" };
  assert.equal(cite(what, "ja"), "『見本白書2025』3ページ，http://a/");
  assert.equal(cite({ ...what, printed: "" }, "ja"), "『見本白書2025』（PDFの5ページ目），http://a/");
  assert.equal(cite(what, "en"), "見本白書2025, p. 3. http://a/");
  assert.equal(quoted("文", "出典", "ja"), "「文」（出典）");
  assert.equal(quoted("", "出典", "ja"), "出典");
});

test("files of an edition are called by their headings, in the order of their numbers", () => {
  const files = [{ heading: "第10章 見本", name: "c.pdf" }, { heading: "第2章 見本", name: "b.pdf" }, { heading: null, name: "a.pdf" }, { heading: "第2章 見本", name: "a2.pdf" }];
  assert.deepEqual(filesInOrder(files).map((f) => f.name), ["a.pdf", "a2.pdf", "b.pdf", "c.pdf"]);
  assert.deepEqual(files.map((f) => fileName(f, files)), ["第10章 見本", "第2章 見本", "a.pdf", "第2章 見本"]);
  // A file that is a whole edition is called by its name: its first heading is not what it is.
  assert.equal(fileName(files[0]!, files.slice(0, 1)), "c.pdf");
});

test("images are as sharp as the screen, within the scales there are", () => {
  assert.equal(imageScale(0.6, 1), 1);
  assert.equal(imageScale(1, 1), 1);
  assert.equal(imageScale(1.1, 1), 2);
  assert.equal(imageScale(1, 3), 3);
  assert.equal(imageScale(4, 3), 3);
  assert.equal(fitZoom(1190, 595), 2);
  assert.equal(fitZoom(0, 595), 1);
  assert.equal(stepZoom(4, 1), 4);
});

test("the history keeps fifty, the newest first, each query once", () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) } as Storage;
  for (let i = 0; i < 60; i++) remember({ query: `q${i}`, at: "", rows: i }, storage);
  const all = remember({ query: "q30", at: "", rows: 1 }, storage);
  assert.equal(all.length, 50);
  assert.equal(all[0]?.query, "q30");
  assert.equal(all.filter((p) => p.query === "q30").length, 1);
  kept.set("hakusho.queries", "broken");
  assert.deepEqual(pastQueries(storage), []);
});

test("N-Triples make a network; labels are preferred in Japanese", () => {
  const text = "<http://a/1> <http://a/p> <http://a/2> .\n<http://a/1> <http://a/#prefLabel> \"One\"@en .\n<http://a/1> <http://a/#prefLabel> \"\\u4E00\"@ja .\nnonsense\n";
  const network = fromTriples(text, (iri) => iri.slice(-1));
  assert.deepEqual(network.nodes.map((n) => n.label), ["一", "2"]);
  assert.deepEqual(network.edges, [{ from: "http://a/1", to: "http://a/2", label: "p", weight: 1 }]);
  assert.equal(unescapeLiteral("a\\n\\\\\\\"\\U0001F600"), "a\n\\\"😀");
});

test("a network prefers things to names, and no name of the same thing", () => {
  const uri = (value: string) => ({ type: "uri" as const, value });
  const text = (value: string) => ({ type: "literal" as const, value });
  const rows = [{ name: text("甲"), a: uri("http://a/1"), b: uri("http://a/2") }, { name: text("乙"), a: uri("http://a/3"), b: uri("http://a/2") }, { name: text("甲"), a: uri("http://a/1"), b: uri("http://a/4") }];
  const answer = { columns: ["name", "a", "b"], rows };
  assert.deepEqual(guessLink(answer, ""), { from: "a", to: "b" });
  assert.equal(fromColumns(answer, "a", "b", (i) => i).edges.length, 3);
  assert.deepEqual(guessLink({ columns: ["name", "a"], rows }, ""), { from: "a", to: "name" });
  assert.equal(guessLink({ columns: ["a"], rows }, ""), null);
});

test("events stand under their year and month; a month is not made up", () => {
  const event = (date: string | null, day: string | null) => ({ date, day }) as EventRow;
  const events = [event("2025-05-14", "2025-05-14"), event("2025-05", "2025-05-01"), event("2024", "2024-01-01"), event(null, null)];
  assert.deepEqual(stretches(events).map((s) => [s.key, s.events.length]), [["2025-5", 2], ["2024-", 1], ["", 1]]);
  assert.equal(perMonth(events, "2025")[4], 2);
  assert.equal(perMonth(events, "2024")[0], 0);
});

test("what differs makes another line, named by what differs", () => {
  const point = (time: string, respondents: string | null) => ({ time, respondents, series: null, survey: "調査", unit: "%" }) as SeriesPoint;
  const points = [point("2024", null), point("2023", null), point("2024", "大企業")];
  assert.deepEqual(linesOf(points, "全体").map((l) => [l.name, l.points.length]), [["全体", 2], ["大企業", 1]]);
  assert.deepEqual(timesOf(points), ["2023", "2024"]);
});

test("places of a comparison lead to pages of files", () => {
  const side = { files: [{ file: "a.pdf", sha256: "0123456789abcdef0123", pages: 9 }] } as DiffSide;
  const place = { file: 0, page: 4 } as DiffPlace;
  assert.deepEqual(pageOf(side, place), { file: "0123456789abcdef", page: 4 });
  assert.equal(pageOf(side, { ...place, file: 7 }), null);
  assert.equal(pageOf(side, null), null);
});

test("years without events are counted too, unless the stretch is too long to draw", () => {
  assert.deepEqual(everyYear([{ value: "2025", count: 2 }, { value: "2023", count: 1 }]).map((y) => [y.year, y.count]), [["2023", 1], ["2024", 0], ["2025", 2]]);
  assert.deepEqual(everyYear([{ value: "2025", count: 2 }, { value: "1825", count: 1 }]).map((y) => y.year), ["1825", "2025"]);
  assert.deepEqual(everyYear([]), []);
});

test("a decade has a year and no month", () => {
  const event = { iri: "a", date: "195X/196X", day: "1950-01-01" } as EventRow;
  assert.deepEqual(stretches([event]).map((s) => [s.year, s.month]), [["1950", null]]);
});
