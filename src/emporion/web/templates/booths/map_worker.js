{% load fair %}// Keeps the map of the fair in the browser: the network first, what is kept where there is none.
const STORE = "emporion-map-{{ edition.pk }}";
const KEPT = [{% for address in kept %}"{{ address|escapejs }}", {% endfor %}{% for address in scripts %}"{{ address|escapejs }}", {% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(STORE).then((store) =>
      Promise.allSettled(KEPT.map((address) => fetch(address, { credentials: "omit" }).then((found) => found.ok && store.put(address, found)))),
    ).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || !KEPT.includes(address)) return;
  event.respondWith(
    fetch(event.request).catch(async () => (await (await caches.open(STORE)).match(address)) ?? Response.error()),
  );
});
