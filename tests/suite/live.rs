//! The deployed site against what was handed in, played by servers on this machine.

use std::time::Duration;

use prongsai::content::submission::Submission;
use prongsai::diagnostic::Diagnostics;
use prongsai::net::fetch::{Failure, Fetcher, Limits};
use prongsai::net::live::{self, Live, LiveProblem};
use prongsai::render::qr::Qr;
use url::Url;

use crate::loopback::{Loopback, Reply, reply};
use crate::net::{limits, to};
use crate::support::sources;

const SURVEY: &str = "https://itas.nacc.go.th/go/eit/sample";

/// Asks a deployed site for these answers, each with an item and its checksum.
fn ask_live(server: &Loopback, answers: &[(&str, Option<&str>)], survey: &str) -> Live {
    use std::fmt::Write as _;
    let mut fixture = "-- content/submissions/2566.toml --\nfiscal_year = 2566\ndate = \"1 เมษายน 2566\"\n".to_owned();
    for (at, (url, sha256)) in answers.iter().enumerate() {
        let _ = writeln!(fixture, "[[answer]]\nitem = \"O{}\"\nurl = \"{url}\"", at + 1);
        if let Some(sha256) = sha256 {
            let _ = writeln!(fixture, "sha256 = \"{sha256}\"");
        }
    }
    fixture.push_str(survey);
    let site = prongsai::analyse(&sources(&fixture), &mut Diagnostics::default());
    let (_, submission) = site.all::<Submission>().next().expect("the submission");
    let deployed = Url::parse(&server.url("/new")).expect("a URL");
    let digest = |path: &str, body: &[u8]| format!("{path} {}", body.len());
    live::live(
        &site,
        submission,
        &deployed,
        &Fetcher::new(Limits { whole: Duration::from_secs(3), n_retries: 0, ..limits() }),
        &digest,
        |_, _| {},
    )
}

#[test]
fn the_deployed_site_is_compared_with_what_was_handed_in() {
    let server = Loopback::start(|request, _| match request.path.as_str() {
        "/new/executives/" | "/new/%E0%B9%81%E0%B8%9C%E0%B8%99/" | "/new/plain/" => reply(200, "", b"page"),
        "/new/moved/" => reply(302, &to("/elsewhere/"), b""),
        "/new/plain" => reply(301, &to("/new/plain/"), b""),
        "/elsewhere/" | "/wp-login.php" => reply(200, "", b"other"),
        "/new/private/" => reply(302, &to("/wp-login.php"), b""),
        _ => reply(404, "", b""),
    });
    let answers = [
        ("/executives/", Some("/executives/ 4")),
        ("https://example.go.th/executives/#top", Some("/EXECUTIVES/ 4")),
        ("https://www.example.go.th/แผน/", Some("/แผน/ 5")),
        ("/plain", None),
        ("/moved/", Some("x")),
        ("/private/", None),
        ("/nowhere/", None),
    ];
    let found = ask_live(&server, &answers, "");
    let problems: Vec<_> = found.answers.iter().map(|answer| answer.problems.clone()).collect();
    let expected = [
        vec![],
        vec![],
        vec![LiveProblem::Changed],
        vec![],
        vec![LiveProblem::Redirected(server.url("/elsewhere/"))],
        vec![LiveProblem::LoginWall(server.url("/wp-login.php"))],
        vec![LiveProblem::Status(404)],
    ];
    assert_eq!(problems, expected);
    assert_eq!(found.answers[0].url, server.url("/new/executives/"));
    assert_eq!(found.answers[2].item.to_string(), "O3");
    assert!(found.qr_code.is_none(), "no survey, no code");
    let pages = server.lines().iter().filter(|line| line.as_str() == "GET /new/executives/").count();
    assert_eq!(pages, 1, "an address of two answers is asked once");
    for problem in problems.iter().flatten() {
        assert!(!problem.text().th.is_empty() && !problem.text().en.is_empty());
    }
}

#[test]
fn a_site_that_is_down_is_not_asked_for_every_answer() {
    let server = Loopback::start(|_, _| Reply::Late(Duration::from_secs(9), Vec::new()));
    let pages: Vec<String> = (0..9).map(|n| format!("/{n}/")).collect();
    let answers: Vec<(&str, Option<&str>)> = pages.iter().map(|page| (page.as_str(), None)).collect();
    let found = ask_live(&server, &answers, "");
    assert!(found.answers.iter().all(|answer| answer.problems == [LiveProblem::Failed(Failure::Timeout)]));
    assert_eq!(server.n_accepted(), 2, "two pages, as often as the limits say");
}

#[test]
fn the_deployed_code_leads_to_the_survey() {
    let survey = format!("-- content/surveys/eit-2566.toml --\nfiscal_year = 2566\nurl = \"{SURVEY}\"\n");
    let code_of = |picture: Vec<u8>| {
        let server = Loopback::start(move |request, _| match request.path.as_str() {
            "/new/surveys/eit/eit-2566.png" => reply(200, "", &picture),
            _ => reply(404, "", b""),
        });
        ask_live(&server, &[], &survey).qr_code.expect("a survey").problems
    };
    assert_eq!(code_of(Qr::of(SURVEY).expect("a code").png), []);
    let other = "https://itas.nacc.go.th/go/iit/sample";
    assert_eq!(code_of(Qr::of(other).expect("a code").png), [LiveProblem::OtherCode(other.to_owned())]);
    assert!(matches!(code_of(b"<html>".to_vec())[..], [LiveProblem::NoCode(_)]));
}
