//! The document, the council and the version.

use super::date::DateView;
use super::versions::{DecisionView, RoundView, WaiverView};
use super::{Line, ViewBuilder, line};
use crate::language::capitalized;
use crate::model::{Audience, short_digest};
use crate::templates::{access_of, label_of};
use serde::Serialize;

/// The metadata of the document.
#[derive(Debug, Serialize)]
pub(super) struct DocumentView {
    title: Line,
    subtitle: Option<Line>,
    description: Option<Line>,
    /// `nb`, `nn` or `en`.
    language: &'static str,
    /// «2026–2029».
    period: String,
    first_year: i16,
    last_year: i16,
    /// Whether this build is for the council and its secretariat only.
    internal: bool,
    /// The same as a label: «Offentlig», «Intern».
    access: String,
}

impl DocumentView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Self {
        let strategy = maker.strategy;
        let period = strategy.period.value;
        Self {
            title: Line::from(&strategy.title),
            subtitle: line(strategy.subtitle.as_ref()),
            description: line(strategy.description.as_ref()),
            language: strategy.language.tag,
            period: format!("{}–{}", period.first, period.last),
            first_year: period.first,
            last_year: period.last,
            internal: maker.audience == Audience::Internal,
            access: maker.labels.get(access_of(maker.audience)).to_owned(),
        }
    }
}

/// The council.
#[derive(Debug, Serialize)]
pub(super) struct CouncilView {
    name: Line,
    short: Option<Line>,
    members: Vec<Line>,
    contact: Option<Line>,
}

impl CouncilView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Self {
        let council = &maker.strategy.council;
        Self {
            name: Line::from(&council.name),
            short: line(council.short.as_ref()),
            members: council.members.iter().map(Line::from).collect(),
            contact: line(council.contact.as_ref()),
        }
    }
}

/// The version.
#[derive(Debug, Serialize)]
pub(super) struct VersionView {
    number: Line,
    /// «working», «adopted» …
    status: &'static str,
    /// The same as a label.
    status_label: String,
    /// The explanation of the status, a sentence.
    status_text: String,
    /// Whether it is sent out for others to speak on.
    sent_out: bool,
    date: DateView,
    note: Option<Line>,
    /// The meeting or case that it belongs to.
    case: Option<Line>,
    uncertain: Option<Line>,
    /// The first digits of the digest, as documents print it; empty without a digest.
    digest: String,
    /// The body that it was put before: «Representantskapet».
    body: Option<String>,
    /// The decisions about it.
    decisions: Vec<DecisionView>,
    /// Gates that a person has passed for it.
    passes: Vec<WaiverView>,
    /// Whether a new round of consultation is needed, if somebody has said so.
    round: Option<RoundView>,
}

impl VersionView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Self {
        let version = &maker.strategy.version;
        let status = version.status.as_str();
        let text = maker.labels.get(&format!("status_text_{status}"));
        let body = version.body.as_ref().and_then(|body| maker.name(body));
        Self {
            number: Line::from(&version.number),
            status,
            status_label: maker.labels.get(label_of(version.status)).to_owned(),
            status_text: text.to_owned(),
            sent_out: version.manifest.sent_out,
            date: DateView::new(maker, &version.date.value),
            note: line(version.note.as_ref()),
            case: line(version.case.as_ref()),
            uncertain: line(version.uncertain.as_ref()),
            digest: short_digest(&version.manifest.digest).to_owned(),
            body: body.map(|name| capitalized(&name)),
            decisions: DecisionView::all(maker, version),
            passes: WaiverView::all(maker),
            round: version.manifest.round.as_ref().map(RoundView::from),
        }
    }
}
