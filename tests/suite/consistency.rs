//! Consistency of scores, names and the chain weakness → measure → step → progress, beyond the examples of the rules.

use prongsai::content::Reference;
use prongsai::diagnostic::{Diagnostics, Lang};
use prongsai::site::weakness::Subject;
use prongsai::thai::FiscalYear;

use crate::support::{report, root, sources};

/// A form of the year before with five sub-indicators in indicator 9 and nine items in the first.
fn form_2565() -> String {
    let subs = (1..=5).map(|number| {
        format!("[[sub]]\nid = \"9.{number}\"\nindicator = 9\ntitle = {{ th = \"ก\", en = \"a\" }}\nconfidence = \"two\"\n")
    });
    let items = (1..=13).map(|number| {
        let sub = if number <= 9 { 1 } else { number - 8 };
        format!(
            r#"
[[item]]
id = "O{number}"
topic = "t{number}"
title = {{ th = "ข้อ {number}", en = "item" }}
sub = "9.{sub}"
group = "ก"
scope = "undated"
confidence = "two"
requirement = [{{ id = "O{number}.1", text = {{ th = "ก", en = "a" }}, confidence = "two", kind = "declared" }}]
"#
        )
    });
    let head = "-- content/catalog/fy2566.toml --\nfiscal_year = 2566\nitem_count = 0\nsub = []\n\
        -- content/catalog/fy2565.toml --\nfiscal_year = 2565\nitem_count = 13\n";
    format!("{head}{}{}", subs.collect::<String>(), items.collect::<String>())
}

fn result(rest: &str) -> String {
    format!("-- content/results/2565.toml --\nfiscal_year = 2565\ntotal = \"91.81\"\ngrade = \"A\"\n{rest}\n")
}

fn indicator(number: u32, score: &str, rank: &str) -> String {
    let frame = prongsai::catalog::ita().indicator(number).expect("an indicator");
    let (name, instrument) = (&frame.title.th, &frame.instrument);
    format!("[[indicator]]\nnumber = {number}\nname = \"{name}\"\ninstrument = \"{instrument}\"\nscore = \"{score}\"\n{rank}\n")
}

fn instruments(scores: [&str; 3]) -> String {
    let row = |(code, score)| format!("[[instrument]]\ncode = \"{code}\"\nname = \"แบบวัด\"\nscore = \"{score}\"\n");
    ["IIT", "EIT", "OIT"].into_iter().zip(scores).map(row).collect()
}

fn item(code: &str, indicator: u32, score: &str) -> String {
    format!("[[item]]\ncode = \"{code}\"\nindicator = {indicator}\ntext = \"ข้อมูล\"\nscore = \"{score}\"\n")
}

/// The English messages of a fixture's problems, each after its code.
fn said(fixture: &str) -> Vec<String> {
    let build = prongsai::build(&sources(fixture));
    let line = |diagnostic: &prongsai::diagnostic::Diagnostic| format!("{} {}", diagnostic.rule.code, diagnostic.message.en);
    build.diagnostics.iter().map(line).collect()
}

fn expect(fixture: &str, expected: &[&str]) {
    let said = said(fixture);
    let is_as_expected = said.len() == expected.len() && expected.iter().all(|part| said.iter().any(|line| line.contains(part)));
    assert!(is_as_expected, "{fixture}\nexpected {expected:#?}\nsaid {said:#?}");
}

#[test]
fn means_and_what_rounding_explains() {
    let iit = ["90.62", "80.83", "87.21", "81.94", "83.52"];
    let rows: String = (1..).zip(iit).map(|(number, score)| indicator(number, score, "")).collect();
    for (printed, problems) in
        [("84.83", &[][..]), ("84.82", &[]), ("84.85", &["P801 IIT is printed as 84.85"]), ("84.80", &["is 84.824"])]
    {
        expect(&result(&format!("{}{rows}", instruments_of("IIT", printed))), problems);
    }
    // One indicator is not printed, so nothing is known of the mean.
    let rows: String = (1..).zip(iit).skip(1).map(|(number, score)| indicator(number, score, "")).collect();
    expect(&result(&format!("{}{rows}", instruments_of("IIT", "70.00"))), &[]);
    let e6 = |score: &str| {
        result(&format!(
            "[[question]]\ncode = \"E6\"\nindicator = 7\ntext = \"ก\"\nscore = \"{score}\"\n\
             [[question.part]]\ntext = \"ก\"\nscore = \"86.79\"\n[[question.part]]\ntext = \"ข\"\nscore = \"87.14\"\n"
        ))
    };
    expect(&e6("86.97"), &[]);
    expect(&e6("86.99"), &["P801 E6 is printed as 86.99, the mean of its parts is 86.965"]);
}

