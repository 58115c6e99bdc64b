//! Every piece of text that a reader must find, for the conservation check.

use super::{
    Audience, Block, Date, Id, Image, ImageFile, Inline, Item, Located, Measure, Named, Reference,
    Section, Strategy, Text, Workshop,
};
use crate::files::Span;
use std::collections::BTreeMap;

/// A piece of text of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words, as written.
    pub text: String,
    /// Where they were written.
    pub span: Span,
    /// Who may read them.
    pub audience: Audience,
    /// Whose document must show them. An internal chapter keeps what it shows out of a public
    /// document, although everybody may read it.
    pub shown_to: Audience,
}

/// Every piece of text that the document must show, in the order of the model.
///
/// Left out are:
/// - words that only steer: ids, languages, keys of labels;
/// - numbers, days and weeks, and how many answers were asked for: the program words them in the
///   language of the document;
/// - the description, which both outputs carry in their metadata and no default template shows;
/// - links between items (`comes_from`, `goal` …): their words are the titles of other items;
/// - alternative texts, in whose place the text that shows the picture may say something else; a
///   rule sees to it that there is one;
/// - caption and inner text of a picture that no text shows.
pub fn pieces(strategy: &Strategy) -> Vec<Piece> {
    let mut out = Gathering {
        pieces: Vec::new(),
        audience: Audience::Public,
        section: Audience::Public,
        names: names(strategy),
    };
    out.strategy(strategy);
    out.pieces
}

fn names(s: &Strategy) -> BTreeMap<&Id, &str> {
    let named = s.bodies.iter().chain(&s.roles);
    named
        .map(|Named { id, name, .. }| (id, name.value.as_str()))
        .collect()
}

struct Gathering<'a> {
    pieces: Vec<Piece>,
    /// Who may read what is being gathered.
    audience: Audience,
    /// Who reads the chapter that it stands in.
    section: Audience,
    /// Bodies and roles.
    names: BTreeMap<&'a Id, &'a str>,
}

