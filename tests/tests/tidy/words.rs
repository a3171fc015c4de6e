//! The vocabulary: words and phrases that must not be used, each with the one to use instead.
//!
//! Names, comments and messages use the terms of OpenAPI, HTTP and Rust's API guidelines, one term for
//! each concept. The comments, string literals and identifiers of all Rust files are searched, and the
//! text of the documents.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};

use crate::{Source, assert_none, read, sources};

/// The folders whose Rust files are searched.
const FOLDERS: [&str; 5] = ["codegen", "runtime", "xtask", "tests", "generated"];

/// The documents that are searched.
const DOCUMENTS: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// This file lists the words, so it is not searched.
const THIS_FILE: &str = "tests/tests/tidy/words.rs";

/// Words that must not occur in a comment, a string literal, a document or as a part of an identifier,
/// in any of the listed inflections; and the words to use instead.
const WORDS: &[(&[&str], &str)] = &[
    (&["answer", "answers", "answered", "answering", "unanswered"], "response, respond"),
    (&["member", "members"], "field (Rust, JSON), property (schema), key or entry (mapping)"),
    (&["spot", "spots"], "location, or cursor during a walk"),
    (&["misfit", "misfits"], "unmatched, invalid"),
    (&["unsaid", "untold"], "unspecified, not reported"),
    (&["packed", "unpacked", "unpack", "unpacks", "unpacking"], "compressed, decompressed"),
    (&["mend", "mends", "mended"], "fix"),
    (&["house"], "code base"),
    (&["settlement", "settlements", "unsettled"], "resolution, precedence"),
    (&["told", "said"], "reported, specified, documented, distinguished"),
    (&["asked"], "requested, required"),
    (&["apart"], "distinguished, separate"),
    (&["came", "gave"], "was received, was returned, was set"),
    (&["refused"], "rejected"),
    (&["judge", "judges", "judged"], "validator, validate"),
];

/// Phrases that must not occur in a comment, a string literal or a document.
const PHRASES: &[(&str, &str)] = &[
    ("is none", "is empty, is missing, is invalid"),
    ("are none", "are empty, are missing, are invalid"),
    ("is no name", "is not a valid name"),
    ("is no text", "is not a string"),
    ("is no media type", "is not a media type"),
    ("is no regular expression", "is not a regular expression"),
    ("is no parameter", "is not a parameter"),
    ("is no rust", "is not Rust"),
    ("is no json", "is not JSON"),
    ("is no path", "is not a path"),
    ("is no url", "is not a URL"),
    ("is no header", "is not a header"),
    ("is no struct", "is not a struct"),
    ("let be", "ignored"),
    ("look on", "observe"),
    ("looks on", "observes"),
    ("give way", "lose to"),
    ("gives way", "loses to"),
    ("left out", "unsupported, skipped, omitted"),
    ("leaves out", "skips, omits"),
    ("leave out", "skip, omit"),
    ("what fits none", "any other value"),
    ("the vendor's words", "the wire value, the documented text"),
    ("words of the vendor", "the wire value, the documented text"),
    ("required members", "required fields"),
    ("with nothing between", "infinitely recursive"),
    ("made again", "retried"),
    ("is made of it", "it is converted into"),
    ("the word for", "the name of, the cursor of"),
    ("it is no", "it is not a"),
    ("this is no", "this is not a"),
    ("that is no", "that is not a"),
    ("is not there", "is missing, does not exist"),
    ("says so", "specifies it"),
    ("says nothing", "does not specify"),
    ("says of", "documents about"),
    ("asks for", "requests, requires"),
    ("the description says", "the document specifies"),
    ("the description lists", "the document lists"),
    ("the description names", "the document defines"),
    ("what became of", "what happened to"),
    ("what becomes of", "what happens to"),
    ("what came of", "the result of"),
    ("what of the", "which parts of the"),
    ("where it stands", "its location"),
    ("they stand", "they are"),
    ("stands there", "is there, is present"),
    ("what stands", "the value, the text"),
    ("as it stands", "unchanged"),
    ("in another way", "differently"),
    ("another way than", "differently from"),
    ("goes on", "continues"),
    ("under way", "in progress"),
    ("no whole", "no complete"),
    ("of this machine", "of the local machine"),
    ("makes of", "converts into, produces from"),
    ("described in two", "defined in two"),
];

