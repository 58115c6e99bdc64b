//! The changes in Markdown, for the comment on a pull request.

use super::sentences::{Part, Word, Wording};
use super::text::{apart, shortened};
use super::{Change, Changes, Edit, Fold, RunKind, What};
use crate::templates::Labels;

/// The most bytes of a comment: GitHub takes 65,536 characters, and no character is less than a byte.
const MOST_BYTES: usize = 65_536;

/// Room for the closing words.
const SPARE_BYTES: usize = 512;

/// How many changes stand in the summary, above the details.
const SUMMARY: usize = 20;

/// Writes changes so that the most important is read at once and the rest can be folded out. What a
/// comment has no room for is left out, and said.
pub(crate) fn markdown(changes: &Changes, labels: &Labels) -> String {
    let mut writer = Writer {
        wording: Wording::new(labels),
        out: String::new(),
        left_out: 0,
    };
    writer.all(changes);
    writer.out
}

struct Writer<'l> {
    wording: Wording<'l>,
    out: String,
    left_out: usize,
}

impl Writer<'_> {
    /// Adds a block if there is room for it.
    fn add(&mut self, block: &str) -> bool {
        let fits = self.out.len() + block.len() + SPARE_BYTES <= MOST_BYTES;
        if fits {
            self.out.push_str(block);
        }
        fits
    }

    fn all(&mut self, changes: &Changes) {
        let wording = self.wording;
        if changes.is_empty() {
            self.add(&format!("{}\n", escaped(&wording.nothing(changes))));
            return;
        }
        let title = escaped(&wording.title(changes));
        let (old, new) = (wording.version(&changes.old), wording.version(&changes.new));
        let (old, new) = (escaped(&old), escaped(&new));
        let counts = escaped(&wording.counts(changes));
        self.add(&format!("## {title}\n\n{old} → {new}\n\n**{counts}**\n"));
        for remark in &changes.remarks {
            self.add(&format!("\n> {}\n", escaped(&wording.remark(remark))));
        }
        let loud: Vec<_> = changes.told().filter(|change| change.is_verbatim).collect();
        if !loud.is_empty() {
            let title = escaped(wording.word(Word::Verbatim));
            self.list(&format!("\n### ⚠ {title}\n\n"), &loud, "");
        }
        self.summary(changes);
        for chapter in &changes.chapters {
            let own = chapter.changes.iter();
            let own: Vec<_> = own.filter(|change| is_detail(change)).collect();
            if !own.is_empty() {
                let title = html(&wording.chapter(chapter));
                let count = wording.number_of_changes(own.len());
                let open = format!("\n<details>\n<summary>{title}: {count}</summary>\n\n");
                self.list(&open, &own, "\n</details>\n");
            }
        }
        self.bodies(changes);
        let counts = changes.counts();
        for (fold, _) in Fold::ALL {
            if let Some(&n) = counts.folded.get(&fold) {
                self.add(&format!("\n{}\n", escaped(&wording.folded(fold, n))));
            }
        }
        if self.left_out > 0 {
            let words = escaped(&wording.left_out(self.left_out));
            self.out.push_str(&format!("\n**{words}**\n"));
        }
    }

    /// What a reader who has a minute must know: items that came and went, and their fields.
    fn summary(&mut self, changes: &Changes) {
        for chapter in &changes.chapters {
            let own = chapter.changes.iter();
            let own: Vec<_> = own.filter(|change| is_summary(change)).collect();
            if !own.is_empty() {
                let title = escaped(&self.wording.chapter(chapter));
                self.list(&format!("\n### {title}\n\n"), &own, "");
            }
        }
    }

    /// A list of changes, as far as there is room; those without room are counted.
    fn list(&mut self, open: &str, changes: &[&Change], close: &str) {
        let mut block = open.to_owned();
        let mut shown = 0;
        for (at, change) in changes.iter().enumerate() {
            let item = self.item(change, at >= SUMMARY && close.is_empty());
            let length = self.out.len() + block.len() + item.len() + close.len();
            if length + SPARE_BYTES > MOST_BYTES {
                break;
            }
            block.push_str(&item);
            shown += 1;
        }
        self.left_out += changes.len() - shown;
        if shown > 0 {
            block.push_str(close);
            self.out.push_str(&block);
        }
    }

    fn item(&self, change: &Change, is_short: bool) -> String {
        let mut item = String::from("- ");
        for part in self.wording.sentence(change) {
            item.push_str(&match part {
                Part::Name(name) => format!("*{}*", escaped(name.trim())),
                part => escaped(part.text()),
            });
        }
        item.push('\n');
        let What::Text { edit, .. } = &change.what else {
            return item;
        };
        match edit {
            Edit::Words(runs) if !is_short => {
                let words = shortened(runs);
                let words = words.iter().map(|run| {
                    let (before, words, behind) = apart(&run.text);
                    let words = escaped(words);
                    match run.kind {
                        _ if words.is_empty() => format!("{before}{behind}"),
                        RunKind::Kept => format!("{before}{words}{behind}"),
                        RunKind::Struck => format!("{before}<del>{words}</del>{behind}"),
                        RunKind::Added => format!("{before}<ins>{words}</ins>{behind}"),
                    }
                });
                let words: String = words.collect();
                item.push_str(&format!("  > {}\n", words.trim()));
            }
            Edit::Rewritten(old, new) if !is_short => {
                let (before, now) = (Word::Before, Word::Now);
                for (word, text) in [(before, old), (now, new)] {
                    let word = self.wording.word(word);
                    item.push_str(&format!("\n  > {word}: {}\n", escaped(text)));
                }
            }
            _ => {}
        }
        item
    }

    fn bodies(&mut self, changes: &Changes) {
        let bodies = changes.by_body();
        if bodies.is_empty() {
            return;
        }
        let title = html(self.wording.word(Word::ByBody));
        let mut block = format!("\n<details>\n<summary>{title}</summary>\n\n");
        for (name, of_it) in bodies {
            let count = self.wording.number_of_changes(of_it.len());
            let names = self.wording.names(&of_it).into_iter();
            let names = names.map(|(name, _)| format!("*{}*", escaped(name.trim())));
            let names: Vec<_> = names.collect();
            let name = escaped(name);
            block.push_str(&match names.is_empty() {
                true => format!("- {name}: {count}\n"),
                false => format!("- {name}: {count} ({})\n", names.join(", ")),
            });
        }
        block.push_str("\n</details>\n");
        self.add(&block);
    }
}

