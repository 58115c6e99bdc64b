use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M006"),
    name: "step-without-subject",
    severity: Severity::Error,
    docs: include_str!("step_without_subject.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let name = &step.id.name;
        match (&step.body, &step.phase) {
            (None, None) => {
                let message = format!("step `{name}` has neither a body nor a phase");
                let hint =
                    "add `body = \"body/…\"` for a meeting, or `phase = \"…\"` for other work";
                sink.report(RULE.at(step.span, message).hint(hint));
            }
            (Some(body), Some(phase)) => {
                let message = format!("step `{name}` has both a body and a phase");
                let both = RULE
                    .at(phase.span, message)
                    .also(body.span, "the body is here");
                sink.report(both.hint("keep the one that the first column of the plan shows"));
            }
            _ => {}
        }
    }
}
