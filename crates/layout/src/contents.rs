//! Tables of contents (目次): lines of a title, a leader and a page number, which look like headings but are none.

use crate::chars::{ends_sentence, is_digit, is_space};
use crate::line::TextLine;
use crate::numbering::heading_label;
use crate::styles::same_size;

/// Dots that make a leader at the least.
const LEADER: usize = 4;

/// Entries from which a column is taken for a table of contents.
const FEW: usize = 2;

/// What a printed line is in a table of contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contents {
    /// Not of one.
    No,
    /// The beginning of an entry that goes on in the next line, or an entry without a page number.
    Open,
    /// It ends an entry.
    End,
}

fn is_dot(ch: char) -> bool {
    matches!(ch, '.' | '．' | '…' | '‥' | '・' | '･' | '·' | '―' | '─' | '-' | '_')
}

/// Whether a line ends in a leader and a page number.
pub(crate) fn is_entry(text: &str) -> bool {
    let text = text.trim_matches(is_space);
    let page = |c: char| is_digit(c) || matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X' | 'P' | 'p') || is_space(c);
    let bare = text.trim_end_matches(page);
    let number = &text[bare.len()..];
    if !number.chars().any(|c| !is_space(c)) || number.chars().filter(|c| !is_space(*c)).count() > 5 {
        return false;
    }
    // An ellipsis sign holds three or two dots.
    let weight = |c: char| match c {
        '…' => 3,
        '‥' => 2,
        c if is_space(c) => 0,
        _ => 1,
    };
    let dots: usize = bare.chars().rev().take_while(|c| is_dot(*c) || is_space(*c)).map(weight).sum();
    dots >= LEADER
}

/// What each row of a column is in a table of contents.
pub(crate) fn contents(rows: &[Vec<TextLine>]) -> Vec<Contents> {
    let text = |row: &[TextLine]| row.iter().map(TextLine::text).collect::<String>();
    let entries: Vec<bool> = rows.iter().map(|row| is_entry(&text(row))).collect();
    let mut out: Vec<Contents> = entries.iter().map(|e| if *e { Contents::End } else { Contents::No }).collect();
    if entries.iter().filter(|e| **e).count() < FEW {
        return out;
    }
    let last = entries.iter().rposition(|e| *e).unwrap_or(0);
    let system = |row: &[TextLine]| heading_label(&text(row)).map(|l| l.system);
    // Entries without a page number stand between those that have one, above the first and below the last.
    let mut systems = Vec::new();
    let mut start = None;
    for i in 0..=last {
        if !entries[i] {
            continue;
        }
        if let Some(before) = start
            && rows[before + 1..i].iter().all(|row| !ends_sentence(&text(row)))
        {
            out[before + 1..i].fill(Contents::End);
            systems.extend(rows[before + 1..i].iter().filter_map(|row| system(row)));
        }
        start = Some(i);
    }
    let known = |row: &[TextLine]| system(row).is_some_and(|s| systems.contains(&s));
    let listed = |part: &[Vec<TextLine>]| !part.iter().any(|row| ends_sentence(&text(row)));
    if let Some(first) = rows[last + 1..].iter().position(|row| known(row)).filter(|_| listed(&rows[last + 1..])) {
        out[last + 1 + first..].fill(Contents::End);
    }
    let top = entries.iter().position(|e| *e).unwrap_or(0);
    if let Some(first) = rows[..top].iter().position(|row| known(row)).filter(|_| listed(&rows[..top])) {
        out[first..top].fill(Contents::End);
    }
    for i in 0..last {
        let (line, next) = (&rows[i][0], &rows[i + 1][0]);
        let close = next.baseline - line.baseline < 2.0 * line.size.max(next.size) && same_size(line.size, next.size);
        if !entries[i] && entries[i + 1] && close && line.font == next.font && system(&rows[i + 1]).is_none() {
            out[i] = Contents::Open;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_what_looks_like_them() {
        for entry in
            ["第１章　総則……………………１０", "1) 役割 ........... 19", "はじめに ・・・・・ 3", "序文 .... iv", "A....P2"]
        {
            assert!(is_entry(entry), "{entry}");
        }
        for other in ["第１章　総則", "1.2.3", "...", "売上は…10", "A...2", "version 1.0", "図表1-1-1-1", "〜………"]
        {
            assert!(!is_entry(other), "{other}");
        }
    }
}
