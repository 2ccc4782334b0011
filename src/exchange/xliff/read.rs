//! Reads XLIFF 1.2 and 2.

use super::{CATEGORY, ID, PROPERTIES, REJECTED, TMX};
use crate::exchange::language::{base, normal};
use crate::exchange::xml::{Node, Parser, escape, is_allowed};
use crate::exchange::{Error, Losses, Take, date, tmx};
use crate::memory::{Details, Status, TranslationUnit};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;

/// Bytes of one unit with everything in it.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

pub(super) fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut reader = Reader { parser: Parser::new(file)?, languages: Default::default(), losses: Losses::default() };
    reader.document(take)?;
    if let Some(note) = reader.parser.note() {
        reader.losses.add(note, None);
    }
    Ok(reader.losses)
}

struct Reader<'a> {
    parser: Parser<'a>,
    /// Of the sources and the targets.
    languages: (Cow<'static, str>, Cow<'static, str>),
    losses: Losses,
}

/// A text with the inline mark-up that was taken out of it.
#[derive(Clone, Default)]
struct Text {
    text: String,
    inline: Vec<(usize, String)>,
    /// Pieces that a tool has cut the text into, by their id.
    pieces: Vec<(String, Text)>,
}

/// A `trans-unit` of 1.2 or a `unit` of 2.
#[derive(Default)]
struct Unit {
    key: Option<String>,
    status: Status,
    created: Option<i64>,
    changed: Option<i64>,
    context: Option<u32>,
    details: Details,
    /// Codes by their id (2 only).
    data: BTreeMap<String, String>,
    /// Sources and targets that belong together.
    pairs: Vec<(Text, Text, Status, String)>,
}

/// States of 1.2 that say that a person has still to look at it.
const OPEN: &[&str] = &[
    "new",
    "needs-translation",
    "needs-adaptation",
    "needs-l10n",
    "needs-review-adaptation",
    "needs-review-l10n",
    "needs-review-translation",
];

