//! The members' doors as programs and browsers see them, on a real database.
#![cfg(test)]

#[path = "doors/world.rs"]
mod world;

use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;
use vault::{Act, Author, Body as Stated, Envelope, Granted, Grantee, Statement, Terms, Version1, When, seal_grant};
use world::{Desk, LEAD, OVERSIGHT, REPORT, SHUT_OUT, World};

fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = r#"{"dashboard.js":"dashboard-A.js","dashboard.css":"dashboard-B.css"}"#;
    for (name, text) in [("manifest.json", manifest), ("dashboard-A.js", "1"), ("dashboard-B.css", "2")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

async fn send(world: &World, request: Request<Body>) -> (Response<()>, Vec<u8>) {
    let (parts, body) = world.router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), bytes.to_vec())
}

async fn post(world: &World, path: &str, body: &Value) -> (u16, Value) {
    let request =
        Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
    let (response, bytes) = send(world, request).await;
    (response.status().as_u16(), serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn get(world: &World, path: &str, token: &str) -> (u16, Vec<u8>) {
    let request = Request::get(path).header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    let (response, bytes) = send(world, request).await;
    (response.status().as_u16(), bytes)
}

async fn get_json(world: &World, path: &str, token: &str) -> (u16, Value) {
    let (status, bytes) = get(world, path, token).await;
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

fn desk<'a>(world: &'a World, code: &str) -> &'a Desk {
    world.desks.iter().find(|desk| desk.code == *code).unwrap()
}

async fn sign_in(world: &World, code: &str) -> String {
    sign_in_as(world, code, "officer-1").await
}

async fn sign_in_as(world: &World, code: &str, member: &str) -> String {
    let (_, asked) = post(world, "/api/v1/session/challenge", &json!({})).await;
    let challenge = asked["challenge"].as_str().unwrap();
    let message = vault::sign_in_message("made-up", &hex::decode(challenge).unwrap());
    let signature = hex::encode(desk(world, code).member.sign(&message).as_bytes());
    let proof = json!({"institution": code, "member": member, "challenge": challenge, "signature": signature});
    let (status, session) = post(world, "/api/v1/session", &proof).await;
    assert_eq!(status, 200, "{session}");
    assert_eq!(post(world, "/api/v1/session", &proof).await.0, 403, "a challenge is good once");
    session["token"].as_str().unwrap().to_owned()
}

async fn with_world(check: impl AsyncFn(&World)) {
    let (folder, assets) = (tempfile::tempdir().unwrap(), built());
    check(&world::world(folder.path(), assets.path()).await).await;
}

#[tokio::test]
async fn the_child_is_on_top_with_the_reason_and_the_case_carries_what_may_be_opened() {
    with_world(async |world| {
        let token = sign_in(world, LEAD).await;
        let (_, queue) = get_json(world, "/api/v1/queue", &token).await;
        assert_eq!(queue["reports"][0]["report"], REPORT);
        assert_eq!(queue["reports"][0]["why"][0]["text"], "A child is alone");
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &token).await;
        assert_eq!((&case["mine"], &case["stage"]), (&"lead".into(), &"filed".into()));
        assert!(case["parts"][0]["grant"]["file"].is_string());
        let (status, sealed) = get(world, &format!("/api/v1/reports/{REPORT}/parts/account"), &token).await;
        assert_eq!((status, Some(sealed.len() as u64)), (200, case["parts"][0]["size"].as_u64()));
        assert_eq!(case["parts"][0]["sha256"], vault::hash::sha256(&sealed).to_string());
        let first_act = |case: &Value| case["clocks"].to_string().contains("first-act");
        assert!(first_act(&case));
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &token).await;
        assert_eq!(
            (&case["stage"], first_act(&case)),
            (&"acknowledged".into(), true),
            "whoever answers for it has read it, and nobody has helped yet"
        );
    })
    .await;
}

