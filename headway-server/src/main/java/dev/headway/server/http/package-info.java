/** HTTP without a transport: requests, answers, errors, and the handlers of operations. */
@NullMarked
package dev.headway.server.http;

import org.jspecify.annotations.NullMarked;
