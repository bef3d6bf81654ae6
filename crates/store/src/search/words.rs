//! What people type: words that must all be there, `"phrases"`, `-words` that must not, `OR`.

use thiserror::Error;

use super::phrase::Phrase;

/// Longest search text in characters.
const LONGEST: usize = 1_000;
/// Most words and phrases of one search.
const MOST: usize = 64;

/// Why a search text means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WordsProblem {
    /// No letter, digit or character to look for.
    #[error("there is nothing in it to look for")]
    Empty,
    /// Only words that must not be there.
    #[error("it only says what to leave out")]
    OnlyLeftOut,
    /// A quotation mark without its second half.
    #[error("the quotation mark at character {at} is not closed")]
    Unclosed {
        /// Its place, from 1.
        at: usize,
    },
    /// `OR` without a word on both sides.
    #[error("`OR` must stand between two words")]
    LooseOr,
    /// `OR` beside a word that must not be there.
    #[error("a word to leave out cannot stand beside `OR`")]
    LeftOutBesideOr,
    /// Too many characters.
    #[error("it is longer than {LONGEST} characters")]
    TooLong,
    /// Too many words.
    #[error("it has more than {MOST} words")]
    TooMany,
}

/// A search text, understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Of each group one must be there.
    pub(crate) groups: Vec<Vec<Phrase>>,
    /// None of these may be there.
    pub(crate) without: Vec<Phrase>,
}

/// What stood before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Wanted,
    LeftOut,
    Or,
}

impl Words {
    /// Understands a search text. Words are separated by spaces; a word is looked for as it stands, so that 標的型 finds 標的型攻撃.
    pub(crate) fn parse(text: &str) -> Result<Self, WordsProblem> {
        if text.chars().count() > LONGEST {
            return Err(WordsProblem::TooLong);
        }
        let mut words = Self::default();
        let mut before = Before::Nothing;
        for piece in pieces(text)? {
            before = words.take(&piece, before)?;
        }
        let count = words.groups.iter().map(Vec::len).sum::<usize>() + words.without.len();
        match (words.groups.is_empty(), words.without.is_empty()) {
            _ if before == Before::Or => Err(WordsProblem::LooseOr),
            _ if count > MOST => Err(WordsProblem::TooMany),
            (true, true) => Err(WordsProblem::Empty),
            (true, false) => Err(WordsProblem::OnlyLeftOut),
            (false, _) => Ok(words),
        }
    }

    fn take(&mut self, piece: &Piece<'_>, before: Before) -> Result<Before, WordsProblem> {
        if piece.is_or() {
            return match before {
                Before::Wanted => Ok(Before::Or),
                Before::LeftOut => Err(WordsProblem::LeftOutBesideOr),
                Before::Nothing | Before::Or => Err(WordsProblem::LooseOr),
            };
        }
        let Some(phrase) = Phrase::of(piece.text) else {
            return if before == Before::Or { Err(WordsProblem::LooseOr) } else { Ok(Before::Nothing) };
        };
        if piece.left_out {
            self.without.push(phrase);
            return if before == Before::Or { Err(WordsProblem::LeftOutBesideOr) } else { Ok(Before::LeftOut) };
        }
        match self.groups.last_mut() {
            Some(group) if before == Before::Or => group.push(phrase),
            _ => self.groups.push(vec![phrase]),
        }
        Ok(Before::Wanted)
    }

    /// The phrases that make a text an answer.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = &Phrase> {
        self.groups.iter().flatten()
    }
}

/// A word or a phrase as typed.
struct Piece<'t> {
    text: &'t str,
    quoted: bool,
    left_out: bool,
}

impl Piece<'_> {
    fn is_or(&self) -> bool {
        self.text == "OR" && !self.quoted && !self.left_out
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, WordsProblem> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let after = rest.strip_prefix(['-', '－']).filter(|r| r.starts_with(|c: char| !c.is_whitespace()));
        let left_out = after.is_some();
        rest = after.unwrap_or(rest);
        let (piece, quoted, remains) = match rest.strip_prefix(is_quote) {
            Some(inside) => {
                let at = text.chars().count() - rest.chars().count() + 1;
                let end = inside.find(is_quote).ok_or(WordsProblem::Unclosed { at })?;
                let (piece, remains) = inside.split_at(end);
                (piece, true, remains.strip_prefix(is_quote).unwrap_or(remains))
            }
            None => {
                let (piece, remains) =
                    rest.split_at(rest.find(|c| is_quote(c) || c.is_whitespace()).unwrap_or(rest.len()));
                (piece, false, remains)
            }
        };
        out.push(Piece { text: piece, quoted, left_out });
        rest = remains.trim_start();
    }
    Ok(out)
}

/// Straight quotation marks, full-width ones, and those that editors make of them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> String {
        match Words::parse(text) {
            Err(problem) => format!("refused: {problem}"),
            Ok(words) => {
                let any = |g: &Vec<Phrase>| g.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
                let mut parts: Vec<String> = words.groups.iter().map(any).collect();
                parts.extend(words.without.iter().map(|p| format!("not {p}")));
                parts.join(" and ")
            }
        }
    }

    #[test]
    fn what_search_texts_mean() {
        let texts = [
            "標的型",
            "標的型 メール",
            "標的型　メール",
            "\"zero trust\"",
            "“zero trust”",
            "Zero Trust",
            "標的型 -メール",
            "－メール 標的型",
            "標的型 -\"フィッシング メール\"",
            "標的型 OR メール 添付",
            "a OR b OR c",
            "\"OR\" or",
            "CVE-2021-44228",
            "R & D",
            "ﾏﾙｳｪｱ",
            "-",
            "",
            "　",
            "・・・",
            "-メール",
            "\"標的型",
            "攻撃 \"標的型",
            "OR 標的型",
            "標的型 OR",
            "a OR OR b",
            "a OR ・ b",
            "a OR -b",
            "-a OR b",
            "a\"b c\"d",
            "\"\" 攻撃",
        ];
        let lines: Vec<String> = texts.iter().map(|t| format!("{t:?}: {}", meaning(t))).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn limits() {
        let check = |text: String, expected: Option<WordsProblem>| assert_eq!(Words::parse(&text).err(), expected);
        check("あ".repeat(LONGEST), None);
        check("あ".repeat(LONGEST + 1), Some(WordsProblem::TooLong));
        check("a ".repeat(MOST), None);
        check("a ".repeat(MOST + 1), Some(WordsProblem::TooMany));
    }
}
