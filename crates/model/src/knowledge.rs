//! What the text says: mentions, entities, events, observations.

use serde::{Deserialize, Serialize};

/// Type of a mention or entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MentionKind {
    /// Organisation.
    Org,
    /// Law, guideline, policy.
    Law,
    /// Threat.
    Threat,
    /// Incident.
    Incident,
    /// Survey, statistics, report.
    Survey,
    /// Certification, standard, exam.
    Cert,
    /// Product or service.
    Product,
    /// Place.
    Loc,
    /// Person.
    Person,
    /// Event.
    Event,
    /// Date or period.
    Date,
    /// Quantity.
    Qty,
}

impl MentionKind {
    /// All kinds, in the order of the document JSON's list.
    pub const ALL: [Self; 12] = [
        Self::Org,
        Self::Law,
        Self::Threat,
        Self::Incident,
        Self::Survey,
        Self::Cert,
        Self::Product,
        Self::Loc,
        Self::Person,
        Self::Event,
        Self::Date,
        Self::Qty,
    ];

    /// The name used in the document JSON and the lexicon (`ORG`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Org => "ORG",
            Self::Law => "LAW",
            Self::Threat => "THREAT",
            Self::Incident => "INCIDENT",
            Self::Survey => "SURVEY",
            Self::Cert => "CERT",
            Self::Product => "PRODUCT",
            Self::Loc => "LOC",
            Self::Person => "PERSON",
            Self::Event => "EVENT",
            Self::Date => "DATE",
            Self::Qty => "QTY",
        }
    }

    /// The kind with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }
}

/// A quantity as stated; printed precision lives in `printed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The value, or the lower end of a range.
    pub value: f64,
    /// Upper end of a range, or the later value of a change.
    pub max: Option<f64>,
    /// Unit or counter word as printed, money as ISO 4217.
    pub unit: Option<String>,
    /// 約, 最大, 以上 …
    pub qualifier: Option<String>,
    /// As printed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub printed: Option<String>,
}

/// The value of a mention: an EDTF date or a quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// EDTF string.
    Date(String),
    /// Quantity.
    Quantity(Quantity),
}

/// A name, date or quantity in a block's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Id within the file (`m1`).
    pub id: String,
    /// Block it stands in.
    pub block: String,
    /// First character in the block's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The characters.
    pub surface: String,
    /// What it names.
    #[serde(rename = "type")]
    pub kind: MentionKind,
    /// IRI of the entity; `None` for dates and quantities.
    pub entity: Option<String>,
    /// Label of the entity: the name by which this report calls it.
    pub label: Option<String>,
    /// How sure the rule is, 0 to 1.
    pub confidence: f64,
    /// The rule that found it.
    pub rule: String,
    /// Value of a date or quantity.
    pub value: Option<Value>,
}

/// A thing that mentions name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// IRI.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: MentionKind,
    /// Label: the name by which this report calls it.
    pub label: String,
    /// Label of the authority list, where the report prints another one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Whether an authority list has it; others are known by their name alone.
    #[serde(default)]
    pub listed: bool,
    /// Surfaces met in this report besides the label.
    pub aliases: Vec<String>,
}

/// Type of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Security incident, failure.
    Incident,
    /// Sanction, arrest, administrative order.
    Enforcement,
    /// Law suit or ruling.
    Lawsuit,
    /// Step of a law or policy.
    Legislation,
    /// Announcement, publication.
    Announcement,
}

/// How the text states an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 確定.
    Fact,
    /// 可能性.
    Possible,
    /// 予定.
    Planned,
    /// 否定.
    Negated,
    /// Hypothetical: no claim is made.
    Hypothetical,
}

/// Something the report says has happened, may have, will, or has not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Id within the file (`e1`).
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// Finer class (`unauthorized_access`).
    #[serde(rename = "kind")]
    pub class: String,
    /// Block that states it.
    pub block: String,
    /// First character of the statement.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Who acted (IRIs).
    pub actors: Vec<String>,
    /// Who was hit or is concerned (IRIs).
    pub affected: Vec<String>,
    /// Who announced it (IRIs).
    pub announcer: Vec<String>,
    /// Threats by which an incident came about (IRIs).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub vectors: Vec<String>,
    /// Kinds of data that an incident touches, as printed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub data: Vec<String>,
    /// Whose report the statement rests on, where it is second-hand (IRIs).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<String>,
    /// EDTF date.
    pub date: Option<String>,
    /// What the date is: `stated` with the event, `disclosed`, or the `column_month` of a chronology.
    pub date_role: Option<String>,
    /// Quantities stated with it.
    pub quantities: Vec<Quantity>,
    /// How it is stated.
    pub modality: Modality,
}

/// A figure the report states: one cell of a table, one point of a chart, or one number in the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Id within the file (`o1`).
    pub id: String,
    /// Exhibit it was read from.
    pub exhibit: Option<String>,
    /// Block that states it in prose.
    pub block: Option<String>,
    /// Series or row group.
    pub series: Option<String>,
    /// Category.
    pub category: String,
    /// What the category belongs to, from the outer to the inner (the industry of a branch).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub group: Vec<String>,
    /// Number of answers that the figure rests on, where the heading says so (`N=878`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sample_size: Option<u32>,
    /// Survey that it comes from (IRI), where the source, the caption or the sentence names one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub survey: Option<String>,
    /// Wave of the survey: the year that the heading or the category says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wave: Option<String>,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: Option<String>,
    /// As printed.
    pub printed: String,
}

/// One place of a ranking that a table prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankEntry {
    /// Exhibit it was read from.
    pub exhibit: String,
    /// Survey or list it belongs to (IRI), where the source or caption names one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub survey: Option<String>,
    /// What is ranked: the heading of the column (個人, 組織).
    pub perspective: String,
    /// Place, from 1.
    pub rank: u32,
    /// What holds it, as printed.
    pub item: String,
    /// The thing of that name (IRI), where one was recognised.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
    /// Place in the ranking before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<u32>,
    /// Whether it is there for the first time (NEW, 初登場).
    pub is_new: bool,
}
