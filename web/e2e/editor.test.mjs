// The editor: written in with an input method, folded where texts begin alike, its question explained, its answer saved, its limits told.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { SERVER, start, stop, visit } from "./browser.mjs";

before(start);
after(stop);

const ask = (query) => `#/ask?query=${encodeURIComponent(query)}`;
const REFUSED = /^error: Failed to load resource/;
const { examples } = await (await fetch(`${SERVER}/api/examples`)).json();
const laws = examples.find((e) => e.name === "laws-named").text;

test("an input method composes in it, and Enter that ends a composition does not run", () => visit("#/ask", async (page) => {
  const editor = page.getByTestId("sparql-editor");
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type('SELECT ?x { BIND("');
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "けんさく", selectionStart: 4, selectionEnd: 4 });
  await client.send("Input.insertText", { text: "検索" });
  // The closing quote and bracket were set when the opening ones were typed.
  await page.keyboard.press("Control+End");
  const written = await editor.textContent();
  assert.ok(written.includes('BIND("検索'), written);
  assert.equal(await page.getByTestId("answer-status").count(), 0);
}));

test("PREFIX lines are folded, the question is in sight, and a mistake unfolds them", () => visit(ask(laws), async (page) => {
  await page.getByTestId("answer-status").waitFor();
  const editor = page.getByTestId("sparql-editor");
  await editor.locator(".cm-foldPlaceholder").waitFor();
  const place = await page.getByTestId("answer-status").boundingBox();
  assert.ok(place.y < page.viewportSize().height * 0.75, `the answer begins at ${place.y}`);
  await page.evaluate((hash) => (location.hash = hash), ask(`${laws.trim()} nonsense`));
  await page.getByTestId("error").waitFor();
  await editor.locator(".cm-foldPlaceholder").waitFor({ state: "detached" });
}, { allowed: REFUSED }));

test("the plan is told step by step", () => visit(ask(laws), async (page) => {
  await page.getByTestId("answer-status").waitFor();
  await page.getByRole("button", { name: "実行計画" }).click();
  const plan = page.locator("pre").filter({ hasText: "Project" });
  await plan.waitFor();
  assert.ok((await plan.textContent()).includes("hk:mentions"), "with short names");
}));

test("an answer is saved as it stands", () => visit(ask("SELECT ?a { VALUES ?a { \"流出\" \"漏えい\" } }"), async (page) => {
  await page.getByTestId("answer-status").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).click()]);
  assert.equal(download.suggestedFilename(), "hakusho-answer.csv");
  assert.equal(readFileSync(await download.path(), "utf8").replace(/\r/g, ""), "a\n流出\n漏えい\n");
}));

test("too many rows are told in words, not shown in part", () => visit(ask("SELECT ?a ?d { ?a a ?b . ?d a ?e }"), async (page) => {
  await page.getByTestId("error").filter({ hasText: /上限|制限/ }).waitFor();
  assert.equal(await page.getByTestId("results").count(), 0);
}, { allowed: REFUSED }));

test("things of an answer are called by their names", () => visit(ask("SELECT DISTINCT ?victim { ?i a hk:Incident ; hk:victim ?victim }"), async (page) => {
  await page.getByTestId("results").getByText("見本大学", { exact: true }).waitFor();
}));
