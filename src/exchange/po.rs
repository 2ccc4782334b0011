//! PO of gettext: messages and their translations, with the conventions of its common tools.

use crate::exchange::language::{base, normal};
use crate::exchange::stream::{Rules, Stream};
use crate::exchange::{Error, Format, Give, Losses, Take};
use crate::memory::key::mix;
use crate::memory::{Details, Status, TranslationUnit};
use crate::text::Language;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::io::{Read, Write};

/// PO.
pub const FORMAT: Format = Format { name: "po", endings: &["po", "pot"], about: "gettext messages", read, write };

/// Properties in which the comments of an entry are kept, with the sign that begins their line.
const COMMENTS: &[(&str, &str)] = &[("po-extracted", "#. "), ("po-reference", "#: "), ("po-flags", "#, ")];

/// The property in which the context of a message is kept.
const CONTEXT: &str = "po-context";

/// The flag of a translation that nobody has looked at since its message changed.
const FUZZY: &str = "fuzzy";

/// An entry, as far as it has been read.
#[derive(Default)]
struct Entry {
    line: usize,
    comments: Vec<String>,
    /// By the index of their kind in [`COMMENTS`].
    others: Vec<(usize, String)>,
    context: Option<String>,
    id: Option<String>,
    plural: Option<String>,
    translations: Vec<String>,
    is_obsolete: bool,
}

/// The string that further lines go on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    Context,
    Id,
    Plural,
    Translation,
}

fn read(file: &mut dyn Read, take: &mut Take) -> Result<Losses, Error> {
    let mut stream = Stream::new(file, Rules::Text)?;
    let mut reader = Reader { entry: Entry::default(), part: Part::Nothing, languages: None, losses: Losses::default() };
    let (mut text, mut number) = (String::new(), 0);
    while stream.read_line(&mut text)? {
        number += 1;
        reader.line(&text, number, take)?;
    }
    reader.end(take)?;
    if let Some(note) = stream.note() {
        reader.losses.add(note, None);
    }
    Ok(reader.losses)
}

struct Reader {
    entry: Entry,
    part: Part,
    /// Of messages and of translations, as the header tells; either may be missing.
    languages: Option<(Cow<'static, str>, Cow<'static, str>)>,
    losses: Losses,
}

/// Bytes of one entry.
const MOST_BYTES: usize = 4 * 1024 * 1024;

