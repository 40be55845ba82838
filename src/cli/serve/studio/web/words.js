// Words of the studio and the panel, in both languages side by side.

const WORDS = {
  skip: ['ข้ามไปยังเนื้อหา', 'Skip to the content'],
  studio: ['ห้องทำงาน', 'Studio'],
  other: ['English', 'ไทย'],
  view: ['ดูเว็บไซต์', 'View the site'],
  menu: ['เมนู', 'Menu'],
  overview: ['ภาพรวม', 'Overview'],
  form: ['แบบ OIT ปี {year}', 'OIT form {year}'],
  content: ['เนื้อหา', 'Content'],
  undo: ['ย้อนกลับ: {what}', 'Undo: {what}'],
  undone: ['ย้อนกลับแล้ว: {what}', 'Taken back: {what}'],
  ready: ['เผยแพร่ได้ ไม่มีข้อผิดพลาด', 'Can be published: no errors'],
  not_ready: ['ยังเผยแพร่ไม่ได้ มีข้อผิดพลาด {n} ข้อ', 'Cannot be published. Errors: {n}'],
  n_errors: ['ข้อผิดพลาด {n}', 'Errors: {n}'],
  n_warnings: ['คำเตือน {n}', 'Warnings: {n}'],
  n_drafts: ['ฉบับร่าง {n}', 'Drafts: {n}'],
  progress: ['ครบถ้วน {complete} จาก {items} ข้อ', '{complete} of {items} items complete'],
  next: ['ทำต่อไป', 'What is next'],
  nothing_next: ['ไม่มีอะไรค้างอยู่', 'Nothing is waiting'],
  mend: ['แก้ข้อผิดพลาด', 'Mend the errors'],
  finish: ['กรอกฉบับร่างให้ครบ', 'Finish the drafts'],
  lacks: ['ข้อที่ยังไม่ครบ', 'Items that are not complete'],
  points: ['{n} คะแนน OIT', '{n} points of OIT'],
  draft_waits: ['มีฉบับร่างรอให้กรอก', 'a draft waits to be filled in'],
  problems: ['ปัญหาทั้งหมด', 'All problems'],
  no_problems: ['ไม่พบปัญหา', 'No problems'],
  add_to: ['เพิ่ม: {label}', 'Add: {label}'],
  none_yet: ['ยังไม่มีไฟล์', 'No files yet'],
  english: ['ฉบับภาษาอังกฤษ', 'English version'],
  find: ['หาในรายการ', 'Find in this list'],
  shown: ['แสดง {shown} จาก {n}', 'Showing {shown} of {n}'],
  none_found: ['ไม่พบ ลองคำอื่น', 'Nothing found; try other words'],
  show_more: ['แสดงเพิ่มอีก {n}', 'Show {n} more'],
  draft: ['ฉบับร่าง', 'draft'],
  draft_hint: ['ฉบับร่างไม่เผยแพร่ บันทึกได้แม้ยังกรอกไม่ครบ', 'A draft is not published, and can be saved unfinished'],
  is_draft: ['นี่คือฉบับร่าง ยังไม่ขึ้นเว็บไซต์', 'This is a draft; nobody sees it yet.'],
  finish_draft: ['กรอกเสร็จแล้ว เผยแพร่ได้', 'It is finished: publish it'],
  edit: ['แก้ไข', 'Edit'],
  write: ['เขียนคำตอบ', 'Write the answer'],
  item: ['ข้อ', 'Item'],
  required: ['ต้องมี', 'required'],
  more: ['ข้อมูลของไฟล์', 'About the file'],
  body: ['เนื้อหา (Markdown)', 'Text (Markdown)'],
  body_hint: ['เว้นบรรทัดว่างระหว่างย่อหน้า, ## หัวข้อ, - รายการ, [ข้อความ](ที่อยู่)', 'An empty line between paragraphs, ## heading, - list, [words](address)'],
  save: ['บันทึก', 'Save'],
  saving: ['กำลังบันทึก…', 'Saving…'],
  saved: ['บันทึกแล้ว', 'Saved'],
  save_anyway: ['บันทึกทั้งที่มีข้อผิดพลาด', 'Save in spite of the errors'],
  save_draft: ['บันทึกเป็นฉบับร่าง', 'Save as a draft'],
  preview: ['ดูตัวอย่าง', 'Preview'],
  preview_of: ['ตัวอย่างหน้าที่จะเผยแพร่', 'The page as it would be published'],
  no_preview: ['ยังแสดงหน้าไม่ได้ กรอกข้อมูลที่ต้องมีก่อน', 'The page cannot be shown yet; fill in what is required'],
  raw: ['แก้เป็นข้อความ', 'Edit as text'],
  as_form: ['กลับเป็นแบบฟอร์ม', 'Back to the form'],
  raw_label: ['ข้อความทั้งไฟล์', 'The whole file'],
  raw_broken: ['อ่านไฟล์นี้เป็นแบบฟอร์มไม่ได้ แก้เป็นข้อความก่อน: {why}', 'This file cannot be read as a form; edit its text first: {why}'],
  remove_file: ['ลบไฟล์นี้', 'Delete this file'],
  sure: ['ลบ {path} ใช่หรือไม่ ย้อนกลับได้', 'Delete {path}? It can be taken back.'],
  sure_both: ['ลบ {path} และฉบับภาษาอังกฤษ {english} ใช่หรือไม่ ย้อนกลับได้', 'Delete {path} and its English version {english}? It can be taken back.'],
  deleted: ['ลบแล้ว ย้อนกลับได้ที่ปุ่มด้านบน', 'Deleted; the button at the top takes it back'],
  has_errors: ['ยังไม่ได้บันทึก มี {n} จุดที่ต้องแก้', 'Not saved. Things to mend: {n}'],
  warnings_of: ['คำเตือน {n} ข้อ (เผยแพร่ได้)', 'Warnings: {n} (can be published)'],
  conflict: ['ไฟล์นี้ถูกแก้จากที่อื่นหลังจากท่านเปิด ยังไม่ได้บันทึกของท่าน', 'This file was changed elsewhere after you opened it; yours is not saved yet'],
  taken: ['มีไฟล์ {path} อยู่แล้ว จึงยังไม่ได้บันทึก แก้ไขไฟล์นั้น หรือเปลี่ยนปีหรือชื่อไฟล์', 'There is a file {path} already, so nothing was saved; edit that one, or change the year or the name'],
  take_theirs: ['ใช้ของที่อยู่ในไฟล์ (ทิ้งที่พิมพ์)', 'Take what is in the file (drop mine)'],
  keep_mine: ['บันทึกของฉันทับ', 'Save mine over it'],
  leave: ['มีข้อความที่ยังไม่บันทึก ออกจากหน้านี้หรือไม่', 'There is unsaved work. Leave this page?'],
  restored: ['นำข้อความที่พิมพ์ค้างไว้กลับมาแล้ว ยังไม่ได้บันทึก', 'Brought back what you had typed; it is not saved yet'],
  restored_stale: ['นำข้อความที่พิมพ์ค้างไว้กลับมาแล้ว ยังไม่ได้บันทึก ไฟล์ถูกแก้จากที่อื่นหลังจากนั้น เมื่อกดบันทึกจะถามก่อนเขียนทับ', 'Brought back what you had typed; it is not saved yet. The file was changed elsewhere since: saving asks before it overwrites that'],
  choose_again: ['ไฟล์ที่เลือกไว้ต้องเลือกใหม่', 'Files that were chosen have to be chosen again'],
  forget: ['ทิ้งที่พิมพ์ค้างไว้', 'Drop it'],
  add_row: ['เพิ่ม {label}', 'Add {label}'],
  remove_row: ['ลบ {label} {n}', 'Remove {label} {n}'],
  up: ['เลื่อน {label} {n} ขึ้น', 'Move {label} {n} up'],
  down: ['เลื่อน {label} {n} ลง', 'Move {label} {n} down'],
  choose_file: ['เลือกไฟล์', 'Choose a file'],
  file_now: ['ไฟล์ตอนนี้: {name}', 'Now: {name}'],
  file_new: ['จะแนบเมื่อบันทึก: {name} ({size} KB)', 'Attached when you save: {name} ({size} KB)'],
  crop: ['จัดรูปในกรอบ 3:4 (ศีรษะและไหล่)', 'Place the picture in the frame, 3:4 (head and shoulders)'],
  zoom: ['ขยาย', 'Zoom'],
  across: ['เลื่อนซ้าย-ขวา', 'Left and right'],
  along: ['เลื่อนขึ้น-ลง', 'Up and down'],
  bad_picture: ['เปิดรูปนี้ไม่ได้ ใช้ไฟล์ JPEG, PNG หรือ WebP', 'This picture cannot be opened; use a JPEG, PNG or WebP'],
  choose: ['— เลือก —', '— choose —'],
  period: ['ปีหรือช่วง เช่น {year} หรือ {year}-h1 (ครึ่งปีแรก)', 'Year or half, such as {year} or {year}-h1'],
  slug: ['ชื่อไฟล์และที่อยู่หน้า (เว้นว่างได้ ระบบตั้งให้)', 'Name of file and page (may be left empty)'],
  topic: ['ตอบข้อใดในแบบ OIT', 'Which item of the form it answers'],
  asks: ['ข้อ {item} ต้องมี', 'What {item} asks for'],
  read_only: ['ดูได้อย่างเดียว: แก้ไขได้เฉพาะจากเครื่องที่รัน prongsai serve', 'For looking only: edit on the machine that runs prongsai serve'],
  failed: ['ทำไม่สำเร็จ: {why}', 'Failed: {why}'],
  offline: ['ติดต่อ prongsai serve ไม่ได้ โปรแกรมหยุดแล้วหรือไม่ ที่พิมพ์ไว้ยังอยู่ในหน้านี้', 'prongsai serve does not answer. Did it stop? What you typed is still here.'],
  line: ['บรรทัด {n}', 'line {n}'],
  here: ['หน้านี้', 'This page'],
  edit_this: ['แก้ไข {name}', 'Edit {name}'],
  site_broken: ['ไฟล์ที่แก้ล่าสุดมีข้อผิดพลาด หน้านี้เป็นฉบับที่ดีล่าสุด', 'The last change is broken; this is the last good page'],
  panel: ['แผงของ prongsai', 'prongsai panel'],
  open_studio: ['เปิดห้องทำงาน', 'Open the studio'],
  here_fine: ['หน้านี้ไม่มีปัญหา', 'Nothing is wrong with this page'],
  complete: ['ครบถ้วน', 'complete'],
  partial: ['ยังไม่ครบ', 'partial'],
  missing: ['ยังขาด', 'missing'],
};

let index = document.documentElement.lang === 'en' ? 1 : 0;

/** Sets the language: `th` or `en`. */
export function speak(lang) {
  index = lang === 'en' ? 1 : 0;
}

/** The language that is spoken. */
export const lang = () => (index === 1 ? 'en' : 'th');

/** Words, with `{name}` filled in. */
export const t = (key, values = {}) => WORDS[key][index].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

/** One of two languages that the server gave; a text alone is the same in both. */
export const of = (text) => (text && typeof text === 'object' ? text[lang()] : text ?? '');

/** An element: attributes by name, `on…` for events, then children; text never becomes markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
