//! Problems with single files and folders.

/// A problem with a single file. The other files are still read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// Path inside the folder.
        path: String,
        /// Line of the first wrong byte, from 1.
        line: usize,
        /// The byte.
        byte: u8,
        /// Its position in the file, from 0.
        offset: usize,
        /// The encoding that the file probably has.
        guess: &'static str,
        /// The word around the byte, read in that encoding.
        word: String,
    },
    /// The text is in UTF-16, as some programs save «Unicode».
    Utf16 {
        /// Path inside the folder.
        path: String,
    },
    /// Letters came in parts (`a` and a ring) and were joined.
    Decomposed {
        /// Path inside the folder.
        path: String,
        /// Lines with such letters, from 1.
        lines: Vec<usize>,
    },
    /// A link to somewhere else; it is not followed.
    Link {
        /// Path inside the folder.
        path: String,
    },
    /// Larger than [`super::MAX_FILE_BYTES`].
    TooLarge {
        /// Path inside the folder.
        path: String,
        /// Its size.
        bytes: u64,
    },
    /// The system refused to read it.
    Unreadable {
        /// Path inside the folder.
        path: String,
        /// The message of the system.
        reason: String,
    },
    /// Several entries of a folder whose names are equal in normalisation form C; only the first is
    /// read.
    SameName {
        /// Path inside the folder, in form C.
        path: String,
        /// The names as the folder has them.
        names: Vec<String>,
    },
    /// A frozen version without a manifest.
    NoManifest {
        /// Path of the version inside the folder.
        folder: String,
    },
}

impl Problem {
    /// Path of the file or folder.
    pub fn path(&self) -> &str {
        match self {
            Self::NotUtf8 { path, .. }
            | Self::Utf16 { path }
            | Self::Decomposed { path, .. }
            | Self::Link { path }
            | Self::TooLarge { path, .. }
            | Self::Unreadable { path, .. }
            | Self::SameName { path, .. }
            | Self::NoManifest { folder: path } => path,
        }
    }
}
