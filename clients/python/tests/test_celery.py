"""Tests of Celery's tasks as jobs: a real worker and a real broker, Redis."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from headway import Client
from tests.server import shared

PATIENCE = 120


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class CeleryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client(shared().url)
        cls.folder = tempfile.mkdtemp(prefix="headway-celery-")
        port = free_port()
        os.environ["HEADWAY_TEST_REDIS"] = f"redis://127.0.0.1:{port}"
        os.environ["HEADWAY_URL"] = shared().url
        cls.redis = cls.started(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""], "Ready to accept")
        worker = [sys.executable, "-m", "celery", "-A", "tests.celery_app", "worker", "--concurrency=2", "--loglevel=info"]
        cls.worker = cls.started([*worker, "--without-gossip", "--without-mingle"], " ready.")
        from tests import celery_app

        cls.tasks = celery_app

    @classmethod
    def started(cls, command, sign):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in process.stdout:
            said.append(line)
            if sign in line:
                return process
        raise RuntimeError("".join(said))

    @classmethod
    def tearDownClass(cls):
        for process in (cls.worker, cls.redis):
            process.kill()
            process.wait()
            process.stdout.close()
        shutil.rmtree(cls.folder, ignore_errors=True)
        del os.environ["HEADWAY_URL"], os.environ["HEADWAY_TEST_REDIS"]

    def submitted(self, kind):
        """The first job of a kind, once its feed has shown it."""
        jobs = self.client.jobs(job_type=kind)["jobs"]
        return jobs[0] if jobs else None

    def published(self, task_id):
        """The job of a task, once the publisher or the worker has made it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            jobs = self.client.jobs(queue=f"celery.{task_id}")["jobs"]
            if jobs:
                return jobs[0]
        raise AssertionError(f"The task {task_id} was not shown as a job")

    def events(self, task, *args, until=None, act=None):
        """The events of the task's job to its end."""
        task_id = task.apply_async(args).id
        job = self.published(task_id)
        seen = []
        for event in self.client.watch(job["id"]):
            seen.append(event)
            kind = event["data"].get("status") if event["type"] == "snapshot" else event["type"]
            if act is not None and kind in until:
                act(job["id"], task_id)
                act = None
        return job["id"], seen

    def test_task_is_a_job_whose_bar_update_state_moves(self):
        job_id, _ = self.events(self.tasks.resize, 4)
        job = self.client.get(job_id)
        self.assertEqual((job["status"], job["result_payload"]), ("completed", {"photos": 4}))
        self.assertEqual((job["name"], job["message"]), ("shop.resize", "photo 4"))
        (part,) = self.client.jobs(parent_id=job_id)["jobs"]
        self.assertEqual(part["name"], "a part")

    def test_retried_task_is_one_job_with_attempts(self):
        job_id, _ = self.events(self.tasks.flaky)
        job = self.client.get(job_id)
        self.assertEqual((job["status"], job["attempt"], job["result_payload"]), ("completed", 3, 2))

    def test_failed_task_is_a_failed_job(self):
        job_id, _ = self.events(self.tasks.broken)
        job = self.client.get(job_id)
        self.assertEqual((job["status"], job["error_message"]), ("failed", "no such photo"))

    def test_job_that_is_cancelled_here_stops_its_task_at_its_next_report(self):
        job_id, _ = self.events(
            self.tasks.endless, until=("in_progress", "started", "progress"), act=lambda job, _: self.client.cancel(job)
        )
        self.assertEqual(self.client.get(job_id)["status"], "cancelled")

    def test_task_that_is_revoked_and_killed_is_a_cancelled_job(self):
        job_id, _ = self.events(
            self.tasks.deaf,
            until=("in_progress", "started"),
            act=lambda _, task: self.tasks.app.control.revoke(task, terminate=True, signal="SIGKILL"),
        )
        self.assertEqual(self.client.get(job_id)["status"], "cancelled")

    def test_task_that_is_revoked_before_it_begins_is_a_cancelled_job(self):
        task_id = "revoked-before"
        self.tasks.app.control.revoke(task_id, reply=True, timeout=PATIENCE, limit=1)
        self.tasks.broken.apply_async(task_id=task_id)
        job = self.client.submit("shop.broken", {"task": task_id}, external=True, queue=f"celery.{task_id}", idempotency_key=f"celery-{task_id}")
        self.assertEqual(self.client.wait(job["id"])["status"], "cancelled")


if __name__ == "__main__":
    unittest.main()
