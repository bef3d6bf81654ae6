//! A document beside its annotation (its *gold*): how well the report was read, measure by measure, and what was missed.
//!
//! - [`Gold::parse`] reads an annotation; [`Names`] are the names of the things its ids stand for.
//! - [`Gold::parse_seed`] reads one of a folder of plain texts annotated by line and column.
//! - [`evaluate`] gives an [`Evaluation`]: [`Scores`], every [`Miss`] behind them, and a [`Tuning`] of types and rules.
//! - [`macro_mean`] is the mean over reports; [`failed`] the outcome of a report that could not be read.
//!
//! The format and every measure are described in `docs/eval.md`. This crate is pure: it reads no files and knows no PDF.
//!
//! ```
//! use hakusho_eval::{Gold, Names, evaluate};
//! use hakusho_model::{Document, PageInfo, Source};
//!
//! let gold = Gold::parse(r#"{"pages": [{"index": 1, "label": "12"}]}"#, &Names::default())?;
//! let mut document = Document::new(Source::default());
//! document.pages.push(PageInfo { index: 1, label: Some("１２".into()), width: 595.0, height: 842.0, ocr_confidence: None });
//! let evaluation = evaluate(&gold, &document);
//! assert_eq!(evaluation.scores.get("pages.label").map(|s| s.value()), Some(1.0));
//! # Ok::<(), hakusho_eval::GoldError>(())
//! ```
#![deny(missing_docs)]

mod compare;
mod dates;
mod evaluate;
mod finding;
mod fold;
mod gold;
mod keys;
mod measures;
mod passages;
mod place;
mod score;
mod tuning;
mod view;

pub use evaluate::{Evaluation, evaluate, failed, linked_entities, macro_mean};
pub use finding::{Miss, Verdict};
pub use gold::{Gold, GoldError, Names};
pub use score::{Score, Scores};
pub use tuning::{Confusion, RuleLinks, RulePrecision, Tuning};
