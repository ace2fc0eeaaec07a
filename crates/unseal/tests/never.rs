//! Neither keys nor people's words can be printed or written out by accident. If one of these types ever gains one of these traits,
//! this file no longer compiles; that it fails for the right reason is shown by the doc tests of the crate.

use std::fmt::{Debug, Display};

use serde::Serialize;
use signed::{SecretKey, SigningKey};
use testimony::{Contact, FileName, Name, Narrative, Place, When};
use unseal::{Identity, InstitutionKeys, MemberKey, Opened, PartKey};
use vault::{PartIdentity, ReceiptDigits, Seed, Stretched};

/// Holds only while none of the types has the trait: with it, two implementations would fit and the compiler could not choose.
macro_rules! never {
    ($bound:path: $($kind:ty),+ $(,)?) => {
        $(const _: fn() = || {
            trait Chosen<A> {
                fn choose() {}
            }
            struct HasIt;
            impl<T: ?Sized> Chosen<()> for T {}
            impl<T: ?Sized + $bound> Chosen<HasIt> for T {}
            <$kind as Chosen<_>>::choose();
        };)+
    };
}

macro_rules! never_leaves {
    ($bound:path) => {
        never!($bound: SecretKey, SigningKey, Seed, PartIdentity, ReceiptDigits, Stretched);
        never!($bound: Identity, PartKey, MemberKey, InstitutionKeys, Opened);
    };
}

never_leaves!(Debug);
never_leaves!(Display);
never_leaves!(Serialize);
never!(Display: Narrative, Place, When, Name, Contact, FileName);
never!(Serialize: Narrative, Place, When, Name, Contact, FileName);

#[test]
fn what_debug_says_of_words_is_the_same_for_all_words() {
    let one = Narrative::try_from("one".to_owned()).unwrap();
    let other = Narrative::try_from("another, longer".to_owned()).unwrap();
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}
