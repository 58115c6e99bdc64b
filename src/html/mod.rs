//! Tree → one self-contained page.
//!
//! [`write()`] makes the whole file: head, styles, skip link, the tree, and inlined pictures and fonts.
//! The page needs no network, and its Content-Security-Policy forbids it.
//!
//! The tree is written unchanged. Added for presentation are the landscape of the cover, `details` around
//! contents, regions in which wide tables scroll, column names on the cells of tables that become lists,
//! elements that keep words on one line, and a script that is not needed for reading. `CONFORMANCE.md`
//! beside this file lists the success criteria of WCAG 2.1.

mod base64;
mod disclosure;
mod escape;
mod faces;
mod identity;
mod landscape;
mod no_break;
mod paged;
mod palette;
mod quote;
mod script;
mod scroll;
mod serialize;
mod stacks;

use crate::dom::{self, Document, Meta, NodeId};
use crate::layout::Fonts;
use crate::theme::Theme;
use base64::base64;
use escape::{escape_attribute, escape_text};
pub use faces::FaceCache;
pub use identity::identity_of;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// A picture as the page carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its media type, e.g. `image/png`.
    pub media_type: &'static str,
    /// The file; a clone shares its bytes.
    pub bytes: Arc<[u8]>,
}

/// The page of a document: a whole HTML file.
///
/// `css` is the style sheet of the template set; before it come the theme's values as custom
/// properties, with the names of the `fonts`, the rules for paper, and the fonts themselves if the
/// theme does not choose those of the system. `assets` are the pictures by the `src` that names
/// them.
pub fn write(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    css: &str,
    assets: &BTreeMap<String, Asset>,
) -> String {
    write_again(
        document,
        theme,
        fonts,
        css,
        assets,
        &mut FaceCache::default(),
    )
}

/// The page as [`write()`] makes it, with what it packs of the fonts taken from `faces` and kept
/// there for the next time.
pub fn write_again(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    css: &str,
    assets: &BTreeMap<String, Asset>,
    faces: &mut FaceCache,
) -> String {
    let meta = &document.meta;
    let faces = faces::rules(document, theme, fonts, css, faces);
    let style = style(meta, theme, fonts, &faces, css);
    let mut out = String::with_capacity(style.len() + document.len() * 48);
    let fonts = if faces.is_empty() { "" } else { FONTS };
    head(meta, &style, fonts, &mut out);
    let skip = escape_text(&meta.skip_label);
    if let Some(main) = target_of_skip_link(document) {
        let main = escape_attribute(&main);
        writeln!(out, "<a class=\"skip\" href=\"#{main}\">{skip}</a>").expect("strings take all");
    }
    serialize::children(document, Document::ROOT, assets, &mut out);
    out.push_str("\n</body>\n</html>\n");
    out
}

/// The content of the `style` element, byte for byte as a browser reads it: the policy names the
/// digest of these bytes, and a browser that reads others shows a page without looks.
fn style(meta: &Meta, theme: &Theme, fonts: &Fonts, faces: &str, css: &str) -> String {
    let mut out = palette::rules(theme, fonts);
    if !meta.redline_words.is_empty() {
        out.push_str(&palette::redline_rules(theme));
    }
    out.push_str(&paged::rules(meta, theme, fonts));
    out.push_str(faces);
    // A parser of HTML makes line feeds of carriage returns, and a sign of NUL.
    let css = css.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    out.push_str(css.trim());
    // In CSS a backslash before a slash changes nothing; in HTML it keeps the element open.
    out.replace("</", "<\\/")
}

/// Where the text begins: the `main` element, if it has an id.
fn target_of_skip_link(document: &Document) -> Option<String> {
    let main = document
        .descendants(Document::ROOT)
        .find(|&id| document.get(id).is("main"))?;
    document.get(main).attr("id").map(str::to_owned)
}

/// The addition to the policy if the page embeds fonts.
const FONTS: &str = " font-src data:;";

fn head(meta: &Meta, style: &str, fonts: &str, out: &mut String) {
    let language = escape_attribute(&meta.language);
    let title = escape_text(&meta.title);
    let description = escape_attribute(&meta.description);
    let author = escape_attribute(&meta.author);
    // Only this style sheet and this script may run, named by their digests; pictures and fonts
    // only from the file itself.
    let script = script::text(meta);
    let [style_digest, script_digest] =
        [style, &script].map(|text| base64(&Sha256::digest(text.as_bytes())));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style_digest}'; script-src 'sha256-{script_digest}'; \
         img-src data:;{fonts} base-uri 'none'; form-action 'none'"
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
    if let Some(identity) = &meta.identity {
        identity::write(identity, out);
    }
    writeln!(
        out,
        "<meta name=\"color-scheme\" content=\"light dark\">\n<style>{style}</style>\n\
         <script type=\"module\">{script}</script>\n</head>\n<body>"
    )
    .expect("strings take all");
}

