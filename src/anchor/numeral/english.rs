//! English numerals: digits with scales, words, fractions, multiples, ordinals, "three in four".

use super::super::words::{Shape, Word};
use super::{Decimal, Form, Numeral};
use crate::text::Span;

/// Every numeral of a folded English text, given its words, in order.
pub fn numerals(text: &str, words: &[Word]) -> Vec<Numeral> {
    let reader = Reader { text, words };
    let mut found: Vec<Numeral> = Vec::new();
    let mut index = 0;
    while index < words.len() {
        match reader.numeral(index) {
            Some((numeral, next)) => {
                index = next;
                reader.push(&mut found, numeral);
            }
            None => index += 1,
        }
    }
    found
}

struct Reader<'a> {
    text: &'a str,
    words: &'a [Word],
}

/// What a word means inside a numeral.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// 1 to 19.
    Ones(i128),
    /// 20, 30 … 90.
    Tens(i128),
    /// 100.
    Hundred,
    /// Ten to this power.
    Scale(u32),
    /// 12.
    Dozen,
    /// The ordinal of 1 to 19, or of 20, 30 … 90.
    Ordinal(i128),
    /// Half.
    Half,
    /// Quarter.
    Quarter,
    /// So many times as much.
    Times(i128),
    /// A plural magnitude: dozens, hundreds, tens, millions.
    Many(u32, i128),
    /// a, an
    Article,
    /// and
    And,
}

/// What a word means, in any case.
fn part(word: &str) -> Option<Part> {
    let mut buffer = [0_u8; 12];
    let lower = lowered(word, &mut buffer)?;
    Some(match lower {
        "a" | "an" => Part::Article,
        "and" => Part::And,
        "one" => Part::Ones(1),
        "two" => Part::Ones(2),
        "three" => Part::Ones(3),
        "four" => Part::Ones(4),
        "five" => Part::Ones(5),
        "six" => Part::Ones(6),
        "seven" => Part::Ones(7),
        "eight" => Part::Ones(8),
        "nine" => Part::Ones(9),
        "ten" => Part::Ones(10),
        "eleven" => Part::Ones(11),
        "twelve" => Part::Ones(12),
        "thirteen" => Part::Ones(13),
        "fourteen" => Part::Ones(14),
        "fifteen" => Part::Ones(15),
        "sixteen" => Part::Ones(16),
        "seventeen" => Part::Ones(17),
        "eighteen" => Part::Ones(18),
        "nineteen" => Part::Ones(19),
        "twenty" => Part::Tens(20),
        "thirty" => Part::Tens(30),
        "forty" => Part::Tens(40),
        "fifty" => Part::Tens(50),
        "sixty" => Part::Tens(60),
        "seventy" => Part::Tens(70),
        "eighty" => Part::Tens(80),
        "ninety" => Part::Tens(90),
        "hundred" => Part::Hundred,
        "thousand" => Part::Scale(3),
        "million" | "mn" => Part::Scale(6),
        "billion" | "bn" => Part::Scale(9),
        "trillion" | "tn" | "trn" => Part::Scale(12),
        "quadrillion" => Part::Scale(15),
        "dozen" => Part::Dozen,
        "half" | "halves" => Part::Half,
        "quarter" | "quarters" => Part::Quarter,
        "twice" | "double" | "doubled" | "doubling" | "doubles" | "twofold" => Part::Times(2),
        "triple" | "tripled" | "tripling" | "triples" | "threefold" | "treble" | "trebled" | "thrice" => Part::Times(3),
        "quadruple" | "quadrupled" | "quadrupling" | "fourfold" => Part::Times(4),
        "fivefold" | "quintupled" => Part::Times(5),
        "sixfold" => Part::Times(6),
        "sevenfold" => Part::Times(7),
        "eightfold" => Part::Times(8),
        "ninefold" => Part::Times(9),
        "tenfold" => Part::Times(10),
        "dozens" => Part::Many(1, 1),
        "scores" => Part::Many(1, 2),
        "tens" => Part::Many(1, 1),
        "hundreds" => Part::Many(2, 1),
        "thousands" => Part::Many(3, 1),
        "millions" => Part::Many(6, 1),
        "billions" => Part::Many(9, 1),
        "trillions" => Part::Many(12, 1),
        _ => Part::Ordinal(ordinal(lower)?),
    })
}

