//! Sentence boundaries in running text: at each stop, whether a sentence ends there.

use super::bare;
use super::hangul;
use super::latin::{self, Following};
use super::marker::{Style, marker};
use super::marks::{self, Mark, Side, Sort};
use super::words::is_letter;
use crate::text::{Span, is_hangul};

/// The sentences of a paragraph, without white space at their ends.
///
/// `text` is one paragraph; its line breaks count as spaces. The result is in order and leaves out only white space.
pub fn split(text: &str) -> Vec<Span> {
    let start = skip_space(text, 0);
    let marks = marks::find(text);
    let mut cutter = Cutter { text, marks, start, whole_until: 0, spans: Vec::new(), looked: (start, false) };
    for index in 0..cutter.marks.len() {
        cutter.visit(index);
    }
    cutter.finish()
}

struct Cutter<'a> {
    text: &'a str,
    marks: Vec<Mark>,
    /// Where the sentence begins that is being read.
    start: usize,
    /// Up to here a quotation or a bracket is kept whole.
    whole_until: usize,
    spans: Vec<Span>,
    /// Up to here the sentence has been looked through for letters, and whether there are any.
    looked: (usize, bool),
}

/// Bytes of stray Korean after an English sentence, as forms leave it behind: "양식의 맨 아래".
pub const LONGEST_STRAY: usize = 40;

/// The most marks that are taken to close one sentence.
const LONGEST_TAIL: usize = 8;

/// The most quotations that stand in a row and are named together.
const LONGEST_ROW: usize = 4;

/// What follows a stop without a space and belongs to its sentence: closing marks, footnote numbers.
struct Tail {
    end: usize,
    quoted: bool,
    bracketed: bool,
    /// The opening mark of the last pair that closes in it.
    open: Option<usize>,
}

impl Cutter<'_> {
    fn visit(&mut self, index: usize) {
        let mark = self.marks[index];
        if mark.start < self.start {
            return;
        }
        if mark.sort == Sort::Stop {
            self.stop(mark, index);
        } else if let Some(partner) = mark.partner.filter(|_| mark.side == Side::Open) {
            let close = self.marks[partner];
            if self.is_whole(mark, close, partner) {
                self.whole_until = self.whole_until.max(close.end);
            }
        }
    }

    /// The rest is a sentence too, unless there is no letter in it: then it belongs to the one before.
    fn finish(mut self) -> Vec<Span> {
        let end = self.text.trim_end().len();
        if self.start < end {
            match self.spans.last_mut() {
                Some(last) if !self.text[self.start..end].chars().any(is_letter) => last.end = end,
                _ => self.push(end),
            }
        }
        self.spans
    }

    fn cut(&mut self, end: usize) {
        self.push(end);
        self.start = skip_space(self.text, end);
        self.looked = (self.start, false);
    }

    /// Takes the sentence up to `end`, and first those inside it that lack their full stop, outside of quotations and
    /// brackets.
    fn push(&mut self, end: usize) {
        let mut start = self.start;
        let first = self.marks.partition_point(|mark| mark.start < start);
        let mut pairs = self.marks[first..].iter().take_while(|mark| mark.start < end).peekable();
        let mut closed = start;
        for at in bare::ends(self.text, start, end) {
            while let Some(mark) = pairs.next_if(|mark| mark.start < at) {
                let partner = mark.partner.filter(|_| mark.side == Side::Open);
                closed = partner.map_or(closed, |partner| closed.max(self.marks[partner].end));
            }
            if closed <= at {
                self.spans.push(Span::new(start, at));
                start = skip_space(self.text, at);
            }
        }
        self.spans.push(Span::new(start, end));
    }

    /// Whether the sentence has a letter or a digit before a byte. Each byte is looked at once a sentence, so that a
    /// megabyte of marks takes no longer than a megabyte of words.
    fn has_letters(&mut self, until: usize) -> bool {
        let (from, found) = self.looked;
        if !found && from < until {
            self.looked = (until, self.text[from..until].chars().any(is_letter));
        }
        self.looked.1
    }

    /// Cuts at a stop, if a sentence ends there.
    fn stop(&mut self, stop: Mark, index: usize) {
        let tail = self.tail(stop, index);
        let next = skip_space(self.text, tail.end);
        if next == self.text.len() || tail.end < self.whole_until || self.is_empty_before(stop) {
            return;
        }
        let end = if next > tail.end { self.spaced(stop, &tail, next) } else { self.glued(stop, &tail) };
        if let Some(end) = end {
            self.cut(end);
        }
    }

    /// Whether nothing but marks stands between the start of the sentence and a stop ("…", "(?)", "[...]").
    fn is_empty_before(&mut self, stop: Mark) -> bool {
        let before = self.text[..stop.start].chars().next_back();
        before.is_some_and(|before| "([".contains(before)) || !self.has_letters(stop.start)
    }
}

