//! Terms in Korean text: under particles, in compounds, spaced or not, but never inside another word.

use super::trie::{Head, Node};
use super::{COUNTRY, FIRST, Forms, MARK, Matcher, Occurrence, SECOND, What, squeezed};
use crate::glossary::compound::{is_tail, is_word_character, reads_as_bare_words, reads_as_words};
use crate::glossary::{Case, Status, Term, countries, lexicon};
use crate::text::{Language, Span, is_hangul};
use crate::word::korean::{follows_noun, is_particle};

/// The forms under which a term is looked for: Korean ones, and acronyms, which Korean text uses as they are.
pub fn keys(term: &Term) -> Vec<String> {
    let looked_for = term.language == Language::Korean || term.status <= Status::Admitted && is_acronym(&term.text);
    if looked_for { vec![squeezed(&term.text, is_mark)] } else { Vec::new() }
}

/// Three capitals or more; of two letters there are too many.
fn is_acronym(term: &str) -> bool {
    term.len() >= 3
        && term.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && term.as_bytes()[0].is_ascii_uppercase()
}

/// The head of a form: its first two letters, or the only one.
pub fn head(form: &[char]) -> Option<(usize, Head)> {
    match *form {
        [first, second, ..] => Some((2, head_of(first.into(), second.into()))),
        [only] => Some((1, head_of(only.into(), 0))),
        [] => None,
    }
}

fn head_of(first: u32, second: u32) -> Head {
    Head::from(first) << 32 | Head::from(second)
}

/// Marks that Korean spelling puts or leaves out inside a term.
fn is_mark(character: char) -> bool {
    matches!(character, ' ' | '·' | 'ㆍ' | '‧' | '•' | '∙' | '・' | '․' | '-' | '–' | '‐' | '‑')
}

/// Candidates that stand as words; they may overlap.
pub fn find(matcher: &Matcher, text: &str) -> Vec<Occurrence> {
    let mut search = Search { matcher, forms: matcher.korean(), text, found: Vec::with_capacity(8), doubtful: Vec::new() };
    search.run();
    search.judge();
    search.found
}

/// A letter of the text and where it stands.
#[derive(Clone, Copy)]
struct Letter {
    /// Its number in Unicode, of a capital of ASCII that of the small letter.
    code: u32,
    start: usize,
}

/// What is known behind a character that was passed by.
struct Passed {
    end: usize,
    /// The letter before what comes next.
    letter: Option<Letter>,
    /// Whether a word begins with what comes next.
    begins_word: bool,
}

impl Letter {
    fn new(code: u32, start: usize) -> Letter {
        Letter { code, start }
    }

    /// The byte behind it.
    fn end(self) -> usize {
        self.start + char::from_u32(self.code).map_or(1, char::len_utf8)
    }
}

/// The search in one text.
struct Search<'a> {
    matcher: &'a Matcher,
    forms: &'a Forms,
    text: &'a str,
    found: Vec<Occurrence>,
    /// Candidates to be judged by the words around them, each with its form.
    doubtful: Vec<(u32, Place<'a>)>,
}

impl<'a> Search<'a> {
    /// Looks at every two letters in a row; where they may begin a term, what goes on from there is read. All that is kept of
    /// a letter is what may follow it: where its word begins is looked up where it matters.
    fn run(&mut self) {
        let (forms, bytes) = (self.forms, self.text.as_bytes());
        let (letters, trie) = (&forms.letters.0, &forms.trie);
        let mut at = 0;
        let (mut before, mut before_at) = (0, 0);
        // What is worth a look in the next letter.
        let mut watched = COUNTRY;
        while let Some((code, length)) = plain_letter(bytes, at).or_else(|| plain_end(bytes, at)) {
            if code == SPACE {
                at += 1;
                watched = (watched & SECOND) | COUNTRY;
                continue;
            }
            if length == 0 {
                let first = (watched & SECOND != 0).then(|| Letter::new(before, before_at));
                let passed = self.pass(at, first);
                watched = if passed.begins_word { COUNTRY } else { 0 };
                if let Some(letter) = passed.letter {
                    (before, before_at, watched) = (letter.code, letter.start, watched | SECOND);
                }
                at = passed.end;
                continue;
            }
            let kind = letters[code as usize];
            let code = if length == 1 { small(code) } else { code };
            if kind & watched & SECOND != 0 && trie.may_enter(head_of(before, code)) {
                self.look(Letter::new(before, before_at), Letter::new(code, at));
            }
            if kind & watched & COUNTRY != 0 || forms.has_single {
                self.look_alone(Letter::new(code, at));
            }
            (before, before_at) = (code, at);
            watched = ((kind & FIRST) * SECOND) | ((kind & MARK) / MARK * COUNTRY);
            at += length;
        }
    }

