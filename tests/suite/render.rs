//! What becomes of a strategy between its sources and its outputs: nothing is lost, nothing leaks,
//! and what is wrong is said where it stands.

use crate::support::Case;
use crate::support::built::{Audience, Built, fold};

#[test]
fn theme_labels_and_templates_are_reported_in_one_run() {
    let case = Case::minimal()
        .with("templates/theme.toml", "\n[colours]\nacent = \"#000000\"\n")
        .with("templates/labels/nb.toml", "toc = 3\n")
        .with(
            "templates/credits.html",
            "<p>\n{% include \"nix.html\" %}</p>",
        );
    let expected = [
        "R002 templates/credits.html:2",
        "R004 templates/theme.toml:3",
        "R004 templates/labels/nb.toml:1",
    ];
    assert_eq!(case.places(), expected);
    let errors = case.check();
    let theme = errors.iter().find(|f| f.place.contains("theme.toml"));
    assert!(
        theme.is_some_and(|f| f.hints.contains("did you mean `accent`?")),
        "{errors:#?}"
    );
}

/// A chapter that is internal, and shows an opportunity that everybody may read.
fn with_internal_chapter() -> Case {
    let chapter =
        "+++\ntitle = \"Muligheter\"\nshows = \"opportunities\"\naudience = \"internal\"\n+++\n";
    Case::minimal()
        .with("chapters/muligheter.md", chapter)
        .with(
            "opportunities/havna.md",
            "+++\ntitle = \"Havna\"\n+++\n\nHavna har plass til flere.\n",
        )
        .with(
            "challenges/drift.md",
            "+++\ntitle = \"Drift\"\ncomes_from = [\"opportunity/havna\"]\n+++\n\n\
             Se [havna](opportunity/havna).\n",
        )
}

#[test]
fn an_internal_chapter_takes_along_what_it_shows_and_says_so() {
    let case = with_internal_chapter();
    let hint = "remove `audience` from the chapter";
    case.warning(
        "C013",
        "chapters/muligheter.md:2:9",
        "`opportunities`",
        hint,
    );
    let public = case.build();
    assert!(!public.page_text().contains("Muligheter"));
    assert!(!public.page_text().contains("plass til flere"));
    assert!(public.page_text().contains("Se havna."), "its words stay");
    assert!(
        !public.html.contains("opportunity-havna"),
        "no link leads to it"
    );
    let internal = Built::of(&case.path("strategy"), Audience::Internal);
    assert!(internal.page_text().contains("plass til flere"));
}

#[test]
fn what_a_template_leaves_out_is_named_be_it_a_name_a_date_or_a_letter() {
    let process = "[[steps]]\nid = \"a\"\nbody = \"body/regionradet\"\nactivity = \"Møte\"\n\
                   weeks = 9\nresponsible = [\"role/koordinator\"]\n";
    let process = format!("year = 2025\n\n{process}");
    let steps = "{% for s in process.steps %}<p>{{ s.activity.text }}</p>{% endfor %}";
    let case = Case::minimal()
        .with("process.toml", process)
        .with("templates/process.html", steps);
    let found = case.check();
    let places: Vec<_> = found
        .iter()
        .map(|f| (f.code.as_str(), f.place.as_str()))
        .collect();
    // The body and the role; the drawing of the plan does not make up for them.
    let expected = [("R012", "process.toml:5:8"), ("R012", "process.toml:8:16")];
    assert_eq!(places, expected);

    let agreement = "+++\ntitle = \"Avtalen\"\n\
                     date = { text = \"00.02.21\", uncertain = \"Dagen mangler.\" }\n+++\n\nFormålet.\n";
    let case = Case::minimal().with("agreement.md", agreement).with(
        "templates/agreement.html",
        "{{ agreement.text | html(level=3) }}",
    );
    let lost = case.check().into_iter().filter(|f| f.code == "R012");
    let places: Vec<_> = lost.map(|f| f.place).collect();
    assert_eq!(places, ["agreement.md:2:9", "agreement.md:3:8"]);
}

