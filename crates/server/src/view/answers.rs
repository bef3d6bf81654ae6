//! Answers that were given before: a view never changes, so they stay right as long as it is there.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use lru::LruCache;

/// Bytes of the longest one.
const LONGEST: usize = 1 << 20;
/// Number of answers.
const MOST: NonZeroUsize = NonZeroUsize::new(2_000).expect("not zero");

/// Hash of question, graphs and form.
type KeptKey = String;

/// An answer as it was sent.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) rows: usize,
    pub(crate) media: &'static str,
    pub(crate) bytes: Bytes,
}

/// The last answers.
pub(crate) struct Answers {
    most: usize,
    held: Mutex<Held>,
}

struct Held {
    answers: LruCache<KeptKey, Kept>,
    bytes: usize,
}

impl Answers {
    /// Room for `most` bytes.
    pub(super) fn new(most: usize) -> Self {
        Self { most, held: Mutex::new(Held { answers: LruCache::new(MOST), bytes: 0 }) }
    }

    pub(crate) fn get(&self, key: &str) -> Option<Kept> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).answers.get(key).cloned()
    }

    pub(crate) fn keep(&self, key: KeptKey, answer: Kept) {
        if answer.bytes.len() > LONGEST.min(self.most) {
            return;
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += answer.bytes.len();
        if let Some((_, gone)) = held.answers.push(key, answer) {
            held.bytes -= gone.bytes.len();
        }
        while held.bytes > self.most {
            let Some((_, gone)) = held.answers.pop_lru() else { break };
            held.bytes -= gone.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Kept {
        Kept { rows: 1, media: "text/csv", bytes: Bytes::from(vec![0; bytes]) }
    }

    #[test]
    fn answers_take_no_more_than_their_room() {
        let answers = Answers::new(32 * LONGEST);
        for i in 0..100 {
            answers.keep(i.to_string(), answer(LONGEST));
        }
        let held = answers.held.lock().expect("nobody else");
        assert_eq!((held.bytes, held.answers.len()), (32 * LONGEST, 32));
        drop(held);
        assert!(answers.get("99").is_some() && answers.get("0").is_none());
        answers.keep("long".to_owned(), answer(LONGEST + 1));
        assert!(answers.get("long").is_none());
        answers.keep("99".to_owned(), answer(1));
        assert_eq!(answers.held.lock().expect("nobody else").bytes, 31 * LONGEST + 1);
    }
}
