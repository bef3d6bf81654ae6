//! A made-up collection of reports: PDF files with sections, tables, footnotes, rankings, incidents and survey figures in
//! invented sentences, the same on every machine. Listed names come from our lexicon; nothing is copied from a report.

mod chance;
mod page;
mod pdf;
mod report;
mod words;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use hakusho_lexicon::embedded_entries;

use words::Words;

/// Writes so many reports into a folder; gives their paths in order and the pages of all.
pub(crate) fn write(folder: &Path, count: usize) -> Result<(Vec<PathBuf>, usize)> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let words = Words::new(&embedded_entries()?);
    let (mut paths, mut pages) = (Vec::with_capacity(count), 0);
    for number in 0..count {
        let (bytes, count) = report::make(number, &words);
        let path = folder.join(format!("made-{number:04}.pdf"));
        std::fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
        pages += count;
        paths.push(path);
    }
    Ok((paths, pages))
}

#[cfg(test)]
mod tests {
    use hakusho_model::MentionKind;
    use hakusho_pipeline::{Knowledge, ReadOptions, extract};

    use super::*;

    /// The collection is worth measuring with only if everything the graph holds is found in it.
    #[test]
    fn our_engine_finds_in_it_what_reports_have() {
        let words = Words::new(&embedded_entries().expect("the lexicon is read"));
        let (bytes, pages) = report::make(7, &words);
        assert_eq!(bytes, report::make(7, &words).0);
        assert_ne!(bytes, report::make(8, &words).0);
        let knowledge = Knowledge::embedded().expect("it is embedded");
        let document = extract("made.pdf", &bytes, &knowledge, &ReadOptions::default());
        assert_eq!(document.pages.len(), pages);
        assert!(pages >= 20, "{pages} pages");
        let unread = document.blocks.iter().filter(|b| b.text.contains('\u{FFFD}')).count();
        let counts = [
            ("sections", document.sections.len(), 15),
            ("paragraphs", document.blocks.len(), 150),
            ("exhibits", document.exhibits.iter().filter(|x| x.label.is_some()).count(), 8),
            ("tables", document.exhibits.iter().filter(|x| !x.tables.is_empty()).count(), 8),
            ("footnotes", document.footnotes.len(), 10),
            ("rankings", document.rankings.len(), 10),
            ("figures", document.observations.len(), 100),
            ("events", document.events.len(), 20),
            ("laws", document.entities.iter().filter(|e| e.kind == MentionKind::Law).count(), 5),
            ("unlisted", document.entities.iter().filter(|e| !e.listed).count(), 20),
            ("mentions", document.mentions.len(), 500),
        ];
        let few: Vec<_> = counts.iter().filter(|(_, found, least)| found < least).collect();
        assert!(few.is_empty() && unread == 0, "too few: {few:?} of {counts:?}; unread {unread}");
    }
}
