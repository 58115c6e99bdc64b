//! The elements and classes that both writers understand.
//!
//! Templates may use everything that is listed here. An unknown element is still shown with its text (as
//! a block or inline, depending on its neighbours) and reported with the line of the template. `templates/README.md` shows the same lists to authors.

/// How an element takes part in layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// Holds blocks, or a paragraph of its own.
    Block,
    /// Part of a line.
    Inline,
    /// A part of a table.
    Table,
}

/// Every element that templates may write, with its display and its meaning.
pub const ELEMENTS: &[(&str, Display, &str)] = &[
    (
        "a",
        Display::Inline,
        "link to an address or to `#id`: `href`",
    ),
    (
        "abbr",
        Display::Inline,
        "abbreviation; `title` gives it in full",
    ),
    (
        "article",
        Display::Block,
        "an item that stands for itself: a challenge, a measure",
    ),
    ("aside", Display::Block, "a note beside the text"),
    ("b", Display::Inline, "bold without stress"),
    ("blockquote", Display::Block, "a quotation"),
    ("br", Display::Inline, "a line break that means something"),
    ("caption", Display::Table, "title of a table"),
    ("cite", Display::Inline, "title of a work"),
    ("code", Display::Inline, "text for machines"),
    ("dd", Display::Block, "what is said of a term"),
    ("del", Display::Inline, "what was taken out; `datetime`"),
    ("dfn", Display::Inline, "the term that is being explained"),
    (
        "div",
        Display::Block,
        "a group without meaning; `tabindex` is `0`",
    ),
    ("dl", Display::Block, "terms and what is said of them"),
    ("dt", Display::Block, "a term"),
    ("em", Display::Inline, "stress"),
    ("figcaption", Display::Block, "caption of a figure"),
    (
        "figure",
        Display::Block,
        "a picture or drawing with its caption",
    ),
    (
        "footer",
        Display::Block,
        "the end of a section or quotation",
    ),
    (
        "h1",
        Display::Block,
        "title of the document; once, on the cover",
    ),
    ("h2", Display::Block, "heading of a chapter"),
    ("h3", Display::Block, "heading of a section"),
    ("h4", Display::Block, "heading of a subsection"),
    ("h5", Display::Block, "heading below that"),
    ("h6", Display::Block, "heading below that"),
    (
        "header",
        Display::Block,
        "the start of the document (the cover) or of a section",
    ),
    ("hr", Display::Block, "a change of subject"),
    ("i", Display::Inline, "another voice"),
    (
        "img",
        Display::Block,
        "a picture: `src`, `alt`, `width`, `height`",
    ),
    ("ins", Display::Inline, "what was added; `datetime`"),
    ("kbd", Display::Inline, "keys to press"),
    ("li", Display::Block, "an item of a list; `value`"),
    ("main", Display::Block, "the text of the document"),
    ("mark", Display::Inline, "marked for attention"),
    (
        "nav",
        Display::Block,
        "links through the document: the contents",
    ),
    ("ol", Display::Block, "a numbered list; `start`"),
    ("p", Display::Block, "a paragraph"),
    (
        "pre",
        Display::Block,
        "text whose spaces and line ends are kept",
    ),
    ("q", Display::Inline, "a short quotation"),
    ("s", Display::Inline, "what no longer holds"),
    (
        "section",
        Display::Block,
        "a chapter or a part of one; starts with its heading",
    ),
    ("small", Display::Inline, "small print"),
    ("span", Display::Inline, "a piece of text without meaning"),
    ("strong", Display::Inline, "importance"),
    ("sub", Display::Inline, "below the line"),
    ("sup", Display::Inline, "above the line"),
    (
        "svg",
        Display::Block,
        "a drawing; needs `role=\"img\"` and `aria-label`",
    ),
    ("table", Display::Table, "a table"),
    ("tbody", Display::Table, "rows of a table"),
    (
        "td",
        Display::Table,
        "a cell; `colspan`, `rowspan`, `headers`",
    ),
    ("tfoot", Display::Table, "last rows of a table"),
    (
        "th",
        Display::Table,
        "a header cell; `scope` is `col` or `row`; `colspan`, `rowspan`, `headers`, `abbr`",
    ),
    (
        "thead",
        Display::Table,
        "header rows, repeated on every page",
    ),
    ("time", Display::Inline, "a date; `datetime`"),
    ("tr", Display::Table, "a row"),
    ("ul", Display::Block, "a list"),
];

