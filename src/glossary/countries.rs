//! Countries in both languages, and groups of them read by their syllables: 한미, 북중러, 韓美, 한·인도, DPRK-Russia.

use super::Status;
use super::compound::{is_tail, is_word_character, reads_as_words};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A country, territory or union of countries of glossary/countries.tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

/// What is known of a country. The first name of each list is the house's.
#[derive(Debug)]
pub struct Names {
    /// ISO 3166-1 code; "XK" for Kosovo, "SU" for the Soviet Union, "EU" and "ASEAN" for the unions.
    pub code: &'static str,
    /// Korean names.
    pub korean: Vec<&'static str>,
    /// English names, without article.
    pub english: Vec<&'static str>,
    /// The short English form of the house style (ROK, DPRK, U.S.), where there is one.
    pub short: Option<&'static str>,
    /// English adjectives and names of nationals, in the singular, and combining forms (Sino, Franco).
    pub adjectives: Vec<&'static str>,
    /// Korean names of the seat of government, which may stand for the government.
    pub korean_capitals: Vec<&'static str>,
    /// English names of the seat of government.
    pub english_capitals: Vec<&'static str>,
    /// Syllables and Chinese characters that stand for it in groups, the usual one first.
    pub syllables: Vec<char>,
}

impl Country {
    /// All of them, by code.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..TABLE.rows.len()).map(|index| Country(index as u16))
    }

    /// The country of a code such as "KP".
    pub fn of_code(code: &str) -> Option<Country> {
        TABLE.rows.binary_search_by_key(&code, |row| row.code).ok().map(|index| Country(index as u16))
    }

    /// The country a syllable or Chinese character stands for in a group (한, 북, 美).
    pub fn of_syllable(syllable: char) -> Option<Country> {
        TABLE.syllables.get(&syllable).copied()
    }

    /// The country with this Korean name, spelled as in the table or without its spaces.
    pub fn of_korean(name: &str) -> Option<Country> {
        TABLE.korean.get(name).copied()
    }

    /// The country with this English name, short form or adjective, in any case; "US" is "U.S.".
    pub fn of_english(name: &str) -> Option<Country> {
        TABLE.english.get(english_key(name).as_str()).copied()
    }

    /// Its names.
    pub fn names(self) -> &'static Names {
        &TABLE.rows[usize::from(self.0)]
    }
}

/// Countries named in one breath (한미일, DPRK-Russia), in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The bytes of the group: particles and what it is joined to are not part of it.
    pub span: Span,
    /// Each country with its own bytes.
    pub members: Vec<(Country, Span)>,
}

impl Group {
    /// The countries alone.
    pub fn countries(&self) -> Vec<Country> {
        self.members.iter().map(|&(country, _)| country).collect()
    }
}

struct Table {
    rows: Vec<Names>,
    syllables: FxHashMap<char, Country>,
    korean: FxHashMap<String, Country>,
    english: FxHashMap<String, Country>,
    /// Korean names by their first character, the longest first.
    by_first: FxHashMap<char, Vec<(String, Country)>>,
    /// Characters of the longest Korean name.
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows: Vec<Names> = include_str!("../../glossary/countries.tsv").lines().skip(1).map(row).collect();
    let mut table = Table {
        rows: Vec::new(),
        syllables: FxHashMap::default(),
        korean: FxHashMap::default(),
        english: FxHashMap::default(),
        by_first: FxHashMap::default(),
        longest: 0,
    };
    for (index, row) in rows.iter().enumerate() {
        table.add(Country(index as u16), row);
    }
    table.index();
    table.rows = rows;
    table
});

fn row(line: &'static str) -> Names {
    let mut fields = line.split('\t');
    let mut list = || fields.next().unwrap_or("").split("; ").filter(|field| !field.is_empty()).collect::<Vec<_>>();
    Names {
        code: list().first().copied().unwrap_or(""),
        korean: list(),
        english: list(),
        short: list().first().copied(),
        adjectives: list(),
        korean_capitals: list(),
        english_capitals: list(),
        syllables: list().iter().flat_map(|syllables| syllables.chars()).filter(|character| *character != ' ').collect(),
    }
}

