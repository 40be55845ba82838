//! `completions` and `man`: what a shell and a manual know of the command line.

use std::io;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use super::args::{self, Say};
use super::{Options, report};
use crate::diagnostic::text;
use crate::publish;

/// The command `completions`.
pub(super) fn completions(say: Say) -> Command {
    let shell = Arg::new("shell")
        .value_name("bash|zsh|fish|powershell|elvish")
        .required(true)
        .value_parser(value_parser!(Shell))
        .hide_possible_values(true)
        .help(say.text("เชลล์ที่ใช้", "Your shell"));
    say.subcommand(
        "completions",
        say.text("คำสั่งเติมคำอัตโนมัติของเชลล์", "Completions for a shell"),
        say.text(
            "เช่น prongsai completions bash > ~/.local/share/bash-completion/completions/prongsai",
            "For example: prongsai completions bash > ~/.local/share/bash-completion/completions/prongsai",
        ),
    )
    .arg(shell)
}

/// The command `man`.
pub(super) fn man(say: Say) -> Command {
    let output = Arg::new("output")
        .short('o')
        .long("output")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help(say.text("เขียนหน้าคู่มือของทุกคำสั่งลงโฟลเดอร์นี้", "Write the pages of all commands to this folder"));
    say.subcommand(
        "man",
        say.text("หน้าคู่มือสำหรับ man", "The manual page"),
        say.text("เช่น prongsai man | man -l -", "For example: prongsai man | man -l -"),
    )
    .arg(output)
}

/// Prints the completions.
pub(super) fn complete(options: &Options, matches: &ArgMatches) -> u8 {
    let shell = matches.get_one::<Shell>("shell").copied().expect("clap asks for it");
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(options.lang), "prongsai", &mut script);
    report::plain(&String::from_utf8_lossy(&script));
    0
}

/// Prints the manual page, or writes all of them to a folder.
pub(super) fn manual(options: &Options, matches: &ArgMatches) -> io::Result<u8> {
    let command = args::command(options.lang);
    let Some(folder) = matches.get_one::<PathBuf>("output") else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        report::plain(&String::from_utf8_lossy(&page));
        return Ok(0);
    };
    let mut n_pages = 0;
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let whole = std::iter::once((None, command.clone()));
    let inner = names.into_iter().filter_map(|name| Some((Some(name.clone()), command.find_subcommand(&name)?.clone())));
    for (name, command) in whole.chain(inner) {
        let file = name.map_or_else(|| "prongsai.1".to_owned(), |name| format!("prongsai-{name}.1"));
        let mut page = Vec::new();
        clap_mangen::Man::new(command).title(file.trim_end_matches(".1").to_uppercase()).render(&mut page)?;
        publish::write_file(&folder.join(&file), &page)?;
        n_pages += 1;
    }
    let folder = folder.display();
    report::say(options, &text!(th: "เขียนหน้าคู่มือ {n_pages} หน้าใน {folder}", en: "wrote {n_pages} manual pages to {folder}"));
    Ok(0)
}
