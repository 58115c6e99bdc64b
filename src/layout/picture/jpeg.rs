//! The parts of a JPEG file (ITU-T T.81, B.1 and B.2).

use super::{PictureError, damaged};

/// The metadata of a JPEG file.
pub(super) struct Jpeg {
    /// The marker of its frame, which says how it is coded.
    pub(super) kind: u8,
    /// The start of its frame header: precision, height, width, number of components.
    pub(super) frame: [u8; 6],
    /// How it is to be turned when shown (Exif 2.3, tag 274); 1 if it is not.
    pub(super) orientation: u16,
    /// The file up to its end marker, without camera data and comments.
    pub(super) data: Vec<u8>,
}

/// Reads the parts of a file, from the start marker to the end marker.
///
/// # Errors
/// [`PictureError::Damaged`] if the parts do not follow each other, or end too early.
pub(super) fn read(bytes: &[u8]) -> Result<Jpeg, PictureError> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return Err(PictureError::UnknownFormat);
    }
    let mut jpeg = Jpeg {
        kind: 0,
        frame: [0; 6],
        orientation: 1,
        data: bytes[..2].to_vec(),
    };
    let mut at = 2;
    loop {
        let start = at;
        let marker = next_marker(bytes, &mut at)?;
        match marker {
            // Markers without a segment: TEM and the restarts.
            0x01 | 0xd0..=0xd7 => {}
            0xd9 if jpeg.kind == 0 => return Err(damaged("it has no frame header")),
            0xd9 => {
                jpeg.data.extend_from_slice(&bytes[start..at]);
                return Ok(jpeg);
            }
            _ => {
                let segment = segment(bytes, &mut at)?;
                let is_frame =
                    (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
                if is_frame {
                    let frame = segment.first_chunk();
                    jpeg.frame = *frame.ok_or_else(|| damaged("its frame header is too short"))?;
                    jpeg.kind = marker;
                }
                if marker == 0xe1 {
                    jpeg.orientation = orientation(segment).unwrap_or(jpeg.orientation);
                }
                if marker == 0xda {
                    skip_scan(bytes, &mut at);
                }
                if is_metadata(marker) {
                    continue;
                }
            }
        }
        jpeg.data.extend_from_slice(&bytes[start..at]);
    }
}

/// Whether a segment says nothing about the pixels: all application data but that of JFIF, of
/// colour profiles and of Adobe's colours, and comments.
fn is_metadata(marker: u8) -> bool {
    matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe)
}

fn next_marker(bytes: &[u8], at: &mut usize) -> Result<u8, PictureError> {
    let end = || damaged("it ends too early");
    if *bytes.get(*at).ok_or_else(end)? != 0xff {
        return Err(damaged("a marker is missing"));
    }
    while *bytes.get(*at).ok_or_else(end)? == 0xff {
        *at += 1;
    }
    let marker = bytes[*at];
    *at += 1;
    Ok(marker)
}

/// The content of the segment that starts with its length here.
fn segment<'b>(bytes: &'b [u8], at: &mut usize) -> Result<&'b [u8], PictureError> {
    let end = || damaged("it ends too early");
    let length = bytes.get(*at..*at + 2).ok_or_else(end)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let segment = bytes.get(*at + 2..*at + length).ok_or_else(end)?;
    *at += length;
    Ok(segment)
}

/// Passes over coded pixels to the next marker that is not part of them.
fn skip_scan(bytes: &[u8], at: &mut usize) {
    while let Some(pair) = bytes.get(*at..*at + 2) {
        // A stuffed zero and the restarts belong to the scan.
        if pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff) {
            return;
        }
        *at += 1;
    }
    *at = bytes.len();
}

/// The orientation that camera data ask for, if they do.
fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let big = tiff.starts_with(b"MM");
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(match big {
            true => u16::from_be_bytes(bytes),
            false => u16::from_le_bytes(bytes),
        })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(match big {
            true => u32::from_be_bytes(bytes),
            false => u32::from_le_bytes(bytes),
        } as usize)
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    let mut entries = (0..entries).map(|n| directory + 2 + n * 12);
    let entry = entries.find(|&at| short(at) == Some(274))?;
    short(entry + 8)
}
