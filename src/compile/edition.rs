//! Sources → checked model.

use super::pictures::{self, Pictures};
use super::{Build, Session, Stage};
use crate::check::{self, Checked};
use crate::diag::Sink;
use crate::files::Sources;
use crate::model::Strategy;
use crate::{load, version};

/// The strategy of one set of sources, loaded, resolved and checked.
#[derive(Debug)]
pub struct Edition<'s> {
    /// The sources that it was read from.
    pub sources: &'s Sources,
    /// The pictures that are registered.
    pub(super) pictures: Pictures,
    /// `None` if `strategy.toml` cannot be used; not checked if there are errors.
    model: Option<Result<Checked, Box<Strategy>>>,
}

/// Loads the sources, brings the strategy into the state that is built, and checks it.
///
/// Everything that is wrong goes to `sink`. With an error there, also one from before, the edition
/// has a strategy at most, and no tree can be made of it.
pub fn edition<'s>(
    sources: &'s Sources,
    build: &Build,
    session: &mut Session,
    sink: &mut Sink,
    progress: &mut dyn FnMut(Stage),
) -> Edition<'s> {
    progress(Stage::Load);
    let strategy = load::load_again(sources, &mut session.load, sink);
    let mut pictures = Pictures::default();
    let model = strategy.map(|mut strategy| {
        version::resolve(&mut strategy, sources, &build.state, sink);
        progress(Stage::Check);
        pictures = pictures::read(&strategy, sources, &mut session.pictures, sink);
        check::check(strategy, sources, sink)
    });
    Edition {
        sources,
        pictures,
        model,
    }
}

impl Edition<'_> {
    /// The strategy, if `strategy.toml` could be used.
    pub fn strategy(&self) -> Option<&Strategy> {
        match self.model.as_ref()? {
            Ok(checked) => Some(checked),
            Err(strategy) => Some(strategy),
        }
    }

    /// The strategy, if it has no errors.
    pub fn checked(&self) -> Option<&Checked> {
        self.model.as_ref()?.as_ref().ok()
    }

    /// The strategy alone.
    pub fn into_strategy(self) -> Option<Strategy> {
        Some(match self.model? {
            Ok(checked) => checked.into_strategy(),
            Err(strategy) => *strategy,
        })
    }
}
