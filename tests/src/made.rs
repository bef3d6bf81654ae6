//! Small reports made on the spot, so that a test can have as many editions as it needs. The text stands in a font that the
//! file does not hold, with a predefined character map (ISO 32000-1, 9.7.5.2).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A line of text: left, height over the bottom of the page, size, all in points.
#[derive(Clone, Debug)]
pub struct Line(pub u32, pub u32, pub u32, pub String);

/// Where the objects of the pages begin; those before are the same in every file.
const FIRST_PAGE: usize = 6;

/// A PDF file of pages with lines of text.
pub fn pdf(pages: &[Vec<Line>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|i| format!("{} 0 R ", FIRST_PAGE + 2 * i + 1)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/Mincho/Encoding/UniJIS-UTF16-H/DescendantFonts[4 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/Mincho/DW 1000/FontDescriptor 5 0 R\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>"
            .to_owned(),
        "<</Type/FontDescriptor/FontName/Mincho/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880\
         /Descent -120/CapHeight 700/StemV 80>>"
            .to_owned(),
    ];
    for (i, lines) in pages.iter().enumerate() {
        let content = content(lines);
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F0 3 0 R>>>>/Contents {} 0 R>>",
            FIRST_PAGE + 2 * i
        ));
    }
    file(&objects).into_bytes()
}

fn content(lines: &[Line]) -> String {
    let mut out = "BT\n".to_owned();
    for Line(x, y, size, text) in lines {
        let code: String = text.encode_utf16().fold(String::new(), |mut code, unit| {
            let _ = write!(code, "{unit:04X}");
            code
        });
        let _ = writeln!(out, "/F0 {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj");
    }
    out + "ET"
}

/// Objects with header, cross-reference table and trailer.
fn file(objects: &[String]) -> String {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let start = out.len();
    let size = objects.len() + 1;
    let _ = write!(out, "{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    out
}

/// An edition of a known series in two files, as its publisher would give it out again in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Made {
    /// Year of the era 令和.
    pub year: u32,
    /// Version of the files.
    pub version: u32,
}

impl Made {
    /// Writes its files into `folder/{year}-{version}` and returns their paths.
    ///
    /// # Panics
    /// When they cannot be written.
    pub fn write(self, folder: &Path) -> Vec<PathBuf> {
        let folder = folder.join(format!("{:02}-{}", self.year, self.version));
        if let Err(error) = fs::create_dir_all(&folder) {
            panic!("no folder for made reports: {error}");
        }
        let write = |part: u32| {
            let path = folder.join(format!("n14{part}0000.pdf"));
            match fs::write(&path, pdf(&[self.page(part, 1), self.page(part, 2)])) {
                Ok(()) => path,
                Err(error) => panic!("no made report: {error}"),
            }
        };
        [1, 2].map(write).to_vec()
    }

    fn page(self, part: u32, section: u32) -> Vec<Line> {
        let (year, version) = (self.year, self.version);
        let mut lines = vec![
            Line(72, 800, 9, format!("令和{year}年版 情報通信白書")),
            Line(72, 740, 16, format!("第{section}章 見本の動向{part}")),
        ];
        for i in 0..16 {
            let n = year * 100 + part * 10 + section + i;
            let text = match i % 4 {
                0 => format!("総務省は、{}年{}月に見本指針の改定を公表した。", 2018 + year, 1 + n % 12),
                1 => {
                    format!("見本架空第{}株式会社は、標的型攻撃により顧客情報{}件が流出したと発表した。", n % 7, n * 3)
                }
                2 => format!("経済産業省は、第{version}版の調査で企業の{}.{}％が対策済みとした。", 10 + n % 80, n % 10),
                _ => format!("見本架空{year}協会は、ランサムウェアによる被害が{}件あったと公表した。", n + version),
            };
            lines.push(Line(72, 700 - 20 * i, 10, text));
        }
        lines
    }
}
