//! A document as it is read: a text for each paragraph, item, cell and caption, in reading order.
//!
//! [`of_tree`] takes it from the semantic tree, [`of_pdf`] from the structure tree of the PDF; the
//! two are equal, character for character. What neither can hold is left out of both: white space
//! at the ends of a text and runs of it, as HTML collapses them; soft hyphens, which a PDF has
//! where a line ends in a word, and the signs that only guide line breaking. The words of drawings
//! are not read, since their alternative text is.

use utkast::dom::level::is_block;
use utkast::dom::{Document, NodeId};
use utkast::layout::is_invisible;
use utkast::pdf::{Kid, ReadBack, StructureNode};

/// Texts that are being put together.
#[derive(Default)]
struct Texts {
    done: Vec<String>,
    open: String,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends a text, if one is open.
    fn part(&mut self) {
        let open = std::mem::take(&mut self.open);
        let seen: String = open.chars().filter(|&c| !is_invisible(c)).collect();
        let words = seen.split([' ', '\t', '\n', '\r', '\u{c}']);
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            self.done.push(words.join(" "));
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.part();
        self.done
    }
}

/// What the semantic tree says.
pub(super) fn of_tree(document: &Document) -> Vec<String> {
    let mut texts = Texts::default();
    tree_node(document, Document::ROOT, 0, &mut texts);
    texts.finish()
}

fn tree_node(document: &Document, id: NodeId, lists: usize, texts: &mut Texts) {
    let node = document.get(id);
    if let Some(text) = node.text() {
        // A line feed is white space here, and no text of a PDF has one.
        return texts.push(&text.replace(is_feed, " "));
    }
    if node.has_class("screen-only") {
        return;
    }
    let parts = is_block(node.name());
    let is_list = matches!(node.name(), "ul" | "ol");
    let in_contents = document.ancestor(id, |n| n.has_class("toc")).is_some();
    // The number of a note is a label, as that of an item is.
    let labels = node.is("a") && node.has_class("number");
    if parts || labels {
        texts.part();
    }
    if node.is("svg") || node.is("img") {
        return;
    }
    if is_list && !in_contents {
        let mut number = node.attr("start").and_then(|n| n.parse::<i64>().ok());
        for &child in &node.children {
            if document.get(child).is("li") && !document.get(child).has_class("screen-only") {
                let at = number.get_or_insert(1);
                let label = match node.is("ol") {
                    true => format!("{at}."),
                    false => ["•", "–", "·"][lists.min(2)].to_owned(),
                };
                *at += 1;
                texts.part();
                texts.push(&label);
                texts.part();
            }
            tree_node(document, child, lists + 1, texts);
        }
    } else {
        for &child in &node.children {
            tree_node(document, child, lists, texts);
        }
    }
    if parts || labels {
        texts.part();
    }
}

fn is_feed(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// What the structure tree of a PDF says. The page number that an entry of the contents ends with is
/// not in the semantic tree: it must be that of the page to which the entry leads.
pub(super) fn of_pdf(read: &ReadBack) -> Vec<String> {
    let mut texts = Texts::default();
    pdf_node(&read.root, &mut texts);
    texts.finish()
}

/// Structure types that stand in a line.
const INLINE: [&str; 5] = ["Span", "Link", "Code", "Quote", "Reference"];

fn pdf_node(node: &StructureNode, texts: &mut Texts) {
    let parts = !INLINE.contains(&node.kind.as_str());
    if parts {
        texts.part();
    }
    if node.kind == "Figure" {
        return;
    }
    for kid in &node.kids {
        match kid {
            Kid::Node(kid) => {
                pdf_node(kid, texts);
                if node.kind == "TOCI" && INLINE.contains(&kid.kind.as_str()) {
                    page_number(kid, texts);
                }
            }
            // A line feed stands where a line ends; the space before it is in the text.
            Kid::Text { text, .. } => texts.push(&text.replace('\n', "")),
            Kid::Annotation { .. } => {}
        }
    }
    if parts {
        texts.part();
    }
}

/// Takes the page number off the end of the entry of the contents that has just been read.
fn page_number(link: &StructureNode, texts: &mut Texts) {
    let Some(page) = target(link) else { return };
    texts.part();
    let said = texts.done.last_mut().expect("an entry has words");
    let cut = said.strip_suffix(&page).unwrap_or_else(|| {
        panic!("the entry `{said}` leads to page {page}, and says another");
    });
    *said = cut.trim_end().to_owned();
}

/// The number of the page that a link leads to.
fn target(link: &StructureNode) -> Option<String> {
    link.kids.iter().find_map(|kid| match kid {
        Kid::Node(node) => target(node),
        Kid::Annotation { target, .. } => target.strip_prefix("page ").map(str::to_owned),
        Kid::Text { .. } => None,
    })
}
