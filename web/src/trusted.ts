// The one Trusted Types policy of the public pages: addresses of our own code, and nothing else.

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): {
    createScriptURL(address: string): unknown;
  };
}

function own(address: string): string {
  const url = new URL(address, location.origin);
  const ours = url.origin === location.origin && /^\/(assets\/[\w-]+\.js|worker\.js)$/.test(url.pathname);
  if (!ours || url.search !== "" || url.hash !== "") throw new TypeError("not an address of our code");
  return url.href;
}

type Policy = ReturnType<Factory["createPolicy"]>;

/** A browser makes a policy of this name once; a page that is one file has a copy of this code beside the one of what it loads later. */
const MADE = Symbol.for("putokaz");
const scope = globalThis as unknown as { trustedTypes?: Factory; [MADE]?: Policy | undefined };
const policy = (scope[MADE] ??= scope.trustedTypes?.createPolicy("putokaz", { createScriptURL: own }));

/** The address of a worker, as browsers that ask for trusted addresses take it. */
export function scriptAddress(address: string): URL {
  return (policy?.createScriptURL(address) ?? own(address)) as URL;
}
