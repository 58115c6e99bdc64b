//! `utkast identify`: files that came back, whole and altered, and what a folder knows of them.

use crate::support::{Case, Ran, files_of};
use std::fs;
use std::sync::OnceLock;
use utkast::compile::targets::PAGE;
use utkast::compile::{Build, compile};
use utkast::dom::Identity;
use utkast::model::Status;
use utkast::version::{BuildState, seal};
use utkast::{html, pdf};

/// The outputs of the smallest strategy.
struct Made {
    page: Vec<u8>,
    pdf: Vec<u8>,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let case = Case::minimal();
        let ran = case.utkast(&["build"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let read = |name| fs::read(case.path("out").join(name)).expect("it was built");
        Made {
            page: read("strategy.html"),
            pdf: read("strategy.pdf"),
        }
    })
}

/// What the program says of a file, beside no strategy.
fn alone(bytes: &[u8]) -> Ran {
    let case = Case::empty();
    fs::write(case.path("given"), bytes).expect("there is room");
    case.utkast(&["identify", "given"])
}

/// What it says beside a strategy.
fn beside(case: &Case, bytes: &[u8]) -> Ran {
    fs::write(case.path("given"), bytes).expect("there is room");
    case.utkast(&["identify", "given"])
}

#[track_caller]
fn says(ran: &Ran, status: i32, words: &[&str]) {
    for word in words {
        assert!(
            ran.out.contains(word),
            "«{word}» is not in\n{}{}",
            ran.out,
            ran.err
        );
    }
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
}

#[track_caller]
fn refuses(ran: &Ran, words: &[&str]) {
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
    for word in words {
        assert!(ran.err.contains(word), "«{word}» is not in\n{}", ran.err);
    }
}

const WHOLE: &str = "The file is unchanged since utkast wrote it.";
const ALTERED: &str = "The file was altered after utkast wrote it";

/// With some bytes replaced, once.
fn altered(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("there is no `{from}`"));
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

fn digest() -> String {
    let identity = pdf::identity_of(&made().pdf).expect("it says so");
    identity.digest
}

/// The smallest strategy where its first version was frozen, and two later ones.
fn frozen() -> Case {
    let Made { page, pdf } = made();
    let outputs = [
        ("strategy.html", page.as_slice()),
        ("strategy.pdf", pdf.as_slice()),
    ];
    Case::minimal()
        .with_version(["0.1", "working", "2025-04-11"], None, &outputs)
        .with_version(["0.2", "proposed", "2025-10-04"], None, &[])
        .with_version(["1.0", "adopted", "2025-12-14"], None, &[])
        .replace("strategy.toml", "number = \"0.1\"\n", "")
}

#[test]
fn page_and_pdf_say_which_version_they_are_of() {
    let expected = Identity {
        title: "Strategi 2026–2029".into(),
        council: "Fjordregionen interkommunalt politisk råd".into(),
        version: "0.1".into(),
        status: "working".into(),
        date: "2025-04-11".into(),
        audience: "public".into(),
        digest: digest(),
        since: utkast::dom::Since::default(),
    };
    assert_eq!(expected.digest.len(), 64);
    assert_eq!(html::identity_of(&made().page), Some(expected.clone()));
    assert_eq!(pdf::identity_of(&made().pdf), Some(expected));
    let short = &digest()[..12];
    for (bytes, kind) in [
        (&made().page, "a page of utkast"),
        (&made().pdf, "a PDF of utkast"),
    ] {
        let digests = format!("digest    {short} ({})", digest());
        let words = [
            kind,
            "strategy  Strategi 2026–2029",
            "council   Fjordregionen interkommunalt politisk råd",
            "version   0.1",
            "status    working",
            "date      2025-04-11",
            &digests,
            WHOLE,
        ];
        says(&alone(bytes), 0, &words);
    }
}

#[test]
fn a_changed_word_is_found_in_page_and_pdf() {
    let page = altered(&made().page, "Sørvik", "Sørvig");
    says(&alone(&page), 1, &[ALTERED, "version   0.1"]);
    let mut pdf = made().pdf.clone();
    let middle = pdf.len() / 2;
    pdf[middle] ^= 1;
    assert_eq!(alone(&pdf).status, 1);
    let claims = altered(
        &made().page,
        "\"utkast:version\" content=\"0.1\"",
        "\"utkast:version\" content=\"0.9\"",
    );
    says(&alone(&claims), 1, &[ALTERED, "version   0.9"]);
}

