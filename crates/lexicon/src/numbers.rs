//! Quantities in Japanese text: `約11万5千人`, `35%～60%`, `最大54TB分`, `8割強`, `計２億ドル`.
//!
//! ```text
//! quantity := qualifier? number (range-mark number)? unit suffix?
//! number   := decimal (scale decimal?)*      scales 兆 億 万 千 百 十
//! ```

use std::sync::LazyLock;

use hakusho_model::Quantity;

use crate::embedded::FILES;
use crate::normalize::Folded;
use crate::org_forms::CharSet;
use crate::tsv::rows;

/// Words of the grammar, longest first.
#[derive(Debug, Default)]
struct Words {
    qualifiers: Vec<Vec<char>>,
    suffixes: Vec<Vec<char>>,
    units: Vec<Vec<char>>,
    currencies: Vec<(Vec<char>, String)>,
    /// First characters of suffixes and of units, last ones of qualifiers: one look excludes most places.
    suffix_heads: CharSet,
    unit_heads: CharSet,
    qualifier_tails: CharSet,
    /// Units whose numbers are no figures.
    asides: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = FILES.iter().find(|(name, _)| *name == "quantity.tsv").map_or("", |(_, text)| text);
    let mut words = Words::default();
    for (_, cells) in rows("quantity.tsv", text).map(|t| t.rows).unwrap_or_default() {
        let word: Vec<char> = crate::normalize::fold(cells[1]).chars.iter().map(|c| c.ch).collect();
        match cells[0] {
            "qualifier" => words.qualifiers.push(word),
            "suffix" => words.suffixes.push(word),
            "unit" => words.units.push(word),
            "aside" => words.asides.push(cells[1].to_owned()),
            "currency" => words.currencies.push((word, cells[2].to_owned())),
            _ => {}
        }
    }
    let longest = |list: &mut Vec<Vec<char>>| {
        list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        list.dedup();
    };
    longest(&mut words.qualifiers);
    longest(&mut words.suffixes);
    longest(&mut words.units);
    words.currencies.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    words.suffix_heads = CharSet::of(words.suffixes.iter().filter_map(|w| w.first()));
    let units = words.units.iter().filter_map(|w| w.first());
    words.unit_heads = CharSet::of(units.chain(words.currencies.iter().filter_map(|(w, _)| w.first())));
    words.qualifier_tails = CharSet::of(words.qualifiers.iter().filter_map(|w| w.last()));
    words
});

/// Whether numbers of a unit are figures that a report measures or counts (`%`, `億円`, `社`), not spans of time or ranks.
pub fn is_measure(unit: &str) -> bool {
    !unit.is_empty() && !WORDS.asides.iter().any(|a| a == unit)
}

/// A quantity in a folded text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundQuantity {
    /// First folded character, the qualifier included.
    pub from: usize,
    /// One past the last folded character, the suffix included.
    pub to: usize,
    /// The value.
    pub quantity: Quantity,
}

struct Cursor<'a> {
    chars: &'a [char],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn starts_with(&self, word: &[char]) -> bool {
        self.chars[self.at.min(self.chars.len())..].starts_with(word)
    }

    fn longest<'w>(&self, words: &'w [Vec<char>]) -> Option<&'w Vec<char>> {
        words.iter().find(|w| self.starts_with(w))
    }
}

/// All quantities in a folded text, from left to right, none inside another.
pub fn quantities(folded: &Folded) -> Vec<FoundQuantity> {
    let chars: Vec<char> = folded.chars.iter().map(|c| c.ch).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_ascii_digit() || is_kanji_digit(chars[at]) {
            match quantity_at(&chars, at, out.last().map_or(0, |q: &FoundQuantity| q.to)) {
                Some(found) => {
                    at = found.to;
                    out.push(found);
                    continue;
                }
                None => {
                    at += chars[at..]
                        .iter()
                        .take_while(|c| c.is_ascii_digit() || **c == ',' || **c == '.')
                        .count()
                        .max(1);
                    continue;
                }
            }
        }
        at += 1;
    }
    out
}

fn is_kanji_digit(ch: char) -> bool {
    "一二三四五六七八九十百千".contains(ch)
}

/// Whether what stands before a digit makes it part of something longer: a name, an ordinal, a time of day (`10:30`).
fn continues(before: &[char]) -> bool {
    match before {
        [.., p, ':'] => p.is_ascii_digit(),
        [.., last] => {
            last.is_ascii_alphanumeric() || matches!(last, '第' | '-' | '.' | '/' | '_' | '#' | '図' | '表' | '－')
        }
        [] => false,
    }
}

