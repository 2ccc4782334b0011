//! Measures: lengths, areas, volumes, weights, energy, temperatures and spans of time, with their conversions.

use super::quantity::{Quantity, Unit as Counted, bound};
use super::reading::Reading;
use super::{Fact, numeral::Form};
use crate::text::{Language, Span};

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

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Litres.
    Volume,
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
    /// Calendar months: months, quarters, years, decades.
    Months,
    /// Days and weeks.
    Days,
    /// Seconds, minutes, hours.
    Seconds,
    /// Barrels.
    Barrels,
    /// Bytes.
    Bytes,
    /// Hertz.
    Frequency,
    /// Persons' age has its own words but is compared with years.
    Nodes,
}

/// A row of the table: dimension, factor, offset, English name, Latin symbols, Korean names, English names.
type Row = (Dimension, f64, f64, &'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Definitions: SI; the international yard and pound (1959); the international nautical mile (1929); the pyeong is 400/121 m².
const UNITS: &[Row] = &[
    (
        Dimension::Length,
        1000.0,
        0.0,
        "km",
        &["km", "㎞"],
        &["킬로미터", "킬로", "km", "㎞"],
        &["kilometers", "kilometres", "kilometer", "kilometre", "km", "kms"],
    ),
    (Dimension::Length, 1.0, 0.0, "m", &["m"], &["미터", "m"], &["meters", "metres", "meter", "metre", "m"]),
    (
        Dimension::Length,
        0.01,
        0.0,
        "cm",
        &["cm", "㎝"],
        &["센티미터", "센티", "cm", "㎝"],
        &["centimeters", "centimetres", "centimeter", "cm"],
    ),
    (
        Dimension::Length,
        0.001,
        0.0,
        "mm",
        &["mm", "㎜"],
        &["밀리미터", "밀리", "mm", "㎜"],
        &["millimeters", "millimetres", "millimeter", "mm"],
    ),
    (
        Dimension::Length,
        1e-9,
        0.0,
        "nm",
        &["nm", "㎚"],
        &["나노미터", "나노", "㎚", "nm"],
        &["nanometers", "nanometres", "nanometer", "nm"],
    ),
    (Dimension::Length, 1609.344, 0.0, "miles", &["mi"], &["마일"], &["miles", "mile"]),
    (Dimension::Length, 1852.0, 0.0, "nautical miles", &["NM"], &["해리"], &["nautical miles", "nautical mile"]),
    (Dimension::Length, 0.3048, 0.0, "feet", &["ft"], &["피트"], &["feet", "foot", "ft"]),
    (Dimension::Length, 0.9144, 0.0, "yards", &["yd"], &["야드"], &["yards", "yard"]),
    (Dimension::Length, 0.0254, 0.0, "inches", &[], &["인치"], &["inches", "inch"]),
    (Dimension::Length, 392.727, 0.0, "ri", &[], &[], &["ri"]),
    (
        Dimension::Area,
        1e6,
        0.0,
        "km²",
        &["㎢", "km2", "km²"],
        &["제곱킬로미터", "평방킬로미터", "㎢", "km2", "km²"],
        &["square kilometers", "square kilometres", "square km", "sq km", "km²", "km2"],
    ),
    (
        Dimension::Area,
        1.0,
        0.0,
        "m²",
        &["㎡", "m2", "m²"],
        &["제곱미터", "평방미터", "㎡", "m2", "m²"],
        &["square meters", "square metres", "sq m", "m²", "m2"],
    ),
    (Dimension::Area, 10_000.0, 0.0, "hectares", &["ha", "㏊"], &["헥타르", "ha", "㏊"], &["hectares", "hectare", "ha"]),
    (Dimension::Area, 4046.856, 0.0, "acres", &[], &["에이커"], &["acres", "acre"]),
    (Dimension::Area, 2_589_988.0, 0.0, "square miles", &[], &["제곱마일", "평방마일"], &["square miles", "square mile"]),
    (Dimension::Area, 0.092_903, 0.0, "square feet", &[], &["제곱피트", "평방피트"], &["square feet", "sq ft"]),
    (Dimension::Area, 3.305_785, 0.0, "pyeong", &[], &["평"], &["pyeong"]),
    (Dimension::Volume, 1.0, 0.0, "litres", &["ℓ", "L"], &["리터", "ℓ", "L"], &["liters", "litres", "liter", "litre"]),
    (Dimension::Volume, 1000.0, 0.0, "m³", &["㎥", "m3", "m³"], &["세제곱미터", "입방미터", "㎥"], &["cubic meters", "cubic metres", "m³"]),
    (Dimension::Volume, 3.785_41, 0.0, "gallons", &[], &["갤런"], &["gallons", "gallon"]),
    (Dimension::Barrels, 1.0, 0.0, "barrels", &["bbl"], &["배럴"], &["barrels", "barrel"]),
    (Dimension::Mass, 1000.0, 0.0, "tonnes", &["t"], &["톤", "t"], &["metric tons", "tonnes", "tons", "tonne", "ton"]),
    (Dimension::Mass, 1e6, 0.0, "kilotonnes", &["kt"], &["킬로톤", "kt"], &["kilotons", "kilotonnes", "kiloton"]),
    (Dimension::Mass, 1.0, 0.0, "kg", &["kg", "㎏"], &["킬로그램", "kg", "㎏"], &["kilograms", "kilogram", "kilos", "kg"]),
    (Dimension::Mass, 0.001, 0.0, "g", &["g"], &["그램", "g"], &["grams", "gram"]),
    (Dimension::Mass, 0.453_592, 0.0, "pounds", &["lb", "lbs"], &["파운드"], &["pounds", "lbs"]),
    (Dimension::Mass, 0.028_349_5, 0.0, "ounces", &["oz"], &["온스"], &["ounces", "ounce"]),
    (Dimension::Power, 1e9, 0.0, "GW", &["GW"], &["기가와트", "GW"], &["gigawatts", "gigawatt", "GW"]),
    (Dimension::Power, 1e6, 0.0, "MW", &["MW"], &["메가와트", "MW"], &["megawatts", "megawatt", "MW"]),
    (Dimension::Power, 1e3, 0.0, "kW", &["kW", "KW", "㎾"], &["킬로와트", "kW", "KW", "㎾"], &["kilowatts", "kilowatt", "kW"]),
    (Dimension::Power, 1.0, 0.0, "W", &["W"], &["와트", "W"], &["watts", "watt"]),
    (Dimension::Energy, 1e12, 0.0, "TWh", &["TWh"], &["테라와트시", "TWh"], &["terawatt-hours", "terawatt hours", "TWh"]),
    (Dimension::Energy, 1e9, 0.0, "GWh", &["GWh"], &["기가와트시", "GWh"], &["gigawatt-hours", "gigawatt hours", "GWh"]),
    (Dimension::Energy, 1e6, 0.0, "MWh", &["MWh"], &["메가와트시", "MWh"], &["megawatt-hours", "megawatt hours", "MWh"]),
    (
        Dimension::Energy,
        1e3,
        0.0,
        "kWh",
        &["kWh", "KWh", "㎾h"],
        &["킬로와트시", "kWh", "KWh", "㎾h"],
        &["kilowatt-hours", "kilowatt hours", "kWh"],
    ),
    (
        Dimension::Temperature,
        1.0,
        0.0,
        "°C",
        &["℃"],
        &["℃", "°C", "도"],
        &["degrees Celsius", "degrees centigrade", "degrees C", "°C", "℃", "degrees", "degree"],
    ),
    (Dimension::Temperature, 5.0 / 9.0, -160.0 / 9.0, "°F", &["℉"], &["℉", "°F"], &["degrees Fahrenheit", "°F", "℉"]),
    (
        Dimension::Speed,
        1.0,
        0.0,
        "km/h",
        &["km/h"],
        &["km/h"],
        &["kilometers per hour", "kilometres per hour", "kilometers an hour", "km/h", "kph"],
    ),
    (Dimension::Speed, 1.609_344, 0.0, "mph", &["mph"], &[], &["miles per hour", "miles an hour", "mph"]),
    (Dimension::Speed, 1.852, 0.0, "knots", &[], &["노트"], &["knots", "knot"]),
    (Dimension::Frequency, 1e9, 0.0, "GHz", &["GHz", "㎓"], &["기가헤르츠", "GHz", "㎓"], &["gigahertz", "GHz"]),
    (Dimension::Frequency, 1e6, 0.0, "MHz", &["MHz", "㎒"], &["메가헤르츠", "MHz", "㎒"], &["megahertz", "MHz"]),
    (Dimension::Bytes, 1e12, 0.0, "TB", &["TB"], &["테라바이트", "TB"], &["terabytes", "TB"]),
    (Dimension::Bytes, 1e9, 0.0, "GB", &["GB"], &["기가바이트", "GB"], &["gigabytes", "GB"]),
    (Dimension::Bytes, 1e6, 0.0, "MB", &["MB"], &["메가바이트", "MB"], &["megabytes", "MB"]),
    (
        Dimension::Months,
        12.0,
        0.0,
        "years",
        &[],
        &["개년", "년간", "년", "해", "살", "세", "주년", "돌"],
        &["years", "year", "yr", "yrs", "anniversary"],
    ),
    (Dimension::Months, 1.0, 0.0, "months", &[], &["개월", "달"], &["months", "month"]),
    (Dimension::Months, 120.0, 0.0, "decades", &[], &[], &["decades", "decade"]),
    (Dimension::Months, 1200.0, 0.0, "centuries", &[], &["세기"], &["centuries", "century"]),
    (Dimension::Months, 3.0, 0.0, "quarters", &[], &["개 분기", "개분기"], &["quarters"]),
    (Dimension::Days, 1.0, 0.0, "days", &[], &["일간", "일"], &["days", "day"]),
    (Dimension::Days, 7.0, 0.0, "weeks", &[], &["주간", "주일", "주"], &["weeks", "week"]),
    (Dimension::Days, 14.0, 0.0, "fortnights", &[], &[], &["fortnights", "fortnight"]),
    (Dimension::Seconds, 3600.0, 0.0, "hours", &[], &["시간"], &["hours", "hour", "hrs", "hr"]),
    (Dimension::Seconds, 60.0, 0.0, "minutes", &[], &["분간", "분"], &["minutes", "minute", "mins"]),
    (Dimension::Seconds, 1.0, 0.0, "seconds", &[], &["초간", "초"], &["seconds", "second"]),
];

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
    ("보름", 15.0),
];

