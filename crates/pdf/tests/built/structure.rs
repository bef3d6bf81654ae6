//! Structure trees: sound, odd, cyclic.

use std::path::Path;

use hakusho_model::StructElement;
use hakusho_pdf::{Limits, OpenOptions, Pdf};

use crate::build::Builder;
use crate::read;

/// Reads a file with that structure tree root and further objects.
fn elements(root: &str, objects: &[(u32, &str)]) -> Vec<StructElement> {
    let mut file = Builder::page(b"");
    file.object(1, format!("<</Type/Catalog/Pages 2 0 R/StructTreeRoot<<{root}>>>>"));
    for (number, body) in objects {
        file.object(*number, body);
    }
    read(&file.finish(), Limits::default()).expect("the file opens").structure
}

/// Role, parent, and marked contents as page and id.
type Seen<'a> = (&'a str, Option<u32>, Vec<(u32, i32)>);

fn outline(elements: &[StructElement]) -> Vec<Seen<'_>> {
    let content = |e: &StructElement| e.content.iter().map(|c| (c.page, c.mcid)).collect();
    elements.iter().map(|e| (e.role.as_str(), e.parent, content(e))).collect()
}

#[test]
fn parents_come_first_and_kids_in_order() {
    let root = "/K<</S/Document/Pg 3 0 R/K[<</S/H1/T(title)/K 0>><</S/P/K[1<</S/Span/K 2>><</Type/MCR/Pg 3 0 R/MCID 3>><</Type/OBJR/Obj 9 0 R>>]>>]>>";
    let found = elements(root, &[]);
    assert_eq!(
        outline(&found),
        [
            ("Document", None, vec![]),
            ("H1", Some(0), vec![(1, 0)]),
            ("P", Some(0), vec![(1, 1), (1, 3)]),
            ("Span", Some(2), vec![(1, 2)]),
        ]
    );
    assert_eq!(found[1].title.as_deref(), Some("title"));
    assert!(found.iter().all(|e| e.page == Some(1)));
}

#[test]
fn alternate_and_actual_text_are_kept() {
    let found = elements("/K<</S/Figure/Alt<FEFF56F3>/ActualText(x)>>", &[]);
    assert_eq!(
        (found[0].alt.as_deref(), found[0].actual_text.as_deref(), found[0].page),
        (Some("図"), Some("x"), None)
    );
}

#[test]
fn roles_follow_the_map_and_circles_stay_as_they_are() {
    let roles = "/RoleMap<</Heading/H/H/H1/Loop/Pool/Pool/Loop/Same/Same>>";
    let found = elements(&format!("{roles}/K[<</S/Heading>><</S/Loop>><</S/Same>><</S/P>><<>>]"), &[]);
    assert_eq!(found.iter().map(|e| e.role.as_str()).collect::<Vec<_>>(), ["H1", "Loop", "Same", "P", ""]);
}

#[test]
fn cycles_are_entered_once() {
    let found = elements("/K 10 0 R", &[(10, "<</S/Sect/K[11 0 R 10 0 R]>>"), (11, "<</S/P/K 10 0 R>>")]);
    assert_eq!(outline(&found), [("Sect", None, vec![]), ("P", Some(0), vec![])]);
}

#[test]
fn an_array_that_holds_itself_ends() {
    assert!(elements("/K 10 0 R", &[(10, "[10 0 R 10 0 R]")]).is_empty());
    let doubling: Vec<(u32, String)> =
        (10..60).map(|n| (n, format!("<</S/P/K 60 0 R/A {n}>>"))).chain([(60, "[<</S/Span>>]".to_owned())]).collect();
    let objects: Vec<(u32, &str)> = doubling.iter().map(|(n, body)| (*n, body.as_str())).collect();
    assert_eq!(elements("/K[10 0 R 11 0 R]", &objects).len(), 4);
}

#[test]
fn content_without_an_element_or_a_page_is_left_out() {
    assert!(elements("/K[0 1]", &[]).is_empty());
    assert_eq!(outline(&elements("/K<</S/P/K[0 99999999999]>>", &[])), [("P", None, vec![])]);
}

#[test]
fn it_is_read_only_when_asked_for() {
    let mut file = Builder::page(b"");
    file.object(1, "<</Type/Catalog/Pages 2 0 R/StructTreeRoot<</K<</S/P>>>>>>");
    let file = file.finish();
    assert!(Pdf::open(&file, &OpenOptions::default()).expect("the file opens").read().structure.is_empty());
}

/// The newest bundled sample is tagged: its headings and tables are in the tree, and nearly all text belongs to an element.
#[test]
fn the_samples_have_headings_and_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/samples");
    let mut table = String::new();
    for year in ["r05", "r06", "r07"] {
        let bytes = std::fs::read(folder.join(format!("mihon-{year}.pdf"))).expect("a sample");
        let report = read(&bytes, Limits::default()).expect("the file opens");
        let mut roles = std::collections::BTreeMap::<&str, usize>::new();
        for element in &report.structure {
            *roles.entry(&element.role).or_default() += 1;
        }
        let owned: std::collections::BTreeSet<(u32, i32)> =
            report.structure.iter().flat_map(|e| &e.content).map(|c| (c.page, c.mcid)).collect();
        let runs = || report.pages.iter().flat_map(|p| p.runs.iter().map(|r| (p.index, r.mcid)));
        let tagged = runs().filter_map(|(page, mcid)| Some((page, mcid?))).filter(|r| owned.contains(r)).count();
        table.push_str(&format!("{year}: {roles:?}\n  {tagged} of {} runs belong to an element\n", runs().count()));
    }
    insta::assert_snapshot!("samples", table);
}
