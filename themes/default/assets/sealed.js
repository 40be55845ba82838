// Seals a report in the reader's own browser, for those who have a key. Nothing is kept, and nothing is sent before the reader says so.

import { Encrypter, armor } from "./vendor/age-encryption.js";

const PIECE = 65536;
/** Sealed reports above this many bytes are too long to copy as text. */
const LONGEST_TEXT = 150000;
/** Letters of a reference: none that looks like another. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const utf8 = (text) => new TextEncoder().encode(text);

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

const crc32 = (bytes) => {
  let sum = -1;
  for (let at = 0; at < bytes.length; at++) sum = TABLE[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
  return ~sum;
};

const u16 = (...values) => values.flatMap((value) => [value & 255, (value >> 8) & 255]);
const u32 = (...values) => values.flatMap((value) => u16(value & 65535, value >>> 16));

/** A zip of files as they are, in parts. Its times are the first day that zip knows: when it was packed is nobody's business. */
const zip = (files) => {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const called = utf8(name);
    const facts = [...u16(20, 2048, 0, 0, 33), ...u32(crc32(bytes), bytes.length, bytes.length), ...u16(called.length, 0)];
    const head = Uint8Array.of(...u32(0x04034b50), ...facts, ...called);
    directory.push(...u32(0x02014b50), ...u16(20), ...facts, ...u16(0, 0, 0), ...u32(0, at), ...called);
    parts.push(head, bytes);
    at += head.length + bytes.length;
  }
  const count = files.length;
  return [...parts, Uint8Array.of(...directory, ...u32(0x06054b50), ...u16(0, 0, count, count), ...u32(directory.length, at), ...u16(0))];
};

/** Seals the parts, one after the other, for all who have a key; tells how much is done and lets the page draw that. */
const seal = async (keys, parts, progress) => {
  const encrypter = new Encrypter();
  for (const key of keys) encrypter.addRecipient(key);
  const pieces = parts.flatMap((part) => Array.from({ length: Math.ceil(part.length / PIECE) }, (_, n) => part.subarray(n * PIECE, (n + 1) * PIECE)));
  let done = 0;
  const source = new ReadableStream({
    async pull(controller) {
      if (done === pieces.length) return controller.close();
      controller.enqueue(pieces[done++]);
      progress(done / pieces.length);
      if (done % 8 === 0) await new Promise((resolve) => setTimeout(resolve));
    },
  });
  return new Uint8Array(await new Response(await encrypter.encrypt(source)).arrayBuffer());
};

/** A name that no other file has: the report itself comes first. */
const named = (files) => {
  const taken = new Set();
  return files.map(({ name, bytes }, at) => {
    const free = taken.has(name.toLowerCase()) ? `${at}-${name}` : name;
    taken.add(free.toLowerCase());
    return { name: free, bytes };
  });
};

const random = (n) => Array.from(crypto.getRandomValues(new Uint8Array(n)), (byte) => LETTERS[byte % LETTERS.length]).join("");

