//! The only code that touches the library and the binary.
//!
//! A [`Case`] is a strategy in a folder of its own, made from the smallest one; tests change a file
//! or two and look at what the program says.

pub(crate) mod browser;
pub(crate) mod built;
#[path = "../support/generate.rs"]
pub(crate) mod generate;
#[path = "../support/judges.rs"]
pub(crate) mod judges;
pub(crate) mod preview;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use utkast::diag::Sink;
use utkast::load;
use utkast::manifest::{FileDigest, Manifest, Previous};
use utkast::model::Status;
use utkast::version;

/// A file or folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A rule, as far as tests need to know it.
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) docs: &'static str,
}

/// Every rule of every stage.
pub(crate) fn rules() -> Vec<Rule> {
    let rules = utkast::compile::rules().into_iter();
    let rules = rules.map(|rule| Rule {
        code: rule.code.0,
        name: rule.name,
        docs: rule.docs,
    });
    rules.collect()
}

/// A picture as it is registered.
pub(crate) const IMAGE: &str = "\
[[images]]
id = \"havn\"
file = \"FILE\"
alt = \"Havna sett fra fjorden.\"
licence = \"Egen tegning.\"
credits = [{ name = \"Sekretariatet\" }]
";

/// A strategy in a folder of its own; the folder is gone when this is dropped.
pub(crate) struct Case {
    folder: TempDir,
}

impl Case {
    /// The smallest strategy without a complaint.
    pub(crate) fn minimal() -> Self {
        Self::copy_of("tests/cases/minimal")
    }

    /// The same with a challenge, whose text this is.
    pub(crate) fn challenge(body: &str) -> Self {
        let text = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n");
        Self::minimal().with("challenges/drift.md", text)
    }

    /// The same with a picture in the challenge, registered with this file.
    pub(crate) fn image(file: &str) -> Self {
        let case = Self::challenge("![](image/havn)");
        case.with("images.toml", IMAGE.replace("FILE", file))
    }

    /// The same with a challenge, and a glossary that a chapter shows.
    pub(crate) fn glossary(body: &str, glossary: &str) -> Self {
        let chapter = "+++\ntitle = \"Ordliste\"\nshows = \"glossary\"\n+++\n";
        Self::challenge(body)
            .replace("strategy.toml", "\"kilder\"", "\"ordliste\", \"kilder\"")
            .with("chapters/ordliste.md", chapter)
            .with("glossary.toml", glossary)
    }

    /// A copy of a strategy of the repository.
    pub(crate) fn copy_of(path: &str) -> Self {
        let case = Self::empty();
        copy(&repository(path), &case.path("strategy"));
        case
    }

    /// A folder without a strategy.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        Self { folder }
    }

    /// A word that the program itself writes, as the default labels have it.
    pub(crate) fn label(language: &str, key: &str) -> String {
        let path = repository(&format!("templates/default/labels/{language}.toml"));
        let text = fs::read_to_string(path).expect("it is there");
        let labels: toml::Table = text.parse().expect("it is TOML");
        labels[key].as_str().expect("labels are texts").to_owned()
    }

    /// A path beside the strategy's folder, which is called `strategy`.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// With a file of the strategy, in place of the former one if there was one.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path("strategy").join(path);
        let parent = path.parent().expect("it lies in the folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, content).expect("the file can be written");
        self
    }

    /// With words of a file replaced.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.path("strategy").join(path)).expect("it is there");
        assert!(text.contains(from), "`{path}` has no `{from}`");
        let text = text.replace(from, to);
        self.with(path, text)
    }

    /// Without a file.
    pub(crate) fn without(self, path: &str) -> Self {
        fs::remove_file(self.path("strategy").join(path)).expect("it was there");
        self
    }

    /// With a manifest of a version after those that are there, whatever its gates would say; nothing
    /// else of the version is.
    pub(crate) fn with_version(
        self,
        [number, status, date]: [&str; 3],
        body: Option<(&str, &str)>,
        outputs: &[(&str, &[u8])],
    ) -> Self {
        let sources = self.sources();
        let previous = load::releases(&sources, &mut Sink::default()).pop();
        let files = sources.iter().map(|(_, file)| file);
        let files = files.filter(|file| version::is_source(&file.path));
        let manifest = Manifest {
            number: number.to_owned(),
            status: Status::from_word(status).expect("it is a status"),
            date: date.to_owned(),
            body: body.map(|(id, _)| id.to_owned()),
            body_name: body.map(|(_, name)| name.to_owned()),
            previous: previous.map(|before| Previous {
                number: before.manifest.number,
                seal: before.manifest.seal,
            }),
            sources: files
                .map(|file| FileDigest {
                    path: file.path.clone(),
                    sha256: file.sha256.clone(),
                })
                .collect(),
            outputs: outputs
                .iter()
                .map(|(name, bytes)| FileDigest::of(name, bytes))
                .collect(),
            ..Manifest::default()
        };
        let path = format!("versions/{number}/manifest.toml");
        self.with(&path, manifest.text())
    }

    /// The files of the strategy as they stand.
    pub(crate) fn sources(&self) -> built::Sources {
        utkast::files::read_folder(&self.path("strategy")).expect("the folder can be read")
    }

    /// The program, run beside the strategy's folder.
    pub(crate) fn utkast(&self, args: &[&str]) -> Ran {
        self.utkast_with(args, &[])
    }

    /// The program, run with variables of the environment.
    pub(crate) fn utkast_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_utkast"));
        command.current_dir(self.folder.path()).args(args);
        command.env_remove("SOURCE_DATE_EPOCH");
        command.envs(variables.iter().copied());
        Ran::new(command.output().expect("the program runs"))
    }

    /// What `utkast check` finds.
    pub(crate) fn check(&self) -> Vec<Found> {
        let ran = self.utkast(&["check", "--format", "json"]);
        assert!(matches!(ran.status, 0 | 1), "{}", ran.err);
        let all: Value = serde_json::from_str(&ran.out).expect("the report is JSON");
        let all = all.as_array().expect("the report is a list");
        all.iter().map(Found::new).collect()
    }

    /// The code and the place of each thing that a check finds, in its order.
    pub(crate) fn places(&self) -> Vec<String> {
        let found = self.check().into_iter();
        found.map(|f| format!("{} {}", f.code, f.place)).collect()
    }

    /// Builds over former outputs, and sees that an error leaves just them, as they were.
    #[track_caller]
    pub(crate) fn build_is_refused(&self) {
        fs::create_dir(self.path("out")).expect("it can be made");
        for name in ["strategy.html", "strategy.pdf", "build.json"] {
            fs::write(self.path("out").join(name), name).expect("there is room");
        }
        let before = files_of(&self.path("out"));
        let ran = self.utkast(&["build"]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        assert!(ran.err.contains("Nothing was written: "), "{}", ran.err);
        assert_eq!(files_of(&self.path("out")), before, "former outputs stay");
    }

    /// Builds for everybody, in this process, for tests that look into the outputs.
    pub(crate) fn build(&self) -> built::Built {
        built::Built::of(&self.path("strategy"), built::Audience::Public)
    }

    /// Asserts that a check finds one error of the code at the place, with words of the message
    /// and of the hint, and no other error, and that nothing is built.
    #[track_caller]
    pub(crate) fn error(&self, code: &str, place: &str, message: &str, hint: &str) {
        let found = self.check();
        let errors: Vec<_> = found.iter().filter(|f| f.severity == "error").collect();
        let [error] = errors.as_slice() else {
            panic!("one error was to be found, not {errors:#?}");
        };
        error.is(code, place, message, hint);
        self.build_is_refused();
    }

    /// Asserts that a check finds one warning, and no error.
    #[track_caller]
    pub(crate) fn warning(&self, code: &str, place: &str, message: &str, hint: &str) {
        let found = self.check();
        let [warning] = found.as_slice() else {
            panic!("one warning was to be found, not {found:#?}");
        };
        assert_eq!(warning.severity, "warning");
        warning.is(code, place, message, hint);
    }
}

