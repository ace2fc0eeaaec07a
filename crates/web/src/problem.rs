//! What every door answers when it does not do what was asked.

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Serialize;
use validator::ValidationErrors;

use crate::Code;

/// A refusal or a failure: a stable code, the fields that caused it, and (for the log alone) a cause.
///
/// It holds nothing a person wrote: field names are ours, codes are ours, the cause is the text of one of our own errors.
#[derive(Debug, Clone)]
pub struct Problem(Arc<Inside>);

#[derive(Debug, Clone)]
struct Inside {
    code: Code,
    name: Option<&'static str>,
    fields: Vec<FieldProblem>,
    cause: Option<String>,
    retry_after: Option<u32>,
}

/// One field that does not hold what it may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// Where, as a path of our own field names.
    pub field: Cow<'static, str>,
    /// What is wrong, as a stable name.
    pub code: Cow<'static, str>,
}

/// Seconds after which a client that was turned away for lack of room may come again.
const PATIENCE: u32 = 5;

impl Problem {
    /// A problem with nothing but its code.
    pub fn new(code: Code) -> Self {
        let retry_after = matches!(code, Code::Busy | Code::Unavailable | Code::UploadBusy);
        Self(Arc::new(Inside {
            code,
            name: None,
            fields: Vec::new(),
            cause: None,
            retry_after: retry_after.then_some(PATIENCE),
        }))
    }

    /// The same, naming one more field.
    #[must_use]
    pub fn field(mut self, field: impl Into<Cow<'static, str>>, code: impl Into<Cow<'static, str>>) -> Self {
        let (field, code) = (field.into(), code.into());
        Arc::make_mut(&mut self.0).fields.push(FieldProblem { field, code });
        self
    }

    /// The same, with a cause for the log. Only errors of our own crates, which never repeat what a person wrote.
    #[must_use]
    pub fn because(mut self, cause: impl Display) -> Self {
        Arc::make_mut(&mut self.0).cause = Some(cause.to_string());
        self
    }

    /// The same under a finer stable name than its code's: that of a rule another crate of ours holds.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        Arc::make_mut(&mut self.0).name = Some(name);
        self
    }

    /// The kind of problem, which decides status and sentence.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The stable name that travels as `code`.
    pub fn name(&self) -> &'static str {
        self.0.name.unwrap_or(self.0.code.name())
    }

    /// The fields named.
    pub fn fields(&self) -> &[FieldProblem] {
        &self.0.fields
    }

    /// The cause, for the one place that logs it.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<ValidationErrors> for Problem {
    /// Keeps which field and which rule; the rejected values, which validator carries along, are dropped here.
    fn from(errors: ValidationErrors) -> Self {
        let mut named = Vec::new();
        collect("", &errors, &mut named);
        named.sort();
        named.into_iter().fold(Self::new(Code::FieldsRefused), |problem, (field, code)| problem.field(field, code))
    }
}

/// Walks the tree of errors, writing `people/0/count`-like paths.
fn collect(above: &str, errors: &ValidationErrors, into: &mut Vec<(String, String)>) {
    use validator::ValidationErrorsKind::{Field, List, Struct};
    for (name, kind) in errors.errors() {
        let here = if above.is_empty() { name.to_string() } else { format!("{above}/{name}") };
        match kind {
            Field(list) => into.extend(list.iter().map(|one| (here.clone(), one.code.to_string()))),
            Struct(inner) => collect(&here, inner, into),
            List(items) => {
                for (index, inner) in items {
                    collect(&format!("{here}/{index}"), inner, into);
                }
            }
        }
    }
}

impl IntoResponse for Problem {
    /// Leaves itself in the response; `dress` writes the body, because it knows the language and the reference number.
    fn into_response(self) -> Response {
        let mut response = self.0.code.status().into_response();
        if let Some(seconds) = self.0.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.0.code == Code::SignInNeeded {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use validator::Validate;

    #[derive(Validate)]
    struct Person {
        #[validate(length(max = 3))]
        nick: String,
    }

    #[derive(Validate)]
    struct Group {
        #[validate(nested)]
        people: Vec<Person>,
    }

    #[test]
    fn a_refused_field_is_named_and_its_value_is_not() {
        let group = Group { people: vec![Person { nick: "canary".into() }] };
        let problem = Problem::from(group.validate().unwrap_err());
        assert_eq!(problem.fields(), [FieldProblem { field: "people/0/nick".into(), code: "length".into() }]);
        assert!(!format!("{problem:?}").contains("canary"));
    }

    #[test]
    fn overload_says_when_to_come_again() {
        let response = Problem::new(Code::Busy).into_response();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "5");
    }
}
