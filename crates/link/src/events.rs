//! Events: what the report says has happened, may have happened, will happen or has not.
//!
//! A clause that holds a word of `event-words.tsv` in a finite form, and says when or by whom, states an event. Where
//! several words stand in one clause, law suits win over sanctions, those over incidents, then steps of laws, and
//! announcements come last (a leak that is announced is a leak).

use std::collections::BTreeMap;

use hakusho_lexicon::{EventHit, EventWords};
use hakusho_model::{Block, BlockKind, Document, Event, EventKind, Mention, MentionKind, Modality, Quantity, Value};

use crate::clauses::{Range, clauses, quoted, sentences};
use crate::roles::{Group, Role, groups};

/// Characters behind a word in which its verb ending must stand.
const VERB_WITHIN: usize = 10;

/// The events of a document whose mentions are known.
pub(crate) fn events(document: &Document, words: &EventWords) -> Vec<Event> {
    let mut by_block: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in &document.mentions {
        by_block.entry(&mention.block).or_default().push(mention);
    }
    let none = Vec::new();
    let mut out = Vec::new();
    for block in &document.blocks {
        let mentions = by_block.get(block.id.as_str()).unwrap_or(&none);
        match block.kind {
            BlockKind::Paragraph | BlockKind::Box => prose(block, mentions, words, &mut out),
            BlockKind::ListItem | BlockKind::ChronologyEntry => item(block, mentions, words, &mut out),
            BlockKind::Footnote | BlockKind::Note | BlockKind::SourceNote => citation(block, mentions, words, &mut out),
            BlockKind::Table => table(block, mentions, words, &mut out),
            _ => {}
        }
    }
    for (i, event) in out.iter_mut().enumerate() {
        event.id = format!("e{}", i + 1);
    }
    out
}

/// A clause with everything known about it.
struct Statement<'a> {
    block: &'a Block,
    chars: &'a [char],
    mentions: &'a [&'a Mention],
    range: Range,
}

fn prose(block: &Block, mentions: &[&Mention], words: &EventWords, out: &mut Vec<Event>) {
    let chars: Vec<char> = block.text.chars().collect();
    let inside = quoted(&chars);
    let hits: Vec<EventHit<'_>> =
        words.find(&block.text).into_iter().filter(|h| !inside[h.start] && !in_name(h, mentions)).collect();
    if hits.is_empty() {
        return;
    }
    for sentence in sentences(&chars) {
        let (mut date, mut subject) = (None, Vec::new());
        for range in clauses(&chars, sentence) {
            let statement = Statement { block, chars: &chars, mentions, range };
            let own = statement.date_before(range.end);
            date = own.or(date);
            let groups = groups(&chars, range, mentions, false);
            if let Some(group) = groups.iter().find(|g| g.role == Role::Subject) {
                subject.clone_from(&group.names);
            }
            let candidates: Vec<&EventHit<'_>> =
                hits.iter().filter(|h| h.start >= range.start && h.end <= range.end).collect();
            let stated: Vec<&EventHit<'_>> =
                candidates.iter().copied().filter(|h| statement.is_stated(h, words)).collect();
            let Some(hit) = strongest(&stated) else { continue };
            let who = subject.iter().any(|(kind, _)| matches!(kind, MentionKind::Org | MentionKind::Person));
            if date.is_none() && !who {
                continue;
            }
            out.push(statement.event(hit, &groups, &subject, date.clone(), words));
        }
    }
}

/// A list item or chronology entry: one statement, whose head stands before the first comma.
fn item(block: &Block, mentions: &[&Mention], words: &EventWords, out: &mut Vec<Event>) {
    let chars: Vec<char> = block.text.chars().collect();
    let whole = Range { start: 0, end: chars.len() };
    let dated = block.kind == BlockKind::ChronologyEntry || block.month.is_some();
    let groups = groups(&chars, whole, mentions, true);
    let head = groups.iter().find(|g| g.role == Role::Subject && g.start <= 2);
    if !dated && head.is_none() {
        return prose(block, mentions, words, out);
    }
    let inside = quoted(&chars);
    let hits: Vec<EventHit<'_>> =
        words.find(&block.text).into_iter().filter(|h| !inside[h.start] && !in_name(h, mentions)).collect();
    let refs: Vec<&EventHit<'_>> = hits.iter().collect();
    let announced = EventHit { start: 0, end: 0, kind: EventKind::Announcement, class: "statement", names: false };
    let statement = Statement { block, chars: &chars, mentions, range: whole };
    let hit = match statement.strongest(&refs, words) {
        Some(hit) => hit,
        None if dated => &announced,
        None => return,
    };
    let date = block.month.clone().or_else(|| statement.date_before(whole.end));
    if !dated && date.is_none() {
        return;
    }
    let subject = head.map(|g| g.names.clone()).unwrap_or_default();
    out.push(statement.event(hit, &groups, &subject, date, words));
}

