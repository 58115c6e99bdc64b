//! `utkast watch`: a live preview in the browser.
//!
//! ```text
//!  changes ──▶ look: read, compare, compile ──▶ site ──▶ server ──▶ browser
//!  (notify)    (this thread, one at a time)      └─────▶ writer ──▶ OUT
//! ```
//!
//! [`run`] is the entry point. Builds run one after another on the main thread; saves during a build
//! cause one more. If the sources have the same bytes as before, nothing is built. Builds without
//! errors are shown at once. Errors are held back for a moment, because editors write files in several
//! steps.
//!
//! The shell (`shell.html`) shows the built page in a frame, byte for byte. For a new build it loads a
//! second frame, scrolls it to the same place, and swaps the frames.

mod changes;
mod diagnostics;
mod guard;
mod port;
mod server;
mod since;
mod site;
mod writer;

use super::build::{AudienceArg, source_date_epoch};
use super::outputs::outside;
use super::reference::VersionReference;
use super::{ExitStatus, Failure, Streams, sources};
use crate::compile::{Build, Compiled, Session, Target};
use crate::diag::{self, Format};
use crate::files::{self, Problem, ReadError, Sources};
use changes::{Changes, Event};
use since::Since;
use site::{PreviewState, ServedFile, Site};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch::{self, Sender};
use writer::{OutputWriter, WriteJob};

/// How long errors are held back, in case another save fixes them.
const HELD: Duration = Duration::from_millis(100);
/// How long errors are held back while saves follow each other.
const LONGEST_HELD: Duration = Duration::from_secs(1);

/// Preview the page in a browser, and rebuild it on every save
///
/// Serves the page, the PDF and the diagnostics on this machine only, and writes the outputs to OUT
/// as `utkast build` does. An open page shows each new build and keeps its scroll position. Errors are
/// shown in an overlay until they are fixed. Stop it with Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast watch strategy --open")]
pub(super) struct Args {
    /// Folder of the strategy
    #[arg(default_value = "strategy")]
    dir: PathBuf,
    /// Folder for the outputs
    #[arg(short, long, default_value = "out")]
    out: PathBuf,
    /// Audience of the build; `internal` also shows internal items and the names of participants
    #[arg(long, value_enum, default_value_t = AudienceArg::Public)]
    audience: AudienceArg,
    /// Show the page with what has changed since this version: a number, `sent-out`, a folder, or `git:REV`
    #[arg(long, value_name = "VERSION")]
    since: Option<VersionReference>,
    /// Port to serve on; by default 8484, or the next free port
    #[arg(long)]
    port: Option<u16>,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let build = Build {
        state: crate::version::BuildState::Written,
        audience: args.audience.into(),
        targets: Target::frozen().collect(),
        line_numbers: false,
        date: source_date_epoch()?,
    };
    // A folder that is missing at the start is a mistake of the user; later it may come and go.
    sources::open(&args.dir, streams)?;
    outside(&args.out, &args.dir)?;
    let since = args.since.as_ref();
    let since = since
        .map(|version| Since::read(&args.dir, version))
        .transpose()?;
    let bound = port::bind(args.port)?;

    let mut changes = Changes::of(&args.dir);
    let writer = OutputWriter::start(args.out.clone(), build.audience, changes.sender());
    let mut preview = Preview::new(args.dir.clone(), build, writer);
    preview.since = since;
    let first = preview.begin(&mut changes, streams);
    let (sender, sites) = watch::channel(Arc::new(first));
    let failed = |error| Failure::new(format!("cannot serve the page: {error}"));
    server::start(bound.listener, sites).map_err(failed)?;

    greet(args, bound.port, &bound.taken, &changes, streams);
    preview.follow(&mut changes, &sender, streams)
}

/// Prints the address of the page.
fn greet(args: &Args, port: u16, taken: &[u16], changes: &Changes, streams: &mut Streams<'_>) {
    if let Some(reason) = changes.deaf() {
        streams.say(&format!(
            "The system does not report changes ({reason}); utkast looks for changes every second.\n"
        ));
    }
    if let Some(taken) = taken.first() {
        streams.say(&format!("Port {taken} is in use; using port {port}.\n"));
    }
    let address = format!("http://127.0.0.1:{port}/");
    streams.say(&format!(
        "Watching {}. The page is at {address}. Press Ctrl-C to stop.\n",
        args.dir.display()
    ));
    if args.open
        && let Err(error) = open::that_detached(&address)
    {
        streams.say(&format!("No browser could be opened: {error}.\n"));
    }
}

