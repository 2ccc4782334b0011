//! Kinds: what a paragraph looks like by itself, and what it is among its neighbours.

use super::latin;
use super::marker::{Counter, Marker, Style, marker};
use super::pattern::{Line, Patterns, date};
use super::words::Words;
use crate::document::{Form, Kind};
use crate::text::is_hangul;
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
const LONGEST_HEADLINE: usize = 24;

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

/// A paragraph among its neighbours.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// What it looks like.
    pub look: Look,
    /// What the format says.
    pub form: Form,
    /// Words in it.
    pub words: usize,
    /// Whether it is one sentence without a full stop, and no longer than a headline.
    pub open: bool,
    /// Whether it reads like a name: two to four capitalised words, or two to four syllables.
    pub named: bool,
}

/// Whether a text is a label with its number: "Table 1", "Part II", "표 3".
pub fn is_label(text: &str) -> bool {
    label(text).is_some_and(|(_, length)| length == text.len())
}

/// Whether a letter after this word is its label.
pub fn is_lettered(word: &str) -> bool {
    LABELS.has("letter", word)
}

/// The section and the bytes of the label with which a text begins.
fn label(text: &str) -> Option<(&'static str, usize)> {
    let open = text.len() - text.trim_start_matches(['<', '[', '〈', '【', '(']).len();
    let word = text[open..].chars().take_while(|character| character.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let section = LABELS.section(&text[open..open + word])?;
    let rest = text[open + word..].trim_start_matches(['.', ' ']);
    let number = rest.bytes().take(8).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')).count();
    let number = rest[..number].trim_end_matches(['.', '-']);
    let counts = number.starts_with(|first: char| first.is_ascii_digit()) || latin::is_roman(number) || number.len() == 1;
    let spaced = rest.len() < text.len() - open - word || !number.is_empty() && is_hangul(text[open..].chars().next()?);
    (counts && spaced).then_some((section, text.len() - rest.len() + number.len()))
}

/// Endings of file and host names, after whose dot no sentence begins: "kida.re.kr", "annex.pdf".
pub fn is_name_ending(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ac", "ai", "app", "be", "biz", "br", "ca", "cc", "ch", "cn", "co", "com", "css", "csv", "de", "dev", "doc", "docx", "edu", "eu",
        "exe", "fr", "gov", "gif", "go", "html", "htm", "hwp", "hwpx", "id", "ie", "in", "info", "int", "io", "ir", "it", "jp", "jpeg",
        "jpg", "js", "json", "kp", "kr", "me", "mil", "mov", "mp", "mx", "net", "nl", "no", "nz", "odt", "or", "org", "pdf", "ph", "php",
        "pl", "png", "ppt", "pptx", "py", "re", "rs", "rtf", "ru", "se", "sg", "sh", "svg", "th", "tv", "tw", "txt", "ua", "uk", "us",
        "vn", "xls", "xlsx", "xml", "zip",
    ];
    ENDINGS.binary_search(&text.to_ascii_lowercase().as_str()).is_ok()
}

/// What a paragraph looks like; `sentences` is how many it was cut into.
pub fn look(text: &str, form: Form, sentences: usize) -> Paragraph {
    let words = if text.len() > 2_000 { 400 } else { text.split_whitespace().count() };
    let look = match form {
        Form::Heading(_) => Look::Heading,
        Form::Item | Form::Table => Look::Listed,
        Form::Verbatim => Look::Furniture,
        _ => look_of_line(text.trim(), sentences, words),
    };
    let open = sentences <= 1 && words <= LONGEST_HEADLINE && !is_finished(text.trim());
    Paragraph { look, form, words, open, named: words <= 4 && is_name(text.trim()) }
}

fn look_of_line(text: &str, sentences: usize, words: usize) -> Look {
    let finished = is_finished(text);
    let line = Line::new(&text[..floor(text, LONGEST_LINE)]);
    if line.is_empty()
        || date(line.words()) == 0 && line.words().iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'/'))
    {
        return Look::Rule;
    }
    if is_furniture(text, &line, words, finished) {
        return Look::Furniture;
    }
    if let Some(look) = special(text, &line, finished, words) {
        return look;
    }
    let short = !finished && sentences <= 1 && words <= LONGEST_HEADING && !is_statement(text, words);
    match marker(text) {
        Some(marker) => marked(text, marker, short),
        None if short && label(text).is_some_and(|(section, _)| section == "heading") => {
            Look::Numbered(Marker { style: Style::Named, number: 0, length: 0, depth: 1 })
        }
        None if short => Look::Short,
        None if sentences <= 1 && words <= LONGEST_HEADING && text.ends_with('?') => Look::Question,
        None => Look::Running,
    }
}

