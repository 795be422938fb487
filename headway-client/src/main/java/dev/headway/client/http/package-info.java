/** Calls to the server's REST interface: tokens, JSON, and what can go wrong. */
@NullMarked
package dev.headway.client.http;

import org.jspecify.annotations.NullMarked;
