//! Dates and times, absolute and relative, with the periods people speak of: quarters, halves, decades, centuries.

mod english;
mod korean;

use super::quantity::{Quantity, Unit as Counted, bare_key};
use super::reading::Reading;
use super::{Anchor, Fact, key, measure};
use crate::text::Language;
use std::fmt;

/// What a text says of a date: any of the fields may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// First and last year.
    pub year: Option<(i32, i32)>,
    /// First and last month, from 1.
    pub month: Option<(u8, u8)>,
    /// First and last day of the month, from 1.
    pub day: Option<(u8, u8)>,
    /// Day of the week, Monday 0.
    pub weekday: Option<u8>,
    /// A part of the year.
    pub period: Option<Period>,
    /// The beginning, middle or end of what the other fields name.
    pub part: Option<Part>,
    /// Minutes since midnight.
    pub time: Option<u16>,
    /// Seen from the day of writing, or from a day spoken of.
    pub relative: Option<Relative>,
    /// Whether the year follows from the date of the document and a relative expression.
    pub is_resolved: bool,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A quarter, or the quarters up to a second one.
    Quarter(u8, u8),
    /// A half.
    Half(u8),
    /// Spring 0, summer 1, autumn 2, winter 3.
    Season(u8),
}

/// The beginning, middle or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 초, early, the beginning of.
    Early,
    /// 중반, mid.
    Middle,
    /// 말, late, the end of.
    Late,
}

/// A date seen from another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// What is counted.
    pub unit: Unit,
    /// How many of them on; before, if negative.
    pub offset: i8,
    /// Whether it is seen from the day of writing, not from a day spoken of.
    pub is_from_now: bool,
}

/// What relative dates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

/// A day in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

