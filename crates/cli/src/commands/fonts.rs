//! `hakusho fonts`: where the characters of a report come from.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use anyhow::Result;
use hakusho_model::{FontInfo, GlyphFlags, MapWorth, Provenance, ReportContent};
use hakusho_pdf::{OpenOptions, Pdf};

use super::status;
use crate::args::FontsArgs;
use crate::output::{self, table::Table};

pub(crate) fn run(args: &FontsArgs) -> Result<ExitCode> {
    let options = OpenOptions { password: args.password.clone(), check_maps: true, ..OpenOptions::default() };
    let (mut done, mut failed) = (0, 0);
    for path in &args.files {
        let content = fs::read(path)
            .map_err(|error| format!("it cannot be read: {error}"))
            .and_then(|bytes| Ok(Pdf::open(&bytes, &options).map_err(|error| error.to_string())?.read()));
        match content {
            Ok(content) => {
                done += 1;
                if args.files.len() > 1 {
                    output::print(&format!("{}\n", path.display()))?;
                }
                output::print(&fonts(&content).render(output::table::width()))?;
            }
            Err(reason) => {
                failed += 1;
                output::warn(&format!("`{}`: {reason}", path.display()));
            }
        }
    }
    Ok(status(done, failed))
}

/// One row a font, in order of first use.
fn fonts(content: &ReportContent) -> Table {
    let mut counts = vec![BTreeMap::<Provenance, usize>::new(); content.fonts.len()];
    for page in &content.pages {
        for run in &page.runs {
            let shown = page.glyphs_of(run).iter().filter(|g| !g.flags.has(GlyphFlags::DUPLICATE)).count();
            if let Some(counts) = counts.get_mut(run.font as usize) {
                *counts.entry(run.provenance).or_default() += shown;
            }
        }
    }
    let mut table = Table::new(&["font", "kind", "encoding", "embedded", "glyphs", "from", "map"]);
    for (font, counts) in content.fonts.iter().zip(&counts) {
        table.push(row(font, counts));
    }
    table
}

fn row(font: &FontInfo, counts: &BTreeMap<Provenance, usize>) -> Vec<String> {
    let from = |(provenance, count): (&Provenance, &usize)| match counts.len() {
        1 => provenance.as_str().to_owned(),
        _ => format!("{} {count}", provenance.as_str()),
    };
    vec![
        font.name.clone(),
        font.kind.clone(),
        font.encoding.clone(),
        if font.embedded { "yes" } else { "no" }.to_owned(),
        counts.values().sum::<usize>().to_string(),
        counts.iter().map(from).collect::<Vec<_>>().join(", "),
        worth(&font.to_unicode),
    ]
}

fn worth(map: &MapWorth) -> String {
    match map {
        MapWorth::Absent => "none".to_owned(),
        MapWorth::Sound => "sound".to_owned(),
        MapWorth::Lying => "lying".to_owned(),
        MapWorth::Doubtful(doubts) => {
            let first = doubts.first().map(|d| format!(": {} for {}", d.stated, d.collection));
            format!("{} doubtful{}", doubts.len(), first.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use hakusho_model::MapDoubt;

    use super::*;

    #[test]
    fn a_font_of_two_sources_says_how_many_of_each() {
        let doubt = MapDoubt { code: 1, stated: '高', collection: '低' };
        let font =
            FontInfo { name: "Ryumin".into(), to_unicode: MapWorth::Doubtful(vec![doubt]), ..FontInfo::default() };
        let counts = BTreeMap::from([(Provenance::ToUnicode, 3), (Provenance::CidMap, 2)]);
        assert_eq!(row(&font, &counts)[3..], ["no", "5", "to_unicode 3, cid_map 2", "1 doubtful: 高 for 低"]);
        assert_eq!(row(&font, &BTreeMap::from([(Provenance::CMap, 7)]))[5], "cmap");
    }
}
