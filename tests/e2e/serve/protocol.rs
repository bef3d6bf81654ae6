//! The cases of the W3C SPARQL 1.1 protocol tests (data-sparql11/protocol), and what the protocol leaves to us.

use hakusho_tests::server::{Reply, Server, encode};

use crate::served;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const QUERY: (&str, &str) = ("content-type", "application/sparql-query");

/// A request and what has to come of it.
struct Case {
    name: &'static str,
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
    status: u16,
    media: &'static str,
    /// Part of the body.
    holds: &'static str,
}

fn case(name: &'static str, method: &'static str, path: &str, status: u16) -> Case {
    let path = path.to_owned();
    Case { name, method, path, headers: Vec::new(), body: Vec::new(), status, media: "", holds: "" }
}

impl Case {
    fn header(mut self, header: (&'static str, &'static str)) -> Self {
        self.headers.push(header);
        self
    }

    fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    fn gives(mut self, media: &'static str, holds: &'static str) -> Self {
        (self.media, self.holds) = (media, holds);
        self
    }

    fn check(&self, server: &Server) -> Reply {
        let reply = server.send(self.method, &self.path, &self.headers, &self.body);
        let name = self.name;
        assert_eq!(reply.status, self.status, "{name}: {}", reply.text());
        let media = reply.header("content-type");
        assert!(media.starts_with(self.media), "{name}: {media}");
        assert!(reply.text().contains(self.holds), "{name}: {}", reply.text());
        if self.status >= 400 {
            assert_eq!(media, "application/problem+json", "{name}");
            assert_eq!(reply.json()["status"], self.status, "{name}");
        }
        reply
    }
}

fn get(query: &str) -> String {
    format!("/sparql?query={}", encode(query))
}

const JSON: &str = "application/sparql-results+json";

/// `query_*` of the W3C tests.
#[test]
fn queries_in_every_way_of_the_protocol() {
    let (_data, server) = served(&[]);
    let cases = [
        case("query_get", "GET", &get("ASK {}"), 200).gives(JSON, "true"),
        case("query_post_form", "POST", "/sparql", 200).header(FORM).body(b"query=ASK%20%7B%7D").gives(JSON, "true"),
        case("query_post_direct", "POST", "/sparql", 200).header(QUERY).body(b"ASK {}").gives(JSON, "true"),
        case("query_post_direct with charset", "POST", "/sparql", 200)
            .header(("content-type", "application/sparql-query; charset=UTF-8"))
            .body("ASK { ?s ?p \"総務省\"@ja }".as_bytes())
            .gives(JSON, "true"),
        case("query_content_type_select", "GET", &get("SELECT (1 AS ?x) {}"), 200).gives(JSON, "\"x\""),
        case("query_content_type_select xml", "GET", &get("SELECT (1 AS ?x) {}"), 200)
            .header(("accept", "application/sparql-results+xml"))
            .gives("application/sparql-results+xml", "<variable name=\"x\""),
        case("query_content_type_ask", "GET", &get("ASK {}"), 200)
            .header(("accept", "application/sparql-results+xml"))
            .gives("application/sparql-results+xml", "<boolean>true"),
        case("query_content_type_describe", "GET", &get("DESCRIBE <https://w3id.org/hakusho/ns#Incident>"), 200)
            .gives("text/turtle", "Incident"),
        case("query_content_type_construct", "GET", &get("CONSTRUCT { <a:b> <a:c> 1 } {}"), 200)
            .header(("accept", "application/n-triples"))
            .gives("application/n-triples", "<a:b> <a:c>"),
        case("query_multiple_accepts", "GET", &get("SELECT * {} LIMIT 0"), 200)
            .header(("accept", "text/html, text/csv;q=0.5, application/sparql-results+xml;q=0.4"))
            .gives("text/csv", ""),
        case("head", "HEAD", &get("ASK {}"), 200).gives(JSON, ""),
    ];
    for case in &cases {
        case.check(&server);
    }
}

