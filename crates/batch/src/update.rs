//! SPARQL Update of graphs that stand beside the archive.

use std::time::Duration;

use hakusho_store::Archive;

use crate::clock::now;
use crate::data::DataFolder;
use crate::error::BatchError;

impl DataFolder {
    /// Makes an update, all of it or nothing; see [`Archive::update`].
    ///
    /// # Errors
    /// When a load is at it, and those of the update.
    pub fn update(&self, text: &str, limit: Option<Duration>) -> Result<(), BatchError> {
        let archive = Archive::open(&self.path().join("store"), self.base())?;
        archive.update(text, &now(), limit)?;
        Ok(archive.flush()?)
    }
}