#[tokio::test]
async fn shut_out_never_granted_and_never_filed_are_one_answer() {
    with_world(async |world| {
        for code in [SHUT_OUT, OVERSIGHT] {
            let token = sign_in(world, code).await;
            let (_, queue) = get_json(world, "/api/v1/queue", &token).await;
            assert_eq!(queue, json!({"reports": []}));
            let absent = "f".repeat(32);
            for path in ["", "/routes", "/parts/account"] {
                let (there, mut told) = get_json(world, &format!("/api/v1/reports/{REPORT}{path}"), &token).await;
                let (nowhere, mut same) = get_json(world, &format!("/api/v1/reports/{absent}{path}"), &token).await;
                told["reference"].take();
                same["reference"].take();
                assert_eq!((there, told), (nowhere, same), "{code} {path}");
                assert_eq!(there, 404);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_page_opens_for_a_member_and_for_nobody_else() {
    with_world(async |world| {
        let token = sign_in(world, LEAD).await;
        let refer = format!("/reports/{REPORT}/refer/{OVERSIGHT}");
        for path in ["/queue", "/queue?clock=U1&sort=newest", &format!("/reports/{REPORT}"), &refer] {
            let (status, page) = get(world, path, &token).await;
            assert_eq!(status, 200, "{path}");
            let page = String::from_utf8(page).unwrap();
            assert!(page.contains("<h1") && !page.contains("It was at the river"), "{path}");
            assert_eq!(get(world, path, "").await.0, 401, "{path}");
        }
        let shut_out = format!("/reports/{REPORT}/refer/{SHUT_OUT}");
        assert_eq!(get(world, &shut_out, &token).await.0, 404);
        assert_eq!(get(world, "/assets/manifest.json", "").await.0, 404);
        assert_eq!(get(world, "/assets/dashboard-B.css", "").await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn a_queue_is_filtered_by_words_that_exist_and_by_no_others() {
    with_world(async |world| {
        let token = sign_in(world, LEAD).await;
        for asked in [
            "stage=filed",
            "clock=U1",
            "area=BA-BIH",
            "area=outside",
            "category=PUSH",
            "category=protected",
            "sort=urgency",
            "sort=",
        ] {
            for path in ["/queue", "/api/v1/queue"] {
                assert_eq!(get(world, &format!("{path}?{asked}"), &token).await.0, 200, "{path}?{asked}");
            }
        }
        for asked in ["stage=gone", "clock=U9", "area=BA-NOWHERE", "category=NOTHING", "sort=oldest", "after=x"] {
            for path in ["/queue", "/api/v1/queue"] {
                let (status, problem) = get_json(world, &format!("{path}?{asked}"), &token).await;
                assert_eq!((status, &problem["code"]), (400, &"query-unreadable".into()), "{path}?{asked}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_not_the_members_opens_no_session() {
    with_world(async |world| {
        let (_, asked) = post(world, "/api/v1/session/challenge", &json!({})).await;
        let challenge = asked["challenge"].as_str().unwrap();
        let message = vault::sign_in_message("made-up", &hex::decode(challenge).unwrap());
        let signature = hex::encode(desk(world, OVERSIGHT).member.sign(&message).as_bytes());
        let proof = |institution: &str, member: &str| {
            json!({"institution": institution, "member": member, "challenge": challenge, "signature": signature})
        };
        let (wrong, mut told) = post(world, "/api/v1/session", &proof(LEAD, "officer-1")).await;
        let (nobody, mut same) = post(world, "/api/v1/session", &proof(LEAD, "nobody")).await;
        told["reference"].take();
        same["reference"].take();
        assert_eq!((wrong, told), (nobody, same));
        assert_eq!(wrong, 403);
    })
    .await;
}

/// The lead's first statement: the account goes on to another institution, for its complaint.
fn referral(world: &World, to: &str, author: &str) -> Vec<u8> {
    let (report, code) = (REPORT.parse().unwrap(), to.parse().unwrap());
    let eligible = routing::eligible(&world.facets, &world.registry, "2026-11-20".parse().unwrap());
    // A desk that is shut out cannot be sealed to: its label is put on a grant made for another.
    let readable = eligible.get(&code).or_else(|| eligible.get(&OVERSIGHT.parse().unwrap())).unwrap();
    let listed = world.directory.institution(readable.code()).unwrap();
    let what = Granted { report, part: report::PartName::ACCOUNT, identity: &world.account };
    let terms = Terms { purpose: "C-OVER".parse().unwrap(), when: When::Now };
    let mut grant = seal_grant(&what, Grantee::Institution(readable, listed), terms, &mut rand::rngs::OsRng).unwrap();
    grant.line.to = vault::Reader::Institution(code);
    let directory = world.directory.body();
    let detail = [("to", to), ("purpose", "C-OVER"), ("hazard", "BA-BP")];
    let desk = desk(world, author);
    let body = Stated {
        version: Version1,
        act: Act::Refer,
        report,
        sequence: 0,
        first: Some(world.first),
        from: Author::Institution(desk.code.clone()),
        signer: desk.signing.public(),
        directory: directory.version,
        registry: directory.registry.clone(),
        taxonomy: directory.taxonomy.clone(),
        facets: None,
        receipt: None,
        lookup: None,
        parts: Vec::new(),
        grants: vec![grant.line],
        detail: detail.map(|(key, value)| (key.try_into().unwrap(), value.try_into().unwrap())).into(),
    };
    let statement = Statement::make(body).unwrap();
    let signature = statement.sign(&desk.signing);
    let (uploads, parts) = (std::collections::BTreeMap::default(), Vec::new());
    Envelope { statement, signature, facets: None, uploads, parts, grants: vec![grant.sealed] }.write().unwrap()
}

async fn act(world: &World, token: &str, envelope: Vec<u8>) -> (u16, Value) {
    let request = Request::post(format!("/api/v1/reports/{REPORT}/statements"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", vault::MEDIA_TYPE)
        .body(Body::from(envelope))
        .unwrap();
    let (response, bytes) = send(world, request).await;
    (response.status().as_u16(), serde_json::from_slice(&bytes).unwrap_or_default())
}

#[tokio::test]
async fn a_referral_opens_the_case_for_who_was_asked_and_says_so() {
    with_world(async |world| {
        let lead = sign_in(world, LEAD).await;
        let envelope = referral(world, OVERSIGHT, LEAD);
        let (status, kept) = act(world, &lead, envelope.clone()).await;
        assert_eq!(status, 201, "{kept}");
        assert_eq!(act(world, &lead, envelope).await, (200, kept), "again the same is the same");
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &lead).await;
        assert_eq!((&case["stage"], &case["referrals"][0]["to"]), (&"referred".into(), &OVERSIGHT.into()));
        let asked = sign_in(world, OVERSIGHT).await;
        let (status, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &asked).await;
        assert_eq!((status, &case["mine"]), (200, &"referred".into()));
        let readers = case["parts"][0]["readers"].as_array().unwrap();
        assert_eq!(readers, &[json!(OVERSIGHT), json!(LEAD)]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_referred_to_who_is_shut_out_or_in_anothers_name() {
    with_world(async |world| {
        let lead = sign_in(world, LEAD).await;
        let (status, problem) = act(world, &lead, referral(world, SHUT_OUT, LEAD)).await;
        assert_eq!((status, &problem["code"]), (422, &"grant-closure".into()));
        let (status, problem) = act(world, &lead, referral(world, OVERSIGHT, OVERSIGHT)).await;
        assert_eq!((status, &problem["code"]), (422, &"statement-act".into()));
        let oversight = sign_in(world, OVERSIGHT).await;
        assert_eq!(act(world, &oversight, referral(world, OVERSIGHT, OVERSIGHT)).await.0, 404);
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &lead).await;
        assert_eq!((&case["stage"], case["statements"].as_array().map(Vec::len)), (&"filed".into(), Some(1)));
    })
    .await;
}

/// The lead's first statement: a correction that says this is what the server may know.
fn correction(world: &World, facets: &str) -> Vec<u8> {
    first_act(world, LEAD, (Act::Code, &[]), Some(facets))
}

/// The first statement of an institution, of an act that brings no part.
fn first_act(world: &World, author: &str, (act, detail): (Act, &[(&str, &str)]), facets: Option<&str>) -> Vec<u8> {
    let desk = desk(world, author);
    let directory = world.directory.body();
    let body = Stated {
        version: Version1,
        act,
        report: REPORT.parse().unwrap(),
        sequence: 0,
        first: Some(world.first),
        from: Author::Institution(desk.code.clone()),
        signer: desk.signing.public(),
        directory: directory.version,
        registry: directory.registry.clone(),
        taxonomy: directory.taxonomy.clone(),
        facets: facets.map(|facets| vault::hash::sha256(facets.as_bytes())),
        receipt: None,
        lookup: None,
        parts: Vec::new(),
        grants: Vec::new(),
        detail: detail.iter().map(|(key, value)| ((*key).try_into().unwrap(), (*value).try_into().unwrap())).collect(),
    };
    let statement = Statement::make(body).unwrap();
    let signature = statement.sign(&desk.signing);
    let (uploads, facets) = (std::collections::BTreeMap::default(), facets.map(ToOwned::to_owned));
    Envelope { statement, signature, facets, uploads, parts: Vec::new(), grants: Vec::new() }.write().unwrap()
}

#[tokio::test]
async fn who_is_accused_and_what_was_agreed_to_are_the_persons_and_no_members_to_change() {
    with_world(async |world| {
        let lead = sign_in(world, LEAD).await;
        let kept = String::from_utf8(world.facets.to_bytes()).unwrap();
        let changed = |from: &str, to: &str| {
            assert!(kept.contains(from), "{kept}");
            correction(world, &kept.replacen(from, to, 1))
        };
        let agreed = r#",{"purpose":"C-OVER","recipient_kind":"K-OVER","parts":["account"]}"#;
        for (from, to, code) in [(r#"["BA-BP"]"#, "[]", "facets-accused"), (agreed, "", "facets-consent")] {
            let (status, problem) = act(world, &lead, changed(from, to)).await;
            assert_eq!((status, &problem["code"]), (422, &code.into()), "{problem}");
        }
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &lead).await;
        assert_eq!(case["facets"], kept);
        let one_more = changed(r#"["BA-BP"]"#, r#"["BA-BP","BA-SIPA"]"#);
        assert_eq!(act(world, &lead, one_more).await.0, 201, "one more accused is a correction");
    })
    .await;
}

#[tokio::test]
async fn who_was_asked_neither_corrects_nor_closes_what_another_answers_for() {
    with_world(async |world| {
        let lead = sign_in(world, LEAD).await;
        assert_eq!(act(world, &lead, referral(world, OVERSIGHT, LEAD)).await.0, 201);
        let asked = sign_in(world, OVERSIGHT).await;
        let kept = String::from_utf8(world.facets.to_bytes()).unwrap();
        let accuses_the_lead = kept.replacen(r#"["BA-BP"]"#, r#"["BA-BP","NGO-VP"]"#, 1);
        let acts = [
            ((Act::Code, [].as_slice()), Some(accuses_the_lead.as_str())),
            ((Act::Close, &[("outcome", "O-INV")]), None),
            ((Act::Reopen, &[]), None),
            ((Act::HandOver, &[("to", OVERSIGHT)]), None),
        ];
        for (does, facets) in acts {
            let (status, problem) = act(world, &asked, first_act(world, OVERSIGHT, does, facets)).await;
            assert_eq!((status, &problem["code"]), (422, &"lead-only".into()), "{does:?}: {problem}");
        }
        let (_, case) = get_json(world, &format!("/api/v1/reports/{REPORT}"), &lead).await;
        let left = (case["mine"].as_str(), case["stage"].as_str(), case["facets"].as_str());
        assert_eq!(left, (Some("lead"), Some("referred"), Some(kept.as_str())), "nothing was changed");
        for (token, offered) in [(&asked, false), (&lead, true)] {
            let (_, page) = get(world, &format!("/reports/{REPORT}"), token).await;
            let page = String::from_utf8(page).unwrap();
            for form in ["code", "close"] {
                let shown = page.contains(&format!("data-act=\"{form}\""));
                assert_eq!(shown, offered, "a page offers {form} exactly where it is not refused");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_role_begins_with_the_first_page_it_may_open() {
    with_world(async |world| {
        let firsts = [("officer-1", "/queue"), ("analyst-1", "/statistics"), ("auditor-1", "/log")];
        for (member, first) in firsts {
            let token = sign_in_as(world, LEAD, member).await;
            let home =
                Request::get("/").header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
            let (response, _) = send(world, home).await;
            assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, first));
            let (status, page) = get(world, first, &token).await;
            let page = String::from_utf8(page).unwrap();
            assert_eq!(status, 200, "{first}");
            for (_, other) in firsts.iter().filter(|(_, other)| *other != first) {
                let opens = get(world, other, &token).await.0 == 200;
                assert_eq!(
                    page.contains(&format!("href=\"{other}\"")),
                    opens,
                    "{member} is shown the way to {other} exactly where it opens"
                );
            }
        }
        let (response, _) = send(world, Request::get("/").body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["location"], "/sign-in");
    })
    .await;
}
