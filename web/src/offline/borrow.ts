// A piece of another page of ours, shown within this one. The browser reads it as a document, and nothing in it runs.

/** What `selector` finds on the page of this name, in this page's language. */
export function borrow(page: string, selector: string): Promise<HTMLElement> {
  const language = location.pathname.split("/")[1] ?? "";
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", `/${language}/${page}`);
    request.responseType = "document";
    request.onerror = () => reject(new Error("network"));
    request.onload = () => {
      const found = request.responseXML?.querySelector<HTMLElement>(selector);
      if (found) resolve(document.importNode(found, true));
      else reject(new Error("page"));
    };
    request.send();
  });
}
