//! What becomes of Markdown, and what is said of it.

use super::*;

fn text_of(body: &str) -> (Text, Vec<crate::diag::Diagnostic>) {
    let mut sink = Sink::default();
    let text = read(body, FileId::nth(0), 0, &mut sink);
    (text, sink.into_sorted())
}

fn words(text: &Text) -> Vec<String> {
    let mut out = Vec::new();
    text.walk(&mut |b| out.extend(b.lines().iter().map(|(l, _)| Inline::plain(l))));
    out
}

#[test]
fn tight_and_loose_lists_keep_the_words_of_nested_items_apart() {
    let (text, _) = text_of("- en *to*\n  - tre\n- fire\n\n  fem\n");
    assert_eq!(words(&text), ["en to", "tre", "fire", "fem"]);
}

#[test]
fn a_picture_in_a_paragraph_becomes_a_figure_after_it() {
    let (text, _) = text_of("Før ![Havn](image/havn) etter.\n\n![](image/by)\n");
    assert_eq!(words(&text), ["Før  etter."]);
    let kinds: Vec<_> = text
        .blocks
        .iter()
        .map(|b| matches!(b, Block::Figure { .. }))
        .collect();
    assert_eq!(kinds, [false, true, true]);
}

#[test]
fn raw_html_is_kept_as_text_and_reported_once_a_block() {
    let (text, said) = text_of("<b>fet</b> tekst\n");
    assert_eq!(words(&text), ["<b>fet</b> tekst"]);
    let messages: Vec<_> = said.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        ["HTML is not allowed, so 2 tags are shown as text"]
    );
    let (text, said) = text_of("<div>\nblokk\n</div>\n");
    assert_eq!(words(&text), ["<div>\nblokk\n</div>"]);
    assert_eq!(said.len(), 1);
    let (_, said) = text_of("- <b>a</b>\n- b\n\n| <i>a</i> |\n|---|\n\n<u>c</u>\n");
    assert_eq!(said.len(), 3, "one for each block: {said:?}");
}

#[test]
fn a_row_that_does_not_fit_the_header_is_pointed_at() {
    let (_, said) = text_of("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |\n| x \\| y | z |\n");
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].message, "the row has 3 cells, the header has 2");
}

#[test]
fn a_table_whose_row_of_hyphens_does_not_fit_is_pointed_at() {
    let bodies = [
        ("| a | b |\n|---|\n| 1 | 2 |\n", "|---|"),
        ("> a | b\n> --|--|--\n", "--|--|--"),
        ("- | a | b |\n  |---|\n", "|---|"),
    ];
    for (body, place) in bodies {
        assert_eq!(
            lines_and_said(body).1,
            [("L012", place.to_owned())],
            "{body}"
        );
    }
    for body in [
        "a | b\n-----\n",
        "Ord.\n|---|\n",
        "`a | b`\n\n    a | b\n    |--|\n",
    ] {
        assert_eq!(lines_and_said(body).1, [], "{body}");
    }
    // Many bars on a line are not looked through again for each of them.
    text_of(&format!("a | b\n{}", "*|* ".repeat(50_000)));
}

#[test]
fn a_link_without_words_shows_where_it_leads() {
    let (lines, said) = lines_and_said("[](challenge/drift) og [](https://a.no)\n");
    assert_eq!(
        (lines, said.len()),
        (vec!["challenge/drift og https://a.no".to_owned()], 0)
    );
}

#[test]
fn a_picture_in_a_link_or_a_cell_is_pointed_at_and_kept() {
    let body = "[![Havn](image/havn)](challenge/drift)\n\n| a |\n|---|\n| ![](image/by) |\n";
    let (text, said) = text_of(body);
    let codes: Vec<_> = said.iter().map(|d| d.rule.code.0).collect();
    assert_eq!(codes, ["L026", "L026"]);
    let figures = text
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Figure { .. }));
    assert_eq!(figures.count(), 2, "{text:?}");
}

#[test]
fn a_link_to_an_item_points_at_its_target() {
    let (text, _) = text_of("Se [økonomi](challenge/okonomi).\n");
    let Block::Paragraph { content, .. } = &text.blocks[0] else {
        panic!("{text:?}")
    };
    let Inline::Link {
        link: Link::Item {
            item: reference, ..
        },
        ..
    } = &content[1]
    else {
        panic!("{content:?}")
    };
    assert_eq!(reference.target, "challenge/okonomi");
    assert_eq!((reference.span.start, reference.span.end), (14, 31));
}

