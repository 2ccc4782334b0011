//! What a paragraph looks like by itself: a caption, a note, a byline, furniture, an item, a heading, running text.

use super::hangul;
use super::latin;
use super::marker::{Marker, Style, marker};
use super::pattern::{Line, Patterns, date, ends_with_date, has_date};
use super::words::{Words, floor};
use crate::document::Form;
use crate::text::is_hangul;
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::LazyLock;

static LABELS: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("labels.txt")));
static FURNITURE: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("furniture.txt")));
static CAPTIONS: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("captions.txt")));
static NOTES: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("notes.txt")));
static HEADINGS: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("headings.txt")));
static BYLINES: LazyLock<Patterns> = LazyLock::new(|| Patterns::parse(include_str!("bylines.txt")));
static ROLES: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("bylines.txt")));

/// Words that a heading has at most; longer lines without a full stop are sentences.
const LONGEST_HEADING: usize = 16;

/// Words that the title of an article has at most.
const LONGEST_HEADLINE: usize = 26;

/// Bytes of the longest line that is compared with patterns.
const LONGEST_LINE: usize = 600;

/// What a paragraph looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A known label, a bread-crumb trail.
    Furniture,
    /// A page number, a line of signs.
    Rule,
    /// "Table 1. …", "출처: …".
    Caption,
    /// "※ …", "[1] …", "Note: …".
    Note,
    /// A line that begins with an asterisk: a note if it stands alone, an item among its like.
    Starred,
    /// "References", "각주".
    NoteHeading,
    /// A date, a name with an office.
    Byline,
    /// A heading by the format or by its words ("결론").
    Heading,
    /// A short line that is numbered.
    Numbered(Marker),
    /// An item of a list.
    Item(Marker),
    /// What the format says is an item.
    Listed,
    /// A line between dashes: "- 부제 -".
    Dashed,
    /// A short line without a full stop.
    Short,
    /// A short question.
    Question,
    /// Running text.
    Running,
}

/// A paragraph, as its neighbours see it.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// What it looks like.
    pub look: Look,
    /// What the format says.
    pub form: Form,
    /// Words in it.
    pub words: usize,
    /// Sentences in it.
    pub sentences: usize,
    /// Whether it is one sentence without a full stop, and no longer than a headline.
    pub open: bool,
    /// Whether it is no longer than a headline.
    pub brief: bool,
    /// Bars and tabs inside it, as between the cells of a table.
    pub bars: usize,
    /// Whether it is a label whose lines under it belong to it: "About the Authors", "Related Articles".
    pub opens: bool,
    /// Whether it tells who somebody is or who published the text, as the foot of a page does.
    pub tells: bool,
    /// Whether it names an institute and nothing else.
    pub institute: bool,
    /// The same for the same words, where it is no longer than a headline.
    pub fingerprint: u64,
    /// Whether it reads like a name: two to four capitalised words, or two to four syllables.
    pub named: bool,
    /// Whether it names a date, an office or an institute.
    pub signed: bool,
    /// The footnotes it refers to with a number and a bracket ("…했다.1)"), number 1 being the lowest bit.
    pub references: u64,
}

/// Looks at a paragraph; `sentences` is how many it was cut into.
pub fn look(text: &str, form: Form, sentences: usize) -> Paragraph {
    let bars = bars(text.trim());
    let text = &in_one_line(text.trim());
    let words = if text.len() > 2_000 { 400 } else { text.split_ascii_whitespace().count() };
    let brief = words <= LONGEST_HEADLINE;
    let line = Line::new(&text[..floor(text, LONGEST_LINE)]);
    let line = &Seen { words: &line.words(), cut: line.is_cut() };
    let look = match form {
        Form::Heading(_) => Look::Heading,
        Form::Item | Form::Table => Look::Listed,
        Form::Verbatim => Look::Furniture,
        _ => look_of_line(text, line, sentences, words),
    };
    Paragraph {
        look,
        form,
        words,
        sentences,
        brief,
        bars,
        tells: look == Look::Running && FURNITURE.section(line.words, line.cut) == Some("foot"),
        institute: brief && is_institute(text, line.words),
        fingerprint: if brief { FxBuildHasher.hash_one(line.words) } else { 0 },
        opens: look == Look::Furniture && brief && FURNITURE.section(line.words, line.cut) == Some("block"),
        open: brief && sentences <= 1 && !is_finished(text),
        named: words <= 4 && is_name(text),
        signed: brief && is_signed(line.words),
        references: references(text),
    }
}

