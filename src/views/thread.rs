//! The golden thread: drawings, and the table with the same content.

use super::{LinkGroup, LinkView, ViewBuilder};
use crate::drawings::thread::{BoxPosition, Chart, ChartBox, Column, draw, height};
use crate::model::{Id, Kind, STAGES, Section, Thread, ThreadPath, key};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How much of a page a drawing may take, so that the PDF need not make it smaller.
const HIGHEST: f64 = 0.8;

/// The red thread.
#[derive(Debug, Serialize)]
pub(super) struct ThreadView {
    /// The start of the thread: the agreement, with a link to its chapter.
    purpose: Option<LinkView>,
    /// The drawings: one, or several of which each fits on a page; none if a part of the thread
    /// fits on no page.
    drawings: Vec<DrawingView>,
    /// Whether anything is linked; without that there are no drawings and no rows.
    linked: bool,
    /// Whether there is any measure.
    measures: bool,
    /// «Funn og mål»: what lies between; empty if nothing does.
    between: String,
    rows: Vec<RowView>,
}

/// A drawing.
#[derive(Debug, Serialize)]
struct DrawingView {
    svg: String,
    caption: String,
}

/// A row of the table.
#[derive(Debug, Serialize)]
struct RowView {
    challenge: Option<LinkView>,
    /// How many rows the cell of the challenge spans; 0 in all but the first.
    span: usize,
    between: Vec<LinkGroup>,
    measure: Option<LinkView>,
    responsible: String,
}

impl ThreadView {
    /// The thread, if a chapter of this build shows it.
    pub(super) fn new(maker: &ViewBuilder<'_>) -> Option<Self> {
        let strategy = maker.strategy;
        let chapter = strategy.showing(Section::RedThread)?;
        maker.targets.link(&chapter.item.id)?;
        let thread = Thread::of(strategy, |id| maker.targets.link(id).is_some());
        let linked = !thread.links.is_empty();
        let ways = if linked { thread.ways() } else { Vec::new() };
        let stages = [Kind::Finding, Kind::Goal].into_iter();
        let stages = stages.filter(|&stage| thread.nodes.iter().any(|id| id.kind == stage));
        let names = stages.map(|stage| maker.labels.get(stage.info().labels[1]).to_owned());
        let names: Vec<_> = names.collect();
        Some(Self {
            purpose: purpose(maker),
            drawings: drawings(maker, &thread, &ways),
            linked,
            measures: thread.nodes.iter().any(|id| id.kind == Kind::Measure),
            between: match &names[..] {
                [one, other] => {
                    let and = maker.labels.get("and");
                    format!("{one} {and} {}", other.to_lowercase())
                }
                names => names.concat(),
            },
            rows: rows(maker, &thread, &ways),
        })
    }
}

fn purpose(maker: &ViewBuilder<'_>) -> Option<LinkView> {
    let agreement = maker.strategy.agreement.as_ref()?;
    let chapter = maker.strategy.showing(Section::Agreement)?;
    let chapter = maker.targets.link(&chapter.item.id)?;
    Some(LinkView {
        title: agreement.title.value.clone(),
        ..chapter
    })
}

fn rows(maker: &ViewBuilder<'_>, thread: &Thread, ways: &[ThreadPath]) -> Vec<RowView> {
    let link = |node: usize| maker.targets.link(&thread.nodes[node]);
    let measures = maker.strategy.of(Kind::Measure).iter();
    let measures: BTreeMap<&Id, _> = measures.map(|measure| (&measure.id, measure)).collect();
    let responsible = |node: usize| {
        let measure = measures.get(&thread.nodes[node])?;
        Some(maker.names(measure.references(key::RESPONSIBLE)))
    };
    let mut rows = Vec::with_capacity(ways.len());
    for same in ways.chunk_by(|a, b| a.challenge == b.challenge) {
        for (at, way) in same.iter().enumerate() {
            let between = way.between.iter().filter_map(|&node| link(node)).collect();
            rows.push(RowView {
                challenge: way.challenge.and_then(link),
                span: if at == 0 { same.len() } else { 0 },
                between: maker.grouped(between),
                measure: way.measure.and_then(link),
                responsible: way.measure.and_then(responsible).unwrap_or_default(),
            });
        }
    }
    rows
}

