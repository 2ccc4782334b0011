//! XML of strangers, piece by piece in bounded memory: well-formed or refused with line, column and reason.
//!
//! Nothing outside the file is ever opened. Entities that the file declares itself are put in, as long as they stay small;
//! one that stands for another file is refused where it is used.

use crate::exchange::Error;
use crate::exchange::stream::{Place, Rules, Stream};
use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::Read;

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
    reader: Reader<Stream<'a>>,
    buffer: Vec<u8>,
    name: String,
    attributes: Vec<(String, String)>,
    attribute_count: usize,
    text: String,
    depth: usize,
    seen_root: bool,
    entities: Entities,
    /// Where the bytes read must not come to, with what was allowed.
    bound: Option<(u64, u64)>,
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
        let mut reader = Reader::from_reader(Stream::new(file, Rules::Xml)?);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_comments = true;
        Ok(Parser {
            reader,
            buffer: Vec::new(),
            name: String::new(),
            attributes: Vec::new(),
            attribute_count: 0,
            text: String::new(),
            depth: 0,
            seen_root: false,
            entities: Entities::default(),
            bound: None,
        })
    }

    /// What was surprising about the encoding, if anything was.
    pub fn note(&self) -> Option<&str> {
        self.reader.get_ref().note()
    }

    /// The element's name, without a namespace prefix.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The attributes of the element that has just begun, in order, names as written, values as meant.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.attributes[..self.attribute_count]
    }

    /// One attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes().iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The piece of text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Where the last node began.
    pub fn place(&self) -> Place {
        self.reader.get_ref().marked()
    }

    /// Lets so many bytes be read from here on before reading fails; `None` ends that.
    pub fn bound(&mut self, bytes: Option<u64>) {
        self.reader.get_mut().settle();
        self.bound = bytes.map(|bytes| (self.reader.get_ref().count() + bytes, bytes));
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
        loop {
            self.reader.get_mut().allow(MOST_BYTES);
            self.reader.get_mut().mark();
            if let Some((_, bytes)) = self.bound.filter(|(end, _)| self.reader.get_ref().count() > *end) {
                return Err(self.error(format!("expected the end of this unit within {} MB, found more", bytes / 1024 / 1024)));
            }
            self.buffer.clear();
            let mut buffer = std::mem::take(&mut self.buffer);
            let event = self.reader.read_event_into(&mut buffer);
            let node = match event {
                Ok(event) => self.take(event),
                Err(error) => Err(self.translated(error)),
            };
            self.buffer = buffer;
            if let Some(node) = node? {
                return Ok(node);
            }
        }
    }

    fn take(&mut self, event: Event) -> Result<Option<Node>, Error> {
        match event {
            Event::Start(start) => self.start(&start).map(Some),
            Event::Empty(start) => self.start(&start).map(Some),
            Event::End(end) => {
                self.depth -= 1;
                self.name.clear();
                self.name.push_str(end.local_name().as_ref());
                Ok(Some(Node::End))
            }
            Event::Text(text) => self.characters(&text.xml10_content()),
            Event::CData(text) => self.characters(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(declaration) => {
                if self.seen_root {
                    return Err(self.error("expected the DOCTYPE before the first element"));
                }
                self.entities.declare(&declaration).map_err(|reason| self.error(reason))?;
                Ok(None)
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Ok(None),
            Event::Eof => self.done().map(Some),
        }
    }

    fn start(&mut self, start: &BytesStart) -> Result<Node, Error> {
        if self.depth == 0 && self.seen_root {
            return Err(self.error("expected one outermost element, found a second one"));
        }
        self.seen_root = true;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(self.error(format!("expected at most {MOST_DEPTH} elements inside each other, found more")));
        }
        self.name.clear();
        self.name.push_str(start.local_name().as_ref());
        self.attribute_count = 0;
        // The tokeniser's own look for doubles takes the square of their number, which is as many at most as there are signs.
        let is_long = start.len() > MOST_ATTRIBUTES * "a=''".len();
        if is_long && start.attributes().with_checks(false).nth(MOST_ATTRIBUTES).is_some() {
            return Err(self.error(format!("expected at most {MOST_ATTRIBUTES} attributes, found more")));
        }
        for attribute in start.attributes() {
            let attribute =
                attribute.map_err(|error| self.error(format!("expected attributes of the form name=\"value\", each once: {error}")))?;
            if self.attributes.len() == self.attribute_count {
                self.attributes.push(Default::default());
            }
            let read = self.reader.get_ref().count();
            let (name, value) = &mut self.attributes[self.attribute_count];
            name.clear();
            name.push_str(attribute.key.as_ref());
            value.clear();
            let result = self.entities.resolve(&attribute.value, value, read);
            result.map_err(|reason| self.error(reason))?;
            self.attribute_count += 1;
        }
        Ok(Node::Start)
    }

    fn characters(&mut self, text: &str) -> Result<Option<Node>, Error> {
        if self.depth == 0 {
            if text.trim_matches(|character: char| character.is_ascii_whitespace() || character == '\u{FEFF}').is_empty() {
                return Ok(None);
            }
            let shown: String = text.trim().chars().take(20).collect();
            return Err(self.error(format!("expected XML, found {shown:?}")));
        }
        self.text.clear();
        self.text.push_str(text);
        Ok(Some(Node::Text))
    }

    fn reference(&mut self, name: &str) -> Result<Option<Node>, Error> {
        let read = self.reader.get_ref().count();
        self.text.clear();
        let result = self.entities.reference(name, &mut self.text, 0, read);
        result.map_err(|reason| self.error(reason))?;
        if self.depth == 0 {
            return Err(self.error("expected an element, found a reference"));
        }
        Ok(Some(Node::Text))
    }

    fn done(&mut self) -> Result<Node, Error> {
        if self.depth > 0 {
            return Err(self.error(format!("expected the end of {} elements, found the end of the file; it is not whole", self.depth)));
        }
        if !self.seen_root {
            return Err(self.error("expected XML, found an empty file"));
        }
        Ok(Node::Done)
    }

    /// Places what the tokeniser or the stream found wrong.
    fn translated(&self, error: quick_xml::Error) -> Error {
        let stopped = self.reader.get_ref().place();
        match error {
            quick_xml::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Error::Malformed { line: stopped.line, column: stopped.column, reason: error.to_string() }
            }
            quick_xml::Error::Io(error) => Error::System(std::io::Error::new(error.kind(), error.to_string())),
            quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => {
                self.error("expected well-formed XML: &name;, found a lone &; write it as &amp;")
            }
            error => self.error(format!("expected well-formed XML: {error}")),
        }
    }
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
