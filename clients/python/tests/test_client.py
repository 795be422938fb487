"""Tests of the Python client against the real server."""

import asyncio
import contextlib
import datetime
import json
import os
import tempfile
import threading
import unittest
import uuid
from decimal import Decimal

from headway import ENDS, Client, HeadwayError, LeaseLost, PermanentFailure
from headway.client import Backoff
from tests.server import shared


class HeadwayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = shared()
        cls.client = Client(cls.server.url)

    def submit(self, **more):
        kind = f"test-{uuid.uuid4()}"
        return kind, self.client.submit(kind, {"n": 2}, external=True, **more)

    def claimed(self, lease_seconds=30.0, **more):
        kind, submitted = self.submit(**more)
        return submitted, self.client.claim([kind], lease_seconds=lease_seconds)

    def test_many_are_submitted_in_their_order_or_none(self):
        kind = f"many-{uuid.uuid4()}"
        one = {"job_type": kind, "external": True}
        jobs = self.client.submit_many([{**one, "key": {"name": kind, "limit": 1}}, {**one, "tags": ["a"]}])
        self.assertEqual([job["tags"] for job in jobs], [[], ["a"]])
        self.assertEqual(self.client.claim([kind]).id, jobs[0]["id"])
        with self.assertRaisesRegex(HeadwayError, r"jobs\[1\]\.priority"):
            self.client.submit_many([one, {**one, "priority": 900}])
        self.assertEqual(self.client.jobs(job_type=kind)["total"], 2)

    def test_file_is_uploaded_listed_downloaded_and_linked(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "Übersicht 1.csv")
            with open(path, "wb") as file:
                file.write(b"0123456789" * 100_000)
            submitted, job = self.claimed()
            self.assertEqual(job.upload(path)["bytes"], 1_000_000)
            job.upload(path, name="copy")
            job.complete()
            self.assertEqual([file["name"] for file in self.client.files(job.id)], ["copy", "Übersicht 1.csv"])
            self.client.download(job.id, "Übersicht 1.csv", path + ".back")
            with open(path, "rb") as file, open(path + ".back", "rb") as back:
                self.assertEqual(back.read(), file.read())
            with self.assertRaises(LeaseLost):
                job.upload(path)
            with self.assertRaisesRegex(HeadwayError, "account|Not authenticated"):
                self.client.link_file(job.id, "copy")

    def test_with_block_reports_completes_and_is_watched(self):
        for websocket in (True, False):
            with self.subTest(websocket=websocket):
                submitted, job = self.claimed(steps=["read", "write"])
                with job:
                    self.assertEqual(job.payload, {"n": 2})
                    job.progress(done=1, total=2, step="read", message="one")
                    job.progress(done=2, total=2, step="write", message="two")
                    job.log("a line", "another\nand a third")
                    job.complete({"sum": 3})
                watcher = Client(self.server.url, websocket=websocket)
                topic = submitted["watch"]["stream"]
                events = list(watcher.watch(topic, after=submitted["cursor"]))
                self.assertEqual([events[0]["type"], events[1]["type"]], ["queued", "started"])
                self.assertEqual(events[-1]["data"]["result"], {"sum": 3})
                messages = [e["data"].get("message") for e in events if e["type"] == "progress"]
                self.assertEqual(messages, ["one", "two"])
                texts = [line["text"] for line in self.client.logs(job.id)]
                self.assertEqual(texts, ["a line", "another", "and a third"])

    def test_watched_tag_goes_on_after_the_end_of_a_job(self):
        tag = f"tag-{uuid.uuid4()}"
        _, first = self.claimed(tags=[tag])
        _, second = self.claimed(tags=[tag])
        seen = []
        for event in self.client.watch(f"tag:{tag}"):
            seen.append((event["type"], event["data"].get("topic")))
            if event["type"] == "snapshot":
                first.complete({})
            elif seen[-1] == ("completed", f"job:{first.id}"):
                second.complete({})
            elif seen[-1] == ("completed", f"job:{second.id}"):
                break
        self.assertEqual([kind for kind, _ in seen if kind == "completed"], ["completed"] * 2)

    def test_ended_job_is_a_snapshot_and_the_end(self):
        submitted, job = self.claimed()
        job.complete("done")
        for websocket in (True, False):
            watcher = Client(self.server.url, websocket=websocket)
            events = list(watcher.watch(f"job:{job.id}"))
            self.assertEqual([event["type"] for event in events], ["snapshot"])
            self.assertEqual(events[0]["data"]["status"], "completed")

    def test_exception_in_the_block_fails_the_job(self):
        _, job = self.claimed()
        with self.assertRaisesRegex(ValueError, "odd"):
            with job:
                raise ValueError("odd")
        ended = self.client.get(job.id)
        self.assertEqual((ended["status"], ended["error_message"]), ("failed", "odd"))

    def test_exception_in_the_block_leaves_the_next_attempt_a_try_unless_it_is_permanent(self):
        _, job = self.claimed(max_attempts=2)
        with self.assertRaises(OSError):
            with job:
                raise OSError("disk away")
        self.assertEqual(self.client.get(job.id)["status"], "queued")
        _, job = self.claimed(max_attempts=2)
        with self.assertRaises(PermanentFailure):
            with job:
                raise PermanentFailure("no such film")
        ended = self.client.get(job.id)
        self.assertEqual((ended["status"], ended["error_message"]), ("failed", "no such film"))

    def test_report_that_cannot_be_sent_raises_where_it_was_given_and_keeps_the_lease(self):
        _, job = self.claimed(lease_seconds=1.0)
        wrong = [
            (TypeError, dict(percent=10, metadata={"at": datetime.datetime.now()})),
            (TypeError, dict(percent=Decimal("12.5"))),
            (ValueError, dict(percent=float("nan"))),
            (ValueError, dict(percent=10, metadata={"v": float("inf")})),
            (ValueError, dict(percent=150)),
            (ValueError, dict(done=5, total=4)),
            (ValueError, dict(done=5)),
        ]
        for kind, report in wrong:
            with self.subTest(report=report), self.assertRaises(kind):
                job.progress(**report)
        with self.assertRaises(TypeError):
            job.complete({"at": datetime.datetime.now()})
        job.flush()
        job.progress(50, message="goes on")
        job.flush()
        state = self.client.get(job.id)
        self.assertEqual((state["status"], state["message"]), ("in_progress", "goes on"))
        job.complete()

    def test_result_too_large_is_refused_with_the_way_out_and_the_job_goes_on(self):
        _, job = self.claimed()
        with self.assertRaisesRegex(HeadwayError, "store it elsewhere") as refused:
            job.complete("x" * (1 << 21))
        self.assertEqual(refused.exception.status, 413)
        job.progress(90, message="writes a file instead")
        job.complete({"file": "big.bin"})
        self.assertEqual(self.client.get(job.id)["result_payload"], {"file": "big.bin"})

    def test_refused_log_lines_leave_a_line_that_says_so(self):
        _, job = self.claimed()
        job.log(*["x" * 5_000] * 600)
        post = job._post

        def refusing(verb, body):
            if verb == "logs" and body["lines"][0] == "poison":
                raise HeadwayError(422, {"code": "VALIDATION_ERROR", "detail": "no such line"})
            return post(verb, body)

        job._post = refusing
        job.flush()
        job.log("poison", "beside it")
        job.flush()
        job.complete()
        lines = [line["text"] for line in self.client.logs(job.id)]
        self.assertEqual(len(lines), 601)
        self.assertEqual(lines[-1], "[headway] 2 lines were refused here: no such line")

    def test_watch_within_a_running_event_loop_sees_the_end(self):
        submitted, job = self.claimed()
        job.complete("done")

        async def cell():
            return list(self.client.watch(submitted["id"]))

        self.assertEqual(asyncio.run(cell())[-1]["data"]["status"], "completed")

    def test_cancelled_job_raises_at_the_check_and_ends_as_cancelled(self):
        _, job = self.claimed()
        with job:
            self.assertTrue(self.client.cancel(job.id))
            job.progress(10)
            job.flush()
            job.check()
            self.fail("the check did not raise")
        self.assertEqual(self.client.get(job.id)["status"], "cancelled")
        self.assertFalse(self.client.cancel(job.id), "too late")

    def test_silent_worker_keeps_its_lease(self):
        _, job = self.claimed(lease_seconds=1.0)
        events = []
        watching = threading.Thread(target=lambda: events.extend(self.client.watch(f"job:{job.id}")))
        watching.start()
        watching.join(3.0)  # three leases
        job.complete()
        watching.join()
        self.assertNotIn("stalled", [event["type"] for event in events])
        self.assertEqual(events[-1]["type"], "completed")

    def test_stale_lease_is_told(self):
        _, job = self.claimed(max_attempts=2)
        job._post("fail", {"error": "given up elsewhere", "retryable": True})
        job.progress(50)
        job.flush()
        with self.assertRaises(LeaseLost):
            job.check()
        second = self.client.claim([job.type], wait_seconds=20)
        with self.assertRaises(HeadwayError) as refused:
            job.complete()
        self.assertEqual((refused.exception.status, refused.exception.code), (409, "LEASE_LOST"))
        second.complete()

    def test_thousand_reports_are_few_requests(self):
        _, job = self.claimed()
        requests = []
        post = job._post
        job._post = lambda verb, body: requests.append(verb) or post(verb, body)
        for done in range(1, 1_001):
            job.progress(done=done, total=1_000, message=f"{done} of 1000")
        job.flush()
        now = self.client.get(job.id)
        self.assertEqual((now["progress"], now["message"]), (100, "1000 of 1000"))
        self.assertLess(len(requests), 10)
        job.complete()

    def test_work_takes_jobs_until_stopped(self):
        kind = f"many-{uuid.uuid4()}"
        ids = [self.client.submit(kind, external=True)["id"] for _ in range(3)]
        stop = threading.Event()
        done = []
        for job in self.client.work([kind], stop=stop, wait_seconds=1):
            with job:
                done.append(job.id)
            if len(done) == 3:
                stop.set()
        self.assertEqual(done, ids)
        self.assertEqual(self.client.get(ids[2])["status"], "completed")

    def over_http(self, client):
        """The paths of what a client asks by HTTP from now on."""
        paths = []
        request = client.request
        client.request = lambda method, path, *rest, **more: paths.append(path) or request(method, path, *rest, **more)
        return paths

    def test_work_is_said_over_one_connection(self):
        kind = f"channel-{uuid.uuid4()}"
        ids = [self.client.submit(kind, {"n": n}, external=True, steps=["read", "write"])["id"] for n in range(3)]
        client = Client(self.server.url)
        paths = self.over_http(client)
        stop = threading.Event()
        ends = []
        for job in client.work([kind], stop=stop):
            with job:
                job.progress(done=1, total=2, step="write", message="one")
                job.log("a line")
                self.assertTrue(job.flush(30))
                now = self.client.get(job.id)
                self.assertEqual((now["progress"], now["stage"]), (75, "write"))
                with self.assertRaises(HeadwayError) as refused:
                    job._post("progress", {"progress": 150})
                self.assertEqual(refused.exception.status, 422)
                ends.append(job.complete({"n": job.payload["n"]}))
            if len(ends) == 3:
                stop.set()
        self.assertEqual([end["status"] for end in ends], ["completed"] * 3)
        self.assertEqual([end["result_payload"]["n"] for end in ends], [0, 1, 2])
        self.assertEqual(
            [line["text"] for line in self.client.logs(ids[0])],
            ["a line", "[headway] A report was refused: percent (150.0) must be from 0 to 100"],
        )
        self.assertEqual(paths, [])

    def test_started_job_is_reported_on_and_told_over_the_connection(self):
        client = Client(self.server.url)
        with client.start("wire", lease_seconds=600) as job:
            self.assertTrue(client._worker_channel().ready())
            paths = self.over_http(client)
            job.progress(40)
            self.assertTrue(job.flush(30))
            self.assertEqual(self.client.get(job.id)["progress"], 40)
            self.client.cancel(job.id)
            with job._changed:
                self.assertTrue(job._changed.wait_for(lambda: job.cancel_requested, 60))
            job.cancelled()
        self.assertEqual(paths, [])

    def test_work_of_several_threads_shares_the_connection(self):
        kind = f"threads-{uuid.uuid4()}"
        ids = {self.client.submit(kind, external=True)["id"] for _ in range(12)}
        client = Client(self.server.url)
        stop = threading.Event()
        done = []

        def work():
            for job in client.work([kind], stop=stop):
                with job:
                    job.progress(50)
                done.append(job.id)
                if len(done) == len(ids):
                    stop.set()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(sorted(done), sorted(ids))

    def test_cancellation_is_told_without_a_report(self):
        kind = f"told-{uuid.uuid4()}"
        submitted = self.client.submit(kind, external=True)
        stop = threading.Event()
        for job in Client(self.server.url).work([kind], stop=stop, lease_seconds=60):
            stop.set()
            with job:
                self.assertTrue(self.client.cancel(job.id, keep_partial=True))
                with job._changed:
                    self.assertTrue(job._changed.wait_for(lambda: job.cancel_requested, 30))
                self.assertTrue(job._cancel.keep_partial)
                job.check()
        self.assertEqual(self.client.get(submitted["id"])["status"], "cancelled")

    def test_work_without_a_websocket_goes_by_http(self):
        kind = f"http-{uuid.uuid4()}"
        self.client.submit(kind, external=True)
        client = Client(self.server.url, websocket=False)
        stop = threading.Event()
        for job in client.work([kind], stop=stop, wait_seconds=1):
            with job:
                job.complete(1)
            stop.set()
        self.assertEqual(self.client.get(job.id)["status"], "completed")

    def test_attempt_goes_on_from_the_checkpoint(self):
        kind = f"resumed-{uuid.uuid4()}"
        retry = {"first_seconds": 0, "max_seconds": 0}
        submitted = self.client.submit(kind, external=True, max_attempts=2, retry=retry)
        stop = threading.Event()
        begun = []
        for job in Client(self.server.url).work([kind], stop=stop):
            with contextlib.suppress(OSError), job:
                begun.append((job.checkpoint, self.client.get(job.id)["progress"]))
                for page in range(job.checkpoint["page"] if job.checkpoint else 0, 10):
                    if page == 5 and job.attempt == 1:
                        raise OSError("the disk is gone")
                    job.progress(done=page + 1, total=10, checkpoint={"page": page + 1})
                stop.set()
        self.assertEqual(begun, [(None, 0), ({"page": 5}, 50)])
        self.assertEqual(self.client.get(submitted["id"])["status"], "completed")

    def test_checkpoint_too_large_raises_where_it_was_given(self):
        _, job = self.claimed()
        with self.assertRaisesRegex(ValueError, "65538 bytes; at most 65536"):
            job.progress(5, checkpoint="x" * 65_536)
        job.progress(5, checkpoint="x" * 65_534)
        self.assertTrue(job.flush(30))
        job.complete()

    def test_worker_goes_on_after_the_server_was_killed(self):
        kind = f"killed-{uuid.uuid4()}"
        submitted = self.client.submit(kind, external=True)
        stop = threading.Event()
        for job in Client(self.server.url).work([kind], stop=stop):
            stop.set()
            with job:
                job.progress(10, message="before")
                self.assertTrue(job.flush(30))
                self.server.kill()
                job.progress(20, message="meanwhile")
                self.server.start()
                job.progress(30, message="after")
                job.complete({"ok": True})
        ended = self.client.get(submitted["id"])
        self.assertEqual((ended["status"], ended["attempt"]), ("completed", 1))

    def test_wrong_input_names_every_defect(self):
        with self.assertRaises(HeadwayError) as refused:
            self.client.submit("not a type", priority=1_000)
        self.assertEqual(refused.exception.status, 422)
        fields = sorted(defect["field"] for defect in refused.exception.errors)
        self.assertEqual(fields, ["job_type", "priority"])

    def test_unknown_topic_is_refused(self):
        for websocket in (True, False):
            watcher = Client(self.server.url, websocket=websocket)
            with self.assertRaises(HeadwayError) as refused:
                list(watcher.watch("job:00000000-0000-7000-8000-000000000000"))
            self.assertEqual(refused.exception.status, 404)

    def test_killed_server_is_resumed_without_a_gap(self):
        for websocket in (True, False):
            with self.subTest(websocket=websocket):
                submitted, job = self.claimed()
                job.progress(10, step="first", message="first")
                job.flush()
                watcher = Client(self.server.url, websocket=websocket)
                events = watcher.watch(submitted["watch"]["stream"], after=submitted["cursor"])
                seen = [next(events) for _ in range(3)]
                self.server.kill()
                self.server.start()
                job.progress(20, step="second", message="second")
                job.complete({"ok": True})
                seen += list(events)
                self.assertEqual(seen[-1]["data"]["result"], {"ok": True})
                ends = [event for event in seen if event["type"] in ENDS or event["type"] == "snapshot" and event["data"]["status"] in ENDS]
                self.assertEqual(len(ends), 1, json.dumps(seen))


class BackoffTest(unittest.TestCase):
    def test_doubles_up_to_half_a_minute_and_stays_in_the_window(self):
        backoff = Backoff(lambda: 1.0)
        backoff.low, backoff.high = 0.2, 5.0
        self.assertEqual([round(backoff.next()) for _ in range(5)], [5, 10, 20, 30, 30])
        backoff.reset()
        self.assertEqual(round(backoff.next()), 5)


if __name__ == "__main__":
    unittest.main()
