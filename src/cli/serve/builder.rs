//! What `serve` shows: pages are rendered of the newest site when they are asked for, while everything else is built behind them.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::super::{Options, report};
use super::shelf::Shelf;
use crate::diagnostic::{Diagnostics, Lang, MAX_SHOWN, Severity, human, text};
use crate::render::preview::Preview;
use crate::render::{self, Output};
use crate::site::Site;
use crate::source::{self, Sources};

/// How long nothing must change before the whole site is built: until then its time belongs to the page that is being looked at.
const QUIET: Duration = Duration::from_millis(150);

/// Files that changed; `None` when any may have.
pub(super) type Changed = Option<Vec<PathBuf>>;

/// What the server shows.
#[derive(Clone, Default)]
pub(super) struct State {
    /// The newest site, unless it was found to be broken.
    pub(super) preview: Option<Arc<Preview>>,
    /// The last good build.
    pub(super) whole: Option<Arc<Whole>>,
    /// The errors as a page, while there is no good site to show.
    pub(super) problems: String,
    /// Number of the newest site.
    newest: u64,
    /// The newest site, broken or not.
    pub(super) latest: Option<Arc<Latest>>,
    /// What was found when a site was built as a whole, and its number.
    found: Option<(u64, Arc<Diagnostics>)>,
}

/// A site that was built.
pub(super) struct Whole {
    pub(super) output: Output,
    /// What the output keeps.
    pub(super) kept: Arc<Shelf>,
    /// Path of the site on its host.
    pub(super) base: String,
}

/// A site as it was read.
pub(super) struct Latest {
    number: u64,
    pub(super) sources: Sources,
    /// `None` when its theme cannot be used.
    preview: Option<Arc<Preview>>,
}

/// Builds the site whenever files change.
pub(super) struct Builder {
    options: Options,
    state: RwLock<State>,
    memory: Mutex<Memory>,
    /// What the last build as a whole made, good or not.
    made: Mutex<(crate::Memory, Arc<Shelf>)>,
    /// How often there was something new to look at.
    pub(super) seen: watch::Sender<u64>,
    /// Number of the last site that was built as a whole.
    built: watch::Sender<u64>,
    /// Number of the last site that was read.
    pub(super) looked: watch::Sender<u64>,
}

/// What one look keeps for the next.
struct Memory {
    files: source::Memory,
    documents: crate::Memory,
    /// The last site, shown or not: its theme is the newest that was read.
    preview: Option<Arc<Preview>>,
}

/// A site on its way to being built as a whole.
struct Job {
    number: u64,
    sources: Sources,
    preview: Option<Arc<Preview>>,
    start: Instant,
}

impl Builder {
    pub(super) fn new(options: &Options) -> Builder {
        let (files, documents) = (crate::attachments(&options.root), crate::Memory::default());
        let memory = Mutex::new(Memory { files, documents, preview: None });
        let state = RwLock::default();
        Builder {
            options: options.clone(),
            state,
            memory,
            made: Mutex::default(),
            seen: watch::Sender::new(0),
            built: watch::Sender::new(0),
            looked: watch::Sender::new(0),
        }
    }

    /// What there is to show now.
    pub(super) fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The state once everything is built of what the newest files say.
    pub(super) async fn whole(&self) -> State {
        let mut built = self.built.subscribe();
        loop {
            let newest = self.state().newest;
            let is_built = built.wait_for(|built| *built >= newest).await.is_ok();
            let state = self.state();
            if state.newest == newest || !is_built {
                return state;
            }
        }
    }

    /// Reads the site, then again after every change until the sender is gone.
    ///
    /// # Errors
    /// When the folder is no site.
    pub(super) fn start(self: &Arc<Builder>) -> io::Result<Sender<Changed>> {
        let (sender, changes) = channel::<Changed>();
        let (jobs, waiting) = channel::<Job>();
        // The first look comes before the server does.
        let _ = jobs.send(self.look(None)?);
        let looker = Arc::clone(self);
        std::thread::spawn(move || looker.keep_looking(&changes, &jobs));
        let builder = Arc::clone(self);
        std::thread::spawn(move || builder.keep_building(&waiting));
        Ok(sender)
    }

    fn keep_looking(&self, changes: &Receiver<Changed>, jobs: &Sender<Job>) {
        while let Ok(first) = changes.recv() {
            let all = changes.try_iter().fold(first, |all, more| Some(all?.into_iter().chain(more?).collect()));
            match self.look(all.as_deref()) {
                Ok(job) => drop(jobs.send(job)),
                Err(error) => report::failure(&super::super::describe(&error, &self.options.root), self.options.lang),
            }
        }
    }

