//! Computes the style of elements and classes.
//!
//! A [`Context`] has the inherited properties of blocks. [`Styles::block`] changes it for an element and
//! returns the space and background around it; [`Styles::inline`] changes the style of text. Sizes and
//! colours come from the theme, except the sizes of the small lines of the cover. Spaces are fractions of
//! the leading, which keeps a regular rhythm of lines.

use super::flow::PageBreak;
use super::paragraph::{DecorationKind, Hyphens, TextDecoration, TextStyle};
use super::shape::Forms;
use super::{FaceId, Family, Fonts, Style};
use crate::dom::{Node, NodeId};
use crate::language;
use crate::theme::{Colour, Theme};

/// The inherited properties of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// The family, weight and slant.
    pub font: Style,
    /// The rest of the style; its face is set from `font`.
    pub text: TextStyle,
    /// Distance of lines.
    pub leading: f64,
    /// Space between paragraphs.
    pub gap: f64,
    /// To which side lines are set.
    pub align: Align,
    /// How many lists there are around.
    pub lists: usize,
    /// How many elements there are around.
    pub depth: usize,
    /// The part of the document.
    pub container: BlockContainer,
}

/// Size and leading of the council's name on the cover.
const COUNCIL: (f64, f64) = (13.0, 18.0);
/// Space between the logo and the council's name.
const LOGO: f64 = 14.0;
/// Size and leading of the line below the title.
const SUBTITLE: (f64, f64) = (15.0, 22.0);
/// Size and leading of the period on the cover.
const PERIOD: (f64, f64) = (12.0, 18.0);
/// Size of the status on the cover.
const STATUS: f64 = 10.0;

/// How much larger than captions notes are set: the serif looks smaller.
const NOTE: f64 = 0.5;

/// Indents stop where the text would get narrower than this.
const NARROWEST: f64 = 90.0;

impl Context {
    /// The context indented from the left, as far as the width allows.
    pub(super) fn indented(self, left: f64, right: f64) -> Self {
        if self.width - left - right < NARROWEST {
            return self;
        }
        Self {
            x: self.x + left,
            width: self.width - left - right,
            ..self
        }
    }
}

/// To which side lines are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Flush left.
    Left,
    /// Flush right.
    Right,
}

/// The nearest container that changes how blocks are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockContainer {
    /// Running text.
    Body,
    /// The cover.
    Cover,
    /// A cell of a table.
    Cell,
    /// A card or box.
    Card,
}

/// The space, the background and the page breaks of a block.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BoxStyle {
    /// Space above.
    pub before: f64,
    /// Space below.
    pub after: f64,
    /// Colour of a background.
    pub fill: Option<Colour>,
    /// Colour of a rule at the left.
    pub rule: Option<Colour>,
    /// Whether pages may end inside.
    pub break_inside: PageBreak,
    /// Whether a page may end after it.
    pub break_after: PageBreak,
}

/// Looks up faces and theme for styles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Styles<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The faces.
    pub fonts: &'a Fonts,
}