/// A note or source line that says when what it cites was published: `○○研究所「…」（2020年11月5日発表）`.
fn citation(block: &Block, mentions: &[&Mention], words: &EventWords, out: &mut Vec<Event>) {
    let chars: Vec<char> = block.text.chars().collect();
    for sentence in sentences(&chars) {
        let inside = |m: &&&Mention| m.start >= sentence.start && m.end <= sentence.end;
        let Some(publisher) = mentions.iter().filter(inside).find(|m| m.kind == MentionKind::Org && m.entity.is_some())
        else {
            continue;
        };
        let dated = |hit: &EventHit<'_>| {
            let date = mentions.iter().filter(inside).find(|m| {
                m.kind == MentionKind::Date && m.end <= hit.start && hit.start - m.end <= 1 && m.start >= publisher.end
            })?;
            edtf(date)
        };
        let published = |h: &&EventHit<'_>| h.kind == EventKind::Announcement && h.class == "publish";
        let hits = words.find(&block.text);
        let Some((hit, date)) = hits.iter().filter(published).find_map(|h| Some((h, dated(h)?))) else { continue };
        let subject = vec![(publisher.kind, publisher.entity.clone().unwrap_or_default())];
        let statement = Statement { block, chars: &chars, mentions, range: sentence };
        out.push(statement.event(hit, &[], &subject, Some(date), words));
    }
}

/// Rows of a table that begin with a date or an organisation, say when, and tell something.
fn table(block: &Block, mentions: &[&Mention], words: &EventWords, out: &mut Vec<Event>) {
    let chars: Vec<char> = block.text.chars().collect();
    let mut start = 0;
    for line in block.text.split('\n') {
        let range = Range { start, end: start + line.chars().count() };
        start = range.end + 1;
        let first_cells = line.split('\t').take(2).map(|c| c.chars().count()).sum::<usize>() + 2;
        let told = line.split('\t').any(|cell| cell.chars().count() >= 15);
        let in_row = |m: &&&Mention| m.start >= range.start && m.end <= range.end;
        let mut dates = mentions.iter().filter(|m| m.kind == MentionKind::Date).filter(in_row);
        let first_cell = line.split('\t').next().map_or(0, |c| c.chars().count());
        let named = mentions
            .iter()
            .any(|m| m.kind == MentionKind::Org && m.start == range.start && m.end + 2 >= range.start + first_cell);
        let date = dates.find(|m| named || m.end <= range.start + first_cells);
        let Some(date) = date.filter(|_| told) else { continue };
        let hits: Vec<EventHit<'_>> = words
            .find(line)
            .into_iter()
            .map(|h| EventHit { start: h.start + range.start, end: h.end + range.start, ..h })
            .collect();
        let refs: Vec<&EventHit<'_>> = hits.iter().filter(|h| !in_name(h, mentions)).collect();
        let statement = Statement { block, chars: &chars, mentions, range };
        let Some(hit) = statement.strongest(&refs, words) else { continue };
        let groups = groups(&chars, range, mentions, true);
        let subject = groups.first().map(|g| g.names.clone()).unwrap_or_default();
        out.push(statement.event(hit, &groups, &subject, edtf(date), words));
    }
}

/// Whether a word is part of a name (改正 in a law's name). Names of threats and incidents are no such names.
fn in_name(hit: &EventHit<'_>, mentions: &[&Mention]) -> bool {
    mentions.iter().any(|m| {
        m.start < hit.end
            && hit.start < m.end
            && !matches!(m.kind, MentionKind::Threat | MentionKind::Incident | MentionKind::Date | MentionKind::Qty)
    })
}

fn weight(kind: EventKind) -> u8 {
    match kind {
        EventKind::Lawsuit => 4,
        EventKind::Enforcement => 3,
        EventKind::Incident => 2,
        EventKind::Legislation => 1,
        EventKind::Announcement => 0,
    }
}

/// The word that says what the clause states: by weight of its type, then the last.
fn strongest<'a, 'w>(hits: &[&'a EventHit<'w>]) -> Option<&'a EventHit<'w>> {
    hits.iter().copied().max_by_key(|h| (weight(h.kind), h.start))
}

