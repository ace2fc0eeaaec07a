//! The shipped country is sound, and every kind of fault in it is found, at its line, together with all others.

use report::{Country, Sources};

#[test]
fn the_shipped_country_has_no_fault() {
    let country = Country::read(&Sources::embedded()).expect("config/ is sound");
    assert_eq!(country.code().as_str(), "BA");
    assert_eq!(country.taxonomy().acts().count(), 70);
    assert_eq!(country.territories().tier_2_areas().count(), 17);
}
