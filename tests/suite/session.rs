//! A session builds what a build alone would give, whatever was built before it, and does not grow.

use crate::support::built::{Audience, Rebuilds, Sources, side_by_side};
use crate::support::{Case, generate, repository};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fs;

/// Does one thing after the other to a strategy and builds after each. What the outputs should be
/// is said by a build alone; here it is only said whether there are any.
fn go_through(mut case: Case, steps: Vec<(&str, Step, bool)>) {
    let mut rebuilds = Rebuilds::default();
    assert!(rebuilds.agree(&case.sources(), Audience::Public));
    for (at, (what, step, builds)) in steps.into_iter().enumerate() {
        case = step(case);
        let built = rebuilds.agree(&case.sources(), Audience::Public);
        assert_eq!(built, builds, "{what}: whether it is built");
        if at.is_multiple_of(6) {
            rebuilds.agree(&case.sources(), Audience::Internal);
        }
    }
}

type Step = Box<dyn FnOnce(Case) -> Case>;

fn with(path: &'static str, content: impl AsRef<[u8]> + 'static) -> Step {
    Box::new(move |case| case.with(path, content))
}

fn without(path: &'static str) -> Step {
    Box::new(move |case| case.without(path))
}

fn replace(path: &'static str, from: &'static str, to: &'static str) -> Step {
    Box::new(move |case| case.replace(path, from, to))
}

fn bytes(path: &str) -> Vec<u8> {
    fs::read(repository(path)).expect("it is there")
}

const ITEM: &str = "+++\ntitle = \"Drift\"\n+++\n\nVi deler kontor, ☐ og <b>bil</b>.\n";
const PHOTO: &str = "\n[[images]]\nid = \"foto\"\nfile = \"images/foto.jpg\"\nalt = \"Havna.\"\n\
    licence = \"Eget bilde.\"\ncredits = [{ name = \"Oda Li\" }]\n";
const FIXTURE: &str = "tests/cases/conformance/photo.jpg";

#[test]
fn edits_of_the_strategy_give_what_a_build_alone_gives() {
    let cover = "templates/default/cover.html";
    let cover = fs::read_to_string(repository(cover)).expect("it is there");
    let overview = "strategy.toml";
    let title = "title = \"Strategi 2026–2029\"";
    let images = format!(
        "{}{PHOTO}",
        fs::read_to_string(repository("strategy/images.toml")).expect("it is there")
    );
    let mut half = bytes(FIXTURE);
    half.truncate(400);
    let steps = vec![
        // The ids of all files behind it move by one, and back.
        ("an item comes", with("challenges/aa.md", ITEM), true),
        (
            "its words change",
            replace("challenges/aa.md", "kontor", "båt"),
            true,
        ),
        (
            "it breaks",
            replace("challenges/aa.md", "title = ", "title "),
            false,
        ),
        (
            "it is mended",
            replace("challenges/aa.md", "title ", "title = "),
            true,
        ),
        (
            "its front matter grows",
            replace("challenges/aa.md", "+++\n\n", "+++\n\n\n"),
            true,
        ),
        (
            "it is internal",
            replace(
                "challenges/aa.md",
                "+++\n\n",
                "audience = \"internal\"\n+++\n\n",
            ),
            true,
        ),
        ("it goes", without("challenges/aa.md"), true),
        (
            "a theme comes",
            with("theme.toml", "[colours]\naccent = \"#7a1f2b\"\n"),
            true,
        ),
        (
            "it breaks",
            with("theme.toml", "[colours]\naccent = \n"),
            false,
        ),
        (
            "a face comes",
            with("theme.toml", "[fonts.serif]\nregular = \"fonts/f.otf\"\n"),
            false,
        ),
        (
            "its file comes",
            with("fonts/f.otf", bytes("tests/fonts/Fjord-Regular.otf")),
            true,
        ),
        (
            "it is another family",
            with("theme.toml", "[fonts.sans]\nregular = \"fonts/f.otf\"\n"),
            true,
        ),
        (
            "its file is another",
            with(
                "fonts/f.otf",
                bytes("templates/default/fonts/Inter-Regular.ttf"),
            ),
            true,
        ),
        ("its file is none", with("fonts/f.otf", "none"), false),
        ("the theme goes", without("theme.toml"), true),
        (
            "templates come",
            replace(
                overview,
                title,
                "title = \"Strategi 2026–2029\"\ntemplate = \"maler\"",
            ),
            false,
        ),
        (
            "with a cover",
            with("maler/cover.html", cover.clone()),
            true,
        ),
        (
            "it is another",
            with("maler/cover.html", format!("{cover}<p>Ja</p>")),
            true,
        ),
        (
            "it cannot be read",
            with("maler/cover.html", "{% if %}"),
            false,
        ),
        (
            "it never ends",
            with(
                "maler/cover.html",
                "{% for i in range(end=9999) %}{% for j in range(end=9999) %}.{% endfor %}{% endfor %}",
            ),
            false,
        ),
        ("it is whole", with("maler/cover.html", cover), true),
        (
            "labels come",
            with("maler/labels/nb.toml", "contents = \"Hva som står her\"\n"),
            true,
        ),
        ("picture without a file", with("images.toml", images), false),
        (
            "its file comes",
            with("images/foto.jpg", bytes(FIXTURE)),
            true,
        ),
        ("its file is cut", with("images/foto.jpg", half), false),
        ("it is whole", with("images/foto.jpg", bytes(FIXTURE)), true),
        (
            "a drawing changes",
            replace("images/eu-oppdrag.svg", "Cancer", "Kreft"),
            true,
        ),
        (
            "the overview breaks",
            replace(overview, "[period]", "[period"),
            false,
        ),
        (
            "it is mended",
            replace(overview, "[period", "[period]"),
            true,
        ),
    ];
    go_through(Case::copy_of("strategy"), steps);
}

