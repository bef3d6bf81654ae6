//! `SERVICE hk:search` in queries.

use super::{Data, file};

fn data(folder: &std::path::Path) -> Data {
    let data = Data::at(folder);
    data.load(&[
        file("a", &["標的型攻撃が増えた。とくに標的型メールによる被害が多い。", "対策を進める。"], &[]),
        file("b", &["標的型攻撃への備え。"], &[]),
    ]);
    data.authority("1", "<threat/apt> skos:prefLabel \"標的型攻撃\"@ja ; skos:altLabel \"APT\"@en .");
    data.index.sync(&data.archive).expect("in step");
    data
}

#[test]
fn patterns_and_their_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = data(folder.path());
    let queries = [
        r#"SELECT ?x { SERVICE hk:search { ?x hk:match "標的型" } }"#,
        r#"SELECT ?x ?s { SERVICE hk:search { ?x hk:match "標的型メール" ; hk:score ?s } }"#,
        r#"SELECT ?x ?a ?b ?t ?v { SERVICE hk:search { ?x hk:match "標的型 多い" ; hk:start ?a ; hk:end ?b ; hk:snippet ?t ; hk:boxes ?v } }"#,
        r#"SELECT ?x ?k ?g { SERVICE hk:search { ?x hk:match "標的型" ; hk:kind ?k ; hk:inGraph ?g } }"#,
        r#"SELECT ?x { SERVICE hk:search { ?x hk:match "標的型" ; hk:kind "label" } }"#,
        r#"SELECT ?x { SERVICE hk:search { ?x hk:match "標的型" ; hk:inGraph <https://example.org/id/graph/0000000000000062> } }"#,
        r#"SELECT ?x ?n { SERVICE hk:search { ?x hk:match "標的型" ; hk:limit 1 ; hk:total ?n } }"#,
        r#"SELECT ?x ?n { SERVICE hk:search { ?x hk:match "標的型" ; hk:limit 3 ; hk:total ?n } }"#,
        r#"SELECT ?x ?v { SERVICE hk:search { ?x hk:match "apt" ; hk:boxes ?v } }"#,
        r#"SELECT ?x ?o { ?x hk:order ?o . SERVICE hk:search { ?x hk:match "標的型" } }"#,
        r#"SELECT ?x { VALUES ?x { <https://example.org/id/b/c/b1> } SERVICE hk:search { ?x hk:match "標的型" } }"#,
        r#"SELECT ?s (COUNT(?x) AS ?n) { SERVICE hk:search { ?x hk:match "標的型" } ?x po:isContainedBy ?s } GROUP BY ?s"#,
        r#"SELECT ?x ?y { SERVICE hk:search { ?x hk:match "メール" } SERVICE hk:search { ?y hk:match "備え" } }"#,
        r#"SELECT ?s ?x { ?s a doco:Section OPTIONAL { ?x po:isContainedBy ?s SERVICE hk:search { ?x hk:match "備え" } } }"#,
        r#"SELECT ?x { SERVICE hk:search { ?x hk:match "標的型" } FILTER EXISTS { SERVICE hk:search { ?x hk:match "メール" } } }"#,
        r#"SELECT ?x { GRAPH ?g { SERVICE hk:search { ?x hk:match "備え" } } } LIMIT 1"#,
        r#"SELECT ?s { SERVICE hk:search { [] hk:match "備え" ; hk:snippet ?s } }"#,
        r#"SELECT ?x { SERVICE hk:search { ?x hk:match "どこにもない" } }"#,
        r#"SELECT ?x { SERVICE SILENT hk:search { ?x hk:match "" } }"#,
    ];
    let text: Vec<String> = queries.iter().map(|q| format!("{q}\n{}\n", data.ask(q).expect("an answer"))).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn what_the_service_refuses_it_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = data(folder.path());
    let patterns = [
        "",
        "?x hk:score ?s",
        r"?x hk:match ?words",
        r"?x hk:match <urn:a>",
        r#"?x hk:match "a" ; hk:match "b""#,
        r#"?x hk:match "a" . ?y hk:score ?s"#,
        r#"<urn:a> hk:match "a""#,
        r#"?x ?p "a""#,
        r#"?x hk:match "a" ; hk:page ?p"#,
        r#"?x hk:match "a" ; hk:page 1"#,
        r#"?x hk:match "a" ; rdfs:label ?l"#,
        r#"?x hk:match "a" ; hk:score 1.5"#,
        r#"?x hk:match "a" ; hk:inGraph "g""#,
        r#"?x hk:match "a" ; hk:limit ?n"#,
        r#"?x hk:match "a" ; hk:limit 0"#,
        r#"?x hk:match "a" ; hk:limit 100001"#,
        r#"?x hk:match "a" ; hk:limit "5""#,
        r#"?x hk:match "a" ; hk:kind "page""#,
        r#"?x hk:match "a" ; hk:start ?a ; hk:end ?a"#,
        r#"?x hk:match "a" ; hk:score ?x"#,
        r#"?x hk:match "a" ; hk:score ?s FILTER(?s > 1)"#,
        r#"?x hk:match "a" OPTIONAL { ?x hk:score ?s }"#,
        r#"{ ?x hk:match "a" } UNION { ?x hk:match "b" }"#,
        r#"?x hk:match "a" BIND(1 AS ?n)"#,
        r#"VALUES ?x { <urn:a> } ?x hk:match "a""#,
        r"?x hk:match/hk:score ?s",
        r#"?x hk:match "a" ; hk:evidence+ ?e"#,
        r#"{ SELECT ?x { ?x hk:match "a" } LIMIT 1 }"#,
        r#"?x hk:match "、""#,
        r#"?x hk:match "\"a""#,
    ];
    let answer = |p: &&str| {
        let problem = data.ask(&format!("SELECT * {{ SERVICE hk:search {{ {p} }} }}")).expect_err(p);
        format!("{p}\n  {problem}")
    };
    insta::assert_snapshot!(patterns.iter().map(answer).collect::<Vec<_>>().join("\n"));
}
