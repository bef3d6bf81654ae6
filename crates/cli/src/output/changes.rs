//! What changed between two editions, for reading and as JSON.

use hakusho_insight::editions::{
    EditionDiff, Figure, FigureDiff, Incident, IncidentDiff, Move, Name, Part, PartChange, PartDiff, PartFate, Place,
    RankingDiff, Relation,
};
use hakusho_model::{MentionKind, Modality};

use super::table::{self, Table};
use crate::commands::editions_diff::Compared;

/// Columns a table takes at most, on wider terminals too.
const WIDTH: usize = 100;

/// The whole comparison as one object.
pub(crate) fn json(before: &Compared, after: &Compared, diff: &EditionDiff) -> String {
    let name = |c: &Compared| serde_json::json!({ "edition": c.slug, "title": c.title });
    let object = serde_json::json!({ "compared": [name(before), name(after)], "diff": diff });
    format!("{}\n", serde_json::to_string_pretty(&object).unwrap_or_default())
}

/// Tables with at most `limit` rows each (0 for all), under a line of counts each.
pub(crate) fn text(before: &Compared, after: &Compared, diff: &EditionDiff, limit: usize) -> String {
    let report = Report { diff, limit };
    let mut out = head("before", before) + &head("after ", after);
    if diff.is_empty() {
        return out + "\nNothing changed: sections, exhibits, figures, rankings, names and incidents are the same.\n";
    }
    out += &report.parts("Sections", "moved", &diff.sections);
    out += &report.parts("Exhibits", "renumbered", &diff.exhibits);
    out += &report.figures(&diff.figures);
    out += &diff.rankings.iter().map(|r| report.ranking(r)).collect::<String>();
    out += &report.incidents(&diff.incidents);
    let is_law = |n: &&Name| n.kind == MentionKind::Law;
    let (new, gone) = (&diff.names.new, &diff.names.gone);
    out += &report.names("Laws", new.iter().filter(is_law), gone.iter().filter(is_law));
    let others = |n: &&Name| !is_law(n);
    out += &report.names("Other names", new.iter().filter(others), gone.iter().filter(others));
    out
}

fn head(side: &str, edition: &Compared) -> String {
    let pages = |n: usize| if n == 1 { "1 page".to_owned() } else { format!("{n} pages") };
    let mut out = format!("{side}  {}  {}\n", edition.slug, edition.title);
    let several = edition.files.len() > 1;
    for (i, (_, document)) in edition.files.iter().enumerate() {
        let number = if several { format!("{}: ", i + 1) } else { String::new() };
        out += &format!("        {number}{}, {}\n", document.source.file, pages(document.pages.len()));
    }
    out
}

struct Report<'d> {
    diff: &'d EditionDiff,
    limit: usize,
}