/// The state of the sources when they were read. Equal states need only one build.
#[derive(Debug, PartialEq)]
enum Snapshot {
    Nothing,
    Unreadable(String),
    /// Paths with digests, and the files that could not be read.
    Files(Vec<(String, String)>, Vec<Problem>),
}

impl Snapshot {
    fn of(read: &Result<Sources, ReadError>) -> Self {
        match read {
            Ok(sources) => {
                let files = sources.iter();
                let files = files.map(|(_, file)| (file.path.clone(), file.sha256.clone()));
                Self::Files(files.collect(), sources.problems.clone())
            }
            Err(error) => Self::Unreadable(error.to_string()),
        }
    }
}

/// The result of reading sources that have changed.
struct BuildAttempt {
    seen: Snapshot,
    found: Result<(Sources, Compiled), ReadError>,
    /// The page with what has changed, if it is wanted.
    redline: Option<ServedFile>,
    milliseconds: u64,
}

impl BuildAttempt {
    fn is_good(&self) -> bool {
        let compiled = self.found.as_ref().ok();
        compiled.is_some_and(|(_, compiled)| compiled.outputs.is_some())
    }
}

/// The state of the preview between two builds.
struct Preview {
    folder: PathBuf,
    build: Build,
    session: Session,
    writer: OutputWriter,
    /// The state of the sources that is shown.
    seen: Snapshot,
    outputs: Vec<ServedFile>,
    /// The version that changes are counted from, and the page that shows them.
    since: Option<Since>,
    redline: Option<ServedFile>,
    /// The number of states that were shown.
    shown: u64,
    language: String,
    version: String,
    /// The diagnostics and the write failure that were printed last, so that neither is repeated.
    said: String,
    refused: Option<String>,
}

impl Preview {
    fn new(folder: PathBuf, build: Build, writer: OutputWriter) -> Self {
        Self {
            folder,
            build,
            session: Session::default(),
            writer,
            seen: Snapshot::Nothing,
            outputs: Vec::new(),
            since: None,
            redline: None,
            shown: 0,
            language: String::new(),
            version: String::new(),
            said: String::new(),
            refused: None,
        }
    }

    /// The first state to show, with or without errors.
    fn begin(&mut self, changes: &mut Changes, streams: &mut Streams<'_>) -> Site {
        loop {
            if let Some(site) = self.renew(&mut |most| changes.wait(Some(most)), streams) {
                return site;
            }
        }
    }

    /// Handles changes until the program ends.
    fn follow(
        mut self,
        changes: &mut Changes,
        sites: &Sender<Arc<Site>>,
        streams: &mut Streams<'_>,
    ) -> ! {
        loop {
            match changes.wait(None) {
                Some(Event::Changed) => {
                    let mut next = |most| changes.wait(Some(most));
                    if let Some(site) = self.renew(&mut next, streams) {
                        sites.send_replace(Arc::new(site));
                    }
                }
                Some(Event::Stored(stored)) => self.stored(stored, streams),
                None => {}
            }
        }
    }

    /// The state to show now, if the sources have changed. Errors are held back until the `next`
    /// event.
    fn renew(
        &mut self,
        next: &mut dyn FnMut(Duration) -> Option<Event>,
        streams: &mut Streams<'_>,
    ) -> Option<Site> {
        let start = Instant::now();
        loop {
            let look = self.look()?;
            if look.is_good() || start.elapsed() >= LONGEST_HELD {
                return Some(self.show(look, streams));
            }
            if !self.changes_while_held(next, streams) {
                return Some(self.show(look, streams));
            }
        }
    }

    /// Whether a save comes while errors are held back.
    fn changes_while_held(
        &mut self,
        next: &mut dyn FnMut(Duration) -> Option<Event>,
        streams: &mut Streams<'_>,
    ) -> bool {
        let start = Instant::now();
        loop {
            match next(HELD.saturating_sub(start.elapsed())) {
                Some(Event::Changed) => return true,
                // The previous build was written; the sources have not changed.
                Some(Event::Stored(stored)) => self.stored(stored, streams),
                None => return false,
            }
        }
    }

