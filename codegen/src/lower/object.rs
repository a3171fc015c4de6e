//! Objects.

use super::Lower;
use super::duplicate_properties::DuplicateProperty;
use super::schema::{AdditionalProperties, Schema, SchemaId};
use super::schema_type::{LoweredSchema, LoweredUse};
use crate::ir::{Api, Constraints, Field, Literal, Shape, Struct, Type};
use crate::manifest::{Manifest, matches_value};
use crate::report::{Problem, Report, suggest};
use crate::source::unescape;

impl<'a> Lower<'a> {
    /// Lowers an object: to a struct if it declares properties, else to a map.
    pub fn object(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        if schema.properties.is_empty() {
            return match schema.additional {
                AdditionalProperties::Forbidden => {
                    // `required` cannot be met: there are no properties, declared or additional.
                    self.undeclared_required(schema);
                    LoweredSchema::Def(Shape::Struct(Struct::default()))
                }
                AdditionalProperties::Unspecified | AdditionalProperties::Any => {
                    LoweredSchema::Type(Type::Map(Box::new(Type::Any)))
                }
                AdditionalProperties::Schema(id) => {
                    LoweredSchema::Type(Type::Map(Box::new(self.element_type(id))))
                }
            };
        }
        let additional = self.kept_additional(schema);
        let mut fields = self.fields(schema);
        let undeclared = self.undeclared_required(schema);
        if !matches!(additional, AdditionalProperties::Any | AdditionalProperties::Schema(_)) {
            fields.extend(
                undeclared.into_iter().map(|name| new_field(name, false, LoweredUse::any())),
            );
        }
        let (additional, constraints) = match additional {
            AdditionalProperties::Unspecified | AdditionalProperties::Forbidden => (None, None),
            AdditionalProperties::Any => (Some(Type::Any), None),
            AdditionalProperties::Schema(id) => {
                (Some(self.element_type(id)), Some(self.schemas.limits(id)))
            }
        };
        let constraints = constraints.filter(|it| *it != Constraints::default());
        let additional_constraints = constraints.map(Box::new);
        LoweredSchema::Def(Shape::Struct(Struct { fields, additional, additional_constraints }))
    }

    /// Returns the properties that are kept besides the declared ones. `true` alone only means that a
    /// server may add some later, so they are ignored unless `vendor.toml` keeps them.
    fn kept_additional(&self, schema: &Schema<'a>) -> AdditionalProperties {
        let patterns = &self.manifest.additional_properties;
        let is_kept = || patterns.iter().any(|it| is_match(it, &schema.cursor.pointer));
        match schema.additional {
            AdditionalProperties::Any if !is_kept() => AdditionalProperties::Unspecified,
            additional => additional,
        }
    }

    fn fields(&mut self, schema: &Schema<'a>) -> Vec<Field> {
        let mut fields = Vec::with_capacity(schema.properties.len());
        for (wire, schemas) in &schema.properties {
            let required = schema.required.contains(wire);
            let narrowed_to = self.narrowed_values(schemas);
            let schemas = schemas.iter().flat_map(|id| self.property_schemas(*id));
            let schemas: Vec<SchemaId> = schemas.collect();
            let mut declarations = Vec::with_capacity(schemas.len());
            for id in schemas {
                self.annotate_property(&schema.cursor.pointer, wire, id);
                let field = new_field(wire, required, self.lower_use(id));
                let field = Field { narrowed_to: narrowed_to.clone(), ..field };
                declarations.push((self.schemas.get(id).cursor.clone(), field));
            }
            let Some((_, last)) = declarations.last() else { continue };
            fields.push(last.clone());
            if declarations.len() > 1 {
                self.duplicates.push(DuplicateProperty::new(&schema.cursor, wire, declarations));
            }
        }
        fields
    }

