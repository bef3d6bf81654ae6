//! The search index over graphs made by hand: what it answers, and that it stays in step with the store.

mod service;
mod sync;

use std::path::Path;
use std::sync::Arc;

use hakusho_store::{
    Archive, Change, Gone, Load, NamedNode, Quad, QueryResults, RdfFormat, RdfParser, SearchAnswer, SearchError,
    SearchIndex, SearchRequest, StoreError, Support,
};

const BASE: &str = "https://example.org/id/";

fn node(path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{path}"))
}

/// Statements of a Turtle text in a graph, with the prefixes of the store.
fn turtle(text: &str, graph: &NamedNode) -> Vec<Quad> {
    let prefixes: String = hakusho_store::PREFIXES.iter().map(|(p, iri)| format!("@prefix {p}: <{iri}> .\n")).collect();
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph.clone());
    let text = format!("@base <{BASE}> .\n{prefixes}{text}");
    parser.for_slice(&text).collect::<Result<_, _>>().expect("turtle")
}

/// A passage of a file; its text stands on lines of ten characters.
fn passage(file: &str, n: usize, text: &str) -> String {
    let length = text.chars().count();
    let lines: Vec<String> = (0..length)
        .step_by(10)
        .enumerate()
        .map(|(i, at)| format!("page=1&viewrect=70,{},200,12&char={at},{}", 80 + 20 * i, length.min(at + 10)))
        .collect();
    format!(
        "<{file}/c/b{n}> a doco:Paragraph ; po:isContainedBy <{file}/c/s1> ; hk:order {n} ; hk:text \"{text}\"@ja ; hk:boxes \"{}\" .
         <{file}/ev/{n}> a hk:Evidence ; oa:hasSource <file/{file}> ; hk:onPage <{file}/p/1> ; hk:inPart <{file}/c/b{n}> ; hk:text \"{text}\"@ja ; hk:boxes \"page=1&viewrect=1,1,1,1\" .\n",
        lines.join(" ")
    )
}

/// A file with one section and some passages; `name` is what its graph and its hash are made from.
fn file(name: &str, passages: &[&str], replaces: &[&str]) -> Change {
    let (graph, about) = (graph(name), node(&format!("file/{name}")));
    let mut text = format!(
        "<{name}/c/s1> a doco:Section ; po:isContainedBy <ed/{name}> ; dcterms:title \"第1節 {name}の動向\"@ja .\n"
    );
    for (i, words) in passages.iter().enumerate() {
        text += &passage(name, i + 1, words);
    }
    let registry = format!(
        "<file/{name}> hk:currentGraph <{g}> . <{g}> hk:graphHash \"{h}\" .",
        g = graph.as_str(),
        h = passages.join("/")
    );
    let gone = replaces.iter().map(|r| Gone { file: node(&format!("file/{r}")), graph: self::graph(r) });
    let load =
        Load { file: about, quads: turtle(&text, &graph), registry: turtle(&registry, &node("graph/registry")), graph };
    Change { gone: gone.collect(), loads: vec![load], history: Vec::new() }
}

/// Graphs of files are named by sixteen hexadecimal characters.
fn graph(name: &str) -> NamedNode {
    let digits: String = name.bytes().map(|b| format!("{b:02x}")).collect();
    node(&format!("graph/{digits:0>16}"))
}

/// A store and a search index in one folder.
struct Data {
    archive: Archive,
    index: Arc<SearchIndex>,
}

impl Data {
    fn at(folder: &Path) -> Self {
        let index = Arc::new(SearchIndex::at(&folder.join("search")));
        let archive = Archive::open(&folder.join("store"), BASE).expect("a store").with_search(Arc::clone(&index));
        Self { archive, index }
    }

    fn load(&self, changes: &[Change]) {
        for change in changes {
            self.archive.apply(change, &Support::default()).expect("loads");
        }
    }

    /// Labels of what files share; the store gives that graph no hash of its own that the index could go by.
    fn things(&self, round: &str, labels: &[(&str, &str)]) {
        let text: String = labels.iter().map(|(n, l)| format!("<{n}> skos:prefLabel \"{l}\"@ja .\n")).collect();
        let graph = node("graph/things");
        self.archive.set_reference(&graph, round, &|| turtle(&text, &graph)).expect("things");
    }

    fn authority(&self, round: &str, text: &str) {
        let graph = node("graph/authority");
        self.archive.set_reference(&graph, round, &|| turtle(text, &graph)).expect("authority");
    }

    fn search(&self, words: &str) -> Result<SearchAnswer, SearchError> {
        self.index.search(&self.archive, &SearchRequest::new(words, 100))
    }

    /// Found nodes without the base, the best first.
    fn found(&self, words: &str) -> Vec<String> {
        let answer = self.search(words).expect("an answer");
        answer.hits.iter().map(|h| h.node.trim_start_matches(BASE).to_owned()).collect()
    }

