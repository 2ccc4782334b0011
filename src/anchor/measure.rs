//! Measures: lengths, areas, volumes, weights, energy, temperatures and spans of time, with their conversions.

use super::numeral::{Form, Numeral};
use super::quantity::{Bound, Quantity, Unit as Counted, bound};
use super::reading::Reading;
use super::{Anchor, Fact};
use crate::text::{Language, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A unit of measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units one of it is.
    pub factor: f64,
    /// What is added after that: temperatures only.
    pub offset: f64,
    /// Its English name.
    pub name: &'static str,
}

/// What a unit measures, with its base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Litres.
    Volume,
    /// Barrels.
    Oil,
    /// Kilograms.
    Mass,
    /// Watts.
    Power,
    /// Watt hours.
    Energy,
    /// Degrees Celsius.
    Temperature,
    /// Kilometres an hour.
    Speed,
    /// Hertz.
    Frequency,
    /// Bytes.
    Bytes,
    /// Seconds.
    Time,
}

const DIMENSIONS: [(&str, Dimension); 12] = [
    ("length", Dimension::Length),
    ("area", Dimension::Area),
    ("volume", Dimension::Volume),
    ("oil", Dimension::Oil),
    ("mass", Dimension::Mass),
    ("power", Dimension::Power),
    ("energy", Dimension::Energy),
    ("temperature", Dimension::Temperature),
    ("speed", Dimension::Speed),
    ("frequency", Dimension::Frequency),
    ("bytes", Dimension::Bytes),
    ("time", Dimension::Time),
];

