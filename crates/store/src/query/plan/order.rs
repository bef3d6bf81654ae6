//! The order in which the members of a join are read.

use spargebra::algebra::GraphPattern;
use spargebra::term::NamedNodePattern;

use super::group::Member;
use super::vars::{self, Names};
use super::{FILTERED, Plan, Planned, empty};

/// What finding a place in an index costs, in statements read from there on.
pub(super) const SEEK: f64 = 4.0;
/// What a row of a hash table costs.
pub(super) const HASH: f64 = 2.0;
/// Members from which orders are tried.
const STARTS: usize = 12;

/// How a member comes to the rows before it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// Asked anew for each row.
    Each,
    /// Asked once, and looked up for each row.
    Once,
}

#[derive(Debug)]
struct Order {
    steps: Vec<(usize, Way)>,
    rows: f64,
    cost: f64,
}

/// Rows and cost that come by one more member.
struct Step {
    way: Way,
    rows: f64,
    cost: f64,
}

impl Plan<'_> {
    /// Joins members. `conditions`: what the filters around them read.
    pub(super) fn join(&self, members: Vec<Member>, bound: &Names, conditions: &[Names]) -> Planned {
        let parts = parts(&members);
        let mut members: Vec<Option<Member>> = members.into_iter().map(Some).collect();
        let mut out: Option<Planned> = None;
        for part in parts {
            let members: Vec<Member> = part.into_iter().filter_map(|i| members[i].take()).collect();
            let leaves = members.iter().all(|m| m.leaf);
            let one = self.part(members, bound, conditions);
            out = Some(match out {
                None => one,
                // Held together by what is bound outside: each is a few steps from there.
                Some(all) if leaves && !bound.is_empty() => Planned {
                    pattern: GraphPattern::Lateral { left: Box::new(all.pattern), right: Box::new(one.pattern) },
                    rows: all.rows * one.rows,
                    cost: all.cost + all.rows * one.cost,
                },
                Some(all) => Planned {
                    pattern: GraphPattern::Join { left: Box::new(all.pattern), right: Box::new(one.pattern) },
                    rows: all.rows * one.rows,
                    cost: all.cost + one.cost,
                },
            });
        }
        out.unwrap_or_else(|| Planned { pattern: empty(), rows: 1.0, cost: 0.0 })
    }

    /// Joins members that hang together.
    fn part(&self, members: Vec<Member>, bound: &Names, conditions: &[Names]) -> Planned {
        // What is no leaf is ordered inside once, for itself, so that its size is known.
        let mut own: Vec<Option<Planned>> =
            members.iter().map(|m| (!m.leaf).then(|| self.inside(m.pattern.clone(), bound))).collect();
        let order = self.best(&members, &own, bound, conditions);
        let mut members: Vec<Option<Member>> = members.into_iter().map(Some).collect();
        let (mut pattern, mut have) = (None, bound.clone());
        for (i, way) in order.steps {
            let Some(member) = members[i].take() else { continue };
            let planned = own[i].take();
            let next = match planned {
                None => member.pattern,
                Some(planned) if way == Way::Once => planned.pattern,
                Some(_) => self.inside(member.pattern, &have).pattern,
            };
            have.extend(vars::certain(&next));
            pattern = Some(match pattern {
                None => next,
                Some(left) if way == Way::Each => GraphPattern::Lateral { left: Box::new(left), right: Box::new(next) },
                Some(left) => GraphPattern::Join { left: Box::new(whole(left)), right: Box::new(whole(next)) },
            });
        }
        Planned { pattern: pattern.unwrap_or_else(empty), rows: order.rows, cost: order.cost }
    }

    /// The inside of what is no leaf; a graph around it stays.
    fn inside(&self, pattern: GraphPattern, bound: &Names) -> Planned {
        match pattern {
            GraphPattern::Graph { name, inner } if matches!(*inner, GraphPattern::Bgp { .. }) => {
                Planned { pattern: GraphPattern::Graph { name, inner }, rows: 100.0, cost: 100.0 }
            }
            // What asks once is a selection, and a selection inside does not see the variable of its graph.
            GraphPattern::Graph { name: name @ NamedNodePattern::Variable(_), inner } => {
                Planned { pattern: GraphPattern::Graph { name, inner }, rows: 1_000.0, cost: 1_000.0 }
            }
            GraphPattern::Graph { name, inner } => {
                let planned = self.pattern(*inner, bound);
                let pattern = GraphPattern::Graph { name, inner: Box::new(planned.pattern) };
                Planned { pattern, ..planned }
            }
            GraphPattern::Values { .. } => {
                let rows = self.sizes.rows(&pattern, bound);
                Planned { pattern, rows, cost: rows }
            }
            // Taken apart in `group`, or cannot be: its inside can.
            GraphPattern::LeftJoin { .. } | GraphPattern::Filter { .. } | GraphPattern::Extend { .. } => {
                self.group(pattern, bound)
            }
            other => self.pattern(other, bound),
        }
    }

    /// The cheapest of the orders that begin with each member and go on with what gives the fewest rows.
    fn best(&self, members: &[Member], own: &[Option<Planned>], bound: &Names, conditions: &[Names]) -> Order {
        let size = |i: usize| own[i].as_ref().map_or_else(|| self.sizes.rows(&members[i].pattern, bound), |p| p.rows);
        let mut starts: Vec<(usize, f64)> = (0..members.len()).map(|i| (i, size(i))).collect();
        starts.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        starts.truncate(if self.look() { STARTS } else { 1 });
        let orders = starts.into_iter().map(|(start, rows)| self.from(start, rows, members, own, bound, conditions));
        let best = orders.min_by(|a, b| a.cost.total_cmp(&b.cost));
        best.unwrap_or(Order { steps: Vec::new(), rows: 1.0, cost: 0.0 })
    }

    fn from(
        &self,
        start: usize,
        rows: f64,
        members: &[Member],
        own: &[Option<Planned>],
        bound: &Names,
        conditions: &[Names],
    ) -> Order {
        let first = own[start].as_ref().map_or(SEEK + rows, |p| p.cost);
        // For the first member both ways are the same.
        let mut order = Order { steps: vec![(start, Way::Once)], rows, cost: first };
        let mut have = bound | &members[start].names;
        let mut open: Vec<&Names> = conditions.iter().collect();
        settle(&mut order.rows, &mut open, &have);
        let mut left: Vec<usize> = (0..members.len()).filter(|i| *i != start).collect();
        while !left.is_empty() {
            let steps = left.iter().enumerate().filter(|(_, i)| !members[**i].names.is_disjoint(&have));
            let steps = steps.map(|(at, i)| (at, self.step(&members[*i], own[*i].as_ref(), order.rows, &have)));
            let next = steps
                .min_by(|a, b| a.1.rows.total_cmp(&b.1.rows).then(a.1.cost.total_cmp(&b.1.cost)).then(a.0.cmp(&b.0)));
            // Members without names stand at the end: they are there or not, whatever the rows.
            let (at, step) =
                next.unwrap_or_else(|| (0, self.step(&members[left[0]], own[left[0]].as_ref(), order.rows, &have)));
            let i = left.remove(at);
            have.extend(members[i].names.iter().cloned());
            order.steps.push((i, step.way));
            order.rows = step.rows;
            order.cost += step.cost;
            settle(&mut order.rows, &mut open, &have);
        }
        order
    }

    fn step(&self, member: &Member, own: Option<&Planned>, rows: f64, have: &Names) -> Step {
        let Some(own) = own else {
            self.look();
            let each = self.sizes.rows(&member.pattern, have);
            return Step { way: Way::Each, rows: rows * each, cost: rows * (SEEK + each) };
        };
        let once = Step {
            way: Way::Once,
            rows: (rows * own.rows / rows.max(own.rows).max(1.0)).max(0.1),
            cost: own.cost + HASH * (own.rows + rows),
        };
        if !self.look() || !repeatable(&member.pattern) {
            return once;
        }
        let asked = self.inside(member.pattern.clone(), have);
        let each = Step { way: Way::Each, rows: rows * asked.rows, cost: rows * (SEEK + asked.cost) };
        if each.cost < once.cost { each } else { once }
    }
}

