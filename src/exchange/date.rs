//! Dates as exchange formats write them.

/// Seconds since 1970 of a date and time in UTC: `20260731T235959Z` as TMX has it, or `2026-07-31T23:59:59Z`, a date alone
/// being its first second. `None` for anything else.
pub fn parse(text: &str) -> Option<i64> {
    let digits: Vec<i64> = text.bytes().filter(u8::is_ascii_digit).map(|digit| i64::from(digit - b'0')).collect();
    let others = text.trim().bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'T' | b'Z' | b' '));
    if !others || !matches!(digits.len(), 8 | 14) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to).unwrap_or(&[]).iter().fold(0, |number, digit| number * 10 + digit);
    let (year, month, day) = (number(0, 4), number(4, 6), number(6, 8));
    let (hour, minute, second) = (number(8, 10), number(10, 12), number(12, 14));
    let is_real = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    is_real.then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// `20260731T235959Z`.
pub fn compact(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let time = seconds.rem_euclid(86_400);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", time / 3_600, time / 60 % 60, time % 60)
}

/// `2026-07-31T23:59:59Z`.
pub fn readable(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let time = seconds.rem_euclid(86_400);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3_600, time / 60 % 60, time % 60)
}

/// Days since 1970 of a date of the Gregorian calendar. Years begin in March, so that the leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back() {
        for seconds in [0, 951_782_400, 1_709_164_799, 1_785_542_399, -86_401, 4_107_542_400] {
            assert_eq!(parse(&compact(seconds)), Some(seconds));
            assert_eq!(parse(&readable(seconds)), Some(seconds));
        }
        assert_eq!(compact(1_785_542_399), "20260731T235959Z");
        assert_eq!(parse("2000-02-29"), Some(951_782_400));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "yesterday", "20261331T000000Z", "2026", "20260731T256000Z"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
