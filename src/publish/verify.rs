//! `verify`: whether a published site is whole: its files as listed, the list signed, its history in one piece.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk::{self, Folder};
use super::{LOCK, MAX_SUMS_BYTES, Manifest, signature};
use crate::diagnostic::{Text, text};
use crate::history::sums::{self, MANIFEST};
use crate::history::{self, Broken, LOG};
use crate::signing::{PublicKey, Tool};
use crate::source::MAX_HISTORY_BYTES;

/// What lies at the top of an output folder and belongs to git or to us, not to the site.
const BESIDE: [&str; 3] = [LOCK, ".git", ".gitignore"];

/// Where a published site can be read: a folder, or a host.
pub trait Place: Sync {
    /// What is at a path of the site: `executives/index.html`; `None` when nothing is.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Text>;

    /// SHA-256 in hexadecimal of what is at a path.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    fn sum(&self, path: &str) -> Result<Option<String>, Text>;

    /// Every file that is there; `None` where nobody can tell.
    ///
    /// # Errors
    /// Why it cannot be told, in words.
    fn list(&self) -> Result<Option<BTreeSet<String>>, Text>;

    /// Whether a file that is published may not be shown here: servers keep their settings to themselves.
    fn is_withheld(&self, path: &str) -> bool;
}

/// The output folder on this machine.
pub struct PublishedFolder(Folder, PathBuf);

/// Something that is not as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// There is no list of checksums, so nothing can be told.
    NoList,
    /// The list cannot be read from this line on.
    BadList(usize),
    /// A listed file is not there.
    Missing(String),
    /// A file has other bytes than are listed.
    Changed(String),
    /// A file that no list has.
    Added(String),
    /// It cannot be read; why.
    Unread(String, Text),
    /// The two lists, `SHA256SUMS` and `manifest.json`, differ about a file.
    ListsDiffer(String),
    /// The history does not hold together.
    BrokenHistory(Broken),
    /// The files are not those of the last publish in the history.
    OtherPublish,
    /// The history is not the one that was kept earlier, with lines added.
    Rewritten,
    /// Nobody signed the list, though somebody should have.
    Unsigned,
    /// A signature that none of the keys accepts.
    BadSignature(Tool),
    /// A signature, but no key of its kind.
    OtherSignature(Tool),
}

/// What was found.
#[derive(Debug)]
pub struct Verdict {
    /// What is not as it was published, in order of path.
    pub findings: Vec<Finding>,
    /// Number of files that were compared.
    pub n_files: usize,
    /// Number of publishes in the history and the day of the last; `None` where there is no history.
    pub publishes: Option<(usize, Date)>,
    /// The key whose signature holds.
    pub signed_by: Option<PublicKey>,
    /// Whether there are signatures, but no key to check them with.
    pub is_unchecked: bool,
    /// The history, for whoever wants to keep it.
    pub log: Option<Vec<u8>>,
}

impl Finding {
    /// The finding in words.
    pub fn text(&self) -> Text {
        match self {
            Finding::NoList => text!(
                th: "ไม่มี SHA256SUMS จึงตรวจไม่ได้ ระบุโฟลเดอร์หรือที่อยู่ที่ prongsai เผยแพร่",
                en: "there is no SHA256SUMS, so nothing can be told; name a folder or address that prongsai published"
            ),
            Finding::BadList(line) => {
                text!(th: "SHA256SUMS อ่านไม่ได้ตั้งแต่บรรทัดที่ {line}", en: "SHA256SUMS cannot be read from line {line} on")
            }
            Finding::Missing(path) => text!(th: "หายไป: {path}", en: "missing: {path}"),
            Finding::Changed(path) => text!(th: "ถูกแก้: {path}", en: "changed: {path}"),
            Finding::Added(path) => text!(th: "เพิ่มเข้ามา: {path}", en: "added: {path}"),
            Finding::Unread(path, Text { th, en }) => text!(th: "อ่านไม่ได้: {path} ({th})", en: "cannot be read: {path} ({en})"),
            Finding::ListsDiffer(path) => text!(
                th: "manifest.json กับ SHA256SUMS ไม่ตรงกันที่ {path}",
                en: "manifest.json and SHA256SUMS differ about {path}"
            ),
            Finding::BrokenHistory(broken) => {
                let (line, Text { th, en }) = (broken.line, &broken.why);
                text!(th: "ประวัติไม่ต่อกันที่บรรทัด {line}: {th}", en: "the history does not hold together at line {line}: {en}")
            }
            Finding::OtherPublish => text!(
                th: "ไฟล์ไม่ตรงกับการเผยแพร่ครั้งล่าสุดในประวัติ",
                en: "the files are not those of the last publish in the history"
            ),
            Finding::Rewritten => text!(
                th: "ประวัติไม่ต่อจากสำเนาที่เก็บไว้: ถูกเขียนใหม่",
                en: "the history does not go on from the copy that was kept: it was rewritten"
            ),
            Finding::Unsigned => text!(th: "ไม่มีลายมือชื่อ", en: "there is no signature"),
            Finding::BadSignature(tool) => {
                let name = signature(*tool);
                text!(th: "ลายมือชื่อใน {name} ไม่ใช่ของกุญแจนี้", en: "the signature in {name} is not of this key")
            }
            Finding::OtherSignature(tool) => {
                let name = signature(*tool);
                text!(
                    th: "มีลายมือชื่อ {name} แต่กุญแจที่ใช้ตรวจเป็นอีกชนิดหนึ่ง จึงตรวจไม่ได้",
                    en: "there is a signature {name}, but no key of its kind to check it with"
                )
            }
        }
    }

