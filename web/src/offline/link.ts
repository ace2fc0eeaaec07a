// Begins this page. Everything heavier than the first question is loaded with `import()`.

import { ready } from "../page.ts";

ready();
