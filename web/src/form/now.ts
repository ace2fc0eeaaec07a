// What helps at once: three sentences at most, right below the act that was ticked, when one of its category is.

const AT_ONCE = 3;

export function watchActs(form: HTMLElement): void {
  const helps = form.querySelector<HTMLElement>("[data-helps]");
  if (!helps) return;
  const lines = [...helps.querySelectorAll<HTMLElement>("[data-now]")];
  const show = ({ target }: { target: EventTarget | null }): void => {
    const acts = [...form.querySelectorAll<HTMLInputElement>('input[name="acts"]:checked')];
    // An act's code begins with its category.
    const ticked = new Set(acts.map(({ value }) => value.split("-", 1)[0]));
    const suits = lines.filter((line) => line.dataset["now"]?.split(" ").some((category) => ticked.has(category)));
    const shown = suits.slice(0, AT_ONCE);
    lines.forEach((line) => (line.hidden = !shown.includes(line)));
    helps.hidden = shown.length === 0;
    const act = acts.find((box) => box === target);
    if (act) act.labels?.[0]?.after(helps);
  };
  form.addEventListener("change", show);
  show({ target: null });
}
