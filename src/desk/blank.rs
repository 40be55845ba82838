//! New files: where one belongs, and its fields to fill in, each with what it is called and how it is typed.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::written::to_value;
use crate::content::common::DRAFT;
use crate::content::{Folder, Layout};
use crate::fields::{Asked, Shape, labels};
use crate::site::Site;
use crate::source::SourcePath;
use crate::thai::{FiscalYear, words};

/// Longest name of a file that is made of a title, in bytes: an address of nine letters for each three bytes should stay short.
const MAX_SLUG_BYTES: usize = 72;

/// A file that somebody wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The folder, which is its content type.
    pub folder: &'static Folder,
    /// Its name in URLs; made of its title when it is absent.
    pub slug: Option<String>,
    /// Year or half (`2566-h1`) of the folders that go by years; the site's fiscal year when it is absent.
    pub period: Option<String>,
    /// Fields that are known.
    pub values: Map<String, Json>,
}

impl Wish {
    /// Where the file belongs: beside the others of its folder, numbered after them where they are numbered. A place that is taken gets
    /// a number at its end.
    pub fn path(&self, site: &Site, fiscal_year: FiscalYear, today: Date) -> SourcePath {
        let folder = self.folder.name;
        let period = self.period.clone().unwrap_or_else(|| fiscal_year.to_string());
        let place = match self.folder.layout {
            Layout::MarkdownInYear => format!("content/{folder}/{period}"),
            _ => format!("content/{folder}"),
        };
        let stem = match (self.folder.layout, folder) {
            (Layout::MarkdownByYear | Layout::TomlByYear, _) => {
                return SourcePath::new(&format!("{place}/{period}.{}", self.extension()));
            }
            (_, "surveys") => self.slug.clone().unwrap_or_else(|| format!("eit-{period}")),
            (_, "executives") => format!("{:02}-{}", next_number(site, &place), self.free_slug(site, &place, "executive")),
            (_, "measures") => format!("{}-{}", next_number(site, &place), self.free_slug(site, &place, "measure")),
            (_, "news") => format!("{today}-{}", self.slug_or("news")),
            (_, "progress") => self.progress_stem(),
            (_, "channels") => self.slug.clone().unwrap_or_else(|| self.text("kind").unwrap_or_else(|| "channel".to_owned())),
            _ => self.slug_or("page"),
        };
        let is_free = |path: &SourcePath| !is_taken(site, path);
        let numbered = |n: u32| format!("{place}/{stem}-{n}.{}", self.extension());
        let first = SourcePath::new(&format!("{place}/{stem}.{}", self.extension()));
        let others = (2..).map(|n| SourcePath::new(&numbered(n)));
        std::iter::once(first).chain(others).find(is_free).expect("there is always another number")
    }

    /// The file: what is known filled in, the rest to be filled in, as a draft when something is missing that has to be there.
    pub fn file(&self) -> Vec<u8> {
        let asked: Vec<Asked> = self.folder.asked().into_iter().filter(|asked| !matches!(asked.key, DRAFT | "example")).collect();
        let is_known = |asked: &Asked| self.values.get(asked.key).is_some_and(|value| !value.is_null());
        let is_draft = asked.iter().any(|asked| asked.required && !is_known(asked));
        let mut toml = String::new();
        if is_draft {
            toml.push_str("# ฉบับร่าง: ยังไม่เผยแพร่ กรอกให้ครบแล้วลบบรรทัด draft\ndraft = true\n\n");
        }
        let (tables, fields): (Vec<&Asked>, Vec<&Asked>) = asked.iter().partition(|asked| asked.shape == Shape::Table);
        for asked in fields {
            self.field(&mut toml, asked);
        }
        for asked in tables {
            let called = self.called(asked);
            let _ = write!(toml, "\n# {called}\n# [[{}]]\n", asked.key);
            for inner in &asked.inner {
                let _ = writeln!(toml, "# {} = {}", inner.key, example(inner));
            }
        }
        match self.folder.extension() {
            "md" => format!("+++\n{toml}+++\n"),
            _ => toml,
        }
        .into_bytes()
    }

    fn field(&self, toml: &mut String, asked: &Asked) {
        let must = if asked.required { " (ต้องมี)" } else { "" };
        let called = self.called(asked);
        let _ = writeln!(toml, "# {called}{must}{}", hint(asked, called));
        let _ = match (self.values.get(asked.key), asked.required) {
            (Some(value), _) => writeln!(toml, "{} = {}\n", asked.key, typed(value, asked)),
            (None, true) => writeln!(toml, "{} = {}\n", asked.key, empty(asked)),
            (None, false) => writeln!(toml, "# {} = {}\n", asked.key, example(asked)),
        };
    }

