//! What bokmål and nynorsk share.

use super::Hyphenation;
use hypher::Lang;

pub(super) const QUOTES: (&str, &str) = ("«", "»");

pub(super) static HYPHENATION: Hyphenation = Hyphenation {
    patterns: Lang::Norwegian,
    exceptions: &[
        "bære-krafts-mål",
        "bære-krafts",
        "berekrafts-mål",
        "sam-arbeids-",
        "sam-arbeid",
        "samfunns-ut-fordring",
        "inter-essent",
        "inter-kommunal",
        "ung-doms-råd",
        "representant-skaps",
        "arbeids-markeds-",
        "arbeids-for-deling",
        "arbeids-deling",
        "opp-følgings-",
        "folke-helse",
        "region-råd",
        "kommune-styre",
        "formann-skap",
        "nærings-ut-viklings-",
    ],
};
