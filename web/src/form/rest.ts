// What the form needs after its first question, in one piece: a phone asks once.

export { openLine } from "../offline/line.ts";
export { carrying, file, tellWhy } from "./delivery.ts";
export { Filing } from "./filing.ts";
export { showKept } from "./kept.ts";
export { bringWords } from "./later.ts";
export { offerVoice } from "../speak.ts";
export { repeatLists, showLists, showOperator } from "./lists.ts";
