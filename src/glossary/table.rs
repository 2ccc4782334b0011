//! Tables of terms: the house's own TSV, and TSV or CSV of others with any sensible header.

use super::{Case, Concept, Status, Term};
use crate::text::{Language, is_hangul};
use rustc_hash::FxHashMap;

/// What is read from a table.
#[derive(Debug, Default)]
pub struct Table {
    /// A concept a row; of a table with one term a row the rows of a concept together.
    pub concepts: Vec<Concept>,
    /// What could not be carried, in the order of the file.
    pub problems: Vec<Problem>,
    /// The last concept of each Korean form, in a table with one term a row.
    by_headword: FxHashMap<String, usize>,
}

/// Something in a table that could not be carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What it is and what became of it.
    pub message: String,
}

/// Why a table cannot be used at all.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path}: expected a column of Korean terms and one of English terms, found {found}; name them in the first line (source, preferred)"
)]
pub struct Error {
    path: String,
    found: String,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Source,
    Target(Status),
    /// The status of the row's target, in tables with one term a row.
    Status,
    Note,
    Reference,
    DoNotTranslate,
    Case,
    From,
    Until,
    Apart,
}

/// The names of the columns; the first name of each is the one that is written.
const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Source, &["source", "korean", "ko", "ko-kr", "kor", "source term", "원어", "한국어", "국문", "한글", "용어", "표제어"]),
    (
        Column::Target(Status::Preferred),
        &["preferred", "target", "english", "en", "en-us", "eng", "translation", "target term", "영어", "영문", "번역", "번역어", "권장"],
    ),
    (
        Column::Target(Status::Admitted),
        &["admitted", "synonym", "synonyms", "alternative", "alternatives", "also", "variant", "variants", "허용", "동의어"],
    ),
    (Column::Target(Status::Deprecated), &["deprecated", "avoid", "obsolete", "비권장"]),
    (Column::Target(Status::Forbidden), &["forbidden", "prohibited", "not", "do not use", "wrong", "금지", "금지어"]),
    (
        Column::Note,
        &["note", "notes", "comment", "comments", "definition", "description", "remark", "remarks", "비고", "설명", "정의", "주"],
    ),
    (Column::Reference, &["reference", "references", "ref", "authority", "cited from", "source of term", "출처", "근거"]),
    (Column::DoNotTranslate, &["do-not-translate", "do not translate", "dnt", "번역 금지"]),
    (Column::Case, &["case", "case-sensitive", "case sensitive"]),
    (Column::From, &["from", "valid-from", "valid from", "since"]),
    (Column::Until, &["until", "valid-until", "valid until", "to"]),
    (Column::Apart, &["apart", "not in", "not-in"]),
    (Column::Status, &["status", "usage", "상태"]),
];

/// What others call the statuses, TBX among them.
const STATUSES: &[(Status, &[&str])] = &[
    (Status::Preferred, &["preferredterm", "preferred term", "preferredterm-admn-sts", "approved", "use", "권장", "승인"]),
    (Status::Admitted, &["admittedterm", "admitted term", "admittedterm-admn-sts", "allowed", "accepted", "also", "허용"]),
    (Status::Deprecated, &["deprecatedterm", "deprecated term", "supersededterm-admn-sts", "superseded", "obsolete", "avoid", "비권장"]),
    (Status::Forbidden, &["deprecatedterm-admn-sts", "prohibited", "banned", "not allowed", "do not use", "never", "wrong", "금지"]),
];

/// The status of a name, the house's or another's.
fn status(name: &str) -> Option<Status> {
    let known = |name: String| STATUSES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(status, _)| status);
    Status::of_name(name).or_else(|| known(name.trim().to_lowercase()))
}

/// Reads a table of the house: tab-separated, the columns in any order, `; ` between terms, `#` before remarks.
pub fn house(text: &str) -> Vec<Concept> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let columns: Vec<Option<Column>> = lines.next().unwrap_or("").split('\t').map(column).collect();
    lines.map(|line| concept(&columns, line.split('\t'), "built-in")).collect()
}

/// Reads a table of anyone's. A table without header is read as source, preferred, note when its first columns are in two languages.
///
/// # Errors
/// When no column holds Korean or none holds English terms.
pub fn read(path: &str, text: &str) -> Result<Table, Error> {
    let first = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty()).unwrap_or("");
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|&mark| (first.bytes().filter(|&byte| byte == mark).count(), mark == b'\t'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b'\t'))
        .quoting(delimiter != Some(b'\t'))
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                table.problems.push(Problem { line: reader.position().line() as usize, message: format!("not read: {error}") });
                continue;
            }
        }
        let line = record.position().map_or(0, |position| position.line() as usize);
        match &columns {
            None => columns = table.header(path, line, &record)?,
            Some(columns) => table.row(path, line, columns, &record),
        }
    }
    columns.map(|_| table).ok_or_else(|| Error { path: path.to_string(), found: "no row".to_string() })
}

impl Table {
    /// Takes the first row as names of columns, or as a first row of terms where it names none.
    fn header(&mut self, path: &str, line: usize, record: &csv::StringRecord) -> Result<Option<Vec<Option<Column>>>, Error> {
        let named: Vec<Option<Column>> = record.iter().map(column).collect();
        let has = |wanted: fn(&Column) -> bool| named.iter().flatten().any(wanted);
        if has(|column| *column == Column::Source) && has(|column| matches!(column, Column::Target(_))) {
            for name in record.iter().zip(&named).filter(|(name, column)| column.is_none() && !name.trim().is_empty()).map(|(name, _)| name)
            {
                self.problems.push(Problem { line, message: format!("column \"{}\" is not known and was left out", name.trim()) });
            }
            return Ok(Some(named));
        }
        let columns = by_language(record).ok_or_else(|| Error { path: path.to_string(), found: found(record) })?;
        self.row(path, line, &columns, record);
        Ok(Some(columns))
    }

