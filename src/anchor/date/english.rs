//! English dates: June 19, 2024; 19 June; early 2024; the 1990s; the third quarter; last year; Friday; 3 p.m.

use super::super::numeral::{Form, Numeral};
use super::super::reading::Reading;
use super::super::words::Shape;
use super::{Date, Part, Period, Unit};
use crate::text::Span;

/// The dates of an English segment.
pub fn dates(reading: &Reading) -> Vec<(Span, Date)> {
    let mut found: Vec<(Span, Date)> = Vec::new();
    let mut index = 0;
    while index < reading.words.len() {
        match date(reading, index) {
            Some((first, next, date)) => {
                let span = Span::new(reading.words[first].start, reading.words[next - 1].end);
                push(reading, &mut found, span, date);
                index = next.max(index + 1);
            }
            None => index += 1,
        }
    }
    found
}

/// Adds a date, joined to the one before where both are one: Friday, June 19; early May; third quarter of 2024.
fn push(reading: &Reading, found: &mut Vec<(Span, Date)>, span: Span, date: Date) {
    if let Some((last_span, last)) = found.last_mut() {
        if last_span.end > span.start {
            return;
        }
        let between = &reading.text[last_span.end..span.start];
        let joins = matches!(between, " " | ", " | " of " | " in " | " of the " | " on " | " in the " | " (");
        if joins && fits(last, &date, between) {
            *last = joined(*last, date);
            last_span.end = span.end;
            return;
        }
    }
    found.push((span, date));
}

fn fits(first: &Date, second: &Date, between: &str) -> bool {
    let year_after = (second.year.is_some() || second.relative.is_some_and(|relative| relative.unit == Unit::Year))
        && second.month.is_none()
        && second.period.is_none()
        && first.year.is_none()
        && (first.relative.is_none())
        && (first.month.is_some() || first.period.is_some() || first.part.is_some() && first.weekday.is_none());
    let day_after_weekday =
        first.weekday.is_some() && first.month.is_none() && second.month.is_some() && second.weekday.is_none() && between != " of ";
    let part = *first == (Date { part: first.part, ..Date::default() }) && second.part.is_none();
    let time = first.time.is_some() && first.year.is_none() && first.month.is_none() && first.weekday.is_none() && second.time.is_none();
    let weekday_after = second.weekday.is_some() && first.relative.is_some_and(|relative| relative.unit == Unit::Week);
    year_after || day_after_weekday || part || time || weekday_after
}

fn joined(first: Date, second: Date) -> Date {
    Date {
        year: first.year.or(second.year),
        month: first.month.or(second.month),
        day: first.day.or(second.day),
        weekday: first.weekday.or(second.weekday),
        period: first.period.or(second.period),
        part: first.part.or(second.part),
        time: first.time.or(second.time),
        relative: first.relative.or(second.relative),
        is_resolved: false,
    }
}

/// A date that begins at or just before a word: its first word, the word after it, its value.
fn date(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    match reading.words.get(index)?.shape {
        Shape::Digits => clock(reading, index).or_else(|| decade(reading, index)).or_else(|| year(reading, index)),
        _ => month(reading, index)
            .or_else(|| weekday(reading, index))
            .or_else(|| relative(reading, index))
            .or_else(|| part(reading, index))
            .or_else(|| period(reading, index)),
    }
    .or_else(|| century(reading, index))
}

fn numeral_at(reading: &Reading, index: usize) -> Option<Numeral> {
    let start = reading.words.get(index)?.start;
    let at = reading.numerals.partition_point(|numeral| numeral.span.start < start);
    reading.numerals.get(at).copied().filter(|numeral| numeral.span.start == start)
}

/// The index of the word after a numeral.
fn after(reading: &Reading, numeral: &Numeral) -> usize {
    reading.word_from(numeral.span.end)
}

fn month_number(word: &str, next_gap: &str) -> Option<u8> {
    const SHORT: [&str; 13] = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", ""];
    const OF_SHORT: [u8; 13] = [1, 2, 3, 4, 6, 7, 8, 9, 9, 10, 11, 12, 0];
    if let Some(at) = super::MONTHS.iter().position(|month| *month == word) {
        return Some(at as u8 + 1);
    }
    let pointed = next_gap.starts_with('.') || next_gap == " ";
    SHORT.iter().position(|month| !word.is_empty() && *month == word && pointed).map(|at| OF_SHORT[at])
}

