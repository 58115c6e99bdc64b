//! Each change as a sentence, in the language of the document.
//!
//! The sentences stand in the table of labels; here they are filled with names, values and words.

use super::texts::pairs;
use super::{
    BlockKind, Change, Changes, Chapter, Edit, FieldValue, FileChange, Fold, Remark, Subject,
    VersionName, What,
};
use crate::language;
pub(super) use crate::model::field_label;
use crate::model::{Audience, FieldInfo, Kind, Status, Week, Weeks};
use crate::templates::{Labels, access_of, label_of};
use jiff::civil;
use std::collections::BTreeSet;

/// The most words of a text or a value that a sentence repeats.
const MOST_WORDS: usize = 16;

/// The most places of a line whose words a sentence repeats.
const MOST_PAIRS: usize = 3;

/// Fewer words than these are no sentence.
const FEW_WORDS: usize = 5;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words.
    Words(String),
    /// What something is called; it leads to where the change is shown.
    Name(String),
    /// A value or words as they were.
    Old(String),
    /// A value or words as they are.
    New(String),
}

impl Part {
    /// What is read.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Name(text) | Self::Old(text) | Self::New(text) => text,
        }
    }
}

/// Words changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording<'l> {
    labels: &'l Labels,
}

impl<'l> Wording<'l> {
    /// In the language of these labels.
    pub(crate) fn new(labels: &'l Labels) -> Self {
        Self { labels }
    }

    /// A change as a sentence, without a full stop.
    pub(crate) fn sentence(&self, change: &Change) -> Vec<Part> {
        let mut slots = Slots {
            subject: self.subject(&change.subject),
            ..Slots::default()
        };
        let key = match &change.what {
            What::Added => "list_added",
            What::Struck => "list_struck",
            What::Moved(Some(old), Some(new)) if old != new => {
                slots.old = vec![Part::Old(old.clone())];
                slots.new = vec![Part::New(new.clone())];
                "list_moved_from"
            }
            What::Moved(..) => "list_moved",
            What::Renumbered(old, new) => {
                slots.old = vec![Part::Old(old.clone())];
                slots.new = vec![Part::New(new.clone())];
                "list_renumbered"
            }
            What::Field { key, old, new } => self.field(key, old, new, &mut slots),
            What::Order(key) => {
                slots.name = self.field_name(key);
                "list_order"
            }
            What::Picture(FileChange::Added) => "list_picture_added",
            What::Picture(FileChange::Struck) => "list_picture_struck",
            What::Picture(FileChange::Replaced) => "list_picture",
            What::Uncovered => "list_uncovered",
            What::Covered => "list_covered",
            What::Text { block, edit } => {
                slots.name = self.labels.get(block_label(*block)).to_owned();
                return self.text(edit, slots);
            }
        };
        self.compose(key, &slots)
    }

    /// The same as words alone.
    pub(crate) fn plain(&self, change: &Change) -> String {
        let parts = self.sentence(change).into_iter();
        let texts = parts.map(|part| match part {
            Part::Name(name) => self.quoted(&name),
            part => part.text().to_owned(),
        });
        texts.collect()
    }

