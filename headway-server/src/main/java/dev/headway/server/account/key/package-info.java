/** API keys for programs. */
@NullMarked
package dev.headway.server.account.key;

import org.jspecify.annotations.NullMarked;
