//! Compiles a strategy, written in Markdown and TOML, into an accessible page and a tagged PDF.
//!
//! # Stages
//!
//! ```text
//!  folder, frozen version, or revision of git
//!     └── files ── load ── version ── check ── render ──┬── html ─────────── page
//!                                                       └── layout ── pdf ── PDF
//! ```
//!
//! 1. [`files`]: text files, and spans into them; [`diag`]: what is said about a span.
//! 2. [`load`]: files → [`model::Strategy`], keeping a span on every item.
//!    [`version`] settles the number, status and digest that it bears; beside the pipeline it
//!    gives the files that are kept of a frozen version, and proves them.
//! 3. [`check`]: model → diagnostics; yields [`check::Checked`] when none is an error.
//! 4. [`render`]: checked model → [`views`] → [`templates`] → [`dom::Document`], the semantic tree.
//!    [`passes`] set its typography and number it; [`conservation`] makes sure that no text is lost.
//! 5. [`html`]: tree → one self-contained page.
//! 6. [`layout`]: tree → [`layout::Pages`] of glyphs at fixed places; [`pdf`]: pages → bytes.
//!
//! [`compile()`](compile::compile) is the pipeline as one function. It has three parts, which can be
//! called alone: [`edition()`](compile::edition()) (sources → checked model),
//! [`tree()`](compile::tree()) (model → document) and [`write()`](compile::write()) (document →
//! outputs). A [`compile::Session`] runs them again and again, and keeps what did not change.
//!
//! # Rooms
//!
//! A module imports only from lower floors; a test reads the imports and fails on one that runs
//! against the order.
//!
//! | floor | rooms |
//! |---|---|
//! | 10 | [`cli`]: a file a command, and its words; the only place that prints, serves, reads the clock or the environment |
//! | 9 | [`archive`]: what is kept on the disk: freezing, locking, proving and identifying versions; the outputs of a build and their record. Values in, values out, no words |
//! | 8 | [`compile`]: the pipeline, the table of [`targets`](compile::targets), the registry of rules, the gates of a status, the comparison of outputs with the tree |
//! | 7 | [`html`], [`pdf`]: the two writers |
//! | 6 | [`render`]: calls views, templates, passes and conservation in order |
//! | 5 | [`views`]: what templates see, with texts as HTML and anchors; [`layout`]: fonts, lines, pages |
//! | 4 | [`check`]: the rules of content, each a file; [`changes`]: what has changed between two versions, as values and as sentences; [`version`]: what makes one, freezing and proving; [`drawings`]: pictures, logo, timeline and golden thread inside the page; [`passes`]: changes and checks of the tree, each a file |
//! | 3 | [`load`]: front matter, TOML, Markdown, schemas; [`templates`]: the template set, its engine, labels and theme; [`conservation`]: the search for text that is lost or leaked; [`redline`]: two trees as one that shows what has changed |
//! | 2 | [`model`]: the strategy; [`dom`]: the semantic tree; [`theme`]: sizes and colours |
//! | 1 | [`diag`]: diagnostics and their renderers; [`manifest`]: the stored form of a frozen version |
//! | 0 | [`files`]: text files, and spans into them; [`cache`]: a two-generation cache; [`language`]: languages, each a file; `steps`: how the work grows, for unit tests |
//!
//! # Invariants
//!
//! - `load` does not fail on bad content: it returns what it could read, and diagnostics.
//! - Words of others reach every output as they are; no stage corrects them. In the council's own
//!   words one pass sets signs and spaces; letters and digits stay.
//! - `render` takes only [`check::Checked`], so no template meets a missing reference.
//! - Nothing is lost in silence: on every build the model's text is compared with the tree, and the
//!   tree with each output that is built: the words of the page, the glyphs on the pages.
//!   `conservation` imports nothing of what it checks.
//! - `layout` knows nothing of PDF, `pdf` nothing of Markdown; a [`dom::Origin`] travels with each
//!   element so that both can still point at a line of a file.
//! - A span belongs to one set of sources and finds nothing in another ([`files::FileId`]), so that
//!   two versions can stand beside each other. Only diagnostics name the path that a file is reported
//!   under; outputs hold its path inside the folder.
//! - Every piece of page content belongs to a node of the tree or is an artifact
//!   ([`layout::Owner`] has no third case).
//! - What was frozen is never written again; a version is on the disk whole or not at all.
//! - The same sources give the same bytes: no stage but `cli` sees a clock or the environment, none
//!   the order of a hash table, and no output holds a path of the machine.
//! - What is internal never enters the tree of a public build; the writers know no audience.

pub mod archive;
pub mod cache;
pub mod changes;
pub mod check;
pub mod cli;
pub mod compile;
pub mod conservation;
pub mod diag;
pub mod dom;
pub mod drawings;
pub mod files;
pub mod html;
pub mod language;
pub mod layout;
pub mod load;
pub mod manifest;
pub mod model;
pub mod passes;
pub mod pdf;
pub mod redline;
pub mod render;
mod steps;
pub mod templates;
pub mod theme;
pub mod version;
pub mod views;
