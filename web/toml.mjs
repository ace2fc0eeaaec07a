// Lets code import the deployment's data: a `.toml` file becomes one export for each of its tables.

import { readFile } from "node:fs/promises";
import { parse } from "smol-toml";

export const toml = {
  name: "toml",
  setup(build) {
    build.onLoad({ filter: /\.toml$/ }, async ({ path }) => {
      const tables = Object.entries(parse(await readFile(path, "utf8")));
      const named = tables.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      return { contents: `${named.join("\n")}\nexport default { ${tables.map(([name]) => name).join(", ")} };`, loader: "js" };
    });
  },
};