impl Styles<'_> {
    /// The context of running text.
    pub(super) fn root(&self, language: &str) -> Context {
        let page = &self.theme.page;
        let font = Style {
            family: Family::Serif,
            bold: false,
            italic: false,
        };
        let leading = self.theme.sizes.leading.to_pt();
        Context {
            x: page.left.to_pt(),
            width: page.text_width().to_pt().max(1.0),
            font,
            text: TextStyle {
                face: self.face(font),
                size: self.theme.sizes.body.to_pt(),
                colour: self.theme.colours.text,
                forms: Forms::Plain,
                rise: 0.0,
                hyphenation: language::hyphenation(language),
                hyphens: Hyphens::Free,
                keep_on_line: false,
                decoration: None,
                inserted: None,
                deleted: None,
                link: None,
            },
            leading,
            gap: leading / 2.0,
            align: Align::Left,
            lists: 0,
            depth: 0,
            container: BlockContainer::Body,
        }
    }

    /// The unit of spaces: a sixth of the leading of running text.
    pub(super) fn unit(&self) -> f64 {
        self.theme.sizes.leading.to_pt() / 6.0
    }

    /// The face of a style.
    pub(super) fn face(&self, font: Style) -> FaceId {
        self.fonts.find(font)
    }

    fn sans(&self, context: &mut Context, size: f64, leading: f64, colour: Colour) {
        context.font.family = Family::Sans;
        context.text.size = size;
        context.leading = leading;
        context.text.colour = colour;
    }

    /// Changes the context for a block, and returns its box style.
    pub(super) fn block(&self, node: &Node, context: &mut Context) -> BoxStyle {
        let sizes = &self.theme.sizes;
        let colours = &self.theme.colours;
        let unit = self.unit();
        let small = sizes.small.to_pt();
        let caption = sizes.caption.to_pt();
        let mut box_style = BoxStyle {
            before: context.gap,
            after: context.gap,
            ..BoxStyle::default()
        };
        match node.name() {
            "h1" => {
                self.heading(context, sizes.title.to_pt(), 1.18, colours.accent);
                (box_style.before, box_style.after) = (0.0, 4.0 * unit);
            }
            "h2" => {
                self.heading(context, sizes.heading_1.to_pt(), 1.25, colours.accent);
                (box_style.before, box_style.after) = (16.0 * unit, 5.0 * unit);
            }
            "h3" => {
                self.heading(context, sizes.heading_2.to_pt(), 1.3, colours.accent);
                (box_style.before, box_style.after) = (10.0 * unit, 3.0 * unit);
            }
            "h4" => {
                self.heading(context, sizes.heading_3.to_pt(), 1.3, colours.text);
                (box_style.before, box_style.after) = (7.0 * unit, 2.0 * unit);
            }
            "h5" | "h6" => {
                self.heading(context, small, 1.4, colours.quiet);
                (box_style.before, box_style.after) = (6.0 * unit, unit);
            }
            "blockquote" => {
                box_style.fill = Some(colours.tint);
                box_style.rule = Some(colours.rule);
            }
            "aside" => {
                self.sans(context, small, 4.0 * unit + small * 0.36, colours.text);
                box_style.fill = Some(colours.tint_second);
                box_style.rule = Some(colours.second);
                (box_style.before, box_style.after) = (4.0 * unit, 4.0 * unit);
            }
            "figure" => (box_style.before, box_style.after) = (5.0 * unit, 5.0 * unit),
            "caption" | "figcaption" => {
                self.sans(context, caption, caption * 1.45, colours.quiet);
                (box_style.before, box_style.after) = (2.0 * unit, 2.0 * unit);
            }
            "li" | "dd" => (box_style.before, box_style.after) = (unit, unit),
            "dt" => {
                self.sans(context, small, context.leading, colours.text);
                context.font.bold = true;
                box_style.after = 0.0;
                box_style.break_after = PageBreak::Never;
            }
            "ul" | "ol" | "dl" => {}
            "pre" => {
                self.sans(context, small, small * 1.45, colours.text);
                context.text.hyphens = Hyphens::Never;
                box_style.fill = Some(colours.tint);
            }
            "table" => (box_style.before, box_style.after) = (4.0 * unit, 5.0 * unit),
            "section" | "article" | "div" | "main" | "nav" | "header" | "footer" => {
                (box_style.before, box_style.after) = (0.0, 0.0);
            }
            _ => {}
        }
        for class in node.classes() {
            self.class(class, node, context, &mut box_style);
        }
        context.text.face = self.face(context.font);
        box_style
    }

    fn heading(&self, context: &mut Context, size: f64, leading: f64, colour: Colour) {
        self.sans(context, size, size * leading, colour);
        context.font.bold = true;
        context.text.hyphens = Hyphens::Forced;
    }

    fn class(&self, class: &str, node: &Node, context: &mut Context, box_style: &mut BoxStyle) {
        let sizes = &self.theme.sizes;
        let colours = &self.theme.colours;
        let unit = self.unit();
        let small = sizes.small.to_pt();
        let caption = sizes.caption.to_pt();
        match class {
            "card" => {
                context.container = BlockContainer::Card;
                context.gap = 2.0 * unit;
                box_style.fill = Some(colours.tint);
                box_style.rule = Some(colours.accent);
                (box_style.before, box_style.after) = (5.0 * unit, 5.0 * unit);
            }
            "question" => {
                context.container = BlockContainer::Card;
                box_style.rule = Some(colours.second);
                (box_style.before, box_style.after) = (5.0 * unit, 5.0 * unit);
            }
            "missing" => {
                self.sans(context, small, small * 1.5, colours.quiet);
                box_style.fill = Some(colours.tint_second);
                (box_style.before, box_style.after) = (3.0 * unit, 3.0 * unit);
            }
            "verbatim" => {
                box_style.fill = Some(colours.tint);
                box_style.rule = Some(colours.rule);
                (box_style.before, box_style.after) = (3.0 * unit, 3.0 * unit);
            }
            "change-word" => {
                self.sans(context, caption, caption * 1.45, colours.quiet);
                context.font.bold = true;
                box_style.after = unit;
            }
            "caption" | "credit" | "source" => {
                self.sans(context, caption, caption * 1.45, colours.quiet);
                context.font.bold = false;
                box_style.before = unit;
            }
            "generated" | "trace" => context.text.colour = colours.quiet,
            "id" => self.sans(context, caption, caption * 1.45, colours.quiet),
            "imprint" => {
                self.sans(context, small, small * 1.5, colours.text);
                context.gap = 3.0 * unit;
            }
            "lead" => {
                context.text.size = sizes.body.to_pt() * 1.2;
                context.leading = sizes.leading.to_pt() * 1.2;
                box_style.after = 4.0 * unit;
            }
            "meta" => {
                self.sans(context, small, small * 1.45, colours.quiet);
                context.gap = unit;
                (box_style.before, box_style.after) = (2.0 * unit, 2.0 * unit);
            }
            "note" => {
                let size = caption + NOTE;
                context.font.family = Family::Serif;
                (context.text.size, context.leading) = (size, size * 1.4);
                context.text.colour = colours.text;
                context.gap = unit;
            }
            "number" if node.heading_level().is_none() => {
                self.sans(context, small, small * 1.45, colours.quiet)
            }
            "numeric" => {
                context.align = Align::Right;
                context.text.forms = Forms::Tabular;
                context.text.hyphens = Hyphens::Never;
            }
            "tag" => self.sans(context, caption, caption * 1.6, colours.accent),
            "nowrap" => context.text.keep_on_line = true,
            "small-caps" => context.text.forms = Forms::SmallCaps,
            "keep" => box_style.break_inside = PageBreak::Avoid,
            "logo" => box_style.after = LOGO,
            "council" => {
                self.sans(context, COUNCIL.0, COUNCIL.1, colours.accent);
                context.font.bold = true;
                context.text.hyphens = Hyphens::Forced;
            }
            "subtitle" => {
                (context.text.size, context.leading) = SUBTITLE;
                context.text.colour = colours.text;
                context.text.hyphens = Hyphens::Forced;
                box_style.before = 2.0 * unit;
            }
            "period" => {
                self.sans(context, PERIOD.0, PERIOD.1, colours.quiet);
                context.text.forms = Forms::Tabular;
                box_style.before = 6.0 * unit;
            }
            _ => {}
        }
    }

    /// The style of text in an inline element.
    pub(super) fn inline(&self, id: NodeId, node: &Node, style: TextStyle) -> TextStyle {
        let colours = &self.theme.colours;
        let mut font = self.fonts.get(style.face).style;
        let mut text = style;
        let decorated = |kind, colour| {
            Some(TextDecoration {
                kind,
                colour,
                background: None,
                node: id,
            })
        };
        match node.name() {
            "a" => {
                text.link = Some(id);
                // What was taken out stays as quiet as the words around it.
                if style.deleted.is_none() {
                    text.colour = colours.accent;
                }
                // The number of a note is known by its place.
                if !node.has_class("noteref") && !node.has_class("number") {
                    text.decoration = decorated(DecorationKind::Underline, text.colour);
                }
            }
            "em" | "i" | "cite" | "dfn" => font.italic = !font.italic,
            "strong" | "b" => font.bold = true,
            "code" | "kbd" => {
                font.family = Family::Sans;
                text.size *= 0.94;
                text.hyphens = Hyphens::Never;
            }
            "small" => text.size *= 0.86,
            "sub" => {
                text.rise -= text.size * 0.16;
                text.size *= 0.66;
            }
            "sup" => {
                text.rise += text.size * 0.36;
                text.size *= 0.66;
            }
            "ins" => {
                let line = decorated(DecorationKind::Underline, colours.second);
                text.inserted = line.map(|line| TextDecoration {
                    background: Some(colours.added()),
                    ..line
                });
            }
            "del" | "s" => {
                text.colour = colours.quiet;
                text.deleted = decorated(DecorationKind::Strike, colours.quiet);
            }
            "mark" => text.decoration = decorated(DecorationKind::Background, colours.tint_second),
            _ => {}
        }
        for class in node.classes() {
            match class {
                "id" | "meta" | "credit" | "source" | "caption" => {
                    font.family = Family::Sans;
                    text.size = text.size.min(self.theme.sizes.caption.to_pt() + 0.5);
                    text.colour = colours.quiet;
                }
                "number" => {
                    font.family = Family::Sans;
                    text.colour = colours.second;
                    text.forms = Forms::Tabular;
                    text.keep_on_line = true;
                }
                "tag" | "status" => {
                    font = Style {
                        family: Family::Sans,
                        bold: true,
                        italic: false,
                    };
                    text.size = (text.size * 0.9).min(self.theme.sizes.caption.to_pt());
                    text.colour = colours.accent;
                    text.keep_on_line = true;
                    text.decoration = decorated(DecorationKind::Pill, colours.pill());
                    if class == "status" {
                        text.size = STATUS;
                        text.colour = colours.paper;
                        text.decoration = decorated(DecorationKind::Pill, colours.accent);
                    }
                }
                "noteref" => {
                    font = Style {
                        family: Family::Sans,
                        bold: false,
                        italic: false,
                    };
                    text.rise += text.size * 0.36;
                    text.size *= 0.66;
                    text.keep_on_line = true;
                }
                "change-word" => {
                    font = Style {
                        family: Family::Sans,
                        bold: !node.has_class("print-only"),
                        italic: false,
                    };
                    let [small, caption] = [self.theme.sizes.small, self.theme.sizes.caption];
                    text.size = text.size.min(small.to_pt()).max(caption.to_pt());
                    text.colour = colours.quiet;
                    (text.decoration, text.inserted, text.deleted) = (None, None, None);
                }
                "numeric" => text.forms = Forms::Tabular,
                "small-caps" => text.forms = Forms::SmallCaps,
                "nowrap" => text.keep_on_line = true,
                "generated" => text.colour = colours.quiet,
                "uncertain" => text.decoration = decorated(DecorationKind::Dotted, colours.quiet),
                _ => {}
            }
        }
        text.face = self.face(font);
        text
    }
}
