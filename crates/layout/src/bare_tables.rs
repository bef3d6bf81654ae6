//! Tables without a caption: connected ruling lines that make a grid whose cells hold text.

use hakusho_lexicon::LayoutWords;
use hakusho_model::{ExhibitKind, Rect};

use crate::chars::is_bullet;
use crate::exhibits::{Found, Habit};
use crate::lattices::lattices;
use crate::page::{Page, Role};
use crate::styles::Styles;
use crate::tables;

/// Least share of a grid's cells that must hold text.
const FILLED: f32 = 0.4;
/// Share of lines with list markers from which on the grid is the frame of a list, not a table.
const LISTED: f32 = 0.2;
/// Type larger than this share of the body's heads a section; tables print smaller.
const LARGEST: f32 = 1.2;

/// Whether type stands in the frame that heads sections: it is large, a word, and not in the first row.
fn is_headed_frame(page: &Page<'_>, body: &Rect, content: &[usize], styles: &Styles) -> bool {
    let large = |&&i: &&usize| {
        let line = &page.lines[i];
        line.size > LARGEST * styles.size && line.text().chars().filter(|c| c.is_alphanumeric()).count() > 1
    };
    let mut large = content.iter().filter(large).peekable();
    large.peek().is_some() && {
        let head = tables::head_bottom(page, body);
        large.any(|&i| page.lines[i].bbox.center().y > head)
    }
}

/// Finds the tables of a page that no caption has claimed and marks their lines; `taken` exhibits stand on the page already.
pub(crate) fn find(page: &mut Page<'_>, taken: &[Found], styles: &Styles, words: &LayoutWords) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for body in bodies(page) {
        let free = |f: &Found| f.bbox.intersection(&body).area() < 0.1 * body.area().min(f.bbox.area()).max(1.0);
        if !taken.iter().chain(&out).all(free) {
            continue;
        }
        let around = body.grow(2.0, 2.0);
        let content: Vec<usize> =
            page.with_role(Role::Flow).filter(|&i| around.contains(page.lines[i].bbox.center())).collect();
        if !is_table(page, &body, &content, styles, words) {
            continue;
        }
        let index = taken.len() + out.len();
        for &i in &content {
            page.roles[i] = Role::Exhibit(index);
        }
        out.push(Found {
            caption: None,
            content,
            sources: Vec::new(),
            notes: Vec::new(),
            body,
            bbox: body,
            kind: ExhibitKind::Table,
            habit: Habit::Above,
        });
    }
    out
}

/// Boxes that may hold a table: the drawings that are a grid, and the lattices in the others.
fn bodies(page: &Page<'_>) -> Vec<Rect> {
    let mut out = Vec::new();
    for drawing in page.drawings.iter().filter(|d| d.is_figure() && d.rules + d.shapes >= 4) {
        if tables::is_regular(page, &drawing.bbox) {
            out.push(drawing.bbox);
        } else {
            let found = lattices(page.content, &drawing.bbox);
            out.extend(found.into_iter().filter(|l| tables::is_regular_but_for_pictures(page, l)));
        }
    }
    out
}

fn is_table(page: &Page<'_>, body: &Rect, content: &[usize], styles: &Styles, words: &LayoutWords) -> bool {
    if content.len() < 4 || is_headed_frame(page, body, content, styles) {
        return false;
    }
    // Columns named 国内 and 海外 head a chronology, which is read as a list.
    let bare = |i: usize| page.lines[i].text().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if content.iter().any(|&i| words.side.contains(&bare(i))) {
        return false;
    }
    let listed = content.iter().filter(|&&i| page.lines[i].text().starts_with(is_bullet)).count();
    if listed as f32 > LISTED * content.len() as f32 {
        return false;
    }
    let Some(grounded) = tables::read(page, body, content) else { return false };
    let cells: Vec<bool> = grounded.table.rows.iter().flatten().map(|c| !c.text.is_empty()).collect();
    let filled = cells.iter().filter(|f| **f).count();
    let wide = grounded.table.rows.iter().filter(|r| r.len() > 1).count();
    filled >= 4 && wide >= 2 && filled as f32 >= FILLED * cells.len() as f32
}