impl Table {
    fn index(&mut self) {
        for (name, &country) in &self.korean {
            let first = name.chars().next().unwrap_or(' ');
            self.by_first.entry(first).or_default().push((name.clone(), country));
        }
        for names in self.by_first.values_mut() {
            names.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then_with(|| one.0.cmp(&other.0)));
        }
    }

    /// Enters the names of one country; where two share a name the first one keeps it.
    fn add(&mut self, country: Country, row: &Names) {
        for &syllable in &row.syllables {
            self.syllables.entry(syllable).or_insert(country);
        }
        for name in &row.korean {
            self.longest = self.longest.max(name.chars().count());
            self.korean.entry(name.to_string()).or_insert(country);
            self.korean.entry(name.replace(' ', "")).or_insert(country);
        }
        for name in row.english.iter().chain(&row.short).chain(&row.adjectives) {
            self.english.entry(english_key(name)).or_insert(country);
        }
    }
}

/// Lower case without points, so that "U.S.", "US" and "u.s." are one.
fn english_key(name: &str) -> String {
    name.chars().filter(|&character| character != '.').flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The words that tell groups from ordinary words.
struct Words {
    free: FxHashSet<char>,
    sure: FxHashSet<&'static str>,
    doubtful: FxHashSet<&'static str>,
    apart: Vec<&'static str>,
    relation: Vec<&'static str>,
    region: Vec<&'static str>,
    tail: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../glossary/country-groups.txt");
    let section = |name: &str| {
        let lines = text.lines().skip_while(move |line| *line != name).skip(1).take_while(|line| !line.starts_with('['));
        lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect::<Vec<&'static str>>()
    };
    Words {
        free: section("[free]").iter().flat_map(|word| word.chars()).collect(),
        sure: section("[sure]").into_iter().collect(),
        doubtful: section("[doubtful]").into_iter().collect(),
        apart: section("[apart]"),
        relation: section("[relation]"),
        region: section("[region]"),
        tail: section("[tail]"),
    }
});

/// Every group of countries in a folded Korean text, in text order.
pub fn groups(text: &str) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let bytes = text.as_bytes();
    let (mut word, mut at) = (0, 0);
    let mut fresh = true;
    while at < bytes.len() {
        if fresh {
            word = at;
            if begins_run(text, at) {
                found.extend(later(&found, word).then(|| group_at(text, word)).flatten());
            }
            fresh = false;
        }
        let character = match bytes[at] {
            0x80..=0xBF | 0xE4..=0xEC | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                at += 1;
                continue;
            }
            _ => text[at..].chars().next().unwrap_or(' '),
        };
        if !is_word_character(character) {
            // A name of several syllables shows as a member by the mark behind it: 러시아·북.
            if is_mark(character) && may_be_member(&text[word..at]) {
                found.extend(later(&found, word).then(|| group_at(text, word)).flatten());
            }
            fresh = true;
        }
        at += character.len_utf8();
    }
    found
}

/// Whether a word lies behind everything found.
fn later(found: &[Group], word: usize) -> bool {
    found.last().is_none_or(|group| group.span.end <= word)
}

/// Whether the word at a byte begins with two countries: a syllable, and a syllable or a union.
pub fn begins_run(text: &str, at: usize) -> bool {
    let mut characters = text[at..].chars();
    let (first, second) = (characters.next(), characters.next());
    first.is_some_and(may_be_syllable) && second.is_some_and(|second| may_be_syllable(second) || matches!(second, 'E' | 'A' | '아'))
}

/// Whether a character stands for a country in groups; a table instead of a hash for the many that do not.
pub fn may_be_syllable(character: char) -> bool {
    match (character as u32).checked_sub(0xAC00) {
        Some(index) if index < 11_172 => SYLLABLES[index as usize],
        _ => character >= '\u{4E00}' && Country::of_syllable(character).is_some(),
    }
}

