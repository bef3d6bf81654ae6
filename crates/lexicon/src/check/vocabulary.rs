//! The closed lists of `ontology/lexicon/README.md`.

use hakusho_model::MentionKind;

use crate::ids;

/// Kinds of each type.
pub(crate) fn kinds(kind: MentionKind) -> &'static [&'static str] {
    match kind {
        MentionKind::Org => &[
            "government",
            "ministry",
            "agency",
            "bureau",
            "committee",
            "council",
            "court",
            "police",
            "military",
            "legislature",
            "central_bank",
            "independent_agency",
            "research",
            "company",
            "university",
            "school",
            "hospital",
            "association",
            "international",
            "media",
            "party",
            "group",
        ],
        MentionKind::Law => {
            &["constitution", "act", "order", "bill", "regulation", "guideline", "policy", "treaty", "tax", "license"]
        }
        MentionKind::Survey => &["series", "edition", "publication", "dataset"],
        MentionKind::Cert => &["scheme", "standard", "exam"],
        MentionKind::Product => &["service", "software", "device", "model", "currency", "system", "class"],
        MentionKind::Loc => &["country", "region", "prefecture", "state", "municipality", "city"],
        MentionKind::Threat | MentionKind::Incident => &["concept"],
        MentionKind::Event => &["disaster", "conference", "sport", "pandemic", "war", "election", "campaign"],
        MentionKind::Person => &["person"],
        MentionKind::Date | MentionKind::Qty => &[],
    }
}

/// Where rows may come from.
pub(crate) const SOURCES: [&str; 16] = [
    "hand", "nta2018", "nta", "govcore", "edinet", "mext", "egov2020", "egov", "dantai", "attack", "cldr", "iso3166",
    "ipa", "misp", "rsit", "skos",
];

/// Relations of links.
pub(crate) const RELATIONS: [&str; 7] =
    ["parent", "replaces", "broader", "related", "publisher", "amends", "closeMatch"];

/// What is wrong with an identifier, in words.
pub(crate) fn identifier_problem(scheme: &str, value: &str) -> Option<(&'static str, String)> {
    let shape =
        |fits: bool, what: &str| (!fits).then(|| ("identifier", format!("`{value}` is not shaped as {what} is")));
    match scheme {
        "hojin" => (!ids::is_hojin(value))
            .then(|| ("check-digit", format!("`{value}` is no 法人番号: 13 digits, the first the check digit"))),
        "dantai" => (!ids::is_dantai(value)).then(|| {
            ("check-digit", format!("`{value}` is no 全国地方公共団体コード: 6 digits, the last the check digit"))
        }),
        "egov" => shape(ids::is_law_id(value), "a 法令ID"),
        "lawno" => shape(value.contains('第') && value.ends_with('号') || value.ends_with("憲法"), "a 法令番号"),
        "school" => shape(ids::is_school_code(value), "a 学校コード"),
        "sec" => shape(ids::is_securities_code(value), "a 証券コード"),
        "edinet" => shape(ids::is_edinet(value), "an EDINETコード"),
        "iso" => shape(ids::is_iso3166(value), "an ISO 3166 code"),
        "attack" => shape(ids::is_attack_id(value), "an ATT&CK id"),
        "rsit" => shape(is_path(value), "an RSIT class"),
        "eli" => shape(value.starts_with("http://") || value.starts_with("https://"), "the IRI of an ELI"),
        "wd" => shape(value.strip_prefix('Q').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())), "a Wikidata id"),
        _ => Some(("identifier", format!("`{scheme}` is no known scheme of identifiers"))),
    }
}

/// Whether the id is built as its type wants it.
pub(crate) fn id_fits(id: &str, kind: MentionKind, class: &str) -> bool {
    let parts: Vec<&str> = id.split('/').collect();
    match (kind, parts.as_slice()) {
        (MentionKind::Org, ["org", "jp", number]) => ids::is_hojin(number),
        (MentionKind::Org, ["org", "jp", "univ", code]) => ids::is_school_code(code),
        (MentionKind::Org, ["org", "x" | "skos", name]) => is_slug(name),
        (MentionKind::Law, ["law", "jp", id]) => ids::is_law_id(id),
        (MentionKind::Law, ["law", "jp", "x", name]) => is_slug(name),
        (MentionKind::Law, ["law", place, name]) => is_slug(place) && is_slug(name),
        (MentionKind::Law, ["bill", place, name]) => class == "bill" && is_slug(place) && is_slug(name),
        (MentionKind::Threat, ["threat", "hk" | "ipa10" | "attack" | "skos", name]) => is_slug(name),
        (MentionKind::Incident, ["incident", name]) => is_slug(name),
        (MentionKind::Loc, ["country", code]) => class == "country" && ids::is_alpha2(code),
        (MentionKind::Loc, ["place", "jp", code]) => {
            ids::is_dantai(code)
                || code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit())
                || is_slug(code) && class == "city"
        }
        (MentionKind::Loc, ["place", place, name]) => is_slug(place) && is_slug(name),
        (MentionKind::Event, ["event", "attack", name]) => is_slug(name),
        (_, [head, "x" | "skos", name]) => *head == kind.as_str().to_lowercase() && is_slug(name),
        _ => false,
    }
}

/// Lower-case ASCII letters, digits and single hyphens.
fn is_slug(name: &str) -> bool {
    let fits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(fits)
}

fn is_path(value: &str) -> bool {
    value.split('/').all(is_slug)
}
