//! What an output says to machines of the version that it is of.

/// Which version of which strategy an output is of. Every field is text: what is read from a file may
/// be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// Title of the strategy, as its sources have it.
    pub title: String,
    /// Name of the council.
    pub council: String,
    /// Number of the version: `0.4`.
    pub version: String,
    /// Its status: `consultation`.
    pub status: String,
    /// Its date: `2027-05-03`, `2027-W18`, or the words of the original.
    pub date: String,
    /// Whom the output is for: `public` or `internal`.
    pub audience: String,
    /// SHA-256 of all that makes the version, in hexadecimal digits.
    pub digest: String,
}

impl Identity {
    /// The fields by the names that outputs give them.
    pub fn fields(&self) -> [(&'static str, &str); 7] {
        [
            ("title", &self.title),
            ("council", &self.council),
            ("version", &self.version),
            ("status", &self.status),
            ("date", &self.date),
            ("audience", &self.audience),
            ("digest", &self.digest),
        ]
    }

    /// The field of this name, to be filled.
    pub fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "title" => &mut self.title,
            "council" => &mut self.council,
            "version" => &mut self.version,
            "status" => &mut self.status,
            "date" => &mut self.date,
            "audience" => &mut self.audience,
            "digest" => &mut self.digest,
            _ => return None,
        })
    }
}
