//! Signatures of what is published: other tools accept ours, and keys that do not fit are told apart.

use std::fs;
use std::process::{Command, Stdio};

use jiff::civil::date;
use prongsai::publish::verify::Finding;
use prongsai::signing::PublicKey;

use crate::integrity::{KEY, SITE, build, look, run};
use crate::support::{folder, prongsai, stderr, stdout};

/// `ssh-keygen` and `minisign` make the keys and check the signatures; both are on the machines that run these tests.
#[test]
fn other_tools_accept_the_signature() {
    let (site, keys) = (folder(SITE), tempfile::tempdir().expect("a folder"));
    build(site.path(), date(2023, 4, 20));
    let public = site.path().join("public");
    let ssh = keys.path().join("id");
    run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "agency", "-f"]).arg(&ssh));
    let sign = prongsai(site.path(), &["sign", "--key", &ssh.to_string_lossy(), "--lang", "en"]);
    assert!(sign.status.success() && stdout(&sign).contains("signing_keys = [\"ssh-ed25519 "), "{}", stderr(&sign));
    let key = fs::read_to_string(ssh.with_extension("pub")).expect("a key");
    let signers = keys.path().join("signers");
    fs::write(&signers, format!("agency {key}")).expect("written");
    let list = fs::File::open(public.join("SHA256SUMS")).expect("a list");
    let mut check = Command::new("ssh-keygen");
    check.args(["-Y", "verify", "-I", "agency", "-n", "file", "-f"]).arg(&signers).arg("-s").arg(public.join("SHA256SUMS.sig"));
    run(check.stdin(list));

    let (mini, mini_pub) = (keys.path().join("mini.key"), keys.path().join("mini.pub"));
    run(Command::new("minisign").args(["-G", "-W", "-s"]).arg(&mini).arg("-p").arg(&mini_pub));
    let other = prongsai(site.path(), &["verify", "--key", &mini_pub.to_string_lossy(), "--lang", "en"]);
    assert!(
        other.status.code() == Some(1) && stdout(&other).contains("SHA256SUMS.sig, but no key of its kind"),
        "{}",
        stdout(&other)
    );
    assert!(prongsai(site.path(), &["sign", "--key", &mini.to_string_lossy()]).status.success());
    run(Command::new("minisign").arg("-Vm").arg(public.join("SHA256SUMS")).arg("-p").arg(&mini_pub));

    let pubs = [PublicKey::parse(&key), PublicKey::parse(&fs::read_to_string(&mini_pub).expect("a key"))];
    for key in pubs.map(|key| key.expect("a key")) {
        let verdict = look(&public, std::slice::from_ref(&key), None);
        assert_eq!((verdict.findings, verdict.signed_by), (vec![], Some(key)));
    }
    let stranger = PublicKey::parse(KEY).expect("a key");
    let found = look(&public, &[stranger], None).findings;
    assert_eq!(found, [Finding::BadSignature(prongsai::signing::Tool::Ssh)]);

    fs::write(site.path().join("content/pages/about.md"), "+++\ntitle = \"ใหม่\"\n+++\n").expect("written");
    let build = prongsai(site.path(), &["build", "--lang", "en", "--today", "2023-05-01"]);
    assert!(stdout(&build).contains("sign anew"), "{}", stdout(&build));
    assert!(!public.join("SHA256SUMS.sig").exists() && !public.join("SHA256SUMS.minisig").exists());
    let unsigned = prongsai(site.path(), &["verify", "--key", &ssh.with_extension("pub").to_string_lossy(), "--lang", "en"]);
    assert!(unsigned.status.code() == Some(1) && stdout(&unsigned).contains("no signature"), "{}", stdout(&unsigned));
}

#[test]
fn locked_and_wrong_keys_are_told_apart() {
    let (site, keys) = (folder(SITE), tempfile::tempdir().expect("a folder"));
    build(site.path(), date(2023, 4, 20));
    let path = |name: &str| keys.path().join(name).to_string_lossy().into_owned();
    run(Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "secret", "-f", &path("locked")]));
    run(Command::new("ssh-keygen").args(["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", &path("rsa")]));
    fs::write(path("text"), "no key").expect("written");
    let sign = |key: &str, typed: &str| {
        use std::io::Write as _;
        let mut command = Command::new(env!("CARGO_BIN_EXE_prongsai"));
        command.args(["-C", &site.path().to_string_lossy(), "sign", "--lang", "en", "--key", key]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
        let _ = child.stdin.take().expect("piped").write_all(typed.as_bytes());
        child.wait_with_output().expect("ends")
    };
    assert!(sign(&path("locked"), "secret\n").status.success());
    for (key, typed, words) in [
        ("locked", "wrong\n", "the password is wrong"),
        ("locked", "", "none was given"),
        ("nokey", "", "there is no key file"),
        ("rsa", "", "ssh-keygen -t ed25519"),
        ("text", "", "no secret key file"),
        ("nowhere", "", "there is no key file"),
    ] {
        let refused = sign(&path(key), typed);
        assert!(refused.status.code() == Some(2) && stderr(&refused).contains(words), "{key}: {}", stderr(&refused));
    }
    let secret = fs::read_to_string(path("locked")).expect("a key");
    let words = PublicKey::parse(&secret).expect_err("it is secret").en;
    assert!(words.contains("must never be on the site") && !words.contains(&secret[40..60]), "{words}");
}
