//! Targets: what is made of a strategy beside the page and the PDF of its document.

use crate::support::Case;
use crate::support::built::{Audience, made};
use utkast::compile::Target;
use utkast::compile::targets::{PAGE, PDF, Writer};

/// The document under a head of its own, as a target that somebody adds.
static HANDOUT: Target = Target {
    name: "handout",
    about: "A page for a meeting",
    file: "handout.html",
    entry: "handout.html",
    writer: Writer::Page,
    frozen: false,
};

const ENTRY: &str = "<p>Til møtet i mai</p>\n{% include \"document.html\" %}\n";

#[test]
fn a_target_with_a_template_of_its_own_needs_nothing_else() {
    let case = Case::minimal().with("templates/handout.html", ENTRY);
    let names = |targets: &[&'static Target], audience| -> Vec<String> {
        let outputs = made(&case.sources(), audience, targets);
        outputs.into_iter().map(|output| output.name).collect()
    };
    let all = [&HANDOUT, &PDF, &PAGE];
    let expected = ["strategy.html", "strategy.pdf", "handout.html"];
    assert_eq!(names(&all, Audience::Public), expected);
    let internal = [
        "strategy.internal.html",
        "strategy.internal.pdf",
        "handout.internal.html",
    ];
    assert_eq!(names(&all, Audience::Internal), internal);

    let outputs = made(&case.sources(), Audience::Public, &all);
    let text = |at: usize| String::from_utf8_lossy(&outputs[at].bytes).into_owned();
    assert!(text(2).contains("Til møtet i mai"));
    assert!(!text(0).contains("Til møtet i mai"));
    let media = outputs.iter().map(|output| output.media_type);
    let [page, pdf] = ["text/html; charset=utf-8", "application/pdf"];
    assert!(media.eq([page, pdf, page]));
    // The document is the same, whatever is made beside it.
    let alone = made(&case.sources(), Audience::Public, &[&PAGE, &PDF]);
    assert!(alone == outputs[..2]);
}
