//! The result of `utkast identify` as text.

use super::Comparison;
use crate::archive::{OutputFile, OutputMatch};
use crate::cli::output_file::plain;
use crate::dom::Identity;
use crate::model::{Release, short_digest};
use std::path::Path;

/// The identity of the file, and what a folder knows of it.
pub(super) fn render(path: &Path, file: &OutputFile, compared: Option<&Comparison<'_>>) -> String {
    let mut text = told(path, file);
    if let Some(compared) = compared {
        text.push_str(&known(file, compared));
        text.push('\n');
        if let Some(newer) = &compared.judgement.newer {
            text.push_str(&later(newer, &compared.name));
            text.push('\n');
        }
    }
    text
}

/// The identity and the seal of the file.
fn told(path: &Path, file: &OutputFile) -> String {
    let Identity {
        title,
        council,
        version,
        status,
        date,
        audience,
        digest,
        since,
    } = &file.identity;
    let what = match file.identity.is_redline() {
        true => format!("a redline of utkast ({})", file.writer.word()),
        false => format!("a {} of utkast", file.writer.word()),
    };
    let mut text = format!("{}: {what}\n", path.display());
    let digests = match digest.is_empty() {
        true => String::new(),
        false => format!("{} ({digest})", short_digest(digest)),
    };
    for (name, value) in [
        ("strategy", title),
        ("council", council),
        ("version", version),
        ("status", status),
        ("date", date),
        ("audience", audience),
        ("digest", &digests),
    ] {
        let value = plain(value);
        let value = if value.is_empty() { "not said" } else { &value };
        text.push_str(&format!("  {name:<9} {value}\n"));
    }
    if file.identity.is_redline() {
        let since = format!("{} ({})", since.version, short_digest(&since.digest));
        text.push_str(&format!("  {:<9} {}\n", "since", plain(&since)));
        text.push_str(&format!(
            "It shows the changes from {} to {}.\n",
            plain(&file.identity.since.version),
            plain(version)
        ));
    }
    text.push_str(match file.seal {
        Some(true) => "The file is unchanged since utkast wrote it.\n",
        Some(false) => "The file was altered after utkast wrote it.\n",
        None => "The file was altered after utkast wrote it: its seal is missing.\n",
    });
    text
}

/// What the folder knows of the file, as a sentence.
fn known(file: &OutputFile, compared: &Comparison<'_>) -> String {
    let Comparison {
        name,
        folder,
        judgement,
    } = compared;
    match &judgement.known {
        OutputMatch::Frozen { release, output } => format!(
            "It is `{output}` of version {}, byte for byte as frozen in `{name}`.",
            release.number
        ),
        OutputMatch::Other(release) => {
            let why = match file.is_whole() {
                true => {
                    "this file is not one of its frozen outputs. It may be another edition, or an output of \
                     another release of utkast; there is no proof of it"
                }
                false => "this file was changed",
            };
            format!(
                "Version {} was frozen in `{name}` with this digest, but {why}.",
                release.number
            )
        }
        OutputMatch::Build(status) => {
            let how = match status {
                None => String::new(),
                Some(status) => format!(", built with the status {status}"),
            };
            let is = match file.is_whole() {
                true => "It is",
                false => "It says that it is",
            };
            format!("{is} a build of the current sources in `{name}`{how}; not frozen.")
        }
        OutputMatch::OtherStrategy => {
            let strategy = &folder.strategy;
            let (title, council) = (&strategy.title.value, &strategy.council.name.value);
            format!("It belongs to another strategy: `{name}` contains «{title}» of {council}.")
        }
        OutputMatch::OtherDigest(release) => format!(
            "Version {} was frozen in `{name}` with another digest, {}: this file was built from \
             other sources with the same number.",
            release.number,
            short_digest(&release.digest)
        ),
        OutputMatch::Unknown => format!(
            "`{name}` does not know this file: no version {} is frozen there, and the file was not built \
             from the current sources.",
            plain(&file.identity.version)
        ),
    }
}

/// The versions after the one of the file.
fn later(newer: &[&Release], name: &str) -> String {
    let later = newer
        .iter()
        .map(|r| format!("{} ({}, {})", r.number, r.status, r.date));
    let later: Vec<_> = later.collect();
    match later.is_empty() {
        true => format!("No newer version was frozen in `{name}`."),
        false => format!("Newer in `{name}`: {}.", later.join(", ")),
    }
}