    fn field(
        &self,
        key: &str,
        old: &[FieldValue],
        new: &[FieldValue],
        slots: &mut Slots,
    ) -> &'static str {
        slots.name = self.field_name(key);
        slots.old = vec![Part::Old(self.values(key, old))];
        slots.new = vec![Part::New(self.values(key, new))];
        let of_kind = |kind: Kind| {
            let mut all = old.iter().chain(new);
            all.any(|value| matches!(value, FieldValue::Item { id, .. } if id.kind == kind))
        };
        let is_origin = key == "comes_from" || key == "sources";
        let is_flag = |values: &[FieldValue], flag: &str| matches!(values, [FieldValue::Setting(setting)] if setting == flag);
        let [is_on, was_on] = [new, old].map(|values| is_flag(values, "true"));
        if is_on || was_on {
            return if is_on {
                "list_flag_on"
            } else {
                "list_flag_off"
            };
        }
        match (old.is_empty(), new.is_empty()) {
            (true, false) if is_origin && of_kind(Kind::Source) => "list_source_added",
            (false, true) if is_origin && of_kind(Kind::Source) => "list_source_struck",
            (true, false) if key == "comes_from" => "list_origin_added",
            (false, true) if key == "comes_from" => "list_origin_struck",
            (true, _) => "list_field_set",
            (_, true) => "list_field_gone",
            _ => "list_field",
        }
    }

    fn text(&self, edit: &Edit, mut slots: Slots) -> Vec<Part> {
        let quoted = |words: &str| self.quoted(&cut(words, MOST_WORDS));
        match edit {
            Edit::Added(words) | Edit::Struck(words) if words.is_empty() => {
                let is_new = matches!(edit, Edit::Added(_));
                let key = if is_new {
                    "list_part_added"
                } else {
                    "list_part_struck"
                };
                self.compose(key, &slots)
            }
            Edit::Added(words) => {
                slots.new = vec![Part::New(quoted(words))];
                self.compose("list_text_added", &slots)
            }
            Edit::Struck(words) => {
                slots.old = vec![Part::Old(quoted(words))];
                self.compose("list_text_struck", &slots)
            }
            Edit::Words(runs) => {
                let pairs = pairs(runs);
                let is_short = |text: &str| text.split_whitespace().count() <= MOST_WORDS;
                let are_short = pairs.iter().all(|(a, b)| is_short(a) && is_short(b));
                if pairs.len() > MOST_PAIRS || !are_short {
                    let places = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
                    let stem = "list_text_edited";
                    let key = format!("{stem}_{}", self.labels.form(places));
                    slots.n = places.to_string();
                    return self.compose(&key, &slots);
                }
                let mut sentence = self.compose("list_text", &slots);
                for (at, (old, new)) in pairs.iter().enumerate() {
                    let mark = if at == 0 { " " } else { "; " };
                    sentence.push(Part::Words(mark.to_owned()));
                    // What was added behind other words begins with no comma.
                    let [was, is] = [old, new].map(|words| words.contains(char::is_alphanumeric));
                    let is_alone = was != is;
                    let words = |words: &str| match is_alone {
                        true => quoted(words.trim_start_matches([',', ';', ':', ' '])),
                        false => quoted(words),
                    };
                    let slots = Slots {
                        old: vec![Part::Old(words(old))],
                        new: vec![Part::New(words(new))],
                        ..Slots::default()
                    };
                    let key = match (was, is) {
                        (false, true) => "list_words_added",
                        (true, false) => "list_words_struck",
                        _ => "list_words",
                    };
                    sentence.extend(self.compose(key, &slots));
                }
                sentence
            }
            Edit::Rewritten(old, new) => {
                slots.old = vec![Part::Old(quoted(old))];
                slots.new = vec![Part::New(quoted(new))];
                self.compose("list_text_rewritten", &slots)
            }
            Edit::Moved(None) => self.compose("list_text_moved", &slots),
            Edit::Moved(Some(from)) => {
                slots.old = vec![Part::Old(self.quoted(from))];
                self.compose("list_text_moved_from", &slots)
            }
            Edit::Links => self.compose("list_text_links", &slots),
            Edit::Form => self.compose("list_text_form", &slots),
        }
    }

    /// «Tiltak *Felles innkjøp*».
    fn subject(&self, subject: &Subject) -> Vec<Part> {
        match subject {
            Subject::Item { id, title } => vec![
                Part::Words(format!("{} ", self.kind(id.kind))),
                Part::Name(title.clone()),
            ],
            Subject::Part(part) => vec![Part::Words(self.labels.get(part_label(part)).to_owned())],
            Subject::Place(words) => vec![Part::Name(cut(words, MOST_WORDS))],
        }
    }

    /// What one item of a kind is called: «Tiltak».
    fn kind(&self, kind: Kind) -> &str {
        let key = match kind {
            Kind::Term => "list_term",
            kind => kind.info().labels[0],
        };
        self.labels.get(key)
    }

    /// What a field is called inside a sentence: «frist».
    fn field_name(&self, key: &str) -> String {
        language::uncapitalized(self.labels.get(field_label(key)))
    }

    fn values(&self, key: &str, values: &[FieldValue]) -> String {
        let values = values.iter().map(|value| self.value(key, value));
        values.collect::<Vec<_>>().join(", ")
    }

    fn value(&self, key: &str, value: &FieldValue) -> String {
        match value {
            FieldValue::Words(words) => self.quoted(&cut(words, MOST_WORDS)),
            FieldValue::Item { id, title } => match id.kind {
                Kind::Body | Kind::Role => title.clone(),
                _ => self.quoted(title),
            },
            FieldValue::Date(date) => self.labels.date(date),
            FieldValue::Setting(setting) => self.setting(key, setting),
            FieldValue::Record(values) => match self.weeks(values) {
                Some(weeks) => weeks,
                None => {
                    let words = values.iter().map(|value| match value {
                        // A name or a case needs no marks.
                        FieldValue::Words(words)
                            if words.split_whitespace().count() < FEW_WORDS =>
                        {
                            words.clone()
                        }
                        value => self.value(key, value),
                    });
                    words.collect::<Vec<_>>().join(", ")
                }
            },
        }
    }

    /// «uke 9–19», if the values are two weeks.
    fn weeks(&self, values: &[FieldValue]) -> Option<String> {
        let [FieldValue::Setting(first), FieldValue::Setting(last)] = values else {
            return None;
        };
        let week = |text: &str| {
            let (year, week) = text.split_once("-W")?;
            Week::new(year.parse().ok()?, week.parse().ok()?)
        };
        let (first, last) = (week(first)?, week(last)?);
        Some(self.labels.weeks(Weeks { first, last }))
    }

    /// A word of a closed list, a day, or yes or no, as people say it.
    fn setting(&self, key: &str, setting: &str) -> String {
        let label = match (key, setting) {
            ("audience", "public") => access_of(Audience::Public),
            ("audience", "internal") => access_of(Audience::Internal),
            ("milestone", word) => Status::from_word(word).map_or("", label_of),
            _ => {
                let mut fields = FieldInfo::all().filter(|field| field.key == key);
                let label = fields.find_map(|field| field.choice(setting));
                label.unwrap_or_default()
            }
        };
        if !label.is_empty() {
            return language::uncapitalized(self.labels.get(label));
        }
        if let ("meeting" | "dispatch", Ok(day)) = (key, setting.parse::<civil::Date>()) {
            return self.labels.day(day);
        }
        if let ("baseline" | "target", Some((number, year))) = (key, setting.split_once(' '))
            && let Ok(number) = number.parse::<f64>()
        {
            return format!("{} {year}", self.labels.number(number));
        }
        setting.to_owned()
    }

    /// Words in the quotation marks of the language.
    pub(super) fn quoted(&self, words: &str) -> String {
        self.labels.fill("quoted", &[("text", words.trim())])
    }

    /// A label with its slots filled by parts.
    fn compose(&self, key: &str, slots: &Slots) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut push = |part: Part| match (parts.last_mut(), part) {
            (Some(Part::Words(last)), Part::Words(more)) => last.push_str(&more),
            (_, Part::Words(words)) if words.is_empty() => {}
            (_, part) => parts.push(part),
        };
        let mut rest = self.labels.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            push(Part::Words(before.to_owned()));
            let (slot, behind) = after.split_once('}').unwrap_or((after, ""));
            match slot {
                "subject" => slots.subject.iter().cloned().for_each(&mut push),
                "old" => slots.old.iter().cloned().for_each(&mut push),
                "new" => slots.new.iter().cloned().for_each(&mut push),
                "name" => push(Part::Words(slots.name.clone())),
                "n" => push(Part::Words(slots.n.clone())),
                _ => {}
            }
            rest = behind;
        }
        push(Part::Words(rest.to_owned()));
        parts
    }

    /// «Endringer fra versjon 0.3 til 0.4».
    pub(crate) fn title(&self, changes: &Changes) -> String {
        let (old, new) = (&changes.old.number, &changes.new.number);
        self.labels
            .fill("changes_title", &[("old", old), ("new", new)])
    }

    /// «Versjon 0.3, utkast, 3. mai 2027: Etter workshopen.»
    pub(crate) fn version(&self, version: &VersionName) -> String {
        let number = self.labels.fill("version_n", &[("n", &version.number)]);
        let status = self.labels.get(label_of(version.status)).to_lowercase();
        let digest = crate::model::short_digest(&version.digest);
        let date = self.labels.date(&version.date);
        let mut parts = vec![number, status, date, digest.to_owned()];
        parts.retain(|part| !part.is_empty());
        let name = parts.join(", ");
        match &version.note {
            Some(note) => format!("{name}: {note}"),
            None => name,
        }
    }

    /// «12 endringer», with how many of what: «2 lagt til, 1 strøket …».
    pub(crate) fn counts(&self, changes: &Changes) -> String {
        let counts = changes.counts();
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let mut parts = Vec::new();
        for (key, n) in [
            ("changes_n_added", counts.added),
            ("changes_n_struck", counts.struck),
            ("changes_n_fields", counts.fields),
            ("changes_n_texts", counts.texts),
            ("changes_n_moved", counts.moved),
        ] {
            if n > 0 {
                parts.push(self.labels.fill(key, &[("n", &n.to_string())]));
            }
        }
        let all = self.labels.count("changes_n", count(counts.told));
        match parts.is_empty() {
            true => format!("{all}."),
            false => format!("{all}: {}.", parts.join(", ")),
        }
    }

    /// That nothing has changed.
    pub(crate) fn nothing(&self, changes: &Changes) -> String {
        let (old, new) = (&changes.old.number, &changes.new.number);
        self.labels
            .fill("changes_none", &[("old", old), ("new", new)])
    }

    /// A heading or another word of the list of changes.
    pub(crate) fn word(&self, word: Word) -> &'l str {
        self.labels.get(match word {
            Word::Verbatim => "changes_verbatim",
            Word::ByChapter => "changes_by_chapter",
            Word::ByBody => "changes_by_body",
            Word::Folded => "changes_folded",
            Word::Before => "changes_before",
            Word::Now => "changes_now",
        })
    }

    /// What some changes are of, each once, with the place where the first of them is shown.
    pub(crate) fn names<'c>(&self, changes: &[&'c Change]) -> Vec<(String, Option<&'c str>)> {
        let mut seen = BTreeSet::new();
        let first = changes.iter().filter(|change| seen.insert(&change.subject));
        let names = first.filter_map(|change| {
            let mut parts = self.subject(&change.subject).into_iter();
            let name = parts.find(|part| matches!(part, Part::Name(_)))?;
            Some((name.text().to_owned(), change.anchor.as_deref()))
        });
        names.collect()
    }

    /// «3 endringer».
    pub(crate) fn number_of_changes(&self, n: usize) -> String {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        self.labels.count("changes_n", n)
    }

    /// That some changes are not told, for want of room.
    pub(crate) fn left_out(&self, n: usize) -> String {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        self.labels.count("changes_left_out", n)
    }

    /// «3 Tiltak»; the document as a whole has no title of its own.
    pub(crate) fn chapter(&self, chapter: &Chapter) -> String {
        let title = self.title_of(chapter);
        match &chapter.number {
            Some(number) => format!("{number} {title}"),
            None => title,
        }
    }

    /// The title of a chapter, or what the document as a whole is called.
    pub(super) fn title_of(&self, chapter: &Chapter) -> String {
        match chapter.id {
            None => self.labels.get("imprint").to_owned(),
            Some(_) => chapter.title.clone(),
        }
    }

    /// A folded line.
    pub(crate) fn folded(&self, fold: Fold, n: usize) -> String {
        let key = match fold {
            Fold::Renumbered => "fold_renumbered",
            Fold::Moved => "fold_moved",
            Fold::Typography => "fold_typography",
        };
        self.labels.count(key, u64::try_from(n).unwrap_or(u64::MAX))
    }

    /// What holds of the whole comparison, as a sentence.
    pub(crate) fn remark(&self, remark: &Remark) -> String {
        let labels = self.labels;
        let pair =
            |key: &str, old: &str, new: &str| labels.fill(key, &[("old", old), ("new", new)]);
        match remark {
            Remark::Council(old, new) => pair("remark_council", old, new),
            Remark::Period(old, new) => {
                let years = |[first, last]: &[i16; 2]| format!("{first}–{last}");
                pair("remark_period", &years(old), &years(new))
            }
            Remark::Language(old, new) => pair("remark_language", old, new),
            Remark::Templates => labels.get("remark_templates").to_owned(),
            Remark::Theme => labels.get("remark_theme").to_owned(),
            Remark::Labels => labels.get("remark_labels").to_owned(),
            Remark::Coarse => labels.get("remark_coarse").to_owned(),
            Remark::UnreadOld(what) => labels.fill("remark_unread_old", &[("name", what)]),
            Remark::UnreadNew(what) => labels.fill("remark_unread_new", &[("name", what)]),
        }
    }
}

