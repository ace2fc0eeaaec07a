//! `multipart/form-data` (RFC 7578), read where it lies: nothing is copied but what is kept.

use memchr::memmem;

/// One field of a form.
pub(crate) struct Field<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The name of the file, where it is one.
    pub(crate) file: Option<String>,
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
}

/// The boundary a content type states.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let (essence, parameters) = content_type.split_once(';')?;
    let stated = parameters.split(';').find_map(|one| one.trim().strip_prefix("boundary="))?;
    let boundary = stated.trim_matches('"');
    let fits = (1..=70).contains(&boundary.len()) && essence.trim().eq_ignore_ascii_case("multipart/form-data");
    fits.then_some(boundary)
}

/// The fields, in their order; none when the body is not whole.
pub(crate) fn read<'a>(body: &'a [u8], boundary: &str) -> Option<Vec<Field<'a>>> {
    let first = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let finder = memmem::Finder::new(between.as_bytes());
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut fields = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(fields);
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let end = finder.find(part)?;
        let (this, after) = part.split_at_checked(end)?;
        fields.push(field(this)?);
        rest = after.get(between.len()..)?;
    }
}

fn field(part: &[u8]) -> Option<Field<'_>> {
    let head_end = memmem::find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(part.get(..head_end)?).ok()?;
    let bytes = part.get(head_end + 4..)?;
    let is_disposition =
        |line: &&str| line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"));
    let disposition = head.split("\r\n").find(is_disposition)?;
    let name = parameter(disposition, " name=\"")?;
    Some(Field { name, file: parameter(disposition, " filename=\"").map(unescaped), bytes })
}

fn parameter<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (_, after) = line.split_once(key)?;
    after.split_once('"').map(|(value, _)| value)
}

/// What browsers write for a quote and for the ends of lines inside a name.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_and_files_are_read_as_browsers_write_them() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"acts\"\r\n\r\nPUSH-01\r\n--b\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"a %22b%22.txt\"\r\nContent-Type: text/plain\r\n\r\n\
            one\r\n--\r\ntwo\r\n--b--\r\n";
        let fields = read(body, "b").unwrap();
        assert_eq!((fields[0].name, fields[0].bytes), ("acts", b"PUSH-01".as_slice()));
        assert_eq!(fields[1].file.as_deref(), Some("a \"b\".txt"));
        assert_eq!(fields[1].bytes, b"one\r\n--\r\ntwo");
    }

    #[test]
    fn a_body_that_breaks_off_is_no_form() {
        let whole = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--";
        assert!(read(whole, "b").is_some());
        for end in 0..whole.len() {
            assert!(read(&whole[..end], "b").is_none(), "{end}");
        }
    }

    #[test]
    fn the_boundary_is_the_one_stated() {
        assert_eq!(boundary("multipart/form-data; boundary=----x"), Some("----x"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; boundary=\"y\""), Some("y"));
        assert_eq!(boundary("multipart/mixed; boundary=y"), None);
        assert_eq!(boundary("multipart/form-data"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..400)) {
            let framed = [b"--b\r\n".as_slice(), &body, b"\r\n--b--"].concat();
            let _ = (read(&body, "b").is_some(), read(&framed, "b").is_some());
        }

        #[test]
        fn a_file_comes_out_as_it_went_in(content in proptest::collection::vec(any::<u8>(), 0..400)) {
            prop_assume!(memmem::find(&content, b"\r\n--boundary").is_none());
            let head = b"--boundary\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n";
            let body = [head.as_slice(), &content, b"\r\n--boundary--\r\n"].concat();
            prop_assert_eq!(read(&body, "boundary").unwrap()[0].bytes, content.as_slice());
        }
    }
}
