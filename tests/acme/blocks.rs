//! Tests that a user of Acme's client writes against its mock server: what calls, errors and mocks look
//! like. `tests/tests/it/acme.rs` runs them in Acme's crate.

use std::time::Duration;

use acme::runtime::mock::StubResponse;
use acme::runtime::{self, AnyError, Decimal, Processed, Retry, Uuid, block_on};
use acme::{
    AcmeFailure, CardMethod, Client, ClientSettings, Currency, Customer, CustomerKind,
    CustomerPage, ErrorCode, Event, EventPage, EventType, FailureError, Method, Money, NewPayment,
    Payment, PaymentId, PaymentPage, PaymentPagePaging, PaymentStatus, PaymentsSearchScopeScope,
    RatesPairPair, Refusal, RefusalCode, SearchPaymentsRequest, Token, TokenData, Transfer,
    TransferId, TransferPage, mock, operations, types,
};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

async fn start() -> Result<(mock::Server, Client)> {
    let mock = mock::Server::start().await;
    let acme = Client::builder(mock.server()).token("t-1").build()?;
    Ok((mock, acme))
}

fn new_payment() -> NewPayment {
    NewPayment::new(Money::new(1_000, Currency::Usd), Method::CardMethod(CardMethod::new("4242")))
}

fn payment(id: &str) -> Payment {
    let amount = Money::new(1_000, Currency::Usd);
    Payment::new(PaymentId::from(id), amount, PaymentStatus::Pending)
}

fn failure() -> AcmeFailure {
    // The document has a schema of this name, too: it is `types::ErrorCode`.
    let error = FailureError::new(types::ErrorCode::ELimit);
    AcmeFailure::new(error.text("the account holds 3 USD"))
}

#[test]
fn resources_have_short_names_in_the_client_and_in_the_mock() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        mock.payments().create().responds(201, payment("pay_00000001"));
        mock.payments().cancel().responds(204, ());

        let created = acme.payments().create(&new_payment()).await?;
        acme.payments().cancel(&created.id).await?;

        let requests = mock.payments().create().received();
        let [request] = requests.as_slice() else { panic!("{requests:?}") };
        assert_eq!(request.body()?, new_payment());
        let requests = mock.payments().cancel().received();
        assert_eq!(requests.first().and_then(|it| it.path("paymentId")), Some("pay_00000001"));
        Ok(())
    })?
}

#[test]
fn constants_are_no_arguments_and_the_version_is_a_setting() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        mock.account().refresh_session().responds(204, ());

        acme.account().refresh_session().await?;
        let builder = Client::builder(mock.server()).token("t-1").acme_version("2026-12-01");
        builder.build()?.account().refresh_session().await?;
        let scoped = acme.with(ClientSettings::new().acme_version("2027-01-01"));
        scoped.account().refresh_session().await?;

        let requests = mock.account().refresh_session().received();
        let versions: Vec<_> = requests.iter().map(|it| &it.headers()["acme-version"]).collect();
        assert_eq!(versions, ["2026-11-01", "2026-12-01", "2027-01-01"]);
        for request in &requests {
            assert_eq!(request.query("mode"), Some("full"));
            assert_eq!(request.bytes().as_ref(), b"{}");
        }
        Ok(())
    })?
}

#[test]
fn a_list_by_cursor_has_items() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;

        let first = PaymentPage::new(vec![payment("pay_00000001"), payment("pay_00000002")]);
        let first = first.more(true).paging(PaymentPagePaging::default().next("c-2"));
        let last = PaymentPage::new(vec![payment("pay_00000003")]).more(false);
        mock.payments().list().responds(200, first).responds(200, last);
        let mut found = Vec::new();
        let mut payments = acme.payments().list().limit(2).items();
        while let Some(payment) = payments.next().await {
            found.push(payment?.id);
        }
        assert_eq!(found, ["pay_00000001", "pay_00000002", "pay_00000003"].map(PaymentId::from));
        let requests = mock.payments().list().received();
        let queries: Vec<_> =
            requests.iter().map(|it| (it.query("cursor"), it.query("limit"))).collect();
        assert_eq!(queries, [(None, Some("2")), (Some("c-2"), Some("2"))]);
        Ok(())
    })?
}

#[test]
fn a_list_by_the_last_item_has_items() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let first = PaymentPage::new(vec![payment("pay_00000001")]).more(true);
        let last = PaymentPage::new(vec![payment("pay_00000002")]).more(false);
        mock.payments().search().responds(200, first).responds(200, last);
        let search = SearchPaymentsRequest::new("2026-11-01T00:00:00Z".parse()?);
        let mut payments = acme.payments().search(&PaymentsSearchScopeScope::All, &search).items();
        while let Some(payment) = payments.next().await {
            payment?;
        }
        let requests = mock.payments().search().received();
        let [_, second] = requests.as_slice() else { panic!("{requests:?}") };
        assert_eq!(second.body()?.after.as_deref(), Some("pay_00000001"));
        Ok(())
    })?
}

