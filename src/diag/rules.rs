//! The macro that declares the rules of a stage.

/// Makes a static [`Rule`](super::Rule) of each line, and `RULES` of them all: identifier, code,
/// severity, and name. The documentation lies in `rules/<name>.md` beside the file that lists it.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $file:literal;)*) => {
        $(pub(super) static $name: $crate::diag::Rule = $crate::diag::Rule {
            code: $crate::diag::Code($code),
            name: $file,
            severity: $crate::diag::Severity::$severity,
            docs: include_str!(concat!("rules/", $file, ".md")),
        };)*
        /// Every rule of the stage, by code.
        pub static RULES: &[&$crate::diag::Rule] = &[$(&$name),*];
    };
}

pub(crate) use rules;