/// For each Hangul syllable whether it stands for a country.
static SYLLABLES: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let hangul = '\u{AC00}'..='\u{D7A3}';
    hangul.map(|syllable| Country::of_syllable(syllable).is_some()).collect()
});

/// The group that begins at byte `start` of a folded Korean text, which is the start of a word.
pub fn group_at(text: &str, start: usize) -> Option<Group> {
    let group = joined(text, start).or_else(|| run(text, start))?;
    let apart = WORDS.apart.iter().any(|word| text[start..].starts_with(word));
    (!apart).then_some(group)
}

/// Whether a word may be the first member of a group with marks: a syllable or a name, to judge by its length.
pub fn may_be_member(word: &str) -> bool {
    word.chars().next().is_some_and(|first| first >= '\u{3400}' || word.starts_with("EU") || word.starts_with("ASEAN"))
        && word.len() <= TABLE.longest * 3
}

/// Countries with a mark between them: 한·미·일, 한-인도, 러시아·북.
fn joined(text: &str, start: usize) -> Option<Group> {
    let mut members = vec![member(text, start)?];
    let mut by_syllable = is_syllable(text, members[0].1);
    let mut hyphen = false;
    while let Some((mark, after)) = mark_at(text, members.last()?.1.end) {
        let Some(next) = member(text, after) else { break };
        members.push(next);
        by_syllable |= is_syllable(text, next.1);
        hyphen |= mark == '-';
    }
    // 한국·미국 is an enumeration, not a group.
    if members.len() < 2 || !(by_syllable || hyphen) {
        return None;
    }
    while let Some(next) = member(text, members.last()?.1.end).filter(|next| is_syllable(text, next.1)) {
        members.push(next);
    }
    longest_readable(text, members)
}

/// Countries written as one word: 한미일, 韓美, 한EU.
fn run(text: &str, start: usize) -> Option<Group> {
    let mut members = Vec::new();
    let mut at = start;
    while let Some((country, length)) = syllable_at(text, at).or_else(|| union_at(text, at).filter(|_| at > start)) {
        members.push((country, Span::new(at, at + length)));
        at += length;
    }
    longest_readable(text, members)
}

/// The longest beginning of these members that the text after it lets stand.
fn longest_readable(text: &str, mut members: Vec<(Country, Span)>) -> Option<Group> {
    while members.len() >= 2 {
        let span = Span::new(members[0].1.start, members.last()?.1.end);
        if is_group(text, span, &members) {
            return Some(Group { span, members });
        }
        members.pop();
    }
    None
}

fn is_group(text: &str, span: Span, members: &[(Country, Span)]) -> bool {
    let mut countries: Vec<Country> = members.iter().map(|&(country, _)| country).collect();
    countries.sort();
    countries.dedup();
    countries.len() == members.len()
        && syllables_agree(span.of(text))
        && match trust(span.of(text)) {
            Trust::Sure => ends_well(&text[span.end..]),
            Trust::Doubtful => relates(&text[span.end..]),
        }
}

/// 남 stands for the South only beside 북; 조 for the North only in front of a partner.
fn syllables_agree(written: &str) -> bool {
    (!written.contains('남') || written.contains('북'))
        && written.char_indices().all(|(at, character)| character != '조' || at == 0 && written.chars().count() > 1)
}

enum Trust {
    /// No other word looks like it.
    Sure,
    /// An ordinary word looks like it too.
    Doubtful,
}

fn trust(written: &str) -> Trust {
    let words = &*WORDS;
    let free = written.chars().filter(|character| words.free.contains(character)).count();
    let syllables = written.chars().filter(|&character| matches!(character, '가'..='힣')).count();
    let marked = written.chars().any(|character| is_mark(character) || !matches!(character, '가'..='힣'));
    if words.doubtful.contains(written) || written.contains('소') {
        Trust::Doubtful
    } else if free == syllables || marked || words.sure.contains(written) || free >= 2 && syllables >= 3 {
        Trust::Sure
    } else {
        Trust::Doubtful
    }
}