    /// Returns the strings that the declarations of a property list, if they may be fewer than those
    /// of its type: the shortest of their lists.
    fn narrowed_values(&self, declarations: &[SchemaId]) -> Vec<String> {
        let resolved = |id: &SchemaId| self.schemas.resolved(*id);
        let schemas: Vec<_> = declarations.iter().map(resolved).collect();
        if let [only] = schemas.as_slice()
            && only.all_of.is_empty()
        {
            return Vec::new();
        }
        let parts = schemas.iter().flat_map(|schema| &schema.all_of).map(resolved);
        let lists = schemas.iter().cloned().chain(parts).filter(|it| !it.values.is_empty());
        let Some(shortest) = lists.min_by_key(|it| it.values.len()) else { return Vec::new() };
        let strings = shortest.values.iter().map(|value| match &value.wire {
            Literal::String(text) => Some(text.clone()),
            _ => None,
        });
        strings.collect::<Option<_>>().unwrap_or_default()
    }

    /// Returns the schemas that declare a property: the parts if its schema is just an `allOf` of
    /// several arrays, because their item types can only be merged once all types are known. Else
    /// its schema.
    fn property_schemas(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.schemas.get(id);
        let is_all_of_only = schema.cursor.node.as_object().is_some_and(|map| map.len() == 1);
        let is_array = |part: &SchemaId| self.schemas.resolved(*part).items.is_some();
        if is_all_of_only && schema.all_of.len() > 1 && schema.all_of.iter().all(is_array) {
            return schema.all_of.clone();
        }
        vec![id]
    }

    /// Reports and returns the names in `required` that are not declared as properties. As this may
    /// be a mistake, they become optional fields that allow any value.
    fn undeclared_required(&mut self, schema: &Schema<'a>) -> Vec<&'a str> {
        let mut undeclared = schema.required.clone();
        undeclared.retain(|name| !schema.properties.contains_key(*name));
        for name in &undeclared {
            let message =
                format!("`required` lists `{name}`, but no property of that name is declared");
            let problem = Problem::warning(schema.cursor.location_of("required"), message);
            self.report
                .push(problem.help("declare it under `properties`, or remove it from `required`"));
        }
        undeclared
    }
}

/// Whether a pattern of `additional_properties` matches the schema at `pointer`.
fn is_match(pattern: &str, pointer: &str) -> bool {
    let key = pointer.strip_prefix("/components/schemas/").unwrap_or(pointer);
    matches_value(pattern, &unescape(key), pointer)
}

/// Reports the patterns of `additional_properties` that match no struct with such properties.
pub fn report_unmatched_patterns(api: &Api, manifest: &Manifest, report: &mut Report) {
    let with_additional = api.types.iter().filter(|def| match &def.shape {
        Shape::Struct(shape) => shape.additional == Some(Type::Any),
        Shape::Enum(_) | Shape::Id | Shape::Union(_) => false,
    });
    let pointers: Vec<&str> = with_additional.map(|def| def.pointer.as_str()).collect();
    for (index, pattern) in manifest.additional_properties.iter().enumerate() {
        if pointers.iter().any(|pointer| is_match(pattern, pointer)) {
            continue;
        }
        let location = manifest.location(&["additional_properties", &index.to_string()]);
        let message = format!(
            "`{pattern}` in `additional_properties` matches no type with `additionalProperties: true`"
        );
        let others = api.components.keys().map(String::as_str).filter(|key| key != pattern);
        let help = suggest(pattern, others, "name such a component, or remove it");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}

fn new_field(wire: &str, required: bool, schema: LoweredUse) -> Field {
    let LoweredUse { ty, nullable, metadata } = schema;
    Field {
        wire: wire.to_owned(),
        ty,
        narrowed_to: Vec::new(),
        required,
        nullable,
        read_only: metadata.read_only,
        write_only: metadata.write_only,
        computed: false, // inferred
        personal: false,
        constant: None,
        default: metadata.default,
        constraints: metadata.constraints,
        error_triggers: Vec::new(),
        doc: metadata.doc,
    }
}
