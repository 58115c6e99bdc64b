//! The plainest typesetter that a test can do with: lines of a fixed number of characters.

use crate::dom::level::is_block;
use crate::dom::{Document, NodeId};
use crate::layout::{
    Artifact, Destination, FaceId, Fonts, Glyph, GlyphRun, LinkArea, Owner, Page, PageItem, Pages,
    Path, Picture, Pixels, Point, Rect, Segment, Shape, Stroke,
};
use crate::theme::{Colour, Length};
use read_fonts::{FontRef, TableProvider};
use std::sync::Arc;

const WIDTH: Length = Length::pt(595.0);
const HEIGHT: Length = Length::pt(842.0);
const LEADING: f64 = 15.0;
const TOP: f64 = 60.0;
const LEFT: f64 = 60.0;
const BOTTOM: f64 = 780.0;
const SIZE: f64 = 10.5;
/// Characters that a line takes; a longer word is broken with a hyphen.
const MEASURE: usize = 60;

/// Sets a document.
pub(super) fn typeset(document: &Document, fonts: &Fonts) -> Pages {
    let mut setter = Setter {
        document,
        fonts,
        pages: Vec::new(),
        destinations: Vec::new(),
        y: TOP,
        x: LEFT,
        column: 0,
    };
    setter.new_page();
    setter.node(Document::ROOT);
    let Setter {
        pages,
        destinations,
        ..
    } = setter;
    Pages {
        pages,
        destinations,
    }
}

struct Setter<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    pages: Vec<Page>,
    destinations: Vec<Destination>,
    y: f64,
    /// Where the next text on the line begins, and how many characters stand before it.
    x: f64,
    column: usize,
}

