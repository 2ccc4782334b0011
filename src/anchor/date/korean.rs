//! Korean dates: 2024년 6월 19일, 2024.6.19., '24.6, 지난해, 올해 5월, 상반기, 1분기, 1980년대 초, 20세기.

use super::super::numeral::{Form, Numeral};
use super::super::reading::{Reading, hangul_runs};
use super::{Date, Part, Period, Relative, Unit};
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The dates of a Korean segment.
pub fn dates(reading: &Reading) -> Vec<(Span, Date)> {
    let mut found = Vec::new();
    let mut end = 0;
    for index in 0..reading.numerals.len() {
        if reading.numerals[index].span.start < end {
            continue;
        }
        if let Some((span, date)) = pointed(reading, index).or_else(|| clock(reading, index)).or_else(|| chain(reading, index)) {
            end = span.end;
            found.push((span, date));
        }
    }
    words(reading, &mut found);
    found.sort_by_key(|(span, _)| *span);
    merge(reading, found)
}

fn ends_word(text: &str) -> bool {
    !text.ends_with(|character: char| character.is_alphanumeric())
}

fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|start| text.starts_with(start))
}

/// 2024.6.19., 2024. 6. 19., '24.6, 2024-06-19, 2024/6/19, 2024.06.
fn pointed(reading: &Reading, index: usize) -> Option<(Span, Date)> {
    let numeral = reading.numerals[index];
    if numeral.form != Form::Digits {
        return None;
    }
    let text = numeral.span.of(reading.text);
    let apostrophe = reading.before(numeral.span.start).ends_with(['\'', '’', '‘']);
    let mut numbers = Vec::new();
    let mut end = numeral.span.end;
    if let Some((year, month)) = text.split_once('.').filter(|(year, month)| is_digits(year) && is_digits(month)) {
        numbers.extend([(year, year.len()), (month, month.len())]);
    } else if is_digits(text) {
        numbers.push((text, text.len()));
        for next in reading.numerals.iter().skip(index + 1).take(2) {
            let between = &reading.text[end..next.span.start];
            let joins = matches!(between, "." | ". " | "-" | "/") && is_digits(next.span.of(reading.text));
            if !joins {
                break;
            }
            numbers.push((next.span.of(reading.text), next.span.len()));
            end = next.span.end;
        }
    }
    let value = |at: usize| numbers.get(at).and_then(|(text, _)| text.parse::<i32>().ok());
    let year = match (value(0)?, numbers[0].1) {
        (year @ 1900..=2100, 4) => year,
        (year @ 0..=99, 2) if apostrophe => {
            if year > 60 {
                1900 + year
            } else {
                2000 + year
            }
        }
        _ => return None,
    };
    let month = value(1).filter(|month| (1..=12).contains(month))? as u8;
    let day = value(2).filter(|day| (1..=31).contains(day)).map(|day| (day as u8, day as u8));
    if day.is_none() && (numbers.len() > 2 || !apostrophe && starts(reading.after(end), &["만", "억", "조", "%", "배", "km", "원", "명"]))
    {
        return None;
    }
    let start = numeral.span.start - usize::from(apostrophe && reading.before(numeral.span.start).ends_with('\''));
    Some((Span::new(start, end), Date { month: Some((month, month)), day, ..Date::in_year(year) }))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 14:00, 오후 2:30.
fn clock(reading: &Reading, index: usize) -> Option<(Span, Date)> {
    let (hour, minute) = (reading.numerals[index], *reading.numerals.get(index + 1)?);
    let written = |numeral: Numeral| numeral.span.of(reading.text);
    let fits = reading.text[hour.span.end..].starts_with(':')
        && hour.span.end + 1 == minute.span.start
        && is_digits(written(hour))
        && is_digits(written(minute))
        && written(minute).len() == 2
        && hour.low <= 24.0
        && minute.low < 60.0
        && !reading.before(hour.span.start).ends_with(':');
    if !fits {
        return None;
    }
    let before = reading.before(hour.span.start).trim_end_matches(' ');
    let afternoon = meridiem(before).is_some_and(|(afternoon, _)| afternoon) && hour.low < 12.0;
    let time = (hour.low as u16 % 24 + if afternoon { 12 } else { 0 }) * 60 + minute.low as u16;
    Some((Span::new(hour.span.start, minute.span.end), Date { time: Some(time), ..Date::default() }))
}

/// The unit of a date after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Century,
    Decade,
    Year,
    Quarter,
    Month,
    Day,
    Hour,
    Minute,
}