    fn keep_building(&self, waiting: &Receiver<Job>) {
        // The next look does not wait for a build that is going on: that has threads of its own.
        let pool = rayon::ThreadPoolBuilder::new().build();
        while let Ok(mut job) = waiting.recv() {
            loop {
                match waiting.recv_timeout(QUIET) {
                    Ok(newer) => job = newer,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            match &pool {
                Ok(pool) => pool.install(|| self.build(&job)),
                Err(_) => self.build(&job),
            }
        }
    }

    /// Reads what changed, and shows the site that it makes unless a file is broken.
    fn look(&self, changed: Option<&[PathBuf]>) -> io::Result<Job> {
        let start = Instant::now();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let Memory { files, documents, preview: last } = &mut *memory;
        let sources = source::discover_again(&self.options.root, changed, files)?;
        let mut found = Diagnostics::default();
        let site = crate::assemble(sources, documents, &mut found);
        let mut leveled = found.clone();
        leveled.apply(&site.config.levels);
        let is_broken = leveled.has_errors();
        let is_markdown = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
        let is_same_theme = changed.is_some_and(|changed| changed.iter().all(is_markdown));
        let preview = match last.as_ref().filter(|_| is_same_theme) {
            Some(before) => Some(Arc::new(before.after(site, &found))),
            None => Preview::new(site, sources, &found).map(Arc::new),
        };
        let before = std::mem::replace(last, preview.clone());
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.newest += 1;
        let number = state.newest;
        let latest = Latest { number, sources: sources.clone(), preview: preview.clone() };
        let outdated = state.latest.replace(Arc::new(latest));
        let is_shown = !is_broken && preview.is_some();
        let old = if is_shown { std::mem::replace(&mut state.preview, preview.clone()) } else { None };
        drop(state);
        if is_shown {
            self.seen.send_modify(|n| *n += 1);
        }
        self.looked.send_replace(number);
        // Taking a site of thousands of pages apart takes its time, too.
        drop((old, before, outdated));
        Ok(Job { number, sources: sources.clone(), preview, start })
    }

    /// Builds everything of a site; a broken one is reported, and the last good one is shown.
    fn build(&self, job: &Job) {
        let Job { number, sources, preview, start } = job;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let (memory, last) = &mut *made;
        let kept = Shelf::after(Arc::clone(last));
        let (output, diagnostics, base) = if let Some(preview) = preview {
            let (site, found) = preview.checked();
            let mut diagnostics = found.clone();
            let (output, _) = render::render(site, sources, &kept, &mut memory.pages, &mut diagnostics);
            diagnostics.apply(&site.config.levels);
            (output, diagnostics, preview.base().to_owned())
        } else {
            // Without a theme there is nothing to look at, only something to report.
            let build = crate::build_into(sources, &kept, memory);
            (build.output, build.diagnostics, build.site.config.base_url.path().to_owned())
        };
        let kept = Arc::new(kept.alone());
        let outdated = std::mem::replace(&mut *last, Arc::clone(&kept));
        drop(made);
        report::diagnostics(&diagnostics, sources, &self.options, |severity| severity == Severity::Error);
        let (n_files, milliseconds) = (output.files.len(), start.elapsed().as_millis());
        let is_broken = diagnostics.has_errors();
        let diagnostics = Arc::new(diagnostics);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if is_broken {
            if state.newest == *number {
                state.preview = None;
            }
            state.problems = problems(&diagnostics, sources, self.options.lang);
        } else {
            state.whole = Some(Arc::new(Whole { output, kept, base }));
        }
        state.found = Some((*number, Arc::clone(&diagnostics)));
        drop(state);
        drop(outdated);
        if is_broken {
            report::not_published(&diagnostics, &self.options);
        } else {
            let words = text!(th: "สร้างใหม่ {n_files} ไฟล์ ใน {milliseconds} ms", en: "built {n_files} files in {milliseconds} ms");
            report::say(&self.options, &words);
        }
        self.built.send_replace(*number);
        if is_broken {
            self.seen.send_modify(|n| *n += 1);
        }
    }
}

/// The newest site with what is known to be wrong with it.
pub(super) struct Checked {
    pub(super) latest: Arc<Latest>,
    /// The site, where no preview has it.
    own: Option<Box<Site>>,
    /// Everything that a build finds, once there was time for one; until then what can be known without rendering.
    pub(super) diagnostics: Arc<Diagnostics>,
}

impl State {
    /// The newest site, checked; `None` before the first look.
    pub(super) fn checked(&self) -> Option<Checked> {
        let latest = Arc::clone(self.latest.as_ref()?);
        let mut own = None;
        let mut found = Diagnostics::default();
        if let Some(preview) = &latest.preview {
            found = preview.checked().1.clone();
        } else {
            own = Some(Box::new(crate::analyse(&latest.sources, &mut found)));
        }
        let of_build = self.found.as_ref().filter(|(number, _)| *number == latest.number).map(|(_, found)| Arc::clone(found));
        let mut checked = Checked { latest, own, diagnostics: Arc::default() };
        checked.diagnostics = of_build.unwrap_or_else(|| {
            found.apply(&checked.site().config.levels);
            Arc::new(found)
        });
        Some(checked)
    }
}

impl Checked {
    /// The site.
    pub(super) fn site(&self) -> &Site {
        match (&self.own, &self.latest.preview) {
            (Some(site), _) => site,
            (None, Some(preview)) => &preview.checked().0,
            (None, None) => unreachable!("a site without a preview is kept beside it"),
        }
    }
}

/// The errors as a page.
fn problems(diagnostics: &Diagnostics, sources: &Sources, lang: Lang) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let words: Vec<String> = errors.take(MAX_SHOWN).map(|error| human::render(error, sources, lang, false)).collect();
    let words = words.join("\n\n").replace('&', "&amp;").replace('<', "&lt;");
    format!("<!doctype html><html lang=\"th\"><meta charset=\"utf-8\"><title>prongsai</title><pre>{words}</pre></html>")
}
