//! Lists as CSV: encoding, rows with their lines, columns by their header.

use std::borrow::Cow;

use super::ImportError;
use crate::layer::Skips;
use crate::normalize::fold;

/// A cell longer than this is the rest of a file behind a quotation mark that nothing closes.
const LONGEST_CELL: usize = 10_000;
/// Lines within which a header is looked for: titles and notes may stand before it.
const HEADER_LINES: usize = 10;
/// Share of lines with characters that cannot be decoded beyond which the file is in another encoding, one in so many.
const UNDECODABLE: usize = 20;

/// Whether a file is JSON and not CSV.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    text.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'{' | b'['))
}

/// The text of a list in UTF-8, UTF-16 with a byte order mark, or Shift-JIS (code page 932).
///
/// Single characters that cannot be decoded become U+FFFD: their rows are skipped.
///
/// # Errors
/// When one line in twenty cannot be decoded: the file is in another encoding.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, failed) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    if failed {
        let bad = |line: &&str| line.contains('\u{FFFD}') || line.contains('\0');
        let (lines, broken) = (text.lines().count(), text.lines().filter(bad).count());
        if broken * UNDECODABLE > lines {
            let line = text.lines().position(|l| bad(&l)).map_or(1, |at| at + 1);
            return Err(ImportError::Encoding { line });
        }
    }
    Ok(text)
}

/// A row of a list.
pub(crate) struct Row {
    /// Line of the file, from 1.
    pub(crate) line: usize,
    cells: csv::StringRecord,
}

impl Row {
    /// The cell of a column, trimmed; empty where the row is too short.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    /// The cell of a column that the list may lack.
    pub(crate) fn optional(&self, column: Option<usize>) -> &str {
        column.map_or("", |c| self.cell(c))
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Why the row cannot be used whatever it says.
    fn problem(&self) -> Option<&'static str> {
        if self.cells.iter().any(|c| c.len() > LONGEST_CELL) {
            return Some("a quotation mark is not closed");
        }
        self.cells.iter().any(|c| c.contains('\u{FFFD}')).then_some("characters cannot be decoded")
    }
}

/// Goes through the rows of a CSV text; empty ones are passed over, unreadable ones are skipped with their reason.
pub(crate) fn rows<'a>(text: &'a str, skips: &'a mut Skips) -> impl Iterator<Item = Row> + 'a {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    std::iter::from_fn(move || {
        loop {
            let mut cells = csv::StringRecord::new();
            // What stands in memory can be read, and is UTF-8.
            if !reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            let line = cells.position().map_or(0, |p| p.line() as usize + empty_lines(text, p.byte() as usize));
            let row = Row { line, cells };
            match row.problem() {
                Some(problem) => skips.add(line, problem),
                None if row.cells.iter().all(|c| c.trim().is_empty()) => {}
                None => return Some(row),
            }
        }
    })
}

/// Empty lines from a byte on: the reader counts them to the row behind them.
fn empty_lines(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count()
}

/// A list with a header: where its columns stand.
pub(crate) struct Header {
    names: Vec<String>,
    /// Line of the header.
    pub(crate) line: usize,
    /// Cells of the lines before it.
    pub(crate) title: Vec<String>,
}

impl Header {
    /// Looks for the first line that has all needed columns; each is given by the names it may have.
    ///
    /// # Errors
    /// When none of the first lines has them.
    pub(crate) fn find(text: &str, needed: &[&[&str]]) -> Result<Self, ImportError> {
        let mut skips = Skips::default();
        let mut title = Vec::new();
        let mut best: Vec<String> = needed.iter().map(|n| n[0].to_owned()).collect();
        for row in rows(text, &mut skips).take(HEADER_LINES) {
            let header = Self { names: row.cells.iter().map(plain).collect(), line: row.line, title };
            let missing: Vec<String> =
                needed.iter().filter(|n| header.column(n).is_none()).map(|n| format!("`{}`", n[0])).collect();
            if missing.is_empty() {
                return Ok(header);
            }
            if missing.len() < best.len() {
                best = missing;
            }
            title = header.title;
            title.extend(row.cells.iter().map(ToOwned::to_owned));
        }
        let found: String = text.lines().next().unwrap_or("nothing").chars().take(60).collect();
        Err(ImportError::Columns { missing: best.join(", "), found: format!("`{found}`") })
    }

