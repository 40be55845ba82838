//! E-mail addresses at hosts where anybody may have one; those of agencies have a host of their own.

use super::{Found, Kind};

/// Hosts of free mail, as they end.
const FREE: [&str; 31] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.th",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.co.th",
    "live.com",
    "msn.com",
    "windowslive.com",
    "yahoo.com",
    "yahoo.co.th",
    "yahoo.co.uk",
    "ymail.com",
    "rocketmail.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "pm.me",
    "mail.com",
    "gmx.com",
    "gmx.net",
    "zoho.com",
    "yandex.com",
    "thaimail.com",
    "chaiyo.com",
    "qq.com",
    "163.com",
];

/// Longest name before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_NAME: usize = 64;

/// The addresses of a text.
pub(super) fn find(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let at = memchr::memchr_iter(b'@', bytes);
    at.filter_map(|at| {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
        let length = bytes[..at].iter().rev().take(MAX_NAME + 1).take_while(|byte| is_name(byte)).count();
        let dots = bytes[at - length..at].iter().take_while(|byte| b"._%+-".contains(byte)).count();
        let start = at - length + dots;
        let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let host = &text[at + 1..at + 1 + bytes[at + 1..].iter().take_while(|byte| is_host(byte)).count()];
        let host = host.trim_end_matches(['.', '-']);
        let is_free = FREE.iter().any(|free| host.eq_ignore_ascii_case(free));
        let range = start..at + 1 + host.len();
        (start < at && length <= MAX_NAME && is_free).then(|| Found {
            kind: Kind::Email,
            value: text[range.clone()].to_ascii_lowercase(),
            range,
        })
    })
    .collect()
}