fn instruments_of(code: &str, score: &str) -> String {
    format!("[[instrument]]\ncode = \"{code}\"\nname = \"แบบวัด\"\nscore = \"{score}\"\n")
}

#[test]
fn scores_printed_without_decimals_are_not_held_to_two() {
    let rows = format!("{}{}", indicator(9, "98", ""), indicator(10, "100", ""));
    let of = |score| {
        let oit = instruments_of("OIT", score);
        format!("-- content/results/2565.toml --\nfiscal_year = 2565\ntotal = 92\ngrade = \"A\"\n{oit}{rows}")
    };
    expect(&of("98"), &[]);
    expect(&of("96"), &["P801 OIT is printed as 96, the mean of the indicators of OIT is 99"]);
}

#[test]
fn bounds_of_an_oit_indicator() {
    let of = |score: &str, rest: &str| format!("{}{}", form_2565(), result(&format!("{}{rest}", indicator(9, score, ""))));
    let o2 = item("O2", 9, "0.00");
    expect(&of("97.78", &o2), &[]);
    expect(
        &of("98.00", &o2),
        &["P801 indicator 9 is printed as 98.00, with the printed scores of its sub-indicators it is at most 97.778"],
    );
    expect(&of("97.78", &format!("{o2}[[sub]]\nid = \"9.1\"\nscore = \"88.89\"\n")), &[]);
    expect(
        &of("97.78", &format!("{o2}[[sub]]\nid = \"9.1\"\nscore = \"90.00\"\n")),
        &["P801 sub-indicator 9.1 is printed as 90.00"],
    );
    let all: String = [1, 3, 4, 5, 6, 7, 8, 9].iter().map(|number| item(&format!("O{number}"), 9, "100.00")).collect();
    expect(&of("10.00", &format!("{o2}{all}")), &["it is at least 17.778"]);
    expect(
        &of("97.78", &format!("{}[[sub]]\nid = \"9.9\"\nscore = \"90.00\"\n", item("O14", 9, "0.00"))),
        &["P807 the form of 2565 has no item O14", "P807 the form of 2565 has no sub-indicator 9.9"],
    );
    expect(&of("97.78", &item("O2", 10, "0.00")), &["P806 O2 belongs to indicator 9"]);
}

#[test]
fn totals_from_printed_or_unrounded_instruments() {
    let total = |total: &str, rest: &str| result(rest).replace("91.81", total);
    let memo = instruments(["84.83", "89.34", "98.89"]);
    for (printed, problems) in
        [("91.81", &[][..]), ("91.80", &[]), ("91.83", &["P802 the total is printed as 91.83, the instruments give 91.807"])]
    {
        expect(&total(printed, &memo), problems);
    }
    expect(&total("91.83", &instruments_of("IIT", "84.83")), &[]);
    // The weights of that year are not known.
    expect(&total("99.00", &memo).replace("2565", "2562").replace("\"A\"", "\"AA\""), &[]);
}