/// One drawing of all ways, or as many as it takes so that each fits on a page.
fn drawings(maker: &ViewBuilder<'_>, thread: &Thread, ways: &[ThreadPath]) -> Vec<DrawingView> {
    let language = maker.strategy.language;
    // A unit of a drawing is three quarters of a point.
    let highest = maker.theme.page.text_height().to_pt() * HIGHEST / 0.75;
    let loose = thread.loose();
    let fits = |nodes: &BTreeSet<usize>| {
        let (columns, _) = columns(maker, thread, nodes, &loose);
        height(&columns, language) <= highest
    };
    let mut parts: Vec<BTreeSet<usize>> = Vec::new();
    for way in ways {
        let own: BTreeSet<usize> = way.nodes().collect();
        if !fits(&own) {
            return Vec::new();
        }
        let last = parts.last().map(|last| last | &own);
        match (last.filter(fits), parts.last_mut()) {
            (Some(more), Some(last)) => *last = more,
            _ => parts.push(own),
        }
    }
    let labels = maker.labels;
    let count = parts.len();
    let direct = thread.direct_links();
    let drawings = parts.iter().zip(1..).map(|(nodes, number)| {
        let (columns, places) = columns(maker, thread, nodes, &loose);
        let place = |node: usize| places.get(&node).copied();
        let links = direct.iter();
        let links = links.filter_map(|&(a, b)| Some((place(a)?, place(b)?)));
        let links = links.collect();
        let counts = columns.iter().filter(|column| !column.is_purpose);
        let counts = counts.map(|column| format!("{} ({})", column.title, column.boxes.len()));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let chart = Chart {
            columns,
            links,
            label: labels.fill("thread_label", &[("counts", &counts)]),
            language,
        };
        let caption = match count {
            1 => labels.get("thread_caption").to_owned(),
            _ => {
                let (n, of) = (number.to_string(), count.to_string());
                labels.fill("thread_caption_part", &[("n", &n), ("of", &of)])
            }
        };
        DrawingView {
            svg: draw(&chart, &maker.theme.colours),
            caption,
        }
    });
    drawings.collect()
}

/// The columns of a drawing of some nodes, and the place of each node in them.
fn columns(
    maker: &ViewBuilder<'_>,
    thread: &Thread,
    nodes: &BTreeSet<usize>,
    loose: &BTreeSet<usize>,
) -> (Vec<Column>, BTreeMap<usize, BoxPosition>) {
    let labels = maker.labels;
    let purpose = purpose(maker).map(|agreement| Column {
        title: labels.get("purpose").to_owned(),
        is_purpose: true,
        boxes: vec![ChartBox {
            title: agreement.title,
            is_loose: false,
            is_under: false,
        }],
    });
    let mut columns: Vec<Column> = purpose.into_iter().collect();
    let mut places: BTreeMap<usize, BoxPosition> = BTreeMap::new();
    for (stage, kind) in STAGES.into_iter().enumerate() {
        let own = nodes.iter().filter(|&&n| thread.stage(n) == stage);
        let own: Vec<_> = own.copied().collect();
        if own.is_empty() && kind != Kind::Challenge {
            continue;
        }
        let boxes = own.iter().enumerate().map(|(place, &node)| {
            places.insert(node, (columns.len(), place));
            let link = maker.targets.link(&thread.nodes[node]);
            ChartBox {
                title: link.map_or_else(String::new, |link| link.title),
                is_loose: loose.contains(&node),
                is_under: thread
                    .sub_goals
                    .get(&node)
                    .is_some_and(|main| nodes.contains(main)),
            }
        });
        let boxes = boxes.collect();
        columns.push(Column {
            title: labels.get(kind.info().labels[1]).to_owned(),
            is_purpose: false,
            boxes,
        });
    }
    (columns, places)
}