#[test]
fn text_that_is_hidden_on_the_page_is_lost() {
    let item = "+++\n+++\n\nKaia er for kort.\n";
    let case = Case::minimal().with("findings/kai.md", item);
    let hidden =
        "{% for item in items %}<div aria-hidden=\"true\">{{ item.text | html }}</div>{% endfor %}";
    let case = case.with("templates/items.html", hidden);
    case.error(
        "R012",
        "findings/kai.md:4:1",
        "missing in the document",
        "template",
    );
    let attribute = "{% for item in items %}<div hidden>{{ item.text | html }}</div>{% endfor %}";
    let case = case.with("templates/items.html", attribute);
    let found = case.check();
    assert_eq!(found[0].code, "R010", "{found:#?}");
    assert_eq!(
        found[0].message,
        "the attribute `hidden` of `div` was left out"
    );
}

/// A strategy with a drawing, which a challenge shows.
fn with_drawing(svg: &str) -> Case {
    let images = "[[images]]\nid = \"kart\"\nfile = \"images/kart.svg\"\nalt = \"Et kart.\"\n\
                  licence = \"Egen tegning.\"\ncredits = [{ name = \"Sekretariatet\" }]\n";
    let challenge = "+++\ntitle = \"Drift\"\n+++\n\n![](image/kart)\n";
    Case::minimal()
        .with("images.toml", images)
        .with("images/kart.svg", svg)
        .with("challenges/drift.md", challenge)
}

#[test]
fn a_drawing_of_a_drawing_program_keeps_its_looks_and_its_spaces() {
    let case = with_drawing(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 60\">\
         <rect width=\"90\" height=\"60\" style=\"fill:#7a1f2b;-inkscape-stroke:none\"/>\
         <text y=\"20\"><tspan>Ett</tspan> <tspan>To</tspan></text></svg>",
    );
    assert_eq!(case.check(), []);
    let built = case.build();
    assert!(built.html.contains("fill=\"#7a1f2b\""));
    assert!(
        !built.html.contains(" style="),
        "the page's policy lets none be"
    );
    assert!(built.html.contains("<tspan>Ett</tspan> <tspan>To</tspan>"));
    let mut painted = built.pdf_strings().into_iter();
    assert!(
        painted.any(|text| text.contains(".478 .122 .169 rg")),
        "the PDF has the colour"
    );
}

#[test]
fn a_drawing_that_nobody_could_see_is_refused_at_its_entry() {
    let open = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
    for (svg, why) in [
        (format!("{open} width=\"0\" height=\"0\"/>"), "size"),
        (
            "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>".to_owned(),
            "it has no element `svg`",
        ),
        (
            format!("{open} viewBox=\"0 0 9 9\"><g id=\"a\"><use href=\"#a\"/></g></svg>"),
            "refer to themselves",
        ),
    ] {
        with_drawing(&svg).error("C101", "images.toml:3:8", why, "save it again as SVG");
    }
}

/// A challenge with notes in a heading, a list, a table and a quotation, and one to two places.
const NOTES: &str = "## Kontor[^h]\n\nVi deler kontor[^a]. Og bil.[^a]\n\n- Leie[^b] nå\n\n\
    | Hva | Kr |\n|---|--:|\n| Strøm[^c] | 10 |\n\n> [Share.](lang/en)\n\n\
    [^a]: Fra 2024.\n[^b]: To ting:\n\n    - rom\n    - [møter](lang/se)\n\n\
    [^c]: Uten nett.\n[^h]: Avtalen.\n";

