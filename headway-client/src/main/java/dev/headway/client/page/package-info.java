/** Pages for people without an account. */
@NullMarked
package dev.headway.client.page;

import org.jspecify.annotations.NullMarked;
