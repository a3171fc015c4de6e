//! What users of the commands and of generated crates see.

mod acme;
mod acme_crate;
mod blocking;
mod checks;
mod commands;
mod corpus;
mod crates;
mod downstream;
mod features;
mod freshness;
mod generate;
mod mock;
mod page_examples;
mod prism;
mod signature;
mod site;
mod validate;
mod webhooks;
mod wire;
mod wire_mesh;
mod wire_orum;
mod wire_pipevest;
