//! Rules about single fields (P102–P107).

crate::diagnostic::rules! { missing_field, unknown_field, wrong_type, bad_value, bad_date, christian_year }
