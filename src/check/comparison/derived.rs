//! Figures that can be worked out from others of the original: sums, differences, ratios, changes, shares of a sum, counts of a list.

use super::{Doubt, quantity};
use crate::anchor::numeral::Form;
use crate::anchor::quantity::{Bound, Quantity, Unit, closeness};
use crate::anchor::{Fact, measure};
use crate::support::facts::{FOUND, neighbourhood};

/// How surely a figure is worked out from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivation {
    /// From two figures of its sources, in words that compare, or as a share of a whole.
    Plain,
    /// From figures of the neighbourhood, or without a word that says so.
    Possible,
}

/// Whether a figure can be worked out from figures of the original, and how surely.
pub fn derivation(doubt: &Doubt) -> Option<Derivation> {
    let (Some(target), Some(matrix)) = (quantity(doubt.anchor), doubt.examination.matrix) else { return None };
    if target.form == Form::Vague {
        return None;
    }
    let target = &with_unit(doubt, target);
    let (before, after) = surroundings(doubt);
    let by_source: Vec<(usize, Vec<Quantity>)> = doubt.row.sources.iter().map(|&segment| (segment, unclaimed(doubt, segment))).collect();
    let unsaid: Vec<Quantity> = by_source.iter().flat_map(|(_, figures)| figures).copied().collect();
    if is_rest(target, &unsaid, before, after) || is_complement_of_bound(doubt, target) {
        return Some(Derivation::Plain);
    }
    let compares = is_comparing(before, after) || matches!(target.unit, Unit::Share | Unit::Multiple | Unit::Point);
    let is_small = target.low < 10.0 && matches!(target.unit, Unit::Count | Unit::Order | Unit::Measure(_));
    if is_small && !compares {
        return None;
    }
    let figures = |segments: &[usize]| -> Vec<Quantity> {
        segments.iter().flat_map(|&segment| &matrix.source.anchors[segment]).filter_map(|anchor| figure(&anchor.fact)).collect()
    };
    if is_complement_of_range(doubt, target) || is_sum_of_each(doubt, target) {
        return Some(Derivation::Plain);
    }
    if !target.is_single() {
        return None;
    }
    // What stands in the place of the figure must be one of those that it is worked out from.
    let best = doubt.rivals.first().map_or(0.0, |rival| rival.pull);
    let rivals: Vec<&Quantity> = doubt
        .rivals
        .iter()
        .filter(|rival| rival.pull >= CLOSE && rival.pull >= best * SHARED_PLACE)
        .filter_map(|rival| quantity(rival.anchor))
        .filter(|rival| std::mem::discriminant(&rival.unit) == std::mem::discriminant(&target.unit))
        .collect();
    let home: Vec<usize> = doubt.fact.home.into_iter().collect();
    let at_home: Vec<Quantity> =
        by_source.iter().filter(|(segment, _)| home.contains(segment)).flat_map(|(_, figures)| figures).copied().collect();
    let must: Vec<&Quantity> = if rivals.is_empty() { Vec::new() } else { rivals.iter().copied().chain(at_home.iter()).collect() };
    let way = Way::of(before, after, compares);
    if follows_from(target, &figures(&home), &must, way) || !compares && is_of_both(target, &at_home) {
        let is_plain = compares || !matches!(target.unit, Unit::Measure(_));
        return Some(if is_plain { Derivation::Plain } else { Derivation::Possible });
    }
    if is_part(target, &figures(&doubt.row.sources), &unsaid) {
        return Some(Derivation::Plain);
    }
    if !compares {
        return None;
    }
    if follows_from(target, &figures(&doubt.row.sources), &must, way) {
        return Some(Derivation::Plain);
    }
    let is_word = matches!(target.unit, Unit::Share | Unit::Multiple);
    follows_from(target, &figures(&neighbourhood(matrix, doubt.row)), &must, way).then_some(if rivals.is_empty() && is_word {
        Derivation::Plain
    } else {
        Derivation::Possible
    })
}

/// How the words around a figure say that it was worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// They say nothing.
    Unsaid,
    /// As a share: 8 percent of that sum.
    Share,
    /// By a change or a comparison.
    Change,
}

impl Way {
    fn of(before: &str, after: &str, compares: bool) -> Way {
        let is_change = !after.starts_with(" of ") || before.trim_end().ends_with(" by");
        match compares {
            false => Way::Unsaid,
            true if is_change => Way::Change,
            true => Way::Share,
        }
    }
}

