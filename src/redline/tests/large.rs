//! Whole documents that are cut, renumbered or reordered.

use super::*;

/// A chapter of paragraphs, with its number.
fn chapter(number: usize, name: &str, paragraphs: std::ops::Range<usize>) -> String {
    let paragraphs = paragraphs.map(|n| {
        format!("<p>Avsnitt {n} sier at sak{n} skal til møte{n} i by{n} når år{n} er omme.</p>")
    });
    let paragraphs: String = paragraphs.collect();
    format!(
        "<section id=\"chapter-{name}\"><h2><span class=\"number\">{number}</span> {name}</h2>\
         {paragraphs}</section>"
    )
}

fn merge_of(old: &str, new: &str) -> Merged {
    let (old, new) = (document(old), document(new));
    let merged = merge(&old, &new, &none(), &none());
    hold(&merged, &old, &new);
    merged
}

#[test]
fn six_hundred_headings_with_other_numbers_have_not_changed() {
    let headings = |from: usize| {
        let all = (0..600).map(|n| {
            let number = from + n;
            format!("<h3><span class=\"number\">{number}</span>. Om sak{n}</h3><p>Se sak{n}.</p>")
        });
        all.collect::<String>()
    };
    let merged = merge_of(&headings(1), &headings(7));
    assert_eq!(merged.marks, BTreeMap::new());
    assert_eq!(merged.former, BTreeMap::new());
}

/// All paragraphs are found again: those of the first chapter stay, the others move.
#[test]
fn one_chapter_becomes_twenty_five_and_one_again() {
    let one = chapter(1, "alt", 0..100);
    let many: String = (0..25)
        .map(|n| {
            let name = if n == 0 {
                "alt".to_owned()
            } else {
                format!("del-{n}")
            };
            chapter(n + 1, &name, 4 * n..4 * n + 4)
        })
        .collect();
    for (old, new) in [(&one, &many), (&many, &one)] {
        let merged = merge_of(old, new);
        assert_eq!(merged.moves.len(), 96);
        let paragraphs = merged.marks.iter().filter(|(node, mark)| {
            matches!(mark, Mark::Struck | Mark::Added) && merged.document.get(**node).is("p")
        });
        assert_eq!(paragraphs.count(), 0);
    }
}

#[test]
fn a_chapter_becomes_five() {
    let old = [
        chapter(1, "før", 0..10),
        chapter(2, "alt", 10..60),
        chapter(3, "etter", 60..70),
    ];
    let mut new = vec![chapter(1, "før", 0..10)];
    new.extend((0..5).map(|n| {
        let name = if n == 0 {
            "alt".to_owned()
        } else {
            format!("del-{n}")
        };
        chapter(n + 2, &name, 10 + 10 * n..20 + 10 * n)
    }));
    new.push(chapter(7, "etter", 60..70));
    let merged = merge_of(&old.concat(), &new.concat());
    assert_eq!(merged.moves.len(), 40);
    // Four new chapters, and nothing else that was added or struck.
    let mut only = merged.marks.values();
    let only = only
        .by_ref()
        .filter(|mark| matches!(mark, Mark::Struck | Mark::Added));
    assert_eq!(only.count(), 4);
}

#[test]
fn another_picture_of_the_same_name_is_another() {
    let html =
        "<figure><img src=\"a.png\" alt=\"Havna\"><figcaption>Havna i byen</figcaption></figure>";
    let (old, new) = (document(html), document(html));
    let digest = |digest: &str| BTreeMap::from([("a.png".to_owned(), digest.to_owned())]);
    let merged = merge(&old, &new, &digest("1"), &digest("2"));
    let marked: Vec<(&str, Mark)> = merged
        .marks
        .iter()
        .filter_map(|(&node, &mark)| Some((merged.document.get(node).attr("src")?, mark)))
        .collect();
    let expected = [("was-a.png", Mark::Struck), ("a.png", Mark::Added)];
    assert_eq!(marked, expected);
}
