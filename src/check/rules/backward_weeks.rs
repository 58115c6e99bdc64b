use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M005"),
    name: "backward-weeks",
    severity: Severity::Error,
    docs: include_str!("backward_weeks.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for step in context.strategy.process.iter().flat_map(|p| &p.steps) {
        let Some(weeks) = &step.weeks else { continue };
        if weeks.last >= weeks.first {
            continue;
        }
        let (first, last) = (weeks.first, weeks.last);
        let message = format!(
            "the step ends in week {} of {}, before it starts in week {} of {}",
            last.week, last.year, first.week, first.year
        );
        let hint = match first.year == last.year {
            true => format!(
                "swap the weeks, or add `to_year = {}` if they run over New Year",
                first.year + 1
            ),
            false => "set `to_year` to the year of the last week".to_owned(),
        };
        sink.report(RULE.at(weeks.span, message).hint(hint));
    }
}
