//! Decoding: from bytes of unknown encoding to text.

use super::{Error, Input};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, UTF_16BE, UTF_16LE};

/// The text of a file. UTF-8 stays as it is, byte for byte, a byte order mark included.
pub fn decode(input: &Input) -> Result<String, Error> {
    let text = characters(input)?;
    match text.chars().find(|&character| is_binary(character)) {
        Some(_) => Err(binary(input)),
        None => Ok(text),
    }
}

fn characters(input: &Input) -> Result<String, Error> {
    if let Some(encoding) = utf16(input.data) {
        tracing::info!(path = input.path, "read as {}", encoding.name());
        return Ok(encoding.decode(input.data).0.into_owned());
    }
    if has_signature(input.data) {
        return Err(binary(input));
    }
    match std::str::from_utf8(input.data) {
        Ok(text) => Ok(text.to_string()),
        Err(error) => legacy(input, error.valid_up_to()),
    }
}

/// UTF-16 by its mark, or without one by its zero bytes: text in any other encoding has none.
fn utf16(data: &[u8]) -> Option<&'static Encoding> {
    match data {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ if data.len() % 2 == 1 || !data.contains(&0) => return None,
        _ => {}
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| is_plausible(data, encoding))
}

/// Whether these bytes make text in a UTF-16 of that byte order: no controls, no lone surrogates, and at least
/// nineteen of twenty characters of the scripts and punctuation of Korean and English. The wrong order fails at
/// once, since its spaces are U+2000 and its letters lie anywhere.
fn is_plausible(data: &[u8], encoding: &'static Encoding) -> bool {
    let (text, malformed) = encoding.decode_without_bom_handling(data);
    let count = text.chars().count();
    let known = text.chars().filter(|&character| is_common(character)).count();
    !malformed && known * 20 >= count * 19
}

fn is_common(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}' | '\u{2010}'..='\u{2040}' | '\u{2460}'..='\u{24FF}'
        | '\u{2500}'..='\u{26FF}' | '\u{3000}'..='\u{3015}' | '\u{3131}'..='\u{318E}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// CP949 (a superset of EUC-KR) where it reads without an error and looks Korean, otherwise what the detector says.
fn legacy(input: &Input, first_bad: usize) -> Result<String, Error> {
    let failure = || Error::Encoding { path: input.path.to_string(), line: line_of(input.data, first_bad) };
    if is_damaged_utf8(input.data) {
        return Err(failure());
    }
    let (korean, malformed) = EUC_KR.decode_without_bom_handling(input.data);
    if !malformed && is_korean(&korean) {
        tracing::info!(path = input.path, "read as CP949");
        return Ok(korean.into_owned());
    }
    let encoding = guess(input.data);
    tracing::info!(path = input.path, "read as {}, by a guess", encoding.name());
    let (text, malformed) = encoding.decode_without_bom_handling(input.data);
    if malformed { Err(failure()) } else { Ok(text.into_owned()) }
}

fn guess(data: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(data, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether most characters beyond ASCII are Hangul syllables that Korean uses: the 2,350 of the old standard, or nearly.
fn is_korean(text: &str) -> bool {
    let beyond = text.chars().filter(|character| !character.is_ascii()).count();
    let hangul = text.chars().filter(|&character| matches!(character, '\u{AC00}'..='\u{D7A3}')).count();
    hangul * 2 > beyond
}

/// Whether the bytes are UTF-8 but for a few: another encoding makes a valid sequence only by chance.
fn is_damaged_utf8(data: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in data.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| character.len_utf8() > 2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

fn line_of(data: &[u8], offset: usize) -> usize {
    data[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// Controls that no text has. The escape and the form feed stand in mail and in text taken from pages.
fn is_binary(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{7F}')
}

/// A kind of file that is known by its first bytes.
struct Signature {
    first: &'static [u8],
    name: &'static str,
    remedy: &'static str,
}

const SIGNATURES: &[Signature] = &[
    Signature { first: b"%PDF-", name: "a PDF", remedy: "save its text as plain text or Markdown" },
    Signature { first: b"PK\x03\x04", name: "a packed document (DOCX, HWPX, ODT or ZIP)", remedy: "save it as plain text or Markdown" },
    Signature { first: b"\xD0\xCF\x11\xE0", name: "an HWP or old Word document", remedy: "save it as plain text or Markdown" },
    Signature { first: b"{\\rtf", name: "rich text (RTF)", remedy: "save it as plain text or Markdown" },
    Signature { first: b"\x1F\x8B", name: "a gzip archive", remedy: "unpack it first" },
    Signature { first: b"SQLite format 3\0", name: "an SQLite file", remedy: "hand it over with --memory" },
];

fn has_signature(data: &[u8]) -> bool {
    SIGNATURES.iter().any(|signature| data.starts_with(signature.first))
}

fn binary(input: &Input) -> Error {
    let known = SIGNATURES.iter().find(|signature| input.data.starts_with(signature.first));
    let (found, remedy) = known.map_or(("binary data", "save it as plain text or Markdown"), |known| (known.name, known.remedy));
    Error::Binary { path: input.path.to_string(), found, remedy }
}