/// Whether a change is told in the summary.
fn is_summary(change: &Change) -> bool {
    let is_told = change.fold.is_none() && !change.is_verbatim;
    is_told && !matches!(change.what, What::Text { .. })
}

/// Whether it is told in the details.
fn is_detail(change: &Change) -> bool {
    let is_told = change.fold.is_none() && !change.is_verbatim;
    is_told && matches!(change.what, What::Text { .. })
}

/// Words that mean nothing but themselves in Markdown; nobody is called by them (`@name`), and no
/// other thread is named (`#12`).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' | '#' => {
                out.push('\\');
                out.push(c);
                // A comment keeps the sign from what would make a name or a number of it.
                out.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '+' | '-' | '!' | '|'
            | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // «1. » begins a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with('.') {
        out.insert(digits, '\\');
    }
    out
}

/// Words inside an element of HTML.
fn html(text: &str) -> String {
    let mut out = String::new();
    crate::dom::escape(text, &mut out);
    out.replace('@', "@<!-- -->").replace('#', "#<!-- -->")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn words_mean_nothing_but_themselves() {
        assert_eq!(escaped("*Nei* <b>"), "\\*Nei\\* &lt;b&gt;");
        assert_eq!(
            escaped("spør @kari om #12"),
            "spør \\@<!-- -->kari om \\#<!-- -->12"
        );
        assert_eq!(escaped("1. mai"), "1\\. mai");
    }
}
