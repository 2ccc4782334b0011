//! Language tags as other tools write them, and as they are kept.

use std::borrow::Cow;

/// Three-letter codes (ISO 639-2, both kinds) of languages that memories are often in, with their two letters.
const THREE_LETTERS: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("ces", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("may", "ms"),
    ("mon", "mn"),
    ("msa", "ms"),
    ("nld", "nl"),
    ("nor", "no"),
    ("per", "fa"),
    ("fas", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("zho", "zh"),
];

/// A tag as it is kept: `ko`, `ko-KR`, `zh-Hans`; "KO_kr" is "ko-KR" and "kor" is "ko". Empty for an empty tag.
pub fn normal(tag: &str) -> Cow<'static, str> {
    match tag {
        "ko" => return Cow::Borrowed("ko"),
        "en" => return Cow::Borrowed("en"),
        "ko-KR" => return Cow::Borrowed("ko-KR"),
        "en-US" => return Cow::Borrowed("en-US"),
        _ => {}
    }
    let mut parts = tag.trim().split(['-', '_', '.']).filter(|part| !part.is_empty());
    let language = parts.next().unwrap_or("").to_ascii_lowercase();
    let mut normal = THREE_LETTERS.iter().find(|(three, _)| *three == language).map_or(language.clone(), |(_, two)| two.to_string());
    for part in parts {
        normal.push('-');
        match part.len() {
            2 if language != "x" => normal.push_str(&part.to_ascii_uppercase()),
            4 if language != "x" && part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                normal.push_str(&part[..1].to_ascii_uppercase());
                normal.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => normal.push_str(&part.to_ascii_lowercase()),
        }
    }
    Cow::Owned(normal)
}

/// The language alone: `ko` of `ko-KR`.
pub fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_one_tag() {
        let cases = [
            ("KO_kr", "ko-KR"),
            ("kor", "ko"),
            ("EN", "en"),
            ("zh-hans-cn", "zh-Hans-CN"),
            ("", ""),
            ("FR-ca", "fr-CA"),
            ("x-Test", "x-test"),
            ("한국어", "한국어"),
        ];
        for (tag, expected) in cases {
            assert_eq!(normal(tag), expected);
        }
        assert_eq!(base("ko-KR"), "ko");
    }
}
