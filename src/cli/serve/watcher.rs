//! Tells which files of a site changed, once they are quiet. Sleeps until the system has something to say.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::builder::Changed;

/// How long a file must be quiet before it is told: an editor empties it before it writes it.
const QUIET: Duration = Duration::from_millis(4);

/// The folders of a site that are read.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches the files of a site from when it is made.
pub(super) struct Watcher {
    folders: [PathBuf; 2],
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

impl Watcher {
    /// `root` is the site's folder, as the system calls it.
    ///
    /// # Errors
    /// When the system does not let us watch it.
    pub(super) fn start(root: &Path) -> io::Result<Watcher> {
        let (sender, events) = channel();
        let mut system = notify::recommended_watcher(sender).map_err(io::Error::other)?;
        // The folder itself tells when one of the two is made, or another one put in its place.
        system.watch(root, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        let mut all = Watcher { folders: FOLDERS.map(|folder| root.join(folder)), system, events };
        for folder in all.folders.clone() {
            all.follow(&folder).map_err(io::Error::other)?;
        }
        Ok(all)
    }

    /// Tells what changed until nobody listens.
    pub(super) fn tell(mut self, changes: &Sender<Changed>) {
        let mut waiting: BTreeMap<PathBuf, Instant> = BTreeMap::new();
        loop {
            let first = match waiting.values().min() {
                None => self.events.recv().map_err(RecvTimeoutError::from),
                Some(oldest) => self.events.recv_timeout((*oldest + QUIET).saturating_duration_since(Instant::now())),
            };
            match first {
                Ok(first) => {
                    let now = Instant::now();
                    let mut next = Some(first);
                    while let Some(event) = next {
                        waiting.extend(self.paths(event).into_iter().map(|path| (path, now)));
                        next = self.events.try_recv().ok();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            let quiet: Vec<PathBuf> = waiting.extract_if(.., |_, since| now >= *since + QUIET).map(|(path, _)| path).collect();
            if !quiet.is_empty() && changes.send(Some(quiet)).is_err() {
                return;
            }
        }
    }

    /// What an event says that changed: a file, or a folder when anything in it may have.
    fn paths(&mut self, event: notify::Result<Event>) -> Vec<PathBuf> {
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else { return self.folders.to_vec() };
        // Reading a file is an event too; only changes count.
        if !matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)) {
            return Vec::new();
        }
        for folder in self.folders.clone().iter().filter(|folder| event.paths.contains(folder)) {
            // What cannot be watched now can be when it is there again.
            let _ = self.follow(folder);
        }
        event.paths.into_iter().filter(|path| self.folders.iter().any(|folder| path.starts_with(folder))).collect()
    }

    /// Watches the folder that has this name now.
    #[expect(clippy::disallowed_methods, reason = "only folders that are there can be watched")]
    fn follow(&mut self, folder: &Path) -> notify::Result<()> {
        let _ = self.system.unwatch(folder);
        if folder.is_dir() { self.system.watch(folder, RecursiveMode::Recursive) } else { Ok(()) }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test writes files")]
mod tests {
    use std::fs;

    use super::*;

    /// Waits until `path` was told.
    fn told(changes: &Receiver<Changed>, path: &Path) {
        let end = Instant::now() + Duration::from_secs(30);
        let next = || changes.recv_timeout(end.saturating_duration_since(Instant::now())).ok().flatten();
        while !next().unwrap_or_else(|| panic!("{} is not told", path.display())).iter().any(|told| told == path) {}
    }

    #[test]
    fn when_events_were_lost_everything_may_have_changed() {
        let site = tempfile::tempdir().expect("a folder");
        let mut watch = Watcher::start(site.path()).expect("should work");
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(watch.paths(Ok(lost)), watch.folders);
        assert_eq!(watch.paths(Ok(Event::new(EventKind::Other))), Vec::<PathBuf>::new());
    }

    #[test]
    fn files_are_told_also_in_folders_that_come_later_or_again() {
        let site = tempfile::tempdir().expect("should work");
        let root = site.path().canonicalize().expect("should work");
        let [content, themes] = FOLDERS.map(|folder| root.join(folder));
        fs::create_dir(&content).expect("should work");
        let watch = Watcher::start(&root).expect("should work");
        let (sender, changes) = channel();
        std::thread::spawn(move || watch.tell(&sender));

        fs::write(content.join("a.md"), "a").expect("should work");
        told(&changes, &content.join("a.md"));
        fs::create_dir(content.join("news")).expect("should work");
        told(&changes, &content.join("news"));
        fs::write(content.join("news/b.md"), "b").expect("should work");
        told(&changes, &content.join("news/b.md"));

        fs::create_dir(&themes).expect("should work");
        told(&changes, &themes);
        fs::write(themes.join("i18n.toml"), "").expect("should work");
        told(&changes, &themes.join("i18n.toml"));

        fs::rename(&content, root.join("old")).expect("should work");
        told(&changes, &content);
        fs::create_dir(&content).expect("should work");
        told(&changes, &content);
        fs::write(content.join("a.md"), "again").expect("should work");
        told(&changes, &content.join("a.md"));
        // What is beside them is nobody's business.
        fs::write(root.join("old/c.md"), "c").expect("should work");
        fs::write(root.join("note.txt"), "").expect("should work");
        fs::remove_file(content.join("a.md")).expect("should work");
        assert_eq!(changes.recv_timeout(Duration::from_secs(30)), Ok(Some(vec![content.join("a.md")])));
    }
}
