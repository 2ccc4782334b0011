//! Countries, their peoples, capitals as governments, and pairs of countries read by syllables.

use super::reading::Reading;
use super::{Anchor, Fact, text_key};
use crate::text::{Language, Span, is_hanja};
use crate::word::korean::{follows_noun, is_particle};
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

struct Tables {
    korean: FxHashMap<(char, char), Vec<KoreanName>>,
    english: FxHashMap<&'static str, Vec<EnglishName>>,
    labels: FxHashMap<&'static str, &'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { korean: FxHashMap::default(), english: FxHashMap::default(), labels: FxHashMap::default() };
    for line in include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#')) {
        tables.add(line);
    }
    tables.korean.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.text.len())));
    tables.english.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.text.len())));
    tables
});

impl Tables {
    fn add(&mut self, line: &'static str) {
        let mut columns = line.split('\t');
        let code = columns.next().unwrap_or("");
        for form in [Form::Name, Form::Capital] {
            let place = Place { code, form };
            for text in columns.next().unwrap_or("").split(';').filter(|text| !text.is_empty()) {
                self.add_korean(text, place);
            }
            for text in columns.next().unwrap_or("").split(';').filter(|text| !text.is_empty()) {
                self.labels.entry(code).or_insert(text);
                let first = &text[..text.find([' ', '-', '\'']).unwrap_or(text.len())];
                self.english.entry(first).or_default().push(EnglishName { text, place });
            }
        }
    }

    fn add_korean(&mut self, text: &'static str, place: Place) {
        let name = text.trim_start_matches('!');
        let mut characters = name.chars();
        if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
            self.korean.entry((first, second)).or_default().push(KoreanName { text: name, place, is_doubtful: name.len() < text.len() });
        }
    }
}

