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

const factory = (globalThis as unknown as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("putokaz", { createScriptURL: own });

/** The address of a worker, as browsers that ask for trusted addresses take it. */
export function scriptAddress(address: string): URL {
  return (policy?.createScriptURL(address) ?? own(address)) as URL;
}
