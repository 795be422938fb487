"""An app for the tests of Celery: its worker is a process of its own."""

import os
import threading

from celery import Celery

from headway import Client, current, track
from headway.celery import connect

URL = os.environ.get("HEADWAY_TEST_REDIS", "redis://127.0.0.1:0")
app = Celery("shop", broker=URL, backend=URL)
app.conf.broker_connection_retry_on_startup = True
connect(app, Client(os.environ.get("HEADWAY_URL")))


@app.task(bind=True, name="shop.resize")
def resize(self, count):
    current().wait_begun(60)
    for done in range(1, count + 1):
        self.update_state(state="PROGRESS", meta={"current": done, "total": count, "status": f"photo {done}"})
        current()._job.flush()
    with track("a part", total=1) as part:
        part.advance()
    return {"photos": count}


@app.task(bind=True, name="shop.flaky", max_retries=2)
def flaky(self):
    current().wait_begun(60)
    if self.request.retries < 2:
        raise self.retry(exc=OSError("printer away"), countdown=0)
    return self.request.retries


@app.task(name="shop.broken")
def broken():
    current().wait_begun(60)
    raise ValueError("no such photo")


@app.task(bind=True, name="shop.endless")
def endless(self):
    current().wait_begun(60)
    while True:
        self.update_state(state="PROGRESS", meta={"current": 1, "total": 3})
        current()._job.flush()


@app.task(name="shop.deaf")
def deaf():
    current().wait_begun(60)
    threading.Event().wait()
