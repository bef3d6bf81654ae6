//! What a report of no known series is called.

use hakusho_model::{Block, BlockKind, Document};

use crate::cues::{Cue, Cues};

/// A title stands among the first so many blocks of the first page.
const NEAR_THE_TOP: usize = 6;
/// Headings that make one title, and its most characters.
const MOST_LINES: usize = 3;
const MOST_CHARS: usize = 100;

/// The title that somebody gave the file, else what its first page is headed by, else a file's name: of the file it was made
/// from, as programs put it where a title should stand, or of its own.
pub(crate) fn title_of(document: &Document) -> String {
    let stated = document.source.title.as_deref().map_or(Stated::Nothing, stated);
    if let Stated::Title(title) = stated {
        return title;
    }
    let headed = headed(document);
    headed.unwrap_or_else(|| match stated {
        Stated::File(name) => name,
        Stated::Title(_) | Stated::Nothing => without_ending(&document.source.file).to_owned(),
    })
}

/// What stands as title in the file's information dictionary.
enum Stated {
    Title(String),
    /// Name of the file that it was made from.
    File(String),
    Nothing,
}

fn stated(title: &str) -> Stated {
    let title = together(title);
    let chars: Vec<char> = title.chars().collect();
    let program = Cues::embedded().beginning("program", &chars).and_then(|p| after(p, &title)?.strip_prefix(" - "));
    let rest = program.unwrap_or(&title);
    let name = without_ending(rest);
    if is_none(name) {
        return Stated::Nothing;
    }
    if program.is_some() || name.len() < rest.len() { Stated::File(name.to_owned()) } else { Stated::Title(title) }
}

/// What stands behind a word that begins a text.
fn after<'t>(word: &Cue, text: &'t str) -> Option<&'t str> {
    text.char_indices().nth(word.word.len()).map(|(at, _)| &text[at..])
}

/// A file's name without its ending; names have no other dots that matter.
fn without_ending(name: &str) -> &str {
    let folded: Vec<char> = name.chars().map(|c| c.to_ascii_lowercase()).collect();
    match Cues::embedded().ending("file_ending", &folded) {
        // Endings are ASCII: as many bytes as characters.
        Some(ending) => &name[..name.len() - ending.word.len()],
        None => name,
    }
}

/// Whether words are no title: a placeholder with or without its number, or no word at all.
fn is_none(title: &str) -> bool {
    let bare = title.trim_end_matches(|c: char| c.is_numeric() || matches!(c, ' ' | '-' | '_' | '\u{3000}'));
    let words: Vec<char> = bare.chars().collect();
    !title.chars().any(char::is_alphabetic)
        || words.len() < 2
        || Cues::embedded().list("untitled").iter().any(|c| c.word == words)
}

/// The headings that a first page begins with.
fn headed(document: &Document) -> Option<String> {
    let page: Vec<&Block> = document.blocks.iter().take_while(|b| b.page().is_none_or(|p| p == 1)).collect();
    let first = page.iter().take(NEAR_THE_TOP).position(|b| is_head(document, b))?;
    let lines = page[first..].iter().take(MOST_LINES).take_while(|b| is_head(document, b));
    let title = lines.map(|b| together(&b.text)).collect::<Vec<_>>().join(" ");
    (title.chars().count() <= MOST_CHARS && !is_none(&title)).then_some(title)
}

/// Whether a block heads all that follows. Numbers of chapters may stand before it, those of items may not.
fn is_head(document: &Document, block: &Block) -> bool {
    let section = || document.sections.iter().find(|s| s.heading.as_deref() == Some(block.id.as_str()));
    let item = || section().and_then(|s| s.label.as_deref()).is_some_and(|label| !label.starts_with('第'));
    block.kind == BlockKind::Heading && block.level == Some(1) && !item()
}