/// `bad_*` of the W3C tests.
#[test]
fn what_the_protocol_forbids_is_refused() {
    let (_data, server) = served(&[]);
    let twice = format!("{}&query={}", get("ASK {}"), encode("ASK {}"));
    let cases = [
        case("bad_query_method", "PUT", &get("ASK {}"), 405),
        case("bad_query_method delete", "DELETE", &get("ASK {}"), 405),
        case("bad_multiple_queries", "GET", &twice, 400),
        case("bad_multiple_queries in both", "POST", &get("ASK {}"), 400).header(QUERY).body(b"ASK {}"),
        case("bad_query_wrong_media_type", "POST", "/sparql", 415)
            .header(("content-type", "text/plain"))
            .body(b"ASK {}"),
        case("bad_query_missing_form_type", "POST", "/sparql", 415).body(b"query=ASK%20%7B%7D"),
        case("bad_query_missing_direct_type", "POST", "/sparql", 415).body(b"ASK {}"),
        case("bad_query_non_utf8", "POST", "/sparql", 415)
            .header(("content-type", "application/sparql-query; charset=UTF-16"))
            .body(&[0xFF, 0xFE, b'A', 0, b'S', 0, b'K', 0]),
        case("not utf8", "POST", "/sparql", 400).header(QUERY).body(b"ASK { ?s ?p \"\xFF\" }"),
        case("not utf8 in a form", "POST", "/sparql", 400).header(FORM).body(b"query=ASK%20%7B%FF"),
        case("bad_query_syntax", "GET", &get("ASK {"), 400).gives("", "line 1, column"),
        case("empty form", "POST", "/sparql", 400).header(FORM),
        case("no form of that kind", "GET", &get("SELECT * {} LIMIT 1"), 406).header(("accept", "image/png")),
        case("rows are no turtle", "GET", &format!("{}&format=ttl", get("SELECT * {}")), 406),
        case("a graph that is none", "GET", &format!("{}&default-graph-uri=x", get("ASK {}")), 400),
        case("update by form", "POST", "/sparql", 403).header(FORM).body(b"update=CLEAR%20ALL"),
        case("update directly", "POST", "/sparql", 403)
            .header(("content-type", "application/sparql-update"))
            .body(b"CLEAR ALL"),
        case("update as a query", "GET", &get("CLEAR ALL"), 400).gives("", "update"),
        case("bad_update_get", "GET", "/sparql?update=CLEAR%20ALL", 405),
        case("bad_multiple_updates", "POST", "/sparql", 400)
            .header(FORM)
            .body(b"update=CLEAR%20ALL&update=CLEAR%20ALL"),
        case("other places", "GET", &get("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 403),
    ];
    for case in &cases {
        case.check(&server);
    }
    assert_eq!(server.send("PUT", "/sparql", &[], b"").header("allow"), "GET, HEAD, POST, OPTIONS");
    let place = server.ask("SELECT * {\n  ?s ?p }", &[]).json();
    assert_eq!((&place["line"], &place["type"]), (&2.into(), &"urn:hakusho:problem:syntax".into()));
}

/// `query_dataset_*` of the W3C tests, on the graphs that are loaded.
#[test]
fn graphs_that_come_beside_the_query() {
    let (_data, server) = served(&[]);
    let graphs = server.ask("SELECT DISTINCT ?g { GRAPH ?g { ?x a hk:Exhibit } } ORDER BY ?g", &[]).json();
    let graphs: Vec<String> = graphs["results"]["bindings"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["g"]["value"].as_str().expect("an IRI").to_owned())
        .collect();
    assert_eq!(graphs.len(), 3, "{graphs:?}");
    let count = |query: &str, beside: &str, posted: bool| -> u64 {
        let query = format!("query={}{beside}", encode(query));
        let reply = if posted {
            server.send("POST", "/sparql", &[FORM], query.as_bytes())
        } else {
            server.get(&format!("/sparql?{query}"))
        };
        let value = &reply.json()["results"]["bindings"][0]["n"]["value"];
        value.as_str().and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{}", reply.text()))
    };
    let default = |i: usize| format!("&default-graph-uri={}", encode(&graphs[i]));
    let named = |i: usize| format!("&named-graph-uri={}", encode(&graphs[i]));
    let plain = "SELECT (COUNT(*) AS ?n) { ?x a hk:Exhibit }";
    let in_graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?x a hk:Exhibit } }";
    let all = count(plain, "", false);
    let ones: Vec<u64> = (0..3).map(|i| count(plain, &default(i), false)).collect();
    assert!(ones.iter().all(|n| *n > 0 && *n < all), "{ones:?} of {all}");
    for posted in [false, true] {
        assert_eq!(count(plain, &default(0), posted), ones[0], "query_dataset_default_graph");
        assert_eq!(
            count(plain, &(default(0) + &default(1)), posted),
            ones[0] + ones[1],
            "query_dataset_default_graphs"
        );
        assert_eq!(count(in_graphs, &(named(0) + &named(2)), posted), 2, "query_dataset_named_graphs");
        assert_eq!(count(plain, &named(0), posted), 0, "named graphs alone leave the default graph empty");
        let full = format!("{}{}", default(0), named(1));
        assert_eq!(count(plain, &full, posted), ones[0], "query_dataset_full");
        assert_eq!(count(in_graphs, &full, posted), 1, "query_dataset_full");
        let from = format!("SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?x a hk:Exhibit }}", graphs[0]);
        assert_eq!(count(&from, &default(1), posted), ones[1], "query_multiple_dataset: the request goes before FROM");
    }
    assert_eq!(ones.iter().sum::<u64>(), all);
}

