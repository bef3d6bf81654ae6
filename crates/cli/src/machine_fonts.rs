//! East Asian fonts of this machine, for text whose font a file names but does not hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, Result};
use hakusho_render::{FontFile, FontFinder, FontWish, Script};

/// Folders deeper than this are not looked into.
const DEPTH: usize = 4;

/// Beginnings of file names, best first. `serif` files come first where serifs are wished for.
const JAPANESE_SANS: &[&str] = &[
    "NotoSansCJKjp",
    "NotoSansJP",
    "NotoSansCJK",
    "ipaexg",
    "ipag",
    "BIZ-UDGothic",
    "YuGoth",
    "meiryo",
    "msgothic",
    "ヒラギノ角ゴシック W3",
    "HiraginoSans",
    "TakaoGothic",
    "VL-Gothic",
    "DroidSansFallback",
];
const JAPANESE_SERIF: &[&str] = &[
    "NotoSerifCJKjp",
    "NotoSerifJP",
    "NotoSerifCJK",
    "ipaexm",
    "ipam",
    "BIZ-UDMincho",
    "yumin",
    "msmincho",
    "ヒラギノ明朝 ProN",
    "TakaoMincho",
];
const CHINESE_SIMPLIFIED: &[&str] = &["NotoSansCJKsc", "NotoSansSC", "NotoSansCJK", "simsun", "DroidSansFallback"];
const CHINESE_TRADITIONAL: &[&str] = &["NotoSansCJKtc", "NotoSansTC", "NotoSansCJK", "mingliu", "DroidSansFallback"];
const KOREAN: &[&str] = &["NotoSansCJKkr", "NotoSansKR", "NotoSansCJK", "malgun", "batang"];

/// A finder over the machine's folders, or one that always gives the file.
pub(crate) fn finder(only: Option<&Path>) -> Result<FontFinder> {
    if let Some(path) = only {
        let bytes = fs::read(path).with_context(|| format!("cannot read the font `{}`", path.display()))?;
        let file = FontFile { bytes: Arc::new(bytes), index: 0 };
        return Ok(Arc::new(move |_| Some(file.clone())));
    }
    let files: OnceLock<Vec<PathBuf>> = OnceLock::new();
    let loaded: Mutex<Vec<(PathBuf, FontFile)>> = Mutex::new(Vec::new());
    Ok(Arc::new(move |wish| {
        let path = best(files.get_or_init(installed), wish)?;
        let mut loaded = loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let index = member(path, wish.script);
        if let Some((_, file)) = loaded.iter().find(|(p, _)| p == path) {
            return Some(FontFile { index, ..file.clone() });
        }
        let file = FontFile { bytes: Arc::new(fs::read(path).ok()?), index };
        loaded.push((path.clone(), file.clone()));
        Some(file)
    }))
}

/// The best of some files for a wish.
fn best<'f>(files: &'f [PathBuf], wish: &FontWish) -> Option<&'f PathBuf> {
    let (first, then): (&[&str], &[&str]) = match wish.script {
        Script::Japanese if wish.serif => (JAPANESE_SERIF, JAPANESE_SANS),
        Script::Japanese => (JAPANESE_SANS, JAPANESE_SERIF),
        Script::SimplifiedChinese => (CHINESE_SIMPLIFIED, &[]),
        Script::TraditionalChinese => (CHINESE_TRADITIONAL, &[]),
        Script::Korean => (KOREAN, &[]),
    };
    first.iter().chain(then).find_map(|start| {
        let of_family = files.iter().filter(|p| stem(p).to_lowercase().starts_with(&start.to_lowercase()));
        of_family.min_by_key(|p| (is_bold(&stem(p)) != wish.bold, stem(p).len(), stem(p)))
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_bold(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    ["bold", "black", "heavy"].iter().any(|w| stem.contains(w)) || stem.ends_with("goth") && stem.ends_with('b')
}

/// Index of a script's font in the collections of Noto CJK; the first of all others.
fn member(path: &Path, script: Script) -> u32 {
    let collection = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ttc"));
    match script {
        _ if !collection || !stem(path).starts_with("Noto") => 0,
        Script::Japanese => 0,
        Script::Korean => 1,
        Script::SimplifiedChinese => 2,
        Script::TraditionalChinese => 3,
    }
}

/// Font files of the machine, sorted.
fn installed() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders() {
        collect(&folder, 0, &mut found);
    }
    found.sort();
    found
}

/// Where fontconfig, macOS and Windows keep fonts.
fn folders() -> Vec<PathBuf> {
    let system = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
    let mut folders: Vec<PathBuf> = system.iter().map(PathBuf::from).collect();
    if let Some(home) = std::env::var_os("HOME") {
        let own = [".fonts", ".local/share/fonts", "Library/Fonts"];
        folders.extend(own.iter().map(|f| Path::new(&home).join(f)));
    }
    if let Some(windows) = std::env::var_os("WINDIR") {
        folders.push(Path::new(&windows).join("Fonts"));
    }
    folders
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|e| e.ok().map(|e| e.path())) {
        if path.is_dir() && depth < DEPTH {
            collect(&path, depth + 1, found);
        } else if path.extension().is_some_and(|e| ["ttf", "otf", "ttc"].iter().any(|k| e.eq_ignore_ascii_case(k))) {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(script: Script, serif: bool, bold: bool) -> FontWish {
        FontWish { name: "Ryumin-Light".to_owned(), script, serif, bold }
    }

    #[test]
    fn the_nearest_font_of_the_script_stands_in() {
        let files =
            ["fonts/DejaVuSans.ttf", "fonts/NotoSansCJK-Bold.ttc", "fonts/NotoSansCJK-Regular.ttc", "fonts/ipaexm.ttf"]
                .map(PathBuf::from);
        let name = |w: &FontWish| best(&files, w).map(|p| stem(p));
        assert_eq!(name(&wish(Script::Japanese, true, false)).as_deref(), Some("ipaexm"));
        assert_eq!(name(&wish(Script::Japanese, false, false)).as_deref(), Some("NotoSansCJK-Regular"));
        assert_eq!(name(&wish(Script::Japanese, false, true)).as_deref(), Some("NotoSansCJK-Bold"));
        assert_eq!(best(&files[..1], &wish(Script::Japanese, false, false)), None);
        assert_eq!(member(&files[2], Script::TraditionalChinese), 3);
        assert_eq!(member(&files[3], Script::Japanese), 0);
    }
}
