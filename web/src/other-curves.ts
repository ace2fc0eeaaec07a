// Stands in for the curves of other suites: age-encryption knows them, docs/formats.md does not, and no phone need carry them.
// Asked to do anything they fail; `sealed.ts` never lets it come to that.

import { Refusal } from "./refusal.ts";

const refuse = (): never => {
  throw new Refusal("sealed-shape");
};

const none = {
  lengths: { secretKey: 32, publicKey: 33, publicKeyUncompressed: 65, seed: 48 },
  Point: { Fn: {}, fromBytes: refuse },
  utils: { randomSecretKey: refuse },
  keygen: refuse,
  getPublicKey: refuse,
  getSharedSecret: refuse,
};

export { none as p256, none as p384 };
