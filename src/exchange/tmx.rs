//! TMX 1.4b: translation memories of every tool. Reads 1.1 to 1.4, writes 1.4 at level 2.

use crate::exchange::language::{base, normal};
use crate::exchange::xml::{Node, Parser, escape};
use crate::exchange::{Error, Format, Give, Losses, Take, date};
use crate::memory::key::fingerprint;
use crate::memory::{Details, SideDetails, Status, TranslationUnit};
use std::borrow::Cow;
use std::io::{Read, Write};

/// TMX 1.4b.
pub const FORMAT: Format = Format { name: "tmx", endings: &["tmx"], about: "translation memory exchange 1.4b", read, write };

/// Attributes of a unit that TMX 1.4 has and that are kept as they are; the dates and the `tuid` have fields of their own.
const UNIT_ATTRIBUTES: &[&str] = &[
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationid",
    "segtype",
    "changeid",
    "o-tmf",
    "srclang",
];

/// Attributes of a side that are kept as they are.
const SIDE_ATTRIBUTES: &[&str] = &[
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationdate",
    "creationid",
    "changedate",
    "o-tmf",
    "changeid",
];

/// Properties in which this program writes what TMX has no word for.
const STATUS: &str = "x-jjak-status";
const CONTEXT: &str = "x-jjak-context";

/// Properties in which other tools write the sentence before.
const CONTEXTS: &[&str] = &["prev", "x-context-pre", "x-previous-source-text"];

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut reader = Reader { parser: Parser::new(file)?, source_language: String::new(), losses: Losses::default() };
    reader.document(take)?;
    if let Some(note) = reader.parser.note() {
        reader.losses.add(note.to_string(), None);
    }
    Ok(reader.losses)
}

struct Reader<'a> {
    parser: Parser<'a>,
    /// What the header says is the source language, or `*all*`.
    source_language: String,
    losses: Losses,
}

/// A unit as the file has it.
#[derive(Default)]
struct Unit {
    key: Option<String>,
    created: Option<i64>,
    changed: Option<i64>,
    source_language: Option<String>,
    status: Status,
    context: Option<u32>,
    details: Details,
    sides: Vec<Side>,
}

/// A `tuv`.
#[derive(Default)]
struct Side {
    language: Cow<'static, str>,
    text: String,
    details: SideDetails,
}

