//! Reads pictures: PNG into pixels, JPEG unchanged except for its camera metadata.

mod jpeg;

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
        /// Its unusual property.
        what: String,
    },
    /// It is a JPEG that is stored lying on its side, with the order to turn it when shown, which
    /// PDF does not know.
    Turned,
    /// It is damaged.
    Damaged {
        /// The problem.
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
            Self::Turned => write!(f, "the JPEG is stored turned; save it upright"),
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

impl Picture {
    /// The file that the picture was read from, without what it says of the place, the time and the
    /// camera: names and positions of people do not belong into a published document. Colours and
    /// sizes stay.
    pub fn without_metadata(&self, file: &[u8]) -> Vec<u8> {
        match &self.pixels {
            Pixels::Jpeg { data, .. } => data.clone(),
            Pixels::Raw { .. } => png_without_metadata(file),
        }
    }
}

/// The chunks of a PNG that hold words, times and camera data (PNG 3, 11.3).
const PNG_METADATA: [&[u8]; 5] = [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"];

fn png_without_metadata(bytes: &[u8]) -> Vec<u8> {
    let (signature, mut rest) = bytes.split_at(bytes.len().min(8));
    let mut out = signature.to_vec();
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        // A chunk is its length, its name, its data and a checksum.
        let length = (u32::from_be_bytes(*length) as usize).saturating_add(12);
        let (chunk, after) = rest.split_at(length.min(rest.len()));
        if !PNG_METADATA.contains(&chunk.get(4..8).unwrap_or_default()) {
            out.extend_from_slice(chunk);
        }
        rest = after;
    }
    out
}

fn decode_jpeg(bytes: &[u8]) -> Result<Picture, PictureError> {
    let jpeg = jpeg::read(bytes)?;
    let [precision, h1, h2, w1, w2, components] = jpeg.frame;
    // DCTDecode takes baseline, extended and progressive frames (ISO 32000-1, 7.4.8).
    if !matches!(jpeg.kind, 0xc0..=0xc2) {
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
    if jpeg.orientation > 1 {
        return Err(PictureError::Turned);
    }
    let pixels = Pixels::Jpeg {
        components,
        data: jpeg.data,
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

    /// A JPEG without a picture in it, with some of what a camera writes.
    fn jpeg(components: u8, width: u16, height: u16, orientation: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0];
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0]);
        exif.extend(b"Kari N.");
        bytes.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
        bytes.extend(exif);
        bytes.extend([0xff, 0xc0, 0, 8, 8]);
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.push(components);
        bytes.extend([0xff, 0xda, 0, 3, 0, 1, 2, 0xff, 0x00, 3, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn jpeg_is_kept_but_for_the_words_of_the_camera() {
        let bytes = jpeg(3, 20, 10, 1);
        let picture = Picture::decode(&bytes).expect("a picture");
        assert_eq!((picture.width, picture.height), (20, 10));
        let data = picture.without_metadata(&bytes);
        let kept = Pixels::Jpeg {
            components: 3,
            data: data.clone(),
        };
        assert_eq!(picture.pixels, kept);
        assert!(!data.windows(4).any(|w| w == b"Kari"));
        assert!(bytes.ends_with(&data[8..]), "the rest is as it was");
    }

    #[test]
    fn jpeg_that_would_look_wrong_is_refused_by_name() {
        let decode = |bytes: Vec<u8>| Picture::decode(&bytes);
        assert_eq!(decode(jpeg(4, 20, 10, 1)), Err(PictureError::Cmyk));
        assert_eq!(decode(jpeg(3, 0, 10, 1)), Err(PictureError::Empty));
        assert_eq!(decode(jpeg(3, 20, 10, 6)), Err(PictureError::Turned));
    }

    #[test]
    fn png_loses_its_words_and_keeps_its_pixels() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
        let author = encoder.add_text_chunk("Author".into(), "Kari N.".into());
        author.expect("the words are plain");
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(&[7]).expect("the pixels");
        drop(writer);
        let picture = Picture::decode(&bytes).expect("a picture");
        let clean = picture.without_metadata(&bytes);
        assert!(clean.len() < bytes.len() && !clean.windows(4).any(|w| w == b"Kari"));
        assert_eq!(Picture::decode(&clean), Ok(picture));
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
            Picture::decode(&jpeg(3, 60_000, 60_000, 1)),
            Err(PictureError::TooLarge { .. })
        ));
        assert_eq!(Picture::decode(b"GIF89a"), Err(PictureError::UnknownFormat));
        let whole = jpeg(3, 20, 10, 1);
        for end in 2..whole.len() {
            let cut = Picture::decode(&whole[..end]);
            assert!(matches!(cut, Err(PictureError::Damaged { .. })), "{end}");
        }
    }
}
