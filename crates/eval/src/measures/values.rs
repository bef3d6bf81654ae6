//! `mentions.values.*`: what dates and quantities come to, on spans that agree.

use hakusho_model::{Mention, MentionKind, Value};
use unicode_normalization::UnicodeNormalization;

use super::Case;
use super::mentions::{Compared, Key};
use crate::dates;
use crate::finding::Findings;
use crate::fold::fold;
use crate::gold::GoldValue;
use crate::keys::{number, same_number};
use crate::score::share;

/// Value, upper end, unit.
#[derive(Clone, Debug, Default, PartialEq)]
struct Quantity {
    low: Option<f64>,
    high: Option<f64>,
    unit: String,
}

pub(super) fn measure(case: &Case<'_>, c: &Compared<'_>, out: &mut Findings) {
    let has = |kind: MentionKind| c.want.iter().any(|(k, m)| k.1 == kind && m.wanted_value().is_some());
    let (mut dates_right, mut dates_of) = (0, 0);
    let (mut full, mut numbers, mut quantities_of) = (0, 0, 0);
    for key in &c.hits {
        let Some(want) = c.want[key].wanted_value() else { continue };
        match key.1 {
            MentionKind::Date => {
                dates_of += 1;
                let (g, f) = (dates::edtf(&text_of(&want)), dates::edtf(&found_date(c.found[key])));
                dates_right += usize::from(g == f);
                if g != f {
                    differs("mentions.values.date", case, c, key, g, f, out);
                }
            }
            MentionKind::Qty => {
                quantities_of += 1;
                let (g, f) = (wanted(&want), found_quantity(c.found[key]));
                numbers += usize::from((g.low, g.high) == (f.low, f.high));
                full += usize::from(g == f);
                if g != f {
                    differs("mentions.values.quantity", case, c, key, shown(&g), shown(&f), out);
                }
            }
            _ => {}
        }
    }
    let (date, quantity) = (has(MentionKind::Date), has(MentionKind::Qty));
    out.score("mentions.values.all", share(dates_right + full, dates_of + quantities_of, date || quantity));
    out.score("mentions.values.date", share(dates_right, dates_of, date));
    out.score("mentions.values.quantity", share(full, quantities_of, quantity));
    out.score("mentions.values.number", share(numbers, quantities_of, quantity));
}

fn differs(
    name: &'static str,
    case: &Case<'_>,
    c: &Compared<'_>,
    key: &Key,
    gold: String,
    found: String,
    out: &mut Findings,
) {
    let page = case.gold.passages.get(key.0.passage).and_then(|p| p.page);
    out.differs(name, page, format!("{} = {gold}", c.want[key].surface), found);
}

fn shown(q: &Quantity) -> String {
    let end = |v: Option<f64>| v.map_or_else(String::new, |v| v.to_string());
    let range = q.high.map_or_else(String::new, |high| format!("-{high}"));
    format!("{}{range} {}", end(q.low), q.unit).trim().to_owned()
}

fn text_of(value: &GoldValue) -> String {
    match value {
        GoldValue::Text(text) => text.clone(),
        GoldValue::Number(number) => number.to_string(),
        GoldValue::Parts { value, .. } => value.map_or_else(String::new, |v| v.to_string()),
    }
}

fn found_date(m: &Mention) -> String {
    match &m.value {
        Some(Value::Date(date)) => date.clone(),
        Some(Value::Quantity(_)) => String::new(),
        None => m.label.clone().unwrap_or_default(),
    }
}

fn wanted(value: &GoldValue) -> Quantity {
    match value {
        GoldValue::Text(text) => parse(text),
        GoldValue::Number(number) => norm(Some(*number), None, ""),
        GoldValue::Parts { value, max, unit } => norm(*value, *max, unit.as_deref().unwrap_or_default()),
    }
}

fn found_quantity(m: &Mention) -> Quantity {
    match &m.value {
        Some(Value::Quantity(q)) => norm(Some(q.value), q.max, q.unit.as_deref().unwrap_or_default()),
        Some(Value::Date(text)) => parse(text),
        None => parse(m.label.as_deref().unwrap_or_default()),
    }
}

/// One form of a quantity: a tenth (割) is ten per cent, and a range from a number to itself is the number.
fn norm(low: Option<f64>, high: Option<f64>, unit: &str) -> Quantity {
    let unit = fold(unit);
    let scale = if unit == "割" { 10.0 } else { 1.0 };
    let low = low.map(|v| v * scale);
    let high = high.map(|v| v * scale).filter(|h| !low.is_some_and(|l| same_number(l, *h)));
    let unit = if unit == "割" || unit == "パーセント" { "%".to_owned() } else { unit };
    Quantity { low, high, unit }
}

/// A quantity as text: `4590000000 人`, `35-60 %`, `1->2 倍`.
fn parse(text: &str) -> Quantity {
    let text: String = text.nfkc().collect();
    let Some((low, mut rest)) = digits(text.trim_start()) else { return Quantity::default() };
    let mut high = None;
    for sign in ["->", "-", "~", "/", ","] {
        let after = rest.trim_start().strip_prefix(sign).and_then(|r| digits(r.trim_start()));
        if let Some((number, tail)) = after {
            (high, rest) = (Some(number), tail);
            break;
        }
    }
    norm(number(low), high.and_then(number), rest.split_whitespace().next().unwrap_or_default())
}

/// A number at the start of a text, as it is written, and what comes after.
fn digits(text: &str) -> Option<(&str, &str)> {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let length = bare.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(bare.len());
    (length > 0).then(|| text.split_at(text.len() - bare.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_as_text() {
        let check = |text: &str, low: f64, high: Option<f64>, unit: &str| {
            assert_eq!(parse(text), Quantity { low: Some(low), high, unit: unit.to_owned() }, "{text}");
        };
        check("35-60 %", 35.0, Some(60.0), "%");
        check("４，５９０ 人", 4590.0, None, "人");
        check("1->2 倍", 1.0, Some(2.0), "倍");
        check("3 割", 30.0, None, "%");
        check("5-5 件", 5.0, None, "件");
        check("-2.5 ポイント", -2.5, None, "ポイント");
        assert_eq!(parse("多数"), Quantity::default());
    }
}
