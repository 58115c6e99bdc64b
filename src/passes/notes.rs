//! Numbers of footnotes: 1, 2, 3 … in the order in which the document refers to them.

use crate::dom::FreeNames;
use crate::dom::{Document, NodeId};
use crate::templates::Labels;
use rustc_hash::{FxHashMap, FxHashSet};

/// A note that something refers to.
struct NumberedNote {
    /// Its own id, which mails hold on to; the number is for reading only.
    id: String,
    number: u32,
    /// How many references there have been.
    count: u32,
}

/// Gives each note that something refers to its number, in the note and in all that refers to it,
/// with links both ways. A note without a reference stays as the template wrote it.
pub(super) fn number(document: &mut Document, labels: &Labels) {
    let mut numbered: FxHashMap<NodeId, NumberedNote> = FxHashMap::default();
    let mut given: FxHashSet<String> = FxHashSet::default();
    let all = document.descendants(Document::ROOT);
    let ids = all.filter_map(|id| document.get(id).attr("id"));
    let mut names = FreeNames::without(ids.map(str::to_owned));
    for (reference, note) in references(document) {
        let next = numbered.len() + 1;
        let this = numbered.entry(note).or_insert_with(|| NumberedNote {
            id: free_id(document, note, &mut names, &given),
            number: u32::try_from(next).expect("fewer notes than nodes"),
            count: 0,
        });
        this.count += 1;
        if this.count == 1 {
            given.insert(this.id.clone());
            mark_note(document, labels, note, this);
        }
        mark_reference(document, labels, reference, this);
    }
}

/// The id of a note; of a text that is written twice, the second time with a number.
fn free_id(
    document: &Document,
    note: NodeId,
    names: &mut FreeNames,
    given: &FxHashSet<String>,
) -> String {
    let own = document.get(note).attr("id").unwrap_or_default();
    match given.contains(own) {
        true => names.take_numbered(&format!("{own}-"), 2),
        false => own.to_owned(),
    }
}

/// The references in reading order, each with its note. A text that is written twice has notes of
/// the same id twice; each of its references means the nearest of them that follows.
fn references(document: &Document) -> Vec<(NodeId, NodeId)> {
    let mut notes: FxHashMap<&str, Vec<(usize, NodeId)>> = FxHashMap::default();
    let mut found = Vec::new();
    for (place, id) in document.descendants(Document::ROOT).enumerate() {
        let node = document.get(id);
        if node.is("aside") && node.has_class("note") {
            let with_id = node.attr("id");
            let known = with_id.map(|name| notes.entry(name).or_default());
            known.into_iter().for_each(|known| known.push((place, id)));
        } else if node.is("a") && node.has_class("noteref") {
            let target = node.attr("href").and_then(|href| href.strip_prefix('#'));
            found.extend(target.map(|target| (place, id, target)));
        }
    }
    let meant = found.into_iter().filter_map(|(place, id, target)| {
        let notes = notes.get(target)?;
        let after = notes.partition_point(|(note, _)| *note < place);
        let (_, note) = notes.get(after).or(notes.last())?;
        Some((id, *note))
    });
    meant.collect()
}

fn mark_note(document: &mut Document, labels: &Labels, note: NodeId, this: &NumberedNote) {
    let n = this.number.to_string();
    document.set_attr(note, "id", &this.id);
    document.set_attr(note, "role", "doc-footnote");
    let mut children = document.get(note).children.iter().copied();
    let first = children.find(|&id| !document.get(id).is_blank());
    let own = first.filter(|&id| {
        let node = document.get(id);
        node.is("a") && node.has_class("number")
    });
    let link = own.unwrap_or_else(|| {
        let link = document.create_element("a", &[("class", "number")]);
        let space = document.create_text(" ");
        document.insert(note, 0, link);
        document.insert(note, 1, space);
        link
    });
    let label = labels.fill("footnote_back", &[("n", &n)]);
    document.set_attr(link, "href", &format!("#noteref-{n}"));
    document.set_attr(link, "aria-label", &label);
    say(document, link, &n);
}

