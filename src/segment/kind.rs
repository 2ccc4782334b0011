//! Kinds: what a paragraph is among its neighbours.

use super::look::{Look, Paragraph};
use super::marker::{Counter, Marker, Style};
use crate::document::{Form, Kind};

/// The kinds of all paragraphs.
pub fn kinds(paragraphs: &[Paragraph]) -> Vec<Kind> {
    let page = Page::of(paragraphs);
    (0..paragraphs.len()).map(|index| page.kind(index)).collect()
}

/// What the neighbours of a paragraph say.
struct Page<'a> {
    paragraphs: &'a [Paragraph],
    /// The first paragraph of running text.
    body: usize,
    /// The paragraph after the last of the body.
    foot: usize,
    title: Option<usize>,
    /// From here everything is notes.
    notes: usize,
    /// The label of the page with which they end.
    end_of_notes: usize,
    /// The furniture with which the foot of the page begins: hardly any running text comes after it.
    lower_furniture: usize,
    /// The first label like "About the Authors" behind most of the text.
    block: usize,
    /// From here there is no more than a tenth of the words.
    tail: usize,
    /// From here no paragraph is text: labels of the page, and what it says of author and publisher.
    closing: usize,
    /// Whether there are headings.
    headed: bool,
    /// The first paragraph that refers to each footnote, from number 1.
    referred: [usize; 63],
    /// The first paragraph that begins with each letter and a full stop.
    lettered: [usize; 26],
}

/// "A. …".
const LETTERED: Style = Style::Numbered { counter: Counter::Letter, close: '.' };

