//! A theme: templates, components, strings, styles. The built-in one is inside the binary; a site's folder wins file by file.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tera::{Context, Tera};

use super::memory::{Key, KeyMaker};
use super::rules::{no_theme, template_error};
use super::view::View;
use super::{File, palette};
use crate::diagnostic::{Diagnostics, Lang, Text};
use crate::parse::rules::{broken_toml, not_utf8};
use crate::site::Site;
use crate::source::{Source, SourcePath, Sources, hex};

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The script of the search page, published under a name with its fingerprint.
const SEARCH: &str = "assets/search.js";

/// The script and the style of the page for sealed reports, and the library for it, published only where that page is.
const SEALED: &str = "assets/sealed.js";
const SEALED_STYLE: &str = "assets/sealed.css";
const LIBRARY: &str = "assets/vendor/age-encryption.js";

/// What the licences of the library ask to go with it.
const VENDOR: &str = "assets/vendor/";

/// A theme, loaded.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    globals: Context,
    strings: BTreeMap<String, Text>,
    /// Folder of each file that the site itself brings; the others are built in.
    own: BTreeMap<String, SourcePath>,
    /// `example.toml` of each component, by name.
    pub(super) examples: BTreeMap<String, String>,
    /// What a search knows of words.
    pub words: Words,
    /// Files to publish: styles and assets.
    pub files: BTreeMap<String, File>,
    /// What stands for the templates and what all of them see.
    pub(super) digest: Key,
}

/// What every page is rendered with.
#[derive(Debug, Serialize)]
struct Globals<'a> {
    t: BTreeMap<&'a str, &'a str>,
    stylesheet: String,
    search_script: String,
    sealed_script: Option<String>,
    sealed_style: Option<String>,
}

/// `search.toml`: what a search knows of words.
#[derive(Debug, Deserialize)]
pub struct Words {
    /// Words that readers use for one another, set by set.
    pub same: Vec<Vec<String>>,
    /// Words that only ask.
    pub skip: Vec<String>,
}

impl Theme {
    /// Loads the theme that the site names. `None` when it cannot be used; the problem is reported.
    pub fn load(sources: &Sources, site: &Site, diagnostics: &mut Diagnostics) -> Option<Theme> {
        let name = &site.config.theme;
        let folder = format!("themes/{}", name.value);
        let own: BTreeMap<String, SourcePath> =
            sources.under(&folder).map(|(path, _)| (path.as_str()[folder.len() + 1..].to_owned(), path.clone())).collect();
        if own.is_empty() && name.value != "default" {
            no_theme::report(name, diagnostics);
            return None;
        }
        let path_of = |file: &str| own.get(file).cloned().unwrap_or_else(|| SourcePath::new(&format!("themes/default/{file}")));
        if report_encoding(sources, &own, diagnostics) {
            return None;
        }
        let texts = texts(sources, &own);
        let strings = strings(sources, &own, diagnostics)?;
        let words = words(&texts, &path_of("search.toml"), diagnostics)?;
        let mut tera = Tera::new();
        let templates: Vec<(&str, &str)> = texts
            .iter()
            .filter(|(name, _)| name.ends_with(".html") || name.ends_with(".xml"))
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        if let Err(error) = tera.add_raw_templates(templates) {
            template_error::report(&error, |name| (path_of(name), texts.get(name).map(String::as_str)), diagnostics);
            return None;
        }
        let colour = site.config.colour.map(palette::style).unwrap_or_default();
        let style = style(&texts) + &colour;
        let stylesheet = format!("assets/site-{}.css", fingerprint(style.as_bytes()));
        let mut files = assets(&own);
        files.remove(SEARCH);
        let search_script = add_named(&mut files, "search", "js", small(&texts[SEARCH]));
        let sealed = sealed(&mut files, &texts, site.config.sealed.is_some());
        let base = site.config.base_url.path().trim_end_matches('/').to_owned();
        let lang = site.config.language;
        let globals = Globals {
            t: strings.iter().map(|(key, text)| (key.as_str(), text.get(lang).as_str())).collect(),
            stylesheet: format!("{base}/{stylesheet}"),
            search_script: format!("{base}/{search_script}"),
            sealed_script: sealed.as_ref().map(|(script, _)| format!("{base}/{script}")),
            sealed_style: sealed.as_ref().map(|(_, style)| format!("{base}/{style}")),
        };
        let seen = serde_json::to_vec(&globals).expect("strings always serialize");
        let templates = texts.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        let digest = templates.chain([&*seen]).fold(KeyMaker::default(), KeyMaker::with).finish();
        let globals = Context::from_serialize(&globals).expect("strings always serialize");
        *tera.global_context() = globals.clone();
        files.insert(stylesheet, File::Bytes(style.into_bytes()));
        Some(Theme { tera, globals, strings, own, examples: examples(&texts), words, files, digest })
    }

