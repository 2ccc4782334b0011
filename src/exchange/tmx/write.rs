//! Writes TMX 1.4 at level 2.

use super::{CONTEXT, SIDE_ATTRIBUTES, STATUS, UNIT_ATTRIBUTES};
use crate::exchange::xml::{attribute, escape};
use crate::exchange::{Error, Give, Losses, date};
use crate::memory::{Details, SideDetails, Status, TranslationUnit};
use std::io::Write;

pub(super) fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
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
    "\" segtype=\"sentence\" o-tmf=\"jjak\" adminlang=\"en\" srclang=\"ko\" datatype=\"plaintext\"/>\n<body>\n"
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
        // The header says Korean for all others.
        if unit.source_language != "ko" {
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
        let left_out = attribute(name, value, &mut self.out);
        self.report_left_out(left_out);
    }

    fn escape(&mut self, text: &str) {
        let left_out = escape(text, &mut self.out);
        self.report_left_out(left_out);
    }

    fn report_left_out(&mut self, left_out: bool) {
        if left_out {
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
