//! Who may read an item.

use super::words::words;

words! {
    /// Who may read a part.
    #[derive(Default)]
    Audience {
        /// Everybody.
        #[default]
        Public = "public",
        /// The council and its secretariat; it never reaches a public build.
        Internal = "internal",
    }
}
