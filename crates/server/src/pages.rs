//! Pages as pictures, painted from the stored PDF when first asked for and kept on disk.

use std::fs;
use std::io;
use std::path::{Path as FilePath, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hakusho_render::{FontFinder, RenderError, RenderOptions, Renderer};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::app::{App, Shared};
use crate::problem::Problem;

/// Pages painted at the same time: an image takes tens of megabytes while it is painted.
const AT_ONCE: usize = 2;
/// Somebody waits so long for an image; a page that takes longer is painted to its end and there the next time.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pixels a point.
const SCALES: std::ops::RangeInclusive<f32> = 0.1..=6.0;
/// Pixels of the largest image.
const MOST_PIXELS: f32 = 32e6;

/// Images that were painted.
pub(crate) struct Images {
    folder: PathBuf,
    most: u64,
    fonts: Option<FontFinder>,
    turns: Arc<Semaphore>,
    /// Bytes on disk, counted when the first image is written.
    kept: Mutex<Option<u64>>,
    /// The file that was painted last: people turn pages.
    last: Mutex<Option<(String, Arc<Renderer>)>>,
}

/// How large an image is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Size {
    scale: Option<f32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png,
    Svg,
}

impl Images {
    pub(crate) fn new(folder: PathBuf, most: u64, fonts: Option<FontFinder>) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Self { folder, most, fonts, turns, kept: Mutex::new(None), last: Mutex::new(None) }
    }

    fn path(&self, file: &str, name: &str) -> PathBuf {
        self.folder.join(file).join(name)
    }

    /// Keeps an image under a name that no one sees before it is whole; the oldest go when there are too many.
    fn keep(&self, path: &FilePath, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let part = path.with_extension(format!("{:?}.part", std::thread::current().id()));
        fs::write(&part, bytes)?;
        fs::rename(&part, path)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = match *kept {
            Some(known) => known + bytes.len() as u64,
            None => images(&self.folder)?.iter().map(|i| i.1).sum(),
        };
        *kept = Some(if now > self.most { sweep(&self.folder, self.most / 2)? } else { now });
        Ok(())
    }
}

/// All images with their time and length, oldest first.
fn images(folder: &FilePath) -> io::Result<Vec<(SystemTime, u64, PathBuf)>> {
    let mut out = Vec::new();
    for files in fs::read_dir(folder)?.flatten().filter(|e| e.path().is_dir()) {
        for image in fs::read_dir(files.path())?.flatten() {
            let Ok(meta) = image.metadata() else { continue };
            out.push((meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), meta.len(), image.path()));
        }
    }
    out.sort();
    Ok(out)
}

/// Removes the oldest images until no more than `most` bytes are left; returns how many are.
fn sweep(folder: &FilePath, most: u64) -> io::Result<u64> {
    let all = images(folder)?;
    let mut left: u64 = all.iter().map(|i| i.1).sum();
    for (_, length, path) in all {
        if left <= most {
            break;
        }
        if fs::remove_file(path).is_ok() {
            left -= length;
        }
    }
    Ok(left)
}

/// `GET /page/{file}/{n}.png?scale=` and `.svg`.
pub(crate) async fn page(
    State(app): State<Shared>,
    Path((file, name)): Path<(String, String)>,
    Query(size): Query<Size>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (number, kind) = match (name.strip_suffix(".png"), name.strip_suffix(".svg")) {
        (Some(number), _) => (number, Kind::Png),
        (_, Some(number)) => (number, Kind::Svg),
        _ => return Err(Problem::missing("pages are pictures: `{n}.png` or `{n}.svg`")),
    };
    let number: u32 = number.parse().ok().filter(|n| *n > 0).ok_or_else(|| Problem::bad("pages are counted from 1"))?;
    let scale = size.scale.unwrap_or(2.0);
    if !SCALES.contains(&scale) {
        return Err(Problem::bad("the scale goes from 0.1 to 6 pixels a point"));
    }
    // Scales are steps of a tenth, so that there are not too many images of one page.
    let scale = (scale * 10.0).round() / 10.0;
    // Only files that are loaded have pages here, and only their hash gets into a path.
    let sha256 = app.view().file(&file).map(|f| f.sha256.clone());
    let sha256 = sha256.ok_or_else(|| Problem::missing("no file that is loaded has this hash"))?;
    let name = if kind == Kind::Svg { format!("{number}.svg") } else { format!("{number}@{scale:.1}.png") };
    let tag = format!("\"{}-{name}\"", &sha256[..16]);
    if headers.get(IF_NONE_MATCH).is_some_and(|k| k.to_str().is_ok_and(|k| k.contains(&tag))) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let path = app.images.path(&sha256[..16], &name);
    let known = tokio::fs::read(&path).await.ok();
    let bytes = match known {
        Some(bytes) => Bytes::from(bytes),
        None => painted(&app, sha256, number, scale, kind, path).await?,
    };
    let mut response = bytes.into_response();
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(if kind == Kind::Svg { "image/svg+xml" } else { "image/png" }));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    Ok(response)
}

