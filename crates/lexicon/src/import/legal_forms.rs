//! Legal forms around a company's name: 株式会社見本, 見本有限会社.

use crate::org_forms::OrgForms;
use crate::tsv::TableError;

/// The legal forms of `org-forms.tsv` with the kind of body they say.
pub(crate) struct LegalForms(Vec<(String, String)>);

/// Bodies that run something else of a similar name: the name without the form would be that of what they run.
const OPERATORS: [&str; 3] = ["国立大学法人", "公立大学法人", "学校法人"];
/// Forms of the register that reports do not print.
const RARE: [(&str, &str); 4] =
    [("合資会社", "company"), ("合名会社", "company"), ("相互会社", "company"), ("特例有限会社", "company")];

impl LegalForms {
    /// The forms that come with the program, longer ones first.
    pub(crate) fn embedded() -> Result<Self, TableError> {
        let listed = OrgForms::embedded()?;
        let all = listed.legal_forms().chain(RARE);
        let mut forms: Vec<(String, String)> = all.map(|(form, class)| (form.to_owned(), class.to_owned())).collect();
        forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        Ok(Self(forms))
    }

    /// The usual name of a body and the kind its form says, if it has one.
    ///
    /// A body that runs something of a similar name (学校法人) keeps its form.
    pub(crate) fn split<'n>(&self, name: &'n str) -> (&'n str, Option<&str>) {
        for (form, class) in &self.0 {
            let bare = name.strip_prefix(form.as_str()).or_else(|| name.strip_suffix(form.as_str()));
            let Some(bare) = bare.map(str::trim).filter(|b| !b.is_empty()) else { continue };
            let kept = OPERATORS.contains(&form.as_str());
            return (if kept { name } else { bare }, Some(class));
        }
        (name, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_before_and_behind() {
        let forms = LegalForms::embedded().expect("well formed");
        let check = |name: &str, bare: &str, class: Option<&str>| assert_eq!(forms.split(name), (bare, class));
        check("株式会社見本製作所", "見本製作所", Some("company"));
        check("見本製作所有限会社", "見本製作所", Some("company"));
        check("地方独立行政法人見本病院", "見本病院", Some("agency"));
        check("学校法人見本学園", "学校法人見本学園", Some("university"));
        check("株式会社", "株式会社", None);
        check("見本会", "見本会", None);
    }
}
