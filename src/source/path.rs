//! `SourcePath`: a file's path inside the site folder, always with `/`.

use std::fmt;
use std::sync::Arc;

/// Path of a source relative to the site folder, `/`-separated on every system: `content/site.toml`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

/// Extensions of documents; everything else in `content/` is an attachment.
const DOCUMENTS: [&str; 2] = ["md", "toml"];

/// Extensions of a theme's files that are read as text.
const THEME_TEXTS: [&str; 7] = ["toml", "html", "css", "js", "xml", "txt", "svg"];

impl SourcePath {
    /// A path; `\` becomes `/`.
    pub fn new(path: &str) -> SourcePath {
        SourcePath(if path.contains('\\') { path.replace('\\', "/").into() } else { path.into() })
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders and the file name, in order.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// The file name: `01-mayor.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The file name without its extension: `01-mayor`.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// The extension in lower case, without the dot; empty when there is none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
    }

    /// Whether the file is read as text.
    pub fn is_text(&self) -> bool {
        let texts: &[&str] = if self.is_under("themes") { &THEME_TEXTS } else { &DOCUMENTS };
        texts.contains(&self.extension().as_str())
    }

    /// Whether the file lies in `folder` or below it.
    pub fn is_under(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The path of `relative` as seen from this file, or `None` when it leaves `content/`.
    ///
    /// `.` and `..` are followed; `\` counts as `/`, so that it cannot stand for one later.
    pub fn sibling(&self, relative: &str) -> Option<SourcePath> {
        let mut parts: Vec<&str> = self.parts().collect();
        parts.pop();
        for part in relative.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        let path = SourcePath::new(&parts.join("/"));
        path.is_under("content").then_some(path)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
