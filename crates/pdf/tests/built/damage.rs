//! Damage that could cost the program its life: cycles, lies about lengths and sizes, depth, ranges without end.
//!
//! Each file ends in a result; what the result holds is said where one answer is right.

use hakusho_model::Code;
use hakusho_pdf::{Limits, PdfError};

use crate::build::{Builder, deflate};
use crate::{read, text};

const SHOWS_A: &[u8] = b"BT /F 8 Tf 10 50 Td (a) Tj ET";

#[track_caller]
fn check(file: &[u8], shown: &str) {
    assert_eq!(text(&read(file, Limits::default()).expect("the file opens")), shown);
}

/// Any answer will do, so long as there is one: text, or a reason.
#[track_caller]
fn answers(file: &[u8]) {
    match read(file, Limits::default()) {
        Ok(report) => assert!(!text(&report).is_empty() || !report.diagnostics.is_empty(), "silence"),
        Err(error) => assert_ne!(error, PdfError::NotPdf),
    }
}

#[test]
fn a_page_tree_that_holds_itself() {
    let mut file = Builder::page(SHOWS_A);
    file.object(2, "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R 3 0 R]/Count 4>>");
    check(&file.finish(), "a");
}

#[test]
fn a_page_tree_of_direct_nodes_that_multiply() {
    let mut file = Builder::page(SHOWS_A);
    file.object(2, "<</Type/Pages/Kids 10 0 R>>");
    file.object(10, format!("[{}3 0 R]", "<</Type/Pages/Kids 10 0 R>>".repeat(20)));
    let report = read(&file.finish(), Limits::default()).expect("the file opens");
    assert!(report.diagnostics.iter().any(|d| d.code == Code::LimitReached), "{:?}", report.diagnostics);
}

#[test]
fn forms_that_hold_themselves_and_one_another() {
    let mut file = Builder::page(b"/X Do");
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R/Y 11 0 R>>>>/Contents 4 0 R");
    file.stream(10, "/Subtype/Form/BBox[0 0 100 100]", b"/X Do /Y Do");
    file.stream(11, "/Subtype/Form/BBox[0 0 100 100]", b"/X Do /Y Do BT /F 8 Tf 10 50 Td (a) Tj ET");
    check(&file.finish(), "a");
}

#[test]
fn contents_that_hold_themselves() {
    let mut file = Builder::page(SHOWS_A);
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>>>/Contents[10 0 R 4 0 R]");
    file.object(10, "[10 0 R 10 0 R 10 0 R]");
    check(&file.finish(), "a");
    file.object(10, "[[[[[[[[]]]]]]]]");
    check(&file.finish(), "a");
}

#[test]
fn saved_states_and_brackets_ten_thousand_deep() {
    for opening in [&b"q "[..], b"[ ", b"<< ", b"( ", b"/P BMC ", b"BT ", b"< ", b"{ ", b"BI "] {
        let mut content = SHOWS_A.to_vec();
        content.push(b' ');
        content.extend(opening.repeat(10_000));
        check(&Builder::page(&content).finish(), "a");
    }
}

