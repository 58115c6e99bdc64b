//! `utkast new`: writes a small strategy to start from.

use super::{ExitStatus, Failure, Streams};
use crate::language::{self, Language};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use include_dir::{Dir, include_dir};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/new");

/// Create a small strategy whose comments explain the format
///
/// The folder must be new or empty.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast new strategy --language nn")]
pub(super) struct Args {
    /// Folder to create
    dir: PathBuf,
    /// Language of the strategy and of its comments
    #[arg(short, long, value_enum)]
    language: LanguageArg,
}

/// A language that documents can be written in.
#[derive(Debug, Clone, Copy)]
struct LanguageArg(&'static Language);

impl ValueEnum for LanguageArg {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<LanguageArg>> = LazyLock::new(|| {
            let languages = language::of_documents();
            languages
                .map(|(language, _)| LanguageArg(language))
                .collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.tag).help(self.0.name))
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let starter = STARTERS
        .get_dir(args.language.0.tag)
        .expect("there is a starter for each language");
    let dir = &args.dir;
    let shown = dir.display();
    if !is_free(dir) {
        let failure = Failure::new(format!("`{shown}` is not an empty folder"));
        return Err(failure.hint("name a folder that is new or empty"));
    }
    write(starter, dir)
        .map_err(|error| Failure::new(format!("cannot write to `{shown}`: {error}")))?;
    let next = format!("Wrote a strategy to {shown}. Build it with `utkast build {shown}`.\n");
    streams.say(&next);
    Ok(ExitStatus::Done)
}

fn is_free(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Writes a starter to a new or empty folder; writes nothing on failure.
///
/// The files are written to a temporary folder and then moved. A folder that exists keeps its
/// permissions, and may be the current folder of the user, so the files are moved into it.
fn write(starter: &Dir<'_>, dir: &Path) -> io::Result<()> {
    let beside = |folder: &Path| {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".utkast-").tempdir_in(folder)
    };
    if dir.exists() {
        let whole = beside(dir)?;
        unpack(starter, starter.path(), whole.path())?;
        return move_all(whole.path(), dir);
    }
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let room = beside(parent)?;
    // The temporary folder is private; the folder inside it gets the usual permissions.
    let whole = room.path().join("new");
    unpack(starter, starter.path(), &whole)?;
    fs::rename(whole, dir)
}

/// Moves the contents of a folder into another; undoes all moves if one fails.
fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    let entries = fs::read_dir(from)?.collect::<io::Result<Vec<_>>>()?;
    let mut moved = Vec::new();
    for entry in entries {
        let target = to.join(entry.file_name());
        let free = match target.exists() {
            true => Err(io::ErrorKind::AlreadyExists.into()),
            false => Ok(()),
        };
        if let Err(error) = free.and_then(|()| fs::rename(entry.path(), &target)) {
            for (home, target) in moved {
                // If that fails too, the first failure is the one to report.
                let _ = fs::rename(target, home);
            }
            return Err(error);
        }
        moved.push((entry.path(), target));
    }
    Ok(())
}

fn unpack(folder: &Dir<'_>, root: &Path, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for file in folder.files() {
        let inside = file.path().strip_prefix(root).expect("it lies below");
        let target = dir.join(inside);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(target, file.contents())?;
    }
    folder.dirs().try_for_each(|below| unpack(below, root, dir))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_thing_cannot_be_moved_none_is() {
        let room = tempfile::tempdir().expect("there is room");
        let (from, to) = (room.path().join("from"), room.path().join("to"));
        for folder in [&from, &to] {
            fs::create_dir(folder).expect("it can be made");
        }
        for name in ["a", "b", "c", "d"] {
            fs::write(from.join(name), name).expect("there is room");
        }
        fs::write(to.join("c"), "mine").expect("there is room");
        move_all(&from, &to).expect_err("`c` is taken");
        let count = |folder| fs::read_dir(folder).expect("it is there").count();
        assert_eq!((count(&from), count(&to)), (4, 1));
        assert_eq!(
            fs::read_to_string(to.join("c")).expect("it is there"),
            "mine"
        );
    }
}
