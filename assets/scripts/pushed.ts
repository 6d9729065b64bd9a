/**
 * Shows what is pushed to this browser and opens its page. A worker of its own (tracking/reminders/channels/web_push.py
 * says what arrives); it keeps nothing and stands between nobody and the network.
 */

interface Said {
  title: string;
  body: string;
  address: string;
  topic: string;
  key: string;
}

interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}

interface Arrived extends Lasting {
  data: { json(): Said } | null;
}

interface Clicked extends Lasting {
  notification: Notification;
}

interface Worker {
  registration: ServiceWorkerRegistration;
  clients: { openWindow(address: string): Promise<unknown> };
  addEventListener(kind: "push", listener: (event: Arrived) => void): void;
  addEventListener(kind: "notificationclick", listener: (event: Clicked) => void): void;
}

const worker = self as unknown as Worker;

async function show(said: Said): Promise<void> {
  const shown = await worker.registration.getNotifications({ tag: said.topic });
  // The same message once more, after a lost answer: shown in place of itself, without a sound.
  const isAgain = shown.some((one) => (one.data as Said).key === said.key);
  await worker.registration.showNotification(said.title, {
    body: said.body,
    tag: said.topic,
    data: said,
    silent: isAgain,
  });
}

worker.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(worker.clients.openWindow((event.notification.data as Said).address));
});