/// Bytes within which the label of a line has its colon.
const LONGEST_LABEL: usize = 80;

/// Whether a line begins with a word of Hangul, a bracket and a colon: "저강도(3개월 지속): …".
pub fn is_labelled(line: &str) -> bool {
    let word = line.find('(').filter(|&open| open > 0 && line[..open].chars().all(is_hangul));
    let head = &line[..floor(line, LONGEST_LABEL)];
    word.is_some_and(|open| {
        open < head.len()
            && head[open..].split_once(')').is_some_and(|(_, rest)| rest.starts_with(':') && rest[1..].starts_with(char::is_whitespace))
    })
}

/// Bars with spaces around them, tabs, and wide spaces.
fn bars(text: &str) -> usize {
    if text.len() > LONGEST_LINE || text.ends_with(['.', '!', '?', '"', '”']) {
        0
    } else {
        text.matches(" | ").count() + text.matches('\t').count() + text.matches("   ").count()
    }
}

/// A text that may be compared with patterns, with a space for each tab and line end.
fn in_one_line(text: &str) -> Cow<'_, str> {
    if text.len() > LONGEST_LINE || !text.contains(['\t', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", " ").replace(['\t', '\n', '\r'], " "))
}

/// A line as patterns see it.
struct Seen<'a> {
    words: &'a [&'a str],
    cut: bool,
}

fn look_of_line(text: &str, line: &Seen, sentences: usize, words: usize) -> Look {
    let finished = is_finished(text);
    if is_rule(line) {
        return Look::Rule;
    }
    if let Some(look) = known(text, line, finished, words) {
        return look;
    }
    let short = sentences <= 1 && words <= LONGEST_HEADING && !is_statement(text, words) && !leads_in(text);
    match marker(text) {
        Some(marker) => marked(text, marker, short && (!finished || text.ends_with('?') || latin::ends_with_acronym(text))),
        None if !finished && is_labelled(text) => Look::Listed,
        None if short && !finished && label(text).is_some_and(|(section, _)| section == "heading") => {
            Look::Numbered(Marker { style: Style::Named, number: 0, length: 0, depth: 1 })
        }
        None if short && (!finished || is_in_title_case(text)) => Look::Short,
        None if short && text.ends_with('?') => Look::Question,
        None => Look::Running,
    }
}

/// "What Does Moscow Want?", "The Limits of the U.S.": a question, or a line that ends with an acronym, in which all but
/// little words have capitals.
fn is_in_title_case(text: &str) -> bool {
    let capitals = text.split_ascii_whitespace().filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase())).count();
    let little = |word: &str| word.len() <= 4 || word.starts_with(|first: char| !first.is_ascii_lowercase());
    (text.ends_with('?') || latin::ends_with_acronym(text))
        && capitals >= 3
        && capitals * 2 > text.split_ascii_whitespace().count()
        && text.split_ascii_whitespace().all(little)
}

/// Only signs, or only numbers that are no date.
fn is_rule(line: &Seen) -> bool {
    let number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/');
    line.words.iter().all(number) && date(line.words) == 0
}

