//! Layout: which line ends of plain text are soft, and which end a paragraph.

use super::latin;
use super::look::{self, Look};
use super::marker::{Marker, SOFT_BULLETS, Style, marker};
use crate::document::{Block, Document, Form};
use crate::text::{Folded, Span, is_hangul};

/// The blocks of a document as paragraphs: lines of plain text are joined where they were wrapped and stand alone
/// where they were not; other blocks are cut at the bullets of official style, which Markdown does not know.
pub fn paragraphs(document: &Document) -> Vec<Block> {
    let wide: Vec<Vec<Row>> = document.blocks.iter().map(|block| rows(document, block)).collect();
    let width = Width::of(&wide, &single_lines(document));
    let mut paragraphs = Vec::with_capacity(document.blocks.len());
    for (block, rows) in document.blocks.iter().zip(&wide) {
        split(block, rows, width, &mut paragraphs);
    }
    paragraphs
}

/// The lengths of the lines that are blocks of their own.
fn single_lines(document: &Document) -> Vec<Extent> {
    let lines = document
        .blocks
        .iter()
        .filter(|block| matches!(block.form, Form::Lines | Form::Table))
        .map(|block| block.span.of(&document.text).trim());
    let single = lines.filter(|line| memchr::memchr2(b'\n', b'\r', line.as_bytes()).is_none());
    single.map(|line| if line.len() > 400 { TOO_LONG } else { Extent::of(line) }).collect()
}

/// A line of a block.
struct Row {
    span: Span,
    /// Whether it has nothing but the sign of a quotation.
    empty: bool,
    /// Columns of white space before it.
    indent: usize,
    /// Its length, and that of its first word, in characters and in columns.
    length: Extent,
    first_word: Extent,
    marker: Option<Marker>,
    /// Whether it is known as furniture, a byline, a caption, a note or a heading.
    known: bool,
    /// Whether it is known as one of these but a byline: nothing goes on into it.
    label: bool,
    /// Whether it ends like a sentence.
    ends: bool,
    /// Whether a sentence ends inside it.
    stops: bool,
    /// Whether it ends with a word or a mark after which something must come.
    hangs: bool,
    /// Whether it begins with a small letter.
    small: bool,
    /// Whether it begins with a label that has its own bracket: "저강도(3개월 지속): …".
    labelled: bool,
    /// Whether it ends with a closing bracket.
    closed: bool,
    /// Whether it names the source of a table or figure: "출처: …".
    source: bool,
}

/// A length in characters and in columns of a terminal.
#[derive(Clone, Copy, Default)]
struct Extent {
    characters: usize,
    columns: usize,
    /// Characters that are one or two columns wide, as the program took it: curly quotation marks and their like.
    ambiguous: usize,
}

impl Extent {
    fn of(text: &str) -> Extent {
        let (mut characters, mut wide, mut ambiguous) = (0, 0, 0);
        for byte in text.bytes() {
            characters += usize::from(byte & 0xC0 != 0x80);
            wide += usize::from((0xE3..=0xED).contains(&byte));
            ambiguous += usize::from(byte == 0xE2);
        }
        Extent { characters, columns: characters + wide, ambiguous }
    }

    fn plus(self, other: Extent) -> Extent {
        Extent {
            characters: self.characters + other.characters,
            columns: self.columns + other.columns,
            ambiguous: self.ambiguous + other.ambiguous,
        }
    }

    fn by(self, unit: Unit) -> usize {
        match unit {
            Unit::Characters => self.characters,
            Unit::Columns => self.columns,
        }
    }

