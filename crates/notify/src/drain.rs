//! From the outbox to the mail server: at least once, and twice only where nobody could tell whether it was taken; never silently never.

use report::InstitutionCode;
use report::notice::NoticeKind;
use store::{Addressee, Error, Mail, Moment, Store};

use crate::address::Address;
use crate::post::{Post, PostFault, Text};

/// As many mails are looked at in one go.
const MOST: u64 = 100;

/// Minutes to wait after the first refusal, the second and so on. After the last a mail is given up.
pub type Intervals = [i32];

/// What one go did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Mails handed over.
    pub sent: usize,
    /// Mails to be tried again.
    pub waiting: usize,
    /// Mails given up.
    pub given_up: usize,
}

/// Takes everything that is due to the mail server. `texts` gives the constant text in the institution's language. Once `is_over`
/// says so, the conversation that is held is ended, and none begun.
///
/// # Errors
/// When the outbox does not answer; what the mail server does is in the answer.
pub async fn drain(
    (store, post): (&Store, &Post),
    texts: impl Fn(&InstitutionCode, NoticeKind) -> Text,
    intervals: &Intervals,
    now: Moment,
    is_over: impl Fn() -> bool,
) -> Result<Drained, Error> {
    let mut drained = Drained::default();
    for mail in store.mails(now, MOST).await? {
        let text = texts(&mail.institution, mail.notice.kind());
        let Some(outcome) = tell((store, post), (&mail, &text), now, &is_over).await? else { return Ok(drained) };
        match outcome {
            Ok(()) => {
                store.mail_sent(&mail.id).await?;
                drained.sent += 1;
            }
            Err(fault) => {
                let next = again(fault, mail.attempts, intervals).map(|minutes| now.plus_minutes(minutes));
                store.mail_failed(&mail.id, next).await?;
                drained.waiting += usize::from(next.is_some());
                drained.given_up += usize::from(next.is_none());
                tracing::warn!(%fault, attempts = mail.attempts, given_up = next.is_none(), "a mail was not taken");
            }
        }
    }
    Ok(drained)
}

/// Hands a mail over to whoever of its addressees did not get it yet; none when all is over before that is done.
async fn tell(
    (store, post): (&Store, &Post),
    (mail, text): (&Mail, &Text),
    now: Moment,
    is_over: &impl Fn() -> bool,
) -> Result<Option<Result<(), PostFault>>, Error> {
    let mut outcome = Ok(());
    for addressee in &mail.addressees {
        if is_over() {
            return Ok(None);
        }
        match hand_over(post, (mail, addressee), text, now).await {
            // Marked before the next is told: whatever happens then, this one does not get it again.
            Ok(()) => store.mail_taken(&mail.id, addressee).await?,
            // One who never gets it does not keep the others waiting.
            Err(fault) => outcome = if outcome == Err(PostFault::NotNow) { outcome } else { Err(fault) },
        }
    }
    Ok(Some(outcome))
}

/// When to try again; never when the server will never take it, or the intervals are used up.
fn again(fault: PostFault, attempts: u32, intervals: &Intervals) -> Option<i32> {
    match fault {
        PostFault::NotNow => intervals.get(usize::try_from(attempts).ok()?).copied(),
        PostFault::Never | PostFault::Message | PostFault::Settings => None,
    }
}

/// To one member. An address that is none counts as told: nobody can get it.
async fn hand_over(
    post: &Post,
    (mail, addressee): (&Mail, &Addressee),
    text: &Text,
    now: Moment,
) -> Result<(), PostFault> {
    let Ok(address) = addressee.mailbox.parse::<Address>() else { return Ok(()) };
    post.send((&mail.notice, text), &hex::encode(addressee.mark), &address, now).await
}

#[cfg(test)]
mod tests {
    use std::slice::Iter;
    use std::sync::{Arc, Mutex};

    use report::Day;
    use report::notice::{Notice, Reference};
    use store::Settings;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::mpsc;

    use super::*;
    use crate::config::{Config, Security};

