//! Objects → file: object streams, a cross-reference stream, and a trailer.
//!
//! A [`File`] takes objects as the bytes of their PDF syntax, which [`super::syntax`] writes. Small
//! objects are packed into object streams (ISO 32000-1, 7.5.7); streams are deflated by several
//! threads, each into its own place, so that the bytes do not depend on the number of threads.

use super::syntax::{Dict, Ref, Syntax, Value};
use crate::cache::TwoBuildCache;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::num::NonZero;

/// How many objects stand in one object stream: enough to compress well, few enough to share the
/// work among threads.
const OBJECTS_IN_STREAM: usize = 250;
/// Beyond this the gain is under two per cent and the time doubles.
const LEVEL: u32 = 6;
/// More threads than this wait for the disc anyway.
const MAX_THREADS: usize = 8;
/// Bytes of a file offset in the cross-reference stream: files up to 4 GB.
const OFFSET_WIDTH: usize = 4;

/// Whether [`File`] deflates a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    /// Deflate it.
    Flate,
    /// Leave the bytes as they are: the dictionary names their filter, or they shall have none.
    AsIs,
}

enum ObjectBody {
    Packed(Vec<u8>),
    Stream {
        dict: Vec<u8>,
        data: Vec<u8>,
        filter: Filter,
    },
}

/// The objects of a file that is being made.
#[derive(Default)]
pub(super) struct File {
    bodies: Vec<Option<ObjectBody>>,
}

impl File {
    /// A number for an object that is given later.
    pub(super) fn reserve(&mut self) -> Ref {
        self.bodies.push(None);
        Ref::of_number(u32::try_from(self.bodies.len()).expect("fewer than 2^32 objects"))
    }

