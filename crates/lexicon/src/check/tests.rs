//! One case within and one past each rule.

use super::*;

/// A row from the cells that matter: id, type, kind, ja, aliases, weak, ids, valid, links.
fn row(id: &str, kind: &str, class: &str, rest: [&str; 6]) -> String {
    let [ja, aliases, weak, ids, valid, links] = rest;
    format!("{id}\t{kind}\t{class}\t{ja}\t\t{aliases}\t{weak}\tJP\t{ids}\t{valid}\t{links}\thand\n")
}

fn found(rows: &str) -> Vec<(Severity, &'static str, usize)> {
    let table = Table { name: "t.tsv".to_owned(), text: format!("{}\n{rows}", COLUMNS.join("\t")), judged: true };
    check(&[table]).findings.iter().map(|f| (f.severity, f.rule, f.line)).collect()
}

fn good(rows: &str) {
    assert_eq!(found(rows), [], "{rows}");
}

fn bad(rows: &str, rule: &'static str, line: usize) {
    assert_eq!(found(rows), [(Severity::Error, rule, line)], "{rows}");
}

fn company(id: &str, aliases: &str, weak: &str) -> String {
    row(id, "ORG", "company", ["見本商会", aliases, weak, "", "", ""])
}

#[test]
fn embedded_tables_have_no_errors() {
    let report = check(&embedded_tables());
    let errors: Vec<&Finding> = report.findings.iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(report.counts.iter().map(|(_, n)| n).sum::<usize>() > 2000);
}

#[test]
fn form_of_a_table() {
    let form = |text: &str, expected: &[(&'static str, usize)]| {
        let table = Table { name: "t.tsv".to_owned(), text: text.to_owned(), judged: true };
        let found: Vec<_> = check(&[table]).findings.iter().map(|f| (f.rule, f.line)).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    form("word\tnote\n甲乙\t\n", &[]);
    form("wort\tnote\n甲乙\t\n", &[("header", 1)]);
    form("# only a remark\n", &[("header", 1)]);
    form("word\tnote\n甲\ta\tb\n", &[("cells", 2)]);
    form("word\tnote\n\ta\n", &[("empty", 2)]);
    form("word\tnote\r\n甲\ta\n", &[("form", 1)]);
    form("word\tnote\n\n甲\ta\n", &[("form", 2)]);
    form("word\tnote\n甲\ta", &[("form", 2)]);
    form("word\tnote\n甲 \ta\n", &[("spaces", 2)]);
}

#[test]
fn cells_types_and_kinds() {
    good(&company("org/x/a", "", ""));
    assert_eq!(
        found("org/x/a\tORG\tcompany\t見本\n"),
        [(Severity::Error, "cells", 2), (Severity::Error, "empty", 2)],
        "cells that are not there are empty"
    );
    bad(&row("org/x/a", "FIRM", "company", ["見本商会", "", "", "", "", ""]), "row", 2);
    bad(&row("org/x/a", "ORG", "shop", ["見本商会", "", "", "", "", ""]), "kind", 2);
    bad(&row("org/x/a", "ORG", "", ["見本商会", "", "", "", "", ""]), "empty", 2);
    bad(&row("org/x/a", "ORG", "company", ["", "", "", "", "", ""]), "row", 2);
    bad(&company("org/x/a", "", "").replace("hand", "hearsay"), "source", 2);
    bad(&company("org/x/a", "", "").replace("JP", "JPN"), "country", 2);
}

#[test]
fn ids_by_type_order_and_number() {
    good(&(company("org/x/a", "", "").replace("見本", "甲乙") + &company("org/x/b", "", "")));
    bad(&(company("org/x/b", "", "").replace("見本", "甲乙") + &company("org/x/a", "", "")), "order", 3);
    bad(&(company("org/x/a", "", "") + &company("org/x/a", "", "")), "duplicate-id", 3);
    bad(&company("org/x/A", "", ""), "id", 2);
    bad(&company("law/jp/x/a", "", ""), "id", 2);
    let numbered = |ids| row("org/jp/7000012050002", "ORG", "agency", ["見本庁", "", "", ids, "", ""]);
    good(&numbered("hojin:7000012050002"));
    bad(&numbered("hojin:8700110005901"), "id", 2);
    bad(&numbered("sec:9999"), "id", 2);
}

#[test]
fn identifiers() {
    let with = |ids| row("org/x/a", "ORG", "company", ["見本商会", "", "", ids, "", ""]);
    good(&with("hojin:7000012050002|sec:130A|edinet:E00001"));
    bad(&with("hojin:7000012050003"), "check-digit", 2);
    bad(&with("dantai:011003"), "check-digit", 2);
    bad(&with("egov:415AC00000000"), "identifier", 2);
    bad(&with("attack:T15"), "identifier", 2);
    bad(&with("duns:1"), "identifier", 2);
}

#[test]
fn intervals_and_links() {
    let with = |valid, links| row("org/x/a", "ORG", "company", ["見本商会", "", "", "", valid, links]);
    good(&with("2001/..", "closeMatch:https://example.org/1"));
    bad(&with("2001", ""), "valid", 2);
    bad(&with("", "parent:org/x/none"), "link", 2);
    bad(&with("", "owner:https://example.org/1"), "link", 2);
    bad(&with("", "parent:org/x/a"), "link", 2);
}

#[test]
fn names() {
    good(&company("org/x/a", "見商会", "見本"));
    bad(&company("org/x/a", "見本", "見本").replace("見本商会", "甲乙商会"), "alias-and-weak", 2);
    bad(&company("org/x/a", "委員会", ""), "stop", 2);
    let warned = |rows: &str, rule| assert_eq!(found(rows), [(Severity::Warning, rule, 2)], "{rows}");
    warned(&company("org/x/a", "見商", ""), "short");
    warned(&(company("org/x/a", "", "") + &company("org/x/b", "", "")), "ambiguous");
    good(&(company("org/x/a", "", "") + &company("org/x/b", "", "見本商会")));
}

#[test]
fn what_is_not_judged_is_only_known() {
    let table = |name: &str, rows: String, judged| Table {
        name: name.to_owned(),
        text: format!("{}\n{rows}", COLUMNS.join("\t")),
        judged,
    };
    let linked = row("org/x/b", "ORG", "shop", ["甲乙商会", "", "", "", "", "parent:org/x/a"]);
    let tables = [table("a.tsv", company("org/x/a", "", ""), true), table("b.tsv", linked, false)];
    let report = check(&tables);
    assert_eq!((report.findings.len(), report.tables, report.counts.len()), (0, 1, 1));
}
