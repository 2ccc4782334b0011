//! A text without the marks that spelling may put or leave: spaces, hyphens, middle dots; with a way back.

use crate::text::Span;

/// A squeezed text.
pub struct Squeezed {
    /// Lower case (ASCII), without the marks.
    pub text: String,
    /// Where each stretch without marks begins: in `text`, in the original.
    stretches: Vec<(u32, u32)>,
}

impl Squeezed {
    /// Leaves the characters out for which `is_mark` holds.
    pub fn of(text: &str, is_mark: impl Fn(char) -> bool) -> Squeezed {
        let mut squeezed = Squeezed { text: String::with_capacity(text.len()), stretches: Vec::with_capacity(text.len() / 8 + 1) };
        let mut start = 0;
        for (at, character) in text.char_indices() {
            if is_mark(character) {
                squeezed.push(text, start, at);
                start = at + character.len_utf8();
            }
        }
        squeezed.push(text, start, text.len());
        squeezed.text.make_ascii_lowercase();
        squeezed
    }

    fn push(&mut self, text: &str, start: usize, end: usize) {
        if start < end {
            self.stretches.push((self.text.len() as u32, start as u32));
            self.text.push_str(&text[start..end]);
        }
    }

    /// The original span of a squeezed one that is not empty.
    pub fn original(&self, span: Span) -> Span {
        let (start, end) = (self.stretch(span.start), self.stretch(span.end - 1));
        Span::new(self.back(start, span.start), self.back(end, span.end - 1) + 1)
    }

    /// The original stretches of a squeezed span, in order.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let (first, last) = (self.stretch(span.start), self.stretch(span.end - 1));
        (first..=last).map(move |index| {
            let (from, original) = self.stretches[index];
            let until = self.stretches.get(index + 1).map_or(self.text.len(), |next| next.0 as usize);
            let (start, end) = (span.start.max(from as usize), span.end.min(until));
            Span::new(start - from as usize + original as usize, end - from as usize + original as usize)
        })
    }

    fn stretch(&self, at: usize) -> usize {
        self.stretches.partition_point(|stretch| stretch.0 as usize <= at) - 1
    }

    fn back(&self, stretch: usize, at: usize) -> usize {
        let (from, original) = self.stretches[stretch];
        at - from as usize + original as usize
    }
}
