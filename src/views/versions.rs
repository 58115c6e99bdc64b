//! Versions: decisions and waivers of this one, and the log of earlier ones.

use super::date::DateView;
use super::{Line, ViewBuilder, line};
use crate::language::capitalized;
use crate::model::{
    Date, Decided, Decision, Located, Release, Round, Status, Version, Waiver, short_digest,
};
use crate::templates::label_of;
use crate::version::asked_of;
use serde::Serialize;

/// The labels of the rules that gates demand, unless a council says otherwise; any other rule goes
/// by its name.
const RULES: [(&str, &str); 9] = [
    ("unanswered-input", "rule_unanswered_input"),
    (
        "measure-without-responsible",
        "rule_measure_without_responsible",
    ),
    ("unfounded-measure", "rule_unfounded_measure"),
    ("unmarked-doubt", "rule_unmarked_doubt"),
    ("image-pending", "rule_image_pending"),
    ("image-without-credit", "rule_image_without_credit"),
    ("provisional-finding", "rule_provisional_finding"),
    ("undecided", "rule_undecided"),
    ("uncertain-reading", "rule_uncertain_reading"),
];

/// A decision of a body.
#[derive(Debug, Serialize)]
pub(super) struct DecisionView {
    /// «Representantskapet».
    body: String,
    date: DateView,
    case: Line,
    /// «Vedtatt av representantskapet 14. desember 2027, sak 21/27», or without the first words where
    /// the version is not adopted.
    line: String,
    /// The text of the decision, verbatim.
    text: Line,
    vote: Option<Line>,
}

impl DecisionView {
    pub(super) fn all(maker: &ViewBuilder<'_>, version: &Version) -> Vec<Self> {
        let decisions = version.decisions.iter();
        let views = decisions.map(|decision| Self::new(maker, version.status, decision));
        views.collect()
    }

    fn new(maker: &ViewBuilder<'_>, status: Status, decision: &Decision) -> Self {
        let body = maker.name(&decision.body).unwrap_or_default();
        let date = DateView::new(maker, &decision.date.value);
        let line = decided(maker, status, &body, &date, &decision.case);
        Self {
            body: capitalized(&body),
            line,
            date,
            case: Line::from(&decision.case),
            text: Line::from(&decision.text),
            vote: super::line(decision.vote.as_ref()),
        }
    }
}

/// The body, the date and the case.
fn decided(
    maker: &ViewBuilder<'_>,
    status: Status,
    body: &str,
    date: &DateView,
    case: &str,
) -> String {
    let key = match status.is_draft() {
        true => "decided_by",
        false => "adopted_by",
    };
    let case = case_of(maker, case);
    let values = [("body", body), ("date", date.text()), ("case", &case)];
    capitalized(&maker.labels.fill(key, &values))
}

/// «sak 21/27»; a case that says what it is stays as it is written: «RR-sak 15/27».
fn case_of(maker: &ViewBuilder<'_>, case: &str) -> String {
    match case.starts_with(|c: char| c.is_ascii_digit()) {
        true => maker.labels.fill("case_n", &[("n", case)]),
        false => case.to_owned(),
    }
}

/// A gate that a person has passed for this version.
#[derive(Debug, Serialize)]
pub(super) struct WaiverView {
    /// The rule that was waived.
    rule: String,
    by: Line,
    reason: Line,
}

impl WaiverView {
    /// The waivers for the status of the version.
    pub(super) fn all(maker: &ViewBuilder<'_>) -> Vec<Self> {
        let strategy = maker.strategy;
        let passes = strategy.gates.waivers.iter();
        let valid = passes.filter(|pass| pass.status == strategy.version.status);
        valid.map(|pass| Self::new(maker, pass)).collect()
    }

    fn new(maker: &ViewBuilder<'_>, pass: &Waiver) -> Self {
        let rule = pass.rule.value.as_str();
        let known = RULES.iter().find(|(name, _)| *name == rule);
        Self {
            rule: known
                .map_or(rule, |(_, key)| maker.labels.get(key))
                .to_owned(),
            by: Line::from(&pass.by),
            reason: Line::from(&pass.reason),
        }
    }
}

