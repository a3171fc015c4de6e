//! Dialects → OpenAPI 3.0 on the raw tree, and the audit of every keyword.
