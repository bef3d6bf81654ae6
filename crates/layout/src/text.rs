//! Text of blocks: lines joined, with the span and box of every printed line, and the markers that stood in it.

use hakusho_model::{Line, Rect, Region};

use crate::chars::{is_digit, is_space, joint};
use crate::line::{Standing, TextLine};

/// A marker and how many characters of the text stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) offset: usize,
    pub(crate) page: u32,
    pub(crate) marker: String,
}

/// A block's text in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    count: usize,
    pub(crate) lines: Vec<Line>,
    pub(crate) marks: Vec<Mark>,
}

impl Text {
    /// Adds a printed line; `is_marker` says whether raised characters on that page are a footnote's marker.
    pub(crate) fn push_line(&mut self, line: &TextLine, is_marker: &dyn Fn(u32, &str) -> bool) {
        let (line, marks) = settle_raised(line, is_marker);
        let joint = joint(&self.text, line.text());
        self.push(joint);
        let start = self.count;
        let mut marks = marks.into_iter().peekable();
        for (i, piece) in line.pieces() {
            while let Some((_, marker)) = marks.next_if(|(at, _)| *at <= i) {
                self.mark(line.page, marker);
            }
            self.push(&piece);
        }
        for (_, marker) in marks {
            self.mark(line.page, marker);
        }
        if self.count > start {
            self.lines.push(Line { page: line.page, start, end: self.count, bbox: line.bbox });
        }
    }

    /// Adds a piece with its box.
    pub(crate) fn push_piece(&mut self, text: &str, page: u32, bbox: Rect) {
        let joint = joint(&self.text, text);
        self.push(joint);
        let start = self.count;
        self.push(text);
        if self.count > start {
            self.lines.push(Line { page, start, end: self.count, bbox });
        }
    }

    /// Adds text that is not printed: a separator.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.count += text.chars().count();
    }

    /// Cuts characters off the beginning: a footnote's marker.
    pub(crate) fn cut_front(&mut self, n: usize) {
        let bytes: usize = self.text.chars().take(n).map(char::len_utf8).sum();
        let rest = self.text[bytes..].trim_start_matches(is_space).to_owned();
        let n = self.count - rest.chars().count();
        self.text = rest;
        self.count -= n;
        self.lines.retain(|l| l.end > n);
        for line in &mut self.lines {
            (line.start, line.end) = (line.start.saturating_sub(n), line.end - n);
        }
        for mark in &mut self.marks {
            mark.offset = mark.offset.saturating_sub(n);
        }
    }

    fn mark(&mut self, page: u32, marker: String) {
        self.marks.push(Mark { offset: self.count, page, marker });
    }

    /// One box a page.
    pub(crate) fn regions(&self) -> Vec<Region> {
        let mut out: Vec<Region> = Vec::new();
        for line in &self.lines {
            match out.last_mut() {
                Some(last) if last.page == line.page => last.bbox = last.bbox.union(&line.bbox),
                _ => out.push(Region { page: line.page, bbox: line.bbox }),
            }
        }
        out
    }
}

/// Raised characters that are no marker become ordinary text; markers are given with the index they stand before.
fn settle_raised(line: &TextLine, is_marker: &dyn Fn(u32, &str) -> bool) -> (TextLine, Vec<(usize, String)>) {
    let mut line = line.clone();
    let mut marks = Vec::new();
    let mut i = 0;
    while i < line.chars.len() {
        if line.chars[i].standing != Standing::Raised {
            i += 1;
            continue;
        }
        let end =
            line.chars[i..].iter().position(|c| c.standing != Standing::Raised).map_or(line.chars.len(), |n| i + n);
        let group: String = line.chars[i..end].iter().map(|c| c.ch).filter(|c| !is_space(*c)).collect();
        let markers = split_markers(&group);
        if !markers.is_empty() && markers.iter().all(|m| is_marker(line.page, m)) {
            marks.extend(markers.into_iter().map(|m| (i, m)));
        } else {
            for c in &mut line.chars[i..end] {
                c.standing = Standing::Normal;
            }
        }
        i = end;
    }
    (line, marks)
}

/// The markers in a group of raised characters: `＊6＊7`, `1,2`, `注3`. Empty if there is anything else.
pub(crate) fn split_markers(group: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut prefix = String::new();
    let mut digits = String::new();
    for ch in group.chars().chain(['\0']) {
        match ch {
            c if is_digit(c) => digits.push(c),
            _ => {
                if !digits.is_empty() {
                    out.push(format!("{prefix}{digits}"));
                    digits.clear();
                }
                match ch {
                    '＊' | '*' | '※' | '注' | '註' | '†' | '‡' | '#' | '＃' => prefix = ch.to_string(),
                    ',' | '，' | '、' | '・' | '\0' | ' ' => {}
                    '(' | '（' | ')' | '）' | '[' | ']' | '〔' | '〕' | '［' | '］' => {}
                    _ => return Vec::new(),
                }
            }
        }
    }
    if out.is_empty() && !prefix.is_empty() {
        out.push(prefix);
    }
    out
}

/// The same marker for footnote and anchor: width and brackets made equal.
pub(crate) fn marker_key(marker: &str) -> String {
    let fold = |c: char| match c {
        '*' => '＊',
        '註' => '注',
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
        c => c,
    };
    marker
        .chars()
        .filter(|c| {
            !matches!(c, '(' | '（' | ')' | '）' | '[' | ']' | '［' | '］' | '〔' | '〕' | '.' | '．') && !is_space(*c)
        })
        .map(fold)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_in_a_group() {
        for (group, expected) in [
            ("＊6＊7", vec!["＊6", "＊7"]),
            ("1,2", vec!["1", "2"]),
            ("注3", vec!["注3"]),
            ("（注1）", vec!["注1"]),
            ("※", vec!["※"]),
            ("th", vec![]),
            ("2乗", vec![]),
        ] {
            assert_eq!(split_markers(group), expected, "{group}");
        }
        assert_eq!(marker_key("（注１）"), marker_key("注1"));
    }
}