/// Furniture, captions, notes, bylines and headings that are known by their words.
fn known(text: &str, line: &Seen, finished: bool, words: usize) -> Option<Look> {
    let short = words <= LONGEST_HEADING;
    if is_caption(text, line, finished) {
        return Some(Look::Caption);
    }
    let note = NOTES.section(line.words, line.cut).filter(|_| !goes_on_after_bracket(text));
    if short && note != Some("line") && (is_dated(text, line, finished) && !is_labelled_item(text) || is_address(text)) {
        return Some(Look::Byline);
    }
    if is_furniture(text, line, words, finished) {
        return Some(Look::Furniture);
    }
    match note {
        Some("heading") if !finished => return Some(Look::NoteHeading),
        Some("line") => return Some(Look::Note),
        _ if is_reference(text) || short && is_aside(text) => return Some(Look::Note),
        _ => {}
    }
    if short && (!finished || ends_with_time(text)) && is_byline(text, line) && !is_labelled_item(text) {
        return Some(Look::Byline);
    }
    (!finished && HEADINGS.section(line.words, line.cut).is_some() && marker(text).is_none()).then_some(Look::Heading)
}

fn marked(text: &str, marker: Marker, short: bool) -> Look {
    match marker.style {
        Style::Bullet('※') => Look::Note,
        Style::Bullet('*') => Look::Starred,
        Style::Bullet(dash) if text.len() > 4 && text.ends_with(dash) => Look::Dashed,
        Style::Bullet(_) | Style::Ordinal => Look::Item(marker),
        Style::Named if short => Look::Numbered(marker),
        Style::Numbered { .. } if short && text.len() > marker.length => Look::Numbered(marker),
        Style::Named | Style::Numbered { .. } => Look::Item(marker),
    }
}

/// "- 일시: 2024. 7. 11.": an item with a label, whatever stands behind it.
fn is_labelled_item(text: &str) -> bool {
    text.contains(':') && marker(text).is_some_and(|marker| matches!(marker.style, Style::Bullet(_)))
}

/// Whether a text opens with a bracket, and much follows behind it: "(역자 주: …) 회담이 끝나고 …" is no note.
fn goes_on_after_bracket(text: &str) -> bool {
    let rest = text.strip_prefix(['(', '[']).and_then(|rest| rest.split_once([')', ']']));
    rest.is_some_and(|(_, rest)| rest.split_ascii_whitespace().nth(2).is_some() && !text.ends_with([')', ']']))
}

/// "Updated June 20, 2024, 3:15 p.m."
fn ends_with_time(text: &str) -> bool {
    text.ends_with("a.m.") || text.ends_with("p.m.")
}

/// Whether a line ends like a sentence. A short line with a colon does not.
fn is_finished(text: &str) -> bool {
    let bare = without_stray(without_note(text)).trim_end_matches(|character: char| "\"'”’)]」』〉》】*_ ".contains(character));
    bare.ends_with(['.', '!', '?', '…', '。', ',', ';']) || bare.ends_with(':') && bare.split_whitespace().count() > 5
}

/// An English line without what is stuck to its full stop: "… restored relations.양식의 맨 아래", "… to Ukraine.ow".
fn without_stray(text: &str) -> &str {
    let Some(stop) = text.rfind('.') else { return text };
    let (before, stray) = (&text[..stop], &text[stop + 1..]);
    let korean = stray.chars().all(|letter| is_hangul(letter) || letter == ' ');
    let letters = stray.len() <= 3 && stray.bytes().all(|byte| byte.is_ascii_lowercase()) && !super::sentence::is_name_ending(stray);
    let stuck = !stray.is_empty() && stray.len() <= super::sentence::LONGEST_STRAY && (korean || letters);
    let last = before.split_whitespace().next_back().unwrap_or("");
    let word = last.len() >= 3 && last.bytes().all(|byte| byte.is_ascii_alphabetic()) && last.ends_with(|end: char| end.is_lowercase());
    if stuck && word && before.contains(' ') { &text[..=stop] } else { text }
}

/// A line without the number of a footnote after its full stop.
fn without_note(text: &str) -> &str {
    let bare = text.trim_end_matches(|character: char| character.is_numeric() || "[])⁾¹²³†‡ ".contains(character));
    let decimal = bare.strip_suffix('.').is_some_and(|number| number.ends_with(|digit: char| digit.is_ascii_digit()));
    let counted = decimal || latin::ends_bound(bare); // "No. 312"
    if bare.ends_with(['.', '”', '"', '’', ')', '다']) && !counted { bare } else { text }
}