/// The folder of generated code, which also contains the vendors' own words.
const GENERATED_FOLDER: &str = "generated/";

/// Phrases that must not occur in generated code, whose readers do not know the generator's terms.
const GENERATED: &[(&str, &str)] = &[("the description", "the API documentation")];

/// Names that free functions must not have, because they do not name what the function works on.
const FUNCTIONS: &[&str] =
    &["of", "text", "one", "all", "named", "words", "fits", "held", "made", "settle"];

/// Names that a standard defines and that contain a forbidden word: the error code of RFC 9113 §7.
const STANDARD_NAMES: &[&str] = &["REFUSED_STREAM"];

/// The texts of a file, each with its line.
#[derive(Default)]
struct Text {
    /// Comments and string literals.
    prose: Vec<(usize, String)>,
    identifiers: Vec<(usize, String)>,
    /// The names of free functions.
    functions: Vec<(usize, String)>,
    /// Text that the file may quote, in one line in lower case.
    quotable: String,
}

/// Splits a Rust file into its texts.
fn split_rust(source: &str) -> Text {
    let mut text = Text::default();
    for (index, line) in source.lines().enumerate() {
        // The comment may follow code, unless that code has a string, which may contain `//`.
        let comment = line.find("//").filter(|&at| !line[..at].contains('"'));
        if let Some(at) = comment {
            text.prose.push((index + 1, line[at..].to_owned()));
        }
    }
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{error}: {source}"));
    collect_tokens(file.to_token_stream(), &mut text);
    text.visit_file(&file);
    text
}

fn collect_tokens(tokens: TokenStream, text: &mut Text) {
    // Doc comments were read as comments. As tokens, they are attributes with a literal.
    if tokens.to_string().starts_with("doc =") {
        return;
    }
    for token in tokens {
        let line = token.span().start().line;
        match token {
            TokenTree::Group(group) => collect_tokens(group.stream(), text),
            TokenTree::Ident(ident) => text.identifiers.push((line, ident.to_string())),
            TokenTree::Literal(literal) => text.prose.push((line, literal.to_string())),
            TokenTree::Punct(_) => {}
        }
    }
}

impl<'ast> Visit<'ast> for Text {
    /// Only visits free functions: a call of a method names its value or its type.
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let name = &function.sig.ident;
        self.functions.push((name.span().start().line, name.to_string()));
        visit::visit_item_fn(self, function);
    }
}

/// Splits an identifier or a text into words in lower case.
fn split_words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in text.chars() {
        let starts = letter.is_uppercase() && was_lower;
        if (starts || !letter.is_alphanumeric()) && words.last().is_some_and(|w| !w.is_empty()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase();
    }
    words
}

/// Returns every forbidden word, phrase and name in the texts of a file, with its line and advice.
fn find_relapses(path: &str, text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    let mut report = |line: usize, part: &str, word: &str, advice: &str| {
        if !contains_phrase(&text.quotable, word) {
            found.push(format!("{path}:{line}: `{word}`: write {advice}\n      {}", part.trim()));
        }
    };
    for (line, part) in text.prose.iter().chain(&text.identifiers) {
        let own_words =
            STANDARD_NAMES.iter().fold(part.clone(), |part, name| part.replace(name, " "));
        for word in split_words(&own_words) {
            if let Some((_, advice)) = WORDS.iter().find(|(words, _)| words.contains(&&*word)) {
                report(*line, part, &word, advice);
            }
        }
    }
    let is_generated = path.starts_with(GENERATED_FOLDER);
    let generated = if is_generated { GENERATED } else { &[] };
    for (index, (line, part)) in text.prose.iter().enumerate() {
        let next = text.prose.get(index + 1).filter(|(next, _)| *next == line + 1);
        let next = next.map_or_else(String::new, |(_, next)| normalise(next));
        // A phrase may continue on the next line; one that starts there is found there.
        let both = format!("{} {next}", normalise(part));
        for (phrase, advice) in PHRASES.iter().chain(generated) {
            if contains_phrase(&both, phrase) && !contains_phrase(&next, phrase) {
                report(*line, part, phrase, advice);
            }
        }
    }
    for (line, name) in &text.functions {
        if FUNCTIONS.contains(&&**name) {
            report(*line, name, name, "a name with the object that the function works on");
        }
    }
    found
}

