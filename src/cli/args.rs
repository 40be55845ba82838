//! What the command line accepts, described in Thai or English.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, value_parser};

use super::{USAGE_OR_DISK, doctor, export, import, init, new, report, shell, undo};
use crate::diagnostic::{Lang, Text};

/// The command line in a language.
pub(super) fn command(lang: Lang) -> Command {
    let say = Say(lang);
    Command::new("prongsai")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say.text(
            "prongsai (โปร่งใส): สร้างเว็บไซต์เปิดเผยข้อมูลภาครัฐจากไฟล์ Markdown และ TOML และตรวจกับแบบ OIT ของปี",
            "prongsai: makes a public-disclosure site from Markdown and TOML, and checks it against the year's OIT form",
        ))
        .after_help(say.text(
            "รหัสจบการทำงาน: 0 เรียบร้อยหรือเผยแพร่แล้ว, 1 มีข้อผิดพลาดในเนื้อหา, 2 สั่งผิดหรือดิสก์มีปัญหา\nเริ่มต้น: prongsai init แล้ว prongsai serve",
            "Exit codes: 0 clean or published, 1 problems in the content, 2 wrong usage or disk\nStart with: prongsai init, then prongsai serve",
        ))
        .help_template(say.template())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(say.text("คำสั่ง", "Commands"))
        .next_help_heading(say.text("ตัวเลือก", "Options"))
        .arg(say.help())
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help(say.text("แสดงรุ่น", "Print the version")))
        .args(say.global())
        .subcommands([
            init::command(say),
            new::command(say),
            say.check(),
            say.build(),
            say.serve(),
            import::command(say),
            export::command(say),
            super::year::command(say),
            undo::command(say),
            doctor::command(say),
            say.audit(),
            say.submit(),
            say.sign(),
            say.verify(),
            say.keys(),
            say.open(),
            say.explain(),
            super::schema::command(say),
            super::cms::command(say),
            shell::completions(say),
            shell::man(say),
        ])
}

/// Describes the parts of the command line in a language.
#[derive(Clone, Copy)]
pub(super) struct Say(Lang);

