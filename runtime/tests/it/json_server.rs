//! A minimal server, so that measurements are those of the client: it sends the same JSON in
//! response to every request and keeps connections open.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Starts the server on a free loopback port and returns its URL. It runs until the process ends.
pub fn start(json: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        json.len()
    );
    let response: Vec<u8> = [head.as_bytes(), json.as_bytes()].concat();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let response = response.clone();
            std::thread::spawn(move || serve(connection, &response));
        }
    });
    format!("http://{address}")
}

/// Responds to requests without a body until the client closes the connection.
fn serve(mut connection: TcpStream, response: &[u8]) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut lines = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        if line == "\r\n" {
            connection.write_all(response)?;
        }
        line.clear();
    }
    Ok(())
}
