//! Dates.

use super::ViewBuilder;
use crate::model::Date;
use serde::Serialize;

/// A date.
#[derive(Debug, Serialize)]
pub(super) struct DateView {
    /// «11. april 2025», «uke 15 i 2025», or the words of the original.
    text: String,
    /// The day for machines, if it is a day.
    iso: Option<String>,
    /// Why it is uncertain, if it is.
    uncertain: Option<String>,
}

impl DateView {
    /// The words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn new(maker: &ViewBuilder<'_>, date: &Date) -> Self {
        let (iso, uncertain) = match date {
            Date::Day(day) => (Some(day.to_string()), None),
            Date::Week(week) => (Some(week.to_string()), None),
            Date::Literal { uncertain, .. } => (None, Some(uncertain.clone())),
        };
        let text = maker.labels.date(date);
        Self {
            text,
            iso,
            uncertain,
        }
    }
}
