//! The colour space of the file: sRGB (IEC 61966-2-1) as a colour profile (ICC.1:2004), built here so that
//! it contains no time stamp.

use super::file::{File, Filter};
use super::syntax::Ref;

const HEADER: usize = 128;

/// A number of the profile (`s15Fixed16Number`): 16 bits before the point, 16 after.
type S15Fixed16 = u32;

/// The white of print, D50: the light that profiles are for.
const D50: [S15Fixed16; 3] = [0xF6D6, 0x10000, 0xD32D];
/// The red, green and blue of sRGB under D50.
const RED: [S15Fixed16; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [S15Fixed16; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [S15Fixed16; 3] = [0x24A0, 0x0F84, 0xB6CF];
/// From the white of screens, D65, to D50 (Bradford).
const ADAPTATION: [S15Fixed16; 9] = [
    0x10C42,
    0x5DE,
    0xFFFF_F325,
    0x793,
    0xFD90,
    0xFFFF_FBA1,
    0xFFFF_FDA2,
    0x3DC,
    0xC06E,
];
/// The curve of sRGB: exponent 2.4 above 0.04045, a straight line below.
const CURVE: [S15Fixed16; 5] = [0x26666, 0xF2A7, 0xD59, 0x13D0, 0xA5B];

/// Writes the output intent (ISO 19005-2, 6.2.3).
pub(super) fn write_intent(file: &mut File) -> Ref {
    let profile = file.add_stream(profile(), Filter::Flate, |d| d.int("N", 3));
    file.add(|v| {
        v.dict(|d| {
            d.name("Type", "OutputIntent");
            d.name("S", "GTS_PDFA1");
            d.text("OutputConditionIdentifier", "sRGB IEC61966-2.1");
            d.text("Info", "sRGB IEC61966-2.1");
            d.reference("DestOutputProfile", profile);
        });
    })
}

fn profile() -> Vec<u8> {
    let curve = tag(
        b"para",
        &[&0x0003_0000u32.to_be_bytes()[..], &numbers(&CURVE)].concat(),
    );
    let xyz = |colour: &[S15Fixed16; 3]| tag(b"XYZ ", &numbers(colour));
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", text("sRGB IEC61966-2.1")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(&D50)),
        (b"chad", tag(b"sf32", &numbers(&ADAPTATION))),
        (b"rXYZ", xyz(&RED)),
        (b"gXYZ", xyz(&GREEN)),
        (b"bXYZ", xyz(&BLUE)),
        (b"rTRC", curve),
        // The other curves are the same, and share its place.
        (b"gTRC", Vec::new()),
    ];
    let count = tags.len() + 1;
    let mut table = word(count);
    let mut data = Vec::new();
    let mut entry = (0, 0);
    for (name, bytes) in &tags {
        if !bytes.is_empty() {
            entry = (HEADER + 4 + 12 * count + data.len(), bytes.len());
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend_from_slice(*name);
        table.extend([word(entry.0), word(entry.1)].concat());
    }
    table.extend_from_slice(b"bTRC");
    table.extend([word(entry.0), word(entry.1)].concat());

    let mut profile = header(HEADER + table.len() + data.len());
    profile.append(&mut table);
    profile.append(&mut data);
    profile
}

/// The header (ICC.1:2004, 7.2), with a fixed date.
fn header(size: usize) -> Vec<u8> {
    let mut header = word(size);
    header.extend_from_slice(&[0; 4]);
    header.extend_from_slice(&[4, 0x20, 0, 0]);
    header.extend_from_slice(b"mntrRGB XYZ ");
    for part in [2025u16, 4, 11, 0, 0, 0] {
        header.extend_from_slice(&part.to_be_bytes());
    }
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    header.extend(numbers(&D50));
    header.resize(HEADER, 0);
    header
}

fn tag(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&kind[..], &[0; 4], data].concat()
}

/// A text in one language (ICC.1:2004, 10.13).
fn text(words: &str) -> Vec<u8> {
    let letters: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let head = [
        word(1),
        word(12),
        b"enUS".to_vec(),
        word(letters.len()),
        word(28),
    ]
    .concat();
    tag(b"mluc", &[head, letters].concat())
}

fn numbers(numbers: &[S15Fixed16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_be_bytes()).collect()
}

fn word(number: usize) -> Vec<u8> {
    u32::try_from(number)
        .expect("a profile is small")
        .to_be_bytes()
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_as_long_as_it_says_and_white_is_the_sum_of_its_colours() {
        let profile = profile();
        assert_eq!(profile[..4], word(profile.len())[..]);
        for axis in 0..3 {
            let sum = RED[axis] + GREEN[axis] + BLUE[axis];
            assert!(sum.abs_diff(D50[axis]) < 16, "axis {axis}: {sum:x}");
        }
    }
}
