//! Reports files that could not be read, were normalised, or are not part of the format.

use super::control_characters::{first_few, report_control_characters};
use super::images::is_picture;
use super::rules;
use super::schema::{self, FileKind};
use crate::diag::{Sink, nearest};
use crate::files::{Content, Problem, Sources, Span, VERSIONS};
use crate::language;

/// Files that a council keeps beside its sources without their being a part of them.
const NOTES: [&str; 2] = ["README.md", "LICENSE"];
/// The folders of pictures and fonts, which may hold more than is used.
const IMAGES: &str = "images/";
const FONTS: &str = "fonts/";

/// Files of a template folder beside the templates themselves, with the labels of each language.
fn beside_templates() -> impl Iterator<Item = String> {
    let labels = language::DOCUMENT_TAGS.iter();
    let labels = labels.map(|tag| format!("labels/{tag}.toml"));
    ["page.css", "redline.css", "theme.toml"]
        .map(str::to_owned)
        .into_iter()
        .chain(labels)
}

/// Whether a file of a template folder has a use; it is named by its path in that folder.
pub(super) fn is_template(name: &str) -> bool {
    // The fonts come along when the default folder is copied.
    name.ends_with(".html")
        || name.starts_with(FONTS)
        || name.starts_with(IMAGES)
        || beside_templates().any(|file| file == name)
        || NOTES.contains(&name)
}

/// Reports what was wrong with files while they were read, and files that no kind claims.
pub(super) fn report_files(sources: &Sources, sink: &mut Sink) {
    for problem in &sources.problems {
        report_problem(problem, sources, sink);
    }
    let template = template_folder(sources);
    for (id, file) in sources.iter() {
        report_control_characters(id, file, sink);
        let free = file.path.starts_with(IMAGES)
            || file.path.starts_with(FONTS)
            || NOTES.contains(&file.path.as_str())
            || file.path.strip_prefix(&template).is_some_and(is_template);
        if free || FileKind::of(&file.path).is_some() || file.content == Content::Refused {
            continue;
        }
        let message = format!(
            "`{}` is not a file of the format, so it is not read",
            file.path
        );
        let of_templates = beside_templates().map(|name| format!("{template}{name}"));
        let of_templates: Vec<_> = of_templates.collect();
        let places = schema::KINDS.iter().map(|kind| kind.place);
        let places = places.chain(of_templates.iter().map(String::as_str));
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let meant = nearest(&file.path, places.clone()).or_else(|| {
            places
                .clone()
                .find(|place| place.starts_with(folder) && !folder.is_empty())
        });
        let unknown = rules::UNKNOWN_FILE.nowhere(message).in_place(&file.path);
        sink.report(match meant {
            Some(place) => unknown.hint(format!("move it to `{place}`, or out of the folder")),
            None => unknown
                .hint("move it out of the folder, or into one of its kinds (`utkast schema`)"),
        });
    }
}

/// The folder of templates in all that is said of them.
pub(super) const USUAL_TEMPLATES: &str = "templates/";

/// The council's template folder with a slash at its end, as far as it can be told before
/// `strategy.toml` is read in earnest.
fn template_folder(sources: &Sources) -> String {
    let text = sources
        .by_path("strategy.toml")
        .map_or("", |(_, file)| file.text());
    let table: Option<toml::Table> = text.parse().ok();
    let folder = table.as_ref().and_then(|t| t.get("template")?.as_str());
    let folder = folder.filter(|folder| !folder.trim().is_empty());
    match folder {
        Some(folder) => format!("{}/", folder.trim_end_matches('/')),
        None => USUAL_TEMPLATES.to_owned(),
    }
}

/// Reports what was wrong with files of the frozen versions while they were read.
pub fn version_problems(sources: &Sources, sink: &mut Sink) {
    let of_versions = sources.problems.iter().filter(|problem| {
        let path = problem.path();
        path.split('/').next() == Some(VERSIONS)
    });
    of_versions.for_each(|problem| report_problem(problem, sources, sink));
}

fn report_problem(problem: &Problem, sources: &Sources, sink: &mut Sink) {
    sink.report(match problem {
        Problem::NotUtf8 {
            path,
            line,
            byte,
            offset,
            guess,
            word,
        } => rules::NOT_UTF8
            .nowhere(format!(
                "the file is not UTF-8: byte 0x{byte:02X} at position {offset}, line {line}"
            ))
            .in_place(format!("{path}:{line}"))
            .hint(format!(
                "it looks like {guess}, in which the word is `{word}`; save the file as UTF-8"
            )),
        Problem::Utf16 { path } => rules::NOT_UTF8
            .nowhere("the file is not UTF-8: it is UTF-16, which some programs call «Unicode»")
            .in_place(path)
            .hint("save the file as UTF-8"),
        Problem::Decomposed { path, lines } => {
            let message = format!(
                "letters in parts (such as `a` with a ring) were joined on {} line{}: {}",
                lines.len(),
                if lines.len() == 1 { "" } else { "s" },
                first_few(lines),
            );
            let hint =
                "the text is kept; save the file in normalisation form C to avoid this warning";
            let found = sources.by_path(path).and_then(|(id, file)| {
                let start = nth_line(file.text(), *lines.first()?)?;
                Some(Span::new(id, start))
            });
            let said = match found {
                Some(span) => rules::DECOMPOSED.at(span, message),
                None => rules::DECOMPOSED.nowhere(message).in_place(path),
            };
            said.hint(hint)
        }
        Problem::Link { path } => rules::LINKED_FILE
            .nowhere(format!("`{path}` is a link, and links are not followed"))
            .in_place(path)
            .hint("copy the file itself into the folder: a version must contain all its sources"),
        Problem::TooLarge { path, bytes } => rules::FILE_TOO_LARGE
            .nowhere(format!(
                "`{path}` has {} MB; the limit is {} MB",
                bytes / 1_048_576,
                crate::files::MAX_FILE_BYTES / 1_048_576
            ))
            .in_place(path)
            .hint(match is_picture(path) {
                true => "make the picture smaller: 3,000 pixels are enough for a full page",
                false => "split it into several files, or check that it is the right file",
            }),
        Problem::Unreadable { path, reason } => rules::UNREADABLE_FILE
            .nowhere(format!("`{path}` cannot be read: {reason}"))
            .in_place(path)
            .hint("check that it is a file and that you have permission to read it"),
        Problem::SameName { path, names } => {
            // As written, the names look the same.
            let names: Vec<_> = names.iter().map(|name| with_escapes(name)).collect();
            let message = format!(
                "the folder has {} entries named `{path}`, which differ only in how letters are \
                 encoded: {}",
                names.len(),
                names.join(" and ")
            );
            rules::CLASHING_NAMES
                .nowhere(message)
                .in_place(path)
                .hint("delete all but one of them, or rename them")
        }
        Problem::NoManifest { folder } => rules::VERSION_WITHOUT_MANIFEST
            .nowhere(format!("`{folder}` has no `manifest.toml`"))
            .in_place(folder)
            .hint(
                "restore the version from a copy, or move the folder away if it is not a version",
            ),
    });
}

/// A name in which every character outside of ASCII is shown by its number: `m\u{e5}l.md`.
fn with_escapes(name: &str) -> String {
    let shown = name.chars().map(|c| match c.is_ascii() {
        true => c.to_string(),
        false => c.escape_unicode().to_string(),
    });
    format!("`{}`", shown.collect::<String>())
}

fn nth_line(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        let length = content.trim_end().len();
        if number == line {
            return Some(start..start + length);
        }
        start += content.len();
    }
    None
}