/// The figures of a source segment that nothing in the sentence says.
fn unclaimed(doubt: &Doubt, segment: usize) -> Vec<Quantity> {
    let examination = doubt.examination;
    let Some(source) = examination.source else { return Vec::new() };
    let places = examination.facts.unclaimed(source, examination.target, doubt.row, examination.row_index(doubt.row), segment);
    places.into_iter().filter_map(|at| figure(&source.anchors[segment][at].fact)).collect()
}

/// A bare number of millions and more, in the currency of the sums in its sources: "3.5 trillion short" of 16조 2,000억 원.
fn with_unit(doubt: &Doubt, target: &Quantity) -> Quantity {
    const LARGE: f64 = 1e6;
    let (Unit::Count, Some(source)) = (target.unit, doubt.examination.source) else { return *target };
    let anchors = doubt.row.sources.iter().flat_map(|&segment| &source.anchors[segment]);
    let mut sums = anchors.filter_map(quantity).filter(|sum| matches!(sum.unit, Unit::Money(_)) && sum.low >= LARGE);
    let unit = sums.next().filter(|_| target.low >= LARGE).map_or(target.unit, |sum| sum.unit);
    Quantity { unit, ..*target }
}

/// How many of a group may be named before the others are counted.
const NAMED: f64 = 4.0;

/// Whether a figure counts the others of a group: "Fukushima and seven other prefectures" for 8개 현.
fn is_rest(target: &Quantity, unsaid: &[Quantity], before: &str, after: &str) -> bool {
    let counts_others = after.starts_with(" other") || before.trim_end().ends_with(" other") || after.starts_with(" more ");
    let is_group = |whole: &Quantity| matches!(whole.unit, Unit::Count) && (1.0..=NAMED).contains(&(whole.low - target.low));
    counts_others && matches!(target.unit, Unit::Count) && target.is_single() && unsaid.iter().any(is_group)
}

/// Whether a percentage is bounded by what another one leaves: at most 1% for 99% 이상.
fn is_complement_of_bound(doubt: &Doubt, target: &Quantity) -> bool {
    let Some(source) = doubt.examination.source else { return false };
    let is_opposite = |other: Bound| match target.bound {
        Bound::AtMost | Bound::LessThan => matches!(other, Bound::AtLeast | Bound::MoreThan),
        Bound::AtLeast | Bound::MoreThan => matches!(other, Bound::AtMost | Bound::LessThan),
        _ => false,
    };
    let mut percentages = doubt.row.sources.iter().flat_map(|&segment| &source.anchors[segment]).filter_map(quantity);
    matches!(target.unit, Unit::Percent)
        && percentages.any(|other| matches!(other.unit, Unit::Percent) && is_opposite(other.bound) && other.low + target.low == 100.0)
}

/// Whether a figure is a percentage or a share of another of its sources, one of the two unsaid in the sentence: some 260 for 63.1% of
/// 412.
fn is_part(target: &Quantity, figures: &[Quantity], unsaid: &[Quantity]) -> bool {
    let is_share = |figure: &&Quantity| matches!(figure.unit, Unit::Percent | Unit::Share);
    let is_unsaid = |figure: &Quantity| unsaid.iter().any(|one| one.low == figure.low && is_same_unit(one.unit, figure.unit));
    let wholes = || figures.iter().filter(|whole| is_same_unit(whole.unit, target.unit) && whole.low > target.low);
    figures.iter().filter(is_share).any(|share| {
        wholes().any(|whole| {
            (is_unsaid(share) || is_unsaid(whole)) && is_near(target, in_base(share) * in_base(whole) / unit_factor(target.unit), 1.0)
        })
    })
}

/// Whether a figure is the sum or the difference of the only two figures of its unit that its source has and its sentence does not:
/// 65,000 for 5만 and 1만 5천.
fn is_of_both(target: &Quantity, unclaimed: &[Quantity]) -> bool {
    let of_unit: Vec<&Quantity> = unclaimed.iter().filter(|one| is_same_unit(one.unit, target.unit)).collect();
    match of_unit[..] {
        [one, other] if matches!(target.unit, Unit::Count | Unit::Money(_) | Unit::Percent) => {
            [one.low + other.low, (one.low - other.low).abs()].iter().any(|worked| (worked - target.low).abs() <= target.low * 0.005)
        }
        _ => false,
    }
}

/// A rival that explains the words around a figure by so many nats stands in its place.
const CLOSE: f64 = 1.0;
/// So do others that explain them almost as well.
const SHARED_PLACE: f64 = 0.5;

