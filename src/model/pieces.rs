//! Every piece of text that a reader must find, for the conservation check.

use super::{Audience, Block, Date, ImageFile, Inline, Item, Located, Strategy, Text};
use crate::files::Span;

/// A piece of text of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words, as written.
    pub text: String,
    /// Where they were written.
    pub span: Span,
    /// Who may read them.
    pub audience: Audience,
}

/// Every piece of text that the document must show, in the order of the model.
///
/// Left out are words that only steer, such as ids and languages, and a picture's alternative
/// text (it is not shown where the picture can be seen).
pub fn pieces(strategy: &Strategy) -> Vec<Piece> {
    let mut out = Gathering::default();
    out.strategy(strategy);
    out.pieces
}

#[derive(Default)]
struct Gathering {
    pieces: Vec<Piece>,
    audience: Audience,
}

impl Gathering {
    fn push(&mut self, text: String, span: Span) {
        if !text.trim().is_empty() {
            let audience = self.audience;
            self.pieces.push(Piece {
                text,
                span,
                audience,
            });
        }
    }

    fn one(&mut self, value: &Located<String>) {
        self.push(value.value.clone(), value.span);
    }

    fn all<'a>(&mut self, values: impl IntoIterator<Item = &'a Located<String>>) {
        values.into_iter().for_each(|value| self.one(value));
    }

    fn text(&mut self, text: &Text) {
        for block in &text.blocks {
            block.walk(&mut |block| {
                if let Block::Code { text, span } = block {
                    self.push(text.clone(), *span);
                }
                for (line, span) in block.lines() {
                    self.push(Inline::plain(line), span);
                }
            });
        }
    }

    /// The words of a date that is no day, and the reason.
    fn date(&mut self, date: &Located<Date>) {
        if let Date::Literal { text, uncertain } = &date.value {
            self.push(text.clone(), date.span);
            self.push(uncertain.clone(), date.span);
        }
    }

    fn item(&mut self, item: &Item) {
        self.audience = item.audience;
        self.all(&item.title);
        self.text(&item.text);
        self.all(&item.uncertain);
    }

    fn strategy(&mut self, s: &Strategy) {
        self.one(&s.title);
        self.all(&s.subtitle);
        self.one(&s.council.name);
        self.all(&s.council.members);
        self.all(&s.council.contact);
        self.one(&s.version.number);
        self.date(&s.version.date);
        self.all(&s.version.note);
        self.all(&s.version.case);
        self.all(&s.version.uncertain);
        let named = s.bodies.iter().chain(&s.roles);
        named.for_each(|named| self.all(&named.uncertain));
        if let Some(agreement) = &s.agreement {
            agreement.date.iter().for_each(|date| self.date(date));
            self.text(&agreement.text);
            self.all(&agreement.note);
        }
        let items = s.chapters.iter().map(|c| &c.item).chain(&s.challenges);
        let items = items.chain(&s.opportunities);
        let items = items.chain(s.findings.iter().map(|f| &f.item));
        let items = items.chain(&s.starting_points).chain(&s.focus_areas);
        let items = items.chain(s.goals.iter().map(|g| &g.item));
        items.for_each(|item| self.item(item));
        for measure in &s.measures {
            self.item(&measure.item);
            self.all(&measure.partners);
            measure.deadline.iter().for_each(|date| self.date(date));
            self.all(&measure.indicator);
            self.all(&measure.cost);
        }
        self.audience = Audience::Public;
        for source in &s.sources {
            self.one(&source.title);
            self.all(&source.author);
            self.all(&source.publisher);
            self.all(&source.address);
            self.all(&source.note);
            self.all(&source.uncertain);
        }
        if let Some(process) = &s.process {
            self.all(&process.uncertain);
        }
        for step in s.process.iter().flat_map(|p| &p.steps) {
            self.all(&step.phase);
            self.one(&step.activity);
            self.all(&step.uncertain);
        }
        self.workshop(s);
        let internal = s.internal_pictures();
        for image in &s.images {
            self.audience = match internal.contains(&image.id) {
                true => Audience::Internal,
                false => Audience::Public,
            };
            self.all(&image.caption);
            for credit in &image.credits {
                self.one(&credit.name);
                self.all(&credit.position);
            }
            self.all(&image.licence);
            self.all(&image.text);
            self.all(&image.uncertain);
            if let ImageFile::Pending(why) = &image.file {
                self.one(why);
            }
        }
    }

    fn workshop(&mut self, s: &Strategy) {
        let Some(workshop) = &s.workshop else { return };
        self.all(&workshop.title);
        workshop
            .meeting
            .date
            .iter()
            .for_each(|date| self.date(date));
        self.all(&workshop.meeting.uncertain);
        self.all(&workshop.meeting.title);
        self.all(&workshop.meeting.case);
        self.all(&workshop.meeting.case_kind);
        for question in &workshop.questions {
            self.item(&question.item);
            self.text(&question.lead_in);
            question.parts.iter().for_each(|part| self.text(&part.text));
        }
        for input in &workshop.inputs {
            self.audience = input.audience;
            self.text(&input.text);
            input.reason.iter().for_each(|reason| self.text(reason));
        }
        self.audience = Audience::Internal;
        for group in &workshop.groups {
            self.all(&group.members);
            self.all(&group.uncertain);
        }
        self.audience = Audience::Public;
    }
}
