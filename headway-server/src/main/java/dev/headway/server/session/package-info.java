/** Sessions of JSON text messages: the part that the contracts' sockets share. */
@NullMarked
package dev.headway.server.session;

import org.jspecify.annotations.NullMarked;
