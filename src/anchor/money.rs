//! Sums of money in both languages and both orders.

use super::quantity::{Quantity, Unit, bound};
use super::reading::Reading;
use super::{Fact, numeral::Form};
use crate::text::{Language, Span};

/// A currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// South Korean won.
    Won,
    /// US dollar.
    Dollar,
    /// Euro.
    Euro,
    /// Japanese yen.
    Yen,
    /// Chinese yuan.
    Yuan,
    /// Pound sterling.
    Pound,
    /// Russian rouble.
    Rouble,
    /// Swiss franc.
    Franc,
    /// Indian rupee.
    Rupee,
    /// Canadian dollar.
    CanadianDollar,
    /// Australian dollar.
    AustralianDollar,
    /// Hong Kong dollar.
    HongKongDollar,
    /// Taiwan dollar.
    TaiwanDollar,
    /// Singapore dollar.
    SingaporeDollar,
    /// New Zealand dollar.
    NewZealandDollar,
    /// Vietnamese dong.
    Dong,
    /// Ukrainian hryvnia.
    Hryvnia,
    /// Cent, a hundredth of a dollar.
    Cent,
}

/// A row of the table.
type Row = (Currency, &'static str, f64, &'static [&'static str], &'static [&'static str]);

/// Currency, ISO code, won for one of it (the middle of the last ten years, to recognise conversions only), Korean names, English names.
const CURRENCIES: &[Row] = &[
    (Currency::Won, "KRW", 1.0, &["원화", "원"], &["won"]),
    (Currency::CanadianDollar, "CAD", 950.0, &["캐나다달러", "캐나다 달러"], &["Canadian dollars"]),
    (Currency::AustralianDollar, "AUD", 880.0, &["호주달러", "호주 달러"], &["Australian dollars"]),
    (Currency::HongKongDollar, "HKD", 155.0, &["홍콩달러", "홍콩 달러"], &["Hong Kong dollars"]),
    (Currency::TaiwanDollar, "TWD", 40.0, &["대만달러", "대만 달러", "신대만달러"], &["Taiwan dollars"]),
    (Currency::SingaporeDollar, "SGD", 900.0, &["싱가포르달러", "싱가포르 달러"], &["Singapore dollars"]),
    (Currency::NewZealandDollar, "NZD", 820.0, &["뉴질랜드달러", "뉴질랜드 달러"], &["New Zealand dollars"]),
    (
        Currency::Dollar,
        "USD",
        1230.0,
        &["미국 달러", "미국달러", "미달러", "달러", "불"],
        &["US dollars", "U.S. dollars", "dollars", "dollar"],
    ),
    (Currency::Euro, "EUR", 1370.0, &["유로화", "유로"], &["euros", "euro"]),
    (Currency::Yen, "JPY", 10.0, &["엔화", "엔"], &["yen"]),
    (Currency::Yuan, "CNY", 180.0, &["위안화", "위안"], &["yuan", "renminbi", "RMB"]),
    (Currency::Pound, "GBP", 1600.0, &["파운드"], &["pounds sterling", "pounds", "pound"]),
    (Currency::Rouble, "RUB", 15.0, &["루블"], &["rubles", "roubles", "ruble", "rouble"]),
    (Currency::Franc, "CHF", 1350.0, &["스위스프랑", "스위스 프랑", "프랑"], &["Swiss francs", "francs"]),
    (Currency::Rupee, "INR", 16.0, &["루피"], &["rupees", "rupee"]),
    (Currency::Dong, "VND", 0.053, &["베트남 동", "베트남동"], &["dong"]),
    (Currency::Hryvnia, "UAH", 35.0, &["흐리우냐", "흐리브냐"], &["hryvnia", "hryvnias"]),
    (Currency::Cent, "cents", 12.3, &["센트"], &["cents", "cent"]),
];

impl Currency {
    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        CURRENCIES.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// How many won one of it was, in the middle of the last ten years; good enough to recognise a conversion.
    pub fn won(self) -> f64 {
        CURRENCIES.iter().find(|row| row.0 == self).map_or(1.0, |row| row.2)
    }
}

/// Whether a word is a currency code: USD, KRW.
pub fn is_code(word: &str) -> bool {
    word.len() == 3 && CURRENCIES.iter().any(|row| row.1 == word)
}

/// Adds the sums of a segment.
pub fn find(reading: &mut Reading) {
    for numeral in reading.free_numerals() {
        if matches!(numeral.form, Form::Ordinal | Form::Multiple) {
            continue;
        }
        let found =
            prefix(reading, numeral.span.start).map(|(currency, start)| (currency, Span::new(start, numeral.span.end))).or_else(|| {
                let suffix = suffix(reading, numeral.span.end);
                suffix.map(|(currency, end)| (currency, Span::new(numeral.span.start, end)))
            });
        if let Some((currency, span)) = found.filter(|(_, span)| reading.is_free(*span)) {
            let quantity = Quantity::of(&numeral, Unit::Money(currency), bound(reading, span, numeral.is_about));
            reading.add("money", span, quantity.to_string(), quantity.keys(reading.language), Fact::Quantity(quantity));
        }
    }
}

/// The sign or code before an amount, and where it starts.
fn prefix(reading: &Reading, at: usize) -> Option<(Currency, usize)> {
    let before = reading.before(at);
    let trimmed = before.trim_end_matches(' ');
    const SIGNS: &[(&str, Currency)] = &[
        ("US$", Currency::Dollar),
        ("C$", Currency::CanadianDollar),
        ("A$", Currency::AustralianDollar),
        ("HK$", Currency::HongKongDollar),
        ("NT$", Currency::TaiwanDollar),
        ("NZ$", Currency::NewZealandDollar),
        ("S$", Currency::SingaporeDollar),
        ("$", Currency::Dollar),
        ("€", Currency::Euro),
        ("£", Currency::Pound),
        ("¥", Currency::Yen),
        ("₩", Currency::Won),
    ];
    if let Some((sign, currency)) = SIGNS.iter().find(|(sign, _)| before.ends_with(sign)) {
        return Some((*currency, at - sign.len()));
    }
    let code = trimmed.get(trimmed.len().checked_sub(3)?..)?;
    let currency = CURRENCIES.iter().find(|row| row.1 == code && code != "원")?.0;
    let start = trimmed.len() - 3;
    (!trimmed[..start].ends_with(|character: char| character.is_ascii_alphanumeric())).then_some((currency, start))
}

/// The name or code after an amount, and where it ends.
fn suffix(reading: &Reading, at: usize) -> Option<(Currency, usize)> {
    let after = reading.after(at);
    match reading.language {
        Language::Korean => korean_suffix(after),
        Language::English => english_suffix(after),
    }
    .map(|(currency, length)| (currency, at + length))
}

fn korean_suffix(after: &str) -> Option<(Currency, usize)> {
    let skipped = after.len() - after.trim_start_matches(['여', ' ']).len();
    let rest = after.get(skipped..).filter(|_| skipped <= 4)?;
    let (currency, name) = CURRENCIES
        .iter()
        .flat_map(|row| row.3.iter().map(move |name| (row.0, *name)))
        .filter(|(_, name)| rest.starts_with(name))
        .max_by_key(|(_, name)| name.len())?;
    let tail = &rest[name.len()..];
    let tail = &tail[..tail.find(|character: char| !character.is_alphanumeric()).unwrap_or(tail.len())];
    let single = name.chars().count() == 1;
    (!single || tail.is_empty() || is_money_tail(tail)).then_some((currency, skipped + name.len()))
}

/// What may follow 원, 엔, 동 after a number without making it another word: 5원칙, 3동 are none.
fn is_money_tail(tail: &str) -> bool {
    !["칙", "인", "년", "천", "서", "자", "로", "내", "유", "본", "진", "맹", "안"]
        .iter()
        .any(|word| tail.starts_with(word) && tail != "로" && tail != "인" && tail != "로는")
        && crate::word::korean::follows_noun(tail)
        || ["대", "어치", "짜리", "선", "규모", "씩"].iter().any(|word| tail.starts_with(word))
}

fn english_suffix(after: &str) -> Option<(Currency, usize)> {
    let rest = after.strip_prefix([' ', '-']).unwrap_or(after);
    let skipped = after.len() - rest.len();
    let names = CURRENCIES.iter().flat_map(|row| row.4.iter().chain(std::iter::once(&row.1)).map(move |name| (row.0, *name)));
    let (currency, name) = names
        .filter(|(_, name)| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
        .filter(|(_, name)| !rest[name.len()..].starts_with(|character: char| character.is_alphanumeric()))
        .max_by_key(|(_, name)| name.len())?;
    Some((currency, skipped + name.len()))
}
