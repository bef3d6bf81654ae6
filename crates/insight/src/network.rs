//! Things named together: a graph whose nodes are entities and whose edges are the sentences that name both.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::{astar, connected_components};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef as _, NodeIndexable as _};

/// A place that names more things than this is a list, and says nothing of any two of them.
const LIST: usize = 12;

/// Entities joined by the places (sentences) that name them together.
#[derive(Clone, Debug)]
pub struct Network {
    graph: UnGraph<String, BTreeSet<String>>,
    index: BTreeMap<String, NodeIndex>,
}

/// An entity with its standing in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The entity.
    pub entity: String,
    /// Others it is named with.
    pub ties: usize,
    /// Places that name it with another.
    pub places: usize,
    /// Number of the connected part it belongs to, 0 for the largest.
    pub part: usize,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The nearer end.
    pub from: String,
    /// The farther end.
    pub to: String,
    /// Places that name both, in order.
    pub places: Vec<String>,
}

impl Network {
    /// Builds the network from pairs of an entity and a place that names it. The order of the pairs does not matter.
    pub fn new(rows: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (entity, place) in rows {
            places.entry(place).or_default().insert(entity);
        }
        let mut ties: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for (place, entities) in places.iter().filter(|(_, e)| e.len() <= LIST) {
            let entities: Vec<&String> = entities.iter().collect();
            for (i, a) in entities.iter().enumerate() {
                for b in &entities[i + 1..] {
                    ties.entry(((*a).clone(), (*b).clone())).or_default().insert(place.clone());
                }
            }
        }
        let mut network = Self { graph: UnGraph::default(), index: BTreeMap::new() };
        for ((a, b), places) in ties {
            let (a, b) = (network.node(a), network.node(b));
            network.graph.add_edge(a, b, places);
        }
        network
    }

    fn node(&mut self, entity: String) -> NodeIndex {
        *self.index.entry(entity).or_insert_with_key(|e| self.graph.add_node(e.clone()))
    }

    /// How many entities are named with another.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether nothing is named together.
    pub fn is_empty(&self) -> bool {
        self.graph.node_count() == 0
    }

    /// How many connected parts there are.
    pub fn parts(&self) -> usize {
        connected_components(&self.graph)
    }

    /// All entities, those named most often with others first.
    pub fn ranked(&self) -> Vec<Rank> {
        let parts = self.part_numbers();
        let mut out: Vec<Rank> = self
            .index
            .iter()
            .map(|(entity, &node)| {
                let places: BTreeSet<&String> = self.graph.edges(node).flat_map(|e| e.weight()).collect();
                let ties = self.graph.neighbors(node).count();
                Rank { entity: entity.clone(), ties, places: places.len(), part: parts[node.index()] }
            })
            .collect();
        out.sort_by(|a, b| b.places.cmp(&a.places).then(b.ties.cmp(&a.ties)).then(a.entity.cmp(&b.entity)));
        out
    }

    /// Number of each node's connected part; the largest part is 0.
    fn part_numbers(&self) -> Vec<usize> {
        let mut sets = UnionFind::new(self.graph.node_bound());
        for edge in self.graph.edge_references() {
            sets.union(edge.source().index(), edge.target().index());
        }
        let labels = sets.into_labeling();
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for label in &labels {
            *sizes.entry(*label).or_default() += 1;
        }
        let mut order: Vec<(usize, usize)> = sizes.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let number: BTreeMap<usize, usize> = order.iter().enumerate().map(|(n, (label, _))| (*label, n)).collect();
        labels.iter().map(|l| number[l]).collect()
    }

    /// The shortest chain from one entity to another, of equally short ones the one with the strongest ties; `None` where
    /// they are not connected or not known.
    pub fn path(&self, from: &str, to: &str) -> Option<Vec<Step>> {
        let (start, goal) = (*self.index.get(from)?, *self.index.get(to)?);
        // A step costs far more than the difference a strong tie makes.
        let cost = |places: &BTreeSet<String>| 1_000_000 + 100_000 / places.len().max(1);
        let (_, nodes) = astar(&self.graph, start, |n| n == goal, |e| cost(e.weight()), |_| 0)?;
        nodes
            .windows(2)
            .map(|pair| {
                let edge = self.graph.find_edge(pair[0], pair[1])?;
                let places = self.graph.edge_weight(edge)?.iter().cloned().collect();
                Some(Step { from: self.graph[pair[0]].clone(), to: self.graph[pair[1]].clone(), places })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(rows: &[(&str, &str)]) -> Network {
        Network::new(rows.iter().map(|(e, p)| ((*e).to_owned(), (*p).to_owned())))
    }

    #[test]
    fn ranks_by_places_and_numbers_parts_by_size() {
        let n = network(&[("a", "1"), ("b", "1"), ("a", "2"), ("c", "2"), ("x", "3"), ("y", "3")]);
        let ranked = n.ranked();
        assert_eq!((ranked[0].entity.as_str(), ranked[0].ties, ranked[0].places, ranked[0].part), ("a", 2, 2, 0));
        assert_eq!(ranked.iter().find(|r| r.entity == "x").map(|r| r.part), Some(1));
        assert_eq!(n.parts(), 2);
    }

    #[test]
    fn of_two_short_ways_the_stronger_is_taken() {
        let rows = [
            ("a", "1"),
            ("b", "1"),
            ("b", "2"),
            ("d", "2"),
            ("a", "3"),
            ("c", "3"),
            ("a", "4"),
            ("c", "4"),
            ("c", "5"),
            ("d", "5"),
        ];
        let path = network(&rows).path("a", "d").expect("they are connected");
        assert_eq!(path.iter().map(|s| s.to.as_str()).collect::<Vec<_>>(), ["c", "d"]);
        assert_eq!(path[0].places, ["3", "4"]);
    }

    #[test]
    fn strangers_have_no_path() {
        let n = network(&[("a", "1"), ("b", "1"), ("x", "2"), ("y", "2")]);
        assert_eq!(n.path("a", "x"), None);
        assert_eq!(n.path("a", "nobody"), None);
    }

    #[test]
    fn lists_join_nobody_one_past_the_limit() {
        let list =
            |n: usize| -> Vec<(String, String)> { (0..n).map(|i| (format!("e{i:02}"), "1".to_owned())).collect() };
        assert_eq!(Network::new(list(LIST)).len(), LIST);
        assert!(Network::new(list(LIST + 1)).is_empty());
    }
}
