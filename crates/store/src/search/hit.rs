//! What a search found: the text, where the words stand in it, and the printed lines they stand on.

use super::parts::Kind;
use super::units::Units;
use super::words::Words;

/// Characters of text before the first match and after it that a snippet shows.
const BEFORE: usize = 20;
/// Characters that a snippet shows from the first match on.
const FROM: usize = 60;

/// A node whose text matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// IRI of the passage, exhibit, section or thing.
    pub node: String,
    /// What its text is.
    pub kind: Kind,
    /// Graph it stands in.
    pub graph: String,
    /// How well it matches: BM25, rounded to four decimals. Comparable within one answer only.
    pub score: f64,
    /// The text; of several labels the first one that has a match.
    pub text: String,
    /// Matches, in code points of the text, end exclusive; sorted, overlapping ones joined.
    pub matches: Vec<(usize, usize)>,
    /// `hk:boxes` of the whole text, one fragment a printed line.
    pub(crate) boxes: Option<String>,
}

impl Hit {
    /// The first match.
    pub fn first(&self) -> Option<(usize, usize)> {
        self.matches.first().copied()
    }

    /// The text around the first match, matches in 【…】.
    pub fn snippet(&self) -> String {
        let chars: Vec<char> = self.text.chars().collect();
        let (start, end) = self.first().unwrap_or_default();
        let from = start.saturating_sub(BEFORE);
        let to = chars.len().min(end.max(start + FROM));
        let mut out = String::from(if from > 0 { "…" } else { "" });
        for (i, c) in chars.iter().enumerate().take(to).skip(from) {
            if self.matches.iter().any(|m| m.0 == i && m.1 <= to) {
                out.push('【');
            }
            out.push(if c.is_whitespace() { ' ' } else { *c });
            if self.matches.iter().any(|m| m.1 == i + 1 && m.0 >= from) {
                out.push('】');
            }
        }
        out.push_str(if to < chars.len() { "…" } else { "" });
        out
    }

    /// The printed lines that matches stand on, as fragments `page=…&viewrect=…` in reading order.
    pub fn lines(&self) -> Vec<&str> {
        let fragments = self.boxes.as_deref().unwrap_or_default().split_ascii_whitespace();
        let touched = |fragment: &&str| {
            let Some((start, end)) = extent(fragment) else { return false };
            self.matches.iter().any(|m| m.0 < end && start < m.1)
        };
        fragments.filter(touched).map(|f| f.split("&char=").next().unwrap_or(f)).collect()
    }
}

/// Code points of the text that a line holds (`&char=start,end`, RFC 5147).
fn extent(fragment: &str) -> Option<(usize, usize)> {
    let (start, end) = fragment.split("&char=").nth(1)?.split('&').next()?.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// The first of some texts with a match, and all matches in it.
pub(crate) fn matches(words: &Words, texts: Vec<String>) -> (String, Vec<(usize, usize)>) {
    let mut first = None;
    for text in texts {
        let places = places(words, &text);
        if !places.is_empty() {
            return (text, places);
        }
        first.get_or_insert(text);
    }
    (first.unwrap_or_default(), Vec::new())
}

fn places(words: &Words, text: &str) -> Vec<(usize, usize)> {
    let units = Units::of(text);
    let mut all: Vec<(usize, usize)> =
        words.wanted().flat_map(|p| p.places(&units)).map(|(a, b)| (a as usize, b as usize)).collect();
    all.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for place in all {
        match joined.last_mut() {
            Some(last) if place.0 < last.1 => last.1 = last.1.max(place.1),
            _ => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(text: &str, words: &str, boxes: Option<&str>) -> Hit {
        let words = Words::parse(words).expect("words");
        let (text, matches) = matches(&words, vec![text.to_owned()]);
        let boxes = boxes.map(str::to_owned);
        Hit { node: String::new(), kind: Kind::Passage, graph: String::new(), score: 0.0, text, matches, boxes }
    }

    #[test]
    fn snippets() {
        let check = |text: &str, words: &str, expected: &str| assert_eq!(hit(text, words, None).snippet(), expected);
        check("標的型攻撃が増えた。", "標的型", "【標的型】攻撃が増えた。");
        check("標的型攻撃と標的型メール", "標的型 メール", "【標的型】攻撃と【標的型】【メール】");
        check("標的型攻撃", "標的型 型攻撃", "【標的型攻撃】");
        check("表\n標的型\t一", "標的", "表 【標的】型 一");
        let long = format!("{}攻撃{}", "あ".repeat(BEFORE + 1), "い".repeat(FROM));
        check(&long, "攻撃", &format!("…{}【攻撃】{}…", "あ".repeat(BEFORE), "い".repeat(FROM - 2)));
        let fits = format!("{}攻撃{}", "あ".repeat(BEFORE), "い".repeat(FROM - 2));
        check(&fits, "攻撃", &format!("{}【攻撃】{}", "あ".repeat(BEFORE), "い".repeat(FROM - 2)));
    }

    #[test]
    fn lines_that_matches_stand_on() {
        let boxes =
            "page=1&viewrect=1,1,9,9&char=0,4 page=2&viewrect=2,2,9,9&char=4,8 page=2&viewrect=3,3,9,9&char=8,9";
        let check = |words: &str, expected: &[&str]| {
            assert_eq!(hit("一二三四五六七八九", words, Some(boxes)).lines(), expected, "{words}");
        };
        let [first, second, third] = ["page=1&viewrect=1,1,9,9", "page=2&viewrect=2,2,9,9", "page=2&viewrect=3,3,9,9"];
        check("三四", &[first]);
        check("四五", &[first, second]);
        check("一 九", &[first, third]);
        let broken = "page=1 page=1&char=x,2 page=1&viewrect=1,1,1,1&char=0 page=1&viewrect=1,1,1,1&char=0,2";
        assert_eq!(hit("一二", "一", Some(broken)).lines(), ["page=1&viewrect=1,1,1,1"]);
        assert!(hit("一二", "一", None).lines().is_empty());
    }
}
