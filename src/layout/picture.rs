//! Reads pictures: PNG to plain pixels, JPEG as it is.

use super::{Picture, Pixels};
use png::{BitDepth, ColorType, Transformations};
use std::fmt;
use std::io::Cursor;

/// More pixels than this are refused, before any memory is taken for them.
const MOST_PIXELS: u64 = 40_000_000;

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// It is neither PNG nor JPEG.
    UnknownFormat,
    /// It has more pixels than we take.
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// It has no width or no height.
    Empty,
    /// It is a JPEG in the colours of print (CMYK), for which a screen has no meaning.
    Cmyk,
    /// It is a JPEG of a kind that PDF does not show.
    UnknownJpeg {
        /// What is unusual about it.
        what: String,
    },
    /// It is damaged.
    Damaged {
        /// What is wrong.
        what: String,
    },
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat => write!(f, "the picture is neither PNG nor JPEG"),
            Self::TooLarge { width, height } => write!(
                f,
                "the picture has {width} × {height} pixels; at most {} million are taken",
                MOST_PIXELS / 1_000_000
            ),
            Self::Empty => write!(f, "the picture has no width or no height"),
            Self::Cmyk => write!(f, "the picture is a CMYK JPEG; save it in RGB"),
            Self::UnknownJpeg { what } => write!(f, "the JPEG cannot be shown: {what}"),
            Self::Damaged { what } => write!(f, "the picture is damaged: {what}"),
        }
    }
}

impl std::error::Error for PictureError {}

impl Picture {
    /// Reads a picture from the bytes of its file.
    ///
    /// PNG becomes eight bits a channel with alpha apart, if any pixel needs it; JPEG is kept.
    ///
    /// # Errors
    /// A [`PictureError`] that says what to change.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => decode_png(bytes),
            [0xff, 0xd8, ..] => decode_jpeg(bytes),
            _ => Err(PictureError::UnknownFormat),
        }
    }
}

fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    match u64::from(width) * u64::from(height) {
        0 => Err(PictureError::Empty),
        pixels if pixels > MOST_PIXELS => Err(PictureError::TooLarge { width, height }),
        _ => Ok(()),
    }
}

fn damaged(what: impl fmt::Display) -> PictureError {
    PictureError::Damaged {
        what: what.to_string(),
    }
}

fn decode_png(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let header = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (header.width, header.height);
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader
        .output_buffer_size()
        .ok_or(PictureError::TooLarge { width, height })?;
    let mut samples = vec![0; size];
    let info = reader.next_frame(&mut samples).map_err(damaged)?;
    if info.bit_depth != BitDepth::Eight {
        return Err(damaged("it has an unknown number of bits"));
    }
    samples.truncate(info.buffer_size());
    let (channels, alpha) = match info.color_type {
        ColorType::Grayscale => (1, false),
        ColorType::Rgb => (3, false),
        ColorType::GrayscaleAlpha => (1, true),
        ColorType::Rgba => (3, true),
        ColorType::Indexed => return Err(damaged("its palette is missing")),
    };
    let (data, alpha) = match alpha {
        true => split_alpha(&samples, channels),
        false => (samples, None),
    };
    let pixels = Pixels::Raw {
        channels: channels as u8,
        data,
        alpha,
    };
    Ok(Picture {
        width,
        height,
        pixels,
    })
}

/// Colours and alpha apart; an alpha that is opaque everywhere is dropped.
fn split_alpha(samples: &[u8], channels: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let pixels = samples.len() / (channels + 1);
    let mut data = Vec::with_capacity(pixels * channels);
    let mut alpha = Vec::with_capacity(pixels);
    for pixel in samples.chunks_exact(channels + 1) {
        data.extend_from_slice(&pixel[..channels]);
        alpha.push(pixel[channels]);
    }
    let opaque = alpha.iter().all(|&a| a == 255);
    (data, (!opaque).then_some(alpha))
}

/// Reads the frame header of a JPEG (ITU-T T.81, B.2.2).
fn decode_jpeg(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut at = 2;
    loop {
        let marker = next_marker(bytes, &mut at)?;
        // Markers without a segment: TEM and the restarts.
        if marker == 0x01 || (0xd0..=0xd7).contains(&marker) {
            continue;
        }
        if marker == 0xd9 || marker == 0xda {
            return Err(damaged("it has no frame header"));
        }
        let length = bytes
            .get(at..at + 2)
            .ok_or_else(|| damaged("it ends too early"))?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = bytes
            .get(at + 2..at + length)
            .ok_or_else(|| damaged("it ends too early"))?;
        let is_frame = (0xc0..=0xcf).contains(&marker) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return read_frame(marker, segment, bytes);
        }
        at += length;
    }
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

