//! Korean numerals: digits with 만, 억 and 조 in all mixtures, Sino-Korean and native words.

use super::{Decimal, Form, Numeral};
use crate::glossary::compound::is_word_character;
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Every numeral of a folded Korean text, in order.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = ' ';
    while at < text.len() {
        let (character, length) = first(&text[at..]);
        let numeral = match character {
            '0'..='9' if is_latin_number(text, at) => {
                at += text[at..].find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len() - at);
                before = 'a';
                continue;
            }
            '0'..='9' => in_digits(text, at),
            '가'..='힣' if !is_word_character(before) => in_words(text, at),
            '½' => Some(fraction(at, length, 0.5)),
            _ => None,
        };
        match numeral {
            Some(numeral) => {
                at = numeral.span.end;
                before = '0';
                found.push(numeral);
            }
            None => {
                at += length;
                before = character;
            }
        }
    }
    join_ranges(text, found)
}

fn first(text: &str) -> (char, usize) {
    let byte = text.as_bytes()[0];
    if byte < 0x80 {
        return (byte as char, 1);
    }
    text.chars().next().map_or((' ', 1), |character| (character, character.len_utf8()))
}

/// Whether the digits at `at` belong to a Latin string: F-35, COVID-19, G7, 5G, 3D.
fn is_latin_number(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = &bytes[..at];
    let attached = match before {
        [.., letter] if letter.is_ascii_alphabetic() => true,
        [.., letter, b'-'] if letter.is_ascii_uppercase() => true,
        _ => false,
    };
    let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letters = bytes[end..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    attached || letters > 0 && !is_unit(&text[end..end + letters])
}

/// Latin letters that may follow digits as a unit.
fn is_unit(letters: &str) -> bool {
    super::super::measure::is_symbol(letters) || matches!(letters, "p" | "x" | "KRW" | "USD" | "EUR" | "JPY" | "h")
}

/// What stands behind a coefficient inside a group of four digits.
fn small_power(character: char) -> Option<u32> {
    match character {
        '십' => Some(1),
        '백' => Some(2),
        '천' => Some(3),
        _ => None,
    }
}

/// What closes a group of four digits.
fn large_power(character: char) -> Option<u32> {
    match character {
        '만' => Some(4),
        '억' => Some(8),
        '조' => Some(12),
        '경' => Some(16),
        _ => None,
    }
}

fn sino_digit(character: char) -> Option<i128> {
    Some(match character {
        '영' => 0,
        '일' => 1,
        '이' => 2,
        '삼' => 3,
        '사' => 4,
        '오' => 5,
        '육' | '륙' => 6,
        '칠' => 7,
        '팔' => 8,
        '구' => 9,
        _ => return None,
    })
}

/// A number under construction.
struct Builder<'a> {
    text: &'a str,
    at: usize,
    total: Decimal,
    section: Decimal,
    coefficient: Option<Decimal>,
    small: u32,
    large: u32,
    /// How many powers of ten have been read.
    powers: usize,
    /// How many of them closed a group of four digits.
    groups: usize,
    is_about: bool,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, at: usize) -> Builder<'a> {
        Builder {
            text,
            at,
            total: Decimal::ZERO,
            section: Decimal::ZERO,
            coefficient: None,
            small: 9,
            large: 99,
            powers: 0,
            groups: 0,
            is_about: false,
        }
    }

    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Takes a power of ten at the current place, if one stands there and fits.
    fn power(&mut self) -> bool {
        let Some(character) = self.next() else { return false };
        if let Some(power) = small_power(character).filter(|&power| power < self.small) {
            let one = Decimal::whole(1);
            self.section = self.section.plus(self.coefficient.take().unwrap_or(one).scaled(power));
            self.small = power;
        } else if let Some(power) = large_power(character).filter(|&power| power < self.large && self.closes(power)) {
            let mut group = self.section.plus(self.coefficient.take().unwrap_or(Decimal::ZERO));
            if group == Decimal::ZERO {
                group = Decimal::whole(1);
            }
            self.total = self.total.plus(group.scaled(power));
            (self.section, self.small, self.large) = (Decimal::ZERO, 9, power);
            self.groups += 1;
        } else {
            return false;
        }
        self.powers += 1;
        self.at += character.len_utf8();
        true
    }

    /// Whether the 만, 억, 조 at the current place is a power: 4조 2항 is an article, 1조로 and 5경기 are words.
    fn closes(&self, power: u32) -> bool {
        let rest = &self.text[self.at + 3..];
        let mut characters = rest.chars();
        if characters.next().is_some_and(|digit| sino_digit(digit).is_some())
            && characters.next().is_some_and(|power| small_power(power).or(large_power(power)).is_some())
        {
            return true;
        }
        match power {
            12 => {
                !is_item(rest.trim_start_matches(' '))
                    && !self.follows_law()
                    && !starts(rest, &["사", "선", "약", "건", "직", "각", "별", "율", "업", "치"])
            }
            16 => !starts(rest, &["기", "찰", "제", "로", "우", "계", "력"]),
            4 => !starts(rest, &["에 ", "큼", "이 ", "은 "]) || self.powers > 0,
            _ => true,
        }
    }

    /// Whether the number follows the name of a law or treaty: 헌법 9조 is an article.
    fn follows_law(&self) -> bool {
        let before = self.text[..self.at].trim_end_matches(|character: char| character.is_ascii_digit());
        super::super::article::LAWS.iter().any(|law| before.ends_with(law))
    }

    /// 여 before a further power: 20여만 명.
    fn about(&mut self) {
        if let Some(rest) = self.text[self.at..].strip_prefix('여')
            && rest.chars().next().is_some_and(|next| large_power(next).is_some_and(|power| power < self.large))
        {
            self.is_about = true;
            self.at += '여'.len_utf8();
        }
    }

    fn value(&self) -> Decimal {
        self.total.plus(self.section).plus(self.coefficient.unwrap_or(Decimal::ZERO))
    }

    fn finish(mut self, start: usize, form: Form) -> Numeral {
        if self.text[self.at..].starts_with('여') && !self.text[self.at..].starts_with("여성") {
            self.is_about = true;
        }
        Numeral { is_about: self.is_about, ..Numeral::single(Span::new(start, self.at), self.value(), form) }
    }
}

