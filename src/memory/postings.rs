//! Lists of rising numbers as bytes: the distances between them, seven bits a byte.

/// Appends a number.
#[inline]
pub fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads the number at `at` and moves on; 0 at the end, so that a damaged list ends and does no harm.
#[inline]
pub fn pull(bytes: &[u8], at: &mut usize) -> u32 {
    match bytes.get(*at) {
        Some(&byte) if byte < 0x80 => {
            *at += 1;
            u32::from(byte)
        }
        _ => pull_long(bytes, at),
    }
}

fn pull_long(bytes: &[u8], at: &mut usize) -> u32 {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let Some(&byte) = bytes.get(*at) else { return number };
        *at += 1;
        number |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

/// A list being written.
#[derive(Clone, Debug, Default)]
pub struct List {
    bytes: Vec<u8>,
    last: Option<u32>,
    count: u32,
    /// Where each page of the list begins: its number, the byte, and the length in bytes of its first distance.
    pages: Vec<(u32, u32, u8)>,
}

/// Numbers are cut into pages of this many, as bits; a long list is stored page by page.
pub const PAGE_BITS: u32 = 15;

impl List {
    /// Starts again, keeping its room.
    pub fn clear(&mut self) {
        (self.last, self.count) = (None, 0);
        self.bytes.clear();
        self.pages.clear();
    }

    /// Appends a number not below the last; the last again changes nothing.
    #[inline]
    pub fn add(&mut self, number: u32) {
        let distance = match self.last {
            Some(last) if last == number => return,
            Some(last) => number - last,
            None => number,
        };
        let page = number >> PAGE_BITS;
        let start = self.bytes.len();
        push(&mut self.bytes, distance);
        if self.last.is_none_or(|last| last >> PAGE_BITS != page) {
            self.pages.push((page, start as u32, (self.bytes.len() - start) as u8));
        }
        self.last = Some(number);
        self.count += 1;
    }

    /// How many numbers.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The whole list.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The list page by page: the page's number and its bytes, which count from the page's first number.
    pub fn pages(&self) -> impl Iterator<Item = (u32, Vec<u8>)> + '_ {
        let mut before = 0;
        self.pages.iter().enumerate().map(move |(index, &(page, start, length))| {
            let end = self.pages.get(index + 1).map_or(self.bytes.len(), |next| next.1 as usize);
            let mut at = start as usize;
            let first = before + pull(&self.bytes, &mut at);
            let mut bytes = Vec::with_capacity(end - at + 3);
            push(&mut bytes, first - (page << PAGE_BITS));
            bytes.extend_from_slice(&self.bytes[start as usize + usize::from(length)..end]);
            before = last_of(first, &self.bytes[at..end]);
            (page, bytes)
        })
    }
}

fn last_of(first: u32, bytes: &[u8]) -> u32 {
    let (mut last, mut at) = (first, 0);
    while at < bytes.len() {
        last += pull(bytes, &mut at);
    }
    last
}

/// Calls back for every number of a list from `low` up to but not including `high`. `base` is the first number of its page.
pub fn each(bytes: &[u8], base: u32, low: u32, high: u32, mut take: impl FnMut(u32)) {
    let mut number = base;
    let mut at = 0;
    while at < bytes.len() {
        number = number.wrapping_add(pull(bytes, &mut at));
        if number >= high {
            return;
        }
        if number >= low {
            take(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_come_back_whole_and_by_page(mut numbers in prop::collection::vec(0_u32..200_000, 0..300), low in 0_u32..200_000, high in 0_u32..200_000) {
            numbers.sort_unstable();
            let mut list = List::default();
            numbers.iter().for_each(|&number| list.add(number));
            numbers.dedup();
            let expected: Vec<u32> = numbers.iter().copied().filter(|number| (low..high).contains(number)).collect();
            let (mut whole, mut paged) = (Vec::new(), Vec::new());
            each(list.bytes(), 0, low, high, |number| whole.push(number));
            for (page, bytes) in list.pages() {
                each(&bytes, page << PAGE_BITS, low, high, |number| paged.push(number));
            }
            prop_assert_eq!(&whole, &expected);
            prop_assert_eq!(&paged, &expected);
            prop_assert_eq!(list.count() as usize, numbers.len());
        }

        #[test]
        fn damaged_lists_end(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            let mut count = 0;
            each(&bytes, 0, 0, u32::MAX, |_| count += 1);
            prop_assert!(count <= bytes.len());
        }
    }
}
