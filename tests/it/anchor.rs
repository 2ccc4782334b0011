//! Anchors: the tables of forms with their values, and properties that hold for every text.

use jjak::anchor::date::Day;
use jjak::anchor::{self, Anchor, Context};
use jjak::document::Kind;
use jjak::text::Language;
use proptest::prelude::*;

fn read(text: &str, language: Language) -> Vec<Anchor> {
    anchor::find_in_text(jjak::text::Folded::new(text).text(), language, Kind::Sentence, &Context::default())
}

/// The anchors of some kinds in a text, as a table writes them.
fn written(text: &str, language: Language, kinds: &[&str]) -> String {
    let found = read(text, language).into_iter().filter(|anchor| kinds.contains(&anchor.kind));
    let values: Vec<String> = found.map(|anchor| format!("{} {}", anchor.kind, anchor.value)).collect();
    if values.is_empty() { "-".to_string() } else { values.join("; ") }
}

/// Compares every row of a table: text, expected anchors, reason.
fn holds(table: &str, language: Language, kinds: &[&str]) {
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, expected, reason] = columns[..] else { panic!("expected text, anchors and reason: {line}") };
        let found = written(text, language, kinds);
        if found != expected {
            wrong.push(format!("{text}: expected {expected}, found {found} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// Texts of the tables, cut off after every letter and begun at every letter: a figure may stand at the very end of a text.
#[test]
fn figures_that_break_off_are_read_without_harm() {
    let rows = [include_str!("anchor/english.tsv"), include_str!("anchor/korean.tsv")].map(str::lines).into_iter().flatten();
    for text in rows.filter(|line| !line.starts_with("# ")).filter_map(|line| line.split('\t').next()) {
        for (at, _) in text.char_indices() {
            for part in [&text[..at], &text[at..]] {
                let folded = jjak::text::Folded::new(part);
                let anchors = [Language::Korean, Language::English].map(|language| read(part, language));
                let whole = |anchor: &Anchor| folded.text().get(anchor.span.start..anchor.span.end).is_some();
                assert!(anchors.iter().flatten().all(whole), "{part}");
            }
        }
    }
}

const FIGURES: &[&str] = &["number", "date", "money", "measure", "article"];

#[test]
fn korean_figures_have_the_values_of_the_table() {
    holds(include_str!("anchor/korean.tsv"), Language::Korean, FIGURES);
}

#[test]
fn english_figures_have_the_values_of_the_table() {
    holds(include_str!("anchor/english.tsv"), Language::English, FIGURES);
}

/// A number in digits with 만, 억 and 조: 1억 2345만 6789.
fn korean_mixed(number: u64, space: &str) -> String {
    let groups = [(1_0000_0000_0000, "조"), (1_0000_0000, "억"), (1_0000, "만"), (1, "")];
    let mut rest = number;
    let mut words = Vec::new();
    for (size, name) in groups {
        if rest >= size {
            words.push(format!("{}{name}", rest / size));
            rest %= size;
        }
    }
    words.join(space)
}

/// A number in Sino-Korean words.
fn korean_words(number: u64) -> String {
    let digits = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
    let group = |number: u64| {
        let places = [(1000, "천"), (100, "백"), (10, "십"), (1, "")];
        let word = |(size, name): (u64, &str)| match (number / size % 10, name) {
            (0, _) => String::new(),
            (1, name) if !name.is_empty() => name.to_string(),
            (digit, name) => format!("{}{name}", digits[digit as usize]),
        };
        places.map(word).concat()
    };
    let large = [(1_0000_0000_0000, "조"), (1_0000_0000, "억"), (1_0000, "만"), (1, "")];
    let part = |(size, name): (u64, &str)| {
        if (number / size).is_multiple_of(10_000) { String::new() } else { format!("{}{name}", group(number / size % 10_000)) }
    };
    large.map(part).concat()
}

fn english_words(number: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match number {
        0..=19 => ONES[number as usize].to_string(),
        20..=99 if number.is_multiple_of(10) => TENS[number as usize / 10].to_string(),
        20..=99 => format!("{}-{}", TENS[number as usize / 10], ONES[number as usize % 10]),
        100..=999 => joined(number, 100, "hundred", " and "),
        1000..=999_999 => joined(number, 1000, "thousand", " "),
        1_000_000..=999_999_999 => joined(number, 1_000_000, "million", " "),
        _ => joined(number, 1_000_000_000, "billion", " "),
    }
}

fn joined(number: u64, size: u64, name: &str, and: &str) -> String {
    let head = format!("{} {name}", english_words(number / size));
    if number.is_multiple_of(size) { head } else { format!("{head}{and}{}", english_words(number % size)) }
}

fn with_commas(number: u64) -> String {
    jjak::anchor::quantity::Number(number as f64).to_string()
}

/// The value of the only anchor of a text, which must be a number.
fn value(text: &str, language: Language) -> Option<f64> {
    match &read(text, language)[..] {
        [Anchor { fact: anchor::Fact::Quantity(quantity), .. }] if quantity.low == quantity.high => Some(quantity.low),
        _ => None,
    }
}

/// Agreement from which a fact counts as found.
const FOUND: f32 = jjak::support::facts::FOUND;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How well the facts of a Korean and an English text agree at best, written on a day.
fn agreement(korean: &str, english: &str, today: Option<Day>) -> f32 {
    let read = |text: &str, language| {
        let context = today.map_or_else(Context::default, |day| Context::default().on(day));
        anchor::find_in_text(text, language, Kind::Sentence, &context)
    };
    let (source, target) = (read(korean, Language::Korean), read(english, Language::English));
    let pairs = source.iter().flat_map(|source| target.iter().map(move |target| anchor::agree(source, target)));
    pairs.fold(0.0, f32::max)
}

/// Year, month and day of so many days after 1970-01-01, counted month by month.
fn civil(mut days: i64) -> (i32, u8, u8) {
    let (mut year, mut month) = (1970, 1);
    loop {
        let next = if month == 12 { Day { year: year + 1, month: 1, day: 1 } } else { Day { year, month: month + 1, day: 1 } };
        let length = next.number() - Day { year, month, day: 1 }.number();
        if days < length {
            return (year, month, days as u8 + 1);
        }
        days -= length;
        (year, month) = (next.year, next.month);
    }
}

/// Found by feeding whole briefs with characters put in and taken out to the program.
#[test]
fn signs_of_several_bytes_and_units_that_begin_a_number_break_no_reader() {
    for (text, language) in [
        ("worth €rs 20 and 7 more", Language::English),
        ("the sums –s 3, 4 and 5", Language::English),
        ("5월 2 일억 마일", Language::Korean),
        ("(현지시간)곳일에서2 일억 마일쯤", Language::Korean),
    ] {
        read(text, language);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_written_in_korean_is_read_back(number in 10_u64..9_000_000_000_000_000, space in prop::sample::select(vec!["", " "])) {
        // A lone digit behind one group may be something else: 5만 2차.
        let space = if number < 1_0000_0000 && number % 1_0000 < 100 { "" } else { space };
        let mixed = format!("{} 명", korean_mixed(number, space));
        prop_assert_eq!(value(&mixed, Language::Korean), Some(number as f64), "{}", mixed);
        let commas = format!("{} 명", with_commas(number));
        prop_assert_eq!(value(&commas, Language::Korean), Some(number as f64), "{}", commas);
        let words = format!("{} 명", korean_words(number));
        prop_assert_eq!(value(&words, Language::Korean), Some(number as f64), "{}", words);
    }

    #[test]
    fn a_decimal_before_a_power_is_read_back(units in 1_u64..100_000, power in prop::sample::select(vec![("만", 1e4), ("억", 1e8), ("조", 1e12)])) {
        let number = units as f64 / 10.0;
        let text = format!("{number}{} 명", power.0);
        prop_assert_eq!(value(&text, Language::Korean), Some(units as f64 * power.1 / 10.0), "{}", text);
    }

    #[test]
    fn a_number_written_in_english_is_read_back(number in 3_u64..900_000_000_000) {
        let commas = format!("{} tanks", with_commas(number));
        prop_assert_eq!(value(&commas, Language::English), Some(number as f64), "{}", commas);
        let words = format!("{} tanks", english_words(number));
        prop_assert_eq!(value(&words, Language::English), Some(number as f64), "{}", words);
    }

    #[test]
    fn a_scale_word_multiplies(units in 1_u64..100_000, scale in prop::sample::select(vec![("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)])) {
        let text = format!("{} {} tanks", units as f64 / 10.0, scale.0);
        prop_assert_eq!(value(&text, Language::English), Some(units as f64 * scale.1 / 10.0), "{}", text);
    }

    #[test]
    fn a_date_is_read_back_in_both_languages(year in 1900_i32..2100, month in 1_u8..=12, day in 1_u8..=28) {
        let name = MONTHS[usize::from(month) - 1];
        let korean = [format!("{year}년 {month}월 {day}일"), format!("{year}. {month}. {day}."), format!("{year}-{month:02}-{day:02}")];
        let english = [format!("{name} {day}, {year}"), format!("{day} {name} {year}")];
        let texts = korean.iter().map(|text| (text, Language::Korean)).chain(english.iter().map(|text| (text, Language::English)));
        for (text, language) in texts {
            let found = read(text, language);
            let dates: Vec<_> = found.iter().map(|anchor| match &anchor.fact {
                anchor::Fact::Date(date) => Some((date.year, date.month, date.day)),
                _ => None,
            }).collect();
            prop_assert_eq!(dates, vec![Some((Some((year, year)), Some((month, month)), Some((day, day))))], "{}", text);
        }
    }

    #[test]
    fn a_value_written_in_both_languages_agrees_and_another_does_not(
        number in 100_u64..9_000_000_000_000,
        unit in prop::sample::select(vec![
            ("명", "people"), ("원", "won"), ("달러", "dollars"), ("유로", "euros"), ("톤", "tons"), ("km", "kilometers"), ("%", "percent"),
        ]),
    ) {
        let korean = [format!("{}{}", korean_mixed(number, ""), unit.0), format!("{}{}", with_commas(number), unit.0)];
        let english = format!("{} {}", with_commas(number), unit.1);
        let other = format!("{} {}", with_commas(number * 3 + 1), unit.1);
        for korean in &korean {
            prop_assert_eq!(agreement(korean, &english, None), 1.0, "{} {}", korean, english);
            prop_assert!(agreement(korean, &other, None) < FOUND, "{} {}", korean, other);
        }
    }

    #[test]
    fn a_rounded_number_agrees(number in 1_000_u64..100_000_000, word in prop::sample::select(vec!["about", "some", "nearly", "more than"])) {
        let size = 10_u64.pow(number.ilog10() - 1);
        let rounded = if word == "nearly" { number.div_ceil(size) } else { number / size } * size;
        let (korean, english) = (format!("{number}명"), format!("{word} {} people", with_commas(rounded)));
        prop_assert!(agreement(&korean, &english, None) >= FOUND, "{} {}", korean, english);
    }

    #[test]
    fn a_relative_date_is_the_one_it_means(year in 1950_i32..2090, month in 1_u8..=12) {
        let today = Day { year, month, day: 15 };
        let name = MONTHS[usize::from(month) - 1];
        for (korean, english) in [
            ("지난해".to_string(), format!("in {}", year - 1)),
            ("올해".to_string(), format!("in {year}")),
            ("내년".to_string(), format!("in {}", year + 1)),
            (format!("지난해 {month}월"), format!("in {name} {}", year - 1)),
            (format!("올해 {month}월 3일"), format!("on {name} 3, {year}")),
            ("이달".to_string(), format!("in {name} {year}")),
        ] {
            prop_assert!(agreement(&korean, &english, Some(today)) >= FOUND, "{} {}", korean, english);
        }
        let other = format!("in {}", year - 2);
        prop_assert!(agreement("지난해", &other, Some(today)) < FOUND, "지난해 {}", other);
    }

    #[test]
    fn a_day_agrees_with_its_weekday_alone(number in 0_i64..30_000, other in 1_usize..7) {
        let (year, month, day) = civil(number);
        let weekday = usize::try_from((number + 3) % 7).unwrap();
        let korean = format!("{year}년 {month}월 {day}일");
        prop_assert!(agreement(&korean, &format!("on {}", WEEKDAYS[weekday]), None) >= FOUND, "{} {}", korean, WEEKDAYS[weekday]);
        prop_assert!(agreement(&korean, &format!("on {}", WEEKDAYS[(weekday + other) % 7]), None) < FOUND, "{}", korean);
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}", korean in "[가-힣0-9 ,.~%만억조천백십년월일·-]{0,40}", english in "[A-Za-z0-9 ,.$%'€–—·()-]{0,60}") {
        for text in [&text, &korean, &english] {
            for language in [Language::Korean, Language::English] {
                let folded = jjak::text::Folded::new(text);
                for anchor in anchor::find_in_text(folded.text(), language, Kind::Sentence, &Context::default()) {
                    prop_assert!(!anchor.span.is_empty() && folded.text().is_char_boundary(anchor.span.start) && folded.text().is_char_boundary(anchor.span.end));
                    prop_assert!(anchor.keys.iter().all(|key| key >> 63 == 1), "{} has a key without the top bit", anchor.value);
                    prop_assert!(anchor::agree(&anchor, &anchor) > 0.5, "{} {} agrees with itself", anchor.kind, anchor.value);
                }
            }
        }
    }
}
