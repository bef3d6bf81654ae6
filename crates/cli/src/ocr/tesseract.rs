//! Runs an installed Tesseract on the image of a page.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use hakusho_pipeline::{OcrError, Reading, Recogniser};

use super::tsv;

/// A page that takes longer is given up.
const LIMIT: Duration = Duration::from_mins(5);
/// Horizontal text read with at least this mean confidence needs no second look.
const SURE: f32 = 75.0;
/// A page with a smaller share of Japanese characters is also read as English.
const JAPANESE: f32 = 0.3;
/// How to get it.
const INSTALL: &str = "install it with `apt install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert` (Debian, \
                       Ubuntu) or from https://github.com/tesseract-ocr/tesseract";

/// The program `tesseract` on the path.
#[derive(Debug, Default)]
pub(super) struct Tesseract {
    installed: OnceLock<Result<Installed, String>>,
}

#[derive(Clone, Debug)]
struct Installed {
    version: String,
    vertical: bool,
    english: bool,
}

impl Recogniser for Tesseract {
    fn name(&self) -> String {
        let Ok(found) = self.installed() else { return "tesseract, not installed".to_owned() };
        let languages = ["jpn"].into_iter().chain(found.vertical.then_some("jpn_vert"));
        let languages: Vec<&str> = languages.chain(found.english.then_some("eng")).collect();
        format!("tesseract {}, {}", found.version, languages.join(" "))
    }

    /// Reads lines from left to right; where that gives no sense, lines from top to bottom, and keeps the surer one.
    fn read(&self, png: &[u8]) -> Result<Reading, OcrError> {
        let found = self.installed().map_err(|e| OcrError::Unavailable(e.clone()))?;
        let mut best = run(png, "jpn", false)?;
        if found.english && japanese(&best) < JAPANESE {
            best = surer(best, run(png, "eng+jpn", false)?);
        }
        if found.vertical && best.confidence() < SURE {
            best = surer(best, run(png, "jpn_vert", true)?);
        }
        Ok(best)
    }
}

impl Tesseract {
    fn installed(&self) -> Result<&Installed, &String> {
        self.installed.get_or_init(look).as_ref()
    }
}

fn surer(a: Reading, b: Reading) -> Reading {
    if b.confidence() > a.confidence() { b } else { a }
}

/// Share of kana and ideographs among the characters read.
fn japanese(reading: &Reading) -> f32 {
    let chars = || reading.words.iter().flat_map(|w| w.text.chars());
    let count = chars().filter(|&c| matches!(u32::from(c), 0x3041..=0x30FF | 0x3400..=0x9FFF)).count();
    count as f32 / chars().count().max(1) as f32
}

/// Version and languages, or what is missing and how to get it.
fn look() -> Result<Installed, String> {
    let ask = |what: &str| {
        let output = Command::new("tesseract").arg(what).stdin(Stdio::null()).output();
        output.map(|o| String::from_utf8_lossy(&[o.stdout, o.stderr].concat()).into_owned())
    };
    let (Ok(version), Ok(languages)) = (ask("--version"), ask("--list-langs")) else {
        return Err(format!("Tesseract, which reads the characters in pictures, is not on this machine: {INSTALL}"));
    };
    let has = |language: &str| languages.lines().any(|l| l.trim() == language);
    if !has("jpn") {
        return Err(format!("Tesseract has no data for Japanese (`jpn`) on this machine: {INSTALL}"));
    }
    let version = version.lines().next().and_then(|l| l.split_whitespace().nth(1)).unwrap_or("of unknown version");
    Ok(Installed { version: version.to_owned(), vertical: has("jpn_vert"), english: has("eng") })
}

/// One run over the image. Page segmentation 3 finds columns by itself, 5 takes the page as a block of vertical text.
fn run(png: &[u8], languages: &str, vertical: bool) -> Result<Reading, OcrError> {
    let segmentation = if vertical { "5" } else { "3" };
    let mut command = Command::new("tesseract");
    // One thread: faster over several files, and the same result everywhere.
    command.args(["stdin", "stdout", "-l", languages, "--psm", segmentation, "tsv"]).env("OMP_THREAD_LIMIT", "1");
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let text = match child {
        Ok(child) => converse(child, png)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(OcrError::Unavailable(INSTALL.to_owned())),
        Err(error) => return Err(OcrError::Failed(format!("tesseract does not start: {error}"))),
    };
    Ok(Reading { words: tsv::words(&text), vertical })
}

/// Hands over the image, takes the answer; ends the program at the time limit.
fn converse(mut child: Child, png: &[u8]) -> Result<String, OcrError> {
    let failed = |why: &str| OcrError::Failed(format!("tesseract {why}"));
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut s| s.write_all(png)));
        let answer = scope.spawn(move || {
            let mut text = Vec::new();
            stdout.map(|mut s| s.read_to_end(&mut text));
            text
        });
        let start = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if start.elapsed() < LIMIT => thread::sleep(Duration::from_millis(10)),
                _ => {
                    // Both may fail only because it has ended by itself.
                    let _ = child.kill();
                    let _ = child.wait();
                    break Err(failed("took too long"));
                }
            }
        }?;
        let text = answer.join().unwrap_or_default();
        if !status.success() {
            return Err(failed(&format!("ended with {status}")));
        }
        String::from_utf8(text).map_err(|_| failed("answered with something that is no text"))
    })
}
