//! XML of strangers, piece by piece in bounded memory: well-formed or refused with line, column and reason.
//!
//! Nothing outside the file is ever opened. Entities that the file declares itself are put in, as long as they stay small;
//! one that stands for another file is refused where it is used.

use crate::exchange::Error;
use crate::exchange::stream::{Place, Rules, Stream};
use std::collections::BTreeMap;
use std::io::{self, Read};

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element begins: see [`Parser::name`] and [`Parser::attributes`].
    Start,
    /// An element ends: see [`Parser::name`]. An empty element begins and ends.
    End,
    /// A piece of text: see [`Parser::text`]. One text may come in several pieces.
    Text,
    /// The document is at its end.
    Done,
}

/// Reads XML.
pub struct Parser<'a> {
    input: Input<'a>,
    state: State,
    /// Where the bytes read must not come to, with what was allowed.
    bound: Option<(u64, u64)>,
}

/// The file, cut into pieces of mark-up and of text.
struct Input<'a> {
    stream: Stream<'a>,
    /// A piece that does not lie in one chunk of the file.
    buffer: String,
}

/// What has been read.
#[derive(Default)]
struct State {
    name: String,
    attributes: Vec<(String, String)>,
    attribute_count: usize,
    text: String,
    /// The names of the elements that are open, one after the other, and where each begins.
    open: String,
    starts: Vec<usize>,
    /// Whether the element that has begun is an empty one.
    is_empty: bool,
    seen_root: bool,
    entities: Entities,
}

/// Attributes of one element; TMX and XLIFF need two dozen.
const MOST_ATTRIBUTES: usize = 200;

/// Elements in elements; TMX and XLIFF need a dozen.
const MOST_DEPTH: usize = 200;

/// Bytes of one tag or one piece of text.
const MOST_BYTES: usize = 16 * 1024 * 1024;

impl<'a> Parser<'a> {
    /// Starts reading.
    pub fn new(file: &'a mut dyn Read) -> Result<Parser<'a>, Error> {
        let input = Input { stream: Stream::new(file, Rules::Xml)?, buffer: String::new() };
        Ok(Parser { input, state: State::default(), bound: None })
    }

    /// What was surprising about the encoding, if anything was.
    pub fn note(&self) -> Option<&str> {
        self.input.stream.note()
    }

    /// The element's name, without a namespace prefix.
    pub fn name(&self) -> &str {
        &self.state.name
    }

    /// The attributes of the element that has just begun, in order, names as written, values as meant.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.state.attributes[..self.state.attribute_count]
    }

    /// One attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The piece of text.
    pub fn text(&self) -> &str {
        &self.state.text
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.state.starts.len()
    }

    /// Where the last node began.
    pub fn place(&self) -> Place {
        self.input.stream.marked()
    }

    /// Lets so many bytes be read from here on before reading fails; `None` ends that.
    pub fn bound(&mut self, bytes: Option<u64>) {
        self.input.stream.settle();
        self.bound = bytes.map(|bytes| (self.input.stream.count() + bytes, bytes));
    }

    /// An error at the last node.
    pub fn error(&self, reason: impl Into<String>) -> Error {
        let Place { line, column } = self.place();
        Error::Malformed { line, column, reason: reason.into() }
    }

    /// All text of an element whose beginning has been read, up to its end.
    pub fn text_inside(&mut self) -> Result<String, Error> {
        let depth = self.depth();
        let mut text = String::new();
        loop {
            match self.advance()? {
                Node::Text => text.push_str(self.text()),
                Node::End if self.depth() < depth => return Ok(text),
                _ => {}
            }
        }
    }

    /// Moves on to the next node.
    pub fn advance(&mut self) -> Result<Node, Error> {
        if std::mem::take(&mut self.state.is_empty) {
            self.state.close();
            return Ok(Node::End);
        }
        loop {
            self.input.stream.allow(MOST_BYTES);
            self.input.stream.mark();
            if let Some((_, bytes)) = self.bound.filter(|(end, _)| self.input.stream.count() > *end) {
                return Err(self.error(format!("expected the end of this unit within {} MB, found more", bytes / 1024 / 1024)));
            }
            let result = match self.input.piece() {
                Ok(Some((piece, read))) => self.state.take(piece, read),
                Ok(None) => self.state.done().map(Some),
                Err(error) => return Err(self.translated(error)),
            };
            if let Some(node) = result.map_err(|reason| self.error(reason))? {
                return Ok(node);
            }
        }
    }

