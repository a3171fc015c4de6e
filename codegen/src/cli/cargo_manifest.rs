//! The `Cargo.toml` of a generated crate, of which only some parts are generated. The user's own parts
//! stay as they are.

use toml_edit::{DocumentMut, Item, TableLike, TomlError};

/// The keys of `[package]` that the generated code determines.
const PACKAGE: [&str; 2] = ["edition", "rust-version"];

/// The parts of `Cargo.toml` that the configuration sets.
#[derive(Debug)]
pub(super) struct Additions<'a> {
    /// The package's name.
    pub name: Option<&'a str>,
    /// Keys of `[package]`.
    pub package: &'a toml::Table,
    /// Keys of `[dependencies]`.
    pub dependencies: &'a toml::Table,
}

/// Returns the package name of a manifest.
pub(super) fn name(manifest: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// Returns the manifest on disk with the generated parts up to date, or `generated` if the file is missing.
/// The configuration's parts are set in both cases.
pub(super) fn update(
    on_disk: Option<&str>,
    generated: &str,
    additions: &Additions<'_>,
) -> Result<String, TomlError> {
    let new: DocumentMut = generated.parse()?;
    let mut manifest = match on_disk {
        None => new.clone(),
        Some(text) => text.parse()?,
    };
    let generated = |name: &str| new.get(name).and_then(Item::as_table_like);
    for table in ["package", "features", "dependencies"] {
        if let Some(source) = generated(table) {
            set(&mut manifest, table, source, |key| table != "package" || PACKAGE.contains(&key));
        }
    }
    let mut package = additions.package.clone();
    if let Some(name) = additions.name {
        package.insert("name".to_owned(), name.into());
    }
    for (table, entries) in [("package", &package), ("dependencies", additions.dependencies)] {
        let source: DocumentMut = entries.to_string().parse()?;
        set(&mut manifest, table, source.as_table(), |_| true);
    }
    Ok(manifest.to_string())
}

/// Sets entries of the table `name`. An entry that has the same value stays as it is written.
fn set(
    manifest: &mut DocumentMut,
    name: &str,
    source: &dyn TableLike,
    is_set: impl Fn(&str) -> bool,
) {
    let table = manifest.entry(name).or_insert_with(toml_edit::table);
    let Some(table) = table.as_table_like_mut() else { return };
    for (key, item) in source.iter().filter(|(key, _)| is_set(key)) {
        match table.get_mut(key) {
            Some(old) if plain(old) == plain(item) => {}
            Some(old) => *old = item.clone(),
            None => {
                table.insert(key, item.clone());
                // The comment above it.
                if let (Some(mut new), Some(source)) = (table.key_mut(key), source.key(key)) {
                    *new.leaf_decor_mut() = source.leaf_decor().clone();
                }
            }
        }
    }
}

/// Returns the value of an entry without its layout.
fn plain(item: &Item) -> Option<toml::Value> {
    let mut document = DocumentMut::new();
    document.insert("entry", item.clone());
    toml::from_str::<toml::Table>(&document.to_string()).ok()?.remove("entry")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATED: &str = "# header\n\n[package]\nname = \"acme\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
        publish = false\n\n[features]\n# Spans.\ntracing = [\"docwright-runtime/tracing\"]\n\n\
        [dependencies]\ndocwright-runtime = { path = \"../docwright-runtime\" }\n";

    fn updated(on_disk: Option<&str>) -> String {
        let (package, dependencies) = Default::default();
        let additions = Additions { name: None, package: &package, dependencies: &dependencies };
        update(on_disk, GENERATED, &additions).unwrap()
    }

    #[test]
    fn a_new_manifest_is_the_generated_one() {
        assert_eq!(updated(None), GENERATED);
        assert_eq!(updated(Some(GENERATED)), GENERATED);
    }

    #[test]
    fn the_parts_of_the_user_stay_and_the_generated_ones_are_restored() {
        let own = GENERATED
            .replace("0.1.0", "2.3.4")
            .replace("publish = false", "license = \"MIT\" # ours")
            .replace("[dependencies]\n", "[dependencies]\nanyhow = \"1\"\n")
            .replace("[features]\n", "[features]\nours = []\n");
        assert_eq!(updated(Some(&own)), own);
        let stale = own.replace("runtime/tracing", "runtime/traces").replace("2024", "2021");
        assert_eq!(updated(Some(&stale)), own);
    }

    #[test]
    fn the_configuration_sets_the_name_the_licence_and_dependencies() {
        let package = "license = \"MIT\"".parse().unwrap();
        let dependencies = "anyhow = { version = \"1\" }".parse().unwrap();
        let additions =
            Additions { name: Some("pay"), package: &package, dependencies: &dependencies };
        let text = update(Some(GENERATED), GENERATED, &additions).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        assert_eq!(name(&text).as_deref(), Some("pay"));
        assert_eq!(manifest["package"]["license"].as_str(), Some("MIT"));
        assert_eq!(manifest["dependencies"]["anyhow"]["version"].as_str(), Some("1"));
        assert_eq!(update(Some(&text), GENERATED, &additions).unwrap(), text);
    }
}
