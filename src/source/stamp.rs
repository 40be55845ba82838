//! `Stamp`: what the file system says of a file, by which one that did not change is known without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How coarse the clock of a file system may be: a file that was changed twice within this looks changed once.
const TICK: Duration = Duration::from_millis(20);

/// The same where it writes whole seconds (FAT: two of them).
const COARSE_TICK: Duration = Duration::from_secs(3);

const SECOND: u128 = 1_000_000_000;

/// Size and times of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    size: u64,
    /// Last change of its contents, in nanoseconds since 1970.
    modified: u64,
    /// Last change of anything about it, where the system tells; nobody can set it back.
    changed: u64,
    /// Which file it is, where the system tells: one that was renamed over it has another.
    file: u64,
}

impl Stamp {
    /// The stamp of a file as it is now.
    pub fn of(data: &Metadata) -> Stamp {
        let modified = data.modified().map_or(0, nanoseconds);
        let (changed, file) = system(data);
        Stamp { size: data.len(), modified, changed, file }
    }

    /// Whether a file with this stamp, taken at `taken`, can be trusted not to have changed later without its stamp doing so: a file
    /// that was changed just before may be changed again within the same tick of the clock.
    pub fn is_settled(&self, taken: SystemTime) -> bool {
        let is_coarse = u128::from(self.modified).is_multiple_of(SECOND);
        let tick = if is_coarse { COARSE_TICK } else { TICK };
        let latest = UNIX_EPOCH + Duration::from_nanos(self.modified.max(self.changed));
        taken.duration_since(latest).is_ok_and(|age| age >= tick)
    }

    /// How long to wait from `now` until the file is settled.
    pub fn unsettled_for(&self, now: SystemTime) -> Duration {
        let is_coarse = u128::from(self.modified).is_multiple_of(SECOND);
        let latest = UNIX_EPOCH + Duration::from_nanos(self.modified.max(self.changed));
        let age = now.duration_since(latest).unwrap_or_default();
        // A clock of whole seconds is not waited for: the next build reads the file again.
        if is_coarse { Duration::ZERO } else { TICK.saturating_sub(age) }
    }
}

/// The stamp of the program that runs.
#[expect(clippy::disallowed_methods, reason = "another program may build something else of the same files")]
pub fn of_program() -> Option<Stamp> {
    std::env::current_exe().and_then(std::fs::metadata).ok().map(|data| Stamp::of(&data))
}

/// The time that stamps are compared with.
#[expect(clippy::disallowed_methods, reason = "stamps are compared with the time they are taken at")]
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

#[cfg(unix)]
fn system(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let changed = i128::from(data.ctime()) * 1_000_000_000 + i128::from(data.ctime_nsec());
    (u64::try_from(changed).unwrap_or(0), data.ino())
}

#[cfg(not(unix))]
fn system(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changed_a_moment_ago_is_in_doubt() {
        let at = |modified: u64| Stamp { size: 1, modified, changed: modified, file: 1 };
        let now = UNIX_EPOCH + Duration::from_secs(1_000);
        let nano = |time: Duration| u64::try_from(time.as_nanos()).expect("a small number");
        assert!(!at(nano(Duration::from_millis(999_990))).is_settled(now), "within a tick");
        assert!(at(nano(Duration::from_millis(999_901))).is_settled(now));
        assert!(!at(nano(Duration::from_secs(998))).is_settled(now), "a clock of whole seconds");
        assert!(at(nano(Duration::from_secs(990))).is_settled(now));
        assert!(!at(nano(Duration::from_millis(1_000_001))).is_settled(now), "a clock that went back");
    }
}
