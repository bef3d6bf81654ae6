//! Example queries as SHACL executables, so that any tool that reads such collections can offer them.
//!
//! The form is that of the SIB collections: <https://github.com/sib-swiss/sparql-examples>.

use oxigraph::model::NamedNode;

use super::service::OWN_PREFIXES;
use super::sink::Sink;
use super::terms::{DCTERMS, Nodes, SCHEMA, SH, term};
use crate::query::PREFIXES;

/// A query that comes with the program. Lines `# title@ja: …`, `# title@en: …` and `# topic: …` head its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name, of small letters, digits and hyphens.
    pub name: &'static str,
    /// Its text with the heading lines; the prefixes of the archive need not be declared.
    pub text: &'static str,
}

impl Example {
    /// A heading line by its key (`title@en`, `topic`); empty if there is none.
    pub fn header(&self, key: &str) -> &'static str {
        let prefix = format!("# {key}:");
        self.text.lines().find_map(|l| l.strip_prefix(prefix.as_str())).map_or("", str::trim)
    }

    /// The query without its heading lines and with all prefixes declared: it runs on any store of the same data.
    pub fn standalone(&self) -> String {
        let body: Vec<&str> = self.text.lines().skip_while(|l| l.starts_with('#') || l.trim().is_empty()).collect();
        let body = body.join("\n");
        let known = PREFIXES.iter().chain(&OWN_PREFIXES);
        let declared = |prefix: &str| {
            body.lines().filter_map(|l| l.trim_start().get(..6).map(|k| (k, l))).any(|(keyword, line)| {
                keyword.eq_ignore_ascii_case("prefix") && line.trim_start()[6..].trim_start().starts_with(prefix)
            })
        };
        let mut out = String::new();
        for (prefix, iri) in known {
            let prefix = format!("{prefix}:");
            if names(&body, &prefix) && !declared(&prefix) {
                out += &format!("PREFIX {prefix} <{iri}>\n");
            }
        }
        out + body.trim_end() + "\n"
    }

    /// Form of the query: `Select`, `Ask`, `Construct` or `Describe`.
    fn form(&self) -> &'static str {
        let code = self.text.lines().filter(|l| !l.trim_start().starts_with('#'));
        let mut words = code.flat_map(str::split_whitespace).map(|w| w.split('{').next().unwrap_or_default());
        let forms = ["Select", "Ask", "Construct", "Describe"];
        words.find_map(|w| forms.into_iter().find(|f| f.eq_ignore_ascii_case(w))).unwrap_or("Select")
    }
}

/// Whether a text uses a prefix: the letters before it are not part of a longer name.
fn names(text: &str, prefix: &str) -> bool {
    text.match_indices(prefix).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "-_.".contains(c))
    })
}

/// Writes the examples below the node `examples`.
pub(super) fn write(sink: &mut Sink, nodes: &Nodes, examples: &[Example]) {
    let root = nodes.at("examples");
    sink.label(&root, ["質問の例", "Example questions"]);
    for example in examples {
        let node = nodes.at(&format!("examples/{}", example.name));
        sink.add(&root, term(DCTERMS, "hasPart"), node.clone());
        one(sink, nodes, &node, example);
    }
}

fn one(sink: &mut Sink, nodes: &Nodes, node: &NamedNode, example: &Example) {
    let form = example.form();
    let titles = [example.header("title@ja"), example.header("title@en")];
    sink.kind(node, term(SH, "SPARQLExecutable"));
    if form != "Describe" {
        sink.kind(node, term(SH, &format!("SPARQL{form}Executable")));
    }
    sink.label(node, titles);
    sink.comment(node, titles);
    sink.text(node, term(DCTERMS, "identifier"), example.name);
    if !example.header("topic").is_empty() {
        sink.text(node, term(SCHEMA, "keywords"), example.header("topic"));
    }
    sink.add(node, term(SH, "prefixes"), nodes.at("prefixes"));
    sink.text(node, term(SH, &form.to_lowercase()), &example.standalone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &'static str, form: &str, standalone: &str) {
        let example = Example { name: "x", text };
        assert_eq!(example.form(), form, "{text}");
        assert_eq!(example.standalone(), standalone, "{text}");
    }

    #[test]
    fn queries_stand_on_their_own() {
        check(
            "# title@en: Any\n\nSELECT * { ?s a hk:Incident . ?s xhk:p 1 }",
            "Select",
            "PREFIX hk: <https://w3id.org/hakusho/ns#>\nSELECT * { ?s a hk:Incident . ?s xhk:p 1 }\n",
        );
        check("ASK{ ?s ?p ?o }\n", "Ask", "ASK{ ?s ?p ?o }\n");
        check(
            "# topic: x\nprefix hk: <urn:mine#>\n# select\nCONSTRUCT WHERE { ?s hk:p ?o }",
            "Construct",
            "prefix hk: <urn:mine#>\n# select\nCONSTRUCT WHERE { ?s hk:p ?o }\n",
        );
    }

    #[test]
    fn heading_lines_are_found_by_their_key() {
        let example = Example { name: "x", text: "# title@ja: 題\n# topic: laws\nASK {}" };
        assert_eq!(
            (example.header("title@ja"), example.header("topic"), example.header("title@en")),
            ("題", "laws", "")
        );
    }
}