impl Page<'_> {
    fn of(paragraphs: &[Paragraph]) -> Page<'_> {
        let is_body = |paragraph: &Paragraph| {
            let running = matches!(paragraph.look, Look::Running | Look::Listed) && !(paragraph.open && paragraph.signed);
            running || matches!(paragraph.look, Look::Item(_)) && paragraph.words > 3
        };
        let body = paragraphs.iter().position(is_body).unwrap_or(paragraphs.len());
        let foot = paragraphs.iter().rposition(is_body).map_or(paragraphs.len(), |last| last + 1);
        let title = title(paragraphs, body);
        let after_title = |title: usize| paragraphs[title + 1..].iter().position(is_body).map_or(paragraphs.len(), |next| title + 1 + next);
        let body = title.map_or(body, |title| after_byline(paragraphs, body.max(after_title(title))));
        let notes = notes(paragraphs);
        let block = block(paragraphs, notes);
        Page {
            paragraphs,
            body,
            foot,
            title,
            notes,
            end_of_notes: end_of_notes(paragraphs, notes),
            lower_furniture: lower_furniture(paragraphs, body),
            block,
            tail: tail(paragraphs),
            closing: closing(paragraphs, block),
            headed: paragraphs.iter().filter(|paragraph| matches!(paragraph.look, Look::Short | Look::Heading)).nth(1).is_some(),
            referred: referred(paragraphs),
            lettered: lettered(paragraphs),
        }
    }

    fn kind(&self, index: usize) -> Kind {
        let paragraph = self.paragraphs[index];
        if self.title == Some(index) || self.is_subtitle(index) {
            return Kind::Title;
        }
        if self.is_under_label(index) {
            return Kind::Furniture;
        }
        if self.is_row(index) {
            return Kind::Item;
        }
        if paragraph.tells && index >= self.tail.min(self.closing) || self.is_running_head(index) {
            return Kind::Furniture;
        }
        if index > self.notes && index < self.end_of_notes && !matches!(paragraph.look, Look::Furniture | Look::Rule | Look::Heading) {
            return Kind::Note;
        }
        match paragraph.look {
            Look::Furniture | Look::Rule => Kind::Furniture,
            Look::Caption => Kind::Caption,
            Look::Note => Kind::Note,
            Look::Starred if self.has_twin(index) => Kind::Item,
            Look::Starred => Kind::Note,
            Look::NoteHeading | Look::Heading => Kind::Heading,
            Look::Listed => Kind::Item,
            Look::Byline if index > self.lower_furniture && self.look(index - 1) == Some(Look::Furniture) => Kind::Furniture,
            Look::Byline if index < self.body || index >= self.foot || self.is_below_title(index) => Kind::Byline,
            Look::Running | Look::Short if self.is_signature(index) => Kind::Byline,
            Look::Byline | Look::Short | Look::Dashed => self.kind_of_short(index),
            Look::Numbered(marker) | Look::Item(marker) if self.is_initial(index, marker) => Kind::Sentence,
            Look::Item(marker) if self.is_footnote(index, marker) => Kind::Note,
            Look::Item(Marker { style: Style::Ordinal, .. }) if paragraph.sentences > 1 || !self.has_twin(index) => Kind::Sentence,
            Look::Numbered(marker) if self.is_listed(index, marker) || index + 1 == self.paragraphs.len() => Kind::Item,
            Look::Numbered(_) if index > self.lower_furniture => Kind::Furniture,
            Look::Numbered(_) => Kind::Heading,
            Look::Item(marker) if self.is_subheading(index, marker) => Kind::Heading,
            Look::Item(_) => Kind::Item,
            Look::Question if index > self.lower_furniture => Kind::Furniture,
            Look::Question if self.is_question_heading(index) => Kind::Heading,
            Look::Question | Look::Running => Kind::Sentence,
        }
    }

    /// A line at the foot of the page under a label like "About the Authors", with no heading or note in between.
    fn is_under_label(&self, index: usize) -> bool {
        let belongs = |look: Look| match look {
            Look::Item(marker) => matches!(marker.style, Style::Bullet(_)),
            look => matches!(look, Look::Short | Look::Running | Look::Byline | Look::Question | Look::Listed),
        };
        let passes = |paragraph: &Paragraph| belongs(paragraph.look) || paragraph.look == Look::Furniture && !paragraph.opens;
        let above = self.paragraphs[..index].iter().rev().take(LONGEST_BLOCK).find(|&paragraph| !passes(paragraph));
        index > self.block && belongs(self.paragraphs[index].look) && above.is_some_and(|above| above.opens)
    }

    /// The title again, over or under the number of a page.
    fn is_running_head(&self, index: usize) -> bool {
        let same = |title: usize| title < index && self.paragraphs[title].fingerprint == self.paragraphs[index].fingerprint;
        let paged = self.look(index + 1) == Some(Look::Rule) || index > 0 && self.look(index - 1) == Some(Look::Rule);
        paged && self.paragraphs[index].look == Look::Short && self.title.is_some_and(same)
    }

    /// A row of a table in plain text: cells with bars or tabs between them, under a caption or beside another row.
    fn is_row(&self, index: usize) -> bool {
        let paragraph = self.paragraphs[index];
        let cells = |other: Option<&Paragraph>| other.is_some_and(|other| other.bars == paragraph.bars && is_loose(other.look));
        let captioned = index > 0 && self.look(index - 1) == Some(Look::Caption);
        let beside = captioned || cells(self.paragraphs.get(index + 1)) || index > 0 && cells(self.paragraphs.get(index - 1));
        paragraph.bars > 0 && index > self.body && is_loose(paragraph.look) && beside
    }

    fn look(&self, index: usize) -> Option<Look> {
        self.paragraphs.get(index).map(|paragraph| paragraph.look)
    }

    /// "- 부제 -" after the title.
    fn is_subtitle(&self, index: usize) -> bool {
        self.title.is_some_and(|title| title + 1 == index) && self.paragraphs[index].look == Look::Dashed
    }

    /// Between the title and the text, a line that names a date, an office or an institute.
    fn is_signature(&self, index: usize) -> bool {
        let paragraph = self.paragraphs[index];
        self.title.is_some_and(|title| title < index) && index < self.body && paragraph.signed && paragraph.open
    }

    /// Under the title and its standfirst.
    fn is_below_title(&self, index: usize) -> bool {
        self.title.is_some_and(|title| title < index && index <= title + 2)
    }

    /// An item whose number the text before refers to, with nothing but its like and furniture after it.
    fn is_footnote(&self, index: usize, marker: Marker) -> bool {
        let digits = matches!(marker.style, Style::Numbered { counter: Counter::Digits, close: ')' | '.' });
        let number = (marker.number as usize).checked_sub(1);
        digits && number.and_then(|number| self.referred.get(number)).is_some_and(|&first| first < index)
    }

    /// "◇ 중국의 침묵" in a newspaper: a few words behind such a sign, with running text after them.
    fn is_subheading(&self, index: usize, marker: Marker) -> bool {
        let signed = matches!(marker.style, Style::Bullet('◇' | '◆' | '▶' | '■' | '◈'));
        let paragraph = self.paragraphs[index];
        signed && paragraph.open && paragraph.words <= 9 && !self.has_twin(index) && self.look(index + 1) == Some(Look::Running)
    }

    /// A short question between running paragraphs, in a text that has headings.
    fn is_question_heading(&self, index: usize) -> bool {
        let opens = |look: Look| matches!(look, Look::Running | Look::Item(_) | Look::Listed | Look::Heading | Look::Short);
        let between =
            index > 0 && self.look(index - 1).is_some_and(opens) && matches!(self.look(index + 1), Some(Look::Running | Look::Caption));
        self.headed && between && self.paragraphs[index].words <= 8
    }

    /// Whether a neighbour begins with the same sign.
    fn has_twin(&self, index: usize) -> bool {
        let same = |other: Option<Look>| match (self.paragraphs[index].look, other) {
            (Look::Item(this), Some(Look::Item(other))) => this.style == other.style,
            (this, other) => Some(this) == other,
        };
        same(self.look(index + 1)) || index > 0 && same(self.look(index - 1))
    }

    /// Whether a numbered line is one of a list: the next or the last number stands directly beside it.
    fn is_listed(&self, index: usize, marker: Marker) -> bool {
        let follows = |other: Option<Look>, step: i64| match other {
            Some(Look::Numbered(other) | Look::Item(other)) => {
                other.style == marker.style && other.depth == marker.depth && i64::from(other.number) - i64::from(marker.number) == step
            }
            _ => false,
        };
        follows(self.look(index + 1), 1) || index > 0 && follows(self.look(index - 1), -1)
    }

    /// "J. Kim said": a capital that no list leads up to.
    fn is_initial(&self, index: usize, marker: Marker) -> bool {
        let letter = marker.style == LETTERED && marker.number > 1;
        letter && !self.is_listed(index, marker) && self.lettered[(marker.number as usize - 2) % 26] >= index
    }

    /// A short line: a heading before running text, a label beside furniture, a cell among its like.
    fn kind_of_short(&self, index: usize) -> Kind {
        if self.body == self.paragraphs.len() {
            return Kind::Sentence;
        }
        if index < self.body {
            return self.kind_at_head(index);
        }
        let opens =
            index > self.lower_furniture && self.look(index - 1) == Some(Look::Running) && self.look(index + 1) == Some(Look::Running);
        if index >= self.foot || index > self.lower_furniture && !opens {
            return self.kind_at_foot(index);
        }
        let captioned = self.look(index - 1) == Some(Look::Caption) && self.look(index + 1) == Some(Look::Short);
        if captioned || self.is_cell(index) { Kind::Item } else { Kind::Heading }
    }

    fn kind_at_head(&self, index: usize) -> Kind {
        let before = self.title.is_some_and(|title| index < title);
        let beside = |look: Look| self.look(index + 1) == Some(look) || index > 0 && self.look(index - 1) == Some(look);
        if self.paragraphs[index].named && beside(Look::Byline) || self.is_author(index) {
            return Kind::Byline;
        }
        let label = self.paragraphs[index].words <= 5 && (before || beside(Look::Furniture) && index + 1 < self.body);
        if label { Kind::Furniture } else { Kind::Heading }
    }

    /// A name directly after the title, with more of the head to come.
    fn is_author(&self, index: usize) -> bool {
        self.title.is_some_and(|title| title + 1 == index) && self.paragraphs[index].named
    }

    fn kind_at_foot(&self, index: usize) -> Kind {
        match self.paragraphs[index].words {
            _ if index > self.lower_furniture => Kind::Furniture,
            0..=4 => Kind::Furniture,
            _ => Kind::Sentence,
        }
    }

    /// One of three short lines or more in a row, and not the last before running text.
    fn is_cell(&self, index: usize) -> bool {
        let is_short = |index: usize| self.look(index) == Some(Look::Short);
        let before = (index.saturating_sub(2)..index).rev().take_while(|&other| is_short(other)).count();
        let after = (index + 1..index + 3).take_while(|&other| is_short(other)).count();
        before + after >= 2 && after > 0
    }
}