/// A Korean statement without a full stop: official style ends in -함, -음, -임, -됨 or -다.
fn is_statement(text: &str, words: usize) -> bool {
    let mut ends = text.trim_end_matches(|character: char| !character.is_alphanumeric()).chars().rev();
    match (ends.next(), ends.next()) {
        (Some('다'), Some(before)) => words >= 3 && is_hangul(before) && !"바나마".contains(before),
        (Some('함' | '음' | '임' | '됨' | '요'), Some(before)) => words >= 5 && is_hangul(before),
        _ => false,
    }
}

/// "Three steps are within reach:": a clause with a verb before a list.
fn leads_in(text: &str) -> bool {
    const VERBS: &[&str] =
        &["are", "is", "were", "was", "include", "includes", "have", "has", "had", "should", "must", "can", "could", "follow"];
    text.ends_with(':') && text.split_ascii_whitespace().skip(1).any(|word| VERBS.contains(&word.trim_end_matches(':')))
}

fn is_furniture(text: &str, line: &Seen, words: usize, finished: bool) -> bool {
    match FURNITURE.section(line.words, line.cut) {
        Some("sentence") => true,
        Some("foot") => false,
        Some("series") => !finished && is_number_of_series(line.words),
        Some(_) => !finished && words <= 12,
        None => !finished && (is_trail(text, words) || is_menu(text, words) || is_file(text, words) || is_telephone(text, words)),
    }
}

/// Known labels in a row: "Prev | List | Next", "Privacy Policy | Terms of Use", "Share Print Email".
fn is_menu(text: &str, words: usize) -> bool {
    let is_label = |label: &str| FURNITURE.section(&Line::new(label).words(), false).is_some();
    let barred = ["|", " · ", " / "].iter().any(|bar| text.contains(bar) && text.split(bar).all(is_label));
    words <= LONGEST_HEADING && (barred || (2..=8).contains(&words) && text.split_ascii_whitespace().all(is_label))
}

/// "Issue Brief No. 12", but not "[Issue Brief 12] Why Rare Earths Matter Again".
fn is_number_of_series(words: &[&str]) -> bool {
    let plain = words.iter().filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit())).count();
    plain <= if words[0].starts_with(is_hangul) { 2 } else { 3 }
}

/// "T. +82-2-555-0300", "Tel. 82-44-555-0500": a number to call, with hardly a letter beside it.
fn is_telephone(text: &str, words: usize) -> bool {
    const LABELS: &[&str] = &["tel", "fax", "phone", "ph", "전화", "팩스", "대표전화"];
    if words > 8 {
        return false;
    }
    let label = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or("").to_lowercase();
    let called = LABELS.contains(&label.as_str())
        || text.split('+').nth(1).is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()));
    let (digits, letters) = text.chars().fold((0, 0), |(digits, letters), letter| {
        (digits + usize::from(letter.is_ascii_digit()), letters + usize::from(letter.is_alphabetic()))
    });
    called && digits >= 7 && letters <= 12
}

/// A few words that end with the name of a file: "Attached File PR_240624.pdf".
fn is_file(text: &str, words: usize) -> bool {
    const ENDINGS: &[&str] = &["pdf", "hwp", "hwpx", "docx", "doc", "xlsx", "pptx", "zip"];
    let ending = |word: &str| word.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
    words <= 5 && text.contains('.') && text.split_ascii_whitespace().any(ending)
}

/// A bread-crumb trail: "Home > Publications > Briefs".
fn is_trail(text: &str, words: usize) -> bool {
    let slashed = text.matches(" / ").count() >= 2 && text.split(" / ").all(|part| part.split_ascii_whitespace().nth(3).is_none());
    words <= LONGEST_HEADING && (slashed || [" > ", " » ", " › "].iter().any(|joint| text.contains(joint)))
}

