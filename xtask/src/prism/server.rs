//! A running Prism.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use docwright::cli::disk;
use docwright::report::Location;
use docwright::{Problem, Report};

use super::log::{self, Request};

/// How long it may take to read a document.
const PATIENCE: Duration = Duration::from_secs(600);

/// How it responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With the document's examples; a request that the document does not allow is an error.
    Strict,
    /// With made-up values.
    Inventive,
}

/// A running Prism. It ends when it is dropped.
#[derive(Debug)]
pub struct Judge {
    process: Child,
    url: String,
    log: PathBuf,
}

impl Judge {
    /// Starts Prism for a document, on a free port of this machine, and waits until it listens. Its
    /// log goes into `folder`.
    ///
    /// # Errors
    ///
    /// It does not start, or does not read the document.
    pub fn start(
        prism: &Path,
        document: &Path,
        manner: Manner,
        folder: &Path,
    ) -> Result<Self, Report> {
        let port = free_port().map_err(disk::failed("find a port for", prism))?;
        let (options, name): (&[&str], &str) = match manner {
            Manner::Strict => (&["--errors"], "prism-strict.log"),
            Manner::Inventive => (&["--dynamic", "--seed", "docwright"], "prism-inventive.log"),
        };
        let log = folder.join(name);
        let file = File::create(&log).map_err(disk::failed("write", &log))?;
        let errors = file.try_clone().map_err(disk::failed("write", &log))?;
        let mut node = Command::new("node");
        node.arg(prism).arg("mock").args(options);
        node.args(["--host", "127.0.0.1", "--port"]).arg(port.to_string()).arg(document);
        node.stdin(Stdio::null()).stdout(file).stderr(errors);
        let process = node.spawn().map_err(disk::failed("run node for", prism))?;
        let url = format!("http://127.0.0.1:{port}");
        let mut judge = Self { process, url, log };
        judge.wait()?;
        Ok(judge)
    }

    fn wait(&mut self) -> Result<(), Report> {
        let start = Instant::now();
        loop {
            let text = super::read(&self.log)?;
            if text.contains("Prism is listening") {
                return Ok(());
            }
            let ended = self.process.try_wait().map_err(disk::failed("wait for", &self.log))?;
            if ended.is_some() || start.elapsed() > PATIENCE {
                let what = format!("Prism does not start:\n{text}");
                return Err(Problem::error(Location::File(disk::shown(&self.log)), what).into());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it has received so far, and what it says of it.
    pub fn requests(&self) -> Result<Vec<Request>, Report> {
        // It logs what it has responded already a little later.
        let mut before = super::read(&self.log)?;
        loop {
            std::thread::sleep(Duration::from_millis(300));
            let now = super::read(&self.log)?;
            if now == before {
                return Ok(log::requests(&now));
            }
            before = now;
        }
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
