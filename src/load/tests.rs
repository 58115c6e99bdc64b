//! The real strategy loads without a word.

use super::*;
use std::path::Path;

#[test]
fn the_strategy_of_the_council_loads_without_a_diagnostic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategy");
    let sources = crate::files::read_folder(&root).expect("the folder is there");
    let mut sink = Sink::default();
    let strategy = load(&sources, &mut sink).expect("strategy.toml can be used");
    assert_eq!(sink.into_sorted(), []);
    let workshop = strategy.workshop.expect("there is a workshop");
    let sizes: Vec<_> = workshop.groups.iter().map(|g| g.members.len()).collect();
    assert_eq!(sizes, [4, 4, 3, 4, 5]);
    assert_eq!(strategy.chapters.len(), 11);
    assert_eq!(strategy.process.expect("there is a plan").steps.len(), 10);
}
