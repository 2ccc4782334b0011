//! Countries, their peoples, capitals as governments, and pairs of countries read by syllables.

use super::reading::Reading;
use super::{Anchor, Fact, text_key};
use crate::glossary::compound::is_word_character;
use crate::glossary::countries::{Country, Group, groups};
use crate::text::{Language, Span, is_hanja};
use crate::word::korean::is_particle;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A country as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its ISO 3166 code; "KR-KP" for both Koreas, "KOR" for the peninsula, a code of our own beginning with X for a part of a state.
    pub code: &'static str,
    /// How it is named.
    pub form: Form,
}

/// How a country is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By its own name or that of its people.
    Name,
    /// By its capital, which may stand for its government.
    Capital,
    /// By a syllable or a Chinese character: 한미, 美.
    Syllable,
}

/// A Korean name of a country.
struct KoreanName {
    text: &'static str,
    place: Place,
    /// Whether it is also the beginning of other words.
    is_doubtful: bool,
}

/// An English name of a country.
struct EnglishName {
    text: &'static str,
    place: Place,
}

/// The names of the house's countries by how they begin.
struct Tables {
    korean: FxHashMap<(char, char), Vec<KoreanName>>,
    english: FxHashMap<&'static str, Vec<EnglishName>>,
}

/// Korean names that are also, or begin, other words: 이란 is a particle, 인도 is humane, 수단 is a means.
const DOUBTFUL: &[&str] = &[
    "이란",
    "인도",
    "수단",
    "오만",
    "타이",
    "조지아",
    "터키",
    "차드",
    "가나",
    "말리",
    "기니",
    "부탄",
    "몰타",
    "가봉",
    "토고",
    "베냉",
    "쿠바",
    "페루",
    "칠레",
    "피지",
    "통가",
    "니제르",
    "이북",
    "이남",
    "중공",
    "북녘",
    "남녘",
];

/// What else names a country or its government: code, form, Korean, English.
const FURTHER: &[(&str, Form, &[&str], &[&str])] = &[
    ("US", Form::Capital, &["백악관", "워싱턴DC"], &["White House", "Capitol Hill"]),
    ("US", Form::Name, &["미측", "미국측"], &["US"]),
    ("RU", Form::Capital, &["크렘린", "크렘린궁"], &[]),
    ("RU", Form::Name, &["러측"], &[]),
    ("GB", Form::Capital, &[], &["Westminster", "Whitehall", "Downing Street"]),
    ("GB", Form::Name, &["잉글랜드", "스코틀랜드", "웨일스", "웨일즈", "브리튼"], &["UK", "Scotland", "Scottish", "Wales", "Welsh"]),
    ("KR", Form::Name, &["우리나라", "우리 나라"], &["R.O.K."]),
    ("KR", Form::Capital, &["청와대"], &["Blue House"]),
    ("KP", Form::Name, &[], &["D.P.R.K."]),
    ("CN", Form::Name, &["중측"], &["P.R.C."]),
    ("CN", Form::Capital, &[], &["Zhongnanhai"]),
    ("JP", Form::Name, &["일측"], &[]),
    ("EU", Form::Name, &["유럽집행위원회"], &["E.U."]),
    ("SA", Form::Name, &["사우디"], &["Saudi", "Saudis"]),
    ("ES", Form::Name, &[], &["Spaniard", "Spaniards"]),
    ("PL", Form::Name, &[], &["Pole", "Poles"]),
    ("SE", Form::Name, &[], &["Swede", "Swedes"]),
    ("DK", Form::Name, &[], &["Dane", "Danes"]),
    ("FI", Form::Name, &[], &["Finn", "Finns"]),
    ("RS", Form::Name, &[], &["Serb", "Serbs"]),
    ("KOR", Form::Name, &["한반도"], &["Korean Peninsula", "Korean peninsula"]),
];

/// English names of the house's table that stand for more than the country.
const WIDER: &[&str] = &["European", "bloc", "the States", "the North", "the South"];

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { korean: FxHashMap::default(), english: FxHashMap::default() };
    for country in Country::all().map(Country::names) {
        tables.add(Place { code: country.code, form: Form::Name }, &country.korean, &country.english);
        tables.add(Place { code: country.code, form: Form::Name }, &[], &country.adjectives);
        tables.add(Place { code: country.code, form: Form::Name }, &[], country.short.as_slice());
        tables.add(Place { code: country.code, form: Form::Capital }, &country.korean_capitals, &country.english_capitals);
    }
    for &(code, form, korean, english) in FURTHER {
        tables.add(Place { code, form }, korean, english);
    }
    tables.korean.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.text.len())));
    tables.english.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.text.len())));
    tables
});