/// The quantity whose number starts at `at`; `free_from` is where the last one ended.
fn quantity_at(chars: &[char], at: usize, free_from: usize) -> Option<FoundQuantity> {
    if at > 0 && continues(&chars[..at]) {
        return None;
    }
    let mut cursor = Cursor { chars, at };
    let first = number(&mut cursor)?;
    let mut range = None;
    let mut unit = None;
    let mark = cursor.at;
    // A unit may stand before the range mark too: 35%～60%, 15.2％→21.6％.
    let early = read_unit(&mut cursor, &first);
    if let Some(mark_len) = range_mark(&cursor) {
        cursor.at += mark_len;
        if let Some(second) = number(&mut cursor) {
            unit = read_unit(&mut cursor, &second);
            range = Some(second);
        }
    }
    if range.is_none() || (unit.is_none() && early.is_none() && !range.as_ref().is_some_and(|r| r.scaled)) {
        range = None;
        cursor.at = mark;
        unit = read_unit(&mut cursor, &first);
    }
    let unit = unit.or(early);
    let kanji = is_kanji_digit(chars[at]);
    // A number without unit is a quantity only with a scale (9000万); kanji numbers always want a unit.
    let counted = !kanji && first.digits >= 2 && counts_noun(&chars[cursor.at..]);
    if unit.is_none() && (!first.scaled && !range.as_ref().is_some_and(|r| r.scaled) && !counted || kanji) {
        return None;
    }
    // 一件, 十分, 百貨: too often part of a word.
    if kanji && first.digits < 2 {
        return None;
    }
    let suffix = read_suffixes(&mut cursor);
    let (from, qualifier) = qualifier_before(chars, at, free_from);
    let tens = if unit.as_ref().is_some_and(|u| u.tenth) { 10.0 } else { 1.0 };
    // In 5,000億～1兆円 and 6～70億 the scale of the right side also holds for a bare left side.
    let value = match &range {
        Some(r) if !first.scaled && r.scaled => first.value * r.last_scale,
        _ => first.value,
    };
    // 月1回以上: a rate, not a quantity of months.
    let rate = qualifier.clone().filter(|q| matches!(q.as_str(), "月" | "年" | "週"));
    let qualifier = qualifier.filter(|_| rate.is_none());
    let words: Vec<String> = [qualifier, suffix].into_iter().flatten().collect();
    Some(FoundQuantity {
        from,
        to: cursor.at,
        quantity: Quantity {
            value: round(value * tens),
            max: range.map(|r| round(r.value * tens)),
            unit: unit.map(|u| rate.map_or(u.name.clone(), |r| format!("{}/{r}", u.name))),
            qualifier: (!words.is_empty()).then(|| words.join("")),
            printed: None,
        },
    })
}

/// `621の自治体`: the noun behind の is what is counted.
fn counts_noun(after: &[char]) -> bool {
    let kanji = |c: &char| matches!(u32::from(*c), 0x3400..=0x9FFF);
    matches!(after, ['の', a, b, ..] if kanji(a) && kanji(b))
}

/// Cuts the noise of binary fractions: twelve significant digits are more than any report prints.
fn round(value: f64) -> f64 {
    format!("{value:.12e}").parse().unwrap_or(value)
}

/// A parsed number.
#[derive(Debug)]
struct Number {
    value: f64,
    /// Whether a scale word was part of it.
    scaled: bool,
    /// The greatest scale word.
    last_scale: f64,
    digits: usize,
}

fn scale_of(ch: char) -> Option<f64> {
    Some(match ch {
        '兆' => 1e12,
        '億' => 1e8,
        '万' => 1e4,
        '千' => 1e3,
        '百' => 1e2,
        '十' => 1e1,
        _ => return None,
    })
}

