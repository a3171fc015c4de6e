//! Turns the callouts and components of documentation platforms into Markdown: `:::tip … :::`,
//! `{% hint %} … {% endhint %}`, `<Accordion title="…">` and quotes such as `> [!NOTE]`.

/// Components whose tags are for the renderer of the site.
const COMPONENTS: [&str; 20] = [
    "Accordion",
    "AccordionGroup",
    "Callout",
    "Card",
    "CardGroup",
    "Check",
    "CodeGroup",
    "Columns",
    "Danger",
    "Error",
    "Frame",
    "Info",
    "Note",
    "Step",
    "Steps",
    "Tab",
    "TabItem",
    "Tabs",
    "Tip",
    "Warning",
];

/// Replaces the markup of platforms in a text, except for that in code blocks.
pub fn to_markdown(text: &str) -> String {
    let is_marked = ["{%", ":::", "> [!"].iter().any(|mark| text.contains(mark));
    if !is_marked && !COMPONENTS.iter().any(|name| text.contains(&format!("<{name}"))) {
        return text.to_owned();
    }
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        let content = line.trim();
        let is_fence = content.starts_with("```") || content.starts_with("~~~");
        in_code ^= is_fence;
        match Some(content).filter(|_| !in_code && !is_fence).and_then(replace_line) {
            None => lines.push(line.to_owned()),
            // A title and a text are paragraphs of their own.
            Some(paragraph) => lines.extend([String::new(), paragraph, String::new()]),
        }
    }
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    out.join("\n").trim_end().to_owned()
}

/// Returns the Markdown for a line of markup, or `None` for any other line.
fn replace_line(line: &str) -> Option<String> {
    if let Some(rest) = line.strip_prefix(":::") {
        return Some(bold(callout_title(rest)));
    }
    if let Some(rest) = line.strip_prefix("{%") {
        return rest.ends_with("%}").then(|| bold(attribute(rest, "title").unwrap_or_default()));
    }
    if let Some(kind) = line.strip_prefix("> [!") {
        let (kind, rest) = kind.split_once(']')?;
        let lower = kind.to_ascii_lowercase();
        let mut letters = lower.chars();
        let first = letters.next()?.to_ascii_uppercase();
        return Some(format!("> **{first}{}**{rest}", letters.as_str()));
    }
    replace_component(line)
}

/// Removes the tags at the ends of `<Info>text</Info>`, and keeps their titles.
fn replace_component(line: &str) -> Option<String> {
    let is_component = |name: &str| COMPONENTS.contains(&name);
    let (mut rest, mut title, mut found) = (line, String::new(), false);
    while let Some((name, attributes, behind)) = start_tag(rest) {
        if !is_component(name) {
            break;
        }
        found = true;
        let label = attribute(attributes, "title").or_else(|| attribute(attributes, "label"));
        title = label.map_or(title, bold);
        rest = behind.trim_start();
    }
    while let Some((before, name)) = end_tag(rest) {
        if !is_component(name) {
            break;
        }
        found = true;
        rest = before.trim_end();
    }
    let separator = if title.is_empty() || rest.is_empty() { "" } else { "\n\n" };
    found.then(|| format!("{title}{separator}{rest}"))
}

/// Splits `<Name attributes>rest`.
fn start_tag(line: &str) -> Option<(&str, &str, &str)> {
    let inner = line.strip_prefix('<')?;
    let (tag, rest) = inner.split_once('>')?;
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at_checked(end)?;
    (attributes.is_empty() || attributes.starts_with([' ', '/']))
        .then_some((name, attributes, rest))
}

/// Splits `rest</Name>`.
fn end_tag(line: &str) -> Option<(&str, &str)> {
    let (before, name) = line.strip_suffix('>')?.rsplit_once("</")?;
    Some((before, name.trim()))
}

/// Returns the title in `tip[Title]`, `tip Title` or `tip`.
fn callout_title(rest: &str) -> &str {
    let rest = rest.trim();
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let title = rest.get(end..).unwrap_or_default().trim();
    title.trim_matches(['[', ']', '{', '}', '"']).trim()
}

/// Returns the value of an attribute such as `title="Scopes"`.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value).filter(|value| !value.is_empty())
}

fn bold(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("**{text}**") }
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn markup_of_platforms_becomes_markdown() {
        for (text, expected) in [
            ("a\n:::tip[]\nUse it.\n:::\nb", "a\n\nUse it.\n\nb"),
            (":::info Limits\nTen.\n:::", "**Limits**\n\nTen."),
            ("{% hint style=\"info\" %}\nTen.\n{% endhint %}\nb", "Ten.\n\nb"),
            ("{% tab title=\"Rust\" %}\nx\n{% endtab %}", "**Rust**\n\nx"),
            (
                "<Accordion title=\"Scopes\" defaultOpen={true}>\n`a.read`\n</Accordion>\nb",
                "**Scopes**\n\n`a.read`\n\nb",
            ),
            ("<Info>One.</Info>\nTwo.", "One.\n\nTwo."),
            ("<Tabs><TabItem value=\"a\" label=\"A\">x</TabItem></Tabs>", "**A**\n\nx"),
            ("> [!NOTE]\n> Ten.", "> **Note**\n\n> Ten."),
            ("Send <Info> or <ID>.", "Send <Info> or <ID>."),
            ("```\n:::tip\n<Info>\n```", "```\n:::tip\n<Info>\n```"),
            ("{% x\n\n\ny", "{% x\n\ny"),
        ] {
            assert_eq!(to_markdown(text).trim_start(), expected, "{text:?}");
        }
    }
}