/// Whether the rest of the word is particles, a tail such as 간, or words of its own.
fn ends_well(rest: &str) -> bool {
    let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
    let rest = &rest[..end];
    is_tail(rest)
        || rest.starts_with(|character: char| character.is_ascii_alphanumeric())
        || WORDS.tail.iter().any(|tail| rest.strip_prefix(tail).is_some_and(is_tail))
        || reads_as_words(rest)
}

/// Whether a noun of what happens between countries follows, or, after a bare particle, nothing that names a region.
fn relates(rest: &str) -> bool {
    let next = rest.trim_start_matches(' ');
    WORDS.relation.iter().any(|noun| next.starts_with(noun)) && !WORDS.region.iter().any(|noun| next.starts_with(noun))
}

/// A country at a byte: the longest name, or a syllable.
fn member(text: &str, at: usize) -> Option<(Country, Span)> {
    let (country, length) = union_at(text, at).or_else(|| name_at(text, at)).or_else(|| syllable_at(text, at))?;
    Some((country, Span::new(at, at + length)))
}

fn name_at(text: &str, at: usize) -> Option<(Country, usize)> {
    let names = TABLE.by_first.get(&text[at..].chars().next()?)?;
    let (name, country) = names.iter().find(|(name, _)| text[at..].starts_with(name.as_str()))?;
    Some((*country, name.len()))
}

fn union_at(text: &str, at: usize) -> Option<(Country, usize)> {
    let unions = [("EU", "EU"), ("아세안", "ASEAN"), ("ASEAN", "ASEAN")];
    let &(name, code) = unions.iter().find(|(name, _)| text[at..].starts_with(name))?;
    Some((Country::of_code(code)?, name.len()))
}

fn syllable_at(text: &str, at: usize) -> Option<(Country, usize)> {
    let syllable = text[at..].chars().next()?;
    Some((Country::of_syllable(syllable)?, syllable.len_utf8()))
}

fn is_syllable(text: &str, span: Span) -> bool {
    span.of(text).chars().nth(1).is_none()
}

/// Whether a character joins the members of a group.
fn is_mark(character: char) -> bool {
    matches!(character, '·' | 'ㆍ' | '‧' | '•' | '∙' | '・' | '･' | '․' | '-' | '–' | '—' | '‐' | '‑' | '−' | '/')
}

fn mark_at(text: &str, at: usize) -> Option<(char, usize)> {
    let mark = text[at..].chars().next().filter(|&character| is_mark(character))?;
    let kind = if matches!(mark, '-' | '–' | '—' | '‐' | '‑' | '−') { '-' } else { mark };
    Some((kind, at + mark.len_utf8()))
}

/// Every group of countries in an English text: names joined by hyphens or dashes (ROK-U.S., Sino–Russian), inter-Korean.
pub fn english_groups(text: &str) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for at in memchr::memchr3_iter(b'-', b'/', FIRST_OF_DASHES, text.as_bytes()) {
        let mark = text[at..].chars().next().filter(|mark| ['-', '–', '—', '‐', '‑', '/'].contains(mark));
        let may_be = mark.is_some_and(|mark| EDGES.admits(&text[..at], &text[at + mark.len_utf8()..]));
        if !may_be || found.last().is_some_and(|group| at < group.span.end) {
            continue;
        }
        found.extend(english_group(text, at));
    }
    found
}

/// The words by which English names of countries end and begin, in small letters: most hyphens stand between others.
struct Edges {
    ends: FxHashSet<Vec<u8>>,
    begins: FxHashSet<Vec<u8>>,
}

