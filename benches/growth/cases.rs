//! Strategies of which one part is very large, for measuring how the work grows with it.

/// A kind of large strategy.
pub(crate) struct Case {
    /// What is large.
    pub(crate) name: &'static str,
    /// How much of it a build takes in less than a second, optimised.
    pub(crate) size: usize,
    /// The files for a size: paths inside the folder, and contents. They are added to those of
    /// `tests/cases/minimal`, or take their place.
    pub(crate) files: fn(usize) -> Vec<File>,
}

/// A path and a content.
pub(crate) type File = (String, String);

/// Every kind.
pub(crate) const CASES: [Case; 12] = [
    Case {
        name: "words-of-the-title",
        size: 3_000,
        files: title,
    },
    Case {
        name: "places-without-width",
        size: 40_000,
        files: |size| challenge(&format!("a{}", "\u{200b}\u{2060}".repeat(size))),
    },
    Case {
        name: "paragraphs-of-a-template",
        size: 80_000,
        files: |size| template("<p>a</p>", size),
    },
    Case {
        name: "loose-paragraphs-in-a-table-of-a-template",
        size: 20_000,
        files: |size| {
            let mut files = template("<p>a</p>", size);
            files[0].1.insert_str(0, "<table>");
            files
        },
    },
    Case {
        name: "equal-ids-of-a-template",
        size: 10_000,
        files: |size| template("<p id=\"a\">a</p>", size),
    },
    Case {
        name: "forbidden-elements-of-a-template",
        size: 20_000,
        files: |size| template("<script></script>", size),
    },
    Case {
        name: "chain-of-findings",
        size: 4_000,
        files: |size| chain("finding", "comes_from = [\"finding/", "\"]", size),
    },
    Case {
        name: "chain-of-findings-in-the-thread",
        size: 4_000,
        files: thread,
    },
    Case {
        name: "chain-of-goals",
        size: 4_000,
        files: |size| chain("goal", "parent = \"goal/", "\"", size),
    },
    Case {
        name: "goals-below-one",
        size: 4_000,
        files: |size| {
            let mut files = chain("goal", "parent = \"goal/", "\"", size);
            for (_, text) in &mut files[1..] {
                *text = item(Some("parent = \"goal/n0\""));
            }
            files
        },
    },
    Case {
        name: "terms-and-paragraphs",
        size: 2_000,
        files: terms,
    },
    Case {
        name: "lines-of-a-note-and-paragraphs",
        size: 10_000,
        files: |size| {
            let note = "Ord i en lang note. ".repeat(size);
            let text = "Et avsnitt.\n\n".repeat(size);
            challenge(&format!("Tekst[^a].\n\n{text}\n[^a]: {note}\n"))
        },
    },
];

fn file(path: impl Into<String>, content: impl Into<String>) -> File {
    (path.into(), content.into())
}

fn overview() -> &'static str {
    include_str!("../../tests/cases/minimal/strategy.toml")
}

fn title(size: usize) -> Vec<File> {
    let words: Vec<_> = (0..size).map(|n| format!("ord{n}")).collect();
    let text = overview().replace("Strategi 2026–2029", &words.join(" "));
    vec![file("strategy.toml", text)]
}

fn challenge(body: &str) -> Vec<File> {
    let text = format!("+++\ntitle = \"Drift\"\n+++\n\n{body}\n");
    vec![file("challenges/drift.md", text)]
}

fn template(part: &str, size: usize) -> Vec<File> {
    let text = format!("{{% for a in range(end={size}) %}}{part}{{% endfor %}}\n");
    vec![file("templates/credits.html", text)]
}

fn item(key: Option<&str>) -> String {
    let key = key.unwrap_or_default();
    format!("+++\ntitle = \"Et ledd\"\n{key}\n+++\n\nTekst.\n")
}

/// Items of which each names the one before it.
fn chain(kind: &str, before: &str, after: &str, size: usize) -> Vec<File> {
    let files = (0..size).map(|n: usize| {
        let key = n.checked_sub(1).map(|n| format!("{before}n{n}{after}"));
        file(format!("{kind}s/n{n}.md"), item(key.as_deref()))
    });
    files.collect()
}

/// The same between a challenge and a measure, in a chapter that shows the thread.
fn thread(size: usize) -> Vec<File> {
    let mut files = chain("finding", "comes_from = [\"finding/", "\"]", size);
    files[0].1 = item(Some("comes_from = [\"challenge/drift\"]"));
    files.extend(challenge("Tekst."));
    let last = size - 1;
    let key = format!("comes_from = [\"finding/n{last}\"]\nresponsible = [\"role/koordinator\"]");
    files.push(file("measures/m.md", item(Some(&key))));
    let text = overview().replace("\"kilder\"", "\"trad\", \"kilder\"");
    files.push(file("strategy.toml", text));
    let chapter = "+++\ntitle = \"Tråd\"\nshows = \"red-thread\"\n+++\n";
    files.push(file("chapters/trad.md", chapter));
    files
}

/// Terms, and ten times as many paragraphs with one of them each.
fn terms(size: usize) -> Vec<File> {
    let term = |n| {
        format!("[[terms]]\nid = \"t{n}\"\nterm = \"KS{n}\"\nfull = \"Alle {n}\"\ntext = \"a\"\n")
    };
    let paragraph = |n: usize| format!("Avsnitt {n} er om KS{} og mer.\n\n", n % size);
    let mut files = challenge(&(0..10 * size).map(paragraph).collect::<String>());
    files.push(file(
        "glossary.toml",
        (0..size).map(term).collect::<String>(),
    ));
    let text = overview().replace("\"kilder\"", "\"ordliste\", \"kilder\"");
    files.push(file("strategy.toml", text));
    let chapter = "+++\ntitle = \"Ordliste\"\nshows = \"glossary\"\n+++\n";
    files.push(file("chapters/ordliste.md", chapter));
    files
}