    /// The column with one of these names, the first name first.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|wanted| self.names.iter().position(|n| *n == plain(wanted)))
    }
}

/// A column's name without case, spaces and notes in brackets: `団体コード（６桁）` is `団体コード`.
fn plain(name: &str) -> String {
    let folded = fold(name).text();
    let outside = folded.split('(').next().unwrap_or_default();
    let kana = if folded.contains("カナ") || folded.contains("ヨミ") || folded.contains("英") {
        &folded
    } else {
        outside
    };
    kana.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '"' | '\u{FEFF}'))
        .collect::<String>()
        .to_lowercase()
}

/// `2026-10-31` of `2026年10月31日`, `2026/10/31`, `20261031` or `2026-10-31`; nothing where there is no such date.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    let folded = fold(text).text();
    let mut numbers: Vec<String> =
        folded.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(ToOwned::to_owned).collect();
    if let [only] = numbers.as_slice()
        && only.len() == 8
    {
        numbers = vec![only[..4].to_owned(), only[4..6].to_owned(), only[6..].to_owned()];
    }
    let [year, month, day, ..] = numbers.as_slice() else { return None };
    let (year, month, day) = (year.parse::<i32>().ok()?, month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
    let sound = (1800..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sound.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(decode(bytes).expect("readable"), expected);
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("法人番号,髙橋①\n");
        check(&sjis, "法人番号,髙橋①\n");
        check("法人番号\n".as_bytes(), "法人番号\n");
        check(b"\xEF\xBB\xBFa\n", "a\n");
        check(b"\xFF\xFEa\0", "a");
        assert!(matches!(decode(b"a,b\n\xA4\xFF\xFF\n"), Err(ImportError::Encoding { line: 2 })));
    }

    #[test]
    fn one_bad_line_in_twenty_is_data_and_more_is_another_encoding() {
        let lines = |good: usize| {
            let mut bytes = b"\xFF,x\n".to_vec();
            bytes.extend(b"\x96\x7B,y\n".repeat(good));
            decode(&bytes).is_ok()
        };
        assert!(lines(19));
        assert!(!lines(18));
    }

    #[test]
    fn unclosed_quotation_marks_and_undecodable_rows_are_skipped() {
        let mut skips = Skips::default();
        let text = format!("a,b\n\u{FFFD},c\n\n\"{}", "x\n".repeat(LONGEST_CELL));
        let lines: Vec<usize> = rows(&text, &mut skips).map(|r| r.line).collect();
        assert_eq!(lines, [1]);
        let reasons: Vec<(usize, Vec<usize>)> = skips.finish().into_iter().map(|s| (s.count, s.lines)).collect();
        assert_eq!(reasons, [(1, vec![2]), (1, vec![4])]);
    }

    #[test]
    fn headers_may_stand_below_a_title() {
        let text = "ダウンロード実行日,2026年11月20日現在\n団体コード（６桁）,名_前\n";
        let header = Header::find(text, &[&["団体コード"], &["name", "名前"]]).expect("found");
        assert_eq!((header.line, header.column(&["名前"])), (2, Some(1)));
        assert_eq!(header.title.iter().find_map(|t| iso_date(t)).as_deref(), Some("2026-11-20"));
        let error = Header::find(text, &[&["団体コード"], &["所在地"]]).err().expect("no such column");
        assert!(error.to_string().contains("`所在地`"), "{error}");
    }

    #[test]
    fn dates() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        check("2026-10-31", Some("2026-10-31"));
        check("20261031", Some("2026-10-31"));
        check("2026/1/2", Some("2026-01-02"));
        check("2026-13-01", None);
        check("2026", None);
        check("", None);
    }
}