impl Report<'_> {
    fn parts(&self, what: &str, moved: &str, diff: &PartDiff) -> String {
        let count = |fates: &[PartFate]| diff.changes.iter().filter(|c| fates.contains(&c.fate)).count();
        let mut counts = vec![format!("{} kept", diff.kept)];
        if diff.another_year > 0 {
            counts[0] += &format!(" ({} with another year)", diff.another_year);
        }
        let both = count(&[PartFate::MovedAndRenamed]);
        let words = [
            (count(&[PartFate::Moved]) + both, moved),
            (count(&[PartFate::Renamed]) + both, "renamed"),
            (count(&[PartFate::New]), "new"),
            (count(&[PartFate::Gone]), "gone"),
        ];
        counts.extend(words.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")));
        let mut table = Table::new(&["", "before", "page", "after", "page"]);
        for change in self.shown(&diff.changes) {
            table.push(self.part(change, moved));
        }
        self.section(what, &counts.join(", "), &table, diff.changes.len())
    }

    fn part(&self, change: &PartChange, moved: &str) -> Vec<String> {
        let fate = match change.fate {
            PartFate::Moved => moved.to_owned(),
            PartFate::Renamed => "renamed".to_owned(),
            PartFate::MovedAndRenamed => format!("{moved}, renamed"),
            PartFate::New => "new".to_owned(),
            PartFate::Gone => "gone".to_owned(),
        };
        let name = |p: &Option<Part>| p.as_ref().map(part_name).unwrap_or_default();
        let place = |p: &Option<Part>| p.as_ref().and_then(|p| p.place.clone());
        let pages = (self.page(place(&change.before).as_ref(), true), self.page(place(&change.after).as_ref(), false));
        vec![fate, name(&change.before), pages.0, name(&change.after), pages.1]
    }

    fn figures(&self, diff: &FigureDiff) -> String {
        let count = |relation| diff.changes.iter().filter(|c| c.relation == relation).count();
        let counts = format!(
            "{} the same, {} updated, {} revised, {} regrouped, {} only before, {} only after",
            diff.same,
            count(Relation::Updated),
            count(Relation::Revised),
            count(Relation::Regrouped),
            diff.only_before,
            diff.only_after
        );
        let mut table = Table::new(&["", "what", "before", "page", "after", "page"]);
        for change in self.shown(&diff.changes) {
            let relation = match change.relation {
                Relation::Revised => "REVISED",
                Relation::Regrouped => "regrouped",
                Relation::Updated => "",
            };
            table.push(vec![
                relation.to_owned(),
                change.item.clone(),
                value(&change.before),
                self.page(change.before.place.as_ref(), true),
                value(&change.after),
                self.page(change.after.place.as_ref(), false),
            ]);
        }
        self.section("Figures", &counts, &table, diff.changes.len())
    }

    fn ranking(&self, diff: &RankingDiff) -> String {
        let pages = (self.page(diff.place_before.as_ref(), true), self.page(diff.place_after.as_ref(), false));
        let mut out = format!("\nRanking ({})\n", diff.perspective);
        out += &format!("  before  {} (p. {})\n  now     {} (p. {})\n", diff.before, pages.0, diff.after, pages.1);
        let wrong = diff.moves.iter().filter(|m| m.agrees == Some(false)).count();
        if diff.is_empty() && wrong == 0 {
            return out + "  All places are the same.\n";
        }
        let mut table = Table::new(&["now", "before", "", "what", "printed before"]);
        for m in &diff.moves {
            let place = |p: Option<u32>| p.map_or_else(|| "–".to_owned(), |p| p.to_string());
            table.push(vec![place(m.after), place(m.before), moved(m), m.item.clone(), printed(m)]);
        }
        out += &indent(&table.render(width()));
        out + &match (diff.checked, wrong) {
            (false, _) => {
                "  The editions are not neighbours: the printed places before cannot be compared.\n".to_owned()
            }
            (true, 0) => "  The printed places before agree with the other edition.\n".to_owned(),
            (true, 1) => "  1 printed place before does NOT agree with the other edition.\n".to_owned(),
            (true, n) => format!("  {n} printed places before do NOT agree with the other edition.\n"),
        }
    }

    fn incidents(&self, diff: &IncidentDiff) -> String {
        let counts = format!(
            "{} told the same way, {} retold, {} newly told, {} not told again",
            diff.kept,
            diff.retold.len(),
            diff.new.len(),
            diff.gone.len()
        );
        let mut table = Table::new(&["", "date", "who", "what", "page"]);
        let mut push = |fate: &str, incident: &Incident, before: bool| {
            table.push(vec![
                fate.to_owned(),
                incident.date.clone().unwrap_or_default(),
                incident.who.join(", "),
                told(incident),
                self.pages(&incident.places, before),
            ]);
        };
        for retold in self.shown(&diff.retold) {
            push("before", &retold.before, true);
            push("retold", &retold.after, false);
        }
        for incident in self.shown(&diff.new) {
            push("new", incident, false);
        }
        for incident in self.shown(&diff.gone) {
            push("gone", incident, true);
        }
        let most = diff.retold.len().max(diff.new.len()).max(diff.gone.len());
        self.section("Incidents", &counts, &table, most)
    }

    fn names<'n>(
        &self,
        what: &str,
        new: impl Iterator<Item = &'n Name>,
        gone: impl Iterator<Item = &'n Name>,
    ) -> String {
        let (mut new, mut gone): (Vec<&Name>, Vec<&Name>) = (new.collect(), gone.collect());
        new.sort_by_key(|n| std::cmp::Reverse(n.times));
        gone.sort_by_key(|n| std::cmp::Reverse(n.times));
        let counts = format!("{} newly named, {} no longer named", new.len(), gone.len());
        let mut table = Table::new(&["", "type", "name", "times", "first on page"]);
        for (fate, names, before) in [("new", &new, false), ("gone", &gone, true)] {
            for name in self.shown(names) {
                let page = self.page(Some(&name.first), before);
                let kind = name.kind.as_str().to_owned();
                table.push(vec![fate.to_owned(), kind, name.label.clone(), name.times.to_string(), page]);
            }
        }
        self.section(what, &counts, &table, new.len().max(gone.len()))
    }

    /// A heading with counts, and what is shown of `rows`.
    fn section(&self, what: &str, counts: &str, table: &Table, rows: usize) -> String {
        let mut out = format!("\n{what}: {counts}\n");
        if rows > 0 {
            out += &indent(&table.render(width()));
        }
        if self.limit > 0 && rows > self.limit {
            out += &format!("  … and {} more; `--limit 0` shows all\n", rows - self.limit);
        }
        out
    }

    fn shown<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let count = if self.limit == 0 { all.len() } else { all.len().min(self.limit) };
        &all[..count]
    }

    /// Printed page, with the number of the file where an edition has several; `[3]` for the third sheet, where no number
    /// is printed.
    fn page(&self, place: Option<&Place>, before: bool) -> String {
        let Some(place) = place else { return String::new() };
        let files = if before { &self.diff.before.files } else { &self.diff.after.files };
        let page = place.label.clone().unwrap_or_else(|| format!("[{}]", place.page));
        if files.len() > 1 { format!("{}: {page}", place.file + 1) } else { page }
    }

    fn pages(&self, places: &[Place], before: bool) -> String {
        let mut pages: Vec<String> = places.iter().map(|p| self.page(Some(p), before)).collect();
        pages.dedup();
        pages.join(", ")
    }
}

