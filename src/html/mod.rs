//! Tree → one self-contained page.
//!
//! [`write`] makes the whole file: head, styles, landmarks, pictures inlined. It asks nothing of
//! the network, and its Content-Security-Policy forbids it to. Conformance to WCAG 2.1 is kept in
//! `CONFORMANCE.md` beside this file.

mod serialize;

use crate::dom::{self, Document, Meta, NodeId};
use crate::theme::Theme;
use serialize::{escape_attribute, escape_text};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A picture as the page carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its media type, e.g. `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The page of a document: a whole HTML file.
///
/// `css` is the style sheet of the template set; the theme's values come before it as custom
/// properties. `assets` are the pictures by the `src` that names them.
pub fn write(
    document: &Document,
    theme: &Theme,
    css: &str,
    assets: &BTreeMap<String, Asset>,
) -> String {
    let meta = &document.meta;
    let style = format!("{}{}", properties(theme), css.trim());
    let mut out = String::with_capacity(style.len() + document.len() * 48);
    head(meta, &style, &mut out);
    let skip = escape_text(&meta.skip_label);
    if let Some(main) = target_of_skip_link(document) {
        let main = escape_attribute(&main);
        writeln!(out, "<a class=\"skip\" href=\"#{main}\">{skip}</a>").expect("strings take all");
    }
    serialize::children(document, Document::ROOT, assets, &mut out);
    out.push_str("\n</body>\n</html>\n");
    out
}

/// Where the text begins: the `main` element, if it has an id.
fn target_of_skip_link(document: &Document) -> Option<String> {
    let main = document
        .descendants(Document::ROOT)
        .find(|&id| document.get(id).is("main"))?;
    document.get(main).attr("id").map(str::to_owned)
}

fn head(meta: &Meta, style: &str, out: &mut String) {
    let language = escape_attribute(&meta.language);
    let title = escape_text(&meta.title);
    let description = escape_attribute(&meta.description);
    let author = escape_attribute(&meta.author);
    // Only this style sheet may run, named by its digest; pictures only from the file itself.
    let digest = base64(&Sha256::digest(style.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    write!(
        out,
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n"
    )
    .expect("strings take all");
    for (name, value) in [("description", description), ("author", author)] {
        if !value.is_empty() {
            writeln!(out, "<meta name=\"{name}\" content=\"{value}\">").expect("strings take all");
        }
    }
    writeln!(
        out,
        "<meta name=\"color-scheme\" content=\"light dark\">\n<style>{style}</style>\n</head>\n<body>"
    )
    .expect("strings take all");
}

/// The theme as custom properties: colours as they are, lengths in `rem` of a 16 px page whose
/// running text is a sixth larger than print, since screens are read from farther away.
fn properties(theme: &Theme) -> String {
    let c = &theme.colours;
    let body = theme.sizes.body.to_pt();
    let rem = |length: crate::theme::Length| format!("{:.3}rem", length.to_pt() / body * 1.0625);
    let s = &theme.sizes;
    let values = [
        ("text", c.text.to_string()),
        ("quiet", c.quiet.to_string()),
        ("accent", c.accent.to_string()),
        ("second", c.second.to_string()),
        ("tint", c.tint.to_string()),
        ("tint-second", c.tint_second.to_string()),
        ("rule", c.rule.to_string()),
        ("paper", c.paper.to_string()),
        ("size-body", rem(s.body)),
        ("size-title", rem(s.title)),
        ("size-heading-1", rem(s.heading_1)),
        ("size-heading-2", rem(s.heading_2)),
        ("size-heading-3", rem(s.heading_3)),
        ("size-small", rem(s.small)),
        ("size-caption", rem(s.caption)),
        ("leading", format!("{:.3}", s.leading / s.body)),
    ];
    let mut out = String::from(":root{");
    for (name, value) in values {
        write!(out, "--{name}:{value};").expect("strings take all");
    }
    out.push_str("}\n");
    out
}

/// The words of a page as a reader meets them: what stands in the body, without the skip link.
pub fn text_of(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let parsed = dom::parse(body, Meta::default());
    let document = &parsed.document;
    let mut out = String::new();
    let is_skip = |id: NodeId| document.get(id).has_class("skip");
    for &child in &document.get(Document::ROOT).children {
        if !is_skip(child) {
            dom::push_text(document, child, &mut out);
        }
    }
    out
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= chunk.len() {
                out.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_its_last_group() {
        let coded: Vec<_> = ["", "f", "fo", "foo", "foob"]
            .iter()
            .map(|s| base64(s.as_bytes()))
            .collect();
        assert_eq!(coded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    fn page(html: &str) -> String {
        let meta = Meta {
            title: "A & B".into(),
            language: "nb".into(),
            skip_label: "Hopp til hovedinnhold".into(),
            ..Meta::default()
        };
        let theme = toml::from_str(include_str!("../../templates/default/theme.toml"));
        let parsed = dom::parse(html, meta);
        let theme = theme.expect("the default theme is sound");
        write(&parsed.document, &theme, "p{margin:0}", &BTreeMap::new())
    }

    #[test]
    fn the_page_reads_as_the_tree_without_its_skip_link() {
        let html = "<main id=\"content\"><h1>Én &lt;to&gt;</h1><p>Ja<br>nei</p></main>";
        assert_eq!(
            text_of(&page(html)).split_whitespace().collect::<Vec<_>>(),
            ["Én", "<to>", "Ja", "nei"]
        );
        assert!(
            page(html).contains("<a class=\"skip\" href=\"#content\">Hopp til hovedinnhold</a>")
        );
    }

    #[test]
    fn the_policy_names_the_digest_of_the_style_sheet() {
        let page = page("<main></main>");
        let style = page
            .split("<style>")
            .nth(1)
            .and_then(|s| s.split("</style>").next());
        let digest = base64(&Sha256::digest(style.expect("there is a style").as_bytes()));
        assert!(page.contains(&format!("style-src 'sha256-{digest}'")));
    }
}