#[test]
fn a_page_that_a_browser_saved_anew_is_known_and_altered() {
    let text = String::from_utf8(made().page.clone()).expect("it is text");
    let saved = text
        .replace(
            "<meta name=\"utkast:version\" content=\"0.1\">",
            "<META content='0.1' name=utkast:version />",
        )
        .replace(
            "<!doctype html>",
            "<!DOCTYPE html>\n<!-- saved from url=(0014)about:internet -->",
        );
    assert_ne!(saved, text);
    says(
        &alone(saved.as_bytes()),
        1,
        &[ALTERED, "version   0.1", &digest()],
    );
}

#[test]
fn a_pdf_that_is_cut_off_or_added_to_is_known_and_altered() {
    let pdf = &made().pdf;
    says(
        &alone(&pdf[..pdf.len() - 300]),
        1,
        &[ALTERED, "version   0.1", &digest()],
    );
    let update = b"\n1 0 obj\n<< /A 1 >>\nendobj\nxref\n0 0\ntrailer\n<< >>\nstartxref\n0\n%%EOF\n";
    let added = [&pdf[..], update].concat();
    says(&alone(&added), 1, &[ALTERED, "version   0.1", &digest()]);
}

#[test]
fn a_pdf_that_another_program_saved_anew_is_known_and_altered() {
    let mut file = lopdf::Document::load_mem(&made().pdf).expect("it can be read");
    file.compress();
    let mut saved = Vec::new();
    file.save_to(&mut saved).expect("it can be written");
    says(&alone(&saved), 1, &[ALTERED, "version   0.1", &digest()]);
}

#[test]
fn files_of_other_programs_are_refused_and_named() {
    let mut other = lopdf::Document::load_mem(&made().pdf).expect("it can be read");
    let catalog = other.catalog_mut().expect("there is one");
    catalog.remove(b"Metadata");
    other.prune_objects();
    let mut bytes = Vec::new();
    other.save_to(&mut bytes).expect("it can be written");
    let anew = "printed or saved it again";
    refuses(
        &alone(&bytes),
        &[
            "is a PDF, but does not say that utkast",
            anew,
            "twelve digits",
        ],
    );
    refuses(&alone(b"%PDF-1.4 nothing more"), &["is a PDF, but", anew]);
    refuses(
        &alone(b"<!doctype html><p>Ja</p>"),
        &["is a page, but", anew],
    );
    refuses(
        &alone(b"PK\x03\x04"),
        &["not a page or PDF made by utkast", "word processor"],
    );
    refuses(&alone(b""), &["an empty file"]);
    refuses(&alone(b"Hei"), &["plain text"]);
}

#[test]
fn what_is_no_file_and_what_is_large_is_refused() {
    let case = Case::minimal();
    refuses(
        &case.utkast(&["identify", "strategy"]),
        &["is a folder", "name a page or a PDF"],
    );
    refuses(
        &case.utkast(&["identify", "gone.pdf"]),
        &["cannot read `gone.pdf`"],
    );
    let large = fs::File::create(case.path("large")).expect("there is room");
    large.set_len(33 << 20).expect("it is sparse");
    refuses(&case.utkast(&["identify", "large"]), &["another program"]);
    large.set_len(513 << 20).expect("it is sparse");
    refuses(
        &case.utkast(&["identify", "large"]),
        &["larger than 512 MB"],
    );
}

#[test]
fn hostile_files_end_with_a_word() {
    let deep = format!(
        "%PDF-1.7\n<?xpacket begin?>{}urn:utkast:identity:1#<?xpacket end?>",
        "<a>".repeat(200_000)
    );
    refuses(&alone(deep.as_bytes()), &["is a PDF, but"]);
    let open = format!("<html>{}", "<meta name=\"utkast:title\" ".repeat(50_000));
    refuses(&alone(open.as_bytes()), &["is a page, but"]);
    let bell = altered(
        &made().page,
        "content=\"Strategi 2026–2029\"",
        "content=\"\u{1b}[2J&#7;\"",
    );
    let ran = alone(&bell);
    says(&ran, 1, &["strategy  \u{fffd}[2J\u{fffd}\n"]);
}

