//! Numerals: the numbers written in a text, in digits, in words and in both, with their exact values.

pub mod english;
pub mod korean;

use crate::text::Span;

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Its bytes in the folded text.
    pub span: Span,
    /// Its value, or the lower end of a range.
    pub low: f64,
    /// Its value, or the upper end of a range.
    pub high: f64,
    /// What one step of the last place that is not zero is worth: 10 for 1,230; 0.1 for 2.5.
    pub step: f64,
    /// How it is written.
    pub form: Form,
    /// Whether the numeral itself says that it is not exact: 3천여, 수십.
    pub is_about: bool,
}

/// How a numeral is written, as far as it tells what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits, with or without a scale: 1,200; 3만; 1.2 million.
    Digits,
    /// Words: 두, 백이십, twelve.
    Words,
    /// A magnitude without a count: 수십, dozens of.
    Vague,
    /// A part of a whole: 절반, two-thirds, three in four.
    Fraction,
    /// How many times as much: 두 배, threefold.
    Multiple,
    /// A place in a row: 첫째, third, 21st.
    Ordinal,
}

impl Numeral {
    /// A single value.
    pub fn single(span: Span, value: Decimal, form: Form) -> Numeral {
        Numeral { span, low: value.value(), high: value.value(), step: value.step(), form, is_about: false }
    }

    /// Whether it is one whole number.
    pub fn whole(&self) -> Option<i64> {
        (self.low == self.high && self.low.fract() == 0.0 && self.low.abs() < 9e15).then_some(self.low as i64)
    }
}

/// A decimal number, exact as long as it has no more than 36 digits; larger ones saturate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits as a whole number.
    pub units: i128,
    /// How many of them stand behind the point.
    pub decimals: u32,
}

impl Decimal {
    /// Nought.
    pub const ZERO: Decimal = Decimal { units: 0, decimals: 0 };

    /// A whole number.
    pub fn whole(units: i128) -> Decimal {
        Decimal { units, decimals: 0 }
    }

    /// The digits at the start of `text`, with thousands commas and a decimal point, and the bytes they take.
    ///
    /// A point is decimal only between digits, and not in a chain such as 2024.6.19.
    pub fn read(text: &str) -> Option<(Decimal, usize)> {
        Decimal::read_at(text.as_bytes(), 0)
    }

    /// The same at a byte of a text, where what stands before may be the beginning of the chain; answers the bytes it takes.
    pub fn read_at(text: &[u8], start: usize) -> Option<(Decimal, usize)> {
        let bytes = text.get(start..)?;
        let chained = matches!(text[..start], [.., b'0'..=b'9', b'.']);
        let mut value = Decimal::ZERO;
        let mut at = 0;
        let mut digits = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'0'..=b'9' => value = value.followed_by(byte - b'0'),
                b',' if digits > 0 && value.decimals == 0 && groups_of_three(&bytes[at..]) => {}
                _ => break,
            }
            digits += 1;
            at += 1;
        }
        if digits == 0 {
            return None;
        }
        if let Some(end) = decimals_end(bytes, at).filter(|_| !chained) {
            for &byte in &bytes[at + 1..end] {
                value = Decimal { decimals: value.decimals + 1, ..value.followed_by(byte - b'0') };
            }
            at = end;
        }
        Some((value, at))
    }

    fn followed_by(self, digit: u8) -> Decimal {
        let units = if self.units < MOST { self.units * 10 + i128::from(digit) } else { self.units };
        Decimal { units, decimals: self.decimals }
    }

    /// Ten to the `power` times as much.
    pub fn scaled(self, power: u32) -> Decimal {
        let cut = self.decimals.min(power);
        let factor = 10_i128.pow((power - cut).min(36));
        Decimal { units: self.units.saturating_mul(factor).clamp(-MOST, MOST), decimals: self.decimals - cut }
    }

    /// The product with a whole number.
    pub fn times(self, factor: i128) -> Decimal {
        Decimal { units: self.units.saturating_mul(factor).clamp(-MOST, MOST), decimals: self.decimals }
    }

    /// The sum.
    pub fn plus(self, other: Decimal) -> Decimal {
        let decimals = self.decimals.max(other.decimals);
        let lift = |number: Decimal| number.units.saturating_mul(10_i128.pow((decimals - number.decimals).min(36)));
        Decimal { units: lift(self).saturating_add(lift(other)).clamp(-MOST, MOST), decimals }
    }

    /// The nearest floating-point number.
    pub fn value(self) -> f64 {
        self.units as f64 / 10_f64.powi(self.decimals as i32)
    }

    /// What one step of its last place that is not zero is worth.
    pub fn step(self) -> f64 {
        let mut units = self.units;
        let mut power = -(self.decimals as i32);
        while units != 0 && units % 10 == 0 {
            units /= 10;
            power += 1;
        }
        10_f64.powi(power)
    }
}

/// The largest number of units kept, far above anything a text means.
const MOST: i128 = 10_i128.pow(36);

/// Whether a comma is followed by groups of exactly three digits.
fn groups_of_three(bytes: &[u8]) -> bool {
    let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit));
    digits(1..4) && !bytes.get(4).is_some_and(u8::is_ascii_digit)
}

/// Where the decimals after the point at `at` end, if it is a decimal point.
fn decimals_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'.') || !bytes.get(at + 1)?.is_ascii_digit() {
        return None;
    }
    let end = at + 1 + bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let chain = bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    (!chain && end - at <= 12).then_some(end)
}
