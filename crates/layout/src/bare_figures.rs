//! Diagrams and charts without a caption: short labels scattered over a drawing.

use hakusho_model::{ExhibitKind, Rect};

use crate::chars::{ends_sentence, is_bullet};
use crate::exhibits::{Found, Habit};
use crate::page::{Page, Role};
use crate::styles::Styles;

/// Least number of labels, of their rows and of their columns.
const LABELS: usize = 6;
const SCATTER: usize = 3;
/// Least number of shapes.
const SHAPES: u32 = 6;
/// Characters of the longest label.
const LONGEST: usize = 16;
/// Larger than this share of a page it is the page's own design.
const WHOLE: f32 = 0.5;
/// Type larger than this share of the body's heads something.
const LARGEST: f32 = 1.3;
/// Least height in points.
const HEIGHT: f32 = 80.0;

/// Finds the drawings of a page that no caption has claimed and marks their lines; `taken` exhibits stand on the page.
pub(crate) fn find(page: &mut Page<'_>, taken: &[Found], styles: &Styles) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let whole = page.content.bbox().area();
    let large = |b: &Rect| b.height() >= HEIGHT && b.area() < WHOLE * whole;
    let bodies: Vec<Rect> = page
        .drawings
        .iter()
        .filter(|d| d.is_figure() && d.shapes >= SHAPES && large(&d.bbox))
        .map(|d| d.bbox)
        .collect();
    for body in bodies {
        if taken.iter().chain(&out).any(|f| f.bbox.overlaps(&body)) {
            continue;
        }
        let inside: Vec<usize> =
            page.with_role(Role::Flow).filter(|&i| body.contains(page.lines[i].bbox.center())).collect();
        if !is_labels(page, &inside, styles) {
            continue;
        }
        let content = with_row_above(page, &body, inside, styles);
        let index = taken.len() + out.len();
        let mut bbox = body;
        for &i in &content {
            page.roles[i] = Role::Exhibit(index);
            bbox = bbox.union(&page.lines[i].bbox);
        }
        out.push(Found {
            caption: None,
            content,
            sources: Vec::new(),
            notes: Vec::new(),
            body: bbox,
            bbox,
            kind: ExhibitKind::Diagram,
            habit: Habit::Above,
        });
    }
    out
}

/// Whether lines are labels: all short, none a sentence or list item, in several rows and columns.
fn is_labels(page: &Page<'_>, lines: &[usize], styles: &Styles) -> bool {
    let label = |&i: &usize| is_label(page, i, styles);
    let places = |at: fn(&Rect) -> f32| {
        let mut at: Vec<f32> = lines.iter().map(|&i| at(&page.lines[i].bbox)).collect();
        at.sort_by(f32::total_cmp);
        1 + at.windows(2).filter(|w| w[1] - w[0] > styles.size).count()
    };
    lines.len() >= LABELS
        && lines.iter().all(label)
        && places(|b| b.center().x) >= SCATTER
        && places(|b| b.center().y) >= SCATTER
}

fn is_label(page: &Page<'_>, i: usize, styles: &Styles) -> bool {
    let (line, text) = (&page.lines[i], page.lines[i].text());
    line.len() <= LONGEST && line.size < LARGEST * styles.size && !ends_sentence(text) && !text.starts_with(is_bullet)
}

/// Labels side by side directly over a drawing name its columns.
fn with_row_above(page: &Page<'_>, body: &Rect, mut lines: Vec<usize>, styles: &Styles) -> Vec<usize> {
    let reach = 2.0 * styles.leading;
    let mut above: Vec<usize> = page
        .with_role(Role::Flow)
        .filter(|&i| {
            let b = page.lines[i].bbox;
            b.y1 <= body.y0 + 0.5 * b.height() && body.y0 - b.y1 < reach && b.x_overlap(body) > 0.5 * b.width()
        })
        .filter(|i| !lines.contains(i))
        .collect();
    let row = |i: usize| above.iter().filter(|&&k| page.lines[k].bbox.y_overlap(&page.lines[i].bbox) > 0.0).count();
    if above.iter().all(|&i| is_label(page, i, styles)) && above.iter().any(|&i| row(i) >= SCATTER) {
        lines.append(&mut above);
        lines.sort_unstable();
    }
    lines
}
