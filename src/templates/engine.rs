//! Runs the templates on the views.

use super::explain::{self, explain};
use super::fragment::Fragment;
use super::instrument;
use super::labels::Labels;
use super::limits::{self, Guards, LimitedWriter};
use super::set::TemplateSet;
use crate::diag::Diagnostic;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, Value};

/// The data that functions and filters of templates read.
pub(crate) struct Resources {
    /// The words of the program.
    pub(crate) labels: Labels,
    /// The texts that views refer to by number.
    pub(crate) texts: Vec<Fragment>,
}

/// The templates of the last build as tera has read them, for a set with the same texts.
#[derive(Default)]
pub struct Cache(Option<LoadedTemplates>);

struct LoadedTemplates {
    /// Places in the set, names and texts.
    templates: Vec<(u32, String, String)>,
    tera: Tera,
}

impl Cache {
    /// The templates, if they are those of the set.
    fn take(&mut self, set: &TemplateSet) -> Option<LoadedTemplates> {
        self.0.take().filter(|known| {
            let known = known.templates.iter();
            known
                .map(|(index, name, text)| (*index, name.as_str(), text.as_str()))
                .eq(set.templates())
        })
    }

    fn read(
        &mut self,
        set: &TemplateSet,
        resources: Resources,
        guards: &Arc<Guards>,
    ) -> Result<&Tera, Vec<Diagnostic>> {
        let known = match self.take(set) {
            Some(mut known) => {
                // What the functions read is of this build.
                limits::register(&mut known.tera, guards);
                register(&mut known.tera, resources, guards);
                known
            }
            None => LoadedTemplates {
                tera: load(set, resources, guards)?,
                templates: (set.templates())
                    .map(|(index, name, text)| (index, name.to_owned(), text.to_owned()))
                    .collect(),
            },
        };
        Ok(&self.0.insert(known).tera)
    }
}

/// Renders the set with what the views hold, from the template `entry` on.
pub(crate) fn run(
    set: &TemplateSet,
    entry: &str,
    context: &Context,
    resources: Resources,
    cache: &mut Cache,
) -> Result<String, Vec<Diagnostic>> {
    in_thread(limits::STACK, || {
        let guards = Arc::new(Guards::default());
        let tera = cache.read(set, resources, &guards)?;
        let mut output = LimitedWriter::default();
        tera.render_to(entry, context, &mut output)
            .map_err(|error| explain(set, &error, &guards))?;
        Ok(String::from_utf8(output.0).expect("templates, texts and labels are UTF-8"))
    })
}

/// The problems of templates that can be found without running them.
pub(crate) fn check(set: &TemplateSet) -> Vec<Diagnostic> {
    let resources = Resources {
        labels: Labels::none(),
        texts: Vec::new(),
    };
    let loaded = in_thread(limits::STACK, || {
        load(set, resources, &Arc::default()).map(drop)
    });
    loaded.err().unwrap_or_default()
}

/// Runs `work` in a thread of its own, since the stack of the caller's may be small.
fn in_thread<T: Send>(
    stack: usize,
    work: impl FnOnce() -> Result<T, Vec<Diagnostic>> + Send,
) -> Result<T, Vec<Diagnostic>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack);
        match thread.spawn_scoped(scope, work) {
            Ok(thread) => thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => Err(vec![explain::no_thread(&error)]),
        }
    })
}

/// The set as tera has read it.
fn load(
    set: &TemplateSet,
    resources: Resources,
    guards: &Arc<Guards>,
) -> Result<Tera, Vec<Diagnostic>> {
    let mut tera = Tera::default();
    limits::register(&mut tera, guards);
    register(&mut tera, resources, guards);
    let marked = set
        .templates()
        .map(|(index, name, text)| (name, instrument::instrument(text, index)));
    let marked: Vec<_> = marked.collect();
    tera.add_raw_templates(marked.iter().map(|(name, text)| (*name, text.as_str())))
        .map_err(|error| match error.kind() {
            ErrorKind::SyntaxError(_) => unreadable(set, &marked),
            _ => explain(set, &error, guards),
        })?;
    Ok(tera)
}