#[test]
fn a_list_by_page_has_items() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let customer = Customer::new(
            "Rex",
            "rex@acme.example",
            "00000000-0000-0000-0000-000000000007".parse::<Uuid>()?,
            "2026-11-01T00:00:00Z".parse()?,
            CustomerKind::Person,
        );
        mock.customers().list().responds(200, CustomerPage::new(vec![customer], 1));
        mock.customers().list().responds(200, CustomerPage::new(Vec::new(), 1));
        let mut customers = acme.customers().list().items();
        assert_eq!(customers.next().await.transpose()?.map(|it| it.name), Some("Rex".to_owned()));
        assert!(customers.next().await.is_none());
        let requests = mock.customers().list().received();
        let pages: Vec<_> = requests.iter().map(|it| it.query("page")).collect();
        assert_eq!(pages, [None, Some("2")]);
        Ok(())
    })?
}

#[test]
fn a_list_by_offset_has_items() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let transfers = ["t-1", "t-2"].map(|id| Transfer::new(TransferId::from(id)));
        mock.money().list_transfers().responds(200, TransferPage::new(transfers.to_vec()));
        mock.money().list_transfers().responds(200, TransferPage::new(Vec::new()));
        let mut items = acme.money().list_transfers().items();
        while let Some(transfer) = items.next().await {
            transfer?;
        }
        let requests = mock.money().list_transfers().received();
        let offsets: Vec<_> = requests.iter().map(|it| it.query("offset")).collect();
        assert_eq!(offsets, [None, Some("2")]);
        Ok(())
    })?
}

#[test]
fn a_list_by_link_has_items() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let page = |id| EventPage::new(vec![Event::new(id, EventType::PaymentCaptured)]);
        let list = mock.events().list();
        list.responds(200, page("e-1"))
            .with_header("Link", "</events/history?from=e-2>; rel=\"next\"");
        list.responds(200, page("e-2"));
        let mut ids = Vec::new();
        let mut events = acme.events().list().items();
        while let Some(event) = events.next().await {
            ids.push(event?.id);
        }
        assert_eq!(ids, ["e-1", "e-2"]);
        assert_eq!(list.received().last().and_then(|it| it.query("from")), Some("e-2"));
        Ok(())
    })?
}

#[test]
fn an_error_has_a_code_a_message_and_the_id_of_the_request() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let create = mock.payments().create();
        create.responds(400, failure()).with_header("X-Request-Id", "req_1");

        let error = acme.payments().create(&new_payment()).await.unwrap_err();
        assert!(error.is(ErrorCode::ELimit));
        assert_eq!(
            error.to_string(),
            "the server responded 400 Bad Request: E_LIMIT: the account holds 3 USD (request req_1)"
        );
        assert_eq!(error.status().map(|it| it.as_u16()), Some(400));
        assert_eq!(error.code_str(), Some("E_LIMIT"));
        assert_eq!(error.message(), Some("the account holds 3 USD"));
        assert!(error.body().is_some_and(|body| body.starts_with(b"{\"error\":")));
        Ok(())
    })?
}

#[test]
fn an_error_is_typed_where_the_document_declares_its_body() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        mock.payments().create().responds(402, Refusal::new(RefusalCode::Fraud));
        let error = acme.payments().create(&new_payment()).await.unwrap_err();
        assert!(error.is(ErrorCode::Fraud));
        let Some(operations::CreatePaymentError::PaymentRequired(refusal)) = error.typed() else {
            panic!("{error:?}")
        };
        assert_eq!(refusal.code, RefusalCode::Fraud);

        // The document declares no body here, but the vendor says that all errors have the same one.
        let gone = r#"{"error":{"id":"E_GONE"}}"#;
        mock.payments().cancel().responds_with_bytes(404, "application/json", gone);
        let error = acme.payments().cancel(&"pay_00000001".into()).await.unwrap_err();
        assert!(error.is(ErrorCode::EGone));
        Ok(())
    })?
}

#[test]
fn operations_share_error_types_and_question_mark_works_across_all() -> Result {
    // One type for one shape.
    fn convert(
        error: runtime::Error<operations::ListPaymentsError>,
    ) -> runtime::Error<operations::ListBalancesError> {
        error
    }
    async fn calls(acme: &Client) -> std::result::Result<(), AnyError> {
        acme.money().list_balances().await?;
        acme.payments().create(&new_payment()).await?;
        acme.payments().cancel(&"pay_00000001".into()).await?;
        Ok(())
    }
    block_on(async {
        let (mock, acme) = start().await?;
        mock.money().list_balances().responds(200, runtime::Map::default());
        mock.payments().create().responds(400, failure());
        assert_eq!(calls(&acme).await.unwrap_err().code_str(), Some("E_LIMIT"));
        mock.payments().list().responds(400, failure());
        let error = convert(acme.payments().list().await.unwrap_err());
        assert!(matches!(error.typed(), Some(operations::ListBalancesError::Default(_))));
        Ok(())
    })?
}

