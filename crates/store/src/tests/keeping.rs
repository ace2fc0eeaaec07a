//! Uploads, sessions, mails, enrolments, releases: everything beside the reports.

use futures_util::TryStreamExt;

use super::*;
use crate::{Error, Release, Session, UploadId, WhoReads};

/// Bytes that begin as a sealed file does, as far as the store looks.
fn large() -> Vec<u8> {
    (0..200_000_u32).map(|number| number.to_le_bytes()[1]).collect()
}

async fn upload(house: &House, bytes: &[u8]) -> UploadId {
    let id = house.store.begin_upload(bytes.len() as u64, today()).await.unwrap();
    for (piece, offset) in bytes.chunks(70_000).zip((0..).step_by(70_000)) {
        house.store.append(id, offset, Bytes::copy_from_slice(piece), today()).await.unwrap();
    }
    id
}

fn with_evidence(reporter: &Reporter, sealed: Vec<u8>, carried: Option<UploadId>) -> Filing {
    let grants = vec![("evidence/1", "receipt", When::Now), ("evidence/1", LEAD, When::Now)];
    let brings =
        Brings { parts: vec![("evidence/1", sealed)], grants, facets: Some(facets(NOBODY, KEEP)), ..Brings::default() };
    let mut filing = reporter.filing(brings);
    if let Some(id) = carried {
        filing.stated.parts[0].carried = Carried::Upload(id);
    }
    filing
}

async fn read(house: &House, reporter: &Reporter) -> Vec<u8> {
    let snapshot = house.store.snapshot().await.unwrap();
    let part = "evidence/1".parse().unwrap();
    let content = snapshot.content(reporter.report, part, &WhoReads::Receipt).await.unwrap().unwrap();
    let pieces: Vec<Bytes> = content.bytes.try_collect().await.unwrap();
    pieces.concat()
}

fn files_in(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
}

/// What an institution enrols in an epoch: these members, each with its keys.
pub(super) fn enrolment(epoch: u32, members: &[&str]) -> vault::Enrolment {
    let rng = &mut rand::rngs::OsRng;
    let (identity, signing) = (vault::Seed::of_bytes(drawn().into()), drawn());
    let institution = code(LEAD);
    let mut enrolled = Vec::new();
    for name in members {
        let (own, member) = (vault::Seed::of_bytes(drawn().into()), token(name));
        let contents = vault::WrapContents {
            institution: &institution,
            member: &member,
            epoch,
            identity: &identity,
            signing: &signing,
        };
        let wrap = Some(vault::seal_wrap(&contents, &own.recipient(), rng).unwrap());
        let signing = SecretKey::of_seed(&drawn()).public();
        let recipient = own.recipient();
        enrolled.push(vault::EnrolledMember {
            member,
            role: vault::Role::Officer,
            recipient,
            signing,
            wrap,
            mailbox: None,
        });
    }
    let signing = SecretKey::of_seed(&signing).public();
    vault::Enrolment {
        version: Version1,
        institution,
        epoch,
        recipient: identity.recipient(),
        signing,
        members: enrolled,
        former: Vec::new(),
    }
}

fn is_sqlite(house: &House) -> bool {
    house.settings.database_url.starts_with("sqlite:")
}

/// Lets no upload become whole.
fn refuse_whole(house: &House) -> String {
    if is_sqlite(house) {
        let when = "BEFORE UPDATE ON uploads WHEN NEW.blob IS NOT NULL";
        return format!("CREATE TRIGGER never {when} BEGIN SELECT RAISE(ABORT, 'never'); END");
    }
    "ALTER TABLE uploads ADD CONSTRAINT never CHECK (blob IS NULL)".to_owned()
}

fn allow_whole(house: &House) -> &'static str {
    if is_sqlite(house) { "DROP TRIGGER never" } else { "ALTER TABLE uploads DROP CONSTRAINT never" }
}

