//! Dates and periods in Japanese text, as EDTF (ISO 8601-2): western years, 元号, fiscal years, quarters, seasons.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::embedded::FILES;
use crate::normalize::Folded;
use crate::tsv::rows;

/// A date in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// First folded character.
    pub from: usize,
    /// One past the last folded character.
    pub to: usize,
    /// EDTF; `None` where words such as 同年 or a bare month need a date before them and there is none.
    pub edtf: Option<String>,
}

/// An era (元号).
#[derive(Debug)]
struct Era {
    name: String,
    initial: String,
    first_year: i32,
    last_year: i32,
}

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| {
    let text = FILES.iter().find(|(name, _)| *name == "eras.tsv").map_or("", |(_, text)| text);
    let era = |cells: &Vec<&str>| {
        let first_year = cells[2].parse().ok()?;
        let last_year = cells[4].get(..4).and_then(|y| y.parse().ok()).unwrap_or(2100);
        Some(Era { name: cells[0].to_owned(), initial: cells[1].to_owned(), first_year, last_year })
    };
    rows("eras.tsv", text).map(|t| t.rows.iter().filter_map(|(_, c)| era(c)).collect()).unwrap_or_default()
});

/// Year of an era; `None` outside its range (昭和64 is its last, 平成1 the same year).
pub fn era_year(name: &str, year: i32) -> Option<i32> {
    let era = ERAS.iter().find(|e| e.name == name || e.initial == name)?;
    let western = era.first_year + year - 1;
    (year >= 1 && western <= era.last_year).then_some(western)
}

/// Unit and qualifier behind a point in time.
const PART: &str = r"(?P<part>上旬|中旬|下旬|末|初頭|初め|初旬|頃|ごろ|中|前半|後半|春|夏|秋|冬|第?[1-4一二三四]四半期|上半期|下半期|上期|下期)?(?P<about>頃|ごろ)?";

static POINT: LazyLock<Regex> = LazyLock::new(|| {
    let eras: Vec<String> = ERAS.iter().map(|e| regex::escape(&e.name)).collect();
    let era = eras.join("|");
    let year = format!(
        r"(?:(?P<era>{era})(?P<eyear>元|[0-9]{{1,2}})年(?P<efy>度)?(?:[(](?P<west1>[0-9]{{4}})年?度?[)])?|(?P<year>(?:1[6-9]|20|21)[0-9]{{2}})(?:年(?P<fy>度)?|会計年度(?P<fy2>))(?:[(](?:{era})(?:元|[0-9]{{1,2}})年度?[)])?|(?P<same>同年|本年|今年|昨年|一昨年|翌年|前年)(?P<sfy>度)?)"
    );
    let day = r"(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12][0-9]|0?[1-9])日(?P<week>週)?)?";
    let bare = r"(?P<bmonth>1[0-2]|0?[1-9])月(?:(?P<bday>3[01]|[12][0-9]|0?[1-9])日)?";
    let dotted = r"(?P<dyear>(?:19|20)[0-9]{2})[./-](?P<dmonth>1[0-2]|0?[1-9])[./-](?P<dday>3[01]|[12][0-9]|0?[1-9])";
    let decade = r"(?P<decade>(?:1[6-9]|20)[0-9]0)年代(?P<dpart>前半|半ば|後半|初頭|末)?";
    let pattern =
        format!(r"(?:{dotted}|{decade}|{year}(?:の?{day})?{PART}|{bare}(?P<bpart>上旬|中旬|下旬|末|初旬|中|頃|ごろ)?)");
    Regex::new(&pattern).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
});

static RANGE: LazyLock<Regex> = LazyLock::new(|| fixed(r"^(?:[~〜∼–—−-]|から|より)"));
static YEARS: LazyLock<Regex> =
    LazyLock::new(|| fixed(r"(?P<a>(?:19|20)[0-9]{2})[-~〜–−](?P<b>(?:19|20)[0-9]{2})年(?P<fy>度)?"));
static PERIOD: LazyLock<Regex> =
    LazyLock::new(|| fixed(r"過去(?P<n>[0-9]{1,2})(?:年間|年|か月間|カ月間|か月|カ月|ヶ月|週間|日間)"));

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("the pattern is fixed: {e}"))
}

/// A point or period with the parts that later words may refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Moment {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    fiscal: bool,
    week: bool,
    part: String,
    about: bool,
    decade: bool,
}

/// Carries the year that 同年 and bare months refer to.
#[derive(Clone, Debug, Default)]
pub struct DateContext {
    /// Year of the last date read, or of the edition.
    pub year: Option<i32>,
    /// Year of the report, for 本年 and 昨年.
    pub edition: Option<i32>,
    /// Year and month of the column that the text stands in (月別の年表), which bare months lean on.
    pub column: Option<(i32, u32)>,
}