#[test]
fn a_folder_without_versions_knows_builds_of_its_sources_only() {
    let case = Case::minimal();
    let now = "It is a build of the current sources in `strategy`; not frozen.";
    says(
        &beside(&case, &made().pdf),
        0,
        &[WHOLE, now, "No newer version was frozen"],
    );
    let build = Build {
        state: BuildState::As(Status::Draft),
        targets: vec![&PAGE],
        ..Build::default()
    };
    let outputs = compile(&case.sources(), &build, &mut |_| {}).outputs;
    let draft = outputs.expect("there is no error").remove(0);
    let with = "of the current sources in `strategy`, built with the status draft; not frozen.";
    says(&beside(&case, &draft.bytes), 0, &[WHOLE, with]);
    let changed = case.replace("strategy.toml", "\"Sørvik\"", "\"Sørdal\"");
    let unknown = "`strategy` does not know this file: no version 0.1 is frozen there";
    says(&beside(&changed, &made().page), 1, &[WHOLE, unknown]);
    let other = changed.replace(
        "strategy.toml",
        "title = \"Strategi 2026",
        "title = \"Plan 2026",
    );
    let of =
        "It belongs to another strategy: `strategy` contains «Plan 2026–2029» of Fjordregionen";
    let ran = beside(&other, &made().page);
    says(&ran, 1, &[of]);
    assert!(!ran.out.contains("ewer"), "{}", ran.out);
}

#[test]
fn a_frozen_file_is_known_byte_for_byte_and_what_came_after_it() {
    let case = frozen();
    let newer = "Newer in `strategy`: 0.2 (proposed, 2025-10-04), 1.0 (adopted, 2025-12-14).";
    let page = "It is `strategy.html` of version 0.1, byte for byte as frozen in `strategy`.";
    says(&beside(&case, &made().page), 0, &[WHOLE, page, newer]);
    let pdf = "It is `strategy.pdf` of version 0.1";
    says(&beside(&case, &made().pdf), 0, &[WHOLE, pdf, newer]);
    let bytes = altered(&made().page, "Sørvik", "Sørvig");
    let said = "Version 0.1 was frozen in `strategy` with this digest, but this file was changed";
    says(&beside(&case, &bytes), 1, &[ALTERED, said, newer]);
    let before = files_of(&case.path("strategy"));
    case.utkast(&["identify", "given", "strategy"]);
    assert_eq!(files_of(&case.path("strategy")), before, "it only reads");
}

#[test]
fn a_file_that_was_sealed_anew_is_not_taken_for_the_frozen_one() {
    let mut forged = altered(&made().page, "Sørvik", "Sørvig");
    let seal = seal::of(&forged).expect("there is a field");
    forged[seal.place].copy_from_slice(seal.digits.as_bytes());
    let said = "this file is not one of its frozen outputs";
    says(
        &beside(&frozen(), &forged),
        1,
        &[WHOLE, said, "there is no proof of it"],
    );
}

#[test]
fn a_number_that_was_frozen_with_another_digest_is_named() {
    let case = Case::minimal().with_version(["0.1", "draft", "2025-04-11"], None, &[]);
    let said = "Version 0.1 was frozen in `strategy` with another digest, ";
    says(&beside(&case, &made().page), 1, &[WHOLE, said]);
}

#[test]
fn a_damaged_manifest_proves_nothing() {
    let case = frozen();
    let path = "versions/0.1/manifest.toml";
    let case = case.replace(path, "status = \"working\"", "status = \"draft\"");
    let ran = beside(&case, &made().page);
    assert!(ran.err.contains("`strategy` has errors"), "{}", ran.err);
    says(&ran, 1, &[WHOLE, "does not know this file"]);
}

#[test]
fn a_folder_that_was_named_must_be_there_and_the_usual_one_is_done_without() {
    let case = Case::minimal();
    fs::write(case.path("given"), &made().page).expect("there is room");
    let ran = case.utkast(&["identify", "given", "elsewhere"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    let said = "cannot be compared: there is no folder";
    assert!(ran.err.contains(said), "{}", ran.err);
    let broken = case.with("strategy.toml", "title = ");
    let ran = broken.utkast(&["identify", "given"]);
    says(&ran, 0, &[WHOLE]);
    let said = "`strategy.toml` of `strategy` cannot be used";
    assert!(ran.err.contains(said), "{}", ran.err);
}

#[test]
fn damaged_files_are_read_without_a_fault_and_never_taken_for_whole() {
    const PLACES: usize = 40;
    let Made { page, pdf: file } = made();
    let broken = |whole: &[u8], place: usize| {
        let at = whole.len() * place / PLACES;
        let mut flipped = whole.to_vec();
        flipped[at] ^= 0x55;
        [flipped, whole[..at].to_vec()]
    };
    for place in 0..PLACES {
        for bytes in broken(page, place) {
            html::identity_of(&bytes);
            assert_ne!(seal::check(&bytes), Some(true), "page, {place}");
        }
        for bytes in broken(file, place) {
            pdf::identity_of(&bytes);
            assert_ne!(seal::check(&bytes), Some(true), "PDF, {place}");
        }
    }
    assert_eq!(
        [page, file].map(|whole| seal::check(whole)),
        [Some(true); 2]
    );
}
