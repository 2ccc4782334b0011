//! Markdown: headings, paragraphs, items, tables and code, with the mark-up set apart.

use super::{Content, Error, Format, Input, decode::decode};
use crate::document::{Block, Form};
use crate::text::{Span, is_invisible};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// CommonMark with tables, footnotes, strike-through and a YAML head.
pub const FORMAT: Format = Format { name: "markdown", endings: &["md", "markdown", "mdown", "mkd"], read };

fn read(input: &Input) -> Result<Content, Error> {
    let text = decode(input)?;
    let mut walk = Walk::default();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        walk.event(&event, range, &text);
    }
    walk.close();
    let blocks = covering(&text, walk.leaves);
    let markup = complement(&text, &blocks, &walk.words);
    Ok(Content { text, blocks, markup })
}

/// What has been met on the way through the events: leaf blocks, and the spans that are words rather than mark-up.
#[derive(Default)]
struct Walk {
    leaves: Vec<Block>,
    words: Vec<Span>,
    open: Option<Block>,
    heading: Option<u8>,
    items: usize,
    quotations: usize,
    row: bool,
}

impl Walk {
    fn event(&mut self, event: &Event, range: Range<usize>, text: &str) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Rule => self.whole(Form::Verbatim, range),
            Event::Text(_) => self.inline(range, 0),
            Event::Code(_) => {
                let ticks = text[range.clone()].bytes().take_while(|&byte| byte == b'`').count();
                self.inline(range, ticks)
            }
            _ => self.mark(range),
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(depth(*level)),
            Tag::Item => self.items += 1,
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::TableHead | Tag::TableRow => self.row = true,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => return self.whole(Form::Verbatim, range),
            Tag::Paragraph | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) => {}
            _ => return,
        }
        self.close();
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.close(),
            TagEnd::Heading(_) => {
                self.close();
                self.heading = None;
            }
            TagEnd::Item => {
                self.close();
                self.items -= 1;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotations -= 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.close();
                self.row = false;
            }
            _ => {}
        }
    }

    /// A block that the parser hands over in one piece; the text events inside it say what is not mark-up.
    fn whole(&mut self, form: Form, range: Range<usize>) {
        self.close();
        self.open = Some(Block { span: range.into(), form });
    }

    fn inline(&mut self, range: Range<usize>, ticks: usize) {
        self.words.push(Span::new(range.start + ticks, range.end.saturating_sub(ticks).max(range.start + ticks)));
        self.mark(range);
    }

    fn mark(&mut self, range: Range<usize>) {
        let form = self.form();
        let block = self.open.get_or_insert(Block { span: range.clone().into(), form });
        block.span.end = block.span.end.max(range.end);
    }

    fn form(&self) -> Form {
        match self.heading {
            Some(level) => Form::Heading(level),
            None if self.row => Form::Table,
            None if self.items > 0 => Form::Item,
            None if self.quotations > 0 => Form::Quotation,
            None => Form::Paragraph,
        }
    }

    fn close(&mut self) {
        self.leaves.extend(self.open.take());
    }
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

/// The leaves widened so that between them only white space is left: a marker before a leaf ("- ", "## ", "> ")
/// belongs to it, lines that the parser swallows (link definitions) are a block of their own.
fn covering(text: &str, leaves: Vec<Block>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(leaves.len());
    let mut at = 0;
    for mut leaf in leaves {
        leaf.span.start = leaf.span.start.max(at);
        leaf.span.end = leaf.span.end.max(leaf.span.start);
        let gap = filled(text, Span::new(at, leaf.span.start));
        let own = text[gap.start..gap.end].rfind('\n').map(|line| gap.start + line).filter(|&end| has_words(&text[gap.start..end]));
        match own {
            Some(end) => {
                blocks.push(Block { span: filled(text, Span::new(gap.start, end)), form: Form::Verbatim });
                leaf.span.start = filled(text, Span::new(end, leaf.span.end)).start;
            }
            None if !gap.is_empty() => leaf.span.start = gap.start,
            None => {}
        }
        at = leaf.span.end;
        leaf.span = filled(text, leaf.span);
        blocks.extend((!leaf.span.is_empty()).then_some(leaf));
    }
    let rest = filled(text, Span::new(at.min(text.len()), text.len()));
    match blocks.last_mut() {
        _ if rest.is_empty() => {}
        Some(last) if !has_words(rest.of(text)) => last.span.end = rest.end,
        _ => blocks.push(Block { span: rest, form: Form::Verbatim }),
    }
    blocks
}

fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A span without white space and invisible characters at its ends; empty at its end if there is nothing else.
fn filled(text: &str, span: Span) -> Span {
    let blank = |character: char| character.is_whitespace() || is_invisible(character);
    let inside = span.of(text);
    let start = span.end - inside.trim_start_matches(blank).len();
    Span::new(start, start.max(span.start + inside.trim_end_matches(blank).len()))
}

/// Everything in blocks that is neither words nor white space.
fn complement(text: &str, blocks: &[Block], words: &[Span]) -> Vec<Span> {
    let mut markup = Vec::new();
    let mut words = words.iter().peekable();
    for block in blocks {
        let mut at = block.span.start;
        while let Some(word) = words.next_if(|word| word.start < block.span.end) {
            push_marks(text, Span::new(at, word.start.max(at)), &mut markup);
            at = at.max(word.end);
        }
        push_marks(text, Span::new(at.min(block.span.end), block.span.end), &mut markup);
    }
    markup
}

fn push_marks(text: &str, span: Span, markup: &mut Vec<Span>) {
    let mut start = span.start;
    for piece in span.of(text).split_inclusive(char::is_whitespace) {
        let mark = piece.trim_end();
        if !mark.is_empty() {
            markup.push(Span::new(start, start + mark.len()));
        }
        start += piece.len();
    }
}
