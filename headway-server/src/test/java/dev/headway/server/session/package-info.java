/** Tests of what sessions of JSON messages share. */
@NullMarked
package dev.headway.server.session;

import org.jspecify.annotations.NullMarked;
