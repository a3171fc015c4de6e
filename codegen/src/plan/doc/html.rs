//! HTML in descriptions → Markdown. The parser of Markdown finds the tags, so a hostile text costs no
//! more than any other; nothing here recurses.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Begins a line of HTML, so that the parser reads it as a paragraph, with its tags one by one.
const MARK: char = '\u{2060}';

/// The depth of lists that is shown.
const MAX_LIST_DEPTH: usize = 6;

/// Converts the HTML in a Markdown text to Markdown. A tag that is not HTML's, such as `<id>`, becomes
/// code.
pub fn to_markdown(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let text = mark_blocks(text);
    let mut converter = Converter::default();
    let mut done = 0;
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Item | Tag::Table(_) | Tag::Heading { .. }) => {
                converter.one_line += 1
            }
            Event::End(TagEnd::Item | TagEnd::Table | TagEnd::Heading(_)) => {
                converter.one_line = converter.one_line.saturating_sub(1);
            }
            Event::InlineHtml(_) | Event::Html(_) => {
                converter.push_text(text.get(done..range.start).unwrap_or_default());
                converter.push_tag(text.get(range.clone()).unwrap_or_default());
                done = range.end;
            }
            _ => {}
        }
    }
    converter.push_text(text.get(done..).unwrap_or_default());
    converter.out
}

/// Turns the lines of blocks of HTML into lines of paragraphs, and removes their indentation.
fn mark_blocks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if !matches!(event, Event::Html(_)) || range.start < done {
            continue;
        }
        out.push_str(text.get(done..range.start).unwrap_or_default());
        for line in text.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            out.push(MARK);
            out.push_str(line.trim_start_matches([' ', '\t']));
        }
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// What a tag becomes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Characters around its content.
    Around(&'static str),
    Link,
    Paragraph,
    Heading,
    LineBreak,
    Rule,
    List,
    Item,
    Row,
    Cell,
    Preformatted,
    /// It and its content are removed.
    Invisible,
    /// Its content stays.
    Transparent,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "b" | "strong" => Kind::Around("**"),
        "i" | "em" | "cite" | "dfn" => Kind::Around("*"),
        "code" | "tt" | "kbd" | "samp" | "var" => Kind::Around("`"),
        "a" => Kind::Link,
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "center"
        | "figure" | "figcaption" | "blockquote" | "table" | "thead" | "tbody" | "tfoot"
        | "caption" | "dl" | "dt" | "dd" | "details" | "summary" | "address" | "aside" | "nav"
        | "fieldset" | "form" | "body" | "html" => Kind::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "br" => Kind::LineBreak,
        "hr" => Kind::Rule,
        "ul" | "ol" | "menu" => Kind::List,
        "li" => Kind::Item,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "pre" => Kind::Preformatted,
        "script" | "style" | "head" => Kind::Invisible,
        "span" | "u" | "small" | "big" | "sup" | "sub" | "font" | "s" | "del" | "ins" | "abbr"
        | "acronym" | "q" | "label" | "strike" | "mark" | "nobr" | "time" | "wbr" | "img"
        | "bdi" | "bdo" | "col" | "colgroup" | "button" | "input" | "svg" | "iframe" | "video"
        | "audio" | "source" | "legend" | "meta" | "link" | "title" => Kind::Transparent,
        _ => return None,
    })
}

/// An element whose end tag has an effect.
struct Open {
    kind: Kind,
    /// Where its content starts in the output.
    start: usize,
    /// The destination of a link.
    destination: Option<String>,
}

struct List {
    is_ordered: bool,
    /// The number of its items so far.
    items: u32,
}

#[derive(Default)]
struct Converter {
    out: String,
    /// The elements that are open: each kind once, except for lists.
    open: Vec<Open>,
    /// The open lists.
    lists: Vec<List>,
    /// Whether the cursor is in something of Markdown that ends at the end of the line.
    one_line: u32,
    has_cell: bool,
}

