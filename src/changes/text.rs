//! The changes as text, for a terminal.

use super::sentences::{Part, Word, Wording};
use super::{Change, Changes, Edit, Fold, Run, RunKind, What};
use crate::templates::Labels;

/// How many kept words are shown around a change.
const CONTEXT: usize = 8;

/// Writes changes for people: `[-struck-]` and `{+added+}`, which a terminal may colour, too.
pub(crate) fn text(changes: &Changes, labels: &Labels, colour: bool) -> String {
    let mut writer = Writer {
        wording: Wording::new(labels),
        colour,
        out: String::new(),
    };
    writer.all(changes);
    writer.out
}

struct Writer<'l> {
    wording: Wording<'l>,
    colour: bool,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            let text = plain(text);
            self.out.push_str(&format!("{:indent$}{text}\n", ""));
        } else {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, text: &str) {
        self.out.push('\n');
        let text = plain(text);
        let text = self.styled("1", &text);
        self.out.push_str(&format!("{text}\n"));
    }

    /// Text in a style of the terminal (ECMA-48, 8.3.117), if it has colours.
    fn styled(&self, style: &str, text: &str) -> String {
        match self.colour {
            true => format!("\u{1b}[{style}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }

    fn all(&mut self, changes: &Changes) {
        let wording = self.wording;
        if changes.is_empty() {
            self.line(0, &wording.nothing(changes));
            return;
        }
        let title = self.styled("1", &plain(&wording.title(changes)));
        self.out.push_str(&format!("{title}\n"));
        self.line(2, &wording.version(&changes.old));
        self.line(2, &wording.version(&changes.new));
        self.line(0, &wording.counts(changes));
        for remark in &changes.remarks {
            self.line(0, &wording.remark(remark));
        }
        let mut loud = changes
            .told()
            .filter(|change| change.is_verbatim)
            .peekable();
        if loud.peek().is_some() {
            self.heading(wording.word(Word::Verbatim));
            loud.for_each(|change| self.change(change));
        }
        for chapter in &changes.chapters {
            let told = chapter.changes.iter();
            let told = told.filter(|change| change.fold.is_none() && !change.is_verbatim);
            let told: Vec<_> = told.collect();
            if !told.is_empty() {
                self.heading(&wording.chapter(chapter));
                told.into_iter().for_each(|change| self.change(change));
            }
        }
        let bodies = changes.by_body();
        if !bodies.is_empty() {
            self.heading(wording.word(Word::ByBody));
            for (name, of_it) in bodies {
                let count = wording.number_of_changes(of_it.len());
                let names = wording.names(&of_it).into_iter();
                let names: Vec<_> = names.map(|(name, _)| wording.quoted(&name)).collect();
                let names = match names.is_empty() {
                    true => String::new(),
                    false => format!(" ({})", names.join(", ")),
                };
                self.line(2, &format!("{name}: {count}{names}"));
            }
        }
        self.folded(changes);
    }

    fn folded(&mut self, changes: &Changes) {
        let counts = changes.counts();
        if counts.folded.is_empty() {
            return;
        }
        self.heading(self.wording.word(Word::Folded));
        for (fold, _) in Fold::ALL {
            if let Some(&n) = counts.folded.get(&fold) {
                self.line(2, &self.wording.folded(fold, n));
            }
        }
    }

    fn change(&mut self, change: &Change) {
        let mut sentence = String::from("  ");
        for part in self.wording.sentence(change) {
            sentence.push_str(&match part {
                Part::Words(words) => plain(&words),
                Part::Name(name) => self.styled("3", &plain(&self.wording.quoted(&name))),
                Part::Old(old) => self.styled("9;2", &plain(&old)),
                Part::New(new) => self.styled("4", &plain(&new)),
            });
        }
        self.out.push_str(&format!("{sentence}\n"));
        let What::Text { edit, .. } = &change.what else {
            return;
        };
        match edit {
            Edit::Words(runs) => {
                let words: String = shortened(runs).iter().map(|run| self.run(run)).collect();
                self.out.push_str(&format!("    {}\n", words.trim()));
            }
            Edit::Rewritten(old, new) if change.is_verbatim => {
                let (before, now) = (Word::Before, Word::Now);
                self.line(4, &format!("{}: {old}", self.wording.word(before)));
                self.line(4, &format!("{}: {new}", self.wording.word(now)));
            }
            _ => {}
        }
    }

    fn run(&self, run: &Run) -> String {
        let (open, close, style) = match run.kind {
            RunKind::Kept => return plain(&run.text),
            RunKind::Struck => ("[-", "-]", "9;2"),
            RunKind::Added => ("{+", "+}", "4"),
        };
        let (before, words, behind) = apart(&run.text);
        let marked = self.styled(style, &format!("{open}{}{close}", plain(words)));
        format!("{before}{marked}{behind}")
    }
}

/// A text as the space before it, its words, and the space behind it.
pub(super) fn apart(text: &str) -> (&str, &str, &str) {
    let start = text.len() - text.trim_start().len();
    let end = start + text.trim().len();
    (&text[..start], &text[start..end], &text[end..])
}

/// The runs of a line with no more kept words than it takes to find the place.
pub(super) fn shortened(runs: &[Run]) -> Vec<Run> {
    let last = runs.len().saturating_sub(1);
    let each = runs.iter().enumerate().map(|(at, run)| {
        if run.kind != RunKind::Kept {
            return run.clone();
        }
        let words: Vec<&str> = run.text.split_whitespace().collect();
        let ends = usize::from(at > 0) + usize::from(at < last);
        if words.len() <= ends * CONTEXT + 1 {
            return run.clone();
        }
        let (before, behind) = (&words[..CONTEXT], &words[words.len() - CONTEXT..]);
        let text = match (at > 0, at < last) {
            (true, true) => format!(" {} … {} ", before.join(" "), behind.join(" ")),
            (true, false) => format!(" {} …", before.join(" ")),
            (false, _) => format!("… {} ", behind.join(" ")),
        };
        // A mark of the text that stands close to the change stays close.
        let (start, _, end) = apart(&run.text);
        let (_, words, _) = apart(&text);
        Run {
            kind: RunKind::Kept,
            text: format!("{start}{words}{end}"),
        }
    });
    each.collect()
}

/// Words without what could move the cursor of a terminal.
fn plain(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}
