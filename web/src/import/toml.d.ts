// Data of the deployment, read when the pages are built.
declare module "*/bvmn.toml" {
  const map: unknown;
  export default map;
}
declare module "*/iom.toml" {
  const map: unknown;
  export default map;
}
declare module "*/countries.toml" {
  export const names: Record<string, string>;
}
declare module "*/taxonomy.toml" {
  export const crosswalk: Record<string, { term: string; acts?: string[]; means?: string[]; review?: boolean }[]>;
}
