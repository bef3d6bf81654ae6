//! `decisions.tsv`: a header, one decision a line, sorted.

use hakusho_model::MentionKind;

use super::{Action, Decision, Decisions};

/// Columns of the table, in order.
pub const HEADER: [&str; 7] = ["surface", "type", "action", "target", "scope", "note", "made"];

/// A row that cannot be used, with the line to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Line from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub problem: String,
}

impl Decisions {
    /// Reads a table into rows with their lines. A row that cannot be read is told and does not cost the others; a row without
    /// an action is a question left open, and passed over.
    pub fn rows(text: &str) -> (Vec<(usize, Decision)>, Vec<RowProblem>) {
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end_matches('\r')));
        let mut lines = lines.filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        match lines.next() {
            Some((_, header)) if header.split('\t').map(str::trim).eq(HEADER) => {}
            Some((line, _)) => {
                return (rows, vec![problem(line, &format!("the header must be `{}`", HEADER.join(" ")))]);
            }
            None => return (rows, problems),
        }
        for (line, text) in lines {
            match row(text) {
                Ok(Some(decision)) => rows.push((line, decision)),
                Ok(None) => {}
                Err(words) => problems.push(problem(line, &words)),
            }
        }
        (rows, problems)
    }

    /// Reads a table whose later rows take the place of earlier ones.
    pub fn parse(text: &str) -> (Self, Vec<RowProblem>) {
        let (rows, problems) = Self::rows(text);
        let mut decisions = Self::default();
        for (_, decision) in rows {
            decisions.insert(decision);
        }
        (decisions, problems)
    }

    /// The table: the same decisions give the same text.
    pub fn to_tsv(&self) -> String {
        let mut out = HEADER.join("\t") + "\n";
        for d in self.iter() {
            let cells = [&d.surface, d.kind.as_str(), d.action.as_str(), &d.target, &d.scope, &d.note, &d.made];
            out += &cells.map(plain).join("\t");
            out.push('\n');
        }
        out
    }
}

fn problem(line: usize, words: &str) -> RowProblem {
    RowProblem { line, problem: words.to_owned() }
}

/// A cell without what would end it.
pub(crate) fn plain(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ").trim().to_owned()
}

fn row(text: &str) -> Result<Option<Decision>, String> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    if cells.len() > HEADER.len() {
        return Err(format!("{} cells where the header has {}", cells.len(), HEADER.len()));
    }
    let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
    if cell(2).is_empty() {
        return Ok(None);
    }
    if cell(0).is_empty() {
        return Err("the surface is missing".to_owned());
    }
    if cell(0).starts_with('#') {
        return Err("a surface that begins with `#` would be a remark in the table".to_owned());
    }
    let kind = MentionKind::parse(cell(1)).ok_or_else(|| format!("`{}` is no type of entity", cell(1)))?;
    let action = Action::parse(cell(2)).ok_or_else(|| {
        format!("`{}` is no action; there are {}", cell(2), Action::ALL.map(Action::as_str).join(", "))
    })?;
    let text = |i: usize| cell(i).to_owned();
    Ok(Some(Decision { surface: text(0), kind, action, target: text(3), scope: text(4), note: text(5), made: text(6) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "surface\ttype\taction\ttarget\tscope\tnote\tmade\n";

    #[test]
    fn a_table_reads_back_as_it_was_written_and_is_sorted() {
        let text = format!("{HEAD}乙社\tORG\tnot\t\t\twhy not\t2026-11-22\n甲社\tORG\tis\torg/x/a\tmihon-r07\t\t\n");
        let (decisions, problems) = Decisions::parse(&text);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(Decisions::parse(&decisions.to_tsv()).0, decisions);
        let upside_down = format!("{HEAD}甲社\tORG\tis\torg/x/a\tmihon-r07\n乙社\tORG\tnot\t\t\twhy not\t2026-11-22\n");
        assert_eq!(Decisions::parse(&upside_down).0.to_tsv(), decisions.to_tsv());
    }

    #[test]
    fn bad_rows_are_told_with_their_line_and_cost_no_other() {
        let text = format!(
            "{HEAD}# remark\n甲\tFIRM\tnot\n甲\tORG\tperhaps\n\tORG\tnot\n甲\tORG\t\torg/x/a\n甲\tORG\tnot\n #甲\tORG\tnot\n甲\tORG\tnot\t1\t2\t3\t4\t5\n"
        );
        let (rows, problems) = Decisions::rows(&text);
        assert_eq!(rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [7]);
        let told: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.line, p.problem)).collect();
        assert_eq!(
            told,
            [
                "3: `FIRM` is no type of entity",
                "4: `perhaps` is no action; there are is, not, type, same, differs",
                "5: the surface is missing",
                "8: a surface that begins with `#` would be a remark in the table",
                "9: 8 cells where the header has 7",
            ]
        );
    }

    #[test]
    fn a_table_with_another_header_says_nothing() {
        let (decisions, problems) = Decisions::parse("name\ttype\n甲\tORG\n");
        assert!(decisions.is_empty());
        assert_eq!(problems[0].line, 1);
    }
}
