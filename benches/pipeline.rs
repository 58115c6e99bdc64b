//! The pipeline, stage by stage, on strategies of about 10, 100 and 1,000 pages.
//!
//! `cargo bench` prints a time a stage and size; what counts is how a stage grows from one size to
//! the next, since machines differ. The sources are generated from a fixed seed.

#[path = "../tests/support/generate.rs"]
mod generate;

use divan::Bencher;
use std::collections::BTreeMap;
use std::path::Path;
use utkast::check::{Checked, check};
use utkast::compile::{Build, Session, Target, compile};
use utkast::diag::Sink;
use utkast::files::{Content, SourceFile, Sources, read_folder, sha256_hex};
use utkast::layout::{Fonts, LayoutInput, LayoutResult, lay_out};
use utkast::load::load;
use utkast::model::{Audience, Strategy};
use utkast::render::{Options, Rendered, render};
use utkast::templates::{ENTRY, TemplateSet};
use utkast::{html, pdf};

/// How many pages are asked for.
const SIZES: [usize; 3] = [10, 100, 1_000];
const SEED: u64 = 2026;

fn main() {
    divan::main();
}

/// What a strategy becomes, stage by stage.
struct Made {
    sources: Sources,
    strategy: Strategy,
    checked: Checked,
    templates: TemplateSet,
    rendered: Rendered,
    fonts: Fonts,
}

const OPTIONS: Options<'static> = Options {
    audience: Audience::Public,
    entry: ENTRY,
};

impl Made {
    fn of(pages: usize) -> Self {
        let sources = generate::strategy(pages, SEED);
        let strategy = load(&sources, &mut Sink::default()).expect("generated sources are sound");
        let checked = check(strategy.clone(), &sources, &mut Sink::default());
        let checked = checked.expect("generated sources are sound");
        let templates = TemplateSet::of(&strategy, &sources);
        let rendered = render(&checked, &templates, &sources, &OPTIONS);
        Self {
            rendered: rendered.expect("templates are sound"),
            fonts: Fonts::embedded(),
            sources,
            strategy,
            checked,
            templates,
        }
    }

    fn lay_out(&self) -> LayoutResult {
        lay_out(&LayoutInput {
            document: &self.rendered.document,
            theme: &self.rendered.theme,
            fonts: &self.fonts,
            pictures: &BTreeMap::new(),
            line_numbers: false,
        })
    }
}

fn build() -> Build {
    Build {
        targets: Target::frozen().collect(),
        ..Build::default()
    }
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_1_load(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    bencher.bench_local(|| load(&made.sources, &mut Sink::default()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_2_check(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    let strategies = bencher.with_inputs(|| made.strategy.clone());
    strategies.bench_local_values(|strategy| check(strategy, &made.sources, &mut Sink::default()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_3_render(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    bencher.bench_local(|| render(&made.checked, &made.templates, &made.sources, &OPTIONS));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_4_html(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    let Rendered {
        document,
        theme,
        css,
        ..
    } = &made.rendered;
    bencher.bench_local(|| html::write(document, theme, &made.fonts, css, &BTreeMap::new()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_5_layout(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    bencher.bench_local(|| made.lay_out());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn stage_6_pdf(bencher: Bencher<'_, '_>, pages: usize) {
    let made = Made::of(pages);
    let laid = made.lay_out();
    bencher.bench_local(|| pdf::write(&made.rendered.document, &laid.pages, &made.fonts));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn whole(bencher: Bencher<'_, '_>, pages: usize) {
    let sources = generate::strategy(pages, SEED);
    bencher.bench_local(|| compile(&sources, &build(), &mut |_| {}));
}

/// Strategies that are built again: that of the repository, and one of each size.
const AGAIN: [&str; 4] = ["strategy", "10", "100", "1000"];

fn sources_of(name: &str) -> Sources {
    match name.parse() {
        Ok(pages) => generate::strategy(pages, SEED),
        Err(_) => read_folder(Path::new(name)).expect("the strategy is there"),
    }
}

/// A build in a session that has built before, and nothing has changed.
#[divan::bench(args = AGAIN, sample_count = 10)]
fn rebuild_the_same(bencher: Bencher<'_, '_>, name: &str) {
    let sources = sources_of(name);
    let mut session = Session::default();
    session.compile(&sources, &build(), &mut |_| {});
    bencher.bench_local(|| session.compile(&sources, &build(), &mut |_| {}));
}

/// The same after a sentence of one chapter has changed.
#[divan::bench(args = AGAIN, sample_count = 10)]
fn rebuild_a_sentence(bencher: Bencher<'_, '_>, name: &str) {
    let sources = sources_of(name);
    let edited = [1, 2].map(|n| edited(&sources, n));
    let mut session = Session::default();
    session.compile(&sources, &build(), &mut |_| {});
    let mut turns = edited.iter().cycle();
    bencher.bench_local(|| {
        let sources = turns.next().expect("it goes round");
        session.compile(sources, &build(), &mut |_| {})
    });
}

/// The sources with one more sentence in a chapter, another one each time.
fn edited(sources: &Sources, n: usize) -> Sources {
    let mut chapters = sources
        .iter()
        .filter(|(_, f)| f.path.starts_with("chapters/"));
    let (_, chapter) = chapters.next().expect("there is a chapter");
    let text = format!("{}\nVi skal møtes {n} ganger i uka.\n", chapter.text());
    let files = sources
        .iter()
        .map(|(_, file)| match file.path == chapter.path {
            true => SourceFile::new(
                file.path.clone(),
                Content::Text(text.clone()),
                sha256_hex(text.as_bytes()),
            ),
            false => file.clone(),
        });
    Sources::new(sources.root.clone(), files.collect())
}