/// All dates in a folded text from left to right; `context` is read and advanced.
pub fn dates(folded: &Folded, context: &mut DateContext) -> Vec<FoundDate> {
    // Every date holds a digit, or a year told by words (元年, 同年).
    if !folded.chars.iter().any(|c| c.ch.is_ascii_digit() || c.ch == '年') {
        return Vec::new();
    }
    let text = folded.text();
    let mut at_char = vec![0usize; text.len() + 1];
    for (n, (i, ch)) in text.char_indices().enumerate() {
        at_char[i..i + ch.len_utf8()].fill(n);
        at_char[i + ch.len_utf8()] = n + 1;
    }
    let mut out: Vec<FoundDate> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some((from, to, edtf)) = next_date(&text, at, context) else { break };
        out.push(FoundDate { from: at_char[from], to: at_char[to], edtf });
        at = to.max(at + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    out
}

fn next_date(text: &str, at: usize, context: &mut DateContext) -> Option<(usize, usize, Option<String>)> {
    let years = YEARS.captures_at(text, at).filter(|c| free_before(text, c.get(0).map_or(0, |m| m.start())));
    let period = PERIOD.captures_at(text, at);
    let point = free_point(text, at);
    let start = |c: &Option<Captures<'_>>| c.as_ref().and_then(|c| c.get(0)).map_or(usize::MAX, |m| m.start());
    let first = start(&years).min(start(&period)).min(start(&point));
    if first == usize::MAX {
        return None;
    }
    if start(&period) == first
        && let Some(c) = period
    {
        let m = c.get(0)?;
        let unit = if m.as_str().contains('年') {
            'Y'
        } else if m.as_str().contains('月') {
            'M'
        } else if m.as_str().contains('週') {
            'W'
        } else {
            'D'
        };
        return Some((m.start(), m.end(), Some(format!("P{}{unit}", &c["n"]))));
    }
    if start(&years) == first
        && let Some(c) = years
    {
        let m = c.get(0)?;
        context.year = c["b"].parse().ok();
        let fiscal = c.name("fy").is_some();
        let (a, b) = (c["a"].parse().ok()?, c["b"].parse().ok()?);
        let edge = |year, last| if fiscal { fiscal_edge(year, last) } else { format!("{year:04}") };
        return Some((m.start(), m.end(), Some(format!("{}/{}", edge(a, false), edge(b, true)))));
    }
    let captures = point?;
    let whole = captures.get(0)?;
    let begin = moment(&captures, context);
    advance(context, &begin);
    // から and ～ between two dates make a period.
    if let Some(mark) = RANGE.find(&text[whole.end()..]) {
        let next = whole.end() + mark.end();
        if let Some(second) = POINT.captures_at(text, next).filter(|c| c.get(0).is_some_and(|m| m.start() == next)) {
            let mut end = moment(&second, context);
            let mut begin = begin.clone();
            if begin.year.is_none() {
                begin.year = end.year;
            }
            // 2019年1月から9月: the year is said once.
            if second.name("bmonth").is_some() && end.year.is_none() {
                end.year = begin.year;
            }
            advance(context, &end);
            let to = second.get(0)?.end();
            let edtf = edge(&begin, false).zip(edge(&end, true)).map(|(a, b)| format!("{a}/{b}"));
            return Some((whole.start(), to, edtf));
        }
    }
    let mut end = whole.end();
    let mut edtf = edtf(&begin);
    if text[end..].starts_with("以降") {
        end += "以降".len();
        edtf = edge(&begin, false).map(|a| format!("{a}/.."));
    } else if text[end..].starts_with("まで") && begin.day.is_some() {
        edtf = edge(&begin, true).map(|b| format!("../{b}"));
    }
    Some((whole.start(), end, edtf))
}

/// The next point in time that is not the tail of a larger number or word.
fn free_point(text: &str, mut at: usize) -> Option<Captures<'_>> {
    loop {
        let c = POINT.captures_at(text, at)?;
        let m = c.get(0)?;
        let after = text[m.end()..].chars().next();
        let ordinal = c.name("bmonth").is_some()
            && c.name("bday").is_none()
            && after.is_some_and(|ch| matches!(ch, '間' | '号' | '期' | '以' | '額' | '次'));
        // 前年比, 前年同月比, ２月比 compare; 2020年版 is part of a title.
        let compares = after == Some('比') || c.name("same").is_some() && after == Some('同');
        let titles = after == Some('版') && c.name("month").is_none();
        if free_before(text, m.start()) && !ordinal && !compares && !titles {
            return Some(c);
        }
        at = m.start() + text[m.start()..].chars().next().map_or(1, char::len_utf8);
    }
}

