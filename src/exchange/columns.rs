//! Units as rows of cells, for the formats that are tables: which columns there are, under whatever name.

use crate::exchange::language::{base, normal};
use crate::exchange::{Losses, date};
use crate::memory::{Details, SideDetails, Status, TranslationUnit};
use std::borrow::Cow;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Source,
    Target,
    SourceLanguage,
    TargetLanguage,
    Status,
    Key,
    Created,
    Changed,
    Context,
    Note,
}

/// The names of columns, the first being the one that is written. Languages and their tags name a column too.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Source, &["source", "source text", "원문"]),
    (Column::Target, &["target", "target text", "translation", "번역", "번역문"]),
    (Column::SourceLanguage, &["source_language", "source language"]),
    (Column::TargetLanguage, &["target_language", "target language"]),
    (Column::Status, &["status"]),
    (Column::Key, &["key", "tuid", "id"]),
    (Column::Created, &["created", "creationdate"]),
    (Column::Changed, &["changed", "changedate"]),
    (Column::Context, &["context"]),
    (Column::Note, &["note", "notes", "comment"]),
];

/// Names of languages as people head their columns with them.
const LANGUAGES: &[(&str, &str)] = &[("korean", "ko"), ("한국어", "ko"), ("국문", "ko"), ("english", "en"), ("영어", "en"), ("영문", "en")];

/// Which columns a table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    columns: Vec<Option<Column>>,
    source_language: Cow<'static, str>,
    target_language: Cow<'static, str>,
}

impl Default for Layout {
    /// Korean, then English: a table without a header.
    fn default() -> Layout {
        Layout { columns: vec![Some(Column::Source), Some(Column::Target)], source_language: "ko".into(), target_language: "en".into() }
    }
}

impl Layout {
    /// The layout that the first row tells, if it is a header: it must name the columns of both texts.
    pub fn of_header(cells: &[&str]) -> Option<Layout> {
        let mut layout = Layout { columns: Vec::new(), ..Layout::default() };
        let mut languages = Vec::new();
        for cell in cells {
            let name = cell.trim().to_lowercase();
            let column = NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column);
            if let (None, Some(language)) = (column, language(&name)) {
                languages.push((layout.columns.len(), language));
            }
            layout.columns.push(column);
        }
        if let [first, second] = &languages[..] {
            let (source, target) = if base(&second.1) == "ko" { (second, first) } else { (first, second) };
            layout.columns[source.0] = Some(Column::Source);
            layout.columns[target.0] = Some(Column::Target);
            (layout.source_language, layout.target_language) = (source.1.clone(), target.1.clone());
        }
        let has = |column| layout.columns.contains(&Some(column));
        (has(Column::Source) && has(Column::Target)).then_some(layout)
    }

    /// The unit of a row. Fails with what was expected and found.
    pub fn unit(&self, cells: &[Cow<str>], line: usize, losses: &mut Losses) -> Result<TranslationUnit, String> {
        if cells.len() < 2 {
            return Err(format!("expected a text, its translation and what stands between them, found {} cell", cells.len()));
        }
        let mut unit = TranslationUnit::new("", "");
        (unit.source_language, unit.target_language) = (self.source_language.clone(), self.target_language.clone());
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match self.columns.get(index).copied().flatten() {
                Some(column) => fill(&mut unit, column, cell, line, losses),
                None => losses.add("cells of columns without a known name", Some(line)),
            }
        }
        if base(&unit.source_language) != "ko" && base(&unit.target_language) == "ko" {
            std::mem::swap(&mut unit.source, &mut unit.target);
            std::mem::swap(&mut unit.source_language, &mut unit.target_language);
        }
        Ok(unit)
    }
}

/// The tag of a column that is named after a language.
fn language(name: &str) -> Option<Cow<'static, str>> {
    if let Some((_, tag)) = LANGUAGES.iter().find(|(known, _)| *known == name) {
        return Some(Cow::Borrowed(tag));
    }
    let tag = normal(name);
    let is_tag = matches!(name.split(['-', '_']).next().map_or(0, str::len), 2 | 3) && name.len() <= 8 && name.is_ascii();
    (is_tag && base(&tag).len() == 2).then_some(tag)
}

