use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M031"),
    name: "dispatch-after-meeting",
    severity: Severity::Error,
    docs: include_str!("dispatch_after_meeting.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let (Some(dispatch), Some(meeting)) = (&step.dispatch, &step.meeting) else {
            continue;
        };
        if dispatch.value < meeting.value {
            continue;
        }
        let message = match dispatch.value == meeting.value {
            true => "the papers are sent out on the day of the meeting itself".to_owned(),
            false => format!(
                "the papers are sent out on {}, after the meeting on {}",
                dispatch.value, meeting.value
            ),
        };
        let wrong = RULE
            .at(dispatch.span, message)
            .also(meeting.span, "the body meets on this day");
        sink.report(wrong.hint("choose a day before `meeting` for `dispatch`"));
    }
}