    /// Reads the sources, and compiles them if they have changed.
    fn look(&mut self) -> Option<BuildAttempt> {
        let start = Instant::now();
        let read = files::read_folder(&self.folder);
        let seen = Snapshot::of(&read);
        if seen == self.seen {
            return None;
        }
        let found = read.map(|sources| {
            let compiled = self.session.compile(&sources, &self.build, &mut |_| {});
            (sources, compiled)
        });
        let redline = match (&found, &mut self.since) {
            (Ok((sources, compiled)), Some(since)) if compiled.outputs.is_some() => {
                since.page(sources, &self.build)
            }
            _ => None,
        };
        Some(BuildAttempt {
            seen,
            found,
            redline,
            milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// Makes the served state of a result, reports it, and queues a good build for writing.
    fn show(&mut self, look: BuildAttempt, streams: &mut Streams<'_>) -> Site {
        let BuildAttempt {
            seen,
            found,
            redline,
            milliseconds,
        } = look;
        self.seen = seen;
        self.shown += 1;
        let mut job = None;
        let (told, said, json) = match found {
            Ok((sources, compiled)) => {
                let told = diagnostics::with_excerpts(&compiled.diagnostics, &sources);
                let render = |format, colour| {
                    diag::render(&compiled.diagnostics, &sources, &[], format, colour)
                };
                let said = render(Format::Text, streams.err_colour);
                let json = render(Format::Json, false);
                job = self.take(sources, compiled);
                (told, said, json)
            }
            Err(error) => {
                let told = diagnostics::unreadable(&self.folder, &error);
                let text = |key: &str| told[0][key].as_str().unwrap_or_default();
                let hint = told[0]["hints"][0].as_str().unwrap_or_default();
                let said = Failure::new(text("message")).hint(hint).to_string();
                let json = format!("{told:#}\n");
                (told, said, json)
            }
        };
        let state = PreviewState {
            number: self.shown,
            milliseconds,
            language: self.language.clone(),
            version: self.version.clone(),
            diagnostics: told,
        };
        self.say(said, job.is_some(), &state, streams);
        if let Some(job) = job {
            self.redline = redline;
            self.writer.write(job);
        }
        // The first of them is shown.
        let outputs: Vec<_> = self.redline.iter().chain(&self.outputs).cloned().collect();
        Site {
            state: state.told(&outputs),
            outputs,
            diagnostics: json.into(),
        }
    }

    /// Takes over the outputs and the language of a build. A good build is written.
    fn take(&mut self, sources: Sources, mut compiled: Compiled) -> Option<WriteJob> {
        if let Some(strategy) = &compiled.strategy {
            self.language = strategy.language.tag.to_owned();
            self.version = strategy.version.number.value.clone();
        }
        let made = compiled.outputs.take()?;
        self.outputs = made.into_iter().map(ServedFile::from).collect();
        Some(WriteJob {
            made: self.outputs.clone(),
            compiled,
            sources,
        })
    }

    /// Prints a line for each build, and the diagnostics if they have changed.
    fn say(&mut self, said: String, good: bool, state: &PreviewState, streams: &mut Streams<'_>) {
        if said != self.said {
            streams.say(&said);
            self.said = said;
        }
        let count = state.count();
        let names: Vec<_> = self.outputs.iter().map(|file| file.name.as_str()).collect();
        let line = match (good, names.as_slice()) {
            (true, names) => format!(
                "Built {} in {} ms: {count}.\n",
                names.join(" and "),
                state.milliseconds
            ),
            (false, []) => format!("There is no page yet: {count}.\n"),
            (false, _) => format!("The page was not updated: {count}.\n"),
        };
        streams.say(&line);
    }

    /// Reports why a build could not be written. The preview continues.
    fn stored(&mut self, stored: Result<(), Failure>, streams: &mut Streams<'_>) {
        let refused = stored.err().map(|failure| failure.to_string());
        if refused != self.refused {
            refused.iter().for_each(|failure| streams.say(failure));
            self.refused = refused;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;
    use crate::model::Audience;
    use serde_json::{Value, json};
    use std::fs;
    use std::io;
    use std::path::Path;

    fn streams() -> Streams<'static> {
        Streams {
            out: Box::new(io::sink()),
            err: Box::new(io::sink()),
            out_colour: false,
            err_colour: false,
            watched: false,
        }
    }

    /// A preview of a new strategy in a folder that holds the outputs as well.
    fn preview(room: &Path) -> Preview {
        let folder = room.join("strategy");
        let line = [
            "utkast".into(),
            "new".into(),
            folder.clone().into_os_string(),
        ];
        let language = ["--language".into(), "nn".into()];
        let ended = cli::run(line.into_iter().chain(language), &mut streams());
        assert_eq!(ended, ExitStatus::Done);
        let build = Build {
            targets: Target::frozen().collect(),
            ..Build::default()
        };
        let (told, _) = std::sync::mpsc::channel();
        let writer = OutputWriter::start(room.join("out"), Audience::Public, told);
        Preview::new(folder, build, writer)
    }

    fn state(site: Option<Site>) -> Value {
        let site = site.expect("there is something new");
        serde_json::from_str(&site.state).expect("it is JSON")
    }

    #[test]
    fn half_a_file_that_is_soon_whole_is_never_shown() {
        let room = tempfile::tempdir().expect("there is room");
        let mut preview = preview(room.path());
        let file = room.path().join("strategy/strategy.toml");
        let whole = fs::read_to_string(&file).expect("it is there");
        fs::write(&file, &whole[..20]).expect("there is room");
        let mut mend = |_| {
            fs::write(&file, &whole).expect("there is room");
            Some(Event::Changed)
        };
        let shown = state(preview.renew(&mut mend, &mut streams()));
        assert_eq!((&shown["number"], &shown["errors"]), (&json!(1), &json!(0)));
        assert_eq!(shown["page"]["name"], "strategy.html");

        // Nor if the thread that writes has its say in between.
        fs::write(&file, &whole[..20]).expect("there is room");
        let longer = format!("{whole}\n# Meir\n");
        let mut words = vec![Event::Changed, Event::Stored(Ok(()))];
        let mut mend = |_| {
            fs::write(&file, &longer).expect("there is room");
            words.pop()
        };
        let shown = state(preview.renew(&mut mend, &mut streams()));
        assert_eq!(shown["errors"], 0);

        let nothing = preview.renew(&mut |_| None, &mut streams());
        assert!(nothing.is_none(), "nothing has changed");
    }

    #[test]
    fn what_has_changed_since_a_version_is_shown_first() {
        let room = tempfile::tempdir().expect("there is room");
        let mut preview = preview(room.path());
        let folder = room.path().join("strategy");
        let since = Since::read(&folder, &VersionReference::Work);
        preview.since = Some(since.unwrap_or_else(|no| panic!("{no}")));
        let first = preview
            .renew(&mut |_| None, &mut streams())
            .expect("it is new");
        let names: Vec<_> = first.outputs.iter().map(|file| file.name.clone()).collect();
        assert_eq!(names, ["changes.html", "strategy.html", "strategy.pdf"]);

        let file = folder.join("strategy.toml");
        let whole = fs::read_to_string(&file).expect("it is there");
        fs::write(&file, "").expect("there is room");
        let broken = state(preview.renew(&mut |_| None, &mut streams()));
        assert_eq!(broken["page"]["name"], "changes.html", "it stays as it was");

        let changed = whole.replacen("title = \"", "title = \"Ny ", 1);
        fs::write(&file, changed).expect("there is room");
        let shown = preview
            .renew(&mut |_| None, &mut streams())
            .expect("it is new");
        let page = String::from_utf8_lossy(&shown.outputs[0].bytes).into_owned();
        assert!(page.contains("«Ny "), "the list tells of the title");
    }

    #[test]
    fn errors_that_stay_are_shown_and_so_is_that_they_are_gone() {
        let room = tempfile::tempdir().expect("there is room");
        let mut preview = preview(room.path());
        let first = state(preview.renew(&mut |_| None, &mut streams()));
        let file = room.path().join("strategy/strategy.toml");
        let whole = fs::read_to_string(&file).expect("it is there");
        fs::write(&file, "").expect("there is room");
        // Words of the thread that writes are no change.
        let mut words = vec![Event::Stored(Ok(()))];
        let mut stored = |_| words.pop();
        let broken = state(preview.renew(&mut stored, &mut streams()));
        assert_ne!(broken["errors"], 0);
        assert_eq!(broken["page"], first["page"]);
        assert_eq!(broken["language"], "nn", "it is still known");

        fs::write(&file, whole).expect("there is room");
        let mended = state(preview.renew(&mut |_| None, &mut streams()));
        assert_eq!(
            (&mended["errors"], &mended["page"]),
            (&json!(0), &first["page"])
        );
    }
}