    fn row(&mut self, path: &str, line: usize, columns: &[Option<Column>], record: &csv::StringRecord) {
        if record.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        let is_status = |&(column, field): &(&Option<Column>, &str)| *column == Some(Column::Status) && !field.trim().is_empty();
        for (_, field) in columns.iter().zip(record).filter(is_status).filter(|(_, field)| status(field).is_none()) {
            let message =
                format!("status \"{}\" is not known and was left out; known are preferred, admitted, deprecated, forbidden", field.trim());
            self.problems.push(Problem { line, message });
        }
        let concept = concept(columns, record.iter(), path);
        if concept.headword().is_empty() {
            self.problems.push(Problem { line, message: "no Korean term: the row was left out".to_string() });
        } else if concept.target().next().is_none() && !concept.do_not_translate {
            self.problems.push(Problem { line, message: format!("no English term for {}: the row was left out", concept.headword()) });
        } else if columns.contains(&Some(Column::Status)) {
            self.join(concept);
        } else {
            self.concepts.push(concept);
        }
        if record.len() > columns.len() {
            let message = format!("{} fields, but {} columns: the rest was left out", record.len(), columns.len());
            self.problems.push(Problem { line, message });
        }
    }

    /// Adds a row with one term to the concept of the rows before it with the same Korean form; a second preferred term begins
    /// another concept.
    fn join(&mut self, concept: Concept) {
        let has_preferred = |concept: &Concept| concept.target().any(|term| term.status == Status::Preferred);
        let known = self.by_headword.get(concept.headword()).map(|&index| &mut self.concepts[index]);
        match known.filter(|known| !(has_preferred(known) && has_preferred(&concept))) {
            Some(known) => {
                let new = concept.terms.into_iter().filter(|term| !known.terms.contains(term)).collect::<Vec<_>>();
                known.terms.extend(new);
                known.terms.sort_by_key(|term| (term.language, term.status));
                if known.note.is_empty() {
                    known.note = concept.note;
                }
            }
            None => {
                self.by_headword.insert(concept.headword().to_string(), self.concepts.len());
                self.concepts.push(concept);
            }
        }
    }
}

/// What the error says was found.
fn found(record: &csv::StringRecord) -> String {
    let names: Vec<&str> = record.iter().map(str::trim).filter(|name| !name.is_empty()).take(6).collect();
    format!("\"{}\"", names.join("\", \""))
}

fn column(name: &str) -> Option<Column> {
    let name = name.trim().trim_start_matches('\u{FEFF}').to_lowercase().replace('_', "-");
    COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|&(column, _)| column)
}

/// Columns of a table without header: the first Korean one and the first English one; a third is a note.
fn by_language(record: &csv::StringRecord) -> Option<Vec<Option<Column>>> {
    let is_korean = |field: &str| field.chars().any(is_hangul);
    let korean = record.iter().position(is_korean)?;
    let english = record.iter().position(|field| !is_korean(field) && field.chars().any(char::is_alphabetic))?;
    let mut columns = vec![None; record.len()];
    columns[korean] = Some(Column::Source);
    columns[english] = Some(Column::Target(Status::Preferred));
    if let Some(rest) = columns.iter_mut().find(|column| column.is_none()) {
        *rest = Some(Column::Note);
    }
    Some(columns)
}

fn concept<'a>(columns: &[Option<Column>], fields: impl Iterator<Item = &'a str>, origin: &str) -> Concept {
    let mut concept = Concept { origin: origin.to_string(), ..Concept::default() };
    let mut standing = None;
    for (column, field) in columns.iter().zip(fields) {
        // A cell may be broken into lines; no term is.
        let field = field.split_whitespace().collect::<Vec<_>>().join(" ");
        let field = field.as_str();
        let list = || field.split(';').map(str::trim).filter(|part| !part.is_empty());
        match column {
            _ if field.is_empty() => {}
            Some(Column::Source) => {
                let standing = |index| if index == 0 { Status::Preferred } else { Status::Admitted };
                concept.terms.extend(list().enumerate().map(|(index, text)| term(Language::Korean, text, standing(index))));
            }
            Some(Column::Target(status)) => concept.terms.extend(list().map(|text| term(Language::English, text, *status))),
            Some(Column::Status) => standing = status(field),
            Some(Column::Note) => concept.note = field.to_string(),
            Some(Column::Reference) => concept.reference = field.to_string(),
            Some(Column::DoNotTranslate) => concept.do_not_translate = is_yes(field),
            Some(Column::Case) if is_yes(field) || field.eq_ignore_ascii_case("exact") => concept.case = Case::Exact,
            Some(Column::From) => concept.valid_from = field.to_string(),
            Some(Column::Until) => concept.valid_until = field.to_string(),
            Some(Column::Apart) => concept.apart.extend(list().map(str::to_string)),
            Some(Column::Case) | None => {}
        }
    }
    if let Some(status) = standing {
        concept.terms.iter_mut().filter(|term| term.language == Language::English).for_each(|term| term.status = status);
    }
    concept.terms.sort_by_key(|term| (term.language, term.status));
    concept
}

fn term(language: Language, text: &str, status: Status) -> Term {
    Term { language, text: text.to_string(), status }
}

fn is_yes(field: &str) -> bool {
    matches!(field.to_lowercase().as_str(), "yes" | "y" | "true" | "1" | "x" | "예" | "o")
}