fn read_frame(marker: u8, segment: &[u8], bytes: &[u8]) -> Result<Picture, PictureError> {
    let [precision, h1, h2, w1, w2, components, ..] = *segment else {
        return Err(damaged("its frame header is too short"));
    };
    // DCTDecode takes baseline, extended and progressive frames (ISO 32000-1, 7.4.8).
    if !matches!(marker, 0xc0..=0xc2) {
        let what = "it is lossless or arithmetic; save it as an ordinary JPEG".into();
        return Err(PictureError::UnknownJpeg { what });
    }
    if precision != 8 {
        let what = format!("it has {precision} bits a channel instead of 8");
        return Err(PictureError::UnknownJpeg { what });
    }
    let height = u32::from(u16::from_be_bytes([h1, h2]));
    let width = u32::from(u16::from_be_bytes([w1, w2]));
    check_size(width, height)?;
    match components {
        1 | 3 => {}
        4 => return Err(PictureError::Cmyk),
        n => {
            let what = format!("it has {n} colour components");
            return Err(PictureError::UnknownJpeg { what });
        }
    }
    let pixels = Pixels::Jpeg {
        components,
        data: bytes.to_vec(),
    };
    Ok(Picture {
        width,
        height,
        pixels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, colour: ColorType, depth: BitDepth, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == ColorType::Indexed {
            encoder.set_palette(vec![10, 20, 30, 40, 50, 60]);
        }
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(data).expect("the pixels");
        drop(writer);
        bytes
    }

    fn raw(bytes: &[u8]) -> (u8, Vec<u8>, Option<Vec<u8>>) {
        match Picture::decode(bytes).expect("a picture").pixels {
            Pixels::Raw {
                channels,
                data,
                alpha,
            } => (channels, data, alpha),
            Pixels::Jpeg { .. } => panic!("a PNG became a JPEG"),
        }
    }

    #[test]
    fn png_of_every_kind_becomes_eight_bits_a_channel() {
        let grey16 = png(1, 1, ColorType::Grayscale, BitDepth::Sixteen, &[0x80, 0x12]);
        assert_eq!(raw(&grey16), (1, vec![0x80], None));
        let indexed = png(2, 1, ColorType::Indexed, BitDepth::One, &[0b0100_0000]);
        assert_eq!(raw(&indexed), (3, vec![10, 20, 30, 40, 50, 60], None));
        let grey1 = png(2, 1, ColorType::Grayscale, BitDepth::One, &[0b0100_0000]);
        assert_eq!(raw(&grey1), (1, vec![0, 255], None));
    }

    #[test]
    fn alpha_is_kept_apart_and_dropped_when_opaque() {
        let glass = png(1, 1, ColorType::Rgba, BitDepth::Eight, &[1, 2, 3, 4]);
        assert_eq!(raw(&glass), (3, vec![1, 2, 3], Some(vec![4])));
        let opaque = png(1, 1, ColorType::Rgba, BitDepth::Eight, &[1, 2, 3, 255]);
        assert_eq!(raw(&opaque), (3, vec![1, 2, 3], None));
    }

    fn jpeg(components: u8, width: u16, height: u16) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 8, 8];
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.push(components);
        bytes
    }

    #[test]
    fn jpeg_is_kept_as_it_is_and_cmyk_is_refused_by_name() {
        let bytes = jpeg(3, 20, 10);
        let picture = Picture::decode(&bytes).expect("a picture");
        assert_eq!((picture.width, picture.height), (20, 10));
        assert_eq!(
            picture.pixels,
            Pixels::Jpeg {
                components: 3,
                data: bytes
            }
        );
        assert_eq!(Picture::decode(&jpeg(4, 20, 10)), Err(PictureError::Cmyk));
        assert_eq!(Picture::decode(&jpeg(3, 0, 10)), Err(PictureError::Empty));
    }

    #[test]
    fn huge_and_damaged_pictures_are_refused() {
        let mut huge = png(1, 1, ColorType::Grayscale, BitDepth::Eight, &[0]);
        huge.truncate(24);
        assert!(matches!(
            Picture::decode(&huge),
            Err(PictureError::Damaged { .. })
        ));
        assert!(matches!(
            Picture::decode(&jpeg(3, 60_000, 60_000)),
            Err(PictureError::TooLarge { .. })
        ));
        assert_eq!(Picture::decode(b"GIF89a"), Err(PictureError::UnknownFormat));
        for end in 2..13 {
            assert!(Picture::decode(&jpeg(3, 20, 10)[..end]).is_err());
        }
    }
}