#[test]
fn every_form_by_name() {
    let (_data, server) = served(&[]);
    let check = |query: &str, format: &str, media: &str, begins: &str| {
        let reply = server.get(&format!("{}&format={format}", get(query)));
        assert_eq!((reply.status, reply.header("content-type")), (200, media), "{format}: {}", reply.text());
        assert!(reply.text().starts_with(begins), "{format}: {}", reply.text());
    };
    let rows = "SELECT (1 AS ?x) {}";
    check(rows, "json", JSON, "{");
    check(rows, "xml", "application/sparql-results+xml", "<?xml");
    check(rows, "csv", "text/csv; charset=utf-8", "x\r\n1");
    check(rows, "csv&bom=1", "text/csv; charset=utf-8", "\u{FEFF}x\r\n1");
    check(rows, "tsv", "text/tab-separated-values; charset=utf-8", "?x\n1");
    let graph = "CONSTRUCT { <a:b> <a:c> <a:d> } {}";
    for (format, media) in [
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
        ("trig", "application/trig"),
    ] {
        check(graph, format, media, "<a:b> <a:c> <a:d>");
    }
    let ending = server.get(&get(rows).replace("/sparql?", "/sparql.tsv?"));
    assert_eq!((ending.status, ending.header("content-type")), (200, "text/tab-separated-values; charset=utf-8"));
    check(graph, "jsonld", "application/ld+json", "[");
    check(graph, "rdf", "application/rdf+xml", "<?xml");
    let saved = server.get(&format!("{}&format=csv", get(rows)));
    assert_eq!(saved.header("content-disposition"), "attachment; filename=\"hakusho.csv\"");
    assert_eq!(saved.header("hakusho-rows"), "1");
    assert!(saved.header("server-timing").starts_with("query;dur="), "{}", saved.header("server-timing"));
}