fn width() -> usize {
    table::width().min(WIDTH) - 2
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

fn part_name(part: &Part) -> String {
    format!("{} {}", part.number.as_deref().unwrap_or(""), part.title).trim().to_owned()
}

/// `4,218件 (2023)`.
fn value(figure: &Figure) -> String {
    // What is printed often has its unit.
    let unit = figure.unit.as_deref().filter(|u| !figure.printed.contains(*u) && !matches!(*u, "%" | "％"));
    let percent = matches!(figure.unit.as_deref(), Some("%" | "％")) && !figure.printed.contains(['%', '％', '割']);
    let unit = unit.unwrap_or(if percent { "％" } else { "" });
    let year = figure.year.map_or_else(String::new, |y| format!(" ({y})"));
    format!("{}{unit}{year}", figure.printed)
}

fn moved(m: &Move) -> String {
    match (m.before, m.after) {
        (Some(b), Some(a)) if a < b => format!("up {}", b - a),
        (Some(b), Some(a)) if a > b => format!("down {}", a - b),
        (Some(_), Some(_)) => "same".to_owned(),
        (None, _) => "new".to_owned(),
        (_, None) => "gone".to_owned(),
    }
}

fn printed(m: &Move) -> String {
    let words = match (m.printed_previous, m.printed_new) {
        (Some(place), _) => place.to_string(),
        (None, true) => "NEW".to_owned(),
        (None, false) => String::new(),
    };
    if m.agrees == Some(false) { format!("{words}, NOT so") } else { words }
}

/// Quantities, how surely, and the beginning of the statement.
fn told(incident: &Incident) -> String {
    let unsure = |m: &Modality| match m {
        Modality::Fact | Modality::Hypothetical => None,
        Modality::Possible => Some("possible"),
        Modality::Planned => Some("planned"),
        Modality::Negated => Some("denied"),
    };
    let remarks = incident.modalities.iter().filter_map(unsure).map(ToOwned::to_owned);
    let remarks: Vec<String> = incident.quantities.iter().cloned().chain(remarks).collect();
    if remarks.is_empty() { incident.text.clone() } else { format!("[{}] {}", remarks.join(", "), incident.text) }
}