    /// Whether something could not be read, so that nothing is known of it.
    pub fn is_unread(&self) -> bool {
        matches!(self, Finding::NoList | Finding::BadList(_) | Finding::Unread(..))
    }
}

impl PublishedFolder {
    /// The output folder at a path.
    pub fn at(path: &Path) -> PublishedFolder {
        PublishedFolder(Folder::of_site(path), path.to_owned())
    }
}

impl Place for PublishedFolder {
    fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Text> {
        found(self.0.read(path, limit))
    }

    fn sum(&self, path: &str) -> Result<Option<String>, Text> {
        found(disk::entry_of(&self.1.join(path))).map(|entry| entry.map(|entry| entry.sha256))
    }

    fn list(&self) -> Result<Option<BTreeSet<String>>, Text> {
        let is_ours = |entry: &walkdir::DirEntry| entry.depth() != 1 || !BESIDE.iter().any(|name| entry.file_name() == *name);
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(&self.1).into_iter().filter_entry(is_ours) {
            let entry = entry.map_err(|error| text!(th: "{error}", en: "{error}"))?;
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(&self.1).unwrap_or(entry.path());
                files.insert(path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
            }
        }
        Ok(Some(files))
    }

    fn is_withheld(&self, _: &str) -> bool {
        false
    }
}

/// Compares a published site with its own lists, its signature with `keys`, and its history with one that was `kept` earlier.
/// `progress` is called with the number of files done and of all.
pub fn verify(place: &dyn Place, keys: &[PublicKey], kept: Option<&[u8]>, progress: &(dyn Fn(usize, usize) + Sync)) -> Verdict {
    let mut verdict =
        Verdict { findings: Vec::new(), n_files: 0, publishes: None, signed_by: None, is_unchecked: false, log: None };
    let list = match place.read(sums::FILE, MAX_SUMS_BYTES) {
        Ok(Some(list)) => list,
        Ok(None) => return verdict.with(Finding::NoList),
        Err(why) => return verdict.with(Finding::Unread(sums::FILE.to_owned(), why)),
    };
    verdict.check_signature(place, keys, &list);
    let files = match std::str::from_utf8(&list).map_err(|_| 1).and_then(sums::read) {
        Ok(files) => files,
        Err(line) => return verdict.with(Finding::BadList(line)),
    };
    verdict.check_files(place, &files, progress);
    verdict.check_lists(place, &files);
    verdict.check_history(place, &files, kept);
    verdict
}

impl Verdict {
    fn with(mut self, finding: Finding) -> Verdict {
        self.findings.push(finding);
        self
    }

