//! Metadata of the document: title, version, status, identity.

use crate::dom::{Identity, Meta, Since};
use crate::model::{Audience, Status, Strategy, short_digest};
use crate::templates::{self, Labels};

/// The names of the labels that the page's script needs.
pub const PAGE_WORDS: [&str; 6] = [
    "copy_link",
    "link_copied",
    "show_links",
    "inputs_from",
    "all_groups",
    "inputs_shown",
];

/// The names of the labels that the script of a page that shows changes needs.
pub const REDLINE_WORDS: [&str; 5] = [
    "show_change_words",
    "change_keys",
    "previous_change",
    "next_change",
    "change_reached",
];

/// The metadata of the document.
pub(super) fn meta(strategy: &Strategy, labels: &Labels, audience: Audience) -> Meta {
    let (version, title) = (&strategy.version, strategy.title.value.as_str());
    let status = labels.get(templates::label_of(version.status));
    let council = strategy.council.name.value.as_str();
    let values = [
        ("title", title),
        ("version", &version.number),
        ("council", council),
    ];
    let number = labels.fill("version_n", &[("n", &version.number)]);
    let date = labels.date(&version.date);
    let digest = short_digest(&version.manifest.digest).to_owned();
    let mut state = vec![number.clone(), status.to_owned()];
    // The status stands once on a page: as a mark, or where it says that the text holds.
    let (mut running_version, draft_mark) = match version.status {
        Status::Adopted => (state.clone(), String::new()),
        _ => (vec![number], status.to_owned()),
    };
    running_version.extend([date, digest]);
    running_version.retain(|part| !part.is_empty());
    // What is not for everybody says so on every page.
    let internal =
        (audience > Audience::Public).then(|| labels.get(templates::access_of(audience)));
    state.extend(internal.map(str::to_owned));
    let short = strategy.council.short.as_ref();
    let description = strategy.description.as_ref().or(strategy.subtitle.as_ref());
    Meta {
        title: labels.fill("document_title", &values),
        language: strategy.language.tag.to_owned(),
        author: council.to_owned(),
        description: description.map_or_else(String::new, |d| d.value.clone()),
        date: format!("{}T00:00:00Z", strategy.day()),
        running_title: short.map_or_else(
            || title.to_owned(),
            |short| format!("{} · {title}", short.value),
        ),
        running_status: internal.unwrap_or_default().to_owned(),
        draft_mark,
        running_version,
        state: state.join(" · "),
        page_x_of_y: labels.get("page_x_of_y").to_owned(),
        skip_label: labels.get("skip_to_content").to_owned(),
        page_words: PAGE_WORDS
            .map(|name| (name, labels.get(name).to_owned()))
            .into(),
        redline_words: Vec::new(),
        identity: Some(Identity {
            title: title.to_owned(),
            council: council.to_owned(),
            version: version.number.value.clone(),
            status: version.status.as_str().to_owned(),
            date: version.date.for_machines(),
            audience: match audience {
                Audience::Public => "public".to_owned(),
                Audience::Internal => "internal".to_owned(),
            },
            digest: version.manifest.digest.clone(),
            since: Since::default(),
        }),
    }
}

/// Turns what the document says of itself into what a redline says, which starts from `old`.
pub(super) fn of_redline(meta: &mut Meta, old: &Strategy, labels: &Labels) {
    let name = labels.get("redline");
    let words = REDLINE_WORDS.map(|word| (word, labels.get(word).to_owned()));
    meta.redline_words = words.into();
    let Some(identity) = &mut meta.identity else {
        return;
    };
    let numbers = [
        ("old", old.version.number.value.as_str()),
        ("new", &identity.version),
    ];
    let between = labels.fill("redline_between", &numbers);
    meta.title = format!("{between} – {}", meta.title);
    let digest = short_digest(&identity.digest).to_owned();
    meta.state = between.clone();
    meta.running_version = vec![between, digest];
    meta.draft_mark = name.to_owned();
    identity.since = Since {
        version: old.version.number.value.clone(),
        status: old.version.status.as_str().to_owned(),
        digest: old.version.manifest.digest.clone(),
    };
}
