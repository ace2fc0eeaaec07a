//! Who may do what. A permit in a handler's arguments is the permission itself: there is no other way to get one.

use std::marker::PhantomData;
use std::str::FromStr;

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;

use crate::{Code, Gate, Member, Problem};

/// What a member of an institution is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Works on cases: reads, refers, answers, codes, closes.
    Officer,
    /// Builds tables; sees no case.
    Analyst,
    /// Checks the log; sees no case.
    Auditor,
}

/// The role's name is not one of ours: such a member may do nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRole;

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Officer, Self::Analyst, Self::Auditor];

    /// The name in key files and enrolments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Analyst => "analyst",
            Self::Auditor => "auditor",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}

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
    SignedIn, "signed-in", Officer | Analyst | Auditor
}
action! {
    /// Seeing the list of reports one's institution holds a live grant for.
    ReadQueue, "read-queue", Officer
}
action! {
    /// Seeing one case and its sealed parts.
    ReadCase, "read-case", Officer
}
action! {
    /// Referring, answering, coding, closing.
    ActOnCase, "act-on-case", Officer
}
action! {
    /// Building protected tables.
    Count, "count", Officer | Analyst
}
action! {
    /// Exporting the log for one's institution.
    Audit, "audit", Officer | Auditor
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
    fn an_analyst_reads_no_case_and_an_auditor_changes_none() {
        assert!(!ReadQueue::allows(Role::Analyst) && !ReadCase::allows(Role::Analyst) && Count::allows(Role::Analyst));
        assert!(!ActOnCase::allows(Role::Auditor) && !ReadCase::allows(Role::Auditor) && Audit::allows(Role::Auditor));
    }

    #[test]
    fn every_role_reads_back_and_an_unknown_one_is_none() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
        }
        assert_eq!("root".parse::<Role>(), Err(UnknownRole));
    }
}
