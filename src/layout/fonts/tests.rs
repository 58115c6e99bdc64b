use super::*;
use read_fonts::types::Tag;
use read_fonts::{FontRef, TableProvider};

const INTER: &[u8] = include_bytes!("../../../templates/default/fonts/Inter-Regular.ttf");
const FJORD: &[u8] = include_bytes!("../../../tests/fonts/Fjord-Regular.otf");

/// Where a table of Inter starts, and where its record in the directory does.
fn table(tag: &[u8; 4]) -> (usize, usize) {
    let count = u16::from_be_bytes([INTER[4], INTER[5]]);
    let mut records = (0..usize::from(count)).map(|index| 12 + index * 16);
    let record = records
        .find(|&at| &INTER[at..at + 4] == tag)
        .expect("Inter has it");
    let offset: [u8; 4] = INTER[record + 8..record + 12]
        .try_into()
        .expect("four bytes");
    (u32::from_be_bytes(offset) as usize, record)
}

/// Inter with other bits for what may be done with it.
fn with_licence(bits: u16) -> Vec<u8> {
    let mut bytes = INTER.to_vec();
    let (os2, _) = table(b"OS/2");
    bytes[os2 + 8..os2 + 10].copy_from_slice(&bits.to_be_bytes());
    bytes
}

/// Inter with another tag in place of that of a table.
fn renamed(tag: &[u8; 4], other: &[u8; 4]) -> Vec<u8> {
    let mut bytes = INTER.to_vec();
    let (_, record) = table(tag);
    bytes[record..record + 4].copy_from_slice(other);
    bytes
}

fn refused(bytes: &[u8]) -> FaceError {
    CustomFace::read(bytes, "x").expect_err("it cannot be used")
}

#[test]
fn truetype_and_cff_outlines_are_taken_and_named() {
    let inter = CustomFace::read(INTER, "x").expect("Inter can be used");
    assert_eq!(
        (&*inter.postscript_name, &*inter.family),
        ("Inter-Regular", "Inter")
    );
    let fjord = CustomFace::read(FJORD, "x").expect("Fjord can be used");
    assert_eq!(
        (&*fjord.postscript_name, &*fjord.family),
        ("Fjord-Regular", "Fjord")
    );
}

#[test]
fn a_face_without_a_name_is_called_by_its_file() {
    let unnamed = renamed(b"name", b"nome");
    let face = CustomFace::read(&unnamed, "Bø & Co-Fet").expect("it can be used");
    assert_eq!(
        (&*face.postscript_name, &*face.family),
        ("BCo-Fet", "Bø & Co-Fet")
    );
}

#[test]
fn the_least_restrictive_permission_holds_and_the_others_are_named() {
    for allowed in [0x0000, 0x0004, 0x0008, 0x0006, 0x000a, 0x000e] {
        let read = CustomFace::read(&with_licence(allowed), "x");
        assert!(read.is_ok(), "{allowed:#06x}: {read:?}");
    }
    for (bits, expected, said) in [
        (0x0002, FaceError::Restricted, "bit 1 of `fsType` (0x0002)"),
        (
            0x0100,
            FaceError::NoSubsetting,
            "bit 8 of `fsType` (0x0100)",
        ),
        (
            0x0108,
            FaceError::NoSubsetting,
            "bit 8 of `fsType` (0x0100)",
        ),
        (0x0204, FaceError::BitmapOnly, "bit 9 of `fsType` (0x0200)"),
    ] {
        let error = refused(&with_licence(bits));
        assert_eq!(error, expected);
        assert!(
            error.is_licence() && error.to_string().contains(said),
            "{error}"
        );
    }
}

#[test]
fn what_is_no_single_face_with_outlines_is_refused_by_name() {
    assert_eq!(refused(b"ttcf\0\x01\0\0"), FaceError::Collection);
    assert_eq!(refused(b"wOFF\0\x01\0\0"), FaceError::WebFont);
    assert_eq!(refused(b"wOF2\0\x01\0\0"), FaceError::WebFont);
    assert_eq!(refused(b"%!PS-AdobeFont-1.0"), FaceError::Type1);
    assert_eq!(refused(b"GIF89a"), FaceError::NoFont);
    assert_eq!(refused(b""), FaceError::NoFont);
    assert_eq!(refused(&renamed(b"GDEF", b"fvar")), FaceError::Variable);
    assert_eq!(refused(&renamed(b"glyf", b"EBDT")), FaceError::NoOutlines);
    assert_eq!(
        refused(&renamed(b"OS/2", b"OS/3")),
        FaceError::Incomplete("OS/2")
    );
    let mut huge = INTER.to_vec();
    huge.resize(20 * 1024 * 1024 + 1, 0);
    let error = refused(&huge);
    assert_eq!(error, FaceError::TooLarge { bytes: huge.len() });
    assert_eq!(error.to_string(), "it has 21 MB, and the limit is 20 MB");
}

