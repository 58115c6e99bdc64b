//! The result of a build.

use crate::model::Audience;

/// A file made by a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its name in the folder of outputs.
    pub name: String,
    /// Its media type, as a server names it.
    pub media_type: &'static str,
    /// Its bytes.
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
