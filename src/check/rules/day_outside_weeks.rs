use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M032"),
    name: "day-outside-weeks",
    severity: Severity::Error,
    docs: include_str!("day_outside_weeks.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let Some(weeks) = &step.weeks else { continue };
        let (from, to) = (weeks.first.monday(), weeks.last.sunday());
        let mut report = |span, message: String| {
            let wrong = RULE.at(span, message);
            let wrong = wrong.also(weeks.span, format!("they run from {from} to {to}"));
            sink.report(wrong.hint("correct the day or the weeks; check the year, too"));
        };
        let name = &step.id.name;
        if let Some(meeting) = &step.meeting
            && !weeks.contain(meeting.value)
        {
            let message = format!("the meeting of step `{name}` is not in its weeks");
            report(meeting.span, message);
        }
        // Papers go out before the weeks as often as in them.
        if let Some(dispatch) = &step.dispatch
            && dispatch.value > to
        {
            let message = format!("the papers of step `{name}` are sent out after its weeks");
            report(dispatch.span, message);
        }
    }
}
