//! Each family of patterns on sentences of our own: what it finds, by which rule, and where it must find nothing. Snapshots show
//! the outermost mentions as `surface/TYPE rule → label`.

#![expect(clippy::expect_used, reason = "a test may fail loudly")]

mod blocks;

use std::fmt::Write as _;
use std::sync::LazyLock;

use hakusho_lexicon::{EventWords, OrgForms, embedded_entries};
use hakusho_link::{LinkContext, Linker};
use hakusho_model::{BlockKind, Document, Source};

use blocks::block;

static LINKER: LazyLock<Linker> = LazyLock::new(|| {
    let entries = embedded_entries().expect("well formed");
    let (words, forms) = (EventWords::embedded().expect("well formed"), OrgForms::embedded().expect("well formed"));
    Linker::new(entries, words, forms, "")
});

/// Links each text as a report of its own, or the blocks of one report where they are parted by `¶`.
fn shown(kind: BlockKind, texts: &[&str]) -> String {
    let mut out = String::new();
    for text in texts {
        let mut document = Document::new(Source::default());
        document.blocks.extend(text.split('¶').enumerate().map(|(i, t)| block(i + 1, kind, t, "2024-06")));
        LINKER.link(&mut document, &LinkContext { edition_year: Some(2024), ..LinkContext::default() });
        let _ = writeln!(out, "{text}");
        for m in &document.mentions {
            let inner = document.mentions.iter().any(|o| {
                o.block == m.block && o.start <= m.start && m.end <= o.end && o.end - o.start > m.end - m.start
            });
            if !inner {
                let label = m.label.as_deref().unwrap_or("–");
                let _ = writeln!(out, "  {}/{} {} → {label}", m.surface, m.kind.as_str(), m.rule);
            }
        }
    }
    out
}

#[test]
fn short_names_that_the_report_defines() {
    let texts = [
        "見本情報流通研究会（JKRK）は、JKRKの方針を示した。",
        "見本データ保護法（以下「見本法」という。）の施行。¶見本法は広がる。",
        "架空個人情報法（The Sample Privacy Act）の成立",
        "（JKRK）だけでは分からない。",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn words_that_lean_look_back_four_blocks() {
    let texts = [
        "ソフトバンクは発表した。¶同社は始めた。",
        "ソフトバンクは発表した。¶甲。¶乙。¶同社は始めた。",
        "ソフトバンクは発表した。¶甲。¶乙。¶丙。¶同社は始めた。",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn editions_are_things_of_their_own() {
    let texts = [
        "通信利用動向調査2021を見る。",
        "令和3年版情報通信白書",
        "JIS Q 15001:2017への対応",
        "通信利用動向調査2021年に",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn products_by_the_noun_before_them() {
    let texts = [
        "自動判定するツール「Samplify Vision」を開発した。",
        "画像撮影用衛星Mihon-7で撮影した。",
        "「メタバース」という概念",
        "技術AIの進歩",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn organisations_by_their_slot() {
    let texts = [
        "Exampletech社の製品",
        "Samplecorp、Exampletech等2社に",
        "Samplecorpによると、前年を上回る。",
        "Samplecorpが公開された。",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
    insta::assert_snapshot!(shown(
        BlockKind::SourceNote,
        &["（出典）Samplestat（Exampletech）", "（出典）各種資料を基に作成"]
    ));
}

#[test]
fn dangers_in_quotation_marks_are_threats() {
    let texts = [
        "「従業員による情報の紛失・盗難」（24.8％）が多い。",
        "情報漏えいなどの懸念がある。",
        "「情報の共有」が進む。",
    ];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn elections_meetings_and_storms() {
    let texts = ["アルゼンチン大統領選で", "見本情報研究会　第1回会合", "台風15号が上陸した。", "選挙が続く。"];
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &texts));
}

#[test]
fn years_in_brackets_date_a_citation() {
    insta::assert_snapshot!(shown(BlockKind::Paragraph, &["見本研究所（2020）「見本利用調査」によると、4月11日に"]));
}
