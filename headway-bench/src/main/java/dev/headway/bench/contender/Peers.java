package dev.headway.bench.contender;

import dev.headway.bench.contender.Peer.Need;
import dev.headway.bench.contender.Peer.Ports;
import dev.headway.bench.contender.Peer.Recipe;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.Flow.Source;
import dev.headway.bench.load.Publication;
import dev.headway.bench.load.Script;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The servers that Headway is measured against. */
public final class Peers {
  /** A progress message as long as one of Headway's; each peer sends it on as it is. */
  private static final String MESSAGE =
      "{\"topic\":\"job:019aa700-0000-7000-8000-000000000000\",\"cursor\":\"0123456789abcdef.%1$s\",\"type\":\"progress\",\"at\":\"2026-01-01T00:00:00.000Z\",\"data\":{\"job_type\":\"bench\",\"status\":\"in_progress\",\"attempt\":1,\"percent\":12.34567,\"message\":\"%2$s%1$s\",\"done\":%1$s,\"total\":10000000,\"eta\":{\"seconds\":1234.5,\"low\":1234.5,\"high\":1234.5}}}"
          .formatted(Publication.NUMBER, Script.MARKER);

  private static final Need PYTHON =
      new Need(
          "FastAPI with uvicorn",
          List.of(
              "/usr/bin/python3", "-c", "import fastapi, uvicorn, websockets, uvloop, httptools"),
          List.of(
              "python3-fastapi",
              "python3-uvicorn",
              "python3-websockets",
              "python3-uvloop",
              "python3-httptools"));
  private static final Need NODE =
      new Need("Node.js with npm", List.of("node", "--version"), List.of("nodejs", "npm"));
  private static final Need NGINX =
      new Need(
          "nginx with nchan",
          List.of("test", "-f", "/usr/lib/nginx/modules/ngx_nchan_module.so"),
          List.of("nginx", "libnginx-mod-nchan"));
  private static final Need NATS =
      new Need("NATS", List.of("nats-server", "--version"), List.of("nats-server"));

  private Peers() {}

  /**
   * All of them.
   *
   * @param processor the one that each runs on; empty for any
   */
  public static List<Peer> all(OptionalInt processor) {
    return List.of(
        new Peer("fastapi", List.of(PYTHON), new FastApi(), processor),
        new Peer("ws", List.of(NODE, module("ws")), new NodeWs(), processor),
        new Peer("socket.io", List.of(NODE, module("socket.io")), new SocketIo(), processor),
        new Peer("nchan", List.of(NGINX), new Nchan(), processor),
        new Peer("nats", List.of(NATS), new Nats(), processor));
  }

  private static Need module(String name) {
    var folder = Peer.MODULES.resolve("node_modules").resolve(name);
    return new Need("the npm package " + name, List.of("test", "-d", folder.toString()), List.of());
  }

  private static Flow posted(int number, Ports ports, Script script) {
    return new Flow(
        Source.http(ports.address(), Publication.post("/publish/t" + number, List.of(), MESSAGE)),
        script);
  }

  private static List<String> node(String file, Ports ports) {
    // Beside its modules, because that is where Node looks for them.
    var script = Peer.place(file, Peer.MODULES, ports);
    return List.of("node", script.toString(), Integer.toString(ports.port()));
  }

  private static final class FastApi implements Recipe {
    @Override
    public List<String> command(Path folder, Ports ports) {
      var script = Peer.place("fastapi_server.py", folder, ports);
      return List.of("/usr/bin/python3", script.toString(), Integer.toString(ports.port()));
    }

    @Override
    public Flow topic(int number, Ports ports) {
      return posted(number, ports, Script.of("/watch/t" + number).then("connected", ""));
    }
  }

  private static final class NodeWs implements Recipe {
    @Override
    public List<String> command(Path folder, Ports ports) {
      return node("ws_server.js", ports);
    }

    @Override
    public Flow topic(int number, Ports ports) {
      return posted(number, ports, Script.of("/watch/t" + number).then("connected", ""));
    }
  }

  private static final class SocketIo implements Recipe {
    @Override
    public List<String> command(Path folder, Ports ports) {
      return node("socketio_server.js", ports);
    }

    @Override
    public Flow topic(int number, Ports ports) {
      var script =
          Script.of("/socket.io/?EIO=4&transport=websocket")
              .then("0{", "40")
              .then("40{", "42[\"watch\",\"t%d\"]".formatted(number))
              .then("42[\"watching\"]", "")
              .answering("2", "3");
      return posted(number, ports, script);
    }
  }

  private static final class Nchan implements Recipe {
    @Override
    public List<String> command(Path folder, Ports ports) {
      var configuration = Peer.place("nchan.conf", folder, ports);
      return List.of("nginx", "-p", folder.toString(), "-c", configuration.toString());
    }

    @Override
    public Flow topic(int number, Ports ports) {
      return posted(number, ports, Script.of("/watch/t" + number));
    }
  }

  private static final class Nats implements Recipe {
    private static final String CONNECT = "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n";

    @Override
    public List<String> command(Path folder, Ports ports) {
      var configuration = Peer.place("nats.conf", folder, ports);
      return List.of("nats-server", "-c", configuration.toString());
    }

    @Override
    public Flow topic(int number, Ports ports) {
      var publication =
          Publication.raw("PUB t%d %d\r\n%s\r\n".formatted(number, MESSAGE.length(), MESSAGE));
      var script =
          Script.of("/")
              .inBinary()
              .then("INFO", CONNECT + "SUB t%d 1\r\nPING\r\n".formatted(number))
              .then("PONG", "")
              .answering("PING\r\n", "PONG\r\n");
      return new Flow(
          new Source(ports.address(), ports.secondAddress(), publication, CONNECT), script);
    }
  }
}
