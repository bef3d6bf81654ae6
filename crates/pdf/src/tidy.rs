//! After a page is read: glyphs struck twice are marked, ruling lines drawn in pieces are joined.

use hakusho_model::{Glyph, GlyphFlags, PageContent, Rect, Rule};

/// A glyph this near an equal one, as a share of its height, is the same glyph struck again.
const STRIKE: f32 = 0.12;
/// Edge of the grid cells in which equal glyphs are looked for, in points; no twin is looked for farther away.
const CELL: f32 = 8.0;
/// Pieces of a ruling line at most this far apart are one line, in points.
const JOIN: f32 = 1.0;

/// Tidies a page in place.
pub(crate) fn tidy(page: &mut PageContent) {
    mark_duplicates(&mut page.glyphs);
    page.rules = joined(std::mem::take(&mut page.rules));
}

/// Glyphs by character and cell, in chains: most glyphs meet an empty one.
struct Places {
    first: Vec<u32>,
    next: Vec<u32>,
}

/// End of a chain.
const NONE: u32 = u32::MAX;

impl Places {
    fn for_count(count: usize) -> Self {
        Self { first: vec![NONE; (2 * count).next_power_of_two()], next: vec![NONE; count] }
    }

    fn slot(&self, ch: char, x: i32, y: i32) -> usize {
        let mixed = (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ (ch as u32);
        (mixed.wrapping_mul(0xC2B2_AE3D) >> 7) as usize & (self.first.len() - 1)
    }

    fn add(&mut self, slot: usize, glyph: usize) {
        self.next[glyph] = self.first[slot];
        self.first[slot] = glyph as u32;
    }

    fn chain(&self, slot: usize) -> impl Iterator<Item = usize> {
        let follow = |at: u32| (at != NONE).then_some(at);
        std::iter::successors(follow(self.first[slot]), move |&i| follow(self.next[i as usize])).map(|i| i as usize)
    }
}

/// Marks the later of two equal glyphs at one place: bold by double strike, an outline copy, an invisible repeat.
fn mark_duplicates(glyphs: &mut [Glyph]) {
    let mut places = Places::for_count(glyphs.len());
    // Towards zero is down for all that can be on a page, and no call of the C library.
    let cell = |v: f32| (v * (1.0 / CELL) + 1024.0) as i32;
    for i in 0..glyphs.len() {
        let Glyph { ch, bbox, flags } = glyphs[i];
        if ch == ' ' || ch == '\u{3000}' {
            continue;
        }
        let c = bbox.center();
        let reach = (STRIKE * bbox.height().max(bbox.width()).max(1.0)).min(CELL);
        let is_twin = |&j: &usize| {
            let o = glyphs[j].bbox.center();
            glyphs[j].ch == ch && (o.x - c.x).abs() <= reach && (o.y - c.y).abs() <= reach
        };
        let columns = cell(c.x - reach)..=cell(c.x + reach);
        let mut cells = columns.flat_map(|x| (cell(c.y - reach)..=cell(c.y + reach)).map(move |y| (x, y)));
        let twin = cells.find_map(|(x, y)| places.chain(places.slot(ch, x, y)).find(is_twin));
        let seen_instead =
            twin.filter(|&j| glyphs[j].flags.has(GlyphFlags::INVISIBLE) && !flags.has(GlyphFlags::INVISIBLE));
        match (twin, seen_instead) {
            // The one that can be seen stays.
            (_, Some(j)) => glyphs[j].flags.set(GlyphFlags::DUPLICATE),
            (Some(_), None) => {
                glyphs[i].flags.set(GlyphFlags::DUPLICATE);
                continue;
            }
            (None, None) => {}
        }
        places.add(places.slot(ch, cell(c.x), cell(c.y)), i);
    }
}

/// Joins ruling lines on one axis that touch or overlap and have one colour.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    let across = |r: &Rule| if r.horizontal { r.bbox.center().y } else { r.bbox.center().x };
    let start = |r: &Rule| if r.horizontal { r.bbox.x0 } else { r.bbox.y0 };
    let end = |r: &Rule| if r.horizontal { r.bbox.x1 } else { r.bbox.y1 };
    let key = |r: &Rule| ((across(r) * 2.0).round() as i32, r.color, r.dashed);
    rules.sort_by(|a, b| {
        let order = b.horizontal.cmp(&a.horizontal).then(key(a).cmp(&key(b)));
        order.then(start(a).total_cmp(&start(b))).then(end(a).total_cmp(&end(b)))
    });
    let mut out: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules {
        match out.last_mut() {
            Some(last)
                if last.horizontal == rule.horizontal
                    && key(last) == key(&rule)
                    && start(&rule) <= end(last) + JOIN =>
            {
                last.bbox = union_along(&last.bbox, &rule.bbox);
            }
            _ => out.push(rule),
        }
    }
    out.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    out
}

fn union_along(a: &Rect, b: &Rect) -> Rect {
    a.union(b)
}

#[cfg(test)]
mod tests {
    use hakusho_model::Color;

    use super::*;

    fn glyph(ch: char, x: f32) -> Glyph {
        Glyph { ch, bbox: Rect::new(x, 0.0, x + 10.0, 10.0), flags: GlyphFlags::default() }
    }

    fn duplicates(mut glyphs: Vec<Glyph>) -> Vec<bool> {
        mark_duplicates(&mut glyphs);
        glyphs.iter().map(|g| g.flags.has(GlyphFlags::DUPLICATE)).collect()
    }

    #[test]
    fn struck_twice_at_the_limit_and_past_it() {
        assert_eq!(duplicates(vec![glyph('白', 0.0), glyph('白', 1.2)]), [false, true]);
        assert_eq!(duplicates(vec![glyph('白', 0.0), glyph('白', 1.3)]), [false, false]);
        assert_eq!(duplicates(vec![glyph('白', 0.0), glyph('書', 0.0)]), [false, false]);
    }

    #[test]
    fn the_visible_twin_stays() {
        let mut hidden = glyph('白', 0.0);
        hidden.flags.set(GlyphFlags::INVISIBLE);
        assert_eq!(duplicates(vec![hidden, glyph('白', 0.0)]), [true, false]);
    }

    fn rule(x0: f32, x1: f32, y: f32) -> Rule {
        Rule { bbox: Rect::new(x0, y, x1, y + 0.5), color: Color::BLACK, horizontal: true, dashed: false }
    }

    #[test]
    fn pieces_of_a_line_are_joined_across_a_point() {
        let lines = joined(vec![rule(10.0, 20.0, 5.0), rule(0.0, 9.0, 5.0), rule(0.0, 9.0, 50.0)]);
        assert_eq!(lines.len(), 2);
        assert!((lines[0].bbox.x1 - 20.0).abs() < 0.01);
        assert_eq!(joined(vec![rule(0.0, 9.0, 5.0), rule(10.1, 20.0, 5.0)]).len(), 2);
    }
}
