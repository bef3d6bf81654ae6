//! Sees when a load has ended and takes the next view.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use super::View;
use crate::app::App;

/// How often the folder is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// After so long without a change a load that never brought the search index in step is taken for killed.
const QUIET: Duration = Duration::from_secs(10);

/// Names, lengths and times of the files that tell a change.
type Traces = Vec<(String, u64, Option<SystemTime>)>;

/// What was seen of the data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    store: Traces,
    search: Traces,
}

impl Seen {
    fn now(data: &Path) -> Self {
        let is_log = |name: &str| Path::new(name).extension().is_some_and(|e| e == "log");
        let tells = |name: &str| name == "CURRENT" || name.starts_with("MANIFEST") || is_log(name);
        Self { store: traces(&data.join("store"), tells), search: traces(&data.join("search"), |n| n == "meta.json") }
    }
}

fn traces(folder: &Path, tells: impl Fn(&str) -> bool) -> Traces {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut out: Traces = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok().filter(|n| tells(n))?;
            let meta = entry.metadata().ok()?;
            Some((name, meta.len(), meta.modified().ok()))
        })
        .collect();
    out.sort();
    out
}

/// Looks until it is told to stop. What the first view was taken of is `before`.
pub(crate) fn watch(app: &App, stop: &AtomicBool) {
    let mut taken = Seen::now(app.data.path());
    let (mut seen, mut since) = (taken.clone(), Instant::now());
    // A load may have ended between the first view and the first look.
    let mut unsure = true;
    while !stop.load(Ordering::Relaxed) {
        sleep(LOOK);
        let now = Seen::now(app.data.path());
        if now != seen {
            (seen, since) = (now.clone(), Instant::now());
        }
        let quiet = since.elapsed() >= QUIET;
        let ended = now.search != taken.search;
        if (now != taken && (ended || quiet)) || (unsure && quiet) {
            unsure = false;
            if next(app, quiet) {
                taken = now;
            }
        }
    }
}

/// Takes the next view; false where it is too early, or failed and is to be tried again.
fn next(app: &App, quiet: bool) -> bool {
    let views = &app.views;
    match View::take(&app.data, &views.scratch, &views.options) {
        Ok(view) if view.in_step || quiet => {
            if view.stamp != app.view().stamp || view.in_step != app.view().in_step {
                log::info!("{} files are loaded now ({})", view.registered.len(), view.stamp);
                views.replace(view);
            }
            true
        }
        Ok(_) => false,
        Err(error) => {
            log::warn!("what was loaded cannot be read yet: {error}");
            false
        }
    }
}