#[test]
fn ranks() {
    let of = |ranks: [u32; 10]| {
        let scores = ["90.62", "80.83", "87.21", "81.94", "83.52", "90.66", "88.48", "88.89", "97.78", "100.00"];
        let rows =
            (1..).zip(scores).zip(ranks).map(|((number, score), rank)| indicator(number, score, &format!("rank = {rank}")));
        result(&rows.collect::<String>())
    };
    expect(&of([4, 10, 7, 9, 8, 3, 6, 5, 2, 1]), &[]);
    expect(&of([4, 10, 7, 9, 8, 3, 5, 5, 2, 1]), &["P803 indicator 7 with 88.48 is number 6, not 5"]);
    let tied = |ranks: [u32; 3]| {
        let rows = [(1, "90.00"), (2, "90.00"), (3, "80.00")].into_iter().zip(ranks);
        result(&rows.map(|((number, score), rank)| indicator(number, score, &format!("rank = {rank}"))).collect::<String>())
    };
    for ranks in [[1, 1, 2], [1, 1, 3], [2, 1, 3]] {
        expect(&tied(ranks), &[]);
    }
    expect(&tied([1, 3, 2]), &["P803 indicator 3 (80.00) is not ranked below indicator 2"]);
}

#[test]
fn grades_of_both_schemes() {
    let of = |year: &str, total: &str, grade: &str, rest: &str| {
        format!("-- content/results/{year}.toml --\nfiscal_year = {year}\ntotal = \"{total}\"\ngrade = \"{grade}\"\n{rest}")
    };
    expect(&of("2565", "91.81", "ระดับ A", ""), &[]);
    expect(&of("2565", "91.81", "ผ่านดี", ""), &["P804 in 2565, a total of 91.81 is graded A, not ผ่านดี"]);
    let low = instruments(["84.83", "89.34", "98.89"]);
    expect(&of("2566", "91.81", "ผ่าน", &low), &[]);
    expect(&of("2566", "91.81", "ผ่านดี", &low), &["P804 in 2566, a total of 91.81 is graded ผ่าน, not ผ่านดี"]);
    // What is not printed leaves several grades possible, and a year without a scheme all of them.
    expect(&of("2566", "91.81", "ผ่านดี", ""), &[]);
    expect(&of("2566", "91.81", "ผ่านดีเยี่ยม", ""), &["P804"]);
    expect(&of("2570", "91.81", "ดี", ""), &[]);
    expect(&of("2565", "91.81", "A (85.00–94.99)", ""), &[]);
}

#[test]
fn names_and_codes() {
    let row = indicator(8, "88.89", "");
    expect(&result(&row.replace("การปรับปรุงการทำงาน", "การปรับปรุงระบบการทำงาน")), &["P805 indicator 8 is printed with two names"]);
    expect(&result(&row.replace("การปรับปรุงการทำงาน", "การใช้อำนาจ")), &["P805 การใช้อำนาจ is indicator 3, not 8"]);
    expect(&result(&row.replace("EIT", "IIT")), &["P805 indicator 8 belongs to EIT, not IIT"]);
    expect(&result(&row.replace("EIT", "ITT")), &["P805 there is no instrument `ITT`"]);
    expect(&result(&row.replace("number = 8", "number = 12")), &["P807 there is no indicator 12"]);
    let question = |code: &str, indicator: u32| {
        result(&format!("[[question]]\ncode = \"{code}\"\nindicator = {indicator}\ntext = \"ก\"\nscore = \"79.84\"\n"))
    };
    expect(&question("I14", 3), &[]);
    expect(&question("I4", 3), &["P806 I4 belongs to indicator 1"]);
    expect(&question("I31", 5), &["P807 there is no question I31"]);
    expect(&question("O2", 9), &["P807 O2 is not a question"]);
    // The questions of later years are not known.
    expect(&question("I31", 5).replace("2565", "2567").replace("\"A\"", "\"ผ่าน\""), &[]);
    // Before the first known scheme, instruments and indicators were others.
    let old = instruments_of("EBIT", "80.00") + &row.replace("การปรับปรุงการทำงาน", "ความพร้อมรับผิด");
    expect(&result(&old).replace("2565", "2561"), &[]);
    let likely = prongsai::build(&sources(&question("I120", 4)));
    let help = likely.diagnostics.iter().next().and_then(|problem| problem.help.clone());
    assert_eq!(help.map(|help| help.en), Some("probably \"I20\"".to_owned()));
}