/// All units, by the first character of their names, the longest names first.
struct Units {
    symbols: FxHashSet<&'static str>,
    korean: FxHashMap<char, Vec<(&'static str, Unit)>>,
    english: FxHashMap<char, Vec<(&'static str, Unit)>>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut units = Units { symbols: FxHashSet::default(), korean: FxHashMap::default(), english: FxHashMap::default() };
    for line in include_str!("measures.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [dimension, factor, offset, name, symbols, korean, english] = columns[..] else { continue };
        let Some(&(_, dimension)) = DIMENSIONS.iter().find(|(known, _)| *known == dimension) else { continue };
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        let unit = Unit { dimension, factor: number(factor), offset: number(offset), name };
        units.symbols.extend(symbols.split(';').filter(|symbol| !symbol.is_empty()));
        enter(&mut units.korean, korean, unit);
        enter(&mut units.english, english, unit);
    }
    for names in units.korean.values_mut().chain(units.english.values_mut()) {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    units
});

fn enter(index: &mut FxHashMap<char, Vec<(&'static str, Unit)>>, names: &'static str, unit: Unit) {
    for name in names.split(';').filter(|name| !name.is_empty()) {
        let first = name.chars().next().map_or(' ', |first| first.to_ascii_lowercase());
        index.entry(first).or_default().push((name, unit));
    }
}

/// The names that begin with the first character of a text, the longest first.
fn names<'a>(index: &'a FxHashMap<char, Vec<(&'static str, Unit)>>, text: &str) -> &'a [(&'static str, Unit)] {
    let first = text.chars().next().map_or(' ', |first| first.to_ascii_lowercase());
    index.get(&first).map_or(&[], Vec::as_slice)
}

/// Native Korean words for spans of days.
const DAY_WORDS: &[(&str, f64)] = &[
    ("하루", 1.0),
    ("이틀", 2.0),
    ("사흘", 3.0),
    ("나흘", 4.0),
    ("닷새", 5.0),
    ("엿새", 6.0),
    ("이레", 7.0),
    ("여드레", 8.0),
    ("아흐레", 9.0),
    ("열흘", 10.0),
    ("열하루", 11.0),
    ("열이틀", 12.0),
    ("열사흘", 13.0),
    ("열나흘", 14.0),
    ("열닷새", 15.0),
    ("보름", 15.0),
];

/// Whether Latin letters or a sign are the symbol of a unit.
pub fn is_symbol(letters: &str) -> bool {
    UNITS.symbols.contains(letters)
}

/// A span of time of so many seconds.
pub fn span_of(seconds: f64, name: &'static str) -> Unit {
    Unit { dimension: Dimension::Time, factor: seconds, offset: 0.0, name }
}

/// Whether a unit is the day.
pub fn is_day(unit: Unit) -> bool {
    unit.dimension == Dimension::Time && unit.factor == DAY
}

const DAY: f64 = 86_400.0;
const MONTH: f64 = 2_629_800.0;

/// Adds the measures of a segment.
pub fn find(reading: &mut Reading) {
    for numeral in reading.free_numerals() {
        if matches!(numeral.form, Form::Ordinal | Form::Multiple | Form::Fraction) {
            continue;
        }
        let found = match reading.language {
            Language::Korean => korean_unit(reading.after(numeral.span.end)),
            Language::English => english_unit(reading.after(numeral.span.end)),
        };
        if let Some((unit, length)) = found {
            let (numeral, length) = with_hundredths(reading, numeral, unit, length);
            let (numeral, length) = with_half(reading, numeral, unit, length);
            let span = Span::new(numeral.span.start, numeral.span.end + length);
            let unit = if is_speed(reading, &numeral, unit) {
                Unit { dimension: Dimension::Speed, factor: unit.factor / 1000.0, name: "km/h", ..unit }
            } else {
                unit
            };
            let quantity = Quantity::of(&numeral, Counted::Measure(unit), bound(reading, span, numeral.is_about));
            if reading.is_free(span) {
                reading.add("measure", span, quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity));
            }
        }
    }
    match reading.language {
        Language::Korean => korean_words(reading),
        Language::English => english_words(reading),
    }
    reading.join(composed);
}

/// 2년 3개월, two hours and ten minutes: one span of time in its smaller unit.
fn composed(reading: &Reading, first: &Anchor, second: &Anchor) -> Option<(String, Vec<u64>, Fact)> {
    let (Fact::Quantity(large), Fact::Quantity(small)) = (&first.fact, &second.fact) else { return None };
    let (Counted::Measure(whole), Counted::Measure(part)) = (large.unit, small.unit) else { return None };
    let between = &reading.text[first.span.end..second.span.start];
    let is_joined =
        matches!(between, "" | " " | " and " | ", " | " 하고 ") && (!between.is_empty() || reading.language == Language::Korean);
    let is_time = whole.dimension == Dimension::Time && part.dimension == Dimension::Time;
    // Months make years and minutes hours; no one counts centuries and days together.
    let fits = whole.factor > part.factor && small.high * part.factor < whole.factor && whole.factor <= part.factor * 60.0;
    if !(is_joined && is_time && fits && large.is_single() && small.is_single()) || large.low.fract() != 0.0 {
        return None;
    }
    let times = (whole.factor / part.factor).round();
    let value = large.low * times + small.low;
    let bound = if large.bound == Bound::Exactly { small.bound } else { large.bound };
    let quantity = Quantity { low: value, high: value, bound, ..*small };
    Some((quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity)))
}

/// 12초87: hundredths of a second behind the unit.
fn with_hundredths(reading: &Reading, numeral: Numeral, unit: Unit, length: usize) -> (Numeral, usize) {
    let rest = reading.after(numeral.span.end + length).as_bytes();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if unit.name != "seconds" || digits != 2 || !numeral.low.eq(&numeral.high) || reading.language != Language::Korean {
        return (numeral, length);
    }
    let value = numeral.low + f64::from(rest[0] - b'0') / 10.0 + f64::from(rest[1] - b'0') / 100.0;
    (Numeral { low: value, high: value, step: 0.01, ..numeral }, length + 2)
}

/// 1년 반, 두 시간 반: half a unit of time more.
fn with_half(reading: &Reading, numeral: Numeral, unit: Unit, length: usize) -> (Numeral, usize) {
    const HALF: &str = " 반";
    let rest = reading.after(numeral.span.end + length);
    let is_half = reading.language == Language::Korean
        && unit.dimension == Dimension::Time
        && numeral.low == numeral.high
        && numeral.low < 100.0
        && rest.strip_prefix(HALF).is_some_and(|tail| {
            let end = tail.find(|character: char| !character.is_alphanumeric()).unwrap_or(tail.len());
            crate::word::korean::follows_noun(&tail[..end])
        });
    match is_half {
        true => (Numeral { low: numeral.low + 0.5, high: numeral.high + 0.5, step: 0.5, ..numeral }, length + HALF.len()),
        false => (numeral, length),
    }
}

/// 시속 33km: a length an hour.
fn is_speed(reading: &Reading, numeral: &Numeral, unit: Unit) -> bool {
    let before = reading.before(numeral.span.start).trim_end_matches(' ');
    unit.dimension == Dimension::Length && before.trim_end_matches('약').trim_end_matches(' ').ends_with("시속")
}

/// The unit after a Korean number, and its bytes with what stands before it.
fn korean_unit(after: &str) -> Option<(Unit, usize)> {
    let skipped = after.len() - after.trim_start_matches(['여', ' ']).len();
    let rest = after.get(skipped..).filter(|_| skipped <= 4)?;
    let (name, unit) = *names(&UNITS.korean, rest).iter().find(|(name, _)| rest.starts_with(name))?;
    let tail = &rest[name.len()..];
    let latin = name.is_ascii();
    let stands = if latin { !tail.starts_with(|character: char| character.is_ascii_alphanumeric()) } else { is_unit_tail(name, tail) };
    stands.then_some((unit, skipped + name.len()))
}

/// Whether a Korean unit is not the beginning of another word.
fn is_unit_tail(name: &str, tail: &str) -> bool {
    let eojeol = &tail[..tail.find(|character: char| !character.is_alphanumeric()).unwrap_or(tail.len())];
    if name.chars().count() > 1 {
        return true;
    }
    let other_word = match name {
        "해" => !eojeol.is_empty() && !matches!(eojeol, "를" | "가" | "만에" | "동안" | "째" | "의"),
        "분" => ["의", "기", "야", "과", "단"].iter().any(|start| eojeol.starts_with(start)),
        "주" => ["요", "의", "도", "장", "민"].iter().any(|start| eojeol.starts_with(start)) && !eojeol.starts_with("의 "),
        "초" => ["기", "반", "과", "고"].iter().any(|start| eojeol.starts_with(start)),
        "도" => !eojeol.is_empty() && !matches!(eojeol, "의" | "를" | "까지" | "로" | "가" | "에서" | "선"),
        "달" => ["러", "성", "라"].iter().any(|start| eojeol.starts_with(start)),
        "세" => ["계", "대", "트", "력"].iter().any(|start| eojeol.starts_with(start)),
        "일" => ["본", "자", "반"].iter().any(|start| eojeol.starts_with(start)),
        "년" => ["대", "도"].iter().any(|start| eojeol.starts_with(start)),
        "평" => ["가", "화", "균"].iter().any(|start| eojeol.starts_with(start) && eojeol.chars().count() > 1),
        _ => false,
    };
    !other_word
}

/// The unit after an English number, and its bytes with what stands before it.
fn english_unit(after: &str) -> Option<(Unit, usize)> {
    let rest = after.strip_prefix([' ', '-']).unwrap_or(after);
    let mut skipped = after.len() - rest.len();
    let mut rest = rest;
    for filler in ["full ", "consecutive ", "straight ", "long ", "more ", "additional ", "calendar ", "whole ", "to ", "short "] {
        if let Some(shorter) = rest.strip_prefix(filler) {
            skipped += filler.len();
            rest = shorter;
        }
    }
    let close = skipped == 0;
    let fits = |name: &str| {
        let start = rest.get(..name.len());
        let written = start.is_some_and(|start| if name.len() > 3 { start.eq_ignore_ascii_case(name) } else { start == name });
        written && (name.len() > 1 || close) && !rest[name.len()..].starts_with(|character: char| character.is_alphanumeric())
    };
    let (name, unit) = *names(&UNITS.english, rest).iter().find(|(name, _)| fits(name))?;
    Some((unit, skipped + name.len()))
}

/// 하루, 이틀 … 보름: spans of days in words of their own.
fn korean_words(reading: &mut Reading) {
    for (word, days) in DAY_WORDS {
        let mut from = 0;
        while let Some(at) = reading.text[from..].find(word).map(|at| from + at) {
            from = at + word.len();
            let starts = !reading.before(at).ends_with(|character: char| character.is_alphanumeric());
            let span = Span::new(at, from);
            let rest = reading.after(from);
            let tail = &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())];
            let stands = starts && !tail.starts_with("빨") && (crate::word::korean::follows_noun(tail) || tail == "간" || tail == "째");
            if stands && reading.is_free(span) {
                let quantity = Quantity {
                    low: *days,
                    high: *days,
                    step: 1.0,
                    bound: bound(reading, span, false),
                    unit: Counted::Measure(span_of(DAY, "days")),
                    form: Form::Words,
                };
                reading.add("measure", span, quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity));
            }
        }
    }
}

