//! A summary for an operation without one, from the words of its name.

use crate::method::Method;

/// Returns a sentence about an operation: `create_guild_channel` → `Creates a guild channel.` If the
/// name does not begin with a known verb, the sentence names the request.
pub fn summary_from_name(name: &str, method: Method, template: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let verb = words.next().unwrap_or_default();
    let object = words.collect::<Vec<_>>().join(" ");
    // A name that follows from the path is no phrase: `get_accounts_by_id_links`.
    let is_phrase = object.starts_with(char::is_alphabetic) && !object.contains(" by ");
    let predicate = VERBS.iter().find(|(word, ..)| *word == verb).filter(|_| is_phrase);
    match predicate {
        Some((_, third_person, article)) => {
            let article = if is_plural(&object) { "" } else { article_for(article, &object) };
            format!("{third_person} {article}{object}.")
        }
        None => format!("Sends {} to {}.", with_article(method), super::inline_code(template)),
    }
}

/// Verbs of operations, with their third person and the article of their object.
const VERBS: &[(&str, &str, &str)] = &[
    ("accept", "Accepts", "the "),
    ("activate", "Activates", "the "),
    ("add", "Adds", "a "),
    ("approve", "Approves", "the "),
    ("archive", "Archives", "the "),
    ("assign", "Assigns", "the "),
    ("attach", "Attaches", "the "),
    ("authorize", "Authorizes", "the "),
    ("batch", "Batches", "the "),
    ("bulk", "Changes in bulk:", ""),
    ("calculate", "Calculates", "the "),
    ("cancel", "Cancels", "the "),
    ("capture", "Captures", "the "),
    ("check", "Checks", "the "),
    ("clear", "Clears", "the "),
    ("close", "Closes", "the "),
    ("complete", "Completes", "the "),
    ("confirm", "Confirms", "the "),
    ("copy", "Copies", "the "),
    ("count", "Counts", "the "),
    ("create", "Creates", "a "),
    ("deactivate", "Deactivates", "the "),
    ("delete", "Deletes", "the "),
    ("detach", "Detaches", "the "),
    ("disable", "Disables", "the "),
    ("download", "Downloads", "the "),
    ("edit", "Edits", "the "),
    ("enable", "Enables", "the "),
    ("execute", "Executes", "the "),
    ("export", "Exports", "the "),
    ("fetch", "Fetches", "the "),
    ("find", "Finds", "the "),
    ("follow", "Follows", "the "),
    ("generate", "Generates", "the "),
    ("get", "Returns", "the "),
    ("import", "Imports", "the "),
    ("install", "Installs", "the "),
    ("invite", "Invites", "the "),
    ("invoke", "Invokes", "the "),
    ("issue", "Issues", "the "),
    ("join", "Joins", "the "),
    ("leave", "Leaves", "the "),
    ("link", "Links", "the "),
    ("list", "Lists", "the "),
    ("lock", "Locks", "the "),
    ("mark", "Marks", "the "),
    ("merge", "Merges", "the "),
    ("modify", "Modifies", "the "),
    ("move", "Moves", "the "),
    ("open", "Opens", "the "),
    ("patch", "Changes", "the "),
    ("pay", "Pays", "the "),
    ("pin", "Pins", "the "),
    ("publish", "Publishes", "the "),
    ("put", "Replaces", "the "),
    ("query", "Queries", "the "),
    ("read", "Reads", "the "),
    ("refresh", "Refreshes", "the "),
    ("refund", "Refunds", "the "),
    ("register", "Registers", "the "),
    ("reject", "Rejects", "the "),
    ("remove", "Removes", "the "),
    ("rename", "Renames", "the "),
    ("replace", "Replaces", "the "),
    ("request", "Requests", "the "),
    ("reset", "Resets", "the "),
    ("resolve", "Resolves", "the "),
    ("restore", "Restores", "the "),
    ("retrieve", "Returns", "the "),
    ("revoke", "Revokes", "the "),
    ("rotate", "Rotates", "the "),
    ("run", "Runs", "the "),
    ("save", "Saves", "the "),
    ("search", "Searches", "the "),
    ("send", "Sends", "the "),
    ("set", "Sets", "the "),
    ("show", "Returns", "the "),
    ("start", "Starts", "the "),
    ("stop", "Stops", "the "),
    ("submit", "Submits", "the "),
    ("suspend", "Suspends", "the "),
    ("sync", "Synchronizes", "the "),
    ("test", "Tests", "the "),
    ("transfer", "Transfers", "the "),
    ("trigger", "Triggers", "the "),
    ("unlink", "Unlinks", "the "),
    ("unlock", "Unlocks", "the "),
    ("unpin", "Unpins", "the "),
    ("update", "Updates", "the "),
    ("upload", "Uploads", "the "),
    ("upsert", "Creates or updates", "the "),
    ("validate", "Validates", "the "),
    ("verify", "Verifies", "the "),
    ("void", "Voids", "the "),
];

fn is_plural(object: &str) -> bool {
    object.ends_with('s') && !object.ends_with("ss") && !object.ends_with("us")
}

fn article_for(article: &'static str, object: &str) -> &'static str {
    match article {
        "a " if object.starts_with(['a', 'e', 'i', 'o']) => "an ",
        article => article,
    }
}

fn with_article(method: Method) -> String {
    let article = if method == Method::Options { "an" } else { "a" };
    format!("{article} `{}` request", method.name())
}

#[cfg(test)]
mod tests {
    use super::summary_from_name;
    use crate::method::Method;

    #[test]
    fn summaries_are_sentences() {
        for (name, summary) in [
            ("create_guild_channel", "Creates a guild channel."),
            ("create_order", "Creates an order."),
            ("get_orders", "Returns orders."),
            ("list_account_links", "Lists account links."),
            ("post_charges", "Sends a `GET` request to `/charges`."),
            ("get_accounts_by_id", "Sends a `GET` request to `/charges`."),
            ("delete", "Sends a `GET` request to `/charges`."),
        ] {
            assert_eq!(summary_from_name(name, Method::Get, "/charges"), summary);
        }
    }
}
