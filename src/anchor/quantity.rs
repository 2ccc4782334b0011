//! Quantities: a number with its unit and its bounds, and when two of them say the same.

use super::measure::Unit as Measure;
use super::money::Currency;
use super::numeral::{Form, Numeral};
use super::reading::Reading;
use super::{Anchor, Fact, key};
use crate::text::{Language, Span};
use std::fmt;

/// A number with its unit and its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Its value in its own unit, or the lower end of a range.
    pub low: f64,
    /// Its value in its own unit, or the upper end of a range.
    pub high: f64,
    /// What one step of the last place that is not zero is worth.
    pub step: f64,
    /// How exact it says it is.
    pub bound: Bound,
    /// What it counts.
    pub unit: Unit,
    /// How it is written.
    pub form: Form,
}

/// How exact a quantity says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It says nothing.
    Exactly,
    /// 약, 가량, 안팎; about, some.
    About,
    /// 가까이, 육박; nearly, almost, close to.
    Nearly,
    /// 넘는, 여, 초과; more than, over.
    MoreThan,
    /// 이상, 최소; at least.
    AtLeast,
    /// 미만, 못 미치는; less than, under.
    LessThan,
    /// 이하, 최대; at most, up to.
    AtMost,
}

impl Bound {
    /// How it is said before a number.
    pub fn words(self) -> &'static str {
        match self {
            Bound::Exactly => "",
            Bound::About => "about ",
            Bound::Nearly => "nearly ",
            Bound::MoreThan => "more than ",
            Bound::AtLeast => "at least ",
            Bound::LessThan => "less than ",
            Bound::AtMost => "at most ",
        }
    }
}

/// What a quantity counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// Things.
    Count,
    /// Hundredths of a whole.
    Percent,
    /// Percentage points.
    Point,
    /// A part of a whole.
    Share,
    /// So many times as much.
    Multiple,
    /// A place in a row.
    Order,
    /// Money.
    Money(Currency),
    /// A measure.
    Measure(Measure),
}

impl Quantity {
    /// The quantity of a numeral.
    pub fn of(numeral: &Numeral, unit: Unit, bound: Bound) -> Quantity {
        Quantity { low: numeral.low, high: numeral.high, step: numeral.step, bound, unit, form: numeral.form }
    }

    /// Whether it is one value, not a range.
    pub fn is_single(&self) -> bool {
        self.low == self.high
    }

    /// Whether it is so small and so often a word of grammar that nothing follows from its absence: one, first, second.
    pub fn is_weak(&self) -> bool {
        self.is_single()
            && self.low <= 2.0
            && self.form != Form::Digits
            && matches!(self.unit, Unit::Count | Unit::Order | Unit::Share | Unit::Multiple)
    }

    /// The same in the base unit of what it measures: a share of one for percent, metres for kilometres.
    fn in_base(&self) -> Quantity {
        let (factor, offset) = match self.unit {
            Unit::Percent | Unit::Point => (0.01, 0.0),
            Unit::Measure(measure) => (measure.factor, measure.offset),
            _ => (1.0, 0.0),
        };
        Quantity { low: self.low * factor + offset, high: self.high * factor + offset, step: self.step * factor, ..*self }
    }

    /// The keys by which it is found: its value in buckets of a tenth, by what it measures, and bare.
    pub fn keys(&self, language: Language) -> Vec<u64> {
        let base = self.in_base();
        let class = self.unit.class();
        let mut keys = Vec::new();
        push_keys(&mut keys, class, &base, language);
        if class != COUNT {
            push_keys(&mut keys, COUNT, self, language);
        }
        if let Unit::Money(_) = self.unit {
            let won = self.unit.money_in_won().unwrap_or(1.0);
            push_keys(&mut keys, CONVERTED, &Quantity { low: self.low * won, high: self.high * won, ..*self }, language);
        }
        keys
    }
}

const COUNT: u64 = 1;
const SHARE: u64 = 2;
const CONVERTED: u64 = 3;

