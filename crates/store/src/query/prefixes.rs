//! The prefixes everyone needs.

/// Prefixes that need not be declared.
pub const PREFIXES: [(&str, &str); 22] = [
    ("hk", "https://w3id.org/hakusho/ns#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("schema", "http://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("sdmx-measure", "http://purl.org/linked-data/sdmx/2009/measure#"),
    ("sdmx-attribute", "http://purl.org/linked-data/sdmx/2009/attribute#"),
    ("doco", "http://purl.org/spar/doco/"),
    ("deo", "http://purl.org/spar/deo/"),
    ("fabio", "http://purl.org/spar/fabio/"),
    ("cito", "http://purl.org/spar/cito/"),
    ("biro", "http://purl.org/spar/biro/"),
    ("frbr", "http://purl.org/vocab/frbr/core#"),
    ("po", "http://www.essepuntato.it/2008/12/pattern#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
];
