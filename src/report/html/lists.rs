//! The lists of the page: what was found, what is silenced and why, and what an editor should know of the silences.

use super::Page;
use super::text::{Mark, marked};
use crate::check::Place;
use crate::report::markup::escaped;
use crate::report::place;
use std::io::{self, Write};

/// What was found, in the order of the text.
pub fn findings(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    if page.checked.findings.is_empty() {
        return writeln!(out, "<p>Nothing was found.</p>");
    }
    writeln!(out, "<ul class=\"list\">")?;
    for number in 0..page.checked.findings.len() {
        listed(page, number, out)?;
    }
    writeln!(out, "</ul>")
}

/// What was found and silenced, with the reasons.
pub fn silenced(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let first = page.checked.findings.len();
    if page.checked.silenced.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"silenced\"><h2>Silenced</h2><ul class=\"list\">")?;
    for number in first..first + page.checked.silenced.len() {
        listed(page, number, out)?;
    }
    writeln!(out, "</ul></section>")
}

/// A finding in a list of the whole text: with its place, and a way there.
fn listed(page: &Page, number: usize, out: &mut dyn Write) -> io::Result<()> {
    let finding = page.finding(number);
    let data = match page.is_silenced(number) {
        true => String::new(),
        false => {
            format!(" data-finding=\"{number}\" data-check=\"{}\" data-severity=\"{}\"", escaped(finding.check), finding.severity.name())
        }
    };
    write!(out, "<li{data}>")?;
    body(page, number, out)?;
    let document = place::document(page.checked.examination, finding.place);
    let text = escaped(&place::squeezed(document.segment_text(finding.segment_index)));
    let segment = finding.segment_index + 1;
    match finding.place {
        Place::Target => writeln!(out, "<p><a href=\"#d{segment}\" data-segment=\"{segment}\">{segment}</a> {text}</p></li>"),
        Place::Source => writeln!(out, "<p lang=\"ko\">{segment} {text}</p></li>"),
    }
}

/// A finding beside its sentence.
pub fn entry(page: &Page, number: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<li>")?;
    body(page, number, out)?;
    writeln!(out, "</li>")
}

fn body(page: &Page, number: usize, out: &mut dyn Write) -> io::Result<()> {
    let finding = page.finding(number);
    let (severity, check) = (finding.severity.name(), escaped(finding.check));
    write!(out, "<p><span class=\"chip {severity}\">{severity}</span> <b>{check}</b> {}</p>", escaped(&finding.message))?;
    if let Some(suggestion) = &finding.suggestion {
        write!(out, "<p>Write: <b>{}</b></p>", escaped(suggestion))?;
    }
    if page.is_silenced(number) {
        let silenced = &page.checked.silenced[number - page.checked.findings.len()];
        write!(out, "<p class=\"reason\">Silenced: {}</p>", escaped(&silenced.reason))?;
    }
    write!(out, "<code>{}</code>", finding.fingerprint(page.checked.examination))
}

/// Korean sentences that the English does not carry, where they were asked for.
pub fn omitted(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let (Some(omitted), Some(source)) = (page.checked.omitted, page.checked.examination.source) else { return Ok(()) };
    writeln!(out, "<section id=\"omitted\"><h2>Not in the English, the weightiest first</h2><ol class=\"sources\">")?;
    for omission in omitted {
        let document = &source.document;
        let facts: Vec<Mark> = omission.facts.iter().map(|(_, span)| Mark::new(*span, "related")).collect();
        write!(out, "<li><span class=\"number\">{}</span><span lang=\"ko\">", omission.source_index + 1)?;
        marked(document, document.segments[omission.source_index].span, &facts, out)?;
        writeln!(out, " <small lang=\"en\">{}</small></span></li>", omission.reasons.join(", "))?;
    }
    writeln!(out, "</ol></section>")
}

/// What an editor should know of the silences themselves.
pub fn notes(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    if page.checked.notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section id=\"notes\"><h2>Notes</h2><ul class=\"list\">")?;
    page.checked.notes.iter().try_for_each(|note| writeln!(out, "<li>{}</li>", escaped(note)))?;
    writeln!(out, "</ul></section>")
}
