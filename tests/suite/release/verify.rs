//! What `verify` finds in versions that were changed, and that it finds nothing in those that were not.

use super::{decided, frozen, sealed_anew, strategy};
use crate::support::{Case, Ran, files_of};
use std::fs;
use utkast::diag::Sink;
use utkast::files::{Content, MANIFEST, SourceFile, Sources, sha256_hex};
use utkast::load;
use utkast::model::Release;
use utkast::version::{Fault, Files, PathContent, prove};

/// A strategy with three versions.
fn with_versions() -> Case {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let case = case.with(
        "challenges/drift.md",
        "+++\ntitle = \"Drift\"\n+++\n\nDyrt.\n",
    );
    frozen(
        &case,
        "--status draft --date 2026-02-05 --body regionradet --case RR-1",
    );
    let case = decided(case, "2026-03-05", "RR-2");
    frozen(&case, "--status adopted --date 2026-03-05");
    case
}

#[track_caller]
fn verify(case: &Case, words: &[&str]) -> Ran {
    case.utkast(&[&["verify", "strategy"], words].concat())
}

/// Sees that something is found in versions that had been changed, with these lines.
#[track_caller]
fn found(case: &Case, lines: &[&str]) {
    let ran = verify(case, &[]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    let said: Vec<_> = ran
        .out
        .lines()
        .filter(|line| !line.contains("page and PDF unchanged"))
        .collect();
    assert_eq!(said, lines);
}

#[test]
fn versions_that_nobody_has_touched_are_equal() {
    let ran = verify(&strategy(), &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    let case = with_versions();
    let ran = verify(&case, &[]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    for (line, number) in lines.iter().zip(["0.1", "0.2", "1.0"]) {
        assert!(line.starts_with(&format!("{number}: equal: ")), "{line}");
        assert!(line.contains("the rebuild gives the same bytes"), "{line}");
    }
    let ran = verify(&case, &["0.2"]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 1));
    let ran = verify(&case, &["0.3"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no version 0.3"), "{}", ran.err);
}

#[test]
fn the_same_bytes_come_again_in_another_folder_locale_and_time_zone() {
    let (case, life) = (with_versions(), Case::copy_of("examples/elvedalen"));
    let other = Case::empty();
    for (from, versions) in [(case, 3), (life, 7)] {
        let place = other.path(&format!("en annan stad/på norsk/{versions}"));
        crate::support::copy(&from.path("strategy"), &place);
        let place = place.to_str().expect("it is text");
        for variables in [
            [("LC_ALL", "nn_NO.UTF-8"), ("TZ", "Pacific/Kiritimati")],
            [("LC_ALL", "tr_TR.UTF-8"), ("TZ", "America/Los_Angeles")],
            [("LC_ALL", "C"), ("SOURCE_DATE_EPOCH", "1")],
        ] {
            let ran = other.utkast_with(&["verify", place], &variables);
            assert_eq!(ran.status, 0, "{}", ran.out);
            let equal = ran.out.matches("the rebuild gives the same bytes").count();
            assert_eq!(equal, versions, "{}", ran.out);
        }
    }
}

#[test]
fn what_was_changed_removed_or_added_is_named() {
    let path = |case: &Case, path: &str| case.path("strategy/versions").join(path);
    let case = with_versions();
    fs::write(path(&case, "0.2/strategy.html"), "<p>").expect("there is room");
    fs::remove_file(path(&case, "0.2/sources/chapters/mal.md")).expect("it was there");
    fs::write(path(&case, "0.2/.skjult"), "x").expect("there is room");
    fs::create_dir(path(&case, "0.2/sources/tom")).expect("there is room");
    found(
        &case,
        &[
            "0.2: `.skjult` was added",
            "0.2: `sources/chapters/mal.md` was removed",
            "0.2: `sources/tom` is an empty folder",
            "0.2: `strategy.html` was changed",
        ],
    );
    let case = with_versions();
    fs::remove_file(path(&case, "0.1/manifest.toml")).expect("it was there");
    fs::write(path(&case, "merknad.txt"), "x").expect("there is room");
    found(
        &case,
        &[
            "versions: `merknad.txt` was added",
            "0.1: `manifest.toml` was removed",
            "0.2: version 0.2 follows version 0.1, which is missing or cannot be read",
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_none() {
    let case = with_versions();
    let page = case.path("strategy/versions/0.2/strategy.html");
    let elsewhere = case.path("strategy.html");
    fs::rename(&page, &elsewhere).expect("there is room");
    std::os::unix::fs::symlink(&elsewhere, &page).expect("links can be made");
    found(&case, &["0.2: `strategy.html` is a link to somewhere else"]);
}

#[test]
fn other_line_ends_are_told_from_other_words() {
    let case = with_versions();
    let path = "versions/0.2/sources/chapters/mal.md";
    let text = fs::read_to_string(case.path("strategy").join(path)).expect("it is there");
    let case = case.with(path, text.replace('\n', "\r\n"));
    let ran = verify(&case, &["0.2"]);
    assert_eq!(ran.status, 1);
    let said = "0.2: `sources/chapters/mal.md` has other line ends than when it was frozen";
    assert!(ran.out.contains(said), "{}", ran.out);
    assert!(ran.out.contains("versions/** -text"), "{}", ran.out);
}

#[test]
fn what_is_no_version_is_named_and_disturbs_none() {
    let case = with_versions().with("versions/notater/a.md", "ord");
    found(&case, &["versions: `notater` was added"]);
    let ran = verify(&case, &["1.0"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let ran = Case::empty().utkast(&["verify", "."]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no `strategy.toml`"), "{}", ran.err);
}

#[test]
fn versions_in_another_order_are_named() {
    let case = with_versions();
    let folder = |number: &str| case.path("strategy/versions").join(number);
    for (from, to) in [("0.1", "x"), ("0.2", "0.1"), ("x", "0.2")] {
        fs::rename(folder(from), folder(to)).expect("nothing is in the way");
    }
    found(
        &case,
        &[
            "0.1: the folder of version 0.2 was renamed to `0.1`",
            "0.2: the folder of version 0.1 was renamed to `0.2`",
        ],
    );
}

#[test]
fn a_version_that_was_put_in_or_taken_out_is_named() {
    // Another first version, whole in itself.
    let case = with_versions();
    let other = strategy();
    frozen(&other, "--status working --date 2026-01-06");
    let first = case.path("strategy/versions/0.1");
    fs::remove_dir_all(&first).expect("it was there");
    crate::support::copy(&other.path("strategy/versions/0.1"), &first);
    let said = "0.2: version 0.2 does not follow this version 0.1, but another one with its number";
    found(&case, &[said]);

    let case = with_versions();
    fs::remove_dir_all(case.path("strategy/versions/0.2")).expect("it was there");
    let said = "1.0: version 1.0 follows version 0.2, but version 0.1 comes right before it";
    found(&case, &[said]);
}

#[test]
fn a_manifest_that_was_sealed_anew_breaks_the_chain_or_the_digest() {
    // Who changes a manifest, and seals it anew, is found by its digest and by the version after.
    let path = "versions/0.1/manifest.toml";
    let case = sealed_anew(with_versions(), path, "2026-01-05", "2026-01-04");
    found(
        &case,
        &[
            "0.1: the digest in `manifest.toml` is not that of the version",
            "0.2: version 0.2 does not follow this version 0.1, but another one with its number",
        ],
    );
    assert!(case.places().contains(&format!("V002 {path}")));
    let ran = verify(&case, &["1.0"]);
    assert_eq!(
        ran.status, 1,
        "a version is not proved whose past is not whole"
    );
    assert!(ran.out.contains("1.0: cannot be proved: "), "{}", ran.out);
    assert!(
        ran.out.contains("the earlier version 0.1 is broken"),
        "{}",
        ran.out
    );
}

#[test]
fn a_version_is_built_again_only_if_it_is_as_it_was_frozen() {
    let case = with_versions();
    let path = "versions/0.2/sources/challenges/drift.md";
    let case = case.replace(path, "Dyrt.", "Billig.");
    let ran = case.utkast(&["build", "--of", "0.2"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("`challenges/drift.md` was changed"),
        "{}",
        ran.err
    );
    let case = case.replace("versions/0.1/manifest.toml", "2026-01-05", "2026-01-04");
    let ran = case.utkast(&["check", "--of", "0.1"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err
            .contains("version 0.1: the manifest was changed after"),
        "{}",
        ran.err
    );
}

#[test]
fn a_report_on_a_frozen_version_points_at_its_frozen_files() {
    let pending = "[[images]]\nid = \"havna\"\npending = \"Kommer i mai.\"\nalt = \"Havna.\"\n";
    let case = strategy().with("images.toml", pending);
    frozen(&case, "--status working --date 2026-01-05");
    // In the work the same words stand on another line since then.
    let case = case.with("images.toml", format!("\n\n{pending}"));
    let file = "strategy/versions/0.1/sources/images.toml";
    for (format, place) in [
        ("text", format!(" --> {file}:3:11\n")),
        ("json", format!("\"file\": \"{file}\"")),
        ("sarif", format!("\"uri\": \"{file}\"")),
        ("github", format!("file={file},line=3,")),
    ] {
        for of in ["0.1", "strategy/versions/0.1"] {
            let ran = case.utkast(&["check", "--of", of, "--format", format]);
            assert!(ran.out.contains(&place), "{of} {format}: {}", ran.out);
        }
    }
    let ran = case.utkast(&["build", "--of", "0.1"]);
    assert!(ran.err.contains(file), "{}", ran.err);
    let record = fs::read_to_string(case.path("out/build.json")).expect("it is written");
    assert!(record.contains("\"file\": \"images.toml\""), "{record}");
    assert!(!record.contains("versions/0.1"), "{record}");
}

#[test]
fn a_version_of_an_older_program_is_proved_by_its_digests_alone() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let program = format!("program = \"{}\"", env!("CARGO_PKG_VERSION"));
    let path = "versions/0.1/manifest.toml";
    let case = sealed_anew(case, path, &program, "program = \"0.0.9\"");
    let ran = verify(&case, &[]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.contains("0.1: equal by digests"), "{}", ran.out);
    assert!(
        ran.out
            .contains("not rebuilt, because utkast 0.0.9 made it"),
        "{}",
        ran.out
    );
}

#[test]
fn outputs_that_the_sources_do_not_give_are_named_with_the_first_difference() {
    let case = with_versions();
    let folder = case.path("strategy/versions/1.0");
    let page = fs::read_to_string(folder.join("strategy.html")).expect("it is there");
    assert_eq!(page.matches("Dyrt.").count(), 1);
    let page = page.replace("Dyrt.", "Billig.");
    fs::write(folder.join("strategy.html"), &page).expect("there is room");
    // A forger who knows the format: digest and seal are right again.
    let manifest = folder.join("manifest.toml");
    let text = fs::read_to_string(&manifest).expect("it is there");
    let (_, rest) = text.split_once('\n').expect("it has lines");
    let line = rest
        .lines()
        .find(|line| line.contains("strategy.html"))
        .expect("it is listed");
    let forged = format!(
        "    {{ path = \"strategy.html\", sha256 = \"{}\" }},",
        sha256_hex(page.as_bytes())
    );
    let rest = rest.replace(line, &forged);
    fs::write(
        &manifest,
        format!("{}{rest}", utkast::manifest::seal_line(&rest)),
    )
    .expect("there is room");
    let ran = verify(&case, &["1.0"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("1.0: not equal: "), "{}", ran.out);
    assert!(
        ran.out
            .contains("`strategy.html` differs, at `#challenge-drift"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("«Dyrt."), "{}", ran.out);
    assert!(ran.out.contains("«Billig."), "{}", ran.out);
}

#[test]
fn sources_are_held_against_those_of_the_versions() {
    let case = with_versions();
    let ran = verify(&case, &["work"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(
        ran.out
            .starts_with("work: equal to the sources of version 1.0"),
        "{}",
        ran.out
    );
    let frozen = case.path("strategy/versions/0.2/sources");
    let ran = verify(&case, &[frozen.to_str().expect("it is text")]);
    assert!(
        ran.out.contains("equal to the sources of version 0.2"),
        "{}",
        ran.out
    );
    let case = case
        .with(
            "challenges/drift.md",
            "+++\ntitle = \"Drift\"\n+++\n\nBillig.\n",
        )
        .with("challenges/ny.md", "+++\ntitle = \"Ny\"\n+++\n\nNy.\n")
        .without("chapters/mal.md");
    let ran = verify(&case, &["work"]);
    assert_eq!(ran.status, 1);
    for said in [
        "`challenges/drift.md` was changed",
        "`challenges/ny.md` was added",
        "`chapters/mal.md` was removed",
    ] {
        assert!(
            ran.out.contains(&format!("since version 1.0, {said}")),
            "{}",
            ran.out
        );
    }
}

#[test]
fn a_page_or_pdf_is_known_again() {
    let case = with_versions();
    for name in ["strategy.html", "strategy.pdf"] {
        let file = case.path("strategy/versions/0.2").join(name);
        let copy = case.path(&format!(
            "tilbake.{}",
            name.rsplit('.').next().expect("it ends")
        ));
        fs::copy(&file, &copy).expect("there is room");
        let ran = verify(&case, &[copy.to_str().expect("it is text")]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let said = format!("equal to `{name}` of version 0.2");
        assert!(ran.out.contains(&said), "{}", ran.out);
        // The folder is the usual one if only the file is named.
        let ran = case.utkast(&["verify", copy.to_str().expect("it is text")]);
        assert!(ran.out.contains(&said), "{}", ran.out);
    }
}

/// What the folder of a version holds, as `verify` reads it.
fn files(case: &Case, number: &str) -> Files {
    let files = files_of(&case.path("strategy/versions").join(number));
    files
        .into_iter()
        .map(|(path, bytes)| (path, PathContent::File(bytes)))
        .collect()
}

/// What the manifest among the files says, if it can be read.
fn release(files: &Files) -> Option<Release> {
    let PathContent::File(bytes) = &files[MANIFEST] else {
        panic!("it is a file");
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = SourceFile::new(
        "versions/0.1/manifest.toml".into(),
        Content::Text(text),
        sha256_hex(bytes),
    );
    let sources = Sources::new(".".into(), vec![file]);
    load::releases(&sources, &mut Sink::default()).pop()
}

/// Flips each byte of a file, alone among the files, with each mask.
fn flip(files: &Files, path: &str, masks: &[u8], faults: impl Fn(&Files) -> usize) -> usize {
    let mut files = files.clone();
    let before = faults(&files);
    let length = match &files[path] {
        PathContent::File(bytes) => bytes.len(),
        PathContent::Other(what) => panic!("`{path}` is {what}"),
    };
    let flip = |files: &mut Files, at: usize, mask: u8| match files.get_mut(path) {
        Some(PathContent::File(bytes)) => bytes[at] ^= mask,
        _ => panic!("it is a file"),
    };
    for at in 0..length {
        for mask in masks {
            flip(&mut files, at, *mask);
            assert!(
                faults(&files) > before,
                "`{path}`: byte {at}, mask {mask:#x}"
            );
            flip(&mut files, at, *mask);
        }
    }
    assert_eq!(faults(&files), before, "all is as it was");
    length
}

#[test]
fn every_byte_of_a_version_that_is_flipped_is_found() {
    let case = strategy();
    frozen(&case, "--status working --date 2026-01-05");
    let files = files(&case, "0.1");
    let whole = release(&files).expect("it can be read");
    assert_eq!(prove("0.1", &files, Some(&whole), None), []);
    let mut flipped = 0;
    for path in files.keys() {
        // The other files are not read each time: that they are missing is found as well.
        let names = [path.as_str(), MANIFEST];
        let here = |(name, _): &(&String, &PathContent)| names.contains(&name.as_str());
        let few = files.iter().filter(here);
        let few: Files = few
            .map(|(path, kept)| (path.clone(), kept.clone()))
            .collect();
        flipped += match path == MANIFEST {
            // What the manifest says is read anew: other digits, another case, no letters.
            true => flip(&few, path, &[0x01, 0x20, 0xff], |files| {
                let read = release(files);
                prove("0.1", files, read.as_ref(), None)
                    .into_iter()
                    .filter(|fault| !matches!(fault, Fault::Removed(_)))
                    .count()
            }),
            false => flip(&few, path, &[0x01], |files| {
                prove("0.1", files, Some(&whole), None).len()
            }),
        };
    }
    let length = |kept: &PathContent| match kept {
        PathContent::File(bytes) => bytes.len(),
        PathContent::Other(_) => 0,
    };
    assert_eq!(flipped, files.values().map(length).sum::<usize>());
    // And by the command, on the disk.
    // A program that only seems newer is a changed manifest too.
    let manifest = fs::read(case.path("strategy/versions/0.1/manifest.toml")).expect("it is there");
    let program = b"\nprogram = ";
    let line = manifest
        .windows(program.len())
        .position(|found| found == program);
    let line = line.expect("it names the program") + program.len() + 1;
    for (path, at) in [
        (MANIFEST, line),
        (MANIFEST, line + 2),
        ("manifest.toml", 9),
        ("strategy.pdf", 100),
        ("sources/strategy.toml", 3),
    ] {
        let place = case.path("strategy/versions/0.1").join(path);
        let whole = fs::read(&place).expect("it is there");
        let mut bytes = whole.clone();
        bytes[at] ^= 0x01;
        fs::write(&place, bytes).expect("there is room");
        found(&case, &[&format!("0.1: `{path}` was changed")]);
        fs::write(&place, whole).expect("there is room");
    }
}
