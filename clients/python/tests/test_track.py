"""Tests of the progress of work that runs elsewhere, against the real server."""

import asyncio
import logging
import subprocess
import sys
import textwrap
import threading
import unittest
import uuid

from headway import Cancelled, Client, HeadwayError, track
from tests.server import shared

PATIENCE = 60


class GatedClient(Client):
    """A client whose first request gets no answer until the gate is open."""

    def __init__(self, url):
        super().__init__(url)
        self.gate = threading.Event()

    def start(self, *args, **more):
        self.gate.wait(PATIENCE)
        return super().start(*args, **more)


class TrackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client(shared().url)

    def tracked(self, items=None, **options):
        return track(f"test {uuid.uuid4()}", items, client=self.client, patience=PATIENCE, **options)

    def ended(self, job):
        return self.client.get(job.id)

    def seen(self, job, fits):
        return next(event for event in self.client.watch(job.id) if fits(event["data"]))

    def children(self, job):
        return self.client.jobs(parent_id=job.id)["jobs"]

    def test_block_shows_steps_counts_and_the_result(self):
        with self.tracked(total=2, steps=["read", "write"], tags=["nightly"]) as job:
            job.step("read", total=2)
            job.advance()
            job.advance()
            job.step("write", total=4)
            job.advance(4)
            job.message("renames")
            job.log("a line")
            job.complete({"rows": 6})
        now = self.ended(job)
        self.assertEqual((now["status"], now["result_payload"], now["name"]), ("completed", {"rows": 6}, job.name))
        events = list(self.client.watch(job.id))
        self.assertEqual(events[-1]["data"]["percent"], 100)
        self.assertEqual([line["text"] for line in self.client.logs(job.id)], ["a line"])
        self.assertEqual(job.url, f"{self.client.url}/job/{job.id}")

    def test_declared_steps_take_their_shares(self):
        with self.tracked(steps=["read", ("hash", 3)]) as job:
            job.step("hash", total=4)
            job.advance()
            self.assertTrue(job.wait_begun(PATIENCE))
            self.seen(job, lambda state: state.get("percent") == 43.75)
            self.assertEqual(self.ended(job)["step_weights"], [1, 3])

    def test_steps_that_the_work_declares_are_shown(self):
        with self.tracked() as job:
            job.progress(steps=["read", ("hash", 3)], step="read", done=1, total=2)
            self.assertTrue(job.wait_begun(PATIENCE))
            self.seen(job, lambda state: state.get("percent") == 12.5)
            self.assertEqual(self.ended(job)["steps"], ["read", "hash"])
            for wrong in (["a", "a"], [("a", 0)], [""]):
                with self.assertRaises(ValueError):
                    job.progress(steps=wrong)

    def test_output_grows_as_it_is_written(self):
        with self.tracked() as job:
            for word in ("Once", " upon", " a\ntime é", "!"):
                job.write("answer", word)
            job.write("other", "x" * 120_000)
            with self.assertRaises(ValueError):
                job.write("Not a name", "text")
        self.assertEqual(self.client.output(job.id, "answer"), "Once upon a\ntime é!")
        self.assertEqual(len(self.client.output(job.id, "other")), 120_000)

    def test_loop_counts_its_items(self):
        job = self.tracked(["a", "b", "c"])
        self.assertEqual(list(job), ["a", "b", "c"])
        now = self.ended(job)
        self.assertEqual((now["status"], job.done, job.total), ("completed", 3, 3))

    def test_loop_without_a_length_shows_the_count(self):
        job = self.tracked(iter("abc"))
        list(job)
        self.assertEqual(self.ended(job)["message"], "3")

    def test_exception_in_the_block_fails_the_job(self):
        with self.assertRaises(ValueError):
            with self.tracked() as job:
                raise ValueError("odd row")
        now = self.ended(job)
        self.assertEqual((now["status"], now["error_message"]), ("failed", "odd row"))

    def test_interrupted_block_is_cancelled(self):
        with self.assertRaises(KeyboardInterrupt):
            with self.tracked() as job:
                raise KeyboardInterrupt
        self.assertEqual(self.ended(job)["status"], "cancelled")

    def test_loop_that_is_left_says_where(self):
        job = self.tracked(range(5))
        for number in job:
            if number == 2:
                break
        del number
        job.leave()  # another interpreter may drop the loop later
        self.assertEqual(self.ended(job)["error_message"], "Left after 2 of 5")

    def test_cancelled_job_leaves_the_loop_between_two_items(self):
        job = self.tracked(iter(lambda: 1, 0))
        done = 0
        with self.assertRaises(Cancelled):
            for _ in job:
                done += 1
                if done == 1:
                    job.wait_begun(PATIENCE)
                    self.client.cancel(job.id)
        self.assertEqual(self.ended(job)["status"], "cancelled")

    def test_server_that_does_not_answer_holds_up_nothing_and_gets_the_end_later(self):
        client = GatedClient(shared().url)
        with track("behind the gate", total=1_000, client=client, patience=0) as job:
            for _ in range(1_000):
                job.advance()
            job.message("all")
        self.assertIsNone(job.id)
        client.gate.set()
        job._thread.join(PATIENCE)
        now = self.ended(job)
        self.assertEqual((now["status"], now["progress"], now["message"]), ("completed", 100, "all"))

    def test_server_that_is_away_is_warned_of_once_and_not_waited_for(self):
        nowhere = Client("http://127.0.0.1:9")
        with self.assertLogs("headway", logging.WARNING) as said:
            for _ in range(3):
                job = track("unseen", range(3), client=nowhere, patience=PATIENCE)
                self.assertEqual(list(job), [0, 1, 2])
                job._thread.join(PATIENCE)
        self.assertEqual(len(said.output), 1, said.output)
        self.assertIn("cannot be reached", said.output[0])

    def test_refused_job_is_warned_of_and_the_work_goes_on(self):
        with self.assertLogs("headway", logging.WARNING) as said:
            job = self.tracked(range(3), job_type="no such type")
            self.assertEqual(sum(job), 3)
        self.assertIn("job_type", said.output[0])

    def test_nested_job_is_a_child_and_leaves_its_parents_bar_alone(self):
        with self.tracked(total=4) as outer:
            outer.advance()
            with self.tracked(total=2, job_type="part") as inner:
                inner.advance(2)
            inner._thread.join(PATIENCE)
            self.assertEqual(self.ended(inner)["status"], "completed")
            outer._job.flush()
            self.assertEqual(self.ended(outer)["progress"], 25)
            with self.tracked() as second:
                pass
        second._thread.join(PATIENCE)
        self.assertEqual({child["id"] for child in self.children(outer)}, {inner.id, second.id})
        with self.tracked([]) as beside:
            self.assertIsNone(beside.parent)

    def test_job_that_ends_within_its_delay_is_not_shown(self):
        with self.tracked() as outer:
            outer.wait_begun(PATIENCE)
            for _ in range(100):
                with self.tracked(delay=PATIENCE):
                    pass
        self.assertEqual(self.children(outer), [])

    def test_other_threads_begin_jobs_of_their_own_or_children_on_request(self):
        found = {}

        def work(outer):
            with self.tracked() as own:
                found["own"] = own.parent
            with outer.child("part") as part:
                found["part"] = part.parent

        with self.tracked() as outer:
            thread = threading.Thread(target=work, args=[outer])
            thread.start()
            thread.join(PATIENCE)
        self.assertEqual(found, {"own": None, "part": outer})

    def test_asyncio_block_and_loop_end_without_holding_up_the_loop(self):
        async def rows():
            for number in range(3):
                await asyncio.sleep(0)
                yield number

        async def work():
            async with self.tracked(total=1) as block:
                block.advance()
            loop = self.tracked(rows())
            return block, loop, [row async for row in loop]

        block, loop, seen = asyncio.run(work())
        self.assertEqual(seen, [0, 1, 2])
        self.assertEqual([self.ended(block)["status"], self.ended(loop)["status"]], ["completed"] * 2)

    def test_cancelled_task_is_a_cancelled_job(self):
        async def work():
            async with self.tracked() as job:
                started.append(job)
                await asyncio.Event().wait()

        async def main():
            task = asyncio.create_task(work())
            while not started:
                await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        started = []
        asyncio.run(main())
        started[0]._thread.join(PATIENCE)
        self.assertEqual(self.ended(started[0])["status"], "cancelled")

    def test_program_that_ends_in_the_middle_fails_its_job(self):
        program = """
            import sys
            from headway import Client, track
            job = track("cut short", range(10), client=Client(sys.argv[1]))
            loop = iter(job)
            next(loop), next(loop), job.wait_begun()
            print(job.id)
        """
        command = [sys.executable, "-c", textwrap.dedent(program), self.client.url]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True)
        now = self.client.get(done.stdout.strip())
        self.assertEqual((now["status"], now["error_message"]), ("failed", "The program ended after 1"))

    def test_result_that_is_too_large_is_left_out_and_said(self):
        with self.tracked() as job:
            job.complete("x" * (1 << 21))
        self.assertEqual(self.ended(job)["status"], "completed")
        self.assertIn("left out", [line["text"] for line in self.client.logs(job.id)][-1])

    def test_wrong_numbers_and_results_raise_where_they_were_given(self):
        with self.tracked(total=4) as job:
            for wrong in (dict(percent=150), dict(done=5), dict(done=-1)):
                with self.subTest(wrong), self.assertRaises(ValueError):
                    job.progress(**wrong)
            with self.assertRaises(TypeError):
                job.complete(object())
            job.advance(9)  # more than was expected: the total grows
            self.assertEqual(job.total, 9)
        self.assertEqual(self.ended(job)["status"], "completed")

    def test_ended_job_is_not_ended_again(self):
        with self.tracked() as job:
            job.complete("first")
        job.fail("second")
        self.assertEqual(self.ended(job)["result_payload"], "first")

    def test_cell_shows_the_element_of_this_job(self):
        with self.tracked() as job:
            cell = job._repr_html_()
        self.assertIn(f'topic="job:{job.id}"', cell)
        self.assertIn(f'src="{self.client.url}/headway.js"', cell)

    def test_name_is_text_in_the_cell(self):
        with track("<b>&", client=self.client) as job:
            self.assertIn('label="&lt;b&gt;&amp;"', job._repr_html_())

    def test_nothing_to_iterate_over_is_said(self):
        with self.tracked() as job:
            with self.assertRaisesRegex(TypeError, "nothing to iterate"):
                iter(job).__next__()


class StartTest(unittest.TestCase):
    def test_started_job_is_held_by_its_submitter(self):
        client = Client(shared().url)
        with client.start("import", {"n": 1}, name="Nightly") as job:
            job.progress(40)
            job.flush()
            self.assertEqual(client.get(job.id)["progress"], 40)
            self.assertIsNone(client.claim(["import"]))
        self.assertEqual(client.get(job.id)["status"], "completed")

    def test_started_twice_by_one_key_is_one_job(self):
        client = Client(shared().url)
        key = str(uuid.uuid4())
        first, second = (client.start("import", idempotency_key=key) for _ in range(2))
        self.assertEqual(first.id, second.id)
        second.complete("by the same lease")
        with self.assertRaises(HeadwayError):
            first.fail("too late")


if __name__ == "__main__":
    unittest.main()
