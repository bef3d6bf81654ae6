//! `CMap`s and `ToUnicode` maps.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hakusho_pdf::fuzzing::cmap(data));
