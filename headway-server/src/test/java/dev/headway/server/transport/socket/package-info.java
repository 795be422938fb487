/** Tests of the package of the same name. */
@NullMarked
package dev.headway.server.transport.socket;

import org.jspecify.annotations.NullMarked;
