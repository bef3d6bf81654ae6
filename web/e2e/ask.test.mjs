// Ask: an example, its answer, the printed line behind it; charts, networks, errors, limits, hostile data, Japanese input.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { picture, settled, start, stop, visit } from "./browser.mjs";
import { covered, linesOf, widthOf } from "./truth.mjs";

before(start);
after(stop);

const ask = (query) => `#/ask?query=${encodeURIComponent(query)}`;
const answered = (page) => page.getByTestId("answer-status").waitFor();
/** A browser tells of every refused request on its console. */
const REFUSED = /^error: Failed to load resource/;

test("from an example to the line on the page", () => visit("#/ask", async (page) => {
  const title = "報告されたインシデント（だれが、いつ、どれだけ。否定は除く）";
  await page.getByTestId("examples").selectOption({ label: title });
  await answered(page);
  await page.getByTestId("evidence").first().click();
  const viewer = page.getByTestId("viewer");
  const image = viewer.getByTestId("page-image");
  await image.waitFor();
  await viewer.locator(".hl").first().waitFor();
  await image.evaluate((i) => i.decode());
  await settled(page);
  await picture(page, "ask-evidence");

  const quote = (await viewer.getByTestId("quote").locator("mark").textContent()).trim();
  const citation = await viewer.getByTestId("citation").textContent();
  const shown = await viewer.evaluate((root) => {
    const image = root.querySelector("[data-testid=page-image]");
    const frame = image.getBoundingClientRect();
    return {
      page: Number(image.dataset.page), natural: [image.naturalWidth, image.naturalHeight], frame: [frame.width, frame.height],
      boxes: [...root.querySelectorAll(".hl")].map((h) => h.getBoundingClientRect()).map((b) => ({ x: b.x - frame.x, y: b.y - frame.y, width: b.width, height: b.height })),
    };
  });
  assert.ok(quote.length > 5 && citation.includes("見本"), `${quote} / ${citation}`);
  assert.ok(Math.abs(shown.natural[0] / shown.natural[1] - shown.frame[0] / shown.frame[1]) < 0.01, "the image is not stretched");
  const file = ["mihon-r05.pdf", "mihon-r06.pdf", "mihon-r07.pdf"].find((f) => linesOf(f, quote).some((l) => l.page === shown.page));
  assert.ok(file, `the quote is printed: ${quote}`);
  const truth = linesOf(file, quote);
  // From the screen to points.
  const scale = widthOf(file, shown.page) / shown.frame[0];
  const boxes = shown.boxes.map((b) => ({ page: shown.page, x: b.x * scale, y: b.y * scale, width: b.width * scale, height: b.height * scale }));
  assert.ok(boxes.length > 0);
  for (const box of boxes) assert.ok(covered(box, truth) > 0.8, `${JSON.stringify(box)} lies on no line of ${JSON.stringify(truth)}`);
}));

test("as chart and as network", () => visit(ask("SELECT ?a ?b (COUNT(?ev) AS ?n) { ?ev hk:mentions ?a, ?b FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b ORDER BY DESC(?n) LIMIT 20"), async (page) => {
  await answered(page);
  await page.getByRole("tab").nth(1).click();
  await page.locator("[data-testid=chart] svg").waitFor();
  await picture(page, "ask-chart");
  await page.getByRole("tab").nth(2).click();
  await page.locator("[data-testid=network] canvas").first().waitFor();
  await picture(page, "ask-network");
}));

test("a mistake is marked at its line", () => visit(ask("SELECT * {\n  ?s ?p ?o\n  ?x }"), async (page) => {
  await page.getByTestId("error").waitFor();
  await page.locator(".editor .cm-lintRange, .editor .cm-lint-marker-error").first().waitFor();
  const line = await page.evaluate(() => {
    const root = document.querySelector(".editor").shadowRoot;
    return [...root.querySelectorAll(".cm-line")].findIndex((l) => l.querySelector(".cm-lintRange")) + 1;
  });
  assert.equal(line, 3);
  await picture(page, "ask-mistake");
}, { allowed: REFUSED }));

test("a limit is told in words", () => visit(ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), async (page) => {
  await page.getByTestId("error").filter({ hasText: /制限時間/ }).waitFor();
}, { allowed: REFUSED }));

test("what data say is never taken for a page", () => visit(ask('SELECT ?x ?y { BIND("<img src=x onerror=alert(1)>" AS ?x) BIND(IRI("javascript:alert(1)") AS ?y) }'), async (page) => {
  await answered(page);
  const table = page.getByTestId("results");
  await table.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await table.locator("img").count(), 0);
  assert.equal(await table.locator("a[href^='javascript']").count(), 0);
}));

test("terms are completed, a question is shared and remembered", () => visit("#/ask", async (page) => {
  const editor = page.getByTestId("sparql-editor");
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("SELECT ?i { ?i a hk:Incid", { delay: 5 });
  await page.locator(".cm-tooltip-autocomplete li").filter({ hasText: "hk:Incident" }).first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.type("ent } LIMIT 3");
  await page.keyboard.press("Control+Enter");
  await answered(page);
  assert.match(page.url(), /#\/ask\?query=SELECT/);
  await page.locator("details.card summary").click();
  await page.locator("details.card button.old").first().getByText("hk:Incident").waitFor();
}));

test("Japanese is typed with an input method", () => visit("#/search", async (page) => {
  const box = page.getByTestId("search-input");
  await box.focus();
  const client = await page.context().newCDPSession(page);
  // What is being composed is not searched yet, and Enter belongs to the input method.
  await client.send("Input.imeSetComposition", { text: "りゅうしゅつ", selectionStart: 6, selectionEnd: 6 });
  await client.send("Input.insertText", { text: "流出" });
  assert.equal(await box.inputValue(), "流出");
  await page.keyboard.press("Enter");
  await page.getByTestId("search-status").filter({ hasText: /\d/ }).waitFor();
  assert.ok((await page.locator("main mark").allTextContents()).some((t) => t.includes("流出")));
}));
