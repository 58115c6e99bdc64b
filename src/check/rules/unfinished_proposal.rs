use super::{Code, Context, Rule, Severity, Sink};
use crate::files::Span;
use crate::model::{ImageFile, Status};

pub(super) static RULE: Rule = Rule {
    code: Code("C012"),
    name: "unfinished-proposal",
    severity: Severity::Error,
    docs: include_str!("unfinished_proposal.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let s = context.strategy;
    if s.version.status < Status::Proposed {
        return;
    }
    let status = s.version.status.as_str();
    let mut report = |span: Span, what: String| {
        let message = format!("{what}, but the status is `{status}`");
        let hint = "finish it, or go back to the status `draft`";
        sink.report(RULE.at(span, message).hint(hint));
    };
    for measure in &s.measures {
        let (span, name) = (measure.item.span, &measure.item.id.name);
        if measure.item.comes_from.is_empty() {
            report(
                span,
                format!("measure `{name}` does not say what it comes from"),
            );
        }
        if measure.responsible.is_empty() {
            report(span, format!("nobody answers for measure `{name}`"));
        }
    }
    for finding in s.findings.iter().filter(|f| f.provisional) {
        let name = &finding.item.id.name;
        report(
            finding.item.span,
            format!("finding `{name}` is provisional"),
        );
    }
    for image in &s.images {
        if let ImageFile::Pending(why) = &image.file {
            report(
                why.span,
                format!("picture `{}` is not here yet", image.id.name),
            );
        }
    }
}
