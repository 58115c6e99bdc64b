//! What becomes of a strategy between its sources and its outputs: nothing is lost, nothing leaks,
//! and what is wrong is said where it stands.

use crate::support::Case;

#[test]
fn the_theme_beside_the_strategy_lies_over_that_of_the_template_folder() {
    let folder = "[colours]\naccent = \"#7a1f2b\"\nsecond = \"#2b1f7a\"\n";
    let case = Case::minimal()
        .with("templates/theme.toml", folder)
        .with("theme.toml", "[colours]\naccent = \"#1f2b7a\"\n");
    assert_eq!(case.check(), []);
    let html = case.build().html;
    assert!(
        html.contains("--accent:#1f2b7a"),
        "the root has the last word"
    );
    assert!(
        html.contains("--second:#2b1f7a"),
        "the folder is not forgotten"
    );
}

#[test]
fn theme_labels_and_templates_are_reported_in_one_run() {
    let case = Case::minimal()
        .with("templates/theme.toml", "\n[colours]\nacent = \"#000000\"\n")
        .with("templates/labels/nb.toml", "toc = 3\n")
        .with(
            "templates/credits.html",
            "<p>\n{% include \"nix.html\" %}</p>",
        );
    let found = case.check();
    let found: Vec<_> = found
        .iter()
        .map(|f| (f.code.as_str(), f.place.as_str()))
        .collect();
    let expected = [
        ("R002", "templates/credits.html:2"),
        ("R004", "templates/theme.toml:3"),
        ("R004", "templates/labels/nb.toml:1"),
    ];
    assert_eq!(found, expected);
    let errors = case.check();
    let theme = errors.iter().find(|f| f.place.contains("theme.toml"));
    assert!(
        theme.is_some_and(|f| f.hints.contains("write `accent`")),
        "{errors:#?}"
    );
}
