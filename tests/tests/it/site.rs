//! A local server with the pages of a documentation site, which can misbehave.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A page of the site.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The status; 0 is 200.
    pub status: u16,
    /// Headers besides `ETag` and `Content-Length`.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How the server misbehaves.
    pub fault: Fault,
    /// How many requests get this page; the next ones get the page after it. 0 is all of them.
    pub times: usize,
    /// The page after `times` requests.
    pub then: Option<Box<Page>>,
}

/// How the server misbehaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fault {
    /// It does not.
    #[default]
    None,
    /// It closes the connection instead of sending a response.
    Closes,
    /// It sends half of the body.
    Truncates,
    /// It sends nothing for a long time.
    Hangs,
    /// It sends a body that does not end.
    NeverEnds,
}

impl Page {
    /// Creates a page with this text.
    pub fn text(body: &str) -> Self {
        Self { body: body.as_bytes().to_vec(), ..Self::default() }
    }

    /// Creates a page with a status and without a body.
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// Creates a redirect.
    pub fn redirect(location: &str) -> Self {
        Self::status(302).header("Location", location)
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sets how the server misbehaves.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }

    /// Serves this page for `times` requests, and then another one.
    pub fn then(mut self, times: usize, then: Page) -> Self {
        self.times = times;
        self.then = Some(Box::new(then));
        self
    }
}

type Pages = Arc<Mutex<BTreeMap<String, Page>>>;

/// A running server. It ends with the process.
pub struct Site {
    address: String,
    pages: Pages,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Starts a server with pages at these paths.
    pub fn start(pages: impl IntoIterator<Item = (String, Page)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let pages: Pages = Arc::new(Mutex::new(pages.into_iter().collect()));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (served, log) = (Arc::clone(&pages), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, log) = (Arc::clone(&served), Arc::clone(&log));
                // A client that closes the connection is not a failure of the test.
                thread::spawn(move || drop(serve(stream, &pages, &log)));
            }
        });
        Self { address, pages, requests }
    }

    /// Returns the address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Adds or replaces a page.
    pub fn set(&self, path: &str, page: Page) {
        self.pages.lock().expect("a lock").insert(path.to_owned(), page);
    }

    /// Removes and returns the requests so far: the path, and the status of the response.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().expect("a lock"))
    }
}

fn serve(stream: TcpStream, pages: &Pages, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    let validator = lines.iter().find_map(|line| line.strip_prefix("if-none-match: "));
    let page = next_page(&mut pages.lock().expect("a lock"), path);
    let etag = format!("\"{}\"", docwright::fetch::sha256(&page.body));
    let status = match page.status {
        0 if validator == Some(&etag) => 304,
        0 => 200,
        status => status,
    };
    log.lock().expect("a lock").push(format!("{path} {status}"));
    respond(reader.into_inner(), &page, status, &etag)
}

fn next_page(pages: &mut BTreeMap<String, Page>, path: &str) -> Page {
    let Some(page) = pages.get_mut(path) else { return Page::status(404) };
    let current = page.clone();
    if page.times == 1 {
        *page = page.then.take().map(|page| *page).unwrap_or_default();
    }
    page.times = page.times.saturating_sub(1);
    current
}

fn respond(mut stream: TcpStream, page: &Page, status: u16, etag: &str) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} Status\r\nConnection: close\r\nETag: {etag}\r\n");
    for (name, value) in &page.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = if status == 304 { &[] } else { page.body.as_slice() };
    let length = format!("Content-Length: {}\r\n\r\n", body.len());
    match page.fault {
        Fault::None => {
            stream.write_all(format!("{head}{length}").as_bytes())?;
            stream.write_all(body)
        }
        Fault::Closes => Ok(()),
        Fault::Truncates => {
            stream.write_all(format!("{head}{length}").as_bytes())?;
            stream.write_all(&body[..body.len() / 2])
        }
        Fault::Hangs => {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        Fault::NeverEnds => {
            stream.write_all(format!("{head}\r\n").as_bytes())?;
            loop {
                stream.write_all(&[b' '; 4096])?;
            }
        }
    }
}
