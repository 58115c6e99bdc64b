//! `utkast new`: a small strategy to start from.

use super::{ExitStatus, Failure, Streams};
use clap::ValueEnum;
use include_dir::{Dir, include_dir};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/new");

/// Start a small strategy whose comments teach the format
///
/// The folder must be new or empty.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast new strategy --language nn")]
pub(super) struct Args {
    /// Folder to write
    dir: PathBuf,
    /// Language of the strategy and of the comments in it
    #[arg(short, long, value_enum)]
    language: LanguageArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageArg {
    /// Norwegian bokmål
    Nb,
    /// Norwegian nynorsk
    Nn,
    /// English
    En,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let language = match args.language {
        LanguageArg::Nb => "nb",
        LanguageArg::Nn => "nn",
        LanguageArg::En => "en",
    };
    let starter = STARTERS
        .get_dir(language)
        .expect("there is a starter for each language");
    let dir = &args.dir;
    let shown = dir.display();
    if !is_free(dir) {
        let failure = Failure::new(format!("`{shown}` is not an empty folder"));
        return Err(failure.hint("name a folder that is new or empty"));
    }
    unpack(starter, starter.path(), dir)
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
