//! A strategy that has lived its whole life: what was frozen on the way is what a release makes of the
//! sources today, and the versions tell of each other.

use crate::support::{Case, copy, files_of, repository};
use std::fs;
use utkast::diag::Sink;
use utkast::files::read_folder;
use utkast::load;
use utkast::model::{Release, Status};

const EXAMPLE: &str = "examples/elvedalen";

fn releases() -> Vec<Release> {
    let sources = read_folder(&repository(EXAMPLE)).expect("it can be read");
    let mut sink = Sink::default();
    let releases = load::releases(&sources, &mut sink);
    assert_eq!(sink.into_sorted(), [], "the manifests are sound");
    releases
}

/// The arguments that a version was frozen with.
fn arguments(release: &Release) -> Vec<String> {
    let mut words = vec!["release".to_owned(), "strategy".to_owned()];
    let mut add = |name: &str, value: &str| words.extend([format!("--{name}"), value.to_owned()]);
    add("status", release.status.as_str());
    add("date", &release.date.to_string());
    if let (Some(body), Some(case)) = (&release.body, &release.case) {
        add("body", body);
        add("case", case);
    }
    if let Some(note) = &release.note {
        add("note", note);
    }
    if let Some(round) = &release.round {
        add(
            "new-round",
            if round.needed { "needed" } else { "not-needed" },
        );
        add("by", &round.by);
        add("reason", &round.reason);
    }
    if release.sent_out {
        words.push("--sent-out".to_owned());
    }
    words
}

/// Set to write the frozen versions anew, when what the program sets has changed on purpose.
fn is_update() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some()
}

#[test]
fn every_version_is_what_a_release_makes_of_its_sources() {
    let case = Case::empty();
    let versions = repository(EXAMPLE).join("versions");
    for release in releases() {
        let number = release.number.to_string();
        // The sources take the place of those before; the versions stay.
        let folder = case.path("strategy");
        let kept = case.path("versions");
        let _ = fs::rename(folder.join("versions"), &kept);
        let _ = fs::remove_dir_all(&folder);
        copy(&versions.join(&number).join("sources"), &folder);
        let _ = fs::rename(&kept, folder.join("versions"));

        let words = arguments(&release);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let ran = case.utkast(&words);
        assert_eq!(ran.status, 0, "{number}: {}", ran.err);
        let made = folder.join("versions").join(&number);
        if is_update() {
            fs::remove_dir_all(versions.join(&number)).expect("it is there");
            copy(&made, &versions.join(&number));
        }
        let (frozen, made) = (files_of(&versions.join(&number)), files_of(&made));
        let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
            files.iter().map(|(path, _)| path.clone()).collect()
        };
        assert_eq!(names(&frozen), names(&made), "{number}");
        for ((path, frozen), (_, made)) in frozen.iter().zip(&made) {
            assert!(
                frozen == made,
                "{number}: `{path}` is another; UPDATE_EXPECTED=1 writes it anew"
            );
        }
    }
}

#[test]
fn the_life_goes_from_the_workshop_to_an_amendment_and_all_of_it_is_proved() {
    let releases = releases();
    let life: Vec<_> = releases
        .iter()
        .map(|r| (r.number.to_string(), r.status))
        .collect();
    let expected = [
        ("0.1", Status::Working),
        ("0.2", Status::Working),
        ("0.3", Status::FirstDraft),
        ("0.4", Status::Draft),
        ("0.5", Status::Proposed),
        ("1.0", Status::Adopted),
        ("1.1", Status::Adopted),
    ];
    assert_eq!(
        life,
        expected.map(|(number, status)| (number.to_owned(), status))
    );
    // Each differs from the one before in more than its name.
    for pair in releases.windows(2) {
        let new = pair[1]
            .sources
            .iter()
            .filter(|file| !pair[0].sources.contains(file));
        assert!(new.count() > 1, "{}", pair[1].number);
    }
    let case = Case::copy_of(EXAMPLE);
    let ran = case.utkast(&["verify"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let equal = "the rebuild gives the same bytes";
    assert_eq!(
        ran.out.matches(equal).count(),
        releases.len(),
        "{}",
        ran.out
    );
    let ran = case.utkast(&["verify", "work"]);
    assert!(
        ran.out
            .contains("work: equal to the sources of version 1.1"),
        "{}",
        ran.out
    );
}

/// The words of the page of a version.
fn page(number: &str) -> String {
    let path = format!("{EXAMPLE}/versions/{number}/strategy.html");
    let page = fs::read_to_string(repository(&path)).expect("it is there");
    let words = utkast::html::text_of(&page);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_version_tells_of_those_before_it_and_not_of_those_after() {
    for (at, release) in releases().iter().enumerate() {
        let page = page(&release.number.to_string());
        for (other_at, other) in releases().iter().enumerate() {
            let digest = &other.digest[..12];
            let told = page.contains(digest);
            assert_eq!(
                told,
                other_at <= at,
                "{} of {}",
                release.number,
                other.number
            );
        }
    }
}

#[test]
fn what_was_passed_decided_and_sent_out_is_printed() {
    let (draft, proposed, adopted) = (page("0.4"), page("0.5"), page("1.0"));
    assert!(draft.contains("RR-sak 14/27"));
    for said in [
        "Kartet er bestilt og blir satt inn før vedtaket.",
        "Endringene følger uttalelsene",
        "Sendt ut.",
    ] {
        assert!(proposed.contains(said), "{said}");
    }
    for said in [
        "Sak 9/27",
        "med tillegget om at hjemmetjenesten får varselet først",
        "Enstemmig",
    ] {
        assert!(adopted.contains(said), "{said}");
    }
    // The decision of 1.0 is no decision on the amendment, and neither of them is one on the work.
    assert!(!page("1.1").contains("Enstemmig"));
    let work = Case::copy_of(EXAMPLE).build();
    assert!(!work.page_text().contains("18 mot 3"));
}

#[test]
fn a_former_version_is_built_again_by_its_number() {
    let case = Case::copy_of(EXAMPLE);
    let ran = case.utkast(&["build", "--of", "0.4"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for name in ["strategy.html", "strategy.pdf"] {
        let built = fs::read(case.path("out").join(name)).expect("it is there");
        let frozen = case.path("strategy/versions/0.4").join(name);
        assert!(built == fs::read(frozen).expect("it is there"), "{name}");
    }
    let ran = case.utkast(&["check", "--of", "0.9"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no version 0.9"), "{}", ran.err);
}
