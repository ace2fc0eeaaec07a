// The start page: from here on everything works without network.

import { ready } from "../page.ts";
import { installSoon } from "./install.ts";

ready();
installSoon();
