//! The words of names: of tags, path segments and operation ids.

use heck::ToSnakeCase;

pub use crate::infer::pagination::singular;

/// The maximum length of a name.
const MAX_LENGTH: usize = 60;

/// Returns the words of a name in lower case: `listOAuth2Clients` is `list`, `oauth2`, `clients`.
pub fn split_words(name: &str) -> Vec<String> {
    let name = name.replace("OAuth", "Oauth").replace("oAuth", "oauth");
    let valid: String =
        name.chars().map(|c| if unicode_ident::is_xid_continue(c) { c } else { ' ' }).collect();
    let snake = valid.to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Joins words to a name: `list`, `clients` is `list_clients`. A name never starts with a digit.
pub fn join_words(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        if !name.is_empty() && name.len() + word.len() >= MAX_LENGTH {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().take(MAX_LENGTH));
    }
    match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("n{name}"),
        None => name,
    }
}

/// Returns whether a word is a verb that names what an operation does.
pub fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}

/// Returns whether a word comes before a verb: `bulk_create`.
pub fn is_adverb(word: &str) -> bool {
    ["async", "batch", "bulk", "deprecated", "force", "internal", "legacy", "multi", "un"]
        .contains(&word)
}

/// The verbs, sorted.
const VERBS: &[&str] = &[
    "accept",
    "acknowledge",
    "activate",
    "add",
    "adjust",
    "allocate",
    "append",
    "apply",
    "approve",
    "archive",
    "assign",
    "associate",
    "attach",
    "authenticate",
    "authorize",
    "backup",
    "ban",
    "begin",
    "block",
    "book",
    "calculate",
    "cancel",
    "capture",
    "change",
    "charge",
    "check",
    "clear",
    "clone",
    "close",
    "commit",
    "compare",
    "complete",
    "compute",
    "confirm",
    "connect",
    "convert",
    "copy",
    "count",
    "create",
    "deactivate",
    "decline",
    "decrypt",
    "delete",
    "deliver",
    "deny",
    "deploy",
    "describe",
    "detach",
    "detect",
    "disable",
    "disassociate",
    "disconnect",
    "dismiss",
    "dispatch",
    "download",
    "duplicate",
    "edit",
    "embed",
    "enable",
    "encrypt",
    "end",
    "enroll",
    "ensure",
    "estimate",
    "evaluate",
    "exchange",
    "execute",
    "expire",
    "export",
    "extend",
    "fetch",
    "finalize",
    "find",
    "finish",
    "follow",
    "forward",
    "freeze",
    "generate",
    "get",
    "grant",
    "hangup",
    "hide",
    "ignore",
    "import",
    "ingest",
    "initiate",
    "insert",
    "install",
    "introspect",
    "invalidate",
    "invite",
    "invoke",
    "issue",
    "join",
    "kick",
    "launch",
    "leave",
    "link",
    "list",
    "load",
    "lock",
    "login",
    "logout",
    "lookup",
    "mark",
    "merge",
    "migrate",
    "minimize",
    "modify",
    "move",
    "mute",
    "notify",
    "open",
    "overwrite",
    "patch",
    "pause",
    "pay",
    "peek",
    "perform",
    "ping",
    "play",
    "poll",
    "post",
    "predict",
    "preview",
    "process",
    "promote",
    "provision",
    "publish",
    "pull",
    "purge",
    "push",
    "put",
    "query",
    "read",
    "reauthenticate",
    "rebuild",
    "receive",
    "reconnect",
    "record",
    "redeem",
    "redeliver",
    "refresh",
    "refund",
    "regenerate",
    "register",
    "reject",
    "release",
    "reload",
    "remove",
    "rename",
    "render",
    "renew",
    "reopen",
    "reorder",
    "replace",
    "replay",
    "report",
    "request",
    "rerank",
    "rerun",
    "resend",
    "reserve",
    "reset",
    "resolve",
    "respond",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "return",
    "reveal",
    "reverse",
    "revert",
    "revoke",
    "rollback",
    "rotate",
    "run",
    "save",
    "scale",
    "schedule",
    "scroll",
    "search",
    "select",
    "send",
    "set",
    "share",
    "show",
    "sign",
    "skip",
    "snooze",
    "split",
    "start",
    "stop",
    "store",
    "stream",
    "submit",
    "subscribe",
    "suggest",
    "suspend",
    "swap",
    "switch",
    "sync",
    "synchronize",
    "terminate",
    "test",
    "toggle",
    "tokenize",
    "track",
    "transcribe",
    "transfer",
    "transition",
    "translate",
    "trigger",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "undelete",
    "unenroll",
    "unfollow",
    "unfreeze",
    "uninstall",
    "unlink",
    "unlock",
    "unmute",
    "unpin",
    "unpublish",
    "unregister",
    "unschedule",
    "unstar",
    "unsubscribe",
    "unsuspend",
    "update",
    "upgrade",
    "upload",
    "upsert",
    "validate",
    "verify",
    "view",
    "void",
    "vote",
    "watch",
    "withdraw",
    "write",
];

#[cfg(test)]
mod tests {
    use super::{VERBS, join_words, split_words};

    #[test]
    fn the_verbs_are_sorted() {
        assert!(VERBS.is_sorted());
    }

    #[test]
    fn names_are_split_and_joined() {
        let cases = [
            ("listOAuth2Clients", "list_oauth2_clients"),
            ("repos/list-commits", "repos_list_commits"),
            ("2fa", "n2fa"),
            ("@me", "me"),
            ("", ""),
        ];
        for (name, joined) in cases {
            assert_eq!(join_words(&split_words(name)), joined);
        }
    }
}
