//! `utkast build`: a folder of sources to a page, a PDF, and a record of both.

use super::progress::Progress;
use super::write::{Output, write_all};
use super::{ExitStatus, Failure, Streams, count};
use crate::compile::{self, Build, Compiled, Outputs};
use crate::diag::{self, Format};
use crate::files::{self, Sources, sha256_hex};
use crate::model::{Audience, Date};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Build the page and the PDF
///
/// Writes OUT/strategy.html, OUT/strategy.pdf and OUT/build.json, which lists every source and
/// output with its SHA-256. If the document has errors, nothing is written, and what was there
/// before stays. The date of the PDF is that of the version, or SOURCE_DATE_EPOCH if it is set.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast build strategy -o out --format pdf")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Folder for the outputs
    #[arg(short, long, default_value = "out")]
    out: PathBuf,
    /// What to build
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "html,pdf",
        value_name = "FORMATS"
    )]
    format: Vec<OutputFormat>,
    /// Whom it is for; `internal` shows the names of participants and internal items
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// A page that needs nothing but a browser
    Html,
    /// A tagged PDF
    Pdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AudienceArg {
    /// Everybody
    Public,
    /// The council and its secretariat
    Internal,
}

impl AudienceArg {
    fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let build = Build {
        audience: match args.audience {
            AudienceArg::Public => Audience::Public,
            AudienceArg::Internal => Audience::Internal,
        },
        html: args.format.contains(&OutputFormat::Html),
        pdf: args.format.contains(&OutputFormat::Pdf),
        date: source_date_epoch()?,
    };
    let mut sources = read(&args.dir)?;
    outside(&args.out, &args.dir)?;
    let progress = Progress::new(streams.watched);
    let compiled = compile::compile(&sources, build, &mut |stage| progress.show(stage));
    drop(progress);

    let said = diag::render(
        &compiled.diagnostics,
        &sources,
        &[],
        Format::Text,
        streams.err_colour,
    );
    streams.say(&said);
    let count = count(&compiled.diagnostics);
    let Some(outputs) = &compiled.outputs else {
        streams.say(&format!("Nothing was written: {count}.\n"));
        return Ok(ExitStatus::Errors);
    };
    // The record must not tell where the folder lay.
    sources.root = PathBuf::new();
    let record = record(&compiled, outputs, &sources, args.audience);
    let mut files = named(outputs);
    files.push(Output::new("build.json", record.as_bytes()));
    write_all(&args.out, &files)?;
    let names: Vec<_> = files.iter().map(|file| file.name).collect();
    let folder = args.out.display();
    streams.say(&format!(
        "Wrote {} to {folder}: {count}.\n",
        names.join(", ")
    ));
    Ok(ExitStatus::Done)
}

/// The sources, or why they cannot be read.
pub(super) fn read(dir: &Path) -> Result<Sources, Failure> {
    files::read_folder(dir).map_err(|error| Failure::new(error.to_string()))
}

fn named(outputs: &Outputs) -> Vec<Output<'_>> {
    let html = outputs.html.as_ref();
    let html = html.map(|html| Output::new("strategy.html", html.as_bytes()));
    let pdf = outputs.pdf.as_ref();
    let pdf = pdf.map(|pdf| Output::new("strategy.pdf", pdf));
    html.into_iter().chain(pdf).collect()
}

/// Outputs among the sources would be sources of the next build.
fn outside(out: &Path, dir: &Path) -> Result<(), Failure> {
    let inside = match (existing(out), dir.canonicalize()) {
        (Some(out), Ok(dir)) => out.starts_with(dir),
        _ => false,
    };
    match inside {
        true => Err(Failure::new(format!(
            "`{}` lies inside the strategy's folder",
            out.display()
        ))
        .hint("choose a folder beside it with `--out`")),
        false => Ok(()),
    }
}

/// The nearest folder above a path, or the path itself, that is there.
fn existing(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute
        .ancestors()
        .find_map(|path| path.canonicalize().ok())
}

/// The date that a builder of packages wants in all outputs.
fn source_date_epoch() -> Result<Option<i64>, Failure> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = value.to_str().and_then(|text| text.trim().parse().ok());
    let in_range = |seconds: &i64| jiff::Timestamp::from_second(*seconds).is_ok();
    match seconds.filter(in_range) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Failure::new(format!(
            "SOURCE_DATE_EPOCH is `{}`, which is not a number of seconds",
            value.to_string_lossy()
        ))
        .hint("set it to seconds since 1970, or unset it")),
    }
}

/// `build.json`: what was made of what, without a path or a time of the machine.
fn record(
    compiled: &Compiled,
    outputs: &Outputs,
    sources: &Sources,
    audience: AudienceArg,
) -> String {
    let version = compiled.strategy.as_ref().map(|strategy| &strategy.version);
    let files = sources
        .iter()
        .map(|(_, file)| json!({ "path": file.path, "sha256": file.sha256 }));
    let outputs = named(outputs);
    let outputs = outputs.iter().map(|output| {
        let sha256 = sha256_hex(output.bytes);
        json!({ "path": output.name, "sha256": sha256, "bytes": output.bytes.len() })
    });
    let record = json!({
        "program": { "name": "utkast", "version": env!("CARGO_PKG_VERSION") },
        "version": version.map(|v| v.number.value.as_str()),
        "status": version.map(|v| v.status.as_str()),
        "date": version.map(|v| date(&v.date)),
        "audience": audience.as_str(),
        "sources": files.collect::<Value>(),
        "outputs": outputs.collect::<Value>(),
        "diagnostics": diag::to_value(&compiled.diagnostics, sources),
    });
    format!("{record:#}\n")
}

fn date(date: &Date) -> String {
    match date {
        Date::Day(day) => day.to_string(),
        Date::Week(week) => week.to_string(),
        Date::Literal { text, .. } => text.clone(),
    }
}