fn month(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let word = reading.word(index);
    if !reading.words[index].is_capitalised() {
        return None;
    }
    let number = month_number(word, reading.gap(index + 1))?;
    let spelled = word.len() > 3 || word == "May";
    let mut date = Date { month: Some((number, number)), ..Date::default() };
    let (mut first, mut next) = (index, index + 1);
    if let Some(other) = reading.words.get(next).and_then(|_| month_number(reading.word(next), reading.gap(next + 1)))
        && matches!(reading.gap(next), "-" | "–")
    {
        date.month = Some((number.min(other), number.max(other)));
        next += 1;
    }
    if let Some(numeral) = numeral_at(reading, next).filter(|numeral| is_day(numeral) && matches!(reading.gap(next), " " | ". ")) {
        date.day = Some((numeral.low as u8, numeral.high as u8));
        next = after(reading, &numeral);
    } else if let Some((numeral, at)) = day_before(reading, index) {
        date.day = Some((numeral.low as u8, numeral.high as u8));
        first = at;
    }
    if let Some(year) =
        year_number(reading, next).filter(|_| matches!(reading.gap(next), " " | ", " | " of " | ". ") || reading.gap(next) == ",")
    {
        date.year = Some(year);
        next += 1;
        if let Some(numeral) = numeral_at(reading, next - 1) {
            next = after(reading, &numeral).max(next);
        }
    }
    let lone = date.day.is_none() && date.year.is_none();
    let believed = !lone || spelled && is_month_place(reading, index, word);
    believed.then_some((first, next, date))
}

/// Whether a lone May or March is the month: after a preposition or an adjective of time.
fn is_month_place(reading: &Reading, index: usize, word: &str) -> bool {
    if !matches!(word, "May" | "March" | "August") {
        return true;
    }
    const BEFORE: [&str; 22] = [
        "in", "of", "since", "by", "until", "till", "from", "to", "through", "last", "this", "next", "early", "mid", "late", "and",
        "between", "during", "before", "after", "for", "the",
    ];
    index > 0
        && (BEFORE.contains(&reading.word(index - 1).to_ascii_lowercase().as_str()) || month_number(reading.word(index - 1), " ").is_some())
}

fn is_day(numeral: &Numeral) -> bool {
    (1.0..=31.0).contains(&numeral.low)
        && numeral.high <= 31.0
        && numeral.low.fract() == 0.0
        && matches!(numeral.form, Form::Digits | Form::Ordinal)
}

/// 19 June, the 19th of June.
fn day_before(reading: &Reading, index: usize) -> Option<(Numeral, usize)> {
    let start = reading.words[index].start;
    let at = reading.numerals.partition_point(|numeral| numeral.span.start < start).checked_sub(1)?;
    let numeral = reading.numerals[at];
    let between = &reading.text[numeral.span.end..start];
    let digits = reading.text.as_bytes()[numeral.span.start].is_ascii_digit();
    (is_day(&numeral) && digits && matches!(between, " " | " of " | "-")).then(|| (numeral, reading.word_from(numeral.span.start)))
}

/// A year, or a range of years, at a word.
fn year_number(reading: &Reading, index: usize) -> Option<(i32, i32)> {
    let numeral = numeral_at(reading, index).filter(|numeral| numeral.form == Form::Digits)?;
    let first = reading.word(index);
    let plain = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
    let in_reach = |year: f64| (1500.0..=2199.0).contains(&year);
    if !plain || !in_reach(numeral.low) || numeral.low.fract() != 0.0 {
        return None;
    }
    if in_reach(numeral.high) {
        return Some((numeral.low as i32, numeral.high as i32));
    }
    None
}

fn year(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let (first, last) = year_number(reading, index)?;
    let numeral = numeral_at(reading, index)?;
    let next = after(reading, &numeral);
    let lower_next = reading
        .words
        .get(next)
        .filter(|word| word.shape == Shape::Lower && reading.gap(next) == " ")
        .map_or("", |word| word.of(reading.text));
    const BEFORE: [&str; 26] = [
        "in",
        "of",
        "by",
        "since",
        "from",
        "until",
        "till",
        "to",
        "through",
        "late",
        "early",
        "mid",
        "during",
        "for",
        "between",
        "before",
        "after",
        "around",
        "year",
        "and",
        "pre",
        "post",
        "as",
        "fiscal",
        "or",
        "throughout",
    ];
    let before = if index == 0 { "in".to_string() } else { reading.word(index - 1).to_ascii_lowercase() };
    let preposition = BEFORE.contains(&before.as_str());
    let before_text = reading.before(numeral.span.start);
    if before_text.ends_with(['$', '€', '£', '¥', '₩']) || reading.after(numeral.span.end).starts_with('%') {
        return None;
    }
    let unit = matches!(
        lower_next,
        "percent"
            | "per"
            | "won"
            | "dollars"
            | "euros"
            | "yen"
            | "yuan"
            | "km"
            | "kilometers"
            | "miles"
            | "people"
            | "tons"
            | "tonnes"
            | "troops"
            | "soldiers"
    );
    let counted = unit
        || !preposition
            && lower_next.ends_with('s')
            && !matches!(lower_next, "was" | "is" | "has" | "saw" | "as" | "election" | "elections" | "talks");
    let range = first != last || (1900..=2100).contains(&first) || preposition;
    (!counted && range).then_some((index, next, Date { year: Some((first, last)), ..Date::default() }))
}

