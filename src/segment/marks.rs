//! The marks of a text that matter to its sentences: stops, quotation marks and brackets, and which of them pair.

use super::words::is_letter;
use crate::text::is_hangul;

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A run of full stops, question and exclamation marks, ellipses.
    Stop,
    /// `"` and `“”`.
    Double,
    /// `'` and `‘’`.
    Single,
    /// `()`, also full-width (these arrive folded).
    Round,
    /// `[]` and `〔〕`.
    Square,
    /// 「」『』〈〉《》【】<>: they hold titles and labels, never sentences of their own.
    Title,
}

/// Which way a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It ends something (a stop), or opens nothing.
    None,
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// A straight mark with letters, or with space, on both sides: it closes if there is something to close.
    Either,
}

/// A mark in a text.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it is.
    pub sort: Sort,
    /// Which way it looks.
    pub side: Side,
    /// The index of the mark that it pairs with.
    pub partner: Option<usize>,
}

/// Pairs inside one another that are kept in mind; a text that nests deeper loses the outermost.
const DEPTH: usize = 8;

impl Sort {
    /// The most bytes between the two of a pair. A mark whose partner is further away is a stray one: it must not
    /// swallow a page. A quotation of five Korean sentences has some 1,200 bytes.
    fn scope(self) -> usize {
        match self {
            Sort::Double | Sort::Round => 1_600,
            Sort::Single => 800,
            Sort::Square | Sort::Title | Sort::Stop => 400,
        }
    }
}

/// All marks of a text in order, paired.
pub fn find(text: &str) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(text.len() / 24);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = match WHAT[bytes[at] as usize] {
            0 => at + 1,
            STOP => push_stop(text, at, &mut marks),
            QUOTE => push_straight(text, at, &mut marks),
            _ => push_other(text, at, &mut marks),
        };
    }
    pair(&mut marks);
    marks
}

const STOP: u8 = 1;
const QUOTE: u8 = 2;
const OTHER: u8 = 3;

/// What to do at a byte: nothing at letters, and at the first byte of any mark what it may be.
const WHAT: [u8; 256] = {
    let mut table = [0; 256];
    table[b'.' as usize] = STOP;
    table[b'!' as usize] = STOP;
    table[b'?' as usize] = STOP;
    table[b'"' as usize] = QUOTE;
    table[b'\'' as usize] = QUOTE;
    table[b'(' as usize] = OTHER;
    table[b')' as usize] = OTHER;
    table[b'[' as usize] = OTHER;
    table[b']' as usize] = OTHER;
    table[b'<' as usize] = OTHER;
    table[b'>' as usize] = OTHER;
    table[0xE2] = OTHER;
    table[0xE3] = OTHER;
    table
};

/// A run of stops, dots with spaces between them (". . .") included.
fn push_stop(text: &str, start: usize, marks: &mut Vec<Mark>) -> usize {
    let mut end = start;
    loop {
        let rest = &text.as_bytes()[end..];
        end += match rest {
            [b'.' | b'!' | b'?', ..] => 1,
            [0xE2, 0x80, 0xA6, ..] | [0xE3, 0x80, 0x82, ..] => 3,
            [b' ' | b'\n', b'.', b' ' | b'.' | b'\n', ..] | [b' ' | b'\n', b'.'] if end > start && text.as_bytes()[end - 1] == b'.' => 2,
            _ => break,
        };
    }
    marks.push(Mark { start, end, sort: Sort::Stop, side: Side::None, partner: None });
    end
}

/// A straight quotation mark: white space tells which way it looks, whatever stands before the space.
fn push_straight(text: &str, start: usize, marks: &mut Vec<Mark>) -> usize {
    let end = start + 1;
    let sort = if text.as_bytes()[start] == b'"' { Sort::Double } else { Sort::Single };
    let (before, after) = around(text, start, end);
    if sort == Sort::Double || !is_apostrophe(before, after) && !is_genitive(text, start, end) {
        marks.push(Mark { start, end, sort, side: lean(before, after), partner: None });
    }
    end
}

fn lean(before: Option<char>, after: Option<char>) -> Side {
    let open_before = before.is_none_or(|before| before.is_whitespace() || is_opening(before) || "—–-:=".contains(before));
    let closed_after = after.is_none_or(|after| after.is_whitespace() || is_closing(after) || ",.;:!?…—–".contains(after));
    match (open_before, closed_after) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    }
}