impl Reader<'_> {
    fn document(&mut self, take: &mut Take) -> Result<(), Error> {
        loop {
            match self.parser.advance()? {
                Node::Start if self.parser.depth() == 1 => self.root()?,
                Node::Start => match self.parser.name() {
                    "file" => self.file(),
                    "body" | "group" => {}
                    "trans-unit" => self.unit_of_1(take)?,
                    "unit" => self.unit_of_2(take)?,
                    "notes" | "header" | "skeleton" => self.skip("headers, notes and skeletons of whole files")?,
                    _ => self.skip("elements beside units")?,
                },
                Node::End | Node::Text => {}
                Node::Done => return Ok(()),
            }
        }
    }

    fn root(&mut self) -> Result<(), Error> {
        if self.parser.name() != "xliff" {
            return Err(self.parser.error(format!("expected an XLIFF document, found the element <{}>", self.parser.name())));
        }
        let tag = |parser: &Parser, name| parser.attribute(name).map(normal).unwrap_or_default();
        self.languages = (tag(&self.parser, "srcLang"), tag(&self.parser, "trgLang"));
        Ok(())
    }

    /// In 1.2 each file has its own languages.
    fn file(&mut self) {
        if let Some(tag) = self.parser.attribute("source-language").map(normal) {
            self.languages.0 = tag;
            self.languages.1 = self.parser.attribute("target-language").map(normal).unwrap_or_default();
        }
    }

    fn lose(&mut self, what: &str) {
        let line = self.parser.place().line;
        self.losses.add(what, Some(line));
    }

    fn skip(&mut self, what: &str) -> Result<(), Error> {
        self.lose(&format!("{what}: <{}>", self.parser.name()));
        self.parser.text_inside().map(|_| ())
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.parser.attribute(name).map(str::to_string)
    }

    fn unit_of_1(&mut self, take: &mut Take) -> Result<(), Error> {
        self.parser.bound(Some(MOST_BYTES));
        let line = self.parser.place().line;
        let is_approved = self.parser.attribute("approved").map(|approved| approved == "yes");
        let mut unit = Unit { key: self.attribute("resname").or_else(|| self.attribute("id")), ..Unit::default() };
        let (mut source, mut cut, mut target) = (Text::default(), None, Text::default());
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "source" => source = self.text(&unit)?,
                    "seg-source" => cut = Some(self.text(&unit)?),
                    "target" => {
                        let state = self.attribute("state");
                        let is_open = state.as_deref().is_some_and(|state| OPEN.contains(&state));
                        if is_approved != Some(true) && (is_open || is_approved == Some(false)) {
                            unit.status = Status::Proposed;
                        }
                        target = self.text(&unit)?;
                    }
                    "note" => unit.details.notes.push(self.parser.text_inside()?),
                    _ => self.skip("elements of units that are not kept")?,
                },
                Node::End => break,
                _ => {}
            }
        }
        self.parser.bound(None);
        unit.pairs = pairs(source, cut, target, unit.status);
        self.hand_on(unit, line, take)
    }

    fn unit_of_2(&mut self, take: &mut Take) -> Result<(), Error> {
        self.parser.bound(Some(MOST_BYTES));
        let line = self.parser.place().line;
        let id = self.attribute("id").filter(|id| !id.starts_with(ID));
        let mut unit = Unit { key: self.attribute("name").or(id), ..Unit::default() };
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "segment" => self.segment(&mut unit)?,
                    "ignorable" => drop(self.parser.text_inside()?),
                    "notes" | "originalData" => {}
                    "note" => unit.details.notes.push(self.parser.text_inside()?),
                    "data" => {
                        let id = self.attribute("id").unwrap_or_default();
                        let data = self.text(&unit)?.text;
                        unit.data.insert(id, data);
                    }
                    "metadata" => self.metadata(&mut unit)?,
                    _ => self.skip("elements of units that are not kept")?,
                },
                Node::End if self.parser.name() == "unit" => break,
                _ => {}
            }
        }
        self.parser.bound(None);
        self.hand_on(unit, line, take)
    }

    fn segment(&mut self, unit: &mut Unit) -> Result<(), Error> {
        let status = match (self.parser.attribute("state"), self.parser.attribute("subState")) {
            (_, Some(REJECTED)) => Status::Rejected,
            (Some("initial"), _) => Status::Proposed,
            _ => Status::Confirmed,
        };
        let id = self.attribute("id").unwrap_or_else(|| (unit.pairs.len() + 1).to_string());
        let (mut source, mut target) = (Text::default(), Text::default());
        loop {
            match self.parser.advance()? {
                Node::Start => match self.parser.name() {
                    "source" => source = self.text(unit)?,
                    "target" => target = self.text(unit)?,
                    _ => self.skip("elements of units that are not kept")?,
                },
                Node::End => {
                    unit.pairs.push((source, target, status, id));
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn metadata(&mut self, unit: &mut Unit) -> Result<(), Error> {
        let depth = self.parser.depth();
        let mut category = String::new();
        loop {
            match self.parser.advance()? {
                Node::Start if self.parser.name() == "metaGroup" => category = self.attribute("category").unwrap_or_default(),
                Node::Start => {
                    let kind = self.attribute("type").unwrap_or_default();
                    let value = self.parser.text_inside()?;
                    match (category.as_str(), kind.as_str()) {
                        (CATEGORY, "created") => unit.created = date::parse(&value),
                        (CATEGORY, "changed") => unit.changed = date::parse(&value),
                        (CATEGORY, "context") => unit.context = u32::from_str_radix(&value, 16).ok(),
                        (PROPERTIES, _) => unit.details.properties.push((kind, value)),
                        _ => self.lose("metadata of other tools"),
                    }
                }
                Node::End if self.parser.depth() < depth => return Ok(()),
                _ => {}
            }
        }
    }

    /// The text of an element whose beginning has been read, up to its end, with inline elements taken out.
    fn text(&mut self, unit: &Unit) -> Result<Text, Error> {
        let mut reading = Reading { unit, open: Vec::new(), text: Text::default(), code: None, number: 0, annotations: 0 };
        loop {
            match self.parser.advance()? {
                Node::Text => reading.characters(self.parser.text()),
                Node::Start => reading.start(&self.parser),
                Node::End if reading.open.is_empty() => break,
                Node::End => reading.end(),
                Node::Done => break,
            }
        }
        let Reading { text, annotations, .. } = reading;
        if annotations > 0 {
            self.lose("annotations and cuts of tools inside texts");
        }
        Ok(text)
    }

    fn hand_on(&mut self, unit: Unit, line: usize, take: &mut Take) -> Result<(), Error> {
        let is_single = unit.pairs.len() == 1;
        for (source, target, status, id) in unit.pairs {
            if source.text.trim().is_empty() || target.text.trim().is_empty() {
                self.losses.add("units without a text or its translation", Some(line));
                continue;
            }
            let key = unit.key.as_ref().map(|key| if is_single { key.clone() } else { format!("{key}/{id}") });
            let mut pair = TranslationUnit {
                source_language: self.languages.0.clone(),
                target_language: self.languages.1.clone(),
                status,
                key,
                created: unit.created,
                changed: unit.changed,
                context: unit.context,
                ..TranslationUnit::new(source.text, target.text)
            };
            if pair.source_language.is_empty() || pair.target_language.is_empty() {
                self.losses.add("units without a language", Some(line));
                continue;
            }
            let mut details = unit.details.clone();
            (details.source.inline, details.target.inline) = (source.inline, target.inline);
            turn(&mut pair, &mut details);
            pair.details = (!details.is_empty()).then(|| Box::new(details));
            if tmx::drop_wrong_inline(&mut pair) {
                self.losses.add("inline mark-up that is none", Some(line));
            }
            take(pair)?;
        }
        Ok(())
    }
}

/// Makes the Korean side the source.
fn turn(pair: &mut TranslationUnit, details: &mut Details) {
    if base(&pair.target_language) == "ko" && base(&pair.source_language) != "ko" {
        std::mem::swap(&mut pair.source, &mut pair.target);
        std::mem::swap(&mut pair.source_language, &mut pair.target_language);
        std::mem::swap(&mut details.source, &mut details.target);
    }
}

/// The pairs of a unit of 1.2: piece by piece where both sides are cut alike, or whole.
fn pairs(source: Text, cut: Option<Text>, target: Text, status: Status) -> Vec<(Text, Text, Status, String)> {
    let pieces = cut.map(|cut| cut.pieces).unwrap_or_default();
    let is_cut_alike = !pieces.is_empty() && pieces.iter().map(|(id, _)| id).eq(target.pieces.iter().map(|(id, _)| id));
    if !is_cut_alike {
        return vec![(source, target, status, "1".into())];
    }
    let pairs = pieces.into_iter().zip(target.pieces);
    pairs.map(|((id, source), (_, target))| (source, target, status, id)).collect()
}

/// An inline element that is open.
enum Open {
    /// Its tags become mark-up, what is inside is text; with the number that joins them and the code at the end.
    Around(usize, String),
    /// What is inside is code of the original.
    Code,
    /// Its tags are dropped.
    Nothing,
    /// A piece that a tool has cut: where it begins in the text and in the mark-up, and its id.
    Piece(usize, usize, String),
}

/// A text being read.
struct Reading<'a> {
    unit: &'a Unit,
    open: Vec<Open>,
    text: Text,
    /// The tag of the code that is being read, and the code.
    code: Option<(String, &'static str, String)>,
    number: usize,
    annotations: usize,
}

impl Reading<'_> {
    fn characters(&mut self, text: &str) {
        match &mut self.code {
            Some((_, _, code)) => code.push_str(text),
            None => self.text.text.push_str(text),
        }
    }

    fn mark(&mut self, mark_up: String) {
        self.text.inline.push((self.text.text.len(), mark_up));
    }

    fn start(&mut self, parser: &Parser) {
        let data = |name: &str| parser.attribute(name).and_then(|id| self.unit.data.get(id)).map_or("", String::as_str);
        let kind =
            parser.attribute("ctype").or(parser.attribute("type")).map(|kind| format!(" type=\"{}\"", escaped(kind))).unwrap_or_default();
        let open = match parser.name() {
            _ if self.code.is_some() => Open::Nothing,
            "g" | "pc" => {
                self.number += 1;
                let begin = format!("<bpt i=\"{}\"{kind}>{}</bpt>", self.number, escaped(data("dataRefStart")));
                self.mark(begin);
                Open::Around(self.number, data("dataRefEnd").to_string())
            }
            "ph" if parser.attribute("subType") == Some(TMX) => {
                let raw = data("dataRef").to_string();
                self.mark(raw);
                Open::Nothing
            }
            "x" | "bx" | "ex" | "sc" | "ec" => {
                let (tag, end) = match parser.name() {
                    "x" => (format!("<ph{kind}>"), "</ph>"),
                    "bx" | "sc" => (format!("<it pos=\"begin\"{kind}>"), "</it>"),
                    _ => ("<it pos=\"end\">".to_string(), "</it>"),
                };
                let code = format!("{tag}{}{end}", escaped(data("dataRef")));
                self.mark(code);
                Open::Nothing
            }
            "bpt" | "ept" | "ph" | "it" => {
                let code = data("dataRef").to_string();
                self.code = Some(code_tag(parser, &kind, code));
                Open::Code
            }
            "cp" => {
                let code = parser.attribute("hex").and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
                self.text.text.extend(code.filter(|code| !is_allowed(*code)));
                Open::Nothing
            }
            "mrk" if parser.attribute("mtype") == Some("seg") => {
                let id = parser.attribute("mid").unwrap_or("").to_string();
                Open::Piece(self.text.text.len(), self.text.inline.len(), id)
            }
            _ => {
                self.annotations += 1;
                Open::Nothing
            }
        };
        self.open.push(open);
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Around(number, code)) => self.mark(format!("<ept i=\"{number}\">{}</ept>", escaped(&code))),
            Some(Open::Code) => {
                if let Some((tag, end, code)) = self.code.take() {
                    self.mark(format!("{tag}{}{end}", escaped(&code)));
                }
            }
            Some(Open::Piece(start, mark, id)) => {
                let inline = self.text.inline[mark..].iter().map(|(at, mark_up)| (at - start, mark_up.clone())).collect();
                let text = Text { text: self.text.text[start..].to_string(), inline, pieces: Vec::new() };
                self.text.pieces.push((id, text));
            }
            Some(Open::Nothing) | None => {}
        }
    }
}

/// The tags that a code gets in TMX, and what of it is known already.
fn code_tag(parser: &Parser, kind: &str, code: String) -> (String, &'static str, String) {
    let number = parser.attribute("rid").or(parser.attribute("id")).and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
    match parser.name() {
        "bpt" => (format!("<bpt i=\"{number}\"{kind}>"), "</bpt>", code),
        "ept" => (format!("<ept i=\"{number}\">"), "</ept>", code),
        "it" => {
            let place = if parser.attribute("pos") == Some("close") { "end" } else { "begin" };
            (format!("<it pos=\"{place}\"{kind}>"), "</it>", code)
        }
        _ => (format!("<ph{kind}>"), "</ph>", code),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}
