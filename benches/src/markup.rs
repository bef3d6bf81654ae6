//! The little of XML that the peers print: a tag a line, attributes in double quotes.

/// Value of an attribute as written.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let behind = |(i, _): (usize, &str)| {
        let starts = i == 0 || tag.as_bytes()[i - 1] == b' ';
        tag[i + name.len()..].strip_prefix("=\"").filter(|_| starts)
    };
    tag.match_indices(name).find_map(behind)?.split_once('"').map(|(value, _)| value)
}

/// Numbers between spaces.
pub(crate) fn numbers(text: &str) -> Vec<f32> {
    text.split(' ').filter_map(|n| n.parse().ok()).collect()
}

/// Text with its entities resolved.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out += before;
        let Some((entity, behind)) = after.split_once(';') else { return out };
        let hex = entity.strip_prefix("#x").and_then(|h| u32::from_str_radix(h, 16).ok());
        let code = hex.or_else(|| entity.strip_prefix('#')?.parse().ok()).and_then(char::from_u32);
        let named = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
        out.extend(code.or_else(|| named.iter().find(|(n, _)| *n == entity).map(|(_, c)| *c)));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_by_their_whole_name() {
        let tag = r#"bbox="1 2" x="3" c="&quot;"/>"#;
        assert_eq!(attribute(tag, "x"), Some("3"));
        assert_eq!(attribute(tag, "box"), None);
        assert_eq!(numbers(attribute(tag, "bbox").unwrap_or_default()), [1.0, 2.0]);
    }

    #[test]
    fn entities() {
        assert_eq!(unescaped("a&lt;&#x767d;&#33;&quot;b"), "a<白!\"b");
        assert_eq!(unescaped("a&"), "a");
    }
}
