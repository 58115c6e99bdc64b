//! The faces of the document: the council's own, then the embedded ones.

use crate::cache::TwoBuildCache;
use crate::diag::{Code, Diagnostic, Rule, Severity, Sink, did_you_mean, nearest};
use crate::files::{Content, Sources};
use crate::layout::{CustomFace, FaceError, Family, Fonts, Style};
use crate::templates::TemplateSet;
use crate::theme::{FamilyFiles, Theme};

/// A font file that cannot be used.
pub(super) static UNUSABLE: Rule = Rule {
    code: Code("T102"),
    name: "unusable-font",
    severity: Severity::Error,
    docs: include_str!("unusable_font.md"),
};

/// A font file that must not be embedded.
pub(super) static LICENCE: Rule = Rule {
    code: Code("T103"),
    name: "font-licence",
    severity: Severity::Error,
    docs: include_str!("font_licence.md"),
};

/// A family with missing styles.
pub(super) static MISSING_CUT: Rule = Rule {
    code: Code("T104"),
    name: "missing-cut",
    severity: Severity::Warning,
    docs: include_str!("missing_cut.md"),
};

/// The council's faces that were read, by the digest and the path of their files.
/// Those that the last build did not name are dropped.
#[derive(Default)]
pub(super) struct Cache(TwoBuildCache<(String, String), CustomFace>);

impl Cache {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Reads the fonts that the theme names; reports those that cannot be used. With one of them, the
/// build fails; the others still serve to find what else is wrong.
pub(super) fn read(
    theme: &Theme,
    templates: &TemplateSet,
    sources: &Sources,
    cache: &mut Cache,
    sink: &mut Sink,
) -> Fonts {
    cache.0.turn();
    let mut loader = FontLoader {
        templates,
        sources,
        cache,
        sink,
    };
    let mut fonts = Fonts::embedded();
    let families = [
        (Family::Serif, "serif", &theme.fonts.serif),
        (Family::Sans, "sans", &theme.fonts.sans),
    ];
    for (family, name, faces) in families {
        fonts.set_family(family, &loader.family(family, name, faces));
    }
    fonts
}

struct FontLoader<'a> {
    templates: &'a TemplateSet,
    sources: &'a Sources,
    cache: &'a mut Cache,
    sink: &'a mut Sink,
}

/// A face by its key in the theme, its style, and its file.
type ThemeFace<'a> = (&'static str, Style, Option<&'a str>);

impl FontLoader<'_> {
    fn family(
        &mut self,
        family: Family,
        name: &str,
        faces: &FamilyFiles,
    ) -> Vec<(Style, CustomFace)> {
        let [regular, bold, italic, bold_italic] = Style::all(family);
        let faces: [ThemeFace<'_>; 4] = [
            ("regular", regular, faces.regular.as_deref()),
            ("bold", bold, faces.bold.as_deref()),
            ("italic", italic, faces.italic.as_deref()),
            ("bold_italic", bold_italic, faces.bold_italic.as_deref()),
        ];
        self.missing_styles(name, &faces);
        let mut given = Vec::new();
        for (key, style, path) in faces {
            let Some(path) = path else { continue };
            match self.face(path) {
                None => {}
                Some(Ok(face)) => given.push((style, face)),
                Some(Err(FontRejection {
                    rule,
                    message,
                    hint,
                })) => {
                    let said = self.at(&["fonts", name, key], rule, message);
                    self.sink.report(said.hint(hint));
                }
            }
        }
        given
    }

    /// The face in a file; `None` if it was rejected before.
    fn face(&mut self, path: &str) -> Option<Result<CustomFace, FontRejection>> {
        let file = self.templates.find(self.sources, path);
        let Some((_, file)) = file else {
            return Some(Err(self.not_there(path)));
        };
        let bytes = match &file.content {
            Content::Binary(bytes) => bytes.as_slice(),
            Content::Text(text) => text.as_bytes(),
            Content::Refused => return None,
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let key = (file.sha256.clone(), file.path.clone());
        if let Some(known) = self.cache.0.find(&key) {
            return Some(Ok(known.clone()));
        }
        let face = CustomFace::read(bytes, name);
        if let Ok(face) = &face {
            self.cache.0.keep(key, face.clone());
        }
        Some(face.map_err(|error| FontRejection::new(path, &error)))
    }

    fn not_there(&self, path: &str) -> FontRejection {
        let paths = self.sources.iter().map(|(_, file)| file.path.as_str());
        let fonts = paths.filter(|path| {
            let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            ["ttf", "otf"]
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        });
        let hint = match nearest(path, fonts) {
            Some(meant) => did_you_mean(meant),
            None => "add the file to `fonts/` beside `strategy.toml` or in the template folder"
                .to_owned(),
        };
        FontRejection {
            rule: &UNUSABLE,
            message: format!("there is no font file `{path}`"),
            hint,
        }
    }

    /// Reports missing styles of a council's own family.
    fn missing_styles(&mut self, name: &str, faces: &[ThemeFace<'_>; 4]) {
        let given = |style: Style| {
            faces
                .iter()
                .find(|(_, s, path)| *s == style && path.is_some())
        };
        let Some((first, _, _)) = faces.iter().find(|(_, _, path)| path.is_some()) else {
            return;
        };
        let missing = faces.iter().filter(|(_, _, path)| path.is_none());
        let said: Vec<_> = missing
            .filter_map(|(key, style, _)| {
                let (instead, _, _) = style.nearest().into_iter().find_map(given)?;
                Some(format!("no `{key}`, so `{instead}` is used instead"))
            })
            .collect();
        if said.is_empty() {
            return;
        }
        let message = format!("`fonts.{name}` has {}", said.join("; "));
        let said = self.at(&["fonts", name, first], &MISSING_CUT, message);
        let hint =
            "add the other files of the family, so that emphasis and headings look different";
        self.sink.report(said.hint(hint));
    }

    fn at(&self, path: &[&str], rule: &'static Rule, message: String) -> Diagnostic {
        let at = self.templates.in_theme(path, rule, message.as_str());
        at.unwrap_or_else(|| rule.nowhere(message))
    }
}

/// Why a file was rejected.
struct FontRejection {
    rule: &'static Rule,
    message: String,
    hint: String,
}

impl FontRejection {
    fn new(path: &str, error: &FaceError) -> Self {
        Self {
            rule: match error.is_licence() {
                true => &LICENCE,
                false => &UNUSABLE,
            },
            message: format!("the font `{path}` cannot be used: {error}"),
            hint: error.hint().to_owned(),
        }
    }
}