#[test]
fn objects_of_brackets_a_hundred_thousand_deep() {
    for (opening, closing) in [("[", "]"), ("<</K", ">>"), ("(", ")")] {
        for closed in [true, false] {
            let mut body = opening.repeat(100_000);
            if closed {
                body.push_str(&closing.repeat(100_000));
            }
            let mut file = Builder::page(SHOWS_A);
            file.leaf(3, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R/Annots 10 0 R");
            file.object(10, body);
            answers(&file.finish());
        }
    }
}

#[test]
fn trees_of_names_and_numbers_that_hold_themselves() {
    let mut file = Builder::page(SHOWS_A);
    file.object(1, "<</Type/Catalog/Pages 2 0 R/PageLabels 10 0 R/Names<</Dests 10 0 R>>/Outlines<</First 11 0 R>>>>");
    file.object(10, "<</Kids[10 0 R 10 0 R]/Nums[0<</P(x)>>]/Names[(n)[3 0 R/Fit]]>>");
    file.object(11, "<</Title(t)/First 11 0 R/Next 11 0 R/Dest(n)>>");
    let report = read(&file.finish(), Limits::default()).expect("the file opens");
    assert_eq!(report.pages[0].label.as_deref(), Some("x"));
    assert_eq!((report.outline.len(), report.outline[0].page), (1, Some(1)));
}

#[test]
fn a_tree_of_numbers_a_hundred_thousand_deep() {
    let mut file = Builder::page(SHOWS_A);
    file.object(1, "<</Type/Catalog/Pages 2 0 R/PageLabels 10 0 R>>");
    for n in 10..100_010u32 {
        file.object(n, format!("<</Kids[{} 0 R]>>", n + 1));
    }
    check(&file.finish(), "a");
}

#[test]
fn an_object_stream_in_itself() {
    let mut file = Builder::page(SHOWS_A);
    file.stream(10, "/Type/ObjStm/N 1/First 5/Extends 10 0 R", b"10 0 <</K 10 0 R>>");
    check(&file.finish(), "a");
}

/// A file whose table is a stream, with those entries of type, second and third field.
fn with_table_stream(file: &Builder, entries: &[[u8; 4]], more: &str) -> Vec<u8> {
    let (mut out, start) = file.finish_with_table();
    out.truncate(start);
    let rows: Vec<u8> = entries.concat();
    let (at, size) = (out.len(), entries.len());
    out.extend_from_slice(
        format!("50 0 obj\n<</Type/XRef/W[1 2 1]/Size {size}/Root 1 0 R/Length {}{more}>>\nstream\n", rows.len())
            .as_bytes(),
    );
    out.extend_from_slice(&rows);
    out.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

#[test]
fn object_streams_that_lie_in_one_another() {
    let file = Builder::page(SHOWS_A);
    // Catalog in stream 2, stream 2 in stream 3, stream 3 in stream 2.
    answers(&with_table_stream(&file, &[[0, 0, 0, 0], [2, 0, 2, 0], [2, 0, 3, 0], [2, 0, 2, 0]], ""));
}

#[test]
fn a_table_that_lies_about_its_rows() {
    let file = Builder::page(SHOWS_A);
    answers(&with_table_stream(&file, &[[0, 0, 0, 0]], "/Index[0 2147483647]"));
    answers(&with_table_stream(&file, &[[0, 0, 0, 0]], "/Index[4294967295 2 -1 9]/W[8 8 8]"));
}

#[test]
fn a_table_whose_older_part_is_itself() {
    let mut file = Builder::page(SHOWS_A);
    let (_, start) = file.finish_with_table();
    file.trailer(&format!("/Prev {start}"));
    check(&file.finish(), "a");
}

#[test]
fn a_size_of_two_thousand_million() {
    let mut file = Builder::page(SHOWS_A);
    check(&file.size(1 << 31).finish(), "a");
    check(&file.size(0).finish(), "a");
}

#[test]
fn lengths_that_lie() {
    for length in
        ["0", "5", "29000", "-1", "9223372036854775807", "99999999999999999999", "4 0 R", "10 0 R", "null", "(x)"]
    {
        let mut file = Builder::page(SHOWS_A);
        file.stream_with_length(4, "", length, SHOWS_A);
        file.object(10, "11 0 R");
        file.object(11, "10 0 R");
        check(&file.finish(), "a");
    }
}

#[test]
fn a_font_that_is_not_there_is_said_so_and_its_text_kept() {
    for fonts in ["", "/Font<</F 99 0 R>>", "/Font<</F(x)>>", "/Font<</F 4 0 R>>"] {
        let mut file = Builder::page(b"BT /F 8 Tf 10 50 Td (a) Tj /F 9 Tf (b) Tj ET");
        file.leaf(3, &format!("/Resources<<{fonts}>>/Contents 4 0 R"));
        let report = read(&file.finish(), Limits::default()).expect("the file opens");
        assert_eq!(text(&report), "ab", "{fonts}");
        let said = report.diagnostics.iter().filter(|d| d.code == Code::FontUnreadable).count();
        // A stream has a dictionary, which will do for a font.
        assert_eq!(said, usize::from(!fonts.contains("4 0 R")), "{fonts}");
    }
}

#[test]
fn references_that_lead_in_a_circle() {
    let mut file = Builder::page(SHOWS_A);
    file.leaf(3, "/Resources 10 0 R/Contents 4 0 R/Rotate 10 0 R/CropBox 10 0 R/Annots 10 0 R");
    file.object(10, "11 0 R");
    file.object(11, "10 0 R");
    check(&file.finish(), "a");
}

#[test]
fn a_map_to_unicode_with_ranges_without_end() {
    let map = "1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n\
               2 beginbfrange <00000000> <FFFFFFFF> <0041> <61> <FFFFFFFE> <0061> endbfrange\n\
               1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange";
    let mut file = Builder::page(SHOWS_A);
    file.object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 10 0 R>>");
    file.stream(10, "", map.as_bytes());
    let report = read(&file.finish(), Limits::default()).expect("the file opens");
    assert_eq!(report.pages[0].glyphs.len(), 1);
}

#[test]
fn a_map_that_uses_itself() {
    let mut file = Builder::page(b"BT /F 8 Tf 10 50 Td <0041> Tj ET");
    file.object(5, "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 10 0 R/ToUnicode 10 0 R/DescendantFonts[<</Subtype/CIDFontType2/BaseFont/X>>]>>");
    file.stream(10, "/CMapName/Own/UseCMap 10 0 R", b"/Own usecmap 1 begincidrange <0000> <FFFF> 0 endcidrange");
    answers(&file.finish());
}

#[test]
fn widths_over_ranges_without_end() {
    for widths in [
        "/W[0 4294967295 500]",
        "/W[-5 99999999999 500 0[1 2 3]]",
        "/W[4294967295[1 2 3 4]]/W2[4294967295[1 2 3 4 5 6]0 4294967295 1 2 3]/DW2[1]",
        "/W[1 2]/DW 1e38",
        "/W 10 0 R",
    ] {
        let mut file = Builder::page(b"BT /F 8 Tf 10 50 Td <0041> Tj ET");
        let descendant =
            format!("<</Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)>>{widths}>>");
        for encoding in ["Identity-H", "Identity-V"] {
            file.object(
                5,
                format!("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}/DescendantFonts[{descendant}]>>"),
            );
            file.object(10, "[0 1 10 0 R]");
            assert!(read(&file.finish(), Limits::default()).is_ok());
        }
    }
}

#[test]
fn functions_that_multiply() {
    let mut file = Builder::page(b"/C cs 0.5 scn 10 10 20 20 re f BT /F 8 Tf 10 50 Td (a) Tj ET");
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>/ColorSpace<</C[/Separation/X/DeviceRGB 10 0 R]>>>>/Contents 4 0 R");
    file.object(10, format!("[{}]", "10 0 R ".repeat(200)));
    check(&file.finish(), "a");
    let stitched = "10 0 R ".repeat(200);
    file.object(10, format!("<</FunctionType 3/Domain[0 1]/Bounds[]/Encode[0 1]/Functions[{stitched}]>>"));
    check(&file.finish(), "a");
}

#[test]
fn colour_spaces_of_themselves() {
    let mut file = Builder::page(b"/C cs 0.5 scn 10 10 20 20 re f BT /F 8 Tf 10 50 Td (a) Tj ET");
    file.leaf(3, "/Resources<</Font<</F 5 0 R>>/ColorSpace<</C 10 0 R>>>>/Contents 4 0 R");
    for space in
        ["[/Indexed 10 0 R 255(abc)]", "[/Separation/X 10 0 R 10 0 R]", "[/DeviceN[/A/B]10 0 R 10 0 R]", "10 0 R"]
    {
        file.object(10, space);
        check(&file.finish(), "a");
    }
}

#[test]
fn numbers_beyond_all_bounds() {
    let content = "1e99 -99999999999999999999999 99999999999999999999999 0 0 0 cm 99999999999 0 0 99999999999 0 0 Tm \
                   /F 99999999999999999999 Tf 10 50 Td (a) Tj 99999999999999 Tc (a) Tj 0 0 m 1e30 1e30 l S";
    let file = Builder::page(content.as_bytes());
    assert!(read(&file.finish(), Limits::default()).is_ok());
}

#[test]
fn a_page_of_no_size_and_one_of_any() {
    for media in ["[0 0 0 0]", "[0 0 1e30 1e30]", "[100 100 0 0]", "[0 0]", "(x)", "[nan 0 1 1]"] {
        let mut file = Builder::page(SHOWS_A);
        file.object(
            3,
            format!(
                "<</Type/Page/MediaBox{media}/UserUnit 1e9/Rotate -7/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
            ),
        );
        check(&file.finish(), "a");
    }
}

#[test]
fn a_stream_that_is_cut_or_has_a_wrong_checksum_gives_its_beginning() {
    let content = [SHOWS_A, &b" 0 g"[..].repeat(500)].concat();
    let packed = deflate(&content);
    let wrong = [&packed[..packed.len() - 4], &[1, 2, 3, 4]].concat();
    for data in [&packed[..packed.len() - 4], &packed[..packed.len() - 7], &wrong] {
        let mut file = Builder::page(b"");
        file.stream(4, "/Filter/FlateDecode", data);
        check(&file.finish(), "a");
    }
}
