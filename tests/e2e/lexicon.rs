//! `hakusho lexicon` as its users see it. All lists here are made up; numbers only have right check digits.

use std::fs;
use std::path::Path;

use hakusho_tests::{Run, folder, run, samples};

/// A record of the 法人番号 list.
fn record(number: &str, name: &str) -> String {
    format!(
        "1,{number},01,0,2026-10-30,2015-10-05,{name},,301,東京都,架空区,見本町1,,13,199,1000000,,,,,,,2015-10-05,1,,,,,,0\n"
    )
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file can be written");
    path.display().to_string()
}

fn import(data: &Path, kind: &str, file: &str, more: &[&str]) -> Run {
    run(data, &[&["lexicon", "import", kind, file], more].concat())
}

#[test]
fn the_lists_that_come_with_the_program_have_no_errors() {
    let folder = folder();
    let out = run(folder.path(), &["--quiet", "lexicon", "check"]).ok();
    assert!(out.contains("\n0 errors, "), "{out}");
    let json = run(folder.path(), &["lexicon", "check", "--json"]).ok();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["errors"], 0);
    assert!(json["entries"]["ORG"].as_u64() > Some(1000));
}

#[test]
fn errors_name_file_line_and_rule_and_set_the_status() {
    let folder = folder();
    let head = "id\ttype\tkind\tja\ten\taliases\tweak\tcountry\tids\tvalid\tlinks\tsource\n";
    let bad = "org/x/mihon\tORG\tshop\t見本商会\t\t委員会\t\tJP\thojin:7000012050003\t2001\tparent:org/x/none\thand\n";
    let good = "org/x/kakuu\tORG\tcompany\t架空商会\t\t\t\tJP\t\t\tparent:org/x/mihon\thand\n";
    let bad = write(folder.path(), "bad.tsv", format!("{head}{bad}"));
    let good = write(folder.path(), "good.tsv", format!("{head}{good}"));
    let both = run(folder.path(), &["lexicon", "check", &bad, &good]);
    assert_eq!(both.code, Some(2));
    insta::assert_snapshot!("lexicon_check", both.recording(folder.path()));
    assert_eq!(run(folder.path(), &["lexicon", "check", &bad]).code, Some(1));
    let missing = run(folder.path(), &["lexicon", "check", "none.tsv"]);
    assert_eq!((missing.code, missing.err.contains("`none.tsv`")), (Some(1), true));
}

#[test]
fn a_layer_is_imported_listed_used_and_removed() {
    let folder = folder();
    let data = folder.path();
    let text = record("7000012050002", "株式会社見本庁舎管理")
        + &record("8700110005901", "見本架空電波研究有限会社")
        + "broken\n";
    let list = write(data, "13_tokyo.csv", &text);
    insta::assert_snapshot!("lexicon_import", import(data, "hojin", &list, &[]).recording(data));
    insta::assert_snapshot!("lexicon_list", run(data, &["lexicon", "list"]).recording(data));
    let json = run(data, &["lexicon", "list", "--json"]).ok();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["skipped"][0]["lines"], serde_json::json!([3]));
    // The curated 国税庁 has that number: its label stays.
    let layer = fs::read_to_string(data.join("lexicon/hojin.tsv")).expect("written");
    assert!(layer.contains("# sha256: ") && layer.contains("\norg/jp/7000012050002\t"), "{layer}");
    assert_eq!(
        run(data, &["--quiet", "lexicon", "check", &data.join("lexicon/hojin.tsv").display().to_string()]).code,
        Some(0)
    );
    assert_eq!(run(data, &["lexicon", "remove", "hojin"]).code, Some(0));
    assert_eq!(run(data, &["lexicon", "remove", "hojin"]).code, Some(1));
    assert_eq!(run(data, &["lexicon", "list"]).ok(), "");
}

#[test]
fn reports_are_read_with_the_layers_and_the_store_describes_what_they_name() {
    let folder = folder();
    let data = folder.path();
    let sample = samples().remove(2).display().to_string();
    let text = |run: Run| run.ok();
    let before = text(run(data, &["--quiet", "extract", &sample]));
    // A name of the made-up report that no list has.
    let name = unlisted(&before);
    let list = write(data, "all.csv", record("8700110005901", &format!("株式会社{name}")));
    import(data, "hojin", &list, &[]).ok();
    let first = text(run(data, &["--quiet", "extract", &sample]));
    let iri = "https://w3id.org/hakusho/id/org/jp/8700110005901";
    assert!(first.contains(iri), "{name} is not linked");
    // From the cache, from a damaged one and without one: the same bytes.
    let cache = data.join("lexicon/names.cache");
    let kept = fs::read(&cache).expect("kept");
    assert_eq!(text(run(data, &["--quiet", "extract", &sample])), first);
    fs::write(&cache, &kept[..kept.len() / 2]).expect("writable");
    assert_eq!(text(run(data, &["--quiet", "extract", &sample])), first);
    assert_eq!(fs::read(&cache).expect("written anew"), kept);
    run(data, &["ingest", &sample]).ok();
    let query = format!("SELECT ?l {{ <{iri}> skos:prefLabel ?l }}");
    assert!(run(data, &["query", "--format", "csv", "-e", &query]).ok().contains(&name));
    run(data, &["lexicon", "remove", "hojin"]).ok();
    assert_eq!(text(run(data, &["--quiet", "extract", &sample])), before);
    // What was loaded with the layer is out of date without it.
    assert!(run(data, &["--quiet", "plan", &sample]).ok().starts_with("renew"));
}

