package dev.headway.server.stream;

import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.socket.Connection;
import java.util.Set;

/** A part of the native stream that is not about watching, with ops of its own. Thread-safe. */
public interface StreamPart {
  /** The ops that it answers. */
  Set<String> ops();

  /** Its share in a client's connection, on the client's wire. */
  Session open(Connection connection, Wire wire);

  /** A part's share in one connection. Its calls are serialized by the connection. */
  interface Session {
    /**
     * Does what a client that is known asks for.
     *
     * @throws HeadwayException when the request cannot be followed
     */
    void perform(ClientMessage request, Principal who);

    /** The client has authenticated anew, perhaps as somebody else. */
    void admitted(Principal who);

    /** The connection is gone. */
    void closed();
  }
}
