//! prongsai compiles a folder of Markdown and TOML about an agency into a static public-disclosure site, and type-checks the
//! folder against the year's OIT form.
//!
//! ```text
//!         discover     parse        assemble     check       render       publish
//!  disk ──▶ Sources ──▶ Parsed ─────▶ Site ──────▶ Site ──────▶ Output ────▶ disk
//!         io::Result   +Diagnostics +Diagnostics +Diagnostics +Diagnostics io::Result
//! ```
//!
//! Only `discover` reads the disk and only `publish` writes it. Problems in content are values; a run reports all of them.

pub mod catalog;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod desk;
pub mod diagnostic;
pub mod fields;
pub mod history;
pub mod net;
pub mod parse;
pub mod publish;
pub mod render;
pub mod sealed;
pub mod signing;
pub mod site;
pub mod source;
pub mod thai;

use std::io;
use std::path::Path;
use std::sync::Arc;

use catalog::Catalogs;
use diagnostic::{Diagnostics, Rule, Severity};
use history::rules::broken_history;
use jiff::civil::Date;
use publish::{Built, Published, Stage};
use render::answers::Answer;
use render::audit::Audit;
use render::{InMemory, Keep, Output};
use site::Site;
use site::history::Past;
use source::{Fingerprint, Sources};

/// The file of the program's own folder in which a build notes what it found in attachments.
const ATTACHMENTS: &str = "attachments";

/// The same of the texts of documents.
const DOCUMENTS: &str = "documents";

/// The same of pages, by what they were made of.
const PAGES: &str = "pages";

/// What the pure stages make of a site folder.
#[derive(Debug)]
pub struct Build {
    /// The site, checked.
    pub site: Site,
    /// The files to publish.
    pub output: Output,
    /// The answer to every item of the year's form.
    pub answers: Vec<Answer>,
    /// Every problem, in order of place.
    pub diagnostics: Diagnostics,
}

/// What a caller that builds or assembles again and again keeps between. What is built does not depend on it.
#[derive(Debug, Default)]
pub struct Memory {
    /// Documents that were parsed.
    pub documents: parse::Memory,
    /// A history, and what it says.
    past: Option<(Arc<[u8]>, Past)>,
    /// Pages that were rendered.
    pub pages: render::Memory,
}

/// Runs the four pure stages in memory: the same sources give the same build, byte for byte.
pub fn build(sources: &Sources) -> Build {
    build_into(sources, &InMemory, &mut Memory::default())
}

/// The same, with the files handed on as they are made; those that `memory` has of an earlier build are not made again.
pub fn build_into(sources: &Sources, keep: &dyn Keep, memory: &mut Memory) -> Build {
    let mut diagnostics = Diagnostics::default();
    let mut site = assemble(sources, memory, &mut diagnostics);
    check(&mut site, &mut diagnostics);
    let (output, answers) = render::render(&site, sources, keep, &mut memory.pages, &mut diagnostics);
    site.charge(&diagnostics);
    diagnostics.apply(&site.config.levels);
    Build { site, output, answers, diagnostics }
}

/// Runs the stages parse, assemble and check: everything that can be known of a site without rendering it.
pub fn analyse(sources: &Sources, diagnostics: &mut Diagnostics) -> Site {
    let mut site = assemble(sources, &mut Memory::default(), diagnostics);
    check(&mut site, diagnostics);
    site
}

/// Runs the stages parse and assemble, for a caller that does it again and again.
pub fn assemble(sources: &Sources, memory: &mut Memory, diagnostics: &mut Diagnostics) -> Site {
    let config = config::read(sources, &rules(), diagnostics);
    let catalogs = Catalogs::load(sources, diagnostics);
    let Memory { documents, past, .. } = memory;
    let log = sources.history().filter(|_| config.keeps_history);
    let read = || match (log, past.take()) {
        (None, _) => Ok(Past::default()),
        (Some(log), Some((known, past))) if *log == known => Ok(past),
        (Some(log), _) => Past::read(log),
    };
    let (parsed, read) = rayon::join(|| parse::parse_again(sources, documents, diagnostics), read);
    // A build that is noted adds to what the history says, so nobody else must have it.
    *past = log.cloned().zip(read.as_ref().ok().cloned()).filter(|_| sources.today().is_none());
    site::assemble(parsed, (config, catalogs), (sources, read), diagnostics)
}