/// Whether Latin letters or a sign are the symbol of a unit.
pub fn is_symbol(letters: &str) -> bool {
    UNITS.iter().any(|row| row.4.contains(&letters))
}

fn unit(row: &Row) -> Unit {
    Unit { dimension: row.0, factor: row.1, offset: row.2, name: row.3 }
}

/// The unit of days.
pub fn days() -> Unit {
    Unit { dimension: Dimension::Days, factor: 1.0, offset: 0.0, name: "days" }
}

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
            let span = Span::new(numeral.span.start, numeral.span.end + length);
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
}

/// The unit after a Korean number, and its bytes with what stands before it.
fn korean_unit(after: &str) -> Option<(Unit, usize)> {
    let skipped = after.len() - after.trim_start_matches(['여', ' ']).len();
    let rest = after.get(skipped..).filter(|_| skipped <= 4)?;
    let candidates = UNITS.iter().flat_map(|row| row.5.iter().map(move |name| (row, *name)));
    let (row, name) = candidates.filter(|(_, name)| rest.starts_with(name)).max_by_key(|(_, name)| name.len())?;
    let tail = &rest[name.len()..];
    let latin = name.is_ascii();
    let stands = if latin { !tail.starts_with(|character: char| character.is_ascii_alphanumeric()) } else { is_unit_tail(name, tail) };
    stands.then(|| (unit(row), skipped + name.len()))
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
    let candidates = UNITS.iter().flat_map(|row| row.6.iter().map(move |name| (row, *name)));
    let close = skipped == 0;
    let (row, name) = candidates
        .filter(|(_, name)| {
            rest.get(..name.len()).is_some_and(|start| if name.len() > 3 { start.eq_ignore_ascii_case(name) } else { start == *name })
        })
        .filter(|(_, name)| !rest[name.len()..].starts_with(|character: char| character.is_alphanumeric()))
        .filter(|(_, name)| name.len() > 1 || close)
        .max_by_key(|(_, name)| name.len())?;
    Some((unit(row), skipped + name.len()))
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
                    unit: Counted::Measure(self::days()),
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
        let of_calendar = reading.numerals.iter().any(|numeral| numeral.form == Form::Ordinal && numeral.span.end + 1 == last.start);
        if !reading.is_free(span) || of_calendar || !(article || vague || first < index) {
            continue;
        }
        let unit = Unit { dimension: Dimension::Months, factor: 1.0, offset: 0.0, name: "months" };
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
