//! Encrypted files (ISO 32000-1, 7.6): lopdf's handlers, given one object at a time.

use lopdf::encryption::{PasswordAlgorithm, decrypt_object};
use lopdf::{Dictionary, Document, EncryptionState, Object, ObjectId};

use super::content;
use crate::source::{as_dict, raw};

/// The key of a file, with the number of the dictionary that describes it, which is not encrypted itself.
#[derive(Debug)]
pub(super) struct Key {
    state: EncryptionState,
    described_by: Option<ObjectId>,
}

impl Key {
    /// Finds the key with the empty password or the one given; `None` where neither opens the file.
    pub(super) fn find(trailer: &Dictionary, encrypt: Object, password: Option<&str>) -> Option<Self> {
        as_dict(&encrypt)?;
        let described_by = raw(trailer, b"Encrypt").and_then(|o| o.as_reference().ok());
        let mut document = Document::new();
        // Without an identifier the key is made of the rest.
        let no_id = || Object::Array(vec![Object::string_literal(""), Object::string_literal("")]);
        document.trailer.set("ID", raw(trailer, b"ID").cloned().unwrap_or_else(no_id));
        // lopdf looks for it behind a reference only.
        let place = described_by.unwrap_or((u32::MAX, 0));
        document.trailer.set("Encrypt", Object::Reference(place));
        document.objects.insert(place, encrypt);
        let algorithm = PasswordAlgorithm::try_from(&document).ok()?;
        // From revision 5 on, finding the key checks the password; checking it twice costs milliseconds.
        let revision = document.get_encrypted().ok()?.get(b"R").and_then(Object::as_i64).ok()?;
        let state = [Some(""), password].into_iter().flatten().find_map(|password| {
            let known = revision >= 5 || document.authenticate_password(password).is_ok();
            let sanitized = algorithm.sanitize_password(password).ok().filter(|_| known)?;
            EncryptionState::decode(&document, sanitized).ok()
        })?;
        Some(Self { state, described_by })
    }

    /// Decrypts an object of the file; a stream gets its bytes, but for those of images, which nobody reads.
    pub(super) fn open(&self, data: &[u8], id: ObjectId, object: &mut Object) -> bool {
        if self.described_by == Some(id) {
            return true;
        }
        if let Object::Stream(stream) = object
            && !matches!(raw(&stream.dict, b"Subtype"), Some(Object::Name(kind)) if kind == b"Image")
        {
            stream.content = content(data, stream).to_vec();
        }
        decrypt_object(&self.state, id, object).is_ok()
    }
}