    /// Places what the stream found wrong.
    fn translated(&self, error: io::Error) -> Error {
        match error.kind() {
            io::ErrorKind::InvalidData => {
                let Place { line, column } = self.input.stream.place();
                Error::Malformed { line, column, reason: error.to_string() }
            }
            io::ErrorKind::UnexpectedEof => self.error(error.to_string()),
            _ => Error::System(error),
        }
    }
}

impl Input<'_> {
    /// The next piece of mark-up, text or reference, whole, and the bytes read with it; `None` at the end.
    fn piece(&mut self) -> io::Result<Option<(&str, u64)>> {
        let available = self.stream.available()?;
        if available.is_empty() {
            return Ok(None);
        }
        if let Some(length) = piece_length(available) {
            let read = self.stream.count() + length as u64;
            return Ok(Some((self.stream.pass(length), read)));
        }
        self.gather()?;
        Ok(Some((&self.buffer, self.stream.count())))
    }

    /// Puts a piece together that lies in several chunks.
    fn gather(&mut self) -> io::Result<()> {
        self.buffer.clear();
        loop {
            let available = self.stream.available()?;
            if available.is_empty() {
                return if self.buffer.starts_with(['<', '&']) { Err(cut_off(&self.buffer)) } else { Ok(()) };
            }
            let (before, length) = (self.buffer.len(), available.len());
            self.buffer.push_str(available);
            match piece_length(&self.buffer) {
                Some(end) => {
                    self.buffer.truncate(end);
                    self.stream.pass(end.saturating_sub(before));
                    return Ok(());
                }
                None => self.stream.pass(length),
            };
        }
    }
}

fn cut_off(piece: &str) -> io::Error {
    let shown: String = piece.chars().take(20).collect();
    io::Error::new(io::ErrorKind::UnexpectedEof, format!("expected the end of {shown:?}, found the end of the file; it is not whole"))
}

/// The bytes of the piece that a text begins with; `None` where its end is not there yet.
fn piece_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end_of = |end: &str, from: usize| Some(from + memchr::memmem::find(bytes.get(from..)?, end.as_bytes())? + end.len());
    match bytes {
        [b'<', b'!', b'-', b'-', ..] => end_of("-->", 4),
        [b'<', b'!', b'[', ..] => end_of("]]>", 3),
        [b'<', b'!', second, ..] if *second != b'-' || bytes.len() > 3 => document_type_length(text),
        [b'<', b'!', ..] => None,
        [b'<', b'?', ..] => end_of("?>", 2),
        [b'<', ..] => tag_length(bytes),
        [b'&', rest @ ..] => memchr::memchr3(b';', b'<', b'&', rest).map(|at| if rest[at] == b';' { at + 2 } else { at + 1 }),
        _ => memchr::memchr2(b'<', b'&', bytes),
    }
}

/// The bytes of a tag; values may hold its end mark.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        if bytes[at] == b'>' {
            return Some(at + 1);
        }
        at += memchr::memchr(bytes[at], &bytes[at + 1..])? + 2;
    }
}

/// The bytes of a DOCTYPE with the declarations in it.
fn document_type_length(text: &str) -> Option<usize> {
    let (mut at, mut is_inside) = (2, false);
    while let Some(&byte) = text.as_bytes().get(at) {
        at += match byte {
            b'"' | b'\'' => memchr::memchr(byte, &text.as_bytes()[at + 1..])? + 2,
            b'<' if text[at..].starts_with("<!--") => text[at..].find("-->")? + 3,
            b'<' if text[at..].starts_with("<?") => text[at..].find("?>")? + 2,
            b'>' if !is_inside => return Some(at + 1),
            b'[' | b']' => {
                is_inside = byte == b'[';
                1
            }
            _ => 1,
        };
    }
    None
}

impl State {
    /// Takes a piece; `None` for what says nothing. `read` is how many bytes have been read.
    fn take(&mut self, piece: &str, read: u64) -> Result<Option<Node>, String> {
        let bytes = piece.as_bytes();
        match bytes {
            [b'<', b'/', name @ .., _] => self.end(&piece[2..2 + name.len()]).map(Some),
            [b'<', b'?', ..] => Ok(None),
            [b'<', b'!', ..] => self.declaration(piece),
            [b'<', ..] => self.start(piece, read).map(Some),
            [b'&', ..] => self.reference(piece, read).map(Some),
            _ => self.characters(piece),
        }
    }