fn floor(text: &str, length: usize) -> usize {
    (0..=length.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Captions, notes, bylines and known headings.
fn special(text: &str, line: &Line, finished: bool, words: usize) -> Option<Look> {
    if is_caption(text, line, finished) {
        return Some(Look::Caption);
    }
    match NOTES.section(line) {
        Some("heading") if !finished => return Some(Look::NoteHeading),
        Some("line") => return Some(Look::Note),
        _ => {}
    }
    if is_reference(text) {
        return Some(Look::Note);
    }
    if words <= LONGEST_HEADING && is_byline(text, line, finished) {
        return Some(Look::Byline);
    }
    (!finished && HEADINGS.fit(line) && marker(text).is_none()).then_some(Look::Heading)
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

/// Whether a line ends like a sentence. A short line with a colon does not.
fn is_finished(text: &str) -> bool {
    let bare = without_note(text).trim_end_matches(|character: char| "\"'”’)]」』〉》】*_ ".contains(character));
    bare.ends_with(['.', '!', '?', '…', '。', ',', ';']) || bare.ends_with(':') && bare.split_whitespace().count() > 5
}

/// A line without the number of a footnote after its full stop.
fn without_note(text: &str) -> &str {
    let bare = text.trim_end_matches(|character: char| character.is_numeric() || "[])⁾¹²³†‡ ".contains(character));
    if bare.ends_with(['.', '”', '"', '’', ')', '다']) { bare } else { text }
}

/// A Korean statement without a full stop: official style ends in -함, -음, -임, -됨 or -다.
fn is_statement(text: &str, words: usize) -> bool {
    let mut ends = text.trim_end_matches(|character: char| !character.is_alphanumeric()).chars().rev();
    match (ends.next(), ends.next()) {
        (Some('다'), Some(before)) => words >= 3 && is_hangul(before) && !"바나마".contains(before),
        (Some('함' | '음' | '임' | '됨' | '요' | '까'), Some(before)) => words >= 5 && is_hangul(before),
        _ => false,
    }
}

fn is_furniture(text: &str, line: &Line, words: usize, finished: bool) -> bool {
    match FURNITURE.section(line) {
        Some("sentence") => true,
        Some(_) => !finished && words <= 12,
        None => !finished && is_trail(text, words),
    }
}

/// A bread-crumb trail: "Home > Publications > Briefs".
fn is_trail(text: &str, words: usize) -> bool {
    words <= 16 && [" > ", " » ", " › "].iter().any(|joint| text.contains(joint))
}

fn is_caption(text: &str, line: &Line, finished: bool) -> bool {
    if CAPTIONS.fit(line) && (text.contains([':', '：', '=', '(', '[', ')']) || !finished && line.words().len() <= 8) {
        return true;
    }
    let Some(("caption", length)) = label(text) else { return false };
    let rest = &text[length..];
    let next = rest.trim_start().chars().next();
    rest.starts_with(['.', ':', '>', ']', '〉', '】', ')', '：'])
        || next.is_none()
        || rest.starts_with(' ') && !finished && next.is_some_and(|next| !next.is_lowercase())
}

/// "[1] Kim …", "¹ Kim …".
fn is_reference(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    "¹²³⁴⁵⁶⁷⁸⁹†‡".contains(first)
        || first == '[' && (1..=3).contains(&digits) && text[digits + 1..].starts_with(']') && text.len() > digits + 4
}

fn is_byline(text: &str, line: &Line, finished: bool) -> bool {
    let words = line.words();
    if BYLINES.section(line) == Some("line") && !finished || date(words) == words.len() {
        return true;
    }
    !finished && words.len() <= 12 && (is_english_post(text, words) || is_korean_post(text, words))
}

/// "Hong Gil-dong, Senior Research Fellow": an office set off by a comma or a bracket, or at the end, and no verb;
/// a title may name an office too ("Minister accuses …").
fn is_english_post(text: &str, words: &[String]) -> bool {
    const SMALL: &[&str] = &["of", "the", "for", "and", "at", "in", "on", "to", "&"];
    let role = |word: &String| ROLES.has("role", word);
    let named = text.split_whitespace().all(|word| !word.starts_with(|first: char| first.is_lowercase()) || SMALL.contains(&word));
    let apart = text.contains([',', '(', '|']) || words.last().is_some_and(role);
    let office = words.first().is_some_and(role) && words.get(1).is_some_and(|second| second == "of");
    words.iter().any(role) && named && (apart || office)
}

/// "홍길동 (한반도연구소 선임연구위원)": a post at the end of a line, or in a short one.
fn is_korean_post(text: &str, words: &[String]) -> bool {
    let post = |word: &String| {
        let starts = word.char_indices().map(|(at, _)| &word[at..]);
        word.starts_with(is_hangul) && starts.take(8).any(|end| ROLES.has("post", end))
    };
    let last = words.last().is_some_and(post) && !text.ends_with(['?', '!']);
    last && words.len() <= 8 || words.len() <= 5 && text.contains(['(', ',', '|', '/']) && words.iter().any(post)
}

fn is_name(text: &str) -> bool {
    let syllables = text.chars().filter(|&character| is_hangul(character)).count();
    if syllables > 0 {
        return (2..=4).contains(&syllables) && text.chars().all(|character| is_hangul(character) || character == ' ');
    }
    let words = text.split_whitespace().count();
    (2..=4).contains(&words)
        && text.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().all(|character| character.is_alphabetic() || "-.'’,".contains(character))
        })
}

/// The kinds of all paragraphs.
pub fn kinds(paragraphs: &[Paragraph]) -> Vec<Kind> {
    let page = Page::of(paragraphs);
    (0..paragraphs.len()).map(|index| page.kind(index)).collect()
}

/// What the neighbours of a paragraph say.
struct Page<'a> {
    paragraphs: &'a [Paragraph],
    /// The first paragraph of running text.
    body: usize,
    /// The paragraph after the last of the body.
    foot: usize,
    title: Option<usize>,
    /// From here everything is notes.
    notes: usize,
    /// The furniture with which the foot of the page begins: hardly any running text comes after it.
    lower_furniture: usize,
}

