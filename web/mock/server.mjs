// A stand-in for the server of the data: invented answers, drawn pages, and the built page under the real security policy.
// `npm run mock`, then `npm run dev`, or after `npm run build` http://127.0.0.1:7878 itself.
// With UPSTREAM=http://127.0.0.1:7879 the data are those of that server: a new page is tried without building the program.
import { createServer, request as ask } from "node:http";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { API, lineOf, named, PAGE, SELECT, SENTENCES, TRIPLES, TURTLE } from "./data.mjs";

const PORT = Number(process.env.PORT ?? 7878);
const UPSTREAM = process.env.UPSTREAM;
const DIST = (process.env.DIST ?? fileURLToPath(new URL("../dist/", import.meta.url)));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const parameters = Object.fromEntries(url.searchParams);
  const send = (status, type, body, headers = {}) => response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", ...headers }).end(body);
  const json = (value, status = 200) => send(status, status === 200 ? "application/json" : "application/problem+json", JSON.stringify(value));
  const problem = (status, type, detail, more = {}) => json({ type: `urn:hakusho:problem:${type}`, title: type, status, detail, ...more }, status);

  if (UPSTREAM && isData(url.pathname)) return pass(request, response);
  if (url.pathname === "/sparql") return sparql(await body(request), request, send, problem);
  if (url.pathname === "/api/explain") return json({ plan: "Project\n  LeftJoin\n    Scan ?i a hk:Incident (812)\n    Scan ?i hk:edtf ?when", hints: [{ line: 3, text: "OPTIONAL is joined late." }] });
  if (url.pathname === "/api/review/decisions") {
    if (request.headers.authorization !== "Bearer secret") return problem(401, "token", "The token is not right.");
    return json({ outcome: "new", reason: null, reload: ["mihon-2025.pdf"] });
  }
  if (url.pathname.startsWith("/page/")) {
    const page = Number(/\/(\d+)\.png$/.exec(url.pathname)?.[1]);
    return page === 23 ? problem(404, "missing", "no such page") : send(200, "image/svg+xml", drawn(page));
  }
  if (url.pathname.startsWith("/api/")) {
    const answer = API[url.pathname]?.(parameters) ?? named(url.pathname, parameters);
    return answer ? json(answer) : problem(404, "missing", `nothing at ${url.pathname}`);
  }
  try {
    const name = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
    if (name.includes("..")) throw new Error("outside");
    send(200, TYPES[extname(name)] ?? "application/octet-stream", readFileSync(DIST + name));
  } catch {
    problem(404, "missing", `nothing at ${url.pathname}`);
  }
}).listen(PORT, "127.0.0.1", function () {
  console.log(`http://127.0.0.1:${this.address().port}`);
});

/** Whether an address belongs to the data and not to the page. */
function isData(path) {
  return /^\/(api|sparql|page|id|evidence|ns|licenses)(\/|$)/.test(path);
}

/** Hands a request on to the other server, and its answer back. */
function pass(request, response) {
  const onward = ask(new URL(request.url, UPSTREAM), { method: request.method, headers: { ...request.headers, host: new URL(UPSTREAM).host } }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.writeHead(502).end());
  // A question given up here has to be given up there too.
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

async function sparql(query, request, send, problem) {
  // Words in the query make the failures that the page has to show.
  if (query.includes("ERROR")) return problem(400, "syntax", "expected one of: `.`, `;`, `}`", { line: 3, column: 8 });
  if (query.includes("TIMEOUT")) return problem(504, "time", "stopped after 30 s", { hint: "?s ?p ?o" });
  if (query.includes("SLOW")) await wait(5000);
  const told = { "Server-Timing": "query;dur=12.3", "Hakusho-Rows": String(SELECT.results.bindings.length) };
  if (/format=csv/.test(request.url)) return send(200, "text/csv; charset=utf-8", "a,b\r\n1,2\r\n", told);
  if (/CONSTRUCT/.test(query)) return request.headers.accept.includes("n-triples") ? send(200, "application/n-triples", TRIPLES) : send(200, "text/turtle", TURTLE, { "Server-Timing": "query;dur=3.1" });
  if (/\bASK\b/.test(query)) return send(200, "application/sparql-results+json", JSON.stringify({ head: {}, boolean: true }), { "Server-Timing": "query;dur=1" });
  return send(200, "application/sparql-results+json", JSON.stringify(SELECT), told);
}

async function body(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

/** A page as a drawing: the same sentences on every one. */
function drawn(page) {
  const lines = SENTENCES.flatMap((s, i) => [s.slice(0, 32), s.slice(32)].map((t, k) => `<text x="70" y="${lineOf(page, i).y + 13 + k * 22}">${t}</text>`)).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width}" height="${PAGE.height}" font-family="IPAexGothic, sans-serif" font-size="14"><rect width="100%" height="100%" fill="#fff"/><text x="70" y="90" font-size="20">見本のページ ${page}</text>${lines}<text x="290" y="810">${page - 2}</text></svg>`;
}
