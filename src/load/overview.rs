//! `strategy.toml` and the other files of the top folder: gates, sources, glossary, process, agreement.

use super::file_offset::{FileOffset, start_of};
use super::format::*;
use super::{Loader, files, markdown, rules};
use crate::manifest::Manifest;
use crate::model::{
    Agreement, Council, Decision, Gates, Kind, Located, Named, Number, Period, Process,
    Requirement, Source, Step, Strategy, Term, Text, Version, Waiver,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Deserializer;

impl Loader<'_> {
    /// The strategy with everything from the top folder; items and workshop are still empty.
    pub(super) fn overview(&mut self) -> Option<Strategy> {
        if self.sources.by_path("strategy.toml").is_none() {
            self.no_strategy();
        }
        // The other files are read even if this one is broken, so that all is reported.
        let agreement = self.agreement();
        let sources = self.evidence();
        let terms = self.glossary();
        let process = self.process();
        let images = self.images();
        let gates = self.gates();
        let releases = self.releases();
        let (file, place): (StrategyFile, _) = self.toml("strategy.toml")?;
        self.template_folder(file.template.as_ref(), place);
        let last = releases.last().map(|release| release.number);
        let version = self.version(file.version, last, place);
        let period = place.locate(file.period);
        Some(Strategy {
            title: place.locate(file.title),
            subtitle: place.locate_some(file.subtitle),
            description: place.locate_some(file.description),
            language: file.language.0,
            period: Located::new(
                Period {
                    first: period.first,
                    last: period.last,
                },
                period.span,
            ),
            council: Council {
                name: place.locate(file.council.name),
                short: place.locate_some(file.council.short),
                members: place.locate_all(file.council.members),
                contact: place.locate_some(file.council.contact),
            },
            version,
            releases,
            gates,
            template: place.locate_some(file.template),
            labels: (file.labels.into_iter())
                .map(|(key, value)| (place.locate(key), place.locate(value)))
                .collect(),
            bodies: self.named(Kind::Body, file.bodies, place),
            roles: self.named(Kind::Role, file.roles, place),
            chapter_order: place.locate_all(file.chapters),
            appendix_order: place.locate_all(file.appendices),
            agreement,
            chapters: Vec::new(),
            items: BTreeMap::new(),
            sources,
            terms,
            process,
            workshop: None,
            images,
            unreadable: Vec::new(),
            unreadable_kinds: Vec::new(),
        })
    }

    /// The state of the sources; without a number of its own it gets the next one.
    fn version(&mut self, field: VersionField, last: Option<Number>, place: FileOffset) -> Version {
        let status = field.status;
        let date = place.date(field.date, self.sink);
        let chosen = place.locate_some(field.number);
        let next = || Located::new(Number::after(last, status).to_string(), date.span);
        let decisions = field.decisions.into_iter();
        let decisions = decisions.map(|decision| {
            let case = place.locate(decision.case);
            Decision {
                span: case.span,
                body: place.reference(decision.body),
                date: place.date(decision.date, self.sink),
                case,
                text: place.locate(decision.text),
                vote: place.locate_some(decision.vote),
            }
        });
        let decisions = decisions.collect();
        Version {
            number: chosen.clone().unwrap_or_else(next),
            chosen,
            status,
            body: None,
            note: place.locate_some(field.note),
            case: place.locate_some(field.case),
            uncertain: place.locate_some(field.uncertain),
            decisions,
            manifest: Manifest::default(),
            date,
        }
    }

    fn gates(&mut self) -> Gates {
        let Some((file, place)) = self.toml::<GatesFile>("gates.toml") else {
            return Gates::default();
        };
        let requirements = |all: Vec<DemandField>| {
            let all = all.into_iter().map(|requirement| Requirement {
                status: requirement.status,
                rules: place.locate_all(requirement.rules),
            });
            all.collect()
        };
        let waivers = file.passes.into_iter().map(|waiver| Waiver {
            rule: place.locate(waiver.rule),
            status: waiver.status,
            by: place.locate(waiver.by),
            reason: place.locate(waiver.reason),
        });
        Gates {
            requirements: requirements(file.demands),
            drops: requirements(file.drops),
            waivers: waivers.collect(),
        }
    }

    fn no_strategy(&mut self) {
        let root = self.sources.root.display();
        let empty = self.sources.iter().next().is_none();
        // A starter is written to an empty folder only.
        let hint = match empty {
            true => {
                format!("name the folder of a strategy, or create one with `utkast new {root}`")
            }
            false => {
                "name the folder of a strategy, or create one in a new folder with `utkast new`"
                    .to_owned()
            }
        };
        let missing = rules::MISSING_FILE.nowhere("there is no `strategy.toml` in the folder");
        self.sink
            .report(missing.in_place("strategy.toml").hint(hint));
    }

    /// A folder of templates that is not there, or is not named, would silently leave the default
    /// looks.
    fn template_folder(&mut self, folder: Option<&Str>, place: FileOffset) {
        let named = folder.map(|folder| place.locate(folder.clone()));
        let prefix = match &named {
            Some(folder) => format!("{}/", folder.value.trim_end_matches('/')),
            None => files::USUAL_TEMPLATES.to_owned(),
        };
        let paths = self.sources.iter().map(|(_, file)| file.path.as_str());
        let mut templates = paths.filter(|path| {
            let name = path.strip_prefix(&prefix);
            name.is_some_and(files::is_template)
        });
        match (named, templates.next()) {
            (Some(folder), None) => {
                let message = format!("there is no folder `{}` with templates", folder.value);
                let hint = "add the templates, or remove `template` to use the default ones";
                let missing = rules::MISSING_FILE.at(folder.span, message);
                self.sink.report(missing.hint(hint));
            }
            (None, Some(first)) => {
                let message = "there are templates, but `strategy.toml` does not name their folder";
                let hint = "write `template = \"templates\"` at its top, or move the folder away";
                let said = rules::UNNAMED_TEMPLATES.nowhere(message).in_place(first);
                self.sink.report(said.hint(hint));
            }
            _ => {}
        }
    }

    fn named(&mut self, kind: Kind, fields: Vec<NamedField>, place: FileOffset) -> Vec<Named> {
        let named = fields.into_iter().map(|field| {
            let (id, span) = self.id(kind, field.id, place);
            Named {
                id,
                span,
                name: place.locate(field.name),
                uncertain: place.locate_some(field.uncertain),
            }
        });
        named.collect()
    }

    fn agreement(&mut self) -> Option<Agreement> {
        let (id, file) = self.sources.by_path("agreement.md")?;
        let read = |deserializer: Deserializer<'_>| AgreementFile::deserialize(deserializer);
        let (front, split) = self.markdown(id, file, read)?;
        let place = split.front_start;
        Some(Agreement {
            title: place.locate(front.title),
            date: front.date.map(|date| place.date(date, self.sink)),
            text: Text {
                language: front.language.map(|tag| place.locate(tag).value),
                ..markdown::read_verbatim(split.body, id, split.body_start)
            },
            note: place.locate_some(front.note),
            span: start_of(id),
        })
    }

    fn evidence(&mut self) -> Vec<Source> {
        let Some((file, place)) = self.toml::<SourcesFile>("sources.toml") else {
            return Vec::new();
        };
        let sources = file.sources.into_iter().map(|field| {
            let (id, span) = self.id(Kind::Source, field.id, place);
            Source {
                id,
                span,
                title: place.locate(field.title),
                author: place.locate_some(field.author),
                publisher: place.locate_some(field.publisher),
                year: field.year,
                address: place.locate_some(field.address),
                note: place.locate_some(field.note),
                uncertain: place.locate_some(field.uncertain),
            }
        });
        sources.collect()
    }

    fn glossary(&mut self) -> Vec<Term> {
        let Some((file, place)) = self.toml::<GlossaryFile>("glossary.toml") else {
            return Vec::new();
        };
        let terms = file.terms.into_iter().map(|field| {
            let (id, span) = self.id(Kind::Term, field.id, place);
            Term {
                id,
                span,
                term: place.locate(field.term),
                full: place.locate_some(field.full),
                text: place.locate(field.text),
            }
        });
        terms.collect()
    }

    fn process(&mut self) -> Option<Process> {
        let (file, place): (ProcessFile, _) = self.toml("process.toml")?;
        let steps = file.steps.into_iter().map(|field| {
            let (id, span) = self.id(Kind::Step, field.id, place);
            Step {
                id,
                span,
                body: field.body.map(|body| place.reference(body)),
                phase: place.locate_some(field.phase),
                activity: place.locate(field.activity),
                uncertain: place.locate_some(field.uncertain),
                weeks: (field.weeks).and_then(|weeks| place.weeks(weeks, file.year, self.sink)),
                milestone: place.locate_some(field.milestone),
                meeting: (field.meeting).and_then(|day| place.day(day, self.sink)),
                dispatch: (field.dispatch).and_then(|day| place.day(day, self.sink)),
                responsible: place.references(field.responsible),
                with: place.references(field.with),
            }
        });
        let steps = steps.collect();
        let uncertain = place.locate_some(file.uncertain);
        Some(Process {
            year: file.year,
            uncertain,
            steps,
        })
    }
}
