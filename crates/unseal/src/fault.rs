//! Why something was not opened.

use std::fmt;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why something was not opened. Codes are stable and hold nothing of what was sealed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)+
        }

        impl Fault {
            /// Every fault there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

faults! {
    /// Not one of our sealed files.
    Shape = "open-shape",
    /// This key does not open it.
    Key = "open-key",
    /// The bytes are not those that were signed.
    Bytes = "open-bytes",
    /// What is inside was made for another place: report, part, reader, purpose or author.
    Context = "open-context",
    /// What is inside is not what such a file holds.
    Inside = "open-inside",
    /// A statement is not what it should be, or not signed by whom it names.
    Statement = "open-statement",
    /// Facets are not those that were signed.
    Facets = "open-facets",
    /// No signed statement brings this part or this grant.
    Unstated = "open-unstated",
    /// The reader is shut out: by the signed facets it must never open this.
    Closure = "open-closure",
    /// Reading or writing failed.
    Io = "open-io",
    /// The key file is not one.
    KeyFile = "open-key-file",
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Fault {}

impl From<std::io::Error> for Fault {
    fn from(_: std::io::Error) -> Self {
        Self::Io
    }
}
