use super::{Code, Context, Rule, Severity, Sink};
use crate::model::{Block, ImageFile};

pub(super) static RULE: Rule = Rule {
    code: Code("A001"),
    name: "image-without-alt",
    severity: Severity::Error,
    docs: include_str!("image_without_alt.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let images = &context.strategy.images;
    for (_, block) in context.blocks() {
        let Block::Figure { image, alt, span } = block else {
            continue;
        };
        let id = image.id();
        let Some(registered) = images.iter().find(|i| Some(&i.id) == id.as_ref()) else {
            continue;
        };
        let pending = matches!(registered.file, ImageFile::Pending(_));
        if pending || registered.alt.is_some() || !alt.trim().is_empty() {
            continue;
        }
        let message = format!(
            "the picture `{}` has no alternative text",
            registered.id.name
        );
        let hint = "describe it with `alt` in images.toml, or between the brackets here; \
                    a decoration has `alt = \"\"`";
        let missing = RULE.at(*span, message);
        sink.report(missing.also(registered.span, "the picture").hint(hint));
    }
}
