//! A page or a PDF that came back, and what it says of itself.

use crate::cli::Failure;
use crate::compile::targets::Writer;
use crate::dom::Identity;
use crate::files::sha256_hex;
use crate::version::seal;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Largest file that is read. Sources may have 512 MB, and the outputs of a strategy have less.
const MAX_BYTES: u64 = 512 << 20;
/// Longest value that is printed; a file may say anything.
const MAX_VALUE: usize = 400;
/// How far down a file its kind is looked for.
const START: usize = 1024;

/// A page or PDF that utkast has made.
pub(super) struct Given {
    /// What kind of file it is.
    pub(super) writer: Writer,
    /// What it says of itself.
    pub(super) identity: Identity,
    /// Whether it is as it was made; `None` if its seal is gone.
    pub(super) seal: Option<bool>,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

impl Given {
    /// Whether it is as it was made.
    pub(super) fn is_whole(&self) -> bool {
        self.seal == Some(true)
    }
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<Given, Failure> {
    let name = path.display();
    let unreadable = |error| Failure::new(format!("cannot read `{name}`: {error}"));
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        let failure = Failure::new(format!("`{name}` is a folder"));
        return Err(failure.hint("name a page or a PDF; `utkast versions` tells of a folder"));
    }
    if !about.is_file() {
        let failure = Failure::new(format!("`{name}` is no file"));
        return Err(failure.hint("save it as a file first"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    let mut limited = file.take(MAX_BYTES + 1);
    limited.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        let most = MAX_BYTES >> 20;
        let failure = Failure::new(format!("`{name}` has more than {most} MB"));
        return Err(failure.hint("utkast makes no file as large as this"));
    }
    let writer = match looks(&bytes) {
        Looks::Output(writer) => writer,
        Looks::Other(what) => {
            let failure = Failure::new(format!("`{name}` is no page and no PDF of utkast"));
            return Err(failure.hint(format!("it looks like {what}")));
        }
    };
    let identity = writer.identity_of(&bytes).ok_or_else(|| {
        let kind = writer.word();
        let message = format!("`{name}` is a {kind}, but does not say that utkast has made it");
        Failure::new(message).hint(
            "it is of another program, or was printed or saved anew by one; if twelve digits stand at \
             the foot of its pages, they name the version",
        )
    })?;
    Ok(Given {
        writer,
        identity,
        seal: seal::check(&bytes),
        sha256: sha256_hex(&bytes),
        bytes,
    })
}

/// A value of a file without what could move the cursor of a terminal.
pub(super) fn plain(value: &str) -> String {
    let mut plain: String = value.chars().take(MAX_VALUE).collect();
    if plain.len() < value.len() {
        plain.push('…');
    }
    plain.replace(char::is_control, "\u{fffd}")
}

/// What a file is by its first bytes.
#[derive(Debug, PartialEq, Eq)]
enum Looks {
    Output(Writer),
    Other(&'static str),
}

fn looks(bytes: &[u8]) -> Looks {
    let start = &bytes[..bytes.len().min(START)];
    let mut writers = Writer::ALL.into_iter();
    let writer = writers.find(|writer| writer.begins(start));
    let kinds: [(&[u8], &str); 7] = [
        (
            b"PK\x03\x04",
            "a document of a word processor, or an archive",
        ),
        (b"\xd0\xcf\x11\xe0", "a document of an old word processor"),
        (b"{\\rtf", "a document of a word processor"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a photograph or a scan"),
        (b"II*\0", "a scan"),
        (b"MM\0*", "a scan"),
    ];
    let other = kinds.iter().find(|(magic, _)| bytes.starts_with(magic));
    match (other, writer) {
        (Some((_, what)), _) => Looks::Other(what),
        (None, Some(writer)) => Looks::Output(writer),
        (None, None) if bytes.is_empty() => {
            Looks::Other("a file that was never filled: it is empty")
        }
        (None, None) if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => {
            Looks::Other("plain text")
        }
        (None, None) => Looks::Other("a file of another program"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(
            looks(b"\xef\xbb\xbf<!DOCTYPE html>"),
            Looks::Output(Writer::Page)
        );
        assert_eq!(looks(b"mail\r\n%PDF-1.7"), Looks::Output(Writer::Pdf));
        for (bytes, what) in [
            (&b"PK\x03\x04..."[..], "word processor"),
            (b"", "empty"),
            (b"Hei Kari", "plain text"),
            (b"\0\0", "another program"),
            (b"\xff\xd8\xff\xe0", "photograph"),
        ] {
            let Looks::Other(found) = looks(bytes) else {
                panic!("{what}");
            };
            assert!(found.contains(what), "{found}");
        }
    }
}
