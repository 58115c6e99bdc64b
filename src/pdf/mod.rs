//! Pages of placed glyphs, with their tree → tagged PDF; and reads PDFs.
//!
//! [`write()`] makes the file. Page content comes from [`Pages`] only, structure from the [`Document`]
//! only, and an [`Owner`](crate::layout::Owner) on each item connects them. [`read()`] reads a PDF as a
//! screen reader does: it walks the structure tree and takes the text of each element from the page.
//!
//! Editions: ISO 32000-1:2008 (PDF 1.7), ISO 14289-1:2014 (PDF/UA-1), ISO 19005-2:2011
//! (PDF/A-2, level A). `CONFORMANCE.md` beside this file says clause by clause what holds, and
//! which test shows it.

mod cff;
mod error;
mod faces;
mod file;
mod fonts;
mod icc;
mod identity;
mod links;
mod marked_content;
mod metadata;
mod outline;
mod paint;
mod pictures;
mod read;
mod structure;
mod structure_types;
mod syntax;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use identity::identity_of;
pub use read::{Bookmark, ILLEGIBLE, Kid, ReadBack, StructureNode, read};

use crate::dom::Document;
use crate::layout::{Fonts, Page, Pages, Shape};
use faces::{Faces, SubsetCache};
use file::{Deflated, File, Filter};
use fonts::EmbeddedCache;
use links::Links;
use paint::{OPAQUE, PaintContext, PaintedPage};
use pictures::Pictures;
use std::collections::BTreeSet;
use std::num::NonZero;
use syntax::Ref;

/// What the writer keeps from one document for the next: its subsets, the objects that they were
/// embedded as, and its deflated streams.
#[derive(Default)]
pub struct Cache {
    subsets: SubsetCache,
    embedded: EmbeddedCache,
    deflated: Deflated,
}

