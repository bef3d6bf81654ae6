//! Every limit at its value and one past it: the first reads whole and says nothing, the second names limit and value.

use std::fmt::Write as _;

use hakusho_pdf::Limits;

use crate::build::{Builder, deflate};
use crate::{breaches, read, text};

const NONE: [&str; 0] = [];

/// Reads `file` within `limits`: it has `shown` as text and complains as expected.
#[track_caller]
fn check(file: &Builder, limits: &Limits, shown: &str, complaint: Option<&str>) {
    let report = read(&file.finish(), limits.clone()).expect("the file opens");
    assert_eq!(text(&report), shown);
    let wanted = complaint.map(|c| format!("more than {c}; the rest was not read"));
    assert_eq!(breaches(&report), wanted.iter().map(String::as_str).collect::<Vec<_>>());
}

fn limits() -> Limits {
    Limits::default()
}

/// Shows `text` at a place on the page.
fn show(text: &str) -> String {
    format!("BT /F 8 Tf 10 50 Td ({text}) Tj ET ")
}

#[test]
fn bytes_of_a_stream() {
    let content = show("ab");
    let mut file = Builder::page(b"");
    file.stream(4, "/Filter/FlateDecode", &deflate(content.as_bytes()));
    let (n, at) = (content.len(), |stream_bytes| Limits { stream_bytes, ..limits() });
    check(&file, &at(n), "ab", None);
    // The end of the text object is cut off; the text before it stays.
    check(&file, &at(n - 1), "ab", Some(&format!("{} bytes in one stream", n - 1)));
}

#[test]
fn bytes_of_a_page() {
    let mut file = Builder::page(show("a").as_bytes());
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>>>/Contents[4 0 R 4 0 R]");
    let n = show("a").len();
    check(&file, &Limits { stream_bytes: n, ..limits() }, "aa", None);
    check(
        &file,
        &Limits { stream_bytes: n - 1, ..limits() },
        "a",
        Some(&format!("{} bytes in the content of one page", n - 1)),
    );
}

