//! The workshop: its meeting, groups, questions and answers.

use super::date::DateView;
use super::items::ItemView;
use super::{Body, Line, LinkView, ViewBuilder, line};
use crate::language::capitalized;
use crate::model::{Audience, Id, Input, Question, Section, Workshop};
use serde::Serialize;

/// The workshop.
#[derive(Debug, Serialize)]
pub(super) struct WorkshopView {
    title: Option<Line>,
    meeting: MeetingView,
    groups: Vec<GroupView>,
    questions: Vec<QuestionView>,
    /// The chapter that has the answers in tables, if this build has it.
    answers_in: Option<LinkView>,
    /// Whether the answers stand below their questions.
    answers_here: bool,
    /// How many answers this build shows.
    answers: usize,
}

/// The meeting.
#[derive(Debug, Serialize)]
pub(super) struct MeetingView {
    /// The body that met, with a capital first.
    body: Option<String>,
    date: Option<DateView>,
    uncertain: Option<Line>,
    case: Option<Line>,
    title: Option<Line>,
    case_kind: Option<Line>,
}

/// A group. Names are personal data: a public build has none.
#[derive(Debug, Serialize)]
pub(super) struct GroupView {
    anchor: String,
    /// «Gruppe 1».
    name: String,
    /// «4 deltakere».
    size: String,
    members: Vec<Line>,
    /// What is uncertain about the names; like them, in internal builds only.
    uncertain: Option<Line>,
}

/// A question with the answers to it.
#[derive(Debug, Serialize)]
pub(super) struct QuestionView {
    #[serde(flatten)]
    item: ItemView,
    /// «Spørsmål 1».
    name: String,
    number: u32,
    lead_in: Body,
    parts: Vec<PartView>,
    /// «Spørsmålet ber om tre svar og en begrunnelse.»; empty if nothing was said of it.
    asked: String,
    /// Answers to the question as a whole.
    answers: Vec<AnswersView>,
    table: TableView,
    /// Whether neither the question nor a part has an answer.
    unanswered: bool,
}

/// A part of a question.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    /// `question-4.a`.
    anchor: String,
    letter: Line,
    text: Body,
    asked: String,
    answers: Vec<AnswersView>,
    table: TableView,
}

/// The data of the table of answers, beside the answers.
#[derive(Debug, Serialize)]
struct TableView {
    anchor: String,
    /// «3 innspill».
    count: String,
    /// Whether any answer has a reason.
    reasons: bool,
}

/// The answers of one group.
#[derive(Debug, Serialize)]
pub(super) struct AnswersView {
    /// «Gruppe 1».
    group: String,
    answers: Vec<AnswerView>,
}

/// One answer, word for word.
#[derive(Debug, Serialize)]
pub(super) struct AnswerView {
    anchor: String,
    /// Whether only internal builds show it.
    internal: bool,
    text: Body,
    reason: Option<Body>,
}

impl WorkshopView {
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Option<Self> {
        let workshop = maker.strategy.workshop.as_ref()?;
        let meeting = &workshop.meeting;
        let body = meeting.body.as_ref().and_then(|body| maker.name(body));
        let meeting = MeetingView {
            body: body.map(|name| capitalized(&name)),
            date: meeting
                .date
                .as_ref()
                .map(|d| DateView::new(maker, &d.value)),
            uncertain: line(meeting.uncertain.as_ref()),
            case: line(meeting.case.as_ref()),
            title: line(meeting.title.as_ref()),
            case_kind: line(meeting.case_kind.as_ref()),
        };
        let questions = workshop
            .questions
            .iter()
            .filter(|q| maker.shows(q.item.audience));
        let inputs = maker.strategy.showing(Section::Inputs);
        Some(Self {
            title: line(workshop.title.as_ref()),
            meeting,
            groups: groups(maker, workshop),
            questions: questions.map(|q| question(maker, workshop, q)).collect(),
            answers_in: inputs.and_then(|chapter| maker.targets.link(&chapter.item.id)),
            answers_here: inputs.is_none(),
            answers: workshop
                .inputs
                .iter()
                .filter(|i| maker.shows(i.audience))
                .count(),
        })
    }
}

