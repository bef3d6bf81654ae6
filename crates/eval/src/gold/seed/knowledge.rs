//! Passages, mentions, events and figures of a seed.

use std::collections::BTreeMap;

use hakusho_model::MentionKind;
use serde_json::Value;

use super::Lines;
use super::rows::{IncidentRow, MentionRow, PassageRow, Row, StatRow};
use crate::fold::{Folded, note_mark, plain_chars};
use crate::gold::{EventRow, Gold, GoldError, GoldMention, GoldObservation, Passage};

/// What sets an event off: annotated, but no mention that a document has.
const TRIGGER: &str = "TRIG";
/// Words of a row's notes that say it is two incidents, one for each of those affected.
const SEVERAL: &str = "TWO incidents";
/// Unit of ranks: a place in a list is no figure.
const RANK: &str = "位";
/// Parts of a figure that are not printed with it.
const UNPRINTED: [&str; 3] = ["n", "date", "parent"];

/// Passages with where each line begins in them, and the mentions in them.
pub(super) fn mentions(
    gold: &mut Gold,
    passages: &[Row<PassageRow>],
    rows: Vec<Row<MentionRow>>,
    lines: &Lines,
    doc: &str,
) -> Result<(), GoldError> {
    let mut placed: BTreeMap<&str, (usize, BTreeMap<usize, usize>)> = BTreeMap::new();
    for row in passages {
        let (passage, starts) = passage(row, lines)?;
        placed.insert(&row.it.id, (gold.passages.len(), starts));
        gold.passages.push(passage);
    }
    let mut all = Vec::new();
    for row in rows.into_iter().filter(|r| r.it.doc == doc) {
        let Some((index, starts)) = placed.get(row.it.passage.as_str()) else { continue };
        let at = |line: usize, column: usize| match (starts.get(&line), &gold.passages[*index].text) {
            (Some(start), Some((_, text))) => Ok(text.at(start + column)),
            _ => Err(row.wrong(format!("line {line} is not in the passage `{}`", row.it.passage))),
        };
        let span = (at(row.it.line_start, row.it.col_start)?, at(row.it.line_end, row.it.col_end)?);
        all.push(mention(row, span)?);
    }
    gold.mentions = Some(all);
    Ok(())
}

fn passage(row: &Row<PassageRow>, lines: &Lines) -> Result<(Passage, BTreeMap<usize, usize>), GoldError> {
    let PassageRow { id, line_start, line_end, .. } = &row.it;
    let (mut text, mut starts) = (String::new(), BTreeMap::new());
    let mut total = 0;
    for number in *line_start..=*line_end {
        let line = lines.named(number, row)?;
        starts.insert(number, total);
        total += line.len();
        text.extend(line);
    }
    let full = Folded::new(&text);
    let bare = full.without(note_mark);
    let passage = Passage {
        id: id.clone(),
        page: None,
        head: Vec::new(),
        tail: Vec::new(),
        text: Some((full, bare)),
        partial: is_partial(id),
    };
    Ok((passage, starts))
}

/// In the body of the second seed dates and quantities are not annotated completely; in its chronology, whose passages are
/// named by year, they are.
fn is_partial(id: &str) -> bool {
    let dated = |rest: &str| {
        rest.strip_prefix("20").is_some_and(|r| {
            let (year, dash) = (r.bytes().take_while(u8::is_ascii_digit).count(), r.as_bytes().get(2));
            year == 2 && dash == Some(&b'-')
        })
    };
    id.strip_prefix("B-").is_some_and(|rest| !dated(rest))
}

fn mention(row: Row<MentionRow>, span: (usize, usize)) -> Result<GoldMention, GoldError> {
    let kind = match row.it.kind.as_str() {
        "PROD" => "PRODUCT",
        "PER" => "PERSON",
        "INC" => "INCIDENT",
        other => other,
    };
    if kind != TRIGGER && MentionKind::parse(kind).is_none() {
        return Err(row.wrong(format!("the type `{kind}` is not known")));
    }
    let kind = kind.to_owned();
    let it = row.it;
    Ok(GoldMention {
        ignored: kind == TRIGGER,
        kind,
        span: Some(span),
        passage: it.passage,
        surface: it.surface,
        occurrence: 1,
        canonical: it.canonical,
        alt: it.alt,
        mention: it.mention,
        value: it.value,
        nested: it.nested,
        optional: it.optional,
        flags: it.flags,
    })
}

pub(super) fn events(gold: &mut Gold, rows: Vec<Row<IncidentRow>>, doc: &str) -> Result<(), GoldError> {
    let mut all = Vec::new();
    for row in rows.into_iter().filter(|r| r.it.doc == doc) {
        if row.it.text.is_empty() {
            return Err(row.wrong("`text` is empty"));
        }
        incidents(row.it, &mut all);
    }
    gold.events = Some(all).filter(|all| !all.is_empty());
    Ok(())
}

fn incidents(row: IncidentRow, all: &mut Vec<EventRow>) {
    let text = plain_chars(&row.text);
    let date = row.date.filter(|d| !d.is_empty()).or(row.disclosed);
    let counts: Vec<_> = row.counts.into_iter().chain(row.money).collect();
    let groups = if row.notes.contains(SEVERAL) {
        row.affected.into_iter().map(|a| vec![a]).collect()
    } else {
        vec![row.affected]
    };
    all.extend(groups.into_iter().map(|affected| EventRow {
        passage: row.id.clone(),
        text: Some(text.clone()),
        kind: row.kind,
        actor: row.actor.clone(),
        affected,
        date: date.clone(),
        counts: counts.clone(),
        summary: row.summary.clone(),
        weak: false,
    }));
}

pub(super) fn observations(
    gold: &mut Gold,
    rows: Vec<Row<StatRow>>,
    lines: &Lines,
    doc: &str,
) -> Result<(), GoldError> {
    let mut all = Vec::new();
    for row in rows.into_iter().filter(|r| r.it.doc == doc) {
        all.extend(observation(&row, lines)?);
    }
    gold.observations = Some(all).filter(|all| !all.is_empty());
    Ok(())
}

fn observation(row: &Row<StatRow>, lines: &Lines) -> Result<Option<GoldObservation>, GoldError> {
    let it = &row.it;
    let Some(value) = it.value.as_ref().filter(|_| it.unit.as_deref() != Some(RANK)) else { return Ok(None) };
    let mut figure = GoldObservation { value: value.as_f64(), ..GoldObservation::default() };
    if it.table == "text" {
        let line: String = lines.named(it.line, row)?.iter().collect();
        (figure.quote, figure.open) = (plain_chars(&line), true);
    } else {
        let printed = it.dims.iter().filter(|(key, v)| !UNPRINTED.contains(&key.as_str()) && !v.is_null());
        figure.tokens =
            printed.map(|(_, v)| v.as_str().map_or_else(|| Value::to_string(v), ToOwned::to_owned)).collect();
        figure.exhibit = it.table.starts_with('図').then(|| it.table.clone());
    }
    Ok(Some(figure))
}

#[cfg(test)]
mod tests {
    use super::is_partial;

    #[test]
    fn dates_and_quantities_are_complete_in_the_first_seed_and_in_the_chronology() {
        let check = |id: &str, want: bool| assert_eq!(is_partial(id), want, "{id}");
        check("A-intro", false);
        check("B-2020-01-X1", false);
        check("B-1-2", true);
        check("B-20201", true);
        check("B-20x0-", true);
    }
}
