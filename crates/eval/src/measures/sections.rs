//! `sections.*`: headings, their levels, and what is above them.

use std::collections::BTreeMap;

use hakusho_model::Section;

use super::Case;
use crate::compare::{pair, unpaired};
use crate::finding::Findings;
use crate::gold::{Given, SectionRow};
use crate::keys::{heading_key, same_number};
use crate::score::{f1, share};

/// A heading in its tree.
struct Heading {
    /// Label and title, folded.
    key: (String, String),
    /// Both in one, for headings whose label one side counts to the title.
    joined: String,
    /// Of the heading above.
    parent: Option<String>,
    /// From 1.
    depth: usize,
    level: f64,
    shown: String,
    page: Option<u32>,
}

/// What the tree is built from: a row of either side.
struct Row<'a> {
    id: Option<&'a str>,
    /// Where the row does not say, the level does.
    parent: Given<&'a str>,
    level: f64,
    label: Option<&'a str>,
    title: &'a str,
    page: Option<u32>,
}

impl<'a> Row<'a> {
    fn of_gold(s: &'a SectionRow) -> Self {
        Self {
            id: s.id.as_deref(),
            parent: if let Given::Said(id) = &s.parent { Given::Said(id.as_deref()) } else { Given::Absent },
            level: s.level.unwrap_or(0.0),
            label: s.label.as_deref(),
            title: &s.title,
            page: s.page,
        }
    }

    fn of_document(s: &'a Section, page: Option<u32>) -> Self {
        let (id, parent, level) = (Some(s.id.as_str()), Given::Said(s.parent.as_deref()), f64::from(s.level));
        Self { id, parent, level, label: s.label.as_deref(), title: &s.title, page }
    }
}

/// Keys, parents and depths. The parent goes by id where rows have ids and name one, else by level.
fn outline(rows: &[Row<'_>]) -> Vec<Heading> {
    let at: BTreeMap<&str, usize> = rows.iter().enumerate().filter_map(|(i, r)| r.id.map(|id| (id, i))).collect();
    let (mut headings, mut open): (Vec<Heading>, Vec<usize>) = (Vec::new(), Vec::new());
    for (i, row) in rows.iter().enumerate() {
        while open.last().is_some_and(|o| rows[*o].level >= row.level) {
            open.pop();
        }
        let above = match row.parent {
            Given::Said(id) if !at.is_empty() => id.and_then(|id| at.get(id).copied()),
            _ => open.last().copied(),
        };
        let above = above.filter(|a| *a < i);
        let key = heading_key(row.label, row.title);
        headings.push(Heading {
            joined: format!("{}{}", key.0, key.1),
            key,
            parent: above.map(|a| headings[a].joined.clone()),
            depth: above.map_or(1, |a| headings[a].depth + 1),
            level: row.level,
            shown: format!("{} {}", row.label.unwrap_or_default(), row.title).trim().to_owned(),
            page: row.page,
        });
        open.push(i);
    }
    headings
}

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(sections) = &case.gold.sections else { return };
    let want = outline(&sections.iter().map(Row::of_gold).collect::<Vec<_>>());
    let page = |s: &Section| s.heading.as_deref().and_then(|id| case.view.block(id)).and_then(|b| b.raw.page());
    let found = &case.view.document.sections;
    let have = outline(&found.iter().map(|s| Row::of_document(s, page(s))).collect::<Vec<_>>());
    let pairs = pair(want.len(), have.len(), |i, j| {
        let differ = f64::from(u8::from(want[i].key != have[j].key));
        (want[i].joined == have[j].joined).then(|| differ + i.abs_diff(j) as f64 / 1e6)
    });
    for i in unpaired(want.len(), &pairs, |p| p.0) {
        out.missed("sections.heading", want[i].page, &*want[i].shown);
    }
    for j in unpaired(have.len(), &pairs, |p| p.1) {
        out.wrong("sections.heading", have[j].page, &*have[j].shown);
    }
    out.score("sections.heading", f1(pairs.len(), want.len(), have.len()));
    levels(&want, &have, &pairs, out);
    parents(&want, &have, &pairs, out);
}

/// Levels as the gold prints them or as depth in its tree, whichever the document fits better.
fn levels(want: &[Heading], have: &[Heading], pairs: &[(usize, usize)], out: &mut Findings) {
    let by_level = |(i, j): &(usize, usize)| same_number(want[*i].level, have[*j].level);
    let by_depth = |(i, j): &(usize, usize)| same_number(want[*i].depth as f64, have[*j].level);
    let (printed, depth) = (pairs.iter().filter(|p| by_level(p)).count(), pairs.iter().filter(|p| by_depth(p)).count());
    for p in pairs.iter().filter(|p| !(if printed >= depth { by_level(p) } else { by_depth(p) })) {
        let level = if printed >= depth { want[p.0].level } else { want[p.0].depth as f64 };
        let gold = format!("level {level}: {}", want[p.0].shown);
        out.differs("sections.level", want[p.0].page, gold, format!("level {}", have[p.1].level));
    }
    out.score("sections.level", share(printed.max(depth), pairs.len(), !want.is_empty()));
}

fn parents(want: &[Heading], have: &[Heading], pairs: &[(usize, usize)], out: &mut Findings) {
    let mut right = 0;
    for (i, j) in pairs {
        if want[*i].parent == have[*j].parent {
            right += 1;
        } else {
            let under = |h: &Heading| format!("under `{}`", h.parent.as_deref().unwrap_or_default());
            let gold = format!("{} {}", want[*i].shown, under(&want[*i]));
            out.differs("sections.parent", want[*i].page, gold, under(&have[*j]));
        }
    }
    out.score("sections.parent", share(right, pairs.len(), !want.is_empty()));
}