/// Whether a text begins with the number of an item: 제2항, 2항, 3호.
fn is_item(rest: &str) -> bool {
    let rest = rest.strip_prefix('제').unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && starts(&rest[digits..], &["항", "호", "목"])
}

fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|start| text.starts_with(start))
}

/// A numeral that begins with digits.
fn in_digits(text: &str, start: usize) -> Option<Numeral> {
    let (digits, length) = Decimal::read_at(text.as_bytes(), start)?;
    let mut builder = Builder::new(text, start + length);
    builder.coefficient = Some(digits);
    if text[..start].ends_with('제') {
        return Some(Numeral { form: Form::Ordinal, ..builder.finish(start, Form::Digits) });
    }
    loop {
        builder.about();
        if builder.power() {
            continue;
        }
        if builder.coefficient.is_some() || !continues(&mut builder) {
            break;
        }
    }
    Some(builder.finish(start, Form::Digits))
}

/// Reads the next digits of a number after a power: 1억 1천만, 12조3천억, 1만8500.
fn continues(builder: &mut Builder) -> bool {
    let rest = &builder.text[builder.at..];
    let spaced = rest.starts_with(' ');
    if spaced && builder.large == 99 {
        return false;
    }
    let digits_start = builder.at + usize::from(spaced);
    if let Some((digits, length)) = Decimal::read(&builder.text[digits_start..]) {
        let after = &builder.text[digits_start + length..];
        let power = after.chars().next().and_then(|next| small_power(next).or(large_power(next)));
        let fits = digits.decimals == 0 && power.is_none_or(|power| power < builder.large);
        let bare = !spaced || power.is_some() || length >= 3 || builder.groups > 1;
        let below = digits.value() < 10_f64.powi(builder.small.min(builder.large) as i32);
        if fits && bare && below {
            builder.at = digits_start + length;
            builder.coefficient = Some(digits);
            return true;
        }
        return false;
    }
    let Some(digit) = (!spaced).then(|| builder.next()).flatten() else { return false };
    let next = builder.text[builder.at + digit.len_utf8()..].chars().next();
    match sino_digit(digit) {
        Some(value) if value > 0 && next.is_some_and(|next| small_power(next).is_some_and(|power| power < builder.small)) => {
            builder.at += digit.len_utf8();
            builder.coefficient = Some(Decimal::whole(value));
            true
        }
        // 1억천만: a bare 천 stands for one of them.
        None => small_power(digit).is_some_and(|power| power < builder.small) && builder.large < 99,
        _ => false,
    }
}

