//! The parts of the strategy as entries. Each structure is destructured without `..`, so that the compiler
//! reports a new field that is missing here.

use super::Entry;
use crate::manifest::Manifest;
use crate::model::{
    Agreement, Audience, Chapter, Council, Credit, Decision, Gates, Group, Image, ImageFile, Input,
    Kind, Meeting, Named, Part, Process, Question, Requirement, Round, Section, Source, Step,
    Strategy, Term, Version, Waiver, Week, Workshop,
};

const BODIES: &[Kind] = &[Kind::Body];
const ROLES_AND_BODIES: &[Kind] = &[Kind::Role, Kind::Body];

impl Strategy {
    /// Everything that the sources say, in the order of the document: what the whole strategy is,
    /// its chapters, and then the sections that chapters show.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let Self {
            title,
            subtitle,
            description,
            language,
            period,
            council,
            version,
            gates,
            template,
            labels,
            bodies,
            roles,
            agreement,
            chapter_order,
            appendix_order,
            chapters,
            items,
            sources,
            terms,
            process,
            workshop,
            images,
            // What came of other versions, and what could not be read.
            releases: _,
            unreadable: _,
            unreadable_kinds: _,
        } = self;
        let mut head = Entry::part("strategy", title.span, None);
        head.words("title", [title]);
        head.words("subtitle", subtitle);
        council_of(council, &mut head);
        head.setting("language", [language.tag]);
        head.setting("period.first", [period.first]);
        head.setting("period.last", [period.last]);
        head.aside(|head| {
            head.words("description", description);
            head.words("template", template);
            head.words("chapters", chapter_order);
            head.words("appendices", appendix_order);
            for (key, label) in labels {
                head.words("labels", [key, label]);
            }
        });
        let mut all = vec![head, version_of(version), gates_of(gates, version)];
        all.extend(chapters.iter().map(chapter));
        all.extend(agreement.iter().map(agreement_of));
        all.extend(items.values().flatten().map(Entry::of_item));
        all.extend(bodies.iter().chain(roles).map(named));
        if let Some(process) = process {
            process_of(process, &mut all);
        }
        if let Some(workshop) = workshop {
            workshop_of(workshop, &mut all);
        }
        all.extend(sources.iter().map(source));
        all.extend(terms.iter().map(term));
        all.extend(images.iter().map(image));
        all
    }
}

fn council_of<'a>(council: &'a Council, head: &mut Entry<'a>) {
    let Council {
        name,
        short,
        members,
        contact,
    } = council;
    head.words("council.name", [name]);
    head.words("council.short", short);
    head.words("council.members", members);
    head.words("council.contact", contact);
}

fn version_of(version: &Version) -> Entry<'_> {
    let Version {
        // It is in `number`, too.
        chosen: _,
        number,
        status,
        date,
        body,
        note,
        case,
        uncertain,
        decisions,
        // The rest of it repeats the fields above.
        manifest: Manifest {
            sent_out, round, ..
        },
    } = version;
    let mut entry = Entry::part("version", date.span, None);
    entry.words("number", [number]);
    entry.date("date", [date]);
    entry.words("note", note);
    entry.words("case", case);
    entry.doubt(uncertain);
    entry.setting("status", [status]);
    entry.setting("sent_out", [sent_out]);
    entry.aside(|entry| entry.reference("body", BODIES, body));
    if let Some(Round { needed, by, reason }) = round {
        entry.setting("round.needed", [needed]);
        entry.setting("round.by", [by]);
        entry.setting("round.reason", [reason]);
    }
    for decision in decisions {
        let Decision {
            body,
            date,
            case,
            text,
            vote,
            span: _,
        } = decision;
        entry.reference("decisions.body", BODIES, [body]);
        entry.date("decisions.date", [date]);
        entry.words("decisions.case", [case]);
        entry.words("decisions.text", [text]);
        entry.words("decisions.vote", vote);
    }
    entry
}

