//! Writes XLIFF 2.1.

use super::{CATEGORY, ID, PROPERTIES, REJECTED, TMX};
use crate::exchange::xml::{attribute, escape, is_allowed};
use crate::exchange::{Error, Give, Losses, date};
use crate::memory::{Details, SideDetails, Status, TranslationUnit};
use std::io::Write;

pub(super) fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    let mut writer = Writer { file, out: String::with_capacity(FULL * 2), languages: None, number: 0, losses: Losses::default() };
    give(&mut |unit| writer.add(&unit))?;
    if writer.languages.is_none() {
        writer.head("ko", "en");
        // A file without a unit is none; the smallest unit says nothing.
        writer.out.push_str("<unit id=\"jjak-0\"><segment><source></source></segment></unit>\n");
    }
    writer.out.push_str("</file>\n</xliff>\n");
    writer.flush()?;
    Ok(writer.losses)
}

/// Bytes that are gathered before they are written.
const FULL: usize = 256 * 1024;

struct Writer<'a> {
    file: &'a mut dyn Write,
    out: String,
    /// Of the first unit; a document has one pair of them.
    languages: Option<(String, String)>,
    number: u64,
    losses: Losses,
}

impl Writer<'_> {
    fn head(&mut self, source: &str, target: &str) {
        self.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" ");
        self.out.push_str("xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\" srcLang=\"");
        escape(source, &mut self.out);
        self.out.push_str("\" trgLang=\"");
        escape(target, &mut self.out);
        self.out.push_str("\">\n<file id=\"jjak\" xml:space=\"preserve\">\n");
        self.languages = Some((source.to_string(), target.to_string()));
    }

    fn add(&mut self, unit: &TranslationUnit) -> Result<(), Error> {
        if self.languages.is_none() {
            self.head(&unit.source_language, &unit.target_language);
        }
        if !self.losses.carries(self.languages.as_ref().expect("set above"), unit) {
            return Ok(());
        }
        self.number += 1;
        self.unit(unit);
        if self.out.len() >= FULL { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.file.write_all(self.out.as_bytes())?;
        self.out.clear();
        Ok(())
    }

    fn unit(&mut self, unit: &TranslationUnit) {
        let nothing = Details::default();
        let details = unit.details.as_deref().unwrap_or(&nothing);
        self.report(details);
        self.out.push_str(&format!("<unit id=\"{ID}{}\"", self.number));
        self.some_attribute("name", unit.key.as_deref());
        self.out.push('>');
        self.metadata(unit, details);
        self.notes(details);
        self.original_data([&details.source, &details.target]);
        let state = if unit.status == Status::Confirmed { "final" } else { "initial" };
        self.out.push_str("<segment");
        self.some_attribute("state", Some(state));
        self.some_attribute("subState", (unit.status == Status::Rejected).then_some(REJECTED));
        self.out.push_str("><source>");
        self.text(&unit.source, &details.source.inline, 0);
        self.out.push_str("</source><target>");
        self.text(&unit.target, &details.target.inline, details.source.inline.len());
        self.out.push_str("</target></segment></unit>\n");
    }

    fn metadata(&mut self, unit: &TranslationUnit, details: &Details) {
        let own = [
            ("created", unit.created.map(date::readable)),
            ("changed", unit.changed.map(date::readable)),
            ("context", unit.context.map(|context| format!("{context:08x}"))),
        ];
        let own: Vec<(String, String)> = own.into_iter().filter_map(|(kind, value)| Some((kind.to_string(), value?))).collect();
        let groups = [(CATEGORY, &own), (PROPERTIES, &details.properties)];
        if groups.iter().all(|(_, group)| group.is_empty()) {
            return;
        }
        self.out.push_str("<mda:metadata>");
        for (category, group) in groups.into_iter().filter(|(_, group)| !group.is_empty()) {
            self.out.push_str("<mda:metaGroup");
            self.some_attribute("category", Some(category));
            self.out.push('>');
            for (kind, value) in group {
                self.out.push_str("<mda:meta");
                self.some_attribute("type", Some(kind));
                self.out.push('>');
                self.escape(value);
                self.out.push_str("</mda:meta>");
            }
            self.out.push_str("</mda:metaGroup>");
        }
        self.out.push_str("</mda:metadata>");
    }

    fn notes(&mut self, details: &Details) {
        if details.notes.is_empty() {
            return;
        }
        self.out.push_str("<notes>");
        for note in &details.notes {
            self.out.push_str("<note>");
            self.escape(note);
            self.out.push_str("</note>");
        }
        self.out.push_str("</notes>");
    }

    /// The codes of both sides, numbered through.
    fn original_data(&mut self, sides: [&SideDetails; 2]) {
        let mut codes = sides.iter().flat_map(|side| &side.inline).enumerate().peekable();
        if codes.peek().is_none() {
            return;
        }
        self.out.push_str("<originalData>");
        let codes: Vec<(usize, &String)> = codes.map(|(number, (_, code))| (number, code)).collect();
        for (number, code) in codes {
            self.out.push_str(&format!("<data id=\"d{}\">", number + 1));
            self.escape(code);
            self.out.push_str("</data>");
        }
        self.out.push_str("</originalData>");
    }

    /// A text with its mark-up as placeholders, the first of which has a number one higher than `before`.
    fn text(&mut self, text: &str, inline: &[(usize, String)], before: usize) {
        let mut at = 0;
        for (index, (offset, _)) in inline.iter().enumerate() {
            if let Some(piece) = text.get(at..*offset) {
                self.characters(piece);
                at = *offset;
            }
            let number = before + index + 1;
            self.out.push_str(&format!("<ph id=\"{number}\" type=\"other\" subType=\"{TMX}\" dataRef=\"d{number}\"/>"));
        }
        self.characters(&text[at..]);
    }

    /// Characters that XML does not allow have an element of their own.
    fn characters(&mut self, text: &str) {
        for piece in text.split_inclusive(|character| !is_allowed(character)) {
            let last = piece.chars().next_back().filter(|last| !is_allowed(*last));
            let length = piece.len() - last.map_or(0, char::len_utf8);
            escape(&piece[..length], &mut self.out);
            if let Some(last) = last {
                self.out.push_str(&format!("<cp hex=\"{:04X}\"/>", last as u32));
            }
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
            self.losses.add("notes and properties with control characters, which XML does not allow; they were left out", None);
        }
    }

    fn report(&mut self, details: &Details) {
        let of_side = |side: &SideDetails| !side.attributes.is_empty() || !side.properties.is_empty() || !side.notes.is_empty();
        let lost = [
            (!details.attributes.is_empty(), "attributes (who made it, how often it was used)"),
            (of_side(&details.source) || of_side(&details.target), "notes, properties and attributes of one side alone"),
        ];
        lost.iter().filter(|(is_lost, _)| *is_lost).for_each(|(_, what)| self.losses.add(what, None));
    }
}
