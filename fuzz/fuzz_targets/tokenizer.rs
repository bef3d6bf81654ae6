//! Content streams to tokens.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hakusho_pdf::fuzzing::tokenizer(data));
