//! Who may do what. A permit in a handler's arguments is the permission itself: there is no other way to get one.

use std::marker::PhantomData;

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use vault::Role;

use crate::{Code, Gate, Member, Problem};

/// Something a member may do, if their role allows it.
pub trait Action: Send + Sync + 'static {
    /// Its name, in the table of routes and the interface's description.
    const NAME: &'static str;

    /// Which roles may do it.
    fn allows(role: Role) -> bool;
}

/// Writes one action: its type, its name and the roles that may do it.
macro_rules! action {
    ($(#[doc = $doc:literal])+ $action:ident, $name:literal, $($role:ident)|+) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub enum $action {}

        impl Action for $action {
            const NAME: &'static str = $name;

            fn allows(role: Role) -> bool {
                matches!(role, $(Role::$role)|+)
            }
        }
    };
}

action! {
    /// Being signed in, whatever the role.
    SignedIn, "signed-in", Officer | Manager | Analyst | Auditor
}
action! {
    /// Seeing the list of reports one's institution holds a live grant for.
    ReadQueue, "read-queue", Officer | Manager
}
action! {
    /// Seeing one case and its sealed parts.
    ReadCase, "read-case", Officer | Manager
}
action! {
    /// Referring, answering, coding, closing.
    ActOnCase, "act-on-case", Officer | Manager
}
action! {
    /// Making and ending filing links of one's institution.
    MakeLinks, "make-links", Officer | Manager
}
action! {
    /// Looking at the tables that were published.
    Count, "count", Officer | Manager | Analyst
}
action! {
    /// Looking at a table that is not published yet, and publishing it for good.
    Publish, "publish", Manager | Analyst
}
action! {
    /// Exporting the log for one's institution.
    Audit, "audit", Officer | Manager | Auditor
}

/// This member was asked for by name and may do `A`.
#[derive(Debug, Clone)]
pub struct Permit<A> {
    member: Member,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Permit<A> {
    /// Who may do it.
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// The only maker: from a member whose role allows the action. Forbidden answers like absent.
    fn of(member: Member) -> Result<Self, Problem> {
        if A::allows(member.role) { Ok(Self { member, action: PhantomData }) } else { Err(Code::NotFound.into()) }
    }
}

impl<S, A> FromRequestParts<S> for Permit<A>
where
    S: Send + Sync,
    A: Action,
    Gate: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let member = Gate::from_ref(state).admit(&parts.method, &parts.headers).await?;
        Self::of(member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_verifies_what_is_counted_publishes_no_table() {
        assert!(Publish::allows(Role::Analyst) && Publish::allows(Role::Manager));
        assert!(!Publish::allows(Role::Officer) && !Publish::allows(Role::Auditor));
    }

    #[test]
    fn an_analyst_reads_no_case_and_an_auditor_changes_none() {
        assert!(!ReadQueue::allows(Role::Analyst) && !ReadCase::allows(Role::Analyst) && Count::allows(Role::Analyst));
        assert!(!ActOnCase::allows(Role::Auditor) && !ReadCase::allows(Role::Auditor) && Audit::allows(Role::Auditor));
    }
}