/// 2024년 6월 19일 오후 3시, 5월, 19일, 1분기, 1980년대, 20세기.
fn chain(reading: &Reading, index: usize) -> Option<(Span, Date)> {
    let first = reading.numerals[index];
    let mut date = Date::default();
    let mut end = first.span.start;
    let mut last = None;
    let mut afternoon = meridiem(reading.before(first.span.start).trim_end_matches(' ')).map(|(afternoon, _)| afternoon);
    for numeral in &reading.numerals[index..] {
        // The 일 of 2 일억 is the unit of one number and the beginning of the next.
        let Some(between) = reading.text.get(end..numeral.span.start) else { break };
        if last.is_some() && !is_gap(between, &mut afternoon) {
            break;
        }
        let after = reading.after(numeral.span.end);
        let Some((place, length)) = place(reading, numeral, after, last) else { break };
        if last.is_some_and(|last| last >= place || last == Place::Decade || last == Place::Century) {
            break;
        }
        put(&mut date, place, numeral, afternoon == Some(true));
        end = numeral.span.end + length;
        last = Some(place);
    }
    last?;
    let start = first.span.start - usize::from(reading.before(first.span.start).ends_with('\'') && date.year.is_some());
    Some((Span::new(start, end), date))
}

fn is_gap(between: &str, afternoon: &mut Option<bool>) -> bool {
    let between = between.trim();
    if let Some((found, word)) = meridiem(between) {
        *afternoon = Some(found);
        return between[..between.len() - word.len()].trim_end().is_empty() || is_weekday(between[..between.len() - word.len()].trim());
    }
    between.is_empty() || between == "," || is_weekday(between)
}

fn is_weekday(text: &str) -> bool {
    matches!(text, "(월)" | "(화)" | "(수)" | "(목)" | "(금)" | "(토)" | "(일)")
}

fn meridiem(before: &str) -> Option<(bool, &'static str)> {
    [("오후", true), ("저녁", true), ("밤", true), ("오전", false), ("새벽", false), ("아침", false)]
        .into_iter()
        .find(|(word, _)| before.ends_with(word))
        .map(|(word, afternoon)| (afternoon, word))
}

/// What a number counts in a date, and the bytes of its unit.
fn place(reading: &Reading, numeral: &Numeral, after: &str, last: Option<Place>) -> Option<(Place, usize)> {
    let before = reading.before(numeral.span.start);
    let commas = numeral.span.of(reading.text).contains(',');
    if !matches!(numeral.form, Form::Digits | Form::Words | Form::Ordinal) || numeral.low.fract() != 0.0 {
        return None;
    }
    let (low, high) = (numeral.low, numeral.high);
    let skipped = usize::from(after.starts_with(' '));
    let rest = &after[skipped..];
    let digits = numeral.form == Form::Digits;
    if rest.starts_with("년대") {
        let decade = low % 10.0 == 0.0 && digits && (low < 100.0 || (1000.0..2100.0).contains(&low));
        return decade.then_some((Place::Decade, skipped + "년대".len()));
    }
    if let Some(rest) = rest.strip_prefix("년") {
        let length = skipped + if rest.starts_with('도') { "년도".len() } else { "년".len() };
        let span = starts(rest, &["간", "동안", "여", " 동안", " 된", " 넘", " 이상"])
            || starts(rest, &[" 전"]) && !starts(rest, &[" 전국", " 전당", " 전체", " 전후", " 전략", " 전면"]) && low < 1900.0;
        let full = (1000.0..=2999.0).contains(&low) && !numeral.is_about && !span && !commas;
        let short = digits
            && low < 100.0
            && high < 100.0
            && (before.ends_with(['\'', '’', '‘'])
                || low >= 60.0
                    && !starts(rest, &["간", "동안", "만", "째", "여", " 동안", " 만", " 넘", " 가까"])
                    && !starts(rest.trim_start_matches(' '), &["전", "뒤", "후", "이상"]))
            || digits && low < 100.0 && is_month_ahead(rest);
        return (digits && (full || short)).then_some((Place::Year, length));
    }
    if starts(rest, &["분기"]) && !starts(rest, &["분기점"]) && digits && (1.0..=4.0).contains(&low) && high <= 4.0 {
        return Some((Place::Quarter, skipped + "분기".len()));
    }
    if starts(rest, &["월"]) && (1.0..=12.0).contains(&low) && high <= 12.0 && !starts(rest, &["월세", "월급", "월드"]) {
        return Some((Place::Month, skipped + "월".len()));
    }
    if starts(rest, &["세기"]) && (1.0..=30.0).contains(&low) {
        return Some((Place::Century, skipped + "세기".len()));
    }
    if let Some(rest) = rest.strip_prefix("일")
        && digits
        && (1.0..=31.0).contains(&low)
        && high <= 31.0
    {
        let span_of_days = starts(
            rest,
            &[
                "간",
                "째",
                "치",
                "여",
                "짜리",
                "분",
                " 동안",
                " 연속",
                " 만에",
                " 이내",
                "만에",
                "동안",
                " 넘",
                "이 더 ",
                "이 걸",
                "이 소요",
                "이 필요",
                "이상",
                " 이상",
                "은 더 ",
                "의 시간",
            ],
        ) && last.is_none()
            || starts(rest, &[" 전", " 뒤", " 후", " 앞"])
                && last.is_none()
                && !starts(rest, &[" 전화", " 전국", " 후보", " 후속", " 전체", " 전했", " 전날", " 전면"]);
        let other_word = starts(rest, &["본", "반", "자리"]);
        return (!span_of_days && !other_word).then_some((Place::Day, skipped + "일".len()));
    }
    if starts(rest, &["시"]) && digits && (0.0..=24.0).contains(&low) {
        let tail = &rest["시".len()..];
        let ends = tail.is_empty()
            || starts(
                tail,
                &[" ", "쯤", "께", "에", "부터", "까지", "경", "반", ",", ".", ")", "~", "로", "를", "가", "이후", "1", "2", "3", "4", "5"],
            );
        return (ends && skipped == 0).then_some((Place::Hour, "시".len()));
    }
    if starts(rest, &["분"]) && last == Some(Place::Hour) {
        return Some((Place::Minute, skipped + "분".len()));
    }
    None
}

