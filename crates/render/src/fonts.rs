//! Fonts that a file names but does not hold.
//!
//! The Latin standard fonts come with hayro. Japanese and other East Asian ones do not: whoever may look into the
//! machine's folders gives a [`FontFinder`]. Text in a font that is not found stays blank and is reported.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;

/// Characters that a font must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Adobe-Japan1, and composite fonts that do not say.
    Japanese,
    /// Adobe-GB1.
    SimplifiedChinese,
    /// Adobe-CNS1.
    TraditionalChinese,
    /// Adobe-Korea1.
    Korean,
}

/// A font that is missing in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontWish {
    /// Its `PostScript` name.
    pub name: String,
    /// What it must hold.
    pub script: Script,
    /// Whether it has serifs (明朝).
    pub serif: bool,
    /// Whether it is bold.
    pub bold: bool,
}

/// A TrueType or OpenType file.
#[derive(Clone, PartialEq, Eq)]
pub struct FontFile {
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Index of the font in a collection, 0 for a single one.
    pub index: u32,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({} bytes, {})", self.bytes.len(), self.index)
    }
}

/// Finds a font that can stand in for a missing one.
pub type FontFinder = Arc<dyn Fn(&FontWish) -> Option<FontFile> + Send + Sync>;

/// Names of fonts that were needed and not found.
pub(crate) type Missing = Arc<Mutex<BTreeSet<String>>>;

/// The renderer's settings with that finder; what it does not find is noted in `missing`.
pub(crate) fn settings(finder: Option<FontFinder>, missing: Missing) -> InterpreterSettings {
    let resolve = move |query: &FontQuery| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(query) => {
            let Some(wish) = wish(query) else { return Some(query.pick_standard_font().get_font_data()) };
            let found = finder.as_ref().and_then(|find| find(&wish));
            if found.is_none() {
                missing.lock().unwrap_or_else(PoisonError::into_inner).insert(wish.name.clone());
            }
            Some(found.map_or_else(|| query.pick_standard_font().get_font_data(), data))
        }
    };
    InterpreterSettings { font_resolver: Arc::new(resolve), ..InterpreterSettings::default() }
}

fn data(file: FontFile) -> (FontData, u32) {
    (file.bytes, file.index)
}

/// What is wished for in place of a composite font; `None` for a simple one, which a Latin font replaces.
fn wish(query: &FallbackFontQuery) -> Option<FontWish> {
    let script = match &query.character_collection.as_ref()?.family {
        CidFamily::AdobeGB1 => Script::SimplifiedChinese,
        CidFamily::AdobeCNS1 => Script::TraditionalChinese,
        CidFamily::AdobeKorea1 => Script::Korean,
        _ => Script::Japanese,
    };
    let name = query.post_script_name.clone().or_else(|| query.font_name.clone()).unwrap_or_default();
    let lower = name.to_lowercase();
    let serif = query.is_serif || ["mincho", "min", "ryumin", "serif", "明朝"].iter().any(|w| lower.contains(w));
    let bold = query.is_bold || query.font_weight >= 600 || ["bold", "heavy"].iter().any(|w| lower.contains(w));
    Some(FontWish { name, script, serif, bold })
}