impl Unit {
    fn class(self) -> u64 {
        match self {
            Unit::Count | Unit::Multiple | Unit::Order => COUNT,
            Unit::Percent | Unit::Point | Unit::Share => SHARE,
            Unit::Money(currency) => 16 + currency as u64,
            Unit::Measure(measure) => 64 + measure.dimension as u64,
        }
    }

    fn money_in_won(self) -> Option<f64> {
        match self {
            Unit::Money(currency) => Some(currency.won()),
            _ => None,
        }
    }
}

/// The key of a bare number, by which a lone year or day finds it.
pub fn bare_key(value: f64) -> u64 {
    key(COUNT, bucket(value) as u64)
}

/// Ends of a range and everything in between that is not too wide; the target also asks in the buckets beside its own.
fn push_keys(keys: &mut Vec<u64>, class: u64, quantity: &Quantity, language: Language) {
    let (low, high) = (bucket(quantity.low), bucket(quantity.high));
    let reach = i64::from(language == Language::English) * if class == CONVERTED { 3 } else { 1 };
    let high = high.min(low + 26);
    for bucket in low - reach..=high + reach {
        keys.push(key(class, bucket as u64));
    }
}

/// Values within a tenth of each other fall into the same bucket or into neighbours.
fn bucket(value: f64) -> i64 {
    if value == 0.0 { -10_000 } else { (value.abs().max(1e-12).ln() / 1.1_f64.ln()).floor() as i64 }
}

/// How well two quantities agree; see [`super::agree`].
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Quantity(source), Fact::Quantity(target)) => compare(source, target),
        (Fact::Quantity(source), Fact::Date(target)) => super::date::agree_with_quantity(target, source),
        _ => 0.0,
    }
}

/// How well a target quantity follows from a source quantity.
pub fn compare(source: &Quantity, target: &Quantity) -> f32 {
    let trust = trust(source.unit, target.unit);
    if trust == 0.0 {
        return 0.0;
    }
    let same_class = source.unit.class() == target.unit.class();
    match (source.unit, target.unit) {
        (Unit::Money(one), Unit::Money(other)) if one != other => converted(source, target),
        (Unit::Percent | Unit::Share, Unit::Multiple) => trust * closeness(&source.in_base(), target),
        (Unit::Multiple, Unit::Percent | Unit::Share) => trust * closeness(source, &target.in_base()),
        _ if same_class => trust * conversion(source, target).unwrap_or_else(|| closeness(&source.in_base(), &target.in_base())),
        _ => trust * closeness(source, target),
    }
}

/// How much two units can be the same.
fn trust(source: Unit, target: Unit) -> f32 {
    match (source, target) {
        (Unit::Percent, Unit::Point) | (Unit::Point, Unit::Percent) => 0.5,
        (Unit::Point, Unit::Share) | (Unit::Share, Unit::Point) => 0.0,
        (Unit::Percent | Unit::Point | Unit::Share, Unit::Percent | Unit::Point | Unit::Share) => 1.0,
        (Unit::Multiple, Unit::Multiple) | (Unit::Count, Unit::Count) | (Unit::Order, Unit::Order) => 1.0,
        (Unit::Count | Unit::Order | Unit::Multiple, Unit::Count | Unit::Order | Unit::Multiple) => 0.8,
        (Unit::Percent | Unit::Share, Unit::Multiple) | (Unit::Multiple, Unit::Percent | Unit::Share) => 0.6,
        (Unit::Money(_), Unit::Money(_)) => 1.0,
        (Unit::Measure(one), Unit::Measure(other)) => f32::from(u8::from(one.dimension == other.dimension)),
        (Unit::Count, Unit::Money(_) | Unit::Measure(_) | Unit::Percent | Unit::Point) => 0.6,
        (Unit::Money(_) | Unit::Measure(_) | Unit::Percent | Unit::Point, Unit::Count) => 0.6,
        (Unit::Order, Unit::Measure(_)) | (Unit::Measure(_), Unit::Order) => 0.6,
        _ => 0.0,
    }
}

/// A measure in another unit of its dimension had to be rounded: it agrees loosely within this share.
const CONVERSION: f64 = 0.04;

