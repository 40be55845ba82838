//! `Kind`: what a table can be about, and what its columns are called, by us and by offices.

use crate::content::Folder;
use crate::diagnostic::Text;

/// A column that a table can have.
#[derive(Debug)]
pub struct Column {
    /// The field it fills, or one of the keys below, which begin with `@`.
    pub key: &'static str,
    /// What it is called in an export.
    pub head: Text<&'static str>,
    /// What offices call it.
    pub aliases: &'static [&'static str],
    /// Width in an export, in characters.
    pub width: u16,
    /// Whether an export has it even when it is empty.
    pub is_core: bool,
}

/// What a table is about.
#[derive(Debug)]
pub struct Kind {
    /// The folder of its documents.
    pub folder: &'static str,
    /// Its columns, in the order of an export.
    pub columns: &'static [Column],
    /// Without one of these columns it is another table.
    pub anchors: &'static [&'static str],
    /// Columns that only this kind has; they count twice.
    pub telling: &'static [&'static str],
    /// Columns whose empty cells mean what stands above them.
    pub carried: &'static [&'static str],
    /// Words in names of files and sheets.
    pub names: &'static [&'static str],
}

/// The file that a row is about, below the folder.
pub const FILE: &str = "@file";
/// The fiscal year.
pub const YEAR: &str = "@year";
/// A running number, of whatever it stands beside.
pub const NUMBER: &str = "@number";
/// The number of a step.
pub const STEP: &str = "@step";
/// What follows the fields of a document.
pub const BODY: &str = "@body";
/// Title of a person.
pub const PREFIX: &str = "@prefix";
/// Given name.
pub const GIVEN: &str = "@given";
/// Family name.
pub const FAMILY: &str = "@family";
/// What a row of a result is.
pub const WHAT: &str = "@what";
/// Code of an instrument, indicator, question or item.
pub const CODE: &str = "@code";
/// Its name or text.
pub const NAME: &str = "@name";

impl Kind {
    /// The kind of this name, as it is typed on the command line.
    pub fn named(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.folder == name)
    }

    /// The folder of its documents.
    pub fn folder(&self) -> &'static Folder {
        Folder::named(self.folder).expect("every kind has its folder")
    }

    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

