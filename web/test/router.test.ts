import assert from "node:assert/strict";
import { test } from "node:test";
import { address, parseRoute } from "../src/lib/router";

test("addresses are taken apart", () => {
  assert.deepEqual(parseRoute(""), { view: "home", part: "", params: {} });
  assert.deepEqual(parseRoute("#/"), { view: "home", part: "", params: {} });
  assert.deepEqual(parseRoute("#/read/a1b2?page=3"), { view: "read", part: "a1b2", params: { page: "3" } });
  assert.deepEqual(parseRoute("#/search?q=%E6%B3%95&kind=title"), { view: "search", part: "", params: { q: "法", kind: "title" } });
});

test("unknown views, a part too many and a missing part have no view", () => {
  for (const hash of ["#/nowhere", "#/home", "#/ask/x", "#/edition", "#/read/"]) assert.equal(parseRoute(hash).view, "missing", hash);
});

test("a query survives its address", () => {
  const query = "SELECT ?s # 注\nWHERE { ?s <http://a/?b=c&d#e> \"100%\" }";
  assert.equal(parseRoute(address("ask", { query })).params.query, query);
  assert.equal(parseRoute(address("edition", {}, "a/b 版")).part, "a/b 版");
});

test("empty parameters are left out", () => {
  assert.equal(address("events", { from: "2023", to: "", q: null, min: undefined, offset: 0 }), "#/events?from=2023&offset=0");
  assert.equal(address("home"), "#/");
});

test("a lone percent sign is read as it stands", () => {
  assert.equal(parseRoute("#/edition/100%").part, "100%");
});
