//! The user's own terms.

use crate::store::{Result, Store, action};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::collections::BTreeMap;

/// One way to write a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// The words.
    pub text: String,
    /// `preferred`, `admitted`, `deprecated` or `forbidden`.
    pub status: String,
}

/// What is called so in one language and so in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its number; 0 for one that is not in the memory yet.
    pub id: i64,
    /// Korean forms, the first being the usual one.
    pub source: Vec<Form>,
    /// English forms, the first being the usual one.
    pub target: Vec<Form>,
    /// What to know when using it.
    pub note: String,
    /// The file or command that brought it.
    pub origin: String,
}

impl Store {
    /// Adds terms from a named origin in one transaction. A term with the same forms only has its note replaced.
    /// Gives how many are new.
    pub fn add_terms(&mut self, terms: &[Term], origin: &str) -> Result<usize> {
        let result = self.write_terms(terms, origin);
        self.named(result)
    }

    fn write_terms(&mut self, terms: &[Term], origin: &str) -> Result<usize> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known = read(&transaction)?.into_iter().map(|term| ((term.source, term.target), (term.id, term.note)));
        let mut known: BTreeMap<_, _> = known.collect();
        let mut action = None;
        let mut added = 0;
        for term in terms {
            let forms = (term.source.clone(), term.target.clone());
            match known.get(&forms) {
                Some((_, note)) if *note == term.note => continue,
                Some((id, _)) => {
                    transaction.prepare_cached("UPDATE terms SET note = ? WHERE id = ?")?.execute((&term.note, id))?;
                }
                None => {
                    let action = match action {
                        Some(action) => action,
                        None => *action.insert(action::begin(&transaction, "term", origin)?),
                    };
                    let id = write(&transaction, term, action)?;
                    known.insert(forms, (id, term.note.clone()));
                    added += 1;
                }
            }
        }
        transaction.commit()?;
        Ok(added)
    }

    /// Every term, in the order of their numbers.
    pub fn terms(&self) -> Result<Vec<Term>> {
        self.named(read(&self.connection))
    }

    /// Removes a term; it stays in the history. Says whether it was there.
    pub fn remove_term(&mut self, id: i64) -> Result<bool> {
        let result = self.write_removal(id);
        self.named(result)
    }

    fn write_removal(&mut self, id: i64) -> Result<bool> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = "SELECT form FROM term_forms WHERE term = ? ORDER BY side, number LIMIT 1";
        let Some(form) = transaction.query_row(sql, [id], |row| row.get::<_, String>(0)).optional()? else { return Ok(false) };
        let action = action::begin(&transaction, "remove term", &form)?;
        let removed = remove(&transaction, id, action)?;
        transaction.commit()?;
        Ok(removed)
    }
}

/// The forms of a term as JSON, for the removed ones.
const FORMS: &str = "(SELECT json_group_array(json_array(side, number, form, status)) FROM term_forms WHERE term = terms.id)";

/// Moves a term to the removed ones. Says whether it was there.
pub(super) fn remove(connection: &Connection, id: i64, action: i64) -> Result<bool> {
    let copy = format!(
        "INSERT OR REPLACE INTO removed_terms (id, note, origin, forms, removed_by) SELECT id, note, origin, {FORMS}, ? FROM terms WHERE id = ?"
    );
    connection.prepare_cached(&copy)?.execute((action, id))?;
    Ok(connection.prepare_cached("DELETE FROM terms WHERE id = ?")?.execute([id])? > 0)
}

/// Removes every term that an action brought; says how many.
pub(super) fn remove_of(connection: &Connection, origin: i64, action: i64) -> Result<u64> {
    let mut statement = connection.prepare("SELECT id FROM terms WHERE origin = ?")?;
    let terms: Vec<i64> = statement.query_map([origin], |row| row.get(0))?.collect::<Result<_, _>>()?;
    terms.iter().try_for_each(|term| remove(connection, *term, action).map(|_| ()))?;
    Ok(terms.len() as u64)
}

/// Brings back every term that an action removed; gives their numbers.
pub(super) fn restore(connection: &Connection, removed_by: i64) -> Result<Vec<i64>> {
    let mut statement = connection.prepare("SELECT id FROM removed_terms WHERE removed_by = ? ORDER BY id")?;
    let terms: Vec<i64> = statement.query_map([removed_by], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for term in &terms {
        connection.execute("INSERT INTO terms (id, note, origin) SELECT id, note, origin FROM removed_terms WHERE id = ?", [term])?;
        connection.execute(
            "INSERT INTO term_forms (term, side, number, form, status) SELECT removed_terms.id, value ->> 0, value ->> 1, value ->> 2, \
             value ->> 3 FROM removed_terms, json_each(forms) WHERE removed_terms.id = ?",
            [term],
        )?;
        connection.execute("DELETE FROM removed_terms WHERE id = ?", [term])?;
    }
    Ok(terms)
}

fn write(connection: &Connection, term: &Term, action: i64) -> Result<i64> {
    let id = connection.prepare_cached("INSERT INTO terms (note, origin) VALUES (?, ?)")?.insert((&term.note, action))?;
    let mut statement = connection.prepare_cached("INSERT INTO term_forms (term, side, number, form, status) VALUES (?, ?, ?, ?, ?)")?;
    for (side, forms) in [&term.source, &term.target].into_iter().enumerate() {
        for (number, form) in forms.iter().enumerate() {
            statement.execute((id, side as i64, number as i64, &form.text, &form.status))?;
        }
    }
    Ok(id)
}

fn read(connection: &Connection) -> Result<Vec<Term>> {
    let mut statement = connection.prepare_cached(
        "SELECT terms.id, note, name, side, form, status FROM terms JOIN actions ON actions.id = terms.origin \
         JOIN term_forms ON term = terms.id ORDER BY terms.id, side, number",
    )?;
    let mut rows = statement.query([])?;
    let mut terms: Vec<Term> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if terms.last().is_none_or(|term| term.id != id) {
            terms.push(Term { id, source: Vec::new(), target: Vec::new(), note: row.get(1)?, origin: row.get(2)? });
        }
        let term = terms.last_mut().expect("pushed above");
        let forms = if row.get::<_, i64>(3)? == 0 { &mut term.source } else { &mut term.target };
        forms.push(Form { text: row.get(4)?, status: row.get(5)? });
    }
    Ok(terms)
}