/// Closing marks and footnote numbers after a stop.
impl Cutter<'_> {
    fn tail(&self, stop: Mark, index: usize) -> Tail {
        let mut tail = Tail { end: stop.end, quoted: false, bracketed: false, open: None };
        let mut next = index + 1;
        for _ in 0..LONGEST_TAIL {
            while next < self.marks.len() && self.marks[next].start < tail.end {
                next += 1;
            }
            let wrapped = self.wrapped_closer(next, tail.end);
            match self.marks.get(next).filter(|mark| mark.start == tail.end || wrapped) {
                Some(mark) if self.closes(mark) => {
                    tail.quoted |= matches!(mark.sort, Sort::Double | Sort::Single);
                    tail.bracketed |= matches!(mark.sort, Sort::Round | Sort::Square);
                    tail.open = mark.partner.map(|partner| self.marks[partner].start).or(tail.open);
                    tail.end = mark.end;
                }
                Some(mark) if mark.sort == Sort::Stop && tail.end > stop.end => tail.end = mark.end,
                _ => match self.note(stop, tail.end) {
                    0 => return tail,
                    length => tail.end += length,
                },
            }
        }
        tail
    }

    /// Whether a closing mark with an opener was wrapped onto the next line.
    fn wrapped_closer(&self, index: usize, at: usize) -> bool {
        let mark = self.marks.get(index).filter(|mark| mark.side == Side::Close && mark.partner.is_some());
        mark.is_some_and(|mark| matches!(&self.text[at..mark.start], "\n" | "\r\n"))
    }

    /// A closing mark, or a straight one that has lost its opener: '…했다."라고'.
    fn closes(&self, mark: &Mark) -> bool {
        let quotation = matches!(mark.sort, Sort::Double | Sort::Single) && mark.partner.is_none();
        mark.side == Side::Close || quotation && hangul::carries_quotation(&self.text[mark.end..], false)
    }

    /// Bytes of a footnote number at `at`: "…했다.1) 그러나", "relations.12 The", "[3]", "¹"; or of loose jamo ("좋죠?ㅎㅎ").
    fn note(&self, stop: Mark, at: usize) -> usize {
        let rest = &self.text[at..];
        let first = rest.chars().next().unwrap_or(' ');
        if "¹²³⁰⁴⁵⁶⁷⁸⁹⁾†‡".contains(first) || first == '*' && !rest.starts_with("**") {
            return first.len_utf8();
        }
        if ('ㄱ'..='ㅣ').contains(&first) {
            return rest.len() - rest.trim_start_matches(|letter| ('ㄱ'..='ㅣ').contains(&letter)).len(); // laughter
        }
        match first {
            '[' => square(rest),
            '0'..='9' => self.digits(stop, at),
            _ => 0,
        }
    }

    fn digits(&self, stop: Mark, at: usize) -> usize {
        let rest = &self.text[at..];
        let before = self.text[..stop.start].chars().next_back().unwrap_or(' ');
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let bracket = usize::from(rest[digits..].starts_with(')'));
        let after = rest[digits + bracket..].chars().next().unwrap_or(' ');
        let noted = digits <= 3 && after.is_whitespace() && !before.is_ascii_digit();
        let word = latin::token_before(self.text, stop.start);
        let numbered = bracket == 0 && (word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'.'));
        if noted && !(numbered && before.is_ascii_alphabetic()) { digits + bracket } else { 0 }
    }
}