fn is_opening(character: char) -> bool {
    matches!(character, '(' | '[' | '{' | '“' | '‘' | '"' | '\'' | '「' | '『' | '〈' | '《' | '【' | '〔' | '<' | '/')
}

fn is_closing(character: char) -> bool {
    matches!(character, ')' | ']' | '}' | '”' | '’' | '"' | '\'' | '」' | '』' | '〉' | '》' | '】' | '〕' | '>' | '/')
}

/// An apostrophe inside a word (don't), or before a decade ('90s).
fn is_apostrophe(before: Option<char>, after: Option<char>) -> bool {
    let latin = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric() && !is_hangul(character));
    latin(after) && (latin(before) || after.is_some_and(|after| after.is_ascii_digit()))
}

/// The apostrophe of a dotted acronym: "the U.N.'s panel".
fn is_genitive(text: &str, start: usize, end: usize) -> bool {
    let dotted = text[..start].strip_suffix('.').is_some_and(|before| before.ends_with(|last: char| last.is_ascii_uppercase()));
    dotted && text[end..].strip_prefix('s').is_some_and(|rest| !rest.starts_with(is_letter))
}

fn around(text: &str, start: usize, end: usize) -> (Option<char>, Option<char>) {
    (text[..start].chars().next_back(), text[end..].chars().next())
}

/// Curly quotation marks, brackets, and the stops beyond ASCII.
fn push_other(text: &str, start: usize, marks: &mut Vec<Mark>) -> usize {
    let character = text[start..].chars().next().unwrap_or(' ');
    let end = start + character.len_utf8();
    let (sort, side) = match character {
        '…' | '。' => return push_stop(text, start, marks),
        '(' => (Sort::Round, Side::Open),
        ')' => (Sort::Round, Side::Close),
        '[' | '〔' => (Sort::Square, Side::Open),
        ']' | '〕' => (Sort::Square, Side::Close),
        '“' | '„' | '〝' => (Sort::Double, Side::Open),
        '”' | '‟' | '〞' => (Sort::Double, Side::Close),
        '‘' => (Sort::Single, Side::Open),
        '’' => (Sort::Single, Side::Close),
        '「' | '『' | '〈' | '《' | '【' => (Sort::Title, Side::Open),
        '」' | '』' | '〉' | '》' | '】' => (Sort::Title, Side::Close),
        '<' => (Sort::Title, Side::Open),
        '>' => (Sort::Title, Side::Close),
        _ => return end,
    };
    let (before, after) = around(text, start, end);
    if character != '’' || !is_apostrophe(before, after) && !is_genitive(text, start, end) {
        marks.push(Mark { start, end, sort, side, partner: None });
    }
    end
}

/// Finds the partners. What stays without one is a stray mark and has no say.
fn pair(marks: &mut [Mark]) {
    let mut open: Vec<usize> = Vec::with_capacity(DEPTH);
    for index in 0..marks.len() {
        let mark = marks[index];
        let partner = partner(marks, &open, mark);
        let opens = match mark.side {
            Side::None => false,
            Side::Open => true,
            Side::Close => false,
            Side::Either => partner.is_none(),
        };
        if opens {
            if open.len() == DEPTH {
                open.remove(0);
            }
            open.push(index);
            marks[index].side = Side::Open;
        } else if mark.side != Side::None {
            marks[index].side = Side::Close;
            if let Some(place) = partner {
                let opener = open[place];
                open.truncate(place);
                marks[opener].partner = Some(index);
                marks[index].partner = Some(opener);
            }
        }
    }
}

/// The place on the stack of the mark that this one closes: the last of its sort, within reach. An apostrophe looks
/// like a closing single mark, so a single mark never closes over a double one.
fn partner(marks: &[Mark], open: &[usize], mark: Mark) -> Option<usize> {
    if !matches!(mark.side, Side::Close | Side::Either) {
        return None;
    }
    let place = open.iter().rposition(|&index| marks[index].sort == mark.sort)?;
    let covers_double = open[place..].iter().any(|&index| marks[index].sort == Sort::Double);
    let near = mark.start - marks[open[place]].start <= mark.sort.scope();
    (near && !(mark.sort == Sort::Single && covers_double)).then_some(place)
}
