use super::{Code, Context, Rule, Severity, Sink, each_link};
use crate::diag::{did_you_mean, nearest};
use crate::model::{Id, Link, Located, Text};

pub(super) static RULE: Rule = Rule {
    code: Code("M012"),
    name: "unknown-place",
    severity: Severity::Error,
    docs: include_str!("unknown_place.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for (_, block) in context.blocks() {
        for (line, _) in block.lines() {
            each_link(line, &mut |link, _| {
                if let Link::Item { item, place } = link
                    && let (Some(id), Some(place)) = (item.id(), place)
                    && is_read(context, &id)
                {
                    let text = context.items().find(|item| item.id == id);
                    look(&id, text.map(|item| &item.text), place, sink);
                }
            });
        }
    }
}

/// Whether all that has the id could be read; what else is wrong with it is said elsewhere.
fn is_read(context: &Context<'_>, id: &Id) -> bool {
    context.ids.contains_key(id) && !context.strategy.unreadable.contains(id)
}

fn look(id: &Id, text: Option<&Text>, place: &Located<String>, sink: &mut Sink) {
    let names = || text.iter().flat_map(|text| text.names.values());
    if names().any(|name| name.value == place.value) {
        return;
    }
    let message = format!("there is no place `{}` in `{id}`", place.value);
    let unknown = RULE.at(place.span, message);
    let alike = nearest(&place.value, names().map(|name| name.value.as_str()));
    sink.report(match alike {
        Some(meant) => unknown.hint(did_you_mean(&format!("{id}#{meant}"))),
        None => unknown.hint(format!(
            "name the place with `{{#name}}` at the end of its paragraph, or link to `{id}`"
        )),
    });
}