fn fill(unit: &mut TranslationUnit, column: Column, cell: &str, line: usize, losses: &mut Losses) {
    match column {
        Column::Source => unit.source = cell.to_string(),
        Column::Target => unit.target = cell.to_string(),
        Column::SourceLanguage => unit.source_language = normal(cell),
        Column::TargetLanguage => unit.target_language = normal(cell),
        Column::Key => unit.key = Some(cell.to_string()),
        Column::Note => unit.details.get_or_insert_default().notes.push(cell.to_string()),
        Column::Status => match Status::ALL.into_iter().find(|status| status.name() == cell) {
            Some(status) => unit.status = status,
            None => losses.add(format!("statuses other than confirmed, proposed and rejected: {cell}"), Some(line)),
        },
        Column::Context => unit.context = u32::from_str_radix(cell, 16).ok(),
        Column::Created | Column::Changed => match date::parse(cell) {
            Some(at) if column == Column::Created => unit.created = Some(at),
            Some(at) => unit.changed = Some(at),
            None => losses.add("dates that are none", Some(line)),
        },
    }
}

/// The header that is written.
pub fn header() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, names)| names[0])
}

/// The cells of a unit, in the order of the header.
pub fn cells<'a>(unit: &'a TranslationUnit, losses: &mut Losses) -> Vec<Cow<'a, str>> {
    let details = unit.details.as_deref();
    if let Some(details) = details {
        report(details, losses);
    }
    let note = details.and_then(|details| details.notes.first());
    let cell = |column| match column {
        Column::Source => Cow::Borrowed(unit.source.as_str()),
        Column::Target => Cow::Borrowed(unit.target.as_str()),
        Column::SourceLanguage => Cow::Borrowed(&*unit.source_language),
        Column::TargetLanguage => Cow::Borrowed(&*unit.target_language),
        Column::Status => Cow::Borrowed(unit.status.name()),
        Column::Key => Cow::Borrowed(unit.key.as_deref().unwrap_or("")),
        Column::Created => Cow::Owned(unit.created.map(date::readable).unwrap_or_default()),
        Column::Changed => Cow::Owned(unit.changed.map(date::readable).unwrap_or_default()),
        Column::Context => Cow::Owned(unit.context.map(|context| format!("{context:08x}")).unwrap_or_default()),
        Column::Note => Cow::Borrowed(note.map_or("", String::as_str)),
    };
    NAMES.iter().map(|(column, _)| cell(*column)).collect()
}

/// What of a unit's details no cell holds.
fn report(details: &Details, losses: &mut Losses) {
    let of_side =
        |side: &SideDetails| (!side.properties.is_empty(), !side.notes.is_empty(), !side.attributes.is_empty(), !side.inline.is_empty());
    let (source, target) = (of_side(&details.source), of_side(&details.target));
    let lost = [
        (details.notes.len() > 1 || source.1 || target.1, "notes beyond the first, or on one side alone"),
        (!details.properties.is_empty() || source.0 || target.0, "properties"),
        (!details.attributes.is_empty() || source.2 || target.2, "attributes (who made it, how often it was used)"),
        (source.3 || target.3, "inline mark-up"),
    ];
    lost.iter().filter(|(is_lost, _)| *is_lost).for_each(|(_, what)| losses.add(what, None));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_their_columns_in_many_ways() {
        let languages = |cells: &[&str]| {
            Layout::of_header(cells).map(|layout| (layout.source_language.into_owned(), layout.target_language.into_owned()))
        };
        assert_eq!(languages(&["en-US", "KO_kr"]), Some(("ko-KR".into(), "en-US".into())));
        assert_eq!(languages(&["한국어", "영어", "note"]), Some(("ko".into(), "en".into())));
        assert_eq!(languages(&["Source", "Target"]), Some(("ko".into(), "en".into())));
        assert_eq!(languages(&["no", "id"]), None);
        assert_eq!(languages(&["조약", "treaty"]), None);
    }
}