impl Say {
    pub(super) fn text(self, th: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Lang::Th => th,
            Lang::En => en,
        }
    }

    fn global(self) -> [Arg; 3] {
        let directory =
            Arg::new("directory").short('C').value_name("DIR").value_parser(value_parser!(PathBuf)).help(self.text(
                "โฟลเดอร์ของเว็บไซต์ (ที่มี content/) ค่าตั้งต้นคือโฟลเดอร์นี้",
                "The site folder, the one with content/ [default: here]",
            ));
        let choice = |name: &'static str, values: &'static str| {
            Arg::new(name)
                .long(name)
                .value_name(values)
                .value_parser(PossibleValuesParser::new(values.split('|')))
                .hide_possible_values(true)
        };
        let lang = choice("lang", "th|en")
            .help(self.text("ภาษาของข้อความ ค่าตั้งต้นตามภาษาของเครื่อง", "Language of messages [default: that of the locale]"));
        let format = choice("format", "human|json|csv|sarif").help(self.text(
            "รูปแบบผลลัพธ์: human ให้คนอ่าน, json ให้โปรแกรมอ่าน, csv ให้ตารางคำนวณ (audit), sarif ให้โปรแกรมแก้ไฟล์ (check, build)",
            "Output for people, programs, (audit) spreadsheets or (check, build) editors [default: human]",
        ));
        [directory, lang, format].map(|arg| arg.global(true))
    }

    fn build(self) -> Command {
        self.subcommand(
            "build",
            self.text("สร้างเว็บไซต์ลงใน public/", "Make the site in public/"),
            self.text(
                "ตรวจทุกไฟล์ก่อน ถ้ามีข้อผิดพลาดจะไม่แตะต้อง public/ ถ้าไม่มี จะเขียนเฉพาะไฟล์ที่เปลี่ยน และบันทึกใน content/history.jsonl ว่าเผยแพร่อะไรเมื่อใด",
                "Checks every file first. With an error public/ stays untouched; without one, only files that changed are written. content/history.jsonl notes what was published when.",
            ),
        )
        .arg(self.today("วันที่เผยแพร่ เช่น 2023-04-20 ค่าตั้งต้นคือวันนี้", "Day of the publish, such as 2023-04-20 [default: today]"))
    }

    fn check(self) -> Command {
        self.subcommand(
            "check",
            self.text("ตรวจทุกไฟล์ โดยไม่เขียนอะไร", "Check every file, write nothing"),
            self.text(
                "แสดงข้อผิดพลาดและคำเตือนทั้งหมด พร้อมไฟล์ บรรทัด และวิธีแก้ คำเตือนอย่างเดียวถือว่าเผยแพร่ได้ (รหัสจบการทำงาน 0)",
                "Shows every error and warning with file, line and what to type. Warnings alone do not stop publishing (exit code 0).",
            ),
        )
        .arg(self.external())
    }

    fn external(self) -> Arg {
        Arg::new("external").long("external").action(ArgAction::SetTrue).help(self.text(
            "ถามลิงก์ไปเว็บไซต์อื่นด้วยว่ายังเปิดได้ (ใช้อินเทอร์เน็ต จำผลไว้ใน .prongsai/)",
            "Ask the links to other hosts too (uses the network, remembers in .prongsai/)",
        ))
    }

    fn audit(self) -> Command {
        let item = Arg::new("item")
            .value_name("ITEM")
            .num_args(0..)
            .help(self.text("ข้อที่ดู เช่น O2 O42 ค่าตั้งต้นคือทุกข้อ", "Items, such as O2 O42 [default: all]"));
        let require = Arg::new("require")
            .long("require")
            .value_name("declared|verified")
            .value_parser(PossibleValuesParser::new(["declared", "verified"]))
            .hide_possible_values(true)
            .help(self.text(
                "จบด้วยรหัส 1 ถ้ามีข้อที่ไม่ถึงเกณฑ์: declared ครบทุกข้อกำหนด, verified ระบบตรวจได้ทุกข้อกำหนด",
                "Exit with 1 when an item falls short: declared, every requirement is met; verified, the machine checked them all",
            ));
        let output = Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help(self.text("เขียนลงไฟล์ .xlsx, .csv หรือ .json", "Write to a file: .xlsx, .csv or .json"));
        let live = Arg::new("live")
            .long("live")
            .value_name("URL")
            .conflicts_with_all(["item", "require", "output", "external"])
            .help(self.text("เทียบเว็บไซต์ที่เผยแพร่จริงกับคำตอบที่ยื่นแล้ว", "Compare the deployed site with the submitted answers"));
        self.subcommand(
            "audit",
            self.text("ตรวจแบบ OIT รายข้อ", "Go through the OIT form item by item"),
            self.text(
                "แสดงสถานะ หลักฐาน และสิ่งที่ยังขาดของทุกข้อ ใช้ --format json หรือ csv สำหรับโปรแกรม และ -o audit.xlsx สำหรับคณะทำงาน",
                "Shows status, evidence and gaps of every item. --format json or csv is for programs, -o audit.xlsx for the working group.",
            ),
        )
        .args([item, require, output, self.external(), live])
    }

    fn submit(self) -> Command {
        let today = self.today("วันที่ยื่น เช่น 2023-04-20 ค่าตั้งต้นคือวันนี้", "Day of the submission, such as 2023-04-20 [default: today]");
        let replace = Arg::new("replace")
            .long("replace")
            .action(ArgAction::SetTrue)
            .help(self.text("แทนที่คำตอบที่บันทึกไว้แล้ว", "Replace answers that are frozen already"));
        self.subcommand(
            "submit",
            self.text("บันทึกคำตอบที่ยื่นแล้ว เพื่อไม่ให้ที่อยู่หายหรือเนื้อหาเปลี่ยน", "Freeze the answers that are handed in"),
            self.text(
                "เขียน content/submissions/<ปี>.toml หลังจากนั้นการสร้างเว็บไซต์ที่ทำให้ที่อยู่ที่ยื่นหายไปจะเป็นข้อผิดพลาด (ย้ายได้ด้วย [redirects] ใน site.toml) และเนื้อหาที่เปลี่ยนจะเป็นคำเตือน",
                "Writes content/submissions/<year>.toml. From then on a build that loses a submitted address is an error ([redirects] in site.toml moves it), and a changed page is a warning.",
            ),
        )
        .args([today, replace])
    }

    pub(super) fn today(self, th: &'static str, en: &'static str) -> Arg {
        Arg::new("today").long("today").value_name("DATE").help(self.text(th, en))
    }

    fn sign(self) -> Command {
        let key =
            Arg::new("key").long("key").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(self.text(
                "ไฟล์กุญแจลับของหน่วยงาน (ssh-keygen -t ed25519 หรือ minisign -G)",
                "The agency's secret key, of ssh-keygen -t ed25519 or minisign -G",
            ));
        self.subcommand(
            "sign",
            self.text("ลงลายมือชื่อสิ่งที่เผยแพร่ใน public/", "Sign what is published in public/"),
            self.text(
                "เขียน public/SHA256SUMS.sig หรือ .minisig ที่ ssh-keygen -Y verify และ minisign -V ตรวจได้ ทำหลัง build ทุกครั้ง กุญแจไม่ถูกคัดลอกไปที่ใด",
                "Writes public/SHA256SUMS.sig or .minisig, which ssh-keygen -Y verify and minisign -V accept. Do it after every build. The key is copied nowhere; its password is asked for, or read from a pipe.",
            ),
        )
        .args([key, self.today("วันที่ลงลายมือชื่อ ค่าตั้งต้นคือวันนี้", "Day of the signature [default: today]")])
    }

    fn verify(self) -> Command {
        let place = Arg::new("place")
            .value_name("DIR|URL")
            .help(self.text("โฟลเดอร์หรือที่อยู่ของเว็บไซต์ ค่าตั้งต้นคือ public/", "Folder or address of the site [default: public/]"));
        let key = Arg::new("key").long("key").value_name("KEY|FILE").action(ArgAction::Append).help(self.text(
            "กุญแจสาธารณะของหน่วยงาน หรือไฟล์ของกุญแจ ค่าตั้งต้นคือ signing_keys ใน site.toml",
            "The agency's public key, or its file [default: signing_keys of site.toml]",
        ));
        let keep = Arg::new("keep").long("keep").value_name("FILE").value_parser(value_parser!(PathBuf)).help(self.text(
            "เก็บประวัติไว้ในไฟล์นี้ และเทียบกับที่เก็บไว้ครั้งก่อน",
            "Keep the history in this file, and compare it with what was kept the last time",
        ));
        self.subcommand(
            "verify",
            self.text("ตรวจว่าเว็บไซต์ที่เผยแพร่ไม่ถูกแก้", "Check that a published site was not tampered with"),
            self.text(
                "ตรวจทุกไฟล์กับ SHA256SUMS และ manifest.json ตรวจลายมือชื่อ และตรวจว่าประวัติต่อกันทุกบรรทัด จบด้วยรหัส 1 ถ้ามีอะไรไม่ตรง",
                "Compares every file with SHA256SUMS and manifest.json, checks the signature, and follows the chain of the history. Exits with 1 when anything differs.",
            ),
        )
        .args([place, key, keep])
    }

    fn serve(self) -> Command {
        let port = Arg::new("port")
            .long("port")
            .value_name("PORT")
            .value_parser(value_parser!(u16))
            .help(self.text("พอร์ต ค่าตั้งต้นคือพอร์ตว่างแรกตั้งแต่ 8000", "Port [default: the first free one from 8000]"));
        let host = Arg::new("host").long("host").value_name("ADDR").value_parser(value_parser!(IpAddr)).help(self.text(
            "ให้เครื่องอื่นเปิดดูได้ที่ที่อยู่นี้ของเครื่อง เช่น 192.168.1.5 ค่าตั้งต้นคือ 127.0.0.1 (เครื่องนี้เท่านั้น)",
            "Let other machines look, at this address of yours such as 192.168.1.5 [default: 127.0.0.1, this machine only]",
        ));
        self.subcommand(
            "serve",
            self.text("ดูเว็บไซต์ในเครื่อง และปรับทันทีเมื่อไฟล์เปลี่ยน", "Look at the site on this machine while you write"),
            self.text(
                "เปิดที่ http://127.0.0.1 เท่านั้น ถ้าไม่สั่ง --host ไม่เขียนลง public/ ถ้าแก้แล้วมีข้อผิดพลาด หน้าเดิมที่ดีจะยังอยู่ หยุดด้วย Ctrl+C",
                "Opens on http://127.0.0.1 only, unless --host is given, and does not write to public/. When a change is broken, the last good site stays up. Stop it with Ctrl+C.",
            ),
        )
        .args([host, port])
    }

    fn keys(self) -> Command {
        let output = path("output").short('o').long("output").value_name("FILE").help(self.text(
            "ไฟล์กุญแจ ค่าตั้งต้นคือ prongsai-key.txt ในโฟลเดอร์ของท่าน",
            "The key file [default: prongsai-key.txt in your own folder]",
        ));
        let new = self
            .subcommand(
                "new",
                self.text("สร้างกุญแจของผู้ตรวจสอบหนึ่งคน", "Make the key of an inspector"),
                self.text(
                    "เขียนกุญแจลับลงไฟล์ใหม่ที่อ่านได้เฉพาะท่าน นอกโฟลเดอร์ของเว็บไซต์ และแสดงกุญแจสาธารณะสำหรับ site.toml",
                    "Writes the secret key to a new file that only you can read, outside the site's folders, and shows the public key for site.toml.",
                ),
            )
            .arg(output);
        self.subcommand(
            "keys",
            self.text("กุญแจสำหรับเรื่องที่ปิดผนึก", "Keys for sealed reports"),
            self.text(
                "กุญแจเป็นของโปรแกรม age เรื่องที่ปิดผนึกเปิดได้ด้วย prongsai open หรือ age -d",
                "The keys are those of the program age: prongsai open and age -d both open what is sealed for them.",
            ),
        )
        .subcommand_required(true)
        .subcommand_help_heading(self.text("คำสั่ง", "Commands"))
        .subcommand(new)
    }

    fn open(self) -> Command {
        let file = path("file")
            .value_name("FILE")
            .required(true)
            .help(self.text("ไฟล์ .age หรือข้อความที่ปิดผนึก", "The .age file, or the sealed text"));
        let key = path("key").long("key").value_name("FILE").action(ArgAction::Append).help(self.text(
            "ไฟล์กุญแจ (ใส่ได้หลายครั้ง) ค่าตั้งต้นคือ prongsai-key.txt ในโฟลเดอร์ของท่าน",
            "A key file, any number of times [default: prongsai-key.txt in your own folder]",
        ));
        let output = path("output").short('o').long("output").value_name("DIR").help(
            self.text("โฟลเดอร์ใหม่ ค่าตั้งต้นคือ <ชื่อไฟล์>-opened ข้างไฟล์นั้น", "The new folder [default: <name>-opened beside the file]"),
        );
        self.subcommand(
            "open",
            self.text("เปิดเรื่องที่ประชาชนปิดผนึก", "Open a report that a citizen sealed"),
            self.text(
                "เขียนเรื่องและไฟล์แนบลงโฟลเดอร์ใหม่ที่อ่านได้เฉพาะท่าน ไม่เขียนทับไฟล์ใด ถ้าไฟล์ถูกแก้จะไม่เปิด",
                "Writes the report and its attachments to a new folder that only you can read, over no other file. A file that was changed is not opened.",
            ),
        )
        .args([file, key, output])
    }

    fn explain(self) -> Command {
        let code = Arg::new("code").value_name("CODE").help(self.text("รหัส เช่น P103, O2, O๔๒", "A code such as P103, O2, O๔๒"));
        let year = Arg::new("year")
            .long("year")
            .value_name("YEAR")
            .help(self.text("ปีงบประมาณของแบบ (พ.ศ.)", "Fiscal year of the form (Buddhist Era)"));
        self.subcommand(
            "explain",
            self.text("อธิบายกฎ (P103) หรือข้อในแบบ OIT (O2)", "Explain a rule (P103) or an item of the form (O2)"),
            self.text(
                "ถ้าไม่ระบุอะไร จะแสดงรายชื่อกฎทั้งหมด ถ้าสั่งในโฟลเดอร์ของเว็บไซต์ จะบอกด้วยว่าข้อนั้นมีคำตอบที่ใด",
                "Without a code it lists all rules. In a site folder it also says where the item is answered.",
            ),
        )
        .args([code, year])
    }

    pub(super) fn subcommand(self, name: &'static str, about: &'static str, more: &'static str) -> Command {
        Command::new(name)
            .about(about)
            .long_about(format!("{about}\n\n{more}"))
            .disable_help_flag(true)
            .help_template(self.template())
            .next_help_heading(self.text("ตัวเลือก", "Options"))
            .arg(self.help())
    }

    /// An option with a value.
    pub(super) fn value(self, name: &'static str, value: &'static str, th: &'static str, en: &'static str) -> Arg {
        Arg::new(name).long(name).value_name(value).help(self.text(th, en))
    }

    fn help(self) -> Arg {
        Arg::new("help").long("help").short('h').action(ArgAction::Help).help(self.text("แสดงวิธีใช้", "Print help"))
    }

    fn template(self) -> String {
        let usage = self.text("วิธีใช้", "Usage");
        format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}\n")
    }
}

