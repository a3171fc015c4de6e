//! Every keyword of the documents and pages of the corpus is counted once.

use std::path::{Path, PathBuf};

use docwright::{Input, Vendor};

use crate::corpus;
use crate::coverage::check_coverage;

fn read_folder(folder: &Path) -> Vec<Input> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| {
        path.is_file()
            && !path.ends_with("overlay.yaml")
            && path.extension().is_some_and(|e| e == "md" || e == "yaml" || e == "json")
    });
    let read = |path: PathBuf| Input {
        file: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(&path).unwrap(),
    };
    files.into_iter().map(read).collect()
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn every_keyword_of_the_corpus_is_counted() {
    let corpus = corpus::folder();
    let (mut checked, mut rejected, mut keywords) = (0, 0, 0);
    for folder in ["pages/a", "pages/b", "specs"] {
        for input in read_folder(&corpus.join(folder)) {
            if input.bytes.len() > 200_000 {
                continue;
            }
            let vendor = Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() };
            match check_coverage(&vendor) {
                Some(coverage) => {
                    checked += 1;
                    keywords += coverage.keywords();
                }
                None => rejected += 1,
            }
        }
    }
    println!("{keywords} keywords of {checked} documents counted; {rejected} documents rejected");
    assert!(checked > 250, "{checked}");
}
