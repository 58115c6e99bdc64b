//! The workshop: the meeting, the questions, the groups and their answers.

use super::file_offset::FileOffset;
use super::format::*;
use super::{Loader, markdown};
use crate::model::{
    Group, Input, Kind, Located, Meeting, Part, Question, Reference, Strategy, Text, Workshop,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Deserializer;

impl Loader<'_> {
    /// Reads the workshop; without a strategy only to report what is wrong with it.
    pub(super) fn workshop(&mut self, strategy: Option<&mut Strategy>) {
        let questions = self.questions();
        let groups = self.groups();
        let inputs = self.inputs(&groups);
        let file: Option<(WorkshopFile, FileOffset)> = self.toml("workshop/workshop.toml");
        if file.is_none() && questions.is_empty() && groups.is_empty() && inputs.is_empty() {
            return;
        }
        let (title, meeting) = match file {
            Some((file, place)) => {
                let field = file.meeting;
                let meeting = Meeting {
                    body: field.body.map(|body| place.reference(body)),
                    date: field.date.map(|date| place.date(date, self.sink)),
                    uncertain: place.locate_some(field.uncertain),
                    case: place.locate_some(field.case),
                    title: place.locate_some(field.title),
                    case_kind: place.locate_some(field.case_kind),
                };
                (place.locate_some(file.title), meeting)
            }
            None => (None, Meeting::default()),
        };
        if let Some(strategy) = strategy {
            strategy.workshop = Some(Workshop {
                title,
                meeting,
                questions,
                groups,
                inputs,
            });
        }
    }

    fn questions(&mut self) -> Vec<Question> {
        let id = |front: &QuestionFile| front.id.clone();
        let read = |deserializer: Deserializer<'_>| QuestionFile::deserialize(deserializer);
        self.kind(Kind::Question, read, id, |front, partial| {
            let place = partial.split.front_start;
            let number = place.locate(front.number);
            let parts = front.parts.into_iter().map(|part| Part {
                letter: place.locate(part.letter),
                text: words(place, place.locate(part.text)),
                why: part.why,
            });
            let question = Question {
                parts: parts.collect(),
                lead_in: match front.lead_in {
                    Some(lead_in) => words(place, place.locate(lead_in)),
                    None => Text::default(),
                },
                answers: front.answers,
                why: front.why,
                item: partial.finish(front.title, front.uncertain),
                number,
            };
            (Some(question.number.value.into()), question)
        })
    }

    fn groups(&mut self) -> Vec<Group> {
        let file = self.toml::<ParticipantsFile>("workshop/participants.toml");
        let Some((file, place)) = file else {
            return Vec::new();
        };
        let groups = file.groups.into_iter().map(|field| {
            let (id, span) = self.id(Kind::Group, field.id, place);
            Group {
                id,
                span,
                number: field.number,
                members: place.locate_all(field.members),
                uncertain: place.locate_some(field.uncertain),
            }
        });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by_key(|group| group.number);
        groups
    }

    /// The answers by the numbers of their groups, then in the order of files and answers.
    fn inputs(&mut self, groups: &[Group]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for (_, source) in self.files_of(Kind::Input) {
            let Some((file, place)) = self.toml::<InputsFile>(&source.path) else {
                continue;
            };
            let group = place.reference(file.group);
            for field in file.answers {
                inputs.push(self.answer(field, &group, place));
            }
        }
        let numbers = groups.iter().map(|group| (&group.id, group.number));
        let numbers: BTreeMap<_, _> = numbers.collect();
        inputs.sort_by_key(|input| {
            let number = input.group.id().and_then(|id| numbers.get(&id));
            (number.is_none(), number.copied())
        });
        inputs
    }

    fn answer(&mut self, field: AnswerField, group: &Reference, place: FileOffset) -> Input {
        let (id, span) = self.id(Kind::Input, field.id, place);
        let language = field.language.map(|tag| place.locate(tag).value);
        let said = |text: Str| Text {
            language: language.clone(),
            ..words(place, place.locate(text))
        };
        Input {
            id,
            span,
            audience: field.audience.0,
            group: group.clone(),
            question: place.reference(field.question),
            part: place.locate_some(field.part),
            text: said(field.text),
            reason: field.reason.map(said),
        }
    }
}

/// Words from a TOML text, kept as they are. Their blocks all point at the whole text: escapes
/// and quotation marks make places inside it differ from places in the file.
fn words(place: FileOffset, text: Located<String>) -> Text {
    let mut read = markdown::read_verbatim(&text.value, place.file, 0);
    for block in &mut read.blocks {
        if let crate::model::Block::Paragraph { span, .. } = block {
            *span = text.span;
        }
    }
    read
}