/// A site with an analysis, a measure of two steps, and reports.
fn reported(period: &str, reports: &[(&str, &str)]) -> String {
    let site = format!(
        "-- content/measures/2566/1-a.md --\n+++\ntitle = \"ก\"\nresponsible = \"กองคลัง\"\n[[step]]\ntext = \"ก\"\nperiod = \"{period}\"\n\
         [[step]]\ntext = \"ข\"\nfrequency = \"ทุก 3 เดือน\"\n+++\n"
    );
    let report = |(place, fields): &(&str, &str)| format!("-- content/progress/{place} --\n+++\nmeasure = 1\n{fields}\n+++\n");
    format!("{site}{}", reports.iter().map(report).collect::<String>())
}

#[test]
fn steps_and_reports() {
    let whole = "status = \"ongoing\"\nperiod = \"ต.ค. 2565 - มี.ค. 2566\"";
    let second = "step = 2\nstatus = \"ongoing\"\nperiod = \"ต.ค. 2565 - มี.ค. 2566\"";
    expect(&reported("ต.ค. 2565", &[]), &[]);
    expect(&reported("ต.ค. 2565", &[("2566-h1/1-a.md", whole)]), &[]);
    expect(&reported("ต.ค. 2565", &[("2566-h1/1-a.md", second)]), &["P813 step 1"]);
    expect(&reported("พ.ค. 2566", &[("2566-h1/1-a.md", second)]), &[]);
    expect(&reported("ต.ค. 2565", &[("2566/1-a.md", second)]), &["P813 step 1"]);
    expect(&reported("พ.ค. 2566", &[("2566/1-a.md", second)]), &[]);
    let early = "step = 1\nstatus = \"done\"\nperiod = \"ต.ค. 2565\"";
    expect(
        &reported("ก.พ. 2566", &[("2566-h1/1-a.md", early)]),
        &["P813 reported as done, but the step begins on 1 February 2023"],
    );
    expect(&reported("ก.พ. 2566", &[("2566-h1/1-a.md", &early.replace("done", "ongoing"))]), &[]);
    // A report at the end of the year may cover all of it.
    let year = "status = \"done\"\nperiod = \"ต.ค. 2565 - ก.ย. 2566\"";
    expect(&reported("ต.ค. 2565", &[("2566-h2/1-a.md", year)]), &[]);
    expect(&reported("ต.ค. 2565", &[("2566-h1/1-a.md", year)]), &["P402 the period ends on 30 September 2023"]);
    expect(&reported("ต.ค. 2565", &[("2566-q1/1-a.md", whole)]), &["P402 the period ends on 31 March 2023"]);
    // A report on something that is not there may be meant for what has none.
    expect(&reported("ต.ค. 2565", &[("2566-h1/1-a.md", &second.replace("step = 2", "step = 9"))]), &["P205"]);
    let other = "-- content/measures/2566/2-b.md --\n+++\ntitle = \"ข\"\n+++\n";
    expect(&format!("{}{other}", reported("ต.ค. 2565", &[("2566-h1/1-a.md", whole)])), &["P813 measure 2 has no report"]);
}

#[test]
fn periods_and_the_year() {
    for (period, problems) in [
        ("ต.ค. 65 - ก.ย. 66", &[][..]),
        ("2566-2570", &[]),
        ("ทุกเดือน", &[]),
        ("ก.ย. 65 - ธ.ค. 65", &["P402 a part of"]),
        ("ต.ค. 66", &["P402 `ต.ค. 66` is outside fiscal year 2566"]),
    ] {
        expect(&reported(period, &[]), problems);
    }
    let survey = |days: &str| {
        format!(
            "-- content/surveys/eit-2566.toml --\nfiscal_year = 2566\nurl = \"https://itas.nacc.go.th/go/eit/sample\"\n{days}\n"
        )
    };
    expect(&survey("opens = \"1 มี.ค. 2566\"\ncloses = \"30 มิ.ย. 2566\""), &[]);
    expect(&survey("opens = \"30 มิ.ย. 2566\"\ncloses = \"1 มี.ค. 2566\""), &["P402 it closes before it opens"]);
    expect(&survey("closes = \"1 ต.ค. 2566\""), &["P402 1 October 2023 is outside fiscal year 2566"]);
}

