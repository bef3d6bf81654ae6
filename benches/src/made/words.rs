//! Names for made-up reports: public bodies, laws, threats and products of our lexicon, and companies that do not exist.

use hakusho_lexicon::Entry;
use hakusho_model::MentionKind;

use crate::companies;

/// Made-up companies of the whole collection.
const COMPANIES: usize = 4000;
/// Characters a name has at most, so that it fits a cell.
const SHORT: usize = 14;

/// Lists of names, each in a fixed order.
pub(super) struct Words {
    pub(super) bodies: Vec<String>,
    pub(super) laws: Vec<String>,
    pub(super) threats: Vec<String>,
    pub(super) products: Vec<String>,
    /// Only these meet with incidents.
    pub(super) companies: Vec<String>,
}

impl Words {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let of = |kind: MentionKind, fits: fn(&Entry) -> bool| -> Vec<String> {
            let named = entries.iter().filter(|e| e.kind == kind && fits(e) && !e.weak.contains(&e.ja));
            named.map(|e| e.ja.clone()).filter(|n| (3..=SHORT).contains(&n.chars().count())).collect()
        };
        let company = |n: usize| {
            let name = companies::name(n);
            if n.is_multiple_of(3) { format!("{name}株式会社") } else { format!("株式会社{name}") }
        };
        Self {
            bodies: of(MentionKind::Org, |e| e.id.starts_with("org/jp/")),
            laws: of(MentionKind::Law, |_| true),
            threats: of(MentionKind::Threat, |_| true),
            products: of(MentionKind::Product, |_| true),
            companies: (0..COMPANIES).map(company).collect(),
        }
    }
}
