//! How the work of a build grows with one part of a strategy.
//!
//! `cargo bench --bench growth` builds each case in a tenth of its size and in full, and prints
//! the times: the second should be about ten times the first.
//! `cargo bench --bench growth -- --write FOLDER` writes the strategies in full instead, so that
//! any `utkast` can be timed with them.

mod cases;

use cases::{CASES, File};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use utkast::compile::{Build, Target, compile};
use utkast::files::{Content, SourceFile, Sources, read_folder, sha256_hex};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--write");
    match arguments.nth(1) {
        Some(folder) => write_all(Path::new(&folder)),
        None => time_all(),
    }
}

fn time_all() -> io::Result<()> {
    let minimal = read_folder(&minimal()).map_err(io::Error::other)?;
    let build = Build {
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    for case in &CASES {
        write!(io::stdout(), "{:45}", case.name)?;
        for size in [case.size / 10, case.size] {
            let sources = with(&minimal, (case.files)(size));
            let start = Instant::now();
            let built = compile(&sources, &build, &mut |_| {}).outputs.is_some();
            let time = start.elapsed().as_secs_f64();
            let failed = if built { "" } else { " (refused)" };
            write!(io::stdout(), "  {size:>6}: {time:6.3} s{failed}")?;
        }
        writeln!(io::stdout())?;
    }
    Ok(())
}

fn write_all(folder: &Path) -> io::Result<()> {
    let minimal = read_folder(&minimal()).map_err(io::Error::other)?;
    for case in &CASES {
        for (_, file) in with(&minimal, (case.files)(case.size)).iter() {
            let path = folder.join(case.name).join(&file.path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, file.text())?;
        }
    }
    Ok(())
}

fn minimal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/minimal")
}

/// Sources with more files, which take the place of those with the same path.
fn with(sources: &Sources, files: Vec<File>) -> Sources {
    let others = sources.iter().map(|(_, file)| file.clone());
    let is_other = |file: &SourceFile| !files.iter().any(|(path, _)| *path == file.path);
    let mut all: Vec<_> = others.filter(is_other).collect();
    all.extend(files.iter().map(|(path, text)| {
        let digest = sha256_hex(text.as_bytes());
        SourceFile::new(path.clone(), Content::Text(text.clone()), digest)
    }));
    Sources::new(sources.root.clone(), all)
}
