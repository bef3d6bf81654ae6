//! Work that takes a while, off the threads that listen, within the gate.

use std::time::Duration;

use tokio::task::spawn_blocking;

use crate::app::Shared;
use crate::problem::Problem;

/// How long a request waits for its turn.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Does work on a thread of its own when its turn comes.
///
/// # Errors
/// Those of the work; busy, when its turn does not come.
pub(crate) async fn blocking<T: Send + 'static>(
    app: &Shared,
    work: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let permit = app.gate.enter(PATIENCE).await?;
    let app = Shared::clone(app);
    let done = spawn_blocking(move || {
        // Kept until the work is done, even when nobody waits for it any more.
        let _permit = permit;
        work(&app)
    });
    done.await.unwrap_or_else(|_| Err(Problem::internal("the request could not be worked on, which is a defect")))
}
