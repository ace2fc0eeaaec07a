//! A body must come on. However large, it may take as long as it needs; but who sends a byte now and then holds no place for it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::crowd::{Ends, OnItsWay};

/// Bytes that must come in every stretch of time: what the slowest phone network still carries.
const LEAST: usize = 1024;

/// The body came too slowly.
#[derive(Debug)]
pub(crate) struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the body came too slowly")
    }
}

impl std::error::Error for TooSlow {}

/// A body that breaks off when less than a KiB, and not its end, came in a whole stretch of time, or when it is told to end.
pub(crate) struct Paced {
    body: Body,
    stretch: Duration,
    way: OnItsWay,
    /// None once nobody can end it any more.
    ends_early: Option<Ends>,
    /// Bytes that came in the running stretch.
    came: usize,
    /// The end of the running stretch; it runs while somebody waits for the body.
    ends: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    pub(crate) fn new(body: Body, stretch: Duration, (way, ends_early): (OnItsWay, Ends)) -> Self {
        Self { body, stretch, way, ends_early: Some(ends_early), came: 0, ends: None }
    }

    /// Whether it was told to end.
    fn must_end(&mut self, context: &mut Context<'_>) -> bool {
        let Some(Poll::Ready(told)) = self.ends_early.as_mut().map(|ends| Pin::new(ends).poll(context)) else {
            return false;
        };
        self.ends_early = None;
        told.is_ok()
    }
}

impl http_body::Body for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.must_end(context) {
            return Poll::Ready(Some(Err(TooSlow.into())));
        }
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
            let bytes = data.map_or(0, Bytes::len);
            self.came = self.came.saturating_add(bytes);
            self.way.came(bytes);
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        loop {
            let stretch = self.stretch;
            let ends = self.ends.get_or_insert_with(|| Box::pin(sleep(stretch)));
            ready!(ends.as_mut().poll(context));
            if self.came < LEAST {
                return Poll::Ready(Some(Err(TooSlow.into())));
            }
            (self.came, self.ends) = (0, None);
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
