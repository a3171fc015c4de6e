//! Shows on a terminal what a command does that takes more than a second.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The time between two updates of the line, and before the first one.
const INTERVAL: Duration = Duration::from_secs(1);

/// A line that shows what the command does and for how long. It disappears when this is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts to show `action`, such as `generating`.
    pub fn start(action: &'static str) -> Self {
        let (end, ended) = mpsc::channel();
        let thread = thread::spawn(move || {
            show_until_ended(action, &ended, INTERVAL, &mut io::stderr());
        });
        Self { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        // The line has to be cleared before anything else is printed.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Updates the line at each interval, and clears it when the sender is dropped. A closed stream is not an
/// error.
fn show_until_ended(
    action: &str,
    ended: &Receiver<()>,
    interval: Duration,
    stream: &mut dyn Write,
) {
    let started = Instant::now();
    let mut is_shown = false;
    while ended.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
        let seconds = started.elapsed().as_secs();
        let _ = write!(stream, "\r\x1b[K{action} … {seconds} s").and_then(|()| stream.flush());
        is_shown = true;
    }
    if is_shown {
        let _ = write!(stream, "\r\x1b[K").and_then(|()| stream.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that passes on what is written.
    struct Forward(Sender<String>);

    impl Write for Forward {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // The receiver may be gone.
            let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_is_shown_after_the_interval_and_cleared_at_the_end() {
        let (end, ended) = mpsc::channel();
        let (written, output) = mpsc::channel();
        let thread = thread::spawn(move || {
            let interval = Duration::from_millis(1);
            show_until_ended("generating", &ended, interval, &mut Forward(written));
        });
        let mut text = String::new();
        while !text.contains(" s") {
            text.push_str(&output.recv().unwrap());
        }
        assert!(text.starts_with("\r\x1b[Kgenerating … "), "{text:?}");
        drop(end);
        thread.join().unwrap();
        text.extend(output.iter());
        assert!(text.ends_with("\r\x1b[K"), "{text:?}");
    }

    #[test]
    fn nothing_is_shown_for_a_short_action() {
        let (end, ended) = mpsc::channel();
        drop(end);
        let mut stream = Vec::new();
        show_until_ended("generating", &ended, INTERVAL, &mut stream);
        assert_eq!(stream, b"");
    }
}