    /// Passes by a character that is neither a Hangul syllable nor ASCII, or a hyphen.
    fn pass(&mut self, at: usize, before: Option<Letter>) -> Passed {
        let Some(character) = character_at(self.text, at) else {
            return Passed { end: self.text.len(), letter: None, begins_word: true };
        };
        let end = at + character.len_utf8();
        if is_mark(character) {
            // A member of several syllables shows by the mark behind it: 러시아·북.
            let word = word_start(self.text, at);
            if countries::may_be_member(&self.text[word..at]) {
                self.found.extend(group(self.text, word));
            }
            return Passed { end, letter: before, begins_word: true };
        }
        let letter = Letter::new(u32::from(character), at);
        if let Some(before) = before {
            self.look(before, letter);
        }
        self.look_alone(letter);
        Passed { end, letter: Some(letter), begins_word: !is_word_character(character) }
    }

    /// Looks at two letters in a row.
    fn look(&mut self, first: Letter, second: Letter) {
        let Some(node) = self.forms.trie.enters(head_of(first.code, second.code)) else { return };
        let word = word_start(self.text, first.start);
        if self.opens(first, word) {
            self.read(first, word, second.end(), node);
        }
    }

    /// Looks at a letter that may be a term or begin a group of countries.
    fn look_alone(&mut self, letter: Letter) {
        let word = word_start(self.text, letter.start);
        if letter.start == word && countries::begins_run(self.text, letter.start) {
            self.found.extend(group(self.text, letter.start));
        }
        let Forms { trie, has_single: true, .. } = self.forms else { return };
        let form = trie.enters(head_of(letter.code, 0)).and_then(|node| trie.form(node));
        if let Some(form) = form.filter(|_| self.opens(letter, word)) {
            self.weigh(form, Place { text: self.text, span: Span::new(letter.start, letter.end()), word });
        }
    }

    /// The cheap tests for what stands before: a word begins here, or Hangul or a digit stands before, and no syllable is cut
    /// off the end of a word.
    fn opens(&self, letter: Letter, word: usize) -> bool {
        let before = &self.text[word..letter.start];
        let is_inside_latin = || {
            u8::try_from(letter.code).is_ok_and(|byte| byte.is_ascii_alphanumeric())
                && before.ends_with(|last: char| last.is_ascii_alphanumeric())
        };
        let is_cut_off = || self.text[letter.end()..].starts_with(' ');
        before.is_empty() || !is_inside_latin() && !is_cut_off() && opens_cheaply(before)
    }

    /// Adds the terms that begin with a letter; what is read of them leads to a node.
    fn read(&mut self, letter: Letter, word: usize, end: usize, node: Node) {
        let trie = &self.forms.trie;
        let (mut end, mut node) = (end, node);
        loop {
            if let Some(form) = trie.form(node) {
                self.weigh(form, Place { text: self.text, span: Span::new(letter.start, end), word });
            }
            while let Some(mark) = character_at(self.text, end).filter(|&character| is_mark(character)) {
                end += mark.len_utf8();
            }
            let Some(character) = character_at(self.text, end) else { return };
            let Some(next) = trie.next(node, character.to_ascii_lowercase()) else { return };
            (node, end) = (next, end + character.len_utf8());
        }
    }

    fn weigh(&mut self, form: u32, place: Place<'a>) {
        if place.is_bare() {
            self.found.extend(self.term(form, &place));
        } else if place.may_be_whole() {
            self.doubtful.push((form, place));
        }
    }

