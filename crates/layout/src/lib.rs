//! Pages of positioned glyphs to a document tree: sections, paragraphs, exhibits, tables, footnotes, references.
//!
//! The order of work on a report:
//!
//! 1. [lines](lines): runs become lines by writing mode and base line; markers stay with their host, ruby leaves the text;
//! 2. [styles](styles): what is usual here: body size and fonts, leading, frame;
//! 3. [furniture](furniture): what recurs in the margins leaves the flow and gives the printed page numbers;
//! 4. [footnotes](footnotes), [captions](captions) and [exhibits](exhibits), [headings](headings) in pieces, [boxes](boxes)
//!    take their lines;
//! 5. [columns](columns): recursive cuts give the reading order; [flow](flow) cuts it into blocks and joins what pages break;
//! 6. [analyse](analyse()) numbers everything, anchors markers, resolves references, and [chronology](chronology) marks the
//!    entries under months.
//!
//! The stage is pure and knows neither PDF nor RDF.
#![deny(missing_docs)]

mod analyse;
mod bare_figures;
mod bare_tables;
mod boxes;
mod captions;
mod chars;
mod charts;
mod chronology;
mod columns;
mod contents;
mod context;
mod drawings;
mod exhibits;
mod flow;
mod footnotes;
mod furniture;
mod gutters;
mod headings;
mod lattices;
mod line;
mod lines;
mod numbering;
mod page;
mod references;
mod rows;
mod styles;
mod tables;
mod text;
mod towers;

pub use analyse::analyse;