impl Page<'_> {
    fn of(paragraphs: &[Paragraph]) -> Page<'_> {
        let is_body = |paragraph: &Paragraph| {
            matches!(paragraph.look, Look::Running | Look::Listed) || matches!(paragraph.look, Look::Item(_)) && paragraph.words > 3
        };
        let body = paragraphs.iter().position(is_body).unwrap_or(paragraphs.len());
        let foot = paragraphs.iter().rposition(is_body).map_or(paragraphs.len(), |last| last + 1);
        let title = title(paragraphs, body);
        let after_title = || paragraphs[body + 1..].iter().position(is_body).map_or(paragraphs.len(), |next| body + 1 + next);
        let body = if title == Some(body) { after_title() } else { body };
        Page { paragraphs, body, foot, title, notes: notes(paragraphs), lower_furniture: lower_furniture(paragraphs, body) }
    }

    fn kind(&self, index: usize) -> Kind {
        let paragraph = self.paragraphs[index];
        if self.title == Some(index) || self.is_subtitle(index) {
            return Kind::Title;
        }
        if index > self.notes && !matches!(paragraph.look, Look::Furniture | Look::Rule | Look::Heading) {
            return Kind::Note;
        }
        match paragraph.look {
            Look::Furniture | Look::Rule => Kind::Furniture,
            Look::Caption => Kind::Caption,
            Look::Note => Kind::Note,
            Look::Starred if self.has_twin(index) => Kind::Item,
            Look::Starred => Kind::Note,
            Look::NoteHeading | Look::Heading => Kind::Heading,
            Look::Listed => Kind::Item,
            Look::Byline if index < self.body || index >= self.foot => Kind::Byline,
            Look::Byline | Look::Short | Look::Dashed => self.kind_of_short(index),
            Look::Numbered(marker) | Look::Item(marker) if self.is_initial(index, marker) => Kind::Sentence,
            Look::Numbered(marker) if self.is_listed(index, marker) || index + 1 == self.paragraphs.len() => Kind::Item,
            Look::Numbered(_) => Kind::Heading,
            Look::Item(_) => Kind::Item,
            Look::Question if index > self.lower_furniture => Kind::Furniture,
            Look::Question | Look::Running => Kind::Sentence,
        }
    }

    fn look(&self, index: usize) -> Option<Look> {
        self.paragraphs.get(index).map(|paragraph| paragraph.look)
    }

    /// "- 부제 -" after the title.
    fn is_subtitle(&self, index: usize) -> bool {
        self.title.is_some_and(|title| title + 1 == index) && self.paragraphs[index].look == Look::Dashed
    }

    /// Whether a neighbour begins with the same sign.
    fn has_twin(&self, index: usize) -> bool {
        let same = |other: Option<Look>| match (self.paragraphs[index].look, other) {
            (Look::Item(this), Some(Look::Item(other))) => this.style == other.style,
            (this, other) => Some(this) == other,
        };
        same(self.look(index + 1)) || index > 0 && same(self.look(index - 1))
    }

    /// Whether a numbered line is one of a list: the next or the last number stands directly beside it.
    fn is_listed(&self, index: usize, marker: Marker) -> bool {
        let follows = |other: Option<Look>, step: i64| match other {
            Some(Look::Numbered(other) | Look::Item(other)) => {
                other.style == marker.style && other.depth == marker.depth && i64::from(other.number) - i64::from(marker.number) == step
            }
            _ => false,
        };
        follows(self.look(index + 1), 1) || index > 0 && follows(self.look(index - 1), -1)
    }

    /// "J. Kim said": a capital that no list leads up to.
    fn is_initial(&self, index: usize, marker: Marker) -> bool {
        let letter = marker.style == Style::Numbered { counter: Counter::Letter, close: '.' };
        letter && marker.number > 1 && !self.is_listed(index, marker)
    }

    /// A short line: a heading before running text, a label beside furniture, a cell among its like.
    fn kind_of_short(&self, index: usize) -> Kind {
        if self.body == self.paragraphs.len() {
            return Kind::Sentence;
        }
        if index < self.body {
            return self.kind_at_head(index);
        }
        let opens =
            index > self.lower_furniture && self.look(index - 1) == Some(Look::Running) && self.look(index + 1) == Some(Look::Running);
        if index >= self.foot || index > self.lower_furniture && !opens {
            return self.kind_at_foot(index);
        }
        let captioned = self.look(index - 1) == Some(Look::Caption) && self.look(index + 1) == Some(Look::Short);
        if captioned || self.is_cell(index) { Kind::Item } else { Kind::Heading }
    }

    fn kind_at_head(&self, index: usize) -> Kind {
        let before = self.title.is_some_and(|title| index < title);
        let beside = |look: Look| self.look(index + 1) == Some(look) || index > 0 && self.look(index - 1) == Some(look);
        if self.paragraphs[index].named && beside(Look::Byline) || self.is_author(index) {
            return Kind::Byline;
        }
        let label = self.paragraphs[index].words <= 5 && (before || beside(Look::Furniture) && index + 1 < self.body);
        if label { Kind::Furniture } else { Kind::Heading }
    }

    /// A name directly after the title, with more of the head to come.
    fn is_author(&self, index: usize) -> bool {
        self.title.is_some_and(|title| title + 1 == index) && self.paragraphs[index].named
    }

    fn kind_at_foot(&self, index: usize) -> Kind {
        match self.paragraphs[index].words {
            _ if index > self.lower_furniture => Kind::Furniture,
            0..=4 => Kind::Furniture,
            _ => Kind::Sentence,
        }
    }

    /// One of three short lines or more in a row, and not the last before running text.
    fn is_cell(&self, index: usize) -> bool {
        let is_short = |index: usize| self.look(index) == Some(Look::Short);
        let before = (index.saturating_sub(2)..index).rev().take_while(|&other| is_short(other)).count();
        let after = (index + 1..index + 3).take_while(|&other| is_short(other)).count();
        before + after >= 2 && after > 0
    }
}

