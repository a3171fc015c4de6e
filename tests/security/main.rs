//! Calls the API of `acme.yaml` at two addresses: its own, and its vault's.

use docwright_runtime::block_on;
use acme::{Ask, Client, Card};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (api, vault) = (std::env::args().nth(1), std::env::args().nth(2));
    let (api, vault) = (api.ok_or("no address")?, vault.ok_or("no address of the vault")?);
    let card = Card::new("4242 4242 4242 4242");

    let nobody = Client::builder(api.as_str()).build()?;
    println!("{:?}", block_on(nobody.get_status())?.map(drop));
    println!("{}", block_on(nobody.list_orders())?.unwrap_err());
    println!("{}", block_on(nobody.create_card(&card))?.unwrap_err());

    let client = Client::builder(api.as_str()).credentials("me", "hunter2").tenant("t-1");
    println!("{client:?}");
    let client = client.vault_server(vault).build()?;
    // Many at once, and each of a runtime of its own.
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
    // The caller's own call for a token carries none.
    block_on(client.create_token(&Ask::new("me", "hunter2")))??;
    Ok(())
}
