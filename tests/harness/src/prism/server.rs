//! A running Prism server.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use docwright::cli::disk;
use docwright::report::Location;
use docwright::{Problem, Report};

use super::log::{self, Request};

/// The maximum time until Prism has read a document.
const START_TIMEOUT: Duration = Duration::from_secs(600);

/// How Prism responds to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// With the examples of the document, and with an error if the request is invalid.
    Examples,
    /// With generated values.
    Generated,
}

/// A running Prism server, which is stopped when the value is dropped.
#[derive(Debug)]
pub struct PrismServer {
    process: Child,
    url: String,
    log: PathBuf,
}

impl PrismServer {
    /// Starts Prism for a document on a free local port and waits until it listens.
    ///
    /// The log is written to `folder`.
    ///
    /// # Errors
    ///
    /// Returns an error if Prism does not start or does not accept the document.
    pub fn start(
        prism: &Path,
        document: &Path,
        mode: ResponseMode,
        folder: &Path,
    ) -> Result<Self, Report> {
        let port = free_port().map_err(disk::io_error("find a port for", prism))?;
        let (options, name): (&[&str], &str) = match mode {
            ResponseMode::Examples => (&["--errors"], "prism-examples.log"),
            ResponseMode::Generated => {
                (&["--dynamic", "--seed", "docwright"], "prism-generated.log")
            }
        };
        let log = folder.join(name);
        let file = File::create(&log).map_err(disk::io_error("write", &log))?;
        let errors = file.try_clone().map_err(disk::io_error("write", &log))?;
        let mut node = Command::new("node");
        node.arg(prism).arg("mock").args(options);
        node.args(["--host", "127.0.0.1", "--port"]).arg(port.to_string()).arg(document);
        node.stdin(Stdio::null()).stdout(file).stderr(errors);
        let process = node.spawn().map_err(disk::io_error("run node for", prism))?;
        let url = format!("http://127.0.0.1:{port}");
        let mut server = Self { process, url, log };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> Result<(), Report> {
        let start = Instant::now();
        loop {
            let text = super::read_file(&self.log)?;
            if text.contains("Prism is listening") {
                return Ok(());
            }
            let ended = self.process.try_wait().map_err(disk::io_error("wait for", &self.log))?;
            if ended.is_some() || start.elapsed() > START_TIMEOUT {
                let message = format!("Prism did not start:\n{text}");
                return Err(
                    Problem::error(Location::File(disk::display_path(&self.log)), message).into()
                );
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Returns the base URL of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the requests received so far, with their validation results.
    pub fn requests(&self) -> Result<Vec<Request>, Report> {
        // Prism writes the log with a delay, so wait until it no longer grows.
        let mut before = super::read_file(&self.log)?;
        loop {
            std::thread::sleep(Duration::from_millis(300));
            let now = super::read_file(&self.log)?;
            if now == before {
                return Ok(log::parse_log(&now));
            }
            before = now;
        }
    }
}

impl Drop for PrismServer {
    fn drop(&mut self) {
        // Both fail if the process has already ended, which is fine.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
