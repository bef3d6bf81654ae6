//! List items and chronology entries: one statement, whose head stands before the first comma.

use hakusho_lexicon::EventHit;
use hakusho_model::{Block, BlockKind, Event, EventKind, Mention, MentionKind, Modality};

use super::frames::{Bare, is_private};
use super::statement::{Parts, Statement};
use super::{Knowledge, Name, prose, stating};
use crate::clauses::{Range, quoted, sentences};
use crate::roles::actors;

/// Characters that may follow a word that ends its sentence (`を開始`, `検討へ`).
const TAIL: usize = 6;
/// Characters before the end of a sentence in which a rule it speaks of makes it a step of law.
const RULE: usize = 12;

/// The events of an item.
pub(super) fn events(block: &Block, mentions: &[&Mention], knowledge: &Knowledge<'_>) -> Vec<Event> {
    let chars: Vec<char> = block.text.chars().collect();
    let whole = Range { start: 0, end: chars.len() };
    let dated = block.kind == BlockKind::ChronologyEntry || block.month.is_some();
    let statement = Statement { block, chars: &chars, mentions, range: whole };
    let head = Head::read(&statement);
    if !dated && head.names.is_empty() {
        return prose::events(block, mentions, knowledge);
    }
    let inside = quoted(&chars);
    let hits = stating(block, &inside, mentions, knowledge);
    let first = sentences(&chars).first().copied().unwrap_or(whole);
    let bare = Bare {
        statement: &statement,
        head: head.names,
        body: Range { start: head.end.min(first.end), end: first.end },
    };
    let other = EventHit { start: 0, end: 0, kind: EventKind::Announcement, class: "statement", names: false };
    let hit = match decide(&bare, &hits, head.survey, knowledge) {
        Some(hit) => hit,
        // Nobody and nothing named: no statement.
        None if dated && !bare.head.is_empty() => other,
        None => return Vec::new(),
    };
    let date = block.month.clone().or_else(|| statement.date_before(whole.end));
    if !dated && date.is_none() {
        return Vec::new();
    }
    let modality = if hit.end == 0 { Modality::Fact } else { statement.modality(&hit, knowledge) };
    let told = |hit: &EventHit<'_>, modality: Modality| -> Vec<Event> {
        let parts = bare.parts(hit, knowledge);
        apart(&statement, parts, hit.kind).iter().map(|p| statement.event(hit, p, date.clone(), modality)).collect()
    };
    let mut out = told(&hit, modality);
    if let Some(denied) = denied(&statement, &hit, &hits, knowledge).filter(|_| modality != Modality::Negated) {
        out.extend(told(denied, Modality::Negated));
    }
    out
}

/// The incident that an item denies behind the one it tells of (`不正アクセスを受けたが、流出は確認されていない`).
fn denied<'h, 'k>(
    statement: &Statement<'_>,
    hit: &EventHit<'k>,
    hits: &'h [EventHit<'k>],
    knowledge: &Knowledge<'_>,
) -> Option<&'h EventHit<'k>> {
    let incident = |h: &&EventHit<'k>| h.kind == EventKind::Incident && h.start >= hit.end && h.class != hit.class;
    let mut behind = hits.iter().filter(|_| hit.kind == EventKind::Incident).filter(incident);
    behind.find(|h| !statement.is_general(h, knowledge) && statement.modality(h, knowledge) == Modality::Negated)
}

/// Whom an item is about.
#[derive(Debug, Default)]
struct Head {
    names: Vec<Name>,
    /// First character behind it.
    end: usize,
    /// Whether it is somebody's survey (`○○調査、`).
    survey: bool,
}

impl Head {
    fn read(statement: &Statement<'_>) -> Self {
        let chars = statement.chars;
        let bullet = |c: &char| matches!(c, '・' | '●' | '■' | '○' | '◆' | '　' | ' ');
        let Some(start) = chars.iter().position(|c| !bullet(c)) else { return Self::default() };
        let inside = quoted(chars);
        let comma = |from: usize| (from..chars.len()).find(|i| matches!(chars[*i], '、' | '，' | '。') && !inside[*i]);
        let Some(mut end) = comma(start).filter(|i| chars[*i] != '。') else { return Self::default() };
        // Governments that share their last word: シンガポール、ニュージーランド、チリ政府、.
        let joined = |at: usize| statement.mentions.iter().any(|m| m.end == at && m.rule == "coordination");
        while joined(end) {
            let Some(next) = comma(end + 1).filter(|i| chars[*i] != '。') else { break };
            end = next;
        }
        // A doubled comma (misprint).
        let behind = end + chars[end..].iter().take_while(|c| matches!(c, '、' | '，')).count();
        let range = Range { start, end };
        let survey = statement
            .mentions
            .iter()
            .any(|m| m.kind == MentionKind::Survey && m.end == end && m.surface.ends_with("調査"));
        let all = actors(range, statement.mentions);
        let body = all.iter().any(|m| matches!(m.kind, MentionKind::Org | MentionKind::Person));
        let wanted = |m: &&&Mention| !body || matches!(m.kind, MentionKind::Org | MentionKind::Person);
        let mut names: Vec<Name> = Vec::new();
        for m in all.iter().filter(wanted) {
            let name = (m.kind, m.entity.clone().unwrap_or_default());
            // A body's own part and what it belongs to: 米国防総省傘下のCISA is about CISA.
            let under = statement.text(m.end, m.end + 3);
            if !names.contains(&name) && !under.starts_with("傘下") && !under.starts_with("発行") {
                names.push(name);
            }
        }
        Self { names, end: behind, survey }
    }
}

