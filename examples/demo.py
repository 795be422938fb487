#!/usr/bin/env python3
"""Creates a job, does it in stages and shows its progress, in one process.

    python3 examples/demo.py [DIRECTORY]

The work is real: it finds the files of a directory, hashes them, and looks for duplicates. What is
shown comes from the server, as any other watcher sees it.
"""

import collections
import hashlib
import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "clients" / "python"))
from headway import Client, HeadwayError  # noqa: E402


def find(job, directory):
    job.progress(0, step="find", message=f"Looking through {directory}")
    files = sorted(path for path in pathlib.Path(directory).rglob("*") if path.is_file())
    job.progress(10, message=f"{len(files)} files")
    return files


def hashed(job, files):
    sums = collections.defaultdict(list)
    for done, path in enumerate(files, 1):
        job.check()
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while block := file.read(1 << 20):
                digest.update(block)
        sums[digest.hexdigest()].append(str(path))
        job.progress(10 + 80 * done / len(files), step="hash", message=path.name)
    return sums


def compared(job, sums):
    job.progress(90, step="compare", message=f"{len(sums)} different contents")
    duplicates = [paths for paths in sums.values() if len(paths) > 1]
    for paths in duplicates[:20]:
        job.log("The same: " + ", ".join(paths))
    return {"contents": len(sums), "duplicates": len(duplicates)}


def work(client):
    with client.claim(["demo-duplicates"], wait_seconds=10) as job:
        files = find(job, job.payload["directory"])
        job.complete({"files": len(files), **compared(job, hashed(job, files))})


def show(event):
    data = event["data"]
    percent = data.get("percent") or 0
    bar = "#" * int(percent / 4)
    step, message = data.get("step") or "", data.get("message") or ""
    print(f"[{bar:<25}] {percent:5.1f} %  {event['type']:<10} {step:<8} {message[:60]}")


def main():
    directory = sys.argv[1] if len(sys.argv) > 1 else "."
    client = Client()
    submitted = client.submit(
        "demo-duplicates",
        {"directory": directory},
        external=True,
        steps=["find", "hash", "compare"],
    )
    worker = threading.Thread(target=work, args=[client])
    worker.start()
    for event in client.watch(submitted["watch"]["stream"], after=submitted["cursor"]):
        show(event)
    worker.join()
    print(event["data"].get("result") or event["data"].get("error") or event["type"])
    sys.exit(0 if event["type"] == "completed" else 1)


try:
    main()
except HeadwayError as failure:
    sys.exit(str(failure))
