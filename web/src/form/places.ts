// The place as heard: typed in any script, looked up on the device, and if wanted as the device measures it. Only the area chosen
// becomes a facet; the words and the measured point are sealed with the account.

import { word } from "../page.ts";
import { isFoundByEar } from "./letters.ts";
import { button, element } from "./view.ts";

interface Place {
  /** Field it answers. */
  field: "event.area" | "event.crossing" | "event.facility";
  code: string;
  names: string[];
}

/** One row of `GET /api/v1/places`: field, code, names. */
type Row = [field: Place["field"], code: string, ...names: string[]];

const MOST = 6;
let places: Promise<Place[]> | undefined;

export function watchPlaces(form: HTMLElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[list="places"]')) {
    // The browser's own list cannot look through scripts.
    input.removeAttribute("list");
    const found = element("ul", "", "found");
    found.setAttribute("aria-live", "polite");
    (input.closest("p, div") ?? input).after(found);
    input.addEventListener("input", () => void suggest(form, input, found));
    offerPosition(input, found);
  }
}

async function suggest(form: HTMLElement, input: HTMLInputElement, found: HTMLElement): Promise<void> {
  const typed = input.value.trim();
  if (typed === "") forgetChosen(form);
  if (typed.length < 2) return found.replaceChildren();
  places ??= load();
  const known = await places.catch(() => ((places = undefined), []));
  if (typed !== input.value.trim()) return;
  const fitting = known.filter((place) => place.names.some((name) => isFoundByEar(typed, name))).slice(0, MOST);
  found.replaceChildren(...fitting.map((place) => offer(form, place, found)));
}

function offer(form: HTMLElement, place: Place, found: HTMLElement): HTMLElement {
  const name = optionOf(form, place)?.text ?? place.names[0] ?? place.code;
  const choice = element("button", name, "quiet");
  choice.type = "button";
  choice.addEventListener("click", () => {
    choose(form, place);
    found.replaceChildren(element("li", word("form-place-chosen", { place: name })));
  });
  const line = element("li");
  line.append(choice);
  return line;
}

/** In the letters of who reads this page, where the page names it. */
function optionOf(form: HTMLElement, { field, code }: Pick<Place, "field" | "code">): HTMLOptionElement | undefined {
  const select = form.querySelector<HTMLSelectElement>(`select[name="${field}"]`);
  return [...(select?.options ?? [])].find((option) => option.value === code);
}

/** Puts the place into the field it answers; a field the page does not have is made, unseen. */
function choose(form: HTMLElement, { field, code, names }: Place): void {
  forgetChosen(form);
  const select = form.querySelector<HTMLSelectElement>(`select[name="${field}"]`);
  if (select && !optionOf(form, { field, code })) select.add(new Option(names[0], code));
  if (select) select.value = code;
  else {
    const hidden = Object.assign(element("input"), { type: "hidden", name: field, value: code });
    hidden.dataset["chosenPlace"] = "";
    form.append(hidden);
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function forgetChosen(form: HTMLElement): void {
  for (const chosen of form.querySelectorAll("input[data-chosen-place]")) chosen.remove();
}

async function load(): Promise<Place[]> {
  const answer = await fetch("/api/v1/places", { credentials: "omit" });
  const rows = (await answer.json()) as Row[];
  return rows.map(([field, code, ...names]) => ({ field, code, names }));
}

/** Where the device is, added to the words of the place; asked for by a person, never by the page. */
function offerPosition(input: HTMLInputElement, after: HTMLElement): void {
  if (!("geolocation" in navigator)) return;
  const here = button("form-place-here", "quiet");
  const said = element("p", "", "quiet");
  said.setAttribute("role", "status");
  here.addEventListener("click", () => {
    said.textContent = word("form-place-asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)} (±${Math.round(accuracy)} m)`;
        input.value = [input.value.trim(), point].filter(Boolean).join(" · ");
        said.textContent = word("form-place-added");
      },
      () => (said.textContent = word("form-place-not-known")),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  });
  after.after(here, said);
}
