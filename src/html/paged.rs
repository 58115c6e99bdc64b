//! The printed page: paper size, margins, running header and footer.
//!
//! [`rules`] writes the `@page` rules (CSS Paged Media, Level 3), since those cannot read custom
//! properties, and the status of the document, which a screen shows as well. They are the PDF's: its paper and margins, its running header, its version and page
//! number in words of the document's language, in its type and colours.

use super::palette::{SCALE, faces};
use super::quote::string;
use crate::dom::Meta;
use crate::layout::{Family, Fonts};
use crate::theme::Theme;
use std::fmt::Write;

/// The `@page` rules, and the size of the root, from which all others follow.
pub(super) fn rules(meta: &Meta, theme: &Theme, fonts: &Fonts) -> String {
    let page = &theme.page;
    let [width, height, top, right, bottom, left] = [
        page.width,
        page.height,
        page.top,
        page.right,
        page.bottom,
        page.left,
    ]
    .map(|length| format!("{:.2}pt", length.to_pt()));
    let mut out = String::new();
    write!(
        out,
        "@page{{size:{width} {height};margin:{top} {right} {bottom} {left};background:{};",
        theme.colours.paper
    )
    .expect("strings take all");
    let boxes = [
        ("top-left", string(&meta.running_title)),
        ("top-right", string(&status(meta))),
        ("bottom-left", string(&meta.running_version.join(" · "))),
        ("bottom-right", page_number(&meta.page_x_of_y)),
    ];
    let size = theme.sizes.caption.to_pt();
    let sans = faces(fonts, Family::Sans);
    let (quiet, rule) = (theme.colours.quiet, theme.colours.rule);
    for (place, content) in &boxes {
        let line = match place.starts_with("top") {
            true => format!(";border-bottom:.5pt solid {rule}"),
            false => String::new(),
        };
        write!(
            out,
            "@{place}{{content:{content};font:{size:.2}pt {sans},Arial,sans-serif;color:{quiet}{line}}}"
        )
        .expect("strings take all");
    }
    // The cover fills its page.
    out.push_str("}\n@page cover{margin:0;");
    for (place, _) in &boxes {
        write!(out, "@{place}{{content:none}}").expect("strings take all");
    }
    let root = theme.sizes.body.to_pt() / SCALE;
    let status = string(&meta.state);
    write!(
        out,
        "}}\n:root{{--status:{status}}}\n@media print{{:root{{font-size:{root:.3}pt;--sheet:{height}}}}}\n"
    )
    .expect("strings take all");
    out
}

/// The right half of the running header.
fn status(meta: &Meta) -> String {
    let parts = [&meta.running_status, &meta.draft_mark];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// «Side {x} av {y}» as the value of `content`.
fn page_number(label: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = label;
    while let Some(at) = rest.find(['{', '}']) {
        let counter = [("{x}", "counter(page)"), ("{y}", "counter(pages)")]
            .into_iter()
            .find(|(name, _)| rest[at..].starts_with(name));
        let Some((name, counter)) = counter else {
            // A brace that stands for itself.
            parts.push(string(&rest[..=at]));
            rest = &rest[at + 1..];
            continue;
        };
        if at > 0 {
            parts.push(string(&rest[..at]));
        }
        parts.push(counter.to_owned());
        rest = &rest[at + name.len()..];
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(string(rest));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::theme;
    use super::*;

    #[test]
    fn the_page_number_speaks_the_language_of_the_document() {
        let expected = "\"Side \" counter(page) \" av \" counter(pages)";
        assert_eq!(page_number("Side {x} av {y}"), expected);
        assert_eq!(page_number("{x}/{y}"), "counter(page) \"/\" counter(pages)");
        assert_eq!(page_number("a {z} b"), "\"a {\" \"z}\" \" b\"");
        assert_eq!(page_number(""), "\"\"");
    }

    #[test]
    fn every_printed_page_says_which_version_it_is_of_and_how_far_it_is() {
        let meta = Meta {
            running_status: "Intern".into(),
            draft_mark: "Utkast".into(),
            running_version: vec!["Versjon 0.4".into(), "3. mai".into(), "3f9a".into()],
            state: "Versjon 0.4 · Utkast · Intern".into(),
            ..Meta::default()
        };
        let rules = rules(&meta, &theme(), &Fonts::embedded());
        for expected in [
            "@top-right{content:\"Intern · Utkast\"",
            "@bottom-left{content:\"Versjon 0.4 · 3. mai · 3f9a\"",
            "--status:\"Versjon 0.4 · Utkast · Intern\"",
        ] {
            assert!(rules.contains(expected), "{expected} is not in {rules}");
        }
    }

    #[test]
    fn no_title_can_end_its_string_or_the_style_sheet() {
        let meta = Meta {
            running_title: "a\"; } </style>\n\\".into(),
            ..Meta::default()
        };
        let rules = rules(&meta, &theme(), &Fonts::embedded());
        let expected = "@top-left{content:\"a\\22 ; } \\3c /style> \\5c \";font:";
        assert!(rules.contains(expected), "{rules}");
    }
}
