//! Writes small PDF files from objects, sound ones and such as no producer would write.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Deflates some bytes.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("writing to memory");
    encoder.finish().expect("writing to memory")
}

/// A file under construction. Numbers 1 to 5 are catalog, page tree, page, content and font.
#[derive(Clone, Debug, Default)]
pub(crate) struct Builder {
    objects: BTreeMap<u32, Vec<u8>>,
    trailer: String,
    size: Option<u64>,
}

impl Builder {
    /// A file with one page of that content. `/F` is Helvetica with `WinAnsiEncoding`.
    pub(crate) fn page(content: &[u8]) -> Self {
        let mut file = Self::default();
        file.object(1, "<</Type/Catalog/Pages 2 0 R>>");
        file.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        file.leaf(3, "/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R");
        file.stream(4, "", content);
        file.object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
        file
    }

    /// Sets an object's body.
    pub(crate) fn object(&mut self, number: u32, body: impl AsRef<[u8]>) -> &mut Self {
        self.objects.insert(number, body.as_ref().to_vec());
        self
    }

    /// Sets a page of 100 by 100 points with further entries.
    pub(crate) fn leaf(&mut self, number: u32, entries: &str) -> &mut Self {
        self.object(number, format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]{entries}>>"))
    }

    /// Sets a stream with further entries and the right length.
    pub(crate) fn stream(&mut self, number: u32, entries: &str, data: &[u8]) -> &mut Self {
        self.stream_with_length(number, entries, &data.len().to_string(), data)
    }

    /// Sets a stream whose length is as told.
    pub(crate) fn stream_with_length(&mut self, number: u32, entries: &str, length: &str, data: &[u8]) -> &mut Self {
        let mut body = format!("<<{entries}/Length {length}>>\nstream\n").into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(number, body)
    }

    /// Further entries of the trailer.
    pub(crate) fn trailer(&mut self, entries: &str) -> &mut Self {
        self.trailer.push_str(entries);
        self
    }

    /// Another `Size` than the right one.
    pub(crate) fn size(&mut self, size: u64) -> &mut Self {
        self.size = Some(size);
        self
    }

    /// The file, and where its table begins.
    pub(crate) fn finish_with_table(&self) -> (Vec<u8>, usize) {
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = String::new();
        for (number, body) in &self.objects {
            table.push_str(&format!("{number} 1\n{:010} 00000 n \n", out.len()));
            out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            out.extend_from_slice(body);
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len();
        let size = self.size.unwrap_or_else(|| self.objects.keys().max().map_or(1, |n| u64::from(*n) + 1));
        let trailer = &self.trailer;
        let tail = format!(
            "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
        );
        out.extend_from_slice(tail.as_bytes());
        (out, start)
    }

    /// The file.
    pub(crate) fn finish(&self) -> Vec<u8> {
        self.finish_with_table().0
    }
}
