//! Lists of rising numbers as bytes, near the least that they can take: the lower bits of each as they are, the upper ones as
//! the places of ones among zeros (Elias 1974, Fano 1971). Reading is one step a number, and what lies too low is stepped over.

/// Appends a number, seven bits a byte.
#[inline]
pub fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads such a number at `at` and moves on; 0 at the end, so that what is damaged ends and does no harm.
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

/// Numbers are cut into pages of this many, as bits; a long list is stored page by page.
pub const PAGE_BITS: u32 = 15;

/// The page of a list that a number is on.
pub fn page(number: u32) -> u32 {
    number >> PAGE_BITS
}

/// Writes a list of rising numbers, none twice, as they stand above `base`: how many bits of each are the lower ones, how many
/// numbers there are, the lower bits one after the other, then the upper ones.
pub fn write(numbers: &[u32], base: u32, bytes: &mut Vec<u8>) {
    let span = numbers.last().map_or(0, |last| last - base);
    let lower = lower_bits(numbers.len(), span);
    bytes.push(lower as u8);
    push(bytes, numbers.len() as u32);
    write_lower(numbers, base, lower, bytes);
    let uppers = bytes.len();
    bytes.resize(uppers + (numbers.len() + (span >> lower) as usize).div_ceil(8), 0);
    for (index, number) in numbers.iter().enumerate() {
        let place = index + ((number - base) >> lower) as usize;
        bytes[uppers + place / 8] |= 1 << (place % 8);
    }
}

fn write_lower(numbers: &[u32], base: u32, bits: u32, bytes: &mut Vec<u8>) {
    let (mut waiting, mut filled) = (0_u64, 0);
    for number in numbers {
        waiting |= u64::from((number - base) & ((1 << bits) - 1)) << filled;
        filled += bits;
        if filled >= 32 {
            bytes.extend_from_slice(&(waiting as u32).to_le_bytes());
            waiting >>= 32;
            filled -= 32;
        }
    }
    bytes.extend_from_slice(&waiting.to_le_bytes()[..filled.div_ceil(8) as usize]);
}

/// The bytes that [`write()`] takes, but for the few at the beginning.
pub fn size(count: usize, span: u32) -> usize {
    let lower = lower_bits(count, span);
    (count * lower as usize).div_ceil(8) + (count + (span >> lower) as usize).div_ceil(8)
}

/// The number of lower bits that takes least room, about: the logarithm of the mean distance.
fn lower_bits(count: usize, span: u32) -> u32 {
    (u64::from(span) + 1).checked_div(count as u64).and_then(u64::checked_ilog2).unwrap_or(0)
}

/// Calls back for every number of a list from `low` up to but not including `high`. `base` is what the list stands above.
#[inline]
pub fn each(bytes: &[u8], base: u32, low: u32, high: u32, mut take: impl FnMut(u32)) {
    let mut at = 1;
    let Some(&lower) = bytes.first().filter(|lower| **lower < 32) else { return };
    let count = pull(bytes, &mut at) as usize;
    let uppers = at + (count * usize::from(lower)).div_ceil(8);
    let Some(upper_bytes) = bytes.get(uppers..) else { return };
    let mut numbers = Numbers { bytes, bits: usize::from(lower), at: at * 8 };
    let (mut left, mut zeros) = (count, 0_u64);
    for chunk in upper_bytes.chunks(8) {
        let word = word(chunk);
        let ones = word.count_ones() as usize;
        let least = (zeros << lower) + u64::from(base);
        zeros += 64 - ones as u64;
        let end = ((zeros + 1) << lower) + u64::from(base);
        if least >= u64::from(high) {
            return;
        }
        if end <= u64::from(low) {
            numbers.skip(ones.min(left));
        } else if least >= u64::from(low) && end <= u64::from(high) {
            numbers.each_of(word, ones.min(left), least as u32, &mut take);
        } else {
            numbers.each_of(word, ones.min(left), least as u32, |number| {
                if (low..high).contains(&number) {
                    take(number);
                }
            });
        }
        left = left.saturating_sub(ones);
    }
}

/// The lower bits of the numbers that are still to come.
struct Numbers<'a> {
    bytes: &'a [u8],
    bits: usize,
    /// The bit at which they begin.
    at: usize,
}

impl Numbers<'_> {
    fn skip(&mut self, count: usize) {
        self.at += self.bits * count;
    }

    /// The next numbers, whose upper bits are the places of the first `count` ones of a word; `least` is what its first bit says.
    #[inline]
    fn each_of(&mut self, mut word: u64, count: usize, least: u32, mut take: impl FnMut(u32)) {
        let mask = (1_u64 << self.bits) - 1;
        for before in 0..count as u32 {
            let upper_bits = (word.trailing_zeros() - before) << self.bits;
            word &= word.wrapping_sub(1);
            let lower_bits = self.word() >> (self.at % 8) & mask;
            self.at += self.bits;
            take(least.wrapping_add(upper_bits).wrapping_add(lower_bits as u32));
        }
    }

    /// Eight bytes from where the next lower bits begin.
    #[inline]
    fn word(&self) -> u64 {
        let start = self.at / 8;
        match self.bytes.get(start..start + 8) {
            Some(bytes) => word(bytes),
            None => word(self.bytes.get(start..).unwrap_or(&[])),
        }
    }
}

/// Up to eight bytes as a number.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(numbers: &[u32], base: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(numbers, base, &mut bytes);
        bytes
    }

    fn read(bytes: &[u8], base: u32, low: u32, high: u32) -> Vec<u32> {
        let mut numbers = Vec::new();
        each(bytes, base, low, high, |number| numbers.push(number));
        numbers
    }

    proptest! {
        #[test]
        fn lists_come_back(numbers in prop::collection::btree_set(0_u32..200_000, 1..300), scale in 0_u32..12, low in 0_u32..200_000, high in 0_u32..200_000) {
            let mut numbers: Vec<u32> = numbers.into_iter().map(|number| number >> scale).collect();
            numbers.dedup();
            let expected: Vec<u32> = numbers.iter().copied().filter(|number| (low..high).contains(number)).collect();
            prop_assert_eq!(read(&written(&numbers, 0), 0, low, high), expected);
            let base = numbers[0];
            prop_assert_eq!(&read(&written(&numbers, base), base, 0, u32::MAX), &numbers);
            let taken = written(&numbers, 0).len();
            prop_assert!((2..=4).contains(&(taken - size(numbers.len(), *numbers.last().unwrap()))));
        }

        #[test]
        fn damaged_lists_end(bytes in prop::collection::vec(any::<u8>(), 0..50), base in any::<u32>()) {
            prop_assert!(read(&bytes, base, 0, u32::MAX).len() <= bytes.len() * 8);
        }
    }

    #[test]
    fn a_list_takes_two_bits_a_number_beyond_the_logarithm_of_their_distance() {
        let numbers: Vec<u32> = (0..1_000).map(|number| number * 128).collect();
        assert_eq!(written(&numbers, 0).len(), 3 + (7 * 1_000) / 8 + 250);
    }
}
