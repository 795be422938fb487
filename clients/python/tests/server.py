"""The real server that the tests talk to."""

import atexit
import functools
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

TARGET = pathlib.Path(__file__).resolve().parents[3] / "web" / "target"


class Server:
    """A real server in a process of its own, that can be killed and started again."""

    def __init__(self):
        self.data = tempfile.mkdtemp(prefix="headway-python-")
        self.port = 0
        self.start()

    def start(self):
        classpath = TARGET / "server.classpath"
        if not classpath.exists():
            raise RuntimeError("The server is not compiled; run ./build, which runs these tests, too")
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else "java"
        command = [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"]
        command += ["-cp", f"{TARGET / 'test-classes'}:{classpath.read_text().strip()}"]
        command += ["dev.headway.web.ClientTestServer", self.data, str(self.port), "3600", "true"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.url = line.split()[1]
                self.port = int(self.url.rsplit(":", 1)[1])
                return
        raise RuntimeError("The server did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def close(self):
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)


@functools.lru_cache(maxsize=None)
def shared():
    """The server of all tests of this process; of another process when $HEADWAY_TEST_URL names it."""
    if os.environ.get("HEADWAY_TEST_URL"):
        return Elsewhere(os.environ["HEADWAY_TEST_URL"])
    server = Server()
    atexit.register(server.close)
    return server


class Elsewhere:
    """A server that another process has started."""

    def __init__(self, url):
        self.url = url
