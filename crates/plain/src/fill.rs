//! The questions stand once, for both doors; here what was typed is put back into them.

use std::fmt::Write;

use crate::paths::{REFUSED, UNKNOWN};
use crate::reading::Fault;
use crate::typed::Typed;

/// The questions' markup with every answer in its place, fields at fault marked, and a place to jump to at each question.
pub(crate) fn fill(markup: &str, typed: &Typed, faults: &[Fault]) -> String {
    let mut filling = Filling { typed, faults, page: String::with_capacity(markup.len() * 5 / 4), list: String::new() };
    let mut rest = markup;
    while let Some((text, from_tag)) = rest.split_once('<') {
        let Some((tag, after)) = from_tag.split_once('>') else { break };
        // Lines that templates leave empty.
        filling.page.push_str(if text.contains('\n') && text.trim().is_empty() { "\n" } else { text });
        filling.tag(tag, after);
        rest = after;
    }
    filling.page.push_str(rest);
    filling.page
}

struct Filling<'a> {
    typed: &'a Typed,
    faults: &'a [Fault],
    page: String,
    /// The list whose options follow.
    list: String,
}

impl Filling<'_> {
    /// Writes one tag (without its brackets), changed where an answer or a fault belongs to it.
    fn tag(&mut self, tag: &str, after: &str) {
        let name = attribute(tag, "name").unwrap_or_default().to_owned();
        let kind = tag.split([' ', '\n']).next().unwrap_or_default();
        let field = attribute(tag, "data-field").map(|field| format!(" id=\"q-{field}\""));
        let (mut tag, mut inside) = (unscripted(tag), String::new());
        match kind {
            "input" => tag = self.input(tag, &name),
            "select" => self.list.clone_from(&name),
            "option" if self.holds(&self.list, &tag) => tag.push_str(" selected"),
            "details" if self.is_open(after) => tag.push_str(" open"),
            "textarea" => inside = format!("\n{}", escaped(self.words(&name))),
            _ => {}
        }
        tag.push_str(&field.unwrap_or_default());
        let is_control = matches!(kind, "input" | "select" | "textarea");
        if is_control && self.faults.iter().any(|fault| fault.field == name) {
            tag.push_str(" aria-invalid=\"true\"");
        }
        // Writing to a text does not fail.
        write!(self.page, "<{tag}>{inside}").ok();
    }

    fn input(&self, tag: String, name: &str) -> String {
        match attribute(&tag, "type") {
            Some("radio" | "checkbox") if self.holds(name, &tag) => {
                format!("{} checked", tag.trim_end_matches(" checked"))
            }
            Some("radio") if self.typed.one(name).is_some() => tag.trim_end_matches(" checked").to_owned(),
            Some("file" | "search" | "hidden" | "radio" | "checkbox") => tag,
            _ => format!("{tag} value=\"{}\"", escaped(self.words(name))),
        }
    }

    /// Whether the value of this tag was chosen.
    fn holds(&self, name: &str, tag: &str) -> bool {
        attribute(tag, "value").is_some_and(|value| self.typed.has(name, value))
    }

    /// What was typed into a field, not what was ticked beside it.
    fn words(&self, name: &str) -> &str {
        self.typed.all(name).find(|value| *value != UNKNOWN && *value != REFUSED).unwrap_or_default()
    }

    /// Whether something in these folded choices was chosen.
    fn is_open(&self, after: &str) -> bool {
        let folded = after.split_once("</details>").map_or(after, |(folded, _)| folded);
        let mut tags = folded.split('<').filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag);
        tags.any(|tag| attribute(tag, "name").is_some_and(|name| self.holds(name, tag)))
    }
}

/// A tag of ours without the marks that only a script reads.
fn unscripted(tag: &str) -> String {
    let mut marks = tag.split(" data-");
    let bare = marks.next().unwrap_or_default().to_owned();
    marks.fold(bare, |bare, mark| {
        let end = mark.find(|sign: char| !sign.is_ascii_lowercase()).unwrap_or(mark.len());
        let (_, after) = mark.split_at(end);
        let after = after.strip_prefix("=\"").and_then(|value| value.split_once('"')).map_or(after, |(_, after)| after);
        bare + after
    })
}

/// An attribute of a tag of ours.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// Text as it may stand in a page, in an attribute too.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut all, letter| {
        match letter {
            '&' => all.push_str("&amp;"),
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '"' => all.push_str("&quot;"),
            '\'' => all.push_str("&#39;"),
            other => all.push(other),
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<fieldset data-field="acts"><details data-group="PUSH"><summary>x</summary>
<label><input type="checkbox" name="acts" value="PUSH-01">a</label></details><details data-group="B">
<input type="checkbox" name="acts" value="B-01"></details></fieldset>
<input type="radio" name="repeat" value="no">n<input type="radio" name="repeat" value="" checked>
<select id="f" name="event.area"><option value="">-</option><option value="BA">b</option></select>
<input id="f-c" name="people.0.count" size="5"><textarea name="account.place"></textarea><input type="file" name="evidence">"#;

    #[test]
    fn every_answer_stands_in_its_place_again() {
        let typed = [
            ("acts", "PUSH-01"),
            ("repeat", "no"),
            ("event.area", "BA"),
            ("people.0.count", "\"><script>"),
            ("account.place", "a & b</textarea>"),
        ];
        let faults = [Fault { field: "people.0.count".into(), code: "wrong-type" }];
        let page = fill(PAGE, &Typed::of(&typed), &faults);
        for part in [
            r#"<fieldset id="q-acts"><details open>"#,
            r#"value="PUSH-01" checked>"#,
            "<details>",
            r#"value="B-01">"#,
            r#"name="repeat" value="no" checked>"#,
            r#"name="repeat" value="">"#,
            r#"<option value="BA" selected>"#,
            r#"size="5" value="&quot;&gt;&lt;script&gt;" aria-invalid="true">"#,
            "<textarea name=\"account.place\">\na &amp; b&lt;/textarea&gt;</textarea>",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("<script>"));
    }

    #[test]
    fn what_only_a_script_reads_is_left_out() {
        assert_eq!(
            unscripted(r#"section data-topic="a" aria-label="b" data-helps hidden"#),
            r#"section aria-label="b" hidden"#
        );
    }

    #[test]
    fn a_page_nobody_typed_into_stays_as_it_is() {
        let page = fill(PAGE, &Typed::default(), &[]);
        assert!(!page.contains(" open") && page.matches("checked").count() == 1);
    }
}
