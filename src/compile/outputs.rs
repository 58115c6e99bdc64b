//! The result of a build.

use crate::model::Audience;

/// A file that a build has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its name in the folder of outputs.
    pub name: String,
    /// Its media type, as a server names it.
    pub media_type: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The name of a file that is made for an audience: `strategy.internal.html` is not taken for
/// `strategy.html`.
pub fn file_name(name: &str, audience: Audience) -> String {
    match (audience, name.rsplit_once('.')) {
        (Audience::Internal, Some((stem, ending))) => format!("{stem}.internal.{ending}"),
        _ => name.to_owned(),
    }
}
