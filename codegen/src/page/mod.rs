//! Documentation page → the description inside it, with what the page says around it.