impl Gathering<'_> {
    fn push(&mut self, text: impl Into<String>, span: Span) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.pieces.push(Piece {
                text,
                span,
                audience: self.audience,
                shown_to: self.audience.max(self.section),
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
        text.walk(&mut |block| {
            if let Block::Code { text, span } = block {
                self.push(text.clone(), *span);
            }
            for (line, span) in block.lines() {
                self.push(Inline::plain(line), span);
            }
        });
    }

    /// The words of a date that is no day, and the reason.
    fn date(&mut self, date: &Located<Date>) {
        if let Date::Literal { text, uncertain } = &date.value {
            self.push(text.clone(), date.span);
            self.push(uncertain.clone(), date.span);
        }
    }

    /// The name of a body or role, where it is referred to.
    fn name(&mut self, reference: &Reference) {
        let id = reference.id();
        if let Some(name) = id.and_then(|id| self.names.get(&id).copied()) {
            self.push(name, reference.span);
        }
    }

    fn item(&mut self, item: &Item) {
        self.audience = item.audience;
        self.all(&item.title);
        self.text(&item.text);
        self.all(&item.uncertain);
        self.audience = Audience::Public;
    }

    fn items<'a>(&mut self, items: impl IntoIterator<Item = &'a Item>) {
        items.into_iter().for_each(|item| self.item(item));
    }

    fn strategy(&mut self, s: &Strategy) {
        self.one(&s.title);
        self.all(&s.subtitle);
        self.one(&s.council.name);
        self.all(&s.council.short);
        self.all(&s.council.members);
        self.all(&s.council.contact);
        self.one(&s.version.number);
        self.date(&s.version.date);
        self.all(&s.version.note);
        self.all(&s.version.case);
        self.all(&s.version.uncertain);
        let passes = s.gates.passes.iter();
        for pass in passes.filter(|pass| pass.status == s.version.status) {
            self.one(&pass.by);
            self.one(&pass.reason);
        }
        for decision in &s.version.decisions {
            self.name(&decision.body);
            self.date(&decision.date);
            self.one(&decision.case);
            self.one(&decision.text);
            self.all(&decision.vote);
        }
        self.items(s.chapters.iter().map(|c| &c.item));
        for (section, _) in Section::ALL {
            self.section = s.shown_to(section);
            self.section(s, section);
        }
        for (image, shown_to) in s.pictures() {
            self.section = shown_to.unwrap_or_default();
            self.picture(image, shown_to.is_some());
        }
    }

    fn section(&mut self, s: &Strategy, section: Section) {
        match section {
            Section::Agreement => {
                if let Some(agreement) = &s.agreement {
                    self.one(&agreement.title);
                    agreement.date.iter().for_each(|date| self.date(date));
                    self.text(&agreement.text);
                    self.all(&agreement.note);
                }
            }
            Section::Challenges => self.items(&s.challenges),
            Section::Opportunities => self.items(&s.opportunities),
            Section::Findings => self.items(s.findings.iter().map(|f| &f.item)),
            Section::StartingPoints => self.items(&s.starting_points),
            Section::FocusAreas => self.items(&s.focus_areas),
            Section::Goals => self.items(s.goals.iter().map(|g| &g.item)),
            Section::Measures => s.measures.iter().for_each(|m| self.measure(m)),
            Section::Process => self.process(s),
            Section::Workshop => s.workshop.iter().for_each(|w| self.workshop(w)),
            Section::Inputs => s.workshop.iter().for_each(|w| self.inputs(w)),
            // It repeats the titles of items.
            Section::RedThread => {}
            Section::Sources => {
                for source in &s.sources {
                    self.one(&source.title);
                    self.all(&source.author);
                    self.all(&source.publisher);
                    self.all(&source.address);
                    self.all(&source.note);
                    self.all(&source.uncertain);
                }
            }
            Section::Glossary => {
                for term in &s.terms {
                    self.one(&term.term);
                    self.all(&term.full);
                    self.one(&term.text);
                }
            }
            // The log tells of manifests, which are no sources.
            Section::Versions => {}
            Section::Credits => {
                for (image, shown_to) in s.pictures() {
                    // What is kept out of a document needs no credit in it.
                    self.audience = shown_to.unwrap_or_default();
                    for credit in &image.credits {
                        self.one(&credit.name);
                        self.all(&credit.position);
                    }
                    self.all(&image.licence);
                    // The rest is said where the picture stands, if it does.
                    if let ImageFile::Pending(why) = &image.file {
                        self.one(why);
                        self.all(&image.text);
                        self.all(&image.uncertain);
                    } else if shown_to.is_none() {
                        self.all(&image.uncertain);
                    }
                }
                self.audience = Audience::Public;
            }
        }
    }

    fn measure(&mut self, measure: &Measure) {
        self.item(&measure.item);
        self.audience = measure.item.audience;
        measure.responsible.iter().for_each(|r| self.name(r));
        self.all(&measure.partners);
        measure.deadline.iter().for_each(|date| self.date(date));
        self.all(&measure.indicator);
        self.all(&measure.cost);
        self.audience = Audience::Public;
    }

    fn process(&mut self, s: &Strategy) {
        // The notes on bodies and roles stand below the plan.
        let named = s.bodies.iter().chain(&s.roles);
        named.for_each(|named| self.all(&named.uncertain));
        let Some(process) = &s.process else { return };
        self.all(&process.uncertain);
        for step in &process.steps {
            match &step.phase {
                Some(phase) => self.one(phase),
                None => step.body.iter().for_each(|body| self.name(body)),
            }
            self.one(&step.activity);
            self.all(&step.uncertain);
            let people = step.responsible.iter().chain(&step.with);
            people.for_each(|role| self.name(role));
        }
    }

    fn workshop(&mut self, workshop: &Workshop) {
        self.all(&workshop.title);
        let meeting = &workshop.meeting;
        meeting.body.iter().for_each(|body| self.name(body));
        meeting.date.iter().for_each(|date| self.date(date));
        self.all(&meeting.uncertain);
        self.all(&meeting.title);
        self.all(&meeting.case);
        self.all(&meeting.case_kind);
        for question in &workshop.questions {
            self.item(&question.item);
            self.audience = question.item.audience;
            self.text(&question.lead_in);
            for part in &question.parts {
                self.one(&part.letter);
                self.text(&part.text);
            }
        }
        self.audience = Audience::Internal;
        for group in &workshop.groups {
            self.all(&group.members);
            self.all(&group.uncertain);
        }
        self.audience = Audience::Public;
    }

    fn inputs(&mut self, workshop: &Workshop) {
        for input in &workshop.inputs {
            self.audience = input.audience;
            self.text(&input.text);
            input.reason.iter().for_each(|reason| self.text(reason));
        }
        self.audience = Audience::Public;
    }

    /// What stands with a picture where a text shows it.
    fn picture(&mut self, image: &Image, placed: bool) {
        match &image.file {
            ImageFile::Path(_) if placed => {
                self.all(&image.caption);
                self.all(&image.text);
                self.all(&image.uncertain);
            }
            ImageFile::Pending(why) if placed => {
                // A public document has no box for a picture that is still to come.
                self.section = Audience::Internal;
                self.one(why);
            }
            _ => {}
        }
    }
}