/// The word that says what an item states: its predicate before what the sentence mentions by the way.
fn decide<'k>(
    bare: &Bare<'_, '_>,
    hits: &[EventHit<'k>],
    survey: bool,
    knowledge: &Knowledge<'_>,
) -> Option<EventHit<'k>> {
    let statement = bare.statement;
    let first = |h: &&EventHit<'k>| h.start >= bare.body.start && h.end <= bare.body.end;
    let of = |kind: EventKind| move |h: &&EventHit<'k>| h.kind == kind;
    let announced = hits.iter().filter(first).rfind(of(EventKind::Announcement)).copied();
    if survey {
        let class = EventHit { start: 0, end: 0, kind: EventKind::Announcement, class: "survey", names: false };
        return Some(class);
    }
    let ends = |h: &&EventHit<'k>| is_predicate(bare, h);
    let suit = hits
        .iter()
        .filter(of(EventKind::Lawsuit))
        .filter(|h| first(h) || statement.text(h.end, h.end + 1) == "へ")
        .max_by_key(|h| is_predicate(bare, h));
    if let Some(hit) = suit {
        return Some(*hit);
    }
    let sanction = |h: &&EventHit<'k>| ends(h) || matches!(h.class, "investigation");
    if let Some(hit) = hits.iter().filter(first).filter(of(EventKind::Enforcement)).rfind(sanction) {
        return Some(*hit);
    }
    let private = !bare.head.is_empty() && bare.head.iter().all(|n| is_private(n, knowledge));
    if !private && let Some(hit) = law_step(bare, hits) {
        return Some(hit);
    }
    let happened =
        |h: &&EventHit<'k>| !statement.is_general(h, knowledge) || statement.text(h.end, h.end + 2) == "被害";
    let incidents: Vec<&EventHit<'k>> =
        hits.iter().filter(first).filter(of(EventKind::Incident)).filter(happened).collect();
    statement.strongest(&incidents, knowledge).copied().or(announced)
}

/// Whether a word ends the first sentence, but for its verb.
fn is_predicate(bare: &Bare<'_, '_>, hit: &EventHit<'_>) -> bool {
    let rest = bare.statement.text(hit.end, bare.body.end.max(hit.end));
    let rest = rest.trim_end_matches('。');
    let aside = ["に向け", "の合計", "のため", "予定"].iter().any(|w| rest.starts_with(w));
    !aside && rest.chars().count() <= TAIL
}

/// A step of a law: its word ends the sentence, or a law is what the verb is done to, or a rule stands near the end.
fn law_step<'k>(bare: &Bare<'_, '_>, hits: &[EventHit<'k>]) -> Option<EventHit<'k>> {
    let first = |h: &&EventHit<'k>| h.start >= bare.body.start && h.end <= bare.body.end;
    let legal = |h: &&EventHit<'k>| h.kind == EventKind::Legislation;
    if let Some(hit) = hits.iter().filter(first).filter(legal).rfind(|h| is_predicate(bare, h)) {
        return Some(*hit);
    }
    let near = |h: &&EventHit<'k>| h.class == "regulation" && bare.body.end - h.end <= RULE;
    if let Some(hit) = hits.iter().filter(first).filter(legal).find(near) {
        return Some(*hit);
    }
    // 協定を妥結, ○○税導入, 大綱を公表, 運用方針見直し.
    let law = |h: &&EventHit<'k>| {
        bare.statement.mentions.iter().any(|m| {
            let gap = bare.statement.text(m.end, h.start);
            let adjacent = m.kind == MentionKind::Law
                && m.end <= h.start
                && matches!(gap.as_str(), "" | "を" | "」" | "」を" | "の" | "）" | "）を");
            let binding = ["法", "法案", "大綱", "規則", "条例", "協定", "条約", "税", "運用方針", "改正案"]
                .iter()
                .any(|w| m.surface.ends_with(w))
                || gap.starts_with('）');
            adjacent && binding
        })
    };
    let hit = hits.iter().filter(first).filter(|h| h.kind == EventKind::Announcement).find(law)?;
    Some(EventHit { kind: EventKind::Legislation, class: "policy", ..*hit })
}

/// Two victims of two incidents (相次いで, いずれも) are told apart.
fn apart(statement: &Statement<'_>, parts: Parts, kind: EventKind) -> Vec<Parts> {
    let several = ["相次", "いずれも", "それぞれ"].iter().any(|w| statement.whole().contains(w));
    if kind != EventKind::Incident || parts.affected.len() < 2 || !several {
        return vec![parts];
    }
    parts.affected.iter().map(|victim| Parts { affected: vec![victim.clone()], ..parts.clone() }).collect()
}