    /// Renders one page.
    ///
    /// # Errors
    /// What Tera says about a template.
    pub(super) fn page(&self, view: &View) -> Result<String, tera::Error> {
        self.tera.render(view.template, &view.context)
    }

    /// Renders a template that is not a page.
    pub(super) fn template(&self, name: &str, context: &Context) -> Result<String, tera::Error> {
        self.tera.render(name, context)
    }

    /// A string in a language; its key when the theme lost it, which a test of the built-in theme excludes.
    pub(super) fn string(&self, key: &str, lang: Lang) -> String {
        self.strings.get(key).map_or_else(|| key.to_owned(), |text| text.get(lang).clone())
    }

    /// Reports what Tera says about a page.
    pub(super) fn report(&self, error: &tera::Error, diagnostics: &mut Diagnostics) {
        let path = |file: &str| self.own.get(file).cloned().unwrap_or_else(|| SourcePath::new(&format!("themes/default/{file}")));
        template_error::report(error, |name| (path(name), None), diagnostics);
    }

    /// Renders one component with these arguments, and the strings of the theme.
    ///
    /// # Errors
    /// What Tera says about its template or arguments.
    pub fn component(&self, name: &str, arguments: &Context) -> Result<String, tera::Error> {
        self.tera.render_component_with_implicits(name, arguments, &self.globals, None, true)
    }
}

/// The built-in theme's files, by path inside the theme.
pub fn built_in() -> BTreeMap<String, &'static [u8]> {
    fn collect(dir: &Dir<'static>, files: &mut BTreeMap<String, &'static [u8]>) {
        for file in dir.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(path, file.contents());
        }
        for dir in dir.dirs() {
            collect(dir, files);
        }
    }
    let mut files = BTreeMap::new();
    collect(&BUILT_IN, &mut files);
    files
}

/// Reports templates and styles of the site's own that are not UTF-8.
fn report_encoding(sources: &Sources, own: &BTreeMap<String, SourcePath>, diagnostics: &mut Diagnostics) -> bool {
    let mut is_broken = false;
    for (file, path) in own {
        if let Some(Source::Text { text, invalid_at: Some(at) }) = sources.get(path).filter(|_| !file.starts_with("assets/")) {
            not_utf8::report(path, text, *at, diagnostics);
            is_broken = true;
        }
    }
    is_broken
}