function start(root) {
  const said = root.dataset;
  const [form, done] = root.querySelectorAll("form, .sealed__done");
  const { report, chosen, submit } = form.elements;
  const part = (name) => root.querySelector(`.sealed__${name}`);
  const [list, sum, error, bar, text, code, unsent] = ["list", "sum", "error", "bar", "text", "code", "unsent"].map(part);
  const [save, copy, send, clear] = ["save", "copy", "send", "clear"].map(part);
  let files = [];
  let sealed;
  /** Whether leaving the page would lose something. */
  let isOpen = false;

  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const total = () => files.reduce((all, file) => all + file.size, 0);
  const isTooMuch = () => total() > said.max || files.length > 100;
  const fail = (words, field) => {
    error.textContent = words;
    field?.focus();
  };
  /** Says beside a button what came of it, and nothing beside the others. */
  const tell = (button, words) => {
    for (const told of root.querySelectorAll(".sealed__told")) told.textContent = told.parentNode.contains(button) ? words : "";
  };
  const show = () => {
    list.replaceChildren(
      ...files.map((file) => {
        const item = document.createElement("li");
        const remove = document.createElement("button");
        remove.type = "button";
        remove.textContent = said.remove;
        remove.setAttribute("aria-label", `${said.remove} ${file.name}`);
        remove.onclick = () => {
          files = files.filter((other) => other !== file);
          show();
          chosen.focus();
        };
        const name = document.createElement("span");
        name.textContent = `${file.name} (${size(file.size)})`;
        item.append(name, " ", remove);
        return item;
      }),
    );
    const all = total();
    sum.textContent = files[0] ? `${said.total} ${size(all)}` : "";
    error.textContent = isTooMuch() ? said.large : "";
    isOpen = Boolean(files[0] || report.value);
  };
  /** Nothing of the report stays in the page. */
  const wipe = () => {
    if (save.href) URL.revokeObjectURL(save.href);
    save.removeAttribute("href");
    sealed = undefined;
    files = [];
    form.reset();
    text.textContent = code.textContent = "";
    tell();
    form.hidden = false;
    done.hidden = true;
    show();
  };

  const finish = (bytes, reference) => {
    sealed = bytes;
    code.textContent = reference;
    save.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    save.download = `document-${random(4).toLowerCase()}.age`;
    const isShort = bytes.length <= LONGEST_TEXT;
    text.textContent = isShort ? armor.encode(bytes) : "";
    text.hidden = copy.hidden = !isShort;
    part("long").hidden = isShort;
    if (send) send.disabled = false;
    unsent.hidden = false;
    form.hidden = true;
    done.hidden = false;
    done.querySelector("h2").focus();
  };

  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!report.value.trim() && !files[0]) return fail(said.empty, report);
    if (isTooMuch()) return fail(said.large, chosen);
    error.textContent = "";
    submit.disabled = true;
    bar.hidden = false;
    try {
      const reference = `${random(4)}-${random(4)}`;
      const first = { name: "report.txt", bytes: utf8(`${said.reference}: ${reference}\n\n${report.value}\n`) };
      const attached = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
      finish(await seal(said.keys.split(" "), zip(named([first, ...attached])), (share) => (bar.firstElementChild.value = share)), reference);
    } catch {
      // A file that was moved or is not readable; what was written is still there.
      fail(said.unsealed);
    }
    submit.disabled = false;
    bar.hidden = true;
  };
  chosen.onchange = () => {
    files.push(...chosen.files);
    chosen.value = "";
    show();
  };
  report.oninput = show;

  save.onclick = () => {
    isOpen = false;
    tell(save, said.saved);
  };
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      isOpen = false;
      tell(copy, said.copied);
    } catch {
      getSelection().selectAllChildren(text);
      tell(copy, said.uncopied);
    }
  };
  if (send)
    send.onclick = async () => {
      send.disabled = true;
      tell(send, said.sending);
      try {
        const body = new Blob([sealed], { type: "application/octet-stream" });
        const options = { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store" };
        if (!(await fetch(said.endpoint, options)).ok) throw 0;
        isOpen = false;
        unsent.hidden = true;
        tell(send, said.sent);
      } catch {
        send.disabled = false;
        tell(send, said.unsent);
      }
    };
  clear.onclick = () => {
    wipe();
    report.focus();
  };

  const exit = document.querySelector(".quick-exit a");
  exit.onclick = (event) => {
    event.preventDefault();
    wipe();
    // The way back does not lead here.
    location.replace(exit.href);
  };
  addEventListener("beforeunload", (event) => isOpen && event.preventDefault());
  addEventListener("pagehide", wipe);

  form.hidden = false;
  if (isSecureContext) submit.disabled = false;
  else fail(said.insecure);
}

start(document.querySelector(".sealed"));