    fn declaration(&mut self, piece: &str) -> Result<Option<Node>, String> {
        if let Some(comment) = piece.strip_prefix("<!--") {
            let is_wrong = comment.strip_suffix("-->").is_none_or(|inner| inner.contains("--") || inner.ends_with('-'));
            return if is_wrong { Err("expected well-formed XML, found -- inside a comment".into()) } else { Ok(None) };
        }
        if let Some(text) = piece.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>")) {
            return self.characters(text);
        }
        match piece.get(2..9) {
            Some(word) if word.eq_ignore_ascii_case("doctype") && !self.seen_root => {
                self.entities.declare(&piece[9..piece.len() - 1])?;
                Ok(None)
            }
            Some(word) if word.eq_ignore_ascii_case("doctype") => Err("expected the DOCTYPE before the first element".into()),
            _ => Err(format!("expected well-formed XML, found {}", piece.chars().take(20).collect::<String>())),
        }
    }

    fn start(&mut self, piece: &str, read: u64) -> Result<Node, String> {
        if self.starts.is_empty() && self.seen_root {
            return Err("expected one outermost element, found a second one".into());
        }
        self.seen_root = true;
        let inner = &piece[1..piece.len() - 1];
        let inner = match inner.strip_suffix('/') {
            Some(inner) => {
                self.is_empty = true;
                inner
            }
            None => inner,
        };
        let end = inner.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(end);
        if name.is_empty() || name.contains(['<', '=', '"', '\'']) {
            return Err(format!("expected well-formed XML, found <{}", inner.chars().take(20).collect::<String>()));
        }
        self.starts.push(self.open.len());
        self.open.push_str(name);
        if self.starts.len() > MOST_DEPTH {
            return Err(format!("expected at most {MOST_DEPTH} elements inside each other, found more"));
        }
        self.name.clear();
        self.name.push_str(local(name));
        self.read_attributes(attributes, read)?;
        Ok(Node::Start)
    }

    fn read_attributes(&mut self, text: &str, read: u64) -> Result<(), String> {
        self.attribute_count = 0;
        let mut rest = text.trim_ascii_start();
        while !rest.is_empty() {
            if self.attribute_count >= MOST_ATTRIBUTES {
                return Err(format!("expected at most {MOST_ATTRIBUTES} attributes, found more"));
            }
            let (name, value, after) = attribute_of(rest)
                .filter(|(name, ..)| self.attributes[..self.attribute_count].iter().all(|(known, _)| known != name))
                .ok_or_else(|| {
                    let shown: String = rest.chars().take(20).collect();
                    format!("expected attributes of the form name=\"value\", each once, found {shown:?}")
                })?;
            if self.attributes.len() == self.attribute_count {
                self.attributes.push(Default::default());
            }
            let (known, resolved) = &mut self.attributes[self.attribute_count];
            known.clear();
            known.push_str(name);
            resolved.clear();
            self.entities.resolve(value, resolved, read)?;
            self.attribute_count += 1;
            rest = after.trim_ascii_start();
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<Node, String> {
        let name = name.trim_ascii_end();
        match self.starts.last() {
            Some(&start) if self.open[start..] == *name => {
                self.close();
                Ok(Node::End)
            }
            Some(&start) => Err(format!("expected well-formed XML with </{}>, found </{name}>", &self.open[start..])),
            None => Err(format!("expected well-formed XML, found </{name}> without a beginning")),
        }
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.name.clear();
            self.name.push_str(local(&self.open[start..]));
            self.open.truncate(start);
        }
    }

    fn characters(&mut self, text: &str) -> Result<Option<Node>, String> {
        if self.starts.is_empty() {
            if text.trim_matches(|character: char| character.is_ascii_whitespace() || character == '\u{FEFF}').is_empty() {
                return Ok(None);
            }
            let shown: String = text.trim().chars().take(20).collect();
            return Err(format!("expected XML, found {shown:?}"));
        }
        self.text.clear();
        match memchr::memchr(b'\r', text.as_bytes()) {
            // However a line ends, XML reads a line feed.
            Some(_) => self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n")),
            None => self.text.push_str(text),
        }
        Ok(Some(Node::Text))
    }

    fn reference(&mut self, piece: &str, read: u64) -> Result<Node, String> {
        let name = piece[1..].strip_suffix(';').ok_or("expected well-formed XML: &name;, found a lone &; write it as &amp;")?;
        self.text.clear();
        self.entities.reference(name, &mut self.text, 0, read)?;
        if self.starts.is_empty() {
            return Err("expected an element, found a reference".into());
        }
        Ok(Node::Text)
    }

    fn done(&mut self) -> Result<Node, String> {
        if !self.starts.is_empty() {
            return Err(format!("expected the end of {} elements, found the end of the file; it is not whole", self.starts.len()));
        }
        if !self.seen_root {
            return Err("expected XML, found an empty file".into());
        }
        Ok(Node::Done)
    }
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The first attribute of a tag: its name, its value as written, and what comes after it.
fn attribute_of(text: &str) -> Option<(&str, &str, &str)> {
    let end = text.bytes().position(|byte| byte == b'=' || byte.is_ascii_whitespace())?;
    let (name, rest) = text.split_at(end);
    let rest = rest.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = rest[1..].split_once(quote)?;
    (!name.is_empty()).then_some((name, value, after))
}

/// The entities that a file declares.
#[derive(Default)]
struct Entities {
    /// By name the text that it stands for, `None` for what lies outside the file.
    declared: BTreeMap<String, Option<String>>,
    /// Bytes that references have become.
    expanded: u64,
}

/// Entities inside entities.
const MOST_NESTED: usize = 16;

/// Bytes that references may become in all: so many, and ten times what has been read.
const MOST_EXPANDED: u64 = 1_000_000;

impl Entities {
    /// Takes the general entities from the inner part of a DOCTYPE. Parameter entities and whatever lies outside are left alone.
    fn declare(&mut self, declaration: &str) -> Result<(), String> {
        let Some((_, inner)) = declaration.split_once('[') else { return Ok(()) };
        let mut rest = inner;
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let end = declaration_end(rest).ok_or("expected the DOCTYPE's declarations to end")?;
            if let Some(entity) = rest[..end].strip_prefix("<!ENTITY") {
                self.declare_entity(entity.trim());
            }
            rest = &rest[end..];
        }
        Ok(())
    }

    fn declare_entity(&mut self, entity: &str) {
        let Some((name, value)) = entity.split_once(|character: char| character.is_ascii_whitespace()) else { return };
        let value = value.trim();
        let quoted = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')).and_then(|quote| value[1..].split(quote).next());
        if name != "%" {
            // The first declaration counts.
            self.declared.entry(name.to_string()).or_insert_with(|| quoted.map(str::to_string));
        }
    }

    /// Appends a text with its references put in.
    fn resolve(&mut self, text: &str, out: &mut String, read: u64) -> Result<(), String> {
        self.resolve_nested(text, out, 0, read)
    }

    fn resolve_nested(&mut self, text: &str, out: &mut String, depth: usize, read: u64) -> Result<(), String> {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            let (name, after) = rest[at + 1..].split_once(';').ok_or("expected &name;, found a lone &; write it as &amp;")?;
            self.reference(name, out, depth, read)?;
            rest = after;
        }
        out.push_str(rest);
        Ok(())
    }

    /// Appends what a reference stands for.
    fn reference(&mut self, name: &str, out: &mut String, depth: usize, read: u64) -> Result<(), String> {
        match name {
            "amp" => out.push('&'),
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            _ if name.starts_with('#') => out.push(character(&name[1..])?),
            _ => return self.declared_reference(name, out, depth, read),
        }
        Ok(())
    }

    fn declared_reference(&mut self, name: &str, out: &mut String, depth: usize, read: u64) -> Result<(), String> {
        let value = match self.declared.get(name) {
            None => return Err(format!("expected an entity that the file declares, found &{name};")),
            Some(None) => {
                return Err(format!("expected text, found &{name};, which stands for another file; no other file is ever opened"));
            }
            Some(Some(value)) => value.clone(),
        };
        self.expanded += value.len() as u64;
        if depth >= MOST_NESTED || self.expanded > MOST_EXPANDED + 10 * read {
            return Err(format!("expected entities of reasonable size, found &{name}; growing beyond all bounds"));
        }
        if value.contains('<') {
            return Err(format!("expected an entity of plain text, found mark-up in &{name};"));
        }
        self.resolve_nested(&value, out, depth + 1, read)
    }
}

