//! A council's own templates: what they change, and what is wrong with them.

use crate::support::built::{Audience, Built, fold};
use crate::support::{Case, copy, repository};

fn credits(template: &str) -> Case {
    Case::minimal().with("templates/credits.html", template)
}

#[test]
fn a_mistake_in_the_syntax_is_named_with_file_and_line() {
    let hint = "the line is `{% for picture in %}`\nclose every tag";
    let case = credits("<ul>\n{% for picture in %}\n<li></li>{% endfor %}\n</ul>\n");
    case.error("R001", "templates/credits.html:2", "expected one of", hint);
    let case = credits("<p>a</p>\n\n{% if true %}<p>b</p>\n");
    case.error(
        "R001",
        "templates/credits.html:4",
        "unexpected end of input",
        "close every tag",
    );
}

#[test]
fn every_template_with_a_mistake_is_named_not_only_the_first() {
    let case = credits("{% if %}").with("templates/sources.html", "\n{{ }}\n");
    let expected = [
        "R001 templates/credits.html:1",
        "R001 templates/sources.html:2",
    ];
    assert_eq!(case.places(), expected);
    case.build_is_refused();
}

#[test]
fn an_unknown_name_is_named_with_file_and_line_and_the_one_that_was_meant() {
    let cases = [
        (
            "{{ labels.missing_credit }}",
            "`missing_credit` is not defined",
            "did you mean `missing_credits`?",
        ),
        (
            "{{ challenge }}",
            "`challenge` is not defined",
            "did you mean `challenges`?",
        ),
        (
            "{{ xyz }}",
            "`xyz` is not defined",
            "write one of agreement, challenges",
        ),
        (
            "{{ lable(key=\"toc\") }}",
            "unknown function `lable`",
            "README",
        ),
        ("{{ 1 | htlm }}", "unknown filter `htlm`", "README"),
        ("{{ <nix /> }}", "unknown component `nix`", "{% component"),
        (
            "{% include \"nix.html\" %}",
            "unknown template `nix.html`",
            "template folder",
        ),
        (
            "{{ label(key=\"nix\") }}",
            "there is no label `nix`",
            "compare it",
        ),
        (
            "{{ 1 | html }}",
            "`html` is for the `text` of an item",
            "compare it",
        ),
    ];
    for (tag, message, hint) in cases {
        let case = credits(&format!("<p>a</p>\n{tag}\n"));
        case.error("R002", "templates/credits.html:2", message, hint);
    }
    let case = credits("<p>a</p>\n").with("templates/a.html", "\n{% extends \"nix.html\" %}");
    let message = "`a.html` extends `nix.html`, which does not exist";
    case.error("R002", "templates/a.html:2", message, "template folder");
}

#[test]
fn an_unknown_label_comes_with_the_nearest_or_with_where_all_are_listed() {
    let labelled = |key: &str| {
        let label = format!("[labels]\n{key} = \"Innhald\"\n\n[period]");
        Case::minimal().replace("strategy.toml", "[period]", &label)
    };
    let place = "strategy.toml:23:1";
    labelled("tocc").error("R005", place, "no label `tocc`", "did you mean `toc`?");
    labelled("qwerty").error(
        "R005",
        place,
        "no label `qwerty`",
        "`templates/default/labels`",
    );
}

#[test]
fn a_template_that_includes_itself_is_refused() {
    let message = "the template `credits.html` includes itself";
    let hint = "remove one of the `include` or `extends` tags";
    let itself = credits("<p>a</p>\n{% include \"credits.html\" %}");
    itself.error("R003", "templates/credits.html:2", message, hint);
    let over = credits("{% include \"sources.html\" %}");
    let over = over.with("templates/sources.html", "{% include \"credits.html\" %}");
    over.error("R003", "templates/credits.html:1", message, hint);
}

#[test]
fn templates_that_extend_each_other_in_a_circle_are_refused() {
    let case = Case::minimal().with("templates/a.html", "{% extends \"b.html\" %}");
    let case = case.with("templates/b.html", "\n{% extends \"a.html\" %}");
    let hint = "remove one of the `include` or `extends` tags";
    case.error("R003", "templates/a.html:1", "`b.html` → `a.html`", hint);
    let itself = credits("{% extends \"credits.html\" %}");
    itself.error("R003", "templates/credits.html:1", "includes itself", hint);
}

