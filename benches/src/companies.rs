//! A made-up register of companies in the form of the 法人番号 list: the same on every machine, nobody's real data.

use hakusho_lexicon::is_hojin;

const BEFORE: [&str; 24] = [
    "", "小", "清", "豊", "新", "東", "西", "南", "北", "中央", "第一", "大", "東洋", "日東", "三", "丸", "光", "旭",
    "明", "富", "桜", "松", "和", "栄",
];
const CORE: [&str; 40] = [
    "田村",
    "川原",
    "木下",
    "森山",
    "谷口",
    "石橋",
    "浜野",
    "坂井",
    "沢村",
    "岡部",
    "島津",
    "宮城",
    "根岸",
    "柳瀬",
    "平沢",
    "黒川",
    "白浜",
    "青柳",
    "赤坂",
    "金森",
    "サクラ",
    "ミライ",
    "アルファ",
    "ヒカリ",
    "テクノ",
    "ネクスト",
    "ライフ",
    "グリーン",
    "サンライズ",
    "オーシャン",
    "メディカ",
    "フロンテ",
    "カワセミ",
    "ツバメ",
    "ハヤテ",
    "ミズホ",
    "コスモ",
    "ステラ",
    "アーク",
    "リンク",
];
const TRADE: [&str; 40] = [
    "工業",
    "商事",
    "産業",
    "建設",
    "製作所",
    "電機",
    "運輸",
    "食品",
    "印刷",
    "物産",
    "不動産",
    "設計",
    "化学",
    "鉄工",
    "木材",
    "水産",
    "農園",
    "薬品",
    "興業",
    "通商",
    "システム",
    "サービス",
    "デザイン",
    "テクノロジーズ",
    "ホーム",
    "エステート",
    "トレード",
    "フーズ",
    "ソフト",
    "ワークス",
    "企画",
    "開発",
    "電設",
    "塗装",
    "石油",
    "観光",
    "美装",
    "測量",
    "倉庫",
    "機材",
];
const BEHIND: [&str; 16] = [
    "",
    "総合",
    "商会",
    "産商",
    "興産",
    "実業",
    "東京",
    "大阪",
    "九州",
    "北関東",
    "名古屋",
    "四国",
    "ホールディングス",
    "販売",
    "グループ",
    "本店",
];
const FORMS: [&str; 3] = ["株式会社", "有限会社", "合同会社"];

/// So many records of 30 columns, each with another name.
pub(crate) fn register(count: usize) -> String {
    let mut out = String::with_capacity(count * 120);
    for number in 0..count {
        let form = FORMS[number % FORMS.len()];
        let name = name(number);
        let full = if number % 2 == 0 { format!("{form}{name}") } else { format!("{name}{form}") };
        out.push_str(&record(number, &full));
    }
    out
}

fn record(number: usize, name: &str) -> String {
    let twelve = format!("{number:012}");
    let hojin = (0..10).map(|d| format!("{d}{twelve}")).find(|n| is_hojin(n)).unwrap_or_default();
    format!(
        "{},{hojin},01,0,2026-10-30,2015-10-05,{name},,301,東京都,架空区,見本町１丁目,,13,199,1000000,,,,,,,2015-10-05,1,,,,,,0\n",
        number + 1
    )
}

/// Name number so many: the parts are digits of the number in a mixed base, spread so that neighbours differ.
pub(crate) fn name(number: usize) -> String {
    const ALL: usize = BEFORE.len() * CORE.len() * TRADE.len() * BEHIND.len();
    // The factor has no divisor in common with the number of names: each is met once.
    let mut rest = number * 282_589 % ALL;
    let mut part = |list: &[&'static str]| {
        let chosen = list[rest % list.len()];
        rest /= list.len();
        chosen
    };
    let (core, trade, before, behind) = (part(&CORE), part(&TRADE), part(&BEFORE), part(&BEHIND));
    format!("{before}{core}{trade}{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_made_up_the_same_each_time() {
        let text = register(100);
        assert_eq!(text, register(100));
        assert!(text.lines().all(|l| l.split(',').count() == 30));
        let mut names: Vec<String> = (0..100).map(name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 100);
    }
}
