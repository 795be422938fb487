/** The server: composition of transport, routes and sockets; what applications plug into. */
@NullMarked
package dev.headway.server;

import org.jspecify.annotations.NullMarked;