/// The gates; a document shows those that the status of its version has passed.
fn gates_of<'a>(gates: &'a Gates, version: &'a Version) -> Entry<'a> {
    let Gates {
        requirements,
        drops,
        waivers,
    } = gates;
    let mut entry = Entry::part("gates", version.date.span, None);
    for waiver in waivers {
        let Waiver {
            rule,
            status,
            by,
            reason,
        } = waiver;
        entry.setting("passes.status", [status]);
        entry.aside(|entry| entry.words("passes.rule", [rule]));
        let words = |entry: &mut Entry<'a>| {
            entry.words("passes.by", [by]);
            entry.words("passes.reason", [reason]);
        };
        match *status == version.status {
            true => words(&mut entry),
            false => entry.aside(words),
        }
    }
    let required = requirements
        .iter()
        .map(|requirement| ("demands", requirement));
    let all = required.chain(drops.iter().map(|requirement| ("drops", requirement)));
    for (key, Requirement { status, rules }) in all {
        entry.setting(key, [status]);
        entry.aside(|entry| entry.words(key, rules));
    }
    entry
}

fn chapter(chapter: &Chapter) -> Entry<'_> {
    let Chapter { item, appendix } = chapter;
    let mut entry = Entry::of_item(item);
    entry.setting("appendix", [appendix]);
    entry
}

fn agreement_of(agreement: &Agreement) -> Entry<'_> {
    let Agreement {
        title,
        date,
        text,
        note,
        span,
    } = agreement;
    let mut entry = Entry::part("agreement", *span, Some(Section::Agreement));
    entry.words("title", [title]);
    entry.date("date", date);
    entry.text("text", [text]);
    entry.words("note", note);
    entry
}

/// A body or a role. Its name is shown where something refers to it, the doubt below the plan.
fn named(named: &Named) -> Entry<'_> {
    let Named {
        id,
        name,
        span,
        uncertain,
    } = named;
    let mut entry = Entry::of(id, *span, Audience::Public);
    entry.aside(|entry| entry.words("name", [name]));
    entry.doubt(uncertain);
    entry
}

fn process_of<'a>(process: &'a Process, all: &mut Vec<Entry<'a>>) {
    let Process {
        year,
        uncertain,
        steps,
    } = process;
    let doubt = uncertain.as_ref().map(|doubt| doubt.span);
    let first = steps.first().map(|step| step.span);
    if let Some(span) = doubt.or(first) {
        let mut entry = Entry::part("process", span, Some(Section::Process));
        entry.doubt(uncertain);
        entry.setting("year", [year]);
        all.push(entry);
    }
    all.extend(steps.iter().map(step));
}

fn step(step: &Step) -> Entry<'_> {
    let Step {
        id,
        span,
        body,
        phase,
        activity,
        uncertain,
        weeks,
        milestone,
        meeting,
        dispatch,
        responsible,
        with,
    } = step;
    let mut entry = Entry::of(id, *span, Audience::Public);
    // The plan names the phase, or else the body.
    match phase {
        Some(phase) => {
            entry.words("phase", [phase]);
            entry.aside(|entry| entry.reference("body", BODIES, body));
        }
        None => entry.reference("body", BODIES, body),
    }
    entry.words("activity", [activity]);
    entry.doubt(uncertain);
    entry.reference("responsible", ROLES_AND_BODIES, responsible);
    entry.reference("with", ROLES_AND_BODIES, with);
    let ends = weeks.iter().flat_map(|weeks| [weeks.first, weeks.last]);
    entry.setting("weeks", ends.map(|week: Week| week.to_string()));
    entry.setting("milestone", milestone.iter().map(|status| status.value));
    entry.setting("meeting", meeting.iter().map(|day| day.value));
    entry.setting("dispatch", dispatch.iter().map(|day| day.value));
    entry
}

