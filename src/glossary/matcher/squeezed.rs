//! A text without the marks that spelling may put or leave: spaces, hyphens, middle dots; with a way back.

use crate::text::Span;

/// A squeezed text.
pub struct Squeezed {
    /// Lower case (ASCII), without the marks.
    pub text: String,
    /// Where each stretch without marks begins: in `text`, in the original.
    stretches: Vec<(u32, u32)>,
    /// Where the marks stand in the original that are no spaces.
    pub marks: Vec<usize>,
}

/// Which characters are marks. Byte by byte, since most bytes of a text can begin none.
pub struct Marks {
    /// Whether a character with this first byte may be a mark.
    pub may_begin: [bool; 256],
    /// Whether a character is one.
    pub is_mark: fn(char) -> bool,
}

impl Squeezed {
    /// Leaves the marks out.
    pub fn of(text: &str, marks: &Marks) -> Squeezed {
        let mut squeezed =
            Squeezed { text: String::with_capacity(text.len()), stretches: Vec::with_capacity(text.len() / 8 + 1), marks: Vec::new() };
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        while let Some(skipped) = bytes[at..].iter().position(|&byte| marks.may_begin[usize::from(byte)]) {
            at += skipped;
            let character = if bytes[at] == b' ' { ' ' } else { text[at..].chars().next().unwrap_or(' ') };
            let after = at + character.len_utf8();
            if (marks.is_mark)(character) {
                squeezed.push(text, start, at);
                start = after;
                if character != ' ' {
                    squeezed.marks.push(at);
                }
            }
            at = after;
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

    /// A reader of places that do not go far back.
    pub fn back(&self) -> Back<'_> {
        Back { squeezed: self, at: 0 }
    }

    /// The original stretches of a squeezed span that is not empty, in order.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self.stretches.partition_point(|stretch| stretch.0 as usize <= span.start) - 1;
        self.stretches[first..].iter().enumerate().take_while(move |(_, stretch)| (stretch.0 as usize) < span.end).map(
            move |(index, stretch)| {
                let until = self.stretches.get(first + index + 1).map_or(self.text.len(), |next| next.0 as usize);
                let original = |at: usize| at - stretch.0 as usize + stretch.1 as usize;
                Span::new(original(span.start.max(stretch.0 as usize)), original(span.end.min(until)))
            },
        )
    }
}

/// The way back to the original for spans in about the order of the text: it walks instead of searching.
pub struct Back<'a> {
    squeezed: &'a Squeezed,
    /// The stretch found last.
    at: usize,
}

impl Back<'_> {
    /// The original span of a squeezed one that is not empty.
    pub fn original(&mut self, span: Span) -> Span {
        let end = self.place(span.end - 1) + 1;
        Span::new(self.place(span.start), end)
    }

    fn place(&mut self, at: usize) -> usize {
        let stretches = &self.squeezed.stretches;
        while self.at + 1 < stretches.len() && stretches[self.at + 1].0 as usize <= at {
            self.at += 1;
        }
        while stretches[self.at].0 as usize > at {
            self.at -= 1;
        }
        at - stretches[self.at].0 as usize + stretches[self.at].1 as usize
    }
}
