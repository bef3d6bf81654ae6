//! What was read from loaded files, from their artifacts.

use hakusho_model::Document;
use hakusho_store::Registered;

use crate::artifact::DOCUMENT;
use crate::data::DataFolder;
use crate::error::BatchError;

impl DataFolder {
    /// The document that a loaded file gave.
    ///
    /// # Errors
    /// When its artifact is gone or damaged.
    pub fn document(&self, file: &Registered) -> Result<Document, BatchError> {
        let objects = self.objects();
        let path = objects.path(&file.artifact, DOCUMENT);
        let damaged = |problem: String| BatchError::Artifact { path: path.clone(), problem };
        let mut document: Document =
            serde_json::from_str(&objects.text(&file.artifact, DOCUMENT)?).map_err(|e| damaged(e.to_string()))?;
        // Equal bytes give one artifact, under whichever name they came first.
        document.source.file.clone_from(&file.name);
        Ok(document)
    }
}