/// The most lines that a label at the foot of the page has under it.
const LONGEST_BLOCK: usize = 12;

/// Whether a line says nothing of itself.
fn is_loose(look: Look) -> bool {
    matches!(look, Look::Short | Look::Running)
}

/// The first furniture of the body after which there is no more than a tenth of its words.
fn lower_furniture(paragraphs: &[Paragraph], body: usize) -> usize {
    let is_running = |paragraph: &Paragraph| matches!(paragraph.look, Look::Running | Look::Item(_) | Look::Listed) && !paragraph.tells;
    let running = |paragraph: &Paragraph| if is_running(paragraph) { paragraph.words } else { 0 };
    let total: usize = paragraphs.iter().map(running).sum();
    let mut left = total;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        left -= running(paragraph);
        if paragraph.look == Look::Furniture && index > body && left * 10 <= total {
            return index;
        }
    }
    paragraphs.len()
}

/// The first paragraph that refers to each footnote.
fn referred(paragraphs: &[Paragraph]) -> [usize; 63] {
    let mut first = [usize::MAX; 63];
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.references != 0) {
        (0..63).filter(|number| paragraph.references >> number & 1 == 1).for_each(|number| first[number] = first[number].min(index));
    }
    first
}

/// The first paragraph that begins with each letter as a marker.
fn lettered(paragraphs: &[Paragraph]) -> [usize; 26] {
    let mut first = [usize::MAX; 26];
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let marker = match paragraph.look {
            Look::Numbered(marker) | Look::Item(marker) if marker.style == LETTERED && marker.number > 0 => marker,
            _ => continue,
        };
        let place = &mut first[(marker.number as usize - 1) % 26];
        *place = (*place).min(index);
    }
    first
}