/// A line that is a bracket with an address in it and nothing else: "(in Korean: https://…)".
fn is_aside(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && (text.contains("://") || text.contains("www."))
}

/// An address of electronic mail and nothing else.
fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// "[1] Kim …", "¹ Kim …", "1   Kim …", "주) …".
fn is_reference(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let bracketed = first == '[' && (1..=3).contains(&digits) && text[digits + 1..].starts_with(']');
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let apart = (1..=2).contains(&number) && text[number..].starts_with("   ") && text[number..].matches("   ").count() == 1;
    let remark = ["주)", "주1)", "註)"].iter().any(|mark| text.starts_with(mark));
    apart || remark || "¹²³⁴⁵⁶⁷⁸⁹†‡".contains(first) || bracketed && text.len() > digits + 4
}

/// Whether a text names a year beside pages, a volume or a title: "Kim, J. (2024). “The New Axis.” Journal, 12(3), 45–67."
pub fn cites(text: &str) -> bool {
    const SIGNS: &[&str] = &[" ed. ", " eds.", " Press", "pp.", " p. ", "no. ", "vol. ", "Vol. ", "Ibid", "『", "「", "“", "doi", "http"];
    let year = |word: &str| {
        let digits = word.trim_matches(|character: char| !character.is_ascii_digit());
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    text.len() <= LONGEST_LINE && SIGNS.iter().any(|sign| text.contains(sign)) && text.split([' ', ',', '(']).any(year)
}

/// The footnotes that a text refers to with a number and a bracket directly after a word or a stop.
fn references(text: &str) -> u64 {
    let mut found = 0;
    for (at, _) in text.match_indices(')').take(64) {
        let digits = text[..at].bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
        let before = text[..at - digits].chars().next_back();
        let refers = before.is_some_and(|before| is_hangul(before) || ".,;”’\"')".contains(before));
        let number: u32 = text[at - digits..at].parse().unwrap_or(0);
        if refers && (1..64).contains(&number) {
            found |= 1 << (number - 1);
        }
    }
    found
}

/// Labels with their numbers.
mod labels {
    use super::*;

    /// Whether a text is a label with its number: "Table 1", "Part II", "표 3".
    pub fn is_label(text: &str) -> bool {
        label(text).is_some_and(|(_, length)| length == text.len())
    }

    /// Whether a letter after this word is its label.
    pub fn is_lettered(word: &str) -> bool {
        LABELS.has("letter", word)
    }

    /// Whether a text begins with the label of a table or figure in brackets: "<표 1> …", "〈그림〉 …".
    pub fn is_bracketed_caption(text: &str) -> bool {
        let inside = text.strip_prefix(['<', '[', '〈', '【', '〔']).and_then(|rest| rest.split_once(['>', ']', '〉', '】', '〕']));
        inside.is_some_and(|(name, rest)| {
            !hangul::carries_label(rest)
                && name.len() <= 24
                && (LABELS.has("caption", name) || label(name).is_some_and(|(section, _)| section == "caption"))
        })
    }

    /// Whether a text is the source line of a table or figure.
    pub fn is_source(text: &str) -> bool {
        let line = Line::new(&text[..floor(text, LONGEST_LINE)]);
        text.contains([':', '：']) && CAPTIONS.section(&line.words(), line.is_cut()).is_some()
    }

    /// The section of a label, also of one in capitals: "TABLE".
    fn label_section(word: &str) -> Option<&'static str> {
        LABELS.section(word).or_else(|| latin::is_capitals(word).then(|| LABELS.section(&latin::capitalized(word)))?)
    }

    /// The byte up to which the colon of a label stands: "Photo courtesy of the ministry: …". In a sentence like "Sources
    /// close to the Kremlin (…) say: …" it comes later.
    const LATEST_COLON: usize = 30;

    /// The section and the bytes of the label with which a text begins.
    pub(super) fn label(text: &str) -> Option<(&'static str, usize)> {
        let open = text.len() - text.trim_start_matches(['<', '[', '〈', '【', '(']).len();
        let word = text[open..].chars().take_while(|character| character.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let section = label_section(&text[open..open + word])?;
        let rest = text[open + word..].trim_start_matches(|character: char| character == '.' || character.is_whitespace());
        let number = rest.bytes().take(8).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')).count();
        let number = rest[..number].trim_end_matches(['.', '-']);
        let counts = number.starts_with(|first: char| first.is_ascii_digit()) || latin::is_roman(number) || number.len() == 1;
        let spaced = rest.len() < text.len() - open - word || is_hangul(text[open..].chars().next()?);
        (counts && spaced && !number.is_empty()).then_some((section, text.len() - rest.len() + number.len()))
    }

    /// "지난달 19일 평양에서 만난 두 정상. [사진=통신]": a line with the credit of a photograph in brackets at its end.
    fn is_credited(text: &str) -> bool {
        const AGENCIES: &[&str] =
            &["Getty Images", "via Reuters", "/Reuters", "via AP", "/AP", "AP Photo", "via AFP", "/AFP", "/Yonhap", "/연합뉴스"];
        const CREDITS: &[&str] = &["사진", "자료사진", "그래픽", "Photo", "photo", "Image", "Credit"];
        let open = text.strip_suffix([']', ')']).and_then(|rest| rest.rfind(['[', '(']));
        let credit = open.map_or("", |open| &text[open + 1..]);
        let bracketed = CREDITS.iter().any(|word| credit.strip_prefix(word).is_some_and(|rest| rest.starts_with(['=', ':', ' '])));
        text.len() <= LONGEST_LINE
            && (bracketed
                || is_signed_picture(text)
                || AGENCIES.iter().any(|agency| text.trim_end_matches(['.', ')', ']']).ends_with(agency)))
    }

    /// "▲ 파주에서 바라본 마을. ⓒ재단": a line that ends with the owner of a photograph.
    fn is_signed_picture(text: &str) -> bool {
        const LONGEST_OWNER: usize = 60;
        let end = floor(text, text.len().saturating_sub(LONGEST_OWNER));
        let Some(sign) = text[end..].rfind(['ⓒ', '©']).map(|sign| end + sign) else { return false };
        let (before, owner) = text.split_at(sign);
        let rights = ["copyright", "저작권", "rights"].iter().any(|word| text.to_lowercase().contains(word));
        !rights && before.split_ascii_whitespace().nth(2).is_some() && owner.split_ascii_whitespace().count() <= 4
    }

    pub(super) fn is_caption(text: &str, line: &Seen, finished: bool) -> bool {
        let early = text.find([':', '：', '=']).is_some_and(|at| at <= LATEST_COLON);
        let source = CAPTIONS.section(line.words, line.cut).is_some()
            && (early || !finished && (text.contains([':', '：', '=', '(', '[', ')']) || line.words.len() <= 8));
        if source || is_bracketed_caption(text) || is_credited(text) {
            return true;
        }
        let Some(("caption", length)) = label(text) else { return false };
        let rest = &text[length..];
        let next = rest.trim_start().chars().next();
        rest.starts_with(['.', ':', ')', '：'])
            || next.is_none()
            || rest.starts_with(' ') && !finished && next.is_some_and(|next| !next.is_lowercase())
    }
}
pub use labels::{is_bracketed_caption, is_label, is_lettered, is_source};
use labels::{is_caption, label};

/// Authors, offices, institutes and dates.
mod bylines {
    use super::*;

    /// A line that is a date or ends with one: "… 연구위원 · 2025. 12. 3.", "Policy Brief 12, June 2024". With a full stop
    /// only a date in figures counts, whose own it may be.
    pub(super) fn is_dated(text: &str, line: &Seen, finished: bool) -> bool {
        let words = line.words;
        date(words) == words.len() && !words.is_empty()
            || !finished && date(words) > 1 && words.len() <= date(words) + 4 && text.contains(" | ")
            || ends_with_date(words, finished) && (words.iter().any(|word| is_signing(word)) || words.len() <= 8)
    }

    pub(super) fn is_byline(text: &str, line: &Seen) -> bool {
        let words = line.words;
        BYLINES.section(line.words, line.cut) == Some("line")
            || words.len() <= 12 && (is_english_post(text, words) || is_korean_post(text, words))
    }

    /// Whether a line names a date, an office or an institute.
    pub(super) fn is_signed(words: &[&str]) -> bool {
        has_date(words) || words.iter().any(|word| is_signing(word))
    }

    /// "KOREA INSTITUTE FOR …", "… Institute", "한반도전략연구원": such a line over a title is none.
    pub(super) fn is_institute(text: &str, words: &[&str]) -> bool {
        const SMALL: &[&str] = &["of", "the", "for", "and", "on", "in", "&"];
        let house = |word: &str| ["institute", "center", "centre", "university", "academy", "foundation", "council"].contains(&word);
        let ends = |word: &str| ["연구원", "연구소", "연구센터", "연구회", "학회", "재단", "대학교"].iter().any(|end| word.ends_with(end));
        let named = text.split_whitespace().all(|word| !word.starts_with(|first: char| first.is_lowercase()) || SMALL.contains(&word));
        let plain = named && words.len() <= 9 && !text.contains([':', '?', ',']);
        let (first, last) = (words.first().copied().unwrap_or(""), words.last().copied().unwrap_or(""));
        let capitals = !text.contains(|letter: char| letter.is_lowercase()) && words.iter().any(|word| house(word));
        plain && (house(last) || house(first) && words.len() > 2 || capitals || ends(last) && words.len() <= 4)
    }

    fn is_signing(word: &str) -> bool {
        ROLES.has("role", word) || ROLES.has("institute", word) || is_post(word)
    }

    /// "Hong Gil-dong, Senior Research Fellow": an office set off by a comma or a bracket, or at the end, and no verb;
    /// a title may name an office too ("Minister accuses …").
    fn is_english_post(text: &str, words: &[&str]) -> bool {
        const SMALL: &[&str] = &["of", "the", "for", "and", "at", "in", "on", "to", "&"];
        let role = |word: &&str| ROLES.has("role", word);
        let named = text.split_whitespace().all(|word| !word.starts_with(|first: char| first.is_lowercase()) || SMALL.contains(&word));
        let apart = text.contains([',', '(', '|', '·']) || words.last().is_some_and(role);
        let office = words.first().is_some_and(role) && words.get(1).is_some_and(|second| *second == "of");
        words.iter().any(role) && named && (apart || office)
    }

    /// "홍길동 (한반도연구소 선임연구위원)": a post at the end of a line, or in a short one.
    fn is_korean_post(text: &str, words: &[&str]) -> bool {
        let post = |word: &&str| is_post(word);
        let last = words.last().is_some_and(post) && !text.ends_with(['?', '!']);
        last && words.len() <= 8 || words.len() <= 5 && text.contains(['(', ',', '|', '/', '·']) && words.iter().any(post)
    }

    /// Whether a Korean word ends like a post: "선임연구위원".
    fn is_post(word: &str) -> bool {
        word.starts_with(is_hangul) && word.char_indices().take(12).any(|(at, _)| ROLES.has("post", &word[at..]))
    }

    pub(super) fn is_name(text: &str) -> bool {
        const SMALL: &[&str] = &["In", "The", "A", "An", "On", "At", "Of", "For", "And", "What", "Why", "How"];
        let syllables = text.chars().filter(|&character| is_hangul(character)).count();
        if syllables > 0 {
            return (2..=4).contains(&syllables) && text.chars().all(|character| is_hangul(character) || character == ' ');
        }
        let capitalised = |word: &str| {
            let letters = word.chars().all(|character| character.is_alphabetic() || "-.'’,".contains(character));
            word.starts_with(char::is_uppercase) && letters && !SMALL.contains(&word)
        };
        (2..=4).contains(&text.split_whitespace().count()) && text.split_whitespace().all(capitalised)
    }
}
use bylines::{is_byline, is_dated, is_institute, is_name, is_signed};
