// Proof of possession: the key file is read here and stays here.

import { unbase64 } from "../bytes.ts";
import { openWrap, readMemberKey } from "../key.ts";
import { beginSession, challenge } from "../server.ts";
import type { Session } from "../session.ts";
import { signChallenge } from "../statement.ts";
import { askWord, tell, word } from "./page.ts";

export function offerSignIn(session: Session): void {
  const form = document.querySelector<HTMLFormElement>("#sign-in");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = form.querySelector<HTMLInputElement>("#key-file")?.files?.[0];
    if (!file) return;
    tell(word("signing-in"));
    signIn(session, file, form.dataset["deployment"] ?? "")
      .then(() => location.assign("/"))
      .catch((cause: unknown) => tell(askWord(cause)));
  });
}

async function signIn(session: Session, file: File, deployment: string): Promise<void> {
  const key = readMemberKey(await file.text());
  const { institution, member } = key;
  const asked = await challenge();
  const signature = signChallenge(key.signing, deployment, asked);
  const answer = await beginSession({ institution, member, challenge: asked, signature });
  const nothing = { institution, member, identity: "", signing: "" };
  await session.keep(answer.wrap === undefined ? nothing : await openWrap(key, unbase64(answer.wrap)));
}
