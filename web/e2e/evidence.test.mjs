// The marks on a page image, measured: mapped back to points they lie on the lines of the quote, and leave none of them out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SERVER, settled, start, stop, visit } from "./browser.mjs";
import { covered, linesOf, runsOf, widthOf } from "./truth.mjs";

before(start);
after(stop);

const FILES = ["mihon-r05.pdf", "mihon-r06.pdf", "mihon-r07.pdf"];
const { examples } = await (await fetch(`${SERVER}/api/examples`)).json();

/** Example, row to open, how often to zoom in first. Rows of the last two have no evidence, only words and the page they stand on. */
const cases = [
  { name: "laws-named", row: 0, zoom: 0 },
  { name: "incidents", row: 3, zoom: 2 },
  { name: "q04-rank-movement", row: 0, zoom: 0 },
  { name: "exhibits-without-source", row: 0, zoom: 1 },
  { name: "exhibits-and-sources", row: 0, zoom: 0 },
];
for (const { name, row, zoom } of cases) {
  test(`${name}, zoomed ${zoom} times`, () => visit(`#/ask?query=${encodeURIComponent(examples.find((e) => e.name === name).text)}`, async (page) => {
    await page.getByTestId("results").getByTestId("evidence").nth(row).click();
    const viewer = page.getByTestId("viewer");
    await viewer.locator(".hl").first().waitFor();
    for (let i = 0; i < zoom; i++) await viewer.getByRole("button", { name: "拡大" }).click();
    await settled(page);
    const { quote, boxes } = await marks(viewer);
    const file = FILES.find((f) => linesOf(f, quote).some((l) => l.page === boxes[0].page));
    assert.ok(file, `printed nowhere: ${quote}`);
    const scale = widthOf(file, boxes[0].page) / boxes[0].of;
    const inPoints = boxes.map((b) => ({ page: b.page, x: b.x * scale, y: b.y * scale, width: b.width * scale, height: b.height * scale }));
    // Boxes are kept in whole points: one point more on every side is as near as they can be.
    const truth = linesOf(file, quote).filter((l) => l.page === boxes[0].page)
      .map((l) => ({ ...l, x: l.x - 1, y: l.y - 1, width: l.width + 2, height: l.height + 2 }));
    for (const box of inPoints) assert.ok(covered(box, truth) > 0.95, `${JSON.stringify(box)} lies on no line of ${JSON.stringify(truth)}`);
    // Lines between the first and the last are quoted whole, so their marks have to be as long as they are.
    for (const line of truth.slice(1, -1)) assert.ok(covered(line, inPoints) > 0.75, `${JSON.stringify(line)} is not marked`);
  }));
}

/** Where the number of an answer is printed: the row's own, not only the chart or table with it. */
const figures = [
  { where: "series", hash: async () => `#/series?item=${encodeURIComponent((await (await fetch(`${SERVER}/api/series`)).json()).series[0].item.iri)}`, table: "series-points", column: 3 },
  { where: "an answer with quotes", hash: () => asking("q07-series-of-a-survey-item"), table: "results", column: 3 },
  { where: "an answer without", hash: () => asking("figures-of-an-exhibit"), table: "results", column: 4 },
];
for (const { where, hash, table, column } of figures) {
  test(`the number of a figure in ${where}`, async () => visit(await hash(), async (page) => {
    const rows = page.getByTestId(table).locator("tbody tr");
    await rows.first().waitFor();
    const viewer = page.getByTestId("viewer");
    let marked = 0;
    for (let i = 0; i < Math.min(8, await rows.count()); i++) {
      const printed = (await rows.nth(i).locator("td").nth(column).innerText()).trim().replace(/[%％]$/, "");
      await rows.nth(i).getByTestId("evidence").click();
      await viewer.getByTestId("page-image").waitFor();
      await settled(page);
      const box = await focus(viewer);
      if (!box) continue;
      marked++;
      const found = FILES.flatMap((f) => {
        const scale = widthOf(f, box.page) / box.of;
        const inPoints = { page: box.page, x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
        // Boxes are kept in whole points. A run may have words before its number.
        return runsOf(f, box.page, printed).map((run) => covered(inPoints, [{ ...run, x: run.x - 1, y: run.y - 1, width: run.width + 2, height: run.height + 2 }]));
      });
      assert.ok(Math.max(0, ...found) > 0.9, `${printed} is not printed at ${JSON.stringify(box)}`);
    }
    assert.ok(marked >= 3, `${marked} numbers are marked`);
  }));
}

function asking(name) {
  return `#/ask?query=${encodeURIComponent(examples.find((e) => e.name === name).text)}`;
}

async function focus(viewer) {
  return viewer.evaluate((root) => {
    const image = root.querySelector("[data-testid=page-image]");
    const box = root.querySelector("[data-testid=focus]")?.getBoundingClientRect();
    const frame = image.getBoundingClientRect();
    return box ? { page: Number(image.dataset.page), of: frame.width, x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height } : null;
  });
}

test("a figure is quoted in words with its exhibit, a sentence as it is printed", async () => {
  const copied = async (hash, table, row, name) => {
    let text = "";
    await visit(hash, async (page) => {
      await page.getByTestId(table).getByTestId("evidence").nth(row).click();
      await page.getByTestId("viewer").getByRole("button", { name }).click();
      await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
      text = await page.evaluate(() => navigator.clipboard.readText());
    });
    return text;
  };
  const page = "『令和5年版 見本 情報セキュリティ動向白書』13ページ，http";
  const figure = await copied(asking("figures-of-an-exhibit"), "results", 1, "引用をコピー");
  assert.ok(figure.startsWith(`「ランサムウェア 14.8％」（図表1-1-2 漏えい等の原因（2022年度），${page}`), figure);
  const source = await copied(asking("figures-of-an-exhibit"), "results", 1, "出典をコピー");
  assert.ok(source.startsWith(`図表1-1-2 漏えい等の原因（2022年度），${page}`), source);
  const sentence = await copied(asking("laws-named"), "results", 0, "引用をコピー");
  assert.match(sentence, /^「[^「]+.*」（『[^』]+』\d+ページ，http[^）]+）$/s);
});

test("a title that is found has its line marked", () => visit(`#/search?q=${encodeURIComponent("ランサムウェア")}&kind=title`, async (page) => {
  await page.getByTestId("evidence").first().click();
  await page.getByTestId("viewer").locator(".hl").first().waitFor();
}));

/** The quote and its marks on the screen, from the top left of the page image; `of` is the width of that image. */
async function marks(viewer) {
  return viewer.evaluate((root) => {
    const image = root.querySelector("[data-testid=page-image]");
    const frame = image.getBoundingClientRect();
    const boxes = [...root.querySelectorAll(".hl")].map((h) => h.getBoundingClientRect())
      .map((b) => ({ page: Number(image.dataset.page), of: frame.width, x: b.x - frame.x, y: b.y - frame.y, width: b.width, height: b.height }));
    const quote = root.querySelector("[data-testid=quote]");
    return { quote: (quote.querySelector("mark") ?? quote).textContent.trim(), boxes };
  });
}