fn free_before(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '第' | '/' | '-' | 'か' | 'ヶ' | 'カ'))
}

fn moment(c: &Captures<'_>, context: &DateContext) -> Moment {
    let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let part = ["part", "bpart", "dpart"].iter().find_map(|n| c.name(n)).map_or("", |m| m.as_str());
    let mut out = Moment { part: part.to_owned(), about: c.name("about").is_some(), ..Moment::default() };
    if let Some(year) = number("dyear") {
        (out.year, out.month, out.day) = (Some(year as i32), number("dmonth"), number("dday"));
    } else if let Some(decade) = number("decade") {
        (out.year, out.decade) = (Some(decade as i32), true);
    } else if let Some(month) = number("bmonth") {
        (out.year, out.month, out.day) =
            (context.year.or_else(|| column_year(context, month)), Some(month), number("bday"));
    } else {
        (out.month, out.day, out.week) = (number("month"), number("day"), c.name("week").is_some());
        out.fiscal = ["fy", "fy2", "efy", "sfy"].iter().any(|n| c.name(n).is_some());
        out.year = match (c.name("era"), number("year"), c.name("same")) {
            (Some(era), ..) => {
                let year = c.name("eyear").map_or("", |m| m.as_str());
                number("west1")
                    .map(|y| y as i32)
                    .or_else(|| era_year(era.as_str(), if year == "元" { 1 } else { year.parse().ok()? }))
            }
            (_, Some(year), _) => Some(year as i32),
            (.., Some(same)) => relative(same.as_str(), context),
            _ => None,
        };
    }
    out
}

/// Months that a column may speak of before they come.
const AHEAD: u32 = 4;

/// Year of a bare month in a column of a chronology: the column's own, or the year before for months long to come.
fn column_year(context: &DateContext, month: u32) -> Option<i32> {
    let (year, own) = context.column?;
    Some(match month {
        m if m > own + AHEAD => year - 1,
        m if m + 12 <= own + AHEAD => year + 1,
        _ => year,
    })
}

fn relative(word: &str, context: &DateContext) -> Option<i32> {
    match word {
        "同年" => context.year,
        "翌年" => context.year.map(|y| y + 1),
        "前年" => context.year.map(|y| y - 1),
        "本年" | "今年" => context.edition.or(context.year),
        "昨年" => context.edition.map(|y| y - 1),
        "一昨年" => context.edition.map(|y| y - 2),
        _ => None,
    }
}

fn advance(context: &mut DateContext, moment: &Moment) {
    if let Some(year) = moment.year.filter(|_| !moment.decade) {
        context.year = Some(year);
    }
}

fn fiscal_edge(year: i32, last: bool) -> String {
    if last { format!("{:04}-03-31", year + 1) } else { format!("{year:04}-04-01") }
}

/// EDTF of one moment.
fn edtf(m: &Moment) -> Option<String> {
    let year = m.year?;
    if m.decade {
        return Some(format!("{}X", year / 10));
    }
    if m.fiscal && m.month.is_none() {
        if let Some(quarter) = quarter(&m.part) {
            return Some(fiscal_quarter(year, quarter));
        }
        return match m.part.as_str() {
            "上半期" | "上期" => Some(format!("{year:04}-04-01/{year:04}-09-30")),
            "下半期" | "下期" => Some(format!("{year:04}-10-01/{:04}-03-31", year + 1)),
            "末" => Some(format!("{:04}-03-31", year + 1)),
            _ => Some(format!("{}/{}", fiscal_edge(year, false), fiscal_edge(year, true))),
        };
    }
    let Some(month) = m.month else { return Some(year_part(year, m)) };
    if let Some(day) = m.day {
        let date = format!("{year:04}-{month:02}-{day:02}");
        if m.week {
            return Some(format!("{date}/{}", add_days(year, month, day, 6)));
        }
        return Some(if m.part == "頃" || m.part == "ごろ" || m.about { format!("{date}~") } else { date });
    }
    let last = days_in(year, month);
    Some(match m.part.as_str() {
        "上旬" | "初旬" => format!("{year:04}-{month:02}-01~/{year:04}-{month:02}-10~"),
        "中旬" => format!("{year:04}-{month:02}-11~/{year:04}-{month:02}-20~"),
        "下旬" => format!("{year:04}-{month:02}-21~/{year:04}-{month:02}-{last:02}~"),
        "末" => format!("{year:04}-{month:02}-{last:02}"),
        "頃" | "ごろ" => format!("{year:04}-{month:02}~"),
        _ => format!("{year:04}-{month:02}{}", if m.about { "~" } else { "" }),
    })
}

