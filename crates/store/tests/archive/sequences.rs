//! Whatever was loaded, replaced, renewed, taken out and loaded again: the store is that of a fresh load of what remains.

use std::collections::BTreeMap;

use hakusho_store::{Archive, Change};

use crate::made::{BASE, Made, fresh, state, support};

/// A small generator of numbers (xorshift; G. Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// One step: files that come, one of which may take the place of another, or files that go.
fn step(dice: &mut Dice, loaded: &mut BTreeMap<u64, Made>, number: &mut u64) -> Change {
    let mut change = Change::default();
    let mut run = |made: Made, comes: bool, change: &mut Change| {
        *number += 1;
        change.history.extend(made.run(*number, comes));
    };
    let present: Vec<Made> = loaded.values().copied().collect();
    if !present.is_empty() && dice.below(3) == 0 {
        for _ in 0..=dice.below(2) {
            let goes = present[dice.below(present.len() as u64) as usize];
            if loaded.remove(&goes.file).is_some() {
                change.gone.push(goes.gone());
                run(goes, false, &mut change);
            }
        }
        return change;
    }
    for _ in 0..=dice.below(3) {
        let comes = Made { file: dice.below(10), version: dice.below(3) };
        if change.loads.iter().any(|l| l.file == comes.gone().file) {
            continue;
        }
        // Half of the files take the place of another of their edition.
        let other = comes.file ^ 1;
        if dice.below(2) == 0
            && !change.loads.iter().any(|l| l.file == Made { file: other, version: 0 }.gone().file)
            && let Some(replaced) = loaded.remove(&other)
        {
            change.gone.push(replaced.gone());
            run(replaced, false, &mut change);
        }
        loaded.insert(comes.file, comes);
        change.loads.push(comes.load());
        run(comes, true, &mut change);
    }
    change
}

fn check(archive: &Archive, seed: u64, steps: usize) -> usize {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (mut loaded, mut number, mut removals) = (BTreeMap::new(), 0, 0);
    for at in 0..steps {
        let change = step(&mut dice, &mut loaded, &mut number);
        removals += change.gone.len();
        archive.apply(&change, &support(loaded.values())).expect("a sound change");
        let remaining: Vec<Made> = loaded.values().copied().collect();
        let (mut expected, mut found) = (state(&fresh(&remaining)), state(archive));
        // A store that was never empty keeps a registry for its history.
        expected.0.retain(|g| !g.ends_with("/registry>"));
        found.0.retain(|g| !g.ends_with("/registry>"));
        assert!(found == expected, "seed {seed}, step {at}: {remaining:?}\n{}\n---\n{}", found.1, expected.1);
    }
    removals
}

#[test]
fn every_sequence_ends_where_a_fresh_load_of_what_remains_begins() {
    let removals: usize =
        (0..40).map(|seed| check(&Archive::in_memory(BASE).expect("a store in memory"), seed, 12)).sum();
    assert!(removals > 200, "only {removals} files were taken out");
}

#[test]
fn sequences_on_disk_do_so_too() {
    for seed in 100..104 {
        let folder = tempfile::tempdir().expect("a folder");
        check(&Archive::open(folder.path(), BASE).expect("a store"), seed, 10);
    }
}
