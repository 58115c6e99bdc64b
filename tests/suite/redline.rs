//! What has changed between two versions: the redline holds both, in its tree, in the words of the
//! page and in the words of the PDF.

mod edits;

use crate::properties::config;
use crate::support::built::{self, Built, fold};
use crate::support::repository;
use proptest::prelude::*;
use std::collections::BTreeMap;
use utkast::archive;
use utkast::compile::targets::Writer;
use utkast::compile::{self, Build, Session};
use utkast::diag::Sink;
use utkast::dom::{self, Document, Meta, Node, NodeId};
use utkast::files::{self, Sources};
use utkast::load;
use utkast::model::Audience;
use utkast::pdf::{Kid, StructureNode};
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

/// A redline, and what its words must be.
struct Made {
    redline: Built,
    /// The words of the old version, made with the templates of the new one, and those of the new one.
    words: [String; 2],
}

/// A redline, which has proved that it is neither more nor less than the two trees.
fn redline(old: (&Sources, &BuildState), new: (&Sources, &BuildState)) -> Made {
    let mut sessions = [Session::default(), Session::default()];
    let (mut of_old, mut of_new) = (Sink::default(), Sink::default());
    let [first, second] = &mut sessions;
    let before = compile::edition(old.0, &build(old.1), first, &mut of_old, &mut |_| {});
    let wanted = build(new.1);
    let after = compile::edition(new.0, &wanted, second, &mut of_new, &mut |_| {});
    let made = compile::redline(
        &before,
        &after,
        &wanted,
        false,
        second,
        &mut of_new,
        &mut |_| {},
    );
    let said = of_new.into_sorted();
    let made = made.unwrap_or_else(|| panic!("{said:#?}"));
    let words = [made.merged.rejected(), made.merged.accepted()];
    let words = words.map(|document| Reader::of(&document).words(Wanted::Both));
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
    let outputs = outputs.unwrap_or_else(|| panic!("{said:#?}"));
    let [html, pdf] = <[_; 2]>::try_from(outputs).expect("two were asked for");
    Made {
        redline: Built {
            html: String::from_utf8(html.1).expect("a page is text"),
            pdf: pdf.1,
        },
        words,
    }
}

/// The words of an ordinary page that are in its redline too.
fn page_words(sources: &Sources) -> String {
    let page = built::page(sources, Audience::Public);
    let page = page.unwrap_or_else(|said| panic!("{said}"));
    Reader::of(&body(&page)).words(Wanted::Both)
}

fn body(page: &str) -> Document {
    let (_, body) = page
        .split_once("</head>\n<body>")
        .expect("a page has a body");
    dom::parse(body, Meta::default()).document
}

/// Which of the versions in a redline a reader wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Old,
    New,
    /// All that is there.
    Both,
}

/// Reads a document as somebody does who goes by what the redline says of itself.
struct Reader<'d> {
    document: &'d Document,
    ids: BTreeMap<&'d str, NodeId>,
}

impl<'d> Reader<'d> {
    fn of(document: &'d Document) -> Self {
        let all = document.descendants(Document::ROOT);
        let ids = all.filter_map(|id| Some((document.get(id).attr("id")?, id)));
        Self {
            document,
            ids: ids.collect(),
        }
    }

    /// The words without those that a redline has for itself, and without numbers that are given anew
    /// in each document; folded.
    fn words(&self, wanted: Wanted) -> String {
        let mut words = String::new();
        for &child in &self.document.get(Document::ROOT).children {
            self.read(child, wanted, &mut words);
        }
        fold(&words)
    }

    fn read(&self, id: NodeId, wanted: Wanted, out: &mut String) {
        let node = self.document.get(id);
        if let Some(text) = node.text() {
            out.push_str(text);
            return;
        }
        let is_own = node.has_class("cover")
            || node.has_class("toc")
            || node.has_class("skip")
            || node.has_class("change-word")
            || node.attr("id") == Some("changes");
        let is_numbered = ["number", "noteref"]
            .iter()
            .any(|class| node.has_class(class));
        if is_own || is_numbered || node.is("svg") {
            return;
        }
        let is = |class: &str| node.has_class("change") && node.has_class(class);
        match wanted {
            Wanted::New if node.is("del") || is("struck") || is("trace") => return,
            Wanted::Old if node.is("ins") || is("added") || is("moved") => return,
            Wanted::Old if is("trace") => return self.read_moved(id, out),
            _ => {}
        }
        self.read_below(id, wanted, out);
    }