impl Reader {
    fn line(&mut self, line: &str, number: usize, take: &mut Take) -> Result<(), Error> {
        let line = line.trim();
        let (line, is_obsolete) = match line.strip_prefix("#~") {
            Some(rest) => (rest.trim_start(), true),
            None => (line, false),
        };
        if line.is_empty() || line.starts_with("#") && self.part != Part::Nothing {
            self.end(take)?;
        }
        self.entry.is_obsolete |= is_obsolete;
        if line.is_empty() {
            return Ok(());
        }
        if self.entry.line == 0 {
            self.entry.line = number;
        }
        match line.strip_prefix('#') {
            Some(comment) => self.comment(comment),
            None => return self.string(line, number, take),
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        let kind = COMMENTS.iter().position(|(_, sign)| comment.starts_with(&sign[1..2]));
        match (kind, comment.chars().next()) {
            (Some(kind), _) => self.entry.others.push((kind, comment[1..].trim().to_string())),
            (None, Some('|')) => self.losses.add("earlier messages of changed entries", Some(self.entry.line)),
            (None, _) => self.entry.comments.push(comment.trim().to_string()),
        }
    }

    fn string(&mut self, line: &str, number: usize, take: &mut Take) -> Result<(), Error> {
        let (keyword, string) = line.split_at(line.find('"').unwrap_or(line.len()));
        let keyword = keyword.trim();
        let string = unquoted(string).map_err(|reason| Error::Malformed { line: number, column: 1 + keyword.chars().count(), reason })?;
        let begins = matches!(keyword, "msgctxt") || keyword == "msgid" && self.part != Part::Context;
        if begins && self.part != Part::Nothing {
            self.end(take)?;
            self.entry.line = number;
        }
        let entry = &mut self.entry;
        match keyword {
            "" if self.part != Part::Nothing => {}
            "msgctxt" => (self.part, entry.context) = (Part::Context, Some(String::new())),
            "msgid" => (self.part, entry.id) = (Part::Id, Some(String::new())),
            "msgid_plural" => (self.part, entry.plural) = (Part::Plural, Some(String::new())),
            _ if keyword == "msgstr" || keyword.starts_with("msgstr[") && keyword.ends_with(']') => {
                self.part = Part::Translation;
                entry.translations.push(String::new());
            }
            _ => {
                let shown: String = line.chars().take(30).collect();
                let reason = format!("expected msgctxt, msgid, msgid_plural, msgstr, a string or a comment, found {shown:?}");
                return Err(Error::Malformed { line: number, column: 1, reason });
            }
        }
        let to = match self.part {
            Part::Context => entry.context.as_mut(),
            Part::Id => entry.id.as_mut(),
            Part::Plural => entry.plural.as_mut(),
            _ => entry.translations.last_mut(),
        };
        let to = to.expect("made above or by the line before");
        to.push_str(&string);
        if to.len() > MOST_BYTES {
            let reason = format!("expected a message of at most {} MB, found more", MOST_BYTES / 1024 / 1024);
            return Err(Error::Malformed { line: number, column: 1, reason });
        }
        Ok(())
    }

    /// Ends the entry that is being read, if there is one.
    fn end(&mut self, take: &mut Take) -> Result<(), Error> {
        self.part = Part::Nothing;
        let entry = std::mem::take(&mut self.entry);
        let Some(id) = entry.id.clone() else { return Ok(()) };
        if id.is_empty() && entry.context.is_none() {
            self.header(entry.translations.first().map_or("", String::as_str));
            return Ok(());
        }
        if entry.is_obsolete {
            self.losses.add("obsolete entries", Some(entry.line));
            return Ok(());
        }
        let Some(first) = entry.translations.first().filter(|first| !first.is_empty()) else {
            self.losses.add("entries without a translation", Some(entry.line));
            return Ok(());
        };
        let Some(plural) = &entry.plural else { return take(self.unit(&entry, &id, first)) };
        // A language with one form, as Korean is, has that of many: "%d votes", not "one vote".
        self.losses.add("plural forms, taken as units of their own", Some(entry.line));
        if entry.translations.len() > 1 {
            take(self.unit(&entry, &id, first))?;
        }
        match entry.translations.last().filter(|last| !last.is_empty()) {
            Some(last) => take(self.unit(&entry, plural, last)),
            None => Ok(()),
        }
    }

    fn header(&mut self, header: &str) {
        let value = |name: &str| {
            header.lines().find_map(|line| Some(line.split_once(':').filter(|(known, _)| known.eq_ignore_ascii_case(name))?.1.trim()))
        };
        if let Some(target) = value("Language").filter(|tag| !tag.is_empty()) {
            let source = value("X-Source-Language").filter(|tag| !tag.is_empty());
            self.languages = Some((source.map_or("en".into(), normal), normal(target)));
        }
    }

    /// The languages of a message and its translation: as the header says, or as their scripts do.
    fn languages_of(&self, id: &str) -> (Cow<'static, str>, Cow<'static, str>) {
        match &self.languages {
            Some(languages) => languages.clone(),
            None if Language::detect(id) == Some(Language::Korean) => ("ko".into(), "en".into()),
            None => ("en".into(), "ko".into()),
        }
    }

    fn unit(&self, entry: &Entry, id: &str, translation: &str) -> TranslationUnit {
        let (from, to) = self.languages_of(id);
        let mut unit = TranslationUnit::new(id, translation);
        (unit.source_language, unit.target_language) = (from, to);
        if base(&unit.target_language) == "ko" && base(&unit.source_language) != "ko" {
            std::mem::swap(&mut unit.source, &mut unit.target);
            std::mem::swap(&mut unit.source_language, &mut unit.target_language);
        }
        let mut details = Details::default();
        if !entry.comments.is_empty() {
            details.notes.push(entry.comments.join("\n"));
        }
        details.properties.extend(entry.context.iter().map(|context| (CONTEXT.to_string(), context.clone())));
        for (kind, text) in &entry.others {
            let flags: Vec<&str> = text.split(',').map(str::trim).filter(|flag| *flag != FUZZY).collect();
            let is_flags = COMMENTS[*kind].0 == "po-flags";
            if is_flags && flags.len() < text.split(',').count() {
                unit.status = Status::Proposed;
            }
            let text = if is_flags { flags.join(", ") } else { text.clone() };
            details.properties.extend((!text.is_empty()).then(|| (COMMENTS[*kind].0.to_string(), text)));
        }
        unit.details = (!details.is_empty()).then(|| Box::new(details));
        unit
    }
}

/// What a quoted string means.
fn unquoted(string: &str) -> Result<String, String> {
    let inner =
        string.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or("expected a string in quotes that end on its line")?;
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return Err("expected one string on a line, found a quote inside it; write it as \\\"".into()),
            '\\' => out.push(match characters.next().ok_or("expected a character after the backslash, found the end of the line")? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{C}',
                'v' => '\u{B}',
                other => other,
            }),
            other => out.push(other),
        }
    }
    Ok(out)
}

fn write(file: &mut dyn Write, give: &mut Give) -> Result<Losses, Error> {
    let mut writer = Writer { file, languages: None, written: FxHashSet::default(), losses: Losses::default() };
    give(&mut |unit| writer.add(&unit))?;
    if writer.languages.is_none() {
        writer.header("ko", "en")?;
    }
    Ok(writer.losses)
}

