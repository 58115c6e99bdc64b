//! Tables.
//!
//! Cells are measured, the columns share the line width ([`columns`]), then each row becomes a line box.
//! Header rows are repeated on the following pages, where they are artifacts (ISO 32000-1, 14.8.2.2).

use super::Builder;
use super::inline::ContentWidths;
use crate::dom::NodeId;
use crate::dom::table::{Row, Table, TableSection};
use crate::language;
use crate::layout::columns::{self, ColumnContent};
use crate::layout::flow::{
    LineBox, PageBreak, decoration, flatten, rectangle, shift, side_by_side,
};
use crate::layout::shape::Forms;
use crate::layout::style::{Align, BlockContainer, Context};
use crate::layout::{Family, PageItem, Segment, Shape, rules};
use crate::theme::{Colour, Length};

/// Space between columns.
const GUTTER: f64 = 12.0;
/// Space above and below the text of a cell.
const PAD: f64 = 4.0;

/// A table that takes more than this part of a page may be broken over two.
const TABLE_KEEP: f64 = 0.47;
/// Header rows that take more than this part of a page are shown once only.
const HEAD_REPEAT: f64 = 0.35;

impl Builder<'_> {
    /// Sets a table.
    pub(super) fn table(&mut self, id: NodeId, context: Context) {
        let table = Table::on_pages(self.input.document, id);
        let mut context = self.cell_context(context);
        let contents = self.contents(&table, context);
        let across = self.measuring.is_none() && self.stands_across(&contents, &context);
        let mut page = self.input.theme.page.clone();
        if across {
            page = page.across();
            let indent = context.x - page.left.to_pt();
            context.width = page.text_width().to_pt() - indent;
        }
        let room = page.text_height().to_pt().max(1.0);
        let start = self.line_boxes.len();
        for &caption in &table.captions {
            self.block(caption, context);
        }
        if let Some(content_widths) = &mut self.measuring {
            let sum = |f: fn(&ColumnContent) -> f64| contents.iter().map(f).sum::<f64>();
            let inset = context.x - content_widths.x;
            content_widths.line = content_widths.line.max(sum(|w| w.line) + inset);
            content_widths.word = content_widths.word.max(sum(|w| w.word) + inset);
            content_widths.part = content_widths.part.max(sum(|w| w.part) + inset);
            return;
        }
        let (widths, tight) = columns::share(&contents, context.width);
        if tight {
            let message = "a table is wider than the page, even with all words divided";
            self.problems
                .report(&rules::TOO_WIDE, id, message, rules::SHORTEN);
        }
        let targets = std::mem::take(&mut self.targets);
        let mut rows: Vec<Vec<LineBox>> = Vec::with_capacity(table.rows.len());
        let caption: f64 = self.line_boxes[start..]
            .iter()
            .map(|s| s.before + s.height)
            .sum();
        let mut left = room;
        let mut above = caption + context.gap;
        for row in &table.rows {
            let head = table.section(row) == TableSection::Head;
            // The first row stands below the caption too.
            let line_boxes = self.row(&table, row, &widths, context, left - above);
            if !head {
                above = 0.0;
            }
            let height: f64 = line_boxes.iter().map(|s| s.height).sum();
            if head && room - left + height < room * HEAD_REPEAT {
                left -= height;
            }
            rows.push(line_boxes);
        }
        self.targets = targets;
        let rows = self.spread(&table, rows, &widths, context);
        self.assemble(&table, rows, start, room, context);
        if across {
            self.turn_page(start);
        }
        for stray in table.strays {
            match self.is_block(stray, context.depth) {
                true => self.block(stray, context),
                false => self.paragraph(&[stray], context),
            }
        }
    }

    /// Whether the table stands on a page across: it would have to divide words otherwise.
    fn stands_across(&self, contents: &[ColumnContent], context: &Context) -> bool {
        let page = &self.input.theme.page;
        let words: f64 = contents.iter().map(|w| w.word).sum();
        page.landscape_tables
            && page.height > page.width
            && words > context.width
            && self.nested == 0
    }

    /// Puts the line boxes since `start` on a page across, with the heading that belongs to them.
    fn turn_page(&mut self, start: usize) {
        let before = self.line_boxes[..start].iter().rev();
        let heading = before
            .take_while(|s| s.break_after == PageBreak::Never)
            .count();
        for line_box in &mut self.line_boxes[start - heading..] {
            line_box.across = true;
        }
    }

    fn cell_context(&self, mut context: Context) -> Context {
        let size = self.styles.theme.sizes.small.to_pt();
        context.font.family = Family::Sans;
        context.text.size = size;
        context.leading = size * 1.4;
        context.gap = 3.0;
        context.container = BlockContainer::Cell;
        context.text.forms = Forms::Tabular;
        context.text.face = self.styles.face(context.font);
        context
    }

    /// The widths that each column needs.
    fn contents(&mut self, table: &Table, context: Context) -> Vec<ColumnContent> {
        let mut contents = vec![ColumnContent::default(); table.columns];
        let mut counts = vec![0usize; table.columns];
        let mut spanning = Vec::new();
        for cell in &table.cells {
            let head = table.section(&table.rows[cell.row]) == TableSection::Head;
            let content_widths = self.measure(cell.node, head, context);
            let content = ColumnContent {
                part: content_widths.part + GUTTER,
                word: content_widths.word + GUTTER,
                line: content_widths.line + GUTTER,
                letters: content_widths.letters as f64,
            };
            if cell.columns > 1 {
                spanning.push((cell.column, cell.columns, content));
                continue;
            }
            let column = &mut contents[cell.column];
            column.part = column.part.max(content.part);
            column.word = column.word.max(content.word);
            column.line = column.line.max(content.line);
            column.letters += content.letters;
            counts[cell.column] += 1;
        }
        for (content, count) in contents.iter_mut().zip(counts) {
            content.letters /= count.max(1) as f64;
        }
        for (from, count, content) in spanning {
            let spanned = &mut contents[from..from + count];
            let total = spanned.iter().map(|w| w.line).sum::<f64>();
            let shares: Vec<f64> = spanned
                .iter()
                .map(|w| {
                    if total > 0.0 {
                        w.line / total
                    } else {
                        1.0 / count as f64
                    }
                })
                .collect();
            let lack = |have: f64, need: f64| (need - have).max(0.0);
            let part = lack(spanned.iter().map(|w| w.part).sum(), content.part);
            let word = lack(spanned.iter().map(|w| w.word).sum(), content.word);
            let line = lack(total, content.line);
            for (w, share) in spanned.iter_mut().zip(shares) {
                w.part += part * share;
                w.word += word * share;
                w.line += line * share;
            }
        }
        contents
    }

    fn measure(&mut self, cell: NodeId, head: bool, context: Context) -> ContentWidths {
        let outer = self.measuring.replace(ContentWidths {
            x: 0.0,
            ..ContentWidths::default()
        });
        let wide = Context {
            x: 0.0,
            width: 1e6,
            ..context
        };
        self.apart(|builder| builder.cell(cell, head, wide));
        std::mem::replace(&mut self.measuring, outer).unwrap_or_default()
    }

    /// Sets the content of a cell.
    fn cell(&mut self, id: NodeId, head: bool, mut context: Context) {
        let node = self.node(id);
        context.depth += 1;
        self.styles.block(node, &mut context);
        if node.is("th") {
            context.font.bold = true;
            if head {
                context.text.size *= 0.94;
                context.text.colour = self.styles.theme.colours.accent;
            }
            context.text.face = self.styles.face(context.font);
        }
        // The language may be that of the row or its group.
        let document = self.input.document;
        let spoken = document.ancestor(id, |n| n.is("table") || n.attr("lang").is_some());
        if let Some(tag) = spoken.and_then(|n| document.get(n).attr("lang")) {
            context.text.hyphenation = language::hyphenation(tag);
        }
        if context.depth < super::DEEPEST {
            self.children(id, context);
        } else {
            self.paragraph(&[id], context);
        }
    }

    /// The line boxes of each cell of a row; one, if it is not higher than `room`.
    fn row(
        &mut self,
        table: &Table,
        row: &Row,
        widths: &[f64],
        context: Context,
        room: f64,
    ) -> Vec<LineBox> {
        let head = table.section(row) == TableSection::Head;
        let columns: Vec<Vec<LineBox>> = table.cells[row.cells.clone()]
            .iter()
            .map(|cell| {
                let before: f64 = widths[..cell.column].iter().sum();
                let own: f64 = widths[cell.column..cell.column + cell.columns].iter().sum();
                let last = cell.column + cell.columns == widths.len();
                let gutter = if last { 0.0 } else { GUTTER };
                let inner = Context {
                    x: context.x + before,
                    width: (own - gutter).max(1.0),
                    align: Align::Left,
                    ..context
                };
                let node = self.node(cell.node);
                let mut line_boxes = self.apart(|b| b.cell(cell.node, head, inner));
                if node.attr("id").is_some() {
                    match line_boxes.first_mut() {
                        Some(line_box) => line_box.targets.insert(0, (cell.node, 0.0)),
                        None => line_boxes.push(LineBox {
                            targets: vec![(cell.node, 0.0)],
                            ..LineBox::default()
                        }),
                    }
                }
                line_boxes
            })
            .collect();
        let tall = columns
            .iter()
            .any(|c| c.iter().map(|s| s.before + s.height).sum::<f64>() + 2.0 * PAD > room);
        let mut line_boxes = match tall {
            // The row does not fit on a page: it is broken between its lines.
            true => side_by_side(columns),
            false => side_by_side(columns.into_iter().map(|c| vec![flatten(c)]).collect()),
        };
        if line_boxes.is_empty() {
            line_boxes.push(LineBox::default());
        }
        if let Some(first) = line_boxes.first_mut() {
            pad_top(first);
        }
        if let Some(last) = line_boxes.last_mut() {
            last.height += PAD;
        }
        let group = &table.groups[row.group];
        if !self.is_in_cell(row.node) {
            let whole = group
                .node
                .filter(|&group| self.node(group).has_class("change"));
            self.bar_beside(&mut line_boxes, &[whole.unwrap_or(row.node)]);
        }
        let begins = table.rows[group.rows.start].node == row.node;
        let group = group.node.filter(|_| begins);
        for node in [Some(row.node), group].into_iter().flatten() {
            if self.node(node).attr("id").is_some() {
                line_boxes[0].targets.insert(0, (node, 0.0));
            }
        }
        line_boxes
    }

    /// Draws the lines between rows, and keeps rows together that a cell spans.
    fn spread(
        &mut self,
        table: &Table,
        mut rows: Vec<Vec<LineBox>>,
        widths: &[f64],
        context: Context,
    ) -> Vec<Vec<LineBox>> {
        let colours = &self.styles.theme.colours;
        let width: f64 = widths.iter().sum();
        // For each column, the first row that no cell from above reaches.
        let mut free_from = vec![0usize; widths.len()];
        for (index, row) in table.rows.iter().enumerate() {
            let group = &table.groups[row.group];
            let ends_head = group.section == TableSection::Head && group.rows.end == index + 1;
            let (colour, weight) = match ends_head {
                true => (colours.accent, 1.0),
                false => (colours.rule, 0.5),
            };
            // The line below a row starts to the right of cells that go on in the next one.
            for cell in &table.cells[row.cells.clone()] {
                free_from[cell.column..cell.column + cell.columns].fill(index + cell.rows);
            }
            let goes_on = |column: usize| free_from[column] > index + 1;
            if let Some(line_box) = rows[index].last_mut() {
                let mut x = context.x;
                for (column, own) in widths.iter().enumerate() {
                    if !goes_on(column) {
                        let y = line_box.height - weight;
                        // A hair wider than the column, so that no gap shows between two.
                        let line = rectangle(x, y, own.min(context.x + width - x), weight);
                        push_line(&mut line_box.items, line, colour);
                    }
                    x += own;
                }
                if (0..widths.len()).any(goes_on) {
                    line_box.break_after = line_box.break_after.max(PageBreak::Avoid);
                }
            }
        }
        rows
    }

    /// Adds the rows to the flow.
    fn assemble(
        &mut self,
        table: &Table,
        rows: Vec<Vec<LineBox>>,
        start: usize,
        room: f64,
        context: Context,
    ) {
        let first = table
            .groups
            .first()
            .filter(|g| g.section == TableSection::Head);
        let head = first.map_or(0, |group| group.rows.len());
        let header: Vec<LineBox> = rows[..head].iter().flatten().cloned().collect();
        let height: f64 = header.iter().map(|s| s.height).sum();
        let repeats = (head > 0 && height < room * HEAD_REPEAT).then(|| {
            self.headers.push(header);
            self.headers.len() - 1
        });
        self.gap(if table.captions.is_empty() {
            0.0
        } else {
            context.gap
        });
        if let Some(caption) = self.line_boxes.get_mut(start..) {
            for line_box in caption {
                line_box.break_after = PageBreak::Never;
            }
        }
        let count = rows.len();
        let total: f64 = rows.iter().flatten().map(|s| s.height).sum();
        let whole = total < room * TABLE_KEEP;
        for (index, row) in rows.into_iter().enumerate() {
            let lines = row.len();
            // No row stands alone below the head, nor on the page where the table ends.
            let keeps_next = index + 1 < count && (whole || index == head || index + 2 == count);
            for (line, mut line_box) in row.into_iter().enumerate() {
                if index < head {
                    line_box.break_after = PageBreak::Never;
                } else {
                    line_box.repeats = repeats;
                    let first_or_last = line == 0 || line + 2 == lines;
                    if (line + 1 < lines && first_or_last) || (line + 1 == lines && keeps_next) {
                        line_box.break_after = line_box.break_after.max(PageBreak::Avoid);
                    }
                }
                self.push(line_box);
            }
        }
        if let Some(last) = self.line_boxes.last_mut()
            && last.break_after == PageBreak::Never
            && last.repeats.is_none()
        {
            // A table of header rows only.
            last.break_after = PageBreak::Auto;
        }
    }
}

/// Moves the content of a line box down by the padding of a cell.
fn pad_top(line_box: &mut LineBox) {
    for item in &mut line_box.items {
        shift(&mut item.shape, PAD);
    }
    for link in &mut line_box.links {
        link.area.origin.y += Length::pt(PAD);
    }
    line_box.height += PAD;
    line_box.baseline = line_box.baseline.map(|b| b + PAD);
}

/// Adds a line, joining it to the one before if they touch.
fn push_line(items: &mut Vec<PageItem>, line: Vec<Segment>, colour: Colour) {
    if let Some(PageItem {
        shape: Shape::Path(last),
        ..
    }) = items.last_mut()
        && last.fill == Some(colour)
        && let [
            Segment::Move(a),
            Segment::Line(b),
            Segment::Line(c),
            _,
            Segment::Close,
        ] = &mut last.segments[..]
        && let (Segment::Move(start), Segment::Line(end)) = (line[0], line[1])
        && (b.x.to_pt() - start.x.to_pt()).abs() < 0.01
        && a.y == start.y
    {
        b.x = end.x;
        c.x = end.x;
        return;
    }
    items.push(decoration(line, Some(colour)));
}