    /// Adds the doubtful candidates that stand: to look at the word around one is dear, so those that a longer sure one beats
    /// anyway are left.
    fn judge(&mut self) {
        if self.doubtful.is_empty() {
            return;
        }
        let is_term = |occurrence: &&Occurrence| matches!(occurrence.what, What::Term { .. });
        let mut sure: Vec<Span> = self.found.iter().filter(is_term).map(|term| term.span).collect();
        sure.sort_by_key(|span| span.end);
        for (form, place) in std::mem::take(&mut self.doubtful) {
            let first = sure.partition_point(|sure| sure.end <= place.span.start);
            let mut near = sure[first..].iter().take_while(|sure| sure.end <= place.span.end + LONGEST_TERM);
            let beaten = near.any(|sure| sure.overlaps(place.span) && sure.len() > place.span.len());
            if !beaten && place.stands() {
                self.found.extend(self.term(form, &place));
            }
        }
    }

    /// The term of this form that stands at a place, of the weightiest concept that has one.
    fn term(&self, form: u32, place: &Place) -> Option<Occurrence> {
        let (terms, kind) = (&self.forms.terms[form as usize], self.forms.kinds[form as usize]);
        if kind.is_plain && kind.length as usize == place.span.len() {
            let what = terms.first().map(|&(concept, term)| What::Term { concept_index: concept as usize, term_index: term as usize });
            return what.map(|what| Occurrence { span: place.span, what });
        }
        let mut terms = terms.iter().rev().map(|&(concept, term)| (concept as usize, term as usize));
        let (concept_index, term_index) = terms.find(|&(concept, term)| {
            let concept = &self.matcher.concepts[concept];
            let term = &concept.terms[term].text;
            place.is_case(term, concept.case) && place.is_whole(term) && !place.is_apart(&concept.apart)
        })?;
        Some(Occurrence { span: place.span, what: What::Term { concept_index, term_index } })
    }
}

/// Bytes of a word that are looked at before a term and behind it, so that hostile text costs linear time.
const LONGEST_WORD: usize = 120;

/// Where the word begins that goes on at a byte; of an endless one the last part.
fn word_start(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = end;
    while at > 0 && end - at < LONGEST_WORD {
        let length = match bytes[at - 1] {
            byte if byte < 0x80 => usize::from(byte.is_ascii_alphanumeric()),
            _ => text[..at].chars().next_back().filter(|&character| is_word_character(character)).map_or(0, char::len_utf8),
        };
        if length == 0 {
            break;
        }
        at -= length;
    }
    at
}

const SPACE: u32 = b' ' as u32;

/// A capital of ASCII as the small letter.
fn small(code: u32) -> u32 {
    if code.wrapping_sub(u32::from(b'A')) < 26 { code | 0x20 } else { code }
}

/// The letter at a byte and its length, if it is ASCII or a Hangul syllable: most are, and four bytes read at once tell it.
/// Of length 0 what is neither, and the hyphen; none near the end of the text.
#[inline]
fn plain_letter(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let four = u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    if four & 0x80 == 0 {
        let code = four & 0x7F;
        return Some((code, usize::from(code != u32::from(b'-'))));
    }
    let code = (four & 0xF) << 12 | (four >> 2) & 0xFC0 | (four >> 16) & 0x3F;
    let is_hangul = four & 0xF0 == 0xE0 && code.wrapping_sub(0xAC00) < 11_172;
    Some((code, if is_hangul { 3 } else { 0 }))
}

/// The same near the end of the text; none at its end.
fn plain_end(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let mut four = [0; 4];
    let left = bytes.get(at..).filter(|left| !left.is_empty())?;
    four[..left.len()].copy_from_slice(left);
    plain_letter(&four, 0)
}

/// Bytes of the longest terms looked for among those that may beat another; a longer one beats later.
const LONGEST_TERM: usize = 120;

