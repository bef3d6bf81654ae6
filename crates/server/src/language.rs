//! Which of the two languages a reader of the plain pages wants (RFC 9110 §12.5.4).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// A language of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Japanese,
    English,
}

impl Language {
    /// The better liked one; Japanese, that of the reports, where neither is liked better.
    pub(crate) fn asked(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(ACCEPT_LANGUAGE);
        Self::of(lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')))
    }

    fn of<'a>(wishes: impl Iterator<Item = &'a str>) -> Self {
        let (mut japanese, mut english) = (0.0_f32, 0.0_f32);
        for wish in wishes {
            let mut parts = wish.split(';').map(str::trim);
            let range = parts.next().unwrap_or_default();
            let quality = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
            let weight = quality.map_or(1.0, |q| q.parse().unwrap_or(0.0));
            match range.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "ja" => japanese = japanese.max(weight),
                "en" => english = english.max(weight),
                _ => {}
            }
        }
        if english > japanese { Self::English } else { Self::Japanese }
    }

    /// Its tag (BCP 47).
    pub(crate) fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }

    /// The text in this language.
    pub(crate) fn pick<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_is_taken() {
        let check = |wishes: &str, expected: &str| {
            assert_eq!(Language::of(wishes.split(',')).tag(), expected, "{wishes}");
        };
        check("en", "en");
        check("en-GB,en;q=0.9,ja;q=0.8", "en");
        check("ja,en-US;q=0.9", "ja");
        check("ja;q=0.2, EN;q=0.3", "en");
        check("de, en;q=0.1", "en");
        check("ja-JP", "ja");
        // As well liked, neither, refused, unreadable: the language of the reports.
        check("en,ja", "ja");
        check("", "ja");
        check("*", "ja");
        check("de", "ja");
        check("en;q=0", "ja");
        check("en;q=x", "ja");
    }
}
