//! The pipeline, stage by stage, on strategies of about 10, 100 and 1,000 pages.
//!
//! `cargo bench` prints a time a stage and size; what counts is how a stage grows from one size to
//! the next, since machines differ. The sources are generated from a fixed seed.

#[path = "../tests/support/generate.rs"]
mod generate;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use utkast::check::check;
use utkast::compile::{Build, Session, Target, compile};
use utkast::diag::Sink;
use utkast::files::{Content, SourceFile, Sources, read_folder, sha256_hex};
use utkast::layout::{Fonts, LayoutInput, lay_out};
use utkast::load::load;
use utkast::model::Audience;
use utkast::render::{Options, render};
use utkast::templates::{ENTRY, TemplateSet};
use utkast::{html, pdf};

/// Names of the sizes, and how many pages are asked for.
const SIZES: [(&str, usize); 3] = [("S", 10), ("M", 100), ("L", 1_000)];
const SEED: u64 = 2026;

fn stages(criterion: &mut Criterion) {
    for (size, pages) in SIZES {
        let sources = generate::strategy(pages, SEED);
        let strategy = load(&sources, &mut Sink::default()).expect("generated sources are sound");
        let mut sink = Sink::default();
        let checked = check(strategy.clone(), &sources, &mut sink);
        let checked = checked.expect("generated sources are sound");
        let templates = TemplateSet::of(&strategy, &sources);
        let options = Options {
            audience: Audience::Public,
            entry: ENTRY,
        };
        let rendered =
            render(&checked, &templates, &sources, &options).expect("templates are sound");
        let fonts = Fonts::embedded();
        let pictures = BTreeMap::new();
        let input = LayoutInput {
            document: &rendered.document,
            theme: &rendered.theme,
            fonts: &fonts,
            pictures: &pictures,
            line_numbers: false,
        };
        let laid = lay_out(&input);

        let mut group =
            criterion.benchmark_group(format!("{size} ({} pages)", laid.pages.pages.len()));
        if pages > 100 {
            group.sample_size(10);
        }
        let id = |stage: &str| BenchmarkId::from_parameter(stage);
        group.bench_function(id("1 load"), |b| {
            b.iter(|| black_box(load(&sources, &mut Sink::default())));
        });
        group.bench_function(id("2 check"), |b| {
            let check = |strategy| check(strategy, &sources, &mut Sink::default()).is_ok();
            b.iter_batched(|| strategy.clone(), check, BatchSize::LargeInput);
        });
        group.bench_function(id("3 render"), |b| {
            b.iter(|| black_box(render(&checked, &templates, &sources, &options).is_ok()));
        });
        group.bench_function(id("4 html"), |b| {
            let assets = BTreeMap::new();
            b.iter(|| {
                black_box(html::write(
                    &rendered.document,
                    &rendered.theme,
                    &fonts,
                    &rendered.css,
                    &assets,
                ))
            });
        });
        group.bench_function(id("5 layout"), |b| b.iter(|| black_box(lay_out(&input))));
        group.bench_function(id("6 pdf"), |b| {
            b.iter(|| black_box(pdf::write(&rendered.document, &laid.pages, &fonts).is_ok()));
        });
        group.bench_function(id("whole"), |b| {
            let build = Build {
                targets: Target::frozen().collect(),
                ..Build::default()
            };
            b.iter(|| black_box(compile(&sources, &build, &mut |_| {}).outputs.is_some()));
        });
        group.finish();
    }
}

/// Builds in a session that has built before: nothing has changed, or a sentence of one chapter.
fn rebuild(criterion: &mut Criterion) {
    let strategy = || read_folder(Path::new("strategy")).expect("the strategy is there");
    let mut all = vec![("strategy/", strategy())];
    all.extend(SIZES.map(|(size, pages)| (size, generate::strategy(pages, SEED))));
    let build = Build {
        targets: Target::frozen().collect(),
        ..Build::default()
    };
    for (name, sources) in all {
        let edited = [1, 2].map(|n| edited(&sources, n));
        let mut session = Session::default();
        let mut group = criterion.benchmark_group(format!("rebuild {name}"));
        if name == "L" {
            group.sample_size(10);
        }
        let id = |what: &str| BenchmarkId::from_parameter(what);
        let mut compile = |sources: &Sources| {
            let compiled = session.compile(sources, &build, &mut |_| {});
            black_box(compiled.outputs.expect("the sources are sound"))
        };
        compile(&sources);
        group.bench_function(id("the same"), |b| b.iter(|| compile(&sources)));
        let mut turn = 0;
        group.bench_function(id("a sentence"), |b| {
            b.iter(|| {
                turn += 1;
                compile(&edited[turn % 2])
            });
        });
        group.finish();
    }
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

criterion_group!(benches, stages, rebuild);
criterion_main!(benches);