    /// Gives a reserved object.
    pub(super) fn set(&mut self, id: Ref, write: impl FnOnce(Value<'_>)) {
        let mut syntax = Syntax::default();
        write(syntax.value());
        self.set_bytes(id, syntax.into_bytes());
    }

    /// Gives a reserved object in PDF syntax.
    pub(super) fn set_bytes(&mut self, id: Ref, bytes: Vec<u8>) {
        self.bodies[id.number() as usize - 1] = Some(ObjectBody::Packed(bytes));
    }

    /// Takes an object.
    pub(super) fn add(&mut self, write: impl FnOnce(Value<'_>)) -> Ref {
        let id = self.reserve();
        self.set(id, write);
        id
    }

    /// Takes a stream. `write` gives the entries of its dictionary; `Length` and, for
    /// [`Filter::Flate`], `Filter` are added.
    pub(super) fn add_stream(
        &mut self,
        data: Vec<u8>,
        filter: Filter,
        write: impl FnOnce(&mut Dict<'_>),
    ) -> Ref {
        let id = self.reserve();
        let mut syntax = Syntax::default();
        syntax.entries(write);
        let dict = syntax.into_bytes();
        self.bodies[id.number() as usize - 1] = Some(ObjectBody::Stream { dict, data, filter });
        id
    }

    /// The file. Its identifier is a digest of its content, so that equal documents are equal
    /// files.
    pub(super) fn finish(mut self, root: Ref, info: Ref, deflated: &mut Deflated) -> Vec<u8> {
        let mut entries = vec![XrefEntry::Free; self.bodies.len() + 1];
        self.pack(&mut entries);
        self.deflate(deflated);

        // The comment of bytes above 127 marks the file as binary (ISO 19005-2, 6.1.2).
        let mut out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        for (number, body) in (1u32..).zip(&self.bodies) {
            let Some(ObjectBody::Stream { dict, data, filter }) = body else {
                continue;
            };
            set_entry(&mut entries, number, XrefEntry::InUse(out.len()));
            write_stream(&mut out, number, dict, data, *filter);
        }
        let digest: [u8; 32] = Sha256::digest(&out).into();
        write_cross_references(&mut out, &entries, root, info, &digest[..16]);
        out
    }

    /// Moves the packed objects into object streams, which stand behind all others.
    fn pack(&mut self, entries: &mut Vec<XrefEntry>) {
        let mut packed = Vec::new();
        for (number, body) in (1u32..).zip(&mut self.bodies) {
            if let Some(ObjectBody::Packed(bytes)) = body {
                packed.push((number, std::mem::take(bytes)));
                *body = None;
            }
        }
        for group in packed.chunks(OBJECTS_IN_STREAM) {
            let mut index = Vec::new();
            let mut objects = Vec::new();
            for (number, bytes) in group {
                write!(index, "{number} {} ", objects.len()).expect("a Vec takes all bytes");
                objects.extend_from_slice(bytes);
                objects.push(b'\n');
            }
            let first = index.len();
            index.append(&mut objects);
            let stream = self.add_stream(index, Filter::Flate, |d| {
                d.name("Type", "ObjStm");
                d.int("N", group.len());
                d.int("First", first);
            });
            for (at, (number, _)) in (0u16..).zip(group) {
                set_entry(
                    entries,
                    *number,
                    XrefEntry::Compressed {
                        stream: stream.number(),
                        at,
                    },
                );
            }
        }
    }

    fn deflate(&mut self, deflated: &mut Deflated) {
        let mut streams: Vec<&mut Vec<u8>> = Vec::new();
        for body in self.bodies.iter_mut().flatten() {
            if let ObjectBody::Stream {
                data,
                filter: Filter::Flate,
                ..
            } = body
            {
                streams.push(data);
            }
        }
        deflated.all(streams);
    }
}

/// Streams as they were deflated, by the SHA-256 of what was in them. Those that the last document
/// did not have are dropped.
#[derive(Default)]
pub(super) struct Deflated(TwoBuildCache<[u8; 32], Vec<u8>>);

impl Deflated {
    /// Goes on to the next document.
    pub(super) fn turn(&mut self) {
        self.0.turn();
    }

    /// How many streams are held.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Deflates streams, those that are new on several threads if it is worth their start.
    fn all(&mut self, streams: Vec<&mut Vec<u8>>) {
        let mut new: Vec<(&mut Vec<u8>, [u8; 32])> = Vec::new();
        for stream in streams {
            let digest = Sha256::digest(&*stream).into();
            match self.0.find(&digest) {
                Some(known) => stream.clone_from(known),
                None => new.push((stream, digest)),
            }
        }
        let total: usize = new.iter().map(|(data, _)| data.len()).sum();
        let threads = threads_for(total).max(1);
        // Dealt out like cards, since neighbours tend to be of one size.
        let mut hands: Vec<Vec<&mut Vec<u8>>> = (0..threads).map(|_| Vec::new()).collect();
        for (i, (stream, _)) in new.iter_mut().enumerate() {
            hands[i % threads].push(stream);
        }
        let last = hands.pop();
        std::thread::scope(|scope| {
            for hand in hands {
                scope.spawn(move || hand.into_iter().for_each(deflate));
            }
            last.into_iter().flatten().for_each(deflate);
        });
        for (stream, digest) in new {
            self.0.keep(digest, stream.clone());
        }
    }
}

/// How many threads to use for a number of bytes: a thread costs about as much as deflating a
/// few kilobytes.
fn threads_for(bytes: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(MAX_THREADS).min(bytes / 65_536)
}

fn deflate(data: &mut Vec<u8>) {
    let room = Vec::with_capacity(data.len() / 2);
    let mut encoder = ZlibEncoder::new(room, Compression::new(LEVEL));
    encoder.write_all(data).expect("a Vec takes all bytes");
    *data = encoder.finish().expect("a Vec takes all bytes");
}

/// An entry of the cross-reference stream (ISO 32000-1, 7.5.8.3).
#[derive(Debug, Clone, Copy)]
enum XrefEntry {
    Free,
    InUse(usize),
    Compressed { stream: u32, at: u16 },
}

fn set_entry(entries: &mut Vec<XrefEntry>, number: u32, entry: XrefEntry) {
    let index = number as usize;
    if entries.len() <= index {
        entries.resize(index + 1, XrefEntry::Free);
    }
    entries[index] = entry;
}

fn write_stream(out: &mut Vec<u8>, number: u32, dict: &[u8], data: &[u8], filter: Filter) {
    write!(out, "{number} 0 obj\n<<").expect("a Vec takes all bytes");
    out.extend_from_slice(dict);
    if filter == Filter::Flate {
        out.extend_from_slice(b"/Filter/FlateDecode");
    }
    writeln!(out, "/Length {}>>stream", data.len()).expect("a Vec takes all bytes");
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// Writes the cross-reference stream (ISO 32000-1, 7.5.8), which is the trailer too.
fn write_cross_references(
    out: &mut Vec<u8>,
    entries: &[XrefEntry],
    root: Ref,
    info: Ref,
    digest: &[u8],
) {
    let start = out.len();
    let number = u32::try_from(entries.len()).expect("fewer than 2^32 objects");
    let own = XrefEntry::InUse(start);
    let mut rows = Vec::new();
    let mut above = [0u8; 3 + OFFSET_WIDTH];
    for entry in entries.iter().chain([&own]) {
        let (kind, field, last) = match *entry {
            XrefEntry::Free => (0, 0, 0),
            XrefEntry::InUse(offset) => (1, u32::try_from(offset).expect("a file under 4 GB"), 0),
            XrefEntry::Compressed { stream, at } => (2, stream, at),
        };
        let mut row = [kind, 0, 0, 0, 0, 0, 0];
        row[1..=OFFSET_WIDTH].copy_from_slice(&field.to_be_bytes());
        row[1 + OFFSET_WIDTH..].copy_from_slice(&last.to_be_bytes());
        // Predictor «up»: the difference to the row above, which is mostly nothing.
        rows.push(2);
        rows.extend(
            row.iter()
                .zip(above)
                .map(|(now, then)| now.wrapping_sub(then)),
        );
        above = row;
    }
    deflate(&mut rows);

    let mut syntax = Syntax::default();
    syntax.entries(|d| {
        d.name("Type", "XRef");
        d.int("Size", number + 1);
        d.reference("Root", root);
        d.reference("Info", info);
        d.array("ID", |a| {
            a.bytes(digest);
            a.bytes(digest);
        });
        d.array("W", |a| {
            a.int(1);
            a.int(OFFSET_WIDTH);
            a.int(2);
        });
        d.dict("DecodeParms", |d| {
            d.int("Predictor", 12);
            d.int("Columns", 3 + OFFSET_WIDTH);
        });
        d.name("Filter", "FlateDecode");
    });
    write_stream(out, number, &syntax.into_bytes(), &rows, Filter::AsIs);
    write!(out, "startxref\n{start}\n%%EOF\n").expect("a Vec takes all bytes");
}
