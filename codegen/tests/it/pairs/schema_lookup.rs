//! Looks up the nodes of the OpenAPI document that belong to a difference.

use docwright::ir::Status;
use docwright::source::{Node, escape};

use super::difference::{Difference, OperationPart};
use super::form::ApiForm;

impl ApiForm {
    /// Returns the schemas of the part of the operation that differs, one per media type.
    pub fn schemas(&self, difference: &Difference) -> Vec<&Node> {
        match &difference.part {
            OperationPart::Operation => Vec::new(),
            OperationPart::Parameter(..) => self
                .parameters(difference)
                .into_iter()
                .filter_map(|(_, node)| node.get("schema"))
                .collect(),
            OperationPart::Body => {
                let body = self.operation(difference).and_then(|node| node.get("requestBody"));
                body.into_iter().flat_map(|body| self.media_schemas(body)).collect()
            }
            OperationPart::Response(_) => self
                .responses(difference)
                .into_iter()
                .flat_map(|response| self.media_schemas(response))
                .collect(),
        }
    }

    /// Returns the responses that differ, without resolving references.
    pub fn responses(&self, difference: &Difference) -> Vec<&Node> {
        let key = match &difference.part {
            OperationPart::Response(Some(Status::Code(code))) => code.to_string(),
            OperationPart::Response(Some(Status::Range(digit))) => format!("{digit}XX"),
            OperationPart::Response(Some(Status::Default)) => "default".to_owned(),
            OperationPart::Response(None) => "2".to_owned(),
            _ => return Vec::new(),
        };
        let responses =
            self.operation(difference).and_then(|node| node.get("responses")?.as_object());
        let has_key = |status: &str| match difference.part {
            OperationPart::Response(None) => status.starts_with(&key) || status == "default",
            _ => status == key,
        };
        responses
            .into_iter()
            .flatten()
            .filter(|(status, _)| has_key(status))
            .map(|(_, response)| response)
            .collect()
    }

    /// Returns all responses of the operation, without resolving references.
    pub fn all_responses(&self, difference: &Difference) -> Vec<&Node> {
        let responses =
            self.operation(difference).and_then(|node| node.get("responses")?.as_object());
        responses.into_iter().flat_map(|map| map.values()).collect()
    }

    /// Returns the key of the component that the request body refers to.
    pub fn shared_body_key(&self, difference: &Difference) -> Option<&str> {
        self.operation(difference)?.get("requestBody")?.get("$ref")?.as_str()?.rsplit('/').next()
    }

    /// Returns the component schema with this key.
    pub fn schema(&self, key: &str) -> Option<&Node> {
        self.document.pointer("/components/schemas")?.get(key)
    }

    /// Returns the keys of the components that are parts of the `allOf` in which the difference is.
    pub fn all_of_part_keys(&self, difference: &Difference) -> Vec<&str> {
        let owner = self.component(&difference.name_prefixes.0).and_then(|key| self.schema(key));
        let mut pending: Vec<&Node> = match owner {
            Some(schema) => vec![schema],
            None => {
                self.schemas(difference).into_iter().filter_map(|s| self.resolve_alias(s)).collect()
            }
        };
        let mut keys = Vec::new();
        while let Some(schema) = pending.pop() {
            for part in schema.get("allOf").and_then(Node::as_array).unwrap_or_default() {
                let reference = part.get("$ref").and_then(Node::as_str);
                let key = reference.and_then(|r| r.strip_prefix("#/components/schemas/"));
                match key {
                    Some(key) if !keys.contains(&key) => {
                        keys.push(key);
                        pending.extend(self.schema(key));
                    }
                    Some(_) => (),
                    None => pending.push(part),
                }
            }
        }
        keys
    }

    /// Resolves references, and `allOf` with a single part.
    pub fn resolve_alias<'n>(&'n self, mut node: &'n Node) -> Option<&'n Node> {
        for _ in 0..16 {
            let only = node.get("allOf").and_then(Node::as_array).filter(|parts| parts.len() == 1);
            let only = only.filter(|_| node.get("properties").is_none());
            node = match only {
                Some([only]) => only,
                _ if node.get("$ref").is_some() => self.resolve(node)?,
                _ => return Some(node),
            };
        }
        None
    }

    fn resolve<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => self.document.pointer(reference.strip_prefix('#')?),
            None => Some(node),
        }
    }

    fn path_item(&self, difference: &Difference) -> Option<&Node> {
        let (_, path) = difference.operation.split_once(' ')?;
        self.document.pointer(&format!("/paths/{}", escape(path)))
    }

    fn operation(&self, difference: &Difference) -> Option<&Node> {
        let (method, _) = difference.operation.split_once(' ')?;
        self.path_item(difference)?.get(&method.to_lowercase())
    }

    /// Returns the keys of the components that the parameter refers to.
    pub fn shared_parameter_keys(&self, difference: &Difference) -> Vec<&str> {
        let references =
            self.parameters(difference).into_iter().filter_map(|(node, _)| node.get("$ref"));
        let keys = references.filter_map(|reference| reference.as_str()?.rsplit('/').next());
        keys.collect()
    }

    /// Returns the parameter that differs, without and with its reference resolved.
    pub fn parameters(&self, difference: &Difference) -> Vec<(&Node, &Node)> {
        let OperationPart::Parameter(location, wire) = &difference.part else { return Vec::new() };
        let location = format!("{location:?}").to_lowercase();
        let is_parameter = |node: &Node| {
            node.get("name").and_then(Node::as_str) == Some(wire)
                && node.get("in").and_then(Node::as_str) == Some(&location)
        };
        let nodes = [self.operation(difference), self.path_item(difference)];
        let lists =
            nodes.into_iter().flatten().filter_map(|node| node.get("parameters")?.as_array());
        let parameters = lists.flatten().filter_map(|node| Some((node, self.resolve(node)?)));
        parameters.filter(|(_, node)| is_parameter(node)).collect()
    }

    /// Returns whether the parameter that differs is declared for all operations of its path.
    pub fn is_path_item_parameter(&self, difference: &Difference) -> bool {
        let own = self.operation(difference).and_then(|node| node.get("parameters")?.as_array());
        let is_own = |node: &Node| own.is_some_and(|own| own.contains(node));
        self.parameters(difference).iter().any(|(node, _)| !is_own(node))
    }

    /// Returns the media types of the request body.
    pub fn media(&self, difference: &Difference) -> Vec<&Node> {
        let body = self.operation(difference).and_then(|node| node.get("requestBody"));
        let content = body.and_then(|body| self.resolve(body)?.get("content")?.as_object());
        content.into_iter().flat_map(|map| map.values()).collect()
    }

    fn media_schemas<'n>(&'n self, node: &'n Node) -> Vec<&'n Node> {
        let content = self.resolve(node).and_then(|node| node.get("content")?.as_object());
        content.into_iter().flat_map(|map| map.values()).filter_map(|m| m.get("schema")).collect()
    }
}
