// What codes are called in the reader's language, and what may be consented to: the country's own document.

import type { Consent } from "./choice.ts";
import { tellAll } from "./door.ts";

interface Term {
  code: string;
  label: string;
}

export interface CountryTold {
  lists: Record<string, Term[]>;
  consent: Consent;
}

export class Labels {
  private constructor(private readonly told: CountryTold) {}

  static async read(language: string): Promise<Labels> {
    return new Labels(await tellAll<CountryTold>(`/api/v1/country/${language}`));
  }

  term(list: string, code: string): string {
    return this.told.lists[list]?.find((term) => term.code === code)?.label ?? code;
  }

  purpose = (code: string): string => this.term("purpose_consent", code);
  kind = (code: string): string => this.term("recipient_kind", code);
  outcome = (code: string): string => this.term("outcome", code);

  get consent(): Consent {
    return this.told.consent;
  }
}