/// A numeral in words at the start of an eojeol.
fn in_words(text: &str, start: usize) -> Option<Numeral> {
    let character = text[start..].chars().next()?;
    match character {
        '수' | '몇' => vague(text, start),
        '절' | '반' => half(text, start),
        '영' | '일' | '이' | '삼' | '사' | '오' | '육' | '칠' | '팔' | '구' | '십' | '백' | '천' | '만' | '억' => {
            sino(text, start)
        }
        '하' | '한' | '둘' | '두' | '세' | '셋' | '서' | '석' | '네' | '넷' | '너' | '넉' | '다' | '대' | '여' | '예' | '아' | '열'
        | '스' | '마' | '쉰' | '첫' => native(text, start),
        _ => None,
    }
    .or_else(|| if character == '일' { native(text, start) } else { None })
}

/// 수십, 수백만, 몇천, 십수 …: a magnitude without a count.
fn vague(text: &str, start: usize) -> Option<Numeral> {
    let mut builder = Builder::new(text, start + '수'.len_utf8());
    while builder.power() {}
    if builder.powers == 0 {
        return None;
    }
    let (one, rest) = (builder.value().value(), &text[builder.at..]);
    let bare = matches!(text[start + 3..builder.at].chars().next(), Some('만' | '조' | '경' | '천' | '억'));
    if bare && builder.powers == 1 && !before_counter(rest) && !rest.starts_with('여') {
        return None;
    }
    let span = Span::new(start, builder.at);
    Some(Numeral { span, low: one, high: one * 9.999, step: one, form: Form::Vague, is_about: true })
}

/// 절반, 반 as a part of a whole.
fn half(text: &str, start: usize) -> Option<Numeral> {
    text[start..].starts_with("절반").then(|| fraction(start, "절반".len(), 0.5))
}

fn fraction(start: usize, length: usize, value: f64) -> Numeral {
    Numeral { span: Span::new(start, start + length), low: value, high: value, step: value / 5.0, form: Form::Fraction, is_about: false }
}

/// 백이십, 삼천만, 오 (년): Sino-Korean words, believed only before a counter.
fn sino(text: &str, start: usize) -> Option<Numeral> {
    let mut builder = Builder::new(text, start);
    let mut digits = 0;
    while let Some(character) = builder.next() {
        if builder.power() {
            continue;
        }
        builder.about();
        let Some(digit) = sino_digit(character).filter(|_| builder.coefficient.is_none()) else {
            if large_power(character).is_some() && builder.power() {
                continue;
            }
            break;
        };
        builder.coefficient = Some(Decimal::whole(digit));
        digits += 1;
        builder.at += character.len_utf8();
    }
    let rest = &text[builder.at..];
    let single = builder.powers == 0 && digits == 1;
    let believed = if single { before_plain_counter(&text[start..builder.at], rest) } else { builder.powers > 0 && before_counter(rest) };
    // 이만, 만일, 천만에: a word of its own that ends in what looks like a digit.
    (believed && builder.value().units > 0).then(|| builder.finish(start, Form::Words))
}

