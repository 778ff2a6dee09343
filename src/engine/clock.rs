//! A limit of time on something that can be stopped from another thread.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Does some work, and calls `when_late` on another thread when it takes longer than the limit.
///
/// The second value says whether it was called.
pub fn within<T>(
    limit: Duration,
    when_late: impl FnOnce() + Send,
    work: impl FnOnce() -> T,
) -> (T, bool) {
    let (sender, receiver) = channel::<()>();
    std::thread::scope(|scope| {
        let clock = scope.spawn(move || {
            let is_late = receiver.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
            if is_late {
                when_late();
            }
            is_late
        });
        let result = work();
        drop(sender);
        (result, clock.join().unwrap_or(false))
    })
}
