//! Every damaged, odd or hostile file of the torture folder gives text or says why not: the outcome table.
//!
//! A file's line holds pages, glyphs, U+FFFD and the diagnostics by code, or the error that kept it from opening.
//! A line that changes is to be read before the table is renewed (CONTRIBUTING.md says how).

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use hakusho_pdf::{OpenOptions, Pdf, PdfError};
use hakusho_tests::material;

/// A file that takes this long hangs. No measure of speed: a busy machine stays far below.
const HANG: Duration = Duration::from_mins(2);
/// Stack of a reader thread, as Rust gives it to every thread: depth must be bounded for that.
const STACK: usize = 2 << 20;

/// Passwords of public test files, users' and owners'. Without one each of them says that it needs one.
const PASSWORDS: &[(&str, &str)] = &[
    ("camelot__health_protected.pdf", "userpass"),
    ("camelot__health_protected.pdf", "ownerpass"),
    ("opendataloader-pdf__password-protected.pdf", "test"),
    ("pdf-reader__encrypted_version1_revision2_40bit_rc4_user_pass_apples.pdf", "apples"),
    ("pdf-reader__encrypted_version1_revision2_40bit_rc4_user_pass_apples.pdf", "password"),
    ("pdf-reader__encrypted_version2_revision3_128bit_rc4_user_pass_apples.pdf", "apples"),
    ("pdf-reader__encrypted_version2_revision3_128bit_rc4_user_pass_apples.pdf", "password"),
    ("pdf-reader__encrypted_version4_revision4_128bit_aes_user_pass_apples_enc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version4_revision4_128bit_aes_user_pass_apples_enc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version4_revision4_128bit_aes_user_pass_apples_unenc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version4_revision4_128bit_aes_user_pass_apples_unenc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version4_revision4_128bit_rc4_user_pass_apples_enc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version4_revision4_128bit_rc4_user_pass_apples_enc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version4_revision4_128bit_rc4_user_pass_apples_unenc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version4_revision4_128bit_rc4_user_pass_apples_unenc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version5_revision5_256bit_aes_user_pass_apples_enc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version5_revision5_256bit_aes_user_pass_apples_enc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version5_revision5_256bit_aes_user_pass_apples_unenc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version5_revision5_256bit_aes_user_pass_apples_unenc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version5_revision6_256bit_aes_user_pass_apples_enc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version5_revision6_256bit_aes_user_pass_apples_enc_metadata.pdf", "password"),
    ("pdf-reader__encrypted_version5_revision6_256bit_aes_user_pass_apples_unenc_metadata.pdf", "apples"),
    ("pdf-reader__encrypted_version5_revision6_256bit_aes_user_pass_apples_unenc_metadata.pdf", "password"),
    ("pdfbox__PasswordSample-128bit.pdf", "user"),
    ("pdfbox__PasswordSample-128bit.pdf", "owner"),
    ("pdfbox__PasswordSample-256bit.pdf", "user"),
    ("pdfbox__PasswordSample-256bit.pdf", "owner"),
    ("pdfbox__PasswordSample-40bit.pdf", "user"),
    ("pdfbox__PasswordSample-40bit.pdf", "owner"),
    ("pdfium__bug_644.pdf", "a"),
    ("pdfium__encrypted.pdf", "1234"),
    ("pdfium__encrypted.pdf", "5678"),
    ("pdfium__encrypted_hello_world_r2.pdf", "âge"),
    ("pdfium__encrypted_hello_world_r2.pdf", "hôtel"),
    ("pdfium__encrypted_hello_world_r3.pdf", "âge"),
    ("pdfium__encrypted_hello_world_r3.pdf", "hôtel"),
    ("pdfium__encrypted_hello_world_r5.pdf", "âge"),
    ("pdfium__encrypted_hello_world_r5.pdf", "hôtel"),
    ("pdfium__encrypted_hello_world_r6.pdf", "âge"),
    ("pdfium__encrypted_hello_world_r6.pdf", "hôtel"),
    ("pdfminersix__aes-128-m.pdf", "foo"),
    ("pdfminersix__aes-128-m.pdf", "baz"),
    ("pdfminersix__aes-128.pdf", "foo"),
    ("pdfminersix__aes-128.pdf", "baz"),
    ("pdfminersix__aes-256-m.pdf", "foo"),
    ("pdfminersix__aes-256-m.pdf", "baz"),
    ("pdfminersix__aes-256-r6.pdf", "usersecret"),
    ("pdfminersix__aes-256-r6.pdf", "ownersecret"),
    ("pdfminersix__aes-256.pdf", "foo"),
    ("pdfminersix__aes-256.pdf", "baz"),
    ("pdfminersix__rc4-128.pdf", "foo"),
    ("pdfminersix__rc4-128.pdf", "baz"),
    ("pdfminersix__rc4-40.pdf", "foo"),
    ("pdfminersix__rc4-40.pdf", "baz"),
    ("pdfpig__encrypted-password-is-password.pdf", "password"),
    ("pdfplumber__password-example.pdf", "test"),
    ("pikepdf__graph-encrypted.pdf", "user"),
    ("pikepdf__graph-encrypted.pdf", "owner"),
    ("qpdf__c-r5-in.pdf", "user3"),
    ("qpdf__c-r5-in.pdf", "owner3"),
    ("qpdf__c-r6-in.pdf", "user4"),
    ("qpdf__c-r6-in.pdf", "owner4"),
    ("sample-files__libreoffice-writer-password.pdf", "openpassword"),
    ("tabula-java__encrypted.pdf", "userpassword"),
    ("tabula-java__encrypted.pdf", "ownerpassword"),
];

