// Digits on a page: seen in groups with room between them, heard one by one.

import { groupsOf as split } from "../form/digits.ts";

/** A voice that reads pages aloud would make a number of thousands out of each group. */
export const groupsOf = (digits: string): HTMLElement[] => split(digits).map(heard);

function heard(group: string): HTMLElement {
  const made = document.createElement("span");
  made.textContent = group;
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", [...group].join(" "));
  return made;
}
