//! `hakusho demo`: the bundled sample editions, five questions, and where to look next.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use hakusho_batch::{DataFolder, IngestOptions, ingest};
use hakusho_pipeline::Knowledge;
use hakusho_store::{QueryOptions, QueryService};

use super::Context;
use super::examples::example;
use super::query::answer;
use crate::args::{DemoArgs, QueryFormat};
use crate::output::{self, Progress};

/// The bundled sample editions.
const SAMPLES: [(&str, &[u8]); 3] = [
    ("mihon-r05.pdf", include_bytes!("../../../../corpora/samples/mihon-r05.pdf")),
    ("mihon-r06.pdf", include_bytes!("../../../../corpora/samples/mihon-r06.pdf")),
    ("mihon-r07.pdf", include_bytes!("../../../../corpora/samples/mihon-r07.pdf")),
];

/// The questions it asks.
const QUESTIONS: [&str; 5] =
    ["threats-by-edition", "incidents", "laws-named", "figures-in-text", "exhibits-and-sources"];

pub(crate) fn run(context: &Context, args: &DemoArgs) -> Result<ExitCode> {
    let folder = folder(args)?;
    let inputs = folder.join("samples");
    fs::create_dir_all(&inputs).with_context(|| format!("cannot make the folder `{}`", inputs.display()))?;
    let mut files = Vec::new();
    for (name, bytes) in SAMPLES {
        let path = inputs.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))?;
        files.push(path);
    }
    let data = DataFolder::create(&folder.join("data"), None)?;
    let knowledge = Knowledge::with_base(data.base())?;
    let archive = data.archive(&knowledge)?;
    let progress = Progress::new(context.quiet, files.len());
    let show = |done, total, pages| progress.show(done, total, pages);
    let reports = ingest(&data, &archive, &knowledge, &files, &IngestOptions::default(), &show)?;
    progress.finish();
    output::print("Three made-up sample editions (見本) are loaded:\n\n")?;
    for r in &reports {
        output::print(&format!(
            "  {}: {} pages, {} mentions, {} statements\n",
            r.edition, r.pages, r.mentions, r.quads
        ))?;
    }
    let service = QueryService::new(&archive, QueryOptions::default());
    for (n, name) in QUESTIONS.iter().enumerate() {
        let question = example(name).ok_or_else(|| anyhow!("the example `{name}` is missing"))?;
        output::print(&format!(
            "\n{}. {}\n   {}\n\n",
            n + 1,
            question.header("title@en"),
            question.header("title@ja")
        ))?;
        output::print_bytes(&answer(&service, question.text, QueryFormat::Table)?)?;
    }
    output::print(&next_steps(&data))?;
    Ok(ExitCode::SUCCESS)
}

fn folder(args: &DemoArgs) -> Result<PathBuf> {
    if let Some(folder) = &args.into {
        return Ok(folder.clone());
    }
    let folder = std::env::temp_dir().join("hakusho-demo");
    // A folder that an earlier demo made is made anew, so that the demo always shows the same.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear `{}`", folder.display()))?;
    }
    Ok(folder)
}

fn next_steps(data: &DataFolder) -> String {
    let data = data.path().display();
    format!(
        "\nThe data folder is {data}. Try next:\n\n\
         \x20 hakusho --data {data} editions list\n\
         \x20 hakusho --data {data} query --examples\n\
         \x20 hakusho --data {data} query -e 'SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY ?p ORDER BY DESC(?n)'\n\
         \x20 hakusho --data {data} serve        # the web page and SPARQL at http://127.0.0.1:7878\n\
         \x20 hakusho extract --to md YOUR-REPORT.pdf\n\
         \x20 hakusho --data my-archive ingest FOLDER-OF-REPORTS\n"
    )
}
