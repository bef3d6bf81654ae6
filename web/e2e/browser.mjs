// A browser on the running server, and what every page of it is held to: no error, nothing from elsewhere, nothing the policy refuses.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

export const SERVER = process.env.HAKUSHO_SERVER;
const SHOTS = process.env.HAKUSHO_SHOTS;
export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

let browser;
/** One browser for all tests of a file. */
export async function start() {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  mkdirSync(SHOTS, { recursive: true });
}
export async function stop() {
  await browser?.close();
}

/** Opens an address of the page; `use` gets the page and a list of what went wrong on it, which must stay empty but for `allowed`. */
export async function visit(hash, use, { size = WIDE, locale = "ja-JP", dark = false, allowed = null } = {}) {
  const context = await browser.newContext({
    viewport: size, locale, colorScheme: dark ? "dark" : "light", permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const wrong = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && wrong.push(`${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => wrong.push(`thrown: ${e.message}`));
  page.on("request", (r) => new URL(r.url()).origin === SERVER || /^(data|blob):/.test(r.url()) || wrong.push(`from elsewhere: ${r.url()}`));
  page.on("dialog", (d) => { wrong.push(`dialog: ${d.message()}`); d.dismiss(); });
  try {
    await page.goto(`${SERVER}/${hash}`);
    await page.locator("main h1").first().waitFor();
    await use(page, wrong);
    assert.deepEqual(wrong.filter((w) => !allowed?.test(w)), [], hash);
  } finally {
    await context.close();
  }
}

/** Keeps a picture of what the page looks like now. */
export async function picture(page, name) {
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Whether nothing is loading any more. */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}
