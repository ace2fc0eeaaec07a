// What codes are called in the reader's language, and what may be consented to: the country's own document.

import { Refusal } from "../refusal.ts";
import type { Consent } from "./choice.ts";
import { tellAll } from "./door.ts";

export interface Label {
  code: string;
  label: string;
}

export interface CountryTold {
  acts: Label[];
  lists: Record<string, Label[]>;
  consent: Consent;
}

export class Labels {
  private constructor(private readonly told: CountryTold) {}

  static async read(language: string): Promise<Labels> {
    const inLanguage = tellAll<CountryTold>(`/api/v1/country/${language}`);
    return new Labels(await inLanguage.catch(otherwise));
  }

  get acts(): Label[] {
    return this.told.acts;
  }

  list(name: string): Label[] {
    return this.told.lists[name] ?? [];
  }

  /** Every code there is. */
  codes(): Set<string> {
    return new Set([...this.acts, ...Object.values(this.told.lists).flat()].map(({ code }) => code));
  }

  private term(list: string, code: string): string {
    return this.list(list).find((term) => term.code === code)?.label ?? code;
  }

  purpose = (code: string): string => this.term("purpose_consent", code);
  kind = (code: string): string => this.term("recipient_kind", code);
  outcome = (code: string): string => this.term("outcome", code);
  pause = (code: string): string => this.term("pause_reason", code);

  get consent(): Consent {
    return this.told.consent;
  }
}

/** Labels of the country's base language, where there are none in the reader's. */
function otherwise(cause: unknown): Promise<CountryTold> {
  if (cause instanceof Refusal && cause.code !== "unreachable") return tellAll<CountryTold>("/api/v1/country");
  throw cause;
}
