//! Rankings that tables print: place, what holds it, the place in the year before or NEW.

use hakusho_lexicon::{Cues, fold};
use hakusho_model::{Document, Exhibit, MentionKind, RankEntry, Table};

use super::grid::grid;
use super::surveys;

/// The places of all rankings of a document.
pub(crate) fn rankings(document: &Document) -> Vec<RankEntry> {
    let mut out = Vec::new();
    for exhibit in &document.exhibits {
        let survey = surveys::of_exhibit(document, exhibit);
        for table in &exhibit.tables {
            for mut entry in places(exhibit, table) {
                entry.survey.clone_from(&survey);
                entry.entity = named(document, exhibit, &entry.item);
                out.push(entry);
            }
        }
    }
    out
}

/// What a cell names, where a mention covers all of it.
fn named(document: &Document, exhibit: &Exhibit, item: &str) -> Option<String> {
    let whole = |m: &&hakusho_model::Mention| m.surface == item && exhibit.blocks.contains(&m.block);
    let value = |kind: MentionKind| matches!(kind, MentionKind::Date | MentionKind::Qty);
    document.mentions.iter().filter(whole).find(|m| !value(m.kind)).and_then(|m| m.entity.clone())
}

/// The columns of one ranking: place, item, place before.
#[derive(Clone, Debug)]
struct Columns {
    rank: usize,
    previous: Option<usize>,
    items: Vec<(usize, String)>,
}

fn places(exhibit: &Exhibit, table: &Table) -> Vec<RankEntry> {
    let grid = grid(table);
    let mut columns: Vec<Columns> = Vec::new();
    let mut out = Vec::new();
    for row in &grid {
        if let Some(found) = heads(row) {
            columns = found;
            continue;
        }
        for c in &columns {
            let Some(rank) = row.get(c.rank).and_then(|t| place(t)) else { continue };
            let before = c.previous.and_then(|i| row.get(i)).map_or("", String::as_str);
            for (i, perspective) in &c.items {
                let Some(item) = row.get(*i).filter(|t| !t.is_empty()) else { continue };
                out.push(RankEntry {
                    exhibit: exhibit.id.clone(),
                    survey: None,
                    perspective: perspective.clone(),
                    rank,
                    item: item.clone(),
                    entity: None,
                    previous: place(before),
                    is_new: is_new(before),
                });
            }
        }
    }
    out
}

/// The rankings that a row of headings opens. A place before belongs to the item beside it.
fn heads(row: &[String]) -> Option<Vec<Columns>> {
    let is = |text: &str, role: &str| {
        let chars: Vec<char> = text.chars().collect();
        Cues::embedded().list(role).iter().any(|c| c.word == chars)
    };
    let ranks: Vec<usize> = (0..row.len()).filter(|i| is(&row[*i], "rank")).collect();
    if ranks.is_empty() {
        return None;
    }
    let previous: Vec<usize> = (0..row.len()).filter(|i| is(&row[*i], "rank_before")).collect();
    let free: Vec<usize> =
        (0..row.len()).filter(|i| !ranks.contains(i) && !previous.contains(i) && !row[*i].is_empty()).collect();
    let nearest = |list: &[usize], to: usize| list.iter().copied().min_by_key(|i| i.abs_diff(to));
    let mut out: Vec<Columns> = Vec::new();
    for item in free {
        let Some(rank) = nearest(&ranks, item) else { continue };
        let before = nearest(&previous, item).filter(|p| p.abs_diff(item) == 1);
        // Without a column of former places, only the item right beside the place is what holds it.
        if before.is_none() && item.abs_diff(rank) != 1 {
            continue;
        }
        out.push(Columns { rank, previous: before, items: vec![(item, row[item].clone())] });
    }
    (!out.is_empty()).then_some(out)
}

/// `3位`, `3`.
fn place(text: &str) -> Option<u32> {
    let folded = fold(text).text();
    let number = folded.trim().trim_start_matches('第').trim_end_matches('位');
    number.parse().ok().filter(|n| (1..=200).contains(n))
}

fn is_new(text: &str) -> bool {
    matches!(fold(text).text().to_uppercase().trim(), "NEW" | "NEW!" | "新規" | "初登場" | "初選出" | "初ランクイン")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn former_places_belong_to_the_item_beside_them() {
        let columns = heads(&row(&["昨年順位", "個人", "順位", "組織", "昨年順位"])).expect("a ranking");
        let found: Vec<(usize, Option<usize>, usize)> =
            columns.iter().map(|c| (c.rank, c.previous, c.items[0].0)).collect();
        assert_eq!(found, [(2, Some(0), 1), (2, Some(4), 3)]);
    }

    #[test]
    fn other_columns_of_a_ranked_table_hold_no_place() {
        let columns = heads(&row(&["順位", "国名", "人口", "前年比"])).expect("a ranking");
        assert_eq!(columns.iter().map(|c| c.items[0].1.as_str()).collect::<Vec<_>>(), ["国名"]);
        assert!(heads(&row(&["国名", "人口"])).is_none());
    }

    #[test]
    fn places_and_new_ones() {
        assert_eq!((place("１０位"), place("第3位"), place("0"), place("36.5%")), (Some(10), Some(3), None, None));
        assert!(is_new("ＮＥＷ") && is_new("初登場") && !is_new("圏外"));
    }
}
