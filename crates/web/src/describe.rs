//! What a route says about itself, and the interface's description (`OpenAPI` 3.1) made from it.

use axum::routing::MethodFilter;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// Makes the schema of one type inside a description.
type Shape = fn(&mut SchemaGenerator) -> Schema;

/// A body: its media type and, when it is JSON, its shape.
#[derive(Debug, Clone)]
struct Content {
    media: &'static str,
    shape: Option<Shape>,
}

/// One route, in the words of the interface's description.
#[derive(Debug, Clone)]
pub struct Described {
    method: &'static str,
    filter: MethodFilter,
    pub(crate) path: &'static str,
    summary: &'static str,
    takes: Option<Content>,
    query: Option<Shape>,
    gives: Vec<(u16, Option<Content>)>,
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Open,
    /// Members whose role allows this action.
    Needs(&'static str),
}

/// One line of the table of routes.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) described: Described,
    /// Who may use it.
    pub who: Who,
}

impl Entry {
    /// The method, in capitals.
    pub fn method(&self) -> &'static str {
        self.described.method
    }

    /// The path's pattern.
    pub fn path(&self) -> &'static str {
        self.described.path
    }
}

/// Writes one maker per method.
macro_rules! makers {
    ($($name:ident, $text:literal, $filter:ident;)+) => {
        impl Described {
            $(
                #[doc = concat!("A route for `", $text, "` with its pattern and what it does, in one sentence.")]
                pub fn $name(path: &'static str, summary: &'static str) -> Self {
                    Self::of($text, MethodFilter::$filter, path, summary)
                }
            )+
        }
    };
}

makers! {
    get, "GET", GET;
    head, "HEAD", HEAD;
    post, "POST", POST;
    patch, "PATCH", PATCH;
    delete, "DELETE", DELETE;
    options, "OPTIONS", OPTIONS;
}

impl Described {
    fn of(method: &'static str, filter: MethodFilter, path: &'static str, summary: &'static str) -> Self {
        Self { method, filter, path, summary, takes: None, query: None, gives: Vec::new() }
    }

    pub(crate) fn filter(&self) -> MethodFilter {
        self.filter
    }

    /// It takes a JSON body of this shape.
    #[must_use]
    pub fn takes<T: JsonSchema>(mut self) -> Self {
        self.takes = Some(Content { media: "application/json", shape: Some(SchemaGenerator::subschema_for::<T>) });
        self
    }

    /// It takes a body of this media type.
    #[must_use]
    pub fn takes_media(mut self, media: &'static str) -> Self {
        self.takes = Some(Content { media, shape: None });
        self
    }

    /// It takes these query parameters.
    #[must_use]
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// It answers with this status and a JSON body of this shape.
    #[must_use]
    pub fn gives<T: JsonSchema>(mut self, status: u16) -> Self {
        let content = Content { media: "application/json", shape: Some(SchemaGenerator::subschema_for::<T>) };
        self.gives.push((status, Some(content)));
        self
    }

    /// It answers with this status and a body of this media type.
    #[must_use]
    pub fn gives_media(mut self, status: u16, media: &'static str) -> Self {
        self.gives.push((status, Some(Content { media, shape: None })));
        self
    }

    /// It answers with this status and no body.
    #[must_use]
    pub fn gives_nothing(mut self, status: u16) -> Self {
        self.gives.push((status, None));
        self
    }
}

/// All routes of one listener.
#[derive(Debug, Clone, Default)]
pub struct Table(Vec<Entry>);

impl Table {
    pub(crate) fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The lines of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// The description of this listener's interface.
    pub fn openapi(&self, title: &str) -> Value {
        let mut shapes =
            SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into()).into_generator();
        let mut paths = Map::new();
        for entry in &self.0 {
            let path = entry.path().replace("{*", "{");
            let operations = paths.entry(path).or_insert_with(|| json!({}));
            if let Some(operations) = operations.as_object_mut() {
                operations.insert(entry.method().to_ascii_lowercase(), entry.operation(&mut shapes));
            }
        }
        json!({
            "openapi": "3.1.0",
            "info": { "title": title, "version": "1" },
            "paths": paths,
            "components": {
                "schemas": shapes.take_definitions(true),
                "securitySchemes": { "member": { "type": "http", "scheme": "bearer" } },
                "responses": { "problem": {
                    "description": "A problem document (RFC 9457) with a stable `code`.",
                    "content": { "application/problem+json": { "schema": { "type": "object" } } },
                } },
            },
        })
    }
}

impl Entry {
    fn operation(&self, shapes: &mut SchemaGenerator) -> Value {
        let described = &self.described;
        let mut operation = json!({
            "summary": described.summary,
            "parameters": described.parameters(shapes),
            "responses": described.responses(shapes),
        });
        if let Some(content) = &described.takes {
            operation["requestBody"] = json!({ "required": true, "content": content.describe(shapes) });
        }
        if let Who::Needs(action) = self.who {
            operation["security"] = json!([{ "member": [] }]);
            operation["x-needs"] = json!(action);
        }
        operation
    }
}

impl Content {
    fn describe(&self, shapes: &mut SchemaGenerator) -> Value {
        let schema = self.shape.map_or_else(|| json!({}), |shape| shape(shapes).to_value());
        json!({ self.media: { "schema": schema } })
    }
}

impl Described {
    fn parameters(&self, shapes: &mut SchemaGenerator) -> Vec<Value> {
        let pieces = self.path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
        let mut all: Vec<Value> = pieces
            .map(|name| json!({ "in": "path", "name": name.trim_start_matches('*'), "required": true, "schema": { "type": "string" } }))
            .collect();
        if let Some(shape) = self.query {
            let schema = shape(shapes).to_value();
            all.push(json!({ "in": "query", "name": "query", "style": "form", "explode": true, "schema": schema }));
        }
        all
    }

    fn responses(&self, shapes: &mut SchemaGenerator) -> Value {
        let mut all = Map::new();
        for (status, content) in &self.gives {
            let body = content.as_ref().map_or_else(|| json!({}), |content| content.describe(shapes));
            all.insert(status.to_string(), json!({ "description": "Done.", "content": body }));
        }
        all.insert("default".into(), json!({ "$ref": "#/components/responses/problem" }));
        Value::Object(all)
    }
}
