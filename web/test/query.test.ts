import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptOf, formOf, missingPrefix, prefixed, shortIri } from "../src/lib/query";
import { duration } from "../src/ask/run";

const prefixes = [{ prefix: "hk", iri: "https://a.example/ns#" }, { prefix: "a", iri: "https://a.example/" }];

test("the form is the first word of its kind outside comments, texts and IRIs", () => {
  assert.equal(formOf("# ask me\nPREFIX a: <http://select/>\nCONSTRUCT { ?s ?p 'select' } WHERE {}"), "graph");
  assert.equal(formOf("select * {}"), "select");
  assert.equal(formOf("ASK { ?s ?p \"a # b\" }"), "ask");
  assert.equal(formOf("describe <http://a/#select>"), "graph");
  assert.equal(formOf("{ ?s ?p ?o }"), "unknown");
  assert.equal(acceptOf("graph"), "text/turtle");
});

test("a PREFIX is added only where neither server nor query know it", () => {
  const iri = "https://b.example/Thing";
  assert.equal(missingPrefix("SELECT * {}", "hk:Thing", "https://a.example/ns#Thing", prefixes), null);
  assert.equal(missingPrefix("SELECT * {}", "b:Thing", iri, prefixes), "PREFIX b: <https://b.example/>\n");
  assert.equal(missingPrefix("prefix b: <https://b.example/>\nSELECT * {}", "b:Thing", iri, prefixes), null);
  assert.equal(missingPrefix("SELECT * {}", "b:Other", iri, prefixes), null);
});

test("IRIs are shortened by the longest namespace", () => {
  assert.equal(prefixed("https://a.example/ns#victim", prefixes), "hk:victim");
  assert.equal(prefixed("https://a.example/org/x/1", prefixes), "a:org/x/1");
  assert.equal(prefixed("https://c.example/1", prefixes), null);
  assert.equal(shortIri("https://a.example/org/%E5%BA%81/"), "庁");
  assert.equal(shortIri("https://a.example/id/inc/89c4f8b743e4da35"), "inc/89c4f8b7");
  assert.equal(shortIri("https://a.example/id/ed/x-2025/p/85"), "p/85");
});

test("durations are read from Server-Timing", () => {
  assert.equal(duration("query;dur=12.3"), 12.3);
  assert.equal(duration("cache, query;desc=\"x\";dur=4"), 4);
  assert.equal(duration(null), null);
});
