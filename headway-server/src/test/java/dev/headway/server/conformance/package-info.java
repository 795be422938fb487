/**
 * The cases of the Autobahn test suite against an echo application on this server's transport. The
 * suite itself needs Python 2; the numbers and payloads are its own, at its version 25.10. One
 * class has one group or two; each says what differs from the suite.
 */
@NullMarked
package dev.headway.server.conformance;

import org.jspecify.annotations.NullMarked;