    /// Rows of a query, sorted, or what is wrong with it.
    fn ask(&self, query: &str) -> Result<String, String> {
        let QueryResults::Solutions(solutions) = self.archive.query(query).map_err(|e| e.to_string())? else {
            return Err("no table".to_owned());
        };
        let names: Vec<String> = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
        let mut rows = Vec::new();
        for solution in solutions {
            let solution = solution.map_err(|e| StoreError::from(e).to_string())?;
            let cell =
                |n: &String| solution.get(n.as_str()).map_or("–".to_owned(), ToString::to_string).replace(BASE, "");
            rows.push(names.iter().map(cell).collect::<Vec<_>>().join(" | "));
        }
        rows.sort();
        Ok(rows.join("\n"))
    }
}

#[test]
fn evidence_cells_and_other_graphs_are_not_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::at(folder.path());
    let mut load = file("a", &["標的型攻撃が増えた。"], &[]);
    load.loads[0].quads.extend(turtle(
        "<a/x/1> a hk:Exhibit ; po:isContainedBy <a/c/s1> ; dcterms:title \"標的型攻撃の推移\"@ja ; hk:text \"標的型 12 13\"@ja ; hk:evidence <a/ev/1> .
         <a/x/1#t1r1c1> a hk:Cell ; po:isContainedBy <a/x/1> ; hk:text \"標的型\"@ja .",
        &graph("a"),
    ));
    data.load(&[load]);
    data.authority("1", "<threat/apt> skos:prefLabel \"標的型攻撃\"@ja ; skos:altLabel \"APT\"@en , \"標的型サイバー攻撃\"@ja ; dcterms:title \"標的型\" .");
    data.things("1", &[("org/nil/x", "標的型対策協議会")]);
    data.index.sync(&data.archive).expect("in step");
    let mut all: Vec<String> = data
        .search("標的型")
        .expect("hits")
        .hits
        .iter()
        .map(|h| format!("{} {}", h.node.trim_start_matches(BASE), h.kind.as_str()))
        .collect();
    all.sort();
    assert_eq!(all, ["a/c/b1 passage", "a/x/1 caption", "a/x/1 exhibit", "org/nil/x label", "threat/apt label"]);
    assert_eq!(data.found("apt サイバー"), ["threat/apt"], "labels of a thing together");
    assert_eq!(data.found("動向"), ["a/c/s1"]);
}

#[test]
fn words_are_found_as_they_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::at(folder.path());
    let texts = [
        "標的型攻撃が増えた。",
        "標準的な型の攻撃",
        "ＡＰＴやｻｲﾊﾞｰ攻撃",
        "CVE-2021-44228（Log4j）の脆弱性",
        "第３回の調査。",
    ];
    data.load(&[file("a", &texts, &[])]);
    data.index.sync(&data.archive).expect("in step");
    let check = |words: &str, expected: &[usize]| {
        let mut found = data.found(words);
        found.retain(|n| n.contains("/c/b"));
        found.sort();
        assert_eq!(found, expected.iter().map(|n| format!("a/c/b{n}")).collect::<Vec<_>>(), "{words}");
    };
    check("標的型", &[1]);
    check("型", &[1, 2]);
    check("攻撃 型", &[1, 2]);
    check("攻撃 -標準", &[1, 3]);
    check("標準 OR サイバー", &[2, 3]);
    check("攻撃 標準 OR サイバー -apt", &[2]);
    check("apt", &[3]);
    check("cve-2021-44228", &[4]);
    check("log4", &[]);
    check("4jの", &[]);
    check("Log4j）の脆弱", &[4]);
    check("3回", &[5]);
    check("撃が増えた", &[1]);
    check("撃増", &[]);
}

/// Every substring of a passage that does not cut a word of Latin letters finds the passage.
#[test]
fn every_part_of_a_text_finds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::at(folder.path());
    let texts =
        ["ＡＩ（人工知能）とIoTの㈱日立製作所、ｶﾞｲﾄﾞﾗｲﾝ第1.0版を公表。", "㍻30年度の調査では 45.9% が「はい」と答え…た"];
    data.load(&[file("a", &texts, &[])]);
    data.index.sync(&data.archive).expect("in step");
    let mut tried = 0;
    for (n, text) in texts.iter().enumerate() {
        let chars: Vec<char> = text.chars().collect();
        let cuts = |i: usize| i > 0 && i < chars.len() && [chars[i - 1], chars[i]].iter().all(|c| is_of_word(*c));
        for start in 0..chars.len() {
            for end in start + 1..=chars.len() {
                let part: String = chars[start..end].iter().collect();
                if cuts(start) || cuts(end) || !part.chars().any(char::is_alphanumeric) {
                    continue;
                }
                let quoted = format!("\"{part}\"");
                let hits = data.search(&quoted).expect("an answer").hits;
                let hit = hits.iter().find(|h| h.node.ends_with(&format!("/c/b{}", n + 1)));
                let hit = hit.unwrap_or_else(|| panic!("{part:?} does not find its passage"));
                assert!(hit.matches.iter().any(|m| m.0 < end && start < m.1), "{part:?}: {:?}", hit.matches);
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried} parts");
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'ﾞ' | 'ｶ' | 'ﾄ')
}

#[test]
fn search_texts_that_mean_nothing_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::at(folder.path());
    data.index.sync(&data.archive).expect("in step");
    for words in ["", "\"攻撃", "-攻撃", "OR", "、"] {
        assert!(matches!(data.search(words), Err(SearchError::Words { .. })), "{words}");
    }
    assert_eq!(data.search("攻撃").expect("an empty answer").total, 0);
}