/// Every class that templates may write, with what the PDF makes of it. The page styles the same
/// classes in `page.css`.
pub const CLASSES: &[(&str, &str)] = &[
    (
        "added",
        "what was added: underlined on a pale background if it is an `ins`; with `change`, all of a block",
    ),
    (
        "answers",
        "the answers of one group: a `div`, or a row of a table; its first `strong` or `th` names the group",
    ),
    (
        "appendix",
        "a chapter behind the others: numbered by itself, on a new page",
    ),
    (
        "card",
        "an `article` on a ground with an accent rule at its left",
    ),
    ("caption", "set as a caption: small and quiet"),
    (
        "chapter",
        "a `section` that opens a chapter: starts on a new page where `page-break` is set, else with wide space; a short rule above its heading",
    ),
    (
        "change",
        "a block in which something was changed: a change bar in the margin, with the letter of its attribute `data-change`",
    ),
    (
        "change-word",
        "a word that says what was changed: small, sans serif",
    ),
    ("council", "the council's full name on the cover"),
    (
        "cover",
        "the cover: a `header` that fills the first page, with the landscape at its foot",
    ),
    ("credit", "credit of a picture: small and quiet"),
    ("done", "a step of `now` that is over"),
    (
        "figures",
        "a `nav` of class `toc` with the figures of the document instead of its headings",
    ),
    ("front", "front matter: its headings are not numbered"),
    (
        "generated",
        "text that the program made and no source holds",
    ),
    (
        "glossary",
        "a `dl` of terms, which are not marked as abbreviations in it",
    ),
    ("id", "the id of an item: small, quiet, sans serif"),
    ("imprint", "the imprint: small type"),
    ("keep", "not broken over pages if it fits on one"),
    ("lead", "a lead paragraph: larger type"),
    ("logo", "the council's logo on the cover"),
    ("meta", "facts about an item: small, sans serif"),
    ("missing", "a quiet box that says what is not there yet"),
    (
        "note",
        "an `aside` that is a footnote: at the foot of the page that refers to it; its first element is an `a` of class `number` that leads back",
    ),
    ("next", "a step of `now` that is to come"),
    (
        "noteref",
        "an `a` that refers to a note: a small raised number",
    ),
    (
        "now",
        "an `ol` of the steps around the day of the version, each `done`, `present` or `next`",
    ),
    (
        "moved",
        "with `change`, a block that stood elsewhere before",
    ),
    ("nowrap", "not broken over lines"),
    ("number", "number of a heading, item or question"),
    (
        "numeric",
        "a cell of numbers: aligned right, tabular figures",
    ),
    ("page-break", "starts on a new page"),
    ("period", "the period on the cover"),
    (
        "question",
        "a question of the workshop: an `article` with its number; its words are kept as they are",
    ),
    (
        "screen-only",
        "left out of the PDF; the template says the same in another way",
    ),
    ("present", "a step of `now` that goes on"),
    (
        "print-only",
        "left out of the page on a screen; the template says the same in another way",
    ),
    ("small-caps", "small letters as small capitals"),
    ("source", "the source below a quotation or figure: small"),
    (
        "stacks",
        "a `table` of sentences: a list where the screen is narrow, if it has one row of column headers and no cell spans others",
    ),
    ("state", "what a step of `now` is, in a word"),
    ("status", "the status label on the cover: a filled pill"),
    (
        "struck",
        "what was taken out: struck through in a quiet colour if it is a `del`; with `change`, all of a block",
    ),
    ("subtitle", "the line below the title"),
    ("tag", "a short label in a pill: small, sans serif"),
    (
        "toc",
        "a `nav` with the contents: page numbers with leaders in the PDF",
    ),
    (
        "trace",
        "with `change`, a line where a block stood that was moved",
    ),
    (
        "uncertain",
        "a reading that is uncertain: marked, with a note",
    ),
    ("unnumbered", "a heading or section without a number"),
    (
        "verbatim",
        "words of others, kept as they are, and so are those of a `blockquote` and a `q`",
    ),
];

/// The attribute that tells in one letter how a block of class `change` was changed.
pub const CHANGE_LETTER: &str = "data-change";

/// The display of an element, or `None` if it is not in the vocabulary.
pub fn display(name: &str) -> Option<Display> {
    ELEMENTS
        .binary_search_by(|(n, _, _)| (*n).cmp(name))
        .ok()
        .map(|i| ELEMENTS[i].1)
}

/// Whether a class is in the vocabulary.
pub fn knows_class(class: &str) -> bool {
    CLASSES.iter().any(|(c, _)| *c == class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_elements_is_sorted_so_that_it_can_be_searched() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _, _)| *name));
    }

    #[test]
    fn authors_are_shown_the_same_lists() {
        let readme = include_str!("../../templates/README.md");
        let rows = |heading: &str| -> Vec<String> {
            let (_, table) = readme.split_once(heading).expect("there is such a table");
            let rows = table.lines().skip(2).take_while(|line| !line.is_empty());
            rows.map(str::to_owned).collect()
        };
        let elements = ELEMENTS.iter().map(|(name, display, meaning)| {
            let display = format!("{display:?}").to_lowercase();
            format!("| `{name}` | {display} | {meaning} |")
        });
        assert_eq!(
            rows("| element | set as | for |"),
            elements.collect::<Vec<_>>()
        );
        let classes = CLASSES
            .iter()
            .map(|(name, looks)| format!("| `{name}` | {looks} |"));
        assert_eq!(rows("| class | looks |"), classes.collect::<Vec<_>>());
    }
}