/// The built-in strings, and over them the site's own.
fn strings(
    sources: &Sources,
    own: &BTreeMap<String, SourcePath>,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<String, Text>> {
    let built_in = built_in();
    let text = std::str::from_utf8(built_in["i18n.toml"]).expect("tested: the theme is UTF-8");
    let mut strings: BTreeMap<String, Text> = toml::from_str(text).expect("tested: the built-in strings parse");
    let Some(path) = own.get("i18n.toml") else { return Some(strings) };
    let text = sources.text(path).unwrap_or_default();
    match toml::from_str::<BTreeMap<String, Text>>(text) {
        Ok(own) => {
            strings.extend(own);
            Some(strings)
        }
        Err(error) => {
            broken_toml::report(path, text, 0, &[error], diagnostics);
            None
        }
    }
}

/// What a search knows of words: the site's own list, or the built-in one.
fn words(texts: &BTreeMap<String, String>, path: &SourcePath, diagnostics: &mut Diagnostics) -> Option<Words> {
    let text = &texts["search.toml"];
    toml::from_str(text).map_err(|error| broken_toml::report(path, text, 0, &[error], diagnostics)).ok()
}

/// Texts of the theme: built in, or the site's own.
fn texts(sources: &Sources, own: &BTreeMap<String, SourcePath>) -> BTreeMap<String, String> {
    let is_text = |path: &str| SourcePath::new(&format!("themes/default/{path}")).is_text();
    let built_in = built_in().into_iter().filter(|(path, _)| is_text(path));
    let mut texts: BTreeMap<String, String> =
        built_in.map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).replace("\r\n", "\n"))).collect();
    for (file, path) in own {
        if let Some(text) = sources.text(path) {
            texts.insert(file.clone(), text.to_owned());
        }
    }
    texts
}

/// The examples of the components, by name.
fn examples(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let named = |(path, text): (&String, &String)| {
        let name = path.strip_prefix("components/")?.strip_suffix("/example.toml")?;
        Some((name.to_owned(), text.clone()))
    };
    texts.iter().filter_map(named).collect()
}

/// `base.css`, then the components' styles by name.
fn style(texts: &BTreeMap<String, String>) -> String {
    let base = texts.get("base.css").cloned().unwrap_or_default();
    let of_components = texts.iter().filter(|(path, _)| path.starts_with("components/") && path.ends_with(".css"));
    of_components.fold(base, |style, (_, text)| style + text)
}

/// A script without lines of comment and indentation, which readers need not fetch.
fn small(script: &str) -> String {
    let lines =
        script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Adds a file under a name with its fingerprint, and gives that name.
fn add_named(files: &mut BTreeMap<String, File>, name: &str, extension: &str, text: String) -> String {
    let path = format!("assets/{name}-{}.{extension}", fingerprint(text.as_bytes()));
    files.insert(path.clone(), File::Bytes(text.into_bytes()));
    path
}

/// Adds what the page for sealed reports needs, and gives the names of its script and its style; without that page nothing of it is
/// published.
fn sealed(files: &mut BTreeMap<String, File>, texts: &BTreeMap<String, String>, is_there: bool) -> Option<(String, String)> {
    files.remove(SEALED);
    files.remove(SEALED_STYLE);
    if !is_there {
        files.retain(|path, _| !path.starts_with(VENDOR));
        return None;
    }
    // The library is published byte for byte, so that its checksum can be compared; the script knows it by its published name.
    files.remove(LIBRARY);
    let library = add_named(files, "vendor/age-encryption", "js", texts[LIBRARY].clone());
    let script = small(&texts[SEALED]).replace(LIBRARY.trim_start_matches("assets/"), library.trim_start_matches("assets/"));
    Some((add_named(files, "sealed", "js", script), add_named(files, "sealed", "css", texts[SEALED_STYLE].clone())))
}

/// Files of `assets/`, published as they are.
fn assets(own: &BTreeMap<String, SourcePath>) -> BTreeMap<String, File> {
    let built_in = built_in().into_iter().filter(|(path, _)| path.starts_with("assets/"));
    let mut files: BTreeMap<String, File> = built_in.map(|(path, bytes)| (path, File::Bytes(bytes.to_vec()))).collect();
    for (file, path) in own.iter().filter(|(file, _)| file.starts_with("assets/")) {
        files.insert(file.clone(), File::CopyOf(path.clone()));
    }
    files
}

/// The first eight hexadecimal digits of the SHA-256, so that browsers fetch a changed file anew.
fn fingerprint(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..4])
}