/// Runs the stage check; the site's audit knows afterwards what was found.
pub fn check(site: &mut Site, diagnostics: &mut Diagnostics) {
    check::check(site, diagnostics);
    site.charge(diagnostics);
}

/// What a build of a site folder came to.
#[derive(Debug)]
pub enum Outcome {
    /// It was built; published unless a diagnostic is an error.
    Built(Box<(Sources, Build, Option<Published>)>),
    /// Nothing changed since the last build, neither in the site folder nor in what is published; and what that one came to.
    Unchanged(Published, Built),
}

/// Runs all six stages on the site folder `root`; publishes to `public` unless a diagnostic is an error. When nothing changed since
/// the last time, no stage needs to run. `today` is the day that the history notes; without one it notes nothing.
///
/// # Errors
/// When the disk fails; problems in content are in the build's diagnostics.
pub fn build_folder(root: &Path, public: &Path, today: Option<Date>) -> io::Result<Outcome> {
    // Taken before anything is read: what changes from here on is a change for the next build.
    let inputs = Fingerprint::of(root);
    match inputs.and_then(|inputs| publish::unchanged(root, public, inputs)) {
        Some((published, built)) => Ok(Outcome::Unchanged(published, built)),
        None => build_all(root, public, today, inputs),
    }
}

/// The same when what the last build said is to be said again; `inputs` stand for what is read.
///
/// # Errors
/// When the disk fails; problems in content are in the build's diagnostics.
pub fn build_all(root: &Path, public: &Path, today: Option<Date>, inputs: Option<Fingerprint>) -> io::Result<Outcome> {
    let mut files = attachments(root);
    let program = source::stamp::of_program();
    let read = |name| publish::read_note(root, name).unwrap_or_default();
    let documents = || parse::Memory::from_bytes(&read(DOCUMENTS), program);
    let pages = || render::Memory::from_bytes(&read(PAGES), program);
    let (sources, (documents, pages)) =
        rayon::join(|| source::discover_again(root, None, &mut files).cloned(), || rayon::join(documents, pages));
    let (mut sources, mut memory) = (sources?, Memory { documents, past: None, pages });
    if let Some(today) = today {
        sources = sources.published_on(today);
    }
    let stage = Stage::open(root, public)?;
    let mut build = build_into(&sources, &stage, &mut memory);
    check_history(public, &sources, &mut build);
    let n_warnings = build.diagnostics.count(Severity::Warning);
    let form = Audit::of(&build.site).map(|audit| audit.counts);
    let note = inputs.map(|inputs| Built { inputs, n_warnings, form });
    if build.diagnostics.has_errors() {
        return Ok(Outcome::Built(Box::new((sources, build, None))));
    }
    // What is noted saves work the next time, no more: what does not fit what is published then is not used.
    let notes = || {
        let _ = publish::write_note(root, DOCUMENTS, |out| memory.documents.write_to(program, out));
        let _ = publish::write_note(root, PAGES, |out| memory.pages.write_to(program, out));
        let _ = files.to_bytes().map(|bytes| publish::write_note(root, ATTACHMENTS, |out| out.write_all(&bytes)));
    };
    let (published, ()) = rayon::join(|| stage.publish(&build.output, note), notes);
    let published = Some(published?);
    Ok(Outcome::Built(Box::new((sources, build, published))))
}

/// Reports a history that does not go on where the one published in `public` stops.
pub fn check_history(public: &Path, sources: &Sources, build: &mut Build) {
    let now = sources.history().map(|log| &**log).unwrap_or_default();
    let is_known = build.diagnostics.iter().any(|diagnostic| diagnostic.rule.code == broken_history::RULE.code);
    if build.site.config.keeps_history && !is_known && !publish::history_goes_on(public, now) {
        broken_history::report_lost(&mut build.diagnostics);
    }
}

/// What the last build found in PDFs and made of photos.
pub fn attachments(root: &Path) -> source::Memory {
    publish::read_note(root, ATTACHMENTS).map(|bytes| source::Memory::from_bytes(&bytes)).unwrap_or_default()
}

/// Every rule, by code.
pub fn rules() -> Vec<&'static Rule> {
    let lists = [fields::rules::RULES, config::rules::RULES, catalog::rules::RULES, parse::rules::RULES];
    let later = [history::rules::RULES, site::rules::RULES, check::RULES, render::rules::RULES, net::rules::RULES];
    let mut rules: Vec<_> = lists.into_iter().chain(later).flatten().copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}
