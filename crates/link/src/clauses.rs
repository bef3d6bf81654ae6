//! Sentences and clauses of a block, by the punctuation of Japanese prose.

/// Characters `start..end` of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Depth of quotation and brackets before each character.
fn depths(chars: &[char]) -> Vec<usize> {
    let mut depth = 0usize;
    chars
        .iter()
        .map(|c| {
            let before = depth;
            match c {
                '「' | '『' | '（' | '(' | '【' | '［' => depth += 1,
                '」' | '』' | '）' | ')' | '】' | '］' => depth = depth.saturating_sub(1),
                // A bracket left open does not swallow the rest of the block.
                '。' | '\n' if depth > 3 => depth = 0,
                _ => {}
            }
            before.min(depth)
        })
        .collect()
}

/// Whether each character stands inside quotation marks or brackets.
pub(crate) fn quoted(chars: &[char]) -> Vec<bool> {
    depths(chars).into_iter().map(|d| d > 0).collect()
}

/// The sentences of a text: each ends after `。` outside brackets, or before a line feed.
pub(crate) fn sentences(chars: &[char]) -> Vec<Range> {
    let inside = quoted(chars);
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in chars.iter().enumerate() {
        let end = match c {
            '。' if !inside[i] => i + 1,
            '\n' => i,
            _ => continue,
        };
        out.push(Range { start, end });
        start = i + 1;
    }
    out.push(Range { start, end: chars.len() });
    out.retain(|r| r.start < r.end);
    out
}

/// The clauses of a sentence: it is cut after a comma that follows a verb's connective form (`発表し、`, `可決され、`, `したが、`).
pub(crate) fn clauses(chars: &[char], sentence: Range) -> Vec<Range> {
    let inside = quoted(chars);
    let mut out = Vec::new();
    let mut start = sentence.start;
    for i in sentence.start + 1..sentence.end {
        let connective = matches!(chars[i - 1], 'し' | 'り' | 'れ' | 'て' | 'が' | 'か' | 'ろ' | 'け' | 'め');
        if matches!(chars[i], '、' | '，') && !inside[i] && connective && i + 1 - start > 8 {
            out.push(Range { start, end: i + 1 });
            start = i + 1;
        }
    }
    out.push(Range { start, end: sentence.end });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let chars: Vec<char> = text.chars().collect();
        let part = |r: &Range| chars[r.start..r.end].iter().collect::<String>();
        let found: Vec<Vec<String>> =
            sentences(&chars).iter().map(|s| clauses(&chars, *s).iter().map(part).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_at_full_stops_outside_quotation() {
        check("甲は公表した。乙は「丙。丁」と述べた。", &[&["甲は公表した。"], &["乙は「丙。丁」と述べた。"]]);
    }

    #[test]
    fn clauses_end_after_connective_forms_only() {
        check(
            "2023年7月に甲社は提携を発表し、翌月、乙社も発表した。",
            &[&["2023年7月に甲社は提携を発表し、", "翌月、乙社も発表した。"]],
        );
    }

    #[test]
    fn an_open_bracket_does_not_swallow_the_rest() {
        check("甲（乙は公表した。\n丙は発表した。", &[&["甲（乙は公表した。"], &["丙は発表した。"]]);
    }
}
