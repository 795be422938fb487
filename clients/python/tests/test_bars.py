"""Tests of the bars of tqdm and rich, by the real libraries and the real server."""

import asyncio
import io
import unittest
import uuid
from unittest import mock

import rich.console
import rich.progress
import tqdm as real
from IPython.core.formatters import DisplayFormatter

from headway import Cancelled, Client, tqdm, track, trange
from headway.rich import HeadwayColumn
from tests.server import shared

PATIENCE = 60


class BarsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client(shared().url)

    def setUp(self):
        self.screen = io.StringIO()
        self.kind = f"bar-{uuid.uuid4()}"
        self.options = {"file": self.screen, "headway_client": self.client, "headway_patience": PATIENCE}
        self.options["headway_job_type"] = self.kind

    def jobs(self):
        return self.client.jobs(job_type=self.kind)["jobs"]


class TqdmTest(BarsTest):
    def test_loop_is_a_bar_in_the_terminal_and_a_job(self):
        self.assertEqual(list(tqdm(range(3), desc="Photos", **self.options)), [0, 1, 2])
        (job,) = self.jobs()
        self.assertEqual((job["name"], job["status"], job["progress"]), ("Photos", "completed", 100))
        self.assertIn("Photos: 100%", self.screen.getvalue())

    def test_bar_is_tqdms_own_class_with_its_arguments(self):
        with tqdm(total=10, unit="B", unit_scale=True, **self.options) as bar:
            self.assertIsInstance(bar, real.tqdm)
            bar.update(10)
            bar.set_postfix(loss=0.5)
        self.assertEqual(self.jobs()[0]["message"], "loss=0.5")
        self.assertEqual(list(trange(2, **self.options)), [0, 1])

    def test_nested_bar_is_a_child_job(self):
        for _ in tqdm(range(2), desc="outer", **self.options):
            for _ in tqdm(range(2), desc="inner", headway_delay=0, **self.options):
                pass
        outer = next(job for job in self.jobs() if job["name"] == "outer")
        self.assertEqual(outer["progress"], 100)
        self.assertEqual(len(self.client.jobs(parent_id=outer["id"])["jobs"]), 2)

    def test_short_nested_bars_are_no_jobs(self):
        for _ in tqdm(range(2), **self.options):
            for _ in tqdm(range(2), headway_delay=PATIENCE, **self.options):
                pass
        self.assertEqual(len(self.jobs()), 1)

    def test_bar_that_is_closed_early_says_where(self):
        bar = tqdm(total=10, **self.options)
        bar.update(4)
        bar.close()
        self.assertEqual(self.jobs()[0]["error_message"], "Left after 4 of 10")

    def test_exception_in_the_block_fails_the_job_by_its_words(self):
        with self.assertRaises(OSError):
            with tqdm(total=10, **self.options):
                raise OSError("disk full")
        self.assertEqual(self.jobs()[0]["error_message"], "disk full")

    def test_cancelled_job_leaves_the_loop(self):
        bar = tqdm(iter(lambda: 1, 0), mininterval=0, miniters=1, **self.options)
        with self.assertRaises(Cancelled):
            for _ in bar:
                bar._job.wait_begun(PATIENCE)
                self.client.cancel(bar._job.id)
        self.assertEqual(self.jobs()[0]["status"], "cancelled")

    def test_disabled_bar_is_no_job(self):
        self.assertEqual(list(tqdm(range(2), disable=True, **self.options)), [0, 1])
        self.assertEqual(self.jobs(), [])

    def test_asynchronous_loop_is_a_job(self):
        async def rows():
            for row in range(3):
                yield row

        async def work():
            return [row async for row in tqdm(rows(), total=3, **self.options)]

        self.assertEqual(asyncio.run(work()), [0, 1, 2])
        self.assertEqual(self.jobs()[0]["status"], "completed")


class RichTest(BarsTest):
    def test_each_task_is_a_job_and_the_column_links_to_it(self):
        column = HeadwayColumn(self.client, job_type=self.kind, patience=PATIENCE)
        console = rich.console.Console(file=self.screen, force_terminal=True, width=100)
        with rich.progress.Progress("{task.description}", column, console=console, auto_refresh=False) as progress:
            tasks = [progress.add_task(name, total=4) for name in ("Load", "Save")]
            progress.refresh()
            for job in column._jobs.values():
                job.wait_begun(PATIENCE)
            progress.advance(tasks[0], 4)
            progress.advance(tasks[1], 2)
            progress.refresh()
            progress.advance(tasks[1], 2)
        jobs = {job["name"]: job for job in self.jobs()}
        self.assertEqual({name: job["status"] for name, job in jobs.items()}, {"Load": "completed", "Save": "completed"})
        self.assertEqual([job["parent_id"] for job in jobs.values()], [None, None])
        self.assertIn(f"{self.client.url}/job/{jobs['Load']['id']}", self.screen.getvalue())


class NotebookTest(BarsTest):
    def test_last_value_of_a_cell_is_the_live_element(self):
        with track("cell", client=self.client) as job:
            shown, _ = DisplayFormatter().format(job)
        self.assertIn("<headway-progress", shown["text/html"])

    def test_element_is_given_a_token_for_this_job_alone(self):
        client = Client(self.client.url, token="hw_secret")
        with mock.patch.object(client, "request", return_value={"token": "watcher"}) as request:
            from headway.notebook import element

            cell = element(client, "7")
        self.assertIn('token="watcher"', cell)
        self.assertNotIn("hw_secret", cell)
        self.assertEqual(request.call_args.args[1:], ("/api/v1/links", {"topic": "job:7", "ttl_seconds": 86_400}))


if __name__ == "__main__":
    unittest.main()