fn edtf(mention: &Mention) -> Option<String> {
    match &mention.value {
        Some(Value::Date(date)) => Some(date.clone()),
        _ => None,
    }
}

impl Statement<'_> {
    fn text(&self, from: usize, to: usize) -> String {
        self.chars[from.min(self.range.end)..to.min(self.range.end)].iter().collect()
    }

    /// The last date of the clause.
    fn date_before(&self, end: usize) -> Option<String> {
        self.mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Date && m.start >= self.range.start && m.end <= end)
            .filter_map(|m| edtf(m))
            .next_back()
    }

    /// Whether a word is the verb of the clause, and means one event.
    fn is_stated(&self, hit: &EventHit<'_>, words: &EventWords) -> bool {
        let after = self.text(hit.end, hit.end + VERB_WITHIN);
        if hit.kind == EventKind::Incident && words.general.iter().any(|w| after.starts_with(w.as_str())) {
            return false;
        }
        let rest = self.text(hit.end, self.range.end);
        let rest = rest.trim_end_matches(['、', '，', '。']);
        let verb = after.trim_start_matches(['を', 'が', 'も', 'は', 'に', 'と']);
        let near = ["し", "さ", "す", "た", "れ", "っ", "開始", "発表", "公表", "課", "受け", "行", "求", "命"];
        let past = |t: &str| {
            t.ends_with(['た', 'し', 'り', 'れ', 'て', 'が']) || t.ends_with("ている") || t.ends_with("予定である")
        };
        near.iter().any(|n| verb.starts_with(n)) && (past(rest) || rest.contains('た'))
            || past(rest) && rest.chars().count() <= 8
    }

    /// The strongest word of a statement of several sentences; what has happened goes before what has not.
    fn strongest<'h, 'w>(&self, hits: &[&'h EventHit<'w>], words: &EventWords) -> Option<&'h EventHit<'w>> {
        let happened: Vec<&EventHit<'_>> =
            hits.iter().copied().filter(|h| self.modality(h, words) != Modality::Negated).collect();
        strongest(&happened).or_else(|| strongest(hits))
    }

    fn modality(&self, hit: &EventHit<'_>, words: &EventWords) -> Modality {
        // Only the sentence of the word itself: what the next one denies is another matter.
        let rest = self.text(hit.end, self.range.end);
        let after = rest.split_inclusive('。').next().unwrap_or_default();
        let says = |list: &[String]| list.iter().any(|w| after.contains(w.as_str()));
        if says(&words.negated) {
            Modality::Negated
        } else if says(&words.possible) {
            Modality::Possible
        } else if says(&words.planned) {
            Modality::Planned
        } else {
            Modality::Fact
        }
    }

    fn event(
        &self,
        hit: &EventHit<'_>,
        groups: &[Group],
        subject: &[(MentionKind, String)],
        date: Option<String>,
        words: &EventWords,
    ) -> Event {
        let iris = |names: &[(MentionKind, String)]| names.iter().map(|(_, iri)| iri.clone()).collect::<Vec<_>>();
        let objects: Vec<(MentionKind, String)> =
            groups.iter().filter(|g| g.role == Role::Object).flat_map(|g| g.names.clone()).collect();
        let others: Vec<(MentionKind, String)> =
            groups.iter().filter(|g| g.role == Role::Other).flat_map(|g| g.names.clone()).take(1).collect();
        let (actors, affected) = match hit.kind {
            EventKind::Announcement => (iris(subject), Vec::new()),
            EventKind::Legislation => (iris(subject), self.laws()),
            EventKind::Lawsuit | EventKind::Enforcement => {
                (iris(subject), iris(if objects.is_empty() { &others } else { &objects }))
            }
            EventKind::Incident => {
                let hit_ones = [subject, &others[..], &objects[..]].into_iter().find(|n| !n.is_empty()).unwrap_or(&[]);
                (Vec::new(), iris(hit_ones))
            }
        };
        let mut range = self.range;
        while range.start < range.end && matches!(self.chars[range.start], '・' | '●' | '■' | '　' | ' ' | '○' | '◆')
        {
            range.start += 1;
        }
        Event {
            id: String::new(),
            kind: hit.kind,
            class: hit.class.to_owned(),
            block: self.block.id.clone(),
            start: range.start,
            end: range.end,
            actors,
            affected,
            announcer: Vec::new(),
            date_role: date
                .as_ref()
                .map(|_| if self.block.month == date { "column_month" } else { "stated" }.to_owned()),
            date,
            quantities: self.quantities(),
            modality: self.modality(hit, words),
        }
    }

    fn laws(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for mention in self
            .mentions
            .iter()
            .filter(|m| m.kind == MentionKind::Law && m.start >= self.range.start && m.end <= self.range.end)
        {
            if let Some(iri) = mention.entity.as_ref().filter(|iri| !out.contains(iri)) {
                out.push(iri.clone());
            }
        }
        out
    }

    fn quantities(&self) -> Vec<Quantity> {
        let inside = |m: &&&Mention| m.start >= self.range.start && m.end <= self.range.end;
        let value = |m: &&Mention| match &m.value {
            Some(Value::Quantity(q)) => Some(q.clone()),
            _ => None,
        };
        self.mentions.iter().filter(inside).filter_map(value).collect()
    }
}

