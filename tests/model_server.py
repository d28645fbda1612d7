"""A server on this machine that speaks the chat protocol, well or badly, for tests."""

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_SAID = re.compile(r'"([^"\n]+)," (\w+ \w+) said')


@dataclass
class Reply:
    """What the server does with a request: answers, or fails in one of several ways."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    failure: str = ""  # hang, reset, half
    seconds: float = 0.0


def article_of(body: dict[str, Any]) -> str:
    """The article in a request, by the marks around it."""
    user = body["messages"][-1]["content"]
    found = re.search(r"<article (\w{16})>\n(.*)\n</article \1>", user, re.DOTALL)
    assert found is not None
    return found[2]


def completion(text: str | None, finish: str = "stop") -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "small-1",
        "system_fingerprint": "fp",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def claims(article: str) -> list[dict[str, Any]]:
    """What a good model finds in the articles of these tests."""
    return [
        {"quote": match[1], "speaker": [match[2]], "agency": None, "agency_role": None,
         "cue": "said", "source": match[2], "confidence": 0.9}
        for match in _SAID.finditer(article)
    ]  # fmt: skip


def well(body: dict[str, Any]) -> Reply:
    return Reply(completion(json.dumps({"attributions": claims(article_of(body))})))


class ModelServer:
    """Counts what it is asked. `behave` takes the number of a request and its body."""

    def __init__(self) -> None:
        self.behave: Callable[[int, dict[str, Any]], Reply] = lambda number, body: well(body)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.moments: list[float] = []
        self.answered: list[str] = []
        self.most_at_once = 0
        self.at_once = 0
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.url = ""


@contextmanager
def serve() -> Iterator[ModelServer]:
    model = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            with model.lock:
                number = len(model.bodies)
                model.bodies.append(body)
                model.headers.append({k.lower(): v for k, v in self.headers.items()})
                model.moments.append(time.monotonic())
                model.at_once += 1
                model.most_at_once = max(model.most_at_once, model.at_once)
            try:
                self.reply(model.behave(number, body), body)
            except OSError:
                pass  # The client went away: a test's intention.
            finally:
                with model.lock:
                    model.at_once -= 1

        def reply(self, reply: Reply, body: dict[str, Any]) -> None:
            model.over.wait(reply.seconds)
            if reply.failure == "hang":
                model.over.wait(5)
                return
            if reply.failure == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            raw = reply.body
            data = raw.encode() if isinstance(raw, str) else json.dumps(raw).encode()
            if reply.status == 200 and not reply.failure:
                with model.lock:
                    model.answered.append(article_of(body))
            self.send_response(reply.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if reply.failure == "half" else data)
            if reply.failure == "half":
                self.close_connection = True

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass  # A connection that a test broke.

    server = Server(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