impl Cache {
    /// How many subsets and streams are held.
    pub fn len(&self) -> usize {
        self.subsets.len() + self.deflated.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Pages to be painted before a second thread is worth its start.
const PAGES_PER_THREAD: usize = 8;

/// A tagged PDF of `pages`, which show `document`.
///
/// The same input gives the same bytes. A link whose target stands on no page becomes plain text;
/// `render` reports those.
///
/// # Errors
/// [`Error::Untitled`], [`Error::NoLanguage`] and [`Error::NoPages`] where the document lacks what
/// every PDF/UA file has; [`Error::MissingGlyph`] and [`Error::Stray`] where the pages show what
/// cannot be read; [`Error::Face`] and [`Error::Embedding`] if a font file is damaged.
pub fn write(document: &Document, pages: &Pages, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    write_again(document, pages, fonts, &mut Cache::default())
}

/// The same with what is known from the documents before, which changes how long it takes and
/// nothing else.
///
/// # Errors
/// As [`write()`].
pub fn write_again(
    document: &Document,
    pages: &Pages,
    fonts: &Fonts,
    cache: &mut Cache,
) -> Result<Vec<u8>, Error> {
    let title = metadata::title(document).ok_or(Error::Untitled)?;
    let meta = &document.meta;
    if meta.language.is_empty() {
        return Err(Error::NoLanguage);
    }
    if pages.pages.is_empty() {
        return Err(Error::NoPages);
    }
    let faces = Faces::gather(&pages.pages, fonts, &mut cache.subsets)?;
    let pictures = Pictures::gather(&pages.pages);
    let links = Links::gather(document, pages);
    let context = PaintContext {
        document,
        faces: &faces,
        pictures: pictures.numbers(),
    };
    let painted = paint_all(&context, &pages.pages)?;

    let mut file = File::default();
    let catalog = file.reserve();
    let tree = file.reserve();
    let page_refs: Vec<Ref> = pages.pages.iter().map(|_| file.reserve()).collect();
    let area_refs: Vec<Ref> = (0..links.len()).map(|_| file.reserve()).collect();
    let info = metadata::write_info(&title, meta, &mut file);
    let xmp = metadata::write_xmp(&title, meta, &mut file);
    let intent = icc::write_intent(&mut file);
    let resources = write_resources(
        &faces,
        &pictures,
        &pages.pages,
        &mut cache.embedded,
        &mut file,
    )?;
    let structure = structure::write(
        document, &painted, &links, &page_refs, &area_refs, &mut file,
    )?;
    let annotations = links.write(&page_refs, &area_refs, &structure.areas, &mut file);
    let outline = outline::write(document, pages, &links, &page_refs, &mut file);
    let names = links.write_names(&page_refs, &mut file);
    for (index, (page, painted)) in pages.pages.iter().zip(painted).enumerate() {
        let content = file.add_stream(painted.content, Filter::Flate, |_| {});
        let here = PageParts {
            tree,
            resources,
            content,
            index,
            annotations: &annotations[index],
        };
        write_page(page_refs[index], page, &here, &mut file);
    }
    file.set(tree, |v| {
        v.dict(|d| {
            d.name("Type", "Pages");
            d.int("Count", page_refs.len());
            d.array("Kids", |a| {
                page_refs.iter().for_each(|&page| a.reference(page))
            });
        });
    });
    file.set(catalog, |v| {
        v.dict(|d| {
            d.name("Type", "Catalog");
            d.reference("Pages", tree);
            d.text("Lang", &meta.language);
            d.dict("MarkInfo", |d| d.bool("Marked", true));
            d.dict("ViewerPreferences", |d| d.bool("DisplayDocTitle", true));
            d.reference("StructTreeRoot", structure.root);
            d.reference("Metadata", xmp);
            d.array("OutputIntents", |a| a.reference(intent));
            if let Some(outline) = outline {
                d.name("PageMode", "UseOutlines");
                d.reference("Outlines", outline);
            }
            if let Some(names) = names {
                d.dict("Names", |d| d.reference("Dests", names));
            }
        });
    });
    cache.deflated.turn();
    Ok(file.finish(catalog, info, &mut cache.deflated))
}

/// Paints the pages, many of them on several threads; each page depends on itself alone.
fn paint_all(context: &PaintContext<'_>, pages: &[Page]) -> Result<Vec<PaintedPage>, Error> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(pages.len().div_ceil(PAGES_PER_THREAD)).max(1);
    let numbered: Vec<(usize, &Page)> = pages.iter().enumerate().collect();
    let parts = numbered.chunks(pages.len().div_ceil(threads).max(1));
    let paint = |part: &[(usize, &Page)]| -> Result<Vec<PaintedPage>, Error> {
        part.iter()
            .map(|&(index, page)| paint::paint(context, index, page))
            .collect()
    };
    if threads < 2 {
        return paint(&numbered);
    }
    let painted: Result<Vec<_>, Error> = std::thread::scope(|scope| {
        let handles: Vec<_> = parts.map(|part| scope.spawn(move || paint(part))).collect();
        let join = |handle: std::thread::ScopedJoinHandle<'_, _>| {
            handle
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        handles.into_iter().map(join).collect()
    });
    Ok(painted?.into_iter().flatten().collect())
}

/// What all pages draw on.
fn write_resources(
    faces: &Faces<'_>,
    pictures: &Pictures<'_>,
    pages: &[Page],
    embedded: &mut EmbeddedCache,
    file: &mut File,
) -> Result<Ref, Error> {
    let fonts = fonts::embed(faces, embedded, file)?;
    let pictures = pictures.write(file);
    let steps: BTreeSet<u8> = pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match &item.shape {
            Shape::Path(path) => Some(paint::opacity_step(path.opacity)),
            Shape::Glyphs(_) | Shape::Picture { .. } => None,
        })
        .filter(|&step| step < OPAQUE)
        .collect();
    Ok(file.add(|v| {
        v.dict(|d| {
            d.dict("Font", |d| {
                fonts.iter().for_each(|(name, id)| d.reference(name, *id))
            });
            d.dict("XObject", |d| {
                for (number, &id) in pictures.iter().enumerate() {
                    d.reference(&format!("I{number}"), id);
                }
            });
            d.dict("ExtGState", |d| {
                for step in steps {
                    d.dict(&paint::opacity_name(step), |d| {
                        d.real("ca", f64::from(step) / 100.0);
                        d.real("CA", f64::from(step) / 100.0);
                    });
                }
            });
        });
    }))
}

struct PageParts<'a> {
    tree: Ref,
    resources: Ref,
    content: Ref,
    index: usize,
    annotations: &'a [Ref],
}

fn write_page(id: Ref, page: &Page, parts: &PageParts<'_>, file: &mut File) {
    file.set(id, |v| {
        v.dict(|d| {
            d.name("Type", "Page");
            d.reference("Parent", parts.tree);
            d.array("MediaBox", |a| {
                a.int(0);
                a.int(0);
                a.real(page.width.to_pt());
                a.real(page.height.to_pt());
            });
            d.reference("Resources", parts.resources);
            d.reference("Contents", parts.content);
            d.int("StructParents", parts.index);
            if !parts.annotations.is_empty() {
                d.array("Annots", |a| {
                    parts.annotations.iter().for_each(|&id| a.reference(id))
                });
                // ISO 14289-1, 7.18.3: the order of tabbing is that of the structure.
                d.name("Tabs", "S");
            }
        });
    });
}
