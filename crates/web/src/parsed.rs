//! Extractors that read what was sent. Their errors say what is wrong and never repeat it.

use std::marker::PhantomData;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::{Code, Problem};

/// Bytes of JSON or of a form a route takes; what carries parts is `Sent` and says its own limit.
const TEXT_LIMIT: usize = 64 * 1024;

/// A JSON body, read and checked. Types say `deny_unknown_fields`; serde_json itself refuses nesting deeper than 128.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequest<S> for Parsed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        must_be(request.headers(), "application/json")?;
        let bytes = whole(request, TEXT_LIMIT).await?;
        let value: T = serde_json::from_slice(&bytes).map_err(|error| {
            Problem::new(match error.classify() {
                serde_json::error::Category::Data => Code::BodyShape,
                _ => Code::BodyUnreadable,
            })
        })?;
        value.validate()?;
        Ok(Self(value))
    }
}

/// The variable pieces of the path. What does not read is answered like what does not exist.
#[derive(Debug, Clone, Copy)]
pub struct InPath<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Problem::new(Code::NotFound))
    }
}

/// The query, read and checked.
#[derive(Debug, Clone, Copy)]
pub struct InQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequestParts<S> for InQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        #[expect(
            clippy::disallowed_types,
            reason = "this is the wrapper that keeps its errors from repeating the query"
        )]
        let read = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let value = read.map_err(|_| Problem::new(Code::QueryUnreadable))?.0;
        value.validate()?;
        Ok(Self(value))
    }
}

/// A form of one of our own pages, read and checked.
#[derive(Debug, Clone, Copy)]
pub struct InForm<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequest<S> for InForm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        must_be(request.headers(), "application/x-www-form-urlencoded")?;
        let (parts, body) = request.into_parts();
        let bytes = whole(Request::from_parts(parts.clone(), body), TEXT_LIMIT).await?;
        let again = Request::from_parts(parts, Body::from(bytes));
        let axum::Form(value) =
            axum::Form::<T>::from_request(again, state).await.map_err(|_| Problem::new(Code::BodyShape))?;
        value.validate()?;
        Ok(Self(value))
    }
}

/// A type of binary body: its media type and how much of it a route takes.
pub trait Media: Send + 'static {
    /// The media type, without parameters.
    const TYPE: &'static str;
    /// The most bytes taken.
    const LIMIT: usize;
}

/// A whole binary body of one media type.
#[derive(Debug, Clone)]
pub struct Sent<M> {
    /// The bytes, exactly as sent.
    pub bytes: Bytes,
    media: PhantomData<M>,
}

impl<S: Send + Sync, M: Media> FromRequest<S> for Sent<M> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        must_be(request.headers(), M::TYPE)?;
        let bytes = whole(request, M::LIMIT).await?;
        Ok(Self { bytes, media: PhantomData })
    }
}

/// Refuses another media type than the one meant; parameters such as a charset are let be.
fn must_be(headers: &HeaderMap, meant: &str) -> Result<(), Problem> {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = stated.and_then(|value| value.split(';').next());
    match essence {
        Some(essence) if essence.trim().eq_ignore_ascii_case(meant) => Ok(()),
        _ => Err(Code::TypeUnsupported.into()),
    }
}

/// Bytes of a body that is too long which are read and let go: who is still sending would otherwise never hear why.
const LET_GO: usize = 16 * 1024 * 1024;
/// Room made at once for a body, whatever length it states.
const ROOM: usize = 128 * 1024;

/// The whole body, when it is not longer than `limit` and ends where its headers say. Of a longer one at most the limit is held.
async fn whole(request: Request, limit: usize) -> Result<Bytes, Problem> {
    let stated = stated_length(&request).unwrap_or(0);
    let mut held = BytesMut::with_capacity(stated.min(limit).min(ROOM));
    pour(request, limit, |piece| held.extend_from_slice(piece)).await?;
    Ok(held.freeze())
}

fn stated_length(request: &Request) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|value| value.parse::<usize>().ok())
}

/// Hands a body on as it comes, as long as it fits the limit; for rooms that keep it in a buffer of their own.
///
/// # Errors
/// When it is too long, too slow or broken off: what was handed on by then is nothing.
pub async fn pour(request: Request, limit: usize, mut take: impl FnMut(&[u8])) -> Result<(), Problem> {
    let mut fits = stated_length(&request).is_none_or(|length| length <= limit);
    let (mut body, mut seen) = (request.into_body(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| cut(&error))?.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        fits = fits && seen <= limit;
        if fits {
            take(&data);
        } else if seen > LET_GO {
            break;
        }
    }
    if fits { Ok(()) } else { Err(Code::BodyTooLarge.into()) }
}

/// A body that failed on the way: too slow, or broken off.
pub(crate) fn cut(error: &(dyn std::error::Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<crate::pace::TooSlow>() {
            return Code::BodyTooSlow.into();
        }
        cause = error.source();
    }
    Code::BodyCut.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Wish {
        #[validate(range(max = 9))]
        count: u32,
    }

    async fn read(body: &'static str, media: &str) -> Result<u32, Code> {
        let request = Request::post("/").header("content-type", media).body(Body::from(body)).unwrap();
        Parsed::<Wish>::from_request(request, &())
            .await
            .map(|Parsed(wish)| wish.count)
            .map_err(|problem| problem.code())
    }

    #[tokio::test]
    async fn what_is_sent_is_read_or_refused_by_name() {
        let json = "application/json";
        assert_eq!(read(r#"{"count":3}"#, "application/json; charset=utf-8").await, Ok(3));
        assert_eq!(read(r#"{"count":3}"#, "text/plain").await, Err(Code::TypeUnsupported));
        assert_eq!(read(r#"{"count":"#, json).await, Err(Code::BodyUnreadable));
        assert_eq!(read(r#"{"count":3,"count":4}"#, json).await, Err(Code::BodyShape));
        assert_eq!(read(r#"{"count":3,"more":1}"#, json).await, Err(Code::BodyShape));
        assert_eq!(read(r#"{"count":10}"#, json).await, Err(Code::FieldsRefused));
    }

    #[tokio::test]
    async fn a_body_longer_than_the_limit_is_refused_before_it_is_read() {
        let request = Request::post("/")
            .header("content-type", "application/json")
            .body(Body::from(vec![b' '; TEXT_LIMIT + 1]))
            .unwrap();
        let problem = Parsed::<Wish>::from_request(request, &()).await.unwrap_err();
        assert_eq!(problem.code(), Code::BodyTooLarge);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_refused() {
        let torn = futures_util::stream::iter([Ok("{"), Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof))]);
        let request =
            Request::post("/").header("content-type", "application/json").body(Body::from_stream(torn)).unwrap();
        let problem = Parsed::<Wish>::from_request(request, &()).await.unwrap_err();
        assert_eq!(problem.code(), Code::BodyCut);
    }
}