/// 97년 11월: a short year before a month.
fn is_month_ahead(rest: &str) -> bool {
    let rest = rest.trim_start_matches(' ');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && rest[digits..].starts_with('월')
}

fn put(date: &mut Date, place: Place, numeral: &Numeral, is_afternoon: bool) {
    let small = (numeral.low as u8, numeral.high as u8);
    let year = |value: f64| match value as i32 {
        short @ 0..=59 => 2000 + short,
        short @ 60..=99 => 1900 + short,
        year => year,
    };
    match place {
        Place::Century => date.year = Some(((numeral.low as i32 - 1) * 100 + 1, numeral.high as i32 * 100)),
        Place::Decade => {
            let long = |value: f64| match value as i32 {
                short @ 0..=20 => 2000 + short,
                short @ 21..=99 => 1900 + short,
                year => year,
            };
            date.year = Some((long(numeral.low), long(numeral.high) + 9));
        }
        Place::Year => date.year = Some((year(numeral.low), year(numeral.high))),
        Place::Quarter => date.period = Some(Period::Quarter(small.0, small.1)),
        Place::Month => date.month = Some(small),
        Place::Day => date.day = Some(small),
        Place::Hour => {
            let hour = (numeral.low as u16) % 24;
            date.time = Some((hour + if is_afternoon && hour < 12 { 12 } else { 0 }) * 60);
        }
        Place::Minute => date.time = date.time.map(|time| time + (numeral.low as u16).min(59)),
    }
}

/// Dates in words by their first syllable, the longest first.
static WORDS: LazyLock<FxHashMap<char, Vec<(String, Date)>>> = LazyLock::new(|| {
    let mut found: FxHashMap<char, Vec<(String, Date)>> = FxHashMap::default();
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((word, says)) = line.split_once('\t') else { continue };
        let mut date = Date::default();
        says.split(';').for_each(|phrase| say(&mut date, phrase));
        found.entry(word.chars().next().unwrap_or(' ')).or_default().push((word.replace('_', " "), date));
    }
    found.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    found
});

/// Enters one phrase of the table: "year -1 now", "half 2".
fn say(date: &mut Date, phrase: &str) {
    let mut words = phrase.split(' ');
    let (field, value, seen) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next());
    let number: i8 = value.parse().unwrap_or(0);
    let unit = match field {
        "year" => Unit::Year,
        "quarter" => Unit::Quarter,
        "month" => Unit::Month,
        "week" => Unit::Week,
        "day" => Unit::Day,
        "half" => return date.period = Some(Period::Half(number.unsigned_abs())),
        "season" => return date.period = Some(Period::Season(number.unsigned_abs())),
        "weekday" => return date.weekday = Some(number.unsigned_abs()),
        "part" => return date.part = Some(if value == "early" { Part::Early } else { Part::Late }),
        _ => return,
    };
    date.relative = Some(Relative { unit, offset: number, is_from_now: seen == Some("now") });
}

