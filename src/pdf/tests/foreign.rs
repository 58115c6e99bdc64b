//! PDFs of other programs, and hostile ones.

use super::{Error, ReadBack, read};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A file with one page and an empty structure tree; gives its root and its page.
fn file(content: &str) -> (Document, ObjectId, ObjectId) {
    let mut file = Document::with_version("1.7");
    let pages = file.new_object_id();
    let content = file.add_object(Stream::new(Dictionary::new(), content.into()));
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
    });
    // The resources stand above the page, and its properties have names.
    file.set_object(
        pages,
        dictionary! {
            "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()],
            "Resources" => dictionary! {
                "Font" => dictionary! {
                    "F" => dictionary! { "Type" => "Font", "Subtype" => "Type1",
                        "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" },
                },
                "Properties" => dictionary! { "P" => dictionary! { "MCID" => 0 } },
            },
        },
    );
    let root = file.add_object(dictionary! { "Type" => "StructTreeRoot" });
    let catalog = file.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => root,
    });
    file.trailer.set("Root", catalog);
    (file, root, page)
}

fn element(file: &mut Document, kind: &str, kids: Vec<Object>) -> ObjectId {
    file.add_object(dictionary! { "S" => Object::Name(kind.into()), "K" => kids })
}

fn set(file: &mut Document, id: ObjectId, key: &str, value: impl Into<Object>) {
    let dict = file.get_object_mut(id).and_then(Object::as_dict_mut);
    dict.expect("it is there").set(key, value);
}

fn read_file(mut file: Document) -> Result<ReadBack, Error> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("there is room");
    read(&bytes)
}

#[test]
fn types_and_properties_of_other_programs_are_resolved_and_oddities_passed_over() {
    let shown =
        "/P /P BDC BT /F 9 Tf (bl\\345) Tj ET EMC /P <</MCID 1>> BDC BT /G 9 Tf (x) Tj ET EMC";
    let (mut file, root, page) = file(shown);
    let sequences = vec![0.into(), 1.into(), 7.into(), Object::Null, (99, 0).into()];
    let paragraph = element(&mut file, "Brødtekst", sequences);
    set(&mut file, paragraph, "Pg", page);
    set(&mut file, root, "K", paragraph);
    let roles = dictionary! { "Brødtekst" => "P" };
    set(&mut file, root, "RoleMap", roles);
    let printed = read_file(file).expect("it can be read").to_string();
    let tree = printed.split_once("pages 1\n").expect("it has a page").1;
    // The second font is not there, the third sequence neither.
    assert_eq!(tree, "Brødtekst RoleMap=\"P\"\n  \"blå��\"\n");
}

#[test]
fn an_element_stands_in_one_place_so_that_a_circle_has_an_end() {
    let (mut file, root, _) = file("");
    let outer = element(&mut file, "Div", Vec::new());
    let inner = element(&mut file, "P", vec![outer.into(), outer.into()]);
    set(&mut file, outer, "K", vec![inner.into(), inner.into()]);
    set(&mut file, root, "K", outer);
    let read = read_file(file).expect("it can be read");
    let kinds: Vec<&str> = read.elements().map(|e| e.kind.as_str()).collect();
    assert_eq!(kinds, ["StructTreeRoot", "Div", "P"]);
}

#[test]
fn a_tree_without_bottom_is_refused() {
    let (mut file, root, _) = file("");
    let mut at = element(&mut file, "Div", Vec::new());
    for _ in 0..100_000 {
        at = element(&mut file, "Div", vec![at.into()]);
    }
    set(&mut file, root, "K", at);
    let refused = read_file(file).expect_err("it is too deep");
    assert!(refused.to_string().contains("too deep"), "{refused}");
}

#[test]
fn a_file_without_a_tree_is_told_from_one_that_is_damaged() {
    let (mut file, root, _) = file("");
    file.objects.remove(&root);
    assert!(matches!(read_file(file), Err(Error::Untagged)));
    assert!(matches!(read(b"%PDF-1.7\n"), Err(Error::Unreadable(_))));
}