fn ordinal(lower: &str) -> Option<i128> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    const TENS: [&str; 8] = ["thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth", "hundredth"];
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    if !(singular.ends_with("th") || matches!(singular, "first" | "second" | "third")) || lower == "seconds" || lower == "firsts" {
        return None;
    }
    let small = ORDINALS.iter().position(|&word| word == singular).map(|at| at as i128 + 1);
    small.or_else(|| TENS.iter().position(|&word| word == singular).map(|at| (at as i128 + 3) * 10))
}

/// A word in lower case, if it is ASCII and short enough to be part of a numeral.
fn lowered<'a>(word: &str, buffer: &'a mut [u8; 12]) -> Option<&'a str> {
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

impl Reader<'_> {
    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.of(self.text))
    }

    fn part(&self, index: usize) -> Option<Part> {
        self.words.get(index).filter(|word| word.shape != Shape::Digits).and_then(|word| part(word.of(self.text)))
    }

    /// What stands between a word and the one before it.
    fn gap(&self, index: usize) -> &str {
        match (index.checked_sub(1).and_then(|before| self.words.get(before)), self.words.get(index)) {
            (Some(before), Some(word)) => &self.text[before.end..word.start],
            _ => "|",
        }
    }

    fn is_joined(&self, index: usize) -> bool {
        matches!(self.gap(index), " " | "-" | "" | "‑" | "  ")
    }

    fn digits(&self, index: usize) -> Option<Decimal> {
        let word = self.words.get(index).filter(|word| word.shape == Shape::Digits)?;
        Decimal::read(word.of(self.text)).map(|(value, _)| value)
    }

    fn make(&self, first: usize, next: usize, value: Decimal, form: Form) -> (Numeral, usize) {
        (Numeral::single(Span::new(self.words[first].start, self.words[next - 1].end), value, form), next)
    }

    /// The numeral that begins with a word, and the index of the word after it.
    fn numeral(&self, index: usize) -> Option<(Numeral, usize)> {
        let (numeral, next) = if self.words[index].shape == Shape::Digits { self.with_digits(index)? } else { self.with_words(index)? };
        Some(self.proportion(index, numeral, next).unwrap_or((numeral, next)))
    }

    fn with_digits(&self, index: usize) -> Option<(Numeral, usize)> {
        if index >= self.words.len() || self.is_latin(index) {
            return None;
        }
        let mut value = self.digits(index)?;
        if self.gap(index + 1).is_empty() && matches!(self.word(index + 1), "st" | "nd" | "rd" | "th") {
            return Some(self.make(index, index + 2, value, Form::Ordinal));
        }
        if self.text[self.words[index].end..].starts_with('½') {
            value = value.plus(Decimal { units: 5, decimals: 1 });
        }
        let mut next = index + 1;
        while let Some(power) = self.scale(next) {
            value = value.scaled(power);
            next += 1;
        }
        if next == index + 1
            && self.gap(next) == "/"
            && let Some(whole) = self.digits(next).filter(|whole| whole.decimals == 0 && (2..=10).contains(&whole.units))
            && (1..whole.units).contains(&value.units)
            && !matches!(self.gap(next + 1), "/" | "")
        {
            return Some((self.share(index, next + 1, value.value() / whole.value()), next + 1));
        }
        Some(self.make(index, next, value, Form::Digits))
    }

    /// The power of ten that a scale word after a number stands for.
    fn scale(&self, index: usize) -> Option<u32> {
        let close = self.gap(index).is_empty();
        if !self.is_joined(index) {
            return None;
        }
        if close
            && self.follows_sign(index)
            && let Some(power) = short_scale(self.word(index))
        {
            return Some(power);
        }
        if close && self.word(index) == "m" && self.counts_people(index + 1) {
            return Some(6);
        }
        match self.part(index)? {
            Part::Scale(power) if self.word(index).len() > 3 || close || self.gap(index) == " " => Some(power),
            Part::Hundred => Some(2),
            _ => None,
        }
    }

    /// Whether a word is what millions are counted of: 2.4m times, 3m people; a length is "2.4m high" or "2.4m long".
    fn counts_people(&self, index: usize) -> bool {
        let is_plain = self.gap(index) == " " && self.words.get(index).is_some_and(|word| word.shape == Shape::Lower);
        let word = self.word(index);
        let is_plural = word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !matches!(word, "across" | "this" | "thus" | "always" | "hurdles" | "relays");
        is_plain && (is_plural || matches!(word, "people" | "men" | "women" | "children" | "troops" | "won"))
    }

    /// Whether the number before a word follows the sign of a currency.
    fn follows_sign(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.words.get(before));
        before.is_some_and(|before| self.text[..before.start].ends_with(['$', '€', '£', '¥', '₩']))
    }

    /// Whether digits belong to a string such as F-35, COVID-19, G7, 5G, 3D.
    fn is_latin(&self, index: usize) -> bool {
        let word = self.words[index];
        if let Some(before) = index.checked_sub(1).map(|before| self.words[before]) {
            let has_capital = before.shape != Shape::Lower && before.shape != Shape::Digits;
            match self.gap(index) {
                "" if before.shape != Shape::Digits => return !super::super::money::is_code(before.of(self.text)),
                "-" if has_capital && before.shape != Shape::Capital => return true,
                "-" if has_capital && word.end - word.start < 4 => return true,
                _ => {}
            }
        }
        self.gap(index + 1).is_empty() && self.words.get(index + 1).is_some_and(|after| !is_suffix(after.of(self.text)))
    }

    fn with_words(&self, index: usize) -> Option<(Numeral, usize)> {
        match self.part(index)? {
            Part::Article => self.after_article(index),
            Part::Ones(_) | Part::Tens(_) => self.counted(index),
            Part::Ordinal(value) => self.ordinal(index, value),
            Part::Half => self.half(index, index),
            Part::Quarter if self.word(index + 1) == "of" => None,
            Part::Times(value) => Some(self.make(index, index + 1, Decimal::whole(value), Form::Multiple)),
            Part::Many(power, factor) => Some(self.many(index, power, factor)),
            _ => None,
        }
    }

    /// a hundred, a million, a dozen, a third of, a quarter of, half a million.
    fn after_article(&self, index: usize) -> Option<(Numeral, usize)> {
        let next = index + 1;
        if !self.is_joined(next) {
            return None;
        }
        match self.part(next)? {
            Part::Hundred => Some(self.cardinal(index)),
            Part::Scale(power) if self.word(next).len() > 3 => {
                let value = Decimal::whole(1).scaled(power);
                if self.word(next + 1) == "and" && self.word(next + 2) == "a" && self.part(next + 3) == Some(Part::Half) {
                    return Some(self.make(index, next + 4, Decimal { units: 15, decimals: 1 }.scaled(power), Form::Words));
                }
                Some(self.make(index, next + 1, value, Form::Words))
            }
            Part::Dozen => Some(self.make(index, next + 1, Decimal::whole(12), Form::Words)),
            Part::Half => self.half(index, next),
            Part::Quarter | Part::Ordinal(3..=100) if self.is_share(index, next) => {
                let whole = match self.part(next) {
                    Some(Part::Ordinal(whole)) => whole as f64,
                    _ => 4.0,
                };
                let scaled =
                    (self.word(next + 1) == "of" && self.part(next + 2) == Some(Part::Article)).then(|| self.scale(next + 3)).flatten();
                if let Some(power) = scaled {
                    return Some(self.make(
                        index,
                        next + 4,
                        Decimal { units: (1000.0 / whole).round() as i128, decimals: 3 }.scaled(power),
                        Form::Words,
                    ));
                }
                Some((self.share(index, next + 1, 1.0 / whole), next + 1))
            }
            _ => None,
        }
    }

    /// Whether "a third" is a share: before "of" and comparatives, or after an approximation.
    fn is_share(&self, index: usize, next: usize) -> bool {
        const BEFORE: [&str; 14] = [
            "about",
            "nearly",
            "almost",
            "roughly",
            "around",
            "over",
            "by",
            "some",
            "than",
            "approximately",
            "under",
            "to",
            "account",
            "accounts",
        ];
        matches!(self.word(next + 1), "of" | "as" | "more" | "less" | "higher" | "lower" | "since" | "from")
            || index > 0
                && BEFORE.contains(&self.word(index - 1))
                && self.gap(index) == " "
                && !self.words.get(next + 1).is_some_and(|word| {
                    self.is_joined(next + 1)
                        && word.shape == Shape::Lower
                        && !matches!(word.of(self.text), "in" | "by" | "over" | "and" | "to" | "this" | "last")
                })
    }

    fn share(&self, first: usize, next: usize, value: f64) -> Numeral {
        let span = Span::new(self.words[first].start, self.words[next - 1].end);
        Numeral { span, low: value, high: value, step: value / 5.0, form: Form::Fraction, is_about: false }
    }

    /// half, half of, half a million, half a dozen.
    fn half(&self, first: usize, index: usize) -> Option<(Numeral, usize)> {
        let mut next = index + 1;
        if self.part(next) == Some(Part::Article) && self.is_joined(next) {
            next += 1;
        }
        match self.part(next).filter(|_| self.is_joined(next)) {
            Some(Part::Dozen) => return Some(self.make(first, next + 1, Decimal::whole(6), Form::Words)),
            Some(Part::Scale(power)) => {
                return Some(self.make(first, next + 1, Decimal { units: 5, decimals: 1 }.scaled(power), Form::Words));
            }
            _ => {}
        }
        let compound = self.gap(index + 1) == "-";
        (!compound).then(|| (self.share(first, index + 1, 0.5), index + 1))
    }

    fn ordinal(&self, index: usize, value: i128) -> Option<(Numeral, usize)> {
        let plural = self.word(index).ends_with('s');
        // an estimated fiftieth of the budget
        let is_part = value > 2 && self.word(index + 1) == "of" && self.part(index.wrapping_sub(2)) == Some(Part::Article);
        if is_part && self.word(index - 1).ends_with("ed") {
            return Some((self.share(index, index + 1, 1.0 / value as f64), index + 1));
        }
        (!plural).then(|| self.make(index, index + 1, Decimal::whole(value), Form::Ordinal))
    }

    /// dozens, hundreds of millions, tens of thousands.
    fn many(&self, index: usize, power: u32, factor: i128) -> (Numeral, usize) {
        let mut next = index + 1;
        let mut value = Decimal::whole(factor).scaled(power);
        while self.word(next) == "of"
            && let Some(Part::Many(further, _)) = self.part(next + 1).filter(|part| matches!(part, Part::Many(3.., _)))
        {
            value = value.scaled(further);
            next += 2;
        }
        let (numeral, next) = self.make(index, next, value, Form::Vague);
        let dozens = if self.word(index).eq_ignore_ascii_case("dozens") { 1.2 } else { 1.0 };
        (Numeral { low: numeral.low * dozens, high: numeral.low * 9.999, is_about: true, ..numeral }, next)
    }

    /// A cardinal in words, with what may follow it: a fraction's denominator, an ordinal, "and a half", "dozen".
    fn counted(&self, index: usize) -> Option<(Numeral, usize)> {
        let (numeral, next) = self.cardinal(index);
        if !self.is_joined(next) {
            return Some((numeral, next));
        }
        let value = numeral.whole()?;
        match self.part(next) {
            Some(Part::Ordinal(ones @ 1..=9)) if matches!(self.part(next - 1), Some(Part::Tens(_))) && !self.word(next).ends_with('s') => {
                Some(self.make(index, next + 1, Decimal::whole(i128::from(value) + ones), Form::Ordinal))
            }
            Some(Part::Ordinal(whole @ 3..=20))
                if (1..whole).contains(&i128::from(value)) && (value == 1) != self.word(next).ends_with('s') =>
            {
                Some((self.share(index, next + 1, value as f64 / whole as f64), next + 1))
            }
            Some(Part::Quarter) if value == 3 || value == 1 && self.gap(next) == "-" => {
                Some((self.share(index, next + 1, value as f64 / 4.0), next + 1))
            }
            Some(Part::Half) if value == 1 => Some((self.share(index, next + 1, 0.5), next + 1)),
            Some(Part::Dozen) => Some(self.make(index, next + 1, Decimal::whole(i128::from(value) * 12), Form::Words)),
            Some(Part::And) if self.word(next + 1) == "a" && self.part(next + 2) == Some(Part::Half) => {
                let power = self.scale(next + 3);
                let half = Decimal { units: i128::from(value) * 10 + 5, decimals: 1 };
                Some(self.make(index, next + 3 + usize::from(power.is_some()), half.scaled(power.unwrap_or(0)), Form::Words))
            }
            _ if self.is_fold(next) => Some(self.make(index, next + 1, Decimal::whole(value.into()), Form::Multiple)),
            _ => Some((numeral, next)),
        }
    }

    fn is_fold(&self, index: usize) -> bool {
        self.word(index).eq_ignore_ascii_case("fold")
    }

    /// A cardinal in words from "a" or a number word on.
    fn cardinal(&self, first: usize) -> (Numeral, usize) {
        let (mut total, mut section) = (Decimal::ZERO, 0_i128);
        let mut last = Part::And;
        let mut index = first;
        while index == first || self.is_joined(index) {
            let part = self.part(index);
            match (part, last) {
                (Some(Part::Article), Part::And) if index == first => section = 1,
                (Some(Part::Ones(value)), Part::And) if index == first => section = value,
                (Some(Part::Tens(value)), Part::And) if index == first => section = value,
                (Some(Part::Ones(value @ 1..=9)), Part::Tens(_)) => section += value,
                (Some(Part::Ones(value) | Part::Tens(value)), Part::Hundred) => section += value,
                (Some(Part::Ones(value) | Part::Tens(value)), Part::Scale(_)) => section = value,
                (Some(Part::Hundred), Part::Ones(_) | Part::Tens(_) | Part::Article) => section *= 100,
                (Some(Part::Scale(power)), Part::Ones(_) | Part::Tens(_) | Part::Hundred) => {
                    total = total.plus(Decimal::whole(section).scaled(power));
                    section = 0;
                }
                (Some(Part::And), Part::Hundred | Part::Scale(_)) if self.continues(index + 1) => {
                    index += 1;
                    continue;
                }
                _ => break,
            }
            last = part.unwrap_or(Part::And);
            index += 1;
        }
        self.make(first, index, total.plus(Decimal::whole(section)), Form::Words)
    }

    /// Whether "and" leads on to ones or tens of the same number.
    fn continues(&self, index: usize) -> bool {
        self.gap(index) == " " && matches!(self.part(index), Some(Part::Ones(_) | Part::Tens(_)))
    }

    /// three in four, 8 out of 10: the part of a whole.
    fn proportion(&self, first: usize, numeral: Numeral, next: usize) -> Option<(Numeral, usize)> {
        if numeral.whole() == Some(1)
            && numeral.form == Form::Words
            && let Some(found) = self.one_in(first, next)
        {
            return Some(found);
        }
        if let Some(found) = self.some_in(first, &numeral, next) {
            return Some(found);
        }
        let whole_index = match (self.word(next), self.word(next + 1), self.word(next + 2)) {
            ("in", "every", _) | ("out", "of", "every") => next + 2 + usize::from(self.word(next) == "out"),
            ("out", "of", _) => next + 2,
            ("in", ..) | ("of", "every", _) => next + 1,
            _ => return None,
        };
        let part = numeral.whole().filter(|part| (1..100).contains(part) && matches!(numeral.form, Form::Digits | Form::Words))?;
        let (whole, after) = match self.part(whole_index) {
            Some(Part::Ones(_) | Part::Tens(_)) => self.cardinal(whole_index),
            _ => self.with_digits(whole_index)?,
        };
        let value = whole.whole().filter(|&value| (part + 1..=100).contains(&value) && self.gap(after) != "%")?;
        (self.gap(next) == " ").then(|| (self.share(first, after, part as f64 / value as f64), after))
    }

    /// Whether a word, behind a space, may be what is counted.
    fn is_noun(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.shape == Shape::Lower) && self.gap(index) == " "
    }

    /// How many words from an index on, so many at most, may be what is counted before "in" or "out of".
    fn nouns(&self, from: usize, most: usize) -> usize {
        (from..from + most).take_while(|&at| self.is_noun(at) && !matches!(self.word(at), "in" | "of" | "out" | "for")).count()
    }

    /// one home in eight, one job in 180: a share with what is counted in its middle.
    fn one_in(&self, first: usize, next: usize) -> Option<(Numeral, usize)> {
        let at = next + self.nouns(next, 4);
        let skipped = match (self.word(at), self.word(at + 1)) {
            ("in", "every") => 2,
            ("in", _) => 1,
            _ => return None,
        };
        let (whole, after) = match self.part(at + skipped) {
            Some(Part::Ones(_) | Part::Tens(_)) => self.cardinal(at + skipped),
            _ => self.with_digits(at + skipped)?,
        };
        let value = whole.whole().filter(|&value| (3..=100_000).contains(&value) && whole.form != Form::Ordinal)?;
        let is_year = (1900..2100).contains(&value);
        // "one company in 20 countries" counts both.
        const VERBS: [&str; 12] = ["has", "is", "was", "does", "says", "goes", "gets", "of", "to", "in", "thus", "as"];
        let counts = self.is_noun(after) && self.word(after).ends_with('s') && !VERBS.contains(&self.word(after));
        let unit = self.text[self.words[after - 1].end..].starts_with(['%', '-']);
        (!is_year && !counts && !unit).then(|| (self.share(first, after, 1.0 / value as f64), after))
    }

    /// nine importers in ten, two firms out of five: a share with what is counted in its middle.
    fn some_in(&self, first: usize, numeral: &Numeral, next: usize) -> Option<(Numeral, usize)> {
        let part = numeral.whole().filter(|part| (2..10).contains(part) && numeral.form == Form::Words)?;
        let nouns = self.nouns(next, 3);
        let at = next + nouns;
        let skipped = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("in", "every", _) | ("out", "of", _) => 2,
            ("in", ..) => 1,
            _ => return None,
        };
        let whole = match self.part(at + skipped)? {
            Part::Ones(whole @ 3..=10) => whole,
            _ => return None,
        };
        let after = at + skipped + 1;
        // "nine envoys in ten years" counts both.
        let counts =
            self.is_joined(after) && self.word(after).ends_with('s') && self.word(after).len() > 3 && !self.word(after).ends_with("ss");
        let is_share = nouns > 0 && self.word(at - 1).ends_with('s') && i128::from(part) < whole && !counts && self.part(after).is_none();
        is_share.then(|| (self.share(first, after, part as f64 / whole as f64), after))
    }

    /// Adds a numeral, as the end of a range where the one before it is the beginning.
    fn push(&self, found: &mut Vec<Numeral>, numeral: Numeral) {
        if let Some(last) = found.last_mut()
            && self.is_range(last, &numeral)
        {
            let share = self.shared_scale(last, &numeral);
            *last = Numeral {
                span: Span::new(last.span.start, numeral.span.end),
                low: last.low * share,
                high: numeral.high,
                step: numeral.step,
                ..*last
            };
            return;
        }
        found.push(numeral);
    }

    fn is_range(&self, first: &Numeral, second: &Numeral) -> bool {
        if first.low != first.high || second.low != second.high || first.form == Form::Ordinal && second.form != Form::Ordinal {
            return false;
        }
        let bytes = self.text.as_bytes();
        let ascending = first.low < second.low || first.low * self.shared_scale(first, second) < second.low;
        match &self.text[first.span.end..second.span.start] {
            "–" | "~" | "-" | "∼" => {
                let chained = |place: Option<&u8>| matches!(place, Some(b'-' | b'.' | b'/'));
                let chain = chained(first.span.start.checked_sub(1).and_then(|at| bytes.get(at)))
                    || chained(bytes.get(second.span.end)) && bytes.get(second.span.end + 1).is_some_and(u8::is_ascii_digit);
                ascending && !chain
            }
            " to " | " or " => ascending && first.high < 1900.0 && !self.follows(first, "from") && second.low < first.low * 3.0 + 3.0,
            " and " => ascending && self.follows(first, "between"),
            _ => false,
        }
    }

    fn follows(&self, numeral: &Numeral, word: &str) -> bool {
        self.text[..numeral.span.start].trim_end_matches([' ', '$', '€', '£']).ends_with(word)
    }

    /// "3-5 million" is 3 million to 5 million: what the first number is to be multiplied by.
    fn shared_scale(&self, first: &Numeral, second: &Numeral) -> f64 {
        let plain = |numeral: &Numeral| !numeral.span.of(self.text).contains(' ');
        let written = Decimal::read(second.span.of(self.text)).map(|(digits, _)| digits.value());
        match written {
            Some(digits) if plain(first) && !plain(second) && digits > 0.0 && first.low < digits => second.high / digits,
            _ => 1.0,
        }
    }
}

/// $5m, $3b, $20k: the power of ten of a letter after a sum.
fn short_scale(letter: &str) -> Option<u32> {
    match letter {
        "k" | "K" => Some(3),
        "m" | "M" => Some(6),
        "b" | "B" => Some(9),
        "t" | "T" => Some(12),
        _ => None,
    }
}

/// Letters that may be written to digits without making them a name: units, scales, ordinals, "s" of decades.
fn is_suffix(letters: &str) -> bool {
    matches!(
        letters,
        "st" | "nd"
            | "rd"
            | "th"
            | "s"
            | "m"
            | "bn"
            | "mn"
            | "tn"
            | "trn"
            | "k"
            | "K"
            | "x"
            | "pp"
            | "p"
            | "am"
            | "pm"
            | "a.m."
            | "p.m."
            | "b"
            | "M"
    ) || super::super::measure::is_symbol(letters)
        || super::super::money::is_code(letters)
}