#[test]
fn every_file_has_its_outcome() {
    let Some(folder) = material("corpora/torture") else { return };
    let files = files(&folder);
    let lines = outcomes(&files, |path| outcome(path, None));
    let mut table = String::new();
    for (path, line) in files.iter().zip(&lines) {
        let _ = writeln!(table, "{}: {line}", name(path));
    }
    insta::assert_snapshot!("outcomes", table);
    assert!(!table.contains("PANIC"), "a file panics; the table says which");
}

#[test]
fn passwords_open_their_files() {
    let Some(folder) = material("corpora/torture") else { return };
    let mut table = String::new();
    for (name, password) in PASSWORDS {
        let _ = writeln!(table, "{name} {password}: {}", outcome(&folder.join(name), Some(password)));
    }
    insta::assert_snapshot!("passwords", table);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder reads")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")))
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What the engine makes of a file, in one line.
fn outcome(path: &Path, password: Option<&str>) -> String {
    let bytes = std::fs::read(path).expect("the file reads");
    let options = OpenOptions { password: password.map(str::to_owned), ..OpenOptions::default() };
    let read = || Ok::<_, PdfError>(Pdf::open(&bytes, &options)?.read());
    let report = match catch_unwind(AssertUnwindSafe(read)) {
        Err(_) => return "PANIC".to_owned(),
        Ok(Err(error)) => return format!("error: {error}"),
        Ok(Ok(report)) => report,
    };
    let glyphs = || report.pages.iter().flat_map(|p| &p.glyphs);
    let unknown = glyphs().filter(|g| g.ch == '\u{FFFD}').count();
    let mut line = format!("{} pages, {} glyphs, {unknown} unknown", report.pages.len(), glyphs().count());
    let mut codes: BTreeMap<&str, u32> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *codes.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    for (code, count) in codes {
        let _ = write!(line, ", {code} {count}");
    }
    line
}

/// Reads the files on a few threads and gives their lines in order; names the file that does not end.
fn outcomes(files: &[PathBuf], outcome: fn(&Path) -> String) -> Vec<String> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(4);
    let queue: &Mutex<VecDeque<(usize, PathBuf)>> =
        Box::leak(Box::new(Mutex::new(files.iter().cloned().enumerate().collect())));
    let (sender, done) = mpsc::channel();
    for _ in 0..threads {
        let sender = sender.clone();
        let work = move || {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                let Some((index, path)) = next else { return };
                let _ = sender.send((index, None));
                let _ = sender.send((index, Some(outcome(&path))));
            }
        };
        // Not joined: one that hangs must not keep the test from saying so.
        let _ = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    }
    drop(sender);
    let mut lines = vec![String::new(); files.len()];
    let mut open: BTreeMap<usize, Instant> = BTreeMap::new();
    loop {
        match done.recv_timeout(Duration::from_secs(1)) {
            Ok((index, None)) => drop(open.insert(index, Instant::now())),
            Ok((index, Some(line))) => {
                open.remove(&index);
                lines[index] = line;
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => return lines,
        }
        if let Some((index, _)) = open.iter().find(|(_, start)| start.elapsed() > HANG) {
            panic!("{} does not end", name(&files[*index]));
        }
    }
}
