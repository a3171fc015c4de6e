//! The raw schemas at the location of a difference.

use docwright::ir::Status;
use docwright::source::{Node, escape};

use super::difference::{Difference, Top};
use super::side::Side;

impl Side {
    /// The schemas that stand where `found` was met: one per media type.
    pub fn schemas(&self, found: &Difference) -> Vec<&Node> {
        match &found.top {
            Top::Operation => Vec::new(),
            Top::Argument(..) => self
                .parameters(found)
                .into_iter()
                .filter_map(|(_, node)| node.get("schema"))
                .collect(),
            Top::Body => {
                let body = self.operation(found).and_then(|node| node.get("requestBody"));
                body.into_iter().flat_map(|body| self.contents(body)).collect()
            }
            Top::Response(_) => self
                .responses(found)
                .into_iter()
                .flat_map(|response| self.contents(response))
                .collect(),
        }
    }

    /// The responses that `found` stands in, as they are written.
    pub fn responses(&self, found: &Difference) -> Vec<&Node> {
        let wanted = match &found.top {
            Top::Response(Some(Status::Code(code))) => code.to_string(),
            Top::Response(Some(Status::Range(digit))) => format!("{digit}XX"),
            Top::Response(Some(Status::Default)) => "default".to_owned(),
            Top::Response(None) => "2".to_owned(),
            _ => return Vec::new(),
        };
        let responses = self.operation(found).and_then(|node| node.get("responses")?.as_object());
        let is_it = |status: &str| match found.top {
            Top::Response(None) => status.starts_with(&wanted) || status == "default",
            _ => status == wanted,
        };
        responses
            .into_iter()
            .flatten()
            .filter(|(status, _)| is_it(status))
            .map(|(_, a)| a)
            .collect()
    }

    /// Every response of the operation, as it is written.
    pub fn all_responses(&self, found: &Difference) -> Vec<&Node> {
        let responses = self.operation(found).and_then(|node| node.get("responses")?.as_object());
        responses.into_iter().flat_map(|map| map.values()).collect()
    }

    /// The key of the component that the body is a reference to.
    pub fn shared_body(&self, found: &Difference) -> Option<&str> {
        self.operation(found)?.get("requestBody")?.get("$ref")?.as_str()?.rsplit('/').next()
    }

    /// The component of this key.
    pub fn schema(&self, key: &str) -> Option<&Node> {
        self.openapi.pointer("/components/schemas")?.get(key)
    }

    /// The components that are parts of the `allOf` whose members the difference is among.
    pub fn parts(&self, found: &Difference) -> Vec<&str> {
        let owner = self.component(&found.within.0).and_then(|key| self.schema(key));
        let mut left: Vec<&Node> = match owner {
            Some(schema) => vec![schema],
            None => self.schemas(found).into_iter().filter_map(|s| self.resolved(s)).collect(),
        };
        let mut keys = Vec::new();
        while let Some(schema) = left.pop() {
            for part in schema.get("allOf").and_then(Node::as_array).unwrap_or_default() {
                let reference = part.get("$ref").and_then(Node::as_str);
                let key = reference.and_then(|r| r.strip_prefix("#/components/schemas/"));
                match key {
                    Some(key) if !keys.contains(&key) => {
                        keys.push(key);
                        left.extend(self.schema(key));
                    }
                    Some(_) => (),
                    None => left.push(part),
                }
            }
        }
        keys
    }

    /// A schema, through components that are only another name for it.
    pub fn resolved<'n>(&'n self, mut node: &'n Node) -> Option<&'n Node> {
        for _ in 0..16 {
            let only = node.get("allOf").and_then(Node::as_array).filter(|parts| parts.len() == 1);
            let only = only.filter(|_| node.get("properties").is_none());
            node = match only {
                Some([only]) => only,
                _ if node.get("$ref").is_some() => self.target(node)?,
                _ => return Some(node),
            };
        }
        None
    }

    fn target<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => self.openapi.pointer(reference.strip_prefix('#')?),
            None => Some(node),
        }
    }

    fn item(&self, found: &Difference) -> Option<&Node> {
        let (_, path) = found.operation.split_once(' ')?;
        self.openapi.pointer(&format!("/paths/{}", escape(path)))
    }

    fn operation(&self, found: &Difference) -> Option<&Node> {
        let (method, _) = found.operation.split_once(' ')?;
        self.item(found)?.get(&method.to_lowercase())
    }

    /// The keys of the components that the parameter is a reference to.
    pub fn shared_parameters(&self, found: &Difference) -> Vec<&str> {
        let references =
            self.parameters(found).into_iter().filter_map(|(node, _)| node.get("$ref"));
        let keys = references.filter_map(|reference| reference.as_str()?.rsplit('/').next());
        keys.collect()
    }

    /// The parameter that `found` stands in: as it is written, and what that refers to.
    pub fn parameters(&self, found: &Difference) -> Vec<(&Node, &Node)> {
        let Top::Argument(location, wire) = &found.top else { return Vec::new() };
        let location = format!("{location:?}").to_lowercase();
        let is_it = |node: &Node| {
            node.get("name").and_then(Node::as_str) == Some(wire)
                && node.get("in").and_then(Node::as_str) == Some(&location)
        };
        let both = [self.operation(found), self.item(found)];
        let lists =
            both.into_iter().flatten().filter_map(|node| node.get("parameters")?.as_array());
        let all = lists.flatten().filter_map(|node| Some((node, self.target(node)?)));
        all.filter(|(_, node)| is_it(node)).collect()
    }

    /// The media types of the body.
    pub fn media(&self, found: &Difference) -> Vec<&Node> {
        let body = self.operation(found).and_then(|node| node.get("requestBody"));
        let content = body.and_then(|body| self.target(body)?.get("content")?.as_object());
        content.into_iter().flat_map(|map| map.values()).collect()
    }

    fn contents<'n>(&'n self, node: &'n Node) -> Vec<&'n Node> {
        let content = self.target(node).and_then(|node| node.get("content")?.as_object());
        content.into_iter().flat_map(|map| map.values()).filter_map(|m| m.get("schema")).collect()
    }
}
