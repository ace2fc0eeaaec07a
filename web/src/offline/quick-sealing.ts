// What worker mode seals with, in one piece of code: it travels with the first tap.

export { Filing } from "../form/filing.ts";
export { besides } from "../form/sitting.ts";
export { remember } from "./last.ts";