#[cfg(test)]
mod tests {
    use hakusho_lexicon::OrgForms;
    use hakusho_model::{Region, Source};

    use super::*;
    use crate::{LinkContext, Linker};

    /// What a block of text states: type, class, date, certainty, who did it, whom it concerns.
    fn check(kind: BlockKind, text: &str, expected: &[&str]) {
        let words = EventWords::embedded().expect("well formed");
        let linker = Linker::new(Vec::new(), words, OrgForms::embedded().expect("well formed"), "");
        let mut document = Document::new(Source::default());
        document.blocks.push(Block {
            id: "b1".to_owned(),
            kind,
            section: None,
            level: None,
            month: (kind == BlockKind::ChronologyEntry).then(|| "2024-06".to_owned()),
            side: None,
            text: text.to_owned(),
            regions: Vec::<Region>::new(),
            lines: Vec::new(),
            notes: Vec::new(),
            refs: Vec::new(),
        });
        linker.link(&mut document, &LinkContext::default());
        let names =
            |iris: &[String]| iris.iter().map(|i| i.rsplit('/').next().unwrap_or("")).collect::<Vec<_>>().join("+");
        let line = |e: &Event| {
            let date = e.date.as_deref().unwrap_or("–");
            let (does, has) = (names(&e.actors), names(&e.affected));
            format!("{:?}/{} {date} {:?} {does}>{has}", e.kind, e.class, e.modality)
        };
        assert_eq!(document.events.iter().map(line).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn prose_states_who_and_when() {
        let text = "2024年6月5日、株式会社見本電機は、最大9万件の情報が流出した可能性があると公表した。";
        check(BlockKind::Paragraph, text, &["Incident/data_leak 2024-06-05 Possible >株式会社見本電機"]);
        check(
            BlockKind::Paragraph,
            "見本大学は2023年4月に指針を策定し、同年7月に改訂版を公表した。",
            &["Announcement/policy 2023-04 Fact 見本大学>", "Announcement/publish 2023-07 Fact 見本大学>"],
        );
    }

    #[test]
    fn general_statements_are_no_events() {
        check(BlockKind::Paragraph, "不正アクセス対策を強化することが重要である。", &[]);
        check(BlockKind::Paragraph, "情報の漏えいを防止する仕組みが求められている。", &[]);
    }

    #[test]
    fn chronology_entries_are_about_their_head() {
        check(
            BlockKind::ChronologyEntry,
            "・見本フーズ、不正アクセスで顧客情報流出。",
            &["Incident/data_leak 2024-06 Fact >見本フーズ"],
        );
        check(
            BlockKind::ChronologyEntry,
            "・見本大学、量子暗号の実験に成功。",
            &["Announcement/technology 2024-06 Fact 見本大学>"],
        );
    }

    #[test]
    fn rows_of_a_table_with_a_date() {
        let text = "公表日\t組織\t概要\n2024年3月19日\t見本大学\t統計調査の調査票の控え40枚を紛失した。";
        check(BlockKind::Table, text, &["Incident/loss 2024-03-19 Fact >見本大学"]);
        let denied = "2024年3月19日\t見本大学\tシステムが3日間停止した。情報の流出は確認されていない。";
        check(BlockKind::Table, denied, &["Incident/outage 2024-03-19 Fact >見本大学"]);
    }

    #[test]
    fn notes_say_when_what_they_cite_was_published() {
        let text = "株式会社見本経済研究所「位置情報に関する調査」（2020年11月5日発表）";
        check(BlockKind::Footnote, text, &["Announcement/publish 2020-11-05 Fact 株式会社見本経済研究所>"]);
        check(BlockKind::Footnote, "株式会社見本経済研究所「位置情報に関する調査」（2020年）", &[]);
    }
}