struct Writer<'a> {
    file: &'a mut dyn Write,
    /// Of the first unit; a file has one pair of them.
    languages: Option<(String, String)>,
    /// Fingerprints of the messages with their contexts: none may stand in a file twice.
    written: FxHashSet<u64>,
    losses: Losses,
}

impl Writer<'_> {
    fn header(&mut self, source: &str, target: &str) -> Result<(), Error> {
        let lines = [
            "MIME-Version: 1.0".to_string(),
            "Content-Type: text/plain; charset=UTF-8".to_string(),
            "Content-Transfer-Encoding: 8bit".to_string(),
            format!("Language: {}", target.replace('-', "_")),
            format!("X-Source-Language: {}", source.replace('-', "_")),
            format!("X-Generator: jjak {}", env!("CARGO_PKG_VERSION")),
        ];
        writeln!(self.file, "msgid \"\"\nmsgstr \"\"")?;
        lines.iter().try_for_each(|line| writeln!(self.file, "\"{line}\\n\""))?;
        self.languages = Some((source.to_string(), target.to_string()));
        Ok(())
    }

    fn add(&mut self, unit: &TranslationUnit) -> Result<(), Error> {
        if self.languages.is_none() {
            self.header(&unit.source_language, &unit.target_language)?;
        }
        if !self.losses.carries(self.languages.as_ref().expect("set above"), unit) {
            return Ok(());
        }
        self.report(unit);
        let nothing = Details::default();
        let details = unit.details.as_deref().unwrap_or(&nothing);
        writeln!(self.file)?;
        for line in details.notes.iter().flat_map(|note| note.lines()) {
            writeln!(self.file, "# {line}")?;
        }
        let mut flags = Vec::from_iter((unit.status != Status::Confirmed).then_some(FUZZY));
        for (name, sign) in COMMENTS {
            for (_, text) in details.properties.iter().filter(|(known, _)| known == name) {
                match *name == "po-flags" {
                    true => flags.push(text),
                    false => text.lines().try_for_each(|line| writeln!(self.file, "{sign}{line}"))?,
                }
            }
        }
        if !flags.is_empty() {
            writeln!(self.file, "#, {}", flags.join(", "))?;
        }
        if let Some(context) = self.context(unit, details) {
            self.string("msgctxt", &context)?;
        }
        self.string("msgid", &unit.source)?;
        self.string("msgstr", &unit.target)
    }

    /// The context of the message; one is made up where the same message has been written without.
    fn context(&mut self, unit: &TranslationUnit, details: &Details) -> Option<String> {
        let context = details.properties.iter().find(|(name, _)| name == CONTEXT).map(|(_, value)| value.clone());
        let fingerprint = |context: &Option<String>| mix(format!("{context:?}\u{4}{}", unit.source).as_bytes());
        if self.written.insert(fingerprint(&context)) {
            return context;
        }
        self.losses.add("further translations of one text, told apart by a context of their own", None);
        let mut number = 2;
        loop {
            let made_up = Some(format!("{} {number}", context.as_deref().unwrap_or("")).trim_start().to_string());
            if self.written.insert(fingerprint(&made_up)) {
                return made_up;
            }
            number += 1;
        }
    }

    fn string(&mut self, keyword: &str, text: &str) -> Result<(), Error> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.len() > 1 {
            writeln!(self.file, "{keyword} \"\"")?;
            lines.iter().try_for_each(|line| writeln!(self.file, "\"{}\"", escaped(line)))?;
        } else {
            writeln!(self.file, "{keyword} \"{}\"", escaped(text))?;
        }
        Ok(())
    }

    fn report(&mut self, unit: &TranslationUnit) {
        let details = unit.details.as_deref();
        let is_known = |name: &str| name == CONTEXT || COMMENTS.iter().any(|(known, _)| *known == name);
        let lost = [
            (unit.status == Status::Rejected, "that a unit is rejected; it is written as fuzzy"),
            (unit.key.is_some(), "keys"),
            (unit.created.is_some() || unit.changed.is_some(), "dates"),
            (unit.context.is_some(), "the sentence before"),
            (details.is_some_and(|details| details.properties.iter().any(|(name, _)| !is_known(name))), "properties"),
            (details.is_some_and(|details| !details.attributes.is_empty()), "attributes (who made it, how often it was used)"),
            (details.is_some_and(|details| !details.source.is_empty() || !details.target.is_empty()), "what is known of one side alone"),
        ];
        lost.iter().filter(|(is_lost, _)| *is_lost).for_each(|(_, what)| self.losses.add(what, None));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            other => out.push(other),
        }
    }
    out
}
