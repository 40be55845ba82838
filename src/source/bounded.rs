//! Work on files that nobody trusts: on a stack of its own, for so long and no longer; a panic is no answer.

use std::panic::{self, UnwindSafe};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long one file may take before it is given up.
pub const MAX_TIME: Duration = Duration::from_secs(10);

/// Stack of the thread that reads, in bytes; parsers go 100 levels deep.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// What a piece of work says, in so many words as it has; `None` where it took too long, or panicked.
pub(super) struct Answers<T>(Option<Receiver<T>>);

impl<T> Answers<T> {
    /// The next answer.
    pub(super) fn next(&self) -> Option<T> {
        self.0.as_ref()?.recv_timeout(MAX_TIME).ok()
    }
}

/// Starts a piece of work. It is left alone when its time is over.
pub(super) fn start<T: Send + 'static>(work: impl FnOnce(&dyn Fn(T)) + Send + UnwindSafe + 'static) -> Answers<T> {
    let (send, receive) = mpsc::channel();
    let work = move || {
        let say = |answer| {
            // Nobody listens any more when the time was over.
            let _ = send.send(answer);
        };
        // What was said before a panic stands.
        let _ = panic::catch_unwind(panic::AssertUnwindSafe(|| work(&say)));
    };
    Answers(thread::Builder::new().stack_size(STACK_BYTES).spawn(work).is_ok().then_some(receive))
}
