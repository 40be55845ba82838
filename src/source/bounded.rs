//! Work on files that nobody trusts: on a stack of its own, for so long and no longer; a panic is no answer.

use std::cell::RefCell;
use std::io;
use std::panic::{self, UnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// How long one file may take before it is given up.
pub const MAX_TIME: Duration = Duration::from_secs(10);

/// Stack of the thread that reads, in bytes; parsers go 100 levels deep.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// How long a worker that gave its answer may take to tidy up, before the next piece of work goes to another one.
const GRACE: Duration = Duration::from_millis(20);

/// What a piece of work says, in so many words as it has; `None` where it took too long, or panicked.
pub(super) struct Answers<T>(Option<Receiver<T>>);

impl<T> Answers<T> {
    /// The next answer.
    pub(super) fn next(&self) -> Option<T> {
        self.0.as_ref()?.recv_timeout(MAX_TIME).ok()
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// A thread that works for another one. A new thread for each of thousands of files would cost as much as reading the file.
struct Worker {
    give: Sender<Work>,
    done: Receiver<()>,
    is_busy: bool,
}

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Starts a piece of work. It is left alone when its time is over.
pub(super) fn start<T: Send + 'static>(work: impl FnOnce(&dyn Fn(T)) + Send + UnwindSafe + 'static) -> Answers<T> {
    let (send, receive) = mpsc::channel();
    let work = move || {
        let say = |answer| {
            // Nobody listens any more when the time was over.
            let _ = send.send(answer);
        };
        work(&say);
    };
    Answers(WORKER.with_borrow_mut(|worker| give(worker, Box::new(work))).is_ok().then_some(receive))
}

/// Gives work to the worker; one that is still at work, on what has taken too long, is replaced and ends with it.
fn give(worker: &mut Option<Worker>, work: Work) -> io::Result<()> {
    let mut one = match worker.take() {
        Some(one) if !one.is_busy || one.done.recv_timeout(GRACE).is_ok() => one,
        _ => Worker::new()?,
    };
    one.is_busy = one.give.send(work).is_ok();
    *worker = Some(one);
    Ok(())
}

impl Worker {
    fn new() -> io::Result<Worker> {
        let (give, take) = mpsc::channel::<Work>();
        let (say_done, done) = mpsc::channel();
        let work = move || {
            for work in take {
                // What was said before a panic stands.
                let _ = panic::catch_unwind(panic::AssertUnwindSafe(work));
                let _ = say_done.send(());
            }
        };
        thread::Builder::new().stack_size(STACK_BYTES).spawn(work)?;
        Ok(Worker { give, done, is_busy: false })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The thread that a piece of work runs on, after it `does` something.
    fn thread_of(does: impl FnOnce() + Send + UnwindSafe + 'static) -> Option<thread::ThreadId> {
        start(move |say| {
            does();
            say(thread::current().id());
        })
        .next()
    }

    #[test]
    fn one_thread_reads_many_files() {
        let read = |at: usize| thread_of(move || assert!(!at.is_multiple_of(10), "a bad file"));
        let threads: Vec<_> = (0..100).map(read).collect();
        assert_eq!(threads.iter().filter(|id| id.is_none()).count(), 10, "a panic is no answer");
        let distinct: HashSet<_> = threads.iter().flatten().collect();
        assert!(!distinct.contains(&thread::current().id()));
        // On a busy machine a worker may be late once.
        assert!(distinct.len() < 20, "a panic is the end of one file, not of its reader");
    }

    #[test]
    fn work_that_never_ends_is_left_alone() {
        let first = thread_of(|| ());
        let (end, ended) = mpsc::channel::<()>();
        let late = start(move |say| {
            say(1);
            // Until the test is over.
            let _ = panic::AssertUnwindSafe(ended).recv();
        });
        assert_eq!(late.next(), Some(1), "what it said stands");
        let next = thread_of(|| ());
        assert!(next.is_some() && next != first);
        drop(end);
    }
}
