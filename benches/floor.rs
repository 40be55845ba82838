//! The floor: the least that a program must do to make a site of Markdown, against which `benches/run.py` measures.
//!
//! ```text
//! floor write TREE OUT THREADS   writes files of the same names and sizes as those of TREE
//! floor parse CONTENT THREADS    walks, reads and renders Markdown, keeps nothing
//! floor md CONTENT OUT THREADS   the same, puts a shell of a page around it, and writes it
//! ```
#![expect(clippy::disallowed_methods, reason = "a program that measures the disk uses it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

/// Room for a page, in bytes.
const PAGE: usize = 16 * 1024;

fn main() {
    // `cargo bench` adds an argument of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["write", tree, out, threads] => with(threads, || write(Path::new(tree), Path::new(out))),
        ["parse", content, threads] => with(threads, || parse(Path::new(content))),
        ["md", content, out, threads] => with(threads, || md(Path::new(content), Path::new(out))),
        // `cargo bench` and `cargo test --benches` run it without arguments.
        _ => {}
    }
}

fn with(threads: &str, work: impl FnOnce()) {
    let threads = threads.parse().expect("a number of threads");
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("the first pool");
    work();
}

fn write(tree: &Path, out: &Path) {
    let all = walkdir::WalkDir::new(tree).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let size = |entry: &walkdir::DirEntry| usize::try_from(entry.metadata().map_or(0, |data| data.len())).unwrap_or(0);
    let files: Vec<(usize, PathBuf)> =
        all.map(|entry| (size(&entry), out.join(entry.path().strip_prefix(tree).expect("it is below")))).collect();
    let buffer = vec![b'x'; files.iter().map(|(size, _)| *size).max().unwrap_or(0)];
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder).expect("a folder");
    }
    files.par_iter().for_each(|(size, path)| fs::write(path, &buffer[..*size]).expect("a file"));
}

fn parse(content: &Path) {
    let render = |path: &PathBuf| {
        let mut page = String::with_capacity(PAGE);
        body(&fs::read_to_string(path).expect("UTF-8"), &mut page);
        std::hint::black_box(page.len())
    };
    std::hint::black_box(sources(content).par_iter().map(render).sum::<usize>());
}

fn md(content: &Path, out: &Path) {
    let (head, foot) = shell();
    sources(content).par_iter().for_each(|path| {
        let mut page = String::with_capacity(PAGE);
        page.push_str(&head);
        body(&fs::read_to_string(path).expect("UTF-8"), &mut page);
        page.push_str(&foot);
        let folder = out.join(path.strip_prefix(content).expect("it is below")).with_extension("");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("index.html"), page).expect("a file");
    });
}

/// About as long as the head, the navigation and the foot of the peers' pages.
fn shell() -> (String, String) {
    let nav = "<li><a href=\"/2568/\">ปีงบประมาณ 2568</a></li>\n".repeat(24);
    let foot = "<p>เลขที่ 99 ถนนราชดำเนิน เขตพระนคร กรุงเทพมหานคร 10200 โทร. 0-2123-4567</p>\n".repeat(2);
    let head = "<!doctype html>\n<html lang=\"th\"><head><meta charset=\"utf-8\"><title>floor</title></head>";
    (format!("{head}<body><nav><ul>{nav}</ul></nav><main>\n"), format!("</main><footer>{foot}</footer></body></html>\n"))
}

fn sources(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
}

fn body(text: &str, out: &mut String) {
    let body = text.strip_prefix("+++\n").and_then(|text| text.split_once("\n+++")).map_or(text, |(_, body)| body);
    html::push_html(out, Parser::new_ext(body, Options::ENABLE_TABLES));
}
