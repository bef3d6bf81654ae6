//! Annotations are listed and stay out of the text.

use hakusho_model::Rect;
use hakusho_pdf::Limits;

use crate::build::Builder;
use crate::{read, text};

#[test]
fn notes_and_fields_are_listed_and_links_are_not() {
    let mut file = Builder::page(b"BT /F 8 Tf 10 50 Td (a) Tj ET");
    let annotations = [
        "<</Subtype/Text/Rect[10 80 20 90]/Contents(note)>>",
        "<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/)>>>>",
        "<</Subtype/Popup/Rect[0 0 9 9]>>",
        "<</Subtype/Widget/Rect[0 0 9 9]/Parent 10 0 R>>",
        "<</Subtype/Stamp/Rect[-50 -50 50 50]/Contents( )>>",
        "99 0 R",
        "(rubbish)",
    ];
    file.leaf(3, &format!("/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots[{}]", annotations.join(" ")));
    file.object(10, "<</FT/Tx/Parent 11 0 R>>");
    file.object(11, "<</V(value)/Parent 10 0 R>>");
    let report = read(&file.finish(), Limits::default()).expect("the file opens");
    let page = &report.pages[0];
    let found: Vec<_> = page.annotations.iter().map(|a| (a.kind.as_str(), a.text.as_deref(), a.bbox)).collect();
    assert_eq!(
        found,
        [
            ("Text", Some("note"), Rect::new(10.0, 10.0, 20.0, 20.0)),
            ("Widget", Some("value"), Rect::new(0.0, 91.0, 9.0, 100.0)),
            ("Stamp", None, Rect::new(0.0, 50.0, 50.0, 100.0)),
        ]
    );
    assert_eq!(page.links.len(), 1);
    assert_eq!(text(&report), "a");
}

#[test]
fn fields_that_are_their_own_parents_have_no_value() {
    let mut file = Builder::page(b"");
    file.leaf(3, "/Annots[10 0 R]");
    file.object(10, "<</Subtype/Widget/Rect[0 0 9 9]/Parent 10 0 R>>");
    let report = read(&file.finish(), Limits::default()).expect("the file opens");
    assert_eq!(report.pages[0].annotations[0].text, None);
}

#[test]
fn an_image_that_covers_the_page_is_known() {
    let image = |matrix: &str| format!("q {matrix} cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q ");
    let content = image("95 0 0 95 0 0") + &image("94 0 0 95 0 0");
    let report = read(&Builder::page(content.as_bytes()).finish(), Limits::default()).expect("the file opens");
    let page = &report.pages[0];
    assert_eq!(page.images.iter().map(|i| page.covers_page(i)).collect::<Vec<_>>(), [true, false]);
}
