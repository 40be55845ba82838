//! The content types: one folder of `content/` each, one file of this folder each.

pub mod analysis;
pub mod channel;
pub mod common;
pub mod disclosure;
pub mod executive;
pub mod measure;
pub mod news;
pub mod page;
pub mod progress;
pub mod reference;
pub mod results;
pub mod rows;
pub mod submission;
pub mod survey;

use crate::diagnostic::Reported;
use crate::fields::{Asked, Fields};

pub use common::{Attachment, Common};
pub use reference::Reference;

/// A folder of `content/`: the content type of the files in it.
#[derive(Debug)]
pub struct Folder {
    /// Name of the folder.
    pub name: &'static str,
    /// How its files are written and ordered.
    pub layout: Layout,
    read: fn(&mut Fields) -> Result<Content, Reported>,
}

/// How the files of a folder are written and ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `folder/slug.md`
    Markdown,
    /// `folder/2566.md`
    MarkdownByYear,
    /// `folder/2566/slug.md`, or `folder/2566-h1/slug.md`
    MarkdownInYear,
    /// `folder/2566.toml`
    TomlByYear,
    /// `folder/slug.toml`
    Toml,
}

/// Picks one type out of [`Content`]; made by `content_types!`.
pub trait ContentType: Sized + 'static {
    /// The folder of its documents.
    const FOLDER: &'static str;

    /// The content, when it is of this type.
    fn of(content: &Content) -> Option<&Self>;
}

/// Lists the content types once: the enum, the table of folders and the way back to the type.
macro_rules! content_types {
    ($($folder:literal, $layout:ident => $module:ident::$name:ident),+ $(,)?) => {
        /// The typed front matter of a document.
        #[derive(Debug, Clone)]
        pub enum Content {
            $(#[doc = concat!("`", $folder, "/`")] $name(Box<$module::$name>),)+
        }

        /// All folders of `content/` that hold documents.
        pub static FOLDERS: &[Folder] = &[
            $(Folder {
                name: $folder,
                layout: Layout::$layout,
                read: |fields| $module::$name::read(fields).map(|content| Content::$name(Box::new(content))),
            },)+
        ];

        $(impl ContentType for $module::$name {
            const FOLDER: &'static str = $folder;

            fn of(content: &Content) -> Option<&Self> {
                match content {
                    Content::$name(value) => Some(value),
                    _ => None,
                }
            }
        })+
    };
}

content_types! {
    "executives", Markdown => executive::Executive,
    "results", TomlByYear => results::Results,
    "analysis", MarkdownByYear => analysis::Analysis,
    "measures", MarkdownInYear => measure::Measure,
    "progress", MarkdownInYear => progress::Progress,
    "surveys", Toml => survey::Survey,
    "channels", Markdown => channel::Channel,
    "disclosures", MarkdownInYear => disclosure::Disclosure,
    "news", Markdown => news::News,
    "pages", Markdown => page::Page,
    "submissions", TomlByYear => submission::Submission,
}

impl Folder {
    /// The folder of this name.
    pub fn named(name: &str) -> Option<&'static Folder> {
        FOLDERS.iter().find(|folder| folder.name == name)
    }

    /// Reads the fields of a document in this folder, and those that every document may have.
    pub(crate) fn read(&self, fields: &mut Fields) -> (Result<Common, Reported>, Result<Content, Reported>) {
        let content = (self.read)(fields);
        let common = Common::read(fields);
        (common, content)
    }

    /// The fields of its content type, for documentation.
    pub fn asked(&self) -> Vec<Asked> {
        Fields::record(&|fields: &mut Fields| {
            let (common, content) = self.read(fields);
            common.and(content.map(|_| ()))
        })
    }

    /// The extension of its documents.
    pub fn extension(&self) -> &'static str {
        match self.layout {
            Layout::Toml | Layout::TomlByYear => "toml",
            _ => "md",
        }
    }
}