/// 80–85% of the price is 15–20% below it.
fn is_complement_of_range(doubt: &Doubt, target: &Quantity) -> bool {
    let Some(source) = doubt.examination.source else { return false };
    let mut figures = doubt.row.sources.iter().flat_map(|&segment| &source.anchors[segment]).filter_map(quantity);
    let is_percent = |quantity: &Quantity| matches!(quantity.unit, Unit::Percent) && !quantity.is_single();
    is_percent(target) && figures.any(|other| is_percent(other) && other.low + target.high == 100.0 && other.high + target.low == 100.0)
}

/// 7,500만 달러씩: what two or more of them give together.
fn is_sum_of_each(doubt: &Doubt, target: &Quantity) -> bool {
    let Some(source) = doubt.examination.source else { return false };
    let mut anchors = doubt.row.sources.iter().flat_map(|&segment| &source.anchors[segment]);
    anchors.any(|anchor| {
        let is_each = source.document.text[anchor.span.end..].starts_with("씩");
        is_each
            && quantity(anchor).is_some_and(|each| {
                let times = target.low / each.low.max(1e-9);
                is_same_unit(each.unit, target.unit) && (2.0..=10.0).contains(&times) && times.fract() == 0.0
            })
    })
}

/// A figure that others can be worked out from: a single number, or a year.
fn figure(fact: &Fact) -> Option<Quantity> {
    match fact {
        Fact::Quantity(quantity) if quantity.is_single() && quantity.low > 0.0 => Some(*quantity),
        Fact::Date(date) => {
            let (year, last) = date.year?;
            let month = date.month.filter(|(first, last)| first == last);
            let value = f64::from(year) + month.map_or(0.0, |(month, _)| f64::from(month - 1) / 12.0);
            let unit = Unit::Measure(measure::span_of(YEAR, if month.is_some() { "months" } else { "years" }));
            (year == last).then_some(Quantity { low: value, high: value, step: 1.0, bound: Bound::Exactly, unit, form: Form::Digits })
        }
        _ => None,
    }
}

/// Seconds of a year, as the table of measures has it.
const YEAR: f64 = 31_557_600.0;

/// What stands around a figure in its sentence, in lower case.
fn surroundings<'a>(doubt: &Doubt<'a>) -> (&'a str, &'a str) {
    let document = &doubt.examination.target.document;
    let segment = document.segments[doubt.row.target_index].span;
    let span = doubt.anchor.span;
    (&document.text[segment.start..span.start], &document.text[span.end..segment.end])
}

/// Words before a figure, and behind it, that say it was worked out.
const BEFORE: &[&str] = &[
    "by",
    "another",
    "further",
    "additional",
    "extra",
    "difference",
    "gap",
    "total",
    "totals",
    "totalling",
    "totaling",
    "sum",
    "combined",
    "together",
    "average",
    "averaging",
    "each",
    "every",
    "increase",
    "decrease",
    "rise",
    "drop",
    "fall",
    "fell",
    "rose",
    "grew",
    "shrank",
    "fallen",
    "risen",
    "grown",
    "up",
    "down",
    "adds",
    "add",
    "added",
    "adding",
    "gained",
    "remaining",
    "other",
    "margin",
    "undercut",
    "amounting",
];
const AFTER: &[&str] = &[
    "more",
    "fewer",
    "less",
    "higher",
    "lower",
    "longer",
    "shorter",
    "later",
    "earlier",
    "above",
    "below",
    "greater",
    "bigger",
    "smaller",
    "further",
    "up",
    "down",
    "older",
    "younger",
    "extra",
    "additional",
    "increase",
    "decrease",
    "rise",
    "drop",
    "each",
    "apiece",
    "altogether",
    "combined",
    "of them",
    "of these",
    "of which",
    "of it",
    "of that",
    "of what",
    "together",
    "in all",
    "a head",
    "in total",
    "larger",
    "wider",
    "narrower",
    "heavier",
    "better",
    "worse",
    "faster",
    "slower",
    "cheaper",
    "dearer",
    "apart",
    "short",
    "shy",
    "ahead",
    "behind",
];

/// How many words before and behind a figure are looked at.
const WORDS: usize = 8;

/// Whether words around a figure say that it was worked out.
fn is_comparing(before: &str, after: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace().map(|word| word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase()).collect()
    };
    let (before, after) = (words(before), words(after));
    let near_before = &before[before.len().saturating_sub(WORDS)..];
    let near_after = after[..after.len().min(WORDS)].join(" ");
    const WHOLE: &[&str] = &["of the ", "of its ", "of their ", "of that ", "of those ", "of this ", "of these ", "of all "];
    WHOLE.iter().any(|whole| near_after.starts_with(whole))
        || near_before.iter().any(|word| BEFORE.contains(&word.as_str()))
        || near_after.starts_with("a ")
        || near_after.starts_with("per ")
        || AFTER.iter().any(|phrase| near_after.split(phrase).count() > 1 && is_whole(&near_after, phrase))
}

