// A member's key file, and the wrap that holds the institution's own keys.

import { recipientOf, open, seal } from "./sealed.ts";
import { padLine, readLine } from "./grant.ts";
import type { Keys } from "./opening.ts";
import { Refusal } from "./refusal.ts";
import { readCount, readObject, readText } from "./strict.ts";

export interface MemberKey {
  institution: string;
  member: string;
  role: string;
  identity: string;
  signing: string;
}

export interface Wrapped extends Keys {
  epoch: number;
}

export function readMemberKey(source: string): MemberKey {
  const names = ["version", "institution", "member", "role", "identity", "signing"];
  try {
    const fields = readObject(source, names);
    const [institution = "", member = "", role = "", identity = "", signing = ""] = names
      .slice(1)
      .map((name) => readText(fields[name]));
    if (fields["version"] !== 1 || !identity.startsWith("AGE-SECRET-KEY-PQ-1") || !/^[0-9a-f]{64}$/.test(signing)) {
      throw new Refusal("key-file");
    }
    return { institution, member, role, identity, signing };
  } catch {
    throw new Refusal("key-file");
  }
}

/**
 * Opens the institution's keys; a wrap made for another member or institution is refused. `former`: its identities of earlier
 * epochs, the latest first, each sealed to the one after it.
 */
export async function openWrap(key: MemberKey, wrap: Uint8Array, former: Uint8Array[] = []): Promise<Wrapped> {
  const names = ["version", "institution", "member", "epoch", "identity", "signing"];
  const fields = readObject(readLine(await open(key.identity, wrap)), names);
  if (fields["version"] !== 1 || fields["institution"] !== key.institution || fields["member"] !== key.member) {
    throw new Refusal("wrap-place");
  }
  const keys = {
    institution: key.institution,
    member: key.member,
    epoch: readCount(fields["epoch"]),
    identity: readText(fields["identity"]),
    signing: readText(fields["signing"]),
  };
  return { ...keys, former: await recall(keys, former) };
}

async function recall({ institution, epoch, identity }: Wrapped, former: Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  for (const sealed of former) {
    const line = readLine(await open(found.at(-1) ?? identity, sealed));
    const fields = readObject(line, ["version", "institution", "epoch", "identity"]);
    const isTheirs = fields["institution"] === institution && fields["epoch"] === epoch - found.length - 1;
    if (fields["version"] !== 1 || !isTheirs) throw new Refusal("wrap-place");
    found.push(readText(fields["identity"]));
  }
  return found;
}

export async function makeWrap(key: MemberKey, keys: Wrapped): Promise<Uint8Array> {
  const { institution, member, epoch, identity, signing } = keys;
  return seal(await recipientOf(key.identity), padLine({ version: 1, institution, member, epoch, identity, signing }));
}
