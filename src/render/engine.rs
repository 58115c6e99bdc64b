//! Runs the templates over what the views hold.

use super::explain::{self, ENTRY, explain};
use super::labels::Labels;
use super::limits::{self, Guards, Output};
use super::markdown_html::Prepared;
use super::marking;
use super::set::TemplateSet;
use crate::diag::Diagnostic;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, Value};

/// What the functions and filters of the templates read.
pub(super) struct Resources {
    /// The words of the program.
    pub(super) labels: Labels,
    /// The texts that views refer to by number.
    pub(super) texts: Vec<Prepared>,
}

/// Renders the set with what the views hold.
pub(super) fn run(
    set: &TemplateSet,
    context: &Context,
    resources: Resources,
) -> Result<String, Vec<Diagnostic>> {
    // A thread of its own, since the stack of the caller's may be small.
    std::thread::scope(|scope| {
        let render = || render(set, context, resources);
        let thread = std::thread::Builder::new().stack_size(limits::STACK);
        let thread = thread.spawn_scoped(scope, render);
        let thread = thread.expect("the system gives a thread");
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn render(
    set: &TemplateSet,
    context: &Context,
    resources: Resources,
) -> Result<String, Vec<Diagnostic>> {
    let mut tera = Tera::default();
    let guards = Arc::new(Guards::default());
    limits::register(&mut tera, &guards);
    register(&mut tera, resources);
    let marked = set
        .templates()
        .map(|(index, name, text)| (name, marking::mark(text, index)));
    let marked: Vec<_> = marked.collect();
    tera.add_raw_templates(marked.iter().map(|(name, text)| (*name, text.as_str())))
        .map_err(|error| match error.kind() {
            ErrorKind::SyntaxError(_) => unreadable(set, &marked),
            _ => explain(set, &error, &guards),
        })?;
    let mut output = Output::default();
    tera.render_to(ENTRY, context, &mut output)
        .map_err(|error| explain(set, &error, &guards))?;
    Ok(String::from_utf8(output.0).expect("templates, texts and labels are UTF-8"))
}

/// What is wrong with every template that cannot be read; tera itself stops at the first one.
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
fn register(tera: &mut Tera, resources: Resources) {
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
        let missing = || Error::message(format!("there are no labels `{of}_one`, `{of}_other`"));
        labels.find(&format!("{of}_other")).ok_or_else(missing)?;
        Ok::<_, Error>(labels.count(&of, n))
    });
    // `title | point`: the point that a sentence of these words still lacks, if it lacks one.
    tera.register_filter("point", |text: &str, _: Kwargs, _: &State| {
        super::labels::point_after(text)
    });
    // `text | html(level=4)`: a body of text, its highest headings at that level.
    tera.register_filter("html", move |body: Value, kwargs: Kwargs, _: &State| {
        let number = body
            .get_from_path("number")
            .and_then(|v| v.as_number())
            .and_then(|n| n.as_integer());
        let text = number.and_then(|n| texts.get(usize::try_from(n).ok()?));
        let text = text.ok_or_else(|| Error::message("`html` is for the `text` of an item"))?;
        let level = kwargs.get::<u8>("level")?.unwrap_or(3);
        Ok::<_, Error>(Value::safe_string(&text.html(level)))
    });
}