/// the 1990s, the '90s, mid-1980s.
fn decade(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let digits = reading.word(index);
    let glued = matches!(reading.gap(index + 1), "" | "'" | "’") && reading.word(index + 1) == "s";
    let possessive = reading.after(reading.words[index].end).starts_with(['s']) || glued;
    let value: i32 = digits.parse().ok().filter(|value| value % 10 == 0)?;
    let start = match digits.len() {
        4 if (1500..=2190).contains(&value) => value,
        2 if reading.before(reading.words[index].start).ends_with(['\'', '’', '‘']) => {
            if value <= 20 {
                2000 + value
            } else {
                1900 + value
            }
        }
        _ => return None,
    };
    possessive.then_some((index, index + 2, Date { year: Some((start, start + 9)), ..Date::default() }))
}

/// the 20th century, the twenty-first century.
fn century(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let numeral = numeral_at(reading, index).filter(|numeral| numeral.form == Form::Ordinal)?;
    let next = after(reading, &numeral);
    let century = numeral.low as i32;
    (reading.word(next) == "century" || reading.word(next) == "centuries")
        .then(|| (index, next + 1, Date { year: Some(((century - 1) * 100 + 1, century * 100)), ..Date::default() }))
}

fn weekday(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let word = reading.word(index);
    let singular = word.strip_suffix('s').filter(|_| word.ends_with("days")).unwrap_or(word);
    let day = super::WEEKDAYS.iter().position(|weekday| *weekday == singular)? as u8;
    Some((index, index + 1, Date { weekday: Some(day), ..Date::default() }))
}

/// last year, this month, next week, yesterday, the previous year, the following day, a year ago.
fn relative(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let lower = reading.word(index).to_ascii_lowercase();
    let simple = match lower.as_str() {
        "yesterday" => Some(-1),
        "today" => Some(0),
        "tomorrow" => Some(1),
        _ => None,
    };
    if let Some(offset) = simple {
        return Some((index, index + 1, Date::relative(Unit::Day, offset, true)));
    }
    let (offset, is_from_now) = match lower.as_str() {
        "last" | "past" => (-1, true),
        "this" => (0, true),
        "next" | "coming" => (1, true),
        "previous" | "preceding" | "prior" => (-1, false),
        "following" => (1, false),
        "same" => (0, false),
        _ => return None,
    };
    let next = index + 1;
    if reading.gap(next) != " " {
        return None;
    }
    // "the next month" is seen from a day spoken of.
    let is_from_now = is_from_now && !(offset != 0 && index > 0 && reading.word(index - 1) == "the");
    let unit = match reading.word(next) {
        "year" => Unit::Year,
        "month" => Unit::Month,
        "week" => Unit::Week,
        "day" => Unit::Day,
        "quarter" => Unit::Quarter,
        season @ ("spring" | "summer" | "autumn" | "fall" | "winter") => {
            let date = Date { period: season_number(season).map(Period::Season), ..Date::relative(Unit::Year, offset, is_from_now) };
            return Some((index, next + 1, date));
        }
        month if month_number(month, "").is_some() => {
            let number = month_number(month, "")?;
            return Some((index, next + 1, Date { month: Some((number, number)), ..Date::default() }));
        }
        _ => return None,
    };
    // "the past year" is a span, and "the last day of" counts within something else.
    let span = lower == "past" || reading.word(next + 1) == "of" && unit == Unit::Day;
    (!span).then(|| (index, next + 1, Date::relative(unit, offset, is_from_now)))
}

fn season_number(word: &str) -> Option<u8> {
    match word {
        "spring" => Some(0),
        "summer" => Some(1),
        "autumn" | "fall" => Some(2),
        "winter" => Some(3),
        _ => None,
    }
}

