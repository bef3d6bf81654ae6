//! Entries for the fuzzer (folder `fuzz/`): each takes any bytes and has to come back. No part of the API.

use hakusho_model::ReportContent;

use crate::font::{cmaps, program};
use crate::lexer::{Lexer, Token, hex_bytes, literal_bytes, name_bytes};
use crate::{Limits, OpenOptions, Pdf};

/// Tokens of a content stream, strings and names decoded.
pub fn tokenizer(data: &[u8]) {
    let mut lexer = Lexer::new(data);
    let mut bytes = Vec::new();
    let mut tokens = 0;
    while let Some(token) = lexer.next() {
        bytes.clear();
        tokens += 1;
        match token {
            Token::Literal(raw) => literal_bytes(raw, &mut bytes),
            Token::Hex(raw) => hex_bytes(raw, &mut bytes),
            Token::Name(raw) => bytes.extend_from_slice(&name_bytes(raw)),
            Token::Operator(b"ID") => lexer.skip_inline_image(None),
            _ => {}
        }
        assert!(bytes.len() <= data.len(), "decoding makes shorter");
    }
    assert!(tokens <= data.len(), "every token takes a byte");
}

/// A `CMap`, embedded or `ToUnicode`, and what it makes of some codes.
pub fn cmap(data: &[u8]) {
    let Some(map) = cmaps::parse(data) else { return };
    let mut text = String::new();
    for code in (0..0x300).chain([0x8140, 0xFFFF, 0x1_0000, u32::MAX]) {
        cmaps::push_text(&map, code, &mut text);
        for len in 1..=4 {
            let _ = map.lookup_cid_code(code, len);
        }
    }
}

/// A font program of any kind, and the characters of some glyphs.
pub fn font_program(data: &[u8]) {
    let program = program::Program::read(data);
    for glyph in (0..0x300).chain([0xFFFF, u32::MAX]) {
        let _ = program.text(glyph);
    }
}

/// A whole file, within limits small enough that millions of them can be tried.
pub fn whole_file(data: &[u8]) -> Option<ReportContent> {
    let limits = Limits {
        stream_bytes: 1 << 20,
        file_bytes: 16 << 20,
        page_operators: 20_000,
        page_forms: 200,
        page_glyphs: 20_000,
        page_shapes: 5_000,
        pages: 20,
        ..Limits::default()
    };
    let options = OpenOptions { limits, structure: true, ..OpenOptions::default() };
    Some(Pdf::open(data, &options).ok()?.read())
}
