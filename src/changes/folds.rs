//! Which changes are no more than a count in a folded line.

use super::{BlockKind, Change, Edit, Fold, Subject, What};
use std::collections::BTreeSet;

/// Folds what changes nothing of what is said: other numbers, another form, another place. What has
/// moved and is changed besides is told.
pub(super) fn fold(changes: &mut [Change]) {
    let own: BTreeSet<(Subject, Option<String>)> = changes
        .iter()
        .filter(|change| of_itself(&change.what).is_none())
        .map(|change| (change.subject.clone(), place(change)))
        .collect();
    let subjects: BTreeSet<Subject> = own.iter().map(|(subject, _)| subject.clone()).collect();
    for change in changes {
        let Some(fold) = of_itself(&change.what) else {
            continue;
        };
        let is_told = match &change.what {
            What::Moved(..) => subjects.contains(&change.subject),
            What::Text {
                edit: Edit::Moved(_),
                ..
            } => own.contains(&(change.subject.clone(), place(change))),
            _ => false,
        };
        change.fold = (!is_told).then_some(fold);
    }
}

/// Where a change in a text stands.
fn place(change: &Change) -> Option<String> {
    let block: Option<BlockKind> = match change.what {
        What::Text { block, .. } => Some(block),
        _ => None,
    };
    change.anchor.clone().filter(|_| block.is_some())
}

fn of_itself(what: &What) -> Option<Fold> {
    match what {
        What::Renumbered(..) => Some(Fold::Renumbered),
        What::Moved(..) | What::Order(_) => Some(Fold::Moved),
        What::Text { edit, .. } => match edit {
            Edit::Moved(_) => Some(Fold::Moved),
            Edit::Form => Some(Fold::Typography),
            Edit::Added(_)
            | Edit::Struck(_)
            | Edit::Words(_)
            | Edit::Rewritten(..)
            | Edit::Links => None,
        },
        What::Added
        | What::Struck
        | What::Field { .. }
        | What::Picture(_)
        | What::Uncovered
        | What::Covered => None,
    }
}
