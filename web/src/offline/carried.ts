// What stays from one report of worker mode to the next.

import { find } from "../form/view.ts";
import { keep, recall } from "./drafts.ts";

const DRAFT = "quick";

/** Outlives the page: where, who files, the language spoken. */
const LASTING = ["area", "source", "spoken"];

const field = (id: string): HTMLSelectElement | null => find<HTMLSelectElement>(`#${id}`);

export const keepLasting = (): Promise<void> => keep(DRAFT, LASTING.map((id) => field(id)?.value ?? ""));

export async function recallLasting(): Promise<void> {
  const kept = await recall<string[]>(DRAFT);
  LASTING.forEach((id, at) => choose(field(id), kept?.[at]));
}

function choose(select: HTMLSelectElement | null, value: string | undefined): void {
  if (select && [...select.options].some((option) => option.value === value)) select.value = value ?? "";
}
