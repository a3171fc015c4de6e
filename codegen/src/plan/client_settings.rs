//! Parameters that are set once for all calls of a client.

use super::naming::{Case, Name, change_case, escape, setting_name_key};
use super::samples::parameter_sample;
use super::{ClientSetting, Context, RustType, TypeItem, doc};
use crate::ir;

/// Plans every setting.
pub(super) fn plan(context: &Context<'_>, items: &[Option<TypeItem>]) -> Vec<ClientSetting> {
    let plan = |setting: &ir::ClientSetting| {
        let setter = context.names.builder.get(&setting_name_key(setting))?.clone();
        let parameter = setting.parameters(context.api).next()?;
        let ty = match context.rust_type(&parameter.ty) {
            RustType::Option(inner) => *inner,
            ty => ty,
        };
        let default = setting.parameters(context.api).find_map(|it| it.default.as_ref());
        let default = default.map(ir::Literal::text);
        let location = match setting.location {
            ir::ParameterIn::Header => "header",
            ir::ParameterIn::Path => "path parameter",
            ir::ParameterIn::Query => "query parameter",
            ir::ParameterIn::Cookie => "cookie",
        };
        let sets = format!("Sets the {location} {} of all calls", doc::inline_code(&setting.wire));
        let end = match &default {
            Some(default) => {
                format!("{sets}. By default, it is {}.", doc::inline_code(default))
            }
            None => format!("{sets}, which most of them require."),
        };
        Some(ClientSetting {
            constant: setting_constant(&setter),
            sample: parameter_sample(context, items, parameter, &ty),
            doc: doc::join(
                doc::wrapped(&end),
                doc::item_doc(&context.links, &parameter.doc, setter.as_str()),
            ),
            setter,
            wire: setting.wire.clone(),
            location: setting.location,
            ty,
            default,
        })
    };
    context.api.settings.iter().filter_map(plan).collect()
}

/// Returns the statics of the settings that an operation requires.
pub(super) fn operation_settings(context: &Context<'_>, operation: &ir::Operation) -> Vec<Name> {
    let is_required = |setting: &&ir::ClientSetting| {
        let parameter = operation.parameter(setting.location, &setting.wire);
        parameter.is_some_and(|parameter| parameter.is_setting)
    };
    let settings = context.api.settings.iter().filter(is_required);
    let setters = settings.filter_map(|it| context.names.builder.get(&setting_name_key(it)));
    setters.map(setting_constant).collect()
}

/// Returns the static for a builder method: `account` → `ACCOUNT`.
fn setting_constant(setter: &Name) -> Name {
    escape(change_case(setter.as_str(), Case::Shouty))
}
