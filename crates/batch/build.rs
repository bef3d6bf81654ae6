//! Lists the example questions: every `ontology/queries/*.rq` becomes part of the program, none is named in code.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    rules()?;
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../ontology/queries").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rq") {
            println!("cargo:rerun-if-changed={}", path.display());
            let text = fs::read_to_string(&path)?;
            let topic = text.lines().find_map(|l| l.strip_prefix("# topic:")).map_or("", str::trim).to_owned();
            let name = path.file_stem().and_then(|n| n.to_str()).ok_or("a query has an odd name")?.to_owned();
            found.push((topic, name, path));
        }
    }
    found.sort();
    let mut code = String::from("&[\n");
    for (_, name, path) in &found {
        code += &format!("    Example {{ name: {name:?}, text: include_str!({:?}) }},\n", path.display().to_string());
    }
    code += "]\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("examples.rs"), code)?;
    Ok(())
}

/// Lists the integrity rules in the same way.
fn rules() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../ontology/rules").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rq") {
            println!("cargo:rerun-if-changed={}", path.display());
            let name = path.file_stem().and_then(|n| n.to_str()).ok_or("a rule has an odd name")?.to_owned();
            found.push((name, path.display().to_string()));
        }
    }
    found.sort();
    let mut code = String::from("&[\n");
    for (name, path) in &found {
        code += &format!("    ({name:?}, include_str!({path:?})),\n");
    }
    code += "]\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("rules.rs"), code)?;
    Ok(())
}