impl Reader<'_> {
    fn document(&mut self, take: &mut Take) -> Result<(), Error> {
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "tmx" if self.parser.depth() == 1 => {}
                    "body" => {}
                    _ if self.parser.depth() == 1 => {
                        return Err(self.parser.error(format!("expected a TMX document, found the element <{}>", self.parser.name())));
                    }
                    "header" => self.header()?,
                    "tu" => self.unit(take)?,
                    _ => self.skip("elements that TMX does not have")?,
                },
                Node::Text if !self.parser.text().trim().is_empty() => self.lose("pieces of text outside units"),
                Node::End | Node::Text => {}
                Node::Done => return Ok(()),
            }
        }
    }

    fn lose(&mut self, what: &str) {
        let line = self.parser.place().line;
        self.losses.add(what, Some(line));
    }

    /// Passes over an element whose beginning has been read.
    fn skip(&mut self, what: &str) -> Result<(), Error> {
        self.lose(&format!("{what}: <{}>", self.parser.name()));
        self.text_inside().map(|_| ())
    }

    /// All text of an element whose beginning has been read, up to its end.
    fn text_inside(&mut self) -> Result<String, Error> {
        let depth = self.parser.depth();
        let mut text = String::new();
        loop {
            match self.parser.advance()? {
                Node::Text => text.push_str(self.parser.text()),
                Node::End if self.parser.depth() < depth => return Ok(text),
                _ => {}
            }
        }
    }

    fn header(&mut self) -> Result<(), Error> {
        self.source_language = self.parser.attribute("srclang").unwrap_or("").to_string();
        loop {
            match self.parser.advance()? {
                Node::Start => {
                    self.lose("notes and properties of the whole file");
                    self.text_inside()?;
                }
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn unit(&mut self, take: &mut Take) -> Result<(), Error> {
        let mut unit = self.unit_attributes();
        let line = self.parser.place().line;
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "tuv" => unit.sides.extend(self.side()?),
                    "note" => unit.details.notes.push(self.text_inside()?),
                    "prop" => {
                        let (kind, value) = self.property()?;
                        unit.property(kind, value);
                    }
                    _ => self.skip("elements that TMX does not have")?,
                },
                Node::End => return self.hand_on(unit, line, take),
                _ => {}
            }
        }
    }

    fn unit_attributes(&mut self) -> Unit {
        let mut unit = Unit::default();
        for (name, value) in self.parser.attributes().to_vec() {
            match name.as_str() {
                "tuid" => unit.key = Some(value),
                "creationdate" if date::parse(&value).is_some() => unit.created = date::parse(&value),
                "changedate" if date::parse(&value).is_some() => unit.changed = date::parse(&value),
                _ if UNIT_ATTRIBUTES.contains(&name.as_str()) => {
                    if name == "srclang" {
                        unit.source_language = Some(value.clone());
                    }
                    unit.details.attributes.push((name, value));
                }
                _ => self.lose(&format!("attributes of <tu> that TMX does not have or that are no date: {name}")),
            }
        }
        unit
    }

    /// A property; its own language and encoding are not kept.
    fn property(&mut self) -> Result<(String, String), Error> {
        let kind = self.parser.attribute("type").unwrap_or("").to_string();
        if self.parser.attributes().iter().any(|(name, _)| name != "type") {
            self.lose("languages and encodings of properties");
        }
        Ok((kind, self.text_inside()?))
    }

    fn side(&mut self) -> Result<Option<Side>, Error> {
        let mut side = Side::default();
        for (name, value) in self.parser.attributes().to_vec() {
            match name.as_str() {
                "xml:lang" => side.language = normal(&value),
                "lang" if side.language.is_empty() => side.language = normal(&value),
                _ if SIDE_ATTRIBUTES.contains(&name.as_str()) => side.details.attributes.push((name, value)),
                _ => self.lose(&format!("attributes of <tuv> that TMX does not have: {name}")),
            }
        }
        let has_language = !side.language.is_empty();
        if !has_language {
            self.lose("sides without a language");
        }
        let mut has_text = false;
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "seg" if has_text => self.skip("second texts of one side")?,
                    "seg" => {
                        has_text = true;
                        self.segment(&mut side)?;
                    }
                    "note" => side.details.notes.push(self.text_inside()?),
                    "prop" => side.details.properties.push(self.property()?),
                    _ => self.skip("elements that TMX does not have")?,
                },
                Node::End => return Ok(Some(side).filter(|_| has_language)),
                _ => {}
            }
        }
    }

    /// The text of a `seg`, with inline elements taken out: of `hi` only the tags, of the others all that is inside, since
    /// that is the code of the original.
    fn segment(&mut self, side: &mut Side) -> Result<(), Error> {
        let depth = self.parser.depth();
        loop {
            match self.parser.advance()? {
                Node::Text => side.text.push_str(self.parser.text()),
                Node::Start if self.parser.name() == "hi" => {
                    let tag = self.tag();
                    side.details.inline.push((side.text.len(), tag));
                }
                Node::Start => {
                    let code = self.code()?;
                    side.details.inline.push((side.text.len(), code));
                }
                Node::End if self.parser.depth() < depth => return Ok(()),
                Node::End => side.details.inline.push((side.text.len(), format!("</{}>", self.parser.name()))),
                Node::Done => return Ok(()),
            }
        }
    }

    /// The tag that has just begun, as XML.
    fn tag(&self) -> String {
        let mut tag = format!("<{}", self.parser.name());
        for (name, value) in self.parser.attributes() {
            tag.push(' ');
            tag.push_str(name);
            tag.push_str("=\"");
            escape(value, &mut tag);
            tag.push('"');
        }
        tag.push('>');
        tag
    }

    /// An inline element whose beginning has been read, whole, as XML.
    fn code(&mut self) -> Result<String, Error> {
        let depth = self.parser.depth();
        if !matches!(self.parser.name(), "bpt" | "ept" | "it" | "ph" | "ut") {
            self.lose(&format!("inline elements that TMX does not have: <{}>", self.parser.name()));
        }
        let mut code = self.tag();
        loop {
            match self.parser.advance()? {
                Node::Text => {
                    escape(self.parser.text(), &mut code);
                }
                Node::Start => {
                    if self.parser.name() == "sub" {
                        self.lose("texts inside inline elements, kept but not looked up");
                    }
                    code.push_str(&self.tag());
                }
                Node::End => {
                    code.push_str(&format!("</{}>", self.parser.name()));
                    if self.parser.depth() < depth {
                        return Ok(code);
                    }
                }
                Node::Done => return Ok(code),
            }
        }
    }

    /// Makes the pairs of a unit: its Korean text, or else the one in the source language, with each of the others.
    fn hand_on(&mut self, mut unit: Unit, line: usize, take: &mut Take) -> Result<(), Error> {
        unit.sides.retain(|side| !side.text.trim().is_empty());
        if unit.sides.len() < 2 {
            let what = if unit.sides.is_empty() { "units without text" } else { "units in one language only" };
            self.losses.add(what, Some(line));
            return Ok(());
        }
        let wanted = normal(unit.source_language.as_deref().unwrap_or(&self.source_language));
        let source = unit.source_index(&wanted);
        let source = unit.sides.remove(source);
        let sides = std::mem::take(&mut unit.sides);
        let last = sides.len() - 1;
        for (index, target) in sides.into_iter().enumerate() {
            if index == last {
                return take(unit.into_pair(source, target));
            }
            take(unit.pair(&source, target))?;
        }
        Ok(())
    }
}