/// Whether a phrase stands in a text as whole words.
fn is_whole(text: &str, phrase: &str) -> bool {
    format!(" {text} ").contains(&format!(" {phrase} "))
}

/// Whether a figure follows from one or two figures, among them one of those that must be; by nothing where no word says that it was
/// worked out, but for years.
fn follows_from(target: &Quantity, figures: &[Quantity], must: &[&Quantity], way: Way) -> bool {
    let is_must =
        |figure: &Quantity| must.is_empty() || must.iter().any(|must| figure.low == must.low && is_same_unit(figure.unit, must.unit));
    let fits = |one: &Quantity, other: &Quantity| (is_must(one) || is_must(other)) && follows(target, one, other, way);
    way != Way::Unsaid && figures.iter().any(|one| is_must(one) && is_complement(target, one))
        || figures.iter().enumerate().any(|(at, one)| figures[at + 1..].iter().any(|other| fits(one, other)))
}

/// 80% of the price is 20% below it.
fn is_complement(target: &Quantity, one: &Quantity) -> bool {
    matches!((target.unit, one.unit), (Unit::Percent | Unit::Share, Unit::Percent | Unit::Share))
        && is_near(target, 1.0 - in_base(one), share_scale(target.unit))
}

/// The value of a quantity in the base unit of what it measures.
fn in_base(quantity: &Quantity) -> f64 {
    match quantity.unit {
        Unit::Percent | Unit::Point => quantity.low / 100.0,
        Unit::Measure(measure) => quantity.low * measure.factor,
        _ => quantity.low,
    }
}

/// How many of a share's unit make the whole.
fn share_scale(unit: Unit) -> f64 {
    if matches!(unit, Unit::Percent | Unit::Point) { 100.0 } else { 1.0 }
}

/// Whether a value that was worked out is what a figure says, as exactly as it says it.
fn is_near(target: &Quantity, value: f64, scale: f64) -> bool {
    let value = value * scale;
    let worked =
        Quantity { low: value, high: value, step: target.step * 1e-3, bound: Bound::Exactly, unit: target.unit, form: Form::Digits };
    let difference = (value - target.low).abs() / target.low.abs().max(1e-9);
    // What was worked out is rounded, not guessed: about 154,000 is not 169,300.
    let is_loose = target.form == Form::Digits && matches!(target.bound, Bound::Exactly | Bound::About) && difference > ROUNDED;
    let target = Quantity { bound: if target.bound == Bound::About { Bound::Exactly } else { target.bound }, ..*target };
    value > 0.0 && (difference <= 0.005 || !is_loose && closeness(&worked, &target) >= FOUND)
}

/// How far, of its value, a figure in digits may be rounded after it was worked out.
const ROUNDED: f64 = 0.03;

/// Whether a figure follows from two others.
fn follows(target: &Quantity, one: &Quantity, other: &Quantity, way: Way) -> bool {
    let (large, small) = if in_base(one) >= in_base(other) { (one, other) } else { (other, one) };
    let (high, low) = (in_base(large), in_base(small));
    if low <= 0.0 {
        return false;
    }
    if is_same_unit(one.unit, other.unit) {
        return high != low && follows_from_alike(target, high, low, one.unit, way);
    }
    if way == Way::Unsaid {
        return false;
    }
    let is_part = |unit: Unit| matches!(unit, Unit::Percent | Unit::Share | Unit::Multiple);
    let product = match (is_part(one.unit), is_part(other.unit)) {
        (true, false) => Some((in_base(one) * in_base(other), other.unit)),
        (false, true) => Some((in_base(one) * in_base(other), one.unit)),
        _ => None,
    };
    let quotient = match (one.unit, other.unit) {
        (Unit::Count, Unit::Money(_) | Unit::Measure(_)) if one.low > 1.0 => Some((in_base(other) / one.low, other.unit)),
        (Unit::Money(_) | Unit::Measure(_), Unit::Count) if other.low > 1.0 => Some((in_base(one) / other.low, one.unit)),
        _ => None,
    };
    let total = match (one.unit, other.unit) {
        (Unit::Count, Unit::Money(_)) if one.low > 1.0 && one.low < 100.0 => Some((in_base(other) * one.low, other.unit)),
        (Unit::Money(_), Unit::Count) if other.low > 1.0 && other.low < 100.0 => Some((in_base(one) * other.low, one.unit)),
        _ => None,
    };
    [product, quotient, total]
        .into_iter()
        .flatten()
        .any(|(value, unit)| is_same_unit(unit, target.unit) && is_near(target, value / unit_factor(target.unit), 1.0))
}