/// The longest name of an organisation that no list has.
fn unlisted(document: &str) -> String {
    let document: serde_json::Value = serde_json::from_str(document).expect("JSON");
    let entities = document["entities"].as_array().expect("entities");
    let named = entities.iter().filter(|e| e["id"].as_str().is_some_and(|id| id.contains("/org/nil/")));
    let labels = named.filter_map(|e| e["label"].as_str()).filter(|l| !l.contains(['株', ' ', '　', '（']));
    labels.max_by_key(|l| (l.chars().count(), l.to_owned())).expect("the sample names somebody unlisted").to_owned()
}

#[test]
fn every_kind_of_list_is_read() {
    let folder = folder();
    let data = folder.path();
    let check = |kind: &str, file: &str, text: &str, more: &[&str], row: &str| {
        let path = write(data, file, text);
        let run = import(data, kind, &path, more);
        assert_eq!(run.code, Some(0), "{kind}: {}", run.err);
        let layer = fs::read_to_string(data.join(format!("lexicon/{kind}.tsv"))).expect("written");
        assert!(layer.contains(row), "{kind}: {layer}");
        let path = data.join(format!("lexicon/{kind}.tsv")).display().to_string();
        let check = run_check(data, &path);
        assert_eq!(check.code, Some(0), "{}", check.out);
    };
    check(
        "egov",
        "laws.csv",
        "法令種別,法令番号,法令名,略称,法令ID\n法律,令和九十年法律第一号,見本の保護に関する法律,見本保護法,490AC0000000001\n",
        &[],
        "見本保護法",
    );
    check(
        "egov",
        "laws.json",
        r#"{"laws": [{"law_info": {"law_type": "Act", "law_id": "490AC0000000001"}, "revision_info": {"law_title": "見本の保護に関する法律"}}]}"#,
        &[],
        "law/jp/490AC0000000001\t",
    );
    check(
        "edinet",
        "E.csv",
        "ダウンロード実行日,2026年11月20日現在\nＥＤＩＮＥＴコード,提出者種別,提出者名,提出者名（英字）,証券コード,提出者法人番号\nE90001,内国法人・組合,株式会社見本架空電機,Mihon,99990,8700110005901\n",
        &[],
        "# date: 2026-11-20",
    );
    check(
        "mext",
        "s.csv",
        "学校コード,学校名\nF199990000010,見本架空大学\n",
        &["--as-of", "2026-05-01"],
        "# date: 2026-05-01",
    );
    check(
        "dantai",
        "d.csv",
        "団体コード,都道府県名（漢字）,市区町村名（漢字）\n131016,東京都,千代田区\n",
        &[],
        "dantai:131016",
    );
    check("iso3166", "i.csv", "en,ja,alpha-2\nJapan,日本国,JP\n", &["--licence", "made up"], "# licence: made up");
    check(
        "attack",
        "a.json",
        r#"{"objects": [{"type": "malware", "name": "MockRAT", "external_references": [{"source_name": "mitre-attack", "external_id": "S9999"}]}]}"#,
        &[],
        "threat/attack/s9999\t",
    );
    check(
        "skos",
        "v.ttl",
        "<https://example.org/v/a> a <http://www.w3.org/2004/02/skos/core#Concept> ; <http://www.w3.org/2004/02/skos/core#prefLabel> \"見本攻撃\"@ja .",
        &["--type", "INCIDENT"],
        "incident/skos/a-",
    );
}

fn run_check(data: &Path, path: &str) -> Run {
    run(data, &["--quiet", "lexicon", "check", path])
}

#[test]
fn what_cannot_be_imported_says_why() {
    let folder = folder();
    let data = folder.path();
    let check = |kind: &str, file: &str, bytes: &[u8], more: &[&str], words: &str| {
        let path = write(data, file, bytes);
        let run = import(data, kind, &path, more);
        assert_eq!(run.code, Some(1), "{kind}");
        assert!(run.err.contains(words), "{kind}: {}", run.err);
        assert!(!data.join("lexicon").join(format!("{kind}.tsv")).exists());
    };
    check("hojin", "h.csv", b"\xFF\xFF,\xFF\n", &[], "line 1 is neither UTF-8 nor Shift-JIS");
    check("hojin", "h.csv", b"a,b\n", &[], "30 columns");
    check("mext", "m.csv", "学校コード,名\n".as_bytes(), &[], "`学校名`");
    check("mext", "m.csv", "学校コード,学校名\nX,名\n".as_bytes(), &[], "1 × no 学校コード");
    check("attack", "a.json", b"{\"objects\": [\n}", &[], "line 2");
    check("skos", "v.ttl", b"<a", &[], "line 1");
    check("skos", "v.txt", b"", &[], ".ttl");
    check("iso3166", "i.csv", b"ja,code\n", &["--as-of", "yesterday"], "2026-10-31");
    check("iso3166", "i.csv", b"ja,code\n", &["--name", "../x"], "no name of a layer");
}
