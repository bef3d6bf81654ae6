// With the keyboard alone: to an answer, to its printed line, and back to where one was.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start, stop, visit } from "./browser.mjs";

before(start);
after(stop);

/** Presses Tab until what has the focus fits, and tells how it can be seen that it has. */
async function tabTo(page, selector, most = 80) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((s) => {
      const active = document.activeElement;
      if (!active?.matches(s)) return null;
      const style = getComputedStyle(active);
      return { outline: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0 };
    }, selector);
    if (found) return found;
  }
  assert.fail(`${selector} is not reached by Tab`);
}

test("to the evidence and back", () => visit(`#/ask?query=${encodeURIComponent("SELECT ?i ?ev { ?i a hk:Incident ; hk:evidence ?ev } ORDER BY ?i LIMIT 3")}`, async (page) => {
  await page.getByTestId("results").waitFor();
  const focus = await tabTo(page, "[data-testid=evidence]");
  assert.ok(focus.outline, "the focus can be seen");
  await page.keyboard.press("Enter");
  await page.getByTestId("viewer").locator(".hl").first().waitFor();
  assert.ok(await page.evaluate(() => document.querySelector("[data-testid=viewer]").contains(document.activeElement)), "the focus is in the viewer");
  await page.keyboard.press("Escape");
  await page.getByTestId("viewer").waitFor({ state: "detached" });
  assert.ok(await page.evaluate(() => document.activeElement.matches("[data-testid=evidence]")), "the focus is back");
}));

test("past the header, out of the editor, and through the views", () => visit("#/ask", async (page) => {
  await page.getByTestId("sparql-editor").waitFor();
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.matches("a.skip")), "the way past the header comes first");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.id === "main"));
  await tabTo(page, "[data-testid=run]");
  await page.goto(`${page.url().split("#")[0]}#/`);
  await tabTo(page, "header a[href='#/rankings']");
  await page.keyboard.press("Enter");
  await page.getByTestId("ranking-table").first().waitFor();
}));
