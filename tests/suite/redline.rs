//! What has changed between two versions.

use crate::support::repository;
use utkast::archive;
use utkast::compile::targets::Writer;
use utkast::compile::{self, Build, Session};
use utkast::diag::Sink;
use utkast::files::{self, Sources};
use utkast::load;
use utkast::model::Audience;
use utkast::version::BuildState;

/// The frozen versions of the example, in their order.
fn versions() -> Vec<(String, Sources, BuildState)> {
    let folder = repository("examples/elvedalen");
    let work = files::read_folder(&folder).expect("the example can be read");
    let releases = load::releases(&work, &mut Sink::default());
    let versions = releases.iter().map(|release| {
        let frozen = archive::frozen_sources(&folder, release, &releases);
        let (sources, state) = frozen.expect("it is as it was frozen");
        (release.number.to_string(), sources, state)
    });
    versions.collect()
}

fn build(state: &BuildState) -> Build {
    Build {
        state: state.clone(),
        audience: Audience::Public,
        ..Build::default()
    }
}

/// The outputs of a redline, with its own proof that it is neither more nor less than the two.
fn redline(old: (&Sources, &BuildState), new: (&Sources, &BuildState)) -> Vec<(Writer, Vec<u8>)> {
    let mut sessions = [Session::default(), Session::default()];
    let (mut of_old, mut of_new) = (Sink::default(), Sink::default());
    let [first, second] = &mut sessions;
    let before = compile::edition(old.0, &build(old.1), first, &mut of_old, &mut |_| {});
    let wanted = build(new.1);
    let after = compile::edition(new.0, &wanted, second, &mut of_new, &mut |_| {});
    let made = compile::redline(&before, &after, &wanted, second, &mut of_new, &mut |_| {});
    let said = of_new.into_sorted();
    let made = made.unwrap_or_else(|| panic!("{said:#?}"));
    let writers = [Writer::Page, Writer::Pdf];
    let mut sink = Sink::default();
    let outputs = compile::write_as(
        &made.tree,
        &writers,
        &wanted,
        second,
        &mut sink,
        &mut |_| {},
    );
    let said = sink.into_sorted();
    outputs.unwrap_or_else(|| panic!("{said:#?}"))
}

#[test]
fn two_versions_are_in_their_redline() {
    let versions = versions();
    assert!(versions.len() > 6, "the example has its versions");
    for pair in versions.windows(2) {
        let [(old, before, from), (new, after, to)] = pair else {
            continue;
        };
        let outputs = redline((before, from), (after, to));
        for (writer, bytes) in outputs {
            let identity = writer.identity_of(&bytes).expect("it says what it is");
            assert_eq!((&identity.since.version, &identity.version), (old, new));
        }
    }
}