impl Unit {
    fn property(&mut self, kind: String, value: String) {
        match kind.as_str() {
            STATUS => self.status = Status::ALL.into_iter().find(|status| status.name() == value).unwrap_or_default(),
            CONTEXT => self.context = u32::from_str_radix(&value, 16).ok(),
            _ => {
                if CONTEXTS.contains(&kind.as_str()) {
                    self.context = Some(fingerprint(value.trim()));
                }
                self.details.properties.push((kind, value));
            }
        }
    }

    fn source_index(&self, wanted: &str) -> usize {
        let position = |fits: &dyn Fn(&str) -> bool| self.sides.iter().position(|side| fits(&side.language));
        position(&|language| base(language) == "ko")
            .or_else(|| position(&|language| language.eq_ignore_ascii_case(wanted)))
            .or_else(|| position(&|language| base(language) == base(wanted)))
            .unwrap_or(0)
    }

    fn pair(&self, source: &Side, target: Side) -> TranslationUnit {
        let copy = Unit { key: self.key.clone(), source_language: None, details: self.details.clone(), sides: Vec::new(), ..*self };
        let source = Side { language: source.language.clone(), text: source.text.clone(), details: source.details.clone() };
        copy.into_pair(source, target)
    }

    fn into_pair(self, source: Side, target: Side) -> TranslationUnit {
        let details = Details { source: source.details, target: target.details, ..self.details };
        TranslationUnit {
            source: source.text,
            target: target.text,
            source_language: source.language,
            target_language: target.language,
            status: self.status,
            key: self.key,
            created: self.created,
            changed: self.changed,
            context: self.context,
            details: (!details.is_empty()).then(|| Box::new(details)),
        }
    }
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    let mut writer = Writer { file, out: String::with_capacity(FULL * 2), before: None, losses: Losses::default() };
    writer.out.push_str(HEAD);
    give(&mut |unit| writer.add(unit))?;
    writer.close_unit();
    writer.out.push_str("</body>\n</tmx>\n");
    writer.flush()?;
    Ok(writer.losses)
}

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n",
    "<header creationtool=\"jjak\" creationtoolversion=\"",
    env!("CARGO_PKG_VERSION"),
    "\" segtype=\"sentence\" o-tmf=\"jjak\" adminlang=\"en\" srclang=\"*all*\" datatype=\"plaintext\"/>\n<body>\n"
);

/// Bytes that are gathered before they are written.
const FULL: usize = 256 * 1024;

struct Writer<'a> {
    file: &'a mut dyn Write,
    out: String,
    /// The unit written last, whose element is still open: the next may be the same text in another language.
    before: Option<TranslationUnit>,
    losses: Losses,
}

