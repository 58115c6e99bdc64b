use super::{Code, Context, Rule, Severity, Sink};
use crate::model::ImageFile;
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code("C010"),
    name: "unused-image",
    severity: Severity::Warning,
    docs: include_str!("unused_image.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let mut used = BTreeSet::new();
    for mention in context.mentions.iter().filter(|m| m.key.is_none()) {
        used.extend(mention.reference.id());
    }
    for image in &context.strategy.images {
        // A picture that is still to come is waited for, not forgotten.
        let here = matches!(image.file, ImageFile::Path(_));
        if here && !used.contains(&image.id) {
            let message = format!("no text shows the picture `{}`", image.id.name);
            let hint = format!(
                "write `![](image/{})` where it belongs, or remove the picture",
                image.id.name
            );
            sink.report(RULE.at(image.span, message).hint(hint));
        }
    }
}
