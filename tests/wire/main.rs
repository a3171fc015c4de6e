//! Calls the API of `acme.yaml` at an address, in the order in which `tests/tests/it/wire.rs`
//! responds.

use acme::operations::{FindPetError, FindPetHeaders, FindPetOk, PutPhotoHeaders};
use acme::{Client, Filter};
use std::time::Duration;

use docwright_runtime::{Bytes, Call, File, Method, NoTypedError, Operation, Retry, Value};

// An endpoint that is not in the document.
static PING: Operation = Operation::new("ping", Method::Get, "/ping/{id}");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(std::env::args().nth(1).ok_or("no address")?).build()?;
    let mut filter = Filter::default();
    filter.kind = Some("a&b".to_owned());
    filter.ages = Some(vec![1, 2]);

    let request = client.find_pet("a/b", 7).limit(&["x".to_owned(), "y z".to_owned()]);
    let request = request.limit_header("9").session("s;1").filter(&filter).r#where(&filter);
    let response = request.r#return("https://acme.test/?a=1").body(&filter).await?;
    let headers = FindPetHeaders::read(response.headers())?;
    println!("{} {:?} {:?}", response.status(), headers.x_total, *response);
    for _ in 0..2 {
        match client.find_pet("1", 7).await?.into_body() {
            FindPetOk::Accepted(text) => println!("later: {text}"),
            FindPetOk::NoContent => println!("none"),
            other => println!("{other:?}"),
        }
    }
    // Typed errors of a status, a range and the default, and untyped errors.
    for _ in 0..5 {
        let error = client.find_pet("1", 7).await.unwrap_err();
        let retry = error.headers().map(FindPetHeaders::read).transpose()?;
        let retry = retry.and_then(|headers| headers.retry_after);
        let typed = match error.typed() {
            Some(FindPetError::NotFound(problem)) => format!("not found: {}", problem.why),
            Some(FindPetError::ClientError(text)) => format!("range: {text}"),
            Some(FindPetError::Default(problem)) => format!("default: {}", problem.why),
            _ => format!("{:?}", error.raw().map(Bytes::len)),
        };
        println!("{typed} {retry:?} | {error}");
    }
    client.delete_pet("1", &filter).await?;

    let (matrix, label) = (["a b".to_owned(), "c".to_owned()], [1, 2]);
    let photo = client.get_photo(&matrix, &label).send_stream().await?;
    println!("{:?}", photo.into_body().limit(100).bytes().await?);
    let chunks = ["\x01", "\x02"].map(|chunk| Ok(Bytes::from(chunk)));
    let photo = File::stream(futures_util::stream::iter(chunks), Some(2));
    let put = client.put_photo(&matrix, &label, photo).await?;
    println!("{:?}", PutPhotoHeaders::read(put.headers())?.location);

    let mut changes = client.watch().await?.into_body();
    while let Some(change) = changes.next().await {
        println!("{:?}", change?.data.kind);
    }

    // Parameters with their own media type, and an empty one.
    let content = client.content("a b\n&c", &filter, "Key k-1").xml("<a b='1'/>").x_sort(&filter);
    content.x_where(&filter).empty("").await?;
    // A response in several media types: JSON by default, the others with their own methods.
    println!("{:?}", client.report().await?.kind);
    println!("{}", client.report().send_for_text_csv().await?.as_str());
    println!("{:?}", client.report().send_for_pdf().await?.body());
    println!("{}", client.report().send_for_vnd_acme_v2_plus_json().await?.why);
    let error = client.report().await.unwrap_err();
    println!("{:?} {error}", error.raw());

    let ping = Call::new(client.as_ref(), &PING).path("id", &"a/b");
    let pong = ping.json::<Value, NoTypedError>().await?;
    println!("{}", pong["pong"]);

    // A request with an idempotency key is retried, with the same key.
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    client.create_pet(&filter).retry(retry).await?;
    client.create_pet(&filter).idempotency_key("mine").retry(retry).await?;

    for id in ["", "..", "."] {
        println!("{}", client.find_pet(id, 7).await.unwrap_err());
    }
    println!("{}", client.watch().header("Content-Length", "9").await.unwrap_err());
    println!("{}", client.find_pet("1", 7).limit_header("a\r\nx: y").await.unwrap_err());
    Ok(())
}