    /// The length at most.
    fn widest(self, unit: Unit) -> usize {
        match unit {
            Unit::Characters => self.characters,
            Unit::Columns => self.columns + self.ambiguous,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Characters,
    Columns,
}

/// The length of a line that need not be counted.
const TOO_LONG: Extent = Extent { characters: 400, columns: 400, ambiguous: 0 };

/// Lines of a set page differ by one part in this many.
const PLAY: usize = 10;

/// The least share in percent of unfinished lines that a width must explain. Lines that nobody wrapped reach some 30.
const LEAST_SHARE: usize = 60;

/// Lines that are longer than this were not wrapped by a program that wraps for reading.
const WIDEST: usize = 160;

/// The lines of a block that is read line by line; none where nothing is to be decided.
fn rows(document: &Document, block: &Block) -> Vec<Row> {
    let inside = block.span.of(&document.text);
    let quoted = block.form == Form::Lines && inside.starts_with('>') && !document.markup_within(block.span).is_empty();
    if matches!(block.form, Form::Verbatim | Form::Table | Form::Heading(_)) || memchr::memchr2(b'\n', b'\r', inside.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut at = block.span.start;
    for line in inside.split_inclusive(['\n', '\r', '\u{B}', '\u{C}']) {
        let filled = line.trim();
        if !filled.is_empty() {
            let indent = line.len() - line.trim_start().len();
            rows.push(row(filled, at + indent, Extent::of(&line[..indent]).columns, quoted));
        }
        at += line.len();
    }
    rows
}

fn row(original: &str, start: usize, indent: usize, quoted: bool) -> Row {
    let folded = super::needs_folding(original).then(|| Folded::new(original));
    let line = folded.as_ref().map_or(original, |folded| folded.text().trim());
    let line = if quoted { line.trim_start_matches(['>', ' ']) } else { line };
    let first = line.split_whitespace().next().unwrap_or("");
    let long = line.len() > 400;
    let last = line.split_whitespace().next_back().unwrap_or("");
    let look = if long { Look::Running } else { look::look(line, Form::Paragraph, 1).look };
    Row {
        span: Span::new(start, start + original.len()),
        empty: line.is_empty(),
        indent,
        length: Extent { characters: indent, columns: indent, ambiguous: 0 }.plus(if long { TOO_LONG } else { Extent::of(line) }),
        first_word: Extent::of(if first.len() > 200 { "" } else { first }),
        marker: marker(line),
        known: is_known(look),
        label: is_known(look) && look != Look::Byline,
        ends: ends(line) && !latin::ends_bound(line) && !ends_counted(line),
        stops: has_stop(line),
        hangs: last.ends_with([',', '-', '·', ';']) && last.len() > 1 || HANGING.contains(&last.to_ascii_lowercase().as_str()),
        small: line.starts_with(|first: char| first.is_lowercase()),
        labelled: look::is_labelled(line),
        closed: line.ends_with([')', ']']),
        source: is_known(look) && look::is_source(line),
    }
}

/// Whether a line ends with a short number or a year and a full stop: a date or a list may go on.
fn ends_counted(line: &str) -> bool {
    let number = line.trim_end_matches('.');
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    number.len() < line.len() && [1, 2, 4].contains(&digits) && number[..number.len() - digits].ends_with([' ', '.'])
}

fn ends(line: &str) -> bool {
    let bare = line.trim_end_matches(|character: char| "\"'”’)]」』".contains(character));
    bare.ends_with(['.', '!', '?', '…', '。', ':'])
}

/// Whether a full stop after a small letter or a syllable stands inside a line.
fn has_stop(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| line[..at].ends_with(|before: char| before.is_lowercase() || is_hangul(before)))
}

/// Words with which no heading and no sentence ends.
const HANGING: &[&str] = &[
    "a",
    "an",
    "and",
    "as",
    "at",
    "between",
    "but",
    "by",
    "for",
    "from",
    "in",
    "into",
    "its",
    "of",
    "on",
    "or",
    "over",
    "than",
    "that",
    "the",
    "their",
    "to",
    "toward",
    "under",
    "with",
    "및",
    "또는",
    "그리고",
];

fn is_known(look: Look) -> bool {
    matches!(look, Look::Furniture | Look::Caption | Look::Note | Look::NoteHeading | Look::Byline | Look::Heading)
}

/// The width at which the lines of a document were wrapped.
#[derive(Clone, Copy)]
struct Width {
    unit: Unit,
    width: usize,
    /// How much shorter a full line may be: the spaces at its ends where a program counted, more where a page was set.
    slack: usize,
}

impl Width {
    /// The width that explains most line ends: each was made because the next word did not fit. Found only where it
    /// explains most of them, and where hardly a line is longer. Programs count letters or columns; a page that was set
    /// in a proportional type has lines that differ by a tenth.
    fn of(blocks: &[Vec<Row>], single: &[Extent]) -> Option<Width> {
        let breaks: Vec<(&Row, &Row)> = blocks.iter().flat_map(|rows| open_breaks(rows)).collect();
        let counted = [Unit::Characters, Unit::Columns].map(|unit| Width::by(unit, usize::MAX, &breaks, blocks, single));
        let set = [Unit::Columns, Unit::Characters].map(|unit| Width::by(unit, PLAY, &breaks, blocks, single));
        counted.into_iter().chain(set).flatten().max_by_key(|&(_, share)| share).map(|(width, _)| width)
    }

    /// The width in a unit, with lines that may differ by one part in `play`, and the share in percent of the line ends
    /// that it explains; a share found with play counts less.
    fn by(unit: Unit, play: usize, breaks: &[(&Row, &Row)], blocks: &[Vec<Row>], single: &[Extent]) -> Option<(Width, usize)> {
        let (width, explained) = most_explained(breaks, unit, play)?;
        let found = Width { unit, width, slack: if play == usize::MAX { 2 } else { width / play } };
        let short = breaks.iter().filter(|(row, next)| row.ends && !found.is_full(row, next)).count();
        let ragged = breaks.len().saturating_sub(explained + short);
        let lengths = blocks.iter().flatten().map(|row| row.length).chain(single.iter().copied());
        let longer = lengths.filter(|length| length.by(unit) > width + found.slack).count();
        let lines = blocks.iter().map(Vec::len).sum::<usize>() + single.len();
        let sure = explained >= 3 || ragged == 0 && breaks.iter().any(|(row, next)| !row.ends && (next.small || row.hangs || next.ends));
        let share = explained * 100 / (explained + ragged).max(1);
        let enough = share >= LEAST_SHARE && longer * 10 <= lines && sure;
        enough.then_some((found, if play == usize::MAX { share } else { share.saturating_sub(15) }))
    }

    /// Whether the next word did not fit on the line. On a set page a line that ends no sentence may be shorter still.
    fn is_full(self, row: &Row, next: &Row) -> bool {
        let slack = if row.ends { self.slack } else { self.slack.max(self.slack * 2 - 2) };
        row.length.widest(self.unit) + next.first_word.widest(self.unit) + slack >= self.width
    }
}

/// The line ends of a block that may be soft, by what stands around them.
fn open_breaks(rows: &[Row]) -> Vec<(&Row, &Row)> {
    let head = is_head(rows);
    let pairs = rows.windows(2).map(|pair| (&pair[0], &pair[1]));
    pairs
        .filter(|(row, next)| {
            !row.empty && !next.empty && !(head && (row.known || next.known)) && !next.marker.is_some_and(|marker| is_hard(marker.style))
        })
        .collect()
}

/// Whether no line of a block ends like a sentence: such a block is a title with its byline, a menu, a table.
fn is_head(rows: &[Row]) -> bool {
    !rows.iter().any(|row| row.ends || row.stops)
}

/// The width from 24 that lies between the length of a line and what it would be with the next word, for most lines;
/// and for how many.
fn most_explained(breaks: &[(&Row, &Row)], unit: Unit, play: usize) -> Option<(usize, usize)> {
    let mut steps = vec![0_i64; WIDEST + 2];
    for (row, next) in breaks {
        let length = row.length.by(unit);
        if length <= WIDEST {
            let reach = row.length.widest(unit) + next.first_word.widest(unit);
            steps[length - length / play] += 1;
            steps[(reach + reach / play + 1).min(WIDEST + 1)] -= 1;
        }
    }
    let mut open = 0;
    let counts = steps.iter().map(|step| {
        open += step;
        open
    });
    let best = counts.enumerate().skip(24).max_by_key(|&(width, count)| (count, std::cmp::Reverse(width)))?;
    (best.1 > 0).then_some((best.0, best.1 as usize))
}

/// Whether a marker opens an item wherever it begins a line.
fn is_hard(style: Style) -> bool {
    matches!(style, Style::Bullet(sign) if !SOFT_BULLETS.contains(sign) || sign == '-')
}

/// Cuts a block at its hard line ends.
fn split(block: &Block, rows: &[Row], width: Option<Width>, paragraphs: &mut Vec<Block>) {
    let lines = block.form == Form::Lines;
    let labelled = rows.iter().filter(|row| row.labelled).count() >= 2;
    let shape = Shape { width, labelled, head: is_head(rows), margin: margin(rows) };
    let form = if lines { Form::Paragraph } else { block.form };
    let mut start = block.span.start;
    let mut item = rows.first().and_then(|row| row.marker);
    for pair in rows.windows(2) {
        let soft =
            if lines { is_soft(&pair[0], &pair[1], item, shape) } else { !pair[1].marker.is_some_and(|marker| is_official(marker.style)) };
        if !soft {
            paragraphs.push(Block { span: Span::new(start, pair[0].span.end), form });
            start = pair[1].span.start;
            item = pair[1].marker.or(item);
        }
    }
    paragraphs.push(Block { span: Span::new(start, block.span.end), form });
}

/// The bullets of Korean official style, which mean nothing to Markdown.
fn is_official(style: Style) -> bool {
    matches!(style, Style::Bullet(sign) if !SOFT_BULLETS.contains(sign))
}

/// What a block and its document say about its line ends.
#[derive(Clone, Copy)]
struct Shape {
    width: Option<Width>,
    /// Whether two or more of its lines begin with labels: a list without bullets.
    labelled: bool,
    /// Whether it holds no sentence.
    head: bool,
    /// Columns before the lines of its paragraphs, but for the first of each.
    margin: usize,
}

/// The white space before most lines of a block: the least, if half of the lines have no more.
fn margin(rows: &[Row]) -> usize {
    let least = rows.iter().map(|row| row.indent).min().unwrap_or(0);
    let most = rows.iter().map(|row| row.indent).max().unwrap_or(0);
    let at_least = rows.iter().filter(|row| row.indent <= least + 1).count();
    if at_least * 2 >= rows.len() { least } else { most }
}

/// Whether a line goes on in the next; `item` is the marker with which the last item before it began.
fn is_soft(row: &Row, next: &Row, item: Option<Marker>, shape: Shape) -> bool {
    let Shape { width, labelled, head, margin } = shape;
    let full = width.is_some_and(|width| width.is_full(row, next));
    let hanging = row.marker.is_some() && next.indent > row.indent && next.marker.is_none();
    if row.empty || next.empty {
        return row.empty;
    }
    if labelled && next.labelled || next.source && !row.hangs || row.label && row.closed && !next.small {
        return false;
    }
    if (row.known || next.known) && !(full && may_go_on(row, next, head)) {
        return false;
    }
    if let Some(marker) = next.marker {
        let listed = item.is_some_and(|other| other.style == marker.style && (other.number + 1 == marker.number || marker.number == 0));
        let runs = full && (marker.style == Style::Ordinal || marker.number > 0 && is_hard(marker.style) && !row.ends);
        if !runs && (is_hard(marker.style) && marker.style != Style::Bullet('-') || listed || row.ends || !full) {
            return false;
        }
    }
    if next.indent > margin + 1 && !hanging && (row.ends || next.indent != row.indent || full) {
        return false;
    }
    full || hanging || carries(row, next)
}

/// Whether a full line may go on in the next, where one of them is known: a title over a byline hardly does, a byline or a
/// caption that was wrapped does.
fn may_go_on(row: &Row, next: &Row, head: bool) -> bool {
    !head || row.hangs || !next.known || row.known && !next.label
}

/// Whether the words say that a line goes on, whatever its length.
fn carries(row: &Row, next: &Row) -> bool {
    let long = row.length.columns >= 30;
    long && !row.ends && (next.small || row.hangs)
}
