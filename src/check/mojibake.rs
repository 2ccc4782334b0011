//! `mojibake`: characters that were read in the wrong encoding, and other remains of conversion.

use super::passage::segment_at;
use super::{Examination, Finding, Severity};
use crate::document::Document;
use crate::text::{Span, is_hangul};
use encoding_rs::{EUC_KR, WINDOWS_1252};

/// Reports them in the English.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    for span in runs(&document.text) {
        findings.extend(misread(document, span));
    }
    findings.extend(strangers(document));
    findings.extend(entities(document));
}

/// Runs of characters that stand for bytes from 0x80 on in Windows-1252.
fn runs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| !character.is_ascii() && byte_of(*character).is_some()) {
        let end = at + character.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => found.push(Span::new(at, end)),
        }
    }
    found
}

/// The byte that a character is in Windows-1252; the five bytes without a character there stand for themselves.
fn byte_of(character: char) -> Option<u8> {
    match character {
        '\u{80}'..='\u{FF}' => Some(character as u8),
        '\u{152}'..='\u{2122}' => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
            bytes.first().copied().filter(|_| !unmappable && bytes.len() == 1)
        }
        _ => None,
    }
}

/// A run whose bytes are UTF-8 or Korean text.
fn misread(document: &Document, span: Span) -> Option<Finding> {
    let written = span.of(&document.text);
    if written.chars().nth(1).is_none() || is_capital_before_mark(written) {
        return None;
    }
    let bytes: Vec<u8> = written.chars().filter_map(byte_of).collect();
    let meant = String::from_utf8(bytes.clone()).ok().or_else(|| korean(&bytes))?;
    let message = format!("“{written}” is “{meant}” read in the wrong encoding");
    let finding = Finding::in_target("mojibake", Severity::Major, segment_at(document, span.start), span, message);
    Some(finding.with_suggestion(meant))
}

/// "CAFÉ”": the bytes of a capital and of the mark behind it happen to be UTF-8. The capitals Â and Ã, with which misread
/// text begins, stand in no language before a quotation mark.
fn is_capital_before_mark(written: &str) -> bool {
    let mut characters = written.chars();
    let first = characters.next().unwrap_or(' ');
    first.is_uppercase()
        && !matches!(first, 'Â' | 'Ã')
        && written.chars().count() == 2
        && !characters.next().is_some_and(char::is_alphabetic)
}

/// CP949 read as Latin: four characters and more that make nothing but Hangul.
fn korean(bytes: &[u8]) -> Option<String> {
    let (text, malformed) = EUC_KR.decode_without_bom_handling(bytes);
    (bytes.len() >= 4 && !malformed && text.chars().all(is_hangul)).then(|| text.into_owned())
}

/// Characters that no text has: the replacement character, controls, private use; runs of them once.
fn strangers(document: &Document) -> Vec<Finding> {
    let mut found: Vec<(Span, Severity, &str)> = Vec::new();
    for (at, character) in document.text.char_indices() {
        let (severity, name) = match character {
            '\u{FFFD}' => (Severity::Major, "a character was lost in conversion here"),
            '\u{80}'..='\u{9F}' | '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}' => {
                (Severity::Minor, "an invisible control character stands here")
            }
            '\u{E000}'..='\u{F8FF}' => (Severity::Minor, "a character of one font alone stands here; other fonts show a box"),
            _ => continue,
        };
        let span = Span::new(at, at + character.len_utf8());
        match found.last_mut() {
            Some((last, _, known)) if last.end == at && *known == name => last.end = span.end,
            _ => found.push((span, severity, name)),
        }
    }
    let finding = |(span, severity, message): (Span, Severity, &str)| {
        Finding::in_target("mojibake", severity, segment_at(document, span.start), span, message.to_string())
    };
    found.into_iter().map(finding).collect()
}

/// Entities of HTML that a reader would see as they are.
const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&apos;", "'"),
    ("&gt;", ">"),
    ("&hellip;", "…"),
    ("&ldquo;", "“"),
    ("&lsquo;", "‘"),
    ("&lt;", "<"),
    ("&mdash;", "—"),
    ("&middot;", "·"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&quot;", "\""),
    ("&rdquo;", "”"),
    ("&rsquo;", "’"),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#160;", " "),
];

fn entities(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, _) in document.text.match_indices('&') {
        let Some((entity, meant)) = ENTITIES.iter().find(|(entity, _)| document.text[at..].starts_with(entity)) else { continue };
        let message = format!("“{entity}” is HTML for “{meant}”");
        let span = Span::new(at, at + entity.len());
        found.push(Finding::in_target("mojibake", Severity::Minor, segment_at(document, at), span, message).with_suggestion(*meant));
    }
    found
}
