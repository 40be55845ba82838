//! `Clean`: what is known of texts in which nothing was found, so that the next run need not look for anything there again.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Document;
use super::markdown::Markdown;
use super::personal::Personal;
use crate::source::{SourcePath, Stamp};

/// SHA-256 of a text.
pub type Sum = [u8; 32];

/// The SHA-256 of a text.
pub(super) fn sum_of(text: &str) -> Sum {
    Sha256::digest(text).into()
}

/// A text without problems that names no person: what else there is to know of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Clean {
    sum: Sum,
    /// Links of its body, each with its place: where it leads, and whether it is a picture.
    links: Vec<(String, bool, (usize, usize))>,
    anchors: Vec<String>,
    empty_anchors: Vec<String>,
    /// What its fields make public.
    public: Vec<u64>,
}

/// As it is written.
#[derive(Serialize, Deserialize)]
struct Record {
    /// Another program may look for something else.
    program: Option<Stamp>,
    clean: Vec<(String, Clean)>,
}

impl Clean {
    /// What is to be known of the text of a document, in which nothing was found.
    fn of(document: &Document) -> Clean {
        let body = &document.body;
        let links = body.links.iter().map(|link| (link.target.clone(), link.is_picture, link.span.bytes.unwrap_or_default()));
        Clean {
            sum: document.sum,
            links: links.collect(),
            anchors: body.anchors.clone(),
            empty_anchors: body.empty_anchors.clone(),
            public: document.personal.public.clone(),
        }
    }

    /// Whether this is known of a text.
    pub(super) fn is_of(&self, sum: &Sum) -> bool {
        self.sum == *sum
    }

    /// The body of the document at `path`, whose text begins `offset` bytes into the file, and what it says of people.
    pub(super) fn read(self, path: &SourcePath, whole: &Arc<str>, offset: Option<usize>) -> (Markdown, Personal) {
        let body = offset.map(|offset| Markdown::known(path, whole, offset, self.links, (self.anchors, self.empty_anchors)));
        (body.unwrap_or_default(), Personal { found: Vec::new(), public: self.public })
    }
}

/// What [`write`] gave in an earlier run of the same program; nothing when it cannot be read.
pub(super) fn read(bytes: &[u8], program: Option<Stamp>) -> BTreeMap<SourcePath, Clean> {
    let record = postcard::from_bytes::<Record>(bytes).ok().filter(|record| program.is_some() && record.program == program);
    record.into_iter().flat_map(|record| record.clean).map(|(path, clean)| (SourcePath::new(&path), clean)).collect()
}

/// Writes down what is known of these documents, in which nothing was found.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write<'a>(
    documents: impl Iterator<Item = &'a Document>,
    program: Option<Stamp>,
    out: impl io::Write,
) -> io::Result<()> {
    let clean = documents.map(|document| (document.path.to_string(), Clean::of(document))).collect();
    postcard::to_io(&Record { program, clean }, out).map(drop).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::super::{Memory, Parsed, parse_again};
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::{Sources, stamp};

    const PATH: &str = "content/pages/plan.md";

    fn parsed(body: &str, memory: &mut Memory) -> Parsed {
        let front = "+++\ntitle = \"แผน\"\n+++\n";
        let sources = Sources::from_fixture(&format!("-- {PATH} --\n{front}{body}\n"));
        parse_again(&sources, memory, &mut Diagnostics::default())
    }

    /// What another run has after one in which `body` was read, told that its heading has the id `told`.
    fn told(body: &str, program: Option<Stamp>) -> Memory {
        let mut memory = Memory::default();
        let mut document = (*parsed(body, &mut memory).documents[0]).clone();
        document.body.anchors = vec!["told".to_owned()];
        let mut note = Vec::new();
        write(std::iter::once(&document), stamp::of_program(), &mut note).expect("room");
        Memory::from_bytes(&note, program)
    }

    #[test]
    fn what_is_known_of_a_text_is_taken_for_that_text_only() {
        let anchors = |body: &str, mut memory: Memory| parsed(body, &mut memory).documents[0].body.anchors.clone();
        let program = stamp::of_program();
        assert_eq!(anchors("## หัวข้อ", told("## หัวข้อ", program)), ["told"]);
        assert_eq!(anchors("## หัวข้อ 2", told("## หัวข้อ", program)), ["หัวข้อ-2"], "another text");
        assert_eq!(anchors("## หัวข้อ", told("## หัวข้อ", None)), ["หัวข้อ"], "another program");
    }

    #[test]
    fn a_text_with_a_finding_is_not_noted() {
        let noted = |body: &str| {
            let mut memory = Memory::default();
            parsed(body, &mut memory);
            let mut note = Vec::new();
            memory.write_to(stamp::of_program(), &mut note).expect("room");
            read(&note, stamp::of_program()).len()
        };
        assert_eq!(noted("ข้อความ"), 1);
        for body in ["<div>", "เเผน", "โทร. 081-234-5678"] {
            assert_eq!(noted(body), 0, "{body}");
        }
    }
}
