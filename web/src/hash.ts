// What something is known by: its hash, as this house writes it. Apart from `bytes.ts`, because pages that hash nothing need none.

import { sha256 as digest } from "@noble/hashes/sha2.js";
import { hex } from "./bytes.ts";

export const sha256 = (bytes: Uint8Array): string => hex(digest(bytes));
