//! Resolves a revision to a commit, with suggestions if there is none.

use super::error::GitError;
use gix::objs::Kind;
use gix::revision::Spec;
use gix::revision::spec::parse::{self, ObjectKindHint, Options};
use gix::{Commit, ObjectId, Repository};

/// How alike a name must be to be meant (Jaro-Winkler, 0 to 1), and how many are told: branches are
/// often named in a row, so the nearest is not always the one.
const MEANT: f64 = 0.8;
const TOLD: usize = 3;
/// Fewest digits by which a commit is named.
const FEWEST_DIGITS: usize = 7;

/// The commit that a revision means.
pub(super) fn commit<'r>(
    repository: &'r Repository,
    revision: &str,
) -> Result<Commit<'r>, GitError> {
    let base = base_of(revision);
    let names = same_names(repository, base);
    if names.len() > 1 {
        let rest = &revision[base.len()..];
        let meanings = names.iter().map(|name| format!("{name}{rest}"));
        return Err(GitError::Ambiguous {
            revision: revision.to_owned(),
            meanings: meanings.collect(),
        });
    }
    let found = parse(repository, revision).map_err(|e| unknown(repository, revision, base, &e))?;
    let not_a_commit = |kind: String| GitError::NotACommit {
        revision: revision.to_owned(),
        kind,
    };
    let single = found.single();
    let id = single.ok_or_else(|| not_a_commit("more than one commit".to_owned()))?;
    let missing = |id: ObjectId, error: gix::Error| match is_shallow(repository) {
        true => GitError::Shallow {
            revision: revision.to_owned(),
        },
        false => GitError::damaged(revision, id, &error),
    };
    let mut id = id.detach();
    loop {
        let object = repository.find_object(id).map_err(|e| missing(id, e))?;
        let damaged = |error| GitError::damaged(revision, id, &error);
        id = match object.kind {
            Kind::Commit => return object.try_into_commit().map_err(damaged),
            Kind::Tag => object.try_to_tag_ref().map_err(damaged)?.target(),
            Kind::Tree => return Err(not_a_commit("a folder".to_owned())),
            Kind::Blob => return Err(not_a_commit("a file".to_owned())),
        };
    }
}

/// The type of the object that a revision names.
fn parse<'r>(repository: &'r Repository, revision: &str) -> Result<Spec<'r>, gix::Error> {
    let options = Options {
        object_kind_hint: Some(ObjectKindHint::Committish),
        ..Options::default()
    };
    Spec::from_bstr(revision, repository, options)
}

/// The name that a revision starts from: `main` in `main~3`.
fn base_of(revision: &str) -> &str {
    let ends = ["~", "^", "@{", ":"].map(|sign| revision.find(sign));
    let end = ends.into_iter().flatten().min();
    &revision[..end.unwrap_or(revision.len())]
}

/// The longer names of branches and tags that are called the same and do not mean the same: git would
/// take the tag and warn.
fn same_names(repository: &Repository, name: &str) -> Vec<String> {
    let mut found: Vec<(String, Option<ObjectId>)> = Vec::new();
    for kind in ["tags", "heads"] {
        let long = format!("{kind}/{name}");
        let reference = repository.try_find_reference(&format!("refs/{long}"));
        let Ok(Some(mut reference)) = reference else {
            continue;
        };
        let target = reference.peel_to_id().ok().map(gix::Id::detach);
        if !found.iter().any(|(_, other)| *other == target) {
            found.push((long, target));
        }
    }
    found.into_iter().map(|(long, _)| long).collect()
}

fn is_shallow(repository: &Repository) -> bool {
    repository.is_shallow().unwrap_or(false)
}

/// Why a revision means nothing.
fn unknown(repository: &Repository, revision: &str, base: &str, error: &gix::Error) -> GitError {
    let revision = revision.to_owned();
    let mut errors = error.iter_errors();
    let candidates = errors.find_map(|error| match error.downcast_ref()? {
        parse::Error::AmbiguousPrefix { candidates, .. } => Some(candidates),
        _ => None,
    });
    if let Some(candidates) = candidates {
        let meanings = candidates.iter().map(|(prefix, _)| prefix.to_string());
        return GitError::Ambiguous {
            revision,
            meanings: meanings.collect(),
        };
    }
    let names = names(repository);
    let unborn = repository.head().is_ok_and(|head| head.is_unborn());
    if unborn && (names.is_empty() || matches!(base, "" | "@" | "HEAD")) {
        return GitError::NoCommit;
    }
    let shallow = is_shallow(repository);
    let rest = &revision[base.len()..];
    if !base.is_empty() && !rest.is_empty() && parse(repository, base).is_ok() {
        let goes_back = rest.starts_with(['~', '^']);
        return match shallow && goes_back {
            true => GitError::Shallow { revision },
            false => GitError::NoWay {
                base: base.to_owned(),
                revision,
            },
        };
    }
    let is_number = base.len() >= FEWEST_DIGITS && base.bytes().all(|b| b.is_ascii_hexdigit());
    if shallow && is_number {
        return GitError::Shallow { revision };
    }
    GitError::NoRevision {
        near: near(base, &names),
        revision,
        shallow,
    }
}

/// The names of all branches and tags, branches of other places too.
fn names(repository: &Repository) -> Vec<String> {
    let Ok(references) = repository.references() else {
        return Vec::new();
    };
    let kinds = [
        references.local_branches(),
        references.tags(),
        references.remote_branches(),
    ];
    let references = kinds.into_iter().flatten().flatten().flatten();
    let names = references.map(|reference| reference.name().shorten().to_string());
    // What the other place has checked out is one of its branches.
    names.filter(|name| !name.ends_with("/HEAD")).collect()
}

/// The names that were probably meant, the nearest first.
fn near(word: &str, names: &[String]) -> Vec<String> {
    let alike = |name: &String| {
        // A branch that only another place has is often called without that place.
        let last = name.split_once('/').map_or(name.as_str(), |(_, last)| last);
        let alike = strsim::jaro_winkler(word, name);
        alike.max(strsim::jaro_winkler(word, last))
    };
    let scored = names.iter().map(|name| (alike(name), name));
    let mut scored: Vec<_> = scored.filter(|(alike, _)| *alike >= MEANT).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let names = scored.into_iter().take(TOLD);
    names.map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first_and_without_their_place() {
        let names = ["main", "origin/utkast", "utkast-1", "v0.4"].map(String::from);
        assert_eq!(near("utkst", &names), ["origin/utkast", "utkast-1"]);
        assert_eq!(near("mian", &names), ["main"]);
        assert!(near("budsjett", &names).is_empty());
    }

    #[test]
    fn a_revision_starts_from_a_name() {
        let of = [
            ("main~3", "main"),
            ("HEAD^2~1", "HEAD"),
            ("main@{1}", "main"),
            ("@", "@"),
            ("v0.4:strategy", "v0.4"),
            ("ola@sted", "ola@sted"),
            ("", ""),
        ];
        for (revision, base) in of {
            assert_eq!(base_of(revision), base);
        }
    }
}
