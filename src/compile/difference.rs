//! Finds the first difference between two outputs, and describes it so that a person can find it.

use crate::dom::{self, Document, Meta, NodeId};
use crate::pdf::{self, Kid, StructureNode};

/// How many words are shown on each side.
const SHOWN: usize = 8;

/// A word and its place.
struct LocatedWord {
    text: String,
    place: String,
}

/// The first difference between two pages; `None` if they are the same bytes.
pub fn between_pages(expected: &[u8], found: &[u8]) -> Option<String> {
    if expected == found {
        return None;
    }
    let words = |bytes: &[u8]| words_of_page(&String::from_utf8_lossy(bytes));
    let differ = between(&words(expected), &words(found));
    Some(differ.unwrap_or_else(|| only_bytes(expected, found)))
}

/// The first difference between two PDFs; `None` if they are the same bytes.
pub fn between_pdfs(expected: &[u8], found: &[u8]) -> Option<String> {
    if expected == found {
        return None;
    }
    let differ = match (pdf::read(expected), pdf::read(found)) {
        (Ok(expected), Ok(found)) => between(&words_of_pdf(&expected), &words_of_pdf(&found)),
        (Ok(_), Err(error)) => Some(format!("the file cannot be read: {error}")),
        (Err(error), _) => Some(format!(
            "the file to compare it with cannot be read: {error}"
        )),
    };
    Some(differ.unwrap_or_else(|| only_bytes(expected, found)))
}

/// The first difference between two sequences of words, with context.
fn between(expected: &[LocatedWord], found: &[LocatedWord]) -> Option<String> {
    let pairs = expected.iter().zip(found);
    let same = pairs.take_while(|(a, b)| a.text == b.text).count();
    if same == expected.len() && same == found.len() {
        return None;
    }
    let from = |words: &[LocatedWord]| -> String {
        let words = words[same..].iter().take(SHOWN);
        let words: Vec<_> = words.map(|word| word.text.as_str()).collect();
        words.join(" ")
    };
    let last = |words: &[LocatedWord]| words.last().map(|word| word.place.clone());
    let place = found.get(same).map(|word| word.place.clone());
    let place = place.or_else(|| Some(expected.get(same)?.place.clone()));
    let place = place.or_else(|| last(found)).unwrap_or_default();
    let (expected, found) = (from(expected), from(found));
    Some(match (expected.is_empty(), found.is_empty()) {
        (true, _) => format!("{place}: «{found} …» was added"),
        (_, true) => format!("{place}: «{expected} …» is missing"),
        _ => format!("{place}: «{found} …» instead of «{expected} …»"),
    })
}

/// The difference if all words are the same.
fn only_bytes(expected: &[u8], found: &[u8]) -> String {
    let pairs = expected.iter().zip(found);
    let at = pairs.take_while(|(a, b)| a == b).count();
    format!(
        "the words are the same; byte {} differs ({} bytes instead of {})",
        at + 1,
        found.len(),
        expected.len()
    )
}

fn words_of_page(html: &str) -> Vec<LocatedWord> {
    // The last match: a style sheet may contain the letters of a tag.
    let body = html.rsplit_once("<body>").map_or(html, |(_, body)| body);
    let document = dom::parse(body, Meta::default()).document;
    let mut out = Vec::new();
    let mut stack = vec![(Document::ROOT, "at the top of the page".to_owned())];
    while let Some((id, place)) = stack.pop() {
        let node = document.get(id);
        if let Some(text) = node.text() {
            out.extend(words(text, &place));
        }
        let place = match node.attr("id") {
            Some(anchor) => format!("at `#{}`", anchor.replace(char::is_control, "\u{fffd}")),
            None => place,
        };
        let children = node.children.iter().rev();
        stack.extend(children.map(|child: &NodeId| (*child, place.clone())));
    }
    out
}

fn words_of_pdf(file: &pdf::ReadBack) -> Vec<LocatedWord> {
    let mut out = Vec::new();
    of_element(&file.root, &mut out);
    for (page, text) in file.artifacts.iter().enumerate() {
        let place = format!("at the edge of page {}", page + 1);
        out.extend(words(text, &place));
    }
    out
}

fn of_element(element: &StructureNode, out: &mut Vec<LocatedWord>) {
    for kid in &element.kids {
        match kid {
            Kid::Node(below) => of_element(below, out),
            Kid::Text { text, page } => out.extend(words(text, &format!("on page {}", page + 1))),
            Kid::Annotation {
                words: said, page, ..
            } => {
                out.extend(words(said, &format!("in a link on page {}", page + 1)));
            }
        }
    }
}

fn words(text: &str, place: &str) -> impl Iterator<Item = LocatedWord> {
    // The content may contain control characters, and the message goes to a terminal.
    let plain = |word: &str| word.replace(char::is_control, "\u{fffd}");
    let words = text.split_whitespace().map(plain);
    let words: Vec<_> = words.collect();
    let place = place.to_owned();
    words.into_iter().map(move |text| LocatedWord {
        text,
        place: place.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Vec<u8> {
        format!("<!doctype html><head><style>p{{}}</style></head><body>{body}").into_bytes()
    }

    #[test]
    fn a_changed_word_is_named_with_its_item() {
        let of = |word: &str| {
            page(&format!(
                "<h2 id=\"a\">Tiltak</h2><p id=\"b\">Fem {word} no</p>"
            ))
        };
        let said = between_pages(&of("bustader"), &of("båtar"));
        let expected = "at `#b`: «båtar no …» instead of «bustader no …»";
        assert_eq!(said.as_deref(), Some(expected));
        assert_eq!(between_pages(&of("båtar"), &of("båtar")), None);
    }

    #[test]
    fn what_is_gone_or_new_is_named_as_such() {
        let (short, long) = (page("<p id=\"a\">Ja</p>"), page("<p id=\"a\">Ja nei</p>"));
        let gone = between_pages(&long, &short);
        assert_eq!(gone.as_deref(), Some("at `#a`: «nei …» is missing"));
        let new = between_pages(&short, &long);
        assert_eq!(new.as_deref(), Some("at `#a`: «nei …» was added"));
    }

    #[test]
    fn where_the_words_are_the_same_the_byte_is_named() {
        let said = between_pages(&page("<p>Ja</p>"), &page("<p class=\"x\">Ja</p>"));
        let said = said.expect("they differ");
        assert!(said.starts_with("the words are the same; byte "), "{said}");
        let said = between_pdfs(b"%PDF-1.7", b"%PDF-1.6").expect("they differ");
        assert!(said.contains("cannot be read"), "{said}");
    }
}
