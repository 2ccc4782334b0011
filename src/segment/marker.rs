//! The markers that open list items and numbered headings: "○", "1.", "2)", "(3)", "Ⅱ.", "가.", "제1장", "첫째,".

use crate::text::is_hangul;

/// How a marker is written; markers of one list are written alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A sign: ○ □ - • ①.
    Bullet(char),
    /// A number, a letter or a syllable with what closes it.
    Numbered {
        /// What counts.
        counter: Counter,
        /// What stands after it: '.', ')', or '(' for a number in brackets.
        close: char,
    },
    /// "제1장", "Chapter 2", "Part II".
    Named,
    /// "첫째,", "First,".
    Ordinal,
}

/// What counts in a numbered marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// 1, 2, 3; also 1.1, 1-1.
    Digits,
    /// I, II; also Ⅰ, Ⅱ.
    Roman,
    /// a, b; A, B.
    Letter,
    /// 가, 나, 다.
    Syllable,
}

/// A marker at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub style: Style,
    /// Its place in the list from 1; 0 for a bullet.
    pub number: u32,
    /// Its bytes, white space after it not included.
    pub length: usize,
    /// Levels of a number with dots inside ("2.1" has 2).
    pub depth: u8,
}

/// Signs that open items, those of a symbol font as word processors hand them over among them.
const BULLETS: &str = "○●◦•∙‣⁃▪▫■□◆◇◈▶▷►▸❍❏❑❖✓✔➢➤➔→☞◎⊙☐☑◯⦁⚫\u{F0B7}\u{F0A7}\u{F0D8}\u{F06C}\u{F0FC}ㅁㅇㆍ·※▲△-–—*+";

/// Bullets that also stand inside sentences: they open an item only at the start of a line and before a space.
pub const SOFT_BULLETS: &str = "-–—*+·ㆍ→▲△";

const SYLLABLES: &str = "가나다라마바사아자차카타파하";

const ORDINALS: &[&str] = &["첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째", "여덟째", "아홉째", "열째"];

/// The marker with which a line begins.
pub fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    match first {
        'a'..='z' => letter(line),
        '0'..='9' => numbered(line),
        '(' => numbered(line).or_else(|| letter(line)).or_else(|| korean(line, first)),
        'A'..='Z' => roman(line).or_else(|| letter(line)),
        'Ⅰ'..='Ⅻ' => roman(line),
        '가'..='힣' => korean(line, first),
        _ => circled(first).or_else(|| bullet(line, first)),
    }
}

fn bullet(line: &str, first: char) -> Option<Marker> {
    let length = first.len_utf8();
    let after = line[length..].chars().next();
    let spaced = after.is_none_or(char::is_whitespace);
    let fits = if SOFT_BULLETS.contains(first) || "ㅇㅁ".contains(first) { spaced } else { after != Some(first) };
    (BULLETS.contains(first) && fits && after.is_some()).then_some(Marker { style: Style::Bullet(first), number: 0, length, depth: 1 })
}

/// ① and its kin, each range of them counting from 1.
fn circled(first: char) -> Option<Marker> {
    let base = match first {
        '①'..='⑳' => '①',
        '⑴'..='⒇' => '⑴',
        '㉮'..='㉻' => '㉮',
        '㉠'..='㉭' => '㉠',
        'ⓐ'..='ⓩ' => 'ⓐ',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        _ => return None,
    };
    let number = first as u32 - base as u32 + 1;
    Some(Marker { style: Style::Bullet(base), number, length: first.len_utf8(), depth: 1 })
}

/// "1.", "1)", "(1)", "1.)", "2.1", "2.1.", "1-2)".
fn numbered(line: &str) -> Option<Marker> {
    let open = usize::from(line.starts_with('('));
    let bytes = line.as_bytes();
    let digits = bytes[open..].iter().take(12).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')).count();
    let number = line[open..open + digits].trim_end_matches(['.', '-']);
    let parts: Vec<&str> = number.split(['.', '-']).collect();
    if !parts.iter().all(|part| (1..=3).contains(&part.len())) || parts.len() > 4 {
        return None;
    }
    let end = open + number.len();
    let (close, length) = closed(&line[end..], open == 1, parts.len() > 1)?;
    let value = parts.last()?.parse().ok()?;
    let style = Style::Numbered { counter: Counter::Digits, close };
    is_apart(&line[end + length..]).then_some(Marker { style, number: value, length: end + length, depth: parts.len() as u8 })
}