impl Writer<'_> {
    fn add(&mut self, unit: TranslationUnit) -> Result<(), Error> {
        let goes_on = self.before.as_ref().is_some_and(|before| belongs_to(before, &unit));
        if !goes_on {
            self.close_unit();
            self.open_unit(&unit);
        }
        let details = unit.details.as_deref();
        self.side(&unit.target_language, &unit.target, details.map(|details| &details.target));
        self.before = Some(unit);
        if self.out.len() >= FULL { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.file.write_all(self.out.as_bytes())?;
        self.out.clear();
        Ok(())
    }

    fn close_unit(&mut self) {
        if self.before.take().is_some() {
            self.out.push_str("</tu>\n");
        }
    }

    fn open_unit(&mut self, unit: &TranslationUnit) {
        let nothing = Details::default();
        let details = unit.details.as_deref().unwrap_or(&nothing);
        self.out.push_str("<tu");
        self.some_attribute("tuid", unit.key.as_deref());
        self.some_attribute("creationdate", unit.created.map(date::compact).as_deref());
        self.some_attribute("changedate", unit.changed.map(date::compact).as_deref());
        self.attributes(&details.attributes, UNIT_ATTRIBUTES);
        if !details.attributes.iter().any(|(name, _)| name == "srclang") {
            self.some_attribute("srclang", Some(&unit.source_language));
        }
        self.out.push('>');
        self.notes(&details.notes, &details.properties);
        if unit.status != Status::Confirmed {
            self.element("prop", &[("type", STATUS)], unit.status.name());
        }
        if let Some(context) = unit.context {
            self.element("prop", &[("type", CONTEXT)], &format!("{context:08x}"));
        }
        self.side(&unit.source_language, &unit.source, Some(&details.source));
    }

    fn side(&mut self, language: &str, text: &str, details: Option<&SideDetails>) {
        self.out.push_str("<tuv xml:lang=\"");
        self.escape(language);
        self.out.push('"');
        if let Some(details) = details {
            self.attributes(&details.attributes, SIDE_ATTRIBUTES);
        }
        self.out.push('>');
        if let Some(details) = details {
            self.notes(&details.notes, &details.properties);
        }
        self.out.push_str("<seg>");
        self.segment(text, details.map_or(&[], |details| &details.inline));
        self.out.push_str("</seg></tuv>");
    }

    /// The text with its inline mark-up put back where it stood.
    fn segment(&mut self, text: &str, inline: &[(usize, String)]) {
        let mut at = 0;
        for (offset, code) in inline {
            if let Some(piece) = text.get(at..*offset) {
                self.escape(piece);
                at = *offset;
            }
            self.out.push_str(code);
        }
        self.escape(&text[at..]);
    }

    fn notes(&mut self, notes: &[String], properties: &[(String, String)]) {
        for note in notes {
            self.element("note", &[], note);
        }
        for (kind, value) in properties {
            self.element("prop", &[("type", kind)], value);
        }
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.out.push('<');
        self.out.push_str(name);
        attributes.iter().for_each(|(name, value)| self.some_attribute(name, Some(value)));
        self.out.push('>');
        self.escape(text);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attributes(&mut self, attributes: &[(String, String)], known: &[&str]) {
        for (name, value) in attributes.iter().filter(|(name, _)| known.contains(&name.as_str())) {
            self.some_attribute(name, Some(value));
        }
    }

    fn some_attribute(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(value);
        self.out.push('"');
    }

    fn escape(&mut self, text: &str) {
        if escape(text, &mut self.out) {
            self.losses.add("texts with control characters, which XML does not allow; they were left out", None);
        }
    }
}

/// Whether a unit is the one before in a further language.
fn belongs_to(before: &TranslationUnit, unit: &TranslationUnit) -> bool {
    let shared = |unit: &TranslationUnit| {
        unit.details
            .as_deref()
            .map(|details| (details.attributes.clone(), details.properties.clone(), details.notes.clone(), details.source.clone()))
    };
    before.key.is_some()
        && before.key == unit.key
        && before.source == unit.source
        && before.source_language == unit.source_language
        && before.target_language != unit.target_language
        && (before.created, before.changed, before.status, before.context) == (unit.created, unit.changed, unit.status, unit.context)
        && shared(before) == shared(unit)
}
