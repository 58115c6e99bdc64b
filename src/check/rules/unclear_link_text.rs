use super::{Code, Context, Rule, Severity, Sink, each_link};
use crate::files::Span;
use crate::language::LANGUAGES;
use crate::model::{Inline, Link};

pub(super) static RULE: Rule = Rule {
    code: Code("A002"),
    name: "unclear-link-text",
    severity: Severity::Warning,
    docs: include_str!("unclear_link_text.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for (_, block) in context.blocks() {
        for (line, span) in block.lines() {
            each_link(line, &mut |link, content| {
                let text = Inline::plain(content);
                if let Some(what) = unclear(&text, link) {
                    let place = narrow(context, span, &text);
                    let hint = "describe the target in the text of the link";
                    sink.report(RULE.at(place, what).hint(hint));
                }
            });
        }
    }
}

fn unclear(text: &str, link: &Link) -> Option<String> {
    let said = text.trim().to_lowercase();
    if matches!(link, Link::Item { item, .. } if item.target == text) {
        return Some("the link has no text, so it shows the id".to_owned());
    }
    if LANGUAGES.iter().any(|language| language.vague_links.contains(&said.as_str())) {
        return Some(format!(
            "the link text «{}» does not describe the target",
            text.trim()
        ));
    }
    // An address of mail or a number to call is what one wants to read.
    let bare = matches!(link, Link::Address(to) if to.starts_with("http"))
        && ["http://", "https://", "www."]
            .iter()
            .any(|start| said.starts_with(start));
    bare.then(|| "the link shows an address instead of text".to_owned())
}

/// The words of the link in the source, where they stand there as they are read.
fn narrow(context: &Context<'_>, line: Span, text: &str) -> Span {
    let source = context.sources.slice(line);
    let found = ["[", "<"].iter().find_map(|before| {
        let at = source.find(&format!("{before}{text}"))?;
        Some(line.start as usize + at + before.len())
    });
    match found {
        Some(start) if !text.is_empty() => Span::new(line.file, start..start + text.len()),
        _ => line,
    }
}