/// The syntax errors of all templates; tera itself stops at the first one.
fn unreadable(set: &TemplateSet, marked: &[(&str, String)]) -> Vec<Diagnostic> {
    let said = marked.iter().filter_map(|(name, text)| {
        let error = Tera::default().add_raw_template(name, text).err()?;
        match error.kind() {
            ErrorKind::SyntaxError(report) => Some(explain::syntax(set, report)),
            _ => None,
        }
    });
    said.collect()
}

/// The functions and filters that templates may use beside tera's own.
fn register(tera: &mut Tera, resources: Resources, guards: &Arc<Guards>) {
    let Resources { labels, texts } = resources;
    let labels = Arc::new(labels);
    let l = Arc::clone(&labels);
    // `label(key="version_n", n="0.1")`: a label with its places filled.
    tera.register_function("label", move |kwargs: Kwargs, _: &State| {
        let key: String = kwargs.must_get("key")?;
        let Some(label) = l.find(&key) else {
            return Err(Error::message(format!("there is no label `{key}`")));
        };
        let values = kwargs
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        let values: Vec<(String, String)> = values.collect();
        let values: Vec<_> = values
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        Ok(super::labels::fill(label, &values))
    });
    // `count(of="participant", n=4)`: «4 deltakere».
    tera.register_function("count", move |kwargs: Kwargs, _: &State| {
        let (of, n): (String, u64) = (kwargs.must_get("of")?, kwargs.must_get("n")?);
        let key = labels.plural(&of, n);
        let missing = || Error::message(format!("there is no label `{key}`"));
        labels.find(&key).ok_or_else(missing)?;
        Ok::<_, Error>(labels.count(&of, n))
    });
    // `title | point`: the point that a sentence of these words still lacks, if it lacks one.
    tera.register_filter("point", |text: &str, _: Kwargs, _: &State| {
        super::labels::point_after(text)
    });
    let guards = Arc::clone(guards);
    // `text | html(level=4)`: a body of text, its highest headings at that level.
    tera.register_filter("html", move |body: Value, kwargs: Kwargs, _: &State| {
        let number = body
            .get_from_path("number")
            .and_then(|v| v.as_number())
            .and_then(|n| n.as_integer());
        let text = number.and_then(|n| texts.get(usize::try_from(n).ok()?));
        let text = text.ok_or_else(|| Error::message("`html` is for the `text` of an item"))?;
        let level = kwargs.get::<u8>("level")?.unwrap_or(3);
        let html = text.html(level);
        guards.work(html.len())?;
        Ok::<_, Error>(Value::safe_string(&html))
    });
}

#[cfg(test)]
mod tests {
    use super::super::ENTRY;
    use super::*;

    /// The problems of a template set that consists of this `document.html`.
    fn said(own: &str) -> Vec<String> {
        let mut set = TemplateSet::default();
        set.add_text(ENTRY, ENTRY, own);
        let labels = super::super::testing::labels("nb");
        let texts = Vec::new();
        let found = run(
            &set,
            ENTRY,
            &Context::new(),
            Resources { labels, texts },
            &mut Cache::default(),
        );
        let found = found.expect_err("it goes beyond a limit");
        let said = found.iter().map(|d| {
            let place = d.place.as_deref().unwrap_or_default();
            format!("{} {place}: {}", d.rule.code, d.message)
        });
        said.collect()
    }

    #[test]
    fn a_system_without_room_for_a_thread_is_said_and_is_no_panic() {
        let found = in_thread(usize::MAX / 4, || Ok(())).expect_err("there is no such stack");
        assert_eq!(found[0].rule.code.0, "R002");
        assert!(found[0].message.contains("thread"));
    }

    #[test]
    fn large_variables_are_counted_in_sum_and_by_the_turns_that_may_read_them() {
        let large = "{% set x = \"abcdefgh\" %}\
            {% for i in range(end=16) %}{% set_global x = x ~ x %}{% endfor %}";
        let message = "the templates process more than";
        for often in [
            "\n{% for i in range(end=99999) %}{% set y = x | upper %}{% endfor %}",
            "\n{% for i in range(end=99999) %}{% if x | upper == \"a\" %}{% endif %}{% endfor %}",
        ] {
            let said = said(&format!("{large}{often}"));
            assert!(said[0].starts_with("R003 document.html:2: "), "{said:?}");
            assert!(said[0].contains(message), "{said:?}");
        }
    }
}