/// Adds the dates written in words.
fn words(reading: &Reading, found: &mut Vec<(Span, Date)>) {
    let text = reading.text;
    let mut skip = 0;
    for (at, _) in hangul_runs(text).filter(|&(at, _)| at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric()) {
        if at < skip {
            continue;
        }
        let entries = text[at..].chars().next().and_then(|first| WORDS.get(&first));
        let Some((word, date)) = entries.and_then(|entries| entries.iter().find(|(word, _)| text[at..].starts_with(word.as_str()))) else {
            continue;
        };
        let end = at + word.trim_end().len();
        if !date.is_empty() && stands(date, word, &text[end..]) {
            found.push((Span::new(at, end), *date));
            skip = end;
        }
    }
}

/// Whether a date in words is not the beginning of another word.
fn stands(date: &Date, word: &str, rest: &str) -> bool {
    let tail = &rest[..rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len())];
    let season = word.chars().count() <= 2 && matches!(date.period, Some(Period::Season(_)));
    tail.is_empty()
        || crate::word::korean::is_particle(tail)
        || !season && (crate::word::korean::follows_noun(tail) || starts(tail, &["도", "부터", "말", "초", "중", "치", "분", "대비", "비"]))
}

/// Joins what belongs together (올해 5월, 2024년 상반기), and takes in 초, 중반, 말.
fn merge(reading: &Reading, found: Vec<(Span, Date)>) -> Vec<(Span, Date)> {
    let mut merged: Vec<(Span, Date)> = Vec::with_capacity(found.len());
    for (span, date) in found {
        if let Some((last_span, last)) = merged.last_mut() {
            if last_span.overlaps(span) {
                continue;
            }
            let between = reading.text[last_span.end..span.start].trim();
            if (between.is_empty() || between == "의" || between == ",") && fits(last, &date) {
                *last = joined(*last, date);
                last_span.end = span.end;
                continue;
            }
        }
        merged.push((span, date));
    }
    for (span, date) in &mut merged {
        take_part(reading, span, date);
        take_past(reading, span, date);
    }
    merged
}

/// Whether the second date narrows the first.
fn fits(first: &Date, second: &Date) -> bool {
    let above = first.year.is_some() || first.relative.is_some_and(|relative| relative.unit != Unit::Day);
    let narrows = second.year.is_none() && second.relative.is_none_or(|relative| relative.unit == Unit::Day && first.relative.is_none());
    let free = first.month.is_none() || second.month.is_none();
    let days = first.day.is_none() && first.weekday.is_none();
    let weekday = second.weekday.is_some() && (first.day.is_some() || first.relative.is_some_and(|relative| relative.unit == Unit::Week));
    let month_then_part = first.relative.is_some_and(|relative| relative.unit == Unit::Month) && second.month.is_some();
    narrows && (above && free && days && !month_then_part || weekday)
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

/// 초, 중반, 말, 하순 after a date.
fn take_part(reading: &Reading, span: &mut Span, date: &mut Date) {
    if date.part.is_some() || date.day.is_some() || date.is_empty() {
        return;
    }
    let after = reading.after(span.end);
    let rest = after.strip_prefix(' ').unwrap_or(after);
    const PARTS: &[(&str, Part)] = &[
        ("초반", Part::Early),
        ("초순", Part::Early),
        ("초", Part::Early),
        ("벽두", Part::Early),
        ("중반", Part::Middle),
        ("중순", Part::Middle),
        ("중엽", Part::Middle),
        ("후반", Part::Late),
        ("하순", Part::Late),
        ("말", Part::Late),
    ];
    if let Some((word, part)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
        let tail = &rest[word.len()..];
        let eojeol = &tail[..tail.find(|character: char| !character.is_alphanumeric()).unwrap_or(tail.len())];
        if eojeol.is_empty() || crate::word::korean::is_particle(eojeol) || starts(eojeol, &["부터", "까지", "기준"]) {
            span.end += after.len() - rest.len() + word.len();
            date.part = Some(*part);
        }
    }
}

/// 지난 5월, 오는 10월: the month as seen from the day of writing.
fn take_past(reading: &Reading, span: &mut Span, date: &mut Date) {
    if date.relative.is_some() || date.year.is_some() || date.month.is_none() && date.day.is_none() {
        return;
    }
    let before = reading.before(span.start);
    let Some(word) =
        ["지난 ", "오는 ", "이달 "].into_iter().find(|word| before.ends_with(word) && ends_word(&before[..before.len() - word.len()]))
    else {
        return;
    };
    let Some(today) = reading.context.today() else { return };
    let Some((month, _)) = date.month else { return };
    let year = match word {
        "지난 " if month > today.month => today.year - 1,
        "오는 " if month < today.month => today.year + 1,
        _ => today.year,
    };
    date.year = Some((year, year));
    date.is_resolved = true;
}
