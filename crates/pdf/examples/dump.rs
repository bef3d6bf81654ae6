//! Prints the glyph runs of a file: `cargo run --example dump -- FILE [PAGE]`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for looking at one file")]
use hakusho_pdf::{OpenOptions, Pdf};

fn main() {
    let mut args = std::env::args().skip(1);
    let bytes = std::fs::read(args.next().unwrap()).unwrap();
    let only: Option<u32> = args.next().and_then(|n| n.parse().ok());
    let report = Pdf::open(&bytes, &OpenOptions::default()).unwrap().read();
    for page in report.pages.iter().filter(|p| only.is_none_or(|n| n == p.index)) {
        println!("page {} {:?} {}x{}", page.index, page.label, page.width, page.height);
        for run in &page.runs {
            let text: String = page.glyphs_of(run).iter().filter(|g| g.flags.0 & 6 == 0).map(|g| g.ch).collect();
            let b = page.glyphs_of(run)[0].bbox;
            println!(
                "{:6.1} {:6.1} {:5.1} {:4} {} {}",
                b.x0, b.y0, run.size, run.angle, report.fonts[run.font as usize].name, text
            );
        }
        println!("rules {} shapes {} images {}", page.rules.len(), page.shapes.len(), page.images.len());
    }
    for d in &report.diagnostics {
        println!("{d:?}");
    }
}
