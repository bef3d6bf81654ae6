//! Why the server cannot start.

use std::io;
use std::net::SocketAddr;

use hakusho_batch::BatchError;
use hakusho_store::StoreError;
use thiserror::Error;

/// A failure before or while serving.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {reason}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        reason: io::Error,
    },
    /// Threads or signals cannot be set up.
    #[error("the server cannot be set up: {0}")]
    Setup(#[source] io::Error),
    /// The data folder cannot be read.
    #[error(transparent)]
    Data(#[from] BatchError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}
