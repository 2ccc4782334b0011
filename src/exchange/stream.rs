//! A file as UTF-8, whatever its encoding, with the line and column that has been read up to.

use crate::exchange::Error;
use encoding_rs::{DecoderResult, EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// A file as UTF-8.
pub struct Stream<'a> {
    file: &'a mut dyn Read,
    /// Bytes as they come, not decoded yet.
    raw: Vec<u8>,
    /// `None` while the bytes are UTF-8.
    decoder: Option<encoding_rs::Decoder>,
    /// Text of which nobody has read what lies from `start` on.
    text: String,
    start: usize,
    ended: bool,
    /// What is wrong after `text`.
    failure: Option<String>,
    /// Whether control characters are wrong.
    rules: Rules,
    /// Whether anything but ASCII has been seen as UTF-8.
    seen_utf8: bool,
    /// The line and column of the byte `placed` of the text: they are counted when they are asked for.
    place: Place,
    placed: usize,
    mark: Mark,
    /// Bytes that may still be read before [`Stream::allow`] is called again.
    allowed: usize,
    /// Bytes read.
    count: u64,
    /// What was surprising about the encoding.
    note: Option<String>,
}

/// What the characters of a file must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Anything.
    Text,
    /// What XML allows: no control characters but tabs and ends of lines. The encoding may be declared in the first line.
    Xml,
}

/// Line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
}

/// Where the reader put its mark.
#[derive(Clone, Copy, Debug)]
enum Mark {
    /// At a byte of the text at hand.
    Byte(usize),
    /// In a text that has gone by.
    Gone(Place),
}

/// Bytes that are taken from the file at a time.
const CHUNK: usize = 128 * 1024;

/// Bytes of a line.
const MOST_OF_A_LINE: usize = 16 * 1024 * 1024;

/// Why reading stopped: a limit of [`Stream::allow`].
const TOO_LONG: &str = "a single piece of text or mark-up is longer than 16 MB, which no translation unit is";

