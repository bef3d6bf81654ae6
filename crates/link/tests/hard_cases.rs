//! Cases that other readers get wrong, each with the lexicon that comes with the program: which spans are names, and who did
//! what to whom.

#![expect(clippy::expect_used, reason = "a test may fail loudly")]

mod blocks;

use std::sync::LazyLock;

use hakusho_lexicon::{EventWords, OrgForms, embedded_entries};
use hakusho_link::{LinkContext, Linker};
use hakusho_model::{BlockKind, Document, Modality, Source};

use blocks::block;

static LINKER: LazyLock<Linker> = LazyLock::new(|| {
    let entries = embedded_entries().expect("well formed");
    let (words, forms) = (EventWords::embedded().expect("well formed"), OrgForms::embedded().expect("well formed"));
    Linker::new(entries, words, forms, "")
});

fn linked(kind: BlockKind, text: &str) -> Document {
    let mut document = Document::new(Source::default());
    document.blocks.push(block(1, kind, text, "2024-06"));
    LINKER.link(&mut document, &LinkContext { edition_year: Some(2024), ..LinkContext::default() });
    document
}

/// The names of a paragraph, outermost ones, as `surface/TYPE`; dates and quantities left out.
fn names(text: &str) -> Vec<String> {
    let document = linked(BlockKind::Paragraph, text);
    let mentions = &document.mentions;
    let inner = |i: usize| {
        mentions.iter().enumerate().any(|(j, o)| {
            j != i
                && o.start <= mentions[i].start
                && mentions[i].end <= o.end
                && o.end - o.start > mentions[i].end - mentions[i].start
        })
    };
    let value = |i: usize| matches!(mentions[i].kind.as_str(), "DATE" | "QTY");
    let shown = (0..mentions.len()).filter(|i| !inner(*i) && !value(*i));
    shown.map(|i| format!("{}/{}", mentions[i].surface, mentions[i].kind.as_str())).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(names(text), expected, "{text}");
}

