//! Language tags of BCP 47 (RFC 5646, 2.1): `en`, `se`, `zh-Hant`, `en-GB`.

/// What a tag looks like, for the schemas. Names of languages (`engelsk`) would be well-formed by
/// the letter of the standard; none is registered, so the first part is two or three letters here.
pub const TAG: &str = "^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WYZa-wyz0-9](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?$";

/// Whether a word is what [`TAG`] describes.
pub fn is_tag(word: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let signs = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut parts = word.split('-').peekable();
    let language = |part: &str| matches!(part.len(), 2 | 3) && letters(part);
    if !parts.next().is_some_and(language) {
        return false;
    }
    for _ in 0..3 {
        let _extended = parts.next_if(|part| part.len() == 3 && letters(part));
    }
    let _script = parts.next_if(|part| part.len() == 4 && letters(part));
    let region = |part: &&str| part.len() == 2 && letters(part) || part.len() == 3 && digits(part);
    let _region = parts.next_if(region);
    let variant = |part: &str| match part.len() {
        4 => part.as_bytes()[0].is_ascii_digit() && signs(part),
        5..=8 => signs(part),
        _ => false,
    };
    while parts.next_if(|part| variant(part)).is_some() {}
    // Extensions, and words for private use, which come last.
    while let Some(single) = parts.next_if(|part| part.len() == 1 && signs(part)) {
        let shortest = if single.eq_ignore_ascii_case("x") {
            1
        } else {
            2
        };
        let mut any = false;
        while parts
            .next_if(|part| (shortest..=8).contains(&part.len()) && signs(part))
            .is_some()
        {
            any = true;
        }
        if !any {
            return false;
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_names_of_languages_and_from_slips() {
        for tag in [
            "en",
            "nb",
            "sma",
            "en-GB",
            "zh-Hant-TW",
            "es-419",
            "zh-cmn-Hans-CN",
            "sl-rozaj-biske",
            "de-CH-1996",
            "en-a-bbb-x-a",
            "nb-x-a",
        ] {
            assert!(is_tag(tag), "{tag}");
        }
        for wrong in [
            "",
            "e",
            "engelsk",
            "english",
            "en_GB",
            "en-",
            "-en",
            "en GB",
            "en-a",
            "en-x",
            "nø",
            "en-GB-GB",
            "en--GB",
            "en-abcdefghi",
            "i-klingon",
        ] {
            assert!(!is_tag(wrong), "{wrong}");
        }
    }
}
