//! Which of several forms a client wants (RFC 9110 §12.5.1).

/// The offer that `accept` likes best, the first of equal ones; nothing when it wants none. An offer is one media type or
/// several names of it. Without a header the first offer is taken.
pub(crate) fn best(accept: Option<&str>, offers: &[&[&str]]) -> Option<usize> {
    let Some(accept) = accept.map(str::trim).filter(|a| !a.is_empty()) else { return Some(0) };
    let wishes: Vec<Wish<'_>> = accept.split(',').filter_map(Wish::read).collect();
    let weight = |offer: &&[&str]| offer.iter().map(|name| weight(&wishes, name)).max().unwrap_or(0);
    let weights: Vec<u32> = offers.iter().map(weight).collect();
    let most = weights.iter().copied().max().filter(|w| *w > 0)?;
    weights.iter().position(|w| *w == most)
}

/// A media range with its weight in thousandths.
struct Wish<'a> {
    range: &'a str,
    weight: u32,
}

impl<'a> Wish<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let range = parts.next().filter(|r| r.contains('/'))?;
        let quality = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
        let weight = quality.map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
        Some(Self { range, weight: (weight.clamp(0.0, 1.0) * 1000.0) as u32 })
    }

    /// How closely the range fits: 3 the type itself, 2 `text/*`, 1 `*/*`, 0 not at all.
    fn fits(&self, name: &str) -> u8 {
        if self.range.eq_ignore_ascii_case(name) {
            return 3;
        }
        match self.range.split_once('/') {
            Some(("*", "*")) => 1,
            Some((kind, "*")) if name.split('/').next().is_some_and(|k| k.eq_ignore_ascii_case(kind)) => 2,
            _ => 0,
        }
    }
}

/// The weight of the closest range.
fn weight(wishes: &[Wish<'_>], name: &str) -> u32 {
    let closest = wishes.iter().map(|w| (w.fits(name), w.weight)).filter(|(fit, _)| *fit > 0).max();
    closest.map_or(0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: &[&[&str]] =
        &[&["application/sparql-results+json", "application/json"], &["text/csv"], &["text/html"]];

    fn check(accept: &str, expected: Option<usize>) {
        assert_eq!(best(Some(accept), OFFERS), expected, "{accept}");
    }

    #[test]
    fn the_best_liked_form_is_taken() {
        assert_eq!(best(None, OFFERS), Some(0));
        check("", Some(0));
        check("*/*", Some(0));
        check("text/csv", Some(1));
        check("application/json", Some(0));
        check("text/*", Some(1));
        check("text/html, */*;q=0.1", Some(2));
        check("text/csv;q=0.5, application/sparql-results+json;q=0.4", Some(1));
        check("text/csv;q=0, */*", Some(0));
        check("TEXT/HTML", Some(2));
    }

    #[test]
    fn what_is_not_wanted_is_not_given() {
        check("image/png", None);
        check("text/csv;q=0", None);
        check("nonsense", None);
        check("*/*;q=0", None);
    }
}
