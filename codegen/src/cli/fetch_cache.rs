//! Keeps the responses of a run on disk until it has succeeded, so that an interrupted run can be resumed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use url::Url;

use crate::fetch::{Cache, Received, Validators, sha256};

/// The folder, which is hidden so that it is not read as pages.
const FOLDER: &str = ".docwright-fetch";

/// How long a response is used by later runs.
const MAX_AGE: Duration = Duration::from_secs(6 * 60 * 60);

/// A folder with a file for each response.
#[derive(Debug)]
pub(super) struct DiskCache {
    folder: PathBuf,
}

/// The first line of a file; the body follows it.
#[derive(Serialize, Deserialize)]
struct Head {
    address: Url,
    target: Url,
    #[serde(flatten)]
    validators: Validators,
}

impl DiskCache {
    /// Returns the cache of a folder of pages.
    pub fn new(pages: &Path) -> Self {
        Self { folder: pages.join(FOLDER) }
    }

    /// Removes all responses.
    pub fn clear(&self) {
        // A cache that cannot be removed expires.
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// Returns whether there are responses.
    pub fn exists(&self) -> bool {
        self.folder.is_dir()
    }

    fn file(&self, url: &Url) -> PathBuf {
        self.folder.join(sha256(url.as_str().as_bytes()))
    }

    fn read(&self, url: &Url) -> Option<Received> {
        let file = self.file(url);
        let modified = fs::metadata(&file).and_then(|metadata| metadata.modified()).ok()?;
        let age = SystemTime::now().duration_since(modified).unwrap_or_default();
        let content = fs::read(&file).ok().filter(|_| age <= MAX_AGE)?;
        let end = content.iter().position(|byte| *byte == b'\n')?;
        let Head { address, target, validators } =
            serde_json::from_slice(content.get(..end)?).ok()?;
        let body = content.get(end + 1..)?.to_vec();
        (address == *url).then_some(Received { url: target, validators, body })
    }

    fn write(&self, url: &Url, received: &Received) -> std::io::Result<()> {
        if !self.exists() {
            fs::create_dir_all(&self.folder)?;
            fs::write(self.folder.join(".gitignore"), "*\n")?;
        }
        let validators = received.validators.clone();
        let head = Head { address: url.clone(), target: received.url.clone(), validators };
        let mut file = NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer(&mut file, &head)?;
        file.write_all(b"\n")?;
        file.write_all(&received.body)?;
        file.persist(self.file(url))?;
        Ok(())
    }
}

impl Cache for DiskCache {
    fn load(&self, url: &Url) -> Option<Received> {
        self.read(url)
    }

    fn store(&self, url: &Url, received: &Received) {
        // Without it, an interrupted run requests the page again.
        let _ = self.write(url, received);
    }
}
