//! Words in another language: `[Adaptation](lang/en)` (WCAG 2.1, SC 3.1.2).

use super::{BodyParser, rules};
use crate::files::Span;
use crate::language::tag::is_tag;
use crate::model::{Block, Inline, Link, Reference};

/// The prefix of the target; no kind of items has this word.
const KIND: &str = "lang/";

/// The target of a link that says of which language its words are.
pub(super) fn tag(link: &Link) -> Option<&Reference> {
    match link {
        Link::Item { item, .. } if item.target.starts_with(KIND) => Some(item),
        _ => None,
    }
}

impl BodyParser<'_> {
    /// Words of another language.
    pub(super) fn foreign(&mut self, target: &Reference, content: Vec<Inline>) -> Inline {
        let language = &target.target[KIND.len()..];
        let said = if !is_tag(language) {
            let message = format!("`{language}` is not a language tag");
            let hint = "write its code of BCP 47, such as `lang/en` or `lang/se`";
            Some((message, hint))
        } else if Inline::plain(&content).trim().is_empty() {
            let message = format!("there is no text for the language `{language}` here");
            Some((
                message,
                "write the text between the brackets, or remove the link",
            ))
        } else {
            None
        };
        if let Some((message, hint)) = said {
            let said = rules::WRONG_VALUE.at(target.span, message);
            self.sink.report(said.hint(hint));
        }
        Inline::Foreign {
            language: language.to_owned(),
            content,
        }
    }
}

/// A quotation. If each of its paragraphs is wholly of one other language, all of it is.
pub(super) fn quote(mut blocks: Vec<Block>, span: Span) -> Block {
    let language = match blocks.first() {
        Some(first) => language_of(first).map(str::to_owned),
        None => None,
    };
    let language = language.filter(|l| blocks.iter().all(|b| language_of(b) == Some(l)));
    if language.is_some() {
        for block in &mut blocks {
            if let Block::Paragraph { content, .. } = block
                && let Some(Inline::Foreign { content: words, .. }) = content.pop()
            {
                *content = words;
            }
        }
    }
    Block::Quote {
        blocks,
        language,
        span,
    }
}

/// The language of a paragraph that is nothing but words of it.
fn language_of(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { content, .. } => match &content[..] {
            [Inline::Foreign { language, .. }] => Some(language),
            _ => None,
        },
        _ => None,
    }
}