/// The character at a byte of a text. Most are Hangul, of three bytes, and need no more than their bits put together.
#[inline]
fn character_at(text: &str, at: usize) -> Option<char> {
    match *text.as_bytes().get(at..)? {
        [first, ..] if first < 0x80 => Some(char::from(first)),
        [first, second, third, ..] if first & 0xF0 == 0xE0 => {
            char::from_u32(u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => text[at..].chars().next(),
    }
}

fn group(text: &str, start: usize) -> Option<Occurrence> {
    let group = countries::group_at(text, start)?;
    Some(Occurrence { span: group.span, what: What::Countries(group.countries()) })
}

/// A place in a text where the letters of a term stand.
struct Place<'a> {
    text: &'a str,
    span: Span,
    /// The byte at which the word begins that the term begins in.
    word: usize,
}

/// Syllables that go before a noun without making another word of it: 대정부, 신정부, 반정부.
const PREFIXES: &[char] = &[
    '대', '신', '구', '반', '친', '탈', '범', '비', '재', '초', '전', '현', '미', '중', '일', '북', '한', '러', '양', '총', '주', '제',
    '준', '고', '저', '핵', '군', '각', '본', '타', '동', '서', '남', '옛', '역', '무', '불', '몰', '유', '韓', '美', '中', '日', '北',
    '新', '對',
];

impl Place<'_> {
    /// What stands before in the same word.
    fn before(&self) -> &str {
        &self.text[self.word..self.span.start]
    }

    /// What follows in the same word.
    fn after(&self) -> &str {
        let rest = &self.text[self.span.end..];
        let mut ends = rest.char_indices().filter(|&(at, character)| !is_word_character(character) || at > LONGEST_WORD);
        &rest[..ends.next().map_or(rest.len(), |(at, _)| at)]
    }

    fn starts_word(&self) -> bool {
        self.word == self.span.start
    }

    /// Whether gaps in the term fall where spelling allows them: where the term has them itself, or so that no syllable is
    /// cut off at the end or in the middle of a short term.
    fn is_whole(&self, term: &str) -> bool {
        let written = self.span.of(self.text);
        if written == term || !written.contains(is_mark) {
            return true;
        }
        let lengths = || written.split(is_mark).filter(|piece| !piece.is_empty()).map(|piece| piece.chars().count());
        let total: usize = lengths().sum();
        let single = lengths().skip(1).any(|length| length == 1) && !written.chars().any(|character| character.is_ascii_alphanumeric());
        total >= 3 && (!written.contains(' ') || !single || total >= 6)
    }

    /// The cheap test for gaps: two syllables are never written apart, and what begins inside a word is not cut behind one.
    fn may_be_whole(&self) -> bool {
        let written = self.span.of(self.text);
        let Some(gap) = written.find(' ') else { return true };
        let first_alone = written[..gap].chars().nth(1).is_none();
        !first_alone || self.starts_word() && written.chars().nth(3).is_some()
    }

    /// Acronyms must be written as such, and everything where the concept says so.
    fn is_case(&self, term: &str, case: Case) -> bool {
        let has_latin = term.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !has_latin || case == Case::Usual && term.bytes().any(|byte| byte.is_ascii_lowercase()) {
            return true;
        }
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        letters(self.span.of(self.text)) == letters(term)
    }

    /// Whether one of these other words holds it here.
    fn is_apart(&self, words: &[String]) -> bool {
        words.iter().any(|word| {
            let written = self.span.of(self.text);
            let from_here = |at: usize| {
                let start = self.span.start.checked_sub(at)?;
                self.text.get(start..)?.starts_with(word.as_str()).then_some(())
            };
            word.match_indices(written).any(|(at, _)| from_here(at).is_some())
        })
    }

    /// Whether it is a word by itself, with particles at most.
    fn is_bare(&self) -> bool {
        self.starts_word() && is_tail(self.after())
    }

    /// Whether the letters before and after it in its word let it be a word of its own.
    fn stands(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        !self.is_ending(before, after) && opens(before) && self.closes(after) && !self.is_cut(before, after)
    }

    fn closes(&self, after: &str) -> bool {
        let Some(first) = after.chars().next() else { return true };
        !is_hangul(first) && !self.span.of(self.text).ends_with(|last: char| last.is_ascii_alphanumeric())
            || is_tail(after)
            || LIGHT.contains(&first) && follows_noun(after)
            || SUFFIXES.iter().any(|suffix| after.strip_prefix(suffix).is_some_and(is_tail))
            || !makes_another(after) && reads_as_words(after)
    }

    /// Whether it is nothing but an ending of the word before it: 문자여야 is not 문자 and 여야.
    fn is_ending(&self, before: &str, after: &str) -> bool {
        !before.is_empty() && is_tail(&self.text[self.span.start..self.span.end + after.len()])
    }

    /// Whether a word of the lexicon holds a part of the term and a part of what is beside it, or makes another word of it
    /// by a syllable: 국회의원 for 회의, 동맹국 for 동맹.
    fn is_cut(&self, before: &str, after: &str) -> bool {
        let (start, end) = (self.span.start - before.len(), self.span.end + after.len());
        let word = &self.text[start..end];
        let (first, last) = (before.len(), self.span.end - start);
        lexicon::may_cut(word, Span::new(first, last))
            && lexicon::find(word).into_iter().filter(|hit| hit.quality == 1.0 && hit.end <= word.len()).any(|hit| {
                let crosses_start = hit.start < first && first < hit.end && hit.end < last && !is_relation(before);
                let crosses_end = first < hit.start && hit.start < last && last < hit.end;
                let holds = hit.start <= first && last <= hit.end && hit.end - hit.start > last - first;
                crosses_start || crosses_end || holds && !is_made_of(&word[hit.start..first], &word[last..hit.end])
            })
    }
}