/// `1,234.5`, `11万5千`, `1億200万`, `一億五千万`.
fn number(cursor: &mut Cursor<'_>) -> Option<Number> {
    let start = cursor.at;
    let (mut total, mut section, mut scaled, mut last_scale) = (0.0, 0.0, false, 1.0f64);
    let mut digits = 0;
    let mut open: Option<f64> = None;
    loop {
        match cursor.peek() {
            Some(c) if c.is_ascii_digit() => {
                if open.is_some() {
                    break;
                }
                let (value, n) = decimal(cursor)?;
                digits += n;
                open = Some(value);
            }
            Some(c) if kanji_value(c).is_some() => {
                if open.is_some() {
                    break;
                }
                let value = kanji_value(c)?;
                cursor.at += 1;
                digits += 1;
                open = Some(f64::from(value));
            }
            Some(c) if scale_of(c).is_some() => {
                let scale = scale_of(c)?;
                if open.is_none() && (scale >= 1e4 && section == 0.0 || cursor.at == start && scale > 1e3) {
                    break;
                }
                cursor.at += 1;
                digits += 1;
                scaled = true;
                last_scale = last_scale.max(scale);
                if scale >= 1e4 {
                    total += (section + open.take().unwrap_or(0.0)) * scale;
                    section = 0.0;
                } else {
                    section += open.take().unwrap_or(1.0) * scale;
                }
            }
            _ => break,
        }
    }
    (cursor.at > start).then(|| Number { value: total + section + open.unwrap_or(0.0), scaled, last_scale, digits })
}

fn kanji_value(ch: char) -> Option<u32> {
    "一二三四五六七八九".chars().position(|k| k == ch).map(|i| i as u32 + 1)
}