#[test]
fn an_error_says_whether_the_call_may_have_been_processed_and_has_its_key() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let create = mock.payments().create();
        create.drops_connection().then().responds(201, payment("pay_00000001"));

        let error = acme.payments().create(&new_payment()).await.unwrap_err();
        assert_eq!(error.processed(), Processed::Unknown);
        assert!(error.to_string().ends_with("; the server may have processed it"), "{error}");
        let key = error.idempotency_key().ok_or("the client makes a key")?;
        acme.payments().create(&new_payment()).idempotency_key(key).await?;

        let requests = create.received();
        let keys: Vec<_> = requests.iter().map(|it| &it.headers()["idempotency-key"]).collect();
        assert_eq!(keys, [key, key]);
        Ok(())
    })?
}

#[test]
fn an_error_speaks_of_all_attempts_which_share_a_key() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let create = mock.payments().create();
        create.drops_connection().then().responds(402, Refusal::new(RefusalCode::Declined));

        let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
        let error = acme.payments().create(&new_payment()).retry(retry).await.unwrap_err();
        assert!(error.is(ErrorCode::Declined));
        assert_eq!((error.attempts(), error.processed()), (2, Processed::Unknown));
        assert!(error.to_string().contains("may have processed attempt 1 of 2"), "{error}");
        let requests = create.received();
        let [first, second] = requests.as_slice() else { panic!("{requests:?}") };
        let key =
            |it: &runtime::mock::Received<NewPayment>| it.headers()["idempotency-key"].clone();
        assert_eq!(key(first), key(second));
        Ok(())
    })?
}

#[test]
fn a_mock_responds_late_or_by_the_request() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let get = mock.payments().get();
        get.responds(200, payment("pay_00000001")).with_delay(Duration::from_secs(600));
        let id = PaymentId::from("pay_00000001");
        let call = acme.payments().get(&id).timeout(Duration::from_millis(100));
        assert!(call.await.unwrap_err().is_timeout());

        let create = mock.payments().create();
        create.responds_by(|request| match request.body() {
            Ok(body) if body.amount.value > 500 => StubResponse::new(400, failure()),
            Ok(_) => StubResponse::new(201, payment("pay_00000002")),
            Err(error) => StubResponse::bytes(400, "text/plain", error.to_string()),
        });
        let error = acme.payments().create(&new_payment()).await.unwrap_err();
        assert!(error.is(ErrorCode::ELimit));
        let method = Method::CardMethod(CardMethod::new("4242"));
        let small = NewPayment::new(Money::new(500, Currency::Eur), method);
        assert_eq!(acme.payments().create(&small).await?.id.as_str(), "pay_00000002");
        Ok(())
    })?
}

#[test]
fn what_the_document_does_not_list_is_received() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        // An undeclared status, field and value of an enum.
        let body = r#"{"id":"pay_00000001","amount":{"value":1,"currency":"CHF"},"status":"frozen","fee":1}"#;
        mock.payments().create().responds_with_bytes(200, "application/json", body);
        let payment = acme.payments().create(&new_payment()).await?;
        assert_eq!(payment.status, PaymentStatus::Unknown("frozen".to_owned()));
        assert_eq!(payment.amount.currency.as_str(), "CHF");
        Ok(())
    })?
}

#[test]
fn amounts_are_exact() -> Result {
    block_on(async {
        let (mock, acme) = start().await?;
        let rate = "1.00000000000000000000000001";
        mock.money().get_rate().responds(200, types::Rate::new(rate.parse::<Decimal>()?));
        let received = acme.money().get_rate(&RatesPairPair::new("EUR", "USD")).await?;
        assert_eq!(received.rate.to_string(), rate);
        Ok(())
    })?
}

#[test]
fn the_client_fetches_one_token_and_prints_no_secret() -> Result {
    block_on(async {
        let mock = mock::Server::start().await;
        let token = Token::new(TokenData::new("t-9").ttl(3600));
        mock.account().create_token().responds(200, token);
        mock.money().list_balances().responds(200, runtime::Map::default());

        let builder = Client::builder(mock.server()).credentials("me", "hunter2");
        assert!(!format!("{builder:?}").contains("hunter2"));
        let acme = builder.build()?;
        for _ in 0..2 {
            acme.money().list_balances().await?;
        }

        let requests = mock.account().create_token().received();
        let [request] = requests.as_slice() else { panic!("{requests:?}") };
        let body = request.body()?;
        assert_eq!(body.grant, "client_credentials");
        assert!(!format!("{acme:?} {request:?} {body:?}").contains("hunter2"));
        for request in mock.money().list_balances().received() {
            assert_eq!(request.headers()["authorization"], "Bearer t-9");
        }
        Ok(())
    })?
}
