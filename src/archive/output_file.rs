//! A page or PDF that a user brings, with its identity and its seal.

use crate::compile::targets::Writer;
use crate::dom::Identity;
use crate::files::sha256_hex;
use crate::version::seal;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Largest file that is read. Sources may have 512 MB, and the outputs of a strategy have less.
const MAX_BYTES: u64 = 512 << 20;
/// How many bytes at the start of a file are searched for its format.
const START: usize = 1024;

/// A page or PDF that utkast has made.
#[derive(Debug)]
pub struct OutputFile {
    /// The name of the file, without its folder.
    pub name: String,
    /// The writer of this kind of file.
    pub writer: Writer,
    /// Its identity.
    pub identity: Identity,
    /// Whether the seal matches; `None` if there is no seal.
    pub seal: Option<bool>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Why a file cannot be identified.
#[derive(Debug)]
pub enum OutputFileError {
    /// The system refused.
    Io(io::Error),
    /// It is a folder.
    Folder,
    /// It is neither a file nor a folder.
    NotAFile,
    /// It has more than this many megabytes.
    TooLarge(u64),
    /// It is neither a page nor a PDF.
    Foreign(ForeignFormat),
    /// It has no identity of utkast.
    Unmarked(Writer),
}

/// The format of a file of another program, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignFormat {
    /// A document of a word processor, or an archive.
    ZipArchive,
    /// A document of an old word processor.
    OldDocument,
    /// A document of a word processor in rich text.
    RichText,
    /// A picture.
    Picture,
    /// A photograph or a scan.
    Photograph,
    /// A scan.
    Scan,
    /// Nothing.
    Empty,
    /// Plain text.
    Text,
    /// Something else.
    Other,
}

impl OutputFile {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be read, or utkast has not made it.
    pub fn read(path: &Path) -> Result<Self, OutputFileError> {
        let about = fs::metadata(path).map_err(OutputFileError::Io)?;
        if about.is_dir() {
            return Err(OutputFileError::Folder);
        }
        if !about.is_file() {
            return Err(OutputFileError::NotAFile);
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(OutputFileError::Io)?;
        let mut limited = file.take(MAX_BYTES + 1);
        limited
            .read_to_end(&mut bytes)
            .map_err(OutputFileError::Io)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(OutputFileError::TooLarge(MAX_BYTES >> 20));
        }
        let writer = writer_of(&bytes).map_err(OutputFileError::Foreign)?;
        let identity = writer.identity_of(&bytes);
        let name = path.file_name().unwrap_or_default();
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            writer,
            identity: identity.ok_or(OutputFileError::Unmarked(writer))?,
            seal: seal::check(&bytes),
            sha256: sha256_hex(&bytes),
            bytes,
        })
    }

    /// Whether the file is unchanged.
    pub fn is_whole(&self) -> bool {
        self.seal == Some(true)
    }
}

fn writer_of(bytes: &[u8]) -> Result<Writer, ForeignFormat> {
    let start = &bytes[..bytes.len().min(START)];
    let mut writers = Writer::ALL.into_iter();
    let writer = writers.find(|writer| writer.begins(start));
    let foreign: [(&[u8], ForeignFormat); 7] = [
        (b"PK\x03\x04", ForeignFormat::ZipArchive),
        (b"\xd0\xcf\x11\xe0", ForeignFormat::OldDocument),
        (b"{\\rtf", ForeignFormat::RichText),
        (b"\x89PNG", ForeignFormat::Picture),
        (b"\xff\xd8\xff", ForeignFormat::Photograph),
        (b"II*\0", ForeignFormat::Scan),
        (b"MM\0*", ForeignFormat::Scan),
    ];
    let foreign = foreign.iter().find(|(magic, _)| bytes.starts_with(magic));
    match (foreign, writer) {
        (Some((_, foreign)), _) => Err(*foreign),
        (None, Some(writer)) => Ok(writer),
        (None, None) if bytes.is_empty() => Err(ForeignFormat::Empty),
        (None, None) if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => {
            Err(ForeignFormat::Text)
        }
        (None, None) => Err(ForeignFormat::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(writer_of(b"\xef\xbb\xbf<!DOCTYPE html>"), Ok(Writer::Page));
        assert_eq!(writer_of(b"mail\r\n%PDF-1.7"), Ok(Writer::Pdf));
        for (bytes, what) in [
            (&b"PK\x03\x04..."[..], ForeignFormat::ZipArchive),
            (b"", ForeignFormat::Empty),
            (b"Hei Kari", ForeignFormat::Text),
            (b"\0\0", ForeignFormat::Other),
            (b"\xff\xd8\xff\xe0", ForeignFormat::Photograph),
        ] {
            assert_eq!(writer_of(bytes), Err(what));
        }
    }
}
