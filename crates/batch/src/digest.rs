//! A writer that counts and hashes what passes through it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{BatchError, io_error};

/// Length and SHA-256 of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// Passes bytes on and seals them.
pub(crate) struct Sealing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Sealing<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    /// The writer, and what went through.
    pub(crate) fn finish(self) -> (W, Seal) {
        let sha256 = self.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        (self.inner, Seal { bytes: self.bytes, sha256 })
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Seal of a file.
pub(crate) fn seal(path: &Path) -> Result<Seal, BatchError> {
    let mut file = fs::File::open(path).map_err(io_error("open", path))?;
    let mut sealing = Sealing::new(io::sink());
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(io_error("read", path))?;
        if n == 0 {
            return Ok(sealing.finish().1);
        }
        sealing.write_all(&buffer[..n]).map_err(io_error("read", path))?;
    }
}
