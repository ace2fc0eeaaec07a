// Maps and names that come with the deployment, built in.

import bvmn from "../../../config/import/bvmn.toml";
import { names } from "../../../config/import/countries.toml";
import iom from "../../../config/import/iom.toml";
import { crosswalk } from "../../../config/taxonomy.toml";
import { type Ground, readMap, type TableMap } from "./map.ts";
import type { Table } from "./table.ts";
import { missingColumn } from "./dry.ts";

export const ground: Ground = { names, crosswalks: crosswalk };

export const shipped: TableMap[] = [readMap(bvmn), readMap(iom)];

/** The shipped map whose columns this table has, if there is one. */
export const fitting = (table: Table): TableMap | undefined =>
  shipped.find((map) => missingColumn(map, table) === undefined);
