//! The tests of the whole program: sources that are bad, or only odd (`load`, `robust`), templates
//! of a council's own (`templates`), targets (`targets`), its fonts, colours and logo (`theme`), what becomes of words
//! between sources and outputs (`render`), commands (`cli`), files that came back (`identify`), indicators
//! (`indicators`), the
//! JSON of commands (`json`), the preview (`watch`), what readers, validators and archives find in
//! PDFs (`conformance`), what a browser shows of pages (`page`), the founding slides (`slides`),
//! where the process is (`status`), laws that hold for any text (`properties`), places that links
//! hold on to (`anchors`), builds that follow one another (`session`), versions that are frozen and
//! proved (`release`), a strategy that has lived its whole life (`life`), what a status demands
//! (`gates`), sources out of repositories that git has made (`revisions`), and the documentation of
//! the rules (`rules`).

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