#[test]
fn notes_stand_below_their_text_with_numbers_that_run_through_the_document() {
    let case = Case::challenge(NOTES).with(
        "chapters/funn.md",
        "+++\ntitle = \"Funn\"\nshows = \"findings\"\n+++\n\nTillit[^1] teller.\n\n[^1]: Se 2021.\n",
    );
    assert_eq!(case.check(), []);
    let built = case.build();
    let html = &built.html;
    // What mails hold on to is the name of a note, and not its number.
    let ids = ["h", "a", "b", "c", "chapter-funn.note-1"];
    let id_of = |n: usize| match ids[n - 1] {
        name if name.len() == 1 => format!("challenge-drift.note-{name}"),
        whole => whole.to_owned(),
    };
    let reference = |id: &str, n: usize| {
        let note = id_of(n);
        format!(
            "<a class=\"noteref\" href=\"#{note}\" role=\"doc-noteref\" id=\"{id}\" \
             aria-label=\"Fotnote {n}\">{n}</a>"
        )
    };
    for (id, n) in [
        ("noteref-1", 1),
        ("noteref-2", 2),
        ("noteref-2-2", 2),
        ("noteref-3", 3),
        ("noteref-5", 5),
    ] {
        assert_eq!(html.matches(&reference(id, n)).count(), 1, "{id}: {html}");
    }
    for n in 1..=5 {
        let id = id_of(n);
        let note = format!(
            "<aside class=\"note\" id=\"{id}\" role=\"doc-footnote\"><a class=\"number\" \
             href=\"#noteref-{n}\" aria-label=\"{n}, tilbake til teksten\">{n}</a>"
        );
        let folded = html.replace(">\n", ">");
        assert_eq!(folded.matches(&note).count(), 1, "{n}: {html}");
    }
    let quotation = "<blockquote id=\"challenge-drift.2.p4\" lang=\"en\">";
    assert!(html.contains(quotation), "{html}");
    assert!(html.contains("<span lang=\"se\">møter</span>"), "{html}");
}

#[test]
fn contents_and_bookmarks_do_not_show_the_number_of_a_note() {
    let chapter = format!("+++\ntitle = \"Funn\"\nshows = \"findings\"\n+++\n\n{NOTES}");
    let built = Case::minimal().with("chapters/funn.md", chapter).build();
    let (_, contents) = built
        .html
        .split_once("<nav class=\"toc")
        .expect("there are contents");
    let (contents, _) = contents.split_once("</nav>").expect("they end");
    assert!(contents.contains("Kontor</a>"), "{contents}");
    assert!(!contents.contains("noteref"), "{contents}");
    let bookmarks = format!("{:?}", built.read_pdf().bookmarks);
    assert!(bookmarks.contains("Kontor\""), "{bookmarks}");
}

#[test]
fn a_note_that_a_template_drops_is_lost_and_one_of_an_internal_item_stays_inside() {
    let items = "{% for item in items %}<p>{{ item.title.text }}</p>{% endfor %}\
                 {% for item in items %}<div id=\"{{ item.anchor }}\">Vi deler kontor.</div>{% endfor %}";
    let case = Case::challenge("Vi deler kontor[^1].\n\n[^1]: Fra 2024.\n")
        .with("templates/items.html", items);
    let found = case.check();
    let places: Vec<_> = found
        .iter()
        .map(|f| (f.code.as_str(), f.place.as_str()))
        .collect();
    assert_eq!(places, [("R012", "challenges/drift.md:7:7")]);

    let internal = "+++\ntitle = \"Skjult\"\naudience = \"internal\"\n+++\n\n\
                    Om lønn[^1] og bil.\n\n[^1]: Hemmelig tall.\n";
    let case = Case::challenge("Vi deler kontor[^1].\n\n[^1]: Fra 2024.\n")
        .with("challenges/skjult.md", internal);
    let public = case.build();
    assert!(!public.html.contains("Hemmelig"), "{}", public.html);
    assert!(public.html.contains("id=\"challenge-drift.note-1\""));
    let internal = Built::of(&case.path("strategy"), Audience::Internal);
    assert!(internal.page_text().contains("Hemmelig tall."));

    // A number between the words does not hide what leaks.
    let leak = "<p>Om lønn<a class=\"noteref\" href=\"#note-a\"></a> og bil.</p>\
                <aside class=\"note\" id=\"note-a\">Ja.</aside>";
    let credits =
        std::fs::read_to_string(crate::support::repository("templates/default/credits.html"));
    let credits = format!("{}{leak}", credits.expect("it is there"));
    let found = case.with("templates/credits.html", credits).check();
    let leaks = found.iter().filter(|f| f.code == "R013");
    assert_eq!(leaks.count(), 1, "{found:#?}");
}

