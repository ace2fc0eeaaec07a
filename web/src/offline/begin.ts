// The start page: from here on everything works without network.

import { ready } from "../page.ts";
import { workOffline } from "./always.ts";

ready();
workOffline(() => import("./line.ts"));
