//! Documents of every shape, as the HTML that templates write.

use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write;

/// Stands for a footnote until all are numbered.
const NOTE: char = '\u{e000}';

/// Words: short and long ones, with ligatures, in Northern Sámi, with marks that are hard to break
/// at, addresses, and some too long for any line.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "rådet",
        "og",
        "kommunene",
        "samfunnsutfordringer",
        "arbeidsmarkedsintegrasjon",
        "offisiell",
        "flyt",
        "ČSR-áŋgiruššan",
        "davvisámegiella",
        "«funn»",
        "–",
        "§ 18-4",
        "uke 9–19",
        "10 000",
        "regions-, fylkes- og riksplan",
        "menneske\u{ad}rettighets\u{ad}erklæringen",
        "½",
        "→",
        "KS’",
    ];
    prop_oneof![
        12 => select(known.to_vec()).prop_map(str::to_owned),
        4 => "[a-zæøå]{2,14}",
        1 => "[a-zæøå]{60,140}",
        1 => "[A-Z0-9]{50,90}",
        1 => Just("https://example.org/en/lang/adresse/som-deles-etter-skråstreker".to_owned()),
    ]
}

fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), count).prop_map(|words| words.join(" "))
}

/// Text with all that stands in a line.
fn line() -> impl Strategy<Value = String> {
    let part = (0..14u8, words(1..9)).prop_map(|(kind, text)| match kind {
        0 => format!("<em>{text}</em>"),
        1 => format!("<strong>{text}</strong>"),
        2 => format!("<a href=\"https://example.org/\">{text}</a>"),
        3 => format!("<a href=\"#start\">{text}</a>"),
        4 => format!("<span lang=\"en\">less is more</span> {text}"),
        5 => format!("<q lang=\"se\">{text}</q>"),
        6 => format!("<abbr title=\"interkommunalt politisk råd\">IPR</abbr> {text}"),
        7 => format!("<code>{text}</code>"),
        8 => format!("{text}{NOTE}{{{text}}}"),
        9 => format!("<ins>{text}</ins> <del>{text}</del>"),
        10 => format!("{text}<br>{text}"),
        11 => format!("<span class=\"small-caps\">mipr</span> {text}<sup>2</sup>"),
        _ => text,
    });
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join(" "))
}

/// Blocks, and what they hold.
fn blocks() -> impl Strategy<Value = String> {
    let paragraph = line().prop_map(|line| format!("<p>{line}.</p>"));
    let long = prop::collection::vec(line(), 6..14)
        .prop_map(|lines| format!("<p>{}.</p>", lines.join(" ")));
    let verbatim =
        line().prop_map(|l| format!("<blockquote class=\"verbatim\"><p>{l}</p></blockquote>"));
    let foreign = words(3..20).prop_map(|w| {
        format!(
            "<blockquote lang=\"en\"><p>{w}</p><footer class=\"source\">Kilde</footer></blockquote>"
        )
    });
    let missing = Just("<div class=\"missing\"><p>Ingen innspill ennå.</p></div>".to_owned());
    let pre = words(1..9).prop_map(|w| format!("<pre><code>{w}\n  {w}\n</code></pre>"));
    let facts = (words(1..3), line()).prop_map(|(term, said)| {
        format!("<dl class=\"meta\"><dt>{term}</dt><dd>{said}</dd><dt>Frist</dt><dd>2026</dd></dl>")
    });
    let leaf = prop_oneof![
        6 => paragraph,
        2 => long,
        1 => verbatim,
        1 => foreign,
        1 => missing,
        1 => pre,
        1 => facts,
        2 => figure(),
        1 => Just("<hr>".to_owned()),
        1 => Just("<section class=\"chapter\"></section>".to_owned()),
        1 => Just("<p class=\"screen-only\">bare skjerm</p>".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let many = prop::collection::vec(inner, 1..6);
        let item = prop_oneof![line(), many.clone().prop_map(|blocks| blocks.concat())];
        let list =
            (any::<bool>(), prop::collection::vec(item, 1..7)).prop_map(|(numbered, items)| {
                let items: String = items.iter().map(|i| format!("<li>{i}</li>")).collect();
                match numbered {
                    true => format!("<ol start=\"3\">{items}</ol>"),
                    false => format!("<ul>{items}</ul>"),
                }
            });
        let card = (words(1..5), many.clone()).prop_map(|(title, blocks)| {
            format!(
                "<article class=\"card\"><h4>{title}</h4>{}</article>",
                blocks.concat()
            )
        });
        prop_oneof![3 => list, 1 => card, 2 => table(many)]
    })
}

