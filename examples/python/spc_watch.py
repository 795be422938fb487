#!/usr/bin/env python3
"""Watches characteristics of process control.

    pip install websockets
    python spc_watch.py basic 1 2 3       what happens to three characteristics, across reconnects
    python spc_watch.py several 1 2       two clients: the first watches both, the second only the last
    python spc_watch.py heartbeat 1       ping and pong, ten seconds apart

HEADWAY_URL (default ws://localhost:8000/ws) and HEADWAY_TOKEN (default none) say where and as whom.
"""

import asyncio
import json
import os
import random
import sys

import websockets

URL = os.environ.get("HEADWAY_URL", "ws://localhost:8000/ws")
TOKEN = os.environ.get("HEADWAY_TOKEN")


async def introduce(socket):
    if TOKEN:
        await socket.send(json.dumps({"type": "auth", "token": TOKEN}))


def show(name, frame):
    payload = frame.get("payload", {})
    kind = frame["type"]
    if kind == "sample":
        state = "in control" if payload["in_control"] else "OUT OF CONTROL"
        print(f"{name} {payload['timestamp']} #{payload['characteristic_id']} {payload['value']:.4g} {payload['zone']} {state}")
    elif kind == "violation":
        print(f"{name} {payload['severity']} #{payload['characteristic_id']} {payload['rule_name']} (violation {payload['violation_id']})")
    elif kind == "ack_update":
        print(f"{name} violation {payload['violation_id']} acknowledged by {payload['ack_user']}: {payload['ack_reason']}")
    elif kind == "control_limits":
        print(f"{name} #{payload['characteristic_id']} limits {payload['lcl']} / {payload['center_line']} / {payload['ucl']}")
    else:
        print(name, json.dumps(frame))


async def follow(name, ids):
    """Follows characteristics for ever; after a lost connection every missed sample comes once."""
    since = {}
    pause = 0.2
    while True:
        try:
            async with websockets.connect(URL) as socket:
                await introduce(socket)
                await socket.send(json.dumps({"type": "subscribe", "characteristic_ids": ids, "since": since}))
                async for text in socket:
                    pause = 0.2
                    frame = json.loads(text)
                    if "cursor" in frame:
                        since[str(frame["payload"]["characteristic_id"])] = frame["cursor"]
                    show(name, frame)
        except (OSError, websockets.ConnectionClosed) as lost:
            print(f"{name} connection lost ({lost}); trying again", file=sys.stderr)
        await asyncio.sleep(random.uniform(0, pause))
        pause = min(5, pause * 2)


async def heartbeat(ids):
    async with websockets.connect(URL) as socket:
        await introduce(socket)
        await socket.send(json.dumps({"type": "subscribe", "characteristic_ids": ids}))

        async def ping():
            while True:
                await socket.send(json.dumps({"type": "ping"}))
                await asyncio.sleep(10)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(ping())
            async for text in socket:
                show("heartbeat", json.loads(text))


async def main(mode, ids):
    if mode == "basic":
        await follow("watcher", ids)
    elif mode == "several":
        await asyncio.gather(follow("first ", ids), follow("second", ids[-1:]))
    else:
        await heartbeat(ids)


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("basic", "several", "heartbeat"):
        sys.exit(__doc__)
    try:
        asyncio.run(main(sys.argv[1], [int(arg) for arg in sys.argv[2:]]))
    except KeyboardInterrupt:
        pass
