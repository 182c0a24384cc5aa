//! Reports when a response was sent. A refund that was requested without an idempotency key is remembered until then
//! (`src/store/records/unanswered.rs`).

use crate::{api::envelope::Unanswered, error::with_causes, state::Requite};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http_body::{Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::runtime::Handle;

/// Seconds between attempts to store that a response was sent. Until it is stored, an identical request counts as a
/// repetition; after ten minutes none does any more.
const WAITS: [u64; 6] = [1, 5, 20, 60, 120, 240];

/// Forgets an unanswered request when its whole response was handed to the connection. What the network does with it
/// then nobody here can know.
pub async fn report(State(requite): State<Requite>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(unanswered) = response.extensions_mut().remove::<Unanswered>() else { return response };
    response.map(|body| {
        let left = body.size_hint().exact();
        Body::new(ReportedBody { body, left, ended: false, report: Some((requite, unanswered)) })
    })
}

struct ReportedBody {
    body: Body,
    /// The bytes that were not read yet, if the length is known. A server does not ask for the end after the last of them.
    left: Option<u64>,
    /// The end was read.
    ended: bool,
    report: Option<(Requite, Unanswered)>,
}

impl HttpBody for ReportedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(None) => self.ended = true,
            Poll::Ready(Some(Ok(frame))) => {
                let read = frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
                self.left = self.left.map(|left| left.saturating_sub(read));
            }
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body is dropped after its last frame was written, or when the connection broke before.
impl Drop for ReportedBody {
    fn drop(&mut self) {
        let Some((requite, Unanswered { merchant, refund })) =
            self.report.take_if(|_| self.ended || self.left == Some(0))
        else {
            return;
        };
        let Ok(runtime) = Handle::try_current() else { return };
        runtime.spawn(async move {
            for seconds in WAITS {
                let Err(error) = requite.store.response_sent(merchant, refund).await else { return };
                tracing::warn!(%refund, error = %with_causes(&error), "it cannot be stored that a response was sent");
                tokio::time::sleep(Duration::from_secs(seconds)).await;
            }
        });
    }
}
