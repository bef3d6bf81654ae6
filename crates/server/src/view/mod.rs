//! A state of the archive that holds still, and the taking of the next one.
//!
//! `RocksDB` must not be read while another process writes it, and readers are to see whole editions, the description and the
//! search index of one moment. So the server never opens the store itself: it takes snapshots (table files are linked, not
//! copied) and asks those. When a load has ended, the next snapshot takes the place of the last; requests that are being
//! answered keep theirs until they are done.

mod answers;
mod rows;
mod scratch;
mod state;
mod watch;

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use hakusho_batch::DataFolder;

use crate::error::ServerError;
use crate::options::ServeOptions;
pub(crate) use answers::Kept;
pub(crate) use rows::{Row, iri, literal};
use scratch::Scratch;
pub(crate) use state::{View, edition_slug, file_id};
pub(crate) use watch::watch;

/// The current view, and the folder where snapshots are.
pub(crate) struct Views {
    current: RwLock<Arc<View>>,
    scratch: Scratch,
    options: ServeOptions,
}

impl Views {
    /// The first view of a data folder.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn open(data: &DataFolder, options: &ServeOptions) -> Result<Self, ServerError> {
        let options = options.clone();
        let scratch = Scratch::open(&data.path().join(".serve"))?;
        let first = View::take(data, &scratch, &options)?;
        if !first.in_step {
            // Nobody has asked yet: this is the moment to make good what a load that was killed left behind.
            first.mend();
        }
        let first = if first.in_step { first } else { View::take(data, &scratch, &options)? };
        Ok(Self { current: RwLock::new(Arc::new(first)), scratch, options })
    }

    pub(crate) fn current(&self) -> Arc<View> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the next view now, for somebody who has just changed something and wants to see it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn refresh(&self, data: &DataFolder) -> Result<(), ServerError> {
        self.replace(View::take(data, &self.scratch, &self.options)?);
        Ok(())
    }

    pub(crate) fn scratch(&self) -> &Path {
        self.scratch.root()
    }

    fn replace(&self, view: View) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new(view);
    }
}
