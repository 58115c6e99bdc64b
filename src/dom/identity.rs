//! The machine-readable identity of an output: the version that it belongs to.

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
    /// The audience: `public` or `internal`.
    pub audience: String,
    /// SHA-256 of all that makes the version, in hexadecimal digits.
    pub digest: String,
    /// The version that a redline starts from; empty for other outputs.
    pub since: Since,
}

/// The version that a redline starts from. All of it is empty for other outputs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Since {
    /// Number of the version.
    pub version: String,
    /// Its status.
    pub status: String,
    /// Its digest.
    pub digest: String,
}

impl Identity {
    /// The fields by the names that outputs give them.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let mut fields = vec![
            ("title", self.title.as_str()),
            ("council", self.council.as_str()),
            ("version", self.version.as_str()),
            ("status", self.status.as_str()),
            ("date", self.date.as_str()),
            ("audience", self.audience.as_str()),
            ("digest", self.digest.as_str()),
        ];
        if self.is_redline() {
            fields.extend([
                ("since-version", self.since.version.as_str()),
                ("since-status", &self.since.status),
                ("since-digest", &self.since.digest),
            ]);
        }
        fields
    }

    /// Whether the output shows what has changed between two versions.
    pub fn is_redline(&self) -> bool {
        !self.since.version.is_empty()
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
            "since-version" => &mut self.since.version,
            "since-status" => &mut self.since.status,
            "since-digest" => &mut self.since.digest,
            _ => return None,
        })
    }
}
