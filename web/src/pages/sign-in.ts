// Proof of possession: the key file is read here and stays here.

import { unbase64 } from "../bytes.ts";
import { type MemberKey, openWrap, readMemberKey } from "../key.ts";
import { Refusal } from "../refusal.ts";
import { beginSession, challenge } from "../server.ts";
import type { Session } from "../session.ts";
import { signChallenge } from "../statement.ts";
import { onSubmit } from "./page.ts";

export function offerSignIn(session: Session): void {
  const form = document.querySelector<HTMLFormElement>("#sign-in");
  if (!form) return;
  onSubmit(form, "signing-in", async () => {
    const file = form.querySelector<HTMLInputElement>("#key-file")?.files?.[0];
    if (!file) throw new Refusal("key-file");
    await signIn(session, file, form.dataset["deployment"] ?? "");
    location.assign("/");
  });
}

async function signIn(session: Session, file: File, deployment: string): Promise<void> {
  const key = read(await file.text());
  const { institution, member } = key;
  const asked = await challenge();
  const signature = signChallenge(key.signing, deployment, asked);
  const answer = await beginSession({ institution, member, challenge: asked, signature });
  const nothing = { institution, member, identity: "", signing: "" };
  const former = (answer.former ?? []).map(unbase64);
  await session.keep(answer.wrap === undefined ? nothing : await openWrap(key, unbase64(answer.wrap), former));
}

/** A file of another kind is no key, whatever is wrong with it. */
function read(text: string): MemberKey {
  try {
    return readMemberKey(text);
  } catch {
    throw new Refusal("key-file");
  }
}
