//! The order of the Top DICT in a subset with CFF outlines.
//!
//! veraPDF reads the operands of `ROS` as those of a `FontMatrix` directly after it, and then reports all
//! widths as wrong. Only `ROS` has a fixed place, the first; the order of the others is free (Adobe
//! Technical Note 5176, 9 and 18). [`settle`] puts another operator between the two.

use read_fonts::FontRef;
use read_fonts::types::Tag;

const ROS: &[u8] = &[12, 30];
const FONT_MATRIX: &[u8] = &[12, 7];

/// Moves `FontMatrix` to the end of the Top DICT, if the font file has one. No byte but those of
/// the DICT changes, and no length, so that all offsets still hold.
pub(super) fn settle(font: &mut [u8]) {
    let Some((start, end)) = top_dict(font) else {
        return;
    };
    let dict = &mut font[start..end];
    let Some(entries) = entries(dict) else { return };
    let begins_with_ros = entries.first().is_some_and(|entry| entry.ends_with(ROS));
    if begins_with_ros {
        let (matrix, others): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.ends_with(FONT_MATRIX));
        let ordered = [others, matrix].concat().concat();
        dict.copy_from_slice(&ordered);
    }
}

/// Where the Top DICT of the only font in the table `CFF` lies in a font file.
fn top_dict(font: &[u8]) -> Option<(usize, usize)> {
    let directory = FontRef::new(font).ok()?;
    let records = directory.table_directory().table_records();
    let record = records.iter().find(|r| r.tag() == Tag::new(b"CFF "))?;
    let table = record.offset() as usize;
    let header = usize::from(*font.get(table + 2)?);
    let (names, _) = index(font, table + header)?;
    let (end, first) = index(font, names)?;
    (first < end && end <= font.len()).then_some((first, end))
}

/// The end of an INDEX, and the start of its first object (Adobe Technical Note 5176, 5).
fn index(font: &[u8], at: usize) -> Option<(usize, usize)> {
    let count = font.get(at..at + 2)?;
    let count = usize::from(u16::from_be_bytes([count[0], count[1]]));
    if count == 0 {
        return Some((at + 2, at + 2));
    }
    // An offset has four bytes at most, so that no sum below overflows.
    let size = font.get(at + 2).filter(|size| (1..=4).contains(*size))?;
    let size = usize::from(*size);
    let data = at + 3 + (count + 1) * size;
    let last = font.get(data.checked_sub(size)?..data)?;
    let length = last
        .iter()
        .fold(0, |sum, &byte| sum << 8 | usize::from(byte));
    Some((data + length.checked_sub(1)?, data))
}

/// The entries of a DICT, each its operands and its operator (Adobe Technical Note 5176, 4).
fn entries(dict: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < dict.len() {
        let byte = dict[at];
        at += match byte {
            12 | 247..=254 => 2,
            28 => 3,
            29 => 5,
            30 => {
                let ends = |b: &u8| b & 0x0f == 0x0f || b >> 4 == 0x0f;
                2 + dict.get(at + 1..)?.iter().position(ends)?
            }
            _ => 1,
        };
        if byte <= 21 {
            entries.push(dict.get(start..at)?.to_vec());
            start = at;
        }
    }
    (start == dict.len()).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use subsetter::GlyphRemapper;

    /// A subset of three glyphs of a face with CFF outlines.
    fn subset() -> Vec<u8> {
        let face = include_bytes!("../../tests/fonts/Fjord-Regular.otf");
        let mut remapper = GlyphRemapper::new();
        for glyph in 1..=3 {
            remapper.remap(glyph);
        }
        subsetter::subset(face, 0, &remapper).expect("it can be cut")
    }

    fn order(font: &[u8]) -> Vec<Vec<u8>> {
        let (start, end) = top_dict(font).expect("it has a Top DICT");
        entries(&font[start..end]).expect("it can be read")
    }

    #[test]
    fn the_matrix_goes_to_the_end_and_nothing_else_changes() {
        let before = subset();
        let mut after = before.clone();
        settle(&mut after);
        let (mut old, new) = (order(&before), order(&after));
        assert!(new[0].ends_with(ROS));
        assert!(new.last().is_some_and(|entry| entry.ends_with(FONT_MATRIX)));
        assert!(
            old[1].ends_with(FONT_MATRIX),
            "there is something to do: {old:?}"
        );
        let matrix = old.remove(1);
        old.push(matrix);
        assert_eq!(new, old);
        let (start, end) = top_dict(&before).expect("it has a Top DICT");
        assert_eq!(before[..start], after[..start]);
        assert_eq!(before[end..], after[end..]);
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let whole = subset();
        for end in 0..whole.len() {
            let mut part = whole[..end].to_vec();
            settle(&mut part);
        }
        let mut none = b"OTTO".to_vec();
        settle(&mut none);
        assert_eq!(none, b"OTTO");
        assert_eq!(entries(&[30, 0x11]), None);
        assert_eq!(entries(&[29, 0, 0]), None);
    }
}
