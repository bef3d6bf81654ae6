// What the views say is what the truth of the sample editions says: places, figures, sections, incidents, defects.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { SERVER, settled, start, stop, visit } from "./browser.mjs";

before(start);
after(stop);

const truth = (edition) => JSON.parse(readFileSync(`${process.env.HAKUSHO_SAMPLES}/truth/${edition}.gold.json`, "utf8"));
const json = async (path) => (await fetch(`${SERVER}${path}`)).json();
const q = encodeURIComponent;
const plain = (text) => text.normalize("NFKC").replace(/\s/g, "");
const { editions } = await json("/api/editions");
const latest = truth("mihon-r07");
const edition = editions.find((e) => e.files[0].name === "mihon-r07.pdf");

test("the ranking has every place of the latest edition", () => visit("#/rankings", async (page) => {
  const table = page.getByTestId("ranking-table");
  await table.waitFor();
  const head = await table.locator("thead th").allTextContents();
  const column = head.findIndex((h) => h.includes(String(latest.year)));
  for (const { name, rank } of latest.ranking) {
    const row = table.locator("tbody tr").filter({ hasText: name });
    const cell = await row.locator("th, td").nth(column).textContent();
    assert.match(cell, new RegExp(`(^|\\D)${rank}位`), `${name}: ${cell}`);
  }
}));

test("the reader has the sections, the exhibits and the footnotes", () => visit(`#/read/${edition.files[0].id}`, async (page) => {
  await settled(page);
  const sections = page.getByTestId("sections");
  const shut = sections.locator("[aria-expanded=false]");
  while ((await shut.count()) > 0) await shut.first().click();
  const side = plain(await sections.textContent());
  for (const { title } of latest.sections) assert.ok(side.includes(plain(title)), title);
  const book = page.getByTestId("book");
  const table = latest.tables[0];
  const exhibit = book.getByTestId("exhibit").filter({ hasText: latest.exhibits.find((e) => e.number === table.exhibit).caption }).first();
  await exhibit.scrollIntoViewIfNeeded();
  const words = plain(await exhibit.locator("table").first().textContent());
  for (const cell of table.rows.flat()) assert.ok(words.includes(plain(cell.text)), cell.text);
  await exhibit.getByRole("button").first().click();
  await page.getByTestId("viewer").locator(".hl").first().waitFor();
}));

test("the chronology has the incidents with their sizes", () => visit(`#/events?from=${latest.year - 1}&view=table`, async (page) => {
  const rows = page.getByTestId("event-table").locator("tbody tr");
  await rows.first().waitFor();
  const told = (await rows.allTextContents()).map(plain);
  const sized = latest.events.filter((e) => e.type === "incident" && e.counts.length > 0 && e.modality !== "negated");
  assert.ok(sized.length > 2);
  const missing = sized.filter((e) => !told.some((row) => row.includes(plain(e.counts[0].printed))));
  // How much is read is measured elsewhere; most of it has to be shown.
  assert.ok(missing.length <= sized.length / 3, `of ${sized.length} these are not there: ${missing.map((e) => e.summary).join("; ")}`);
}));

test("a series has the printed values, and says why they do not compare", async () => {
  const { series } = await json(`/api/series?q=${q("電子契約")}`);
  await visit(`#/series?item=${q(series[0].item.iri)}`, async (page) => {
    const points = page.getByTestId("series-points");
    await points.waitFor();
    const rows = await points.locator("tbody tr").allTextContents();
    for (const [year, value] of [["2023", "45.2"], ["2024", "52.8"], ["2025", "61.5"]]) {
      assert.ok(rows.some((r) => r.includes(year) && r.includes(value)), `${year}: ${value}`);
    }
    // 800, 812 and 640 answers: the last wave asked others.
    await page.getByTestId("series-notes").filter({ hasText: "640" }).waitFor();
  });
});

test("the comparison has what rose and what fell", () => visit("#/diff?before=mihon-2024&after=mihon-2025", async (page) => {
  await page.getByTestId("diff-titles").filter({ hasText: edition.title }).waitFor();
  await settled(page);
  const rows = (await page.locator("main tbody tr").allTextContents()).map(plain);
  const risen = latest.ranking.find((r) => r.name === "生成AIを悪用した文面による詐欺");
  assert.ok(rows.some((r) => r.includes(plain(risen.name)) && r.includes(String(risen.prev_rank[0])) && r.includes(String(risen.rank))), "from 8th to 3rd");
  assert.ok(rows.some((r) => r.includes("サポート詐欺") && r.includes("4,218") && r.includes("5,034")), "consultations");
}));

test("a thing has its names, what happened to it, and who it is named with", async () => {
  const { entities } = await json(`/api/entities?q=${q("見本情報通信研究財団")}`);
  await visit(`#/entity?iri=${q(entities[0].iri)}`, async (page) => {
    await page.getByTestId("timeline").filter({ hasText: "見本10大脅威2025" }).waitFor();
    await page.getByTestId("draw-network").click();
    await page.getByText("つながりの一覧").click();
    const links = await page.locator("details[open] tbody tr").allTextContents();
    assert.ok(links.some((l) => l.includes("見本情報通信研究財団") && l.includes("見本IT利活用調査")), links.join(" / "));
  });
});

test("the deliberate defects of the samples are found by an example", async () => {
  const { examples } = await json("/api/examples");
  await visit(`#/ask?query=${q(examples.find((e) => e.name === "defects").text)}`, async (page) => {
    await page.getByTestId("results").getByText("図表2-2-7").first().waitFor();
  });
});