fn figure() -> impl Strategy<Value = String> {
    let pictures = [
        "<img src=\"photo.jpg\" alt=\"Havna\">",
        "<img src=\"seal.png\" alt=\"Et segl\" width=\"400\">",
        "<img src=\"seal.png\" alt=\"\">",
        "<svg role=\"img\" aria-label=\"En akse\" viewBox=\"0 0 200 40\"><path d=\"M0 20H200\" \
         stroke=\"#0b3c5d\" fill=\"none\"/><text x=\"4\" y=\"14\" font-size=\"9\">uke 9</text></svg>",
        "<svg aria-hidden=\"true\" viewBox=\"0 0 10 4\"><rect width=\"10\" height=\"4\"/></svg>",
        "<svg role=\"img\" aria-label=\"Bare ord\" viewBox=\"0 0 90 20\"><text y=\"14\">ord</text></svg>",
    ];
    (select(pictures.to_vec()), line()).prop_map(|(picture, caption)| {
        format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    })
}

/// Tables: of one page or three, with one header row or two, with and without row headers, with
/// spans and empty cells.
fn table(content: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = String> {
    let cells = prop::collection::vec(line(), 4..9);
    let rows = prop_oneof![4 => 1..8usize, 1 => 90..130usize];
    (cells, rows, 0..16u8, content).prop_map(|(cells, rows, shape, content)| {
        let (two_heads, row_heads, spans) = (shape & 1 > 0, shape & 2 > 0, shape & 4 > 0);
        let mut html = String::from("<table><caption>Tabell</caption><thead>");
        match two_heads {
            true => html.push_str(
                "<tr><th scope=\"col\" rowspan=\"2\">Tema</th><th scope=\"colgroup\" colspan=\"2\">Svar</th></tr>\
                 <tr><th scope=\"col\">Gruppe</th><th scope=\"col\">Ordlyd</th></tr>",
            ),
            false => html.push_str(
                "<tr><th scope=\"col\">Tema</th><th scope=\"col\">Gruppe</th><th scope=\"col\">Ordlyd</th></tr>",
            ),
        }
        html.push_str("</thead><tbody>");
        for row in 0..rows {
            let cell = |at: usize| &cells[(row + at) % cells.len()];
            html.push_str("<tr>");
            match row_heads {
                true => write!(html, "<th scope=\"row\">{}</th>", cell(0)),
                false => write!(html, "<td>{}</td>", cell(0)),
            }
            .expect("strings take all");
            match (spans && row % 3 == 0, row) {
                (true, _) => write!(html, "<td colspan=\"2\">{}</td>", cell(1)),
                (_, 1) => write!(html, "<td></td><td>{}</td>", content.concat()),
                _ => write!(html, "<td>uke {row}</td><td class=\"numeric\">{row}</td>"),
            }
            .expect("strings take all");
            html.push_str("</tr>");
        }
        html + "</tbody></table>"
    })
}

/// A whole document: perhaps a cover and contents, chapters, and notes at their ends.
pub(super) fn document() -> impl Strategy<Value = String> {
    let chapter = (words(1..6), prop::collection::vec(blocks(), 0..6));
    let chapters = prop::collection::vec(chapter, 1..5);
    (any::<bool>(), chapters).prop_map(|(front, chapters)| {
        let mut html = String::new();
        if front {
            html.push_str(
                "<header class=\"cover\"><p class=\"council\">Fjordregionen interkommunalt politisk \
                 råd</p><h1>Strategi</h1><p class=\"period\">2026–2029</p></header><nav class=\"toc \
                 front\"><h2>Innhold</h2><ol>",
            );
            for (number, (title, _)) in chapters.iter().enumerate() {
                write!(html, "<li><a href=\"#c{number}\"><span class=\"number\">{number}</span> {title}</a></li>")
                    .expect("strings take all");
            }
            html.push_str("</ol></nav>");
        }
        html.push_str("<main id=\"start\">");
        let mut count = 0;
        for (number, (title, blocks)) in chapters.iter().enumerate() {
            write!(html, "<section class=\"chapter\" id=\"c{number}\"><h2><span class=\"number\">{number}</span> {title}</h2>")
                .expect("strings take all");
            html.push_str(&with_notes(&blocks.concat(), &mut count));
            html.push_str("</section>");
        }
        html + "</main>"
    })
}

/// The text with its notes numbered and put last.
fn with_notes(text: &str, count: &mut usize) -> String {
    let mut out = String::new();
    let mut notes = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(NOTE) {
        let (note, after) = after
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'))
            .expect("a note stands in braces");
        *count += 1;
        write!(
            out,
            "{before}<a class=\"noteref\" id=\"noteref-{count}\" href=\"#note-{count}\">{count}</a>"
        )
        .expect("strings take all");
        write!(
            notes,
            "<aside class=\"note\" id=\"note-{count}\"><a class=\"number\" \
             href=\"#noteref-{count}\">{count}</a> <p>{note}</p></aside>"
        )
        .expect("strings take all");
        rest = after;
    }
    out + rest + &notes
}
