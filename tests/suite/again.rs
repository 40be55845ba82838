//! Building again: what did not change costs nothing, and what is built is what a build from nothing gives, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use prongsai::diagnostic::Diagnostics;
use prongsai::publish::Published;
use prongsai::render::preview::Preview;
use prongsai::render::{Entry, File, Keep, Output};
use prongsai::source::{self, Stamp};
use prongsai::{Memory, Outcome, build_folder, parse, render};

use crate::support::{folder, root};

pub(crate) const SITE: &str = "-- content/site.toml --
base_url = \"https://www.tambon.example/\"
fiscal_year = 2566

[agency]
name = \"เทศบาลตำบลตัวอย่าง\"
name_en = \"Example Municipality\"
kind = \"subdistrict-municipality\"
address = \"หมู่ 1\"
phone = \"0 2000 0001\"
email = \"a@tambon.example\"
-- content/news/a.md --
+++
title = \"ซ้อมแผน\"
date = \"20 เมษายน 2566\"
+++

ดู[ข่าวต่อมา](b.md)
-- content/news/b.md --
+++
title = \"ประชุม\"
date = \"21 เมษายน 2566\"
[[attachment]]
file = \"plan.csv\"
title = \"แผน\"
+++
-- content/news/plan.csv --
ก,ข
-- content/pages/about.md --
+++
title = \"เกี่ยวกับ\"
+++

ข้อความ
";

/// The files of the output folder but those that are the program's own.
pub(crate) fn published(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file() && !entry.file_name().to_string_lossy().starts_with('.'));
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below it").to_owned();
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Sizes and checksums of what was made.
pub(crate) fn entries(output: &Output) -> BTreeMap<&String, Entry> {
    let entry = |file: &File| match file {
        File::Kept(entry) => entry.clone(),
        File::Bytes(bytes) => Entry::of(bytes),
        File::CopyOf(source) => Entry::of(source.as_str().as_bytes()),
    };
    output.files.iter().map(|(path, file)| (path, entry(file))).collect()
}

/// The files that are not the same in both.
pub(crate) fn differences<'a>(one: &'a BTreeMap<PathBuf, Vec<u8>>, other: &'a BTreeMap<PathBuf, Vec<u8>>) -> Vec<&'a PathBuf> {
    let all = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    all.filter(|path| one.get(*path) != other.get(*path)).collect()
}

fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let modified = |entry: &walkdir::DirEntry| entry.metadata().expect("a file").modified().expect("a time");
    entries.map(|entry| (entry.path().to_owned(), modified(&entry))).collect()
}

/// Longer than the tick of a file system's clock: what was written before is settled.
pub(crate) fn settle() {
    std::thread::sleep(Duration::from_millis(30));
}