/// Returns the text of all pages, which generated code quotes in the vendors' own words.
fn pages_text() -> String {
    let mut text = String::new();
    for folder in std::fs::read_dir(docwright_tests::root().join("specs")).expect("specs/") {
        let files = std::fs::read_dir(folder.expect("an entry").path()).expect("a folder");
        for path in files.map(|file| file.expect("an entry").path()) {
            if path.extension().is_none_or(|extension| extension != "toml") {
                text += &normalise(&std::fs::read_to_string(path).expect("a page is UTF-8"));
            }
        }
    }
    text
}

/// Returns a text in lower case and in one line, without comment markers.
fn normalise(text: &str) -> String {
    let words =
        text.split_whitespace().filter(|word| !matches!(*word, "//" | "///" | "//!" | "\\"));
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns whether `text` contains the phrase, as whole words.
fn contains_phrase(text: &str, phrase: &str) -> bool {
    let idioms = ["there is none", "there are none", "is no longer"];
    let text = idioms.iter().fold(text.to_owned(), |text, idiom| text.replace(idiom, ""));
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn the_vocabulary_is_plain_english() {
    let mut found = Vec::new();
    let pages = pages_text();
    for Source { path, text } in FOLDERS.iter().flat_map(|folder| sources(folder)) {
        if path != THIS_FILE {
            let quotable = if path.starts_with(GENERATED_FOLDER) { &pages } else { "" };
            let text = Text { quotable: quotable.to_owned(), ..split_rust(&text) };
            found.extend(find_relapses(&path, &text));
            found.extend(find_relapses(&path, &split_path(&path)));
        }
    }
    for path in DOCUMENTS {
        let lines = read(path);
        let prose = lines.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned()));
        found.extend(find_relapses(path, &Text { prose: prose.collect(), ..Text::default() }));
    }
    assert_none("use one standard word for each concept (tests/tests/tidy/words.rs)", &found);
}

/// Returns the path as an identifier.
fn split_path(path: &str) -> Text {
    Text { identifiers: vec![(0, path.to_owned())], ..Text::default() }
}

#[test]
fn a_planted_relapse_is_found() {
    let planted = [
        ("runtime/src/a.rs", "/// Reads an answer.\nstruct A;"),
        ("runtime/src/a.rs", "struct RawAnswer;"),
        ("codegen/src/a.rs", "const HELP: &str = \"the URL is none\";"),
        ("codegen/src/a.rs", "fn of(schema: &str) {}"),
        ("codegen/src/a.rs", "// Every member is read.\nfn read() {}"),
        ("codegen/src/a.rs", "fn read(body_member: u8) {}"),
        ("xtask/src/a.rs", "fn read() { println!(\"{x} is not there\"); }"),
        ("generated/src/a.rs", "/// A value of the description.\nenum A {}"),
        ("tests/tests/a.rs", "fn a_packed_body_is_rejected() {}"),
        ("runtime/src/a.rs", "fn send() { retry() } // is made again"),
        ("runtime/src/a.rs", "macro_rules! m { () => { $crate::answers!() } }"),
        ("codegen/src/a.rs", "mod misfit;"),
        ("codegen/src/a.rs", "/// Returns what the\n/// description says.\nfn read() {}"),
        ("xtask/src/a.rs", "const HELP: &str = \"the vendor's \\\n    words\";"),
    ];
    for (path, source) in planted {
        let found = find_relapses(path, &split_rust(source));
        assert_eq!(found.len(), 1, "{source}: {found:?}");
    }
    assert_eq!(find_relapses("tests/answers.rs", &split_path("tests/answers.rs")).len(), 1);
    let quoted = Text {
        quotable: "the answer to a security question".to_owned(),
        ..split_rust("/// The answer.\n/// The member.\nstruct A;")
    };
    assert_eq!(find_relapses("generated/src/a.rs", &quoted).len(), 1, "the vendor's own words");
    let plain =
        "/// Reads a response: each of its fields.\nfn read_response() { \"is nonempty\"; }";
    assert!(find_relapses("runtime/src/a.rs", &split_rust(plain)).is_empty());
}