#[test]
fn a_component_that_calls_itself_is_refused() {
    let case = credits(
        "{% component down(n: integer) %}<i>{{ <down n={1} /> }}</i>{% endcomponent %}\n\
         {{ <down n={1} /> }}",
    );
    let message = "components are nested more than 16 deep";
    case.error("R003", "templates/credits.html:1", message, "endless loop");
}

#[test]
fn a_loop_without_end_is_refused() {
    let turns = "{% for a in range(end=100000) %}\n\
                 {% for b in range(end=100000) %}{% if a == b %}{% endif %}{% endfor %}{% endfor %}";
    let message = "the loops run more than";
    credits(turns).error("R003", "templates/credits.html:2", message, "endless loop");

    let long = "\n{% for a in range(end=900000000) %}<p>a</p>{% endfor %}";
    let message = "exceeds the limit";
    credits(long).error("R003", "templates/credits.html:2", message, "endless loop");

    let doubled = "{% set x = \"abcdefgh\" %}\n\
                   {% for i in range(end=100) %}{% set_global x = x ~ x %}{% endfor %}{{ x }}";
    let message = "a variable contains more than";
    credits(doubled).error("R003", "templates/credits.html:2", message, "endless loop");

    let words = "det er ikke noe å si om dette ".repeat(100);
    let wide = format!("{{% for a in range(end=99999) %}}<p>{words}</p>{{% endfor %}}");
    let message = "the templates write more than 64 MB";
    credits(&wide).error("R003", "", message, "endless loop");
}

#[test]
fn elements_without_end_are_refused() {
    let case = credits("{% for a in range(end=2000) %}<div>{% endfor %}");
    let message = "elements are nested more than 200 deep";
    case.error("R003", "templates/credits.html:1", message, "never closed");
}

#[test]
fn a_theme_or_labels_that_cannot_be_read_are_named() {
    let case = Case::minimal().with("templates/theme.toml", "[colours]\naccent = \n");
    case.error(
        "R004",
        "templates/theme.toml:2",
        "cannot be read",
        "templates/default",
    );
    let case = Case::minimal().with("templates/theme.toml", "[colours]\naksent = \"#000000\"\n");
    case.error(
        "R004",
        "templates/theme.toml:2",
        "unknown key `aksent`",
        "templates/default",
    );
    let case = Case::minimal().with("templates/labels/nb.toml", "\ntoc = Innhold\n");
    case.error(
        "R004",
        "templates/labels/nb.toml:2",
        "cannot be read",
        "templates/default",
    );
    let case = Case::minimal().with("templates/labels/nb.toml", "toc = 3\n");
    case.error(
        "R004",
        "templates/labels/nb.toml:1",
        "the label `toc` is not a text",
        "templates/default",
    );
}

#[test]
fn text_that_a_template_leaves_out_stops_the_build_at_that_text() {
    let item = "+++\ntitle = \"Kai\"\n+++\n\nKaia er for kort.\n";
    let case = Case::minimal().with("findings/kai.md", item);
    let case = case.with(
        "templates/items.html",
        "{% for item in items %}{{ item.title.text }}{% endfor %}",
    );
    let message = "this text is missing in the document";
    case.error(
        "R012",
        "findings/kai.md:5:1",
        message,
        "check that the template writes it",
    );
}

#[test]
fn one_template_of_the_councils_own_changes_the_page_and_the_pdf() {
    let own = "<p>Bildene eies av kommunene.</p>";
    let default = Case::minimal().build();
    let built = credits(own).build();
    for (before, after) in [
        (default.page_text(), built.page_text()),
        (default.read_pdf().text(), built.read_pdf().text()),
    ] {
        let (before, after) = (
            default.without_digest(&before),
            built.without_digest(&after),
        );
        assert!(!before.contains("Bildene eies"), "{before}");
        // Everything else is as in the default set.
        let missing = fold(Case::label("nb", "missing_credits").as_str());
        let expected = fold(&before).replace(&missing, "Bildeneeiesavkommunene.");
        assert_eq!(fold(&after), expected);
    }
}

