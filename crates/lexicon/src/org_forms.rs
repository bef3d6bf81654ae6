//! Forms of organisations' names: legal forms before a name, endings that close one.

use std::sync::LazyLock;

use crate::embedded::FILES;
use crate::tsv::{TableError, rows};

/// The table `org-forms.tsv`; longer words stand first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrgForms {
    /// 株式会社, 一般財団法人.
    pub prefixes: Vec<Vec<char>>,
    /// 大学, 協会, 検討会.
    pub suffixes: Vec<Vec<char>>,
    /// What names nobody when it stands alone before a suffix (国立大学).
    pub generic: Vec<String>,
    /// The characters that prefixes and suffixes begin with.
    pub heads: CharSet,
    /// What a name tells by its end, by its legal form, and as that of a body of a place.
    endings: Vec<Classed>,
    legal: Vec<Classed>,
    local: Vec<Classed>,
}

/// A form with the class of the organizations that are called so.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Classed {
    word: String,
    class: String,
}

/// A set of characters of the basic plane that answers in one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CharSet(Vec<u64>);

impl CharSet {
    /// No character.
    pub(crate) const EMPTY: Self = Self(Vec::new());

    /// The set of some characters.
    pub(crate) fn of<'c>(chars: impl Iterator<Item = &'c char>) -> Self {
        let mut set = Self::EMPTY;
        chars.for_each(|c| set.insert(*c));
        set
    }

    /// Whether the character is in it.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        let code = c as usize;
        self.0.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    pub(crate) fn insert(&mut self, c: char) {
        let code = c as usize;
        if self.0.len() <= code / 64 {
            self.0.resize(code / 64 + 1, 0);
        }
        self.0[code / 64] |= 1 << (code % 64);
    }
}

impl Classed {
    fn ends(&self, name: &str) -> bool {
        name.len() > self.word.len() && name.ends_with(&self.word)
    }

    fn begins(&self, name: &str) -> bool {
        name.len() > self.word.len() && name.starts_with(&self.word)
    }
}

impl OrgForms {
    /// Reads the table.
    ///
    /// # Errors
    /// On a row with an unknown role.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut forms = Self::default();
        for (line, cells) in rows(file, text)?.rows {
            let class = cells.get(2).copied().unwrap_or_default();
            let classed = (!class.is_empty()).then(|| Classed { word: cells[1].to_owned(), class: class.to_owned() });
            match cells[0] {
                "prefix" => {
                    forms.prefixes.push(cells[1].chars().collect());
                    forms.legal.extend(classed);
                }
                "suffix" => {
                    forms.suffixes.push(cells[1].chars().collect());
                    forms.endings.extend(classed);
                }
                "ending" => forms.endings.extend(classed),
                "local" => forms.local.extend(classed),
                "generic" => forms.generic.push(cells[1].to_owned()),
                other => return Err(TableError::new(file, line, format!("`{other}` is no role of a form"))),
            }
        }
        for list in [&mut forms.prefixes, &mut forms.suffixes] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        for list in [&mut forms.endings, &mut forms.legal, &mut forms.local] {
            list.sort_by(|a, b| b.word.len().cmp(&a.word.len()).then_with(|| a.word.cmp(&b.word)));
        }
        for word in forms.prefixes.iter().chain(&forms.suffixes) {
            word.first().into_iter().for_each(|c| forms.heads.insert(*c));
        }
        Ok(forms)
    }

    /// What kind of organization a name tells that it is of: by its end, else by its legal form. `university`, `company`, …
    pub fn class_of(&self, name: &str) -> Option<&str> {
        let ended = self.endings.iter().find(|f| f.ends(name));
        ended.or_else(|| self.legal.iter().find(|f| f.begins(name))).map(|f| f.class.as_str())
    }

    /// The same for the name of a body of a place, which is often called by the place alone.
    pub fn class_of_local(&self, name: &str) -> Option<&str> {
        self.class_of(name).or_else(|| self.local.iter().find(|f| f.ends(name)).map(|f| f.class.as_str()))
    }

    /// Legal forms with the class that they say, longer ones first.
    pub(crate) fn legal_forms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.legal.iter().map(|f| (f.word.as_str(), f.class.as_str()))
    }

    /// The forms that come with the program, read once. A malformed table, which a test excludes, has none.
    pub fn shared() -> &'static Self {
        static FORMS: LazyLock<OrgForms> = LazyLock::new(|| OrgForms::embedded().unwrap_or_default());
        &FORMS
    }

    /// The forms that come with the program.
    ///
    /// # Errors
    /// When the embedded table is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, TableError> {
        let text = FILES.iter().find(|(name, _)| *name == "org-forms.tsv").map_or("role\tword", |(_, t)| t);
        Self::read("org-forms.tsv", text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_forms_stand_first() {
        let forms = OrgForms::embedded().expect("well formed");
        let place = |word: &str| forms.suffixes.iter().position(|s| s.iter().collect::<String>() == word);
        assert!(place("教育委員会") < place("委員会") && place("委員会").is_some());
    }

    #[test]
    fn names_tell_what_kind_of_organization_they_are_of() {
        let forms = OrgForms::embedded().expect("well formed");
        let check = |name: &str, expected: Option<&str>| assert_eq!(forms.class_of(name), expected, "{name}");
        check("見本大学", Some("university"));
        check("学校法人見本学園", Some("school"));
        check("医療法人社団見本会", Some("hospital"));
        check("医療法人見本病院", Some("hospital"));
        check("見本大学病院", Some("hospital"));
        check("株式会社みほん", Some("company"));
        check("みほん銀行", Some("company"));
        check("見本市教育委員会", Some("government"));
        check("Mihon Inc.", Some("company"));
        // A form alone is no name, and most names tell nothing.
        check("大学", None);
        check("みほん", None);
        check("見本市", None);
        let local = |name: &str, expected: Option<&str>| assert_eq!(forms.class_of_local(name), expected, "{name}");
        local("見本市", Some("municipality"));
        local("見本県", Some("prefecture"));
        local("見本県警", Some("police"));
        local("市", None);
    }

    #[test]
    fn heads_are_first_characters() {
        let forms = OrgForms::read("t.tsv", "role\tword\nsuffix\t協会\nprefix\t株式会社\n").expect("well formed");
        let heads: Vec<bool> = "協株会𠮷".chars().map(|c| forms.heads.contains(c)).collect();
        assert_eq!(heads, [true, true, false, false]);
    }

    #[test]
    fn unknown_roles_are_refused() {
        assert!(OrgForms::read("t.tsv", "role\tword\ninfix\t会\n").is_err());
    }
}