#[test]
fn edits_of_the_example_give_what_a_build_alone_gives() {
    let chapter = "chapters/bakgrunn.md";
    let words = "\n\nEit avsnitt med **nye** ord.[^ny]\n\n[^ny]: Og ein note.\n";
    let grown = fs::read_to_string(repository("examples/fjordregionen").join(chapter));
    let grown = grown.expect("it is there") + words;
    let steps = vec![
        ("a paragraph comes", with(chapter, grown.clone()), true),
        (
            "it is another",
            with(chapter, grown.replace("nye", "andre")),
            true,
        ),
        ("nothing changes", Box::new(|case| case) as Step, true),
        (
            "a file has another name",
            Box::new(|case: Case| {
                case.with(
                    "findings/aa-heim.md",
                    bytes("examples/fjordregionen/findings/heim.md"),
                )
                .without("findings/heim.md")
            }),
            false,
        ),
        (
            "and its old one",
            Box::new(|case: Case| {
                case.with(
                    "findings/heim.md",
                    bytes("examples/fjordregionen/findings/heim.md"),
                )
                .without("findings/aa-heim.md")
            }),
            true,
        ),
    ];
    go_through(Case::copy_of("examples/fjordregionen"), steps);
}

/// A change of one file, by its place among all.
#[derive(Debug, Clone)]
enum Edit {
    Words(prop::sample::Index, String),
    Break(prop::sample::Index),
    Gone(prop::sample::Index),
    Back,
}

fn edit() -> impl Strategy<Value = Edit> {
    let file = any::<prop::sample::Index>;
    prop_oneof![
        6 => (file(), "[a-zæøå<*_\\[\\]^: ]{1,40}").prop_map(|(at, words)| Edit::Words(at, words)),
        1 => file().prop_map(Edit::Break),
        1 => file().prop_map(Edit::Gone),
        3 => Just(Edit::Back),
    ]
}

fn apply(files: &mut Vec<(String, String)>, whole: &[(String, String)], edit: Edit) {
    match edit {
        Edit::Words(at, words) => {
            let at = at.index(files.len());
            files[at].1.push_str(&format!("\n{words}\n"));
        }
        Edit::Break(at) => {
            let at = at.index(files.len());
            files[at].1.insert(0, '=');
        }
        Edit::Gone(at) => drop(files.remove(at.index(files.len()))),
        Edit::Back => files.clone_from(&whole.to_vec()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2025),
        cases: 4,
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_edits_give_what_a_build_alone_gives(edits in prop::collection::vec(edit(), 6)) {
        let generated = generate::strategy(4, 7);
        let whole = generated.iter().map(|(_, file)| (file.path.clone(), file.text().to_owned()));
        let whole: Vec<_> = whole.collect();
        let mut files = whole.clone();
        let mut rebuilds = Rebuilds::default();
        rebuilds.agree(&generated, Audience::Public);
        for edit in edits {
            apply(&mut files, &whole, edit);
            let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            rebuilds.agree(&Sources::from_texts(texts), Audience::Public);
        }
    }
}

#[test]
fn two_versions_stand_beside_each_other_as_trees() {
    let [old, new] = ["Vi deler kontor.", "Vi deler kontor og bil."].map(Case::challenge);
    let new = new.with(
        "measures/aa.md",
        "+++\ntitle = \"Ferje\"\n+++\n\nFerja går.\n",
    );
    let [old, new] = side_by_side(&old.sources(), &new.sources());
    assert!(old.contains("Videlerkontor.") && !old.contains("Ferjagår."));
    assert!(new.contains("Videlerkontorogbil.") && new.contains("Ferjagår."));
}

#[test]
fn a_session_holds_no_more_after_many_builds_than_after_a_few() {
    let mut rebuilds = Rebuilds::default();
    let mut held = Vec::new();
    for n in 0..40 {
        // Words that no build before had, as many each time.
        let word: String = format!("{n:03}")
            .bytes()
            .map(|d| char::from(d - b'0' + b'k'))
            .collect();
        let case = Case::challenge(&format!("Samarbeids{word}et og {word}planleggingen."));
        rebuilds.build(&case.sources(), Audience::Public);
        held.push(rebuilds.held());
    }
    let few = held[3];
    let most = held[3..].iter().max();
    // A glyph more or less makes a stream more or less.
    assert!(most.is_some_and(|&most| most <= few + 8), "{held:?}");
}