/// Whether what follows a number in words is something that is counted.
fn before_counter(rest: &str) -> bool {
    let rest = rest.strip_prefix('여').unwrap_or(rest);
    let (rest, spaced) = match rest.strip_prefix(' ') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    if rest.starts_with('%') {
        return true;
    }
    let counters = rest.chars().next().and_then(|first| COUNTERS.get(&first));
    counters.and_then(|counters| counters.iter().find(|counter| rest.starts_with(**counter))).is_some_and(|counter| {
        let after = &rest[counter.len()..];
        counter.chars().count() > 1 || spaced && is_word_end(after) || is_word_end(after)
    })
}

/// Whether nothing but particles and suffixes follows.
fn is_word_end(after: &str) -> bool {
    let end = after.find(|character: char| !character.is_alphanumeric()).unwrap_or(after.len());
    crate::word::korean::follows_noun(&after[..end])
}

/// A single Sino-Korean digit is a number only before the units of time and rank: 삼 년, 오 개월.
fn before_plain_counter(digit: &str, rest: &str) -> bool {
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    digit != "이"
        && (rest == "년" || starts(rest, &["개월", "개국", "년간", "년 ", "년만", "년의", "년이", "년에", "주년"]))
        && !(digit == "만" && rest.starts_with("년"))
}

/// What is counted, measured or paid, by its first syllable, the longest first.
static COUNTERS: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut found: FxHashMap<char, Vec<&str>> = FxHashMap::default();
    let lines = include_str!("counters.txt").lines().filter(|line| !line.starts_with('#'));
    for counter in lines.flat_map(str::split_whitespace) {
        found.entry(counter.chars().next().unwrap_or(' ')).or_default().push(counter);
    }
    found.values_mut().for_each(|counters| counters.sort_by_key(|counter| std::cmp::Reverse(counter.len())));
    found
});

/// A native numeral.
struct Native {
    word: &'static str,
    low: f64,
    high: f64,
    stand: Stand,
}

/// Native numerals by their first syllable, the longest first.
static NATIVE: LazyLock<FxHashMap<char, Vec<Native>>> = LazyLock::new(|| {
    let mut found: FxHashMap<char, Vec<Native>> = FxHashMap::default();
    for line in include_str!("native.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [word, low, high, stand] = columns[..] else { continue };
        let stand = STANDS.iter().find(|(name, _)| *name == stand).map_or(Stand::Counter, |(_, stand)| *stand);
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        let native = Native { word, low: number(low), high: number(high), stand };
        found.entry(word.chars().next().unwrap_or(' ')).or_default().push(native);
    }
    found.values_mut().for_each(|words| words.sort_by_key(|native| std::cmp::Reverse(native.word.len())));
    found
});

const STANDS: [(&str, Stand); 5] =
    [("noun", Stand::Noun), ("before", Stand::Before), ("counter", Stand::Counter), ("month", Stand::Month), ("ordinal", Stand::Ordinal)];

/// The longest native numeral at the start of a text.
fn native_at(text: &str) -> Option<&'static Native> {
    NATIVE.get(&text.chars().next()?)?.iter().find(|native| text.starts_with(native.word))
}

/// Where a native numeral may stand.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    /// Alone, with particles, before nouns.
    Noun,
    /// Before a noun or counter.
    Before,
    /// Before a counter only.
    Counter,
    /// Before 달 only.
    Month,
    /// Names a place in a row.
    Ordinal,
}

/// Counters that may be written to a native numeral of one syllable without being part of another word (세대, 한국).
const CLOSE_COUNTERS: &[&str] = &[
    "번째", "가지", "차례", "명", "달", "시간", "사람", "나라", "개국", "개 ", "개의", "개를", "개가", "마리", "척", "군데", "주일", "배 ",
    "배로", "배의", "배가", "곳", "살", "번",
];

