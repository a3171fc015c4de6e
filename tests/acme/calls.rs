//! Calls representative operations of Acme at three addresses: those of the API, of the vault and of
//! the status page. `tests/tests/it/acme.rs` checks what the servers receive and what this prints.

use acme::operations::{CreatePaymentError, GetStatusOk};
use acme::*;
use docwright_runtime::{Bytes, File as Upload, Retry, Uuid, block_on};
use std::time::Duration;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [api, vault, status] = arguments.as_slice() else { return Err("three addresses".into()) };
    block_on(without_credentials(api))??;
    let client = Client::builder(api.as_str())
        .credentials("me", "hunter2")
        .merchant_key("m-1")
        .query_key("q&1")
        .cookie_key("c-1")
        .vault_server(vault.as_str())
        .status_server(status.as_str());
    println!("{client:?}");
    let client = client.build()?;
    share_a_token(&client);
    block_on(customers(&client))??;
    block_on(payments(&client))??;
    block_on(documents(&client))??;
    block_on(account(&client))?
}

/// What is sent without credentials, and what is not.
async fn without_credentials(api: &str) -> Result<()> {
    let client = Client::builder(api).build()?;
    println!("{}", client.money().list_balances().await.unwrap_err());
    println!("{}", client.cards().store(&NewCard::new("4242")).await.unwrap_err());
    // A token request by the caller carries no credentials.
    let request = TokenRequest::new("me", "hunter2", "client_credentials");
    println!("{:?}", client.account().create_token(&request).await?.data.ttl);
    Ok(())
}

/// Concurrent calls, each on its own runtime, make one token request.
fn share_a_token(client: &Client) {
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || block_on(client.money().list_balances()).is_ok_and(|it| it.is_ok()))
        })
        .collect();
    let done = calls.into_iter().filter_map(|call| call.join().ok()).filter(|done| *done).count();
    println!("{done} balances");
}

/// JSON, error codes, parameters of every style in the query, and pages.
async fn customers(client: &Client) -> Result<()> {
    let customer = NewCustomer::new("Rex", "rex@acme.example").tags(vec!["a".to_owned()]);
    let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
    client.customers().create(&customer).idempotency_key("mine").retry(retry).await?;
    let error = client.customers().create(&customer).await.unwrap_err();
    println!("{:?} {error}", error.code());
    let filter = Filter::default().kind("a&b").ages(vec![1, 2]);
    let two = ["x".to_owned(), "y z".to_owned()];
    let plain = ["x".to_owned(), "y".to_owned()];
    let search = client.customers().search().filter(&filter).kinds(&two).names(&two).words(&plain);
    let search = search.ids(&two).r#return("https://acme.test/?a=1").all("").r#where(&filter);
    println!("{}", search.await?.total);
    let mut pages = client.customers().list().limit(1).pages();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(page?.into_body().customers.into_iter().map(|customer| customer.name));
    }
    println!("{names:?}");
    let id = "00000000-0000-0000-0000-000000000007".parse::<Uuid>()?;
    let patch = CustomerPatch::default().address(docwright_runtime::Patch::Null);
    client.customers().update(id.clone(), &patch).await?;
    client.customers().delete(id).body(&DeleteCustomerRequest::default().reason("requested")).await?;
    Ok(())
}

/// Unions, typed errors, a server of its own, and invalid values.
async fn payments(client: &Client) -> Result<()> {
    let method = CardMethod::new("4242").cvc("123");
    let money = Money::new(500, Currency::Eur);
    let payment = NewPayment::new(money.clone(), Method::CardMethod(method))
        .reference(NewPaymentReference::Integer(7))
        .receipt(b"%PDF".to_vec());
    println!("{:?}", client.payments().create(&payment).await?.status);
    let error = client.payments().create(&payment).await.unwrap_err();
    if let Some(CreatePaymentError::PaymentRequired(refusal)) = error.typed() {
        println!("{:?}", refusal.code);
    }
    // The client sets the key, which the document requires.
    client.money().create_payout(&NewPayout::new(money)).idempotency_key("payout-7").await?;
    println!("{}", client.payments().get(&"..".into()).await.unwrap_err());
    client.payments().cancel(&PaymentId::from("pay_01abcdef")).await?;
    println!("{}", client.cards().store(&NewCard::new("4242")).await?.token);
    let pair = RatesPairPair::new("EUR", "USD");
    println!("{}", client.money().get_rate(&pair).await?.rate);
    Ok(())
}

/// Multipart, forms, bytes, text, several media types, path styles and events.
async fn documents(client: &Client) -> Result<()> {
    let upload = Upload::from("%PDF").name("a.pdf");
    let upload = acme::Upload::new(upload, UploadPurpose::Evidence).labels(vec!["x".into(), "y".into()]);
    println!("{}", client.documents().upload_file(&upload).await?.id);
    let query = Query::new(vec!["a".into(), "b".into()]).months(vec![1, 2]);
    client.documents().create_report(&query.filter(Filter::default().kind("k"))).await?;
    println!("{}", client.documents().get_report("r").send_for_text_csv().await?.as_str());
    println!("{:?}", client.documents().get_report("r").send_for_pdf().await?.body());
    client.documents().replace_file("f", Bytes::from_static(b"\x01")).await?;
    println!("{}", client.documents().get_table(&["a b".into(), "c".into()], &[1, 2]).await?.as_str());
    client.documents().add_table(&["a b".into(), "c".into()], &[1, 2]).await?;
    let mut events = client.events().watch().await?.into_body();
    while let Some(event) = events.next().await {
        println!("{:?}", event?.data.r#type);
    }
    Ok(())
}

/// Headers, cookies, keys and a server of its own.
async fn account(client: &Client) -> Result<()> {
    let filter = Filter::default().kind("k");
    let session = client.account().get_session().theme(&GetSessionTheme::Dark).panels(&["a".into(), "b".into()]);
    session.x_panels(&["c".into(), "d".into()]).x_filter(&filter).x_where(&filter).await?;
    client.account().refresh_session().await?;
    let scoped = client.with(ClientSettings::new().acme_version("2027-01-01"));
    scoped.account().refresh_session().trace().await?;
    scoped.account().refresh_session().acme_version("2028-01-01").await?;
    client.account().end_session().await?;
    client.account().replace_settings(&Settings::default()).clear_webhook().await?;
    match client.account().get_status().await?.into_body() {
        GetStatusOk::Ok(text) => println!("{text}"),
        other => println!("{other:?}"),
    }
    Ok(())
}
