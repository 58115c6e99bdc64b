//! What holds for the pipeline as a whole.

use super::*;
use crate::files::{Content, SourceFile, read_folder, sha256_hex};
use crate::steps;
use std::path::Path;

/// The smallest strategy with a challenge of this text, and an abbreviation in its glossary.
fn with_challenge(body: &str) -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/minimal");
    let minimal = read_folder(&folder).expect("the case is there");
    let challenge = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n");
    let glossary = "[[terms]]\nid = \"ks\"\nterm = \"KS\"\nfull = \"Alle\"\ntext = \"a\"\n";
    let chapter = "+++\ntitle = \"Ordliste\"\nshows = \"glossary\"\n+++\n";
    let mut files: Vec<_> = minimal.iter().map(|(_, file)| file.clone()).collect();
    for file in files.iter_mut().filter(|file| file.path == "strategy.toml") {
        let text = file
            .text()
            .replace("\"kilder\"", "\"ordliste\", \"kilder\"");
        *file = source(&file.path, &text);
    }
    files.push(source("challenges/drift.md", &challenge));
    files.push(source("glossary.toml", glossary));
    files.push(source("chapters/ordliste.md", chapter));
    Sources::new(folder, files)
}

fn source(path: &str, text: &str) -> SourceFile {
    let digest = sha256_hex(text.as_bytes());
    SourceFile::new(path.to_owned(), Content::Text(text.to_owned()), digest)
}

#[test]
fn punctuation_without_end_takes_as_many_steps() {
    let build = Build {
        targets: vec![&targets::PAGE],
        ..Build::default()
    };
    for sign in [
        "\"",
        "'",
        "\"a ",
        "'a ",
        "a\" ",
        "- ",
        "-",
        ".",
        "9-",
        "uke 9-19 ",
        "KS ",
        "@ ",
        "www. ",
    ] {
        let sources = |size| with_challenge(&format!("a{}", sign.repeat(size)));
        steps::assert_linear(1_000, sources, |sources| {
            let built = compile(&sources, &build, &mut |_| {});
            assert!(built.outputs.is_some(), "{sign}: {:?}", built.diagnostics);
        });
    }
}
