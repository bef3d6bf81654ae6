//! Whole files through the text engine.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = hakusho_pdf::fuzzing::whole_file(data);
});
