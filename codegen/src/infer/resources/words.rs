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

/// Joins words to a name: `list`, `clients` is `list_clients`. A name never starts with a digit:
/// `3d_secure` is `three_d_secure`.
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
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), _) if unicode_ident::is_xid_start(first) => name,
        (Some(first), Some(second)) if second.is_alphabetic() => match spell_digit(first) {
            Some(digit) => format!("{digit}_{}", name.get(first.len_utf8()..).unwrap_or_default()),
            None => format!("n{name}"),
        },
        (Some(_), _) => format!("n{name}"),
        (None, _) => name,
    }
}

fn spell_digit(digit: char) -> Option<&'static str> {
    let names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    names.get(usize::try_from(digit.to_digit(10)?).ok()?).copied()
}

/// Returns whether a word is a verb that names what an operation does.
pub fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}

/// Returns whether a verb is a noun as often, so that it can begin a compound: `login_links`.
pub fn is_noun(verb: &str) -> bool {
    [
        "backup",
        "charge",
        "export",
        "filter",
        "import",
        "load",
        "login",
        "play",
        "process",
        "query",
        "record",
        "refund",
        "report",
        "request",
        "return",
        "run",
        "schedule",
        "search",
        "share",
        "sign",
        "store",
        "stream",
        "test",
        "track",
        "transfer",
        "transition",
        "vote",
    ]
    .contains(&verb)
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
    "compact",
    "compare",
    "complete",
    "compute",
    "confirm",
    "connect",
    "consume",
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
            ("2fa", "two_fa"),
            ("3d_secure", "three_d_secure"),
            ("2020", "n2020"),
            ("@me", "me"),
            ("", ""),
        ];
        for (name, joined) in cases {
            assert_eq!(join_words(&split_words(name)), joined);
        }
    }
}
