//! Forms of organisations' names: legal forms before a name, endings that close one.

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
}

impl OrgForms {
    /// Reads the table.
    ///
    /// # Errors
    /// On a row with an unknown role.
    pub fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let mut forms = Self::default();
        for (line, cells) in rows(file, text)?.rows {
            match cells[0] {
                "prefix" => forms.prefixes.push(cells[1].chars().collect()),
                "suffix" => forms.suffixes.push(cells[1].chars().collect()),
                "generic" => forms.generic.push(cells[1].to_owned()),
                other => return Err(TableError::new(file, line, format!("`{other}` is no role of a form"))),
            }
        }
        for list in [&mut forms.prefixes, &mut forms.suffixes] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        Ok(forms)
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
    fn unknown_roles_are_refused() {
        assert!(OrgForms::read("t.tsv", "role\tword\ninfix\t会\n").is_err());
    }
}