fn native(text: &str, start: usize) -> Option<Numeral> {
    let &Native { word, low, high, stand } = native_at(&text[start..])?;
    let (mut end, mut value) = (start + word.len(), (low, high));
    let is_tens = (20.0..=90.0).contains(&low) && word != "스무";
    if let Some(ones) = native_at(&text[end..]).filter(|ones| is_tens && ones.low < 10.0) {
        end += ones.word.len();
        value = (low + ones.low, high + ones.high);
    }
    let rest = &text[end..];
    let short = end - start == 3;
    let believed = match stand {
        Stand::Noun => rest.is_empty() || is_word_end(rest) || before_counter(rest),
        Stand::Before => is_before_noun(rest) || if short { starts(rest, CLOSE_COUNTERS) } else { before_counter(rest) },
        Stand::Counter if short && !rest.starts_with(' ') => {
            starts(rest, CLOSE_COUNTERS) && !(word == "한" && starts(rest, &["번", "곳", "배", "살"]))
        }
        Stand::Counter => before_counter(rest),
        Stand::Month => starts(rest.trim_start_matches(' '), &["달"]),
        Stand::Ordinal => rest.is_empty() || !rest.starts_with(|character: char| ('가'..='힣').contains(&character)) || is_word_end(rest),
    };
    let form = if stand == Stand::Ordinal { Form::Ordinal } else { Form::Words };
    believed.then(|| Numeral { span: Span::new(start, end), low: value.0, high: value.1, step: 1.0, form, is_about: value.0 != value.1 })
}

/// Whether a space and a Hangul word follow.
fn is_before_noun(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|character: char| ('가'..='힣').contains(&character)))
}

/// Joins the two ends of a range that have nothing but a dash or wave between them: 3~5%, 8∼9월, 3만~5만.
fn join_ranges(text: &str, numerals: Vec<Numeral>) -> Vec<Numeral> {
    let mut joined: Vec<Numeral> = Vec::with_capacity(numerals.len());
    for numeral in numerals {
        match joined.last_mut() {
            Some(last) if is_range(text, last, &numeral) => {
                let share = shared_scale(text, last, &numeral);
                *last = Numeral {
                    span: Span::new(last.span.start, numeral.span.end),
                    low: last.low * share,
                    high: numeral.high,
                    step: numeral.step,
                    ..*last
                };
            }
            _ => joined.push(numeral),
        }
    }
    joined
}

fn is_range(text: &str, first: &Numeral, second: &Numeral) -> bool {
    let between = &text[first.span.end..second.span.start];
    // The unit may stand at both ends: 3%∼5%, 2020년~2023년.
    let after = &text[second.span.end..];
    let unit = between.trim_end_matches(['~', '∼', '〜', '–', '-']);
    let between = if !unit.is_empty() && !unit.contains(' ') && after.starts_with(unit) { &between[unit.len()..] } else { between };
    let dash = matches!(between, "~" | "∼" | "〜" | "–" | "-" | "〜 " | " ~ " | "~ ");
    let chained = |place: Option<u8>| matches!(place, Some(b'-' | b'.' | b'/'));
    let bytes = text.as_bytes();
    let date =
        between == "-" && (chained(first.span.start.checked_sub(1).map(|at| bytes[at])) || chained(bytes.get(second.span.end).copied()));
    dash && !date && first.low == first.high && second.low == second.high && first.low < second.high
}

/// 3~5만 is 3만 to 5만: what the first number is to be multiplied by.
fn shared_scale(text: &str, first: &Numeral, second: &Numeral) -> f64 {
    let bare = |numeral: &Numeral| numeral.span.of(text).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
    let written = second.span.of(text);
    let digits = Decimal::read(written).map_or(second.high, |(digits, _)| digits.value());
    if bare(first) && !bare(second) && digits > 0.0 && first.low <= digits { second.high / digits } else { 1.0 }
}