fn workshop_of<'a>(workshop: &'a Workshop, all: &mut Vec<Entry<'a>>) {
    let Workshop {
        title,
        meeting,
        questions,
        groups,
        inputs,
    } = workshop;
    let Meeting {
        body,
        date,
        uncertain,
        case,
        title: case_title,
        case_kind,
    } = meeting;
    let words = [title, case_title, case, case_kind, uncertain];
    let words = words.into_iter().flatten().map(|words| words.span);
    let body_of = body.iter().map(|body| body.span);
    let date_of = date.iter().map(|date| date.span);
    if let Some(span) = words.chain(body_of).chain(date_of).min() {
        let mut entry = Entry::part("workshop", span, Some(Section::Workshop));
        entry.words("title", title);
        entry.reference("meeting.body", BODIES, body);
        entry.date("meeting.date", date);
        entry.doubt(uncertain);
        entry.words("meeting.title", case_title);
        entry.words("meeting.case", case);
        entry.words("meeting.case_kind", case_kind);
        all.push(entry);
    }
    all.extend(questions.iter().map(question));
    all.extend(groups.iter().map(group));
    all.extend(inputs.iter().map(input));
}

fn question(question: &Question) -> Entry<'_> {
    let Question {
        item,
        number,
        lead_in,
        parts,
        answers,
        why,
    } = question;
    let mut entry = Entry::of_item(item);
    entry.text("lead_in", [lead_in]);
    for Part { letter, text, why } in parts {
        entry.words("parts.letter", [letter]);
        entry.text("parts.text", [text]);
        entry.setting("parts.why", [why]);
    }
    entry.setting("number", [number.value]);
    entry.setting("answers", answers);
    entry.setting("why", [why]);
    entry
}

/// A group: its names are personal data, its number is not.
fn group(group: &Group) -> Entry<'_> {
    let Group {
        id,
        span,
        number,
        members,
        uncertain,
    } = group;
    let mut entry = Entry::of(id, *span, Audience::Public);
    entry.words("members", members);
    entry.doubt(uncertain);
    for field in &mut entry.fields {
        field.audience = Audience::Internal;
    }
    entry.setting("number", [number]);
    entry
}

fn input(input: &Input) -> Entry<'_> {
    let Input {
        id,
        span,
        audience,
        group,
        question,
        part,
        text,
        reason,
    } = input;
    let mut entry = Entry::of(id, *span, *audience);
    entry.text("text", [text]);
    entry.text("reason", reason);
    entry.reference("group", &[Kind::Group], [group]);
    entry.reference("question", &[Kind::Question], [question]);
    entry.aside(|entry| entry.words("part", part));
    entry.setting("audience", [audience.as_str()]);
    entry
}

fn source(source: &Source) -> Entry<'_> {
    let Source {
        id,
        span,
        title,
        author,
        publisher,
        year,
        address,
        note,
        uncertain,
    } = source;
    let mut entry = Entry::of(id, *span, Audience::Public);
    entry.words("title", [title]);
    entry.words("author", author);
    entry.words("publisher", publisher);
    entry.words("address", address);
    entry.words("note", note);
    entry.doubt(uncertain);
    entry.setting("year", year);
    entry
}

fn term(term: &Term) -> Entry<'_> {
    let Term {
        id,
        span,
        term,
        full,
        text,
    } = term;
    let mut entry = Entry::of(id, *span, Audience::Public);
    entry.words("term", [term]);
    entry.words("full", full);
    entry.words("text", [text]);
    entry
}

/// A picture. What of it a document shows depends on the texts that place it.
fn image(image: &Image) -> Entry<'_> {
    let Image {
        id,
        span,
        file,
        alt,
        caption,
        credits,
        licence,
        text,
        text_language,
        drawn,
        uncertain,
    } = image;
    let mut entry = Entry::of(id, *span, Audience::Public);
    entry.aside(|entry| {
        match file {
            ImageFile::Path(path) => entry.words("file", [path]),
            ImageFile::Pending(why) => entry.words("pending", [why]),
        }
        entry.words("alt", alt);
        entry.words("caption", caption);
        for credit in credits {
            let Credit {
                name,
                is_address,
                position,
            } = credit;
            let key = match is_address {
                true => "credits.address",
                false => "credits.name",
            };
            entry.words(key, [name]);
            entry.words("credits.position", position);
        }
        entry.words("licence", licence);
        entry.words("text", text);
        entry.words("text_language", text_language);
        entry.setting("drawn", [drawn]);
        entry.doubt(uncertain);
    });
    entry
}