impl Tables {
    fn add(&mut self, place: Place, korean: &[&'static str], english: &[&'static str]) {
        for &text in korean {
            let mut characters = text.chars();
            if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
                let is_doubtful = DOUBTFUL.contains(&text);
                self.korean.entry((first, second)).or_default().push(KoreanName { text, place, is_doubtful });
            }
        }
        for &text in english.iter().filter(|text| !WIDER.contains(text)) {
            let end = if text.contains('.') { text.find(' ') } else { text.find([' ', '-', '\'']) };
            self.english.entry(&text[..end.unwrap_or(text.len())]).or_default().push(EnglishName { text, place });
        }
    }
}

impl Place {
    /// The English name, for people.
    pub fn label(self) -> &'static str {
        match self.code {
            "KR-KP" => "the two Koreas",
            "KOR" => "the Korean Peninsula",
            code => Country::of_code(code).and_then(|country| country.names().english.first().copied()).unwrap_or(code),
        }
    }

    fn keys(self) -> Vec<u64> {
        match self.code {
            "KR-KP" => ["KR-KP", "KR", "KP"].iter().map(|code| text_key(6, code)).collect(),
            "BE" if self.form == Form::Capital => vec![text_key(6, "BE"), text_key(6, "EU")],
            code => vec![text_key(6, code)],
        }
    }
}

/// Adds the countries of a segment.
pub fn find(reading: &mut Reading) {
    let found = match reading.language {
        Language::Korean => korean(reading),
        Language::English => english(reading),
    };
    for (span, place) in found {
        if reading.is_free(span) {
            reading.add("country", span, place.label().to_string(), place.keys(), Fact::Country(place));
        }
    }
}

/// How well two countries agree: a capital stands loosely for its country.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Country(one), Fact::Country(other)) if one.code == other.code => {
            if (one.form == Form::Capital) == (other.form == Form::Capital) { 1.0 } else { 0.8 }
        }
        // Brussels is the European Union oftener than Belgium.
        (Fact::Country(one), Fact::Country(other)) if one.code == "EU" && other.code == "BE" && other.form == Form::Capital => 0.8,
        (Fact::Country(one), Fact::Country(other)) => {
            let part = |whole: &str, part: &str| whole == "KR-KP" && matches!(part, "KR" | "KP");
            if part(one.code, other.code) || part(other.code, one.code) { 0.7 } else { 0.0 }
        }
        _ => 0.0,
    }
}

/// The country of an English word or words at an index, and the index of the word after them.
pub fn english_at(text: &str, words: &[super::words::Word], index: usize) -> Option<(Place, usize)> {
    let word = words[index];
    let first = word.of(text);
    if first == "the" {
        return the_north(text, words, index);
    }
    if !text.is_char_boundary(word.start) || word.shape == super::words::Shape::Lower && first != "inter" {
        return None;
    }
    if first.eq_ignore_ascii_case("inter") && text[word.end..].starts_with("-Korea") {
        return Some((Place { code: "KR-KP", form: Form::Name }, index + 2));
    }
    if first == "Koreas" {
        return Some((Place { code: "KR-KP", form: Form::Name }, index + 1));
    }
    let rest = &text[word.start..];
    let singular = first.strip_suffix('s').filter(|_| !TABLES.english.contains_key(first)).unwrap_or(first);
    let stands = |name: &&EnglishName| {
        let after = rest.strip_prefix(name.text).map(|after| after.strip_prefix('s').unwrap_or(after));
        after.is_some_and(|after| !after.starts_with(is_word_character))
    };
    let name = TABLES.english.get(singular)?.iter().find(stands)?;
    let end = word.start + name.text.len();
    let next = words.partition_point(|word| word.start < end);
    Some((name.place, next))
}

/// "the North" and "the South", where no further capital makes it something else (the North Atlantic).
fn the_north(text: &str, words: &[super::words::Word], index: usize) -> Option<(Place, usize)> {
    let next = words.get(index + 1)?;
    let code = match next.of(text) {
        "North" => "KP",
        "South" => "KR",
        _ => return None,
    };
    let further = words.get(index + 2).is_some_and(|word| word.is_capitalised() && text[next.end..word.start].trim().is_empty());
    (!further && !text[next.end..].starts_with('-')).then_some((Place { code, form: Form::Name }, index + 2))
}

fn english(reading: &Reading) -> Vec<(Span, Place)> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < reading.words.len() {
        match english_at(reading.text, &reading.words, index) {
            Some((place, next)) => {
                let first = index + usize::from(reading.word(index) == "the");
                found.push((Span::new(reading.words[first].start, reading.words[next - 1].end), place));
                index = next;
            }
            None => index += 1,
        }
    }
    found
}