static EDGES: LazyLock<Edges> = LazyLock::new(|| {
    let is_mark = |character: char| !character.is_ascii_alphanumeric();
    let names = || TABLE.english.keys();
    let last = |name: &String| name.rsplit(is_mark).next().map(|word| word.as_bytes().to_vec());
    let first = |name: &String| name.split(is_mark).next().map(|word| word.as_bytes().to_vec());
    Edges {
        ends: names().filter_map(last).chain([b"inter".to_vec()]).collect(),
        begins: names().filter_map(first).chain([b"korean".to_vec()]).collect(),
    }
});

impl Edges {
    /// Whether a name may end before a mark and one begin after it: of letters that are not ASCII or have points all may.
    fn admits(&self, before: &str, after: &str) -> bool {
        let (before, after) = (before.as_bytes(), after.as_bytes());
        let is_inside = |byte: &u8| byte.is_ascii_alphanumeric();
        let start = before.iter().rposition(|byte| !is_inside(byte)).map_or(0, |at| at + 1);
        let end = after.iter().position(|byte| !is_inside(byte)).unwrap_or(after.len());
        Edges::may_be(&self.ends, &before[start..], before[..start].last()) && Edges::may_be(&self.begins, &after[..end], after.get(end))
    }

    /// Whether a word is one of these, or `beside` it is something that makes it no whole word.
    fn may_be(words: &FxHashSet<Vec<u8>>, word: &[u8], beside: Option<&u8>) -> bool {
        let mut small = [0; 24];
        let is_known = small.get_mut(..word.len()).is_some_and(|small| {
            small.copy_from_slice(word);
            small.make_ascii_lowercase();
            words.contains(&*small)
        });
        is_known || beside.is_some_and(|byte| !byte.is_ascii() || matches!(byte, b'.' | b'\''))
    }
}

/// The byte with which the dashes begin in UTF-8.
const FIRST_OF_DASHES: u8 = 0xE2;

fn english_group(text: &str, mark: usize) -> Option<Group> {
    if let Some(group) = inter_korean(text, mark) {
        return Some(group);
    }
    let mut members = vec![english_name_before(text, mark)?];
    let mut at = mark;
    while let Some((_, after)) = mark_at(text, at) {
        let Some(next) = english_name_after(text, after) else { break };
        at = next.1.end;
        members.push(next);
    }
    let span = Span::new(members[0].1.start, members.last()?.1.end);
    let countries: Vec<Country> = members.iter().map(|&(country, _)| country).collect();
    let whole_name = Country::of_english(span.of(text)).is_some();
    (members.len() >= 2 && countries[0] != countries[1] && !whole_name && !is_hyphenated_american(text, &members))
        .then_some(Group { span, members })
}

/// "inter-Korean", where the mark stands after "inter".
fn inter_korean(text: &str, mark: usize) -> Option<Group> {
    let start = mark.checked_sub("inter".len())?;
    let before = text.get(start..mark)?;
    let (_, after) = mark_at(text, mark)?;
    let span = Span::new(start, after + "Korean".len());
    let korean = text.get(after..span.end)?;
    let both = before.eq_ignore_ascii_case("inter") && korean.eq_ignore_ascii_case("korean");
    let members = ["KR", "KP"].iter().filter_map(|code| Some((Country::of_code(code)?, span))).collect();
    both.then_some(Group { span, members })
}

/// Korean-American is a person, not a relation; Anglo-American and ROK-American are relations.
fn is_hyphenated_american(text: &str, members: &[(Country, Span)]) -> bool {
    let [(country, first), (_, second)] = members else { return false };
    let names = country.names();
    let nationality = first.of(text).ends_with("an") || first.of(text).ends_with("ese");
    matches!(second.of(text), "American" | "Canadian" | "Australian") && nationality && names.adjectives.contains(&first.of(text))
}

