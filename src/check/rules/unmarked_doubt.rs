use super::{Code, Context, Rule, Severity, Sink};
use crate::files::{Sources, Span};
use crate::model::{Block, Inline, Located, Text, Value};

pub(super) static RULE: Rule = Rule {
    code: Code("C033"),
    name: "unmarked-doubt",
    severity: Severity::Warning,
    docs: include_str!("unmarked_doubt.md"),
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink) {
    for (words, span) in own_words(context) {
        if let Some(sign) = sign_of_doubt(&words) {
            let message = format!("`{sign}` marks a doubt that is not explained");
            let hint = "resolve it, or explain it under `uncertain`";
            let place = place_of(sign, span, context.sources);
            sink.report(RULE.at(place, message).hint(hint));
        }
    }
}

/// The council's own words where no doubt is marked, line by line.
fn own_words(context: &Context<'_>) -> Vec<(String, Span)> {
    let mut lines = Vec::new();
    let entries = context.entries.iter();
    let own = entries.filter(|entry| entry.id().is_some_and(|id| id.kind.info().is_own_text));
    for entry in own.filter(|entry| !entry.is_uncertain()) {
        for field in &entry.fields {
            match field.value {
                Value::Words(words) => lines.push(line(words)),
                Value::Text(body) => text(body, &mut lines),
                _ => {}
            }
        }
    }
    lines
}

fn line(words: &Located<String>) -> (String, Span) {
    (outside_quotations(&words.value), words.span)
}

fn text(text: &Text, lines: &mut Vec<(String, Span)>) {
    if text.verbatim {
        return;
    }
    let notes = text.notes.iter().flat_map(|note| &note.blocks);
    text.blocks.iter().chain(notes).for_each(|b| block(b, lines));
}

fn block(from: &Block, lines: &mut Vec<(String, Span)>) {
    match from {
        Block::Quote { .. } => {}
        Block::List { items, .. } => items.iter().flatten().for_each(|b| block(b, lines)),
        _ => lines.extend(from.lines().into_iter().map(|(content, span)| {
            let mut words = String::new();
            content.iter().for_each(|inline| own(inline, &mut words));
            (outside_quotations(&words), span)
        })),
    }
}

/// Stands for what is not looked at, so that the words around it do not meet.
const LEFT_OUT: char = '\u{fffc}';

/// Adds the words that are the council's, in its language, and that still hold.
fn own(inline: &Inline, words: &mut String) {
    match inline {
        Inline::Code(_) | Inline::Struck(_) | Inline::Foreign { .. } => words.push(LEFT_OUT),
        Inline::Text(_) | Inline::Break => inline.push_plain(words),
        _ => inline.inner().iter().for_each(|inner| own(inner, words)),
    }
}

/// The words without what stands in quotation marks, which somebody else has said.
fn outside_quotations(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let closing = match c {
            '«' => Some('»'),
            '"' => Some('"'),
            '“' | '„' => Some('”'),
            _ => None,
        };
        let inside = &rest[c.len_utf8()..];
        let end = closing.and_then(|closing| inside.find(closing).map(|at| at + closing.len_utf8()));
        match end {
            Some(end) => {
                out.push(LEFT_OUT);
                rest = &inside[end..];
            }
            None => {
                out.push(c);
                rest = inside;
            }
        }
    }
    out
}

/// A sign that the words are not settled: `??`, a question mark after a space or in brackets, a
/// word such as `TODO` or `XX`, brackets with nothing but points.
fn sign_of_doubt(words: &str) -> Option<&str> {
    question_mark(words)
        .or_else(|| placeholder(words))
        .or_else(|| empty_brackets(words))
}

fn question_mark(words: &str) -> Option<&str> {
    let mut before = None;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let run = words[at..].len() - words[at..].trim_start_matches('?').len();
        let after = words[at + run..].chars().next();
        let alone = match before {
            None => true,
            Some('(') => after == Some(')'),
            Some(before) => char::is_whitespace(before),
        };
        // A word that begins with the sign is an example of addresses and such.
        let is_a_word = after.is_some_and(char::is_alphanumeric);
        if run > 1 || (run == 1 && alone && !is_a_word) {
            return Some(&words[at..at + run]);
        }
        before = Some(c);
        at += c.len_utf8();
    }
    None
}

fn placeholder(words: &str) -> Option<&str> {
    let is_placeholder = |word: &&str| {
        let all = |letter: char| word.chars().all(|c| c == letter);
        *word == "TODO" || (word.len() > 1 && all('X')) || (word.len() > 2 && all('x'))
    };
    words
        .split(|c: char| !c.is_alphanumeric())
        .find(is_placeholder)
}

fn empty_brackets(words: &str) -> Option<&str> {
    let starts = words.match_indices('[').map(|(at, _)| at);
    let mut brackets = starts.filter_map(|start| {
        let end = start + words[start..].find(']')?;
        Some(&words[start..=end])
    });
    brackets.find(|brackets| {
        let inside = brackets[1..brackets.len() - 1].trim();
        !inside.is_empty() && inside.chars().all(|c| matches!(c, '.' | '…' | '_' | '–' | '-'))
    })
}

/// The place of the sign, if there is only one like it in the line.
fn place_of(sign: &str, line: Span, sources: &Sources) -> Span {
    let mut found = sources.slice(line).match_indices(sign);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => {
            let start = line.range().start + at;
            Span::new(line.file, start..start + sign.len())
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_doubt_are_seen() {
        for (words, sign) in [
            ("Oppstart i uke 9 ?", "?"),
            ("?", "?"),
            ("Rådet møtes i mai (?)", "?"),
            ("Hvem betaler??", "??"),
            ("Hvem???", "???"),
            ("TODO: skriv om havna", "TODO"),
            ("kr XX 000", "XX"),
            ("den 12.XX.2026", "XX"),
            ("xxx møter i året", "xxx"),
            ("Rådet har […] møter", "[…]"),
            ("Rådet har [...] møter", "[...]"),
        ] {
            let words = outside_quotations(words);
            assert_eq!(sign_of_doubt(&words), Some(sign), "{words}");
        }
    }

    #[test]
    fn ordinary_sentences_are_not() {
        for words in [
            "",
            "Hvordan kan vi bli bedre? Sammen.",
            "Hva nå?!",
            "Noen «funn» så langt",
            "«Hvem betaler??» spurte en gruppe",
            "Avtalen sier «kommunene […] skal samarbeide».",
            "Spørsmålet «hva»?",
            "Størrelse XXL og XL, kapittel X",
            "Se https://fjord.example/?a=1 og parameteren ?side",
            "Metoden (todo-lister) er kjent",
            "Lenka [her] og [1]",
            "Et «uten slutt, og så et spørsmål?",
        ] {
            let words = outside_quotations(words);
            assert_eq!(sign_of_doubt(&words), None, "{words}");
        }
    }
}