/// Words of the list of changes itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// «Endringer i ordrett gjengitt tekst».
    Verbatim,
    /// «Endringer etter kapittel».
    ByChapter,
    /// «Endringer etter organ og kommune».
    ByBody,
    /// «Uten endret innhold».
    Folded,
    /// «Før:».
    Before,
    /// «Nå:».
    Now,
}

/// What is put into the places of a sentence.
#[derive(Debug, Default)]
struct Slots {
    subject: Vec<Part>,
    old: Vec<Part>,
    new: Vec<Part>,
    name: String,
    n: String,
}

/// The first words of a text, with an ellipsis if there are more.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(most).collect();
    match words.next() {
        Some(_) => format!("{} …", first.join(" ")),
        None => first.join(" "),
    }
}

/// The key of the label of a part of the strategy.
fn part_label(part: &str) -> &'static str {
    match part {
        "agreement" => "list_agreement",
        "version" => "version",
        "process" => "process_plan",
        "workshop" => "workshop",
        _ => "list_document",
    }
}

fn block_label(block: BlockKind) -> &'static str {
    match block {
        BlockKind::Paragraph => "block_paragraph",
        BlockKind::Heading => "block_heading",
        BlockKind::List => "block_list",
        BlockKind::Item => "block_item",
        BlockKind::Table => "block_table",
        BlockKind::Row => "block_row",
        BlockKind::Column => "block_column",
        BlockKind::Cell => "block_cell",
        BlockKind::Quotation => "block_quotation",
        BlockKind::Note => "block_note",
        BlockKind::Picture => "block_picture",
        BlockKind::Code => "block_code",
    }
}

/// A place as a link.
pub(super) fn href(anchor: Option<&str>) -> Option<String> {
    anchor.map(|anchor| format!("#{anchor}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::testing;

    #[test]
    fn a_word_of_a_closed_list_is_told_by_its_label() {
        let labels = testing::labels("nb");
        let wording = Wording::new(&labels);
        assert_eq!(wording.setting("direction", "up"), "skal øke");
        assert_eq!(wording.setting("shows", "goals"), "mål");
        assert_eq!(wording.setting("year", "2027"), "2027");
    }

    #[test]
    fn a_long_text_is_cut_after_a_word() {
        assert_eq!(cut("en  to\ntre", 3), "en to tre");
        assert_eq!(cut("en to tre fire", 2), "en to …");
    }
}