#[test]
fn a_measure_may_name_the_issue_that_names_the_weakness() {
    let site = |measure: &str| {
        format!(
            "{}-- content/analysis/2566.md --\n+++\ntitle = \"ก\"\nfiscal_year = 2566\nresult = 2565\n\
             [[urgent_issue]]\ntext = \"แก้ไขข้อมูลผู้บริหาร\"\naddresses = [\"O2\"]\n+++\n\
             -- content/measures/2566/1-a.md --\n+++\ntitle = \"ก\"\naddresses = [\"{measure}\"]\n+++\n",
            result(&item("O2", 9, "0.00"))
        )
    };
    expect(&site("urgent:1"), &[]);
    expect(&site("O2"), &[]);
    expect(&site("indicator:9"), &[]);
    expect(&site("indicator:1"), &["P808 O2", "P808 no measure addresses urgent issue 1", "P809"]);
    expect(&site("urgent:1").replace("addresses = [\"urgent:1\"]", ""), &["P808", "P808", "P809 the measure does not say"]);
}

/// What a reader of the memo found, and no more.
#[test]
fn the_example_site() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let build = prongsai::build(&sources);
    let found =
        build.diagnostics.iter().filter(|problem| ["P4", "P8"].iter().any(|series| problem.rule.code.starts_with(series)));
    let mut found: Vec<_> = found.map(|problem| (problem.rule.code, problem.span.path.name().to_owned())).collect();
    found.sort_unstable();
    let expected = [
        ("P402", "1-budget.md"),
        ("P403", "2566.md"),
        ("P805", "2565.toml"),
        ("P805", "3-assets.md"),
        ("P806", "2565.toml"),
        ("P808", "2565.toml"),
        ("P808", "2566.md"),
        ("P808", "2566.md"),
        ("P808", "2566.md"),
        ("P810", "2-power.md"),
        ("P810", "4-anti-corruption.md"),
        ("P811", "2-power.md"),
        ("P811", "3-assets.md"),
        ("P811", "5-communication.md"),
        ("P812", "2565.toml"),
        ("P815", "2566.md"),
        ("P815", "2566.md"),
        ("P815", "2566.md"),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(code, name)| (code, name.to_owned())).collect();
    assert_eq!(found, expected, "{}", report(&sources, &build.diagnostics, Lang::En));
}

#[test]
fn weaknesses_of_the_example_site() {
    let sources = prongsai::source::discover(&root()).expect("the example site");
    let site = prongsai::analyse(&sources, &mut Diagnostics::default());
    let weaknesses = site.weaknesses(FiscalYear::new(2566).expect("a year"));
    let numbers = |at: &[usize]| at.iter().filter_map(|at| site.documents[*at].number).collect::<Vec<_>>();
    let shown: Vec<_> = weaknesses.iter().map(|weakness| (&weakness.subject, numbers(&weakness.addressed_by))).collect();
    let of = |subject: Subject| shown.iter().find(|(other, _)| **other == subject).map(|(_, measures)| measures.clone());
    assert_eq!(of(Subject::Instrument("IIT".to_owned())), Some(vec![1, 3, 4]));
    assert_eq!(of(Subject::Indicator(2)), Some(vec![1]));
    assert_eq!(of(Subject::Item("O2".parse().expect("a code"))), Some(vec![]));
    assert_eq!(of(Subject::Question("I24".parse().expect("a code"))), Some(vec![3]));
    assert_eq!(of(Subject::Urgent(6)), Some(vec![5]));
    assert_eq!(
        (of(Subject::Finding(1)), of(Subject::Finding(2)), of(Subject::Finding(3))),
        (Some(vec![1, 3, 4]), None, Some(vec![]))
    );
    let development = weaknesses.iter().find(|weakness| weakness.subject == Subject::Development(1)).expect("a point");
    assert_eq!(development.open, [Reference::Indicator(6), Reference::Indicator(8)]);
    let subjects: Vec<_> = weaknesses.iter().map(|weakness| &weakness.subject).collect();
    assert!(subjects.is_sorted(), "{subjects:?}");
}