/// A text without the number of a footnote and its bracket, where Hangul follows: "3)라고 썼다".
fn without_note(text: &str) -> &str {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(')') {
        Some(rest) if (1..=3).contains(&digits) && rest.starts_with(is_hangul) => rest,
        _ => text,
    }
}

/// Bytes of a short square bracket ("[3]", "[citation needed]").
fn square(rest: &str) -> usize {
    let end = rest.bytes().take(24).position(|byte| byte == b']').map_or(0, |end| end + 1);
    let after = rest[end..].chars().next().unwrap_or(' ');
    if end > 2 && (after.is_whitespace() || after == '[') { end } else { 0 }
}

/// Whether a stop with white space after it ends the sentence.
impl Cutter<'_> {
    fn spaced(&self, stop: Mark, tail: &Tail, next: usize) -> Option<usize> {
        let following = Following::of(&self.text[next..]);
        if let Some(end) = self.reference(next) {
            return Some(end);
        }
        if let Some(end) = self.ellipsis_of_next(stop, following) {
            return Some(end);
        }
        let before = self.text[..stop.start].chars().next_back().unwrap_or(' ');
        if before.is_ascii_digit() && following.first.is_ascii_digit() && matches!(&self.text[stop.end..next], "\n" | "\r\n") {
            return None; // a decimal that was wrapped
        }
        let ends = !self.carries_on(stop, tail, following, next) && self.ends(stop, tail, before, following);
        ends.then_some(tail.end)
    }

    /// A reference in brackets after the stop belongs to the sentence before: "… of power. [12] The", "… 있다. (통일부, 2024) 그".
    fn reference(&self, next: usize) -> Option<usize> {
        let rest = &self.text[next..];
        if let Some(length) = citation(rest) {
            return Some(next + length);
        }
        let digits = rest.strip_prefix('[')?.bytes().take_while(u8::is_ascii_digit).count();
        ((1..=3).contains(&digits) && rest[digits + 1..].starts_with("] ")).then_some(next + digits + 2)
    }

    /// "compounds. . . . The practice": the first stop ends the sentence, the ellipsis opens the next.
    fn ellipsis_of_next(&self, stop: Mark, following: Following) -> Option<usize> {
        let run = &self.text[stop.start..stop.end];
        let spaced = run.len() == 7 && run.split_whitespace().count() == 4;
        let tight = !self.text[..stop.start].ends_with(char::is_whitespace);
        (spaced && tight && following.letter.is_uppercase()).then_some(stop.start + 1)
    }

    /// Whether what follows cannot begin a sentence.
    fn carries_on(&self, stop: Mark, tail: &Tail, following: Following, next: usize) -> bool {
        let first = following.first;
        let before = self.text[..stop.start].chars().next_back().unwrap_or(' ');
        if first.is_lowercase() && !(hangul::is_final(before) && stop.end - stop.start == 1) {
            return !is_camel(following.rest) && following.rest.len() == self.text.len() - next;
        }
        if ",;:/|=&+%~)]}”’」』".contains(first) || is_dash(first) && tail.quoted {
            return true;
        }
        if is_hangul(first) {
            let alone = tail.quoted && self.is_opener(self.start);
            let asked = self.text.as_bytes()[stop.start] != b'.';
            if tail.open.is_some_and(|open| self.awaits_predicate(open, following.rest)) {
                return true;
            }
            return tail.quoted && hangul::carries_quotation(following.rest, alone) || asked && hangul::carries_question(following.rest);
        }
        if tail.quoted && "“‘\"".contains(first) && self.is_listed(next) {
            return true;
        }
        tail.quoted && first.is_uppercase() && self.text.as_bytes()[stop.start] != b'.' && latin::is_attribution(following.rest)
    }

    /// “돌아가라.” “우리 땅이다.” 등의 구호: whether the quotation at `at`, or one of a few after it, is the last of such a row.
    fn is_listed(&self, mut at: usize) -> bool {
        for _ in 0..LONGEST_ROW {
            let Ok(index) = self.marks.binary_search_by_key(&at, |mark| mark.start) else { return false };
            let Some(partner) = self.marks[index].partner.filter(|_| self.marks[index].side == Side::Open) else { return false };
            at = skip_space(self.text, self.marks[partner].end);
            if hangul::ends_row(&self.text[at..]) {
                return true;
            }
        }
        false
    }

    /// Whether the sentence breaks off before a quotation or a bracket at `open` with a particle or a comma: Korean puts
    /// the verb last, so it goes on behind, unless `rest` begins with a subject of its own.
    fn awaits_predicate(&self, open: usize, rest: &str) -> bool {
        let awaits = self.start < open && hangul::awaits_predicate(self.text[self.start..open].trim_end());
        awaits && !hangul::is_opener(rest) && !hangul::has_subject(rest)
    }

    fn is_opener(&self, at: usize) -> bool {
        self.text[at..].starts_with(['"', '\'', '“', '‘'])
    }

    /// What the word before the stop says.
    fn ends(&self, stop: Mark, tail: &Tail, before: char, following: Following) -> bool {
        let run = &self.text[stop.start..stop.end];
        if run.starts_with(['!', '?', '。']) {
            let aside = tail.bracketed && tail.end == self.whole_until && !latin::opens(following, false);
            return !aside && !latin::is_marked_name(self.text, stop.start, following);
        }
        if run.len() > 1 {
            return self.ends_with_ellipsis(run, before, following);
        }
        if self.is_marker(stop) {
            return false;
        }
        match before {
            _ if is_hangul(before) => !self.text[..stop.start - before.len_utf8()].ends_with('.'), // 가.나.다.
            '°' | 'º' | '№' => !following.first.is_ascii_digit(),
            _ if before.is_ascii_digit() => self.ends_with_digit(stop, following),
            _ if before.is_ascii_alphabetic() && !tail.quoted => latin::ends(self.text, self.start, stop.start, following),
            _ => true,
        }
    }

    /// An ellipsis ends a sentence where a Korean ending stands before it, or a capital that is not "I" after it.
    /// Dots with a space before them are an omission inside the sentence, unless a fourth closes it.
    fn ends_with_ellipsis(&self, run: &str, before: char, following: Following) -> bool {
        let dots = run.matches('.').count();
        if is_hangul(before) && is_hangul(following.letter) {
            return hangul::is_final(before);
        }
        let open = before.is_whitespace() && dots < 4;
        !open
            && (following.word() != "I" || dots >= 4)
            && (following.letter.is_uppercase() || is_hangul(following.letter) || following.letter.is_numeric())
    }

    /// Whether the sentence so far is the marker of an item or a heading: "1.", "Ⅱ.", "가.", "Table 1.", "제1장.".
    fn is_marker(&self, stop: Mark) -> bool {
        let so_far = &self.text[self.start..stop.end];
        if so_far.len() > 24 {
            return false;
        }
        let bare = so_far.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '(');
        is_whole_marker(bare) || is_label(bare)
    }

    /// A number before a stop: a date goes on ("2024. 6. 19. 조약"), anything else ends.
    fn ends_with_digit(&self, stop: Mark, following: Following) -> bool {
        let number = latin::token_before(self.text, stop.start);
        let short = number.len() <= 2;
        if number.split('.').next().is_some_and(is_year) && number.len() > 4 {
            return following.letter.is_uppercase();
        }
        if following.first.is_ascii_digit() && is_year(number) {
            return !is_month_next(following.rest);
        }
        if short && self.is_dated(stop.start - number.len()) {
            let in_sentence = || self.text[self.start..stop.start].chars().any(char::is_alphabetic);
            return following.letter.is_uppercase() && !following.first.is_ascii_digit() && in_sentence();
        }
        let before = self.text[self.start..stop.start - number.len()].trim_end();
        !(short && before.ends_with(':') && is_hangul(following.first)) // 붙임: 1. 협의 사진
    }

    /// Whether a number at `at` follows "2024." or "2024. 6.".
    fn is_dated(&self, at: usize) -> bool {
        let mut rest = self.text[self.start..at].trim_end();
        for _ in 0..4 {
            let before = rest.trim_end_matches(['~', '∼', '–', '-']).trim_end(); // "2024. 3. 4.~3. 14."
            let Some(before) = before.strip_suffix('.') else { return false };
            let number = latin::token_before(before, before.len());
            if is_year(number) || number.rsplit('.').next().is_some_and(is_year) {
                return true;
            }
            if number.is_empty() || number.len() > 2 {
                return number.split('.').next().is_some_and(is_year);
            }
            rest = before[..before.len() - number.len()].trim_end();
        }
        false
    }
}