#[test]
fn words_of_others_say_their_language() {
    let agreement =
        "+++\ntitle = \"Avtalen\"\nlanguage = \"en\"\n+++\n\nThe purpose.\n\nIs *this*.\n";
    let built = Case::minimal().with("agreement.md", agreement).build();
    for (n, words) in [(1, "The purpose."), (2, "Is *this*.")] {
        let paragraph = format!("<p id=\"agreement.p{n}\" lang=\"en\">{words}</p>");
        assert!(built.html.contains(&paragraph), "{}", built.html);
    }
}

const TERMS: &str = "[[terms]]\nid = \"ks\"\nterm = \"KS\"\nfull = \"Kommunesektorens organisasjon\"\n\
                     text = \"Organisasjonen til \\\"kommunene\\\".\"\n\n\
                     [[terms]]\nid = \"region\"\nterm = \"region\"\ntext = \"Begge kommunene.\"\n";

#[test]
fn the_glossary_is_printed_linked_to_and_marks_abbreviations_in_both_outputs() {
    let case = Case::glossary("KS’ medlemmer i en [region](term/region). KS igjen.", TERMS);
    assert_eq!(case.check(), []);
    let built = case.build();
    let abbr = "<abbr title=\"Kommunesektorens organisasjon\">KS</abbr>";
    assert_eq!(built.html.matches(abbr).count(), 1, "the first place alone");
    assert!(built.html.contains("<a href=\"#term-region\">region</a>"));
    let said = "KS Kommunesektorens organisasjon. Organisasjonen til «kommunene». \
                region Begge kommunene.";
    for text in [built.page_text(), built.read_pdf().text()] {
        assert!(fold(&text).contains(&fold(said)), "{text}");
    }
}

#[test]
fn abbreviations_are_not_marked_where_the_document_does_not_explain_them() {
    let case = Case::glossary("KS.", TERMS);
    let shows = "shows = \"glossary\"";
    let case = case.replace(
        "chapters/ordliste.md",
        shows,
        &format!("{shows}\naudience = \"internal\""),
    );
    let public = case.build();
    assert!(!public.html.contains("<abbr"), "no word explains it");
    let internal = Built::of(&case.path("strategy"), Audience::Internal);
    assert!(internal.html.contains("<abbr"));
}

#[test]
fn signs_are_set_in_our_own_words_and_kept_in_those_of_others() {
    let typed = "\"*Ord*\" - uke 9-19, sak 5-25 ...";
    let agreement = format!("+++\ntitle = \"Avtale\"\n+++\n\n{typed}\n");
    let case = Case::challenge(&format!("{typed}\n\n> {typed}\n")).with("agreement.md", agreement);
    assert_eq!(case.check(), []);
    let built = case.build();
    for text in [built.page_text(), built.read_pdf().text()] {
        let text = fold(&text);
        let count = |words: &str| text.matches(&fold(words)).count();
        assert_eq!(count("«Ord» – uke 9–19, sak 5-25 …"), 1, "{text}");
        assert_eq!(count("\"*Ord*\" - uke 9-19, sak 5-25 ..."), 1, "{text}");
        assert_eq!(count("\"Ord\" - uke 9-19, sak 5-25 ..."), 1, "{text}");
    }
}
