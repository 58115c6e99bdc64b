//! Writes the identity of the version into the head of a page, and reads it.

use super::escape::escape_attribute;
use crate::dom::{self, Data, Document, Identity, Meta};
use crate::version::seal;
use std::fmt::Write;

/// The prefix of the field names.
const PREFIX: &str = "utkast:";
/// Longest tag that is read; a title is shorter.
const MAX_TAG: usize = 16 << 10;
/// Most tags that are read.
const MAX_TAGS: usize = 64;

/// Writes the fields, and room for the seal.
pub(super) fn write(identity: &Identity, out: &mut String) {
    let fields = identity.fields();
    for (name, value) in fields.into_iter().chain([("seal", seal::BLANK)]) {
        let value = escape_attribute(value);
        writeln!(out, "<meta name=\"{PREFIX}{name}\" content=\"{value}\">")
            .expect("strings take all");
    }
}

/// Which version a page is of, if it says so. It may have been saved by a browser, or damaged.
pub fn identity_of(page: &[u8]) -> Option<Identity> {
    let mut identity = Identity::default();
    let mut found = false;
    // Only tags of this name are looked at, and html5ever reads them as browsers do.
    let document = dom::parse(&tags(page), Meta::default()).document;
    for id in document.descendants(Document::ROOT) {
        let node = document.get(id);
        let Data::Element { .. } = &node.data else {
            continue;
        };
        let (Some(name), Some(value)) = (node.attr("name"), node.attr("content")) else {
            continue;
        };
        if let Some(field) = name.strip_prefix(PREFIX).and_then(|n| identity.field(n))
            && field.is_empty()
        {
            value.clone_into(field);
            found = true;
        }
    }
    found.then_some(identity)
}

/// The `meta` elements of a page that may be ours.
fn tags(page: &[u8]) -> String {
    let mut out = String::new();
    let (mut at, mut count) = (0, 0);
    while let Some(tag) = next_tag(page, &mut at) {
        let tag = String::from_utf8_lossy(tag);
        if tag.contains(PREFIX) {
            out.push_str(&tag);
            count += 1;
        }
        if count == MAX_TAGS {
            break;
        }
    }
    out
}

/// The next `meta` element from `at` on, which is moved behind its name.
fn next_tag<'p>(page: &'p [u8], at: &mut usize) -> Option<&'p [u8]> {
    const START: &[u8] = b"<meta";
    loop {
        let start = *at + page[*at..].iter().position(|&b| b == b'<')?;
        *at = start + 1;
        let name = page.get(start..start + START.len())?;
        if !name.eq_ignore_ascii_case(START) {
            continue;
        }
        let rest = &page[start..page.len().min(start + MAX_TAG)];
        let mut quote = None;
        let end = rest.iter().position(|&byte| match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
                false
            }
            None => {
                if matches!(byte, b'"' | b'\'') {
                    quote = Some(byte);
                }
                byte == b'>'
            }
        });
        match end {
            Some(end) => {
                *at = start + end + 1;
                return Some(&rest[..=end]);
            }
            // What never ends is looked at once, and not from each of its parts again.
            None => *at = start + rest.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity {
            title: "Strategi «2026» & \"mer\" <b>".into(),
            council: "Fjordregionen\u{a0}IPR".into(),
            version: "0.4".into(),
            status: "consultation".into(),
            date: "2027-05-03".into(),
            audience: "public".into(),
            digest: "3f".repeat(32),
            since: crate::dom::Since::default(),
        }
    }

    #[test]
    fn a_page_gives_back_what_it_was_given() {
        let mut page = String::from("<!doctype html><title>a</title>");
        write(&identity(), &mut page);
        assert_eq!(identity_of(page.as_bytes()), Some(identity()));
        assert_eq!(seal::check(page.as_bytes()), Some(false));
    }

    #[test]
    fn a_page_that_a_browser_saved_still_says_what_it_is() {
        let saved = "<html><head><meta charset=utf-8><META content='0.4' data-x=\"a>b\" name=utkast:version />\
                     <meta content=\"Om &oslash;yene\" name='utkast:title'><body>";
        let found = identity_of(saved.as_bytes()).expect("it says so");
        assert_eq!(
            (found.version.as_str(), found.title.as_str()),
            ("0.4", "Om øyene")
        );
    }

    #[test]
    fn what_is_no_page_of_ours_says_nothing() {
        let unclosed = "<meta ".repeat(9) + &"\"".repeat(99);
        for page in [
            "",
            "<",
            "<meta",
            "<meta name=utkast:title",
            "<p>Ja</p>",
            &unclosed,
        ] {
            assert_eq!(identity_of(page.as_bytes()), None, "{page}");
        }
        assert_eq!(identity_of(&[0xff; 40]), None);
    }
}
