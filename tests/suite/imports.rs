//! `import` and `export` as an officer runs them: nothing is written unasked, exit codes, JSON, both languages, taken back.

use std::fs;

use prongsai::publish::edits::undo;

use crate::support::{folder, prongsai, stderr, stdout};

const SITE: &str = "-- content/executives/01-mayor.md --
+++
# ตรวจแล้ว
name = \"นายสมชาย ใจดี\"
position = \"นายกเทศมนตรี\"
group = \"political\"
+++
";

const TABLE: &str = "ชื่อ-สกุล,ตำแหน่ง,ฝ่าย,โทรศัพท์\nสมชาย ใจดี,นายกเทศมนตรีตำบล,,0 4212 3456\nนางใหม่ มาแล้ว,ปลัดเทศบาล,ประจำ,\n";

#[test]
fn a_preview_writes_nothing_and_yes_can_be_taken_back() {
    let site = folder(SITE);
    let mayor = site.path().join("content/executives/01-mayor.md");
    let before = fs::read_to_string(&mayor).expect("a file");
    fs::write(site.path().join("people.csv"), TABLE).expect("written");
    let shown = prongsai(site.path(), &["import", "people.csv", "--lang", "en"]);
    assert_eq!(shown.status.code(), Some(0));
    let expected = "changed  content/executives/01-mayor.md
    position: นายกเทศมนตรี → นายกเทศมนตรีตำบล
    telephone: 0 4212 3456
new      content/executives/02-executive-02.md
    name and surname: นางใหม่ มาแล้ว
    position: ปลัดเทศบาล
    side: permanent (ฝ่ายประจำ)
nothing written; run with --yes
";
    assert_eq!(stdout(&shown), expected);
    assert_eq!(fs::read_to_string(&mayor).expect("a file"), before);
    let thai = stdout(&prongsai(site.path(), &["import", "people.csv", "--lang", "th"]));
    assert!(thai.contains("เปลี่ยน content/executives/01-mayor.md") && thai.contains("ตำแหน่ง: นายกเทศมนตรี → "), "{thai}");
    let written = prongsai(site.path(), &["import", "executives", "people.csv", "--yes", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&written)).expect("JSON");
    assert_eq!((&json["written"], &json["files"][0]["state"]), (&true.into(), &"changed".into()));
    assert_eq!(json["files"][0]["fields"][1]["new"], "0 4212 3456");
    assert!(fs::read_to_string(&mayor).expect("a file").contains("# ตรวจแล้ว"));
    assert!(stdout(&prongsai(site.path(), &["import", "people.csv", "--yes", "--lang", "en"])).ends_with("nothing changes\n"));
    undo(site.path()).expect("the disk works").expect("something to take back").expect("nobody changed it");
    assert_eq!(fs::read_to_string(&mayor).expect("a file"), before);
    assert!(!site.path().join("content/executives/02-executive-02.md").exists());
}

#[test]
fn wrong_cells_exit_with_1_and_wrong_usage_with_2() {
    let site = folder(SITE);
    fs::write(site.path().join("people.csv"), TABLE.replace("ประจำ", "ประจำปี")).expect("written");
    let wrong = prongsai(site.path(), &["import", "people.csv", "--yes", "--lang", "th"]);
    assert_eq!(wrong.status.code(), Some(1));
    let words = "ต้องแก้: แถว 3 คอลัมน์ C: ใช้ค่า `ประจำปี` ที่นี่ไม่ได้ (พิมพ์คำใดคำหนึ่ง: ฝ่ายการเมือง, ฝ่ายประจำ)";
    assert!(stdout(&wrong).contains(words), "{}", stdout(&wrong));
    assert!(!site.path().join("content/executives/02-executive-02.md").exists());
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&prongsai(site.path(), &["import", "people.csv", "--format", "json"]))).expect("JSON");
    assert_eq!((&json["problems"][0]["row"], &json["problems"][0]["column"]), (&3.into(), &"C".into()));
    let skipped = prongsai(site.path(), &["import", "people.csv", "--yes", "--skip-bad-rows", "--lang", "en"]);
    assert_eq!(skipped.status.code(), Some(0), "{}", stdout(&skipped));
    assert!(stdout(&skipped).contains("wrote 1 files"), "{}", stdout(&skipped));
    for (arguments, words) in [
        (&["import", "nowhere.xlsx"][..], "there is no file nowhere.xlsx"),
        (&["import", "executives"], "name the file too"),
        (&["import", "people", "people.csv"], "there is no kind of table `people`"),
        (&["import", "people.csv", "--year", "2023"], "`2023` is not a year of the Buddhist Era"),
        (&["export", "-o", "a.csv"], "a CSV file holds one table"),
        (&["export", "-o", "a.pdf"], "must end in .xlsx or .csv"),
    ] {
        let refused = prongsai(site.path(), &[arguments, &["--lang", "en"]].concat());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&refused).contains(words), "{}", stderr(&refused));
    }
}

#[test]
fn an_export_is_never_written_over_another_file() {
    let site = folder(SITE);
    let made = prongsai(site.path(), &["export", "--lang", "en"]);
    assert_eq!(stdout(&made), "wrote prongsai-export.xlsx: 6 tables, 1 rows\n");
    assert_eq!(prongsai(site.path(), &["export"]).status.code(), Some(2));
    assert_eq!(prongsai(site.path(), &["export", "--force"]).status.code(), Some(0));
    let again = prongsai(site.path(), &["import", "prongsai-export.xlsx", "--yes", "--lang", "en"]);
    assert_eq!(stdout(&again), "unchanged: 1 files\nnothing changes\n");
    assert_eq!(prongsai(site.path(), &["export", "executives", "-o", "people.csv"]).status.code(), Some(0));
    let csv = fs::read_to_string(site.path().join("people.csv")).expect("a file");
    assert!(csv.starts_with("\u{feff}ลำดับ,ชื่อ-สกุล,ตำแหน่ง,ฝ่าย,โทรศัพท์,อีเมล,ชื่อไฟล์ (อย่าแก้)\r\n1,นายสมชาย ใจดี,"), "{csv}");
}
