//! What officers really do to files: each mistake is one diagnostic at its place, the other files are still checked, the program
//! exits with 1 (2 for the disk), and `public/` stays as it was.

use std::fs;
use std::path::Path;

use crate::support::{folder, prongsai, stderr, stdout, unset};

const GOOD: &str = "-- content/news/good.md --
+++
title = \"ซ้อมแผนรับน้ำท่วม\"
date = \"20 เมษายน 2566\"
+++
";

/// A second mistake, to see that it is still found.
const OTHER: &str = "-- content/news/other.md --
+++
title = \"ซ้อมแผนดับเพลิง\"
+++
";

struct Case {
    name: &'static str,
    /// What is done to a good site folder.
    harm: fn(&Path),
    code: &'static str,
    /// Where the report points: path, or path and line.
    place: &'static str,
    exit: i32,
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn news(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"ก\"\n{front}+++\n{body}")
}

const DATE: &str = "date = \"20 เมษายน 2566\"\n";

fn executive(root: &Path, more: &str) {
    let text = format!("+++\nname = \"นาง ก\"\nposition = \"ปลัด\"\ngroup = \"permanent\"\n{more}+++\n");
    write(root, "content/executives/01-a.md", text);
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case { name: "unclosed string", code: "P101", place: "content/news/bad.md:2:", exit: 1,
        harm: |root| write(root, "content/news/bad.md", format!("+++\ntitle = \"ก\n{DATE}+++\n")) },
    Case { name: "curly quotation marks", code: "P101", place: "content/news/bad.md:2:", exit: 1,
        harm: |root| write(root, "content/news/bad.md", format!("+++\ntitle = “ก”\n{DATE}+++\n")) },
    Case { name: "Thai digits without quotation marks", code: "P101", place: "content/results/2565.toml:1:", exit: 1,
        harm: |root| write(root, "content/results/2565.toml", "fiscal_year = ๒๕๖๕\ntotal = \"91\"\ngrade = \"A\"\n") },
    Case { name: "the same key twice", code: "P101", place: "content/news/bad.md:3:", exit: 1,
        harm: |root| write(root, "content/news/bad.md", format!("+++\ntitle = \"ก\"\ntitle = \"ข\"\n{DATE}+++\n")) },
    Case { name: "missing field", code: "P102", place: "content/news/bad.md:3:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news("", "")) },
    Case { name: "empty value", code: "P102", place: "content/news/bad.md:3:8", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news("date = \"\"\n", "")) },
    Case { name: "unknown key", code: "P103", place: "content/news/bad.md:4:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(&format!("{DATE}sumary = \"ข\"\n"), "")) },
    Case { name: "wrong type", code: "P104", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "email = 5\n") },
    Case { name: "number that cannot be called", code: "P105", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "phone = \"12\"\n") },
    Case { name: "no such day", code: "P106", place: "content/news/bad.md:3:8", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news("date = \"31 เมษายน 2566\"\n", "")) },
    Case { name: "a Christian year", code: "P107", place: "content/news/bad.md:3:8", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news("date = \"20 เมษายน 2023\"\n", "")) },
    Case { name: "front matter of another program", code: "P108", place: "content/news/bad.md:1:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", "---\ntitle: ก\n---\n") },
    Case { name: "front matter without an end", code: "P108", place: "content/news/bad.md:1:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", format!("+++\ntitle = \"ก\"\n{DATE}\nเนื้อความ\n")) },
    Case { name: "invalid UTF-8", code: "P109", place: "content/news/bad.md:2:10", exit: 1,
        harm: |root| write(root, "content/news/bad.md", b"+++\ntitle = \"\xa1\xd2\"\n+++\n") },
    Case { name: "UTF-16", code: "P109", place: "content/news/bad.md:1:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", b"\xff\xfe+\0+\0+\0\n\0") },
    Case { name: "empty file", code: "P110", place: "content/news/bad.md", exit: 1,
        harm: |root| write(root, "content/news/bad.md", "") },
    Case { name: "empty settings", code: "P110", place: "content/site.toml", exit: 1,
        harm: |root| write(root, "content/site.toml", "\n") },
    Case { name: "5 MB of text", code: "P111", place: "content/news/bad.md", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, &"ก".repeat(5 * 1024 * 1024 / 3))) },
    Case { name: "directory where a file is expected", code: "P114", place: "content/news/bad.md", exit: 1,
        harm: |root| fs::create_dir_all(root.join("content/news/bad.md")).expect("made") },
    Case { name: "unknown folder", code: "P115", place: "content/exekutives/a.md", exit: 1,
        harm: |root| write(root, "content/exekutives/a.md", news(DATE, "")) },
    Case { name: "slug with a space", code: "P116", place: "content/news/bad name.md", exit: 1,
        harm: |root| write(root, "content/news/bad name.md", news(DATE, "")) },
    Case { name: "slug with ..", code: "P116", place: "content/news/bad..name.md", exit: 1,
        harm: |root| write(root, "content/news/bad..name.md", news(DATE, "")) },
    Case { name: "raw HTML with a script", code: "P117", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n<script>alert(1)</script>\n")) },
    Case { name: "link to a page that does not exist", code: "P201", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](/nowhere/)\n")) },
    Case { name: "link that runs code", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](javascript:alert)\n")) },
    Case { name: "link that hides that it runs code", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](java&#10;script:alert)\n")) },
    Case { name: "automatic link that runs code", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n<javascript:alert>\n")) },
    Case { name: "reference that runs code", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก][1]\n\n[1]: data:text/html,a\n")) },
    Case { name: "picture that is data", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n![ก](data:image/svg+xml,a)\n")) },
    Case { name: "link to another host without saying so", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](//evil.example/)\n")) },
    Case { name: "link to another host by backslashes", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](\\\\\\\\evil.example)\n")) },
    Case { name: "link to the author's own disk", code: "P221", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](file:///C:/plan.pdf)\n")) },
    Case { name: "address of a field that runs code", code: "P105", place: "content/channels/a.md:4:7", exit: 1,
        harm: |root| write(root, "content/channels/a.md", "+++\ntitle = \"ก\"\nkind = \"contact\"\nurl = \"javascript:alert(1)//https://a.example\"\n+++\n") },
    Case { name: "address of a field that hides its host", code: "P105", place: "content/channels/a.md:4:7", exit: 1,
        harm: |root| write(root, "content/channels/a.md", "+++\ntitle = \"ก\"\nkind = \"contact\"\nurl = \"https://example.go.th@evil.example\"\n+++\n") },
    Case { name: "address of a field in two lines", code: "P105", place: "content/channels/a.md:4:7", exit: 1,
        harm: |root| write(root, "content/channels/a.md", "+++\ntitle = \"ก\"\nkind = \"contact\"\nurl = \"https://a.example/\\nb\"\n+++\n") },
    Case { name: "e-mail address with fields of its own", code: "P105", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "email = \"a%0Abcc:b@example.go.th\"\n") },
    Case { name: "web page as attachment", code: "P222", place: "content/news/bad.md:5:8", exit: 1,
        harm: |root| { write(root, "content/news/a.html", "<script>alert(1)</script>");
            write(root, "content/news/bad.md", news(&format!("{DATE}[[attachment]]\nfile = \"a.html\"\ntitle = \"ก\"\n"), "")); } },
    Case { name: "picture that runs code", code: "P222", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| { write(root, "content/news/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
            write(root, "content/news/bad.md", news(DATE, "\n[ก](a.svg)\n")); } },
    Case { name: "seal that runs code", code: "P222", place: "content/site.toml:", exit: 1,
        harm: |root| { write(root, "content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
            let text = fs::read_to_string(root.join("content/site.toml")).expect("settings");
            write(root, "content/site.toml", text.replace("[agency]\n", "[agency]\nseal = \"a.svg\"\n")); } },
    Case { name: "absolute path of a photo", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = \"/etc/passwd\"\n") },
    Case { name: "path of a photo on a disk of Windows", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = 'C:\\Windows\\win.ini'\n") },
    Case { name: "path of a photo with backslashes", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = '..\\..\\..\\..\\etc\\passwd'\n") },
    Case { name: "photo as an address", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = \"file:///etc/passwd\"\n") },
    Case { name: "link out of the folder", code: "P201", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](../../../etc/passwd)\n")) },
    Case { name: "photo missing", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = \"01-a.jpg\"\n") },
    Case { name: "attachment missing", code: "P202", place: "content/news/bad.md:5:8", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(&format!("{DATE}[[attachment]]\nfile = \"a.pdf\"\ntitle = \"ก\"\n"), "")) },
    Case { name: "photo outside the folder", code: "P202", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| executive(root, "photo = \"../../../photo.png\"\n") },
    Case { name: "photo that is not an image", code: "P203", place: "content/executives/01-a.md:5:9", exit: 1,
        harm: |root| { executive(root, "photo = \"01-a.jpg\"\n"); write(root, "content/executives/01-a.jpg", "not a photo"); } },
    Case { name: "two files claim one URL", code: "P204", place: "content/news/good.md", exit: 1,
        harm: |root| write(root, "content/news/2-good.md", news(DATE, "")) },
    Case { name: "page that claims a generated URL", code: "P204", place: "content/pages/executives.md", exit: 1,
        harm: |root| write(root, "content/pages/executives.md", "+++\ntitle = \"ก\"\n+++\n") },
    Case { name: "IIT link in place of the EIT survey", code: "P206", place: "content/surveys/eit.toml:2:7", exit: 1,
        harm: |root| write(root, "content/surveys/eit.toml", "fiscal_year = 2566\nurl = \"https://itas.nacc.go.th/go/iit/abc123\"\n") },
    Case { name: "shortened survey link", code: "P206", place: "content/surveys/eit.toml:2:7", exit: 1,
        harm: |root| write(root, "content/surveys/eit.toml", "fiscal_year = 2566\nurl = \"https://bit.ly/abc123\"\n") },
    Case { name: "topic that leaves the folder", code: "P105", place: "content/disclosures/2566/a.md:2:9", exit: 1,
        harm: |root| write(root, "content/disclosures/2566/a.md", "+++\ntopic = \"../../out\"\n+++\n") },
    Case { name: "rule that cannot be lowered", code: "P705", place: "content/site.toml:", exit: 1,
        harm: |root| { let text = fs::read_to_string(root.join("content/site.toml")).expect("settings");
            write(root, "content/site.toml", text + "\n[rules]\nbroken-link = \"ignore\"\n"); } },
    Case { name: "picture of another host", code: "P201", place: "content/news/bad.md:6:1", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n![ก](https://cdn.example/a.png)\n")) },
    Case { name: "link to a file with a space", code: "P118", place: "content/news/bad.md:6:", exit: 1,
        harm: |root| write(root, "content/news/bad.md", news(DATE, "\n[ก](a b.pdf)\n")) },
    Case { name: "two executives with one name", code: "P204", place: "content/executives/02-a.md", exit: 1,
        harm: |root| { executive(root, ""); let text = fs::read(root.join("content/executives/01-a.md")).expect("text");
            write(root, "content/executives/02-a.md", text); } },
    Case { name: "page where files are published", code: "P204", place: "content/pages/files.md", exit: 1,
        harm: |root| write(root, "content/pages/files.md", "+++\ntitle = \"ก\"\n+++\n") },
    Case { name: "form that contradicts itself", code: "P703", place: "content/catalog/fy2566.toml", exit: 1,
        harm: |root| write(root, "content/catalog/fy2566.toml", "fiscal_year = 2566\nitem_count = 3\nsub = []\n") },
    Case { name: "measure without a number", code: "P208", place: "content/measures/2566/a.md", exit: 1,
        harm: |root| write(root, "content/measures/2566/a.md", "+++\ntitle = \"ก\"\n+++\n") },
    Case { name: "folder that is no period", code: "P115", place: "content/progress/2566-h9/1-a.md", exit: 1,
        harm: |root| write(root, "content/progress/2566-h9/1-a.md", "+++\nmeasure = 1\n+++\n") },
    Case { name: "template error", code: "P601", place: "themes/default/pages/news.html:2:", exit: 1,
        harm: |root| write(root, "themes/default/pages/news.html", "{% extends \"base.html\" %}\n{% block main %}{{ view.nothing.at_all }}{% endblock %}\n") },
    Case { name: "template that does not close", code: "P601", place: "themes/default/pages/news.html:", exit: 1,
        harm: |root| write(root, "themes/default/pages/news.html", "{% extends \"base.html\" %}\n{% block main %}{% if view.date %}\n") },
    Case { name: "unknown filter in a template", code: "P601", place: "themes/default/pages/news.html:2:33", exit: 1,
        harm: |root| write(root, "themes/default/pages/news.html", "{% extends \"base.html\" %}\n{% block main %}{{ page.title | shout }}{% endblock %}\n") },
    Case { name: "a theme's strings broken", code: "P101", place: "themes/default/i18n.toml:1:", exit: 1,
        harm: |root| write(root, "themes/default/i18n.toml", "home = { th = \"ก }\n") },
];

#[test]
fn each_mistake_is_reported_once_at_its_place() {
    for case in CASES {
        let site = folder(&format!("{GOOD}{OTHER}"));
        write(site.path(), "content/news/other.md", news(DATE, ""));
        assert_eq!(prongsai(site.path(), &["build"]).status.code(), Some(0), "the folder is good before: {}", case.name);
        let before = snapshot(&site.path().join("public"));
        (case.harm)(site.path());
        write(site.path(), "content/news/other.md", news("", ""));
        check(case.name, case.code, case.place, case.exit, site.path());
        assert!(snapshot(&site.path().join("public")) == before, "public/ stays as it was: {}", case.name);
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_reported() {
    use std::os::unix::fs::symlink;
    let link = |root: &Path, to: &str, name: &str| symlink(to, root.join("content/news").join(name)).expect("linked");
    for (name, to, code, exit) in
        [("again", "..", "P113", 1), ("self.md", "self.md", "P113", 1), ("lost.md", "nowhere.md", "P112", 2)]
    {
        let site = folder(&format!("{GOOD}{OTHER}"));
        link(site.path(), to, name);
        check("a link", code, &format!("content/news/{name}"), exit, site.path());
    }
    for (name, to) in [
        ("out.md", "/etc/hostname"),
        ("out.pdf", "/etc/passwd"),
        ("zero.pdf", "/dev/zero"),
        ("etc", "/etc"),
        ("settings.txt", "../../.env"),
    ] {
        let site = folder(&format!("{GOOD}{OTHER}"));
        write(site.path(), ".env", "secret");
        link(site.path(), to, name);
        check("a link out of the site", "P120", &format!("content/news/{name}"), 1, site.path());
    }
    let site = folder(&format!("{GOOD}{OTHER}"));
    fs::write(site.path().join("content/news/a\\..\\..\\..\\etc\\passwd.pdf"), "%PDF-").expect("written");
    check("a name with backslashes", "P116", "content/news/a/../../../etc/passwd.pdf", 1, site.path());
    let site = folder(&format!("{GOOD}{OTHER}"));
    let made = std::process::Command::new("mkfifo").arg(site.path().join("content/news/pipe.md")).status().expect("mkfifo runs");
    assert!(made.success());
    check("a pipe", "P114", "content/news/pipe.md", 1, site.path());
}

/// A file that two documents share, and a folder that stands at two places.
#[cfg(unix)]
#[test]
fn links_inside_the_site_are_followed() {
    use std::os::unix::fs::symlink;
    let site = folder(GOOD);
    write(site.path(), "content/news/a.txt", "ก");
    symlink("a.txt", site.path().join("content/news/b.txt")).expect("linked");
    write(site.path(), "content/news/shared.md", news(DATE, "\n[ก](a.txt) [ข](b.txt)\n"));
    let output = prongsai(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert_eq!(fs::read(site.path().join("public/files/news/b.txt")).ok().as_deref(), Some("ก".as_bytes()));
}

/// What officers' editors do, and the program takes as it is.
#[test]
fn harmless_habits_are_accepted() {
    let habits: [(&str, Vec<u8>); 4] = [
        ("byte order mark", [b"\xEF\xBB\xBF".as_slice(), news(DATE, "ข้อความ\n").as_bytes()].concat()),
        ("Windows line ends", news(DATE, "ข้อความ\n").replace('\n', "\r\n").into_bytes()),
        ("old Macintosh line ends", news(DATE, "ข้อความ\n").replace('\n', "\r").into_bytes()),
        ("Thai digits in quotation marks", news("date = \"๒๐ เม.ย. ๒๕๖๖\"\n", "").into_bytes()),
    ];
    for (name, bytes) in habits {
        let site = folder(GOOD);
        write(site.path(), "content/news/habit.md", bytes);
        let output = prongsai(site.path(), &["build"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stdout(&output));
        let page = fs::read_to_string(site.path().join("public/news/habit/index.html")).expect("a page");
        assert!(unset(&page).contains("20 เมษายน 2566"), "{name}");
    }
}

/// A form or web board on the agency's own host, beside the static pages.
#[test]
fn programs_on_the_same_host_can_be_linked() {
    let site = folder(GOOD);
    let channel = "+++\ntitle = \"แจ้งเบาะแส\"\nkind = \"whistleblower\"\nurl = \"https://example.go.th/report.php\"\n+++\n";
    write(site.path(), "content/channels/report.md", channel);
    write(site.path(), "content/news/board.md", news(DATE, "\n[กระดานถาม-ตอบ](https://example.go.th/webboard/)\n"));
    let output = prongsai(site.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

/// The bad file raises exactly `code` at `place`, the other mistake is found too, in both languages.
fn check(name: &str, code: &str, place: &str, exit: i32, root: &Path) {
    for (lang, level, lacks) in [("en", "error", "`date` is missing"), ("th", "ข้อผิดพลาด", "ไม่มีข้อมูล `date`")]
    {
        let output = prongsai(root, &["build", "--lang", lang]);
        let text = stdout(&output);
        assert_eq!(output.status.code(), Some(exit), "{name}\n{text}{}", stderr(&output));
        let other = "content/news/other.md:3:1";
        assert!(text.contains(other) && text.contains(lacks), "{name}: the other file is still checked\n{text}");
        let heads: Vec<&str> = text.lines().filter(|line| line.starts_with(&format!("{level}["))).collect();
        let of_code: Vec<_> = heads.iter().filter(|line| line.starts_with(&format!("{level}[{code}]"))).collect();
        let expected = if code == "P102" { 2 } else { 1 };
        assert_eq!(of_code.len(), expected, "{name}: one {code}\n{text}");
        assert_eq!(heads.len(), 2, "{name}: nothing else\n{text}");
        assert!(text.contains(&format!("--> {place}")), "{name}: at {place}\n{text}");
    }
}

fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(snapshot(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}