fn groups(maker: &ViewBuilder<'_>, workshop: &Workshop) -> Vec<GroupView> {
    let names = maker.shows(Audience::Internal);
    let groups = workshop.groups.iter().map(|group| GroupView {
        anchor: group.id.anchor(),
        name: maker
            .labels
            .fill("group_n", &[("n", &group.number.to_string())]),
        size: maker
            .labels
            .count("participant", group.members.len() as u64),
        members: group
            .members
            .iter()
            .filter(|_| names)
            .map(Line::from)
            .collect(),
        uncertain: line(group.uncertain.as_ref().filter(|_| names)),
    });
    groups.collect()
}

fn question(maker: &ViewBuilder<'_>, workshop: &Workshop, question: &Question) -> QuestionView {
    let inputs = workshop.inputs.iter().filter(|input| {
        maker.shows(input.audience) && input.question.id().as_ref() == Some(&question.item.id)
    });
    let inputs: Vec<_> = inputs.collect();
    let of_part = |letter: Option<&str>| {
        let known = |l: &str| question.parts.iter().any(|p| p.letter.value == l);
        let chosen = inputs.iter().filter(|i| {
            let part = i.part.as_ref().map(|p| p.value.as_str());
            // An answer to a part that the question has not still has to be read somewhere.
            part.filter(|l| known(l)) == letter
        });
        answers(maker, chosen.copied())
    };
    let of_question = question.item.id.anchor();
    let anchor = format!("inputs-{of_question}");
    let parts = (1..).zip(&question.parts).map(|(number, part)| {
        let answers = of_part(Some(&part.letter.value));
        // The point is in no id of an item.
        let of_table = format!("{anchor}.{number}");
        let letter = part.letter.value.to_lowercase();
        let anchor = match Id::is_name(&letter) {
            true => format!("{of_question}.{letter}"),
            false => format!("{of_question}.{number}"),
        };
        PartView {
            letter: Line::from(&part.letter),
            text: maker.part(&part.text, &anchor),
            anchor,
            asked: asked(maker, None, part.why),
            table: TableView::new(maker, of_table, &answers),
            answers,
        }
    });
    let number = question.number.value;
    let answers = of_part(None);
    QuestionView {
        item: ItemView::new(maker, &question.item),
        name: maker
            .labels
            .fill("question_n", &[("n", &number.to_string())]),
        number,
        lead_in: maker.part(&question.lead_in, &format!("{of_question}.lead-in")),
        parts: parts.collect(),
        asked: asked(maker, question.answers, question.why),
        table: TableView::new(maker, anchor.clone(), &answers),
        answers,
        unanswered: inputs.is_empty(),
    }
}

impl TableView {
    fn new(maker: &ViewBuilder<'_>, anchor: String, groups: &[AnswersView]) -> Self {
        let answers = || groups.iter().flat_map(|group| &group.answers);
        Self {
            anchor,
            count: maker.labels.count("input", answers().count() as u64),
            reasons: answers().any(|answer| answer.reason.is_some()),
        }
    }
}

/// How many answers were asked for, and whether a reason was.
fn asked(maker: &ViewBuilder<'_>, answers: Option<u32>, why: bool) -> String {
    let labels = maker.labels;
    match (answers, why) {
        (Some(n), true) => labels.count_in_words("answers_why", n.into()),
        (Some(n), false) => labels.count_in_words("answers_asked", n.into()),
        (None, true) => labels.get("why").to_owned(),
        (None, false) => String::new(),
    }
}

/// Answers by group, in the order of their first answer.
fn answers<'a>(
    maker: &ViewBuilder<'_>,
    inputs: impl Iterator<Item = &'a Input>,
) -> Vec<AnswersView> {
    let mut groups: Vec<AnswersView> = Vec::new();
    for input in inputs {
        let group = maker.name(&input.group).unwrap_or_default();
        let anchor = input.id.anchor();
        let reason = |text| maker.part(text, &format!("{anchor}.reason"));
        let answer = AnswerView {
            internal: input.audience == Audience::Internal,
            text: maker.body(&input.text, &anchor),
            reason: input.reason.as_ref().map(reason),
            anchor,
        };
        match groups.iter_mut().find(|g| g.group == group) {
            Some(known) => known.answers.push(answer),
            None => groups.push(AnswersView {
                group,
                answers: vec![answer],
            }),
        }
    }
    groups
}
