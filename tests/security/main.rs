//! Calls the API of `acme.yaml` at two addresses: that of the API and that of the vault.

use acme::{Card, Client, Credentials};
use docwright_runtime::block_on;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (api, vault) = (std::env::args().nth(1), std::env::args().nth(2));
    let (api, vault) = (api.ok_or("no address")?, vault.ok_or("no address of the vault")?);
    let card = Card::new("4242 4242 4242 4242");

    let without_credentials = Client::builder(api.as_str()).build()?;
    println!("{:?}", block_on(without_credentials.get_status())?.map(drop));
    println!("{}", block_on(without_credentials.list_orders())?.unwrap_err());
    println!("{}", block_on(without_credentials.create_card(&card))?.unwrap_err());

    let client = Client::builder(api.as_str()).credentials("me", "hunter2").tenant("t-1");
    println!("{client:?}");
    let client = client.vault_server(vault).build()?;
    // Concurrent calls, each on its own runtime.
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || block_on(client.list_orders()).is_ok_and(|it| it.is_ok()))
        })
        .collect();
    let done = calls.into_iter().filter_map(|call| call.join().ok()).filter(|done| *done).count();
    println!("{done} orders");
    block_on(client.list_reports())??;
    block_on(client.create_card(&card))??;
    block_on(client.get_status())??;
    // A token request by the caller carries no credentials.
    block_on(client.create_token(&Credentials::new("me", "hunter2")))??;
    Ok(())
}