impl<'a> Stream<'a> {
    /// Starts reading: looks at the first bytes for a byte order mark, for UTF-16 without one, and for a declared encoding.
    pub fn new(file: &'a mut dyn Read, rules: Rules) -> io::Result<Stream<'a>> {
        let mut stream = Stream {
            file,
            raw: Vec::new(),
            decoder: None,
            text: String::new(),
            start: 0,
            ended: false,
            failure: None,
            rules,
            seen_utf8: false,
            place: Place { line: 1, column: 1 },
            placed: 0,
            mark: Mark::Byte(0),
            allowed: usize::MAX,
            count: 0,
            note: None,
        };
        stream.take_from_file()?;
        let (encoding, mark) = first_bytes(&stream.raw, rules);
        stream.raw.drain(..mark);
        if encoding != UTF_8 {
            stream.decoder = Some(encoding.new_decoder_without_bom_handling());
        }
        Ok(stream)
    }

    /// Where reading has come to.
    pub fn place(&self) -> Place {
        self.place.after(&self.text[self.placed..self.start])
    }

    /// Puts the mark where reading has come to.
    pub fn mark(&mut self) {
        self.mark = Mark::Byte(self.start);
    }

    /// Where the mark is.
    pub fn marked(&self) -> Place {
        match self.mark {
            Mark::Byte(at) => self.place.after(&self.text[self.placed.min(at)..at]),
            Mark::Gone(place) => place,
        }
    }

    /// Counts lines and columns up to the mark, so that asking for places near it is cheap.
    pub fn settle(&mut self) {
        if let Mark::Byte(at) = self.mark {
            self.count_to(at);
        }
    }

    fn count_to(&mut self, at: usize) {
        if at > self.placed {
            self.place = self.place.after(&self.text[self.placed..at]);
            self.placed = at;
        }
    }

    /// Bytes read so far, as UTF-8.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What was surprising about the encoding, if anything was.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Lets so many bytes be read before reading fails: a bound on what a parser may gather in memory.
    pub fn allow(&mut self, bytes: usize) {
        self.allowed = bytes;
    }

    /// Reads a line without its end; says whether there was one.
    pub fn read_line(&mut self, line: &mut String) -> Result<bool, Error> {
        self.allow(MOST_OF_A_LINE);
        line.clear();
        let read = BufRead::read_line(self, line).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => {
                let Place { line, column } = self.place();
                Error::Malformed { line, column, reason: error.to_string() }
            }
            _ => Error::System(error),
        })?;
        line.truncate(line.trim_end_matches(['\n', '\r']).len());
        Ok(read > 0)
    }

    fn take_from_file(&mut self) -> io::Result<()> {
        let before = self.raw.len();
        self.raw.resize(before + CHUNK, 0);
        let mut filled = before;
        while filled < self.raw.len() {
            match self.file.read(&mut self.raw[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.raw.truncate(filled);
        Ok(())
    }

    /// Decodes more of the file into `text`, of which all has been read.
    fn refill(&mut self) -> io::Result<()> {
        if let Mark::Byte(_) = self.mark {
            self.settle();
            self.mark = Mark::Gone(self.place);
        }
        self.count_to(self.text.len());
        self.text.clear();
        (self.start, self.placed) = (0, 0);
        while self.text.is_empty() && self.failure.is_none() {
            if self.raw.len() < CHUNK && !self.ended {
                self.take_from_file()?;
            }
            if self.raw.is_empty() && self.ended && self.decoder.is_none() {
                return Ok(());
            }
            match self.decoder.take() {
                None => self.pass_utf8(),
                Some(decoder) => self.decode(decoder),
            }
        }
        self.cut_at_control();
        Ok(())
    }

    fn pass_utf8(&mut self) {
        let mut rest = std::mem::take(&mut self.text).into_bytes();
        rest.extend_from_slice(&self.raw[whole_characters(&self.raw)..]);
        self.raw.truncate(self.raw.len() - rest.len());
        match String::from_utf8(std::mem::replace(&mut self.raw, rest)) {
            Ok(text) if !text.is_empty() => {
                self.seen_utf8 = self.seen_utf8 || !text.is_ascii();
                self.text = text;
            }
            Ok(_) if !self.ended => {} // The chunk ends within a character.
            Ok(_) => self.tell_broken(),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.append(&mut self.raw);
                self.raw = bytes.split_off(valid);
                self.seen_utf8 = self.seen_utf8 || !bytes.is_ascii();
                self.text = String::from_utf8(bytes).unwrap_or_default();
                if self.text.is_empty() {
                    self.tell_broken();
                }
            }
        }
    }

    /// Says what bytes are that begin with none of UTF-8, or reads them as CP949 if they seem to be that.
    fn tell_broken(&mut self) {
        if !self.seen_utf8 && is_korean_without_saying(&self.raw) {
            self.note = Some("the file is in CP949 (EUC-KR) and does not say so; it was read as that".into());
            self.decoder = Some(EUC_KR.new_decoder_without_bom_handling());
        } else if std::str::from_utf8(&self.raw).is_err_and(|error| error.error_len().is_none()) {
            self.failure = Some("expected UTF-8, found the file cut off within a character".into());
        } else {
            let shown: Vec<String> = self.raw.iter().take(4).map(|byte| format!("{byte:02X}")).collect();
            self.failure =
                Some(format!("expected UTF-8, found the bytes {}; save the file again in the encoding it declares", shown.join(" ")));
        }
    }

    fn decode(&mut self, mut decoder: encoding_rs::Decoder) {
        let mut text = String::with_capacity(self.raw.len() * 3 + 16);
        let (result, read) = decoder.decode_to_string_without_replacement(&self.raw, &mut text, self.ended);
        self.raw.drain(..read);
        self.text = text;
        if let DecoderResult::Malformed(..) = result {
            self.failure = Some(format!("expected {}, found bytes that it has no character for", decoder.encoding().name()));
        }
        // A decoder that has come to the end may not be asked again.
        if !self.ended || !self.raw.is_empty() {
            self.decoder = Some(decoder);
        }
    }

    /// Shortens `text` before the first character that the rules forbid.
    fn cut_at_control(&mut self) {
        let forbidden = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
        // Without an early end the processor looks at many bytes at once.
        let found = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | forbidden(byte));
        if self.rules != Rules::Xml || !self.text.as_bytes().chunks(4096).any(found) {
            return;
        }
        if let Some(at) = self.text.bytes().position(|byte| forbidden(&byte)) {
            let found = self.text.as_bytes()[at];
            self.failure = Some(format!("expected characters that XML allows, found the control character U+{found:04X}"));
            self.text.truncate(at);
        }
    }
}

/// The encoding that the first bytes tell, and how many of them are a byte order mark.
fn first_bytes(bytes: &[u8], rules: Rules) -> (&'static Encoding, usize) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (UTF_8, 3),
        [0xFF, 0xFE, ..] => (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (UTF_16BE, 2),
        [first, 0, _, 0, ..] if *first != 0 => (UTF_16LE, 0),
        [0, second, 0, _, ..] if *second != 0 => (UTF_16BE, 0),
        _ if rules == Rules::Xml => (declared(bytes).unwrap_or(UTF_8), 0),
        _ => (UTF_8, 0),
    }
}

/// The encoding that an XML declaration names. UTF-16 in a file that is readable byte by byte is a mistake and not believed.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let first = &bytes[..bytes.len().min(300)];
    let declaration = String::from_utf8_lossy(first.strip_prefix(b"<?xml")?);
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.get(1..)?.split(['"', '\'']).next()?.trim();
    let encoding = match label.to_ascii_lowercase().as_str() {
        "cp949" | "ms949" | "uhc" | "x-windows-949" => EUC_KR,
        label => Encoding::for_label(label.as_bytes())?,
    };
    Some(encoding).filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

