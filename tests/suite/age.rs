//! Age files: every vector of C2SP for X25519 keys, good and bad; what is cut off or changed anywhere is not opened.

use std::io::Read as _;

use prongsai::sealed::{Damage, Identity, Unopened, open};
use sha2::{Digest as _, Sha256};

use crate::support::{root, sealed_for};

/// A vector: what it expects of whom, and the file.
struct Vector {
    name: String,
    expect: String,
    payload: Option<String>,
    keys: Vec<Identity>,
    file: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    let text = std::fs::read_to_string(root().join("tests/age/cctv.txt")).expect("the vectors");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').expect("a name and a vector")).map(|(name, base64)| vector(name, base64)).collect()
}

fn vector(name: &str, base64: &str) -> Vector {
    let bytes = data_encoding::BASE64.decode(base64.as_bytes()).expect("base64");
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").expect("the end of the head");
    let head = std::str::from_utf8(&bytes[..end]).expect("text");
    let all = |key: &str| -> Vec<String> {
        head.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(str::to_owned).collect()
    };
    let mut file = bytes[end + 2..].to_vec();
    if all("compressed") == ["zlib"] {
        let mut whole = Vec::new();
        flate2::read::ZlibDecoder::new(&file[..]).read_to_end(&mut whole).expect("zlib");
        file = whole;
    }
    Vector {
        name: name.to_owned(),
        expect: all("expect").remove(0),
        payload: all("payload").pop(),
        keys: all("identity").iter().map(|key| Identity::parse(key).expect("a key")).collect(),
        file,
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_vector_ends_as_it_should() {
    let vectors = vectors();
    let mut wrong = Vec::new();
    for Vector { name, expect, payload, keys, file } in &vectors {
        let opened = open(file, keys);
        let is_right = match (expect.as_str(), &opened) {
            ("success", Ok(contents)) => Some(&sha256(contents)) == payload.as_ref(),
            ("no match", Err(problem)) => *problem == Unopened::OtherKeys,
            ("HMAC failure", Err(problem)) => *problem == Unopened::Damaged(Damage::Seal),
            ("payload failure", Err(problem)) => *problem == Unopened::Damaged(Damage::Contents),
            ("armor failure", Err(problem)) => matches!(problem, Unopened::Damaged(Damage::Armour) | Unopened::NotAge),
            ("header failure", Err(problem)) => {
                matches!(problem, Unopened::Damaged(Damage::Header) | Unopened::Version | Unopened::NotAge)
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{name}: expected {expect}, got {:?}", opened.map(|contents| sha256(&contents))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(vectors.len(), 99);
}

#[test]
fn a_file_that_was_changed_anywhere_is_not_opened() {
    let key = Identity::of([7; 32]);
    let contents = vec![42; 70_000];
    let file = sealed_for(&[key.recipient()], &contents);
    assert_eq!(open(&file, std::slice::from_ref(&key)), Ok(contents));
    let places = (0..400).chain((400..file.len()).step_by(991)).chain(file.len() - 40..file.len());
    for at in places {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(open(&changed, std::slice::from_ref(&key)).is_err(), "byte {at} was changed");
        assert!(open(&file[..at], std::slice::from_ref(&key)).is_err(), "cut at {at}");
    }
    assert!(open(&[&file[..], b"\0"].concat(), std::slice::from_ref(&key)).is_err(), "something after the end");
    assert_eq!(open(&file, &[Identity::of([8; 32])]), Err(Unopened::OtherKeys));
    assert_eq!(open(&file, &[]), Err(Unopened::OtherKeys));
}

#[test]
fn everybody_who_has_a_key_opens_it() {
    let keys = [Identity::of([1; 32]), Identity::of([2; 32]), Identity::of([3; 32])];
    let file = sealed_for(&[keys[0].recipient(), keys[1].recipient()], "เรื่อง".as_bytes());
    for key in &keys[..2] {
        assert_eq!(open(&file, std::slice::from_ref(key)).as_deref(), Ok("เรื่อง".as_bytes()));
    }
    assert_eq!(open(&file, &keys[2..]), Err(Unopened::OtherKeys));
    assert_eq!(open(&file, &keys).as_deref(), Ok("เรื่อง".as_bytes()));
}
