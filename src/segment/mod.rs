//! Segmentation: sentences and their kin, with their kinds.

mod bare;
mod hangul;
mod kind;
mod latin;
mod layout;
mod list;
mod look;
pub mod marker;
mod marks;
mod pattern;
mod sentence;
mod words;

use crate::document::{Block, Document, Form, Kind, Segment};
use crate::text::{Folded, Span};
use look::{Look, Paragraph};

/// The page that `jjak explain segment` prints: by which rules text is cut.
pub const PAGE: &str = include_str!("segment.md");

/// Fills the segments of a document, and makes paragraphs of the lines of its blocks.
///
/// Between segments only white space and zero-width characters are left. Any text has segments; the time is linear in
/// its length.
pub fn segment(mut document: Document) -> Document {
    document.blocks = layout::paragraphs(&document);
    let cuts: Vec<Cut> = document.blocks.iter().map(|block| cut(&document, block)).collect();
    let paragraphs: Vec<Paragraph> = cuts.iter().map(|cut| cut.paragraph).collect();
    let mut segments = Vec::with_capacity(cuts.len() * 2);
    for ((block_index, cut), kind) in cuts.into_iter().enumerate().zip(kind::kinds(&paragraphs)) {
        let first = segments.len();
        let text = document.blocks[block_index].span.of(&document.text);
        let spans = if cut.spans.len() > 1 && is_whole(kind, cut.paragraph.look, text) {
            vec![document.blocks[block_index].span]
        } else {
            cut.spans
        };
        segments.extend(spans.into_iter().map(|span| Segment { kind: kind_within(kind, span.of(&document.text)), block_index, span }));
        cover(&document.text, document.blocks[block_index].span, &mut segments[first..]);
    }
    document.segments = segments;
    document
}

/// A paragraph cut into sentences.
struct Cut {
    spans: Vec<Span>,
    paragraph: Paragraph,
}

fn cut(document: &Document, block: &Block) -> Cut {
    let text = block.span.of(&document.text);
    let markup = document.markup_within(block.span);
    let folded = (!markup.is_empty() || needs_folding(text)).then(|| Folded::without(text, &markup));
    let view = folded.as_ref().map_or(text, |folded| folded.text());
    let sentences = with_sources(view, sentences(view, block.form));
    let paragraph = look::look(view, block.form, sentences.len());
    let original = |span: Span| folded.as_ref().map_or(span, |folded| folded.original(span)).shifted(block.span.start);
    let mut spans: Vec<Span> = sentences.into_iter().map(original).collect();
    if spans.is_empty() {
        spans.push(block.span);
    }
    Cut { spans, paragraph }
}

/// A caption that stands at the end of a paragraph is a caption there too.
fn kind_within(kind: Kind, text: &str) -> Kind {
    let could = kind == Kind::Sentence && text.starts_with(['<', '[', '〈', '【', '〔']);
    if could && look::is_bracketed_caption(Folded::new(text).text()) { Kind::Caption } else { kind }
}

fn sentences(view: &str, form: Form) -> Vec<Span> {
    match form {
        Form::Verbatim => Vec::new(),
        Form::Heading(_) | Form::Table => sentence::split(view),
        _ => list::items(view)
            .into_iter()
            .flat_map(|item| sentence::split(item.of(view)).into_iter().map(move |span| span.shifted(item.start)))
            .collect(),
    }
}

/// Sentences in which the source of a table or figure stays with its caption: "<표 1> …. 출처: …".
fn with_sources(view: &str, sentences: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(sentences.len());
    for span in sentences {
        match joined.last_mut() {
            Some(last) if look::is_bracketed_caption(last.of(view)) && look::is_source(span.of(view)) => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

/// Kinds that are never cut. Running text under a label of the page (a biography) is, and so is a note that is no entry of
/// a bibliography.
fn is_whole(kind: Kind, look: Look, text: &str) -> bool {
    match kind {
        Kind::Title | Kind::Byline | Kind::Heading | Kind::Caption => true,
        Kind::Furniture => look != Look::Running,
        Kind::Note => look::cites(text),
        Kind::Sentence | Kind::Item => false,
    }
}

/// Whether a text has anything that the rules do not read as it stands: decomposed letters, white space other than
/// ASCII, characters without width, full-width forms. Their first bytes are rare in both languages.
fn needs_folding(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|&byte| RARE[byte as usize]) {
        at += step;
        if text[at..].chars().next().is_some_and(is_folded) {
            return true;
        }
        at += 1;
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    false
}

const RARE: [bool; 256] = {
    let mut table = [false; 256];
    table[0xC2] = true;
    table[0xCC] = true;
    table[0xCD] = true;
    table[0xE1] = true;
    table[0xE2] = true;
    table[0xE3] = true;
    table[0xEF] = true;
    table
};

fn is_folded(character: char) -> bool {
    crate::text::is_invisible(character)
        || !character.is_ascii() && character.is_whitespace()
        || matches!(character, '\u{300}'..='\u{36F}' | '\u{1100}'..='\u{11FF}' | '\u{FF01}'..='\u{FF5E}')
}

/// Widens segments over anything but white space that was left between them: marks of mark-up before a first word.
fn cover(text: &str, block: Span, segments: &mut [Segment]) {
    let mut at = block.start;
    for segment in segments.iter_mut() {
        let end = segment.span.end;
        let start = end - text[at..end].trim_start_matches(is_blank).len();
        segment.span = Span::new(start, start + text[start..end].trim_end_matches(is_blank).len());
        at = segment.span.end;
    }
    if let Some(last) = segments.last_mut() {
        last.span.end = at + text[at..block.end].trim_end_matches(is_blank).len();
    }
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}