async fn painted(
    app: &Shared,
    sha256: String,
    number: u32,
    scale: f32,
    kind: Kind,
    path: PathBuf,
) -> Result<Bytes, Problem> {
    let busy = |detail: &str| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail);
    let turn = timeout(PATIENCE, Arc::clone(&app.images.turns).acquire_owned()).await;
    let turn = turn.map_err(|_| busy("too many pages are being painted"))?.map_err(|_| busy("the server stops"))?;
    let app = Shared::clone(app);
    let work = spawn_blocking(move || {
        // Kept until the page is painted, even when nobody waits for it any more.
        let _turn = turn;
        let bytes = paint(&app, &sha256, number, scale, kind)?;
        if let Err(error) = app.images.keep(&path, &bytes) {
            log::warn!("the image `{}` cannot be kept: {error}", path.display());
        }
        Ok(Bytes::from(bytes))
    });
    match timeout(PATIENCE, work).await {
        Ok(done) => done.unwrap_or_else(|_| Err(Problem::internal("the page cannot be painted, which is a defect"))),
        Err(_) => Err(busy("the page takes long to paint; ask again in a while")),
    }
}

fn paint(app: &App, sha256: &str, number: u32, scale: f32, kind: Kind) -> Result<Vec<u8>, Problem> {
    let renderer = open(app, sha256)?;
    let painted = match kind {
        Kind::Svg => renderer.svg(number).map(String::into_bytes),
        Kind::Png => (|| {
            let (width, height) = renderer.size(number)?;
            let fits = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
            renderer.render(number, scale.min(fits))?.image.to_png()
        })(),
    };
    painted.map_err(|error| refused(&error))
}

fn open(app: &App, sha256: &str) -> Result<Arc<Renderer>, Problem> {
    let mut last = app.images.last.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, renderer)) = last.as_ref().filter(|(of, _)| of == sha256) {
        return Ok(Arc::clone(renderer));
    }
    let bytes = app.data.objects().bytes(sha256, "pdf")?;
    let options = RenderOptions { password: None, fonts: app.images.fonts.clone() };
    let renderer = Arc::new(Renderer::open(&bytes, &options).map_err(|error| refused(&error))?);
    *last = Some((sha256.to_owned(), Arc::clone(&renderer)));
    Ok(renderer)
}

fn refused(error: &RenderError) -> Problem {
    let status = match error {
        RenderError::NoPage { .. } => StatusCode::NOT_FOUND,
        RenderError::TooLarge { .. } | RenderError::Scale => StatusCode::BAD_REQUEST,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Problem::new(status, "page", &error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_images_make_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let images = Images::new(folder.path().to_owned(), 100, None);
        for (i, length) in [40, 40, 40].into_iter().enumerate() {
            let path = images.path("0011", &format!("{i}.png"));
            images.keep(&path, &vec![0; length]).expect("an image");
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(i as u64 + 1);
            fs::File::options().write(true).open(&path).expect("it").set_modified(time).ok();
        }
        let left: Vec<String> = fs::read_dir(folder.path().join("0011"))
            .expect("a folder")
            .flatten()
            .map(|e| e.file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(left, ["2.png"], "down to half of the room");
    }
}