#[test]
fn bytes_of_a_file() {
    let content = show("a");
    let mut file = Builder::page(b"");
    file.stream(4, "/Filter/FlateDecode", &deflate(content.as_bytes()));
    file.object(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>");
    file.leaf(6, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R");
    let n = content.len() as u64 * 2;
    check(&file, &Limits { file_bytes: n, ..limits() }, "a|a", None);
    check(
        &file,
        &Limits { file_bytes: n - 1, ..limits() },
        "a|",
        Some(&format!("{} bytes in the streams of the file", n - 1)),
    );
}

#[test]
fn filters_of_a_stream() {
    let packed = deflate(&deflate(&deflate(show("a").as_bytes())));
    let mut file = Builder::page(b"");
    file.stream(4, "/Filter[/FlateDecode/FlateDecode/FlateDecode]", &packed);
    check(&file, &Limits { stream_filters: 3, ..limits() }, "a", None);
    check(&file, &Limits { stream_filters: 2, ..limits() }, "", Some("2 filters of one stream"));
}

/// A page whose form holds a form … `depth` deep, the last of which shows an `a`.
fn nested_forms(depth: u32) -> Builder {
    let mut file = Builder::page(b"/X Do");
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>>>/Contents 4 0 R");
    for i in 0..depth {
        let (number, inner) = (10 + i, 11 + i);
        let content = if i + 1 == depth { show("a") } else { "/X Do".to_owned() };
        let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X {inner} 0 R>>>>");
        file.stream(number, &entries, content.as_bytes());
    }
    file
}

#[test]
fn forms_inside_one_another() {
    let limits = Limits { form_depth: 5, ..limits() };
    check(&nested_forms(5), &limits, "a", None);
    check(&nested_forms(6), &limits, "", Some("5 forms inside one another"));
}

#[test]
fn forms_of_a_page() {
    let mut file = nested_forms(1);
    file.stream(4, "", b"/X Do /X Do /X Do");
    check(&file, &Limits { page_forms: 3, ..limits() }, "aaa", None);
    check(&file, &Limits { page_forms: 2, ..limits() }, "aa", Some("2 forms on one page"));
}

#[test]
fn operators_of_a_page() {
    let file = Builder::page((show("a") + &show("b")).as_bytes());
    check(&file, &Limits { page_operators: 10, ..limits() }, "ab", None);
    check(&file, &Limits { page_operators: 8, ..limits() }, "a", Some("8 operators on one page"));
}

#[test]
fn glyphs_of_a_page() {
    let file = Builder::page(show("abc").as_bytes());
    check(&file, &Limits { page_glyphs: 3, ..limits() }, "abc", None);
    check(&file, &Limits { page_glyphs: 2, ..limits() }, "ab", Some("2 glyphs on one page"));
}

#[test]
fn glyphs_beside_the_page_count_too() {
    let file = Builder::page(b"BT /F 8 Tf 500 50 Td (abc) Tj ET");
    check(&file, &Limits { page_glyphs: 3, ..limits() }, "", None);
    check(&file, &Limits { page_glyphs: 2, ..limits() }, "", Some("2 glyphs on one page"));
}

#[test]
fn shapes_of_a_page() {
    let kinds = [
        "10 10 20 20 re f ",
        "10 10 m 20 30 l 40 10 l f ",
        "10 10 m 30 40 50 40 70 10 c f ",
        "10 10 m 50 10 l S ",
        "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI ",
    ];
    for kind in kinds {
        let file = Builder::page(kind.repeat(3).as_bytes());
        check(&file, &Limits { page_shapes: 3, ..limits() }, "", None);
        check(&file, &Limits { page_shapes: 2, ..limits() }, "", Some("2 shapes on one page"));
    }
}

#[test]
fn lines_of_one_path_count_one_by_one() {
    let file = Builder::page(b"10 10 m 50 10 l 50 50 l 10 50 l S");
    let report = read(&file.finish(), Limits { page_shapes: 2, ..limits() }).expect("the file opens");
    assert_eq!(report.pages[0].rules.len() + report.pages[0].shapes.len(), 2);
    assert_eq!(breaches(&report), ["more than 2 shapes on one page; the rest was not read"]);
}

#[test]
fn annotations_of_a_page() {
    let note = "<</Subtype/Text/Rect[0 0 9 9]/Contents(n)>>";
    let mut file = Builder::page(b"");
    file.leaf(3, &format!("/Contents 4 0 R/Annots[{note}{note}]"));
    check(&file, &Limits { page_annotations: 2, ..limits() }, "", None);
    check(&file, &Limits { page_annotations: 1, ..limits() }, "", Some("1 annotations on one page"));
}

#[test]
fn saved_states_inside_one_another() {
    let content = |depth: usize| format!("{}1 0 0 1 5 0 cm {}{}", "q ".repeat(depth), "Q ".repeat(depth), show("a"));
    let limits = Limits { nesting: 4, ..limits() };
    let x = |depth| {
        let report = read(&Builder::page(content(depth).as_bytes()).finish(), limits.clone()).expect("the file opens");
        (report.pages[0].glyphs[0].bbox.x0, breaches(&report).len())
    };
    assert_eq!(x(4), (10.0, 0));
    // The states that were not saved keep their pairs; what was changed among them is restored with the last that was.
    assert_eq!(x(5), (10.0, 1));
}

#[test]
fn marked_contents_inside_one_another() {
    let content = |depth: usize| format!("{}{}{}", "/P BMC ".repeat(depth), show("a"), "EMC ".repeat(depth));
    let limits = Limits { nesting: 4, ..limits() };
    check(&Builder::page(content(4).as_bytes()), &limits, "a", None);
    let complaint = "4 saved states or marked contents inside one another";
    check(&Builder::page(content(5).as_bytes()), &limits, "a", Some(complaint));
}

#[test]
fn pages_of_a_file() {
    let mut file = Builder::page(show("a").as_bytes());
    file.object(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>");
    file.leaf(6, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R");
    check(&file, &Limits { pages: 2, ..limits() }, "a|a", None);
    check(&file, &Limits { pages: 1, ..limits() }, "a", Some("1 pages"));
    // The same by search, where the tree does not lead to them.
    file.object(1, "<</Type/Catalog>>");
    check(&file, &Limits { pages: 2, ..limits() }, "a|a", None);
    check(&file, &Limits { pages: 1, ..limits() }, "a", Some("1 pages"));
}

#[test]
fn levels_of_the_page_tree() {
    let mut file = Builder::page(show("a").as_bytes());
    file.object(2, "<</Type/Pages/Kids[10 0 R 3 0 R]>>");
    file.object(10, "<</Type/Pages/Kids[11 0 R]>>");
    file.object(11, "<</Type/Pages/Kids[6 0 R]>>");
    file.leaf(6, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R");
    check(&file, &Limits { page_tree_depth: 3, ..limits() }, "a|a", None);
    check(&file, &Limits { page_tree_depth: 2, ..limits() }, "a", Some("2 levels of the page tree"));
}

#[test]
fn nodes_of_the_page_tree() {
    let mut file = Builder::page(show("a").as_bytes());
    file.object(2, "<</Type/Pages/Kids[3 0 R 10 0 R]>>");
    file.object(10, "<</Type/Pages/Kids[]>>");
    check(&file, &Limits { page_tree_nodes: 3, ..limits() }, "a", None);
    check(&file, &Limits { page_tree_nodes: 2, ..limits() }, "a", Some("2 nodes of the page tree"));
}

/// A page whose annotations are that object.
fn with_object(body: &str) -> Builder {
    let mut file = Builder::page(show("a").as_bytes());
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots 10 0 R");
    file.object(10, body);
    file
}

#[test]
fn arrays_and_dictionaries_inside_one_another() {
    let complaint = Some("128 arrays and dictionaries inside one another");
    let arrays = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    check(&with_object(&arrays(128)), &limits(), "a", None);
    check(&with_object(&arrays(129)), &limits(), "a", complaint);
    let dictionaries = |n: usize| format!("{}{}", "<</A".repeat(n) + " 1", ">>".repeat(n));
    check(&with_object(&dictionaries(128)), &limits(), "a", None);
    check(&with_object(&dictionaries(129)), &limits(), "a", complaint);
}

#[test]
fn bytes_to_read_the_objects() {
    // Every dictionary goes on to the end of the file: together they are as long as the square of it.
    let mut file = Builder::page(show("a").as_bytes());
    let annotations: String = (100..400).map(|n| format!("{n} 0 R ")).collect();
    file.leaf(3, &format!("/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[{annotations}]"));
    for number in 100..400 {
        file.object(number, "<</A ");
    }
    check(&file, &limits(), "a", None);
    let complaint = Some("100000 bytes to read the objects of the file");
    check(&file, &Limits { object_bytes: 100_000, ..limits() }, "", complaint);
}

#[test]
fn elements_of_the_structure_tree() {
    let mut file = Builder::page(show("a").as_bytes());
    file.object(1, "<</Type/Catalog/Pages 2 0 R/StructTreeRoot<</K[<</S/P>><</S/P>>]>>>>");
    check(&file, &Limits { structure_elements: 2, ..limits() }, "a", None);
    check(&file, &Limits { structure_elements: 1, ..limits() }, "a", Some("1 elements of the structure tree"));
}

#[test]
fn a_bomb_of_zeros_goes_off_in_the_first_stage() {
    let zeros = deflate(&vec![0u8; 4 << 20]);
    let mut file = Builder::page(b"");
    file.stream(4, "/Filter[/FlateDecode/FlateDecode/FlateDecode]", &deflate(&deflate(&zeros)));
    let limits = Limits { stream_bytes: 1 << 20, ..limits() };
    check(&file, &limits, "", Some("1048576 bytes in one stream"));
}

#[test]
fn a_bomb_in_a_font_is_said_once_for_the_file() {
    let mut file = Builder::page(show("a").as_bytes());
    file.object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>");
    file.stream(6, "/Filter/FlateDecode", &deflate(&vec![0u8; 1 << 20]));
    check(&file, &Limits { stream_bytes: 4096, ..limits() }, "a", Some("4096 bytes in one stream"));
}

#[test]
fn forms_that_double_end_at_the_limit() {
    let mut file = Builder::page(b"/X Do");
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>>>/Contents 4 0 R");
    for i in 10..34 {
        let entries = format!("/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X {} 0 R>>>>", i + 1);
        file.stream(i, &entries, b"/X Do /X Do");
    }
    check(&file, &Limits { page_forms: 1000, ..limits() }, "", Some("1000 forms on one page"));
}

#[test]
fn a_million_operators_are_read() {
    let mut content = "0 0 m\n".repeat(1_000_000);
    let _ = write!(content, "{}", show("a"));
    check(&Builder::page(content.as_bytes()), &limits(), "a", None);
}

#[test]
fn a_page_without_trouble_says_nothing() {
    let report = read(&Builder::page(show("a").as_bytes()).finish(), limits()).expect("the file opens");
    assert_eq!(breaches(&report), NONE);
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
}
