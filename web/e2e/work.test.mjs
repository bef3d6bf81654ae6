// What one does in the views: read on, filter, compare, decide.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { picture, settled, start, stop, visit } from "./browser.mjs";
import { views } from "./views.mjs";

before(start);
after(stop);
const at = Object.fromEntries((await views()).map((v) => [v.name, v.hash]));
const REFUSED = /^error: Failed to load resource/;

test("the reader goes to a section, and shows exhibits as table", () => visit(at.reader, async (page) => {
  const section = page.getByTestId("sections").locator("a, button").last();
  const title = (await section.textContent()).trim().replace(/^[\s\S]*?(\S{3,})$/, "$1");
  await section.click();
  await page.getByTestId("book").getByText(title).first().waitFor();
  await page.getByTestId("exhibit").first().scrollIntoViewIfNeeded();
  await page.getByTestId("exhibit").locator("table, [data-testid=chart]").first().waitFor();
  await settled(page);
  await picture(page, "reader-exhibit");
}));

test("an entity has its network and its incidents", () => visit(at.entity, async (page) => {
  await page.getByTestId("draw-network").click();
  await page.locator("[data-testid=network] canvas").first().waitFor();
  await picture(page, "entity-network");
  await page.getByTestId("evidence").first().click();
  await page.getByTestId("viewer").locator(".hl").first().waitFor();
}));

test("the chronology is filtered", () => visit(at["chronology-table"], async (page) => {
  const rows = page.getByTestId("event-table").locator("tbody tr");
  await rows.first().waitFor();
  const before = await page.evaluate(() => fetch("/api/events").then((r) => r.json()).then((e) => e.total));
  await page.goto(`${page.url().split("#")[0]}#/events?view=table&type=incident&from=2024`);
  await rows.first().waitFor();
  await settled(page);
  const after = await page.evaluate(() => fetch("/api/events?type=incident&from=2024").then((r) => r.json()).then((e) => e.total));
  assert.ok(after > 0 && after < before, `${after} of ${before}`);
}));

test("rankings and series are drawn, and each place leads to its page", async () => {
  for (const name of ["rankings", "series"]) {
    await visit(at[name], async (page) => {
      await page.locator("[data-testid=chart] svg").first().waitFor();
      await page.getByTestId("evidence").first().click();
      await page.getByTestId("viewer").locator(".hl").first().waitFor();
    });
  }
});

test("editions are compared", () => visit(at.diff, async (page) => {
  await page.getByTestId("diff-titles").filter({ hasText: "令和5年版" }).filter({ hasText: "令和6年版" }).waitFor();
  await settled(page);
  await page.locator("main").getByText("順位").first().waitFor();
}));

test("only who has the token decides", () => visit(at.review, async (page) => {
  const question = page.getByTestId("question").first();
  await question.waitFor();
  await page.getByTestId("token").fill("not-the-token-of-the-server");
  await page.getByTestId("token").press("Enter");
  const form = question.getByTestId("decision");
  await form.locator("input[value=not]").check();
  await form.locator("button.primary").click();
  await form.getByTestId("error").waitFor();
  assert.equal(await form.getByTestId("decided").count(), 0);
  await page.locator("main button.small").filter({ hasText: /消|忘|削除/ }).first().click();
  await page.getByTestId("token").fill(process.env.HAKUSHO_TOKEN);
  await page.getByTestId("token").press("Enter");
  await form.locator("button.primary").click();
  await form.getByTestId("decided").waitFor();
  await picture(page, "review-decided");
}, { allowed: REFUSED }));
