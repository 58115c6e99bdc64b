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
            let message = format!("picture `{}` is still missing", image.id.name);
            let hint = "add the file to `images/`, and replace `pending` by `file`";
            sink.report(RULE.at(why.span, message).hint(hint));
        }
    }
}
