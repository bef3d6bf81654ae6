//! `charts.point`: values printed in charts, with category and series.

use std::collections::BTreeSet;

use hakusho_model::ChartPoint;

use super::Case;
use crate::compare::{pair, unpaired};
use crate::finding::Findings;
use crate::fold::fold;
use crate::gold::GoldPoint;
use crate::keys::{number_key, same_number};
use crate::score::f1;
use crate::view::exhibit_key;

const POINT: &str = "charts.point";

pub(super) fn measure(case: &Case<'_>, out: &mut Findings) {
    let Some(points) = &case.gold.points else { return };
    let key = |p: &GoldPoint| number_key(p.exhibit.as_deref().unwrap_or_default());
    let mut keys: Vec<String> = points.iter().map(key).collect();
    let mut seen = BTreeSet::new();
    keys.retain(|k| seen.insert(k.clone()));
    let (mut hits, mut found) = (0, 0);
    for exhibit in &keys {
        let want: Vec<&GoldPoint> = points.iter().filter(|p| key(p) == *exhibit).collect();
        let drawn = case.view.document.exhibits.iter().filter(|e| exhibit_key(e) == *exhibit);
        let have: Vec<(&ChartPoint, Option<u32>)> = drawn
            .flat_map(|e| e.chart.iter().flat_map(|c| &c.points).map(|p| (p, e.regions.first().map(|r| r.page))))
            .collect();
        let several = want.iter().map(|p| p.series.as_str()).collect::<BTreeSet<_>>().len() > 1;
        let pairs = pair(want.len(), have.len(), |i, j| same_point(want[i], have[j].0, several).then_some(0.0));
        (hits, found) = (hits + pairs.len(), found + have.len());
        for i in unpaired(want.len(), &pairs, |p| p.0) {
            out.missed(POINT, None, shown(exhibit, &want[i].series, &want[i].category, want[i].value));
        }
        for j in unpaired(have.len(), &pairs, |p| p.1) {
            let (p, page) = have[j];
            out.wrong(POINT, page, shown(exhibit, p.series.as_deref().unwrap_or_default(), &p.category, p.value));
        }
    }
    out.score(POINT, f1(hits, points.len(), found));
}

fn shown(exhibit: &str, series: &str, category: &str, value: f64) -> String {
    let gap = if series.is_empty() { "" } else { " " };
    format!("{exhibit}: {series}{gap}{category} = {value}")
}

/// Same value, and the same words for category and, where the chart has several, series.
fn same_point(g: &GoldPoint, f: &ChartPoint, several: bool) -> bool {
    let with_series = |series: &str| if several { series.to_owned() } else { String::new() };
    same_number(g.value, f.value)
        && labels_agree(
            &[g.category.clone(), with_series(&g.series)],
            &[f.category.clone(), with_series(f.series.as_deref().unwrap_or_default())],
        )
}

/// Every wanted label stands in the found ones, and nothing but punctuation is left over.
pub(super) fn labels_agree(wanted: &[String], found: &[String]) -> bool {
    let folded = |labels: &[String]| {
        labels.iter().filter(|l| !l.is_empty()).map(|l| without_year(&fold(l))).collect::<Vec<String>>()
    };
    let mut rest = folded(found).join("\n");
    let mut wanted = folded(wanted);
    wanted.sort_by_key(|w| std::cmp::Reverse(w.chars().count()));
    for label in wanted {
        if !rest.contains(&label) {
            return false;
        }
        rest = rest.replacen(&label, "", 1);
    }
    !rest.contains(|c: char| c.is_alphanumeric() || c == '_')
}

/// `2022年` as `2022`, but not `2022年度`: an axis may leave the word to its title.
fn without_year(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let four = |at: usize| at >= 4 && chars[at - 4..at].iter().all(char::is_ascii_digit);
    let dropped = |at: usize| chars[at] == '年' && four(at) && chars.get(at + 1) != Some(&'度');
    (0..chars.len()).filter(|at| !dropped(*at)).map(|at| chars[at]).collect()
}