const fn core(key: &'static str, th: &'static str, en: &'static str, width: u16, aliases: &'static [&'static str]) -> Column {
    Column { key, head: Text { th, en }, aliases, width, is_core: true }
}

const fn also(key: &'static str, th: &'static str, en: &'static str, width: u16, aliases: &'static [&'static str]) -> Column {
    Column { key, head: Text { th, en }, aliases, width, is_core: false }
}

const YEAR_COLUMN: Column =
    core(YEAR, "ปีงบประมาณ พ.ศ.", "fiscal year (B.E.)", 12, &["ปีงบประมาณ", "ปีงบ", "ปี", "ปี พ.ศ.", "fiscal year", "year"]);
const FILE_COLUMN: Column = core(FILE, "ชื่อไฟล์ (อย่าแก้)", "file (leave it)", 24, &["ชื่อไฟล์", "ไฟล์", "file", "file name"]);
const UNIT: Column =
    also("unit", "หน่วยงานรับผิดชอบข้อมูล", "unit responsible for the page", 22, &["หน่วยงานเจ้าของข้อมูล", "ผู้รับผิดชอบข้อมูล", "unit"]);
const UPDATED: Column =
    also("updated", "ปรับปรุงล่าสุด", "updated", 16, &["วันที่ปรับปรุง", "ปรับปรุงข้อมูลล่าสุด", "ข้อมูล ณ วันที่", "วันที่ปรับปรุงข้อมูล", "last updated"]);
const EXAMPLE: Column = also("example", "เป็นข้อมูลตัวอย่าง", "is a made-up example", 10, &["ตัวอย่าง", "example"]);
const DRAFT: Column = also("draft", "ฉบับร่าง", "draft", 8, &["ร่าง", "draft"]);

/// Every kind.
#[rustfmt::skip]
pub static KINDS: [Kind; 6] = [
    Kind {
        folder: "executives",
        columns: &[
            core("order", "ลำดับ", "order", 7, &["ที่", "ลำดับที่", "no", "no.", "number", "#", "ลำดับการแสดงผล"]),
            core("name", "ชื่อ-สกุล", "name and surname", 28, &["ชื่อ - นามสกุล", "ชื่อและนามสกุล", "ชื่อ นามสกุล", "ชื่อ/สกุล", "ชื่อ และ สกุล", "ชื่อตัว-ชื่อสกุล", "รายชื่อ", "รายชื่อผู้บริหาร", "ชื่อผู้บริหาร", "ชื่อเต็ม", "ชื่อ-ฉายา", "full name", "name surname", "first and last name"]),
            core("position", "ตำแหน่ง", "position", 34, &["ตำแหน่งทางการบริหาร", "ตำแหน่งบริหาร", "ตำแหน่งปัจจุบัน", "ตำแหน่ง/สังกัด", "ชื่อตำแหน่ง", "title", "job title"]),
            core("group", "ฝ่าย", "side", 14, &["กลุ่ม", "ประเภท", "ฝ่าย/กลุ่ม", "ประเภทผู้บริหาร", "group", "ฝ่ายการเมือง/ฝ่ายประจำ"]),
            core("phone", "โทรศัพท์", "telephone", 20, &["เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "โทร.", "หมายเลขโทรศัพท์", "เบอร์ติดต่อ", "เบอร์", "โทรศัพท์ที่ทำงาน", "โทรศัพท์มือถือ", "มือถือ", "เบอร์มือถือ", "เบอร์โทรศัพท์มือถือ", "หมายเลขโทรศัพท์ที่ติดต่อได้", "phone", "tel", "tel.", "telephone number", "phone number", "mobile"]),
            core("email", "อีเมล", "e-mail", 28, &["อีเมล์", "อีเมลล์", "อี-เมล", "ไปรษณีย์อิเล็กทรอนิกส์", "จดหมายอิเล็กทรอนิกส์", "email", "email address", "mail"]),
            also("since", "ดำรงตำแหน่งตั้งแต่", "in office since", 18, &["วันที่ดำรงตำแหน่ง", "วันที่เข้ารับตำแหน่ง", "ดำรงตำแหน่งเมื่อ", "เริ่มดำรงตำแหน่ง", "วันที่เริ่มดำรงตำแหน่ง", "since"]),
            also("photo", "รูปถ่าย", "photo", 18, &["ภาพถ่าย", "รูป", "ไฟล์รูป", "ชื่อไฟล์รูป"]),
            UNIT, UPDATED, EXAMPLE, DRAFT, FILE_COLUMN,
            also(PREFIX, "คำนำหน้า", "title before the name", 10, &["คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ", "prefix"]),
            also(GIVEN, "ชื่อ", "given name", 14, &["ชื่อตัว", "ชื่อจริง", "first name", "name"]),
            also(FAMILY, "สกุล", "family name", 14, &["นามสกุล", "ชื่อสกุล", "last name", "surname"]),
        ],
        anchors: &["name", GIVEN],
        telling: &["name", GIVEN],
        carried: &[],
        names: &["executive", "ผู้บริหาร", "บุคลากร"],
    },
    Kind {
        folder: "measures",
        columns: &[
            YEAR_COLUMN,
            core(NUMBER, "มาตรการที่", "measure number", 10, &["ที่", "ลำดับ", "ลำดับที่", "มาตรการลำดับที่", "no", "no.", "number", "measure no."]),
            core("title", "มาตรการ", "measure", 34, &["ชื่อมาตรการ", "มาตรการ/แนวทาง", "มาตรการและแนวทาง", "มาตรการส่งเสริมคุณธรรมและความโปร่งใส", "ประเด็นการพัฒนา", "measure title", "title"]),
            core(STEP, "ขั้นตอนที่", "step number", 10, &["ข้อที่", "step no.", "ลำดับขั้นตอน"]),
            core("step.text", "ขั้นตอน", "step", 50, &["กิจกรรม", "ขั้นตอนการดำเนินงาน", "ขั้นตอน/วิธีการ", "ขั้นตอนหรือวิธีการ", "ขั้นตอน/วิธีการปฏิบัติ", "วิธีการ", "วิธีดำเนินการ", "วิธีการดำเนินการ", "แนวทางการดำเนินการ", "แนวทางปฏิบัติ", "แนวทาง", "การดำเนินการ", "รายละเอียดการดำเนินการ", "ทำอะไร", "steps", "activity", "what is done"]),
            core("step.responsible", "ผู้รับผิดชอบ", "responsible", 24, &["หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "ส่วนราชการที่รับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "ผู้รับผิดชอบหลัก", "กอง/สำนัก", "responsible unit"]),
            core("step.period", "ระยะเวลา", "period", 20, &["ห้วงเวลา", "ระยะเวลาดำเนินการ", "ระยะเวลาการดำเนินการ", "ช่วงเวลา", "ช่วงเวลาดำเนินการ", "กำหนดเวลา", "กรอบเวลา", "เวลา", "timeframe", "when"]),
            also("step.frequency", "ความถี่", "frequency", 16, &["ความถี่ในการดำเนินการ", "how often"]),
            core("reporting", "การติดตามและรายงานผล", "reporting", 34, &["การรายงานผล", "การติดตาม", "การกำกับติดตาม", "แนวทางการกำกับติดตาม", "แนวทางการรายงาน", "การกำกับติดตามและรายงานผล", "การติดตามผล", "วิธีการติดตาม", "how progress is followed and reported"]),
            also("addresses", "แก้จุดอ่อน", "weaknesses it addresses", 18, &["จุดอ่อนที่แก้", "addresses", "ตัวชี้วัดที่เกี่ยวข้อง"]),
            also("responsible", "ผู้รับผิดชอบทั้งมาตรการ", "responsible for the whole measure", 24, &[]),
            also("periods", "ช่วงเวลาทั้งมาตรการ", "periods of the whole measure", 20, &[]),
            UNIT, UPDATED, EXAMPLE, DRAFT, FILE_COLUMN,
        ],
        anchors: &["step.text"],
        telling: &["step.text", "reporting"],
        carried: &[YEAR, NUMBER, "title", FILE],
        names: &["measure", "มาตรการ"],
    },
    Kind {
        folder: "progress",
        columns: &[
            YEAR_COLUMN,
            core("measure", "มาตรการที่", "measure number", 10, &["มาตรการ", "ชื่อมาตรการ", "มาตรการลำดับที่", "มาตรการ/แนวทาง", "measure", "measure no."]),
            core("step", "ขั้นตอนที่", "step number", 10, &["ขั้นตอน", "กิจกรรม", "ข้อที่", "ขั้นตอนการดำเนินงาน", "ขั้นตอน/วิธีการ", "วิธีการดำเนินการ", "แนวทางการดำเนินการ", "step", "step no."]),
            core("title", "ชื่อเรื่อง", "title", 34, &["เรื่อง", "หัวข้อ"]),
            core("status", "สถานะ", "status", 16, &["สถานะการดำเนินงาน", "สถานะการดำเนินการ", "ความก้าวหน้า", "ผลสำเร็จ", "สถานภาพ"]),
            core("period", "ช่วงเวลา", "period", 26, &["รอบ", "รอบการรายงาน", "ระยะเวลา", "ระยะเวลาดำเนินการ", "ห้วงเวลา", "ช่วงเวลาที่รายงาน", "รอบรายงาน"]),
            core("date", "วันที่รายงาน", "date", 18, &["วันที่", "ณ วันที่", "วันรายงาน", "report date"]),
            core(BODY, "ผลการดำเนินงาน", "what was done", 50, &["ผลการดำเนินการ", "ผลที่ได้", "รายละเอียด", "รายละเอียดผลการดำเนินงาน", "สรุปผลการดำเนินงาน", "การดำเนินงาน", "result", "progress"]),
            UNIT, UPDATED, EXAMPLE, DRAFT, FILE_COLUMN,
        ],
        anchors: &["status"],
        telling: &["status", BODY],
        carried: &[YEAR, "measure"],
        names: &["progress", "ผลการดำเนินการ", "ผลการดำเนินงาน", "ความก้าวหน้า", "รายงานผล"],
    },
    Kind {
        folder: "results",
        columns: &[
            YEAR_COLUMN,
            core(WHAT, "ประเภท", "kind", 16, &["ชนิด", "ประเภทข้อมูล"]),
            core(CODE, "รหัส/ข้อ", "code", 10, &["รหัส", "ข้อ", "รหัสข้อ", "ลำดับ", "ลำดับที่", "ที่", "ข้อที่", "ตัวชี้วัดลำดับที่", "no", "no.", "number"]),
            core(NAME, "ชื่อหรือข้อความ", "name or text", 50, &["ชื่อ", "รายการ", "ประเด็น", "ตัวชี้วัด", "ชื่อตัวชี้วัด", "ข้อคำถาม", "คำถาม", "ประเด็นคำถาม", "ชื่อเครื่องมือ", "รายการประเมิน", "ประเด็นการประเมิน", "name", "text", "question", "indicator name"]),
            core("indicator", "ตัวชี้วัดที่", "indicator", 10, &["อยู่ในตัวชี้วัดที่", "สังกัดตัวชี้วัด"]),
            core("instrument", "เครื่องมือ", "instrument", 12, &["แบบวัด", "แบบสำรวจ", "เครื่องมือการประเมิน"]),
            core("score", "คะแนน", "score", 10, &["คะแนนที่ได้", "ค่าคะแนน", "คะแนนเฉลี่ย", "ผลคะแนน", "คะแนนที่ได้รับ", "ร้อยละ", "คะแนน (ร้อยละ)"]),
            core("rank", "อันดับ", "rank", 8, &["ลำดับคะแนน", "อันดับที่"]),
            core("grade", "ระดับผลการประเมิน", "grade", 14, &["ระดับ", "ผลการประเมิน", "เกรด"]),
            also("source", "แหล่งที่มา", "source", 30, &["ที่มา", "อ้างอิง"]),
            also("statement", "ผลการประเมินหนึ่งประโยค", "the result in a sentence", 30, &["สรุปผล"]),
            UNIT, UPDATED, EXAMPLE, DRAFT,
        ],
        anchors: &["score"],
        telling: &["score"],
        carried: &[YEAR, WHAT],
        names: &["result", "ผลการประเมิน", "ผลคะแนน", "คะแนน"],
    },
    Kind {
        folder: "news",
        columns: &[
            core("date", "วันที่", "date", 18, &["วันที่เผยแพร่", "วันที่ประกาศ", "วันที่ลงข่าว"]),
            core("title", "หัวข้อข่าว", "title", 44, &["ชื่อข่าว", "เรื่อง", "ชื่อเรื่อง", "หัวข้อ", "หัวเรื่อง", "headline"]),
            core("summary", "สรุปย่อ", "summary", 50, &["สรุป", "คำโปรย", "เนื้อหาโดยย่อ"]),
            core(BODY, "เนื้อหา", "text", 50, &["เนื้อหาข่าว", "รายละเอียด", "รายละเอียดข่าว", "body"]),
            UNIT, UPDATED, EXAMPLE, DRAFT, FILE_COLUMN,
        ],
        anchors: &["title"],
        telling: &["summary"],
        carried: &[],
        names: &["news", "ข่าว", "ประชาสัมพันธ์"],
    },
    Kind {
        folder: "channels",
        columns: &[
            core("title", "ช่องทาง", "channel", 34, &["ชื่อช่องทาง", "ช่องทางการติดต่อ", "ช่องทางติดต่อ", "ชื่อเรื่อง", "title"]),
            core("kind", "ประเภท", "kind", 20, &["ประเภทช่องทาง", "ชนิด"]),
            core("phone", "โทรศัพท์", "telephone", 20, &["เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "หมายเลขโทรศัพท์", "สายด่วน", "phone", "tel"]),
            core("email", "อีเมล", "e-mail", 28, &["อีเมล์", "ไปรษณีย์อิเล็กทรอนิกส์", "email"]),
            core("url", "ที่อยู่เว็บ (URL)", "web address", 34, &["url", "เว็บไซต์", "ลิงก์", "ลิงค์", "link", "ที่อยู่เว็บ", "website"]),
            core("post", "ที่อยู่ทางไปรษณีย์", "postal address", 34, &["ที่อยู่", "ไปรษณีย์", "address"]),
            core("walk_in", "มาด้วยตนเอง", "in person", 30, &["ติดต่อด้วยตนเอง", "สถานที่"]),
            core("hours", "เวลาทำการ", "hours", 24, &["วันเวลาทำการ", "เวลาให้บริการ"]),
            also("anonymous", "ไม่ต้องระบุชื่อ", "no name needed", 10, &[]),
            also("two_way", "ตอบกลับในช่องทางเดียวกัน", "answers on the same channel", 10, &["สื่อสารสองทาง"]),
            also("protection", "มาตรการคุ้มครองผู้แจ้ง", "protection of the reporter", 40, &["การคุ้มครองผู้แจ้งเบาะแส"]),
            also("follow_up", "การติดตามเรื่อง", "how to follow up", 40, &[]),
            BODY_OF_CHANNEL, UNIT, UPDATED, EXAMPLE, DRAFT, FILE_COLUMN,
        ],
        anchors: &["title"],
        telling: &["kind", "url", "walk_in"],
        carried: &[],
        names: &["channel", "ช่องทาง", "ติดต่อ"],
    },
];

const BODY_OF_CHANNEL: Column = also(BODY, "รายละเอียด", "details", 50, &["คำอธิบาย"]);
