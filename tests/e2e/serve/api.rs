//! The JSON API: every address answers as its document says, on the sample editions.

use std::collections::BTreeSet;

use hakusho_tests::server::{Server, encode};
use serde_json::Value;

use crate::served;

/// Whether a value is as a schema of the document says: properties that must be there are, others are known.
fn check(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(
            document,
            &document["components"]["schemas"][name.rsplit('/').next().unwrap_or_default()],
            value,
            at,
        );
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        check(document, part, value, at);
    }
    if let Some(one) = schema["oneOf"].as_array() {
        if !value.is_null() {
            one.iter().filter(|s| s["type"] != "null").for_each(|s| check(document, s, value, at));
        }
        return;
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = kinds.contains(&kind) || (kind == "integer" && kinds.contains(&"number"));
    assert!(fits, "{at} is {kind}, not {kinds:?}: {value}");
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(name).is_some(), "{at} has no `{name}`: {value}");
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(inner) = value.get(name) {
            check(document, property, inner, &format!("{at}.{name}"));
        }
    }
    for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
        check(document, &schema["items"], inner, &format!("{at}[{i}]"));
    }
}

fn answer(server: &Server, document: &Value, route: &str, path: &str) -> Value {
    let reply = server.get(path);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    let value = reply.json();
    let schema = &document["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    check(document, schema, &value, route);
    value
}

#[test]
fn every_address_answers_as_its_document_says() {
    let (_data, server) = served(&[]);
    let document = server.get("/api/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let get = |route: &str, path: &str| answer(&server, &document, route, path);

    let status = get("/api/status", "/api/status");
    assert_eq!((&status["editions"], &status["files"], &status["pages"]), (&3.into(), &3.into(), &21.into()));
    assert!(get("/api/examples", "/api/examples")["examples"].as_array().is_some_and(|e| e.len() > 30));
    let terms = get("/api/terms", "/api/terms");
    let incident =
        terms["classes"].as_array().into_iter().flatten().find(|t| t["name"] == "hk:Incident").expect("a class");
    assert!(incident["count"].as_u64().is_some_and(|n| n > 10) && incident["label"]["ja"] != "", "{incident}");

    let editions = get("/api/editions", "/api/editions");
    let slug = editions["editions"][1]["slug"].as_str().expect("a slug");
    let file = editions["editions"][1]["files"][0]["id"].as_str().expect("a file");
    let edition = get("/api/editions/{slug}", &format!("/api/editions/{slug}"));
    assert_eq!(edition["history"].as_array().map(Vec::len), Some(1));
    assert!(edition["counts"]["exhibits"].as_u64().is_some_and(|n| n > 3), "{edition}");
    let outline = get("/api/files/{id}", &format!("/api/files/{file}"));
    assert_eq!(outline["pages"].as_array().map(Vec::len), Some(7));
    let text = get("/api/files/{id}/text", &format!("/api/files/{file}/text?from=1&to=7"));
    let exhibits = text["exhibits"].as_array().expect("exhibits");
    assert_eq!(exhibits.len(), outline["exhibits"].as_array().map_or(0, Vec::len));
    assert!(exhibits.iter().all(|x| x["iri"].as_str().is_some_and(|i| i.contains("/x/"))), "every exhibit has its IRI");
    let diff = server.get(&format!("/api/diff?before=mihon-2023&after={slug}")).json();
    assert!(diff["diff"]["sections"].is_object(), "{diff}");

    let found = get("/api/entities", &format!("/api/entities?q={}&kind=ORG", encode("総務省")));
    let iri = found["entities"][0]["iri"].as_str().expect("an organization");
    let entity = get("/api/entity", &format!("/api/entity?iri={}", encode(iri)));
    assert_eq!((&entity["label"], &entity["kind"]), (&"総務省".into(), &"ORG".into()));
    assert!(
        entity["identifiers"]
            .as_array()
            .is_some_and(|i| i.iter().any(|i| i["value"] == "2000012020001" && i["label"]["ja"] == "法人番号")),
        "{entity}"
    );
    assert_eq!(entity["english"], "Ministry of Internal Affairs and Communications");
    assert!(
        entity["types"].as_array().is_some_and(|t| t.iter().any(|t| t["english"] == "Government body")),
        "{entity}"
    );
    assert!(!entity["evidence"].as_array().expect("sentences").is_empty());
    let series = get("/api/series", "/api/series");
    let item = series["series"][0]["item"]["iri"].as_str().expect("an item");
    let points = get("/api/series/points", &format!("/api/series/points?item={}", encode(item)));
    let times: BTreeSet<&str> =
        points["points"].as_array().into_iter().flatten().filter_map(|p| p["time"].as_str()).collect();
    assert!(times.len() > 1, "{points}");
    let rankings = get("/api/rankings", "/api/rankings");
    assert_eq!(rankings["rankings"][0]["years"], serde_json::json!(["2023", "2024", "2025"]));
    let hits = get("/api/search", &format!("/api/search?q={}&kind=passage", encode("標的型")));
    assert!(hits["hits"].as_array().is_some_and(|h| !h.is_empty() && h.iter().all(|h| h["where"]["page"].is_u64())));
    let review = get("/api/review", "/api/review?kind=unlisted");
    assert!(review["questions"].as_array().is_some_and(|q| !q.is_empty()), "{review}");
    let explained =
        server.send("POST", "/api/explain", &[("content-type", "text/plain")], b"SELECT * { ?s ?p ?o . ?a ?b ?c }");
    assert!(!explained.json()["hints"].as_array().expect("hints").is_empty(), "{}", explained.text());
}

#[test]
fn the_chronology_can_be_narrowed() {
    let (_data, server) = served(&[]);
    let events = |query: &str| {
        let value = server.get(&format!("/api/events?limit=1000&{query}")).json();
        let list = value["events"].as_array().expect("events").clone();
        assert_eq!(value["total"].as_u64(), Some(list.len() as u64), "{query}");
        list
    };
    let all = events("");
    let days: Vec<Option<&str>> = all.iter().map(|e| e["day"].as_str()).collect();
    let dated: Vec<&str> = days.iter().copied().map_while(|d| d).collect();
    assert!(dated.is_sorted() && days[dated.len()..].iter().all(Option::is_none), "dated ones first, by date");
    let holds = |query: &str, test: &dyn Fn(&Value) -> bool| {
        let some = events(query);
        assert!(!some.is_empty() && some.len() < all.len(), "{query}: {} of {}", some.len(), all.len());
        assert!(some.iter().all(test), "{query}");
        assert_eq!(some.len(), all.iter().filter(|e| test(e)).count(), "{query}");
    };
    holds("type=incident", &|e| e["type"] == "incident");
    holds("from=2024&to=2024-12", &|e| e["day"].as_str().is_some_and(|d| d.starts_with("2024")));
    holds(&format!("certainty={}", encode("否定")), &|e| e["certainty"] == "否定");
    holds("min=10000", &|e| {
        let size = |q: &Value| q["max"].as_f64().or(q["value"].as_f64()).unwrap_or(0.0);
        e["quantities"].as_array().is_some_and(|q| q.iter().any(|q| size(q) >= 10_000.0))
    });
    let facets = server.get("/api/events").json()["facets"].clone();
    assert!(
        facets["vector"].as_array().is_some_and(|all| all.iter().any(|f| f["label"]["en"] == "Phishing")),
        "techniques have their English names: {facets}"
    );
    let sectors: Vec<&str> =
        facets["sector"].as_array().into_iter().flatten().filter_map(|f| f["value"].as_str()).collect();
    for trade in ["company", "university", "hospital", "government"] {
        assert!(sectors.contains(&trade), "names of organizations tell their trade: {sectors:?}");
    }
    let vector = facets["vector"][0]["value"].as_str().expect("a technique").to_owned();
    holds(&format!("vector={}", encode(&vector)), &|e| {
        e["vectors"].as_array().is_some_and(|v| v.iter().any(|v| v["iri"] == vector.as_str()))
    });
    assert_eq!(events(&format!("q={}", encode("存在しない言葉"))).len(), 0);
}

#[test]
fn tables_of_names_are_matched() {
    let (_data, server) = served(&[]);
    let manifest = server.get("/reconcile").json();
    assert_eq!(manifest["versions"], serde_json::json!(["0.2"]));
    let queries = r#"{"q0":{"query":"総務省"},"q1":{"query":"ＭＩＣの総務","limit":3},"q2":{"query":"総務省","type":"LAW"},"q3":{"query":""}}"#;
    let form = format!("queries={}", encode(queries));
    let posted = server
        .send("POST", "/reconcile", &[("content-type", "application/x-www-form-urlencoded")], form.as_bytes())
        .json();
    let best = &posted["q0"]["result"][0];
    assert_eq!(
        (&best["id"], &best["match"], &best["name"]),
        (&"org/jp/2000012020001".into(), &true.into(), &"総務省".into())
    );
    assert_eq!(posted["q2"]["result"].as_array().map(Vec::len), Some(0), "{posted}");
    assert_eq!(posted["q3"]["result"].as_array().map(Vec::len), Some(0));
    assert_eq!(server.get(&format!("/reconcile?{form}")).json(), posted);
    let suggested = server.get(&format!("/reconcile/suggest/entity?prefix={}", encode("総務"))).json();
    assert_eq!(suggested["result"][0]["name"], "総務省");
    let view = server.get("/reconcile/view?id=org%2Fjp%2F2000012020001");
    assert_eq!((view.status, view.header("location")), (303, "/id/org/jp/2000012020001"));
    assert!(server.get("/reconcile/preview?id=org%2Fjp%2F2000012020001").text().contains("総務省"));
    assert_eq!(server.get("/reconcile?queries=nonsense").status, 400);
}