#[test]
fn a_damaged_face_is_refused_or_used_and_never_a_fault_of_ours() {
    for font in [INTER, FJORD] {
        for end in (0..font.len()).step_by(font.len() / 40) {
            assert!(CustomFace::read(&font[..end], "x").is_err(), "{end}");
        }
        // Bytes of the directory and the first tables, one at a time.
        for at in (0..2000).step_by(7) {
            let mut bytes = font.to_vec();
            bytes[at] ^= 0xff;
            let _ = CustomFace::read(&bytes, "x");
        }
    }
}

fn fonts(given: &[(bool, bool)]) -> Fonts {
    let face = CustomFace::read(FJORD, "x").expect("Fjord can be used");
    let given: Vec<_> = given
        .iter()
        .map(|&(bold, italic)| {
            let style = Style {
                family: Family::Sans,
                bold,
                italic,
            };
            let mut face = face.clone();
            face.postscript_name = format!("Fjord-{bold}-{italic}");
            (style, face)
        })
        .collect();
    let mut fonts = Fonts::embedded();
    fonts.set_family(Family::Sans, &given);
    fonts
}

#[test]
fn a_cut_that_is_missing_is_set_in_the_nearest_of_the_family() {
    let fonts = fonts(&[(false, false), (false, true)]);
    let found = Style::all(Family::Sans).map(|style| {
        let face = fonts.get(fonts.find(style));
        assert_eq!(face.style, style);
        face.postscript_name.to_string()
    });
    let [regular, bold, italic, bold_italic] = found;
    assert_eq!(regular, "Fjord-false-false");
    assert_eq!(bold, regular);
    assert_eq!(italic, "Fjord-false-true");
    assert_eq!(bold_italic, italic);
    // The other family is as it was.
    for style in Style::all(Family::Serif) {
        assert!(fonts.is_embedded(fonts.find(style)));
    }
    assert_eq!(
        fonts.names(Family::Sans).collect::<Vec<_>>(),
        ["Fjord", "Inter"]
    );
    assert_eq!(fonts.names(Family::Serif).collect::<Vec<_>>(), ["Literata"]);
}

#[test]
fn a_family_without_a_face_stays_as_it_is() {
    let fonts = fonts(&[]);
    assert_eq!(fonts.iter().count(), EMBEDDED);
    assert_eq!(fonts.names(Family::Sans).collect::<Vec<_>>(), ["Inter"]);
}

#[test]
fn what_a_face_lacks_is_looked_for_in_the_councils_and_then_in_the_embedded_ones() {
    let fonts = fonts(&[(false, false)]);
    let regular = Style {
        family: Family::Sans,
        bold: false,
        italic: false,
    };
    let order = fonts.fallbacks(fonts.find(regular));
    assert_eq!(order.len(), fonts.iter().count() - 1);
    let own = order
        .iter()
        .take_while(|id| !fonts.is_embedded(**id))
        .count();
    assert_eq!(own, 3);
    assert_eq!(fonts.get(order[3]).postscript_name, "Inter-Regular");
    assert_eq!(fonts.get(order[4]).postscript_name, "Literata-Regular");
}

/// Letters of nb, nn and en, of Northern Sámi, and the signs of Norwegian typesetting.
const ALPHABETS: [&str; 4] = [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "ÆØÅæøåÉÈÊÓÒÔÀÜÄÖéèêóòôàüäö",
    "ÁČĐŊŠŦŽáčđŋšŧž",
    "«»‹›“”‘’–—-−…§·•%‰°ºª½&@#/()[]{}!?.,:;'\"*+×=<>|©®™€£†‡№²³¹\u{a0}\u{2009}\u{2010}",
];

#[test]
fn every_embedded_face_has_the_letters_and_signs_of_our_languages() {
    for (_, face) in Fonts::embedded().iter() {
        let font = FontRef::new(&face.data).expect("it can be read");
        let lacks = |c: &char| {
            let glyph = font.charmap().map(*c);
            glyph.is_none_or(|glyph| glyph.to_u32() == 0)
        };
        let missing: String = ALPHABETS
            .iter()
            .flat_map(|a| a.chars())
            .filter(lacks)
            .collect();
        assert_eq!(missing, "", "{}", face.postscript_name);
    }
}

#[test]
fn literata_has_small_capitals_and_both_families_have_tabular_figures() {
    for (_, face) in Fonts::embedded().iter() {
        let font = FontRef::new(&face.data).expect("it can be read");
        let gsub = font.gsub().expect("it has substitutions");
        let list = gsub.feature_list().expect("it has features");
        let has = |tag: &[u8; 4]| {
            let mut tags = list
                .feature_records()
                .iter()
                .map(|record| record.feature_tag());
            tags.any(|found| found == Tag::new(tag))
        };
        let found = [b"smcp", b"c2sc", b"tnum"].map(has);
        let serif = face.style.family == Family::Serif;
        assert_eq!(found, [serif, serif, true], "{}", face.postscript_name);
    }
}
