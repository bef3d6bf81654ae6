//! What has an IRI answers at its address; pages are pictures; evidence leads to the printed line.

use hakusho_tests::server::{Server, encode};
use serde_json::Value;

use crate::served;

const BASE: &str = "https://w3id.org/hakusho/id/";
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// The address here of an IRI, as a browser writes it.
fn address(iri: &str) -> String {
    let rest = iri.strip_prefix(BASE).expect("one of ours");
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b);
    let path: String =
        rest.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("/id/{path}")
}

fn values(server: &Server, query: &str) -> Vec<String> {
    let answer = server.ask(query, &[]).json();
    let rows = answer["results"]["bindings"].as_array().expect("rows").clone();
    rows.iter().filter_map(|row| Some(row.as_object()?.values().next()?["value"].as_str()?.to_owned())).collect()
}

/// One thing of each kind of path: names in Japanese, brackets, numbers with parts.
#[test]
fn every_kind_of_thing_answers_at_its_address() {
    let (_data, server) = served(&[]);
    let all = values(
        &server,
        "SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?s), \"https://w3id.org/hakusho/id/\") && !CONTAINS(STR(?s), \"#\")) }",
    );
    let mut kinds: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for iri in all {
        let kind = iri[BASE.len()..].split('/').next().unwrap_or_default().to_owned();
        kinds.entry(kind).or_default().push(iri);
    }
    assert!(kinds.len() > 10, "{:?}", kinds.keys());
    for (kind, iris) in &kinds {
        for iri in [&iris[0], &iris[iris.len() / 2], &iris[iris.len() - 1]] {
            let page = server.send("GET", &address(iri), &[HTML], b"");
            assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{kind}: {iri}");
            let graph = server.send("GET", &address(iri), &[("accept", "application/n-triples")], b"");
            assert_eq!((graph.status, graph.header("content-type")), (200, "application/n-triples"), "{kind}: {iri}");
            assert!(!graph.bytes.is_empty(), "{iri}");
        }
    }
}