/// How well a converted measure follows; nothing where both are in the same unit.
fn conversion(source: &Quantity, target: &Quantity) -> Option<f32> {
    let (Unit::Measure(one), Unit::Measure(other)) = (source.unit, target.unit) else { return None };
    if one.factor == other.factor && one.offset == other.offset {
        return None;
    }
    let (from, to) = (source.in_base(), target.in_base());
    let near = |from: f64, to: f64| (from - to).abs() <= CONVERSION * from.abs().max(to.abs());
    let exact = from.low == to.low && from.high == to.high;
    (source.form != Form::Vague && target.form != Form::Vague).then(|| match (exact, near(from.low, to.low) && near(from.high, to.high)) {
        (true, _) => 1.0,
        (_, true) => 0.8,
        _ => 0.0,
    })
}

/// A sum in another currency agrees loosely as long as any exchange rate of the last decades gives it.
fn converted(source: &Quantity, target: &Quantity) -> f32 {
    let (Some(from), Some(to)) = (source.unit.money_in_won(), target.unit.money_in_won()) else { return 0.0 };
    let ratio = source.high * from / (target.high * to);
    if (0.72..=1.4).contains(&ratio) { 0.56 } else { 0.0 }
}

/// How well the value of a target follows from the value of a source, both in the same unit.
pub fn closeness(source: &Quantity, target: &Quantity) -> f32 {
    match (source.is_single(), target.is_single()) {
        (true, true) => single(source, target),
        (false, false) if source.form == Form::Vague || target.form == Form::Vague => {
            if source.low <= target.high && target.low <= source.high { 0.8 } else { 0.0 }
        }
        (false, false) => {
            let end = |quantity: &Quantity, value: f64| Quantity { low: value, high: value, ..*quantity };
            single(&end(source, source.low), &end(target, target.low)).min(single(&end(source, source.high), &end(target, target.high)))
        }
        (false, true) => within(source, target.low, target),
        (true, false) => within(target, source.low, source),
    }
}

/// A value inside a range: an end of it is better than its middle.
fn within(range: &Quantity, value: f64, single: &Quantity) -> f32 {
    let margin = range.high.abs() * 0.005;
    if range.form == Form::Vague {
        return if range.low <= value && value <= range.high { 0.7 } else { 0.0 };
    }
    if (value - range.low).abs() <= margin || (value - range.high).abs() <= margin {
        0.95
    } else if range.low < value && value < range.high && single.bound != Bound::Exactly {
        0.6
    } else if range.low < value && value < range.high {
        0.4
    } else {
        0.0
    }
}

/// Fewer things than this are counted, not rounded, where no word says so.
const FEW: f64 = 50.0;

fn single(source: &Quantity, target: &Quantity) -> f32 {
    let (from, to) = (source.low, target.low);
    let difference = (from - to).abs();
    let relative = difference / from.abs().max(to.abs()).max(1e-12);
    if relative < 1e-6 {
        return 1.0;
    }
    let half_step = |step: f64| difference <= step * 0.5001;
    let rounded_up = match target.bound {
        Bound::Nearly | Bound::LessThan | Bound::AtMost => from <= to && relative <= 0.12,
        Bound::MoreThan | Bound::AtLeast => from >= to && relative <= 0.2 && difference < target.step * 0.9999,
        Bound::About => relative <= if target.step > source.step * 1.001 { 0.1 } else { 0.05 },
        Bound::Exactly => false,
    };
    let is_few = target.bound == Bound::Exactly && matches!(target.unit, Unit::Count) && to < FEW;
    if half_step(target.step) && target.step > source.step && relative <= 0.05 && !is_few {
        0.95
    } else if rounded_up && target.step > source.step * 0.999 {
        0.85
    } else if source.bound == Bound::MoreThan && to > from && difference < source.step * 0.9999 {
        0.7
    } else if source.bound != Bound::Exactly && relative <= 0.03 {
        0.6
    } else if half_step(source.step) && source.step > target.step && relative <= 0.05 {
        0.4
    } else {
        0.0
    }
}

