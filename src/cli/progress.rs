//! A line that says what is going on, for a person who watches.

use crate::compile::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// The line; it is gone when this is dropped.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A line on a terminal, or none.
    pub(super) fn new(watched: bool) -> Self {
        let target = match watched {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {msg}");
        bar.set_style(style.expect("the template is well formed"));
        if watched {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self(bar)
    }

    /// Says which stage has begun.
    pub(super) fn show(&self, stage: Stage) {
        self.0.set_message(match stage {
            Stage::Load => "Reading the sources.",
            Stage::Check => "Checking the content.",
            Stage::Render => "Filling the templates.",
            Stage::Html => "Writing the page.",
            Stage::Layout => "Setting the pages.",
            Stage::Pdf => "Writing the PDF.",
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
