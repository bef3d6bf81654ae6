//! Whether the values printed at bars agree with how long the bars are drawn.

/// Fewest bars that can be compared, and the length in points from which on one counts.
const FEWEST: usize = 4;
const SHORTEST: f32 = 6.0;
/// How far a value may be from its bar: a share of the value, or this many points of length.
const SHARE: f64 = 0.08;
const POINTS: f64 = 2.5;
/// Share of the bars that must agree before the others are doubted: on a cut axis, none do.
const AGREED: f64 = 0.75;

/// The bars whose length contradicts their value, each with the value its length says; `bars` are lengths in points and
/// printed values.
pub(super) fn contradictions(bars: &[(f32, f64)]) -> Vec<(usize, f64)> {
    let long: Vec<usize> = (0..bars.len()).filter(|&i| bars[i].0 >= SHORTEST && bars[i].1 != 0.0).collect();
    if long.len() < FEWEST {
        return Vec::new();
    }
    let mut scales: Vec<f64> = long.iter().map(|&i| bars[i].1.abs() / f64::from(bars[i].0)).collect();
    scales.sort_by(f64::total_cmp);
    let scale = scales[scales.len() / 2];
    let drawn = |i: usize| f64::from(bars[i].0) * scale;
    let agrees = |i: &usize| {
        let (value, drawn) = (bars[*i].1.abs(), drawn(*i));
        (value - drawn).abs() <= (SHARE * value).max(POINTS * scale)
    };
    let (agreed, doubted): (Vec<usize>, Vec<usize>) = long.iter().copied().partition(agrees);
    if (agreed.len() as f64) < AGREED * long.len() as f64 {
        return Vec::new();
    }
    doubted.into_iter().map(|i| (i, drawn(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bar_of_five_contradicts_its_value() {
        let bars = [(10.0, 10.0), (20.0, 20.0), (30.0, 30.0), (40.0, 40.0), (50.0, 20.0)];
        assert_eq!(contradictions(&bars), [(4, 50.0)]);
        // At the limit: eight per cent off.
        assert_eq!(contradictions(&[(100.0, 100.0), (50.0, 50.0), (75.0, 75.0), (92.0, 100.0)]), []);
        assert_eq!(contradictions(&[(100.0, 100.0), (50.0, 50.0), (75.0, 75.0), (91.0, 100.0)]), [(3, 91.0)]);
    }

    #[test]
    fn a_cut_axis_and_few_bars_are_not_judged() {
        assert_eq!(contradictions(&[(10.0, 110.0), (20.0, 120.0), (30.0, 130.0), (90.0, 190.0)]), []);
        assert_eq!(contradictions(&[(10.0, 10.0), (20.0, 20.0), (50.0, 20.0)]), []);
    }
}