/// What is read, as lines, and the code and the text of each complaint.
fn lines_and_said(body: &str) -> (Vec<String>, Vec<(&'static str, String)>) {
    let (text, said) = text_of(body);
    let at = |d: &crate::diag::Diagnostic| body[d.primary.expect("a place").range()].to_owned();
    let said = said.iter().map(|d| (d.rule.code.0, at(d))).collect();
    (words(&text), said)
}

#[test]
fn a_comment_is_left_out_however_many_lines_it_has() {
    let body = "Før.\n\n<!-- et notat\n\nover flere\nlinjer -->\n\nEtter <!-- ja\nda --> alt.\n";
    let (lines, said) = lines_and_said(body);
    assert_eq!(
        (lines.concat(), said.len()),
        ("Før.Etter  alt.".to_owned(), 0)
    );
    let (lines, said) = lines_and_said("> - <!-- et\n>   notat\n>   -->\n> - ord\n");
    assert_eq!((lines, said.len()), (vec!["ord".to_owned()], 0));
    assert_eq!(lines_and_said("<!-->\n\n<!--->\n").0.len(), 0);
}

#[test]
fn words_between_and_behind_comments_are_shown() {
    let (lines, said) = lines_and_said("<!-- a --> VIKTIG <!-- b -->\n");
    assert_eq!(lines, ["VIKTIG"]);
    assert_eq!(said, [("L013", "VIKTIG".to_owned())]);
    let (lines, said) = lines_and_said("<div>\n<!-- a\n-->ja\n</div>\n");
    assert_eq!(lines, ["<div>\nja\n</div>"]);
    assert_eq!(said.len(), 1);
    let (lines, said) = lines_and_said("> <div>\n> blokk\n> </div>\n");
    assert_eq!(lines, ["<div>\nblokk\n</div>"]);
    assert_eq!(said[0].1, "<div>\n> blokk\n> </div>");
}

#[test]
fn a_comment_that_does_not_end_is_shown_and_pointed_at() {
    let (lines, said) = lines_and_said("Før.\n\n<!-- notat\n\nEtter.\n");
    assert_eq!(lines, ["Før.", "<!-- notat\nEtter."]);
    assert_eq!(said, [("L013", "<!-- notat\n\nEtter.".to_owned())]);
    let (lines, said) = lines_and_said("<!-- a --><!-- notat\n\nEtter.\n");
    assert_eq!(lines, ["<!-- notat", "Etter."]);
    assert_eq!(said, [("L013", "<!-- notat".to_owned())]);
    let (lines, said) = lines_and_said("Ord <!-- notat.\n");
    assert_eq!(lines, ["Ord <!-- notat."]);
    assert_eq!(said, [("L013", "<!-- notat.".to_owned())]);
    for meant in [
        "Ord \\<!-- notat.\n",
        "`<!-- kode`\n",
        "    <!-- kode\n",
        "&lt;!-- ord\n",
    ] {
        assert_eq!(lines_and_said(meant).1, [], "{meant}");
    }
}

#[test]
fn a_definition_that_nothing_uses_is_pointed_at() {
    let unused = |body| {
        let (_, said) = lines_and_said(body);
        said.into_iter()
            .map(|(code, place)| format!("{code} {place}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        unused("Ord.\n\n[kilde]: rapport\n"),
        ["L023 [kilde]: rapport"]
    );
    assert_eq!(unused("> - [a]: b\n"), ["L023 [a]: b"]);
    assert!(unused("Se [ord][KILDE], [kilde] og [kilde][].\n\n[kilde]: https://a.no\n").is_empty());
    let twice = "Se [a].\n\n[a]: https://a.no\n[a]: https://b.no\n\n- [A]: https://c.no\n";
    assert_eq!(
        unused(twice),
        ["L023 [a]: https://b.no", "L023 [A]: https://c.no"]
    );
    let no_definition =
        "[a]\n[b]: ord\n\n- [y] ]: ja\n\nOrd.\n\n    [c]: kode\n\n```\n[d]: kode\n```\n";
    assert_eq!(unused(no_definition), [] as [&str; 0]);
}

#[test]
fn a_title_that_would_not_be_shown_is_pointed_at() {
    let body = "Se [ord](https://a.no \"Side 12\") og ![](image/a 'Kart').\n";
    let (_, said) = lines_and_said(body);
    let said: Vec<_> = said
        .iter()
        .map(|(code, place)| (*code, place.as_str()))
        .collect();
    assert_eq!(said, [("L023", "Side 12"), ("L023", "Kart")]);
}

#[test]
fn a_letter_in_angle_brackets_goes_to_its_reader() {
    let (text, _) = text_of("Skriv til <post@a.no>.\n");
    let Block::Paragraph { content, .. } = &text.blocks[0] else {
        panic!("{text:?}")
    };
    let address = Link::Address("mailto:post@a.no".to_owned());
    assert!(matches!(&content[1], Inline::Link { link, .. } if *link == address));
}

#[test]
fn a_control_character_in_disguise_is_pointed_at() {
    assert_eq!(
        lines_and_said("En&#2;ting.\n").1,
        [("L021", "&#2;".to_owned())]
    );
}

#[test]
fn what_lies_too_deep_is_kept_in_the_last_level_and_said_once() {
    let deep = |mark: &str| mark.repeat(40);
    let mut nested = String::new();
    for level in 0..40 {
        nested.push_str(&format!("{}- nr *{level}*\n", "  ".repeat(level)));
    }
    let bodies = [
        format!("{}nr 39\n\nog *mer*\n", deep("> ")),
        nested,
        format!("{}\n\nnr 39\n", deep("*a _a ") + &deep("a_ a* ")),
    ];
    for body in bodies {
        let (text, said) = text_of(&body);
        assert_eq!(
            said.iter().filter(|d| d.rule.code.0 == "L022").count(),
            1,
            "{body}"
        );
        assert!(depth(&text.blocks) <= MAX_DEPTH + 1, "{body}");
        assert!(words(&text).contains(&"nr 39".to_owned()), "{text:?}");
    }
}

/// How deep blocks and inlines are nested.
fn depth(blocks: &[Block]) -> usize {
    fn inline(inlines: &[Inline]) -> usize {
        let below = inlines.iter().map(|i| match i {
            Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::NoteReference(_) => 0,
            _ => 1 + inline(i.inner()),
        });
        below.max().unwrap_or(0)
    }
    let below = blocks.iter().map(|block| match block {
        Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote { blocks, .. } => 1 + depth(blocks),
        Block::Paragraph { content, .. } => inline(content),
        _ => 0,
    });
    below.max().unwrap_or(0)
}

#[test]
fn verbatim_words_keep_their_signs_and_line_ends() {
    let text = read_verbatim("*Ja*, _1._ <b>\n# nei\n\nto\n", FileId::nth(0), 0);
    assert_eq!(words(&text), ["*Ja*, _1._ <b>\n# nei", "to"]);
    let text = read_verbatim("En  to\n    - tre \n\n\n\nfire\n", FileId::nth(0), 0);
    assert_eq!(words(&text), ["En  to\n- tre", "fire"]);
}

/// The inlines of the first paragraph.
fn first_line(text: &Text) -> &[Inline] {
    match text.blocks.first() {
        Some(Block::Paragraph { content, .. }) => content,
        other => panic!("no paragraph comes first: {other:?}"),
    }
}

#[test]
fn notes_are_kept_in_the_order_of_their_references_and_may_hold_blocks() {
    let body = "En[^b] to[^A] tre[^b].\n\n[^a]: Aa.\n[^B]: Be:\n\n    - ja\n    - nei\n\n    Slutt.\n\nFire.\n";
    let (text, said) = text_of(body);
    assert_eq!(said, []);
    let expected = ["En to tre.", "Fire.", "Be:", "ja", "nei", "Slutt.", "Aa."];
    assert_eq!(words(&text), expected);
    let spans: Vec<_> = text.notes.iter().map(|n| &body[n.span.range()]).collect();
    assert_eq!(spans[1], "[^a]: Aa.");
    let references: Vec<_> = first_line(&text)
        .iter()
        .filter_map(|inline| match inline {
            Inline::NoteReference(note) => Some(*note),
            _ => None,
        })
        .collect();
    assert_eq!(references, [0, 1, 0]);
}

#[test]
fn notes_stand_in_headings_lists_tables_and_quotations() {
    let body = "## Mål[^1]\n\n- ledd[^2]\n  - under[^3]\n\n| a[^4] | b |\n|---|---|\n| c | d[^5] |\n\n\
        > sitat[^6]\n>\n> [^6]: seks\n\n[^1]: en\n[^2]: to\n[^3]: tre\n[^4]: fire\n[^5]: fem\n";
    let (text, said) = text_of(body);
    assert_eq!(said, []);
    let expected = [
        "Mål", "ledd", "under", "a", "b", "c", "d", "sitat", "en", "to", "tre", "fire", "fem",
        "seks",
    ];
    assert_eq!(words(&text), expected);
}

#[test]
fn what_is_not_shown_as_a_note_is_pointed_at() {
    let said = |body: &str| {
        let (lines, said) = lines_and_said(body);
        let said: Vec<_> = said
            .iter()
            .map(|(code, place)| format!("{code} {place}"))
            .collect();
        (lines, said)
    };
    let (lines, found) = said("En[^x] og![^y].\n\n[^z]: Borte.\n");
    assert_eq!(lines, ["En[^x] og![^y]."]);
    assert_eq!(found, ["L025 [^x]", "L025 [^y]", "L023 [^z]"]);

    let (lines, found) = said("En[^1].\n\n[^1]: To[^2].\n\n[^2]: Tre.\n");
    assert_eq!(lines, ["En.", "To[^2]."]);
    assert_eq!(found, ["L025 [^2]", "L023 [^2]"]);

    let (lines, found) = said("En[^1].\n\n[^1]: To.\n\n[^1]: Tre.\n");
    assert_eq!(
        (lines, found),
        (
            vec!["En.".into(), "To.".into()],
            vec!["L023 [^1]".to_owned()]
        )
    );

    let (lines, found) = said("En[^1].\n\n[^1]: Seg selv[^1].\n");
    assert_eq!(lines, ["En.", "Seg selv[^1]."]);
    assert_eq!(found, ["L025 [^1]"]);

    let (lines, found) = said("En[^1].\n\n[^1]: # Mål\n\n    ![](image/a)\n");
    assert_eq!(lines, ["En.", "Mål"]);
    assert_eq!(found, ["L025 # Mål", "L026 ![](image/a)"]);

    let body = "[en *to[^1]*](https://a.no) ![tre[^1]](image/a) [fire[^1]].\n\n[^1]: To.\n";
    let (lines, found) = said(body);
    let typed = "[en to](https://a.no) ![tre](image/a) [fire].";
    assert_eq!(lines, [typed, "To."]);
    assert_eq!(found, ["L025 [en *to[^1]*]", "L025 ![tre[^1]]"]);

    let (_, found) = said("En[^1].\n\n[^1]: To.\n    [a]: b\n\n    [c]: d\n");
    assert_eq!(found, ["L023 [c]: d"]);
}

#[test]
fn what_looks_like_a_note_and_is_none_is_left_alone() {
    for body in [
        "`[^1]` og `~~x~~`\n",
        "    [^1]: kode\n",
        "\\[^1] \\~~x~~ [^] [ ^a]\n",
        "[^1](https://a.no)\n",
        "Ord: mening\n",
    ] {
        let (text, said) = text_of(body);
        assert_eq!((said, text.notes), (vec![], vec![]), "{body}");
    }
}

#[test]
fn notes_in_notes_in_lists_end_somewhere() {
    let nested: String = (0..2000).map(|n| format!("[^{n}]: - > ")).collect();
    let (text, _) = text_of(&format!("En[^0].\n\n{nested}\n"));
    assert_eq!(text.notes.len(), 1);
    let many: String = (0..5000)
        .map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))
        .collect();
    assert_eq!(text_of(&many).0.notes.len(), 5000);
}

#[test]
fn words_of_another_language_keep_its_tag() {
    let (text, said) = text_of("Om [Adaptation *to* change](lang/en-GB) her.\n");
    assert_eq!(said, []);
    let Inline::Foreign { language, content } = &first_line(&text)[1] else {
        panic!("{text:?}")
    };
    assert_eq!(
        (language.as_str(), Inline::plain(content).as_str()),
        ("en-GB", "Adaptation to change")
    );
    let found = lines_and_said("[a](lang/engelsk) [b](lang/) [](lang/en)\n").1;
    let places: Vec<_> = found
        .iter()
        .map(|(code, place)| format!("{code} {place}"))
        .collect();
    assert_eq!(places, ["L008 lang/engelsk", "L008 lang/", "L008 lang/en"]);
}

#[test]
fn a_quotation_that_is_wholly_of_a_language_has_it_as_its_own() {
    let language = |body: &str| {
        let (text, said) = text_of(body);
        assert_eq!(said, [], "{body}");
        let Some(Block::Quote {
            language, blocks, ..
        }) = text.blocks.into_iter().next()
        else {
            panic!("{body}")
        };
        (language, blocks)
    };
    let (tag, blocks) = language("> [One.](lang/en)\n>\n> [Two *2*.](lang/en)\n");
    assert_eq!(tag.as_deref(), Some("en"));
    let plain = |b: &Block| {
        !b.lines()[0]
            .0
            .iter()
            .any(|i| matches!(i, Inline::Foreign { .. }))
    };
    assert!(blocks.iter().all(plain), "{blocks:?}");
    for mixed in [
        "> [One.](lang/en)\n>\n> [Zwei.](lang/de)\n",
        "> [One.](lang/en)\n>\n> To.\n",
        "> [One.](lang/en) sa han.\n",
        "> [One.](lang/en)\n> - a\n",
        ">\n",
    ] {
        assert_eq!(language(mixed).0, None, "{mixed}");
    }
}

#[test]
fn words_struck_out_are_read_and_a_tilde_is_a_tilde() {
    let (text, said) = text_of("~~Nei~~ ja, ~20~ personer.\n");
    assert_eq!(said, []);
    assert_eq!(words(&text), ["Nei ja, ~20~ personer."]);
    assert!(matches!(&first_line(&text)[0], Inline::Struck(_)));
}