fn korean(reading: &Reading) -> Vec<(Span, Place)> {
    let text = reading.text;
    let mut found = Vec::new();
    let mut groups = groups(text).into_iter().peekable();
    let (mut before, mut at) = (' ', 0);
    while let Some(character) = text[at..].chars().next() {
        let mut next = at + character.len_utf8();
        if let Some(group) = groups.next_if(|group| group.span.start <= at) {
            next = group.span.end.max(next);
            add_group(group, &mut found);
        } else if let Some((place, end)) = latin_at(text, at, before) {
            found.push((Span::new(at, end), place));
            next = end;
        } else if character >= '\u{3400}' {
            let starts_word = !is_word_character(before);
            if let Some((place, end)) = name_at(reading, at, character, before) {
                found.push((Span::new(at, end), place));
                next = end;
            } else if starts_word && let Some((span, place)) = prefixed_at(text, at, character) {
                found.push((span, place));
                next = span.end;
            } else if let Some(place) = lone_at(text, at, character, before) {
                found.push((Span::new(at, next), place));
            }
        }
        before = text[..next].chars().next_back().unwrap_or(' ');
        at = next;
    }
    found
}

/// Countries and unions that Korean texts write in Latin letters; the longest that begins alike stands first.
const LATIN: &[(&str, &str)] = &[
    ("ASEAN", "ASEAN"),
    ("DPRK", "KP"),
    ("DRC", "CD"),
    ("EU", "EU"),
    ("PRC", "CN"),
    ("ROK", "KR"),
    ("UAE", "AE"),
    ("UK", "GB"),
    ("USA", "US"),
    ("USSR", "SU"),
    ("US", "US"),
];

/// A country in Latin letters as Korean texts write them ("UAE는"), and where it ends.
fn latin_at(text: &str, at: usize, before: char) -> Option<(Place, usize)> {
    let &(letters, code) = LATIN.iter().find(|(letters, _)| text[at..].starts_with(letters))?;
    let after = &text[at + letters.len()..];
    let stands = !is_word_character(before)
        && before != '-'
        && !after.starts_with(|character: char| character.is_ascii_alphanumeric() || character == '-');
    stands.then_some((Place { code, form: Form::Name }, at + letters.len()))
}

/// Each country of a group at its own syllable; both Koreas in one.
fn add_group(group: Group, found: &mut Vec<(Span, Place)>) {
    let codes: Vec<&str> = group.members.iter().map(|(country, _)| country.names().code).collect();
    if codes == ["KR", "KP"] {
        found.push((group.span, Place { code: "KR-KP", form: Form::Syllable }));
        return;
    }
    found.extend(group.members.iter().map(|(country, span)| (*span, Place { code: country.names().code, form: Form::Syllable })));
}

/// Syllables that may stand before the name of a country inside a word.
const PREFIXES: &[char] =
    &['대', '주', '반', '친', '방', '탈', '재', '구', '옛', '혐', '항', '전', '현', '신', '남', '북', '동', '서', '범', '비'];

/// A full name at a place, and where it ends.
fn name_at(reading: &Reading, at: usize, first: char, before: char) -> Option<(Place, usize)> {
    let text = reading.text;
    let second = text[at + first.len_utf8()..].chars().next()?;
    let starts_word = !is_word_character(before);
    let names = TABLES.korean.get(&(first, second))?;
    let name = names.iter().find(|name| text[at..].starts_with(name.text) && stands(reading, at, name, starts_word, before))?;
    Some((name.place, at + name.text.len()))
}

fn stands(reading: &Reading, at: usize, name: &KoreanName, starts_word: bool, before: char) -> bool {
    let rest = &reading.text[at + name.text.len()..];
    let tail = tail(rest);
    let long = name.text.chars().count() >= 3;
    if name.is_doubtful || name.place.form == Form::Capital && !long {
        let quoted = matches!(before, '”' | '’' | '"' | '\'' | '」' | '』' | ')' | '>' | '》');
        let suffix = ["인", "군", "산", "제", "측", "계", "령", "시", "발", "정부", "내", "행", "전"]
            .iter()
            .any(|suffix| tail.strip_prefix(suffix).is_some_and(|tail| tail.is_empty() || is_particle(tail)));
        let expected = reading.context.expects(name.place.code);
        return starts_word && !quoted && expected && (tail.is_empty() || is_particle(tail) || suffix);
    }
    let attached = starts_word || PREFIXES.contains(&before) || is_hanja(before);
    (attached || long) && !(name.text == "호주" && tail.starts_with("머니"))
}

