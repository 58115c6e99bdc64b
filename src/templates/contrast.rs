//! Reports colours of a theme with too little contrast.

use super::rules;
use super::set::TemplateSet;
use crate::diag::Diagnostic;
use crate::theme::Colours;
use crate::theme::contrast::{ColourRole, GONE, LEAST, LowContrastPair};

/// Reports every pair of text and background that is hard to read, once, at the colour of the
/// council's theme that makes it so.
pub(crate) fn check(colours: &Colours, set: &TemplateSet) -> Vec<Diagnostic> {
    let faint = colours.faint();
    faint
        .iter()
        .map(|pair| report(pair, colours, set))
        .collect()
}

fn report(pair: &LowContrastPair, colours: &Colours, set: &TemplateSet) -> Diagnostic {
    let rule = match pair.contrast < GONE {
        true => &rules::VANISHING_TEXT,
        false => &rules::FAINT_TEXT,
    };
    let message = format!("{}; text needs {LEAST}:1", pair.describe(colours));
    // The text is the nearer one to change; a background is, if only that is the council's own.
    let mut keys = pair.text.keys().iter().chain(pair.background.keys());
    let found = keys.find_map(|&key| {
        let said = set.in_theme(&["colours", key.key()?], rule, message.as_str())?;
        Some((key, said))
    });
    let (key, said) = found.unwrap_or_else(|| (pair.text, rule.nowhere(message.as_str())));
    said.hint(hint(pair, key, colours))
}

fn hint(pair: &LowContrastPair, key: ColourRole, colours: &Colours) -> String {
    let name = key.key().unwrap_or_default();
    match colours.better(pair, key) {
        Some(better) => format!("write `{name} = \"{better}\"`, the nearest that is enough"),
        None => format!("choose a much darker or much lighter colour for `{name}`"),
    }
}
