//! All names that are looked for: curated entries, imported layers, and the matcher over both; with a form that loads fast.

use daachorse::CharwiseDoubleArrayAhoCorasick;
use hakusho_model::MentionKind;

use crate::bytes::{Reader, Writer};
use crate::entries::{Entry, embedded_entries};
use crate::layer::Layer;
use crate::matcher::{Matcher, Sense, Strength};
use crate::merge::merge;
use crate::tsv::TableError;

/// Sources of everything that decides what the bytes of a gazetteer mean. A change of any makes other bytes.
const CODE: [&str; 8] = [
    include_str!("bytes.rs"),
    include_str!("entries.rs"),
    include_str!("gazetteer.rs"),
    include_str!("layer.rs"),
    include_str!("matcher.rs"),
    include_str!("merge.rs"),
    include_str!("normalize.rs"),
    include_str!("tsv.rs"),
];

/// Entries and the matcher over their surfaces.
#[derive(Debug)]
pub struct Gazetteer {
    /// Curated entries, with what layers add to them, then those of layers, sorted by id.
    pub entries: Vec<Entry>,
    /// How many of the entries are curated.
    pub curated: usize,
    /// The matcher; its hits number `entries`.
    pub matcher: Matcher,
}

impl Gazetteer {
    /// The curated entries that come with the program.
    ///
    /// # Errors
    /// When an embedded table is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, TableError> {
        Self::with_layers(Vec::new())
    }

    /// The curated entries and layers, in the order given.
    ///
    /// The same layers give the same entries and the same hits.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn with_layers(layers: Vec<Layer>) -> Result<Self, TableError> {
        let merged = merge(embedded_entries()?, layers);
        Ok(Self { matcher: Matcher::new(&merged.entries), entries: merged.entries, curated: merged.curated })
    }

    /// Texts that decide what [`Self::to_bytes`] means: who keeps the bytes keeps a hash of these with them.
    pub fn code() -> impl Iterator<Item = &'static str> {
        CODE.into_iter()
    }

    /// The whole as bytes that load faster than the tables they are made of.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.number(self.curated);
        out.list(&self.entries, write_entry);
        out.list(&self.matcher.starts, |w, start| w.number(*start as usize));
        out.list(&self.matcher.senses, |w, sense| {
            w.number(sense.entry as usize);
            w.byte(u8::from(sense.strength == Strength::Plain) | u8::from(sense.capitals) << 1);
        });
        if let Some(automaton) = &self.matcher.automaton {
            out.0.extend(automaton.serialize());
        }
        out.0
    }

    /// Reads what [`Self::to_bytes`] wrote; nothing where the bytes are something else.
    ///
    /// The bytes must be those that were written: who keeps them keeps a checksum. Damage never makes this function panic,
    /// but an automaton from bytes that were changed on purpose may find wrong things or never end.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut input = Reader(bytes);
        let curated = input.number()?;
        let entries = input.list(read_entry)?;
        let starts = input.list(|r| r.number().map(|n| n as u32))?;
        let senses = input.list(|r| {
            let (entry, flags) = (r.number()? as u32, r.byte()?);
            let strength = if flags & 1 == 1 { Strength::Plain } else { Strength::Weak };
            Some(Sense { entry, strength, capitals: flags & 2 == 2 })
        })?;
        let sound = curated <= entries.len() && senses.iter().all(|s| (s.entry as usize) < entries.len());
        let automaton = match input.0 {
            [] => None,
            // Its own check keeps what it reads within its tables.
            bytes => {
                Some(CharwiseDoubleArrayAhoCorasick::deserialize(bytes).ok().filter(|(_, rest)| rest.is_empty())?.0)
            }
        };
        sound.then_some(Self { entries, curated, matcher: Matcher { automaton, starts, senses } })
    }
}

fn write_entry(out: &mut Writer, entry: &Entry) {
    let kind = MentionKind::ALL.iter().position(|k| *k == entry.kind).unwrap_or_default();
    out.byte(kind as u8);
    for text in [&entry.id, &entry.class, &entry.ja, &entry.en, &entry.country, &entry.valid, &entry.source] {
        out.text(text);
    }
    for list in [&entry.aliases, &entry.weak] {
        out.list(list, |w, text| w.text(text));
    }
    for pairs in [&entry.ids, &entry.links] {
        out.list(pairs, |w, (name, value)| {
            w.text(name);
            w.text(value);
        });
    }
}

fn read_entry(input: &mut Reader<'_>) -> Option<Entry> {
    let text = |r: &mut Reader<'_>| r.text().map(ToOwned::to_owned);
    let pair = |r: &mut Reader<'_>| Some((text(r)?, text(r)?));
    Some(Entry {
        kind: *MentionKind::ALL.get(input.byte()? as usize)?,
        id: text(input)?,
        class: text(input)?,
        ja: text(input)?,
        en: text(input)?,
        country: text(input)?,
        valid: text(input)?,
        source: text(input)?,
        aliases: input.list(text)?,
        weak: input.list(text)?,
        ids: input.list(pair)?,
        links: input.list(pair)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::tests::entry;
    use crate::layer::Origin;

    fn gazetteer() -> Gazetteer {
        let entries = vec![entry("org/jp/1", "見本架空製作所", &["見本架空工業"])];
        Gazetteer::with_layers(vec![Layer { origin: Origin::default(), entries }]).expect("well formed")
    }

    #[test]
    fn what_was_written_finds_the_same() {
        let built = gazetteer();
        let bytes = built.to_bytes();
        assert_eq!(bytes, gazetteer().to_bytes(), "the same names give the same bytes");
        let read = Gazetteer::from_bytes(&bytes).expect("readable");
        assert_eq!((&read.entries, read.curated), (&built.entries, built.curated));
        let text = "総務省と見本架空工業が、MICとWHOのアメリカ政府向け";
        assert_eq!(read.matcher.find(text), built.matcher.find(text));
        let last = read.entries.len() as u32 - 1;
        assert!(read.matcher.find(text).iter().any(|h| h.entry == last));
    }

    #[test]
    fn bytes_cut_short_or_long_are_nothing() {
        let bytes = gazetteer().to_bytes();
        for end in (0..bytes.len()).step_by(bytes.len() / 64) {
            assert!(Gazetteer::from_bytes(&bytes[..end]).is_none_or(|g| g.matcher.automaton.is_none()), "{end}");
        }
        assert!(Gazetteer::from_bytes(&[&bytes[..], b"x"].concat()).is_none());
    }
}
