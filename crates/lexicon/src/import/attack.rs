//! MITRE ATT&CK as a STIX 2.1 bundle: techniques, groups, software, campaigns.

use hakusho_model::MentionKind;
use serde::Deserialize;

use super::draft::Draft;
use super::egov_json::json_error;
use super::table::{decode, iso_date};
use super::{ImportError, Imported, imported};
use crate::common_words::{Caution, CommonWords};
use crate::entries::Entry;
use crate::ids::is_attack_id;
use crate::layer::Skips;

#[derive(Deserialize)]
struct Bundle {
    objects: Vec<Object>,
}

/// An object of the bundle, as far as names need it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Object {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    revoked: bool,
    x_mitre_deprecated: bool,
    aliases: Vec<String>,
    x_mitre_aliases: Vec<String>,
    external_references: Vec<Reference>,
    first_seen: String,
    last_seen: String,
    modified: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reference {
    source_name: String,
    external_id: String,
}

pub(crate) fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    let text = decode(bytes)?;
    let bundle: Bundle = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|e| json_error(&e))?;
    let words = CommonWords::embedded();
    let (mut skips, mut drafts, mut read, mut newest) = (Skips::default(), Vec::new(), 0, String::new());
    for (i, object) in bundle.objects.iter().enumerate() {
        // Relations, mitigations, detection strategies and the like have no names that reports use.
        if !matches!(object.kind.as_str(), "attack-pattern" | "intrusion-set" | "malware" | "tool" | "campaign") {
            continue;
        }
        read += 1;
        match entry(object, &words) {
            Ok(entry) => {
                newest = newest.max(iso_date(&object.modified).unwrap_or_default());
                drafts.push((i + 1, entry));
            }
            Err(reason) => skips.add(i + 1, reason),
        }
    }
    if read == 0 {
        return Err(ImportError::Shape("the STIX bundle has no technique, group, software or campaign".to_owned()));
    }
    Ok(imported(drafts, read, skips, newest))
}

fn entry(object: &Object, words: &CommonWords) -> Result<Entry, &'static str> {
    if object.revoked {
        return Err("revoked");
    }
    if object.x_mitre_deprecated {
        return Err("deprecated");
    }
    let reference = object.external_references.iter().find(|r| r.source_name.starts_with("mitre-"));
    let id = reference.map(|r| r.external_id.as_str()).filter(|id| is_attack_id(id)).ok_or("no ATT&CK id")?;
    let mut draft = if object.kind == "campaign" {
        Draft::new(
            format!("event/attack/{}", id.to_lowercase()),
            MentionKind::Event,
            "campaign",
            &object.name,
            "attack",
        )
        .valid(seen(object))
    } else {
        Draft::new(format!("threat/attack/{}", slug(id)), MentionKind::Threat, "concept", &object.name, "attack")
    };
    draft = draft.en(&object.name).identifier("attack", id);
    for name in object.aliases.iter().chain(&object.x_mitre_aliases) {
        draft = draft.alias(name);
    }
    if let Some((technique, _)) = id.split_once('.') {
        draft = draft.link("broader", &format!("threat/attack/{}", slug(technique)));
    }
    // Techniques of one word are verbs and nouns of every day: Phishing, Keylogging, Server.
    if object.kind == "attack-pattern" && !object.name.contains(' ') {
        draft = draft.weak(&object.name);
    }
    draft.finish(words, Caution::English).ok_or("no name")
}

fn slug(id: &str) -> String {
    super::draft::slug(id)
}

/// First and last day a campaign was seen; nothing where neither is known.
fn seen(object: &Object) -> String {
    let end = |text: &str| iso_date(text.get(..10).unwrap_or_default());
    match (end(&object.first_seen), end(&object.last_seen)) {
        (None, None) => String::new(),
        (first, last) => {
            let open = || "..".to_owned();
            format!("{}/{}", first.unwrap_or_else(open), last.unwrap_or_else(open))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLE: &str = r#"{"type": "bundle", "objects": [
      {"type": "attack-pattern", "name": "Mock Trick", "modified": "2026-10-01T00:00:00.000Z",
       "external_references": [{"source_name": "mitre-attack", "external_id": "T9999.001"}]},
      {"type": "attack-pattern", "name": "Mocking", "external_references": [{"source_name": "mitre-attack", "external_id": "T9999"}]},
      {"type": "intrusion-set", "name": "MOCK99", "aliases": ["MOCK99", "Mock Panda", "Play"],
       "external_references": [{"source_name": "mitre-attack", "external_id": "G9999"}]},
      {"type": "campaign", "name": "Operation Mock", "first_seen": "2024-01-01T05:00:00.000Z", "last_seen": "2024-03-31T05:00:00.000Z",
       "external_references": [{"source_name": "mitre-attack", "external_id": "C9999"}]},
      {"type": "malware", "name": "MockRAT", "revoked": true},
      {"type": "tool", "name": "mocktool", "x_mitre_deprecated": true},
      {"type": "malware", "name": "NoId"},
      {"type": "relationship"}]}"#;

    fn found() -> Imported {
        import(BUNDLE.as_bytes()).expect("readable")
    }

    #[test]
    fn techniques_groups_and_campaigns() {
        let entries = found().entries;
        let ids: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(
            ids,
            ["event/attack/c9999", "threat/attack/g9999", "threat/attack/t9999", "threat/attack/t9999-001"]
        );
        assert_eq!(entries[0].valid, "2024-01-01/2024-03-31");
        assert_eq!(
            (entries[1].aliases.clone(), entries[1].weak.clone()),
            (vec!["Mock Panda".to_owned()], vec!["Play".to_owned()])
        );
        assert_eq!(entries[2].weak, ["Mocking"]);
        assert_eq!(entries[3].links, [("broader".to_owned(), "threat/attack/t9999".to_owned())]);
    }

    #[test]
    fn revoked_and_deprecated_objects_are_counted() {
        let found = found();
        let reasons: Vec<_> = found.skipped.iter().map(|s| (s.reason.as_str(), s.lines.clone())).collect();
        assert_eq!(reasons, [("revoked", vec![5]), ("deprecated", vec![6]), ("no ATT&CK id", vec![7])]);
        assert_eq!((found.rows, found.date.as_str()), (7, "2026-10-01"));
    }

    #[test]
    fn other_json_is_refused() {
        assert!(import(b"{\"objects\": []}").is_err());
        assert!(import(b"[1]").is_err());
    }
}
