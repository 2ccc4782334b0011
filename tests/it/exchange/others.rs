//! The formats beside TMX: tables, JSON Lines, XLIFF and PO.

use super::{check_cases, read, refusal, write};
use jjak::exchange::{FORMATS, Format, csv, jsonl, po, tsv, xliff};
use jjak::memory::{Details, SideDetails, Status, TranslationUnit};
use proptest::prelude::*;
use std::collections::BTreeSet;

const OTHERS: &[Format] = &[tsv::FORMAT, csv::FORMAT, jsonl::FORMAT, xliff::FORMAT, po::FORMAT];

#[test]
fn every_format_has_samples_that_are_read_and_come_back() {
    for format in FORMATS {
        check_cases(format);
    }
}

#[test]
fn what_is_broken_is_refused_with_its_place_and_reason() {
    let xliff = |inside: &str| format!("<xliff version='1.2'><file source-language='ko' target-language='en'>\n{inside}</file></xliff>");
    let cases: [(&Format, String, usize, &str); 14] = [
        (&tsv::FORMAT, "가\tA\nno tab".into(), 2, "found no tab"),
        (&csv::FORMAT, "가,A\nalone".into(), 2, "found 1 cell"),
        (&jsonl::FORMAT, "{\"source\":\"가\",\"target\":\"A\"}\n{\"source\":\"가\"}".into(), 2, "missing field `target`"),
        (&jsonl::FORMAT, "[]".into(), 1, "expected a JSON object"),
        (&jsonl::FORMAT, format!("{{\"source\":{}", "[".repeat(200_000)), 1, "invalid type"),
        (&xliff::FORMAT, "<tmx/>".into(), 1, "expected an XLIFF document, found the element <tmx>"),
        (&xliff::FORMAT, xliff("<trans-unit id='1'><source>가</source>"), 2, "</file>"),
        (&xliff::FORMAT, xliff(&format!("<trans-unit id='1'><source>{}", "<g id='1'>".repeat(1_000_000))), 2, "at most 200 elements"),
        (&xliff::FORMAT, xliff(&format!("<trans-unit id='1'>{}", "<note>long</note>".repeat(300_000))), 2, "within 4 MB"),
        (&po::FORMAT, "msgid \"a\"\nmsgstr \"b".into(), 2, "in quotes"),
        (&po::FORMAT, "msgid \"a\"\nmsgstr \"b\" \"c\"".into(), 2, "one string on a line"),
        (&po::FORMAT, "msgid \"a\"\nmessage \"b\"".into(), 2, "expected msgctxt"),
        (&po::FORMAT, "\"alone\"".into(), 1, "expected msgctxt"),
        (&po::FORMAT, format!("msgid \"\"\n{}", "\"long long long\"\n".repeat(400_000)), 299_595, "at most 4 MB"),
    ];
    for (format, text, line, reason) in cases {
        let found = refusal(format, text.as_bytes());
        let shown: String = text.chars().take(80).collect();
        assert!(found.0.abs_diff(line) <= line / 1000 && found.2.contains(reason), "{}: {shown}: {found:?}", format.name);
    }
}

#[test]
fn a_line_without_an_end_is_no_line() {
    for format in [tsv::FORMAT, csv::FORMAT, jsonl::FORMAT, po::FORMAT] {
        let text = format!("\"{}", "long ".repeat(4_000_000));
        assert!(refusal(&format, text.as_bytes()).2.contains("longer than 16 MB"), "{}", format.name);
    }
}

#[test]
fn tables_are_read_in_every_encoding_of_spreadsheets() {
    let text = "원문\t번역\n기금을 세웠다.\tA fund was set up.\n";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let korean = encoding_rs::EUC_KR.encode(text).0.into_owned();
    for bytes in [text.as_bytes().to_vec(), utf16, korean] {
        for format in [tsv::FORMAT, csv::FORMAT] {
            let units = read(&format, &bytes).unwrap().0;
            assert_eq!(units, [TranslationUnit::new("기금을 세웠다.", "A fund was set up.")], "{}", format.name);
        }
    }
}

#[test]
fn several_translations_of_a_message_have_contexts_of_their_own() {
    let units = [TranslationUnit::new("의결", "vote"), TranslationUnit::new("의결", "decision"), TranslationUnit::new("의결", "ruling")];
    let (bytes, losses) = write(&po::FORMAT, &units);
    assert_eq!(losses.each().map(|(_, loss)| loss.count).sum::<u64>(), 2);
    let again = read(&po::FORMAT, &bytes).unwrap().0;
    assert_eq!(again.iter().map(|unit| unit.target.as_str()).collect::<Vec<_>>(), ["vote", "decision", "ruling"]);
    let contexts: BTreeSet<String> = again.iter().map(|unit| format!("{:?}", unit.details)).collect();
    assert_eq!(contexts.len(), 3);
}

