//! Whatever a block holds, linking ends without a fault, spans lie within the text, and the same text gives the same.

#![expect(clippy::expect_used, reason = "a test may fail loudly")]

mod blocks;

use hakusho_lexicon::{EventWords, OrgForms, embedded_entries};
use hakusho_link::{LinkContext, Linker};
use hakusho_model::{BlockKind, Document, Source};

use blocks::block;

/// Pieces that the rules look at, put together at random.
const PIECES: [&str; 72] = [
    "「",
    "」",
    "『",
    "』",
    "（",
    "）",
    "(",
    ")",
    "、",
    "。",
    "・",
    "　",
    " ",
    "\t",
    "\n",
    "2021",
    "年",
    "年版",
    "令和",
    "3",
    "第",
    "1.0",
    "版",
    "ver",
    ":",
    "：",
    "米",
    "英",
    "日",
    "中",
    "政府",
    "総務省",
    "法",
    "法案",
    "改正",
    "施行",
    "調査",
    "報告書",
    "社",
    "等",
    "３社",
    "株式会社",
    "大学",
    "大",
    "委員会",
    "IPA",
    "OpenAI",
    "Twitter",
    "X",
    "旧",
    "現",
    "上で",
    "は",
    "が",
    "を提訴",
    "に対し",
    "不正アクセス",
    "流出",
    "感染",
    "障害",
    "を発表",
    "以下「",
    "」という。",
    "台風",
    "15号",
    "回会合",
    "同社",
    "前回調査",
    "％",
    "約",
    "\u{FFFD}",
    "ﾞ",
];

fn linker() -> Linker {
    let entries = embedded_entries().expect("well formed");
    let (words, forms) = (EventWords::embedded().expect("well formed"), OrgForms::embedded().expect("well formed"));
    Linker::new(entries, words, forms, "")
}

fn document(kind: BlockKind, text: String) -> Document {
    let mut document = Document::new(Source::default());
    document.blocks.push(block(1, kind, &text, "2020-01"));
    document
}

#[test]
fn any_text_is_linked() {
    let linker = linker();
    let kinds = [
        BlockKind::Paragraph,
        BlockKind::ChronologyEntry,
        BlockKind::ListItem,
        BlockKind::Table,
        BlockKind::SourceNote,
        BlockKind::Footnote,
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..4000 {
        let length = 1 + next(14);
        let text: String = (0..length).map(|_| PIECES[next(PIECES.len())]).collect();
        let count = text.chars().count();
        let mut first = document(kinds[round % kinds.len()], text.clone());
        let mut second = first.clone();
        linker.link(&mut first, &LinkContext::default());
        linker.link(&mut second, &LinkContext::default());
        assert_eq!(first, second, "{text:?}");
        assert!(first.mentions.iter().all(|m| m.start < m.end && m.end <= count), "{text:?}");
        assert!(first.events.iter().all(|e| e.start <= e.end && e.end <= count), "{text:?}");
    }
}
