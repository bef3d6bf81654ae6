// Every view: shows what the samples have, fits a phone, has no serious fault for who cannot see or point, and loads nothing from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { PHONE, picture, settled, start, stop, visit } from "./browser.mjs";
import { views } from "./views.mjs";

before(start);
after(stop);

async function shown(page, { shows: [selector, text] }) {
  await page.locator(selector).filter({ hasText: text }).first().waitFor();
  await settled(page);
}

/** Faults that axe calls serious or critical. */
async function faults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].target.join(" ")}`);
}

const all = await views();
const kinds = [
  { kind: "wide", options: {} },
  { kind: "english-dark", options: { locale: "en-GB", dark: true } },
  { kind: "phone", options: { size: PHONE } },
];
for (const view of all) {
  test(view.name, async () => {
    for (const { kind, options } of kinds) {
      await visit(view.hash, async (page) => {
        await shown(page, view);
        await picture(page, `${view.name}-${kind}`);
        assert.deepEqual(await faults(page), [], `${view.name}, ${kind}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${view.name}, ${kind}: ${over} px wider than the screen`);
      }, options);
    }
  });
}

test("an address that is none says so", () => visit("#/nowhere", async (page) => {
  await page.getByRole("link", { name: "はじめに" }).first().waitFor();
}));

test("the first view is light", () => visit("#/", async (page) => {
  await settled(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let bytes = 0;
  const scripts = new Set();
  client.on("Network.responseReceived", (e) => e.type === "Script" && scripts.add(e.requestId));
  client.on("Network.loadingFinished", (e) => scripts.has(e.requestId) && (bytes += e.encodedDataLength));
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.reload();
  await settled(page);
  assert.ok(bytes > 0 && bytes <= 350 * 1024, `${bytes} bytes of scripts`);
}));
