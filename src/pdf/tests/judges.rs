//! What other programs say of our files.

use super::{EVERY_ELEMENT, document, pdf};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Output;

#[path = "../../../tests/support/judges.rs"]
mod others;

/// Runs a judge on a file; `None` if it is not installed.
fn ask(judge: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<Output> {
    let before = before.iter().map(OsStr::new);
    let after = after.iter().map(OsStr::new);
    let args: Vec<&OsStr> = before.chain([file.as_os_str()]).chain(after).collect();
    others::run(judge, &args)
}

/// A folder with every case as a PDF, set by the test's own typesetter and by `layout`.
fn files() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("there is room for files");
    let mut files = Vec::new();
    let long = folder.path().join("long-strings.pdf");
    let bytes = pdf(&document(&super::strings::html()));
    std::fs::write(&long, bytes).expect("there is room for files");
    files.push(long);
    for (case, html) in super::cases() {
        let name = case
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let laid = super::layout::written(&html).1;
        let cff = super::layout::written_in_cff(&html).1;
        let own = pdf(&document(&html));
        for (end, bytes) in [(".pdf", own), ("-laid.pdf", laid), ("-cff.pdf", cff)] {
            let path = folder.path().join(name.clone() + end);
            std::fs::write(&path, bytes).expect("there is room for files");
            files.push(path);
        }
    }
    (folder, files)
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn qpdf_finds_nothing_to_mend() {
    let (_folder, files) = files();
    for file in files {
        let Some(output) = ask("qpdf", &["--check"], &file, &[]) else {
            return;
        };
        assert!(output.status.success(), "{}", said(&output));
    }
}

#[test]
fn poppler_and_mupdf_take_out_whole_words() {
    let (_folder, files) = files();
    let file = files
        .iter()
        .find(|f| f.ends_with("every-element.pdf"))
        .expect("a case of that name");
    let word = "Menneskerettighetserklæringenogbærekraftsmålogstillingsordningsutvalgsmedlem";
    assert!(EVERY_ELEMENT.contains(word));
    for (judge, before, after) in [
        ("pdftotext", &[][..], &["-"][..]),
        ("mutool", &["draw", "-F", "txt"][..], &[][..]),
    ] {
        let Some(output) = ask(judge, before, file, after) else {
            return;
        };
        let text = said(&output);
        assert!(output.status.success(), "{judge}: {text}");
        for expected in ["Rådet for næring i fjordene", "davvisámegiella"] {
            assert!(text.contains(expected), "{judge}: {text}");
        }
        // MuPDF shows the soft hyphen as a hyphen unless it is told to join words.
        let joined = text
            .replace("\u{AD}\n", "")
            .replace("-\n", "")
            .replace('\n', "");
        assert!(joined.contains(word), "{judge}: {text}");
    }
}

#[test]
fn verapdf_finds_pdf_ua_1_and_pdf_a_2a() {
    let (_folder, files) = files();
    others::verapdf(&files);
}