/// The first label whose lines belong to it, behind the heading of the notes or with no more than a third of the words
/// behind it.
fn block(paragraphs: &[Paragraph], notes: usize) -> usize {
    let total: usize = paragraphs.iter().map(|paragraph| paragraph.words).sum();
    let mut before = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        before += paragraph.words;
        if paragraph.opens && (index > notes || before * 3 >= total * 2) {
            return index;
        }
    }
    paragraphs.len()
}

/// The first paragraph with no more than a tenth of all words in it and behind it.
fn tail(paragraphs: &[Paragraph]) -> usize {
    let total: usize = paragraphs.iter().map(|paragraph| paragraph.words).sum();
    let mut left = total;
    let ends = |paragraph: &Paragraph| {
        let end = left * 10 <= total + 200;
        left -= paragraph.words;
        end
    };
    paragraphs.iter().position(ends).unwrap_or(paragraphs.len())
}

/// The first paragraph from which on none is text, with labels of the page after it; what stands under the label at
/// `block` is none.
fn closing(paragraphs: &[Paragraph], block: usize) -> usize {
    let last_label = paragraphs.iter().rposition(|paragraph| paragraph.look == Look::Furniture).unwrap_or(0);
    let is_text = |paragraph: &Paragraph| {
        let running = matches!(paragraph.look, Look::Running | Look::Item(_) | Look::Listed | Look::Numbered(_) | Look::Heading);
        running && !(paragraph.tells && paragraph.words <= LONGEST_BIOGRAPHY)
    };
    let first = paragraphs[..block].iter().rposition(is_text).map_or(0, |last| last + 1);
    if first < last_label { first } else { paragraphs.len() }
}

/// Words of the longest paragraph on an author or a publisher that is looked for at the foot of a short page.
const LONGEST_BIOGRAPHY: usize = 80;

/// Where the notes end: at a label whose lines belong to it, or at two labels of the page in a row.
fn end_of_notes(paragraphs: &[Paragraph], notes: usize) -> usize {
    let is_label = |index: usize| paragraphs.get(index).is_some_and(|paragraph| paragraph.look == Look::Furniture);
    let ends = |&index: &usize| paragraphs[index].opens || is_label(index) && is_label(index + 1);
    (notes..paragraphs.len()).find(ends).unwrap_or(paragraphs.len())
}

/// Where the body begins, if a byline and more of the head of a page stand behind its first paragraph, a standfirst.
fn after_byline(paragraphs: &[Paragraph], body: usize) -> usize {
    let is_head = |paragraph: &&Paragraph| {
        matches!(paragraph.look, Look::Furniture | Look::Rule | Look::Byline | Look::Caption)
            || paragraph.look == Look::Short && paragraph.named
    };
    let rest = paragraphs.get(body + 1..).unwrap_or(&[]);
    let length = rest.iter().take_while(is_head).count();
    let signed = length >= 2 && length < rest.len() && rest[..length].iter().any(|paragraph| paragraph.look == Look::Byline);
    if signed && paragraphs[body].look == Look::Running { body + 1 + length } else { body }
}

