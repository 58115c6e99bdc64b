//! A page or a PDF, held against those of the frozen versions.

use super::{Ledger, ended};
use crate::cli::{ExitStatus, Failure, Streams};
use crate::compile::difference::{between_pages, between_pdfs};
use crate::files::sha256_hex;
use crate::model::Release;
use crate::version::{Kept, PAGE, PDF, prove};
use std::fs;
use std::path::Path;

/// Whether a path is that of a page or a PDF.
pub(super) fn is_output(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let known = ending.is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        ["pdf", "html", "htm"].contains(&ending.as_str())
    });
    known && !path.is_dir()
}

/// Says of which frozen version a file is, or how it differs from the one that it says it is.
pub(super) fn verify(
    ledger: &Ledger<'_>,
    path: &Path,
    streams: &mut Streams<'_>,
) -> Result<ExitStatus, Failure> {
    let bytes = fs::read(path).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        Failure::new(message).hint("name a page or a PDF that utkast has made")
    })?;
    let name = path.display();
    let sha256 = sha256_hex(&bytes);
    let mut releases = ledger.releases.iter();
    let of_output = |release: &Release| {
        let mut outputs = release.outputs.iter();
        let found = outputs.find(|(_, digest)| *digest == sha256);
        found.map(|(name, _)| name.clone())
    };
    if let Some((release, output)) = releases.find_map(|r| Some((r, of_output(r)?))) {
        let folder = release.number.to_string();
        let said = match faults(ledger, release) {
            0 => format!(
                "{name}: equal to `{output}` of version {folder} ({}, {})\n",
                release.status, release.date
            ),
            _ => format!(
                "{name}: equal to `{output}` of version {folder}, which is not whole; see `utkast verify {} {folder}`\n",
                ledger.dir.display()
            ),
        };
        streams.result(&said)?;
        return Ok(ended(faults(ledger, release) == 0));
    }
    let is_pdf = bytes.starts_with(b"%PDF-");
    let identity = match is_pdf {
        true => crate::pdf::identity_of(&bytes),
        false => crate::html::identity_of(&bytes),
    };
    let Some(identity) = identity else {
        let message = format!("`{name}` does not say which version it is");
        let hint = "name a page or a PDF that utkast has made";
        return Err(Failure::new(message).hint(hint));
    };
    let mut releases = ledger.releases.iter();
    let claimed = releases.find(|release| release.digest == identity.digest);
    let said = match claimed {
        None => format!(
            "{name}: says that it is version {} ({}, {}), and no frozen version has its digest\n",
            identity.version, identity.status, identity.date
        ),
        Some(release) => {
            let output = if is_pdf { PDF } else { PAGE };
            let frozen = frozen(ledger, release, output);
            let what = match is_pdf {
                true => between_pdfs(frozen, &bytes),
                false => between_pages(frozen, &bytes),
            };
            format!(
                "{name}: not equal to `{output}` of version {}: {}\n",
                release.number,
                what.unwrap_or_else(|| "the frozen file was changed in the same way".into())
            )
        }
    };
    streams.result(&said)?;
    Ok(ended(false))
}

fn frozen<'a>(ledger: &'a Ledger<'_>, release: &Release, output: &str) -> &'a [u8] {
    let files = ledger.shelf.folders.get(&release.number.to_string());
    match files.and_then(|files| files.get(output)) {
        Some(Kept::File(bytes)) => bytes,
        _ => &[],
    }
}

/// How much is wrong with a version.
fn faults(ledger: &Ledger<'_>, release: &Release) -> usize {
    let folder = release.number.to_string();
    let files = ledger.shelf.folders.get(&folder);
    let before = ledger.before(release);
    files.map_or(1, |files| {
        prove(&folder, files, Some(release), before).len()
    })
}
