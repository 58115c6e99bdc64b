//! The pipeline, stage by stage, on strategies of about 10, 100 and 1,000 pages.
//!
//! `cargo bench` prints a time a stage and size; what counts is how a stage grows from one size to
//! the next, since machines differ. The sources are generated from a fixed seed.

#[path = "../tests/support/generate.rs"]
mod generate;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use utkast::check::check;
use utkast::compile::{Build, compile};
use utkast::diag::Sink;
use utkast::layout::{Fonts, Input, lay_out};
use utkast::load::load;
use utkast::model::Audience;
use utkast::render::{Options, TemplateSet, render};
use utkast::{html, pdf};

/// Names of the sizes, and how many pages are asked for.
const SIZES: [(&str, usize); 3] = [("S", 10), ("M", 100), ("L", 1_000)];
const SEED: u64 = 2026;

fn stages(criterion: &mut Criterion) {
    for (size, pages) in SIZES {
        let sources = generate::strategy(pages, SEED);
        let strategy = load(&sources, &mut Sink::default()).expect("generated sources are sound");
        let mut sink = Sink::default();
        let checked = check(&strategy, &sources, &mut sink).expect("generated sources are sound");
        let templates = TemplateSet::of(&strategy, &sources);
        let options = Options {
            audience: Audience::Public,
        };
        let rendered =
            render(&checked, &templates, &sources, &options).expect("templates are sound");
        let fonts = Fonts::embedded();
        let pictures = BTreeMap::new();
        let input = Input {
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
            b.iter(|| black_box(check(&strategy, &sources, &mut Sink::default()).is_some()));
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
                html: true,
                pdf: true,
                ..Build::default()
            };
            b.iter(|| black_box(compile(&sources, build, &mut |_| {}).outputs.is_some()));
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
