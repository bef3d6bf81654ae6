//! Writing and reading the cache's values: numbers little-endian, texts and lists with their length in front.

/// Bytes being written.
#[derive(Debug, Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn number(&mut self, value: usize) {
        // More than four thousand million of anything does not fit into memory anyway.
        self.0.extend_from_slice(&(value as u32).to_le_bytes());
    }

    pub(crate) fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len());
        for item in items {
            write(self, item);
        }
    }
}

/// Bytes being read; nothing where they end too early or are no text.
#[derive(Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn number(&mut self) -> Option<usize> {
        let bytes: [u8; 4] = self.take(4)?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes) as usize)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    pub(crate) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        // Each item takes a byte or more: a broken count asks for no memory that the bytes do not bear out.
        let mut items = Vec::with_capacity(count.min(self.0.len()));
        for _ in 0..count {
            items.push(read(self)?);
        }
        Some(items)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_a_byte_less_is_nothing() {
        let mut writer = Writer::default();
        writer.list(&["甲", "乙"], |w, t| w.text(t));
        writer.byte(7);
        let read = |bytes: &[u8]| {
            let mut reader = Reader(bytes);
            let list = reader.list(|r| r.text().map(ToOwned::to_owned))?;
            Some((list, reader.byte()?))
        };
        assert_eq!(read(&writer.0), Some((vec!["甲".to_owned(), "乙".to_owned()], 7)));
        assert_eq!(read(&writer.0[..writer.0.len() - 1]), None);
        assert_eq!(read(&[255, 255, 255, 255, 1]), None);
    }
}