impl Setter<'_> {
    fn page(&mut self) -> &mut Page {
        self.pages
            .last_mut()
            .expect("the first page is made at once")
    }

    fn put(&mut self, owner: Owner, shape: Shape) {
        self.page().items.push(PageItem { owner, shape });
    }

    fn new_page(&mut self) {
        let items = Vec::new();
        self.pages.push(Page {
            width: WIDTH,
            height: HEIGHT,
            items,
            links: Vec::new(),
        });
        let header = self.run("Løpende topptekst", 40.0, FaceId(4));
        self.put(Owner::Artifact(Artifact::Header), Shape::Glyphs(header));
        let rule = Path {
            segments: vec![
                Segment::Move(at(60.0, 45.0)),
                Segment::Line(at(500.0, 45.0)),
            ],
            fill: None,
            stroke: Some(Stroke {
                colour: Colour::rgb(11, 60, 93),
                width: Length::pt(0.5),
                dashes: vec![Length::pt(2.0)],
            }),
            opacity: 1.0,
            even_odd: false,
            clip: None,
        };
        self.put(Owner::Artifact(Artifact::Decoration), Shape::Path(rule));
        self.y = TOP;
    }

    fn node(&mut self, id: NodeId) {
        let node = self.document.get(id);
        if node.has_class("screen-only") {
            return;
        }
        if let Some(text) = node.text() {
            if self.document.ancestor(id, |n| n.is("svg")).is_none() {
                self.text(id, text);
            }
            return;
        }
        let block = is_block(node.name());
        if block {
            self.end_line();
        }
        if node.attr("id").is_some() || matches!(node.name(), "h1" | "h2" | "h3" | "h4") {
            let place = Destination {
                node: id,
                page: self.pages.len() - 1,
                y: Length::pt(self.y),
            };
            self.destinations.push(place);
        }
        let in_list = node.parent.is_some_and(|p| self.document.get(p).is("ul"));
        if node.is("li") && in_list {
            let run = self.run("• ", self.y, FaceId(0));
            self.put(Owner::Label(id), Shape::Glyphs(run));
            (self.x, self.column) = (LEFT + 12.0, 2);
        }
        match node.name() {
            "img" => self.picture(id),
            "svg" => self.drawing(id),
            _ => {}
        }
        node.children.iter().for_each(|&child| self.node(child));
        if node.is("a") && self.document.ancestor(id, |n| n.is("nav")).is_some() {
            let run = self.run("12", self.y, FaceId(4));
            self.put(Owner::PageNumber(id), Shape::Glyphs(run));
        }
        if block {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        if self.column > 0 {
            self.y += LEADING;
        }
        (self.x, self.column) = (LEFT, 0);
        if self.y > BOTTOM {
            self.new_page();
        }
    }

    fn text(&mut self, id: NodeId, text: &str) {
        let mut line = String::new();
        for c in text.chars() {
            let so_far = line.chars().last();
            let after_space = so_far.map_or(self.column == 0, char::is_whitespace);
            if c.is_whitespace() {
                if after_space {
                    continue;
                }
                line.push(' ');
            } else {
                line.push(c);
            }
            let full = self.column + line.chars().count() >= MEASURE;
            if full && c.is_alphabetic() && so_far.is_some_and(char::is_alphabetic) {
                let rest = line.pop();
                self.piece(id, &line, true);
                self.end_line();
                line = rest.into_iter().collect();
            } else if full && c.is_whitespace() {
                self.piece(id, &line, false);
                self.end_line();
                line.clear();
            }
        }
        if !line.trim().is_empty() {
            self.piece(id, &line, false);
        }
    }

    /// Sets a piece of a line.
    fn piece(&mut self, id: NodeId, text: &str, hyphen: bool) {
        let heading = |n: &crate::dom::Node| matches!(n.name(), "h1" | "h2" | "h3" | "h4");
        let face = if self.document.ancestor(id, heading).is_some() {
            FaceId(6)
        } else {
            FaceId(0)
        };
        let mut run = self.run(text, self.y, face);
        if hyphen {
            let mut glyph = self.run("-", 0.0, face).glyphs.remove(0);
            let end = u32::try_from(text.len()).expect("short lines");
            glyph.text = end..end;
            run.glyphs.push(glyph);
            run.ends_in_hyphen = true;
        }
        let width: f32 = run.glyphs.iter().map(|g| g.advance).sum();
        let width = f64::from(width) * SIZE / 1000.0;
        if let Some(node) = self.document.ancestor(id, |n| n.is("a")) {
            let area = Rect {
                origin: at(self.x, self.y - SIZE),
                width: Length::pt(width),
                height: Length::pt(LEADING),
            };
            self.page().links.push(LinkArea { area, node });
        }
        self.put(Owner::Node(id), Shape::Glyphs(run));
        self.x += width;
        self.column += text.chars().count();
    }

    fn run(&self, text: &str, y: f64, face: FaceId) -> GlyphRun {
        let font = FontRef::new(&self.fonts.get(face).data).expect("our own face");
        let cmap = font.cmap().expect("our own face");
        let hmtx = font.hmtx().expect("our own face");
        let per_em = f32::from(font.head().expect("our own face").units_per_em());
        let glyph = |(at, c): (usize, char)| {
            let id = cmap
                .map_codepoint(c)
                .unwrap_or_else(|| panic!("no glyph for {c:?}"));
            let start = u32::try_from(at).expect("short lines");
            let kern = if c == 'v' { -20.0 } else { 0.0 };
            Glyph {
                id: u16::try_from(id.to_u32()).expect("a small face"),
                advance: f32::from(hmtx.advance(id).unwrap_or(0)) * 1000.0 / per_em + kern,
                x_offset: 0.0,
                y_offset: 0.0,
                text: start..start + u32::try_from(c.len_utf8()).expect("four at most"),
            }
        };
        GlyphRun {
            at: at(self.x, y),
            face,
            size: Length::pt(SIZE),
            colour: Colour::rgb(26, 26, 26),
            text: text.to_owned(),
            glyphs: text.char_indices().map(glyph).collect(),
            ends_in_hyphen: false,
        }
    }

    fn picture(&mut self, id: NodeId) {
        let pixels = Pixels::Raw {
            channels: 3,
            data: vec![200, 30, 30, 30, 200, 30, 30, 30, 200, 90, 90, 90],
            alpha: Some(vec![255, 128, 128, 255]),
        };
        let picture = Arc::new(Picture {
            width: 2,
            height: 2,
            pixels,
        });
        let area = Rect {
            origin: at(60.0, self.y),
            width: Length::pt(60.0),
            height: Length::pt(60.0),
        };
        self.put(Owner::Node(id), Shape::Picture { area, picture });
        self.y += 80.0;
    }

    fn drawing(&mut self, id: NodeId) {
        let y = self.y;
        let corners = [at(60.0, y), at(160.0, y), at(110.0, y + 50.0)];
        let mut segments = vec![Segment::Move(corners[0])];
        segments.extend([
            Segment::Line(corners[1]),
            Segment::Line(corners[2]),
            Segment::Close,
        ]);
        let fill = Some(Colour::rgb(94, 117, 52));
        let path = Path {
            segments,
            fill,
            stroke: None,
            opacity: 0.5,
            even_odd: false,
            clip: None,
        };
        self.put(Owner::Node(id), Shape::Path(path));
        let inner = self
            .document
            .descendants(id)
            .find(|&n| self.document.get(n).text().is_some());
        if let Some(inner) = inner {
            let run = self.run("uke 3", y + 20.0, FaceId(4));
            self.put(Owner::Node(inner), Shape::Glyphs(run));
        }
        self.y += 70.0;
    }
}

fn at(x: f64, y: f64) -> Point {
    Point {
        x: Length::pt(x),
        y: Length::pt(y),
    }
}