/// Where the notes begin: the heading over them, with no other heading after it.
fn notes(paragraphs: &[Paragraph]) -> usize {
    let last = paragraphs.iter().rposition(|paragraph| matches!(paragraph.look, Look::NoteHeading | Look::Heading | Look::Numbered(_)));
    last.filter(|&last| paragraphs[last].look == Look::NoteHeading).unwrap_or(paragraphs.len())
}

/// The title: the first heading of the format, or of the short lines before the body the first with some length.
fn title(paragraphs: &[Paragraph], body: usize) -> Option<usize> {
    let first = paragraphs.iter().position(|paragraph| matches!(paragraph.form, Form::Heading(_)));
    if let Some(first) = first {
        return (paragraphs[first].form == Form::Heading(1)).then_some(first);
    }
    if body == paragraphs.len() {
        return None;
    }
    if let Some(first) = signed_title(paragraphs) {
        return Some(first);
    }
    let could = |paragraph: &Paragraph| matches!(paragraph.look, Look::Short | Look::Question);
    let head = &paragraphs[..body];
    let long = head.iter().position(|paragraph| could(paragraph) && paragraph.words >= 4 && !paragraph.institute);
    let long = long.map(|long| later_title(head, long, could).unwrap_or(long));
    long.or_else(|| head.iter().position(|paragraph| could(paragraph) && !paragraph.institute))
        .or_else(|| head.iter().position(could))
        .or_else(|| dated_title(head))
        .or_else(|| headline(paragraphs, body))
}

/// "Fact Sheet: The Treaty of June 19, 2024" over a byline: a line of some length that ends with a date.
fn dated_title(head: &[Paragraph]) -> Option<usize> {
    let first = head.iter().position(|paragraph| !matches!(paragraph.look, Look::Furniture | Look::Rule))?;
    let dated = head[first].look == Look::Byline && head[first].words >= 7 && !head[first].institute;
    (dated && head.get(first + 1).is_some_and(|next| next.look == Look::Byline)).then_some(first)
}

/// A title behind the labels under a first line, with a byline directly under it: the first line is the name of the site.
fn later_title(head: &[Paragraph], first: usize, could: impl Fn(&Paragraph) -> bool) -> Option<usize> {
    let label = head[first..].iter().position(|paragraph| paragraph.look == Look::Furniture)? + first;
    let signed = |index: usize| head.get(index + 1).is_some_and(|next| next.look == Look::Byline);
    let unsigned = !head[first..label].iter().any(|paragraph| paragraph.look == Look::Byline);
    (label..head.len()).find(|&index| unsigned && could(&head[index]) && head[index].words >= 4 && signed(index))
}

/// A first paragraph of a few sentences with a byline under it, or under its standfirst: "Poland bought the guns. Now comes the hard part".
fn signed_title(paragraphs: &[Paragraph]) -> Option<usize> {
    let is_label = |paragraph: &Paragraph| {
        matches!(paragraph.look, Look::Furniture | Look::Rule) || paragraph.look == Look::Short && paragraph.words <= 2
    };
    let first = paragraphs.iter().position(|paragraph| !is_label(paragraph))?;
    let is_signed = |paragraph: &Paragraph| paragraph.look == Look::Byline || paragraph.signed && paragraph.open;
    let next = paragraphs.get(first + 1)?;
    let signed = is_signed(next) || next.open && paragraphs.get(first + 2).is_some_and(is_signed);
    let could =
        matches!(paragraphs[first].look, Look::Running | Look::Question) && paragraphs[first].brief && paragraphs[first].sentences <= 3;
    (could && signed).then_some(first)
}

/// A first paragraph that is a sentence without a full stop, as headlines are, where the next has one.
fn headline(paragraphs: &[Paragraph], body: usize) -> Option<usize> {
    let is_running = |paragraph: &&Paragraph| paragraph.look == Look::Running;
    let next = paragraphs[body + 1..].iter().find(is_running)?;
    (paragraphs[body].look == Look::Running && paragraphs[body].open && !next.open).then_some(body)
}