    fn called(&self, asked: &Asked) -> &'static str {
        labels::field(self.folder.name, asked.key).map_or(asked.key, |text| text.th)
    }

    fn extension(&self) -> &'static str {
        self.folder.extension()
    }

    fn text(&self, key: &str) -> Option<String> {
        self.values.get(key).and_then(Json::as_str).map(str::to_owned)
    }

    fn slug_or(&self, fallback: &str) -> String {
        let title = || self.text("title").map(|title| slug_of(&title)).filter(|slug| !slug.is_empty());
        let name = || self.text("position").filter(|position| position.is_ascii()).map(|position| slug_of(&position));
        let name = || name().filter(|slug| !slug.is_empty());
        self.slug.clone().or_else(title).or_else(name).unwrap_or_else(|| fallback.to_owned())
    }

    /// What stands behind a number is the address, which no two files of a folder may have.
    fn free_slug(&self, site: &Site, place: &str, fallback: &str) -> String {
        let slug = self.slug_or(fallback);
        let address = |path: &SourcePath| {
            path.stem().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-').to_lowercase()
        };
        let taken: Vec<String> = paths(site).filter(|path| path.is_under(place)).map(address).collect();
        let others = (2..).map(|n| format!("{slug}-{n}"));
        let is_free = |slug: &String| !taken.contains(&slug.to_lowercase());
        std::iter::once(slug.clone()).chain(others).find(is_free).expect("there is always another number")
    }

    fn progress_stem(&self) -> String {
        let measure = self.text("measure").unwrap_or_else(|| "1".to_owned());
        let step = self.text("step").map(|step| format!("-{step}")).unwrap_or_default();
        self.slug.clone().unwrap_or_else(|| format!("measure-{measure}{step}"))
    }
}

/// A title as part of a URL: its words up to a length, with hyphens.
pub fn slug_of(title: &str) -> String {
    let title = title.to_lowercase();
    let is_kept = |c: char| c.is_alphanumeric() || ('\u{e01}'..='\u{e5b}').contains(&c) && c != 'ฯ';
    let mut slug = String::new();
    for run in title.split(|c: char| !is_kept(c)).filter(|run| !run.is_empty()) {
        let hyphen = if slug.is_empty() { "" } else { "-" };
        if slug.len() + hyphen.len() + run.len() <= MAX_SLUG_BYTES {
            slug.push_str(hyphen);
            slug.push_str(run);
            continue;
        }
        if slug.is_empty() {
            // A long run of Thai is cut between words.
            for piece in words::split(run) {
                if slug.len() + piece.text.len() > MAX_SLUG_BYTES {
                    break;
                }
                slug.push_str(piece.text);
            }
        }
        break;
    }
    slug
}

/// The number after those of the files in a folder.
fn next_number(site: &Site, folder: &str) -> u32 {
    let of = |path: &SourcePath| {
        let digits: String = path.name().chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok().filter(|_| digits.len() <= 3)
    };
    paths(site).filter(|path| path.is_under(folder)).filter_map(of).max().unwrap_or(0) + 1
}

/// The places of all documents, drafts too.
fn paths(site: &Site) -> impl Iterator<Item = &SourcePath> {
    site.documents.iter().map(|document| &document.path).chain(&site.drafts)
}

fn is_taken(site: &Site, path: &SourcePath) -> bool {
    paths(site).any(|taken| taken == path)
}

/// How a value is typed, behind its name.
fn hint(asked: &Asked, called: &str) -> String {
    match asked.shape {
        Shape::Choice(words) => {
            let called = |word: &&str| {
                labels::word(word).map_or_else(|| format!("\"{word}\""), |text| format!("\"{word}\" = {}", text.th))
            };
            format!(": {}", words.iter().map(called).collect::<Vec<_>>().join(", "))
        }
        Shape::Text => String::new(),
        _ if called.contains(asked.expects.th) || asked.expects.th.contains(called) => String::new(),
        _ => format!(": {}", asked.expects.th),
    }
}

fn example(asked: &Asked) -> String {
    if asked.key == "photo" {
        return "\"photo.jpg\"".to_owned();
    }
    if asked.is_list { format!("[{}]", asked.example) } else { asked.example.to_owned() }
}

/// What stands there until somebody fills it in.
fn empty(asked: &Asked) -> &str {
    match asked.shape {
        Shape::Choice(_) => asked.example,
        _ => "\"\"",
    }
}

fn typed(value: &Json, asked: &Asked) -> String {
    let one = |value: &Json| to_value(value, asked.shape).to_string();
    match value {
        Json::Array(list) => format!("[{}]", list.iter().map(one).collect::<Vec<_>>().join(", ")),
        value => one(value),
    }
}
