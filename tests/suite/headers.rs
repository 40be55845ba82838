//! Headers for web servers: they allow what the pages' own policy allows, and no more than it, below the folder of the site.

use prongsai::render::Output;

use crate::support::{root, sources};

const FILES: [&str; 4] = ["_headers", "headers.apache.conf", "headers.nginx.conf", "headers.iis.config"];

fn small() -> Output {
    prongsai::build(&prongsai::source::discover(&root().join("tests/sites/small")).expect("a site folder")).output
}

/// The policy in the `<meta>` of a page.
fn policy<'a>(output: &'a Output, page: &str) -> &'a str {
    let html = output.text(page).unwrap_or_else(|| panic!("{page} is there"));
    let (_, rest) = html.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"").expect("a policy");
    rest.split_once('"').expect("its end").0
}

/// The policies that a file of headers sets, in order.
fn policies(file: &str) -> Vec<&str> {
    let parts = file.split("default-src").skip(1);
    parts.map(|part| part.split(['"', '\n']).next().unwrap_or_default().trim()).collect()
}

#[test]
fn the_policy_of_a_page_and_of_the_server_are_one() {
    let output = small();
    let meta = policy(&output, "index.html");
    for page in output.files.keys().filter(|path| path.ends_with(".html") && !path.starts_with("search/")) {
        assert_eq!(policy(&output, page), meta, "{page}");
    }
    for name in FILES {
        let file = output.text(name).unwrap_or_else(|| panic!("{name} is there"));
        assert!(file.contains(&format!("{meta}; frame-ancestors 'none'")) || name == "_headers", "{name}");
        assert!(policies(file).iter().all(|policy| policy.ends_with("frame-ancestors 'none'")), "{name}: {:?}", policies(file));
        for line in file.lines().filter(|line| line.contains("Strict-Transport-Security")) {
            assert!(line.trim_start().starts_with(['#', '<']) && !line.trim_start().starts_with("<add"), "{name}: {line}");
            assert!(line.contains("<!--") || line.trim_start().starts_with('#'), "{name}: HSTS is only proposed: {line}");
        }
    }
}

#[test]
fn a_page_that_may_do_more_has_a_rule_of_its_own() {
    let output = prongsai::build(&sources("\n-- content/pages/search.md --\n+++\ntitle = \"ค้นหา\"\n+++\nหน้า\n")).output;
    let meta = policy(&output, "search/index.html");
    assert!(meta.contains("script-src 'self'") && meta.contains("form-action 'self'"), "{meta}");
    assert!(!policy(&output, "index.html").contains("script-src"));
    for name in FILES {
        let file = output.text(name).expect("a file of headers");
        let found = policies(file);
        let wide = format!("{}; frame-ancestors 'none'", meta.strip_prefix("default-src").expect("the first directive").trim());
        assert!(found.contains(&wide.as_str()), "{name}: {found:?}");
        // Where rules are joined there is one policy; elsewhere a strict one and that of the page.
        assert_eq!(found.len(), if name == "_headers" { 1 } else { 2 }, "{name}");
    }
}

#[test]
fn the_page_for_reports_leaves_no_trace() {
    let output = small();
    for (name, rule) in [
        ("_headers", "/ita/report-corruption/*\n  Referrer-Policy: no-referrer\n  Cache-Control: no-store\n"),
        (
            "headers.apache.conf",
            "m#^/ita/report-corruption/#\">\n    Header always set Referrer-Policy \"no-referrer\"\n    Header always set Cache-Control \"no-store\"\n",
        ),
        (
            "headers.nginx.conf",
            "if ($uri ~ \"^/ita/report-corruption/\") { set $prongsai_referrer \"no-referrer\"; set $prongsai_cache \"no-store\"; }",
        ),
        ("headers.iis.config", "<location path=\"report-corruption\">"),
    ] {
        let file = output.text(name).expect("a file of headers");
        assert!(file.contains(rule), "{name}\n{file}");
        assert!(!file.contains("\"/report-corruption"), "{name} knows the folder of the site");
    }
}

#[test]
fn only_files_named_by_their_checksum_are_kept_for_good() {
    let output = small();
    let hosts = output.text("_headers").expect("headers of hosts");
    let style = output.files.keys().find(|path| path.starts_with("assets/site-")).expect("the stylesheet");
    assert!(hosts.contains(&format!("/ita/{style}\n  Cache-Control: public, max-age=31536000, immutable")));
    let kept = hosts.lines().zip(hosts.lines().skip(1)).filter(|(_, next)| next.contains("immutable"));
    for (path, _) in kept {
        let sum = path.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('-')).map(|(_, sum)| sum).unwrap_or_default();
        assert!(sum.len() == 8 && sum.chars().all(|c| c.is_ascii_hexdigit()), "{path}");
    }
}