/// What a chronology entry states: type, certainty, who did it, whom it concerns, who told.
#[track_caller]
fn states(text: &str, expected: &[&str]) {
    let document = linked(BlockKind::ChronologyEntry, text);
    let label =
        |iri: &String| document.entities.iter().find(|e| e.id == *iri).map_or_else(|| iri.clone(), |e| e.label.clone());
    let list = |iris: &[String]| iris.iter().map(label).collect::<Vec<_>>().join("+");
    let found: Vec<String> = document
        .events
        .iter()
        .map(|e| {
            let told = if e.announcer.is_empty() { String::new() } else { format!(" told by {}", list(&e.announcer)) };
            format!("{:?} {:?}: {} > {}{told}", e.kind, e.modality, list(&e.actors), list(&e.affected))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_virus_that_is_a_disease_is_no_threat() {
    check("新型コロナウイルスの影響で延期した。", &[]);
}

#[test]
fn software_against_malware_is_no_threat() {
    check("マルウェア対策ソフトの導入が進む。", &[]);
}

#[test]
fn a_language_is_no_country() {
    check("日本語の処理", &[]);
    check("日本国内の企業", &["日本/LOC"]);
}

#[test]
fn offices_are_no_part_of_a_name() {
    check("岸田総理大臣が出席した。", &["岸田/PERSON"]);
}

#[test]
fn government_offices_in_general_are_nobody() {
    check("官公庁のシステム", &[]);
    check("全省庁で進める。", &[]);
    check("国会と議会", &[]);
}

#[test]
fn ministries_joined_by_a_dot_are_two() {
    check("見本省・雛形省が策定した。", &["見本省/ORG", "雛形省/ORG"]);
}

#[test]
fn governments_share_their_last_word() {
    check("米・英・豪政府は", &["米/ORG", "英/ORG", "豪政府/ORG"]);
    check("日英間の協議", &["日/LOC", "英/LOC"]);
}

#[test]
fn daytime_is_no_pair_of_countries() {
    check("平日の日中の通信量", &[]);
    check("普及する中、日本企業は", &["日本/LOC"]);
}

#[test]
fn methods_are_no_laws() {
    check("この手法と方法、違法な司法", &[]);
    check("見本国政府は、見本保護法を改正した。", &["見本国政府/ORG", "見本保護法/LAW"]);
}

#[test]
fn titles_behind_their_publisher_are_surveys_or_laws() {
    check("総務省「見本利用動向調査」", &["総務省/ORG", "見本利用動向調査/SURVEY"]);
    check("総務省「見本利用指針」", &["総務省/ORG", "見本利用指針/LAW"]);
}

#[test]
fn a_service_is_where_things_spread_and_a_company_is_who_acts() {
    check("画像がTwitter上で拡散した。", &["Twitter/PRODUCT"]);
    check("Twitterは提訴した。", &["Twitter/ORG"]);
}

#[test]
fn comparisons_with_last_year_are_no_dates() {
    let document = linked(BlockKind::Paragraph, "前年比10.5％増、前年同月比2.0％減");
    assert!(document.mentions.iter().all(|m| m.kind.as_str() != "DATE"));
}

#[test]
fn two_victims_are_two_incidents() {
    states(
        "・見本電機と雛形商事、相次いで昨年の不正アクセス被害を公表。いずれも復旧済み。",
        &["Incident Fact:  > 見本電機", "Incident Fact:  > 雛形商事"],
    );
}

#[test]
fn a_customer_named_by_the_way_is_no_victim() {
    states(
        "・見本フーズ、不正アクセスで顧客情報流出。運送会社は防衛省とも契約している。",
        &["Incident Fact:  > 見本フーズ"],
    );
}

#[test]
fn who_announces_is_not_who_was_hit() {
    states(
        "・総務省、委託先の見本製鋼株式会社と雛形測量株式会社が不正アクセスを受けたことを発表。",
        &["Incident Fact:  > 見本製鋼株式会社+雛形測量株式会社 told by 総務省"],
    );
}

#[test]
fn who_apologises_did_it() {
    states("・見本テック、会員名簿が宣伝に利用されていたことが分かり、謝罪。", &["Incident Fact: 見本テック > "]);
}

#[test]
fn the_sued_are_those_before_the_verb() {
    states("・見本市、更改を請け負った雛形通信株式会社を提訴。", &["Lawsuit Fact: 見本市 > 雛形通信株式会社"]);
}

#[test]
fn a_fine_goes_to_whom_it_is_given() {
    states("・見本競争当局、Amazonに2億ユーロの制裁金。", &["Enforcement Fact: 見本競争当局 > Amazon"]);
}

#[test]
fn the_one_looked_into_is_not_the_one_who_looks() {
    states(
        "・Google、公正取引委員会による調査を受け、取引条件を見直し。",
        &["Enforcement Fact: 公正取引委員会 > Google"],
    );
}

#[test]
fn a_purpose_is_no_arrest() {
    states("・ロンドン警視庁、窃盗犯逮捕に向け、画像検索の運用を開始。", &["Announcement Fact: ロンドン警視庁 > "]);
}

#[test]
fn a_survey_of_incidents_is_an_announcement() {
    states("・JPCERT/CC調査、報告が1,234件。フィッシング被害が減少。", &["Announcement Fact: JPCERT/CC > "]);
}

#[test]
fn a_rule_against_leaks_is_no_leak() {
    states(
        "・総務省、見本事業法改正案を閣議決定。情報漏えい時の届出を求める。",
        &["Legislation Fact: 総務省 > 見本事業法改正案"],
    );
}

#[test]
fn denials_are_never_facts() {
    states("・見本大学、個人情報の流出はなかったと発表。", &["Incident Negated:  > 見本大学"]);
    states(
        "・見本商事、不正アクセスを受けたが、個人情報の流出は確認されていないと公表。",
        &["Incident Fact:  > 見本商事", "Incident Negated:  > 見本商事"],
    );
    states("・見本商事、個人情報の流出は確認されていないが、調査を続けると公表。", &["Incident Negated:  > 見本商事"]);
    let prose =
        linked(BlockKind::Paragraph, "2024年5月、見本商事株式会社は、顧客情報の流出は確認されていないと公表した。");
    assert!(prose.events.iter().any(|e| e.modality == Modality::Negated), "{:?}", prose.events);
}

#[test]
fn possible_leaks_are_possible() {
    states("・見本通販、不正アクセスで約3万件の情報流出の可能性。", &["Incident Possible:  > 見本通販"]);
}

#[test]
fn what_data_leaked_is_told_apart() {
    let document =
        linked(BlockKind::ChronologyEntry, "・見本通販、不正アクセスで会員情報とクレジットカード情報が流出。");
    assert_eq!(document.events[0].data, ["会員情報", "クレジットカード情報"]);
    let document = linked(BlockKind::ChronologyEntry, "・見本通販、個人情報の保護に関する方針を公表。");
    assert!(document.events[0].data.is_empty(), "no incident touches it");
}

#[test]
fn second_hand_reports_name_their_source() {
    let text = "見本大学\tシステムがサイバー攻撃を受け、情報が流出した。（2024年6月1日付、中日新聞記事による）";
    let document = linked(BlockKind::Table, text);
    let sources: Vec<&String> = document.events.iter().flat_map(|e| &e.sources).collect();
    assert_eq!(sources.len(), 1, "{:?}", document.events);
}
