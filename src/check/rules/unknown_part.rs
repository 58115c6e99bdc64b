use super::{Code, Context, Rule, Severity, Sink};

pub(super) static RULE: Rule = Rule {
    code: Code("M008"),
    name: "unknown-part",
    severity: Severity::Error,
    docs: include_str!("unknown_part.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    let Some(workshop) = &context.strategy.workshop else {
        return;
    };
    for input in &workshop.inputs {
        let id = input.question.id();
        let mut questions = workshop.questions.iter();
        let Some(question) = questions.find(|q| Some(&q.item.id) == id.as_ref()) else {
            continue;
        };
        let letters: Vec<_> = question
            .parts
            .iter()
            .map(|p| format!("`{}`", *p.letter))
            .collect();
        match &input.part {
            Some(part) if !question.parts.iter().any(|p| p.letter.value == part.value) => {
                let message = format!("question {} has no part `{}`", *question.number, part.value);
                let unknown = RULE
                    .at(part.span, message)
                    .also(question.number.span, "the question");
                sink.report(match letters.is_empty() {
                    true => unknown.hint("remove `part`: the question has no parts"),
                    false => unknown.hint(format!("write one of {}", letters.join(", "))),
                });
            }
            None if !letters.is_empty() => {
                let message = format!(
                    "the answer does not name a part of question {}",
                    *question.number
                );
                let hint = format!("add `part`: one of {}", letters.join(", "));
                sink.report(RULE.at(input.span, message).hint(hint));
            }
            _ => {}
        }
    }
}
