//! Checks of what a block of text states.

use hakusho_lexicon::OrgForms;
use hakusho_model::{Region, Source};

use crate::{LinkContext, Linker};
use hakusho_lexicon::EventWords;
use hakusho_model::{Block, BlockKind, Document, Event};

/// What a block of text states: type, class, date, certainty, who did it, whom it concerns.
fn check(kind: BlockKind, text: &str, expected: &[&str]) {
    let words = EventWords::embedded().expect("well formed");
    let linker = Linker::new(Vec::new(), words, OrgForms::embedded().expect("well formed"), "");
    let mut document = Document::new(Source::default());
    document.blocks.push(Block {
        id: "b1".to_owned(),
        kind,
        section: None,
        level: None,
        month: (kind == BlockKind::ChronologyEntry).then(|| "2024-06".to_owned()),
        side: None,
        text: text.to_owned(),
        regions: Vec::<Region>::new(),
        lines: Vec::new(),
        notes: Vec::new(),
        refs: Vec::new(),
    });
    linker.link(&mut document, &LinkContext::default());
    let names = |iris: &[String]| iris.iter().map(|i| i.rsplit('/').next().unwrap_or("")).collect::<Vec<_>>().join("+");
    let line = |e: &Event| {
        let date = e.date.as_deref().unwrap_or("–");
        let (does, has) = (names(&e.actors), names(&e.affected));
        format!("{:?}/{} {date} {:?} {does}>{has}", e.kind, e.class, e.modality)
    };
    assert_eq!(document.events.iter().map(line).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn prose_states_who_and_when() {
    let text = "2024年6月5日、株式会社見本電機は、最大9万件の情報が流出した可能性があると公表した。";
    check(BlockKind::Paragraph, text, &["Incident/data_leak 2024-06-05 Possible >見本電機"]);
    check(
        BlockKind::Paragraph,
        "見本大学は2023年4月に指針を策定し、同年7月に改訂版を公表した。",
        &["Announcement/policy 2023-04 Fact 見本大学>", "Announcement/publish 2023-07 Fact 見本大学>"],
    );
}

#[test]
fn general_statements_are_no_events() {
    check(BlockKind::Paragraph, "不正アクセス対策を強化することが重要である。", &[]);
    check(BlockKind::Paragraph, "情報の漏えいを防止する仕組みが求められている。", &[]);
}

#[test]
fn chronology_entries_are_about_their_head() {
    check(
        BlockKind::ChronologyEntry,
        "・見本フーズ、不正アクセスで顧客情報流出。",
        &["Incident/data_leak 2024-06 Fact >見本フーズ"],
    );
    check(
        BlockKind::ChronologyEntry,
        "・見本大学、量子暗号の実験に成功。",
        &["Announcement/technology 2024-06 Fact 見本大学>"],
    );
}

#[test]
fn rows_of_a_table_with_a_date() {
    let text = "公表日\t組織\t概要\n2024年3月19日\t見本大学\t統計調査の調査票の控え40枚を紛失した。";
    check(BlockKind::Table, text, &["Incident/loss 2024-03-19 Fact >見本大学"]);
    let denied = "2024年3月19日\t見本大学\tシステムが3日間停止した。情報の流出は確認されていない。";
    check(BlockKind::Table, denied, &["Incident/outage 2024-03-19 Fact >見本大学"]);
}

#[test]
fn notes_say_when_what_they_cite_was_published() {
    let text = "株式会社見本経済研究所「位置情報に関する調査」（2020年11月5日発表）";
    check(BlockKind::Footnote, text, &["Announcement/publish 2020-11-05 Fact 見本経済研究所>"]);
    check(BlockKind::Footnote, "株式会社見本経済研究所「位置情報に関する調査」（2020年）", &[]);
}
