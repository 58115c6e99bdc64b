//! Pictures of the strategy → `figure` elements with caption, credit, and the text in the picture.

use super::rules;
use super::svg;
use crate::diag::Diagnostic;
use crate::dom::escape;
use crate::files::{Content, Sources, Span};
use crate::model::{Audience, Image, ImageFile, Kind, Located, Reference, Strategy};
use crate::templates::Labels;
use std::cell::RefCell;
use std::fmt::Write;

/// Writes the pictures that texts refer to.
pub(crate) struct Figures<'a> {
    pub(crate) strategy: &'a Strategy,
    pub(crate) sources: &'a Sources,
    pub(crate) labels: &'a Labels,
    pub(crate) audience: Audience,
    /// The diagnostics about drawings.
    pub(crate) problems: RefCell<Vec<Diagnostic>>,
}

impl Figures<'_> {
    /// Writes the figure of a picture. One that is not there yet leaves a box in an internal
    /// build, and nothing in a public one.
    pub(crate) fn write(&self, reference: &Reference, alt: &str, span: Span, out: &mut String) {
        let id = reference.id().filter(|id| id.kind == Kind::Image);
        let image = id.and_then(|id| self.strategy.images.iter().find(|image| image.id == id));
        let Some(image) = image else {
            return;
        };
        let given = image.alt.as_ref().map_or("", |alt| alt.value.as_str());
        let alt = if alt.is_empty() { given } else { alt };
        match &image.file {
            ImageFile::Path(path) => {
                let anchor = image.id.anchor();
                let source = span;
                writeln!(out, "<figure id=\"{anchor}\" data-source=\"{source}\">")
                    .expect("strings take all");
                self.picture(image, path, alt, out);
                self.caption(image, out);
                out.push_str("</figure>\n");
            }
            ImageFile::Pending(why) if self.audience == Audience::Internal => {
                let source = span;
                write!(out, "<p class=\"missing\" data-source=\"{source}\">")
                    .expect("strings take all");
                escape(why, out);
                if !image.credits.is_empty() {
                    out.push(' ');
                    escape(&self.labels.credits(image), out);
                    out.push('.');
                }
                out.push_str("</p>\n");
            }
            ImageFile::Pending(_) => {}
        }
    }

    fn picture(&self, image: &Image, path: &str, alt: &str, out: &mut String) {
        let file = self.sources.by_path(path).map(|(_, file)| &file.content);
        // Of the files that `load` takes for pictures, only drawings are texts.
        if let Some(Content::Text(text)) = file {
            let drawing = match svg::inline(text, alt, &image.id.anchor()) {
                Ok(drawing) => drawing,
                Err(why) => {
                    let message = format!("the drawing `{path}` cannot be shown: {why}");
                    let problem = rules::SVG_CUT.at(image.span, message);
                    let hint = "save it again as SVG from the program that made it";
                    self.problems.borrow_mut().push(problem.hint(hint));
                    return;
                }
            };
            out.push_str(&drawing.html);
            out.push('\n');
            if !drawing.removed.is_empty() {
                let removed = drawing.removed.join("`, `");
                let message = format!("parts of the drawing `{path}` were left out: `{removed}`");
                let problem = rules::SVG_CUT.at(image.span, message);
                let hint = "draw it with shapes, lines and text only, without scripts and styles";
                self.problems.borrow_mut().push(problem.hint(hint));
            }
            return;
        }
        out.push_str("<img src=\"");
        escape(path, out);
        out.push_str("\" alt=\"");
        escape(alt, out);
        out.push_str("\">\n");
    }

    fn caption(&self, image: &Image, out: &mut String) {
        let bare = image.caption.is_none() && image.credits.is_empty() && image.text.is_empty();
        if bare && image.uncertain.is_none() {
            return;
        }
        out.push_str("<figcaption>\n");
        if let Some(caption) = &image.caption {
            let source = caption.span;
            write!(out, "<p class=\"caption\" data-source=\"{source}\">")
                .expect("strings take all");
            escape(caption, out);
            out.push_str("</p>\n");
        }
        if !image.credits.is_empty() {
            out.push_str("<p class=\"credit\">");
            escape(&self.labels.credits(image), out);
            out.push_str("</p>\n");
        }
        if !image.text.is_empty() {
            self.words(image, out);
        }
        if let Some(note) = &image.uncertain {
            self.uncertain(note, out);
        }
        out.push_str("</figcaption>\n");
    }

    /// What is uncertain about the picture.
    fn uncertain(&self, note: &Located<String>, out: &mut String) {
        let source = note.span;
        write!(out, "<p class=\"source\" data-source=\"{source}\"><strong>")
            .expect("strings take all");
        escape(self.labels.get("uncertain"), out);
        out.push_str(":</strong> ");
        escape(note, out);
        out.push_str("</p>\n");
    }

    /// The words inside the picture (WCAG 2.1, SC 1.4.5).
    fn words(&self, image: &Image, out: &mut String) {
        out.push_str("<p class=\"caption generated\">");
        escape(self.labels.get("text_in_figure"), out);
        out.push_str(":</p>\n<ul class=\"caption\"");
        if let Some(language) = &image.text_language {
            out.push_str(" lang=\"");
            escape(language, out);
            out.push('"');
        }
        out.push_str(">\n");
        for text in &image.text {
            let source = text.span;
            write!(
                out,
                "<li data-source=\"{source}\"><span class=\"verbatim\">"
            )
            .expect("strings take all");
            escape(text, out);
            out.push_str("</span></li>\n");
        }
        out.push_str("</ul>\n");
    }
}

impl Labels {
    /// «Foto: Shifter (øverst), Moss i Sentrum (nederst)», «Illustrasjon: Sekretariatet»; empty if
    /// nobody is named.
    pub(crate) fn credits(&self, image: &Image) -> String {
        if image.credits.is_empty() {
            return String::new();
        }
        let key = match image.drawn {
            true => "illustration_by",
            false => "photo_by",
        };
        let names = image.credits.iter().map(|credit| match &credit.position {
            Some(position) => format!("{} ({})", credit.name.value, position.value),
            None => credit.name.value.clone(),
        });
        let names: Vec<_> = names.collect();
        self.fill(key, &[("names", &names.join(", "))])
    }
}
