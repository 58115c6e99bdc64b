//! All fragments of text that the outputs must contain, for the conservation check.

use super::{
    Audience, Block, Date, Entry, Id, Image, ImageFile, Inline, Located, Named, Reference, Section,
    Strategy, Text, Value,
};
use crate::files::Span;
use std::collections::BTreeMap;

/// A fragment of text of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFragment {
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

/// Every fragment of text that the document must show, in the order of [`Strategy::entries`].
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
pub fn text_fragments(strategy: &Strategy) -> Vec<TextFragment> {
    let mut out = Gathering {
        fragments: Vec::new(),
        audience: Audience::Public,
        section: Audience::Public,
        names: names(strategy),
    };
    out.strategy(strategy);
    out.fragments
}

fn names(s: &Strategy) -> BTreeMap<&Id, &str> {
    let named = s.bodies.iter().chain(&s.roles);
    named
        .map(|Named { id, name, .. }| (id, name.value.as_str()))
        .collect()
}

struct Gathering<'a> {
    fragments: Vec<TextFragment>,
    /// The audience of the fragments that are being collected.
    audience: Audience,
    /// The audience of the chapter around it.
    section: Audience,
    /// Bodies and roles.
    names: BTreeMap<&'a Id, &'a str>,
}

impl Gathering<'_> {
    fn push(&mut self, text: impl Into<String>, span: Span) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.fragments.push(TextFragment {
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

    fn strategy(&mut self, s: &Strategy) {
        let readers = s.readers();
        for entry in s.entries() {
            self.section = readers(&entry);
            self.entry(&entry);
        }
        self.section = s.shown_to(Section::Credits);
        for (image, shown_to) in s.pictures() {
            // What is kept out of a document needs no credit in it.
            self.audience = shown_to.unwrap_or_default();
            self.credit(image, shown_to.is_some());
        }
        self.audience = Audience::Public;
        for (image, shown_to) in s.pictures() {
            self.section = shown_to.unwrap_or_default();
            self.picture(image, shown_to.is_some());
        }
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        for field in entry.fields.iter().filter(|field| field.shown) {
            self.audience = field.audience;
            match field.value {
                Value::Words(words) | Value::Doubt(words) => self.one(words),
                Value::Text(text) => self.text(text),
                Value::Date(date) => self.date(date),
                Value::Reference(reference, _) => self.name(reference),
                Value::Origin(..) | Value::Setting(_) => {}
            }
        }
    }

    /// The text in the credits of the pictures.
    fn credit(&mut self, image: &Image, placed: bool) {
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
        } else if !placed {
            self.all(&image.uncertain);
        }
    }

    /// The text beside a picture.
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
