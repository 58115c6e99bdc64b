//! Frozen versions and the outputs of builds on the disk.
//!
//! - [`install()`] writes a version atomically; [`leftovers`] and [`clear`] find and delete the
//!   leftovers of an interrupted release. A [`Lock`] allows one release at a time.
//! - [`Ledger`] reads every frozen version and proves it: against its manifest, against the version
//!   before it, and by building it again. [`next_number`] and [`freeze()`] make the next version.
//! - [`OutputFile`] is a page or PDF that a user brings; a [`Ledger`] compares it with the frozen
//!   outputs, and a [`Folder`] tells which version or build it is.
//! - [`store`] writes the outputs of a build with their record.
//!
//! All functions return values; [`cli`](crate::cli) writes the messages.

mod disk;
mod folder;
mod freeze;
mod install;
mod ledger;
mod lock;
mod output_file;
mod outputs;
mod rebuild;
mod record;
mod versions_folder;
mod write;

pub use disk::{Disk, LocalDisk};
pub use folder::{Folder, FolderError, Identification, OutputMatch};
pub use freeze::{FreezeError, Frozen, NumberError, NumberProblem, freeze, next_number};
pub use install::{InstallError, clear, install, leftovers, versions};
pub use ledger::{Ledger, OutputProof, Proof, Rebuilt, SourcesProof};
pub use lock::{Lock, LockError};
pub use output_file::{ForeignFormat, OutputFile, OutputFileError};
pub use outputs::{is_inside, record_name, store, store_redline};
pub use rebuild::frozen_sources;
pub use versions_folder::{StrayEntry, VersionsFolder};
pub use write::{FileToWrite, WriteError, write_all};
