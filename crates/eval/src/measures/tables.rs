//! `tables.*`: which cells stand beside which (the measure of the ICDAR 2013 table competition), and the cells alone.

use std::collections::BTreeMap;

use hakusho_model::Exhibit;

use super::Case;
use crate::compare::{pair, shared};
use crate::finding::Findings;
use crate::fold::plain;
use crate::keys::number_key;
use crate::score::f1;
use crate::view::{clip, exhibit_key};

/// Marks of a list at the head of a cell.
const LEADING_BULLETS: &str = "・●•◦■□◆◇▪▶▷";
/// Marks of a list anywhere in a cell.
const BULLETS: &str = "●•◦■◆▪";
/// Most rows or columns that a cell may cover.
const MOST_SPAN: usize = 500;

/// Two cells and the way from one to the other.
type Relation = (String, String, &'static str);

/// The tables of one exhibit: what its cells say and how they lie.
#[derive(Default)]
struct Group {
    /// Key of the exhibit; `None` where there is none.
    key: Option<String>,
    relations: Vec<Relation>,
    cells: Vec<String>,
    page: Option<u32>,
}

/// A cell as either side has it: text, rows and columns covered.
struct Cell {
    text: String,
    height: usize,
    width: usize,
}

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(tables) = &case.gold.tables else { return };
    let gold = tables.iter().map(|t| {
        let cell = |c: &crate::gold::TableCell| Cell { text: cell_key(&c.text), height: c.rowspan, width: c.colspan };
        let rows = t.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        (number_key(t.exhibit.as_deref().unwrap_or_default()), None, rows)
    });
    let want = groups(gold);
    let have = groups(case.view.document.exhibits.iter().flat_map(tables_of));
    let pairs = pair(want.len(), have.len(), |i, j| cost(&want[i], &have[j]));
    let (mut hits, mut found) = ((0, 0), (0, 0));
    for (i, j) in &pairs {
        let (g, f) = (&want[*i], &have[*j]);
        hits = (hits.0 + shared(&g.relations, &f.relations), hits.1 + shared(&g.cells, &f.cells));
        found = (found.0 + f.relations.len(), found.1 + f.cells.len());
        differences(g, f, out);
    }
    for i in crate::compare::unpaired(want.len(), &pairs, |p| p.0) {
        let name = want[i].key.as_deref().unwrap_or("without a number");
        out.missed("tables.cells", None, format!("the whole table {name}, {} cells", want[i].cells.len()));
    }
    let total = |count: fn(&Group) -> usize| want.iter().map(count).sum();
    out.score("tables.adjacency", f1(hits.0, total(|g| g.relations.len()), found.0));
    out.score("tables.cells", f1(hits.1, total(|g| g.cells.len()), found.1));
}

/// Named tables go by name; others by how many cells they share.
fn cost(g: &Group, f: &Group) -> Option<f64> {
    if g.key.is_some() && f.key.is_some() {
        return (g.key == f.key).then_some(0.0);
    }
    let alike = shared(&g.cells, &f.cells);
    (alike > 0).then_some(-(alike as f64))
}

fn differences(g: &Group, f: &Group, out: &mut Findings) {
    let name = g.key.as_deref().unwrap_or_default();
    for cell in without(&g.cells, &f.cells) {
        out.missed("tables.cells", f.page, format!("{name}: {}", clip(cell)));
    }
    for cell in without(&f.cells, &g.cells) {
        out.wrong("tables.cells", f.page, format!("{name}: {}", clip(cell)));
    }
    let shown = |r: &Relation| format!("{name}: {} {} {}", clip(&r.0), r.2, clip(&r.1));
    for r in without(&g.relations, &f.relations) {
        out.missed("tables.adjacency", f.page, shown(r));
    }
    for r in without(&f.relations, &g.relations) {
        out.wrong("tables.adjacency", f.page, shown(r));
    }
}

/// Items of a sorted list that another lacks, repeated ones as often as they are too many.
fn without<'a, T: Ord>(a: &'a [T], b: &[T]) -> Vec<&'a T> {
    let mut j = 0;
    let mut rest = Vec::new();
    for item in a {
        while j < b.len() && b[j] < *item {
            j += 1;
        }
        if j < b.len() && b[j] == *item {
            j += 1;
        } else {
            rest.push(item);
        }
    }
    rest
}

fn tables_of(e: &Exhibit) -> impl Iterator<Item = (String, Option<u32>, Vec<Vec<Cell>>)> + '_ {
    e.tables.iter().filter(|t| !t.rows.is_empty()).map(move |t| {
        let cell = |c: &hakusho_model::Cell| Cell {
            text: cell_key(&c.text),
            height: c.row_span as usize,
            width: c.col_span as usize,
        };
        let rows = t.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        (exhibit_key(e), e.regions.first().map(|r| r.page), rows)
    })
}

/// Text of a cell without marks of lists, which are layout.
fn cell_key(text: &str) -> String {
    let text = plain(text);
    text.trim_start_matches(|c| LEADING_BULLETS.contains(c)).replace(|c| BULLETS.contains(c), "")
}

/// Tables put together by exhibit, in the order they come.
fn groups(tables: impl Iterator<Item = (String, Option<u32>, Vec<Vec<Cell>>)>) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (key, page, rows) in tables {
        let key = Some(key).filter(|k| !k.is_empty());
        let at = all.iter().position(|g| key.is_some() && g.key == key).unwrap_or_else(|| {
            all.push(Group { key, page, ..Group::default() });
            all.len() - 1
        });
        let (cells, grid) = lay(rows);
        all[at].relations.extend(relations(&cells, &grid));
        all[at].cells.extend(cells.into_iter().filter(|c| !c.is_empty()));
    }
    for group in &mut all {
        group.relations.sort_unstable();
        group.cells.sort_unstable();
    }
    all
}

/// Texts of the cells, and for every place of the grid the number of the cell that covers it.
fn lay(rows: Vec<Vec<Cell>>) -> (Vec<String>, BTreeMap<(usize, usize), usize>) {
    let (mut cells, mut grid) = (Vec::new(), BTreeMap::new());
    for (r, row) in rows.into_iter().enumerate() {
        let mut c = 0;
        for cell in row {
            while grid.contains_key(&(r, c)) {
                c += 1;
            }
            let (height, width) = (cell.height.clamp(1, MOST_SPAN), cell.width.clamp(1, MOST_SPAN));
            for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
                grid.insert((r + y, c + x), cells.len());
            }
            cells.push(cell.text);
            c += width;
        }
    }
    (cells, grid)
}

/// Every cell with its next filled neighbour to the right and below, each pair once.
fn relations(cells: &[String], grid: &BTreeMap<(usize, usize), usize>) -> Vec<Relation> {
    let mut lanes: BTreeMap<(&'static str, usize), Vec<usize>> = BTreeMap::new();
    // The grid is sorted by row and then column, so that every lane fills from its start.
    for ((r, c), cell) in grid.iter().filter(|(_, cell)| !cells[**cell].is_empty()) {
        lanes.entry(("→", *r)).or_default().push(*cell);
        lanes.entry(("↓", *c)).or_default().push(*cell);
    }
    let mut seen = std::collections::BTreeSet::new();
    for ((way, _), lane) in &lanes {
        seen.extend(lane.windows(2).filter(|two| two[0] != two[1]).map(|two| (two[0], two[1], *way)));
    }
    seen.into_iter().map(|(a, b, way)| (cells[a].clone(), cells[b].clone(), way)).collect()
}