#[test]
fn what_cannot_be_carried_is_said() {
    let side = SideDetails {
        attributes: vec![("creationid".into(), "kim".into())],
        inline: vec![(0, "<ph></ph>".into())],
        ..SideDetails::default()
    };
    let details = Details { properties: vec![("domain".into(), "law".into())], source: side, ..Details::default() };
    let unit = TranslationUnit {
        key: Some("k".into()),
        created: Some(1),
        context: Some(1),
        details: Some(Box::new(details)),
        ..TranslationUnit::new("가", "A")
    };
    let french = TranslationUnit { target_language: "fr".into(), ..TranslationUnit::new("나", "B") };
    let expected = [("tsv", 3), ("csv", 3), ("jsonl", 0), ("xliff", 2), ("po", 6)];
    for (format, (name, count)) in OTHERS.iter().zip(expected) {
        let losses = write(format, &[unit.clone(), french.clone()]).1;
        assert_eq!((format.name, losses.each().count()), (name, count), "{:?}", losses.sentences());
    }
}

/// Texts with everything that some format makes special.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] =
        &["기금", "의결", " ", "\n", "\t", "&", "<", ">", "\"", "'", "]]>", "é", "𝄞", "a", "\\", "\\n", ",", ";", "#", "{", "\r", "=", "|"];
    prop::collection::vec(prop::sample::select(PIECES), 1..8).prop_map(|pieces| format!("x{}.", pieces.concat()))
}

/// Units with what every format carries; no text occurs twice.
fn units() -> impl Strategy<Value = Vec<TranslationUnit>> {
    let unit = (text(), text(), any::<bool>()).prop_map(|(source, target, proposed)| {
        let status = if proposed { Status::Proposed } else { Status::Confirmed };
        TranslationUnit { status, ..TranslationUnit::new(source, target) }
    });
    prop::collection::vec(unit, 0..6).prop_map(|mut units| {
        let mut seen = BTreeSet::new();
        units.retain(|unit| seen.insert(unit.source.clone()));
        units
    })
}

/// The same with keys, dates, contexts and a note.
fn rich_units() -> impl Strategy<Value = Vec<TranslationUnit>> {
    let facts = (prop::sample::select(&Status::ALL), prop::option::of(0_i64..4_000_000_000), prop::option::of(any::<u32>()), text());
    (units(), prop::collection::vec(facts, 6)).prop_map(|(units, facts)| {
        let with = |(unit, (status, at, context, note)): (TranslationUnit, (Status, Option<i64>, Option<u32>, String))| TranslationUnit {
            status,
            created: at,
            changed: at.map(|at| at + 1),
            context,
            key: context.map(|context| format!("k{context}")),
            details: Some(Box::new(Details { notes: vec![note], ..Details::default() })),
            ..unit
        };
        units.into_iter().zip(facts).map(with).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn units_come_back_as_they_went_out(units in units()) {
        for format in FORMATS {
            let (bytes, losses) = write(format, &units);
            prop_assert!(losses.is_empty(), "{}: {:?}", format.name, losses.sentences());
            let (again, losses) = read(format, &bytes).unwrap();
            prop_assert_eq!(&again, &units, "{}: {}", format.name, String::from_utf8_lossy(&bytes));
            prop_assert!(losses.is_empty() || units.is_empty(), "{}: {:?}", format.name, losses.sentences());
        }
    }

    #[test]
    fn facts_come_back_with_them(units in rich_units()) {
        for format in [tsv::FORMAT, csv::FORMAT, jsonl::FORMAT, xliff::FORMAT] {
            let (bytes, losses) = write(&format, &units);
            prop_assert!(losses.is_empty(), "{}: {:?}", format.name, losses.sentences());
            let again = read(&format, &bytes).unwrap().0;
            prop_assert_eq!(&again, &units, "{}: {}", format.name, String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn no_bytes_make_one_fail_otherwise_than_by_refusing(bytes in prop::collection::vec(any::<u8>(), 0..60), pick in any::<usize>(), cut in any::<usize>()) {
        for format in FORMATS {
            let _ = read(format, &bytes);
            let cases = super::cases(format.name, format.endings[0]);
            let mut case = std::fs::read(&cases[pick % cases.len()]).unwrap();
            let at = cut % case.len();
            let end = (at + bytes.len() / 10).min(case.len());
            case.splice(at..end, bytes.iter().copied().take(bytes.len() % 5));
            comes_back(format, &case)?;
            case.truncate(at);
            comes_back(format, &case)?;
        }
    }
}

/// Whatever is read of a file can be written and read again, and is the same unless something could not be carried.
fn comes_back(format: &Format, bytes: &[u8]) -> Result<(), TestCaseError> {
    let Ok((mut units, _)) = read(format, bytes) else { return Ok(()) };
    units.retain(|unit| !unit.source.trim().is_empty() && !unit.target.trim().is_empty());
    let (written, losses) = write(format, &units);
    let again = read(format, &written);
    prop_assert!(again.is_ok(), "{}: {:?}: {}", format.name, again.err(), String::from_utf8_lossy(&written));
    if losses.is_empty() {
        prop_assert_eq!(again.unwrap().0, units, "{}: {}", format.name, String::from_utf8_lossy(&written));
    }
    Ok(())
}
