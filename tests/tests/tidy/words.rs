//! The vocabulary: words that must not come back, each with the word to use.
//!
//! LANGUAGE: the code base says what OpenAPI, HTTP and Rust's API guidelines say, and one concept
//! has one name. Comments, string literals and identifiers of every Rust file are searched, and the
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

/// Words that must not occur, in any inflection listed, as a word of a text or as a part of an
/// identifier. The second column says what to write instead.
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
    (&["riddle", "riddles"], "question"),
    (&["eth"], "index"),
    (&["bespoken", "foreseeable"], "known"),
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
    ("told apart", "distinguished"),
    ("tell apart", "distinguish"),
    ("tells apart", "distinguishes"),
    ("stands apart", "is separate"),
    ("let be", "ignored"),
    ("look on", "observe"),
    ("looks on", "observes"),
    ("give way", "lose to"),
    ("gives way", "loses to"),
    ("the page holds", "the page wins"),
    ("left out", "unsupported, skipped, omitted"),
    ("leaves out", "skips, omits"),
    ("leave out", "skip, omit"),
    ("is asked for", "is requested, is required"),
    ("what fits none", "any other value"),
    ("the vendor's words", "the wire value, the documented text"),
    ("words of the vendor", "the wire value, the documented text"),
    ("required members", "required fields"),
    ("with nothing between", "infinitely recursive"),
    ("the call is made again", "the call is retried"),
    ("made again", "retried"),
    ("how many-eth", "the index of"),
    ("makes of it", "converts it into"),
    ("is made of it", "it is converted into"),
    ("has no say", "is ignored"),
    ("is not worth a word", "is not reported"),
    ("a circle of", "a circular"),
    ("in a circle", "circular"),
    ("of one's own", "custom"),
    ("the word for the next page", "the cursor of the next page"),
];

/// Phrases that must not occur in generated code: its readers know requests, responses and fields.
const GENERATED: &[(&str, &str)] = &[("the description", "the API documentation")];

/// Names that say nothing about their object, forbidden for free functions.
const FUNCTIONS: &[&str] = &[
    "of", "text", "one", "all", "named", "words", "fits", "told", "said", "asked", "apart", "held",
    "made", "settle",
];

/// Quotations of other people's text, which are kept as they are: a file, and the words around the
/// relapse.
const QUOTATIONS: &[(&str, &str)] = &[];

/// What a file says where: comments and literals by line, and identifiers by line.
#[derive(Default)]
struct Text {
    prose: Vec<(usize, String)>,
    identifiers: Vec<(usize, String)>,
    functions: Vec<(usize, String)>,
}

/// Splits a Rust file into prose and identifiers.
fn split_rust(source: &str) -> Text {
    let mut text = Text::default();
    for (index, line) in source.lines().enumerate() {
        // A comment behind code is a comment too, if no quote stands before it.
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
    // A doc comment is prose already; here it would be an attribute with a literal.
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
    /// Methods are left out: they are called on a value, or with the name of their type.
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let name = &function.sig.ident;
        self.functions.push((name.span().start().line, name.to_string()));
        visit::visit_item_fn(self, function);
    }
}

/// The words of an identifier or of a text, in lower case.
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

/// The relapses of a text: line and advice.
fn find_relapses(path: &str, text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    let all = text.prose.iter().chain(&text.identifiers);
    for (line, part) in all {
        for word in split_words(part) {
            if let Some((_, advice)) = WORDS.iter().find(|(words, _)| words.contains(&&*word)) {
                report(&mut found, (path, *line, part), &word, advice);
            }
        }
    }
    let is_generated = path.starts_with("generated/");
    for (line, part) in &text.prose {
        let lower = part.to_lowercase();
        let generated = if is_generated { GENERATED } else { &[] };
        for (phrase, advice) in PHRASES.iter().chain(generated) {
            if contains_phrase(&lower, phrase) {
                report(&mut found, (path, *line, part), phrase, advice);
            }
        }
    }
    for (line, name) in &text.functions {
        if FUNCTIONS.contains(&&**name) {
            let advice = "a name that says what the function works on";
            report(&mut found, (path, *line, name), name, advice);
        }
    }
    found
}

/// Whether `text` holds the phrase as whole words.
fn contains_phrase(text: &str, phrase: &str) -> bool {
    let text = text.replace("there is none", "");
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn report(found: &mut Vec<String>, at: (&str, usize, &str), word: &str, advice: &str) {
    let (path, line, part) = at;
    if !QUOTATIONS.iter().any(|(file, quote)| *file == path && part.contains(quote)) {
        found.push(format!("{path}:{line}: `{word}`: write {advice}\n      {}", part.trim()));
    }
}

#[test]
fn the_vocabulary_is_plain_english() {
    let mut found = Vec::new();
    for Source { path, text } in FOLDERS.iter().flat_map(|folder| sources(folder)) {
        if path != THIS_FILE {
            found.extend(find_relapses(&path, &split_rust(&text)));
            found.extend(find_relapses(&path, &split_path(&path)));
        }
    }
    for path in DOCUMENTS {
        let lines = read(path);
        let prose = lines.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned()));
        found.extend(find_relapses(path, &Text { prose: prose.collect(), ..Text::default() }));
    }
    assert_none("one concept, one standard word (tests/tests/tidy/words.rs)", &found);
}

/// The path as one identifier.
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
        ("xtask/src/a.rs", "fn read() { println!(\"{x} cannot be told apart\"); }"),
        ("generated/src/a.rs", "/// A value that the description lists.\nenum A {}"),
        ("tests/tests/a.rs", "fn a_packed_body_is_refused() {}"),
        ("runtime/src/a.rs", "fn send() { retry() } // is made again"),
        ("runtime/src/a.rs", "macro_rules! m { () => { $crate::answers!() } }"),
        ("codegen/src/a.rs", "mod misfit;"),
    ];
    for (path, source) in planted {
        let found = find_relapses(path, &split_rust(source));
        assert_eq!(found.len(), 1, "{source}: {found:?}");
    }
    assert_eq!(find_relapses("tests/answers.rs", &split_path("tests/answers.rs")).len(), 1);
    let plain =
        "/// Reads a response: each of its fields.\nfn read_response() { \"is nonempty\"; }";
    assert!(find_relapses("runtime/src/a.rs", &split_rust(plain)).is_empty());
}
