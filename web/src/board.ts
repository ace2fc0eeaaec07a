// The board this bundle was built for. Without one only a training directory is accepted.

import { type Board, readBoard } from "./note.ts";

declare const PUTOKAZ_BOARD: string;

export const pinnedBoard = (): Board | null => (PUTOKAZ_BOARD === "" ? null : readBoard(PUTOKAZ_BOARD));
