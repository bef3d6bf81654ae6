//! Towers: characters set one below the other, as producers without vertical writing set side tabs, axis labels and the
//! names of groups in charts.

use hakusho_model::Rule;

use crate::chars::{is_bracket, is_bullet, is_japanese};
use crate::line::{LineChar, TextLine};

/// Farthest step from one character of a painted tower to the next, in ems: cells of a table stand farther apart.
const STEP: f32 = 1.28;
/// Fewest characters of a painted tower.
const STACK: usize = 4;

/// Where a run of one character stands, by order of painting.
#[derive(Clone, Copy)]
pub(crate) struct Single<'c> {
    pub(crate) char: &'c LineChar,
    pub(crate) order: u32,
    /// Index among all fragments.
    pub(crate) index: usize,
}

/// Single characters painted one after the other down a column: indexes by tower. The order of painting tells a tower from
/// words of two characters set close below each other.
pub(crate) fn painted(mut singles: Vec<Single<'_>>) -> Vec<Vec<usize>> {
    singles.sort_by_key(|s| s.order);
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut open: Vec<Single<'_>> = Vec::new();
    for s in singles {
        if open.last().is_some_and(|last| !is_below(last, &s)) {
            out.extend(finished(&open));
            open.clear();
        }
        open.push(s);
    }
    out.extend(finished(&open));
    out
}

fn is_below(a: &Single<'_>, b: &Single<'_>) -> bool {
    let (above, below) = (a.char.bbox, b.char.bbox);
    let em = a.char.size.max(1.0);
    // Brackets are moved within their place.
    let aside = (above.center().x - below.center().x).abs();
    let step = below.center().y - above.center().y;
    b.order <= a.order + 2
        && (a.char.size - b.char.size).abs() < 0.2 * em
        && aside < if is_bracket(a.char.ch) || is_bracket(b.char.ch) { 0.6 } else { 0.3 } * em
        && step > 0.7 * em
        && step < STEP * em
}

fn finished(open: &[Single<'_>]) -> Option<Vec<usize>> {
    let japanese = open.iter().filter(|s| is_japanese(s.char.ch)).count();
    (open.len() >= STACK && japanese * 2 > open.len()).then(|| open.iter().map(|s| s.index).collect())
}

/// Single characters set one below the other: vertical text as some producers write it (side tabs, axis labels).
pub(crate) fn towers(lines: Vec<TextLine>, rules: &[Rule], bold: &dyn Fn(u32) -> bool) -> Vec<TextLine> {
    // Two digits may lie across the column (縦中横).
    let single = |l: &TextLine| {
        let mut chars = l.chars.iter().map(|c| c.ch);
        !l.vertical
            && match l.chars.len() {
                1 => chars.all(|c| (is_japanese(c) || c.is_ascii_alphanumeric()) && !is_bullet(c) && c != '※'),
                2 => chars.all(|c| c.is_ascii_digit()),
                _ => false,
            }
    };
    let (mut singles, mut rest): (Vec<TextLine>, Vec<TextLine>) = lines.into_iter().partition(single);
    singles.sort_by(|a, b| {
        let column = |l: &TextLine| (l.bbox.center().x / 2.0).round() as i32;
        column(a).cmp(&column(b)).then(a.bbox.y0.total_cmp(&b.bbox.y0))
    });
    let mut group: Vec<TextLine> = Vec::new();
    for line in singles {
        let follows = group.last().is_some_and(|last| {
            let step = line.bbox.center().y - last.bbox.center().y;
            let same = (last.size - line.size).abs() < 0.1 * line.size
                && (last.bbox.center().x - line.bbox.center().x).abs() < 0.3 * line.size;
            let ruled = rules.iter().any(|r| {
                r.horizontal
                    && r.bbox.x0 <= line.bbox.center().x
                    && line.bbox.center().x <= r.bbox.x1
                    && last.bbox.center().y < r.bbox.y0
                    && r.bbox.y1 < line.bbox.center().y
            });
            same && step > 0.5 * line.size && step < 1.75 * line.size && !ruled
        });
        if !follows {
            flush_tower(&mut group, &mut rest, bold);
        }
        group.push(line);
    }
    flush_tower(&mut group, &mut rest, bold);
    rest
}

fn flush_tower(group: &mut Vec<TextLine>, out: &mut Vec<TextLine>, bold: &dyn Fn(u32) -> bool) {
    let japanese = group.iter().flat_map(|l| l.chars.iter()).filter(|c| is_japanese(c.ch)).count();
    // Beside other text on the same heights these are columns of a list, not one vertical word.
    let beside = |l: &TextLine, o: &TextLine| {
        o.bbox.y_overlap(&l.bbox) > 0.5 * l.bbox.height() && (o.bbox.x0 - l.bbox.x1).abs() < 1.2 * l.size
    };
    let lonely = |l: &&TextLine| !out.iter().any(|o| !o.vertical && beside(l, o));
    if group.len() >= 3 && japanese * 2 > group.len() && group.iter().filter(lonely).count() * 2 > group.len() {
        let mut tower = group.remove(0);
        for line in group.drain(..) {
            tower.chars.extend(line.chars.iter().copied());
        }
        for c in tower.chars.iter_mut() {
            c.along = (c.bbox.y0, c.bbox.y1);
        }
        tower.vertical = true;
        tower.baseline = tower.bbox.center().x;
        tower.settle(bold);
        out.push(tower);
    } else {
        out.append(group);
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::{Color, Rect};

    use super::*;
    use crate::line::Standing;

    fn check(texts: &[(&str, f32, f32)], step: f32, expected: &[usize]) {
        let mut chars = Vec::new();
        for &(text, x, y) in texts {
            for (i, ch) in text.chars().enumerate() {
                let y = y + step * i as f32;
                let bbox = Rect::new(x, y, x + 10.0, y + 10.0);
                let (along, standing) = ((x, x + 10.0), Standing::Normal);
                chars.push(LineChar { ch, bbox, along, size: 10.0, font: 0, color: Color::BLACK, standing });
            }
        }
        let single = |(i, char)| Single { char, order: i as u32, index: i };
        let found: Vec<usize> = painted(chars.iter().enumerate().map(single).collect()).iter().map(Vec::len).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_painted_downwards_are_towers() {
        check(&[("働き方（改革", 13.0, 0.0), ("している", 0.0, 0.0)], 10.6, &[6, 4]);
        check(&[("している", 0.0, 0.0)], 12.7, &[4]);
        check(&[("している", 0.0, 0.0)], 12.9, &[]);
        check(&[("いる中", 0.0, 0.0)], 10.0, &[]);
    }

    #[test]
    fn words_painted_across_are_none() {
        let rows = ["東京", "大阪", "福岡", "札幌"].into_iter().enumerate();
        let cells: Vec<(String, f32, f32)> = rows
            .flat_map(|(i, w)| {
                w.chars().enumerate().map(move |(k, c)| (c.to_string(), 10.0 * k as f32, 11.0 * i as f32))
            })
            .collect();
        let cells: Vec<(&str, f32, f32)> = cells.iter().map(|(s, x, y)| (s.as_str(), *x, *y)).collect();
        check(&cells, 0.0, &[]);
    }
}