/// The longest name of a country that ends at byte `end`.
fn english_name_before(text: &str, end: usize) -> Option<(Country, Span)> {
    let mut found = None;
    let mut words = 0;
    for (at, character) in text[..end].char_indices().rev() {
        let starts_word = !text[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '.');
        if starts_word && character.is_alphanumeric() {
            if let Some(country) = Country::of_english(&text[at..end]) {
                found = Some((country, Span::new(at, end)));
            }
            words += 1;
        }
        if words == 6 || end - at > 60 {
            break;
        }
    }
    found
}

/// The longest name of a country that begins at byte `start`.
fn english_name_after(text: &str, start: usize) -> Option<(Country, Span)> {
    let mut found = None;
    let mut before = ' ';
    for (offset, character) in text[start..].char_indices().chain([(text.len() - start, ' ')]).take(60) {
        let ends_word = !character.is_alphanumeric() && (before.is_alphanumeric() || before == '.');
        if ends_word {
            let name = &text[start..start + offset];
            let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
            if let Some(country) = Country::of_english(name) {
                found = Some((country, Span::new(start, start + name.len())));
            }
        }
        if !character.is_alphanumeric() && !matches!(character, ' ' | '.' | '\'' | '’') {
            break;
        }
        before = character;
    }
    found.map(|(country, span)| (country, without_full_stop(text, span)))
}

/// "Russia." at the end of a sentence gives its point back; "U.S." keeps it.
fn without_full_stop(text: &str, span: Span) -> Span {
    let name = span.of(text);
    match name.strip_suffix('.') {
        Some(bare) if !bare.contains('.') => Span::new(span.start, span.end - 1),
        _ => span,
    }
}

/// The countries that the whole of a query names in one breath, in either language.
pub fn read(query: &str) -> Option<Vec<Country>> {
    let query = query.trim();
    let whole = |group: &Group| group.span == Span::new(0, query.len());
    let korean = group_at(query, 0).filter(whole).or_else(|| bare_run(query));
    korean.or_else(|| english_groups(query).into_iter().find(whole)).map(|group| group.countries())
}

/// The countries whose names are all that a query holds, with spaces between them: north korea russia, 한국 미국 일본.
pub fn enumerated(query: &str) -> Option<Vec<Country>> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let named = (at + 1..=words.len().min(at + LONGEST_NAME)).rev().find_map(|end| {
            let name = words[at..end].join(" ");
            Some((Country::of_english(&name).or_else(|| Country::of_korean(&name))?, end))
        });
        let (country, end) = named?;
        found.push(country);
        at = end;
    }
    let mut distinct = found.clone();
    distinct.sort();
    distinct.dedup();
    (found.len() >= 2 && distinct.len() == found.len()).then_some(found)
}

/// Words of the longest names of countries that anybody types.
const LONGEST_NAME: usize = 6;

/// A query is asked on purpose: there a doubtful run such as 북미 is a group.
fn bare_run(query: &str) -> Option<Group> {
    if WORDS.apart.contains(&query) {
        return None;
    }
    let mut members = Vec::new();
    for (at, character) in query.char_indices() {
        members.push((Country::of_syllable(character)?, Span::new(at, at + character.len_utf8())));
    }
    (members.len() >= 2 && syllables_agree(query)).then_some(Group { span: Span::new(0, query.len()), members })
}

/// How the house writes groups of countries in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// ROK-U.S. or South Korea-U.S.
    pub names: NameStyle,
    /// What stands between the names.
    pub joiner: String,
    /// Countries that come first whatever the Korean order, in this order; none for the order of the Korean.
    pub first: Vec<Country>,
}

/// Which names of countries a group is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStyle {
    /// Short forms where there are any: ROK, DPRK, U.S.
    Short,
    /// Common names: South Korea, North Korea, U.S.
    Common,
}

impl Default for Style {
    fn default() -> Style {
        Style { names: NameStyle::Short, joiner: "-".to_string(), first: Vec::new() }
    }
}