/// How many base units one of a unit is.
fn unit_factor(unit: Unit) -> f64 {
    match unit {
        Unit::Measure(measure) => measure.factor,
        _ => 1.0,
    }
}

/// Whether two units can be added.
fn is_same_unit(one: Unit, other: Unit) -> bool {
    match (one, other) {
        (Unit::Money(one), Unit::Money(other)) => one == other,
        (Unit::Measure(one), Unit::Measure(other)) => one.dimension == other.dimension,
        (Unit::Percent | Unit::Point, Unit::Percent | Unit::Point) => true,
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&other),
    }
}

/// Whether a figure follows from two of one unit, in base units.
fn follows_from_alike(target: &Quantity, high: f64, low: f64, unit: Unit, way: Way) -> bool {
    let ratio = high / low;
    let sums = [high - low, high + low];
    let years = matches!(unit, Unit::Measure(measure) if measure.factor == YEAR && measure.name == "years" && low > 1000.0 * YEAR);
    let additive = is_same_unit(unit, target.unit)
        || matches!((unit, target.unit), (Unit::Percent, Unit::Point))
        || matches!((unit, target.unit), (Unit::Percent, Unit::Count)) && target.low.fract() != 0.0
        || years && matches!(target.unit, Unit::Count);
    let factor = match target.unit {
        Unit::Percent | Unit::Point => 0.01,
        Unit::Count if years => YEAR,
        // "2.6 points fewer" for two percentages.
        Unit::Count if matches!(unit, Unit::Percent | Unit::Point) => 0.01,
        unit => unit_factor(unit),
    };
    let is_telling = !matches!(unit, Unit::Count | Unit::Order) || low >= 10.0 || low.fract() != 0.0;
    // One for every 135,000 where the source has 0.74 in 100,000.
    if way != Way::Unsaid && matches!((unit, target.unit), (Unit::Count, Unit::Count)) && low < 1.0 && is_near(target, ratio, 1.0) {
        return true;
    }
    let adds = additive && is_telling && sums.iter().any(|sum| is_near(target, sum / factor, 1.0));
    // From 9 to 17 percent are 8 points, and the share of a share is seldom meant.
    let is_of_percentages = matches!(unit, Unit::Percent | Unit::Point | Unit::Share) && matches!(target.unit, Unit::Percent | Unit::Share);
    match target.unit {
        _ if years => adds,
        _ if way == Way::Unsaid => false,
        Unit::Multiple => is_near(target, ratio, 1.0) || is_near(target, ratio.round(), 1.0),
        _ if is_of_percentages => is_near(target, high + low, share_scale(target.unit)),
        Unit::Percent if way == Way::Share => is_near(target, low / high, 100.0),
        Unit::Percent | Unit::Share => {
            adds || [ratio - 1.0, 1.0 - low / high, low / high].iter().any(|share| is_near(target, *share, share_scale(target.unit)))
        }
        _ => adds,
    }
}

/// Whether a small count is the length of a list in the sources: "three ministries" for 교육부, 외교부, 국방부.
pub fn is_list(doubt: &Doubt) -> bool {
    let (Some(target), Some(source)) = (quantity(doubt.anchor), doubt.examination.source) else { return false };
    let is_small = matches!(target.unit, Unit::Count | Unit::Order) && target.is_single() && (3.0..=12.0).contains(&target.low);
    is_small && doubt.row.sources.iter().any(|&segment| lists(source.document.segment_text(segment)).contains(&(target.low as usize)))
}

/// Characters an entry of a list may have.
const ENTRY: usize = 14;

/// How many entries the lists of a Korean text have: "and" may join a last one to the one before it.
fn lists(text: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    for separators in [&[',', '、'][..], &['·', 'ㆍ', '・'][..]] {
        let parts: Vec<&str> = text.split(separators).collect();
        let mut length = 1;
        for (at, part) in parts.iter().enumerate().skip(1) {
            length += 1;
            if at + 1 == parts.len() || part.trim().chars().count() > ENTRY {
                lengths.extend([length, length + 1]);
                length = 1;
            }
        }
    }
    lengths
}
