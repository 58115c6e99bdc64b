use super::*;
use crate::dom::{Meta, parse};
use crate::html::testing::theme;
use crate::layout::{CustomFace, Family, Style};
use read_fonts::tables::layout::FeatureList;
use read_fonts::types::Tag;
use read_fonts::{FontRef, TableProvider};
use skrifa::MetadataProvider;
use std::collections::BTreeSet;

/// A font of a few letters, with outlines in CFF.
const FJORD: &[u8] = include_bytes!("../../../tests/fonts/Fjord-Regular.otf");

fn document(html: &str) -> Document {
    let meta = Meta {
        running_title: "Ŧ".into(),
        page_x_of_y: "Side {x} av {y}".into(),
        ..Meta::default()
    };
    parse(html, meta).document
}

fn rules_of(html: &str, fonts: &Fonts, cache: &mut FaceCache) -> String {
    rules(
        &document(html),
        &theme(),
        fonts,
        "p::before{content:'→'}",
        cache,
    )
}

/// What an `@font-face` rule says, and the font in it.
struct FontFaceRule {
    face: String,
    font: Vec<u8>,
}

fn carried(rules: &str) -> Vec<FontFaceRule> {
    let rule = |line: &str| {
        let (face, rest) = line.strip_prefix("@font-face{")?.split_once(";src:url(")?;
        let coded = rest.strip_prefix("data:font/woff2;base64,")?;
        let coded = coded.strip_suffix(") format(\"woff2\")}")?;
        let font = wuff::decompress_woff2(&decoded(coded)).ok()?;
        let face = face.to_owned();
        Some(FontFaceRule { face, font })
    };
    let lines = rules.lines();
    lines
        .map(|line| rule(line).expect("a rule with a font"))
        .collect()
}

fn decoded(coded: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let coded = coded.trim_end_matches('=').as_bytes();
    let group = |digits: &[u8]| {
        let bits = |at: usize| digits.get(at).map_or(0, |&c| u32::from(digit(c)));
        let all = (0..4).fold(0, |all, at| all << 6 | bits(at));
        all.to_be_bytes()[1..digits.len()].to_vec()
    };
    coded.chunks(4).flat_map(group).collect()
}

fn characters(font: &[u8]) -> BTreeSet<char> {
    let font = FontRef::new(font).expect("a font");
    let all = ('\0'..='\u{2fff}').filter(|&c| font.charmap().map(c).is_some());
    all.collect()
}

fn faces(rules: &str) -> Vec<String> {
    carried(rules)
        .into_iter()
        .map(|carried| carried.face)
        .collect()
}

const ALWAYS: [&str; 3] = [
    "font-family:\"Literata\";font-weight:400;font-style:normal",
    "font-family:\"Inter\";font-weight:400;font-style:normal",
    "font-family:\"Inter\";font-weight:600;font-style:normal",
];

#[test]
fn a_page_carries_the_faces_that_its_elements_are_set_in() {
    let faces = |html: &str| {
        faces(&rules_of(
            html,
            &Fonts::embedded(),
            &mut FaceCache::default(),
        ))
    };
    assert_eq!(faces("<h1>A</h1><p>b <em> </em></p>"), ALWAYS);
    let more = |html: &str| {
        let all = faces(html).into_iter();
        let more: Vec<_> = all
            .filter(|face| !ALWAYS.contains(&face.as_str()))
            .collect();
        more.join(" ").replace("font-", "").replace('"', "")
    };
    let literata = "family:Literata;weight:400;style:italic";
    assert_eq!(more("<p><em>a</em></p>"), literata);
    assert_eq!(
        more("<p><strong>a</strong></p>"),
        "family:Literata;weight:600;style:normal"
    );
    assert_eq!(
        more("<table><tbody><tr><td><i>a</i></td></tr></tbody></table>"),
        "family:Inter;weight:400;style:italic"
    );
    assert_eq!(
        more("<h2>a <cite>b</cite></h2>"),
        "family:Inter;weight:600;style:italic"
    );
    // A note is set in the serif again, whatever stands around it.
    assert_eq!(
        more("<aside class=\"note\"><p><em>a</em></p></aside>"),
        literata
    );
}

#[test]
fn every_face_has_each_character_that_the_page_can_show() {
    // Sámi letters, a mark by itself, an arrow from the style sheet, and what is usual.
    let html = "<h1>Čáhppes</h1><p>ŋ q\u{307}\u{ad} <em>å</em></p>";
    let carried = carried(&rules_of(
        html,
        &Fonts::embedded(),
        &mut FaceCache::default(),
    ));
    assert_eq!(carried.len(), 4);
    for FontFaceRule { face, font } in carried {
        let has = characters(&font);
        let shown = "ČáÁhpesŋŊq\u{307}åŦ→«»–· \u{a0}";
        let missing: String = shown.chars().filter(|c| !has.contains(c)).collect();
        assert_eq!(missing, "", "{face}");
        assert!(!has.contains(&'ŵ'), "{face} is cut down");
    }
}

/// The features that a table lists.
fn features(list: FeatureList<'_>) -> BTreeSet<String> {
    let tags = list.feature_records().iter().map(|r| r.feature_tag());
    tags.map(|tag| tag.to_string()).collect()
}

