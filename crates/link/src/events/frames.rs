//! Who plays which part in a bare statement about its head: a chronology entry, a list item.

use hakusho_lexicon::EventHit;
use hakusho_model::{EventKind, MentionKind};

use super::statement::{Parts, Statement};
use super::{Knowledge, Name};
use crate::clauses::Range;
use crate::roles::{Group, groups};

/// Characters behind a name in which the investigation it makes must stand.
const INQUIRY: usize = 24;

/// A bare statement: its head and the sentence that says what.
pub(super) struct Bare<'s, 'a> {
    pub(super) statement: &'s Statement<'a>,
    pub(super) head: Vec<Name>,
    /// The first sentence behind the head.
    pub(super) body: Range,
}

impl Bare<'_, '_> {
    fn text(&self) -> String {
        self.statement.text(self.body.start, self.body.end)
    }

    fn groups(&self) -> Vec<Group> {
        groups(self.statement.chars, self.body, self.statement.mentions)
    }

    /// The parts of the statement for a word of it.
    pub(super) fn parts(&self, hit: &EventHit<'_>, knowledge: &Knowledge<'_>) -> Parts {
        match hit.kind {
            EventKind::Lawsuit => self.lawsuit(),
            EventKind::Enforcement => self.enforcement(knowledge),
            EventKind::Incident => self.incident(hit),
            EventKind::Legislation => self.legislation(),
            EventKind::Announcement => self.announcement(),
        }
    }

    /// The first body or product named behind the head, bodies first; places are none.
    fn other(&self) -> Vec<Name> {
        let groups = self.groups();
        let of = |kind: MentionKind| {
            groups.iter().flat_map(|g| &g.names).find(|n| n.0 == kind && !self.head.contains(n)).cloned()
        };
        let part = of(MentionKind::Org).or_else(|| of(MentionKind::Product)).or_else(|| of(MentionKind::Person));
        part.into_iter().collect()
    }

    /// The names of the first group that one of some endings follows.
    fn before(&self, words: &[&str]) -> Option<Vec<Name>> {
        self.groups().iter().find(|g| g.is_before(words) && g.who() != self.head).map(Group::who)
    }

    fn lawsuit(&self) -> Parts {
        let (text, head) = (self.text(), self.head.clone());
        let court = head.iter().any(|(_, iri)| iri.ends_with('裁')) || self.headed_by_court();
        if !court && ["提訴", "訴え", "告訴", "訴訟を起こ"].iter().any(|w| text.contains(w)) {
            let sued =
                self.before(&["を提訴", "を訴え", "を告訴", "を相手"]).or_else(|| self.before(&["に対", "に勝訴"]));
            return Parts { actors: head, affected: sued.unwrap_or_default(), ..Parts::default() };
        }
        if court || text.contains("勝訴") || text.contains("敗訴") {
            let other = self.before(&["に対", "に勝訴", "に敗訴"]).unwrap_or_else(|| self.other());
            return Parts { actors: head, affected: other, ..Parts::default() };
        }
        // A suit against the head: 集団訴訟で和解, 集団代表訴訟へ.
        Parts { affected: head, ..Parts::default() }
    }

    fn headed_by_court(&self) -> bool {
        let start = self.statement.range.start;
        let head = self.statement.text(start, self.body.start);
        let head = head.trim_end_matches(['、', '，']);
        head.ends_with('裁') || head.ends_with("裁判所")
    }

    fn enforcement(&self, knowledge: &Knowledge<'_>) -> Parts {
        let authority = |names: &[Name]| !names.iter().any(|n| is_private(n, knowledge));
        if !authority(&self.head) {
            // 甲社、○○局による調査を受け: the head is the one looked into.
            let inquirer = self.groups().into_iter().find(|g| {
                let after = self.statement.text(g.end, g.end + INQUIRY);
                g.is_before(&["による", "の", "から"])
                    && ["調査", "質問状", "立入", "命令", "勧告", "指導"].iter().any(|w| after.contains(w))
            });
            if let Some(group) = inquirer {
                return Parts { actors: group.who(), affected: self.head.clone(), ..Parts::default() };
            }
        }
        let target = self
            .before(&["に対"])
            .or_else(|| self.before(&["を逮捕", "を起訴", "を摘発", "を書類", "を検挙", "を処分"]))
            .or_else(|| self.groups().iter().find(|g| is_fined(g)).map(Group::who));
        let person = ["逮捕", "起訴", "書類送検", "検挙", "摘発"].iter().any(|w| self.text().contains(w));
        let affected = target.unwrap_or_else(|| if person { Vec::new() } else { self.other() });
        Parts { actors: self.head.clone(), affected, ..Parts::default() }
    }

    fn incident(&self, hit: &EventHit<'_>) -> Parts {
        let text = self.text();
        // Who apologises or whose service fails is the one who did it.
        let caused = text.contains("謝罪") || matches!(hit.class, "outage" | "error");
        if caused {
            return Parts { actors: self.head.clone(), ..Parts::default() };
        }
        let told = ["発表。", "公表。", "発表", "公表", "明らかに"]
            .iter()
            .any(|w| text.trim_end_matches('。').ends_with(w.trim_end_matches('。')));
        let embedded = self.groups().into_iter().find(|g| {
            g.end <= hit.start
                && g.after.starts_with('が')
                && g.names.iter().any(|n| n.0 == MentionKind::Org)
                && g.names != self.head
        });
        match embedded.filter(|_| told) {
            Some(group) => Parts { affected: group.who(), announcer: self.head.clone(), ..Parts::default() },
            None if self.head.is_empty() => Parts { affected: self.other(), ..Parts::default() },
            None => Parts { affected: self.head.clone(), ..Parts::default() },
        }
    }

    fn legislation(&self) -> Parts {
        let sentence =
            Statement { range: Range { start: self.statement.range.start, end: self.body.end }, ..*self.statement };
        Parts { actors: self.head.clone(), affected: sentence.laws(), ..Parts::default() }
    }

    fn announcement(&self) -> Parts {
        let asked = ["要請", "要求", "求める", "求めた", "呼びかけ"].iter().any(|w| self.text().contains(w));
        let whom = self.before(&["に対"]).or_else(|| if asked { self.before(&["に", "の"]) } else { None });
        let mut affected = whom.unwrap_or_default();
        affected.retain(|n| n.0 != MentionKind::Loc);
        Parts { actors: self.head.clone(), affected, ..Parts::default() }
    }
}

/// `甲社に2億ユーロの制裁金`, `甲社等４社に計３億ドルの罰金`.
fn is_fined(group: &Group) -> bool {
    let rest: Vec<char> = group.after.strip_prefix('に').unwrap_or("").chars().collect();
    rest.first().is_some_and(|c| c.is_numeric() || matches!(c, '計' | '約' | '制' | '課' | '罰' | '追' | '総' | '過'))
}

/// Whether a name is a firm, a medium or the like, and no authority.
pub(super) fn is_private(name: &Name, knowledge: &Knowledge<'_>) -> bool {
    let class = (knowledge.class)(&name.1);
    match class {
        Some(class) => matches!(
            class,
            "company" | "university" | "media" | "research" | "association" | "group" | "school" | "hospital"
        ),
        None => {
            let public = ["政府", "省", "庁", "局", "機関", "当局", "委員会", "裁", "県", "市", "警察"];
            !name.1.contains("/org/of/") && !public.iter().any(|p| name.1.ends_with(p)) && name.0 != MentionKind::Loc
        }
    }
}