    fn check_files(&mut self, place: &dyn Place, files: &BTreeMap<String, String>, progress: &(dyn Fn(usize, usize) + Sync)) {
        let done = std::sync::atomic::AtomicUsize::new(0);
        let look = |(path, listed): (&String, &String)| {
            let finding = match place.sum(path) {
                _ if !super::is_below(path) => Some(Finding::Missing(path.clone())),
                Ok(Some(sum)) => (sum != *listed).then(|| Finding::Changed(path.clone())),
                Ok(None) => Some(Finding::Missing(path.clone())),
                Err(why) => Some(Finding::Unread(path.clone(), why)),
            };
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, files.len());
            finding
        };
        let shown: Vec<_> = files.iter().filter(|(path, _)| !place.is_withheld(path)).collect();
        self.n_files = shown.len();
        self.findings.extend(shown.into_par_iter().filter_map(look).collect::<Vec<_>>());
        match place.list() {
            Ok(Some(found)) => {
                let own: Vec<String> = super::unlisted().collect();
                let added = found.into_iter().filter(|path| !files.contains_key(path) && !own.contains(path));
                self.findings.extend(added.map(Finding::Added));
            }
            Ok(None) => {}
            Err(why) => self.findings.push(Finding::Unread(".".to_owned(), why)),
        }
    }

    fn check_lists(&mut self, place: &dyn Place, files: &BTreeMap<String, String>) {
        // A list that is missing or changed is found with the files.
        let Ok(Some(bytes)) = place.read(MANIFEST, MAX_SUMS_BYTES) else { return };
        let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else {
            return self.findings.push(Finding::ListsDiffer(MANIFEST.to_owned()));
        };
        let names: BTreeSet<&String> = manifest.files.keys().chain(files.keys().filter(|path| *path != MANIFEST)).collect();
        let differs = |path: &&&String| manifest.files.get(**path).map(|entry| &entry.sha256) != files.get(**path);
        self.findings.extend(names.iter().filter(differs).map(|path| Finding::ListsDiffer((*path).clone())));
    }

    fn check_history(&mut self, place: &dyn Place, files: &BTreeMap<String, String>, kept: Option<&[u8]>) {
        let log = match place.read(LOG, MAX_HISTORY_BYTES) {
            Ok(log) => log.filter(|_| files.contains_key(LOG)),
            Err(why) => return self.findings.push(Finding::Unread(LOG.to_owned(), why)),
        };
        if kept.is_some_and(|kept| !log.as_deref().unwrap_or_default().starts_with(kept)) {
            self.findings.push(Finding::Rewritten);
        }
        let Some(log) = log else { return };
        match history::read(&log) {
            Ok(publishes) => {
                let now = sums::published(files.iter().map(|(path, sum)| (path.as_str(), sum.as_str())));
                self.publishes = publishes.last().map(|last| (publishes.len(), last.date));
                if publishes.last().is_some_and(|last| last.published != now) {
                    self.findings.push(Finding::OtherPublish);
                }
            }
            Err(broken) => self.findings.push(Finding::BrokenHistory(broken)),
        }
        self.log = Some(log);
    }

    fn check_signature(&mut self, place: &dyn Place, keys: &[PublicKey], list: &[u8]) {
        let mut found = Vec::new();
        for tool in Tool::ALL {
            match place.read(&signature(tool), MAX_SUMS_BYTES) {
                Ok(signature) => found.extend(signature.map(|bytes| (tool, bytes))),
                Err(why) => self.findings.push(Finding::Unread(signature(tool), why)),
            }
        }
        if keys.is_empty() {
            self.is_unchecked = !found.is_empty();
            return;
        }
        if found.is_empty() {
            self.findings.push(Finding::Unsigned);
        }
        let tools: Vec<Tool> = found.iter().map(|(tool, _)| *tool).collect();
        for (tool, bytes) in found {
            let of_tool = || keys.iter().filter(|key| key.tool() == tool);
            match of_tool().find(|key| key.accepts(list, &bytes)) {
                Some(key) => self.signed_by = Some(key.clone()),
                None if of_tool().next().is_some() => self.findings.push(Finding::BadSignature(tool)),
                // A signature for whoever has the other key.
                None => {}
            }
        }
        let is_told = |finding: &Finding| matches!(finding, Finding::Unsigned | Finding::BadSignature(_));
        if self.signed_by.is_none() && !self.findings.iter().any(is_told) {
            self.findings.extend(tools.into_iter().map(Finding::OtherSignature));
        }
    }
}

fn found<T>(read: io::Result<T>) -> Result<Option<T>, Text> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(text!(th: "{error}", en: "{error}")),
    }
}