#[test]
fn a_copy_of_the_default_set_changes_nothing_but_the_digest() {
    let case = Case::minimal();
    copy(
        &repository("templates/default"),
        &case.path("strategy/templates"),
    );
    assert_eq!(case.check(), []);
    let (copied, default) = (case.build(), Case::minimal().build());
    let [page, other] = [&copied, &default].map(|built| {
        let page = built.without_digest(&built.html);
        // Two digests more hang on it: of the style sheet, in which it stands, and of the page.
        let lines = page.lines().filter(|line| {
            !line.contains("Content-Security-Policy") && !line.contains("\"utkast:seal\"")
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    assert!(page == other, "the pages differ");
    let [pdf, other] = [&copied, &default].map(|built| {
        let read = built.read_pdf();
        built.without_digest(&format!("{read:?}"))
    });
    assert_eq!(pdf, other);
}

#[test]
fn a_template_of_a_new_name_can_be_included() {
    let case = credits("{% include \"eiere.html\" %}");
    let case = case.with("templates/eiere.html", "<p>Bildene eies av kommunene.</p>");
    assert_eq!(case.check(), []);
    assert!(
        case.build()
            .page_text()
            .contains("Bildene eies av kommunene.")
    );
}

#[test]
fn a_label_of_the_councils_own_changes_the_page_and_the_pdf() {
    let case = Case::minimal().with("templates/labels/nb.toml", "toc = \"Dette står her\"\n");
    let by_folder = case.build();
    let labels = "\n[labels]\ntoc = \"Dette står her\"\n";
    let text = std::fs::read_to_string(Case::minimal().path("strategy/strategy.toml"));
    let text = text.expect("it is there") + labels;
    let by_strategy = Case::minimal().with("strategy.toml", text).build();
    for built in [by_folder, by_strategy] {
        for text in [built.page_text(), built.read_pdf().text()] {
            assert!(text.contains("Dette står her"), "{text}");
            let word = Case::label("nb", "toc");
            assert!(!text.lines().any(|line| line.trim() == word), "{text}");
        }
    }
}

#[test]
fn a_theme_of_the_councils_own_changes_the_page_and_the_pdf() {
    let theme = "[colours]\naccent = \"#7a1f2b\"\n\n[sizes]\nbody = 13.0\n";
    let default = Case::minimal().build();
    let in_templates = Case::minimal().with("templates/theme.toml", theme).build();
    let at_the_top = Case::minimal().with("theme.toml", theme).build();
    // 0x7a, 0x1f and 0x2b of 0xff, as operands of a content stream.
    let red = |built: &Built| {
        let strings = built.pdf_strings();
        strings
            .iter()
            .any(|text| text.contains(".478 .122 .169 rg"))
    };
    assert!(!default.html.contains("#7a1f2b") && !red(&default));
    for built in [in_templates, at_the_top] {
        assert!(built.html.contains("--accent:#7a1f2b"));
        assert!(red(&built), "the PDF has the colour");
        assert_eq!(
            built.without_digest(&built.page_text()),
            default.without_digest(&default.page_text()),
            "a theme changes no words"
        );
    }
}

#[test]
fn a_style_sheet_cannot_end_its_element_and_write_into_the_page() {
    let css = "p::before { content: \"</style><script>alert(1)</script></head>\\A<body>\" }";
    let case = Case::minimal().with("templates/page.css", css);
    assert_eq!(case.check(), []);
    let html = case.build().html;
    assert!(!html.contains("</style><script"), "{html}");
    assert_eq!(html.matches("</style>").count(), 1);
}

/// An internal item of each kind that can be one, and names of participants.
fn with_secrets() -> Case {
    let item = |title: &str, body: &str| {
        format!("+++\ntitle = \"{title}\"\naudience = \"internal\"\n+++\n\n{body}\n")
    };
    let case = Case::minimal()
        .with(
            "findings/hemmeligfunn.md",
            item("Hemmeligfunn", "Tilliten er Borteveldig."),
        )
        .with(
            "goals/hemmeligmaal.md",
            item("Hemmeligmaal", "Vi skal Overtasnart."),
        )
        .with(
            "challenges/apen.md",
            "+++\ntitle = \"Åpen\"\n+++\n\nEn åpen utfordring.\n",
        )
        .with(
            "workshop/workshop.toml",
            "title = \"Samling\"\n\n[meeting]\nbody = \"body/regionradet\"\n",
        )
        .with(
            "workshop/questions/1.md",
            "+++\nnumber = 1\ntitle = \"Hva nå?\"\n+++\n\nHva gjør vi nå?\n",
        )
        .with(
            "workshop/participants.toml",
            "[[groups]]\nid = \"1\"\nnumber = 1\nmembers = [\"Aslaugdottir\", \"Torbjornsen\"]\n",
        );
    let case = case
        .with("challenges/hemmeligkrise.md", item("Hemmeligkrise", "Kassakreditten er Brukthelt.\n\n![](image/havn)"))
        .with("chapters/hemmeligkapittel.md", item("Hemmeligkapittel", "## Underhemmelig\n\nTekst."))
        .replace("strategy.toml", "\"bilder\",", "\"bilder\",\n\"hemmeligkapittel\",")
        .with("images/havn.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>")
        .with(
            "images.toml",
            "[[images]]\nid = \"havn\"\nfile = \"images/havn.svg\"\nalt = \"Stillehavn.\"\n\
             caption = \"Bildetekstlukket\"\nlicence = \"Egentegning.\"\n\
             credits = [{ name = \"Fotografsen\" }]\n",
        )
        .with(
            "measures/hemmeligtiltak.md",
            "+++\ntitle = \"Hemmeligtiltak\"\naudience = \"internal\"\ncomes_from = [\"challenge/apen\"]\n\
             responsible = [\"role/koordinator\"]\npartners = [\"Partnersen\"]\n\
             indicator = \"Maalestokk\"\ncost = \"Millionvis\"\n+++\n\nVi Nedleggerkai.\n",
        );
    let input = "group = \"group/1\"\n\n[[answers]]\nid = \"a\"\nquestion = \"question/1\"\n\
                 audience = \"internal\"\ntext = \"Vi bør Slåsammenalt.\"\n";
    case.with("workshop/inputs/gruppe-1.toml", input)
}

const SECRETS: [&str; 24] = [
    "hemmeligkrise",
    "brukthelt",
    "kassakreditten",
    "hemmeligfunn",
    "borteveldig",
    "hemmeligmaal",
    "overtasnart",
    "aslaugdottir",
    "torbjornsen",
    "slåsammenalt",
    "hemmeligkapittel",
    "underhemmelig",
    "bildetekstlukket",
    "fotografsen",
    "stillehavn",
    "egentegning",
    "hemmeligtiltak",
    "partnersen",
    "maalestokk",
    "millionvis",
    "nedleggerkai",
    // What an address or a name of a place in a file may make of them.
    "slasammenalt",
    "image-havn",
    "image/havn",
];

#[test]
fn internal_text_is_nowhere_in_a_public_page_or_pdf() {
    let case = with_secrets();
    assert!(
        case.check().iter().all(|f| f.severity != "error"),
        "{:#?}",
        case.check()
    );
    let built = case.build();
    let read = built.read_pdf();
    let mut places = vec![built.html.clone(), read.text(), read.to_string()];
    places.extend(read.artifacts.clone());
    places.extend(built.pdf_strings());
    places.extend(built.pdftotext());
    places.push(String::from_utf8_lossy(&built.pdf).into_owned());
    for place in places {
        let place = place.to_lowercase();
        for secret in SECRETS {
            assert!(
                !place.contains(secret),
                "`{secret}` is in a public output: {place}"
            );
        }
    }
}

#[test]
fn internal_text_is_all_there_in_an_internal_page_and_pdf() {
    let case = with_secrets();
    let built = Built::of(&case.path("strategy"), Audience::Internal);
    for text in [built.page_text(), built.read_pdf().text()] {
        let text = text.to_lowercase();
        // The drawing's own words are its alternative text; the last ones are no words.
        for secret in SECRETS[..21].iter().filter(|s| **s != "stillehavn") {
            assert!(text.contains(secret), "`{secret}` is missing: {text}");
        }
    }
}

#[test]
fn the_record_of_a_public_build_has_no_internal_text() {
    let case = with_secrets();
    assert_eq!(case.utkast(&["build"]).status, 0);
    let record = std::fs::read_to_string(case.path("out/build.json")).expect("it is there");
    let said = record.to_lowercase();
    for secret in SECRETS {
        assert!(
            !said.contains(secret),
            "`{secret}` is in the record: {said}"
        );
    }
}

#[test]
fn a_place_that_a_template_makes_up_is_no_place() {
    let cover = std::fs::read_to_string(repository("templates/default/cover.html"));
    let cover = cover.expect("it is there");
    for source in ["99:0-1", "630000000000:0-1", "1:0-9"] {
        let made_up = format!("{cover}\n<p data-source=\"{source}\">\u{2e80}</p>\n");
        let line = made_up.lines().count();
        let case = Case::minimal().with("templates/cover.html", made_up);
        let places = case.places();
        let place = format!("templates/cover.html:{line}");
        assert!(
            places.len() == 1 && places[0].ends_with(&place),
            "{source}: {places:?}"
        );
    }
}
