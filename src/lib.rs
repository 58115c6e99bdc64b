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
//! 1. [`files`]: source files, and spans in them; [`diag`]: diagnostics about a span.
//! 2. [`load`]: files → [`model::Strategy`], keeping a span on every item.
//!    [`version`] sets its number, status and digest. Outside the pipeline it makes the files of a
//!    frozen version and proves them.
//! 3. [`check`]: model → diagnostics; yields [`check::Checked`] when none is an error.
//! 4. [`render`]: checked model → [`views`] → [`templates`] → [`dom::Document`], the semantic tree.
//!    [`passes`] apply typography and numbers; [`conservation`] checks that no text is lost.
//! 5. [`html`]: tree → one self-contained page.
//! 6. [`layout`]: tree → [`layout::Pages`] of glyphs at fixed places; [`pdf`]: pages → bytes.
//!
//! [`compile()`](compile::compile) is the pipeline as one function. It has three parts, which can be
//! called alone: [`edition()`](compile::edition()) (sources → checked model),
//! [`tree()`](compile::tree()) (model → document) and [`write()`](compile::write()) (document →
//! outputs). A [`compile::Session`] runs them repeatedly, with caches.
//!
//! # Rooms
//!
//! A room is a module directly below `src/`. It imports only from lower floors; a test reads the imports
//! and fails on any other.
//!
//! | floor | rooms |
//! |---|---|
//! | 10 | [`cli`]: the commands, each in a file; the only room that prints, serves, reads the clock or the environment |
//! | 9 | [`archive`]: versions on the disk: freezing, locking, proving and identifying them; the outputs of a build and their record. It returns values, no messages |
//! | 8 | [`compile`]: the pipeline, the table of [`targets`](compile::targets), the registry of rules, the gates of a status, the comparison of outputs with the tree |
//! | 7 | [`html`], [`pdf`]: the two writers |
//! | 6 | [`render`]: calls views, templates, passes and conservation in order |
//! | 5 | [`views`]: the data for templates, with texts as HTML and anchors; [`layout`]: fonts, lines, pages |
//! | 4 | [`check`]: the rules of content, each in a file; [`changes`]: the changes between two versions, as values and as sentences; [`version`]: the version of a build, freezing and proving; [`drawings`]: pictures, logo, timeline and golden thread inside the page; [`passes`]: changes and checks of the tree, each in a file |
//! | 3 | [`load`]: front matter, TOML, Markdown, schemas; [`templates`]: the template set, its engine, labels and theme; [`conservation`]: the search for lost or leaked text; [`redline`]: two trees merged into one that shows the changes |
//! | 2 | [`model`]: the strategy; [`dom`]: the semantic tree; [`theme`]: sizes and colours |
//! | 1 | [`diag`]: diagnostics and their renderers; [`manifest`]: the stored form of a frozen version |
//! | 0 | [`files`]: source files, and spans in them; [`cache`]: a two-generation cache; [`language`]: languages, each in a file; `steps`: counts steps in unit tests |
//!
//! # Invariants
//!
//! - `load` does not fail on bad content: it returns the content that it could read, and diagnostics.
//! - Verbatim text reaches every output unchanged; no stage corrects it. In the council's own text, one
//!   pass changes punctuation and spaces, but no letters and digits.
//! - `render` takes only [`check::Checked`], so no template meets a missing reference.
//! - No text is lost silently: every build compares the text of the model with the tree, and the tree
//!   with each output (the words of the page, the glyphs of the PDF). `conservation` does not import the
//!   code that it checks.
//! - `layout` does not depend on PDF, nor `pdf` on Markdown. Each element has a [`dom::Origin`], so that
//!   both can report a line of a source file.
//! - A span belongs to one set of sources and is invalid in another ([`files::FileId`]), so that two
//!   versions can be processed in one run. Only diagnostics contain the path under which a file is
//!   reported; outputs contain its path inside the folder.
//! - Every piece of page content belongs to a node of the tree or is an artifact
//!   ([`layout::Owner`] has no third case).
//! - Frozen versions are never changed, and releases are atomic.
//! - The same sources give the same bytes: only `cli` reads the clock and the environment, no stage
//!   depends on the order of a hash table, and no output contains a path of the machine.
//! - Internal content never enters the tree of a public build; the writers have no audience.

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
