//! The undecoded response to a call, with the record of the call.

use std::fmt;
use std::ops::Deref;

use crate::attempt::{CallRecord, FailedAttempt};
use crate::message::response::RawResponse;
use crate::platform;
use crate::retry::{Advice, Processed};

/// The final response to a call, undecoded and whatever its status, and the record of all attempts of
/// the call. It dereferences to the [`RawResponse`].
///
/// The status is that of the last attempt. If it is an error, an earlier attempt may have been processed
/// all the same: [`processed`](Self::processed) and [`advice`](Self::advice) are about all of them.
pub struct FinalResponse {
    response: RawResponse,
    record: CallRecord,
}

impl FinalResponse {
    pub(super) fn new(response: RawResponse, record: CallRecord) -> Self {
        Self { response, record }
    }

    /// Returns the number of attempts, including the last one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.record.attempts
    }

    /// Returns the failed attempts before the last one. Of more than 32, these are the first that may
    /// have been processed, and the latest.
    #[must_use]
    pub fn earlier(&self) -> &[FailedAttempt] {
        &self.record.earlier
    }

    /// Returns whether the server has processed the call, in any attempt.
    #[must_use]
    pub fn processed(&self) -> Processed {
        self.record.processed_with(self.last_processed())
    }

    /// Returns whether the call may be retried.
    #[must_use]
    pub fn advice(&self) -> Advice {
        let advice = match self.response.status().is_success() {
            true => Advice::Succeeded,
            false => Advice::for_response(&self.response, platform::now()),
        };
        self.record.advice(advice, self.last_processed())
    }

    /// Returns the response by value.
    #[must_use]
    pub fn into_response(self) -> RawResponse {
        self.response
    }

    fn last_processed(&self) -> Processed {
        Processed::for_status(self.response.status())
    }
}

impl Deref for FinalResponse {
    type Target = RawResponse;

    fn deref(&self) -> &RawResponse {
        &self.response
    }
}

impl From<FinalResponse> for RawResponse {
    fn from(response: FinalResponse) -> Self {
        response.into_response()
    }
}

impl fmt::Debug for FinalResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FinalResponse")
            .field("response", &self.response)
            .field("attempts", &self.record.attempts)
            .field("earlier", &self.record.earlier)
            .finish()
    }
}
