//! What a single line a person wrote (a name, an alias, a title) may not contain, for the crates that hold such lines.

use unicode_normalization::UnicodeNormalization;

/// Why a line is refused: `control` (C0, C1, line and paragraph separators), `direction` (a bidirectional control that is not closed,
/// or closes nothing), `too-long`, or none.
pub fn fault_in_line(line: &str, longest: usize) -> Option<&'static str> {
    if line.chars().count() > longest {
        return Some("too-long");
    }
    if line.chars().any(|character| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')) {
        return Some("control");
    }
    (!is_balanced(line)).then_some("direction")
}

/// The line in normal form C, so that what looks the same is the same.
pub fn normal(line: &str) -> String {
    line.nfc().collect()
}

/// Whether every bidirectional embedding, override and isolate is closed in its order. An open one turns around what follows it.
fn is_balanced(line: &str) -> bool {
    let mut open = Vec::new();
    for character in line.chars() {
        let closes = match character {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => {
                open.push('\u{202C}');
                continue;
            }
            '\u{2066}'..='\u{2068}' => {
                open.push('\u{2069}');
                continue;
            }
            '\u{202C}' | '\u{2069}' => open.pop() == Some(character),
            _ => true,
        };
        if !closes {
            return false;
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{fault_in_line, normal};

    #[test]
    fn lines_of_every_script_pass() {
        for line in ["ријека", "نهر", "d’eau-şu", "नदी", "\u{2067}نهر\u{2069} A."] {
            assert_eq!(fault_in_line(line, 80), None, "{line}");
        }
    }

    #[test]
    fn controls_and_open_directions_do_not() {
        for line in ["a\0b", "a\u{9f}b", "a\nb", "a\u{2028}b"] {
            assert_eq!(fault_in_line(line, 80), Some("control"));
        }
        for line in ["a\u{202e}b", "a\u{2066}b\u{202c}", "\u{2069}a", "\u{2066}\u{202a}\u{2069}\u{202c}"] {
            assert_eq!(fault_in_line(line, 80), Some("direction"));
        }
        assert_eq!(fault_in_line("aaaa", 3), Some("too-long"));
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(normal("s\u{30c}uma"), normal("\u{161}uma"));
    }
}