/// Reads the words around a number that say how exact it is; answers the bound and the span with them left out.
pub fn bound(reading: &Reading, span: Span, is_about: bool) -> Bound {
    let (before, after) = (reading.before(span.start), reading.after(span.end));
    let found = match reading.language {
        Language::Korean => korean_bound(span.of(reading.text), before, after),
        Language::English => english_bound(before, after),
    };
    match (found, is_about) {
        (Bound::Exactly, true) if is_a_little_more(span.of(reading.text)) => Bound::MoreThan,
        (Bound::Exactly, true) => Bound::About,
        (found, _) => found,
    }
}

/// Whether a Korean number holds the 여 of a little more, not that of 여섯 and 여덟.
fn is_a_little_more(number: &str) -> bool {
    number.match_indices('여').any(|(at, _)| !number[at..].starts_with("여섯") && !number[at..].starts_with("여덟"))
}

fn korean_bound(number: &str, before: &str, after: &str) -> Bound {
    let spaced = after.trim_start_matches(' ');
    // What is counted may stand between: 300명 이상, 5척 가까이.
    let word_end = spaced.find(' ').map_or(spaced.len(), |end| end + 1);
    for text in [spaced, &spaced[word_end..]] {
        if let Some((_, bound)) = KOREAN_AFTER.iter().find(|(word, _)| text.starts_with(word)) {
            return *bound;
        }
    }
    let eojeol = &after[..after.find(|character: char| !character.is_alphanumeric()).unwrap_or(after.len())];
    if let Some((_, bound)) = KOREAN_ATTACHED.iter().find(|(word, _)| eojeol.contains(word)) {
        return *bound;
    }
    if after.starts_with('대') && number.ends_with(['원', '%', '러', '도', '엔']) {
        return Bound::About;
    }
    let before = before.trim_end_matches(' ');
    KOREAN_BEFORE.iter().find(|(word, _)| before.ends_with(word)).map_or(Bound::Exactly, |(_, bound)| *bound)
}

/// What may also be written to the counter: 500명가량.
const KOREAN_ATTACHED: &[(&str, Bound)] = &[
    ("가량", Bound::About),
    ("정도", Bound::About),
    ("안팎", Bound::About),
    ("남짓", Bound::MoreThan),
    ("이상", Bound::AtLeast),
    ("이하", Bound::AtMost),
    ("미만", Bound::LessThan),
    ("가까이", Bound::Nearly),
];

const KOREAN_AFTER: &[(&str, Bound)] = &[
    ("이상", Bound::AtLeast),
    ("이하", Bound::AtMost),
    ("미만", Bound::LessThan),
    ("초과", Bound::MoreThan),
    ("여", Bound::MoreThan),
    ("가량", Bound::About),
    ("정도", Bound::About),
    ("안팎", Bound::About),
    ("내외", Bound::About),
    ("남짓", Bound::MoreThan),
    ("쯤", Bound::About),
    ("가까", Bound::Nearly),
    ("육박", Bound::Nearly),
    ("에 육박", Bound::Nearly),
    ("에 가까", Bound::Nearly),
    ("에 달", Bound::About),
    ("을 넘", Bound::MoreThan),
    ("를 넘", Bound::MoreThan),
    ("이 넘", Bound::MoreThan),
    ("가 넘", Bound::MoreThan),
    ("넘", Bound::MoreThan),
    ("을 웃", Bound::MoreThan),
    ("를 웃", Bound::MoreThan),
    ("을 상회", Bound::MoreThan),
    ("를 상회", Bound::MoreThan),
    ("에 못", Bound::LessThan),
    ("도 안", Bound::LessThan),
];

const KOREAN_BEFORE: &[(&str, Bound)] = &[
    ("약", Bound::About),
    ("대략", Bound::About),
    ("거의", Bound::Nearly),
    ("최소", Bound::AtLeast),
    ("적어도", Bound::AtLeast),
    ("최대", Bound::AtMost),
    ("많아야", Bound::AtMost),
    ("어림잡아", Bound::About),
];