/// The rest of a word, or as much of it as tells it from particles and suffixes: a word of a megabyte is read once, not at every syllable.
fn tail(rest: &str) -> &str {
    const LONGEST: usize = 24;
    let end = rest.char_indices().take(LONGEST).find(|(_, character)| !is_word_character(*character)).map(|(at, _)| at);
    let cut = || rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
    &rest[..end.unwrap_or_else(cut)]
}

/// Words of a relation and a country: 대북 제재, 방미, 주한, 북핵, 미군. Their text, the country, and what must follow where they are doubtful.
const PREFIXED: &[(&str, &str, &[&str])] = &[
    ("대북", "KP", &[]),
    ("대미", "US", &[]),
    ("대러", "RU", &[]),
    ("대일", "JP", &[]),
    (
        "대중",
        "CN",
        &[
            " 견제",
            " 수출",
            " 수입",
            " 무역",
            " 관세",
            " 제재",
            " 의존",
            " 정책",
            " 외교",
            " 압박",
            " 전략",
            " 포위",
            " 투자",
            " 관계",
            " 강경",
            " 기술",
            " 반도체",
            " 봉쇄",
            "견제",
            "수출",
            "무역",
            "관세",
            "정책",
            "외교",
            "압박",
            "의존",
        ],
    ),
    ("방미", "US", &[]),
    ("방중", "CN", &[]),
    ("방일", "JP", &[]),
    ("방러", "RU", &[]),
    ("방북", "KP", &[]),
    ("방한", "KR", &[" ", "해", "했", "한", "을", "은", "이", "과", "에", "중", "단", ",", "하", "할"]),
    ("주한", "KR", &[]),
    ("주미", "US", &[]),
    ("주일", "JP", &[" 미군", "미군", " 대사", "대사", " 한국", " 중국"]),
    ("주중", "CN", &[" 대사", "대사", " 한국", " 미국"]),
    ("주러", "RU", &[]),
    ("반미", "US", &[]),
    ("반중", "CN", &[]),
    ("반일", "JP", &[]),
    ("반러", "RU", &[]),
    ("친미", "US", &[]),
    ("친중", "CN", &[]),
    ("친러", "RU", &[]),
    ("친일", "JP", &[]),
    ("탈북", "KP", &[]),
    ("재일", "JP", &[]),
    ("재미", "US", &[" 동포", "동포", " 교포", "교포", " 한인", "한인"]),
    ("혐중", "CN", &[]),
    ("혐한", "KR", &[]),
    ("항미", "US", &["원조"]),
    ("월북", "KP", &[]),
    ("납북", "KP", &[]),
    ("종북", "KP", &[]),
];

/// A country behind a prefix, or before 핵, 군: 대북, 방미, 북핵, 미군 is a name of its own.
fn prefixed_at(text: &str, at: usize, first: char) -> Option<(Span, Place)> {
    let rest = &text[at..];
    let made = |start: usize, length: usize, code| (Span::new(at + start, at + start + length), Place { code, form: Form::Syllable });
    for (word, code, follow) in PREFIXED {
        if let Some(after) = rest.strip_prefix(word)
            && (follow.is_empty() && !after.starts_with("하다") || follow.iter().any(|next| after.starts_with(next)))
        {
            return Some(made(first.len_utf8(), first.len_utf8(), code));
        }
    }
    for (word, code) in [("북핵", "KP"), ("북·", "KP"), ("러군", "RU"), ("북측", "KP"), ("북한", "KP"), ("미측", "US")] {
        if rest.starts_with(word) {
            return Some(made(0, first.len_utf8(), code));
        }
    }
    None
}

/// A syllable or character that stands alone for a country: 미 국무부, 북의, 美, 對北.
fn lone_at(text: &str, at: usize, character: char, before: char) -> Option<Place> {
    let place = |code| Some(Place { code, form: Form::Syllable });
    let rest = &text[at + character.len_utf8()..];
    if is_hanja(character) {
        let code = Country::of_syllable(character)?.names().code;
        let attached = is_hanja(before) && !"對駐訪反親在脫南".contains(before);
        let inside =
            rest.chars().next().is_some_and(|next| is_hanja(next) && Country::of_syllable(next).is_none() && !"核軍側".contains(next));
        let among = character == '中' && (is_word_character(before) || before == '(');
        return if attached || inside || among { None } else { place(code) };
    }
    if is_word_character(before) || matches!(before, '·' | 'ㆍ' | '-') {
        return None;
    }
    let tail = tail(rest);
    let alone = tail.is_empty() && rest.starts_with(' ');
    match character {
        '미' if alone => place("US"),
        '러' if alone => place("RU"),
        '북' if alone || matches!(tail, "이" | "은" | "의" | "과" | "에" | "에는" | "도" | "에서" | "에게") => place("KP"),
        _ => None,
    }
}
