//! Brackets and quotation marks of a document: what they enclose, and which of them stand alone.

use crate::document::{Document, Form};
use crate::text::Span;

/// A sort of mark that encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// ( ), also in full width.
    Round,
    /// [ ].
    Square,
    /// { }.
    Curly,
    /// 『 』, 「 」, 《 》, 〈 〉: titles of Korean works.
    Title,
    /// “ ”.
    Double,
    /// ‘ ’.
    Single,
    /// " ".
    Straight,
}

impl Mark {
    /// Whether it quotes.
    pub fn is_quote(self) -> bool {
        matches!(self, Mark::Double | Mark::Single | Mark::Straight)
    }
}

/// Two marks and what stands between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Their sort.
    pub mark: Mark,
    /// From the first byte of the opening mark to the last of the closing one.
    pub outer: Span,
    /// What stands between them.
    pub inner: Span,
}

/// The marks of a document.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Those that belong together, by where they open.
    pub enclosures: Vec<Enclosure>,
    /// Those without a partner in their paragraph or the next ones, in order, with whether they open.
    pub alone: Vec<(Mark, Span, bool)>,
}

/// The pairs of marks; a straight quotation mark is its own partner.
const PAIRS: &[(Mark, char, char)] = &[
    (Mark::Round, '(', ')'),
    (Mark::Round, '（', '）'),
    (Mark::Square, '[', ']'),
    (Mark::Curly, '{', '}'),
    (Mark::Title, '『', '』'),
    (Mark::Title, '「', '」'),
    (Mark::Title, '《', '》'),
    (Mark::Title, '〈', '〉'),
    (Mark::Double, '“', '”'),
    (Mark::Single, '‘', '’'),
    (Mark::Straight, '"', '"'),
];

impl Marks {
    /// Reads the marks, paragraph by paragraph; mark-up and preformatted text have none.
    pub fn of(document: &Document) -> Marks {
        let mut marks = Marks::default();
        for block in document.blocks.iter().filter(|block| block.form != Form::Verbatim) {
            marks.read(document, block.span);
        }
        marks.enclosures.sort_by_key(|enclosure| enclosure.outer);
        marks.alone.sort_by_key(|(_, span, _)| *span);
        marks.join_paragraphs(document);
        marks
    }

    fn read(&mut self, document: &Document, block: Span) {
        let text = block.of(&document.text);
        let markup = document.markup_within(block);
        let mut skipped = markup.iter().peekable();
        let mut open: Vec<(usize, Span)> = Vec::new();
        for (at, character) in text.char_indices().filter(|(_, character)| is_mark(*character)) {
            while skipped.next_if(|span| span.end <= at).is_some() {}
            let is_markup = skipped.peek().is_some_and(|span| span.start <= at);
            if is_markup || is_apostrophe(text, at, character) || is_inch(text, at, character) {
                continue;
            }
            let span = Span::new(at, at + character.len_utf8()).shifted(block.start);
            let is_open = || open.iter().rev().take(DEEPEST).any(|&(pair, _)| PAIRS[pair].2 == character);
            if character != ')' || is_open() || !is_enumerator(text, at) {
                self.take(&mut open, character, span);
            }
        }
        self.alone.extend(open.into_iter().map(|(pair, span)| (PAIRS[pair].0, span, true)));
    }

    /// Marks that are opened in one paragraph and closed in one of the next belong together: quotations go on over paragraphs.
    fn join_paragraphs(&mut self, document: &Document) {
        let block_of = |span: Span| document.blocks.partition_point(|block| block.span.start <= span.start);
        let mut alone: Vec<(Mark, Span, bool)> = Vec::new();
        for (mark, span, opens) in std::mem::take(&mut self.alone) {
            let closes = !opens || mark == Mark::Straight;
            match alone.last() {
                Some(&(before, opening, true))
                    if closes && before == mark && block_of(span) - block_of(opening) <= if mark.is_quote() { PARAGRAPHS } else { 1 } =>
                {
                    alone.pop();
                }
                _ => alone.push((mark, span, opens)),
            }
        }
        self.alone = alone;
    }

    /// Opens or closes; what was opened inside and not closed stands alone.
    fn take(&mut self, open: &mut Vec<(usize, Span)>, character: char, span: Span) {
        let deepest = open.len().saturating_sub(DEEPEST);
        let partner = open[deepest..].iter().rposition(|&(pair, _)| PAIRS[pair].2 == character).map(|place| place + deepest);
        match partner {
            Some(place) => {
                let (pair, opening) = open[place];
                self.alone.extend(open.drain(place..).skip(1).map(|(pair, span)| (PAIRS[pair].0, span, true)));
                self.enclosures.push(Enclosure {
                    mark: PAIRS[pair].0,
                    outer: Span::new(opening.start, span.end),
                    inner: Span::new(opening.end, span.start),
                });
            }
            None => match PAIRS.iter().position(|&(_, opening, _)| opening == character) {
                Some(pair) => open.push((pair, span)),
                None => {
                    let mark = PAIRS.iter().find(|&&(_, _, closing)| closing == character).map_or(Mark::Round, |&(mark, ..)| mark);
                    self.alone.push((mark, span, false));
                }
            },
        }
    }

    /// The enclosures around a span, the outermost first.
    pub fn around(&self, span: Span) -> impl Iterator<Item = &Enclosure> {
        let end = self.enclosures.partition_point(|enclosure| enclosure.outer.start < span.start);
        let start = end.saturating_sub(NEAREST);
        self.enclosures[start..end].iter().filter(move |enclosure| enclosure.inner.contains(span))
    }
}

/// Over how many paragraphs a quotation goes on; brackets reach into the next at most.
const PARAGRAPHS: usize = 6;

/// How many open marks are looked at for the partner of a closing one: text nests no deeper.
const DEEPEST: usize = 16;

/// How many enclosures before a place may be around it.
const NEAREST: usize = 24;

fn is_mark(character: char) -> bool {
    PAIRS.iter().any(|&(_, open, close)| character == open || character == close)
}

/// A right single quotation mark inside or behind a word: "Seoul’s", "allies’ doubts". Before a letter it opens nothing: ’90s.
fn is_apostrophe(text: &str, at: usize, character: char) -> bool {
    character == '’' && text[at + character.len_utf8()..].starts_with(char::is_alphanumeric)
}

/// Whether a closing bracket that nothing opened ends the mark of a list: "1)", "a)", "iv)", "가)".
fn is_enumerator(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(8))..at];
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let is_apart = word.len() < before.len() || word.len() == at;
    let is_single = word.chars().count() == 1 && word.chars().all(char::is_alphanumeric);
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || b"ivxIVX".contains(&byte));
    is_apart && (is_single || is_number)
}

/// 5'10", 8": a measure in inches.
fn is_inch(text: &str, at: usize, character: char) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(8))..at];
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    character == '"' && !word.is_empty() && word.len() < 7 && word.chars().all(|letter| letter.is_ascii_digit() || "'’′.½".contains(letter))
}