#[test]
fn a_thing_in_the_form_that_is_asked_for() {
    let (_data, server) = served(&[]);
    let ministry = "/id/org/jp/2000012020001";
    let check = |path: &str, accept: Option<&str>, media: &str| {
        let headers: Vec<(&str, &str)> = accept.map(|a| ("accept", a)).into_iter().collect();
        let reply = server.send("GET", path, &headers, b"");
        assert_eq!((reply.status, reply.header("content-type")), (200, media), "{path} {accept:?}: {}", reply.text());
        assert!(reply.text().contains("総務省") || media.contains('+'), "{path}: {}", reply.text());
    };
    check(ministry, None, "text/turtle");
    check(ministry, Some(HTML.1), "text/html; charset=utf-8");
    check(ministry, Some("application/ld+json"), "application/ld+json");
    check(&format!("{ministry}.ttl"), Some(HTML.1), "text/turtle");
    check(&format!("{ministry}?format=nt"), None, "application/n-triples");
    check(&format!("{ministry}.html"), None, "text/html; charset=utf-8");
    for path in ["/id/org/jp/none", "/id/", "/id/%3E%20%7D", "/id/../hakusho.toml", "/id/%2e%2e%2fhakusho.toml"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let graph = values(&server, "SELECT ?g { ?f hk:currentGraph ?g } ORDER BY ?g");
    let whole = server.send("GET", &address(&graph[0]), &[("accept", "application/n-triples")], b"");
    assert!(whole.text().lines().count() > 1000, "the IRI of a graph gives its statements");
    let vocabulary = server.get("/ns");
    assert!(vocabulary.text().contains("hakusho/ns#Incident"));
    assert!(server.send("GET", "/ns", &[HTML], b"").text().contains("id=\"Incident\""));
}

#[test]
fn plain_pages_are_in_the_language_that_is_asked_for() {
    let (_data, server) = served(&[]);
    let read = |path: &str, language: &str| {
        let reply = server.send("GET", path, &[HTML, ("accept-language", language)], b"");
        assert_eq!(reply.status, 200, "{path}");
        for name in ["Accept", "Accept-Language"] {
            assert!(reply.header("vary").split(',').any(|v| v.trim() == name), "{path}: {}", reply.header("vary"));
        }
        reply
    };
    let check = |path: &str, japanese: &[&str], english: &[&str]| {
        let (ja, en) = (read(path, "ja"), read(path, "en-GB,en;q=0.9,ja;q=0.8"));
        for (page, tag, words, others) in [(&ja, "ja", japanese, english), (&en, "en", english, japanese)] {
            let text = page.text();
            assert!(text.contains(&format!("<html lang=\"{tag}\">")), "{path} {tag}");
            for word in words {
                assert!(text.contains(word), "{path} {tag}: {word} in {text}");
            }
            for word in others {
                assert!(!text.contains(word), "{path} {tag}: {word}");
            }
        }
        (ja, en)
    };
    let (ja, en) = check(
        "/id/org/jp/2000012020001",
        &["<h1>総務省</h1>", "法人番号", "この事物のページ", "行政機関"],
        &["<h1>Ministry of Internal Affairs and Communications</h1>", "corporate number", "Government body"],
    );
    assert_ne!(ja.header("etag"), en.header("etag"));
    check(
        "/ns",
        &["<h1>語彙</h1>", ">インシデント<", ">別名<"],
        &["<h1>Vocabulary</h1>", ">Incident<", ">other name<"],
    );
    let evidence = first_evidence(&server)["iri"].as_str().expect("an IRI").replace(&format!("{BASE}ev/"), "");
    check(&format!("/evidence/{evidence}"), &["<h1>原文</h1>", "引用"], &["<h1>Evidence</h1>", "Cite"]);
}

#[test]
fn every_term_that_the_data_uses_has_a_name_in_both_languages() {
    let (_data, server) = served(&[]);
    let terms = server.get("/api/terms").json();
    let mut told = 0;
    for term in ["classes", "properties"].iter().flat_map(|kind| terms[*kind].as_array().into_iter().flatten()) {
        for language in ["ja", "en"] {
            assert!(term["label"][language].as_str().is_some_and(|l| !l.is_empty()), "{language}: {term}");
        }
        told += 1;
    }
    assert!(told > 100, "{told} terms");
}

#[test]
fn what_stands_in_the_graph_is_escaped_in_pages() {
    let (_data, server) = served(&[]);
    let page = server.send("GET", &address(&format!("{BASE}org/jp/2000012020001")), &[HTML], b"").text();
    assert!(!page.contains("<script"), "no page of a thing has a script");
    let missing = server.get("/id/%3Cscript%3Ealert(1)%3C/script%3E");
    assert_eq!(missing.header("content-type"), "application/problem+json");
}

fn first_evidence(server: &Server) -> Value {
    let iri = values(server, "SELECT ?ev { ?i a hk:Incident ; hk:evidence ?ev } ORDER BY ?ev LIMIT 1").remove(0);
    server.get(&format!("/api/evidence?iri={}", encode(&iri))).json()["evidence"][0].clone()
}

#[test]
fn evidence_leads_to_the_printed_line() {
    let (_data, server) = served(&[]);
    let found = first_evidence(&server);
    let iri = found["iri"].as_str().expect("an IRI");
    let quote = found["quote"].as_str().expect("a quote");
    let file = found["where"]["file"].as_str().expect("a file");
    let outline = server.get(&format!("/api/files/{file}")).json();
    for line in found["lines"].as_array().expect("lines") {
        let page = &outline["pages"][line["page"].as_u64().expect("a page") as usize - 1];
        let number = |v: &Value| v.as_f64().expect("a number");
        assert!(number(&line["x"]) >= 0.0 && number(&line["x"]) + number(&line["width"]) <= number(&page["width"]));
        assert!(number(&line["y"]) >= 0.0 && number(&line["y"]) + number(&line["height"]) <= number(&page["height"]));
    }
    // The quote is what the reader shows at that place.
    let page = found["where"]["page"].as_u64().expect("a page");
    let text = server.get(&format!("/api/files/{file}/text?from={page}&to={page}")).json();
    let blocks = text["blocks"].as_array().expect("blocks");
    assert!(blocks.iter().any(|b| b["text"].as_str().is_some_and(|t| t.contains(quote))), "{quote}");
    // By its quote, by what rests on it, and as a page.
    let by_quote = server.get(&format!("/api/evidence?quote={}", encode(quote))).json();
    assert_eq!(by_quote["evidence"][0]["iri"], iri);
    let caption = format!("/api/evidence?quote={}&page=13", encode("漏えい等の原因（2022年度）"));
    assert_eq!(server.get(&caption).json()["evidence"][0]["where"]["printed"], "13", "a caption leads to its exhibit");
    let claim = found["supports"][0]["iri"].as_str().expect("a claim");
    let by_claim = server.get(&format!("/api/evidence?iri={}", encode(claim))).json();
    assert_eq!(by_claim["evidence"][0]["iri"], iri);
    let id = iri.rsplit('/').next().expect("an id");
    let html = server.send("GET", &format!("/evidence/{id}"), &[HTML], b"");
    assert!(
        html.text().contains("<rect ") && html.text().contains(&format!("/page/{file}/{page}.png")),
        "{}",
        html.text()
    );
    assert_eq!(server.get(&format!("/evidence/{id}.json")).json()["quote"], quote);
    assert_eq!(server.get("/evidence/0000000000000000").status, 404);
    assert_eq!(server.get("/evidence/..%2F..").status, 404);
    let printed = found["where"]["printed"].as_str().expect("a page");
    let title = found["where"]["edition"]["title"].as_str().expect("a title");
    let address = found["url"].as_str().expect("an address");
    assert_eq!(found["citation"]["ja"], format!("『{title}』{printed}ページ，{address}"));
    assert_eq!(found["citation"]["en"], format!("{title}, p. {printed}. {address}"));
}

#[test]
fn a_figure_has_the_box_of_its_number() {
    let (_data, server) = served(&[]);
    let caption = encode("漏えい等の原因（2022年度）");
    let ask = |row: &str| {
        server.get(&format!("/api/evidence?quote={caption}&page=13&row={}", encode(row))).json()["evidence"][0].clone()
    };
    let focus = |row: &str| ask(row)["focus"].as_array().expect("boxes").clone();
    let (one, other) = (focus("ランサムウェア\t14.8％\t13"), focus("不正アクセス\t34.2\t13"));
    assert_eq!((one.len(), other.len()), (1, 1), "by its words and by its value");
    assert_ne!(one, other);
    let within = ask("ランサムウェア\t14.8％");
    let inside = |line: &Value| {
        let number = |v: &Value, name: &str| v[name].as_f64().expect("a number");
        let reaches = |name: &str, size: &str| {
            number(line, name) <= number(&one[0], name) + 1.0
                && number(line, name) + number(line, size) + 1.0 >= number(&one[0], name) + number(&one[0], size)
        };
        line["page"] == one[0]["page"] && reaches("x", "width") && reaches("y", "height")
    };
    assert!(within["lines"].as_array().expect("lines").iter().any(inside), "{one:?} in {within}");
    assert_eq!(within["figure"], "ランサムウェア 14.8％");
    let cited = within["citation"]["ja"].as_str().expect("words");
    assert!(cited.starts_with("図表1-1-2 漏えい等の原因（2022年度），『令和5年版"), "{cited}");
    // What no figure says, and a row without figures, marks nothing more than the lines.
    assert!(focus("ランサムウェア\t99.9％").is_empty() && focus("").is_empty());
    let figure = values(&server, "SELECT ?o { ?o hk:verbatim \"14.8％\" } ORDER BY ?o");
    let by_iri = |iri: &str| server.get(&format!("/api/evidence?iri={}", encode(iri))).json();
    assert!(figure.iter().any(|iri| by_iri(iri)["evidence"][0]["focus"] == serde_json::json!(one)), "{figure:?}");
}

#[test]
fn pages_are_pictures() {
    let (data, server) = served(&[]);
    let file = first_evidence(&server)["where"]["file"].as_str().expect("a file").to_owned();
    let picture = server.get(&format!("/page/{file}/1.png?scale=1"));
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    // Width and height stand in the first chunk.
    let side = |at: usize| {
        u32::from_be_bytes([picture.bytes[at], picture.bytes[at + 1], picture.bytes[at + 2], picture.bytes[at + 3]])
    };
    let page = &server.get(&format!("/api/files/{file}")).json()["pages"][0];
    assert!((f64::from(side(16)) - page["width"].as_f64().expect("a width")).abs() <= 1.0, "a pixel a point");
    assert!((f64::from(side(20)) - page["height"].as_f64().expect("a height")).abs() <= 1.0);
    assert_eq!(server.get(&format!("/page/{file}/1.png?scale=1")).bytes, picture.bytes, "from the disk");
    assert!(data.path().join(".serve/pages").join(&file).join("1@1.0.png").exists());
    let tag = picture.header("etag").to_owned();
    assert_eq!(server.send("GET", &format!("/page/{file}/1.png?scale=1"), &[("if-none-match", &tag)], b"").status, 304);
    let drawing = server.get(&format!("/page/{file}/1.svg"));
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    assert!(drawing.text().starts_with("<svg"));
    for (path, status) in [
        (format!("/page/{file}/99.png"), 404),
        (format!("/page/{file}/0.png"), 400),
        (format!("/page/{file}/x.png"), 400),
        (format!("/page/{file}/1.gif"), 404),
        (format!("/page/{file}/1.png?scale=99"), 400),
        (format!("/page/{file}/1.png?scale=x"), 400),
        ("/page/0000000000000000/1.png".to_owned(), 404),
        ("/page/..%2F..%2Fstore/1.png".to_owned(), 404),
        (format!("/page/{file}/..%2F1.png"), 400),
    ] {
        assert_eq!(server.get(&path).status, status, "{path}");
    }
}
