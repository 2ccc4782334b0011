//! `url`: addresses that cannot work, or differ from those of the original.

use super::passage::segment_at;
use super::{Examination, Finding, Place, Severity};
use crate::align::Side;
use crate::document::Document;
use crate::text::Span;

/// Reports addresses.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let document = &examination.target.document;
    let known = examination.source.map(|source| addresses(&source.document)).unwrap_or_default();
    for span in addresses(document) {
        let broken = broken(span.of(&document.text)).map(|fault| (fault, None));
        let fault = broken.or_else(|| examination.source.and_then(|source| differs(document, span, source, &known)));
        if let Some((message, place)) = fault {
            let finding = Finding::in_target("url", Severity::Minor, segment_at(document, span.start), span, message);
            findings.push(match (place, examination.source) {
                (Some(place), Some(source)) => finding.with_related(Place::Source, segment_at(&source.document, place.start), place),
                _ => finding,
            });
        }
    }
}

/// Words that are meant as addresses: they begin with http, www or ftp, or hold "://".
fn addresses(document: &Document) -> Vec<Span> {
    let text = &document.text;
    let opening = |character: char| character.is_whitespace() || "()<>[]“”\"‘’『』「」《》".contains(character);
    let mut found = Vec::new();
    for word in text.split(opening).filter(|word| word.len() > 4) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_end_matches([',', '.', ';', ':', '!', '?', '\'', '*', '_']);
        if is_address(bare) {
            found.push(Span::new(start, start + bare.len()));
        }
    }
    found
}

fn is_address(word: &str) -> bool {
    let begins = |prefix: &str| word.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
    let scheme = begins("http") && word[4..].trim_start_matches(['s', 'S']).starts_with([':', '/', ';', '.']);
    scheme || begins("www.") || begins("www,") || begins("ftp://") || word.contains("://")
}

/// What is wrong with an address.
fn broken(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let is_web = ["http", "https", "ftp", ""].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let fault = match () {
        _ if !is_web && scheme.len() < 7 && scheme.to_ascii_lowercase().contains("tp") => "its beginning is misspelled",
        _ if !is_web => return None,
        _ if scheme.is_empty() && address.to_ascii_lowercase().starts_with("http") => "“://” is missing after http",
        _ if host.is_empty() => "the address is cut off after “://”",
        _ if rest.contains("://") && rest.starts_with("http") => "two addresses run together",
        _ if host.contains(',') => "it has a comma for a point",
        _ if host.contains("..") || !host.contains(['.', ':']) && host != "localhost" => "its host is incomplete",
        _ => return None,
    };
    Some(format!("“{}” cannot work: {fault}", shortened(address)))
}

/// An address that is not in the original, although one much like it is.
fn differs(document: &Document, span: Span, source: &Side, known: &[Span]) -> Option<(String, Option<Span>)> {
    let address = key(span.of(&document.text));
    let texts: Vec<(&str, Span)> = known.iter().map(|&place| (key(place.of(&source.document.text)), place)).take(MOST).collect();
    if texts.iter().any(|(text, _)| *text == address) {
        return None;
    }
    fn parts(address: &str) -> (&str, &str) {
        address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()))
    }
    let (host, path) = parts(address);
    let alike = |text: &str| {
        let (other_host, other_path) = parts(text);
        let shared = other_path.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
        other_host.eq_ignore_ascii_case(host) && path.len() >= 6 && shared * 10 >= path.len().max(other_path.len()) * 6
    };
    let &(text, place) = texts.iter().find(|(text, _)| alike(text))?;
    let message = format!("the original has “{}”, the English “{}”", shortened(text), shortened(address));
    Some((message, Some(place)))
}

/// So many addresses of the original are compared with each of the English.
const MOST: usize = 64;

/// An address without what does not matter.
fn key(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
}

/// An address as a message shows it: its first sixty characters.
fn shortened(address: &str) -> String {
    match address.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_string(),
    }
}