impl Converter {
    fn push_text(&mut self, text: &str) {
        if self.is_open(Kind::Invisible) {
            return;
        }
        let text = text.replace(MARK, "");
        // The space between two blocks is not the start of a line.
        let is_at_start = self.out.is_empty() || self.out.ends_with('\n');
        let is_in_html = !self.lists.is_empty() || self.is_open(Kind::Paragraph);
        let text = match () {
            () if is_at_start && is_in_html => text.trim_start(),
            () if self.out.ends_with("\n\n") => text.trim_start_matches('\n'),
            () => &text,
        };
        self.out.push_str(text);
    }

    fn push_tag(&mut self, tag: &str) {
        if tag.starts_with("<!") || tag.starts_with("<?") {
            return;
        }
        let is_end = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        // A name that continues is a placeholder, such as `<time-zone>`.
        let rest = tag.trim_start_matches(['<', '/']).get(end..).unwrap_or_default();
        let is_name = rest.is_empty() || rest.starts_with(['>', '/', ' ', '\t', '\n']);
        let found = kind(&name).filter(|_| is_name);
        for raw in [Kind::Invisible, Kind::Preformatted] {
            if self.is_open(raw) && !(is_end && found == Some(raw)) {
                return;
            }
        }
        match found {
            None => self.push_placeholder(tag),
            Some(kind) if is_end => self.end_tag(kind),
            Some(kind) => self.start_tag(kind, &name, tag),
        }
    }

    fn push_placeholder(&mut self, tag: &str) {
        let tag: String = tag.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        let is_code = self.is_open(Kind::Around("`")) || tag.contains('`');
        self.out.push_str(&if is_code { tag } else { format!("`{tag}`") });
    }

    fn start_tag(&mut self, kind: Kind, name: &str, tag: &str) {
        match kind {
            Kind::Around(_) => self.begin(kind, None),
            Kind::Link => self.begin(kind, attribute(tag, "href")),
            Kind::Paragraph => {
                self.break_paragraph();
                self.begin(kind, None);
            }
            Kind::Heading => {
                self.break_paragraph();
                self.out.push_str(if self.one_line > 0 { "" } else { "#### " });
            }
            Kind::LineBreak | Kind::Rule => self.break_paragraph(),
            Kind::List => {
                if self.lists.is_empty() {
                    self.break_paragraph();
                }
                self.lists.push(List { is_ordered: name == "ol", items: 0 });
            }
            Kind::Item | Kind::Row => self.begin_item(kind),
            Kind::Cell => {
                self.out.push_str(if self.has_cell { ", " } else { "" });
                self.has_cell = true;
            }
            Kind::Preformatted => {
                self.break_paragraph();
                self.out.push_str("```text\n");
                self.begin(kind, None);
            }
            Kind::Invisible => self.begin(kind, None),
            Kind::Transparent => {}
        }
    }

    fn begin_item(&mut self, kind: Kind) {
        if self.one_line > 0 {
            return self.break_paragraph();
        }
        let depth = self.lists.len().saturating_sub(1).min(MAX_LIST_DEPTH);
        let list = self.lists.last_mut().filter(|_| kind == Kind::Item);
        let (is_ordered, items) = match list {
            Some(list) => {
                list.items = list.items.saturating_add(1);
                (list.is_ordered, list.items)
            }
            None => (false, 1),
        };
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str(match () {
            () if self.out.is_empty() => "",
            () if items == 1 && depth == 0 => "\n\n",
            () => "\n",
        });
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(&if is_ordered { format!("{items}. ") } else { "- ".to_owned() });
        self.has_cell = false;
    }

