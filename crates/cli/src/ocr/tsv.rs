//! Tesseract's table of what it saw: one row a word, with its box and confidence.

use hakusho_model::Rect;
use hakusho_pipeline::Word;

/// Level of a row that is a word; pages, blocks, paragraphs and lines have 1 to 4.
const WORD: &str = "5";

/// The words of a table, blank ones left out. A row that cannot be read is skipped.
pub(super) fn words(table: &str) -> Vec<Word> {
    let (mut lines, mut paragraphs) = (0, 0);
    let (mut line_before, mut paragraph_before) = ([""; 3], [""; 2]);
    let mut words = Vec::new();
    for row in table.lines().skip(1) {
        let fields: Vec<&str> = row.splitn(12, '\t').collect();
        let [WORD, _, block, paragraph, line, _, left, top, width, height, confidence, text] = fields[..] else {
            continue;
        };
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let numbers = [left, top, width, height, confidence].map(|n| n.trim().parse::<f32>().unwrap_or(f32::NAN));
        let [x, y, w, h, confidence] = numbers;
        if text.is_empty() || !numbers.iter().all(|n| n.is_finite()) {
            continue;
        }
        if line_before != [block, paragraph, line] {
            line_before = [block, paragraph, line];
            lines += 1;
        }
        if paragraph_before != [block, paragraph] {
            paragraph_before = [block, paragraph];
            paragraphs += 1;
        }
        let bbox = Rect { x0: x, y0: y, x1: x + w.max(0.0), y1: y + h.max(0.0) };
        let confidence = confidence.clamp(0.0, 100.0);
        words.push(Word { text, bbox, confidence, line: lines, paragraph: paragraphs });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

    fn check(rows: &str, expected: &[(&str, [f32; 4], f32, u32)]) {
        let found = words(&format!("{HEAD}{rows}"));
        let found: Vec<_> = found
            .iter()
            .map(|w| (w.text.as_str(), [w.bbox.x0, w.bbox.y0, w.bbox.x1, w.bbox.y1], w.confidence, w.line))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_carry_box_confidence_and_line() {
        check(
            "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3509\t-1\t\n\
             4\t1\t1\t1\t1\t0\t100\t50\t400\t40\t-1\t\n\
             5\t1\t1\t1\t1\t1\t100\t50\t80\t40\t96.5\t白書\n\
             5\t1\t1\t1\t1\t2\t190\t50\t60\t40\t0.000000\tAI\n\
             5\t1\t1\t1\t2\t1\t100\t99\t80\t40\t88\t第1\n",
            &[
                ("白書", [100.0, 50.0, 180.0, 90.0], 96.5, 1),
                ("AI", [190.0, 50.0, 250.0, 90.0], 0.0, 1),
                ("第1", [100.0, 99.0, 180.0, 139.0], 88.0, 2),
            ],
        );
    }

    #[test]
    fn blank_and_broken_rows_are_skipped() {
        check(
            "5\t1\t1\t1\t1\t1\t1\t1\t9\t9\t95\t \n5\t1\t1\t1\t1\t2\tx\t1\t9\t9\t95\tあ\n5\t1\t1\n\n\
             5\t1\t2\t1\t1\t1\t1\t1\t9\t9\t101\tい\n",
            &[("い", [1.0, 1.0, 10.0, 10.0], 100.0, 1)],
        );
        assert!(words("").is_empty());
    }
}
