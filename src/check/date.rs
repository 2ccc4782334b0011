//! `date`: a date of the English that the original does not have.

use super::comparison::{Doubt, doubts, is_as_full};
use super::{Examination, Finding, Place, Related, Severity};
use crate::anchor::date::{Date, Unit};
use crate::anchor::{Anchor, Fact};
use crate::support::Row;
use crate::support::facts::{FOUND, Standing};
use crate::text::Span;

/// Compares the dates.
pub fn run(examination: &Examination, findings: &mut Vec<Finding>) {
    let calendar = Calendar::of(examination);
    for doubt in doubts(examination, is_date, are_alike) {
        findings.extend(match calendar.other_day(&doubt) {
            Some(finding) => Some(finding),
            None => severity(&doubt).map(|severity| doubt.finding("date", severity)),
        });
    }
}

/// Which weekday the days of the month fall on, as far as the pair itself tells: Korean news writes 8일 where English news
/// writes Tuesday.
struct Calendar {
    /// Which of the seven calendars a row tells that has both a weekday and a day: index of the row, calendar.
    votes: Vec<(usize, usize)>,
}

/// So many rows must tell the same calendar.
const FEWEST_VOTES: usize = 2;
/// So many rows around a date are asked: another article of a collection may be of another month.
const ROWS: usize = 15;

impl Calendar {
    fn of(examination: &Examination) -> Calendar {
        let mut calendar = Calendar { votes: Vec::new() };
        for (row_index, row) in examination.ledger.iter().enumerate() {
            for anchor in &examination.target.anchors[row.target_index] {
                if let (Some(weekday), Some((_, _, day))) = (lone_weekday(anchor), lone_day(examination, row)) {
                    calendar.votes.push((row_index, offset(weekday, day)));
                }
            }
        }
        calendar
    }

    /// How often the rows around a row tell each calendar.
    fn around(&self, row_index: usize) -> [usize; 7] {
        let mut votes = [0; 7];
        for (_, calendar) in self.votes.iter().filter(|(other, _)| *other != row_index && other.abs_diff(row_index) <= ROWS) {
            votes[*calendar] += 1;
        }
        votes
    }

    /// A finding where a weekday is not the one on which the only day of its source falls.
    fn other_day(&self, doubt: &Doubt) -> Option<Finding> {
        let weekday = lone_weekday(doubt.anchor)?;
        let (segment, span, day) = lone_day(doubt.examination, doubt.row)?;
        let row_index = doubt.examination.row_index(doubt.row);
        let all = self.around(row_index);
        let (best, votes) = all.iter().copied().enumerate().max_by_key(|(at, votes)| (*votes, std::cmp::Reverse(*at)))?;
        let others = all.iter().sum::<usize>() - votes;
        let days_off = (best + 7 - offset(weekday, day)) % 7;
        let source = doubt.examination.source?;
        // A day more or less may be the time zone, but for the time of the place: 8일(현지시간).
        let is_zone = matches!(days_off, 1 | 6) && !source.document.text[span.end..].trim_start().starts_with("(현지");
        if votes < FEWEST_VOTES || votes <= others || days_off == 0 || is_zone || doubt.is_found() {
            return None;
        }
        let mut finding = doubt.finding("date", Severity::Major);
        finding.message = format!(
            "“{}” is not the weekday of the day in sentence {} (“{}”), as the other dates of the text tell",
            doubt.anchor.value,
            segment + 1,
            span.of(&source.document.text)
        );
        finding.related = vec![Related { place: Place::Source, segment_index: segment, span }];
        Some(finding)
    }
}

/// Which of the seven calendars has a weekday on a day of the month.
fn offset(weekday: u8, day: u8) -> usize {
    (usize::from(weekday) + 35 - usize::from(day)) % 7
}

/// The weekday of an anchor that tells nothing else of the date.
fn lone_weekday(anchor: &Anchor) -> Option<u8> {
    match &anchor.fact {
        Fact::Date(date) if *date == (Date { weekday: date.weekday, part: date.part, time: date.time, ..Date::default() }) => date.weekday,
        _ => None,
    }
}

/// The day of the month in the first source of a row, where it has one alone: source segment, bytes, day.
fn lone_day(examination: &Examination, row: &Row) -> Option<(usize, Span, u8)> {
    let (source, &segment) = (examination.source?, row.sources.first()?);
    let days = source.anchors[segment].iter().filter_map(|anchor| match &anchor.fact {
        Fact::Date(Date { day: Some((day, last)), month: None, .. }) if day == last => Some((segment, anchor.span, *day)),
        _ => None,
    });
    let days: Vec<_> = days.collect();
    <[_; 1]>::try_from(days).ok().map(|[day]| day)
}

fn is_date(anchor: &Anchor) -> bool {
    anchor.kind == "date"
}

/// A weekday alone is doubted only where the source has another one: Korean news gives the day of the month instead.
fn severity(doubt: &Doubt) -> Option<Severity> {
    let is_weekday = matches!(&doubt.anchor.fact, Fact::Date(date) if *date == Date { weekday: date.weekday, ..Date::default() });
    match doubt.fact.agreement {
        _ if is_seen_from_another(doubt) || is_anniversary(doubt) => None,
        agreement if agreement < FOUND && is_relative_day(doubt) => Some(Severity::Minor),
        agreement if agreement < FOUND && is_weekday && doubt.rivals.is_empty() => Some(Severity::Minor),
        agreement if agreement < FOUND => Some(Severity::Critical),
        _ if doubt.rivals.is_empty() && doubt.fact.standing <= Standing::Near => None,
        _ => Some(Severity::Major),
    }
}

/// Whether the source tells the day of a date by its anniversary: 4 December 2024 for 지난 4일로 발효 1년을 맞았다.
fn is_anniversary(doubt: &Doubt) -> bool {
    const TOLD: &[&str] = &["주년", "년을 맞", "돌을 맞", "년이 되", "년이 된", "년이 지"];
    let (Some(source), Fact::Date(date)) = (doubt.examination.source, &doubt.anchor.fact) else { return false };
    let same_day = |anchor: &Anchor| {
        matches!(&anchor.fact, Fact::Date(other)
            if date.day.is_some() && other.day == date.day && (other.month.is_none() || other.month == date.month) && other.year != date.year)
    };
    let is_told = |segment: usize| TOLD.iter().any(|word| source.document.segment_text(segment).contains(word));
    doubt.row.sources.iter().any(|&segment| is_told(segment) && source.anchors[segment].iter().any(same_day))
}

/// Whether a date is yesterday, today or tomorrow: the Korean gives the day of the month instead.
fn is_relative_day(doubt: &Doubt) -> bool {
    matches!(&doubt.anchor.fact, Fact::Date(date)
        if date.relative.is_some_and(|relative| relative.unit == Unit::Day) && date.month.is_none() && date.day.is_none())
}

/// Whether a date says no more than how far it lies from one that was spoken of: the next month, a year earlier.
fn is_seen_from_another(doubt: &Doubt) -> bool {
    matches!(&doubt.anchor.fact, Fact::Date(date)
        if date.relative.is_some_and(|relative| !relative.is_from_now) && *date == Date { relative: date.relative, ..Date::default() })
}

fn are_alike(rival: &Anchor, changed: &Anchor) -> bool {
    matches!((&rival.fact, &changed.fact), (Fact::Date(rival), Fact::Date(changed)) if is_as_full(rival, changed))
}