/// The first furniture of the body after which there is no more than a tenth of its words.
fn lower_furniture(paragraphs: &[Paragraph], body: usize) -> usize {
    let running =
        |paragraph: &Paragraph| if matches!(paragraph.look, Look::Running | Look::Item(_) | Look::Listed) { paragraph.words } else { 0 };
    let total: usize = paragraphs.iter().map(running).sum();
    let mut left = total;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        left -= running(paragraph);
        if paragraph.look == Look::Furniture && index > body && left * 10 <= total {
            return index;
        }
    }
    paragraphs.len()
}

/// Where the notes begin: the heading over them, with no other heading after it.
fn notes(paragraphs: &[Paragraph]) -> usize {
    let last = paragraphs.iter().rposition(|paragraph| matches!(paragraph.look, Look::NoteHeading | Look::Heading | Look::Numbered(_)));
    last.filter(|&last| paragraphs[last].look == Look::NoteHeading).unwrap_or(paragraphs.len())
}

/// The title: the first heading of the format, or of the short lines before the body the first with some length.
fn title(paragraphs: &[Paragraph], body: usize) -> Option<usize> {
    let first = paragraphs.iter().position(|paragraph| matches!(paragraph.form, Form::Heading(_)));
    if let Some(first) = first {
        return (paragraphs[first].form == Form::Heading(1)).then_some(first);
    }
    if body == paragraphs.len() {
        return None;
    }
    let could = |paragraph: &Paragraph| matches!(paragraph.look, Look::Short | Look::Question);
    let head = &paragraphs[..body];
    let long = head.iter().position(|paragraph| could(paragraph) && paragraph.words >= 4);
    long.or_else(|| head.iter().position(could)).or_else(|| headline(paragraphs, body))
}

/// A first paragraph that is a sentence without a full stop, as headlines are, where the next has one.
fn headline(paragraphs: &[Paragraph], body: usize) -> Option<usize> {
    let is_running = |paragraph: &&Paragraph| paragraph.look == Look::Running;
    let next = paragraphs[body + 1..].iter().find(is_running)?;
    (paragraphs[body].look == Look::Running && paragraphs[body].open && !next.open).then_some(body)
}
