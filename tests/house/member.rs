//! A member at a terminal of their own.

use serde_json::{Value, json};
use unseal::MemberKey;

use crate::House;

impl House {
    /// Signs a member in, named `INSTITUTION.member`: the header that a program of theirs sends from now on.
    pub fn session(&self, member: &str) -> String {
        let proof = self.proof(member, &self.challenge());
        format!("Bearer {}", self.tell_members("/api/v1/session", &proof)["token"].as_str().unwrap())
    }

    /// A challenge to sign in with.
    pub fn challenge(&self) -> String {
        let asked = self.tell_members("/api/v1/session/challenge", &json!({}));
        asked["challenge"].as_str().unwrap().to_owned()
    }

    /// What a member, named `INSTITUTION.member`, answers a challenge with.
    pub fn proof(&self, member: &str, challenge: &str) -> Value {
        let key = MemberKey::read(&std::fs::read_to_string(self.key(member)).unwrap());
        let key = key.unwrap_or_else(|fault| panic!("{fault}"));
        let device = self.device();
        let deployment = device.directory().body().deployment.as_str();
        let signature = key.sign_in(deployment, &hex::decode(challenge).unwrap());
        json!({
            "institution": key.institution(), "member": key.member(), "challenge": challenge, "signature": signature,
        })
    }

    fn tell_members(&self, path: &str, said: &Value) -> Value {
        let headers = [("content-type", "application/json")];
        self.members_door().send("POST", path, &headers, said.to_string().as_bytes()).unwrap().json()
    }
}
