//! Words as they are matched: English stems, Korean stems under particles and endings.

pub mod conjugation;
pub mod english;
pub mod hanja;
pub mod keyboard;
pub mod korean;
