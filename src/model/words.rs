//! Closed lists of words: the values that a key of the sources can have.

/// A closed list of words.
pub trait Word: Copy + 'static {
    /// The words, as the sources write them.
    const WORDS: &'static [&'static str];

    /// The value that a word stands for.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose values are words of the sources: each value with its word, once.
macro_rules! words {
    (
        $(#[$list:meta])*
        $name:ident {
            $($(#[$value:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$list])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$value])* $variant,)+
        }

        impl $name {
            /// Every value with its word in the sources.
            pub const ALL: [(Self, &'static str); <Self as $crate::model::Word>::WORDS.len()] =
                [$((Self::$variant, $word),)+];

            /// The word in the sources and in files for machines.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// The value that a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl $crate::model::Word for $name {
            const WORDS: &'static [&'static str] = &[$($word,)+];

            fn from_word(word: &str) -> Option<Self> {
                Self::from_word(word)
            }
        }
    };
}

pub(crate) use words;
