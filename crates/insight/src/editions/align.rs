//! Pairs of like things, the likest first.

/// A possible pair: its worth, and the positions of the two.
pub(super) type Candidate = (u32, usize, usize);

/// Which of the later things each earlier one goes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) after: Vec<Option<usize>>,
    pub(super) before: Vec<Option<usize>>,
}

impl Pairs {
    pub(super) fn new(before: usize, after: usize) -> Self {
        Self { after: vec![None; before], before: vec![None; after] }
    }

    /// Whether both are still without a partner.
    pub(super) fn free(&self, i: usize, j: usize) -> bool {
        self.after[i].is_none() && self.before[j].is_none()
    }

    pub(super) fn join(&mut self, i: usize, j: usize) {
        self.after[i] = Some(j);
        self.before[j] = Some(i);
    }

    /// Joins the best candidates whose two are free; of equally good ones those nearest in order. Gives how many.
    pub(super) fn take(&mut self, mut candidates: Vec<Candidate>) -> usize {
        let (n, m) = (self.after.len(), self.before.len());
        candidates.sort_by_key(|&(worth, i, j)| (std::cmp::Reverse(worth), (i * m).abs_diff(j * n), i, j));
        let before = self.count();
        for (_, i, j) in candidates {
            if self.free(i, j) {
                self.join(i, j);
            }
        }
        self.count() - before
    }

    pub(super) fn count(&self) -> usize {
        self.after.iter().flatten().count()
    }

    /// All pairs, in the order of the earlier.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.after.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?)))
    }

    /// Earlier things without a partner.
    pub(super) fn gone(&self) -> impl Iterator<Item = usize> + '_ {
        self.after.iter().enumerate().filter(|(_, j)| j.is_none()).map(|(i, _)| i)
    }

    /// Later things without a partner.
    pub(super) fn new_ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.before.iter().enumerate().filter(|(_, i)| i.is_none()).map(|(j, _)| j)
    }
}

/// All candidates among what is free that `worth` gives a worth.
pub(super) fn candidates(pairs: &Pairs, worth: impl Fn(usize, usize) -> Option<u32>) -> Vec<Candidate> {
    let later: Vec<usize> = pairs.new_ones().collect();
    pairs.gone().flat_map(|i| later.iter().filter_map(|&j| Some((worth(i, j)?, i, j))).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_first_and_ties_by_place() {
        let mut pairs = Pairs::new(2, 3);
        assert_eq!(pairs.take(vec![(500, 0, 0), (900, 0, 1), (500, 1, 0), (500, 1, 2)]), 2);
        assert_eq!(pairs.after, [Some(1), Some(2)], "position 1 of 2 is nearer to 2 of 3 than to 0");
        assert_eq!(pairs.new_ones().collect::<Vec<_>>(), [0]);
        assert_eq!(pairs.gone().count(), 0);
    }
}