/// Whether a longer word of the lexicon is the term and words of their own beside it.
fn is_made_of(before: &str, after: &str) -> bool {
    (before.is_empty() || opens(before)) && (after.is_empty() || SUFFIXES.contains(&after) || reads_as_bare_words(after))
}

/// A syllable that makes another word of a noun, with a particle behind it: 통일성과 is not 통일 and 성과.
fn makes_another(after: &str) -> bool {
    let mut characters = after.chars();
    let first = characters.next();
    matches!(first, Some('성' | '관' | '국' | '자' | '률' | '력' | '법' | '원')) && is_particle(characters.as_str())
}

/// First syllables of light verbs, of the copula's kin, and of suffixes that make an adjective or a verb of a noun.
const LIGHT: &[char] = &[
    '하', '한', '할', '함', '합', '해', '했', '되', '된', '될', '됨', '됩', '돼', '됐', '시', '받', '당', '드', '있', '없', '적', '화',
    '답', '스',
];

/// Syllables behind a noun that say of what, of whom, from where: 미국산, 유엔군, 총리실. Not 동맹국, 조약돌.
const SUFFIXES: &[&str] = &[
    "산", "제", "계", "측", "발", "행", "인", "군", "령", "실", "법", "안", "급", "직", "단", "들", "식", "형", "판", "권", "상", "내",
    "외", "간",
];

/// Whether it is worth asking whether these letters can stand before a noun.
fn opens_cheaply(before: &str) -> bool {
    let mut characters = before.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => PREFIXES.contains(&only) || !is_hangul(only),
        _ => true,
    }
}

/// Whether these letters can stand before a noun in a compound.
fn opens(before: &str) -> bool {
    let mut characters = before.chars();
    match (characters.next(), characters.next()) {
        (None, _) => true,
        (Some(only), None) => PREFIXES.contains(&only) || !is_hangul(only),
        _ => {
            !before.chars().any(is_hangul)
                || is_relation(before)
                || ends_in_counter(before)
                || reads_as_bare_words(before)
                || countries::read(before).is_some()
        }
    }
}

/// 주미, 방중, 친러: a country in relation to us.
fn is_relation(before: &str) -> bool {
    let characters: Vec<char> = before.chars().collect();
    let [relation, country] = characters[..] else { return false };
    matches!(relation, '대' | '주' | '방' | '친' | '반' | '탈' | '재') && countries::Country::of_syllable(country).is_some()
}

/// 제2차, 11월, 3대: digits with their counter.
fn ends_in_counter(before: &str) -> bool {
    let counter: String = before.chars().rev().take_while(|character| is_hangul(*character)).collect();
    let rest = &before[..before.len() - counter.len()];
    counter.chars().count() <= 2 && rest.ends_with(|character: char| character.is_ascii_digit())
}
