//! Font programs: TrueType, CFF, Type 1.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hakusho_pdf::fuzzing::font_program(data));