/// What closes a counter, and its length. A number with several levels needs no mark ("2.1 배경").
fn closed(rest: &str, bracketed: bool, levels: bool) -> Option<(char, usize)> {
    match (bracketed, rest.as_bytes()) {
        (true, [b')', ..]) => Some(('(', 1)),
        (true, _) => None,
        (false, [b'.', b')', ..]) => Some((')', 2)),
        (false, [b')', ..]) => Some((')', 1)),
        (false, [b'.', ..]) => Some(('.', 1)),
        (false, [b' ', ..]) if levels => Some(('.', 0)),
        _ => None,
    }
}

/// A marker is followed by white space, or at least not by a digit or a small letter (1.5, 3.kr).
fn is_apart(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| next.is_whitespace() || is_hangul(next) || "“‘「『(".contains(next))
}

/// "a.", "B)", "(c)".
fn letter(line: &str) -> Option<Marker> {
    let open = usize::from(line.starts_with('('));
    let letter = line.as_bytes().get(open).filter(|letter| letter.is_ascii_alphabetic())?;
    let (close, length) = closed(&line[open + 1..], open == 1, false)?;
    let end = open + 1 + length;
    let spaced = line[end..].chars().next().is_none_or(char::is_whitespace);
    let style = Style::Numbered { counter: Counter::Letter, close };
    let number = u32::from(letter.to_ascii_lowercase() - b'a') + 1;
    spaced.then_some(Marker { style, number, length: end, depth: 1 })
}

/// "II.", "Ⅱ.", "Ⅱ ".
fn roman(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let style = Style::Numbered { counter: Counter::Roman, close: '.' };
    if ('Ⅰ'..='Ⅻ').contains(&first) {
        let length = first.len_utf8() + usize::from(line[first.len_utf8()..].starts_with('.'));
        return Some(Marker { style, number: first as u32 - 'Ⅰ' as u32 + 1, length, depth: 1 });
    }
    let length = line.bytes().take(6).take_while(|byte| b"IVX".contains(byte)).count();
    let number = value(&line[..length])?;
    let rest = line[length..].strip_prefix('.')?;
    rest.chars().next().is_none_or(char::is_whitespace).then_some(Marker { style, number, length: length + 1, depth: 1 })
}

fn value(roman: &str) -> Option<u32> {
    const NUMBERS: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    NUMBERS.iter().position(|number| *number == roman).map(|place| place as u32 + 1)
}

/// "가.", "나)", "(다)", "제1장", "첫째,".
fn korean(line: &str, first: char) -> Option<Marker> {
    if first == '제' {
        return chapter(line);
    }
    if let Some(place) = ORDINALS.iter().position(|ordinal| line.starts_with(ordinal)) {
        return ordinal(line, place);
    }
    let open = usize::from(first == '(');
    let syllable = line[open..].chars().next()?;
    let place = SYLLABLES.chars().position(|known| known == syllable)?;
    let end = open + syllable.len_utf8();
    let (close, length) = closed(&line[end..], open == 1, false)?;
    let spaced = line[end + length..].chars().next().is_none_or(char::is_whitespace);
    let style = Style::Numbered { counter: Counter::Syllable, close };
    spaced.then_some(Marker { style, number: place as u32 + 1, length: end + length, depth: 1 })
}

/// "첫째,", "둘째는,", "셋째 ".
fn ordinal(line: &str, place: usize) -> Option<Marker> {
    let length = ORDINALS[place].len();
    let apart = [",", "는,", ":", "로,"].iter().any(|end| line[length..].starts_with(end));
    apart.then_some(Marker { style: Style::Ordinal, number: place as u32 + 1, length, depth: 1 })
}

/// "제1장", "제2절", "제3부".
fn chapter(line: &str) -> Option<Marker> {
    let rest = line.strip_prefix('제')?.trim_start();
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let unit = rest[digits..].chars().next().filter(|unit| "장절부편".contains(*unit))?;
    let number = rest[..digits].parse().ok()?;
    let length = line.len() - rest.len() + digits + unit.len_utf8();
    is_apart(line[length..].trim_start_matches('.')).then_some(Marker { style: Style::Named, number, length, depth: 1 })
}