/// The text in one line; letters that are set apart (白 書) are drawn together.
fn together(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let apart = words.len() > 1 && words.iter().all(|w| w.chars().count() == 1);
    words.join(if apart { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Rect, Region, Section, Source};

    use super::*;

    fn named(file: &str, title: Option<&str>) -> Document {
        Document::new(Source { file: file.into(), title: title.map(Into::into), ..Source::default() })
    }

    #[test]
    fn titles_that_programs_wrote_are_none() {
        let check = |title: &str, expected: &str| {
            assert_eq!(title_of(&named("n0001.pdf", Some(title))), expected, "{title}");
        };
        check("見本情報白書", "見本情報白書");
        check("Mihon  Report\n2024", "Mihon Report 2024");
        check("3.0 の要件", "3.0 の要件");
        // Names of files are better than nothing.
        check("Microsoft Word - 見本報告書_最終.docx", "見本報告書_最終");
        check("Microsoft PowerPoint - 見本", "見本");
        check("見本5.indd", "見本5");
        check("見本.PDF", "見本");
        // Word of the year is a title, and so is a word that a placeholder begins.
        check("Word of the Year", "Word of the Year");
        check("文書管理の手引", "文書管理の手引");
        for nothing in [
            "",
            " ",
            "PowerPoint プレゼンテーション",
            "スライド 1",
            "無題",
            "名称未設定-1",
            "0025005-051",
            "Book1.xlsx",
            "別紙１",
            "目 次",
            "a",
        ] {
            check(nothing, "n0001");
        }
    }

    /// A first page of headings (`#1`, with its number behind `|`) and paragraphs.
    fn page(lines: &[&str]) -> Document {
        let mut document = named("n0001.pdf", None);
        for (n, line) in lines.iter().enumerate() {
            let (kind, level, text) = match line.strip_prefix('#') {
                Some(rest) => (BlockKind::Heading, rest.chars().next().and_then(|c| c.to_digit(10)), &rest[1..]),
                None => (BlockKind::Paragraph, None, *line),
            };
            let (label, title) = text.split_once('|').map_or((None, text), |(l, t)| (Some(l.to_owned()), t));
            let id = format!("b{n}");
            if let Some(level) = level {
                document.sections.push(Section {
                    id: format!("s{n}"),
                    parent: None,
                    level,
                    label,
                    title: title.to_owned(),
                    heading: Some(id.clone()),
                });
            }
            document.blocks.push(Block {
                id,
                kind,
                level,
                section: None,
                month: None,
                side: None,
                text: text.replace('|', "\u{3000}"),
                regions: vec![Region { page: 1, bbox: Rect::default() }],
                lines: Vec::new(),
                notes: Vec::new(),
                refs: Vec::new(),
            });
        }
        document
    }

    #[test]
    fn a_first_page_is_headed_by_the_title() {
        let check = |lines: &[&str], expected: &str| assert_eq!(title_of(&page(lines)), expected, "{lines:?}");
        check(&["#1見本報告書", "2024年3月"], "見本報告書");
        check(&["更新日：2024年5月9日", "#1見 本 白 書", "#2概要"], "見本白書");
        check(&["#1見本の脆弱性", "#1トップ10", "#12004 Update", "2004年1月27日"], "見本の脆弱性 トップ10 2004 Update");
        check(&["#1第1章|見本の動向"], "第1章 見本の動向");
        // Numbers of items, headings below the top, placeholders and pages of text are no titles.
        check(&["#1①|見本の店舗"], "n0001");
        check(&["#2見本報告書"], "n0001");
        check(&["#1目次"], "n0001");
        check(&["一", "二", "三", "四", "五", "#1見本報告書"], "見本報告書");
        check(&["一", "二", "三", "四", "五", "六", "#1見本報告書"], "n0001");
        check(&[&format!("#1{}", "字".repeat(MOST_CHARS))], &"字".repeat(MOST_CHARS));
        check(&[&format!("#1{}", "字".repeat(MOST_CHARS + 1))], "n0001");
        assert_eq!(title_of(&named("見本.v2.pdf", None)), "見本.v2");
    }

    #[test]
    fn letters_set_apart_are_drawn_together() {
        assert_eq!(together("見 本 白 書"), "見本白書");
        assert_eq!(together("第１章\u{3000}見本"), "第１章 見本");
        assert_eq!(together("見本"), "見本");
    }
}
