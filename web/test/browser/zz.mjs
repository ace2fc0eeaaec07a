import { launch } from "./browser.mjs";
const { browser, context } = await launch();
const page = await context.newPage();
await page.addInitScript(() => Object.defineProperty(navigator, "serviceWorker", { value: undefined }));
const wire = await context.newCDPSession(page); await wire.send("Network.enable");
const urls=new Map(); let all=0;
wire.on("Network.responseReceived", ({requestId,response})=>urls.set(requestId,response.url));
wire.on("Network.loadingFinished", ({requestId,encodedDataLength})=>{all+=encodedDataLength;console.log(encodedDataLength,urls.get(requestId))});
await page.goto(process.argv[2],{waitUntil:"networkidle"}); await page.waitForTimeout(2500); console.log(all); await browser.close();