#[test]
fn what_sets_letters_well_is_kept_and_what_is_asked_for() {
    let kept = |html: &str, css: &str| {
        let (document, fonts) = (document(html), Fonts::embedded());
        let rules = rules(&document, &theme(), &fonts, css, &mut FaceCache::default());
        let carried = carried(&rules);
        let font = FontRef::new(&carried[0].font).expect("a font");
        let gsub = font.gsub().expect("it has substitutions");
        let gpos = font.gpos().expect("it has positions");
        let mut kept = features(gsub.feature_list().expect("they are listed"));
        kept.extend(features(gpos.feature_list().expect("they are listed")));
        move |all: &str| all.split(' ').all(|feature| kept.contains(feature))
    };
    let plain = kept("<p>q\u{307}</p>", "");
    assert!(plain("kern liga mark") && !plain("tnum") && !plain("smcp"));
    let sheet = include_str!("../../../templates/default/page.css");
    let default = kept("<p>å</p>", sheet);
    assert!(default("kern liga tnum") && !default("smcp"));
    let capitals = "<p><span class=\"small-caps\">å</span></p>";
    assert!(kept(capitals, sheet)("kern smcp tnum"));
    assert!(kept("<p>å</p>", "p { font-feature-settings: \"onum\"; }")(
        "onum smcp"
    ));
}

#[test]
fn a_carried_font_says_whose_it_is_and_under_which_licence() {
    let rules = rules_of("<p>å</p>", &Fonts::embedded(), &mut FaceCache::default());
    for FontFaceRule { font, .. } in carried(&rules) {
        let font = FontRef::new(&font).expect("a font");
        let names = font.name().expect("it has names");
        let ids = names.name_record().iter().map(|r| r.name_id().to_u16());
        let ids: BTreeSet<_> = ids.collect();
        assert!(ids.is_superset(&[0, 13, 14].into()), "{ids:?}");
    }
}

#[test]
fn a_font_of_the_councils_is_carried_with_the_embedded_one_for_what_it_lacks() {
    let fjord = CustomFace::read(FJORD, "Fjord").expect("the font is sound");
    let mut fonts = Fonts::embedded();
    let [regular, ..] = Style::all(Family::Serif);
    fonts.set_family(Family::Serif, &[(regular, fjord)]);
    let html = "<p>e<strong>e</strong> Ŋ</p>";
    let carried = carried(&rules_of(html, &fonts, &mut FaceCache::default()));
    let by = |face: &str| carried.iter().find(|carried| carried.face == face);
    // One file for two weights is carried once.
    let fjord = by("font-family:\"Fjord\";font-weight:400 600;font-style:normal");
    let fjord = &fjord.expect("the council's own").font;
    assert_eq!(fjord[..4], *b"OTTO");
    assert!(characters(fjord).contains(&'e'));
    let cff = FontRef::new(fjord)
        .expect("a font")
        .table_data(Tag::new(b"CFF "));
    assert!(cff.is_some());
    let others = by("font-family:\"Literata\";font-weight:400;font-style:normal");
    let others = characters(&others.expect("letters that are lacking").font);
    assert!(
        others.contains(&'Ŋ') && !others.contains(&'e'),
        "{others:?}"
    );
}

#[test]
fn a_theme_that_chooses_the_fonts_of_the_system_has_no_rules() {
    let mut theme = theme();
    theme.fonts.page = PageFonts::System;
    let document = document("<p>a</p>");
    let rules = rules(
        &document,
        &theme,
        &Fonts::embedded(),
        "",
        &mut FaceCache::default(),
    );
    assert_eq!(rules, "");
}

#[test]
fn what_is_kept_serves_the_next_page_and_changes_no_byte_of_it() {
    let (html, other) = ("<p>a</p>", "<p>a <em>ŧ</em></p>");
    let fonts = Fonts::embedded();
    let fresh = |html: &str| rules_of(html, &fonts, &mut FaceCache::default());
    let mut cache = FaceCache::default();
    let first = rules_of(html, &fonts, &mut cache);
    assert_eq!(first, fresh(html));
    assert_eq!(cache.len(), 3);
    assert_eq!(rules_of(html, &fonts, &mut cache), first);
    assert_eq!(cache.len(), 3);
    assert_eq!(rules_of(other, &fonts, &mut cache), fresh(other));
    assert!(cache.len() > 3);
    for letter in 'Ā'..='Ů' {
        rules_of(&format!("<p>{letter}</p>"), &fonts, &mut cache);
    }
    assert!(cache.len() <= 32, "{}", cache.len());
}

#[test]
fn a_font_that_is_damaged_inside_is_left_out_or_carried_and_ends_nothing() {
    let [regular, ..] = Style::all(Family::Serif);
    let chars = ('\0'..='\u{2fff}').collect();
    let mut carried = 0;
    for at in (0..FJORD.len()).step_by(61) {
        let mut damaged = FJORD.to_vec();
        damaged[at] ^= 0xff;
        // Most damage shows when the file is read.
        let Ok(given) = CustomFace::read(&damaged, "Fjord") else {
            continue;
        };
        let mut fonts = Fonts::embedded();
        fonts.set_family(Family::Serif, &[(regular, given)]);
        let (_, face) = fonts.named(regular).next().expect("the council's own");
        let chars: String = face.covers(&chars).iter().collect();
        carried += usize::from(pack::pack(&face.data, &chars, &features::requested("")).is_some());
    }
    assert!(carried > 0);
}
