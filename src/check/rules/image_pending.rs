use super::{Code, Context, Rule, Severity, Sink};
use crate::model::ImageFile;

pub(super) static RULE: Rule = Rule {
    code: Code("C004"),
    name: "image-pending",
    severity: Severity::Warning,
    docs: include_str!("image_pending.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for image in &context.strategy.images {
        if let ImageFile::Pending(why) = &image.file {
            let message = format!("picture `{}` is not here yet", image.id.name);
            let hint = "put the file into `images/`, and write `file` instead of `pending`";
            sink.report(RULE.at(why.span, message).hint(hint));
        }
    }
}