#[test]
fn where_nothing_changed_nothing_is_built_and_nothing_is_written() {
    let site = folder(SITE);
    let public = site.path().join("public");
    settle();
    assert!(matches!(build_folder(site.path(), &public, None), Ok(Outcome::Built(_))));
    let before = times(site.path());
    let n_files = published(&public).len() - 2;
    match build_folder(site.path(), &public, None).expect("built") {
        Outcome::Unchanged(Published { n_same, n_new: 0, n_changed: 0, n_removed: 0, lost_signature: false }, built) => {
            assert_eq!(n_same, n_files, "all but the two lists of files");
            let form = built.form.expect("a form");
            assert!(built.n_warnings > 0 && form.items > form.complete, "the form lacks nearly everything, and it is still said");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(times(site.path()), before);
    // A page of the same length and time, but for what the system says of its change.
    let page = public.join("about/index.html");
    let (text, modified) =
        (fs::read_to_string(&page).expect("a page"), fs::metadata(&page).and_then(|data| data.modified()).expect("a time"));
    fs::write(&page, text.replace("ข้อความ", "ข้อควาน")).expect("written");
    fs::File::options().append(true).open(&page).and_then(|file| file.set_modified(modified)).expect("set back");
    // Whether the page is mended or left to whoever changed it, it is not taken for ours.
    assert!(matches!(build_folder(site.path(), &public, None), Ok(Outcome::Built(_))));
}

#[test]
fn a_preview_shows_what_a_build_publishes() {
    let sites = [root(), root().join("tests/sites/complete"), root().join("tests/sites/small")];
    for site in sites {
        let sources = source::discover(&site).expect("a site");
        let build = prongsai::build(&sources);
        let mut found = Diagnostics::default();
        let assembled = prongsai::assemble(&sources, &mut prongsai::Memory::default(), &mut found);
        let preview = Preview::new(assembled, &sources, &found).expect("a theme");
        let mut n_pages = 0;
        for url in build.site.pages.keys() {
            let Some(page) = preview.page(url.as_str()) else { continue };
            let file = build.output.at(url.as_str()).expect("a page");
            assert!(*file == File::Bytes(page), "{url} in {}", site.display());
            n_pages += 1;
        }
        assert!(n_pages + 3 >= build.site.pages.len(), "all but the answers, the data and the index: {n_pages}");
        assert_eq!(preview.page("/nowhere/"), None);
    }
}

#[test]
fn what_was_found_in_attachments_is_not_looked_for_again() {
    let site = folder(SITE);
    let (pdf, photo) = (site.path().join("content/news/plan.pdf"), site.path().join("content/executives/a.png"));
    fs::write(&pdf, "%PDF-1.4 broken").expect("written");
    fs::create_dir_all(photo.parent().expect("a folder")).expect("made");
    fs::copy(root().join("content/executives/01-mayor.png"), &photo).expect("copied");
    let person = "+++\nname = \"นายก\"\nposition = \"นายก\"\ngroup = \"political\"\nphoto = \"a.png\"\n+++\n";
    fs::write(site.path().join("content/executives/1-a.md"), person).expect("written");
    settle();
    let read = |memory: &mut source::Memory| source::discover_again(site.path(), None, memory).expect("a site").clone();
    let mut memory = source::Memory::default();
    let first = read(&mut memory);
    let path = source::SourcePath::new("content/executives/a.png");
    assert!(matches!(first.photo(&path).expect("it is named").as_ref(), source::Photo::Opens(_)));
    let bytes = memory.to_bytes().expect("something new");
    let mut later = source::Memory::from_bytes(&bytes);
    assert_eq!(read(&mut later).photo(&path), first.photo(&path));
    assert_eq!(later.to_bytes(), None, "all was known");
    // The same size, other contents.
    fs::write(&pdf, "%PDF-1.5 broken").expect("written");
    fs::write(&photo, b"\x89PNG\r\n\x1a\n no picture").expect("written");
    let mut later = source::Memory::from_bytes(&bytes);
    assert_ne!(read(&mut later).photo(&path), first.photo(&path));
    assert!(later.to_bytes().is_some(), "what changed was looked at");
    let mut nonsense = source::Memory::from_bytes(b"nonsense");
    assert_eq!(read(&mut nonsense).photo(&path), read(&mut later).photo(&path), "what cannot be read is nothing");
}

#[test]
fn a_site_with_many_posts_lists_them_by_fiscal_year() {
    let site = folder(SITE);
    let post = |at: usize| {
        let (year, month) = if at < 60 { (2023, 3) } else { (2024, 2) };
        format!("+++\ntitle = \"ข่าวที่ {at}\"\ndate = {year}-{month:02}-{:02}\n+++\n\nข้อความ\n", at % 28 + 1)
    };
    for at in 0..70 {
        fs::write(site.path().join(format!("content/news/post-{at}.md")), post(at)).expect("written");
    }
    let output = prongsai::build(&source::discover(site.path()).expect("a site")).output;
    let text = |path: &str| output.text(path).unwrap_or_else(|| panic!("{path} is there"));
    let n_posts = |path: &str| text(path).matches("class=\"posts__post\"").count();
    assert_eq!(n_posts("news/index.html"), 50, "the newest");
    assert!(text("news/index.html").contains("href=\"/news/2567/\"") && text("news/index.html").contains("href=\"/news/2566/\""));
    assert_eq!(
        (n_posts("news/2567/index.html"), n_posts("news/2566/index.html"), n_posts("news/2566/2/index.html")),
        (10, 50, 12)
    );
    assert!(!output.files.contains_key("news/2567/2/index.html") && !output.files.contains_key("news/2566/3/index.html"));
    assert_eq!(text("atom.xml").matches("<entry>").count(), 50);
    assert_eq!(text("search/titles.json").matches("ข่าวที่ 7\"").count(), 1, "lists are no results of their own");
}

/// The sources of a site in another folder.
pub(crate) fn copied(site: &Path) -> tempfile::TempDir {
    let other = tempfile::tempdir().expect("a folder");
    for folder in ["content", "themes"] {
        for entry in walkdir::WalkDir::new(site.join(folder)).into_iter().filter_map(Result::ok) {
            let to = other.path().join(entry.path().strip_prefix(site).expect("below it"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).expect("made");
            } else {
                fs::copy(entry.path(), to).expect("copied");
            }
        }
    }
    other
}

/// Has everything that was handed to it, and counts the pages.
#[derive(Default)]
pub(crate) struct Counter(Mutex<(BTreeMap<String, Entry>, usize)>);

impl Keep for Counter {
    fn has(&self, path: &str, file: &Entry) -> bool {
        self.0.lock().expect("no panic").0.get(path) == Some(file)
    }

    fn keep(&self, path: &str, bytes: Vec<u8>) -> File {
        let (file, mut counter) = (Entry::of(&bytes), self.0.lock().expect("no panic"));
        counter.1 += usize::from(path.ends_with("index.html"));
        counter.0.insert(path.to_owned(), file.clone());
        File::Kept(file)
    }
}

#[test]
fn only_pages_that_are_made_of_something_else_are_made_again() {
    let site = copied(&root().join("tests/sites/complete"));
    let (counter, mut memory, program) = (Counter::default(), Memory::default(), source::stamp::of_program());
    let mut build = || {
        counter.0.lock().expect("no panic").1 = 0;
        let sources = source::discover(site.path()).expect("a site");
        let output = prongsai::build_into(&sources, &counter, &mut memory).output;
        memory = written(&memory, program);
        (output, counter.0.lock().expect("no panic").1)
    };
    let (first, n_pages) = build();
    let (second, n_again) = build();
    assert!(first == second, "nothing changed");
    // Executives, surveys, the answers, the data and the index are made every time.
    assert!(n_pages > 80 && n_again < 10, "{n_again} of {n_pages}");
    let post = fs::read_dir(site.path().join("content/news"))
        .expect("posts")
        .filter_map(Result::ok)
        .find(|post| post.path().extension().is_some_and(|extension| extension == "md"));
    let post = post.expect("a post").path();
    fs::write(&post, fs::read_to_string(&post).expect("text") + "\nอีกบรรทัดหนึ่ง\n").expect("written");
    let (third, n_changed) = build();
    assert_eq!(n_changed, n_again + 1, "and the post");
    let changed: Vec<&String> =
        third.files.iter().filter(|(path, file)| second.files.get(*path) != Some(file)).map(|(path, _)| path).collect();
    assert!(changed.iter().any(|path| path.starts_with("search/text-")), "{changed:?}");
    // Another program may make something else.
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    memory.pages.write_to(program, &mut ours).expect("room");
    render::Memory::from_bytes(&ours, None).write_to(None, &mut others).expect("room");
    assert!(ours.len() > 10_000 && others.len() < 100, "{} and {} bytes", ours.len(), others.len());
}

/// What another run knows of this one.
fn written(memory: &Memory, program: Option<Stamp>) -> Memory {
    let (mut documents, mut pages) = (Vec::new(), Vec::new());
    memory.documents.write_to(program, &mut documents).expect("room");
    memory.pages.write_to(program, &mut pages).expect("room");
    let mut again = Memory::default();
    again.documents = parse::Memory::from_bytes(&documents, program);
    again.pages = render::Memory::from_bytes(&pages, program);
    again
}
