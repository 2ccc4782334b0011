//! Reads TMX of every version and tool.

use super::inline::{Inline, inline};
use super::{CONTEXT, CONTEXTS, SEGMENT_TYPES, SIDE_ATTRIBUTES, STATUS, UNIT_ATTRIBUTES};
use crate::exchange::language::{base, normal};
use crate::exchange::xml::{Node, Parser, escape};
use crate::exchange::{Error, Losses, Take, date};
use crate::memory::key::fingerprint;
use crate::memory::{Details, SideDetails, Status, TranslationUnit};
use std::borrow::Cow;
use std::io::Read;

/// Bytes of one unit with everything in it. The largest unit met in a real file had 40,000.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Sides of one unit: every one but the first makes a pair.
const MOST_SIDES: usize = 400;

pub(super) fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut reader = Reader { parser: Parser::new(file)?, source_language: String::new(), losses: Losses::default() };
    reader.document(take)?;
    if let Some(note) = reader.parser.note() {
        reader.losses.add(note, None);
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
        self.parser.text_inside().map(|_| ())
    }

    fn header(&mut self) -> Result<(), Error> {
        self.source_language = self.parser.attribute("srclang").unwrap_or("").to_string();
        loop {
            match self.parser.advance()? {
                Node::Start => {
                    self.lose("notes and properties of the whole file");
                    self.parser.text_inside()?;
                }
                Node::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn unit(&mut self, take: &mut Take) -> Result<(), Error> {
        self.parser.bound(Some(MOST_BYTES));
        let mut unit = self.unit_attributes();
        let line = self.parser.place().line;
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "tuv" if unit.sides.len() >= MOST_SIDES => {
                        return Err(self.parser.error(format!("expected at most {MOST_SIDES} languages of one unit, found more")));
                    }
                    "tuv" => unit.sides.extend(self.side()?),
                    "note" => unit.details.notes.push(self.note()?),
                    "prop" => {
                        let (kind, value) = self.property()?;
                        unit.property(kind, value);
                    }
                    _ => self.skip("elements that TMX does not have")?,
                },
                Node::End => {
                    self.parser.bound(None);
                    return self.hand_on(unit, line, take);
                }
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
                "segtype" if !SEGMENT_TYPES.contains(&value.as_str()) => self.lose("kinds of segment that TMX does not have"),
                "srclang" => unit.source_language = Some(value),
                _ if UNIT_ATTRIBUTES.contains(&name.as_str()) => unit.details.attributes.push((name, value)),
                _ => self.lose(&format!("attributes of <tu> that TMX does not have or that are no date: {name}")),
            }
        }
        unit
    }

    /// A note; its own language and encoding are not kept.
    fn note(&mut self) -> Result<String, Error> {
        if !self.parser.attributes().is_empty() {
            self.lose("languages and encodings of notes");
        }
        self.parser.text_inside()
    }

    /// A property; its own language and encoding are not kept.
    fn property(&mut self) -> Result<(String, String), Error> {
        let kind = self.parser.attribute("type").unwrap_or("").to_string();
        if self.parser.attributes().iter().any(|(name, _)| name != "type") {
            self.lose("languages and encodings of properties");
        }
        Ok((kind, self.parser.text_inside()?))
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
                    "note" => side.details.notes.push(self.note()?),
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
        let mut open: Vec<Option<&Inline>> = Vec::new();
        let mut code = String::new();
        loop {
            match self.parser.advance()? {
                Node::Text if is_code(&open) => {
                    escape(self.parser.text(), &mut code);
                }
                Node::Text => side.text.push_str(self.parser.text()),
                Node::Start => {
                    let inline = self.inline(&open, &mut code);
                    open.push(inline);
                }
                Node::End => match open.pop() {
                    Some(inline) => code.extend(inline.map(Inline::end)),
                    None => return Ok(()),
                },
                Node::Done => return Ok(()),
            }
            if !code.is_empty() && !is_code(&open) {
                side.details.inline.push((side.text.len(), std::mem::take(&mut code)));
            }
        }
    }

    /// The inline element that has just begun, its tag appended to the code; `None` if it may not stand here.
    fn inline(&mut self, open: &[Option<&Inline>], code: &mut String) -> Option<&'static Inline> {
        let holds_text = open.iter().flatten().next_back().is_none_or(|inline| inline.holds_text);
        let Some(inline) = inline(self.parser.name()).filter(|inline| inline.may_stand_in(holds_text)) else {
            self.lose(&format!("tags of inline elements that TMX does not have there: <{}>", self.parser.name()));
            return None;
        };
        if !holds_text {
            self.lose("texts inside inline elements, kept but not looked up");
        }
        let (tag, lost) = inline.tag(self.parser.attributes());
        if lost > 0 {
            self.lose(&format!("attributes that TMX does not have: of <{}>", self.parser.name()));
        }
        code.push_str(&tag);
        Some(inline)
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

/// Whether text inside these elements is code of the original.
fn is_code(open: &[Option<&Inline>]) -> bool {
    open.iter().flatten().any(|inline| !inline.holds_text)
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
