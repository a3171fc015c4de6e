//! What a user writes with generic types of the case `generics`, and that they are sent and received
//! through the mock. `tests/tests/it/generate/compile.rs` runs this in the crate of all cases.

use fintech_clients::generics::mock::Server;
use fintech_clients::generics::{
    Client, Coupon, Customer, CustomerList, Expandable, List, NewOrder, NewOrderAddressObject,
    NewOrderEmptyString, OrEmptyString, Order,
};
use fintech_clients::runtime::block_on;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

#[test]
fn pages_of_one_generic_list_are_received() -> Result {
    block_on(async {
        let mock = Server::start().await;
        let first = CustomerList::new(vec![Customer::new("c-1")], true).next_page_token("p-2");
        let last = List::new(vec![Customer::new("c-2")], false);
        mock.list_customers().responds(200, first).responds(200, last);
        mock.list_tags().responds(200, List::new(vec!["new".to_owned()], false));
        let client = Client::builder(mock.server()).build()?;

        let mut customers = client.list_customers().items();
        let mut ids = Vec::new();
        while let Some(customer) = customers.next().await {
            ids.push(customer?.id);
        }
        assert_eq!(ids, ["c-1", "c-2"]);
        assert_eq!(client.list_tags().await?.data, ["new"]);
        Ok(())
    })?
}

#[test]
fn generic_unions_are_sent_and_received() -> Result {
    block_on(async {
        let mock = Server::start().await;
        let customer = Customer::new("c-1").last_order(Expandable::Id("o-0".to_owned()));
        let order = Order::new("o-1")
            .customer(Expandable::Object(Box::new(customer)))
            .coupon(Expandable::Object(Box::new(Coupon::new("half"))));
        mock.add_order().responds(200, order.clone());
        let client = Client::builder(mock.server()).build()?;

        let new = NewOrder::default()
            .address(OrEmptyString::Value(NewOrderAddressObject::default().city("Bonn")))
            .contact(OrEmptyString::EmptyString(NewOrderEmptyString::Empty));
        assert_eq!(*client.add_order(&new).await?, order);

        let requests = mock.add_order().received();
        let [request] = requests.as_slice() else { panic!("{requests:?}") };
        assert_eq!(request.bytes().as_ref(), br#"{"address":{"city":"Bonn"},"contact":""}"#);
        assert_eq!(request.body()?, new);
        Ok(())
    })?
}