/// The byte after a declaration that begins at the start of `text`; quoted parts may hold its end mark.
fn declaration_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The character of a reference by number, if XML has it.
fn character(number: &str) -> Result<char, String> {
    let code = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    let character = code.ok().and_then(char::from_u32).filter(|character| is_allowed(*character));
    character.ok_or_else(|| format!("expected the number of a character that XML allows, found &#{number};"))
}

/// Whether XML 1.0 allows a character.
pub fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Appends an attribute, if there is one, as [`escape`] does a text.
pub fn attribute(name: &str, value: Option<&str>, out: &mut String) -> bool {
    let Some(value) = value else { return false };
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    let left_out = escape(value, out);
    out.push('"');
    left_out
}

/// Appends a text as XML has it, leaving out characters that it does not allow; says whether there were any.
pub fn escape(text: &str, out: &mut String) -> bool {
    let mut left_out = false;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' => "&#13;",
            0..b' ' if !matches!(byte, b'\t' | b'\n') => {
                left_out = true;
                ""
            }
            // U+FFFE and U+FFFF.
            0xEF if matches!(text.as_bytes()[at..], [_, 0xBF, 0xBE | 0xBF, ..]) => {
                left_out = true;
                out.push_str(&text[start..at]);
                start = at + 3;
                continue;
            }
            _ => continue,
        };
        out.push_str(&text[start..at]);
        out.push_str(replacement);
        start = at + 1;
    }
    out.push_str(&text[start..]);
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts and names of a document, or the place and reason of its refusal.
    fn read(xml: &str) -> Result<String, (usize, usize, String)> {
        let mut file = xml.as_bytes();
        let mut out = String::new();
        let mut run = || -> Result<(), Error> {
            let mut parser = Parser::new(&mut file)?;
            loop {
                match parser.advance()? {
                    Node::Start => out.extend(
                        ["<", parser.name()]
                            .into_iter()
                            .chain(parser.attributes().iter().flat_map(|(name, value)| [" ", name, "=", value])),
                    ),
                    Node::End => out.push('>'),
                    Node::Text => out.push_str(parser.text()),
                    Node::Done => return Ok(()),
                }
            }
        };
        match run() {
            Ok(()) => Ok(out),
            Err(Error::Malformed { line, column, reason }) => Err((line, column, reason)),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn references_and_entities_become_text() {
        let xml = "<!DOCTYPE a [<!-- <!ENTITY c \"no\"> --><!ENTITY nk \"북한\"><!ENTITY two '&nk;과 &#xB7;'><!ENTITY % p SYSTEM 'x'>]><a n='&nk; &lt;'>&two; &amp;<![CDATA[<&]]></a>";
        assert_eq!(read(xml).unwrap(), "<a n=북한 <북한과 · &<&>");
    }

    #[test]
    fn what_is_not_well_formed_is_refused_with_its_place() {
        let deep = "<a>".repeat(300);
        let cases = [
            ("<a>\n <b></a>", 2, 5, "well-formed"),
            ("<a x='1' x='2'/>", 1, 1, "each once"),
            ("<a>&#1;</a>", 1, 4, "&#1;"),
            ("<a>&#xD800;</a>", 1, 4, "&#xD800;"),
            ("<a>&b;</a>", 1, 4, "declares"),
            ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///x'>]><a>&x;</a>", 1, 49, "no other file is ever opened"),
            ("<a>", 1, 4, "not whole"),
            ("", 1, 1, "empty"),
            ("hello", 1, 1, "found \"hello\""),
            ("<a/><b/>", 1, 5, "second"),
            (&deep, 1, 601, "at most 200"),
            ("<a>\u{1}</a>", 1, 4, "U+0001"),
        ];
        for (xml, line, column, reason) in cases {
            let (found_line, found_column, found) = read(xml).unwrap_err();
            assert!((found_line, found_column) == (line, column) && found.contains(reason), "{xml}: {found_line}:{found_column}: {found}");
        }
    }

    #[test]
    fn growing_entities_are_stopped() {
        let mut bomb = String::from("<!DOCTYPE a [<!ENTITY a0 \"haha\">");
        for level in 1..12 {
            bomb += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
        }
        assert!(read(&(bomb + "]><a>&a11;</a>")).unwrap_err().2.contains("beyond all bounds"));
        let long = format!("<!DOCTYPE a [<!ENTITY a \"{}\">]><a>{}</a>", "a".repeat(100_000), "&a;".repeat(1000));
        assert!(read(&long).unwrap_err().2.contains("beyond all bounds"));
    }

    #[test]
    fn what_is_escaped_reads_back() {
        let text = "a<b>&\"c\"\r\n\u{1}\u{FFFF}북러";
        let mut xml = String::from("<a>");
        assert!(escape(text, &mut xml));
        assert_eq!(read(&(xml + "</a>")).unwrap(), "<aa<b>&\"c\"\r\n북러>");
    }
}
