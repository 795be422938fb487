/** Tests of the package of the same name. */
@NullMarked
package dev.headway.server.transport.http;

import org.jspecify.annotations.NullMarked;