/// Marks a reference to a note, the last one so far.
fn mark_reference(
    document: &mut Document,
    labels: &Labels,
    reference: NodeId,
    this: &NumberedNote,
) {
    let n = this.number.to_string();
    let id = match this.count {
        1 => format!("noteref-{n}"),
        count => format!("noteref-{n}-{count}"),
    };
    document.set_attr(reference, "role", "doc-noteref");
    document.set_attr(reference, "id", &id);
    document.set_attr(reference, "href", &format!("#{}", this.id));
    let label = labels.fill("footnote_n", &[("n", &n)]);
    document.set_attr(reference, "aria-label", &label);
    say(document, reference, &n);
}

/// Makes a text the whole content of an element.
fn say(document: &mut Document, id: NodeId, text: &str) {
    document.take_children(id);
    let text = document.create_text(text);
    document.append(id, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Meta, parse};
    use crate::templates::testing;

    fn numbered(html: &str) -> Document {
        let mut document = parse(html, Meta::default()).document;
        number(&mut document, &testing::labels("nb"));
        document
    }

    /// Where each link of a document stands, leads and what it says.
    fn links(document: &Document) -> Vec<String> {
        let links = document.descendants(Document::ROOT).filter_map(|id| {
            let node = document.get(id);
            let around = node.attr("id").or_else(|| {
                let note = document.ancestor(id, |n| n.is("aside"))?;
                document.get(note).attr("id")
            });
            let href = node.attr("href")?;
            Some(format!(
                "{} {href} {}",
                around.unwrap_or("?"),
                document.text_of(id)
            ))
        });
        links.collect()
    }

    const REFERENCE: &str = "<a class=\"noteref\" href=\"#note-0-9\"></a>";

    #[test]
    fn notes_are_numbered_by_their_first_reference_with_links_both_ways() {
        let other = REFERENCE.replace("0-9", "0-5");
        let html = format!(
            "<p>Ja{REFERENCE} nei{other} jo{REFERENCE}.</p>\
             <aside class=\"note\" id=\"note-0-5\"><p>To.</p></aside>\
             <aside class=\"note\" id=\"note-0-9\"><p>Én.</p></aside>"
        );
        let document = numbered(&html);
        let expected = [
            "noteref-1 #note-0-9 1",
            "noteref-2 #note-0-5 2",
            "noteref-1-2 #note-0-9 1",
            "note-0-5 #noteref-2 2",
            "note-0-9 #noteref-1 1",
        ];
        assert_eq!(links(&document), expected);
        let tree = document.to_string();
        let reference = "a class=\"noteref\" href=\"#note-0-9\" role=\"doc-noteref\" \
                         id=\"noteref-1\" aria-label=\"Fotnote 1\"";
        assert!(tree.contains(reference), "{tree}");
        let note = "aside class=\"note\" id=\"note-0-9\" role=\"doc-footnote\"\n  \
                    a class=\"number\" href=\"#noteref-1\" \
                    aria-label=\"1, tilbake til teksten\"\n    \"1\"\n  p\n    \"Én.\"\n";
        assert!(tree.contains(note), "{tree}");
    }

    #[test]
    fn a_text_that_is_written_twice_has_its_notes_twice() {
        let note = "<aside class=\"note\" id=\"note-0-9\"><p>Note.</p></aside>";
        let document = numbered(&format!(
            "<p>A{REFERENCE}</p>{note}<p>A{REFERENCE}</p>{note}"
        ));
        let expected = [
            "noteref-1 #note-0-9 1",
            "note-0-9 #noteref-1 1",
            "noteref-2 #note-0-9-2 2",
            "note-0-9-2 #noteref-2 2",
        ];
        assert_eq!(links(&document), expected);
    }

    #[test]
    fn notes_of_a_template_get_their_numbers_too_and_one_that_nothing_means_stays() {
        let html = "<p>A<a class=\"noteref\" href=\"#note-x\">*</a></p>\
            <aside class=\"note\" id=\"note-x\"> <a class=\"number\" href=\"#y\">*</a> B</aside>\
            <aside class=\"note\" id=\"alene\">C</aside>";
        let document = numbered(html);
        assert_eq!(
            links(&document),
            ["noteref-1 #note-x 1", "note-x #noteref-1 1"]
        );
        assert!(
            document
                .to_string()
                .ends_with("aside class=\"note\" id=\"alene\"\n  \"C\"\n")
        );
    }
}
