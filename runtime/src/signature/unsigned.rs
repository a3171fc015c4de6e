//! The stand-in for signatures, without the feature `signature`: requests are not signed.

use std::time::SystemTime;

use crate::message::error::RequestError;
use crate::message::request::PreparedRequest;

/// Stands for how the requests of an operation are signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OperationSigning;

impl OperationSigning {
    pub(crate) const NONE: Self = Self;
}

/// Stands for the settings of a client for signing.
#[derive(Default)]
pub(crate) struct ClientSigning {}

pub(crate) fn add_digest(_: &OperationSigning, _: &mut PreparedRequest) {}

impl ClientSigning {
    pub(crate) fn check(
        &self,
        _: &OperationSigning,
        _: &PreparedRequest,
    ) -> Result<(), RequestError> {
        Ok(())
    }

    pub(crate) async fn sign(
        &self,
        _: &OperationSigning,
        _: &mut PreparedRequest,
        _: impl Fn() -> SystemTime,
    ) -> Result<(), RequestError> {
        Ok(())
    }
}