fn year_part(year: i32, m: &Moment) -> String {
    let about = if m.about { "~" } else { "" };
    if let Some(quarter) = quarter(&m.part) {
        return format!("{year:04}-{}", 32 + quarter);
    }
    match m.part.as_str() {
        "春" => format!("{year:04}-21{about}"),
        "夏" => format!("{year:04}-22{about}"),
        "秋" => format!("{year:04}-23{about}"),
        "冬" => format!("{year:04}-24{about}"),
        "末" => format!("{year:04}-12-31"),
        "頃" | "ごろ" | "初頭" | "初め" => format!("{year:04}~"),
        "前半" | "上半期" | "上期" => format!("{year:04}-40"),
        "後半" | "下半期" | "下期" => format!("{year:04}-41"),
        _ => format!("{year:04}{about}"),
    }
}

fn quarter(part: &str) -> Option<u32> {
    let digit = part.strip_suffix("四半期")?.trim_start_matches('第').chars().next()?;
    Some(match digit {
        '1' | '一' => 1,
        '2' | '二' => 2,
        '3' | '三' => 3,
        _ => 4,
    })
}

fn fiscal_quarter(year: i32, quarter: u32) -> String {
    match quarter {
        1 => format!("{year:04}-04-01/{year:04}-06-30"),
        2 => format!("{year:04}-07-01/{year:04}-09-30"),
        3 => format!("{year:04}-10-01/{year:04}-12-31"),
        _ => format!("{0:04}-01-01/{0:04}-03-31", year + 1),
    }
}

/// One side of a period: the plain date, its own extent cut to the edge where that is a span.
fn edge(m: &Moment, last: bool) -> Option<String> {
    let year = m.year?;
    if m.decade {
        return Some(format!("{}X", year / 10));
    }
    if m.fiscal && m.month.is_none() {
        return Some(fiscal_edge(year, last));
    }
    let plain = Moment { part: String::new(), week: false, ..m.clone() };
    edtf(&plain)
}

/// Days of a month.
pub fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn add_days(year: i32, month: u32, day: u32, days: u32) -> String {
    let (mut y, mut m, mut d) = (year, month, day + days);
    while d > days_in(y, m) {
        d -= days_in(y, m);
        m += 1;
        if m > 12 {
            (y, m) = (y + 1, 1);
        }
    }
    format!("{y:04}-{m:02}-{d:02}")
}

/// First and last day an EDTF value allows, as ISO dates; `None` where it is open or no date.
pub fn bounds(edtf: &str) -> Option<(String, String)> {
    let (a, b) = edtf.split_once('/').unwrap_or((edtf, edtf));
    let first = bounds_of_one(a)?.0;
    let last = bounds_of_one(b)?.1;
    Some((first, last))
}