impl Day {
    /// Reads 2024-06-19; nothing for a day that is not in the calendar.
    pub fn read(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_figures = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !is_figures(year, 4) || !is_figures(month, 2) || !is_figures(day, 2) {
            return None;
        }
        let day = Day { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let next = if day.month == 12 { Day { year: day.year + 1, month: 1, day: 1 } } else { Day { month: day.month + 1, day: 1, ..day } };
        let is_real = (1..=12).contains(&day.month) && day.day >= 1 && day.number() < next.number();
        is_real.then_some(day)
    }

    /// The number of a day, 1970-01-01 being 0, in the proleptic Gregorian calendar.
    ///
    /// After Howard Hinnant, "chrono-compatible low-level date algorithms".
    pub fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let of_year = (153 * (i64::from(self.month) + if self.month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day of the week, Monday 0.
    pub fn weekday(self) -> u8 {
        (self.number() + 3).rem_euclid(7) as u8
    }
}

/// Adds the dates of a segment.
pub fn find(reading: &mut Reading) {
    let found = match reading.language {
        Language::Korean => korean::dates(reading),
        Language::English => english::dates(reading),
    };
    for (span, date) in found {
        if reading.is_free(span) {
            let date = date.resolved(reading.context.today());
            reading.add("date", span, date.to_string(), date.keys(), Fact::Date(date));
        }
    }
}

impl Date {
    /// A year.
    pub fn in_year(year: i32) -> Date {
        Date { year: Some((year, year)), ..Date::default() }
    }

    /// A relative date.
    pub fn relative(unit: Unit, offset: i8, is_from_now: bool) -> Date {
        Date { relative: Some(Relative { unit, offset, is_from_now }), ..Date::default() }
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Date::default()
    }

    /// With the year, and for this and last month the month, that follow from the day of writing.
    fn resolved(mut self, today: Option<Day>) -> Date {
        let (Some(today), Some(relative)) = (today, self.relative) else { return self };
        if !relative.is_from_now || self.year.is_some() {
            return self;
        }
        match relative.unit {
            Unit::Year => {
                let year = today.year + i32::from(relative.offset);
                self.year = Some((year, year));
                self.is_resolved = true;
            }
            Unit::Month => {
                let months = today.year * 12 + i32::from(today.month) - 1 + i32::from(relative.offset);
                self.year = Some((months.div_euclid(12), months.div_euclid(12)));
                let month = months.rem_euclid(12) as u8 + 1;
                self.month = self.month.or(Some((month, month)));
                self.is_resolved = true;
            }
            _ => {}
        }
        self
    }

    /// The keys by which it is found: one for each field.
    fn keys(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        let mut push = |field: u64, value: i64| keys.push(key(32 + field, value as u64));
        if let Some((first, last)) = self.year {
            if last - first > 3 {
                push(0, i64::from(first) * 10_000 + i64::from(last));
            }
            for year in first..=last.min(first + 10) {
                push(1, i64::from(year));
            }
        }
        for (field, range) in [(2, self.month), (3, self.day)] {
            if let Some((first, last)) = range {
                (first..=last.min(first.saturating_add(12))).for_each(|value| push(field, i64::from(value)));
            }
        }
        if let Some(weekday) = self.weekday {
            push(4, i64::from(weekday));
        }
        match self.period {
            Some(Period::Quarter(first, last)) => (first..=last).for_each(|quarter| push(5, i64::from(quarter))),
            Some(Period::Half(half)) => push(6, i64::from(half)),
            Some(Period::Season(season)) => push(7, i64::from(season)),
            None => {}
        }
        if let Some(time) = self.time {
            push(8, i64::from(time % 720));
        }
        if let Some(relative) = self.relative {
            push(9, relative.unit as i64 * 100 + i64::from(relative.offset));
        }
        if let (None, Some(part)) = (self.year.or(self.month.map(|month| (month.0.into(), 0))), self.part) {
            push(10, part as i64);
        }
        match *self {
            Date { year: Some((year, last)), month: None, day: None, .. } if year == last => keys.push(bare_key(f64::from(year))),
            Date { year: None, month: None, day: Some((day, _)), .. } => keys.push(bare_key(f64::from(day))),
            _ => {}
        }
        keys
    }
}

/// How well two dates agree; a day of the month agrees loosely with as many days.
pub fn agree(source: &Anchor, target: &Anchor) -> f32 {
    match (&source.fact, &target.fact) {
        (Fact::Date(source), Fact::Date(target)) => compare(source, target),
        (Fact::Date(source), Fact::Quantity(target)) => agree_with_quantity(source, target),
        _ => 0.0,
    }
}

/// A lone day, month or year agrees loosely with a bare number or a measure of that value: 10일 ↔ ten days.
pub fn agree_with_quantity(date: &Date, quantity: &Quantity) -> f32 {
    let days = match quantity.unit {
        Counted::Measure(unit) => measure::is_day(unit),
        Counted::Count | Counted::Order => true,
        _ => false,
    };
    match (date.year, date.month, date.day) {
        (None, None, Some((first, last))) if days && f64::from(first) == quantity.low && f64::from(last) == quantity.high => 0.6,
        (Some((first, last)), None, None) if quantity.unit == Counted::Count && f64::from(first) == quantity.low && first == last => 0.6,
        _ => 0.0,
    }
}

/// How well a target date follows from a source date: every field both have must agree, and they must share one.
pub fn compare(source: &Date, target: &Date) -> f32 {
    let mut score = 1.0_f32;
    let mut shared = 0;
    let mut field = |agreement: Option<f32>, weight_of_missing: f32, is_wanted: bool| {
        match agreement {
            Some(agreement) => {
                shared += 1;
                score = score.min(agreement);
            }
            None if is_wanted => score *= weight_of_missing,
            None => {}
        };
    };
    field(both(source.year, target.year, ranges), 0.8, target.year.is_some());
    field(
        both(source.month, target.month, |a, b| ranges(wide(a), wide(b))).or_else(|| month_in_period(source, target)),
        0.6,
        target.month.is_some(),
    );
    field(both(source.day, target.day, |a, b| ranges(wide(a), wide(b))), 0.7, target.day.is_some());
    field(both(source.weekday, target.weekday, |a, b| f32::from(u8::from(a == b))), 0.7, target.weekday.is_some());
    field(both(source.period, target.period, periods), 0.6, target.period.is_some() && target.month.is_none());
    field(
        both(source.time, target.time, |a, b| {
            if a == b {
                1.0
            } else if a % 720 == b % 720 {
                0.8
            } else {
                0.0
            }
        }),
        0.7,
        target.time.is_some(),
    );
    let relative = both(source.relative, target.relative, relatives);
    let years_known = source.year.is_some() && target.year.is_some();
    field(relative.filter(|_| !years_known), 0.8, target.relative.is_some() && target.year.is_none());
    if shared == 0 {
        return weekday_of_day(source, target);
    }
    if let (Some(one), Some(other)) = (source.part, target.part)
        && one != other
    {
        score = score.min(0.4);
    }
    score
}

fn both<T, A>(source: Option<T>, target: Option<T>, compare: impl Fn(T, T) -> A) -> Option<A> {
    Some(compare(source?, target?))
}

fn wide((first, last): (u8, u8)) -> (i32, i32) {
    (first.into(), last.into())
}

/// Equal ranges agree; one inside the other agrees loosely.
fn ranges(source: (i32, i32), target: (i32, i32)) -> f32 {
    let within = |outer: (i32, i32), inner: (i32, i32)| outer.0 <= inner.0 && inner.1 <= outer.1;
    if source == target {
        1.0
    } else if within(source, target) && (target.0 == source.0 || target.1 == source.1) || within(target, source) {
        0.7
    } else if within(source, target) {
        0.5
    } else {
        0.0
    }
}

fn periods(source: Period, target: Period) -> f32 {
    match (source, target) {
        (Period::Quarter(a, b), Period::Quarter(c, d)) => ranges((a.into(), b.into()), (c.into(), d.into())),
        (Period::Half(half), Period::Quarter(a, b)) | (Period::Quarter(a, b), Period::Half(half)) => {
            if (half - 1) * 2 < a && b <= half * 2 { 0.6 } else { 0.0 }
        }
        (one, other) => f32::from(u8::from(one == other)),
    }
}

/// A month lies in a quarter or half of the year.
fn month_in_period(source: &Date, target: &Date) -> Option<f32> {
    let ((first, last), period) = match (source.month, target.month) {
        (Some(month), None) => (month, target.period?),
        (None, Some(month)) => (month, source.period?),
        _ => return None,
    };
    let (start, end) = match period {
        Period::Quarter(from, to) => ((from - 1) * 3 + 1, to * 3),
        Period::Half(half) => ((half - 1) * 6 + 1, half * 6),
        Period::Season(_) => return None,
    };
    Some(if start <= first && last <= end { 0.6 } else { 0.0 })
}

fn relatives(source: Relative, target: Relative) -> f32 {
    let same = source.unit == target.unit && source.offset == target.offset;
    match (same, source.is_from_now == target.is_from_now) {
        (true, true) => 1.0,
        (true, false) => 0.8,
        _ => 0.0,
    }
}

/// A weekday that a full date falls on.
fn weekday_of_day(source: &Date, target: &Date) -> f32 {
    let day = |date: &Date| Some(Day { year: date.year?.0, month: date.month?.0, day: date.day?.0 });
    let found = match (day(source), target.weekday, day(target), source.weekday) {
        (Some(day), Some(weekday), ..) | (.., Some(day), Some(weekday)) => day.weekday() == weekday,
        _ => false,
    };
    if found { 0.9 } else { 0.0 }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let mut words: Vec<String> = Vec::new();
        let range = |first: String, last: String| if first == last { first } else { format!("{first}–{last}") };
        if let Some(part) = self.part {
            words.push(["early", "mid", "late"][part as usize].to_string());
        }
        if let Some(weekday) = self.weekday {
            words.push(WEEKDAYS[usize::from(weekday % 7)].to_string());
        }
        if let Some((first, last)) = self.day {
            words.push(range(first.to_string(), last.to_string()));
        }
        if let Some((first, last)) = self.month {
            let name = |month: u8| MONTHS[usize::from(month.clamp(1, 12)) - 1].to_string();
            words.push(range(name(first), name(last)));
        }
        match self.period {
            Some(Period::Quarter(first, last)) => words.push(range(format!("Q{first}"), format!("Q{last}"))),
            Some(Period::Half(half)) => words.push(format!("H{half}")),
            Some(Period::Season(season)) => words.push(["spring", "summer", "autumn", "winter"][usize::from(season % 4)].to_string()),
            None => {}
        }
        if let Some((first, last)) = self.year {
            words.push(range(first.to_string(), last.to_string()));
        }
        if let Some(time) = self.time {
            words.push(format!("{:02}:{:02}", time / 60, time % 60));
        }
        if let Some(relative) = self.relative.filter(|_| self.year.is_none()) {
            let unit = ["day", "week", "month", "quarter", "year"][relative.unit as usize];
            words.push(match relative.offset {
                0 => format!("this {unit}"),
                offset => format!("{unit} {offset:+}"),
            });
        }
        formatter.write_str(&words.join(" "))
    }
}