    fn read_below(&self, id: NodeId, wanted: Wanted, out: &mut String) {
        for &child in &self.document.get(id).children {
            self.read(child, wanted, out);
        }
    }

    /// What stood in the place of a trace: its link leads there.
    fn read_moved(&self, trace: NodeId, out: &mut String) {
        let mut below = self.document.descendants(trace);
        let href = below.find_map(|id| self.document.get(id).attr("href"));
        let target = href.and_then(|href| self.ids.get(href.strip_prefix('#')?));
        let target = target.unwrap_or_else(|| panic!("{href:?} leads to what has moved"));
        self.read_below(*target, Wanted::Old, out);
    }
}

/// Takes out of words what stands between an opening, to which its bracket belongs, and the bracket
/// that closes it; or only the two.
fn without(words: &str, open: &str, keeps_inner: bool) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        let inner = &rest[at + open.len()..];
        let mut depth = 1;
        let end = inner.find(|c| {
            depth += match c {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            depth == 0
        });
        let end = end.expect("what is opened is closed");
        if keeps_inner {
            out.push_str(&inner[..end]);
        }
        rest = &inner[end + 1..];
    }
    out + rest
}

/// Sees that both versions are in the page and in the PDF of a redline.
#[track_caller]
fn holds_both(made: &Made) {
    let page = body(&made.redline.html);
    let reader = Reader::of(&page);
    let [old, new] = &made.words;
    let is_marked = made.redline.html.contains(" data-change=");
    assert!(old == new || is_marked, "changes are marked");
    same("new words of the page", &reader.words(Wanted::New), new);
    same("old words of the page", &reader.words(Wanted::Old), old);
    // The PDF says what the page says, and tells words that changed inside a block in words.
    let mut root = made.redline.read_pdf().root;
    take_drawings(&mut root);
    let mut pdf = String::new();
    built::element_text(&root, &mut pdf);
    let pdf = fold(&pdf);
    let page = without_nodes(&page, |node| {
        node.is("svg") || node.has_class("screen-only")
    });
    same("words of the PDF", &pdf, &built::body_text(&page));
    let lines = without(&without(&pdf, "[strøket:", false), "[lagttil:", true);
    let page = without_nodes(&page, |node| {
        let is_struck = node.is("del") && node.has_class("struck");
        is_struck || node.has_class("change-word") && node.has_class("print-only")
    });
    same("new lines of the PDF", &lines, &built::body_text(&page));
}

fn take_drawings(element: &mut StructureNode) {
    element.kids.retain_mut(|kid| match kid {
        Kid::Node(node) => {
            take_drawings(node);
            node.kind != "Figure"
        }
        Kid::Text { .. } | Kid::Annotation { .. } => true,
    });
}

fn without_nodes(document: &Document, is_taken: impl Fn(&Node) -> bool) -> Document {
    let mut rest = document.clone();
    for id in document.descendants(Document::ROOT) {
        if is_taken(document.get(id)) {
            rest.detach(id);
        }
    }
    rest
}

#[track_caller]
fn same(what: &str, found: &str, expected: &str) {
    if found == expected {
        return;
    }
    let both = found.chars().zip(expected.chars());
    let at = both.take_while(|(a, b)| a == b).count();
    let near =
        |text: &str| -> String { text.chars().skip(at.saturating_sub(40)).take(120).collect() };
    panic!("{what}: {:?}, not {:?}", near(found), near(expected));
}

#[test]
fn two_versions_are_in_their_redline() {
    let versions = versions();
    assert!(versions.len() > 6, "the example has its versions");
    for pair in versions.windows(2) {
        let [(old, before, from), (new, after, to)] = pair else {
            continue;
        };
        let made = redline((before, from), (after, to));
        let outputs = [
            (Writer::Page, made.redline.html.as_bytes()),
            (Writer::Pdf, &made.redline.pdf),
        ];
        for (writer, bytes) in outputs {
            let identity = writer.identity_of(bytes).expect("it says what it is");
            assert_eq!((&identity.since.version, &identity.version), (old, new));
        }
        holds_both(&made);
    }
}

proptest! {
    #![proptest_config(config(6))]
    #[test]
    fn any_edit_can_be_accepted_and_rejected((old, new) in edits::two_versions()) {
        let state = BuildState::default();
        let made = redline((&old, &state), (&new, &state));
        same("new version", &page_words(&new), &made.words[1]);
        same("old version", &page_words(&old), &made.words[0]);
        holds_both(&made);
    }
}
