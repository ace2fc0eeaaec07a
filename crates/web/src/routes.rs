//! The only way to add a route: saying who may use it.

use axum::Router;
use axum::extract::FromRef;
use axum::handler::Handler;
use axum::routing::on;

use crate::describe::{Described, Entry, Table, Who};
use crate::{Action, Gate, Permit};

/// Routes under construction, with the table that describes them.
#[derive(Debug)]
pub struct Routes<S = ()> {
    router: Router<S>,
    table: Table,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet.
    pub fn new() -> Self {
        Self { router: Router::new(), table: Table::default() }
    }

    /// A route everybody may use.
    #[must_use]
    pub fn open<H, T>(self, described: Described, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(described, Who::Open, handler)
    }

    /// A route only members may use whose role allows `A`. The handler's first argument must be `Permit<A>`: another
    /// handler does not compile here.
    #[must_use]
    pub fn needs<A, H, T>(self, described: Described, handler: H) -> Self
    where
        A: Action,
        H: Handler<T, S>,
        T: FirstIs<Permit<A>> + 'static,
        Gate: FromRef<S>,
    {
        self.add(described, Who::Needs(A::NAME), handler)
    }

    fn add<H, T>(mut self, described: Described, who: Who, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.router = self.router.route(described.path, on(described.filter(), handler));
        self.table.push(Entry { described, who });
        self
    }

    /// These routes and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.table.extend(others.table);
        self
    }

    /// The same routes with their state handed in, so that rooms with different states can stand side by side.
    pub fn with_state(self, state: S) -> Routes {
        Routes { router: self.router.with_state(state), table: self.table }
    }

    /// Who may do what where.
    pub fn table(&self) -> &Table {
        &self.table
    }
}

impl Routes {
    /// The finished router, which describes itself at `/api/openapi.json`, and its table.
    pub fn finish(self, title: &'static str) -> (Router, Table) {
        let described = Described::get("/api/openapi.json", "This description.");
        let mut table = self.table;
        table.push(Entry { described, who: Who::Open });
        let document = bytes::Bytes::from(table.openapi(title).to_string());
        let answer = move || {
            let document = document.clone();
            async move { ([(http::header::CONTENT_TYPE, "application/json")], document) }
        };
        (self.router.route("/api/openapi.json", axum::routing::get(answer)), table)
    }
}

/// Argument lists that begin with `P`; written by the macro below, not by hand elsewhere.
pub trait FirstIs<P> {}

/// Argument lists of up to five, as axum writes them: a marker, then the arguments.
macro_rules! first_is {
    ($($rest:ident),*) => {
        impl<M, P, $($rest),*> FirstIs<P> for (M, P, $($rest,)*) {}
    };
}

first_is!();
first_is!(A);
first_is!(A, B);
first_is!(A, B, C);
first_is!(A, B, C, D);