/// Bytes of a citation in brackets that stands between two sentences: "(Kim, 2024)", "(통일부, 2024, 12쪽)", "(Kim 2019, 24–25)".
fn citation(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('(')?;
    let length = inside.bytes().take(120).position(|byte| matches!(byte, b'(' | b')'))?;
    let (inside, after) = (&inside[..length], &inside[length + 1..]);
    let mut places = inside.match_indices([' ', ',', '\n']).map(|(at, _)| at + 1);
    let year = places.find(|&at| is_year(inside.get(at..at + 4).unwrap_or("")))?;
    let pages = inside[year + 4..].trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let figures = pages.chars().all(|letter| letter.is_ascii_digit() || letter.is_whitespace() || ",:.-–~p쪽면".contains(letter));
    let next = after.trim_start();
    let apart = next.len() < after.len() && !next.starts_with(|next: char| next.is_lowercase() || ",.;".contains(next));
    let named = inside.starts_with(|first: char| is_letter(first) && !first.is_ascii_digit());
    (named && figures && apart).then_some(length + 2)
}

/// A name that begins with a small letter and opens sentences all the same: iPhone, eBay, v1.5.
fn is_camel(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().skip(1).take(3).take_while(|byte| byte.is_ascii_alphanumeric()).any(|byte| byte.is_ascii_uppercase())
        || bytes.get(1).is_some_and(u8::is_ascii_digit)
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '―')
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()) && (number.starts_with("19") || number.starts_with("20"))
}