    /// A mail server that answers the end of each mail with what it was told, and shows what it took.
    async fn server(answers: &'static [&'static str]) -> (Post, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (took, taken) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let answers = Arc::new(Mutex::new(answers.iter()));
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, answers.clone(), took.clone()));
            }
        });
        let config = Config {
            host: "127.0.0.1".to_owned(),
            port,
            security: Security::Plain,
            from: "putokaz@desk.example".to_owned(),
            domain: "desk.example".to_owned(),
            account: None,
        };
        (Post::new(&config, None).unwrap(), taken)
    }

    async fn converse(
        stream: TcpStream,
        answers: Arc<Mutex<Iter<'static, &'static str>>>,
        took: mpsc::UnboundedSender<String>,
    ) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut mail: Option<String> = None;
        write.write_all(b"220 here\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match (&mut mail, line.as_str()) {
                (Some(text), ".") => {
                    took.send(std::mem::take(text)).unwrap();
                    mail = None;
                    answers.lock().unwrap().next().copied().unwrap_or("250 taken")
                }
                (Some(text), line) => {
                    text.push_str(line);
                    text.push('\n');
                    continue;
                }
                (None, "DATA") => {
                    mail = Some(String::new());
                    "354 go on"
                }
                (None, _) => "250 good",
            };
            let _ = write.write_all(format!("{answer}\r\n").as_bytes()).await;
        }
    }

    fn now() -> Moment {
        Moment::of_day(Day::new(20_777)).plus_minutes(9 * 60)
    }

    fn text() -> Text {
        Text { subject: "Something waits for you".to_owned(), body: "Please sign in.".to_owned() }
    }

    fn mail(mailboxes: &[&str]) -> Mail {
        let addressee =
            |(number, mailbox): (u8, &&str)| Addressee { mailbox: (*mailbox).to_owned(), mark: [number; 16] };
        Mail {
            id: [7; 16],
            institution: "NGO-VP".parse().unwrap(),
            notice: Notice::duty(Reference::new([9; 8])),
            attempts: 0,
            addressees: (1..).zip(mailboxes).map(addressee).collect(),
        }
    }

    async fn store() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("putokaz.db").display());
        let store = Store::open(Settings::new(url, folder.path().join("blobs"), |bytes| bytes.fill(3))).await.unwrap();
        store.migrate().await.unwrap();
        (store, folder)
    }

    async fn told(post: &Post, mail: &Mail, is_over: bool) -> Option<Result<(), PostFault>> {
        let (store, _folder) = store().await;
        tell((&store, post), (mail, &text()), now(), &|| is_over).await.unwrap()
    }

    #[tokio::test]
    async fn a_mail_carries_the_constant_text_and_nothing_else() {
        let (post, mut taken) = server(&[]).await;
        let mail = mail(&["duty@ngo.example", "no address", "second@ngo.example"]);
        assert_eq!(told(&post, &mail, false).await, Some(Ok(())));
        let first = taken.recv().await.unwrap();
        let mut headers: Vec<&str> = first.lines().take_while(|line| !line.is_empty()).collect();
        headers.sort_unstable();
        let expected = [
            "Content-Transfer-Encoding: 7bit",
            "Content-Type: text/plain; charset=utf-8",
            "Date: Fri, 20 Nov 2026 09:00:00 +0000",
            "From: putokaz@desk.example",
            "MIME-Version: 1.0",
            "Message-ID: <01010101010101010101010101010101@desk.example>",
            "Subject: Something waits for you (0909090909090909)",
            "To: duty@ngo.example",
        ];
        assert_eq!(headers, expected);
        assert!(first.trim_end().ends_with("\n\nPlease sign in."));
        assert!(taken.recv().await.unwrap().contains("To: second@ngo.example"));
    }

    #[tokio::test]
    async fn what_is_not_taken_now_is_tried_again_and_what_never_will_be_is_given_up() {
        let (post, _taken) = server(&["451 later", "550 never"]).await;
        let one = mail(&["duty@ngo.example"]);
        assert_eq!(told(&post, &one, false).await, Some(Err(PostFault::NotNow)));
        assert_eq!(told(&post, &one, false).await, Some(Err(PostFault::Never)));
        assert_eq!(told(&post, &one, false).await, Some(Ok(())));
        assert_eq!(again(PostFault::NotNow, 0, &[5, 60]), Some(5));
        assert_eq!(again(PostFault::NotNow, 1, &[5, 60]), Some(60));
        assert_eq!(again(PostFault::NotNow, 2, &[5, 60]), None);
        assert_eq!(again(PostFault::Never, 0, &[5, 60]), None);
    }

    #[tokio::test]
    async fn a_server_that_is_away_loses_nothing() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let config = Config {
            host: "127.0.0.1".to_owned(),
            port: closed,
            security: Security::Plain,
            from: "putokaz@desk.example".to_owned(),
            domain: "desk.example".to_owned(),
            account: None,
        };
        let post = Post::new(&config, None).unwrap();
        assert_eq!(told(&post, &mail(&["duty@ngo.example"]), false).await, Some(Err(PostFault::NotNow)));
    }

    #[tokio::test]
    async fn one_who_does_not_get_it_keeps_no_other_waiting_and_whoever_got_it_is_marked() {
        let (post, mut taken) = server(&["250 taken", "451 later", "250 taken"]).await;
        let (store, _folder) = store().await;
        let mail = mail(&["a@ngo.example", "b@ngo.example", "c@ngo.example"]);
        let outcome = tell((&store, &post), (&mail, &text()), now(), &|| false).await.unwrap();
        assert_eq!(outcome, Some(Err(PostFault::NotNow)));
        for to in ["To: a@", "To: b@", "To: c@"] {
            assert!(taken.recv().await.unwrap().contains(to));
        }
        let marked = [0, 1, 2].map(|place| store.mail_taken(&mail.id, &mail.addressees[place]));
        let [a, b, c] = marked;
        assert_eq!((a.await, b.await, c.await), (Err(Error::Taken), Ok(()), Err(Error::Taken)));
    }

    #[tokio::test]
    async fn when_all_is_over_no_conversation_is_begun() {
        let (post, mut taken) = server(&[]).await;
        assert_eq!(told(&post, &mail(&["duty@ngo.example"]), true).await, None);
        assert!(taken.try_recv().is_err());
    }

    #[tokio::test]
    async fn a_mail_nobody_can_get_leaves_the_outbox() {
        let (store, _folder) = store().await;
        let institution = "NGO-VP".parse().unwrap();
        store.tell(&institution, &Notice::membership(Reference::new([1; 8])), now()).await.unwrap();
        let (post, _taken) = server(&[]).await;
        let drained = drain((&store, &post), |_, _| text(), &[5], now(), || false).await.unwrap();
        assert_eq!(drained, Drained { sent: 1, waiting: 0, given_up: 0 });
        assert_eq!(store.mails(now(), 10).await.unwrap().len(), 0);
    }
}
