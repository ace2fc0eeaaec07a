//! Serbian in Cyrillic letters, made from the same sentences in Latin letters, so that the two can never differ.

/// Names and abbreviations that keep their Latin letters. Words with a letter that Serbian does not have (q, w, x, y) keep them anyway.
const LATIN: [&str; 33] = [
    "CAT",
    "CRC",
    "CSV",
    "Ctrl",
    "Esc",
    "Escape",
    "Facebook",
    "GB",
    "GPS",
    "h",
    "H",
    "HRC",
    "HTTP",
    "IOM",
    "JavaScript",
    "JSON",
    "kB",
    "Kobo",
    "ledger",
    "LGBTIQ",
    "MB",
    "PDF",
    "PIN",
    "pushback",
    "putokaz",
    "QR",
    "receipt",
    "SIM",
    "SMS",
    "tus",
    "UNHCR",
    "USB",
    "Wi",
];

/// Beginnings of words in which two letters that look like one are two.
const APART: [(&str, &str); 4] = [("inje", "инје"), ("konju", "конју"), ("nadž", "надж"), ("odži", "оджи")];

/// The same text in Cyrillic letters.
pub fn cyrillic(latin: &str) -> String {
    let mut told = String::with_capacity(latin.len() * 2);
    let mut rest = latin;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter: char| letter.is_alphabetic() != first.is_alphabetic()).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        told.push_str(&if first.is_alphabetic() { word(piece) } else { piece.to_owned() });
        rest = after;
    }
    told
}

fn word(latin: &str) -> String {
    let foreign = |letter: char| matches!(letter.to_ascii_lowercase(), 'q' | 'w' | 'x' | 'y');
    if LATIN.contains(&latin) || latin.chars().any(foreign) {
        return latin.to_owned();
    }
    let lower = latin.to_lowercase();
    if let Some((from, to)) = APART.iter().find(|(from, _)| lower.starts_with(from)) {
        let rest = latin.get(from.len()..).unwrap_or_default();
        return letters(latin.get(..1).unwrap_or_default()) + to.get(2..).unwrap_or_default() + &letters(rest);
    }
    letters(latin)
}

fn letters(latin: &str) -> String {
    let mut told = String::new();
    let mut rest = latin.chars().peekable();
    while let Some(letter) = rest.next() {
        let joined = rest.peek().and_then(|next| digraph(letter, *next));
        if joined.is_some() {
            rest.next();
        }
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        let cyrillic = joined.or_else(|| single(lower)).unwrap_or(lower);
        if letter.is_uppercase() { told.extend(cyrillic.to_uppercase()) } else { told.push(cyrillic) }
    }
    told
}

fn digraph(first: char, second: char) -> Option<char> {
    match (first.to_lowercase().next()?, second.to_lowercase().next()?) {
        ('l', 'j') => Some('љ'),
        ('n', 'j') => Some('њ'),
        ('d', 'ž') => Some('џ'),
        _ => None,
    }
}

fn single(latin: char) -> Option<char> {
    let at = "abvgdđežzijklmnoprstćufhcčš".chars().position(|letter| letter == latin)?;
    "абвгдђежзијклмнопрстћуфхцчш".chars().nth(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digraphs_and_case_are_carried_over() {
        assert_eq!(cyrillic("Šta se dogodilo? Ljekar, NJEGA, Džep."), "Шта се догодило? Љекар, ЊЕГА, Џеп.");
        assert_eq!(cyrillic("Preostala 3 dana"), "Преостала 3 дана");
    }

    #[test]
    fn names_keep_their_letters_and_two_letters_stay_two() {
        assert_eq!(cyrillic("Frontex, GPS i PDF"), "Frontex, GPS и PDF");
        assert_eq!(cyrillic("polugodište (2024-H1), najviše 8 MB"), "полугодиште (2024-H1), највише 8 MB");
        assert_eq!(cyrillic("Injekcija, nadživjeti"), "Инјекција, надживјети");
    }
}
