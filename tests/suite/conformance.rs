//! What a reader for the blind, a validator and an archive find in our PDFs: in documents of every
//! shape, made up here, and in every strategy of the repository.
//!
//! Each is read back through its structure tree, and compared with the semantic tree that was laid
//! out, character for character ([`reading`]). Then veraPDF judges all of them.

mod random;
mod reading;

use crate::support::built::{Audience, Built, Sources};
use crate::support::{generate, judges, repository};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use utkast::dom::{self, Document, Meta};
use utkast::files::read_folder;
use utkast::layout::{Fonts, LayoutInput, Picture, lay_out};
use utkast::pdf;
use utkast::theme::Theme;

/// How many documents are made up.
const MADE_UP: u32 = 200;
/// Pages that the generated strategy has at least.
const LONG: usize = 1_000;

/// Pages and bytes of a document.
struct Written {
    document: Document,
    bytes: Vec<u8>,
    pages: usize,
}

/// What all made-up documents are set with.
struct Typesetter {
    theme: Theme,
    fonts: Fonts,
    pictures: BTreeMap<String, Arc<Picture>>,
}

impl Typesetter {
    fn new() -> Self {
        let theme = std::fs::read_to_string(repository("templates/default/theme.toml"));
        let theme = toml::from_str(&theme.expect("it is there")).expect("the default theme");
        let picture = |name: &str| {
            let file = repository("tests/cases/conformance").join(name);
            let bytes = std::fs::read(file).expect("the picture is there");
            let picture = Picture::decode(&bytes).expect("the picture is sound");
            (name.to_owned(), Arc::new(picture))
        };
        Self {
            theme,
            fonts: Fonts::embedded(),
            pictures: ["photo.jpg", "seal.png"].map(picture).into(),
        }
    }

    fn write(&self, html: &str, line_numbers: bool) -> Written {
        let meta = Meta {
            title: "Prøve".into(),
            language: "nb".into(),
            author: "Rådet".into(),
            date: "2025-04-11T00:00:00Z".into(),
            running_title: "Prøve".into(),
            running_status: "Versjon 0.1".into(),
            draft_mark: "Utkast".into(),
            page_x_of_y: "Side {x} av {y}".into(),
            ..Meta::default()
        };
        let document = dom::parse(html, meta).document;
        let laid = lay_out(&LayoutInput {
            document: &document,
            theme: &self.theme,
            fonts: &self.fonts,
            pictures: &self.pictures,
            line_numbers,
        });
        let bytes = pdf::write(&document, &laid.pages, &self.fonts).expect("a legal document");
        let pages = laid.pages.pages.len();
        Written {
            document,
            bytes,
            pages,
        }
    }
}

/// Fails if the structure of a PDF reads otherwise than its tree.
fn assert_reads_as_the_tree(document: &Document, bytes: &[u8], name: &str) {
    let read = pdf::read(bytes).expect("our own");
    assert_eq!(read.unmarked, "", "{name}: outside of all elements");
    let (shown, heard) = (reading::of_tree(document), reading::of_pdf(&read));
    if let Some(at) = (0..shown.len().max(heard.len())).find(|&i| shown.get(i) != heard.get(i)) {
        let part = |all: &[String]| {
            let end = all.len().min(at + 2);
            all[at.saturating_sub(1).min(end)..end].to_vec()
        };
        panic!(
            "{name}: the tree says {:#?}, and the PDF {:#?}",
            part(&shown),
            part(&heard)
        );
    }
}

/// Judges files with veraPDF, for PDF/UA-1 and PDF/A-2a.
fn judge(folder: &Path) {
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = files.map(|f| f.expect("readable").path()).collect();
    files.sort();
    judges::verapdf(&files);
}

#[test]
fn made_up_documents_read_as_their_trees_and_conform() {
    let folder = tempfile::tempdir().expect("there is room for files");
    let typesetter = Typesetter::new();
    let config = Config {
        cases: MADE_UP,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        max_shrink_iters: 400,
        ..Config::default()
    };
    let pages = RefCell::new(Vec::new());
    let mut runner = TestRunner::new(config);
    let ran = runner.run(&random::document(), |html| {
        let number = pages.borrow().len();
        let written = typesetter.write(&html, number % 5 == 0);
        assert_reads_as_the_tree(&written.document, &written.bytes, &html);
        pages.borrow_mut().push(written.pages);
        let file = folder.path().join(format!("{number:03}.pdf"));
        std::fs::write(file, &written.bytes).expect("there is room for files");
        Ok(())
    });
    if let Err(failure) = ran {
        panic!("{failure}");
    }
    let pages = pages.into_inner();
    assert_eq!(pages.len(), MADE_UP as usize);
    assert!(pages.iter().filter(|&&n| n > 3).count() > 40, "{pages:?}");
    judge(folder.path());
}

#[test]
fn every_strategy_of_the_repository_reads_as_its_tree_and_conforms() {
    let folder = tempfile::tempdir().expect("there is room for files");
    let mut strategies = vec![repository("strategy")];
    for parent in ["examples", "templates/new"] {
        let below = std::fs::read_dir(repository(parent)).expect("the folder is there");
        let below = below.map(|entry| entry.expect("readable").path());
        strategies.extend(below.filter(|path| path.join("strategy.toml").is_file()));
    }
    assert!(strategies.len() >= 5, "{strategies:?}");
    for (number, strategy) in strategies.iter().enumerate() {
        let sources = read_folder(strategy).expect("the folder can be read");
        for audience in [Audience::Public, Audience::Internal] {
            let bytes = check(&sources, audience, &strategy.display().to_string());
            let file = folder.path().join(format!("{number}-{audience:?}.pdf"));
            std::fs::write(file, bytes).expect("there is room for files");
        }
    }
    judge(folder.path());
}

#[test]
fn a_strategy_of_about_a_thousand_pages_reads_as_its_tree_and_conforms() {
    let folder = tempfile::tempdir().expect("there is room for files");
    let sources = generate::strategy(LONG + LONG / 5, 2026);
    let bytes = check(&sources, Audience::Public, "the long strategy");
    let pages = pdf::read(&bytes).expect("our own").pages;
    assert!(pages >= LONG, "{pages} pages");
    std::fs::write(folder.path().join("long.pdf"), bytes).expect("there is room for a file");
    judge(folder.path());
}

/// The PDF of a strategy, which reads as its tree.
fn check(sources: &Sources, audience: Audience, name: &str) -> Vec<u8> {
    let built = Built::of_sources(sources, audience).unwrap_or_else(|said| panic!("{said}"));
    let document = crate::support::built::tree(sources, audience);
    assert_reads_as_the_tree(&document, &built.pdf, name);
    built.pdf
}