impl Style {
    /// The group in the house style.
    pub fn render(&self, countries: &[Country]) -> String {
        if is_korean_pair(countries) {
            return "inter-Korean".to_string();
        }
        let names: Vec<&str> = self.ordered(countries).into_iter().map(|country| name(country, self.names)).collect();
        names.join(&self.joiner)
    }

    /// Every way to write the group, the house's first, each with its standing.
    pub fn renderings(&self, countries: &[Country]) -> Vec<(String, Status)> {
        let mut found = vec![(self.render(countries), Status::Preferred)];
        let mut add = |text: String, status| {
            if !found.iter().any(|(known, _)| *known == text) {
                found.push((text, status));
            }
        };
        if is_korean_pair(countries) {
            for text in ["South-North", "North-South", "South and North Korea", "North and South Korea", "the two Koreas"] {
                add(text.to_string(), Status::Admitted);
            }
        }
        let reversed: Vec<Country> = countries.iter().rev().copied().collect();
        for (order, names) in
            [countries, reversed.as_slice()].into_iter().flat_map(|order| [(order, self.names), (order, other(self.names))])
        {
            let free = Style { names, first: Vec::new(), joiner: self.joiner.clone() };
            add(free.joined(order), Status::Admitted);
        }
        // "Korea" alone leaves open which one is meant.
        if countries.iter().any(|country| country.names().code == "KR") {
            let common = Style { names: NameStyle::Common, first: Vec::new(), joiner: self.joiner.clone() };
            add(common.joined(countries).replace("South Korea", "Korea"), Status::Deprecated);
        }
        found
    }

    fn joined(&self, countries: &[Country]) -> String {
        countries.iter().map(|&country| name(country, self.names)).collect::<Vec<_>>().join(&self.joiner)
    }

    fn ordered(&self, countries: &[Country]) -> Vec<Country> {
        let mut ordered: Vec<Country> = countries.to_vec();
        ordered.sort_by_key(|country| self.first.iter().position(|first| first == country).unwrap_or(usize::MAX));
        ordered
    }
}

fn other(names: NameStyle) -> NameStyle {
    match names {
        NameStyle::Short => NameStyle::Common,
        NameStyle::Common => NameStyle::Short,
    }
}

/// The name of a country in a group. U.S., U.K. and EU are short in either style: nobody writes "South Korea-United States".
fn name(country: Country, style: NameStyle) -> &'static str {
    let names = country.names();
    let always_short = matches!(names.code, "US" | "GB" | "EU" | "ASEAN" | "AE" | "SU");
    let written = matches!(names.code, "KR" | "KP") && style == NameStyle::Short || always_short;
    names.short.filter(|_| written).or_else(|| names.english.first().copied()).unwrap_or(names.code)
}

fn is_korean_pair(countries: &[Country]) -> bool {
    let mut codes: Vec<&str> = countries.iter().map(|country| country.names().code).collect();
    codes.sort_unstable();
    codes == ["KP", "KR"]
}

/// How Korean writes a group: by syllables where they are no other word (북러), else by names with a middle dot (한·칠레).
pub fn korean(countries: &[Country]) -> String {
    let both = countries.iter().any(|country| country.names().code == "KP");
    let syllable = |country: &Country| match country.names().code {
        "KR" if both => Some('남'),
        _ => country.names().syllables.first().copied().filter(|character| matches!(character, '가'..='힣')),
    };
    let syllables = countries.iter().map(syllable).collect::<Option<String>>();
    if let Some(syllables) = syllables.filter(|word| is_plain(word)) {
        return syllables;
    }
    let part = |country: &Country| match syllable(country).filter(|character| WORDS.free.contains(character)) {
        Some(character) => character.to_string(),
        None => country.names().korean[0].to_string(),
    };
    countries.iter().map(part).collect::<Vec<_>>().join("·")
}

/// Whether a run of syllables is a usual group.
fn is_plain(word: &str) -> bool {
    let free = word.chars().all(|character| WORDS.free.contains(&character));
    !WORDS.apart.contains(&word) && (free || matches!(trust(word), Trust::Sure))
}
