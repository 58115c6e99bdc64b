//! Pages as text against what they are expected to be.

use super::*;
use std::path::Path;

#[test]
fn the_cases_give_the_expected_frames() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/layout");
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let html = std::fs::read_to_string(case.join("input.html")).expect("input.html");
        let frames = set(&html).laid.pages.to_string();
        let expected = case.join("expected.frames");
        if update {
            std::fs::write(&expected, &frames).expect("expected.frames can be written");
        }
        let want = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(
            frames == want,
            "{} differs; run with UPDATE_EXPECTED=1 and read the difference\n{frames}",
            case.display()
        );
    }
}