/// "6." or "12.": the month of a date in figures.
fn is_month_next(rest: &str) -> bool {
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    digits <= 2 && rest[digits..].starts_with('.')
}

fn is_whole_marker(so_far: &str) -> bool {
    marker(so_far).is_some_and(|marker| marker.length == so_far.len() && matches!(marker.style, Style::Numbered { .. } | Style::Named))
}

/// "Table 1.", "Fig. 2.", "표 3.".
fn is_label(so_far: &str) -> bool {
    super::look::is_label(so_far.trim_end_matches('.'))
}

/// Whether a stop without white space after it ends the sentence, and where.
impl Cutter<'_> {
    fn glued(&self, stop: Mark, tail: &Tail) -> Option<usize> {
        let before = self.text[..stop.start].chars().next_back()?;
        let after = self.text[tail.end..].chars().next()?;
        if self.text[stop.start..stop.end].starts_with('。') {
            return Some(tail.end);
        }
        if is_hangul(before) {
            return self.glued_after_hangul(stop, tail, before, after).then_some(tail.end);
        }
        if tail.end == stop.end && stop.end - stop.start == 1 && before.is_ascii_lowercase() {
            return if "\"“‘'".contains(after) { self.glued_quotation(stop) } else { self.glued_after_latin(stop, after) };
        }
        if is_hangul(after) {
            return if self.is_latin_before(stop.start) { self.next_capital(tail.end, LONGEST_STRAY) } else { None };
        }
        let word = self.text[tail.end..].bytes().take(24).take_while(u8::is_ascii_alphabetic).count();
        let closed = after.is_ascii_uppercase() && if tail.end == stop.end { ")”".contains(before) } else { tail.open.is_some() };
        (closed && word >= 3 && self.text[tail.end + word..].starts_with([' ', ',', '\n'])).then_some(tail.end)
    }

    /// Whether the words before a byte are Latin, so that Hangul after them is stray.
    fn is_latin_before(&self, at: usize) -> bool {
        let words = self.text[self.start..at].chars().rev().take(40);
        !words.clone().any(is_hangul) && words.clone().any(|letter| letter.is_ascii_lowercase())
    }

    /// "…했다.그러나": a finite ending of a word of two syllables, and no particle after it.
    fn glued_after_hangul(&self, stop: Mark, tail: &Tail, before: char, after: char) -> bool {
        let word = self.text[..stop.start].chars().rev().take(2).filter(|&character| is_hangul(character)).count();
        let begins = is_hangul(after) || after.is_ascii_uppercase() || "“‘「『\"".contains(after);
        let ends = "다요까죠".contains(before) && word == 2;
        let opens = !is_hangul(after)
            || !hangul::carries_quotation(&self.text[tail.end..], false) && !hangul::carries_question(&self.text[tail.end..]);
        ends && begins && opens && !tail.quoted && !tail.bracketed
    }

    /// 'He said yes."We agree"': a mark that opens.
    fn glued_quotation(&self, stop: Mark) -> Option<usize> {
        let index = self.marks.binary_search_by_key(&stop.end, |mark| mark.start).ok()?;
        let mark = self.marks[index];
        let opens =
            mark.side == Side::Open && mark.partner.is_some() && self.text[mark.end..].starts_with(|first: char| first.is_uppercase());
        opens.then_some(stop.end)
    }

    /// "the treaty.The next" is cut after the stop; "Ukraine.ow The next" after the letters stuck to it, so that an
    /// artefact stays with the sentence that it spoils.
    fn glued_after_latin(&self, stop: Mark, after: char) -> Option<usize> {
        let token = latin::token_before(self.text, stop.start);
        let before = self.text[..stop.start - token.len()].chars().next_back().unwrap_or(' ');
        let rest = &self.text[stop.end..];
        let stuck = rest.bytes().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = token.len() >= 3 && token.bytes().all(|byte| byte.is_ascii_alphabetic()) && !"/@\\_:#".contains(before);
        if !word {
            return None;
        }
        if after.is_ascii_uppercase() && stuck >= 2 && rest.as_bytes()[1].is_ascii_lowercase() {
            return rest[stuck..].starts_with([' ', ',', '\'', '’', '-', '\n']).then_some(stop.end);
        }
        if after.is_ascii_lowercase() && stuck <= 4 && !is_name_ending(&rest[..stuck]) {
            return self.next_capital(stop.end + stuck, 0);
        }
        is_hangul(after).then(|| self.next_capital(stop.end, LONGEST_STRAY))?
    }

    /// The end of an artefact at `at`, of at most `length` bytes, if a Latin sentence begins after it.
    fn next_capital(&self, at: usize, length: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let end = rest
            .char_indices()
            .take_while(|&(place, character)| place <= length && (is_hangul(character) || character.is_whitespace()))
            .last();
        let stuck = end.map_or("", |(place, character)| &rest[..place + character.len_utf8()]);
        let next = rest[stuck.len()..].trim_start();
        let spaced = stuck.ends_with(char::is_whitespace) || next.len() < rest.len() - stuck.len();
        let capital = next.chars().next().is_some_and(char::is_uppercase)
            && next.chars().nth(1).is_some_and(|second| second.is_lowercase() || second.is_whitespace());
        (spaced && capital).then_some(at + stuck.trim_end().len())
    }
}

