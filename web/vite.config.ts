import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The server of the data, for `npm run dev`; `npm run mock` listens at the same address.
const server = process.env.HAKUSHO_SERVER ?? "http://127.0.0.1:7878";

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    // Nothing is inlined: the content security policy allows files of this server only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: Object.fromEntries(["/api", "/sparql", "/page", "/id", "/evidence", "/ns"].map((path) => [path, server])),
  },
});
