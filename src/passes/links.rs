//! Checks that links inside the document have a target.

use super::located;
use super::rules;
use crate::diag::Diagnostic;
use crate::dom::Document;
use crate::templates::TemplateSet;
use std::collections::BTreeSet;

/// Turns each link to an id that is not there into plain text, and says so.
pub(super) fn check(document: &mut Document, set: &TemplateSet) -> Vec<Diagnostic> {
    let all: Vec<_> = document.descendants(Document::ROOT).collect();
    let ids = all
        .iter()
        .filter_map(|&id| document.get(id).attr("id").map(str::to_owned));
    let ids: BTreeSet<String> = ids.collect();
    let mut problems = Vec::new();
    for id in all {
        let node = document.get(id);
        let target = node.attr("href").and_then(|href| href.strip_prefix('#'));
        let Some(target) = target.filter(|t| node.is("a") && !ids.contains(*t)) else {
            continue;
        };
        let message = format!("the link to `#{target}` leads nowhere in this document");
        let found = rules::BROKEN_LINK.nowhere(message);
        let hint = format!("give the element that it is meant for `id=\"{target}\"`");
        problems.push(located(document, set, id, found.hint(hint)));
        document.unlink(id);
    }
    problems
}