fn bounds_of_one(edtf: &str) -> Option<(String, String)> {
    let plain = edtf.trim_end_matches(['~', '?', '%']);
    if let Some(decade) = plain.strip_suffix('X') {
        let start: i32 = decade.parse().ok()?;
        return Some((format!("{start}0-01-01"), format!("{start}9-12-31")));
    }
    let mut parts = plain.split('-');
    let year: i32 = parts.next()?.parse().ok().filter(|_| plain.len() >= 4)?;
    let Some(month) = parts.next() else { return Some((format!("{year:04}-01-01"), format!("{year:04}-12-31"))) };
    let month: u32 = month.parse().ok()?;
    let span =
        |a: u32, b: u32| Some((format!("{year:04}-{a:02}-01"), format!("{year:04}-{b:02}-{:02}", days_in(year, b))));
    if let Some(day) = parts.next() {
        let day: u32 = day.parse().ok().filter(|d| (1..=31).contains(d))?;
        let date = format!("{year:04}-{month:02}-{day:02}");
        return Some((date.clone(), date));
    }
    match month {
        1..=12 => span(month, month),
        21 => span(3, 5),
        22 => span(6, 8),
        23 => span(9, 11),
        24 => Some((format!("{year:04}-12-01"), format!("{:04}-02-{:02}", year + 1, days_in(year + 1, 2)))),
        33..=36 => span((month - 33) * 3 + 1, (month - 33) * 3 + 3),
        40 => span(1, 6),
        41 => span(7, 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::fold;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let folded = fold(text);
        let printed: Vec<char> = text.chars().collect();
        let mut context = DateContext { edition: Some(2021), ..DateContext::default() };
        let found: Vec<(String, String)> = dates(&folded, &mut context)
            .into_iter()
            .map(|d| {
                let (a, b) = folded.span(d.from, d.to);
                (printed[a..b].iter().collect(), d.edtf.unwrap_or_default())
            })
            .collect();
        let expected: Vec<(String, String)> = expected.iter().map(|e| (e.0.to_owned(), e.1.to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn points() {
        check("2020年12月4日に", &[("2020年12月4日", "2020-12-04")]);
        check("（2020.12.4閲覧）", &[("2020.12.4", "2020-12-04")]);
        check("2019年12月", &[("2019年12月", "2019-12")]);
        check("令和３年の", &[("令和３年", "2021")]);
        check("令和元年５月", &[("令和元年５月", "2019-05")]);
        check("令和６年（2024年）４月", &[("令和６年（2024年）４月", "2024-04")]);
        check("2024年（令和6年）夏頃", &[("2024年（令和6年）夏頃", "2024-22~")]);
        check("2022年３月末", &[("2022年３月末", "2022-03-31")]);
        check("2020年末", &[("2020年末", "2020-12-31")]);
        check("2026年頃", &[("2026年頃", "2026~")]);
        check("2020年5月中旬", &[("2020年5月中旬", "2020-05-11~/2020-05-20~")]);
        check("2024年１月下旬", &[("2024年１月下旬", "2024-01-21~/2024-01-31~")]);
        check("2020年2月24日週", &[("2020年2月24日週", "2020-02-24/2020-03-01")]);
    }

    #[test]
    fn periods() {
        check("2020年度は", &[("2020年度", "2020-04-01/2021-03-31")]);
        check("2019年第３四半期", &[("2019年第３四半期", "2019-35")]);
        check("2020年１月14日～１月20日", &[("2020年１月14日～１月20日", "2020-01-14/2020-01-20")]);
        check("2019年10月から2020年３月", &[("2019年10月から2020年３月", "2019-10/2020-03")]);
        check("2023年から2027年", &[("2023年から2027年", "2023/2027")]);
        check("2022-2026年", &[("2022-2026年", "2022/2026")]);
        check("1950年代後半から1960年代", &[("1950年代後半から1960年代", "195X/196X")]);
        check("過去１年間", &[("過去１年間", "P1Y")]);
        check("2019年7月下旬から９月上旬", &[("2019年7月下旬から９月上旬", "2019-07/2019-09")]);
    }

    #[test]
    fn words_that_lean_on_what_stands_before() {
        check(
            "2020年2月に、同年４月、5月11日に",
            &[("2020年2月", "2020-02"), ("同年４月", "2020-04"), ("5月11日", "2020-05-11")],
        );
        check("本年3月19日", &[("本年3月19日", "2021-03-19")]);
        check("8月に", &[("8月", "")]);
    }

    #[test]
    fn bare_months_of_a_chronology_lean_on_its_column() {
        let year = |column, month| column_year(&DateContext { column: Some(column), ..DateContext::default() }, month);
        assert_eq!(year((2020, 1), 2), Some(2020));
        assert_eq!(year((2020, 1), 5), Some(2020), "at the limit");
        assert_eq!(year((2020, 1), 6), Some(2019), "one past it");
        assert_eq!(year((2019, 12), 4), Some(2020));
        assert_eq!(year((2019, 12), 5), Some(2019));
    }

    #[test]
    fn no_dates() {
        for text in [
            "図表2-4-1",
            "12か月",
            "第3月曜",
            "3.14",
            "A2020年",
            "1,2020年",
            "5年間",
            "前年比",
            "前年同月比",
            "2020年版",
            "2月比",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn eras_within_their_range() {
        assert_eq!(era_year("昭和", 64), Some(1989));
        assert_eq!(era_year("昭和", 65), None);
        assert_eq!(era_year("平成", 31), Some(2019));
        assert_eq!(era_year("平成", 32), None);
        assert_eq!(era_year("令和", 0), None);
    }

    #[test]
    fn first_and_last_days() {
        let check =
            |edtf: &str, first: &str, last: &str| assert_eq!(bounds(edtf), Some((first.into(), last.into())), "{edtf}");
        check("2020", "2020-01-01", "2020-12-31");
        check("2020-02", "2020-02-01", "2020-02-29");
        check("2019-35", "2019-07-01", "2019-09-30");
        check("2020-04-01/2021-03-31", "2020-04-01", "2021-03-31");
        check("2024-22~", "2024-06-01", "2024-08-31");
        check("195X/196X", "1950-01-01", "1969-12-31");
        assert_eq!(bounds("P1Y"), None);
        assert_eq!(bounds("../2020"), None);
    }
}
