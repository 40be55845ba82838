//! Thai as officers type it: digits, dates and periods of the Buddhist Era, codes of items and questions, telephone numbers, names of people; what points at a private person. A leaf: knows no other module.

pub mod code;
pub mod date;
pub mod digits;
pub mod fold;
pub mod name;
pub mod period;
pub mod personal;
pub mod phone;
pub mod repair;
pub mod resemblance;
pub mod search;
pub mod sort;
pub mod words;

pub use code::Code;
pub use date::FiscalYear;
pub use period::Period;
