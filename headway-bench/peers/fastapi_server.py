"""FastAPI on uvicorn, with the connection manager that such services usually have.

A dictionary of connections per topic; a message is sent to one connection after the other, each
awaited, each encoded anew. Usage: fastapi_server.py PORT
"""

import sys
from typing import Dict, Set

import uvicorn
from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect


class ConnectionManager:
    def __init__(self) -> None:
        self.active_connections: Dict[str, Set[WebSocket]] = {}

    async def connect(self, topic: str, websocket: WebSocket) -> None:
        await websocket.accept()
        self.active_connections.setdefault(topic, set()).add(websocket)

    def disconnect(self, topic: str, websocket: WebSocket) -> None:
        connections = self.active_connections.get(topic, set())
        connections.discard(websocket)
        if not connections:
            self.active_connections.pop(topic, None)

    async def send_progress(self, topic: str, message: dict) -> None:
        for websocket in list(self.active_connections.get(topic, ())):
            try:
                await websocket.send_json(message)
            except Exception:
                self.disconnect(topic, websocket)


app = FastAPI()
manager = ConnectionManager()


@app.websocket("/watch/{topic}")
async def watch(websocket: WebSocket, topic: str) -> None:
    await manager.connect(topic, websocket)
    await websocket.send_json({"type": "connected"})
    try:
        while True:
            await websocket.receive_text()
    except WebSocketDisconnect:
        manager.disconnect(topic, websocket)


@app.post("/publish/{topic}")
async def publish(topic: str, request: Request) -> dict:
    await manager.send_progress(topic, await request.json())
    return {"ok": True}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
