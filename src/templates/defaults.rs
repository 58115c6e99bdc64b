//! The default templates, style sheet and theme. A language has its own labels
//! ([`crate::language`]).

macro_rules! defaults {
    ($($name:literal)*) => {
        /// The default set, as it travels in the program.
        pub(super) const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../templates/default/", $name)))),*
        ];
    };
}

defaults! {
    "agreement.html"
    "answered.html"
    "answers-table.html"
    "answers.html"
    "change.html"
    "changes.html"
    "chapter.html"
    "contents.html"
    "cover.html"
    "credits.html"
    "date.html"
    "document.html"
    "facts.html"
    "glossary.html"
    "imprint.html"
    "indicators.html"
    "inputs.html"
    "items.html"
    "links.html"
    "page.css"
    "process.html"
    "redline-cover.html"
    "redline.css"
    "redline.html"
    "sources.html"
    "starting-points.html"
    "theme.toml"
    "thread.html"
    "uncertain.html"
    "versions.html"
    "workshop.html"
}

#[cfg(test)]
mod tests {
    use super::super::TemplateSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_default_folder_travels_in_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/default");
        let set = TemplateSet::default();
        for folder in [root.clone(), root.join("labels")] {
            for entry in std::fs::read_dir(&folder).expect("the folder is there") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    continue;
                }
                let name = path.strip_prefix(&root).expect("inside").to_string_lossy();
                let name = name.replace('\\', "/");
                assert!(
                    set.file(&name).is_some(),
                    "add `{name}` to the list in defaults.rs"
                );
            }
        }
    }
}
