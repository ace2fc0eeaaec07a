//! The way to one client: what is written to it must be taken, or the way is closed; and nothing is written without the headers that
//! every answer carries, not even what the protocol's library answers by itself where no request could be read.

use std::io::{Error, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// A connection whose other end may stay for so long without taking anything of an answer.
pub(crate) struct Way {
    stream: TokioIo<TcpStream>,
    patience: Duration,
    /// Runs while an answer waits to be taken.
    ends: Option<Pin<Box<Sleep>>>,
    /// The headers of every answer, as they are written.
    headers: Arc<[u8]>,
    /// What is still to be written of an answer that was given them here.
    dressed: Vec<u8>,
}

/// How every answer begins that the library gives by itself, and how it ends: it has no body.
const BARE: (&[u8], &[u8]) = (b"HTTP/1.1 4", b"\r\n\r\n");
/// What each of ours has in its head.
const OURS: &[u8] = b"content-security-policy";

impl Way {
    pub(crate) fn new(stream: TcpStream, patience: Duration, headers: Arc<[u8]>) -> Self {
        Self { stream: TokioIo::new(stream), patience, ends: None, headers, dressed: Vec::new() }
    }

    /// Takes an answer of the library's own, to be written with headers; says whether it was one.
    fn dresses(&mut self, bytes: &[u8]) -> bool {
        let ours = || bytes.windows(OURS.len()).any(|piece| piece == OURS);
        let is_bare = bytes.starts_with(BARE.0) && bytes.ends_with(BARE.1) && !ours();
        if is_bare {
            let head = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
            self.dressed = [head, &self.headers, b"\r\n"].concat();
        }
        is_bare
    }

    fn poll_dressed(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while !self.dressed.is_empty() {
            let written = Pin::new(&mut self.stream).poll_write(context, &self.dressed);
            let bytes = ready!(self.in_time(written, context))?;
            self.dressed.drain(..bytes.min(self.dressed.len()));
        }
        Poll::Ready(Ok(()))
    }

    /// What became of a write; none taken for too long is a fault.
    fn in_time<T>(&mut self, written: Poll<Result<T, Error>>, context: &mut Context<'_>) -> Poll<Result<T, Error>> {
        if written.is_ready() {
            self.ends = None;
            return written;
        }
        let patience = self.patience;
        ready!(self.ends.get_or_insert_with(|| Box::pin(sleep(patience))).as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl Read for Way {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl Write for Way {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize, Error>> {
        if self.dresses(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.in_time(written, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(self.poll_dressed(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize, Error>> {
        if let [only] = bytes
            && self.dresses(only)
        {
            return Poll::Ready(Ok(only.len()));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.in_time(written, context)
    }
}