/// early, mid, late, the beginning of, the end of: believed only before a date.
fn part(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let lower = reading.word(index).to_ascii_lowercase();
    let (part, mut next) = match lower.as_str() {
        "early" => (Part::Early, index + 1),
        "mid" | "middle" => (Part::Middle, index + 1),
        "late" => (Part::Late, index + 1),
        "beginning" | "start" | "outset" => (Part::Early, index + 1),
        "end" | "close" => (Part::Late, index + 1),
        _ => return None,
    };
    if reading.word(next) == "of" {
        next += 1;
    } else if !matches!(lower.as_str(), "early" | "mid" | "late") {
        return None;
    }
    if matches!(reading.word(next), "the" | "in" | "this" | "last" | "next") && reading.word(next) == "the" || reading.word(next) == "in" {
        next += 1;
    }
    let (_, end, date) = date(reading, next)
        .filter(|(first, _, date)| *first == next && date.part.is_none() && date.day.is_none() && date.weekday.is_none())?;
    Some((index, end, Date { part: Some(part), ..date }))
}

/// the first quarter, Q3, the second half of the year, the summer of 2024.
fn period(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let word = reading.word(index);
    if word == "Q" && reading.gap(index + 1).is_empty() {
        let quarter = reading.word(index + 1).parse::<u8>().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return Some((index, index + 2, Date { period: Some(Period::Quarter(quarter, quarter)), ..Date::default() }));
    }
    if let Some(season) = season_number(word) {
        let year = reading.word(index + 1) == "of"
            || year_number(reading, index + 1).is_some()
            || matches!(reading.word(index.wrapping_sub(1)), "the" | "in");
        return (year && word != "fall" || year_number(reading, index + 1).is_some()).then_some((
            index,
            index + 1,
            Date { period: Some(Period::Season(season)), ..Date::default() },
        ));
    }
    let numeral = numeral_at(reading, index).filter(|numeral| numeral.form == Form::Ordinal)?;
    let next = after(reading, &numeral);
    let number = numeral.low as u8;
    match reading.word(next) {
        "quarter" if (1..=4).contains(&number) => {
            Some((index, next + 1, Date { period: Some(Period::Quarter(number, number)), ..Date::default() }))
        }
        "half" if number <= 2 && reading.word(next + 1) == "of" && is_year_ahead(reading, next + 2) => {
            Some((index, next + 1, Date { period: Some(Period::Half(number)), ..Date::default() }))
        }
        _ => None,
    }
}

fn is_year_ahead(reading: &Reading, index: usize) -> bool {
    let index = index + usize::from(reading.word(index) == "the");
    year_number(reading, index).is_some()
        || matches!(reading.word(index), "year" | "this" | "last" | "next")
        || matches!(reading.word(index + 1), "year")
}

/// 3 p.m., 10:30 a.m., 14:00.
fn clock(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    if let Some(found) = military(reading, index) {
        return Some(found);
    }
    let hour: u16 = reading.word(index).parse().ok().filter(|hour| *hour <= 24)?;
    let (minute, mut next) = match reading.gap(index + 1) {
        ":" => {
            (reading.word(index + 1).parse::<u16>().ok().filter(|minute| *minute < 60 && reading.word(index + 1).len() == 2)?, index + 2)
        }
        _ => (0, index + 1),
    };
    let mark = reading.word(next).to_ascii_lowercase();
    let marked = matches!(mark.as_str(), "am" | "pm" | "a.m." | "p.m.") && matches!(reading.gap(next), " " | "");
    let afternoon = marked && mark.starts_with('p');
    next += usize::from(marked);
    let o_clock = mark == "o'clock" || mark == "o’clock";
    let time = (hour % 24 % if marked { 12 } else { 24 } + if afternoon { 12 } else { 0 }) * 60 + minute;
    (marked || o_clock || reading.gap(index + 1) == ":" && !reading.before(reading.words[index].start).ends_with(':')).then_some((
        index,
        next + usize::from(o_clock),
        Date { time: Some(time), ..Date::default() },
    ))
}

/// 1134 GMT, 0140: four digits for hours and minutes.
fn military(reading: &Reading, index: usize) -> Option<(usize, usize, Date)> {
    let digits = reading.word(index);
    let zone = matches!(reading.word(index + 1), "GMT" | "UTC" | "KST" | "JST" | "hours" | "ET" | "EST" | "EDT" | "BST")
        && reading.gap(index + 1) == " ";
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value: u16 = digits.parse().ok().filter(|value| value / 100 < 24 && value % 100 < 60)?;
    let date = Date { time: Some(value / 100 * 60 + value % 100), ..Date::default() };
    (plain && (zone || digits.starts_with('0'))).then_some((index, index + 1, date))
}
