//! Contents that open and close on a narrow screen.
//!
//! The content of a `nav` of class `toc` is written inside `details`, with its heading as the `summary`.
//! The style sheet shows all of it on wide screens and on paper; on a phone it is one line. Neither needs
//! a script (HTML standard, 4.11.1 and 4.11.2).

use crate::dom::{Document, NodeId};

/// The markup around an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ExtraMarkup {
    /// Before its start tag.
    pub(super) before: &'static str,
    /// After its start tag.
    pub(super) first: &'static str,
    /// Before its end tag.
    pub(super) last: &'static str,
    /// After its end tag.
    pub(super) after: &'static str,
}

/// The markup around the contents and their heading.
pub(super) fn extra_markup(document: &Document, id: NodeId) -> ExtraMarkup {
    let parent = document.get(id).parent;
    if heading(document, id).is_some() {
        return ExtraMarkup {
            first: "<details>",
            last: "</details>",
            ..ExtraMarkup::default()
        };
    }
    if parent.is_some_and(|nav| heading(document, nav) == Some(id)) {
        return ExtraMarkup {
            before: "<summary>",
            after: "</summary>",
            ..ExtraMarkup::default()
        };
    }
    ExtraMarkup::default()
}

/// The heading that a list of contents begins with. One that begins with something else stays as it
/// is: it would have nothing to be opened by.
fn heading(document: &Document, id: NodeId) -> Option<NodeId> {
    let nav = document.get(id);
    if !(nav.is("nav") && nav.has_class("toc")) {
        return None;
    }
    let mut children = nav.children.iter().copied();
    let first = children.find(|&child| !document.get(child).is_blank())?;
    document.get(first).heading_level().map(|_| first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};

    /// Which elements get something around them.
    fn written(html: &str) -> Vec<(String, ExtraMarkup)> {
        let document = parse(html, Meta::default()).document;
        let all = document.descendants(Document::ROOT);
        let extra = all.map(|id| {
            (
                document.get(id).name().to_owned(),
                extra_markup(&document, id),
            )
        });
        extra
            .filter(|(_, extra)| *extra != ExtraMarkup::default())
            .collect()
    }

    #[test]
    fn the_heading_of_the_contents_opens_them() {
        let names = |html| {
            written(html)
                .into_iter()
                .map(|(name, _)| name)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names("<nav class=\"toc\">\n<h2>A</h2><ol><li><h2>B</h2></li></ol></nav>"),
            ["nav", "h2"]
        );
        assert_eq!(names("<nav><h2>A</h2></nav>"), [""; 0]);
        assert_eq!(
            names("<nav class=\"toc\"><ol></ol><h2>A</h2></nav>"),
            [""; 0]
        );
    }
}