impl Place {
    /// The English name, for people.
    pub fn label(self) -> &'static str {
        match self.code {
            "KR-KP" => "the two Koreas",
            code => TABLES.labels.get(code).copied().unwrap_or(code),
        }
    }

    fn keys(self) -> Vec<u64> {
        match self.code {
            "KR-KP" => ["KR-KP", "KR", "KP"].iter().map(|code| text_key(6, code)).collect(),
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
    let name =
        TABLES.english.get(first)?.iter().find(|name| {
            rest.starts_with(name.text) && !rest[name.text.len()..].starts_with(|character: char| character.is_alphanumeric())
        })?;
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
    let (mut before, mut at) = (' ', 0);
    while let Some(character) = text[at..].chars().next() {
        let mut next = at + character.len_utf8();
        if character >= '\u{3400}' {
            let starts_word = !before.is_alphanumeric();
            if let Some((place, end)) = name_at(reading, at, character, before) {
                found.push((Span::new(at, end), place));
                next = end;
            } else if starts_word && let Some(end) = syllables_at(text, at, &mut found) {
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

/// Syllables that may stand before the name of a country inside a word.
const PREFIXES: &[char] =
    &['대', '주', '반', '친', '방', '탈', '재', '구', '옛', '혐', '항', '전', '현', '신', '남', '북', '동', '서', '범', '비'];

/// A full name at a place, and where it ends.
fn name_at(reading: &Reading, at: usize, first: char, before: char) -> Option<(Place, usize)> {
    let text = reading.text;
    let second = text[at + first.len_utf8()..].chars().next()?;
    let starts_word = !before.is_alphanumeric();
    let names = TABLES.korean.get(&(first, second))?;
    let name = names.iter().find(|name| text[at..].starts_with(name.text) && stands(reading, at, name, starts_word, before))?;
    Some((name.place, at + name.text.len()))
}

fn stands(reading: &Reading, at: usize, name: &KoreanName, starts_word: bool, before: char) -> bool {
    let rest = &reading.text[at + name.text.len()..];
    let tail = &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())];
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

/// The country of a syllable in pairs.
fn syllable(character: char) -> Option<&'static str> {
    Some(match character {
        '한' | '韓' | '남' => "KR",
        '미' | '美' => "US",
        '일' | '日' => "JP",
        '중' | '中' => "CN",
        '북' | '北' | '조' => "KP",
        '러' | '露' | '俄' => "RU",
        '소' | '蘇' => "SU",
        '영' | '英' => "GB",
        '독' | '獨' => "DE",
        '불' | '佛' | '프' => "FR",
        '호' | '濠' => "AU",
        '인' | '印' => "IN",
        '우' => "UA",
        '베' => "VN",
        '이' => "IL",
        '대' | '臺' => "TW",
        _ => return None,
    })
}

/// Pairs written as two syllables, beyond those of the six powers around Korea.
const FURTHER_PAIRS: &[&str] = &[
    "남북",
    "미소",
    "미영",
    "영미",
    "한영",
    "한독",
    "한불",
    "영불",
    "독불",
    "불독",
    "한호",
    "미호",
    "호미",
    "러우",
    "우러",
    "한베",
    "조중",
    "조러",
    "조미",
    "중인",
    "미인도",
    "한소",
    "중소",
    "일영",
    "영일",
    "미독",
    "미불",
    "미프",
];
/// Pairs that are more often another word, and what must follow for them to be believed.
const DOUBTFUL_PAIRS: &[(&str, &[&str])] = &[
    ("일러", &["전쟁", "관계", " 관계", " 전쟁", "정상"]),
    ("중소", &[" 분쟁", "분쟁", " 국경", "관계", " 관계"]),
    ("중인", &[" 국경", "국경", " 관계", "관계", " 분쟁"]),
    ("미소", &[" 냉전", "냉전", " 양", "양국", "관계", " 관계", " 정상", "정상", " 군축", " 대결", " 간"]),
    ("영일", &["동맹", " 동맹"]),
    ("조미", &[" 관계", "관계", " 협상", "협상", " 회담", "수뇌"]),
    ("호미", &["동맹"]),
    ("우러", &[" 전쟁"]),
];
/// What makes a pair another word when it follows.
const NOT_AFTER: &[(&str, &[&str])] = &[
    ("북미", &["대륙", " 대륙", " 지역", "지역", "시장", " 시장", "법인", "권", " 자유무역", "산", "항공"]),
    ("중미", &[" 지역", "지역", " 5개국", " 국가", "국가", "카리브"]),
    ("미러", &["링", "를"]),
    ("중북", &["부"]),
    ("한일", &["자", "합섬"]),
    ("미중", &["소기"]),
    ("미일", &["자"]),
    ("한중", &["간"]),
    ("북한", &[""]),
];

/// 한미, 한미일, 북러, 한·미·일, 美·中 at the start of an eojeol: adds each country at its syllable, and answers the end.
fn syllables_at(text: &str, at: usize, found: &mut Vec<(Span, Place)>) -> Option<usize> {
    let mut parts: Vec<(Span, &'static str)> = Vec::new();
    let mut place = at;
    let mut pointed = false;
    while let Some(character) = text[place..].chars().next() {
        let Some(code) = syllable(character).filter(|code| parts.iter().all(|(_, known)| known != code)) else { break };
        let end = place + character.len_utf8();
        parts.push((Span::new(place, end), code));
        let separator = separator(&text[end..]);
        if parts.len() > 1 && pointed && separator == 0 {
            break;
        }
        pointed |= separator > 0;
        if separator > 0 && text[end + separator..].chars().next().is_none_or(|next| syllable(next).is_none()) {
            place = end + separator;
            break;
        }
        place = end + separator;
    }
    let written: String = parts.iter().map(|(span, _)| span.of(text)).collect();
    let count = if pointed { believed_pointed(text, &parts, place) } else { believed_joined(text, at, &written, parts.len()) };
    if count == 0 {
        return None;
    }
    if written == "남북" && count == 2 {
        let span = Span::new(parts[0].0.start, parts[1].0.end);
        found.push((span, Place { code: "KR-KP", form: Form::Syllable }));
        return Some(span.end);
    }
    found.extend(parts[..count].iter().map(|&(span, code)| (span, Place { code, form: Form::Syllable })));
    Some(parts[count - 1].0.end)
}

fn separator(text: &str) -> usize {
    text.chars()
        .next()
        .filter(|character| matches!(character, '·' | 'ㆍ' | '･' | '・' | '•' | '‧' | '/' | '-' | '∙'))
        .map_or(0, char::len_utf8)
}

/// How many of the countries of 한·미·일 are believed: two at least, or one before another country's full name (미·이란).
fn believed_pointed(text: &str, parts: &[(Span, &'static str)], place: usize) -> usize {
    let rest = &text[place..];
    let doubtful =
        |span: Span| matches!(span.of(text), "남" | "조" | "이" | "대" | "인" | "소" | "우" | "베" | "호" | "불" | "프" | "독" | "영");
    let sure = parts.iter().filter(|(span, _)| !doubtful(*span)).count();
    if parts.len() >= 2 && (sure >= 1 || parts[0].0.of(text) == "남") && !rest.starts_with("부 ") && !rest.starts_with("부의") {
        return parts.len();
    }
    let named = [
        "이란",
        "인도",
        "유럽",
        "EU",
        "아세안",
        "우크라",
        "이스라엘",
        "대만",
        "러시아",
        "중국",
        "일본",
        "쿠바",
        "베트남",
        "프랑스",
        "독일",
        "영국",
        "호주",
    ];
    usize::from(parts.len() == 1 && sure == 1 && named.iter().any(|name| rest.starts_with(name)))
}

/// How many of the countries of 한미일 are believed.
fn believed_joined(text: &str, at: usize, written: &str, length: usize) -> usize {
    for count in (2..=length).rev() {
        let word: String = written.chars().take(count).collect();
        let rest = &text[at + word.len()..];
        if is_pair(&word, count) && fits(&word, rest) {
            return count;
        }
    }
    0
}

fn is_pair(word: &str, count: usize) -> bool {
    let power = |character: char| matches!(character, '한' | '미' | '일' | '중' | '북' | '러' | '韓' | '美' | '日' | '中' | '北' | '露');
    let powers = word.chars().filter(|&character| power(character)).count();
    match count {
        2 => powers == 2 && !matches!(word, "북한" | "한북" | "중한" | "일한" | "일미") || FURTHER_PAIRS.contains(&word),
        _ => powers == count || powers + 1 == count && !word.contains(['조', '이', '대', '인', '소', '프', '불', '남', '우', '베']),
    }
}

fn fits(word: &str, rest: &str) -> bool {
    let starts = |list: &[&str]| list.iter().any(|start| rest.starts_with(start));
    if NOT_AFTER.iter().any(|(pair, list)| *pair == word && starts(list)) {
        return false;
    }
    DOUBTFUL_PAIRS.iter().find(|(pair, _)| *pair == word).is_none_or(|(_, list)| starts(list))
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
        let code = syllable(character)?;
        let attached = is_hanja(before) && !"對駐訪反親在脫南".contains(before);
        let inside = rest.chars().next().is_some_and(|next| is_hanja(next) && syllable(next).is_none() && !"核軍側".contains(next));
        let among = character == '中' && (before.is_alphanumeric() || before == '(');
        return if attached || inside || among { None } else { place(code) };
    }
    if before.is_alphanumeric() || matches!(before, '·' | 'ㆍ' | '-') {
        return None;
    }
    let tail = &rest[..rest.find(|next: char| !next.is_alphanumeric()).unwrap_or(rest.len())];
    let alone = tail.is_empty() && rest.starts_with(' ');
    match character {
        '미' if alone => place("US"),
        '러' if alone => place("RU"),
        '북' if alone || matches!(tail, "이" | "은" | "의" | "과" | "에" | "에는" | "도" | "에서" | "에게") => place("KP"),
        _ => None,
    }
}

/// Whether a word is part of the name of a country in English: it is no name of a person or organisation then.
pub fn is_english_name(text: &str, words: &[super::words::Word], index: usize) -> bool {
    english_at(text, words, index).is_some()
}

/// Whether the rest of an eojeol may follow a country's name.
pub fn may_follow(tail: &str) -> bool {
    follows_noun(tail)
}
