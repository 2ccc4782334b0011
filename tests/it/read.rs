//! Reading: encodings, formats, and what cannot be read.

use jjak::document::Form;
use jjak::read::{self, Error};
use jjak::text::Language;

const TEXT: &str = "북러 조약이 비준되었다.\n\n푸틴(Putin)은 2024년 6월 19일 평양을 방문했다. 양측은 23개 조항에 서명했다.\n";

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let marked = |mark: &[u8], data: Vec<u8>| [mark, &data].concat();
    let encodings = [
        ("UTF-8", TEXT.as_bytes().to_vec()),
        ("CP949", encoding_rs::EUC_KR.encode(TEXT).0.into_owned()),
        ("UTF-16LE with mark", marked(&[0xFF, 0xFE], utf16(TEXT, false))),
        ("UTF-16BE with mark", marked(&[0xFE, 0xFF], utf16(TEXT, true))),
        ("UTF-16LE", utf16(TEXT, false)),
        ("UTF-16BE", utf16(TEXT, true)),
    ];
    for (name, data) in encodings {
        let document = read::bytes("brief.txt", &data).expect(name);
        assert_eq!(document.text, TEXT, "{name}");
        assert_eq!(document.language, Language::Korean, "{name}");
        assert_eq!(document.blocks.len(), 2, "{name}");
    }
}

#[test]
fn english_in_utf16_and_windows_1252() {
    let text = "The treaty – ratified in June – has “23 articles”.\r\n";
    for data in [utf16(text, false), utf16(text, true), encoding_rs::WINDOWS_1252.encode(text).0.into_owned()] {
        assert_eq!(read::bytes("brief.txt", &data).unwrap().text, text);
    }
}

#[test]
fn a_byte_order_mark_stays_in_the_text_and_outside_blocks() {
    let document = read::text("brief.txt", "\u{FEFF}조약이다.").unwrap();
    assert!(document.text.starts_with('\u{FEFF}'));
    assert_eq!(document.blocks[0].span.start, 3);
}

#[test]
fn errors_name_the_file_what_was_expected_and_the_remedy() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "brief.txt: expected a text, found nothing but white space; check that the file was saved"),
        (b" \r\n\t\xEF\xBB\xBF", "brief.txt: expected a text, found nothing but white space; check that the file was saved"),
        (b"%PDF-1.7\n...", "brief.txt: expected text, found a PDF; save its text as plain text or Markdown"),
        (b"abc\0\x01\x02def", "brief.txt: expected text, found binary data; save it as plain text or Markdown"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "brief.txt: expected text, found an HWP or old Word document; save it as plain text or Markdown",
        ),
        (
            "첫 줄이다.\n둘째 \u{20AC}줄이다.\n".as_bytes().split_last_chunk::<3>().unwrap().0,
            "brief.txt:2: expected UTF-8, UTF-16, CP949 or EUC-KR, found bytes that fit none of them; save the file again as UTF-8",
        ),
    ];
    for (data, message) in cases {
        assert_eq!(read::bytes("brief.txt", data).unwrap_err().to_string(), message);
    }
    assert!(matches!(read::file("no/such/file.txt"), Err(Error::Unreadable { .. })));
}

#[test]
fn markdown_sets_mark_up_apart_and_loses_nothing() {
    let text = "# 조약의 *배경*\n\n본문은 **굵다**. [보고서](https://example.org/a)를 보라.\n\n- 첫째\n- 둘째\n\n> 인용문\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n---\n\n[b]: https://example.org/b\n";
    let document = read::text("brief.md", text).unwrap();
    let forms: Vec<Form> = document.blocks.iter().map(|block| block.form).collect();
    use Form::*;
    assert_eq!(forms, [Heading(1), Paragraph, Item, Item, Quotation, Table, Table, Verbatim, Verbatim]);
    let marks: Vec<&str> = document.markup.iter().map(|mark| mark.of(text)).collect();
    assert_eq!(&marks[..8], ["#", "*", "*", "**", "**", "[", "](https://example.org/a)", "-"]);
    let outside: String = std::iter::once(0)
        .chain(document.blocks.iter().map(|block| block.span.end))
        .zip(document.blocks.iter().map(|block| block.span.start).chain([text.len()]))
        .map(|(start, end)| &text[start..end])
        .collect();
    assert_eq!(outside.trim(), "");
}

#[test]
fn english_is_told_from_its_neighbours() {
    let foreign = |text: &str| read::foreign(&read::text("brief.txt", text).unwrap());
    assert_eq!(foreign("The treaty was ratified by both sides in June and has 23 articles."), None);
    assert_eq!(
        foreign("Le traité a été ratifié en juin par les deux parties, et il comporte vingt-trois articles sur la défense mutuelle."),
        Some("French".to_string())
    );
    assert_eq!(
        foreign("Der Vertrag wurde im Juni von beiden Seiten ratifiziert und umfasst dreiundzwanzig Artikel über die Verteidigung."),
        Some("German".to_string())
    );
    assert_eq!(foreign("조약은 6월에 비준되었고 스물세 개의 조항으로 되어 있으며 상호 방위를 다룬다고 한다."), None);
}