/// Whether bytes that are no UTF-8 make Korean text as CP949.
fn is_korean_without_saying(bytes: &[u8]) -> bool {
    // The last character may be cut.
    let whole = &bytes[..bytes.len() - usize::from(bytes.len() == CHUNK || bytes.len() > CHUNK)];
    let (text, malformed) = EUC_KR.decode_without_bom_handling(whole);
    let beyond = text.chars().filter(|character| !character.is_ascii()).count();
    let hangul = text.chars().filter(|character| ('\u{AC00}'..='\u{D7A3}').contains(character)).count();
    let broken = text.chars().filter(|character| *character == '\u{FFFD}').count();
    (!malformed || broken <= 1 && bytes.len() >= CHUNK) && hangul * 2 > beyond
}

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.fill()?;
        Ok(&self.text.as_bytes()[self.start..])
    }

    fn consume(&mut self, count: usize) {
        self.start += count;
        self.count += count as u64;
        self.allowed = self.allowed.saturating_sub(count);
    }
}

impl Stream<'_> {
    /// Sees to it that there is text to read, unless the file is at its end.
    fn fill(&mut self) -> io::Result<()> {
        if self.allowed == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TOO_LONG));
        }
        if self.start < self.text.len() {
            return Ok(());
        }
        if self.failure.is_none() {
            self.refill()?;
        }
        match &self.failure {
            Some(failure) if self.start >= self.text.len() => Err(io::Error::new(io::ErrorKind::InvalidData, failure.clone())),
            _ => Ok(()),
        }
    }
}

impl Place {
    /// The place after some text.
    fn after(self, text: &str) -> Place {
        let bytes = text.as_bytes();
        let lines = memchr::memchr_iter(b'\n', bytes).count();
        let (column, rest) = match memchr::memrchr(b'\n', bytes) {
            Some(at) => (1, &bytes[at + 1..]),
            None => (self.column, bytes),
        };
        Place { line: self.line + lines, column: column + rest.iter().filter(|byte| **byte & 0xC0 != 0x80).count() }
    }
}

/// How many bytes there are without the character at the end that has not come whole.
fn whole_characters(bytes: &[u8]) -> usize {
    let least = bytes.len().saturating_sub(3);
    for at in (least..bytes.len()).rev() {
        let length = match bytes[at] {
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            0xF0.. => 4,
            0..0x80 => 1,
            0x80..0xC0 => continue,
        };
        return if at + length > bytes.len() { at } else { bytes.len() };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], rules: Rules) -> (String, Option<(String, Place)>) {
        let mut file = bytes;
        let mut stream = Stream::new(&mut file, rules).unwrap();
        let mut text = Vec::new();
        loop {
            match stream.fill_buf() {
                Ok([]) => return (String::from_utf8(text).unwrap(), None),
                Ok(more) => {
                    text.extend_from_slice(more);
                    let count = more.len();
                    stream.consume(count);
                }
                Err(error) => return (String::from_utf8(text).unwrap(), Some((error.to_string(), stream.place()))),
            }
        }
    }

    const TEXT: &str = "<?xml version=\"1.0\"?>\n<seg>북러 조약</seg>";

    #[test]
    fn every_encoding_reads_the_same() {
        let utf16 = |big: bool, mark: bool| {
            let units = TEXT.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            let mark: &[u8] = match (mark, big) {
                (false, _) => &[],
                (true, true) => &[0xFE, 0xFF],
                (true, false) => &[0xFF, 0xFE],
            };
            mark.iter().copied().chain(units).collect::<Vec<u8>>()
        };
        let korean = EUC_KR.encode(TEXT).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        for bytes in [utf16(true, true), utf16(true, false), utf16(false, true), utf16(false, false), korean, marked, TEXT.into()] {
            assert_eq!(read(&bytes, Rules::Xml), (TEXT.to_string(), None));
        }
        let declared = TEXT.replace("?>", " encoding='cp949'?>");
        assert_eq!(read(&EUC_KR.encode(&declared).0, Rules::Xml), (declared, None));
    }

    #[test]
    fn long_files_are_cut_at_no_character() {
        for lead in 0..4 {
            let text = " ".repeat(lead) + &"북러 조약을 맺었다.\n".repeat(30_000);
            assert!(read(text.as_bytes(), Rules::Text) == (text.clone(), None));
            assert!(read(&EUC_KR.encode(&text).0, Rules::Text) == (text, None));
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let (text, failure) = read("가나\n다\u{1}라".as_bytes(), Rules::Xml);
        assert_eq!((text.as_str(), failure.as_ref().map(|(_, place)| *place)), ("가나\n다", Some(Place { line: 2, column: 2 })));
        let (_, failure) = read(b"\xEA\xB0\x80\n\xB0\xA1", Rules::Xml);
        assert!(failure.is_some_and(|(failure, place)| failure.contains("B0 A1") && place.line == 2));
    }

    #[test]
    fn more_than_is_allowed_is_not_gathered() {
        let mut file = io::repeat(b'a');
        let mut stream = Stream::new(&mut file, Rules::Text).unwrap();
        stream.allow(1_000_000);
        let mut gathered = Vec::new();
        assert!(stream.read_to_end(&mut gathered).is_err());
        assert!(gathered.len() <= 1_000_000 + CHUNK);
    }
}