/// How a run of the program ended, and what it said.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it says words");
        Self {
            status: output.status.code().expect("no signal ends it"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// A diagnostic of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    /// `file:line:column`, as far as they are known.
    pub(crate) place: String,
    pub(crate) hints: String,
}

impl Found {
    fn new(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let mut place = text("file");
        for key in ["line", "column"] {
            if let Some(number) = value["start"][key].as_u64() {
                place.push_str(&format!(":{number}"));
            }
        }
        let hints = value["hints"].as_array().expect("hints are a list");
        let hints: Vec<_> = hints.iter().filter_map(Value::as_str).collect();
        Self {
            code: text("code"),
            severity: text("severity"),
            message: text("message"),
            place: place.trim_start_matches("strategy/").to_owned(),
            hints: hints.join("\n"),
        }
    }

    #[track_caller]
    fn is(&self, code: &str, place: &str, message: &str, hint: &str) {
        assert_eq!(
            (self.code.as_str(), self.place.as_str()),
            (code, place),
            "{self:#?}"
        );
        assert!(self.message.contains(message), "{self:#?}");
        assert!(self.hints.contains(hint), "{self:#?}");
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).expect("the file can be copied")),
        }
    }
}

/// Every file below a folder with its bytes, by path.
pub(crate) fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("it lies below");
            let bytes = fs::read(&path).expect("the file can be read");
            found.push((inside.to_string_lossy().replace('\\', "/"), bytes));
        }
    }
    found.sort();
    found
}