/// Whether those who were asked must be asked again.
#[derive(Debug, Serialize)]
pub(super) struct RoundView {
    needed: bool,
    by: String,
    reason: String,
}

impl From<&Round> for RoundView {
    fn from(round: &Round) -> Self {
        Self {
            needed: round.needed,
            by: round.by.clone(),
            reason: round.reason.clone(),
        }
    }
}

/// A row of the log.
#[derive(Debug, Serialize)]
pub(super) struct RowView {
    number: String,
    status_label: String,
    date: DateView,
    /// «Representantskapet, sak 21/27»; what there is of the two.
    before: String,
    /// A line each: «Vedtatt av representantskapet 14. desember 2027, sak 21/27».
    decisions: Vec<String>,
    note: Option<Line>,
    /// The beginning of the digest.
    digest: String,
    /// Whether it was sent out.
    sent_out: bool,
    /// Whether changes are counted from it: the last that was sent out, until the strategy is adopted.
    base: bool,
    /// Whether it is the version of this document.
    this: bool,
}

/// The versions before this one, oldest first, and this one last; nothing if it is the first.
pub(super) fn log(maker: &ViewBuilder<'_>) -> Vec<RowView> {
    let strategy = maker.strategy;
    let number = strategy.version.number.value.as_str();
    let before = strategy.releases.iter();
    let before = before.filter(|release| release.number.to_string() != number);
    let mut rows: Vec<_> = before.map(|release| frozen(maker, release)).collect();
    if rows.is_empty() {
        return rows;
    }
    let base = asked_of(&strategy.releases).map(|release| release.number.to_string());
    for row in &mut rows {
        row.base = Some(&row.number) == base.as_ref();
    }
    rows.push(this(maker));
    rows
}

fn frozen(maker: &ViewBuilder<'_>, release: &Release) -> RowView {
    let decisions = release.decisions.iter().map(|decision: &Decided| {
        let date = DateView::new(maker, &Date::Day(decision.date));
        decided(
            maker,
            release.status,
            &decision.body_name,
            &date,
            &decision.case,
        )
    });
    let decisions: Vec<_> = decisions.collect();
    let body = release.body_name.as_deref();
    let note = release.note.as_ref();
    RowView {
        number: release.number.to_string(),
        status_label: maker.labels.get(label_of(release.status)).to_owned(),
        date: DateView::new(maker, &Date::Day(release.date)),
        before: put_before(maker, body, release.case.as_deref(), &decisions),
        decisions,
        note: note.map(|note| Line::from(&Located::new(note.clone(), release.span))),
        digest: short_digest(&release.digest).to_owned(),
        sent_out: release.sent_out,
        base: false,
        this: false,
    }
}

fn this(maker: &ViewBuilder<'_>) -> RowView {
    let version = &maker.strategy.version;
    let body = version.body.as_ref().and_then(|body| maker.name(body));
    let case = version.case.as_ref().map(|case| case.value.as_str());
    let decisions = DecisionView::all(maker, version).into_iter();
    let decisions: Vec<_> = decisions.map(|decision| decision.line).collect();
    RowView {
        number: version.number.value.clone(),
        status_label: maker.labels.get(label_of(version.status)).to_owned(),
        date: DateView::new(maker, &version.date.value),
        before: put_before(maker, body.as_deref(), case, &decisions),
        decisions,
        note: line(version.note.as_ref()),
        digest: short_digest(&version.manifest.digest).to_owned(),
        sent_out: version.manifest.sent_out,
        base: false,
        this: true,
    }
}

/// The body and the case, as far as they are known; nothing where decisions name them.
fn put_before(
    maker: &ViewBuilder<'_>,
    body: Option<&str>,
    case: Option<&str>,
    decisions: &[String],
) -> String {
    let case = case.map(|case| case_of(maker, case));
    let parts = [body.map(str::to_owned), case];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    match decisions {
        [] => capitalized(&parts.join(", ")),
        _ => String::new(),
    }
}
