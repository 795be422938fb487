/** Tests of the client against a server. */
@NullMarked
package dev.headway.client;

import org.jspecify.annotations.NullMarked;
