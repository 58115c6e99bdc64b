//! The council's logo on the cover: read like other pictures, with the height of the theme.

use super::rules;
use super::svg;
use crate::diag::{Diagnostic, did_you_mean, nearest};
use crate::dom::escape;
use crate::files::{Content, Sources};
use crate::load;
use crate::templates::TemplateSet;
use crate::theme::Logo;
use serde::Serialize;
use std::fmt::Write;

/// Points in a CSS pixel.
const PIXEL: f64 = 0.75;
/// Stands before the ids of a drawing.
const ANCHOR: &str = "logo";
/// The hint for an unusable drawing.
const SAVE_AGAIN: &str = "save it again as SVG from the program that made it";

/// The logo as templates see it.
#[derive(Debug, Serialize)]
pub(crate) struct LogoView {
    /// An `img` or `svg`.
    html: String,
    /// Where the theme names its file.
    source: String,
}

/// Makes the logo, or reports why it cannot be used.
pub(crate) fn view(
    logo: &Logo,
    set: &TemplateSet,
    sources: &Sources,
    problems: &mut Vec<Diagnostic>,
) -> Option<LogoView> {
    let builder = LogoBuilder { logo, set, sources };
    match builder.html(problems) {
        Ok(html) => {
            let span = set.theme_span(&["logo", "file"]);
            let source = span.map(|span| span.to_string());
            html.map(|html| LogoView {
                html,
                source: source.unwrap_or_default(),
            })
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

struct LogoBuilder<'a> {
    logo: &'a Logo,
    set: &'a TemplateSet,
    sources: &'a Sources,
}

impl LogoBuilder<'_> {
    /// The element; `None` for a file that has been refused before.
    fn html(&self, problems: &mut Vec<Diagnostic>) -> Result<Option<String>, Diagnostic> {
        let path = self.logo.file.trim();
        if path.is_empty() {
            let hint = "add `file = \"images/…\"` below `[logo]`, or remove the table";
            return Err(self
                .unusable("the logo has no `file`".to_owned())
                .hint(hint));
        }
        if self.logo.alt.trim().is_empty() {
            let message = format!("the logo `{path}` has no alternative text");
            let hint = "add `alt = \"…\"` below `[logo]`: what it shows, such as the name of the \
                        council";
            return Err(self.unusable(message).hint(hint));
        }
        let Some((_, file)) = self.set.find(self.sources, path) else {
            return Err(self.not_there(path));
        };
        if !load::is_picture(path) {
            let message = format!("the logo `{path}` is not a picture");
            let hint = "name a file in SVG, PNG or JPEG (`.svg`, `.png`, `.jpg`)";
            return Err(self.unusable(message).hint(hint));
        }
        match &file.content {
            Content::Refused => Ok(None),
            Content::Binary(_) => Ok(Some(self.picture(&file.path))),
            Content::Text(text) => self.drawing(path, text, problems).map(Some),
        }
    }

    fn picture(&self, path: &str) -> String {
        let mut out = String::from("<img src=\"");
        escape(path, &mut out);
        out.push_str("\" alt=\"");
        escape(self.logo.alt.trim(), &mut out);
        write!(out, "\" height=\"{:.2}\">", self.height()).expect("strings take all");
        out
    }

    fn drawing(
        &self,
        path: &str,
        text: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<String, Diagnostic> {
        let drawing = svg::inline(text, self.logo.alt.trim(), ANCHOR).map_err(|why| {
            let message = format!("the logo `{path}` cannot be shown: {why}");
            self.unusable(message).hint(SAVE_AGAIN)
        })?;
        if !drawing.removed.is_empty() {
            let removed = drawing.removed.join("`, `");
            let message = format!("parts of the logo `{path}` were left out: `{removed}`");
            let hint = "draw it with shapes, lines and text only, without scripts and styles";
            let cut = self
                .set
                .in_theme(&["logo", "file"], &rules::SVG_CUT, message);
            problems.extend(cut.map(|cut| cut.hint(hint)));
        }
        sized(&drawing.html, self.height()).ok_or_else(|| {
            let message = format!("the logo `{path}` has no size");
            self.unusable(message)
                .hint("save it with a `viewBox`, so that it can be shown at any size")
        })
    }

    /// In CSS pixels, as attributes count.
    fn height(&self) -> f64 {
        self.logo.height.to_pt() / PIXEL
    }

    fn not_there(&self, path: &str) -> Diagnostic {
        let paths = self.sources.iter().map(|(_, file)| file.path.as_str());
        let pictures = paths.filter(|path| load::is_picture(path));
        let said = self.unusable(format!("there is no picture `{path}` for the logo"));
        said.hint(match nearest(path, pictures) {
            Some(meant) => did_you_mean(meant),
            None => "add the file to `images/` beside `strategy.toml` or in the template folder"
                .to_owned(),
        })
    }

    fn unusable(&self, message: String) -> Diagnostic {
        let at = |path: &[&str]| {
            self.set
                .in_theme(path, &rules::UNUSABLE_LOGO, message.as_str())
        };
        let found = at(&["logo", "file"]).or_else(|| at(&["logo"]));
        found.unwrap_or_else(|| rules::UNUSABLE_LOGO.nowhere(message))
    }
}

/// The `svg` element at a height, with the width that belongs to it; `None` if it does not tell
/// its proportions. One that tells them by its size alone gets a `viewBox`, without which it would
/// be cut off and not made smaller.
fn sized(html: &str, height: f64) -> Option<String> {
    let (tag, rest) = html.split_at(html.find('>')?);
    let [mut tag, rest] = [tag, rest].map(str::to_owned);
    let [own_width, own_height] = ["width", "height"].map(|key| take(&mut tag, key));
    let number = |text: &str| {
        text.parse::<f64>()
            .ok()
            .filter(|n| n.is_finite() && *n > 0.0)
    };
    let pixels = |size: &Option<String>| number(size.as_ref()?.trim().trim_end_matches("px"));
    let view_box = attribute(&tag, "viewBox");
    let ratio = match view_box {
        Some(text) => {
            let apart = |c: char| c == ',' || c.is_ascii_whitespace();
            let parts = text.split(apart).filter(|part| !part.is_empty());
            let parts: Vec<_> = parts.skip(2).map(number).collect();
            let [Some(width), Some(height)] = parts[..] else {
                return None;
            };
            width / height
        }
        None => {
            let (width, height) = (pixels(&own_width)?, pixels(&own_height)?);
            write!(tag, " viewBox=\"0 0 {width} {height}\"").expect("strings take all");
            width / height
        }
    };
    let width = height * ratio;
    write!(tag, " width=\"{width:.2}\" height=\"{height:.2}\"").expect("strings take all");
    Some(tag + &rest)
}

/// The value of an attribute in a start tag of our own writing.
fn attribute<'t>(tag: &'t str, key: &str) -> Option<&'t str> {
    let start = format!(" {key}=\"");
    let from = tag.find(&start)? + start.len();
    let to = from + tag[from..].find('"')?;
    Some(&tag[from..to])
}

/// Takes an attribute out of a start tag.
fn take(tag: &mut String, key: &str) -> Option<String> {
    let value = attribute(tag, key)?.to_owned();
    *tag = tag.replacen(&format!(" {key}=\"{value}\""), "", 1);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_keeps_its_proportions_at_any_height() {
        let of = |attributes: &str| sized(&format!("<svg{attributes}><rect></rect></svg>"), 60.0);
        let expected =
            "<svg viewBox=\"0 0 90 30\" width=\"180.00\" height=\"60.00\"><rect></rect></svg>";
        assert_eq!(of(" viewBox=\"0 0 90 30\"").as_deref(), Some(expected));
        assert!(of(" viewBox=\"0,0\t90\n30\"").is_some());
        let stretched = " width=\"5cm\" viewBox=\"0 0 90 30\" height=\"5cm\"";
        assert_eq!(of(stretched).as_deref(), Some(expected));
        assert_eq!(
            of(" width=\"90\" height=\"30px\"").as_deref(),
            Some(expected)
        );
        for untold in [
            "",
            " width=\"90\"",
            " width=\"100%\" height=\"100%\"",
            " viewBox=\"0 0 0 9\"",
        ] {
            assert_eq!(of(untold), None, "{untold}");
        }
    }
}
