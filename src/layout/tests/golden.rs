//! Pages as text against what they are expected to be.

use super::*;
use serde::Deserialize;
use std::path::Path;

/// What a case has in `settings.toml`, if it has one.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    line_numbers: bool,
    draft_mark: String,
    /// Keys that differ from the default theme.
    theme: toml::Table,
}

impl Settings {
    fn of(case: &Path) -> Self {
        let text = std::fs::read_to_string(case.join("settings.toml")).unwrap_or_default();
        toml::from_str(&text).expect("settings.toml is right")
    }

    fn theme(&self) -> Theme {
        let mut theme = toml::Table::try_from(theme()).expect("a theme is a table");
        for (name, keys) in &self.theme {
            let keys = keys.as_table().expect("a theme has tables");
            let table = theme[name].as_table_mut().expect("a theme has tables");
            table.extend(keys.clone());
        }
        theme.try_into().expect("the keys of a theme")
    }
}

/// The pages of a case.
fn frames(case: &Path) -> Pages {
    let html = std::fs::read_to_string(case.join("input.html")).expect("input.html");
    let settings = Settings::of(case);
    let meta = Meta {
        draft_mark: settings.draft_mark.clone(),
        ..meta()
    };
    let document = parse(&html, meta).document;
    let input = LayoutInput {
        document: &document,
        theme: &settings.theme(),
        fonts: &Fonts::embedded(),
        pictures: &BTreeMap::new(),
        line_numbers: settings.line_numbers,
    };
    lay_out(&input).pages
}

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
        let frames = frames(&case).to_string();
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
