//! Whether a decision can be carried out: its target is known and of the right type.

use hakusho_lexicon::{Entry, match_key};
use hakusho_model::MentionKind;

use super::{Action, Decision};
use crate::entities::folder;
use crate::linker::Linker;

/// Why a decision cannot be carried out, in words.
pub type Refusal = String;

impl Linker {
    /// The decision with its target as a path below the namespace; the target may be given as IRI, path, or identifier
    /// (`hojin:2000012020001`).
    ///
    /// # Errors
    /// When it cannot be carried out, with the reason in words.
    pub fn checked(&self, decision: Decision) -> Result<Decision, Refusal> {
        let Decision { kind, action, .. } = decision;
        if match_key(&decision.surface).text().is_empty() {
            return Err("the surface has no characters that count".to_owned());
        }
        if !valid_scope(&decision.scope) {
            return Err(format!("`{}` is no scope: neither the slug of an edition nor a SHA-256", decision.scope));
        }
        let value = matches!(kind, MentionKind::Date | MentionKind::Qty);
        let target = match action {
            // The template fills in the likeliest target, which `not` has no use for.
            Action::Not => String::new(),
            _ if value => {
                return Err(format!("`{}` does not go with {}; only `not` does", action.as_str(), kind.as_str()));
            }
            Action::Type => other_type(&decision.target, kind)?,
            Action::Differs if decision.target.is_empty() => String::new(),
            Action::Is | Action::Same | Action::Differs => self.path_of_type(&decision.target, kind)?,
        };
        Ok(Decision { target, ..decision })
    }

    fn path_of_type(&self, target: &str, kind: MentionKind) -> Result<String, Refusal> {
        if target.is_empty() {
            return Err("the target is missing".to_owned());
        }
        let path = target.strip_prefix(self.base()).unwrap_or(target);
        let unlisted = format!("{}/nil/", folder(kind));
        if path.strip_prefix(&unlisted).is_some_and(|key| !key.is_empty() && !key.contains(['/', ' '])) {
            return Ok(path.to_owned());
        }
        let entry = self.entry_by_path(path).or_else(|| self.by_identifier(path));
        match entry {
            Some(entry) if entry.kind == kind => Ok(entry.id.clone()),
            Some(entry) => Err(format!("`{target}` is of type {}, not {}", entry.kind.as_str(), kind.as_str())),
            None => Err(format!("`{target}` is in no list")),
        }
    }

    fn by_identifier(&self, id: &str) -> Option<&Entry> {
        let (scheme, value) = id.split_once(':')?;
        self.entries().iter().find(|e| e.identifier(scheme) == Some(value))
    }
}

fn other_type(target: &str, kind: MentionKind) -> Result<String, Refusal> {
    match MentionKind::parse(target) {
        Some(MentionKind::Date | MentionKind::Qty) | None => Err(format!("`{target}` is no type of entity")),
        Some(other) if other == kind => Err(format!("it is of type {target} already")),
        Some(_) => Ok(target.to_owned()),
    }
}

fn valid_scope(scope: &str) -> bool {
    scope.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}
