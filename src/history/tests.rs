//! The chain of the history, and the lines of `SHA256SUMS`.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn log() -> Vec<u8> {
    let change = |page: &str, sum: Option<&str>| Change {
        page: page.to_owned(),
        items: vec!["O2".to_owned()],
        files: vec![("content/executives/01-mayor.md".to_owned(), sum.map(str::to_owned))],
    };
    let mut log = Vec::new();
    for (day, sum) in [(20, Some("aa")), (21, Some("bb")), (30, None)] {
        let publishes = read(&log).expect("a chain");
        let line = next(&log, &publishes, date(2023, 4, day), format!("files of {day}"), vec![change("/executives/", sum)]);
        log.extend(line.into_bytes());
    }
    log
}

#[test]
fn lines_follow_from_each_other() {
    let publishes = read(&log()).expect("a chain");
    assert_eq!(publishes.iter().map(|publish| publish.number).collect::<Vec<_>>(), [1, 2, 3]);
    let mut state = State::new();
    let kinds: Vec<_> = publishes.iter().flat_map(|publish| &publish.changes).map(|change| apply(&mut state, change)).collect();
    assert_eq!(kinds, [Kind::New, Kind::Changed, Kind::Gone]);
}

#[test]
fn a_clock_that_went_back_does_not_turn_days_around() {
    let log = log();
    let publishes = read(&log).expect("a chain");
    let line = next(&log, &publishes, date(2020, 1, 1), String::new(), Vec::new());
    assert!(line.contains("2023-04-30"), "{line}");
}

#[test]
fn a_line_that_is_left_out_or_moved_breaks_the_chain() {
    let log = String::from_utf8(log()).expect("UTF-8");
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    for (which, line) in [([0, 2, 2], 2), ([1, 0, 2], 1), ([0, 0, 1], 2)] {
        let other: String = which.iter().map(|at| lines[*at]).collect();
        assert_eq!(read(other.as_bytes()).expect_err("broken").line, line);
    }
    assert!(read(&log.as_bytes()[..log.len() - 1]).is_err(), "cut off");
}

proptest! {
    /// All but the last line is sealed by the one after it; the last one by the signature, or by what somebody kept.
    #[test]
    fn an_edited_line_breaks_the_chain(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut log = log();
        let last = log[..log.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("three lines") + 1;
        let at = at.index(last);
        prop_assume!(log[at] != byte);
        log[at] = byte;
        prop_assert!(read(&log).is_err());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_name_survives_the_list(names in prop::collection::btree_set("[a-zก-๛ \\\\\n\r/.]{1,20}", 0..8)) {
        let files: BTreeMap<String, String> = names.into_iter().map(|name| (name.clone(), hex(&Sha256::digest(name)))).collect();
        let text = sums::write(files.iter().map(|(path, sum)| (path.as_str(), sum.as_str())));
        prop_assert_eq!(sums::read(&text), Ok(files));
    }
}