/// Conditions leave fewer rows as soon as they can be asked.
fn settle(rows: &mut f64, open: &mut Vec<&Names>, have: &Names) {
    let before = open.len();
    open.retain(|names| !names.is_subset(have));
    for _ in open.len()..before {
        *rows *= FILTERED;
    }
}

/// Whether a pattern can be asked anew for each row and give what a join gives: nothing in it may see a value too early.
pub(super) fn repeatable(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            repeatable(left) && repeatable(right)
        }
        GraphPattern::Filter { expr, inner } => {
            let certain = vars::certain(inner);
            repeatable(inner) && vars::used(expr).is_some_and(|names| names.is_subset(&certain))
        }
        GraphPattern::Graph { inner, .. } => repeatable(inner),
        _ => false,
    }
}

/// A pattern that the planner takes as one piece and asks once.
pub(super) fn whole(pattern: GraphPattern) -> GraphPattern {
    if matches!(
        pattern,
        GraphPattern::Project { .. }
            | GraphPattern::Distinct { .. }
            | GraphPattern::Reduced { .. }
            | GraphPattern::Slice { .. }
            | GraphPattern::Group { .. }
            | GraphPattern::Service { .. }
            | GraphPattern::Minus { .. }
    ) {
        return pattern;
    }
    let inner = Box::new(pattern);
    if vars::all(&inner).iter().any(|name| name.starts_with('_')) {
        // Blank nodes cannot be selected. No condition goes through a slice.
        return GraphPattern::Slice { inner, start: 0, length: None };
    }
    let mut variables = Vec::new();
    inner.on_in_scope_variable(|v| {
        if !variables.contains(v) {
            variables.push(v.clone());
        }
    });
    GraphPattern::Project { inner, variables }
}

/// Members that hang together by common names, each part in the order of its first member.
fn parts(members: &[Member]) -> Vec<Vec<usize>> {
    let mut part: Vec<usize> = (0..members.len()).collect();
    for i in 0..members.len() {
        for j in 0..i {
            let (from, to) = (part[i].max(part[j]), part[i].min(part[j]));
            if from != to && !members[i].names.is_disjoint(&members[j].names) {
                part.iter_mut().filter(|p| **p == from).for_each(|p| *p = to);
            }
        }
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    for first in 0..members.len() {
        let together: Vec<usize> = (0..members.len()).filter(|i| part[*i] == first).collect();
        if !together.is_empty() {
            out.push(together);
        }
    }
    out
}
