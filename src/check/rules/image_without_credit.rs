use super::{Code, Context, Rule, Severity, Sink};
use crate::model::ImageFile;

pub(super) static RULE: Rule = Rule {
    code: Code("C005"),
    name: "image-without-credit",
    severity: Severity::Warning,
    docs: include_str!("image_without_credit.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for image in &context.strategy.images {
        // What is not here yet can still get its credit and terms.
        if matches!(image.file, ImageFile::Pending(_)) {
            continue;
        }
        let name = &image.id.name;
        if image.credits.is_empty() {
            let message = format!("picture `{name}` has no credits");
            let hint = "add `credits = [{ name = \"…\" }]`";
            sink.report(RULE.at(image.span, message).hint(hint));
        }
        if image.licence.is_none() {
            let message = format!("picture `{name}` has no licence");
            let hint = "add `licence = \"…\"`; an address on the web is not a licence";
            sink.report(RULE.at(image.span, message).hint(hint));
        }
    }
}