    fn end_tag(&mut self, kind: Kind) {
        match kind {
            Kind::List => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.break_paragraph();
                }
            }
            Kind::Heading => self.break_paragraph(),
            Kind::Item
            | Kind::Row
            | Kind::Cell
            | Kind::LineBreak
            | Kind::Rule
            | Kind::Transparent => {}
            Kind::Around(_)
            | Kind::Link
            | Kind::Paragraph
            | Kind::Preformatted
            | Kind::Invisible => self.close(kind),
        }
    }

    /// Opens an element, unless one of its kind is open.
    fn begin(&mut self, kind: Kind, destination: Option<String>) {
        if !self.is_open(kind) {
            self.open.push(Open { kind, start: self.out.len(), destination });
        }
    }

    fn is_open(&self, kind: Kind) -> bool {
        self.open.iter().any(|open| open.kind == kind)
    }

    /// Closes an element, and those inside it.
    fn close(&mut self, kind: Kind) {
        let Some(position) = self.open.iter().rposition(|open| open.kind == kind) else { return };
        let Open { start, destination, .. } = self.open.remove(position);
        self.open.truncate(position);
        if kind == Kind::Paragraph {
            return self.break_paragraph();
        }
        let Some(content) = self.out.get(start..).map(str::to_owned) else { return };
        let inner = content.trim();
        let is_simple = !inner.is_empty() && !inner.contains("\n\n");
        let text = match (kind, destination) {
            (Kind::Preformatted, _) => format!("{}\n```\n\n", content.trim_end()),
            (Kind::Around("`"), _) if inner.contains('`') => content.clone(),
            (Kind::Around(mark), _) if is_simple => surround(&content, mark, mark),
            (Kind::Link, Some(url)) if is_simple && !self.is_open(Kind::Around("`")) => {
                surround(&content, "[", &format!("]({url})"))
            }
            _ => content.clone(),
        };
        self.out.truncate(start);
        self.out.push_str(&text);
    }

    /// Begins another paragraph, or only another word where a line cannot end.
    fn break_paragraph(&mut self) {
        self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
        if !self.out.is_empty() {
            let is_item = self.one_line > 0 || !self.lists.is_empty();
            self.out.push_str(if is_item { " " } else { "\n\n" });
        }
    }
}

/// Puts text around the content, inside the white space at its ends.
fn surround(content: &str, before: &str, after: &str) -> String {
    let inner = content.trim();
    let lead = content.len() - content.trim_start().len();
    let (lead, rest) = content.split_at_checked(lead).unwrap_or(("", content));
    let trail = rest.get(inner.len()..).unwrap_or_default();
    format!("{lead}{before}{inner}{after}{trail}")
}

/// Returns a URL of an attribute that Markdown can contain.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let start = lower.find(&format!(" {name}=")).or_else(|| lower.find(&format!("\n{name}=")))?;
    let value = tag.get(start + name.len() + 2..)?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split([' ', '>', '\n']).next()?,
    };
    let url = value.trim().replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    let is_plain = !url.is_empty() && !url.contains(['<', '>', '\n', '[', ']', '`', '\\']);
    is_plain.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[test]
    fn html_becomes_markdown() {
        for (html, expected) in [
            ("a < b", "a < b"),
            ("<p>One.</p>\n\n<p>Two <b>bold </b>x.</p>", "One.\n\nTwo **bold** x."),
            ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
            ("See <a href=\"/docs/x\">the docs</a>.", "See [the docs](/docs/x)."),
            ("<a href='https://a.test/b(c)'>x</a>", "[x](https://a.test/b%28c%29)"),
            ("Use <code>a_b</code> or <strong>c</strong>", "Use `a_b` or **c**"),
            ("one<br>two<br/>\nthree", "one\n\ntwo\n\nthree"),
            ("- one<br>two\n- three", "- one two\n- three"),
            ("x\n<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\ny", "x\n\n- one\n- two\n\ny"),
            ("<ol><li>one<ul><li>in</li></ul></li><li>two</ol>", "1. one\n  - in\n2. two"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "- a, b\n\n- c"),
            ("Set <id> or <time-zone>.", "Set `<id>` or `<time-zone>`."),
            ("<!-- hidden -->shown", "shown"),
            ("<script>alert(1)</script>shown", "shown"),
            ("an <i>open one", "an open one"),
            ("`<b>` in code", "`<b>` in code"),
            ("<code><a href=\"x\">y</a></code>", "`y`"),
            ("<h2>Title</h2>Text", "#### Title\n\nText"),
        ] {
            assert_eq!(to_markdown(html).trim(), expected, "{html:?}");
        }
    }

    /// With quadratic work, this would take minutes.
    #[test]
    fn hostile_html_is_converted_in_linear_time() {
        for part in
            ["<b>", "<b><i>", "</b>", "<ul><li>", "<div>", "<a href=\"", "<!--", "<p><b>x</b>"]
        {
            let text = part.repeat(50_000);
            assert!(to_markdown(&text).len() <= 8 * text.len() + 1_000_000, "{part}");
        }
    }
}
