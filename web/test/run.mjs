// Bundles the tests with the bundler of the page, then runs them with Node's own runner: no test framework to keep.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../node_modules/.tests", import.meta.url));
const input = readdirSync(here).filter((name) => name.endsWith(".test.ts")).map((name) => here + name);

await build({
  configFile: false,
  logLevel: "warn",
  build: { ssr: true, outDir: out, emptyOutDir: true, minify: false, rollupOptions: { input } },
});
const files = readdirSync(out).filter((name) => name.endsWith(".test.js")).map((name) => `${out}/${name}`);
const done = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], { stdio: "inherit" });
rmSync(out, { recursive: true, force: true });
process.exit(done.status ?? 1);