both_databases! {
    async fn who_left_and_what_was_given_in_earlier_epochs_keeps_no_keys_here(house: &House) {
        let mut first = enrolment(1, &["day", "night"]);
        house.store.enrol(&first, today()).await.unwrap();
        assert_eq!(house.count("wraps").await, 2);
        first.members.truncate(1);
        house.store.enrol(&first, today()).await.unwrap();
        assert_eq!(house.count("wraps WHERE member = 'day'").await, 1);
        assert_eq!(house.count("wraps").await, 1, "who left opens nothing with a copy of the database");
        let mut second = enrolment(2, &["day", "new"]);
        assert_eq!(house.store.enrol(&second, today()).await, Err(Error::Former), "earlier statements would hold no more");
        let identity = second.members[0].wrap.clone().unwrap();
        for (until, told) in [(today().plus(-1), Err(Error::Former)), (today(), Ok(()))] {
            second.former = vec![vault::FormerKeys { signing: first.signing, until, identity: identity.clone() }];
            assert_eq!(house.store.enrol(&second, today()).await, told);
        }
        assert_eq!((house.count("wraps").await, house.count("wraps WHERE epoch = 2").await), (2, 2));
        let member = house.store.snapshot().await.unwrap().member(&code(LEAD), "day").await.unwrap().unwrap();
        assert!(member.wrap.is_some());
    }

    async fn a_file_that_came_in_pieces_is_kept_whole(house: &House) {
        let reporter = Reporter::new();
        let id = upload(house, &large()).await;
        assert!(house.store.upload(id).await.unwrap().unwrap().is_whole());
        assert_eq!(house.store.measured(id).await, Err(Error::Upload), "bytes that are no sealed file were measured as one");
        house.store.file(with_evidence(&reporter, large(), Some(id))).await.unwrap();
        assert_eq!(read(house, &reporter).await, large());
        assert_eq!(house.store.upload(id).await.unwrap(), None);
        assert_eq!(house.store.advance(days_later(30)).await.unwrap().collected, 0);
        house.store.shred(reporter.report, today()).await.unwrap();
        assert_eq!((files_in(&house.settings.blobs), house.count("blobs").await), (0, 0));
    }

    async fn a_large_part_that_came_inside_is_a_blob_too_and_forgets_when(house: &House) {
        let reporter = Reporter::new();
        house.store.file(with_evidence(&reporter, large(), None)).await.unwrap();
        assert_eq!(read(house, &reporter).await, large());
        assert_eq!(house.count("small_parts").await, 0);
        let name = std::fs::read_dir(house.settings.blobs.join("sealed")).unwrap().next().unwrap().unwrap().path();
        let file = std::fs::read_dir(name).unwrap().next().unwrap().unwrap();
        assert_eq!(file.metadata().unwrap().modified().unwrap(), std::time::SystemTime::UNIX_EPOCH);
    }

    async fn an_upload_goes_on_where_it_stopped_and_nowhere_else(house: &House) {
        let id = house.store.begin_upload(10, today()).await.unwrap();
        let piece = |text: &'static str| Bytes::from(text);
        assert_eq!(house.store.append(id, 0, piece("01234"), today()).await.unwrap().received, 5);
        assert_eq!(house.store.append(id, 0, piece("01234"), today()).await, Err(Error::Taken));
        assert_eq!(house.store.append(id, 7, piece("789"), today()).await, Err(Error::Taken));
        assert_eq!(house.store.append(id, 5, piece("567890"), today()).await, Err(Error::Full));
        assert!(house.store.append(id, 5, piece("56789"), today()).await.unwrap().is_whole());
        let unknown: UploadId = "00112233445566778899aabbccddeeff".parse().unwrap();
        assert_eq!(house.store.append(unknown, 0, piece("0"), today()).await, Err(Error::Missing));
    }

    async fn an_upload_whose_last_step_fails_is_ended_by_sending_the_last_piece_again(house: &House) {
        let bytes = Bytes::from(large());
        let (first, last) = (bytes.slice(..150_000), bytes.slice(150_000..));
        let id = house.store.begin_upload(bytes.len() as u64, today()).await.unwrap();
        house.store.append(id, 0, first, today()).await.unwrap();
        // A file where the blobs' folder should be: nothing can be joined.
        let sealed = house.settings.blobs.join("sealed");
        std::fs::write(&sealed, "in the way").unwrap();
        assert!(house.store.append(id, 150_000, last.clone(), today()).await.is_err());
        std::fs::remove_file(&sealed).unwrap();
        assert_eq!(house.store.upload(id).await.unwrap().unwrap().received, 150_000, "it goes on where it was");
        // A row that cannot be written once the bytes are joined.
        house.tamper(&refuse_whole(house)).await;
        assert!(house.store.append(id, 150_000, last.clone(), today()).await.is_err());
        house.tamper(allow_whole(house)).await;
        assert!(house.store.append(id, 150_000, last, today()).await.unwrap().is_whole());
        let reporter = Reporter::new();
        house.store.file(with_evidence(&reporter, large(), Some(id))).await.unwrap();
        assert_eq!(read(house, &reporter).await, large());
    }

    async fn pieces_that_outlive_their_upload_are_collected(house: &House) {
        let id = upload(house, &large()).await;
        let folder = house.settings.blobs.join(format!("uploads/{id}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("00000000000000000000"), "left by a server that was killed").unwrap();
        let begun = house.store.begin_upload(10, today()).await.unwrap();
        house.store.append(begun, 0, Bytes::from("012"), today()).await.unwrap();
        house.store.advance(now()).await.unwrap();
        assert_eq!(files_in(&house.settings.blobs.join("uploads")), 1, "what still comes in stays");
        assert_eq!(house.store.append(begun, 3, Bytes::from("3456789"), today()).await.unwrap().received, 10);
    }

    async fn a_part_that_is_not_what_was_uploaded_is_refused_whole(house: &House) {
        let id = upload(house, &large()).await;
        let mut other = large();
        other[100] ^= 1;
        let refused = house.store.file(with_evidence(&Reporter::new(), other, Some(id))).await;
        assert_eq!(refused, Err(Error::Upload));
        assert_eq!((house.count("reports").await, house.count("ledger").await), (0, 0));
        house.store.file(with_evidence(&Reporter::new(), large(), Some(id))).await.unwrap();
        let twice = house.store.file(with_evidence(&Reporter::new(), large(), Some(id))).await;
        assert_eq!(twice, Err(Error::Upload));
    }

    async fn what_nobody_named_is_collected_after_seven_days(house: &House) {
        upload(house, &large()).await;
        let begun = house.store.begin_upload(10, today()).await.unwrap();
        house.store.append(begun, 0, Bytes::from("012"), today()).await.unwrap();
        assert_eq!(house.store.advance(days_later(6)).await.unwrap().collected, 0);
        assert_eq!(house.store.advance(days_later(7)).await.unwrap().collected, 1);
        assert_eq!((files_in(&house.settings.blobs), house.count("uploads").await), (0, 0));
    }

    async fn a_session_ends_when_idle_when_old_and_when_told(house: &House) {
        let session = Session {
            institution: code(LEAD),
            member: "officer-1".to_owned(),
            idle: now().plus_minutes(15),
            end: now().plus_minutes(480),
        };
        house.store.begin_session([1; 32], &session).await.unwrap();
        let at = |minutes: i32| {
            let then = now().plus_minutes(minutes);
            house.store.session([1; 32], then, then.plus_minutes(15))
        };
        assert!(at(14).await.unwrap().is_some());
        assert!(at(28).await.unwrap().is_some());
        assert!(at(44).await.unwrap().is_none());
        assert!(house.store.session([2; 32], now(), now()).await.unwrap().is_none());
        house.store.end_session([1; 32]).await.unwrap();
        assert!(at(29).await.unwrap().is_none());
        house.store.begin_session([3; 32], &session).await.unwrap();
        house.store.advance(now().plus_minutes(20)).await.unwrap();
        assert_eq!(house.count("sessions").await, 0);
    }

    async fn a_challenge_is_used_once_and_forgotten_when_its_time_is_over(house: &House) {
        let end = now().plus_minutes(5);
        house.store.use_challenge([1; 32], end).await.unwrap();
        assert_eq!(house.store.use_challenge([1; 32], end).await, Err(Error::Taken));
        house.store.use_challenge([2; 32], end).await.unwrap();
        house.store.advance(end).await.unwrap();
        assert_eq!(house.count("challenges").await, 0);
    }

    async fn what_is_urgent_is_told_at_once_and_everything_else_in_one_digest(house: &House) {
        for _ in 0..3 {
            house.store.file(Reporter::new().files()).await.unwrap();
        }
        assert_eq!(house.store.mails(now(), 10).await.unwrap().len(), 0);
        let digest = house.store.mails(now().plus_minutes(24 * 60), 10).await.unwrap();
        assert_eq!(digest.iter().map(|mail| mail.institution.clone()).collect::<Vec<_>>(), [code(LEAD)]);
        let mut urgent = Reporter::new().files();
        urgent.assessment.clock = report::triage::Clock::U0;
        house.store.file(urgent).await.unwrap();
        let duty = house.store.mails(now(), 10).await.unwrap();
        assert_eq!(duty.len(), 1);
        house.store.mail_failed(&duty[0].id, Some(now().plus_minutes(5))).await.unwrap();
        assert_eq!(house.store.mails(now(), 10).await.unwrap().len(), 0);
        assert_eq!(house.store.mails(now().plus_minutes(5), 10).await.unwrap()[0].attempts, 1);
        house.store.mail_failed(&duty[0].id, None).await.unwrap();
        assert_eq!(house.store.poisoned_mails().await.unwrap(), 1);
        house.store.mail_sent(&digest[0].id).await.unwrap();
        assert_eq!(house.count("outbox").await, 1);
    }

    async fn whoever_got_a_mail_gets_it_no_more_while_it_waits_for_others(house: &House) {
        let mut enrolled = enrolment(1, &["day", "night"]);
        for member in &mut enrolled.members {
            member.mailbox = Some(format!("{}@ngo.example", member.member));
        }
        house.store.enrol(&enrolled, today()).await.unwrap();
        house.store.tell(&code(LEAD), &report::notice::Notice::membership(report::notice::Reference::new([1; 8])), now()).await.unwrap();
        let [mail] = <[_; 1]>::try_from(house.store.mails(now(), 10).await.unwrap()).ok().unwrap();
        assert_eq!(mail.addressees.len(), 2);
        house.store.mail_taken(&mail.id, &mail.addressees[0]).await.unwrap();
        house.store.mail_failed(&mail.id, Some(now())).await.unwrap();
        let [again] = <[_; 1]>::try_from(house.store.mails(now(), 10).await.unwrap()).ok().unwrap();
        let left: Vec<_> = again.addressees.iter().map(|one| (one.mailbox.as_str(), one.mark)).collect();
        assert_eq!(left, [(mail.addressees[1].mailbox.as_str(), mail.addressees[1].mark)], "the same mail, by the same name");
        house.store.mail_sent(&mail.id).await.unwrap();
        assert_eq!((house.count("outbox").await, house.count("taken_mails").await), (0, 0));
    }

    async fn what_was_published_or_signed_stays_as_it_is(house: &House) {
        let release = Release {
            plan: "T1".to_owned(),
            period: "2026-Q3".to_owned(),
            number: 0,
            day: today(),
            ledger_size: 0,
            published: b"{}".to_vec(),
        };
        house.store.publish(&release).await.unwrap();
        let other = Release { published: b"[]".to_vec(), number: 1, ..release.clone() };
        assert_eq!(house.store.publish(&other).await, Err(Error::Taken));
        let unseen = Release { period: "2026-Q2".to_owned(), ..release.clone() };
        assert_eq!(house.store.publish(&unseen).await, Err(Error::NotNow), "it was judged without the one before it");
        assert_eq!(house.store.snapshot().await.unwrap().releases().await.unwrap(), [release]);
        house.store.put_directory(7, "note", (today(), today().plus(30))).await.unwrap();
        house.store.put_directory(7, "note", (today(), today().plus(30))).await.unwrap();
        assert_eq!(house.store.put_directory(7, "other", (today(), today())).await, Err(Error::Taken));
        assert_eq!(house.store.snapshot().await.unwrap().newest_directory().await.unwrap(), Some((7, "note".to_owned())));
    }

    async fn a_store_that_can_write_says_so(house: &House) {
        house.store.is_ready().await.unwrap();
        house.store.is_ready().await.unwrap();
        assert_eq!(house.count("ledger").await, 0);
        let exposure = house.store.snapshot().await.unwrap().exposure().await.unwrap();
        assert_eq!((exposure.reports, exposure.sealed_bytes), (0, 0));
    }
}
