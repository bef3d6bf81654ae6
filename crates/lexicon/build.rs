//! Collects the files of `ontology/lexicon` and the series of `corpora` into the crate, so that the binary works alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut code = String::new();
    embed(
        &mut code,
        "FILES",
        "Name and text of every file of `ontology/lexicon`, by name.",
        &tables(&root.join("ontology/lexicon"))?,
    )?;
    embed(
        &mut code,
        "SERIES",
        "Folder and text of every `corpora/*/series.toml`, by folder.",
        &series(&root.join("corpora"))?,
    )?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("embedded.rs"), code)
}

fn sorted_names(folder: &Path) -> io::Result<Vec<String>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = fs::read_dir(folder)?.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn tables(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let is_table = |name: &String| Path::new(name).extension().is_some_and(|e| e == "tsv");
    Ok(sorted_names(folder)?.into_iter().filter(is_table).map(|n| (n.clone(), folder.join(n))).collect())
}

fn series(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let files = sorted_names(folder)?.into_iter().map(|n| (n.clone(), folder.join(n).join("series.toml")));
    Ok(files.filter(|(_, path)| path.is_file()).collect())
}

fn embed(code: &mut String, name: &str, doc: &str, files: &[(String, PathBuf)]) -> io::Result<()> {
    let _ = writeln!(code, "/// {doc}\npub(crate) const {name}: &[(&str, &str)] = &[");
    for (key, path) in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let _ = writeln!(code, "    ({key:?}, include_str!({:?})),", path.canonicalize()?.display().to_string());
    }
    code.push_str("];\n");
    Ok(())
}