/// a decade, half a century, a quarter of a century, decades: spans of time in words of their own.
fn english_words(reading: &mut Reading) {
    for index in 1..reading.words.len() {
        let months = match reading.word(index) {
            "decade" | "decades" => 120.0,
            "century" => 1200.0,
            _ => continue,
        };
        let last = reading.words[index];
        let vague = reading.word(index) == "decades";
        let (first, share) = if vague { (index, 1.0) } else { part_of_span(reading, index) };
        let span = Span::new(reading.words[first].start, last.end);
        let article = matches!(reading.word(index - 1), "a" | "per" | "past" | "last" | "next" | "the");
        let is_running =
            reading.word(index - 1) == "the" && index > 1 && reading.word(index - 2) == "of" || reading.word(index - 1) == "this";
        let of_calendar = reading.numerals.iter().any(|numeral| numeral.form == Form::Ordinal && numeral.span.end + 1 == last.start);
        if !reading.is_free(span) || is_running || of_calendar || !(article || vague || first < index) {
            continue;
        }
        let unit = span_of(MONTH, "months");
        let (form, low, high) =
            if vague { (Form::Vague, months * 2.0, months * 9.0) } else { (Form::Words, months * share, months * share) };
        let quantity = Quantity { low, high, step: months * share, bound: bound(reading, span, vague), unit: Counted::Measure(unit), form };
        reading.add("measure", span, quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity));
    }
}

/// Where "half a", "a quarter of a" before a span begins, and what share of it that is.
fn part_of_span(reading: &Reading, index: usize) -> (usize, f64) {
    let word = |back: usize| index.checked_sub(back).map_or("", |at| reading.word(at));
    match (word(4), word(3), word(2), word(1)) {
        (_, "quarter", "of", "a") => (index - if word(4) == "a" { 4 } else { 3 }, 0.25),
        ("three", "quarters", "of", "a") => (index - 4, 0.75),
        (_, _, "half", "a") => (index - 2, 0.5),
        (.., "half") => (index - 1, 0.5),
        _ => (index, 1.0),
    }
}