/// Digits with thousands separators and a fraction.
fn decimal(cursor: &mut Cursor<'_>) -> Option<(f64, usize)> {
    let mut text = String::new();
    let mut digits = 0;
    while let Some(c) = cursor.peek() {
        let next = cursor.chars.get(cursor.at + 1).copied();
        let in_number = match c {
            c if c.is_ascii_digit() => true,
            ',' => !text.contains('.') && next.is_some_and(|n| n.is_ascii_digit()) && thousands(cursor),
            '.' => !text.contains('.') && next.is_some_and(|n| n.is_ascii_digit()),
            _ => false,
        };
        if !in_number {
            break;
        }
        if c != ',' {
            text.push(c);
            digits += usize::from(c != '.');
        }
        cursor.at += 1;
    }
    // 3.1.2 is no number.
    if cursor.peek() == Some('.') && cursor.chars.get(cursor.at + 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    text.parse().ok().map(|v| (v, digits))
}

/// Whether exactly three digits follow the comma.
fn thousands(cursor: &Cursor<'_>) -> bool {
    let digits = cursor.chars[cursor.at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 3
}

fn range_mark(cursor: &Cursor<'_>) -> Option<usize> {
    let next = cursor.chars.get(cursor.at + 1).copied()?;
    let digit = |c: char| c.is_ascii_digit() || is_kanji_digit(c);
    match cursor.peek()? {
        '~' | '〜' | '∼' | '→' | '-' | '–' | '−' | '—' if digit(next) => Some(1),
        _ => None,
    }
}

/// A unit as read.
struct Unit {
    name: String,
    /// 割: tenths, counted as ten per cent each.
    tenth: bool,
}

fn read_unit(cursor: &mut Cursor<'_>, number: &Number) -> Option<Unit> {
    if cursor.peek() == Some(' ') {
        let mut ahead = Cursor { chars: cursor.chars, at: cursor.at + 1 };
        let latin = ahead.peek().is_some_and(|c| c.is_ascii_alphabetic());
        let unit = latin.then(|| read_unit_word(&mut ahead, number)).flatten()?;
        cursor.at = ahead.at;
        return Some(unit);
    }
    read_unit_word(cursor, number)
}

fn read_unit_word(cursor: &mut Cursor<'_>, number: &Number) -> Option<Unit> {
    let words = &*WORDS;
    if !cursor.peek().is_some_and(|c| words.unit_heads.contains(c)) {
        return None;
    }
    let named = |name: String| Some(Unit { name, tenth: false });
    let currency = words
        .currencies
        .iter()
        .find(|(w, _)| cursor.starts_with(w))
        .filter(|(w, _)| w.as_slice() != ['元'] || number.scaled);
    let unit = cursor.longest(&words.units);
    if let Some((word, code)) = currency.filter(|(w, _)| unit.is_none_or(|u| u.len() <= w.len())) {
        cursor.at += word.len();
        return named(if code == "JPY" { "円".to_owned() } else { code.clone() });
    }
    let word = unit?;
    let after = cursor.chars.get(cursor.at + word.len()).copied();
    let text: String = word.iter().collect();
    if !fits(&text, after, number) {
        return None;
    }
    cursor.at += word.len();
    match text.as_str() {
        "割" => Some(Unit { name: "%".to_owned(), tenth: true }),
        "パーセント" => named("%".to_owned()),
        // 分 behind a unit of its own says no more: 54TB分, 3分間.
        "TB分" => named("TB".to_owned()),
        "GB分" => named("GB".to_owned()),
        "分間" => named("分".to_owned()),
        _ => named(text),
    }
}

/// Whether the word is a unit here and not the beginning of another word.
fn fits(unit: &str, after: Option<char>, number: &Number) -> bool {
    let latin = unit.chars().all(|c| c.is_ascii_alphabetic() || c == '/' || c.is_ascii_digit());
    if latin && after.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return false;
    }
    match unit {
        // 2020年 is a date, 3年目 an ordinal; 5年 a duration.
        "年" | "年度" => {
            number.value < 1000.0
                && !after.is_some_and(|c| matches!(c, '目' | '月' | '生' | '次' | '版' | '代' | 'ぶ'))
                && !number.scaled
        }
        "つ" | "点" | "本" | "種" | "国" | "州" | "県" | "店" | "者" | "語" | "局" | "両" | "便" | "例" | "報"
        | "編" | "床" | "度" | "機" | "基" | "戸" | "棟" => {
            !after.is_some_and(|c| matches!(u32::from(c), 0x3400..=0x9FFF)) || matches!(unit, "つ" | "種")
        }
        "代" => number.value < 100.0,
        // 2段階認証, 3段階評価; 1個人.
        "段階" => !after.is_some_and(|c| matches!(c, '認' | '評' | '目')),
        "個" => !after.is_some_and(|c| matches!(c, '人' | '別' | '体' | '所')),
        "回" => !after.is_some_and(|c| matches!(c, '目' | '線')),
        "分" => !after.is_some_and(|c| matches!(c, '野' | '類' | '析' | '散' | '科' | '割')),
        "世代" => true,
        "人" => !after.is_some_and(|c| matches!(c, '工' | '材' | '間' | '口' | '物' | '権')),
        "台" => !after.is_some_and(|c| matches!(c, '風' | '湾')),
        "社" => !after.is_some_and(|c| matches!(c, '会' | '員' | '内' | '長')),
        "件" => after != Some('名'),
        "名" => !after.is_some_and(|c| matches!(c, '称' | '前' | '義')),
        "地域" | "都市" | "企業" | "大学" | "学校" | "病院" | "事業者" | "サービス" | "モデル" | "アプリ" | "製品" => {
            true
        }
        _ => true,
    }
}

fn read_suffixes(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut out = String::new();
    if !cursor.peek().is_some_and(|c| WORDS.suffix_heads.contains(c)) {
        return None;
    }
    while let Some(word) = cursor.longest(&WORDS.suffixes) {
        let text: String = word.iter().collect();
        let after = cursor.chars.get(cursor.at + word.len()).copied();
        let kanji_follows = after.is_some_and(|c| matches!(u32::from(c), 0x3400..=0x9FFF));
        let fits = match text.as_str() {
            // 強化, 弱者, 超過, 台数, 余地, 相当数 are words of their own.
            "強" | "弱" | "超" | "余" | "台" => !kanji_follows,
            "相当" => !after.is_some_and(|c| matches!(c, '数' | '額' | '程')),
            "以降" => false,
            _ => true,
        };
        if !fits {
            break;
        }
        out.push_str(&text);
        cursor.at += word.len();
    }
    (!out.is_empty()).then_some(out)
}

/// The qualifier right before the number, and where the quantity then begins.
fn qualifier_before(chars: &[char], at: usize, free_from: usize) -> (usize, Option<String>) {
    let before = &chars[free_from..at];
    if !before.last().is_some_and(|c| WORDS.qualifier_tails.contains(*c)) {
        return (at, None);
    }
    let fits = |w: &&Vec<char>| {
        let text: String = w.iter().collect();
        if !before.ends_with(w) {
            return false;
        }
        let previous = before.len().checked_sub(w.len() + 1).map(|i| before[i]);
        let kanji = previous.is_some_and(|c| matches!(u32::from(c), 0x3400..=0x9FFF));
        match text.as_str() {
            // 統計, 設計, 予約, 歳月 end in these too.
            "計" | "約" | "合計" | "平均" => {
                !kanji
                    || text == "約"
                        && !previous.is_some_and(|c| matches!(c, '予' | '契' | '条' | '規' | '公' | '節' | '制' | '集'))
            }
            "月" | "年" | "週" => !kanji && previous.is_none_or(|c| !c.is_ascii_digit()) && is_rate(chars, at),
            _ => true,
        }
    };
    match WORDS.qualifiers.iter().find(fits) {
        Some(word) => (at - word.len(), Some(word.iter().collect())),
        None => (at, None),
    }
}

/// 月1回: a rate.
fn is_rate(chars: &[char], at: usize) -> bool {
    let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    chars.get(at + digits) == Some(&'回')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fold;

    fn check(text: &str, expected: &[(&str, f64, Option<f64>, &str)]) {
        let folded = fold(text);
        let printed: Vec<char> = text.chars().collect();
        let found: Vec<(String, f64, Option<f64>, String)> = quantities(&folded)
            .into_iter()
            .map(|q| {
                let (a, b) = folded.span(q.from, q.to);
                (printed[a..b].iter().collect(), q.quantity.value, q.quantity.max, q.quantity.unit.unwrap_or_default())
            })
            .collect();
        let expected: Vec<(String, f64, Option<f64>, String)> =
            expected.iter().map(|e| (e.0.to_owned(), e.1, e.2, e.3.to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn printed_forms() {
        check("11万5千人", &[("11万5千人", 115_000.0, None, "人")]);
        check("約1.5億人が", &[("約1.5億人", 150_000_000.0, None, "人")]);
        check("最大28万件の", &[("最大28万件", 280_000.0, None, "件")]);
        check("10万人以上", &[("10万人以上", 100_000.0, None, "人")]);
        check("計２億ドル", &[("計２億ドル", 200_000_000.0, None, "USD")]);
        check("1.14億ユーロ", &[("1.14億ユーロ", 114_000_000.0, None, "EUR")]);
        check("約7,800万円相当の", &[("約7,800万円相当", 78_000_000.0, None, "円")]);
        check("8割強である", &[("8割強", 80.0, None, "%")]);
        check("最大54TB分", &[("最大54TB分", 54.0, None, "TB")]);
        check("3分間程度", &[("3分間程度", 3.0, None, "分")]);
        check("回答数：878社", &[("878社", 878.0, None, "社")]);
        check("621の自治体", &[("621", 621.0, None, "")]);
        check("推測約1,400万台", &[("推測約1,400万台", 14_000_000.0, None, "台")]);
        check("45億9,000万人", &[("45億9,000万人", 4_590_000_000.0, None, "人")]);
        check(
            "751.8兆円（前年比31.4％増）",
            &[("751.8兆円", 751_800_000_000_000.0, None, "円"), ("31.4％", 31.4, None, "%")],
        );
        check("123兆9,738億円", &[("123兆9,738億円", 123_973_800_000_000.0, None, "円")]);
        check("一億五千万円", &[("一億五千万円", 150_000_000.0, None, "円")]);
        check("月1回以上", &[("月1回以上", 1.0, None, "回/月")]);
    }

    #[test]
    fn ranges_and_changes() {
        check("35%～60%", &[("35%～60%", 35.0, Some(60.0), "%")]);
        check("15.2％→21.6％", &[("15.2％→21.6％", 15.2, Some(21.6), "%")]);
        check("約２～３割", &[("約２～３割", 20.0, Some(30.0), "%")]);
        check("5,000億～1兆円", &[("5,000億～1兆円", 5e11, Some(1e12), "円")]);
        check("6～70億パラメータ", &[("6～70億パラメータ", 6e8, Some(7e9), "パラメータ")]);
        check("３～４ポイント", &[("３～４ポイント", 3.0, Some(4.0), "ポイント")]);
    }

    #[test]
    fn no_quantities() {
        for text in
            ["2020年", "第3回", "図表1-2", "5G", "IPv6", "1.2.3", "一方", "三菱電機", "十分", "Windows7", "万全"]
        {
            check(text, &[]);
        }
    }

    #[test]
    fn words_that_only_look_like_units_and_suffixes() {
        check("3分類", &[]);
        check("2段階認証", &[]);
        check("1個人の識別", &[]);
        check("8年ぶり", &[]);
        check("10：30に", &[]);
        check("6の自治体", &[]);
        check("5％超過", &[("5％", 5.0, None, "%")]);
        check("10人工", &[]);
        check("統計3件", &[("3件", 3.0, None, "件")]);
        check("2％台後半", &[("2％", 2.0, None, "%")]);
    }
}
