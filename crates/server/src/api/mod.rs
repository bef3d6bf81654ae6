//! `/api`: what the web page asks. Its `OpenAPI` document is made from this code.

pub(crate) mod ask;
pub(crate) mod diff;
pub(crate) mod editions;
pub(crate) mod entities;
pub(crate) mod entity;
pub(crate) mod events;
pub(crate) mod evidence;
pub(crate) mod figures;
pub(crate) mod rankings;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod status;
pub(crate) mod tables;
pub(crate) mod text;

use serde::Deserialize;

/// Things listed at once where nothing else is asked for.
const USUAL: usize = 50;
/// Things listed at once at most.
const MOST: usize = 1_000;

/// A part of a list.
#[derive(Clone, Copy, Debug, Default, Deserialize, utoipa::IntoParams)]
pub(crate) struct Part {
    /// How many, 50 where it is not given, 1,000 at most.
    pub(crate) limit: Option<usize>,
    /// How many are passed over.
    pub(crate) offset: Option<usize>,
}

impl Part {
    /// That part of a list.
    pub(crate) fn of<T>(self, list: impl IntoIterator<Item = T>) -> Vec<T> {
        let limit = self.limit.unwrap_or(USUAL).min(MOST);
        list.into_iter().skip(self.offset.unwrap_or(0)).take(limit).collect()
    }
}
