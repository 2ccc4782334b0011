//! Numbers, shares, multiples and ordinals: every numeral that is not a date, a sum or a measure.

use super::Fact;
use super::numeral::{Form, Numeral};
use super::quantity::{Quantity, Unit, bound};
use super::reading::Reading;
use crate::text::{Language, Span};

/// Adds the numbers of a segment.
pub fn find(reading: &mut Reading) {
    if reading.language == Language::Korean {
        korean_fractions(reading);
    }
    for numeral in reading.free_numerals() {
        let (unit, length, share) = match reading.language {
            Language::Korean => korean_unit(&numeral, reading.before(numeral.span.start), reading.after(numeral.span.end)),
            Language::English => english_unit(&numeral, reading.after(numeral.span.end)),
        };
        let span = Span::new(numeral.span.start, numeral.span.end + length);
        if reading.is_free(span) {
            add(
                reading,
                span,
                &Numeral { low: numeral.low * share, high: numeral.high * share, step: numeral.step * share, ..numeral },
                unit,
            );
        }
    }
}

fn add(reading: &mut Reading, span: Span, numeral: &Numeral, unit: Unit) {
    let quantity = Quantity::of(numeral, unit, bound(reading, span, numeral.is_about));
    reading.add("number", span, quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity));
}

/// 3분의 1, 4분의 3.
fn korean_fractions(reading: &mut Reading) {
    let numerals = reading.free_numerals();
    for pair in numerals.windows(2) {
        let between = reading.text[pair[0].span.end..pair[1].span.start].replace(' ', "");
        if between == "분의" && pair[0].low > 0.0 {
            let value = pair[1].low / pair[0].low;
            let span = Span::new(pair[0].span.start, pair[1].span.end);
            add(
                reading,
                span,
                &Numeral { span, low: value, high: value, step: value / 5.0, form: Form::Fraction, is_about: false },
                Unit::Share,
            );
        }
    }
}

/// The unit of a Korean number, the bytes it takes after it, and what the number is to be multiplied by.
fn korean_unit(numeral: &Numeral, before: &str, after: &str) -> (Unit, usize, f64) {
    match numeral.form {
        Form::Fraction => return (Unit::Share, 0, 1.0),
        Form::Ordinal => return (Unit::Order, 0, 1.0),
        _ => {}
    }
    let skipped = usize::from(after.starts_with(' '));
    let rest = &after[skipped..];
    for (name, unit, share) in KOREAN_UNITS {
        if rest.starts_with(name) && (skipped == 0 || !matches!(*unit, Unit::Multiple) || numeral.form == Form::Words) {
            let tail = &rest[name.len()..];
            let stands = *name != "배" || !["치", "달", "경", "상", "럴", "터"].iter().any(|start| tail.starts_with(start));
            let order = *name != "차" || !["량", "례", "별", "관", "원"].iter().any(|start| tail.starts_with(start));
            let place = *name != "위" || !["원", "안", "반", "협", "성", "기"].iter().any(|start| tail.starts_with(start));
            if stands && order && place {
                return (*unit, skipped + name.len(), *share);
            }
        }
    }
    let unit = if before.ends_with('제') { Unit::Order } else { Unit::Count };
    (unit, 0, 1.0)
}

const KOREAN_UNITS: &[(&str, Unit, f64)] = &[
    ("%p", Unit::Point, 1.0),
    ("%P", Unit::Point, 1.0),
    ("%포인트", Unit::Point, 1.0),
    ("% 포인트", Unit::Point, 1.0),
    ("퍼센트포인트", Unit::Point, 1.0),
    ("퍼센트 포인트", Unit::Point, 1.0),
    ("%", Unit::Percent, 1.0),
    ("퍼센트", Unit::Percent, 1.0),
    ("프로 ", Unit::Percent, 1.0),
    ("할", Unit::Percent, 10.0),
    ("배", Unit::Multiple, 1.0),
    ("갑절", Unit::Multiple, 1.0),
    ("번째", Unit::Order, 1.0),
    ("차례", Unit::Count, 1.0),
    ("차", Unit::Order, 1.0),
    ("단계", Unit::Order, 1.0),
    ("위", Unit::Order, 1.0),
];

/// The unit of an English number, the bytes it takes after it, and what the number is to be multiplied by.
fn english_unit(numeral: &Numeral, after: &str) -> (Unit, usize, f64) {
    match numeral.form {
        Form::Fraction => return (Unit::Share, 0, 1.0),
        Form::Ordinal => return (Unit::Order, 0, 1.0),
        Form::Multiple => return (Unit::Multiple, 0, 1.0),
        _ => {}
    }
    for (name, unit) in ENGLISH_UNITS {
        let follows = after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let ends =
            follows && (name.ends_with('%') || !after[name.len()..].starts_with(|character: char| character.is_ascii_alphanumeric()));
        if ends {
            return (*unit, name.len(), 1.0);
        }
    }
    (Unit::Count, 0, 1.0)
}

const ENGLISH_UNITS: &[(&str, Unit)] = &[
    (" percentage points", Unit::Point),
    (" percentage point", Unit::Point),
    ("-percentage-point", Unit::Point),
    ("-percentage point", Unit::Point),
    (" percent points", Unit::Point),
    ("%p", Unit::Point),
    ("pp", Unit::Point),
    (" pp", Unit::Point),
    ("%", Unit::Percent),
    (" %", Unit::Percent),
    (" percent", Unit::Percent),
    (" per cent", Unit::Percent),
    ("-percent", Unit::Percent),
    (" pct", Unit::Percent),
    ("-fold", Unit::Multiple),
    ("fold", Unit::Multiple),
    (" times", Unit::Multiple),
    ("x", Unit::Multiple),
];
