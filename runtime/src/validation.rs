//! The methods that validate calls, with the feature `validate`.

use crate::call::Call;
use crate::call::client::Client;
use crate::client::builder::ClientBuilder;
use crate::validate::failure::ValidationError;

impl Call<'_> {
    /// Validates the parameters and the body against the documented constraints.
    ///
    /// # Errors
    /// If a value violates a documented constraint.
    pub fn validate(&self) -> Result<(), ValidationError> {
        self.check()
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Sets whether every call is validated before it is sent: its parameters and its body, against
    /// the documented constraints. Default: `false`.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }
}