/// Shows help, the version, or what is wrong with the arguments.
pub(super) fn usage(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            report::plain(&error.render().ansi().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            report::plain(&error.render().ansi().to_string());
            ExitCode::from(USAGE_OR_DISK)
        }
        _ if lang == Lang::Th => {
            report::failure(&wrong_in_thai(error), lang);
            ExitCode::from(USAGE_OR_DISK)
        }
        _ => {
            report::plain_error(&error.render().ansi().to_string());
            ExitCode::from(USAGE_OR_DISK)
        }
    }
}

/// An argument that is a path.
fn path(name: &'static str) -> Arg {
    Arg::new(name).value_parser(value_parser!(PathBuf))
}

/// What is wrong with the arguments; clap itself speaks English only.
fn wrong_in_thai(error: &clap::Error) -> Text {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].into_iter().find_map(|kind| error.get(kind));
    let near = near.map(|near| format!(" (น่าจะเป็น {near})")).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let subcommand = context(ContextKind::InvalidSubcommand);
    let known = error.get(ContextKind::ValidValue).map(|known| format!(" ใช้ได้: {known}")).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("ไม่มีคำสั่ง {subcommand}{near}"),
        ErrorKind::UnknownArgument => format!("ไม่มีตัวเลือก {argument}{near}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("ตัวเลือก {argument} ต้องมีค่าตามหลัง"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("ใช้ค่า {value} กับ {argument} ไม่ได้{known}"),
        ErrorKind::MissingRequiredArgument => format!("ต้องระบุ {argument}"),
        ErrorKind::MissingSubcommand => format!("ต้องบอกคำสั่งต่อจาก {subcommand} ใช้ได้: {}", context(ContextKind::ValidSubcommand)),
        ErrorKind::ArgumentConflict => format!("{argument} ใช้พร้อมกับ {} ไม่ได้", context(ContextKind::PriorArg)),
        _ => "คำสั่งไม่ถูกต้อง".to_owned(),
    };
    Text { th: format!("{what} ดูวิธีใช้ด้วย prongsai --help"), en: error.to_string() }
}
