// The PDF library does not say that its files only declare things; with that said, what nobody uses of it stays out of the bundle.
// So do the widths of fonts it would write with: a copy writes no text.

const LIBRARY = /[\\/]@cantoo[\\/]pdf-lib[\\/]/;

export const shaken = {
  name: "shaken",
  setup(build) {
    build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...around }) => {
      if (pluginData === "shaken" || !(path === "@cantoo/pdf-lib" || LIBRARY.test(around.importer))) return undefined;
      const found = await build.resolve(path, { ...around, pluginData: "shaken" });
      return { ...found, sideEffects: false };
    });
    build.onLoad({ filter: /[\\/]standard-fonts[\\/].*\.compressed\.json$/ }, () => ({ contents: "null", loader: "json" }));
  },
};
