//! The version of the document, and the frozen versions before it.

use super::{Date, Located, Number, Reference};
use crate::files::Span;
use crate::manifest::{Manifest, Status};
use jiff::civil;
use std::ops::Deref;

/// Number, status and date of a state of the strategy.
#[derive(Debug, Clone)]
pub struct Version {
    /// The number that the council has chosen for it, if it has.
    pub chosen: Option<Located<String>>,
    /// Two numbers with a point: the chosen one, or the one that is next.
    pub number: Located<String>,
    /// Where it is in its life.
    pub status: Status,
    /// The day that it is dated.
    pub date: Located<Date>,
    /// The body that it is put before, if it was frozen for one.
    pub body: Option<Reference>,
    /// A word on this version.
    pub note: Option<Located<String>>,
    /// Meeting or case that it belongs to: free text, never read as a number.
    pub case: Option<Located<String>>,
    /// What is uncertain about number or date, if anything.
    pub uncertain: Option<Located<String>>,
    /// The decisions about it (*vedtak*); several if several bodies decide.
    pub decisions: Vec<Decision>,
    /// What its manifest says if it is frozen as it is, with the digest. Empty until the pipeline has
    /// settled it.
    pub manifest: Manifest,
}

/// How many digits of a digest a document prints. People compare these by eye, and nobody makes two
/// versions by chance that share them: they are 48 bits.
const SHORT_DIGEST: usize = 12;

/// The beginning of a digest, as documents print it.
pub fn short_digest(digest: &str) -> &str {
    digest.get(..SHORT_DIGEST).unwrap_or(digest)
}

/// A decision of a body (*vedtak*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The body.
    pub body: Reference,
    /// The day.
    pub date: Located<Date>,
    /// The case, as the body names it.
    pub case: Located<String>,
    /// The text of the decision, verbatim.
    pub text: Located<String>,
    /// How it voted, as the minutes say it.
    pub vote: Option<Located<String>>,
    /// Where the decision was written.
    pub span: Span,
}

/// A frozen version: its manifest, with number and date as what they mean. The other fields are
/// those of the manifest.
#[derive(Debug, Clone)]
pub struct Release {
    /// Its number.
    pub number: Number,
    /// The day that it is dated.
    pub date: civil::Date,
    /// The content of the manifest.
    pub manifest: Manifest,
    /// Where the manifest stands.
    pub span: Span,
}

impl Deref for Release {
    type Target = Manifest;

    fn deref(&self) -> &Manifest {
        &self.manifest
    }
}
