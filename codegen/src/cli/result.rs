//! The result of `docwright generate` and `docwright check` as JSON.

use serde_json::{Value, json};

use super::client::Generated;
use super::{disk, stale};
use crate::source::render;

/// Returns the clients with their figures, changed files and problems. `key` and `status` are the result
/// of the command.
pub(super) fn to_json(generated: &[Generated], key: &str, status: &Value) -> Value {
    let client = |client: &Generated| {
        let vendor = client.output.vendors.first();
        let changes = client.compared_folders().flat_map(|folder| {
            folder.changes.iter().map(|change| {
                let path = disk::display_path(&disk::join_path(&folder.dir, &change.path));
                json!({ "path": path, "change": stale::change_name(change.kind) })
            })
        });
        json!({
            "name": vendor.map(|it| &it.name),
            "folder": disk::display_path(&client.folder),
            "pages": vendor.map(|it| it.pages),
            "operations": vendor.map(|it| it.operations),
            "types": vendor.map(|it| it.types),
            "error_codes": vendor.map(|it| it.error_codes),
            "inferred": vendor.map(|it| &it.inferred),
            "changes": changes.collect::<Vec<_>>(),
            "api_changes": client.record.to_json(&client.output.sources),
            "problems": render::to_json(&client.output.sources, &client.output.report),
        })
    };
    json!({ key: status, "clients": generated.iter().map(client).collect::<Vec<_>>() })
}