#[test]
fn limits_are_told_and_nothing_is_cut() {
    let (_data, server) = served(&["--timeout", "0.5", "--max-rows", "10", "--max-bytes", "8000"]);
    let hostile = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let check = |query: &str, status: u16, kind: &str| {
        let reply = server.ask(query, &[]);
        assert_eq!(reply.status, status, "{query}: {}", reply.text());
        assert_eq!(reply.json()["type"], format!("urn:hakusho:problem:{kind}"), "{query}");
        reply
    };
    let late = check(hostile, 503, "time");
    assert_eq!(late.header("retry-after"), "1");
    assert!(late.json()["detail"].as_str().expect("words").starts_with("stopped after"), "{}", late.text());
    assert!(late.json()["hint"].as_str().is_some_and(|h| !h.is_empty()), "{}", late.text());
    check("SELECT * { ?s ?p ?o } LIMIT 11", 413, "rows");
    check("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 11", 413, "rows");
    check("SELECT (GROUP_CONCAT(?t) AS ?all) { SELECT ?t { ?s hk:text ?t } LIMIT 500 }", 413, "bytes");
    assert_eq!(server.ask("SELECT ?p { ?s ?p ?o } LIMIT 10", &[]).status, 200);
    let shorter = server.get(&format!("{}&timeout=0.1", get(hostile))).json();
    assert!(shorter["detail"].as_str().expect("words").contains("the limit is 0.1 seconds"), "{shorter}");
    let longer = server.get(&format!("{}&timeout=60", get(hostile))).json();
    assert!(longer["detail"].as_str().expect("words").contains("the limit is 0.5 seconds"), "{longer}");
}

#[test]
fn the_service_describes_itself() {
    let (_data, server) = served(&["--public-url", "https://reports.example.org/"]);
    let reply = server.send("GET", "/sparql", &[("accept", "text/turtle")], b"");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/turtle"));
    for part in ["sparql-service-description#Service", "<https://reports.example.org/sparql>", "UnionDefaultGraph"] {
        assert!(reply.text().contains(part), "{part}: {}", reply.text());
    }
    assert!(reply.header("link").contains("/.well-known/void"));
    let json = server.get("/sparql?format=jsonld");
    assert!(json.json().is_array());
    let browser = server.send("GET", "/sparql", &[("accept", "text/html,*/*;q=0.8")], b"");
    assert_eq!((browser.status, browser.header("location")), (303, "/#/ask"));
    let void = server.get("/.well-known/void");
    assert_eq!((void.status, void.header("content-type")), (200, "text/turtle"));
    assert!(void.text().contains("void#classPartition"), "VoID has partitions");
}

#[test]
fn answers_are_known_again() {
    let (_data, server) = served(&[]);
    let query = "SELECT ?l { ?x a hk:Incident ; rdfs:label ?l } ORDER BY ?l";
    let first = server.ask(query, &[]);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert!(first.header("last-modified").ends_with(" GMT"));
    let again = server.ask(query, &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(server.ask(query, &[]).bytes, first.bytes);
    let other = server.ask(query, &[("if-none-match", &tag), ("accept", "text/csv")]);
    assert_eq!(other.status, 200, "another form is another answer");
    assert!(server.ask("SELECT (NOW() AS ?t) {}", &[]).header("etag").is_empty(), "the clock has no tag");
    for coding in ["gzip", "br"] {
        let packed = server.send("GET", "/.well-known/void", &[("accept-encoding", coding)], b"");
        assert_eq!(packed.header("content-encoding"), coding);
    }
}

#[test]
fn whole_graphs_are_read_by_name() {
    let (_data, server) = served(&[]);
    let base = "https://w3id.org/hakusho/id/";
    let path = format!("/store?graph={}", encode(&format!("{base}graph/registry")));
    let cases = [
        case("a graph", "GET", &path, 200).gives("text/turtle", "currentGraph"),
        case("in another form", "GET", &path, 200)
            .header(("accept", "application/n-triples"))
            .gives("application/n-triples", "currentGraph"),
        case("its head", "HEAD", &path, 200).gives("text/turtle", ""),
        case("everything", "GET", "/store?default&format=nt", 200).gives("application/n-triples", "hakusho"),
        case("no such graph", "GET", "/store?graph=urn%3Ax%3Anone", 404),
        case("which one?", "GET", "/store", 400),
        case("no graph is written", "PUT", &path, 405),
        case("nor deleted", "DELETE", &path, 405),
        case("nor added to", "POST", &path, 405),
    ];
    for case in &cases {
        case.check(&server);
    }
}