/// The words of a page as a reader meets them: what stands in the body, without the skip link.
pub fn text_of(html: &str) -> String {
    // The last one: a style sheet may hold the letters of a tag, the body holds none.
    let body = html.rsplit_once("<body>").map_or(html, |(_, body)| body);
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

#[cfg(test)]
mod testing {
    use crate::theme::Theme;

    /// The default theme.
    pub(super) fn theme() -> Theme {
        let theme = toml::from_str(include_str!("../../templates/default/theme.toml"));
        theme.expect("the default theme is sound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_with(html: &str, css: &str, title: &str) -> String {
        let meta = Meta {
            title: title.into(),
            description: "«\"Utkast\"» <b>".into(),
            language: "nb".into(),
            skip_label: "Hopp til <hovedinnhold>".into(),
            page_x_of_y: "Side {x} av {y}".into(),
            ..Meta::default()
        };
        let parsed = dom::parse(html, meta);
        let (theme, fonts) = (testing::theme(), Fonts::embedded());
        write(&parsed.document, &theme, &fonts, css, &BTreeMap::new())
    }

    fn page(html: &str) -> String {
        page_with(html, "p{margin:0}", "A & B")
    }

    #[test]
    fn only_a_page_that_shows_changes_has_a_colour_for_them() {
        let words = vec![("next_change", "Neste endring".to_owned())];
        let page = |redline_words| {
            let meta = Meta {
                redline_words,
                ..Meta::default()
            };
            let document = dom::parse("<p>a</p>", meta).document;
            let (theme, fonts) = (testing::theme(), Fonts::embedded());
            write(&document, &theme, &fonts, "", &BTreeMap::new())
        };
        assert!(page(words).contains("--added:#"));
        assert!(!page(Vec::new()).contains("--added"));
    }

    /// The text of the `style` element as a browser reads it, and the rest of the page.
    fn style_of(page: &str) -> (&str, String) {
        let (head, rest) = page.split_once("<style>").expect("there is a style");
        let end = rest.find("</style").expect("the style ends");
        (&rest[..end], format!("{head}{}", &rest[end..]))
    }

    #[test]
    fn the_page_reads_as_the_tree_without_its_skip_link() {
        let html = "<main id=\"content\"><h1>Én &lt;to&gt;</h1><p>Ja<br>nei</p></main>";
        assert_eq!(
            text_of(&page(html)).split_whitespace().collect::<Vec<_>>(),
            ["Én", "<to>", "Ja", "nei"]
        );
        let skip = "<a class=\"skip\" href=\"#content\">Hopp til &lt;hovedinnhold&gt;</a>";
        assert!(page(html).contains(skip));
    }

    #[test]
    fn a_page_without_a_named_main_has_no_skip_link_to_nowhere() {
        assert!(!page("<main><p>Ja</p></main>").contains("class=\"skip\""));
    }

    #[test]
    fn the_head_holds_words_and_never_tags_of_its_labels() {
        let page = page_with("<main></main>", "", "</title><script>1</script>");
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;1&lt;/script&gt;</title>"));
        let description = "content=\"«&quot;Utkast&quot;» &lt;b&gt;\"";
        assert!(page.contains(description));
        assert_eq!(page.matches("<script").count(), 1, "its own");
    }

    #[test]
    fn the_policy_names_the_digest_of_the_bytes_that_a_browser_reads() {
        let css = "/* æ <body> */\r\np{margin:0}\rq::before{content:\"</StYle>\"}\0\n";
        let page = page_with("<main>Ja</main>", css, "A");
        let (style, rest) = style_of(&page);
        let (_, script) = rest
            .split_once("<script type=\"module\">")
            .expect("there is a script");
        let (script, _) = script.split_once("</script").expect("the script ends");
        assert!(
            style.ends_with("q::before{content:\"<\\/StYle>\"}"),
            "{style}"
        );
        assert!(!style.contains(['\r', '\0']));
        let [style, script] = [style, script].map(|text| base64(&Sha256::digest(text.as_bytes())));
        let policy = format!(
            "content=\"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
             img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">"
        );
        assert!(rest.contains(&policy));
        assert_eq!(text_of(&page).trim(), "Ja");
    }
}