/// Endings of file and host names, after whose dot no sentence begins: "example.com The", "annex.pdf". Endings that
/// are as likely a slip of the keys (se, no, it) do not stand here.
pub fn is_name_ending(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ai", "biz", "cn", "com", "css", "csv", "de", "dev", "doc", "docx", "edu", "eu", "fr", "gif", "gov", "html", "htm", "hwp", "hwpx",
        "info", "int", "io", "jp", "jpeg", "jpg", "js", "json", "kp", "kr", "mil", "net", "odt", "org", "pdf", "php", "png", "ppt", "pptx",
        "py", "rs", "rtf", "ru", "svg", "tv", "tw", "txt", "uk", "us", "xls", "xlsx", "xml", "zip",
    ];
    ENDINGS.contains(&text)
}

/// Which quotations and brackets are kept whole.
impl Cutter<'_> {
    /// One that is embedded in a sentence is whole, one that stands alone is split.
    fn is_whole(&mut self, open: Mark, close: Mark, close_index: usize) -> bool {
        let embedded = self.has_letters(open.start);
        match open.sort {
            Sort::Title => true,
            Sort::Round | Sort::Square => embedded || self.goes_on(close, close_index),
            _ => self.is_whole_quotation(open, close, close_index, embedded),
        }
    }

    /// A Korean quotation is whole when the sentence goes on after it, an English one when it is in the middle of a
    /// sentence: '"We agreed. We signed," he said.' are two sentences, as in the field's corpora.
    fn is_whole_quotation(&self, open: Mark, close: Mark, close_index: usize, embedded: bool) -> bool {
        let rest = without_note(&self.text[self.after_closers(close, close_index)..]);
        let first = rest.chars().next().unwrap_or(' ');
        if is_hangul(first) {
            return true;
        }
        let following = Following::of(rest.trim_start());
        if is_hangul(following.first) {
            let unfinished = !self.text[open.end..close.start].trim_end_matches(['"', '\'', '”', '’', ' ']).ends_with(['.', '!', '?', '…']);
            let awaited = self.awaits_predicate(open.start, following.rest);
            return unfinished || awaited || hangul::carries_quotation(following.rest, !embedded);
        }
        let korean = self.text[open.end..close.start].chars().rev().take(12).any(is_hangul);
        if korean && (first == ',' || following.first == ',' || first == '.' && embedded) {
            return true;
        }
        let after = Following::of(rest.trim_start_matches(',').trim_start());
        embedded && (after.first.is_lowercase() || self.is_title_of_work(open, close))
    }

    /// 'In “Can Deterrence Hold? A View,” Lee argues': a quotation that ends with a comma behind a preposition.
    fn is_title_of_work(&self, open: Mark, close: Mark) -> bool {
        let before = self.text[self.start..open.start].trim_end();
        let last = latin::token_before(before, before.len()).to_ascii_lowercase();
        self.text[..close.start].ends_with(',') && latin::joins(&last) && !latin::is_speech(&last)
    }

    /// Whether the sentence goes on after a bracket that opens it.
    fn goes_on(&self, close: Mark, close_index: usize) -> bool {
        let rest = &self.text[self.after_closers(close, close_index)..];
        rest.chars().next().is_some_and(is_hangul) || Following::of(rest.trim_start()).first.is_lowercase()
    }

    /// The end of the closing marks that stand together with one, and of a short bracket directly after them.
    fn after_closers(&self, close: Mark, close_index: usize) -> usize {
        let mut end = close.end;
        for mark in self.marks[close_index + 1..].iter().take(LONGEST_TAIL * 4) {
            match mark.partner.filter(|_| mark.start == end && mark.side == Side::Open && mark.sort == Sort::Round) {
                Some(partner) => end = self.marks[partner].end,
                None if mark.start == end && mark.side == Side::Close => end = mark.end,
                None if mark.start < end => {}
                None => break,
            }
        }
        end
    }
}

fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}
