//! Whole files through the text engine and the layout.
#![no_main]

use std::sync::LazyLock;

use hakusho_lexicon::LayoutWords;
use hakusho_model::Source;

static WORDS: LazyLock<LayoutWords> = LazyLock::new(LayoutWords::embedded);

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some(report) = hakusho_pdf::fuzzing::whole_file(data) {
        let _ = hakusho_layout::analyse(&report, Source::default(), &WORDS);
    }
});