fn english_bound(before: &str, after: &str) -> Bound {
    let before = before.trim_end_matches([' ', '$', '€', '£', '¥', '₩', '~']);
    let before = before.strip_suffix(" a").or_else(|| before.strip_suffix(" the")).unwrap_or(before);
    let ends = |word: &str| {
        let start = before.len().checked_sub(word.len());
        start.and_then(|start| before.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
            && before[..before.len() - word.len()].chars().next_back().is_none_or(|character| !character.is_alphanumeric())
    };
    let found = ENGLISH_BEFORE.iter().filter(|(word, _)| ends(word)).max_by_key(|(word, _)| word.len());
    if let Some((_, bound)) = found {
        return *bound;
    }
    let after = after.trim_start_matches([' ', ',']);
    let word_end = after.find(' ').map_or(after.len(), |end| end + 1);
    let follow = [after, &after[word_end..]];
    ENGLISH_AFTER.iter().find(|(words, _)| follow.iter().any(|text| text.starts_with(words))).map_or(Bound::Exactly, |(_, bound)| *bound)
}

const ENGLISH_BEFORE: &[(&str, Bound)] = &[
    ("about", Bound::About),
    ("around", Bound::About),
    ("some", Bound::About),
    ("roughly", Bound::About),
    ("approximately", Bound::About),
    ("an estimated", Bound::About),
    ("estimated", Bound::About),
    ("as many as", Bound::AtMost),
    ("as much as", Bound::AtMost),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("close to", Bound::Nearly),
    ("just under", Bound::Nearly),
    ("not quite", Bound::Nearly),
    ("just short of", Bound::Nearly),
    ("little short of", Bound::Nearly),
    ("short of", Bound::Nearly),
    ("shy of", Bound::Nearly),
    ("approaching", Bound::Nearly),
    ("as good as", Bound::Nearly),
    ("barely", Bound::Nearly),
    ("scarcely", Bound::Nearly),
    ("hardly", Bound::Nearly),
    ("just over", Bound::MoreThan),
    ("a little over", Bound::MoreThan),
    ("a little more than", Bound::MoreThan),
    ("slightly over", Bound::MoreThan),
    ("a good", Bound::MoreThan),
    ("perhaps", Bound::About),
    ("something like", Bound::About),
    ("in the region of", Bound::About),
    ("on the order of", Bound::About),
    ("well under", Bound::LessThan),
    ("well below", Bound::LessThan),
    ("more than", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("exceeded", Bound::MoreThan),
    ("exceeds", Bound::MoreThan),
    ("upwards of", Bound::MoreThan),
    ("well over", Bound::MoreThan),
    ("at least", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
    ("under", Bound::LessThan),
    ("below", Bound::LessThan),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
];

const ENGLISH_AFTER: &[(&str, Bound)] = &[
    ("or more", Bound::AtLeast),
    ("or so", Bound::About),
    ("or thereabouts", Bound::About),
    ("or less", Bound::AtMost),
    ("or fewer", Bound::AtMost),
    ("or higher", Bound::AtLeast),
    ("or lower", Bound::AtMost),
];

impl fmt::Display for Quantity {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if self.form != Form::Vague {
            formatter.write_str(self.bound.words())?;
        }
        if self.form == Form::Vague {
            write!(formatter, "some {}s", Number(self.low))?;
        } else if self.is_single() {
            write!(formatter, "{}", Number(self.low))?;
        } else {
            write!(formatter, "{}–{}", Number(self.low), Number(self.high))?;
        }
        match self.unit {
            Unit::Count | Unit::Share => Ok(()),
            Unit::Percent => write!(formatter, "%"),
            Unit::Point => write!(formatter, " percentage points"),
            Unit::Multiple => write!(formatter, " times"),
            Unit::Order => write!(formatter, " in order"),
            Unit::Money(currency) => write!(formatter, " {}", currency.code()),
            Unit::Measure(measure) => write!(formatter, " {}", measure.name),
        }
    }
}

/// A number for people: thousands commas, at most four decimals.
pub struct Number(pub f64);

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let plain = format!("{:.4}", self.0);
        let trimmed = plain.trim_end_matches('0').trim_end_matches('.');
        let (whole, decimals) = trimmed.split_once('.').unwrap_or((trimmed, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        formatter.write_str(sign)?;
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                write!(formatter, ",")?;
            }
            write!(formatter, "{digit}")?;
        }
        if decimals.is_empty() { Ok(()) } else { write!(formatter, ".{decimals}") }
    }
}
