//! `utkast explain`: prints the documentation of a rule.

use super::{ExitStatus, Failure, Streams};
use crate::compile;
use crate::diag::{Rule, did_you_mean, nearest};

/// Explain a rule, with a wrong and a right example
///
/// Without a code, list every rule.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  utkast explain M001")]
pub(super) struct Args {
    /// Code of the rule, such as M001, or its name
    code: Option<String>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> Result<ExitStatus, Failure> {
    let rules = compile::rules();
    let text = match &args.code {
        None => rules.iter().map(|rule| heading(rule)).collect(),
        Some(wanted) => {
            let rule = find(&rules, wanted)?;
            format!("{}\n{}", heading(rule), rule.explanation())
        }
    };
    streams.result(&text)?;
    Ok(ExitStatus::Done)
}

fn heading(rule: &Rule) -> String {
    format!("{} {} ({})\n", rule.code, rule.name, rule.severity.as_str())
}

fn find(rules: &[&'static Rule], wanted: &str) -> Result<&'static Rule, Failure> {
    let is_meant = |rule: &&&Rule| {
        rule.code.0.eq_ignore_ascii_case(wanted) || rule.name.eq_ignore_ascii_case(wanted)
    };
    if let Some(rule) = rules.iter().find(is_meant) {
        return Ok(rule);
    }
    let failure = Failure::new(format!("there is no rule `{wanted}`"));
    // Codes are written in capitals, names in small letters.
    let upper = wanted.to_uppercase();
    let codes = rules.iter().map(|rule| rule.code.0);
    let names = rules.iter().map(|rule| rule.name);
    let lower = wanted.to_lowercase();
    let near = nearest(&upper, codes).or_else(|| nearest(&lower, names));
    Err(match near {
        Some(near) => failure.hint(did_you_mean(near)),
        None => failure.hint("run `utkast explain` for a list of all rules"),
    })
}
