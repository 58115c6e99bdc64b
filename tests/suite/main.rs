//! The tests of the whole program. Each module has a subject:
//!
//! - `anchors`: anchors that links from outside use
//! - `ci_examples`: the examples of CI workflows
//! - `cli`: commands, exit statuses and files
//! - `conformance`: PDFs as readers, validators and archives read them
//! - `diff`: `utkast diff`
//! - `gates`: requirements of a status
//! - `identify`: files that users bring
//! - `indicators`: indicators
//! - `json`: JSON of commands
//! - `life`: a strategy over its whole life
//! - `load`: invalid sources
//! - `page`: pages in a browser
//! - `properties`: properties that hold for any text
//! - `redline`: documents that show changes
//! - `release`: freezing and proving versions
//! - `render`: text between sources and outputs
//! - `revisions`: sources from git
//! - `robust`: unusual sources
//! - `rules`: documentation of the rules
//! - `scripts`: the scripts in `.ci`
//! - `session`: series of builds
//! - `slides`: the founding slides
//! - `status`: the state of the process
//! - `support`: helpers
//! - `targets`: targets
//! - `templates`: a council's own templates
//! - `theme`: fonts, colours and logo
//! - `watch`: the preview

mod anchors;
#[cfg(unix)]
mod ci_examples;
mod cli;
mod conformance;
mod diff;
mod gates;
mod identify;
mod indicators;
mod json;
mod life;
mod load;
mod page;
mod properties;
mod redline;
mod release;
mod render;
mod revisions;
mod robust;
mod rules;
mod scripts;
mod session;
mod slides;
mod status;
mod support;
mod targets;
mod templates;
mod theme;
mod watch;
